// goldenthread: more variation between areas than chance explains.
#pragma once

#include <goldenthread/statistics/exact_sum.hpp>
#include <goldenthread/statistics/input_checks.hpp>
#include <goldenthread/statistics/sample_quantile.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace goldenthread {

/// What `over_dispersion` found.
struct dispersion {
    double phi = 0;          ///< mean square of the winsorised z scores: 1 is chance alone
    double tau_squared = 0;  ///< variance between areas beyond chance, in the square of the values' unit; 0 for none

    friend constexpr bool operator==(const dispersion&, const dispersion&) = default;
};

/// How much areas vary beyond chance about an average: zᵢ = (yᵢ − average)/sᵢ, the outer `winsorised` share at each end
/// drawn in to its quantile (type 7), φ = Σz²/I, and τ² = (Iφ − (I − 1))/(Σw − Σw²/Σw), w = 1/s².
///
/// φ below 1, or a τ² that comes out below zero: none, τ² = 0. Add τ² to the variance of a funnel's limits
/// (`funnel_proportion_limits`). Fewer than two areas: φ = 0 and none.
/// D. J. Spiegelhalter, "Handling over-dispersion of performance indicators", Quality and Safety in Health Care 14
/// (2005), 347–351; τ² after R. DerSimonian, N. Laird, Controlled Clinical Trials 7 (1986).
/// \throws calculation_error for lists of different length, standard errors not above 0, winsorised outside [0, 0.5)
[[nodiscard]] inline dispersion over_dispersion(std::span<const double> values, std::span<const double> standard_errors,
                                                double average, double winsorised = 0.1) {
    constexpr std::string_view function = "over_dispersion";
    detail::check_same_size(function, "values", values.size(), "standard_errors", standard_errors.size());
    detail::check_finite(function, "average", average);
    if (!(winsorised >= 0 && winsorised < 0.5)) {
        detail::refuse_argument(function, "winsorised", winsorised, "must lie between 0 and 0.5");
    }
    std::vector<double> scores;
    for (std::size_t i = 0; i < values.size(); ++i) {
        detail::check_element_finite(function, "values", i, values[i]);
        detail::check_above_zero(function, detail::element_name("standard_errors", i), standard_errors[i]);
        scores.push_back((values[i] - average) / standard_errors[i]);
    }
    dispersion result;
    if (scores.size() < 2) return result;
    std::vector<double> sorted = scores;
    std::sort(sorted.begin(), sorted.end());
    const double least = detail::quantile_of_sorted(sorted, winsorised, detail::default_quantile_type);
    const double most = detail::quantile_of_sorted(sorted, 1 - winsorised, detail::default_quantile_type);
    detail::exact_sum squares, weights, squared_weights;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double score = std::clamp(scores[i], least, most);
        const double weight = 1 / (standard_errors[i] * standard_errors[i]);
        squares.add(score * score);
        weights.add(weight);
        squared_weights.add(weight * weight);
    }
    const auto areas = static_cast<double>(scores.size());
    result.phi = squares.value() / areas;
    if (result.phi <= 1) return result;
    const double excess = squares.value() - (areas - 1);
    result.tau_squared = std::max(0.0, excess / (weights.value() - squared_weights.value() / weights.value()));
    return result;
}

/// `over_dispersion` of proportions x/n about their average p̄ = Σx/Σn, sᵢ = √(p̄(1 − p̄)/nᵢ).
/// \throws calculation_error as `wilson_interval` for each area; φ = 0 where all or none of the cases are events
[[nodiscard]] inline dispersion proportion_over_dispersion(std::span<const double> x, std::span<const double> n,
                                                           double winsorised = 0.1) {
    constexpr std::string_view function = "proportion_over_dispersion";
    detail::check_same_size(function, "x", x.size(), "n", n.size());
    detail::exact_sum events, cases;
    for (std::size_t i = 0; i < x.size(); ++i) {
        detail::check_share(function, x[i], n[i]);
        events.add(x[i]);
        cases.add(n[i]);
    }
    const double average = x.empty() ? 0 : events.value() / cases.value();
    if (average <= 0 || average >= 1) return {};
    std::vector<double> proportions, errors;
    for (std::size_t i = 0; i < x.size(); ++i) {
        proportions.push_back(x[i] / n[i]);
        errors.push_back(std::sqrt(average * (1 - average) / n[i]));
    }
    return over_dispersion(proportions, errors, average, winsorised);
}

}  // namespace goldenthread
