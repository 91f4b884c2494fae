// goldenthread: quantiles of numbers, in the nine ways that are in use.
#pragma once

#include <goldenthread/statistics/input_checks.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace goldenthread {

namespace detail {

inline constexpr int default_quantile_type = 7;

/// Where a quantile lies: `share` of the way from the value of rank `rank` to the next one; ranks from 1, and 0 and
/// n + 1 stand for the first and last value.
struct quantile_place {
    double rank;
    double share;
};

/// A position is a whole number if it is one but for rounding: 20 × 0.1 and 90 × 0.7 are meant to be 2 and 63.
[[nodiscard]] inline double without_rounding_dust(double position) noexcept {
    constexpr double dust = 4 * 2.220446049250313e-16;
    const double whole = std::round(position);
    return std::fabs(position - whole) <= dust * std::fmax(1.0, std::fabs(position)) ? whole : position;
}

/// Types 1 to 3: steps. They differ in what they do where n·p is whole.
[[nodiscard]] inline quantile_place step_place(double n, double p, int type) noexcept {
    const double position = without_rounding_dust(type == 3 ? n * p - 0.5 : n * p);
    const double rank = std::floor(position);
    const bool between = position > rank;
    if (between) return {rank, 1};
    if (type == 2) return {rank, 0.5};
    return {rank, type == 3 && std::fmod(rank, 2) != 0 ? 1.0 : 0.0};  // type 3: to the even rank
}

/// Types 4 to 9: straight lines through plotting positions p(k) = (k − a)/(n + 1 − a − b).
[[nodiscard]] inline quantile_place line_place(double n, double p, int type) noexcept {
    struct plotting_position {
        double a, b;
    };
    constexpr std::array<plotting_position, 6> positions{
        {{0, 1}, {0.5, 0.5}, {0, 0}, {1, 1}, {1.0 / 3, 1.0 / 3}, {3.0 / 8, 3.0 / 8}}};
    const auto [a, b] = positions[static_cast<std::size_t>(type - 4)];
    const double position = without_rounding_dust(a + p * (n + 1 - a - b));
    return {std::floor(position), position - std::floor(position)};
}

/// The quantile of values in ascending order; not empty, p and type checked.
[[nodiscard]] inline double quantile_of_sorted(std::span<const double> sorted, double p, int type) noexcept {
    const auto n = static_cast<double>(sorted.size());
    const quantile_place place = type <= 3 ? step_place(n, p, type) : line_place(n, p, type);
    const auto at = [&](double rank) { return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1]; };
    if (place.share == 0) return at(place.rank);
    if (place.share == 1) return at(place.rank + 1);
    const double below = at(place.rank), above = at(place.rank + 1);
    return below == above ? below : (1 - place.share) * below + place.share * above;
}

}  // namespace detail

/// The quantile at p of some numbers, in their unit. They need not be in order.
///
/// `type` is Hyndman and Fan's number 1 to 9, which `quantile_method("weibull")` of definitions/quantile.hpp gives for
/// a name; 7 is what spreadsheets and R do. An empty list has no quantile: nothing is returned. Where n·p is a whole
/// number but for the rounding of p, it is taken as whole. Measures of the engine work on exact integers instead. R. J.
/// Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996), 361–365.
/// \throws calculation_error for p outside [0, 1], a type that does not exist, a value that is not finite
[[nodiscard]] inline std::optional<double> sample_quantile(std::span<const double> values, double p,
                                                           int type = detail::default_quantile_type) {
    if (!(p >= 0 && p <= 1)) detail::refuse_argument("sample_quantile", "p", p, "must lie between 0 and 1");
    if (type < 1 || type > 9) detail::refuse_argument("sample_quantile", "type", type, "there are types 1 to 9");
    for (std::size_t i = 0; i < values.size(); ++i) {
        detail::check_element_finite("sample_quantile", "values", i, values[i]);
    }
    if (values.empty()) return std::nullopt;
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return detail::quantile_of_sorted(sorted, p, type);
}

}  // namespace goldenthread
