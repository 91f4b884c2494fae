// goldenthread: the XmR chart: individual values and their moving ranges.
#pragma once

#include <goldenthread/statistics/chart_frame.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace goldenthread {

namespace detail {

/// 3/d₂ and its thirds, and D₄, for ranges of two (d₂ = 1.128), rounded as the NHS tools and textbooks have them.
inline constexpr double xmr_three_sigma = 2.66;
inline constexpr double xmr_two_sigma = 1.7733;
inline constexpr double xmr_one_sigma = 0.8867;
inline constexpr double xmr_screen = 3.267;

struct moving_range_mean {
    std::size_t values = 0;  ///< that went into the centre
    double centre = 0;
    double mean_range = 0;  ///< 0 if there is no range, or none but zeros
};

/// Centre and mean moving range of some points. A range stands between neighbours only: never across a gap.
[[nodiscard]] inline moving_range_mean moving_ranges(std::span<const charted_point> points, bool screen) {
    exact_sum values, ranges;
    std::size_t value_count = 0, range_count = 0;
    const auto each_range = [&points](auto use) {
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (points[i].value && points[i - 1].value) use(std::fabs(*points[i].value - *points[i - 1].value));
        }
    };
    for (const charted_point& point : points) {
        if (!point.value) continue;
        values.add(*point.value);
        ++value_count;
    }
    each_range([&](double range) {
        ranges.add(range);
        ++range_count;
    });
    if (value_count == 0 || range_count == 0) return {};
    moving_range_mean result{value_count, values.divided_by(static_cast<double>(value_count)),
                             ranges.divided_by(static_cast<double>(range_count))};
    if (!screen || result.mean_range == 0) return result;
    const double largest = xmr_screen * result.mean_range;
    exact_sum kept;
    std::size_t kept_count = 0;
    each_range([&](double range) {
        if (range >= largest) return;
        kept.add(range);
        ++kept_count;
    });
    result.mean_range = kept_count == 0 ? 0 : kept.divided_by(static_cast<double>(kept_count));
    return result;
}

/// Sets the limits of each group from its moving ranges.
inline void set_xmr_limits(control_chart& chart, bool screen) {
    for (chart_group& group : chart.groups) {
        if (group.unavailable != limits_unavailable::no) continue;
        const std::size_t end = end_of_baseline(chart, group);
        const moving_range_mean found = moving_ranges({chart.points.data() + group.first, end - group.first}, screen);
        if (found.mean_range == 0) {
            group.unavailable = limits_unavailable::no_variation;
            continue;
        }
        const chart_limits limits = limits_about(found.centre, xmr_three_sigma * found.mean_range,
                                                 xmr_two_sigma * found.mean_range, xmr_one_sigma * found.mean_range);
        for (std::size_t i = group.first; i < group.last; ++i) chart.points[i].limits = limits;
    }
}

}  // namespace detail

/// The XmR (individuals) chart of a series in the order of its days: per group, centre = mean of the values (of the
/// first `fix_after`), limits centre ∓ 2.66·MR̄, near lines ∓ 1.7733·MR̄, MRᵢ = |yᵢ − yᵢ₋₁|, never across a rebase or a
/// point without a value. With screening, ranges of at least 3.267·MR̄ are left out of MR̄ once; the centre keeps all
/// values.
///
/// Limits are unavailable, with the reason, for fewer than `minimum_points` values and where MR̄ is 0: a constant
/// series, or one whose only changes were screened. Points are then not judged and assurance is `none`. D. J. Wheeler,
/// "Understanding Variation" (2nd ed. 2000); screening: L. S. Nelson, JQT 14 (1982), 172–173.
/// \throws calculation_error for days out of order or doubled, a rebase on no day of the series, fix_after below 12,
///         numbers that are not finite
[[nodiscard]] inline control_chart xmr_chart(std::span<const chart_point> points, const chart_options& options = {}) {
    control_chart chart = detail::framed("xmr_chart", points, options);
    detail::set_xmr_limits(chart, options.screen_outliers);
    detail::judge_points(chart, options.direction);
    detail::judge_series(chart, options);
    return chart;
}

}  // namespace goldenthread
