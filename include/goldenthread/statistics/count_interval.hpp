// goldenthread: a count of events with exact Poisson or Byar's limits, and a rate made of it.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <cmath>

namespace goldenthread {

/// The smallest count for which Byar's approximation is used where a function chooses between it and the exact limits.
inline constexpr double fewest_for_byar = 10;

namespace detail {

/// Byar's limit of a count: c(1 − 1/9c + z/3√c)³ with c = x (z < 0) or c = x + 1 (z > 0).
[[nodiscard]] inline double byar_limit(double count, double z) {
    const double root = 1 - 1 / (9 * count) + z / (3 * std::sqrt(count));
    return count * root * root * root;
}

/// The estimate in another unit; limits are multiplied as the value is.
[[nodiscard]] inline interval_estimate scaled(interval_estimate estimate, double multiplier, double divisor) {
    for (auto* part : {&estimate.value, &estimate.lower, &estimate.upper}) {
        if (*part) **part = **part / divisor * multiplier;
    }
    return estimate;
}

}  // namespace detail

/// The count x with exact Poisson limits, in events: χ²(α/2; 2x)/2 and χ²(1 − α/2; 2x + 2)/2.
///
/// x = 0: the lower limit is exactly 0, the upper −ln(α/2).
/// F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437–442.
/// \throws calculation_error for x below 0 or not finite
[[nodiscard]] inline interval_estimate exact_poisson_interval(double x, const confidence_level& confidence = {}) {
    detail::check_count("exact_poisson_interval", "x", x);
    const double tail = confidence.tail();
    const double lower = x == 0 ? 0.0 : chi_squared_quantile(tail, 2 * x) / 2;
    const double upper = detail::chi_squared_upper_quantile(tail, 2 * x + 2) / 2;
    return {x, lower, upper, confidence.level(), estimate_method::exact_poisson, estimate_note::none};
}

/// The count x with Byar's limits, in events: x(1 − 1/9x − z/3√x)³ and (x+1)(1 − 1/9(x+1) + z/3√(x+1))³.
///
/// x = 0: no lower limit (nothing observed). A limit that comes out below zero, as at x = 1 with high confidence, is
/// absent too (limit below zero): below ten events take the exact limits.
/// N. E. Breslow, N. E. Day, "Statistical Methods in Cancer Research II" (IARC 1987), p. 69.
/// \throws calculation_error for x below 0 or not finite
[[nodiscard]] inline interval_estimate byar_interval(double x, const confidence_level& confidence = {}) {
    detail::check_count("byar_interval", "x", x);
    interval_estimate result{x, {}, {}, confidence.level(), estimate_method::byar, estimate_note::none};
    result.upper = detail::byar_limit(x + 1, confidence.z());
    if (x == 0) {
        result.note = estimate_note::nothing_observed;
        return result;
    }
    const double lower = detail::byar_limit(x, -confidence.z());
    if (lower < 0) {
        result.note = estimate_note::limit_below_zero;
    } else {
        result.lower = lower;
    }
    return result;
}

/// The count x with exact limits below ten events and Byar's from ten: the practice of English public health. `method`
/// says which was taken. In events; never undefined. Sources: those of the two.
/// \throws calculation_error for x below 0 or not finite
[[nodiscard]] inline interval_estimate count_interval(double x, const confidence_level& confidence = {}) {
    return x >= fewest_for_byar ? byar_interval(x, confidence) : exact_poisson_interval(x, confidence);
}

/// The rate x/n × multiplier with the limits of `count_interval`, divided and multiplied alike: "per 10,000 children"
/// is a multiplier of 10000. May exceed the multiplier: one person may have several events. No events: the lower limit
/// is exactly 0. Sources: those of `count_interval`.
/// \throws calculation_error for x below 0, n or multiplier not above 0, numbers that are not finite
[[nodiscard]] inline interval_estimate rate_interval(double x, double n, double multiplier = 10'000,
                                                     const confidence_level& confidence = {}) {
    detail::check_count("rate_interval", "x", x);
    detail::check_above_zero("rate_interval", "n", n);
    detail::check_above_zero("rate_interval", "multiplier", multiplier);
    return detail::scaled(count_interval(x, confidence), multiplier, n);
}

}  // namespace goldenthread
