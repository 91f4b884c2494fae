// goldenthread: a proportion with Agresti and Coull's interval, for readers of tables that use it.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <cmath>

namespace goldenthread {

/// The proportion x/n with Agresti and Coull's interval, a share of 1: ñ = n + z², p̃ = (x + z²/2)/ñ,
/// p̃ ∓ z√(p̃(1 − p̃)/ñ).
///
/// Its limits may leave [0, 1]: they are given as they come, because a clipped limit hides which method was used. For a
/// figure to print, Wilson's interval is the better choice.
/// A. Agresti, B. A. Coull, "Approximate is better than 'exact' …", The American Statistician 52 (1998), 119–126.
/// \throws calculation_error for x below 0 or above n, n not above 0, numbers that are not finite
[[nodiscard]] inline interval_estimate agresti_coull_interval(double x, double n,
                                                              const confidence_level& confidence = {}) {
    detail::check_share("agresti_coull_interval", x, n);
    const double z = confidence.z();
    const double adjusted_n = n + z * z;
    const double centre = (x + z * z / 2) / adjusted_n;
    const double reach = z * std::sqrt(centre * (1 - centre) / adjusted_n);
    return {
        x / n, centre - reach, centre + reach, confidence.level(), estimate_method::agresti_coull, estimate_note::none};
}

}  // namespace goldenthread
