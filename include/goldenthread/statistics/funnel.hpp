// goldenthread: funnel limits: how far from the average chance alone takes an area of a given size.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace goldenthread {

/// One-sided tails of the two pairs of lines that a funnel has, as English public health draws them: 95 % and 99.8 %.
inline constexpr double funnel_warning_tail = 0.025;
inline constexpr double funnel_alarm_tail = 0.001;

/// Where an area lies against the lines of a funnel.
enum class funnel_significance : std::uint8_t {
    not_significant,
    low_0_025,   ///< below the lower 2.5 % line
    low_0_001,   ///< below the lower 0.1 % line
    high_0_025,  ///< above the upper 2.5 % line
    high_0_001,  ///< above the upper 0.1 % line
};

[[nodiscard]] constexpr std::string_view to_text(funnel_significance significance) noexcept {
    constexpr std::array<std::string_view, 5> names{"not_significant", "low_0_025", "low_0_001", "high_0_025",
                                                    "high_0_001"};
    return names[static_cast<std::size_t>(significance)];
}

/// A pair of lines of a funnel at one size. `raw` limits are before they were clipped.
struct funnel_limits {
    double lower = 0;
    double upper = 0;
    double raw_lower = 0;
    double raw_upper = 0;

    friend constexpr bool operator==(const funnel_limits&, const funnel_limits&) = default;
};

/// Funnel limits of a proportion at denominator n about the average p̄ of all: p̄ ∓ z√(p̄(1 − p̄)/n), z = Φ⁻¹(1 − tail),
/// clipped to [0, 1]; a share of 1. `tau_squared` adds over-dispersion between areas: √(p̄(1 − p̄)/n + τ²).
///
/// D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005).
/// \throws calculation_error for n not above 0, an average outside [0, 1], a tail outside (0, 0.5), τ² below 0
[[nodiscard]] inline funnel_limits funnel_proportion_limits(double n, double average, double tail = funnel_warning_tail,
                                                            double tau_squared = 0) {
    constexpr std::string_view function = "funnel_proportion_limits";
    detail::check_above_zero(function, "n", n);
    if (!(average >= 0 && average <= 1)) {
        detail::refuse_argument(function, "average", average, "must lie between 0 and 1");
    }
    if (!(tail > 0 && tail < 0.5)) {
        detail::refuse_argument(function, "tail", tail, "must lie strictly between 0 and 0.5",
                                "0.025 is the tail of the 95 % lines");
    }
    detail::check_count(function, "tau_squared", tau_squared);
    const double reach = detail::normal_upper_quantile(tail) * std::sqrt(average * (1 - average) / n + tau_squared);
    const double lower = average - reach, upper = average + reach;
    return {std::max(0.0, lower), std::min(1.0, upper), lower, upper};
}

/// The two numbers of expected events at which `observed` lies just on a line of the funnel of ratios O/E, and the
/// ratios there. Drawn over all O, they are the curves.
struct funnel_ratio_lines {
    double expected_at_upper = 0;       ///< fewer expected than this: O is above the upper line
    double expected_at_lower = 0;       ///< more expected than this: O is below the lower line
    std::optional<double> upper_ratio;  ///< O over expected_at_upper; absent for O = 0, which is never high
    double lower_ratio = 0;             ///< O over expected_at_lower

    friend constexpr bool operator==(const funnel_ratio_lines&, const funnel_ratio_lines&) = default;
};

/// Exact funnel lines of a ratio observed/expected: χ²(tail; 2O)/2 and χ²(1 − tail; 2O + 2)/2, the closed form of the
/// Poisson limits turned round; nothing is searched for. `observed` is a whole number or not.
///
/// E. Dover, D. P. Doherty, "Statistical process control methods in public health intelligence", APHO (2009), gives the
/// lines; tables that search for them agree to about 5e-5.
/// \throws calculation_error for observed below 0, a tail outside (0, 0.5)
[[nodiscard]] inline funnel_ratio_lines funnel_ratio_limits(double observed, double tail = funnel_warning_tail) {
    constexpr std::string_view function = "funnel_ratio_limits";
    detail::check_count(function, "observed", observed);
    if (!(tail > 0 && tail < 0.5)) {
        detail::refuse_argument(function, "tail", tail, "must lie strictly between 0 and 0.5",
                                "0.025 is the tail of the 95 % lines");
    }
    funnel_ratio_lines lines;
    lines.expected_at_lower = detail::chi_squared_upper_quantile(tail, 2 * observed + 2) / 2;
    lines.lower_ratio = observed / lines.expected_at_lower;
    if (observed == 0) return lines;
    lines.expected_at_upper = chi_squared_quantile(tail, 2 * observed) / 2;
    lines.upper_ratio = observed / lines.expected_at_upper;
    return lines;
}

/// Where the proportion x/n lies against the 2.5 % and 0.1 % lines about the average: strictly beyond counts. Lines
/// and source: `funnel_proportion_limits`.
/// \throws calculation_error as `funnel_proportion_limits`, for x below 0 or above n
[[nodiscard]] inline funnel_significance funnel_proportion_significance(double x, double n, double average,
                                                                        double tau_squared = 0) {
    detail::check_share("funnel_proportion_significance", x, n);
    const double proportion = x / n;
    const funnel_limits alarm = funnel_proportion_limits(n, average, funnel_alarm_tail, tau_squared);
    if (proportion > alarm.raw_upper) return funnel_significance::high_0_001;
    if (proportion < alarm.raw_lower) return funnel_significance::low_0_001;
    const funnel_limits warning = funnel_proportion_limits(n, average, funnel_warning_tail, tau_squared);
    if (proportion > warning.raw_upper) return funnel_significance::high_0_025;
    return proportion < warning.raw_lower ? funnel_significance::low_0_025 : funnel_significance::not_significant;
}

/// Where observed/expected lies against the exact 2.5 % and 0.1 % lines: strictly beyond counts. Lines and source:
/// `funnel_ratio_limits`.
/// \throws calculation_error for observed below 0, expected not above 0
[[nodiscard]] inline funnel_significance funnel_ratio_significance(double observed, double expected) {
    detail::check_count("funnel_ratio_significance", "observed", observed);
    detail::check_above_zero("funnel_ratio_significance", "expected", expected);
    const funnel_ratio_lines alarm = funnel_ratio_limits(observed, funnel_alarm_tail);
    if (expected < alarm.expected_at_upper) return funnel_significance::high_0_001;
    if (expected > alarm.expected_at_lower) return funnel_significance::low_0_001;
    const funnel_ratio_lines warning = funnel_ratio_limits(observed, funnel_warning_tail);
    if (expected < warning.expected_at_upper) return funnel_significance::high_0_025;
    return expected > warning.expected_at_lower ? funnel_significance::low_0_025 : funnel_significance::not_significant;
}

}  // namespace goldenthread
