// goldenthread: what an indicator gives: cells with a state, never a bare number.
#pragma once

#include <goldenthread/core/conventions.hpp>
#include <goldenthread/core/period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

enum class cell_state : std::uint8_t {
    value,
    true_zero,         ///< data are there and the answer is 0
    missing,           ///< a table (or the population of the year) was not supplied
    partial,           ///< computed, but the data do not cover all the days needed
    zero_denominator,  ///< nothing to divide by: no value
    suppressed,        ///< hidden by disclosure control
    not_due,           ///< the period, or every follow-up, lies after the data
    not_applicable,    ///< the breakdown has no meaning here
    not_available,     ///< published as such by others
    unreliable,        ///< published as such by others
};

[[nodiscard]] constexpr std::string_view to_text(cell_state state) noexcept {
    constexpr std::string_view names[] = {"value",      "true_zero", "missing",        "partial",       "zero_denominator",
                                          "suppressed", "not_due",   "not_applicable", "not_available", "unreliable"};
    return names[static_cast<std::size_t>(state)];
}

/// An exact fraction. Results are rounded once, when they are written.
struct exact_ratio {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;  ///< above zero

    [[nodiscard]] double as_double() const noexcept {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
    friend bool operator==(const exact_ratio&, const exact_ratio&) = default;
};

/// One dimension of a cell's key; no category = not recorded.
struct breakdown_value {
    std::string dimension;
    std::optional<std::string> category;

    friend bool operator==(const breakdown_value&, const breakdown_value&) = default;
};

/// One figure. The total has an empty key.
struct cell {
    std::size_t period_index = 0;  ///< into results::periods
    std::vector<breakdown_value> key;
    cell_state state = cell_state::missing;
    std::optional<exact_ratio> value;         ///< count; fraction 0–1; rate per `multiplier`; days
    std::optional<std::int64_t> numerator;    ///< nothing where it was not computed
    std::optional<std::int64_t> denominator;  ///< nothing for plain counts
    std::int64_t unknown = 0;                 ///< units whose filters could not be decided
    std::int64_t excluded = 0;
    std::int64_t immature = 0;  ///< follow-up not complete
    std::int64_t censored = 0;  ///< still waiting at the end of the period
    /// Ratio and incidence: the same of what is divided by; the four above are then of what is divided.
    std::int64_t denominator_unknown = 0;
    std::int64_t denominator_excluded = 0;
    std::int64_t denominator_immature = 0;
    /// People or rows behind a sum or a number of days (of a ratio the fewer of its two sides): a figure of many days
    /// can be about one child. Nothing where the numbers count them already.
    std::optional<std::int64_t> units;
    std::string reason;         ///< for missing, partial, not_due, not_applicable: what is lacking, in words

    friend bool operator==(const cell&, const cell&) = default;
};

/// What kind of number a measure gives: decides how it is shown and what may be done with it.
enum class value_unit : std::uint8_t {
    number,
    fraction,     ///< 0 to 1
    rate,         ///< per `multiplier` people, or person-years
    days,         ///< an average of durations
    person_days,  ///< days, added over people
    ratio,        ///< of two numbers, per `multiplier`; may exceed it
};

[[nodiscard]] constexpr std::string_view to_text(value_unit unit) noexcept {
    constexpr std::string_view names[] = {"number", "fraction", "rate", "days", "person-days", "ratio"};
    return names[static_cast<std::size_t>(unit)];
}

/// All cells of one indicator, with what is needed to read them.
struct indicator_result {
    std::string indicator;  ///< id
    std::string title;
    std::string unit_of_count;  ///< "child", "plan", …: what is counted
    std::string timing;         ///< at, in, over, exposed
    std::string measure;        ///< count, distinct, share, profile, rate, …
    value_unit unit = value_unit::number;
    std::int64_t multiplier = 1;   ///< 10000 for rates per 10,000
    bool cells_are_counts = false; ///< cells by a dimension of `profile` are counts of the denominator
    std::vector<std::string> profile;  ///< those dimensions; a profile measure counts in all of them
    bool adds_over_periods = false;
    std::vector<std::pair<std::string, bool>> adds_over_breakdowns;  ///< dimension → cells add up to the total
    std::string meaning;         ///< the definition in English
    std::string definition_hash; ///< of the resolved tree, conventions and parameters
    conventions convention_set;
    std::vector<std::pair<std::string, std::string>> parameters;  ///< as used, in canonical text
    std::vector<std::string> tables;                               ///< that the definition needs
    std::vector<std::string> tables_missing;
    std::string path;  ///< "interval" or "reference": which engine computed it
    std::vector<std::string> notes;  ///< breakdowns that were asked for and cannot be given, and why
    std::vector<cell> cells;

    /// The total of a period; null if there is none.
    [[nodiscard]] const cell* total(std::size_t period_index) const noexcept {
        for (const cell& c : cells) {
            if (c.period_index == period_index && c.key.empty()) return &c;
        }
        return nullptr;
    }
};

/// Everything one run computed.
struct results {
    std::vector<period> periods;
    std::vector<indicator_result> indicators;
    std::string input_hash;  ///< of the rows, independent of their order
    std::string area;
    bool synthetic = false;

    [[nodiscard]] const indicator_result* find(std::string_view indicator) const noexcept {
        for (const indicator_result& r : indicators) {
            if (r.indicator == indicator) return &r;
        }
        return nullptr;
    }
};

}  // namespace goldenthread
