// goldenthread: p and u charts: shares and rates whose limits vary with what they are counted out of.
#pragma once

#include <goldenthread/statistics/chart_frame.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace goldenthread {

namespace detail {

/// d₂ for moving ranges of two: mean range / σ.
inline constexpr double mean_range_over_sigma = 1.128;

/// Laney's σ of the standardised values: their mean moving range over d₂; 0 if there is none.
[[nodiscard]] inline double laney_sigma(std::span<const charted_point> points, std::span<const chart_point> source,
                                        double centre, double variance) {
    exact_sum ranges;
    std::size_t count = 0;
    std::optional<double> before;
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::optional<double> z;
        if (points[i].value) z = (*points[i].value - centre) / std::sqrt(variance / source[i].size);
        if (z && before) {
            ranges.add(std::fabs(*z - *before));
            ++count;
        }
        before = z;
    }
    return count == 0 ? 0 : ranges.divided_by(static_cast<double>(count)) / mean_range_over_sigma;
}

/// `share`: binomial (σ² = p̄(1 − p̄)/n), otherwise Poisson (σ² = ū/n).
[[nodiscard]] inline control_chart attribute_chart(std::string_view function, std::span<const chart_point> points,
                                                   const chart_options& options, bool share) {
    control_chart chart = framed(function, points, options);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i].value) continue;
        const double value = *points[i].value, size = points[i].size;
        if (!(size > 0 && std::isfinite(size))) check_above_zero(function, element_name("points", i) + ".size", size);
        if (value < 0) check_count(function, element_name("points", i) + ".value", value);
        if (share && value > size) {
            refuse_argument(function, element_name("points", i) + ".value", value,
                            "cannot be more than its size " + short_number_text(size));
        }
        chart.points[i].value = *points[i].value / points[i].size;
    }
    for (chart_group& group : chart.groups) {
        if (group.unavailable != limits_unavailable::no) continue;
        const std::size_t end = end_of_baseline(chart, group);
        exact_sum events, size;
        for (std::size_t i = group.first; i < end; ++i) {
            if (!points[i].value) continue;
            events.add(*points[i].value);
            size.add(points[i].size);
        }
        const double centre = events.value() / size.value();
        const double variance = share ? centre * (1 - centre) : centre;
        if (!(variance > 0)) {
            group.unavailable = limits_unavailable::nothing_observed;
            continue;
        }
        const std::size_t length = end - group.first;
        const double stretch = options.laney ? laney_sigma({chart.points.data() + group.first, length},
                                                           points.subspan(group.first, length), centre, variance)
                                             : 1;
        if (stretch == 0) {
            group.unavailable = limits_unavailable::no_variation;
            continue;
        }
        for (std::size_t i = group.first; i < group.last; ++i) {
            if (points[i].value)
                chart.points[i].limits = limits_about(centre, stretch * std::sqrt(variance / points[i].size));
        }
    }
    judge_points(chart, options.direction);
    judge_series(chart, options);
    return chart;
}

}  // namespace detail

/// The p chart of events out of so many: p̄ = Σx/Σn of the group (of its first `fix_after` points), limits
/// p̄ ∓ 3√(p̄(1 − p̄)/nᵢ), near lines 2√…; the points are shares of 1. With `laney`, σ is multiplied by that of the
/// standardised values, MR̄(z)/1.128 (p′): for large n, where the binomial alone makes everything special.
///
/// A point without a value has no limits. No events at all, or all: limits unavailable. `screen_outliers` is not used.
/// D. C. Montgomery, "Introduction to Statistical Quality Control", section 7.2; D. B. Laney, "Improved control charts
/// for attributes", Quality Engineering 14 (2002), 531–537.
/// \throws calculation_error as `xmr_chart`, for a size not above zero, a value below 0 or above its size
[[nodiscard]] inline control_chart p_chart(std::span<const chart_point> points, const chart_options& options = {}) {
    return detail::attribute_chart("p_chart", points, options, true);
}

/// The u chart of events per unit of size (people, time at risk): ū = Σx/Σn, limits ū ∓ 3√(ū/nᵢ); otherwise as
/// `p_chart`, sources too. Points are rates per one unit of size.
/// \throws calculation_error as `p_chart`; a value may exceed its size
[[nodiscard]] inline control_chart u_chart(std::span<const chart_point> points, const chart_options& options = {}) {
    return detail::attribute_chart("u_chart", points, options, false);
}

}  // namespace goldenthread
