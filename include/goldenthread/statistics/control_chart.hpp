// goldenthread: what every control chart takes and gives: points, options, limits, verdicts.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/statistics/chart_rules.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace goldenthread {

/// Which way is better. Stated by whoever owns the indicator, never guessed.
enum class improvement_direction : std::uint8_t { neutral, increase, decrease };

/// One point of a series: its day, its value (absent: not known), and what it was counted out of.
struct chart_point {
    day date = 0;
    std::optional<double> value;  ///< for p and u charts the number of events, not the share
    double size = 1;              ///< p and u charts: people, or time at risk
};

/// How a chart is made.
struct chart_options {
    improvement_direction direction = improvement_direction::neutral;
    /// XmR: moving ranges of at least 3.267 times their mean are left out of it, once.
    bool screen_outliers = true;
    /// Limits from the first so many values of each group, at least 12; all unless given.
    std::optional<std::size_t> fix_after;
    /// Days of the series on which a new group with limits of its own begins.
    std::vector<day> rebase_on;
    std::optional<double> target;
    /// Fewer values than this in a group: limits are unavailable.
    std::size_t minimum_points = 8;
    /// Unless given: `making_data_count()`; for the g chart `limits_only()`.
    std::optional<rule_set> rules;
    /// p and u charts: Laney's correction for variation beyond the binomial or Poisson (p′, u′).
    bool laney = false;
};

/// Why a group has no limits.
enum class limits_unavailable : std::uint8_t {
    no,
    too_few_points,    ///< fewer values than `minimum_points`
    no_variation,      ///< the mean moving range is zero: any other value would be "special"
    nothing_observed,  ///< no events at all, or every case an event: no variation can be reckoned from it
};

/// Limits at one point, in the unit of the value. Arithmetic as it is: a limit below 0 or above 100 % is not cut off,
/// display may.
struct chart_limits {
    double centre = 0;
    double lower = 0;  ///< natural process limit, 3σ
    double upper = 0;
    double near_lower = 0;  ///< 2σ
    double near_upper = 0;
    double one_sigma_lower = 0;
    double one_sigma_upper = 0;

    friend constexpr bool operator==(const chart_limits&, const chart_limits&) = default;
};

/// What a point says.
enum class point_type : std::uint8_t {
    not_judged,    ///< no value, or no limits
    common_cause,  ///< within usual variation
    improvement,   ///< special cause, the way that is better
    concern,       ///< special cause, the other way
    neutral_high,  ///< special cause upwards, where no direction is better
    neutral_low,   ///< special cause downwards, where no direction is better
    pattern,       ///< special cause without a direction: alternating, hugging, avoiding
};

/// Whether the process will meet its target, from its limits.
enum class assurance_type : std::uint8_t {
    none,             ///< no target, no better direction, or no limits
    consistent_pass,  ///< all of usual variation is on the good side of the target
    consistent_fail,  ///< all of it is on the other side
    inconsistent,     ///< the target lies within usual variation: hit or miss by chance
};

/// A point with its limits and its verdict.
struct charted_point {
    day date = 0;
    std::optional<double> value;  ///< as drawn: p and u charts the share or rate
    std::size_t group = 0;        ///< 0 until the first rebase, then 1, 2, …
    std::optional<chart_limits> limits;
    int side = 0;             ///< of the centre: 1 above, −1 below, 0 on it or without limits
    bool outside = false;     ///< strictly outside the limits
    bool near_limit = false;  ///< strictly beyond 2σ, not outside
    std::optional<int> rule;  ///< position in the rule set of the first rule that it breaks
    int rule_direction = 0;   ///< 1 high or rising, −1 low or falling, 0 neither
    point_type type = point_type::not_judged;

    friend bool operator==(const charted_point&, const charted_point&) = default;
};

/// Points of one group share the way their limits were made.
struct chart_group {
    std::size_t first = 0;   ///< position of its first point
    std::size_t last = 0;    ///< one past its last point
    std::size_t values = 0;  ///< points with a value
    /// Values that limits were made of.
    std::size_t baseline = 0;
    limits_unavailable unavailable = limits_unavailable::no;
    /// Limits from fewer than 12 values move a lot with each new one.
    bool provisional = false;

    friend constexpr bool operator==(const chart_group&, const chart_group&) = default;
};

/// A control chart.
struct control_chart {
    std::vector<charted_point> points;
    std::vector<chart_group> groups;
    rule_set rules;
    /// Of the last point that has a value; `not_judged` if there is none.
    point_type variation = point_type::not_judged;
    assurance_type assurance = assurance_type::none;

    /// The rule a point breaks; null for none.
    [[nodiscard]] const chart_rule* rule_of(const charted_point& point) const noexcept {
        return point.rule ? &rules.rules[static_cast<std::size_t>(*point.rule)] : nullptr;
    }
};

[[nodiscard]] constexpr std::string_view to_text(improvement_direction direction) noexcept {
    constexpr std::array<std::string_view, 3> names{"neutral", "increase", "decrease"};
    return names[static_cast<std::size_t>(direction)];
}

[[nodiscard]] constexpr std::string_view to_text(point_type type) noexcept {
    constexpr std::array<std::string_view, 7> names{"not_judged",   "common_cause", "improvement", "concern",
                                                    "neutral_high", "neutral_low",  "pattern"};
    return names[static_cast<std::size_t>(type)];
}

[[nodiscard]] constexpr std::string_view to_text(assurance_type type) noexcept {
    constexpr std::array<std::string_view, 4> names{"none", "consistent_pass", "consistent_fail", "inconsistent"};
    return names[static_cast<std::size_t>(type)];
}

/// The reason as words a reader understands; empty where there are limits.
[[nodiscard]] constexpr std::string_view to_text(limits_unavailable reason) noexcept {
    constexpr std::array<std::string_view, 4> sentences{
        "", "too few points for limits", "no variation to make limits of: the mean moving range is zero",
        "nothing observed, or every case an event: no variation can be reckoned from it"};
    return sentences[static_cast<std::size_t>(reason)];
}

}  // namespace goldenthread
