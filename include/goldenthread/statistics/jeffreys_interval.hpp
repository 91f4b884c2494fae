// goldenthread: a proportion with Jeffreys' interval.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/input_checks.hpp>

namespace goldenthread {

/// The proportion x/n with Jeffreys' equal-tailed interval, a share of 1: the α/2 and 1 − α/2 quantiles of
/// Beta(x + ½, n − x + ½).
///
/// No exception is made at x = 0 and x = n: the lower limit of nothing is then above 0, as the prior has it.
/// L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001).
/// \throws calculation_error for x below 0 or above n, n not above 0, numbers that are not finite
[[nodiscard]] inline interval_estimate jeffreys_interval(double x, double n, const confidence_level& confidence = {}) {
    detail::check_share("jeffreys_interval", x, n);
    const double tail = confidence.tail();
    return {x / n,
            beta_quantile(tail, x + 0.5, n - x + 0.5),
            detail::beta_upper_quantile(tail, x + 0.5, n - x + 0.5),
            confidence.level(),
            estimate_method::jeffreys,
            estimate_note::none};
}

}  // namespace goldenthread
