// goldenthread: g and t charts: rare events seen by what lies between them.
#pragma once

#include <goldenthread/statistics/xmr_chart.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace goldenthread {

namespace detail {

/// Nelson's power: times between events of a Poisson process, raised to it, are nearly normal.
inline constexpr double t_chart_power = 1 / 3.6;

/// Back from the scale on which the limits were made; what would be below zero time is zero.
[[nodiscard]] inline double back_to_time(double transformed) noexcept {
    return transformed <= 0 ? 0 : std::pow(transformed, 1 / t_chart_power);
}

inline void check_times(std::string_view function, std::span<const chart_point> points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i].value || *points[i].value >= 0) continue;
        check_count(function, element_name("points", i) + ".value", *points[i].value);
    }
}

}  // namespace detail

/// The g chart of what lies between rare events, counted in whole days or cases: ḡ = mean of the group (of its first
/// `fix_after`), limits ḡ ∓ 3√(ḡ(ḡ + 1)), from the geometric distribution. A point above means a longer quiet time.
///
/// The lower limit is below zero, so only long gaps stand out; and because the distribution is skewed, most points lie
/// below the mean and runs mislead: unless told otherwise the rules are `limits_only()`. For short gaps and runs take a
/// `t_chart`. ḡ = 0: limits unavailable.
/// J. C. Benneyan, "Number-between g-type statistical quality control charts", Health Care Management Science 4 (2001).
/// \throws calculation_error as `xmr_chart`, and for a value below 0
[[nodiscard]] inline control_chart g_chart(std::span<const chart_point> points, const chart_options& options = {}) {
    detail::check_times("g_chart", points);
    control_chart chart = detail::framed("g_chart", points, options, limits_only());
    for (chart_group& group : chart.groups) {
        if (group.unavailable != limits_unavailable::no) continue;
        const std::size_t end = detail::end_of_baseline(chart, group);
        detail::exact_sum sum;
        for (std::size_t i = group.first; i < end; ++i) sum.add(chart.points[i].value.value_or(0));
        const double mean = sum.divided_by(static_cast<double>(group.baseline));
        if (mean == 0) {
            group.unavailable = limits_unavailable::nothing_observed;
            continue;
        }
        const chart_limits limits = detail::limits_about(mean, std::sqrt(mean * (mean + 1)));
        for (std::size_t i = group.first; i < group.last; ++i) chart.points[i].limits = limits;
    }
    detail::judge_points(chart, options.direction);
    detail::judge_series(chart, options);
    return chart;
}

/// The t chart of times between rare events (days, with fractions if known): an XmR chart of y = t^(1/3.6), on which
/// flags and rules are judged; limits are drawn back on the scale of time, where they are not symmetrical, and a lower
/// limit below zero is zero. Options as for `xmr_chart`.
///
/// Two events on one day give a time of 0, which is taken as it is.
/// L. S. Nelson, "A control chart for parts-per-million nonconforming items", JQT 26 (1994), 239–240.
/// \throws calculation_error as `xmr_chart`, and for a value below 0
[[nodiscard]] inline control_chart t_chart(std::span<const chart_point> points, const chart_options& options = {}) {
    detail::check_times("t_chart", points);
    control_chart chart = detail::framed("t_chart", points, options);
    for (charted_point& point : chart.points) {
        if (point.value) point.value = std::pow(*point.value, detail::t_chart_power);
    }
    detail::set_xmr_limits(chart, options.screen_outliers);
    detail::judge_points(chart, options.direction);
    for (std::size_t i = 0; i < points.size(); ++i) {
        charted_point& point = chart.points[i];
        point.value = points[i].value;
        if (!point.limits) continue;
        chart_limits& limits = *point.limits;
        for (double* line : {&limits.centre, &limits.lower, &limits.upper, &limits.near_lower, &limits.near_upper,
                             &limits.one_sigma_lower, &limits.one_sigma_upper}) {
            *line = detail::back_to_time(*line);
        }
    }
    detail::judge_series(chart, options);
    return chart;
}

}  // namespace goldenthread
