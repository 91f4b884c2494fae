// goldenthread: two rates, or two proportions, compared: their ratio and their difference.
#pragma once

#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/wilson_interval.hpp>

#include <algorithm>
#include <cmath>

namespace goldenthread {

namespace detail {

/// The odds b/(1 − b) of a beta quantile; the complement is worked out apart, because b may be next to 1.
[[nodiscard]] inline double beta_odds(double p, double a, double b, bool upper_tail) {
    return with_enough_digits(a + b, [=](auto policy) {
        double complement = 0;
        const double quantile = upper_tail ? boost::math::ibetac_inv(a, b, p, &complement, policy)
                                           : boost::math::ibeta_inv(a, b, p, &complement, policy);
        return quantile / complement;
    });
}

/// Limits of a difference from the limits of its parts: d − √((p₁ − l₁)² + (u₂ − p₂)²) and d + √((u₁ − p₁)² + (p₂ −
/// l₂)²).
[[nodiscard]] inline interval_estimate square_and_add(const interval_estimate& first, const interval_estimate& second) {
    interval_estimate result;
    result.confidence = first.confidence;
    result.method = estimate_method::square_and_add;
    const double difference = *first.value - *second.value;
    result.value = difference;
    result.lower = difference - std::hypot(*first.value - *first.lower, *second.upper - *second.value);
    result.upper = difference + std::hypot(*first.upper - *first.value, *second.value - *second.lower);
    return result;
}

}  // namespace detail

/// The ratio of two rates of independent events, (x₁/n₁)/(x₂/n₂): how many times as frequent, per head, as in the
/// second.
///
/// Both counts at least 10: log-normal limits exp(ln θ ∓ z√(1/x₁ + 1/x₂)). Otherwise exact, given x₁ + x₂: x₁ is
/// binomial with π/(1 − π) = θn₁/n₂, and π has Clopper–Pearson limits. x₁ = 0: value 0, upper limit only (nothing
/// observed). x₂ = 0: no value, lower limit only (nothing to compare). Both 0: undefined. K. J. Rothman, S. Greenland,
/// T. L. Lash, "Modern Epidemiology" (3rd ed. 2008), chapter 14; J. Przyborowski, H. Wilenski, Biometrika 31 (1940),
/// 313–323.
/// \throws calculation_error for counts below 0, populations not above 0, numbers that are not finite
[[nodiscard]] inline interval_estimate rate_ratio(double x1, double n1, double x2, double n2,
                                                  const confidence_level& confidence = {}) {
    detail::check_count("rate_ratio", "x1", x1);
    detail::check_above_zero("rate_ratio", "n1", n1);
    detail::check_count("rate_ratio", "x2", x2);
    detail::check_above_zero("rate_ratio", "n2", n2);
    interval_estimate result;
    result.confidence = confidence.level();
    if (x1 == 0 && x2 == 0) {
        result.note = estimate_note::nothing_observed;
        return result;
    }
    const double people = n2 / n1;
    if (x2 > 0) result.value = x1 / x2 * people;
    if (x1 >= fewest_for_byar && x2 >= fewest_for_byar) {
        const double stretch = std::exp(confidence.z() * std::sqrt(1 / x1 + 1 / x2));
        result.lower = *result.value / stretch;
        result.upper = *result.value * stretch;
        result.method = estimate_method::log_normal;
        return result;
    }
    result.method = estimate_method::exact_conditional;
    if (x1 == 0) result.note = estimate_note::nothing_observed;
    if (x2 == 0) result.note = estimate_note::nothing_to_compare;
    if (x1 > 0) result.lower = detail::beta_odds(confidence.tail(), x1, x2 + 1, false) * people;
    if (x2 > 0) result.upper = detail::beta_odds(confidence.tail(), x1 + 1, x2, true) * people;
    return result;
}

/// The difference of two rates of independent events, (x₁/n₁ − x₂/n₂) × multiplier.
///
/// Both counts at least 10: normal limits d ∓ z√(x₁/n₁² + x₂/n₂²). Otherwise square-and-add on the exact Poisson limits
/// of each, which does not need a normal distribution. Always complete: no events in either give d = 0 with limits.
/// R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890; G. Y. Zou, A. Donner, ibid. 27 (2008), 1693–1702.
/// \throws calculation_error for counts below 0, populations or multiplier not above 0, numbers that are not finite
[[nodiscard]] inline interval_estimate rate_difference(double x1, double n1, double x2, double n2,
                                                       double multiplier = 10'000,
                                                       const confidence_level& confidence = {}) {
    detail::check_count("rate_difference", "x1", x1);
    detail::check_above_zero("rate_difference", "n1", n1);
    detail::check_count("rate_difference", "x2", x2);
    detail::check_above_zero("rate_difference", "n2", n2);
    detail::check_above_zero("rate_difference", "multiplier", multiplier);
    if (x1 >= fewest_for_byar && x2 >= fewest_for_byar) {
        const double difference = x1 / n1 - x2 / n2;
        const double reach = confidence.z() * std::sqrt(x1 / n1 / n1 + x2 / n2 / n2);
        return {difference * multiplier, (difference - reach) * multiplier, (difference + reach) * multiplier,
                confidence.level(),      estimate_method::normal,           estimate_note::none};
    }
    return detail::square_and_add(detail::scaled(exact_poisson_interval(x1, confidence), multiplier, n1),
                                  detail::scaled(exact_poisson_interval(x2, confidence), multiplier, n2));
}

/// The difference of two independent proportions, x₁/n₁ − x₂/n₂, a share of 1 (0.03 is three percentage points):
/// square-and-add on Wilson's limits of each.
/// R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10.
/// \throws calculation_error as `wilson_interval`
[[nodiscard]] inline interval_estimate proportion_difference(double x1, double n1, double x2, double n2,
                                                             const confidence_level& confidence = {}) {
    return detail::square_and_add(wilson_interval(x1, n1, confidence), wilson_interval(x2, n2, confidence));
}

}  // namespace goldenthread
