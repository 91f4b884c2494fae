// goldenthread: do the same months stand high every year?
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/exact_sum.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace goldenthread {

enum class seasonality_verdict : std::uint8_t {
    too_short,   ///< fewer than three whole cycles without gaps
    none_found,  ///< no season was shown; that is not proof of none
    likely,      ///< compare with the same period last year, not with the one before
};

/// The note as words a reader understands.
[[nodiscard]] constexpr std::string_view to_text(seasonality_verdict verdict) noexcept {
    constexpr std::array<std::string_view, 3> sentences{
        "too short to see seasons: three whole cycles without gaps are needed", "no season was found",
        "the same seasons stand high or low in every cycle: compare with the same period last year"};
    return sentences[static_cast<std::size_t>(verdict)];
}

/// What `seasonality_note` found. Seasons are counted from 0; the last value of the series is in the last season.
struct seasonality {
    seasonality_verdict verdict = seasonality_verdict::too_short;
    std::size_t cycles = 0;           ///< whole cycles without gaps at the end of the series
    std::optional<double> statistic;  ///< Friedman's, corrected for ties
    std::optional<double> p_value;
    std::optional<std::size_t> highest;  ///< season with the highest ranks, where likely
    std::optional<std::size_t> lowest;

    friend bool operator==(const seasonality&, const seasonality&) = default;
};

namespace detail {

/// Adds the ranks of one cycle (ties share their mean) to the sums, and Σ(t³ − t) over its ties to `tied`.
inline void add_ranks(std::span<const std::optional<double>> cycle, std::vector<double>& sums, double& tied) {
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        double below = 0, equal = 0;
        for (const std::optional<double>& other : cycle) {
            below += *other < *cycle[i] ? 1 : 0;
            equal += *other == *cycle[i] ? 1 : 0;
        }
        sums[i] += below + (equal + 1) / 2;
        tied += equal * equal - 1;  // once for each of the t: Σ t(t² − 1)
    }
}

}  // namespace detail

/// Friedman's test on the last whole cycles of a series (`season_length` values each: 12 months, 4 quarters): are the
/// seasons ranked alike in every cycle? A trend does not disturb it, ranks being taken within each cycle.
///
/// Counts back from the end, up to the first gap. Fewer than three cycles: too short. χ² with season_length − 1 degrees
/// of freedom. Every cycle constant: none found, p = 1.
/// M. Friedman, "The use of ranks …", JASA 32 (1937), 675–701; W. J. Conover (3rd ed. 1999), section 5.8.
/// \throws calculation_error for a season_length below 2, a value that is not finite
[[nodiscard]] inline seasonality seasonality_note(std::span<const std::optional<double>> values,
                                                  std::size_t season_length, const confidence_level& confidence = {}) {
    constexpr std::size_t fewest_cycles = 3;
    if (season_length < 2) {
        detail::refuse_argument("seasonality_note", "season_length", static_cast<double>(season_length),
                                "a cycle has at least 2 seasons");
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i]) detail::check_element_finite("seasonality_note", "values", i, *values[i]);
    }
    std::size_t unbroken = 0;
    while (unbroken < values.size() && values[values.size() - 1 - unbroken]) ++unbroken;
    seasonality result;
    result.cycles = unbroken / season_length;
    if (result.cycles < fewest_cycles) return result;
    std::vector<double> sums(season_length, 0.0);
    double tied = 0;
    const std::size_t begin = values.size() - result.cycles * season_length;
    for (std::size_t c = 0; c < result.cycles; ++c) {
        detail::add_ranks(values.subspan(begin + c * season_length, season_length), sums, tied);
    }
    const auto b = static_cast<double>(result.cycles), k = static_cast<double>(season_length);
    double squares = 0;
    for (const double sum : sums) squares += (sum - b * (k + 1) / 2) * (sum - b * (k + 1) / 2);
    const double spread = b * k * (k + 1) / 12 - tied / (12 * (k - 1));
    result.verdict = seasonality_verdict::none_found;
    if (!(spread > 0)) {
        result.statistic = 0;
        result.p_value = 1;
        return result;
    }
    result.statistic = squares / spread;
    result.p_value = boost::math::gamma_q((k - 1) / 2, *result.statistic / 2, detail::wider_double());
    if (*result.p_value >= 2 * confidence.tail()) return result;
    result.verdict = seasonality_verdict::likely;
    result.highest = static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
    result.lowest = static_cast<std::size_t>(std::min_element(sums.begin(), sums.end()) - sums.begin());
    return result;
}

}  // namespace goldenthread
