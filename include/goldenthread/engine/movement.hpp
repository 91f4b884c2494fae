// goldenthread: what a figure's change is made of. Arithmetic, not cause.
#pragma once

#include <goldenthread/engine/cell.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// The parts a change is made of. A unit is what is counted: an entity of a distinct count, otherwise a row.
enum class movement_part : std::uint8_t {
    joined,      ///< counted now, not before
    left,        ///< counted before, not now
    changed,     ///< counted both times, but not alike: in the numerator once, or with another value
    unknown,     ///< undecided before or now
    population,  ///< the people a rate is about (and, where it is annualised, the length of the period)
    definition,  ///< another definition, other parameters or conventions, asked of the same rows and period
    late_data,   ///< other rows about the same period: a later extract
};

inline constexpr std::size_t movement_parts = 7;

[[nodiscard]] constexpr std::string_view to_text(movement_part part) noexcept {
    constexpr std::string_view names[] = {"joined",     "left",       "changed",  "unknown",
                                          "population", "definition", "late data"};
    return names[static_cast<std::size_t>(part)];
}

/// How much of the change one part is.
struct moved_part {
    movement_part part = movement_part::joined;
    std::int64_t units = 0;            ///< how many units moved; 0 for the population
    std::int64_t numerator = 0;        ///< change of the numerator, in parts as `movement::parts_of_one` says
    std::int64_t denominator = 0;      ///< change of the denominator; 0 where there is none
    std::optional<exact_ratio> value;  ///< change of the value; nothing where it cannot be split

    friend bool operator==(const moved_part&, const moved_part&) = default;
};

/// One unit that moved. Personal data: only on the machine that holds them.
struct moved_unit {
    movement_part part = movement_part::joined;
    std::vector<std::pair<std::string, std::string>> key;  ///< column → text; empty text = null
    std::string before;  ///< what it was for the figure: "numerator", "not counted", "unknown", …
    std::string after;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;

    friend bool operator==(const moved_unit&, const moved_unit&) = default;
};

/// The change between two figures, and its parts. They sum exactly to the change: in the numerator, in the
/// denominator, and, where `value` is given, in the value.
struct movement {
    std::string indicator;
    std::string title;
    std::string unit_of_count;
    period period_before, period_after;
    cell before, after;
    bool comparable = true;
    /// Numerators are whole numbers of 1/parts_of_one: 1 but for sums and means of decimals.
    std::int64_t parts_of_one = 1;
    std::int64_t numerator_before = 0, numerator_after = 0;
    std::string reason;  ///< why nothing can be compared, or why the value is not split; else empty
    std::optional<exact_ratio> value_change;  ///< nothing unless both figures have a value
    std::vector<moved_part> parts;            ///< all seven, in the order of movement_part; none if not comparable
    std::vector<moved_unit> units;            ///< only if asked for

    [[nodiscard]] const moved_part& part(movement_part p) const { return parts.at(static_cast<std::size_t>(p)); }
    [[nodiscard]] std::int64_t numerator_change() const noexcept { return numerator_after - numerator_before; }
    [[nodiscard]] std::int64_t denominator_change() const noexcept {
        return after.denominator.value_or(0) - before.denominator.value_or(0);
    }
};

namespace detail {

[[nodiscard]] inline std::string signed_text(std::int64_t n) { return (n > 0 ? "+" : "") + std::to_string(n); }

[[nodiscard]] inline std::string figure_text(const cell& c) {
    if (!c.numerator && c.denominator && c.value)
        return "a value of " + std::to_string(c.value->numerator) + "/" + std::to_string(c.value->denominator);
    if (!c.numerator) return std::string(to_text(c.state));
    return std::to_string(*c.numerator) + (c.denominator ? " of " + std::to_string(*c.denominator) : std::string());
}

}  // namespace detail

/// One paragraph for people; counts only.
[[nodiscard]] inline std::string to_text(const movement& m) {
    std::string text = m.title + ": " + detail::figure_text(m.before) + " (" + m.period_before.label + ") to " +
                       detail::figure_text(m.after) + " (" + m.period_after.label + ").";
    if (!m.comparable) return text + " Cannot be compared: " + m.reason + ".";
    const bool has_denominator = m.before.denominator.has_value() && m.after.denominator.has_value();
    const auto numerator = [&](std::int64_t n) {
        return detail::signed_text(n) + (m.parts_of_one == 1 ? std::string() : "/" + std::to_string(m.parts_of_one));
    };
    text += " Change " + numerator(m.numerator_change());
    if (has_denominator) text += " of " + detail::signed_text(m.denominator_change());
    text += ":";
    std::string listed;
    for (const moved_part& p : m.parts) {
        if (p.units == 0 && p.numerator == 0 && p.denominator == 0) continue;
        listed += (listed.empty() ? " " : ", ") + std::string(to_text(p.part)) + " " + numerator(p.numerator);
        if (has_denominator) listed += " of " + detail::signed_text(p.denominator);
        if (p.units > 0) listed += " (" + std::to_string(p.units) + (p.units == 1 ? " unit)" : " units)");
    }
    return text + (listed.empty() ? std::string(" nothing moved") : listed) + ". This is arithmetic, not cause.";
}

}  // namespace goldenthread
