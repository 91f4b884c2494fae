// goldenthread: what all control charts do alike: checking, grouping, flags, verdicts.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/statistics/apply_chart_rules.hpp>
#include <goldenthread/statistics/control_chart.hpp>
#include <goldenthread/statistics/exact_sum.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// Values from which limits are thought steady: fewer make them provisional, and none fewer can fix them.
inline constexpr std::size_t fewest_for_steady_limits = 12;

namespace detail {

inline void check_chart(std::string_view function, std::span<const chart_point> points, const chart_options& options) {
    const std::string name(function);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i].value && !std::isfinite(*points[i].value)) {
            check_finite(function, element_name("points", i) + ".value", *points[i].value);
        }
        if (i == 0 || points[i - 1].date < points[i].date) continue;
        error_context context;
        context.remedy = "give each point once, in order of their days";
        throw calculation_error(name + ": " + element_name("points", i) + ".date is " + to_iso(points[i].date) +
                                    (points[i - 1].date == points[i].date
                                         ? ", as that of the point before"
                                         : ", before that of the point before, " + to_iso(points[i - 1].date)),
                                std::move(context));
    }
    if (options.fix_after && *options.fix_after < fewest_for_steady_limits) {
        refuse_argument(function, "fix_after", static_cast<double>(*options.fix_after),
                        "limits are fixed from at least 12 values");
    }
    if (options.minimum_points < 2) {
        refuse_argument(function, "minimum_points", static_cast<double>(options.minimum_points),
                        "variation needs at least 2 values");
    }
    if (options.target) check_finite(function, "target", *options.target);
    if (!options.rules) return;
    for (const chart_rule& rule : options.rules->rules) {
        if (rule.points >= 1 && rule.needed <= rule.points && rule.sigma >= 1 && rule.sigma <= 3) continue;
        throw calculation_error(name + ": rule '" + std::string(rule.name) + "' asks for " +
                                std::to_string(rule.needed) + " of " + std::to_string(rule.points) +
                                " points at line " + std::to_string(rule.sigma));
    }
}

/// Position of a day in the series.
[[nodiscard]] inline std::size_t position_of(std::string_view function, std::span<const chart_point> points, day date) {
    const auto found = std::lower_bound(points.begin(), points.end(), date,
                                        [](const chart_point& point, day d) { return point.date < d; });
    if (found != points.end() && found->date == date) return static_cast<std::size_t>(found - points.begin());
    error_context context;
    if (points.empty()) {
        context.remedy = "the series has no points";
    } else {
        const auto nearest = found == points.end() ? found - 1 : found;
        context.remedy = "a rebase begins on a day of the series, such as " + to_iso(nearest->date);
    }
    throw calculation_error(
        std::string(function) + ": rebase_on has " + to_iso(date) + ", which is no day of the series",
        std::move(context));
}

/// The points without limits yet, and their groups.
[[nodiscard]] inline control_chart framed(std::string_view function, std::span<const chart_point> points,
                                          const chart_options& options,
                                          const rule_set& usual_rules = making_data_count()) {
    check_chart(function, points, options);
    control_chart chart;
    chart.rules = options.rules.value_or(usual_rules);
    chart.points.resize(points.size());
    std::vector<std::size_t> starts{0};
    for (const day date : options.rebase_on) starts.push_back(position_of(function, points, date));
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    for (std::size_t g = 0; g < starts.size(); ++g) {
        chart_group group;
        group.first = starts[g];
        group.last = g + 1 < starts.size() ? starts[g + 1] : points.size();
        for (std::size_t i = group.first; i < group.last; ++i) {
            chart.points[i].date = points[i].date;
            chart.points[i].value = points[i].value;
            chart.points[i].group = g;
            if (points[i].value) ++group.values;
        }
        group.baseline = options.fix_after ? std::min(*options.fix_after, group.values) : group.values;
        group.provisional = group.baseline < fewest_for_steady_limits;
        if (group.values < options.minimum_points) group.unavailable = limits_unavailable::too_few_points;
        chart.groups.push_back(group);
    }
    return chart;
}

/// One past the position of the last point that limits are made of.
[[nodiscard]] inline std::size_t end_of_baseline(const control_chart& chart, const chart_group& group) noexcept {
    std::size_t values = 0;
    for (std::size_t i = group.first; i < group.last; ++i) {
        if (chart.points[i].value) ++values;
        if (values == group.baseline) return i + 1;
    }
    return group.last;
}

/// Limits at three, two and one σ from the centre.
[[nodiscard]] constexpr chart_limits limits_about(double centre, double three_sigma, double two_sigma,
                                                  double one_sigma) noexcept {
    return {centre,
            centre - three_sigma,
            centre + three_sigma,
            centre - two_sigma,
            centre + two_sigma,
            centre - one_sigma,
            centre + one_sigma};
}

[[nodiscard]] constexpr chart_limits limits_about(double centre, double sigma) noexcept {
    return limits_about(centre, 3 * sigma, 2 * sigma, sigma);
}

inline void set_flags(charted_point& point) noexcept {
    if (!point.value || !point.limits) return;
    const double value = *point.value;
    const chart_limits& limits = *point.limits;
    point.side = (value > limits.centre ? 1 : 0) - (value < limits.centre ? 1 : 0);
    point.outside = value > limits.upper || value < limits.lower;
    point.near_limit = !point.outside && (value > limits.near_upper || value < limits.near_lower);
    point.type = point_type::common_cause;
}

[[nodiscard]] constexpr point_type special_cause(int rule_direction, improvement_direction direction) noexcept {
    if (rule_direction == 0) return point_type::pattern;
    if (direction == improvement_direction::neutral) {
        return rule_direction > 0 ? point_type::neutral_high : point_type::neutral_low;
    }
    return (rule_direction > 0) == (direction == improvement_direction::increase) ? point_type::improvement
                                                                                  : point_type::concern;
}

/// Flags and rules, group by group, on the scale on which the limits were made.
inline void judge_points(control_chart& chart, improvement_direction direction) {
    for (const chart_group& group : chart.groups) {
        if (group.unavailable != limits_unavailable::no) continue;
        const std::span<charted_point> points(chart.points.data() + group.first, group.last - group.first);
        for (charted_point& point : points) set_flags(point);
        rule_checker(points).apply(chart.rules.rules);
        for (charted_point& point : points) {
            if (point.rule) point.type = special_cause(point.rule_direction, direction);
        }
    }
}

[[nodiscard]] constexpr assurance_type assured(const std::optional<chart_limits>& limits, std::optional<double> target,
                                               improvement_direction direction) noexcept {
    if (!limits || !target || direction == improvement_direction::neutral) return assurance_type::none;
    const bool higher_is_better = direction == improvement_direction::increase;
    if (*target > limits->upper) {
        return higher_is_better ? assurance_type::consistent_fail : assurance_type::consistent_pass;
    }
    if (*target < limits->lower) {
        return higher_is_better ? assurance_type::consistent_pass : assurance_type::consistent_fail;
    }
    return assurance_type::inconsistent;
}

/// Verdicts on the series: those of its last point with a value.
inline void judge_series(control_chart& chart, const chart_options& options) noexcept {
    for (std::size_t i = chart.points.size(); i-- > 0;) {
        const charted_point& point = chart.points[i];
        if (!point.value) continue;
        chart.variation = point.type;
        chart.assurance = assured(point.limits, options.target, options.direction);
        return;
    }
}

}  // namespace detail

}  // namespace goldenthread
