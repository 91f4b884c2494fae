// goldenthread: which quantile is asked for, and how it is read between two values.
#pragma once

#include <goldenthread/core/text.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace goldenthread {

/// A share of a list: `numerator / denominator`, the denominator a power of ten. "0.9" is exactly 9/10.
struct probability {
    std::int64_t numerator = 1;
    std::int64_t denominator = 2;

    friend bool operator==(const probability&, const probability&) = default;
};

/// Reads "0", "1", "0.25": a decimal from 0 to 1 of at most six places, taken exactly. Nothing for any other text.
[[nodiscard]] inline std::optional<probability> parse_probability(std::string_view text) noexcept {
    constexpr std::int64_t finest = 1'000'000;
    probability p{0, 1};
    bool point = false, digits = false;
    for (const char c : text) {
        if (c == '.' && !point && digits) {
            point = true;
        } else if (is_ascii_digit(c) && p.numerator <= finest && (!point || p.denominator < finest)) {
            p.numerator = p.numerator * 10 + (c - '0');
            if (point) p.denominator *= 10;
            digits = true;
        } else {
            return std::nullopt;
        }
    }
    if (!digits || text.back() == '.' || p.numerator > p.denominator) return std::nullopt;
    return p;
}

/// How a quantile is read between two values: Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996), by
/// number ("7") or by name ("linear"). Returns 1 to 9, or 0 for a text that names none.
[[nodiscard]] inline int quantile_method(std::string_view text) noexcept {
    constexpr std::string_view names[] = {"inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen",
                                          "weibull",      "linear",                "median_unbiased",     "normal_unbiased"};
    for (int i = 0; i < 9; ++i) {
        if (text == names[i] || (text.size() == 1 && text[0] == '1' + i)) return i + 1;
    }
    return 0;
}

}  // namespace goldenthread
