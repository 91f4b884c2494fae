// goldenthread: a proportion with Wilson's score interval.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <algorithm>
#include <cmath>

namespace goldenthread {

/// The proportion x/n with Wilson's score interval: (2x + z² ∓ z√(z² + 4x(1 − x/n))) / 2(n + z²), a share of 1.
///
/// No events give a lower limit of exactly 0, all of them an upper limit of exactly 1; neither limit leaves [0, 1].
/// x may be fractional (weighted counts).
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209–212.
/// \throws calculation_error for x below 0 or above n, n not above 0, numbers that are not finite
[[nodiscard]] inline interval_estimate wilson_interval(double x, double n, const confidence_level& confidence = {}) {
    detail::check_share("wilson_interval", x, n);
    const double z = confidence.z();
    const double z_squared = z * z;
    const double centre = 2 * x + z_squared;
    const double reach = z * std::sqrt(z_squared + 4 * x * (1 - x / n));
    const double width = 2 * (n + z_squared);
    const double lower = x == 0 ? 0.0 : std::max(0.0, (centre - reach) / width);
    const double upper = x == n ? 1.0 : std::min(1.0, (centre + reach) / width);
    return {x / n, lower, upper, confidence.level(), estimate_method::wilson, estimate_note::none};
}

}  // namespace goldenthread
