// goldenthread: a rate as it would be if the area had the standard population's ages.
#pragma once

#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/exact_sum.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// One band (of age, usually) of an area and of the standard population.
struct standard_band {
    double events = 0;               ///< observed in the area
    double population = 0;           ///< of the area, above zero
    double standard_population = 0;  ///< weight of the band
};

/// People of one band who had the same number of events.
struct event_frequency {
    std::size_t band = 0;    ///< position in the list of bands
    double events_each = 1;  ///< events that each of them had
    double people = 0;       ///< how many had so many
};

/// A directly standardised rate with what it was made of.
struct standardised_rate : interval_estimate {
    double events = 0;               ///< all events
    double population = 0;           ///< all people
    std::optional<double> variance;  ///< of the rate per person, before the multiplier

    friend bool operator==(const standardised_rate&, const standardised_rate&) = default;
};

namespace detail {

/// Events below which a standardised rate is not given: too unsteady to stand for anything.
inline constexpr double fewest_for_standardising = 10;

inline void check_bands(std::string_view function, std::span<const standard_band> bands) {
    exact_sum weights;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        check_count(function, element_name("bands", i) + ".events", bands[i].events);
        check_above_zero(function, element_name("bands", i) + ".population", bands[i].population);
        check_count(function, element_name("bands", i) + ".standard_population", bands[i].standard_population);
        weights.add(bands[i].standard_population);
    }
    check_above_zero(function, "sum of standard_population", weights.value());
}

/// Value and limits from a variance: Dobson's weights on Byar's limits of the count.
[[nodiscard]] inline standardised_rate dobson(std::span<const standard_band> bands, double variance, double multiplier,
                                              const confidence_level& confidence) {
    exact_sum weights, weighted, events, population;
    for (const standard_band& band : bands) {
        weights.add(band.standard_population);
        weighted.add(band.standard_population * band.events / band.population);
        events.add(band.events);
        population.add(band.population);
    }
    standardised_rate result;
    result.confidence = confidence.level();
    result.events = events.value();
    result.population = population.value();
    result.variance = variance;
    if (result.events < fewest_for_standardising) {
        result.note = estimate_note::too_few_events;
        return result;
    }
    const double rate = weighted.value() / weights.value();
    const double stretch = std::sqrt(variance / result.events);
    const double below = byar_limit(result.events, -confidence.z());
    const double above = byar_limit(result.events + 1, confidence.z());
    result.value = rate * multiplier;
    result.lower = (rate + stretch * (below - result.events)) * multiplier;
    result.upper = (rate + stretch * (above - result.events)) * multiplier;
    result.method = estimate_method::dobson_byar;
    if (*result.lower < 0) result.note = estimate_note::limit_below_zero;
    return result;
}

}  // namespace detail

/// The directly standardised rate D = Σ(wᵢxᵢ/nᵢ)/Σwᵢ × multiplier, wᵢ the standard population, with Dobson's limits:
/// D + √(V/O)·(L(O) − O), V = Σ(wᵢ²xᵢ/nᵢ²)/(Σwᵢ)², O all events, L Byar's limit of O; the upper limit likewise.
///
/// Fewer than 10 events: neither value nor limits (too few events), but events, population and variance. Very uneven
/// weights can push the lower limit below zero: it is given as it comes, and noted. An empty band
/// has 0 events; a count that is *missing* is not 0 and is refused as NaN: decide before you call.
/// A. J. Dobson et al., "Confidence intervals for weighted sums of Poisson parameters", Statistics in Medicine 10
/// (1991).
/// \throws calculation_error for negative or missing counts, a population not above zero, weights that sum to zero
[[nodiscard]] inline standardised_rate directly_standardised_rate(std::span<const standard_band> bands,
                                                                  double multiplier = 10'000,
                                                                  const confidence_level& confidence = {}) {
    detail::check_bands("directly_standardised_rate", bands);
    detail::check_above_zero("directly_standardised_rate", "multiplier", multiplier);
    detail::exact_sum weights, variance;
    for (const standard_band& band : bands) {
        const double weight = band.standard_population / band.population;
        weights.add(band.standard_population);
        variance.add(weight * weight * band.events);
    }
    const double all = weights.value();
    return detail::dobson(bands, variance.value() / (all * all), multiplier, confidence);
}

/// As `directly_standardised_rate`, where one person may have several events, which are then not independent: the
/// variance is V = Σ_f f²·V_f, V_f that of the people with exactly f events. `events` of the bands are not read: they
/// are Σ f × people.
///
/// The interval is wider than that of independent events, by about the square root of events per person.
/// D. Stukel et al., "Standardized rates of recurrent outcomes", Statistics in Medicine 13 (1994), 1781–1791.
/// \throws calculation_error as above, for events_each below 1 and for a band that is not in the list
[[nodiscard]] inline standardised_rate directly_standardised_rate(std::span<const standard_band> bands,
                                                                  std::span<const event_frequency> frequencies,
                                                                  double multiplier = 10'000,
                                                                  const confidence_level& confidence = {}) {
    constexpr std::string_view function = "directly_standardised_rate";
    std::vector<standard_band> counted(bands.begin(), bands.end());
    for (standard_band& band : counted) band.events = 0;
    detail::check_bands(function, counted);
    detail::check_above_zero(function, "multiplier", multiplier);
    detail::exact_sum weights, variance;
    for (const standard_band& band : counted) weights.add(band.standard_population);
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const event_frequency& each = frequencies[i];
        const std::string name = detail::element_name("frequencies", i);
        if (each.band >= counted.size()) {
            detail::refuse_argument(function, name + ".band", static_cast<double>(each.band), "there is no such band");
        }
        detail::check_count(function, name + ".people", each.people);
        detail::check_finite(function, name + ".events_each", each.events_each);
        if (each.events_each < 1) {
            detail::refuse_argument(function, name + ".events_each", each.events_each, "must be at least 1");
        }
        standard_band& band = counted[each.band];
        const double weight = band.standard_population / band.population;
        variance.add(weight * weight * each.people * each.events_each * each.events_each);
        band.events += each.events_each * each.people;
    }
    const double all = weights.value();
    return detail::dobson(counted, variance.value() / (all * all), multiplier, confidence);
}

}  // namespace goldenthread
