// goldenthread: a proportion with the exact binomial interval.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <cmath>

namespace goldenthread {

/// The proportion x/n with the exact (Clopper–Pearson) interval, a share of 1: the lower limit is the α/2 quantile of
/// Beta(x, n − x + 1), the upper the 1 − α/2 quantile of Beta(x + 1, n − x). Covers at least what it says, often more.
///
/// x = 0: lower exactly 0; x = n: upper exactly 1; the other limit is then (α/2)^(1/n) or its complement.
/// C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits …", Biometrika 26 (1934), 404–413.
/// \throws calculation_error for x below 0 or above n, n not above 0, numbers that are not finite
[[nodiscard]] inline interval_estimate clopper_pearson_interval(double x, double n,
                                                                const confidence_level& confidence = {}) {
    detail::check_share("clopper_pearson_interval", x, n);
    const double tail = confidence.tail();
    double lower = 0, upper = 1;
    if (x == n) {
        lower = std::exp(std::log(tail) / n);
    } else if (x > 0) {
        lower = beta_quantile(tail, x, n - x + 1);
    }
    if (x == 0) {
        upper = -std::expm1(std::log(tail) / n);
    } else if (x < n) {
        upper = detail::beta_upper_quantile(tail, x + 1, n - x);
    }
    return {x / n, lower, upper, confidence.level(), estimate_method::clopper_pearson, estimate_note::none};
}

}  // namespace goldenthread
