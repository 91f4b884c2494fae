// Exact arithmetic on published numbers. Internal.
#pragma once

#include <goldenthread/core/decimal.hpp>
#include <goldenthread/data/published_data.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace goldenthread::detail {

[[nodiscard]] inline std::int64_t power_of_ten(int exponent) noexcept {
    std::int64_t result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

/// The number to so many places.
[[nodiscard]] inline std::string with_places(const printed_number& number, int decimals) {
    return decimal_text(number.mantissa, power_of_ten(number.scale), decimals);
}

/// An exact quotient of two published numbers.
struct published_quotient {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;  ///< above zero

    [[nodiscard]] double as_double() const noexcept {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
};

/// The largest count that is computed with: a count beyond it is no count of people. Keeps the product of two in 64
/// bits.
inline constexpr std::int64_t largest_count = 2'000'000'000;

/// Nothing where one of them is no number, or there is nothing to divide by. Counts are whole numbers.
[[nodiscard]] inline std::optional<published_quotient> quotient_of(const printed_number& above,
                                                                   const printed_number& below) noexcept {
    if (!above.is_value() || !below.is_value() || above.scale != 0 || below.scale != 0) return std::nullopt;
    if (below.mantissa <= 0 || above.mantissa < 0) return std::nullopt;
    if (above.mantissa > largest_count || below.mantissa > largest_count) return std::nullopt;
    return published_quotient{above.mantissa, below.mantissa};
}

[[nodiscard]] inline std::string quotient_text(const published_quotient& q, std::int64_t per, int decimals) {
    return decimal_text(q.numerator * per, q.denominator, decimals);
}

}  // namespace goldenthread::detail
