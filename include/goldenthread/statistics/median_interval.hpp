// goldenthread: a median with the interval of its order statistics.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/input_checks.hpp>
#include <goldenthread/statistics/sample_quantile.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace goldenthread {

/// A median, its interval, and the ranks that are its limits.
struct median_estimate : interval_estimate {
    std::size_t n = 0;               ///< values
    std::size_t rank_lower = 0;      ///< rank of the lower limit, from 1; 0 = none
    std::size_t rank_upper = 0;      ///< rank of the upper limit
    std::optional<double> coverage;  ///< the confidence really reached, at least the one asked for

    friend bool operator==(const median_estimate&, const median_estimate&) = default;
};

namespace detail {

/// P(B < rank) for B binomial with n trials and probability ½.
[[nodiscard]] inline double fair_binomial_below(std::size_t rank, std::size_t n) {
    if (rank == 0) return 0;
    const auto below = static_cast<double>(rank - 1);
    return boost::math::ibeta(static_cast<double>(n) - below, below + 1, 0.5, wider_double());
}

/// The largest rank l with P(B < l) <= tail; 0 if there is none.
[[nodiscard]] inline std::size_t median_rank(std::size_t n, double tail) {
    std::size_t good = 0, bad = n / 2 + 1;  // P(B < n/2 + 1) is at least ½
    while (bad - good > 1) {
        const std::size_t middle = good + (bad - good) / 2;
        (fair_binomial_below(middle, n) <= tail ? good : bad) = middle;
    }
    return good;
}

}  // namespace detail

/// The median (quantile type 7) with the interval of its order statistics, in the unit of the values.
///
/// The lower limit is the value of the largest rank l with P(B < l) <= α/2, B binomial (n, ½), the upper that of rank
/// n + 1 − l; `coverage` is 1 − 2·P(B < l), because ranks are whole. No assumption about the distribution but that the
/// values are independent. No such rank (fewer than 6 values at 95 %): the median without limits. No values: undefined.
/// W. J. Conover, "Practical Nonparametric Statistics" (3rd ed. 1999), section 3.2.
/// \throws calculation_error for a value that is not finite
[[nodiscard]] inline median_estimate median_interval(std::span<const double> values,
                                                     const confidence_level& confidence = {}) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        detail::check_element_finite("median_interval", "values", i, values[i]);
    }
    median_estimate result;
    result.confidence = confidence.level();
    result.n = values.size();
    result.note = estimate_note::too_few_values;
    if (values.empty()) return result;
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    result.value = detail::quantile_of_sorted(sorted, 0.5, detail::default_quantile_type);
    const std::size_t rank = detail::median_rank(sorted.size(), confidence.tail());
    if (rank == 0) return result;
    result.rank_lower = rank;
    result.rank_upper = sorted.size() + 1 - rank;
    result.lower = sorted[result.rank_lower - 1];
    result.upper = sorted[result.rank_upper - 1];
    result.coverage = 1 - 2 * detail::fair_binomial_below(rank, sorted.size());
    result.method = estimate_method::order_statistics;
    result.note = *result.lower == *result.upper ? estimate_note::no_spread : estimate_note::none;
    return result;
}

}  // namespace goldenthread
