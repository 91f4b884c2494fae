// goldenthread: is there a trend over the last n values? Mann and Kendall's test, exact for short series.
#pragma once

#include <goldenthread/statistics/confidence.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace goldenthread {

enum class trend_verdict : std::uint8_t {
    too_few_values,  ///< fewer than 5: even a perfect order is no evidence at 95 %
    no_clear_trend,
    rising,
    falling,
};

[[nodiscard]] constexpr std::string_view to_text(trend_verdict verdict) noexcept {
    constexpr std::array<std::string_view, 4> names{"too_few_values", "no_clear_trend", "rising", "falling"};
    return names[static_cast<std::size_t>(verdict)];
}

/// What the trend test found.
struct trend_result {
    trend_verdict verdict = trend_verdict::too_few_values;
    std::size_t n = 0;              ///< values that were there
    std::int64_t score = 0;         ///< S: pairs that rise minus pairs that fall
    std::optional<double> p_value;  ///< two-sided
    std::optional<double> slope;    ///< Theil and Sen's: median change per step, in the unit of the values
    bool exact = true;              ///< the p value is exact, ties included; otherwise normal

    friend bool operator==(const trend_result&, const trend_result&) = default;
};

namespace detail {

inline constexpr std::size_t fewest_for_trend = 5;
inline constexpr std::size_t most_for_exact_trend = 60;

/// Probability of each number of inversions when `added` equal values are shuffled among `before` equal others: the
/// Mann–Whitney distribution, by its recursion on which kind stands last.
[[nodiscard]] inline std::vector<double> inversion_probabilities(std::size_t before, std::size_t added) {
    // rows[j]: distribution for i of the ones before and j of those added.
    std::vector<std::vector<double>> rows(added + 1, {1.0});
    for (std::size_t i = 1; i <= before; ++i) {
        for (std::size_t j = 1; j <= added; ++j) {
            std::vector<double> next(i * j + 1, 0.0);
            const double all = static_cast<double>(i + j);
            for (std::size_t u = 0; u < rows[j].size(); ++u) {  // one of `before` stands last: behind all j added
                next[u + j] += rows[j][u] * (static_cast<double>(i) / all);
            }
            for (std::size_t u = 0; u < rows[j - 1].size(); ++u) {
                next[u] += rows[j - 1][u] * (static_cast<double>(j) / all);
            }
            rows[j] = std::move(next);
        }
    }
    return rows[added];
}

/// P(|S| >= |score|) when every order of values with these ties is equally likely.
[[nodiscard]] inline double exact_trend_p_value(const std::map<double, std::size_t>& ties, std::int64_t score) {
    std::vector<double> inversions{1.0};
    std::size_t before = 0;
    for (const auto& [value, count] : ties) {
        const std::vector<double> more = inversion_probabilities(before, count);
        std::vector<double> sum(inversions.size() + more.size() - 1, 0.0);
        for (std::size_t i = 0; i < inversions.size(); ++i) {
            for (std::size_t k = 0; k < more.size(); ++k) sum[i + k] += inversions[i] * more[k];
        }
        inversions = std::move(sum);
        before += count;
    }
    const auto pairs = static_cast<std::int64_t>(inversions.size()) - 1;  // pairs that are not tied
    const std::int64_t least = score < 0 ? -score : score;
    double p = 0;
    for (std::int64_t i = 0; i <= pairs; ++i) {
        const std::int64_t s = pairs - 2 * i;
        if (s >= least || s <= -least) p += inversions[static_cast<std::size_t>(i)];
    }
    return std::min(1.0, p);
}

[[nodiscard]] inline double normal_trend_p_value(const std::map<double, std::size_t>& ties, double n, double score) {
    double variance = n * (n - 1) * (2 * n + 5);
    for (const auto& [value, count] : ties) {
        const auto t = static_cast<double>(count);
        variance -= t * (t - 1) * (2 * t + 5);
    }
    if (!(variance > 0) || score == 0) return 1;
    return std::erfc((std::fabs(score) - 1) / std::sqrt(variance / 18) / square_root_of_two);
}

}  // namespace detail

/// Mann and Kendall's test for a trend over the last `last_n` places of a series in order of time (0: all), missing
/// places left out; the slope is the median of the changes per step between all pairs.
///
/// Chosen because it assumes no shape, no distribution and no equal steps but that values are independent: one wild
/// value cannot make a trend. Up to 60 values the p value is exact, with ties too; beyond, normal with correction for
/// ties and continuity. `rising` and `falling` are given where it is below 1 − confidence. Seasons look like trends in
/// parts of a year: test whole years, and see `seasonality_note`. Values that hang together in time (stocks) make p too
/// small. H. B. Mann, Econometrica 13 (1945), 245–259; M. G. Kendall, "Rank Correlation Methods"; P. K. Sen, JASA 63
/// (1968).
/// \throws calculation_error for a value that is not finite
[[nodiscard]] inline trend_result trend_test(std::span<const std::optional<double>> values, std::size_t last_n = 0,
                                             const confidence_level& confidence = {}) {
    const std::size_t begin = last_n == 0 || last_n >= values.size() ? 0 : values.size() - last_n;
    std::vector<std::size_t> places;
    std::map<double, std::size_t> ties;
    for (std::size_t i = begin; i < values.size(); ++i) {
        if (!values[i]) continue;
        detail::check_element_finite("trend_test", "values", i, *values[i]);
        places.push_back(i);
        ++ties[*values[i]];
    }
    trend_result result;
    result.n = places.size();
    if (result.n < detail::fewest_for_trend) return result;
    std::vector<double> slopes;
    for (std::size_t j = 1; j < places.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) {
            const double change = *values[places[j]] - *values[places[i]];
            result.score += (change > 0 ? 1 : 0) - (change < 0 ? 1 : 0);
            slopes.push_back(change / static_cast<double>(places[j] - places[i]));
        }
    }
    const std::size_t middle = slopes.size() / 2;
    std::sort(slopes.begin(), slopes.end());
    result.slope = slopes.size() % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    result.exact = result.n <= detail::most_for_exact_trend;
    result.p_value = result.exact ? detail::exact_trend_p_value(ties, result.score)
                                  : detail::normal_trend_p_value(ties, static_cast<double>(result.n),
                                                                 static_cast<double>(result.score));
    result.verdict = trend_verdict::no_clear_trend;
    if (*result.p_value < 2 * confidence.tail()) {
        result.verdict = result.score > 0 ? trend_verdict::rising : trend_verdict::falling;
    }
    return result;
}

}  // namespace goldenthread
