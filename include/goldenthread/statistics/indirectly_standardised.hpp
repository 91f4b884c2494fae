// goldenthread: observed against expected events.
#pragma once

#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/exact_sum.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace goldenthread {

/// One band of an area and of the reference population whose rates are applied to it.
struct reference_band {
    double events = 0;                ///< observed in the area
    double population = 0;            ///< of the area
    double reference_events = 0;      ///< in the reference population
    double reference_population = 0;  ///< above zero
};

/// An indirectly standardised ratio or rate with what it was made of.
struct standardised_ratio : interval_estimate {
    double observed = 0;        ///< O, events of the area
    double expected = 0;        ///< E, events the area would have with the reference's rates
    double reference_rate = 0;  ///< crude rate of the reference population × the multiplier

    friend bool operator==(const standardised_ratio&, const standardised_ratio&) = default;
};

namespace detail {

[[nodiscard]] inline standardised_ratio observed_over_expected(std::string_view function,
                                                               std::span<const reference_band> bands, double multiplier,
                                                               const confidence_level& confidence) {
    exact_sum observed, expected, reference_events, reference_population;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const reference_band& band = bands[i];
        const std::string name = element_name("bands", i);
        check_count(function, name + ".events", band.events);
        check_count(function, name + ".population", band.population);
        check_count(function, name + ".reference_events", band.reference_events);
        check_above_zero(function, name + ".reference_population", band.reference_population);
        observed.add(band.events);
        expected.add(band.reference_events / band.reference_population * band.population);
        reference_events.add(band.reference_events);
        reference_population.add(band.reference_population);
    }
    standardised_ratio result;
    result.confidence = confidence.level();
    result.observed = observed.value();
    result.expected = expected.value();
    if (!bands.empty()) result.reference_rate = reference_events.value() / reference_population.value() * multiplier;
    return result;
}

/// The limits of O, multiplied and divided as the value is.
inline void add_count_limits(standardised_ratio& result, double multiplier, const confidence_level& confidence) {
    if (result.expected == 0) {
        result.note = estimate_note::nothing_expected;
        return;
    }
    static_cast<interval_estimate&>(result) =
        scaled(count_interval(result.observed, confidence), multiplier, result.expected);
}

}  // namespace detail

/// The indirectly standardised ratio O/E × multiplier, E = Σ(Xᵢ/Nᵢ)·nᵢ: what was observed against what the area would
/// have had with the reference's rates. Limits: those of the count O (exact below 10, Byar's from 10), over E.
///
/// E = 0: undefined (nothing expected). 1 means as expected; it is a comparison with the reference, never between
/// areas. N. E. Breslow, N. E. Day, "Statistical Methods in Cancer Research II" (IARC 1987), chapter 2.
/// \throws calculation_error for negative or missing counts, a reference population not above zero
[[nodiscard]] inline standardised_ratio indirectly_standardised_ratio(std::span<const reference_band> bands,
                                                                      double multiplier = 1,
                                                                      const confidence_level& confidence = {}) {
    detail::check_above_zero("indirectly_standardised_ratio", "multiplier", multiplier);
    standardised_ratio result =
        detail::observed_over_expected("indirectly_standardised_ratio", bands, multiplier, confidence);
    detail::add_count_limits(result, multiplier, confidence);
    return result;
}

/// The indirectly standardised rate: O/E times the crude rate of the reference population, per `multiplier` people.
/// Limits, edges, source and errors as those of `indirectly_standardised_ratio`.
[[nodiscard]] inline standardised_ratio indirectly_standardised_rate(std::span<const reference_band> bands,
                                                                     double multiplier = 10'000,
                                                                     const confidence_level& confidence = {}) {
    detail::check_above_zero("indirectly_standardised_rate", "multiplier", multiplier);
    standardised_ratio result =
        detail::observed_over_expected("indirectly_standardised_rate", bands, multiplier, confidence);
    detail::add_count_limits(result, result.reference_rate, confidence);
    return result;
}

}  // namespace goldenthread
