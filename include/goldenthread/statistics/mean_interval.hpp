// goldenthread: a mean with its t interval.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/exact_sum.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

namespace goldenthread {

/// A mean, its interval, and what it was made of.
struct mean_estimate : interval_estimate {
    std::size_t n = 0;                         ///< values
    double sum = 0;                            ///< in the unit of the values
    std::optional<double> standard_deviation;  ///< with n − 1; absent for fewer than two values

    friend bool operator==(const mean_estimate&, const mean_estimate&) = default;
};

/// The mean with its t interval, in the unit of the values: x̄ ∓ t(1 − α/2; n − 1)·s/√n, s with n − 1.
///
/// No values: undefined (too few values). One value: the value without limits. All equal: limits equal to the mean,
/// noted as having no width, because values that happen to agree do not make a mean certain.
/// Student, "The probable error of a mean", Biometrika 6 (1908), 1–25.
/// \throws calculation_error for a value that is not finite
[[nodiscard]] inline mean_estimate mean_interval(std::span<const double> values,
                                                 const confidence_level& confidence = {}) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        detail::check_element_finite("mean_interval", "values", i, values[i]);
    }
    mean_estimate result;
    result.confidence = confidence.level();
    result.n = values.size();
    if (values.size() < 2) result.note = estimate_note::too_few_values;
    if (values.empty()) return result;
    const auto n = static_cast<double>(values.size());
    result.sum = detail::sum_of(values);
    const double mean = detail::mean_of(values);
    result.value = mean;
    if (values.size() == 1) return result;
    const double deviation = std::sqrt(detail::squares_about(values, mean) / (n - 1));
    const double reach = detail::t_upper_quantile(confidence.tail(), n - 1) * deviation / std::sqrt(n);
    result.standard_deviation = deviation;
    result.lower = mean - reach;
    result.upper = mean + reach;
    result.method = estimate_method::student_t;
    if (deviation == 0) result.note = estimate_note::no_spread;
    return result;
}

}  // namespace goldenthread
