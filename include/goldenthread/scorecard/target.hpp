// goldenthread: what a figure is judged against, as data. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// A decimal as it was written: mantissa / 10^scale. Never a floating point number.
struct target_amount {
    std::int64_t mantissa = 0;
    int scale = 0;     ///< 0 to 4
    std::string text;  ///< "12.5"

    friend bool operator==(const target_amount&, const target_amount&) = default;
};

/// Kinds of target. Of each kind at most one is in force for a figure on a day; of different kinds all are shown.
enum class target_kind : std::uint8_t {
    local,       ///< set by the board
    trajectory,  ///< values on the way, a straight line between two of them
    band,        ///< from a lowest to a highest value, both included
    national,    ///< set, or published as a target, for the country
};

[[nodiscard]] constexpr std::string_view to_text(target_kind kind) noexcept {
    constexpr std::string_view names[] = {"local", "trajectory", "band", "national"};
    return names[static_cast<std::size_t>(kind)];
}

/// A day of a trajectory and what is aimed at on it.
struct trajectory_point {
    day on = 0;
    target_amount value;

    friend bool operator==(const trajectory_point&, const trajectory_point&) = default;
};

/// One target of one figure: of its total, never of a group, team or place.
struct target {
    std::string indicator;
    target_kind kind = target_kind::local;
    std::string unit;                        ///< percent, days, number, "per 10000": that of the figure
    std::optional<period_kind> of_periods;   ///< the kind of period it is about; nothing = any
    target_amount value;                     ///< local, national
    target_amount lowest;                    ///< band
    target_amount highest;                   ///< band
    std::vector<trajectory_point> points;    ///< trajectory, in order of their days, at least two
    std::optional<target_amount> tolerance;  ///< how far from it is still amber; nothing = there is no amber
    std::optional<day> from;                 ///< first day in force; nothing = always. A trajectory: its first point
    std::optional<day> to;                   ///< last day in force; nothing = always. A trajectory: its last point
    std::string polarity;                    ///< empty = that of the definition
    std::string polarity_provenance;         ///< who says so: "stated by …", inferred, unspecified
    std::string source;                      ///< who set it, where
    std::string note;
    std::string place;  ///< file and JSON pointer, for messages; no part of what the target is

    friend bool operator==(const target& a, const target& b) {
        return a.indicator == b.indicator && a.kind == b.kind && a.unit == b.unit && a.of_periods == b.of_periods &&
               a.value == b.value && a.lowest == b.lowest && a.highest == b.highest && a.points == b.points &&
               a.tolerance == b.tolerance && a.from == b.from && a.to == b.to && a.polarity == b.polarity &&
               a.polarity_provenance == b.polarity_provenance && a.source == b.source && a.note == b.note;
    }
};

/// Reads a file of targets, format goldenthread/targets@1 (schemas/targets.schema.json). Amounts are texts, "12.5", or
/// whole numbers, in the unit in which the figure is shown: 10 is 10 %, not 1000 %.
/// \throws definition_error naming file, JSON pointer and remedy: an unknown field, kind or polarity; an amount that is
///         no decimal of at most 9 digits before and 4 after the point; days that are none or in no order; a band whose
///         lowest value is above its highest; two targets of one kind in force for one figure on one day
[[nodiscard]] std::vector<target> parse_targets(std::string_view json_text, const std::string& file);

/// The file's text; `parse_targets(to_json(t)) == t`.
[[nodiscard]] std::string to_json(const std::vector<target>& targets);

/// \throws definition_error where two of one kind are in force for one figure on one day
void check_no_overlap(const std::vector<target>& targets);

/// A target of an indicator that does not exist is a slip.
/// \throws definition_error with the nearest id
void check_targets(const std::vector<target>& targets, const std::vector<std::string>& known);

/// Whether a target is in force for a period: on its last day, and for this kind of period.
[[nodiscard]] inline bool in_force(const target& t, const period& p) noexcept {
    if (t.of_periods && *t.of_periods != p.kind) return false;
    return !(t.from && p.last < *t.from) && !(t.to && p.last > *t.to);
}

}  // namespace goldenthread
