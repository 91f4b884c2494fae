// goldenthread: an exact fraction as decimal text, rounded once.
#pragma once

#include <goldenthread/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace goldenthread {

namespace detail {

/// One step of long division: the next decimal digit of remainder / divisor; the remainder moves on.
/// Adding ten times instead of multiplying by ten keeps every intermediate below the divisor: nothing can overflow.
[[nodiscard]] constexpr char next_decimal_digit(std::uint64_t& remainder, std::uint64_t divisor) noexcept {
    std::uint64_t sum = 0;
    char digit = '0';
    for (int i = 0; i < 10; ++i) {
        if (sum >= divisor - remainder) {
            sum -= divisor - remainder;
            ++digit;
        } else {
            sum += remainder;
        }
    }
    remainder = sum;
    return digit;
}

/// Adds one unit in the last place to a text of digits.
inline void add_one_to_digits(std::string& digits) {
    for (std::size_t i = digits.size(); i-- > 0;) {
        if (digits[i] != '9') {
            ++digits[i];
            return;
        }
        digits[i] = '0';
    }
    digits.insert(digits.begin(), '1');
}

}  // namespace detail

/// `numerator / denominator × 10^shift`, rounded half away from zero to `decimals` places: "12.3", "-0.5", "7".
/// A percentage is shift 2. Integer arithmetic only, exact for every 64-bit fraction; zero has no sign.
/// \throws calculation_error unless the denominator is above zero and 0 <= decimals, shift <= 18
[[nodiscard]] inline std::string decimal_text(std::int64_t numerator, std::int64_t denominator, int decimals,
                                              int shift = 0) {
    if (denominator <= 0) throw calculation_error("a fraction needs a denominator above zero to be rounded");
    if (decimals < 0 || decimals > 18 || shift < 0 || shift > 18) {
        throw calculation_error("a number is rounded to 0 to 18 decimals");
    }
    const std::uint64_t magnitude = numerator < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(numerator)
                                                  : static_cast<std::uint64_t>(numerator);
    const auto divisor = static_cast<std::uint64_t>(denominator);
    std::uint64_t remainder = magnitude % divisor;
    std::string digits = std::to_string(magnitude / divisor);
    for (int i = 0; i < decimals + shift; ++i) digits += detail::next_decimal_digit(remainder, divisor);
    if (remainder >= divisor - remainder) detail::add_one_to_digits(digits);

    const auto places = static_cast<std::size_t>(decimals);
    const std::size_t first = digits.find_first_not_of('0');
    const bool zero = first == std::string::npos;
    const std::size_t whole_digits = digits.size() - places;
    digits.erase(0, zero || first >= whole_digits ? whole_digits - 1 : first);
    if (places > 0) digits.insert(digits.size() - places, 1, '.');
    return numerator < 0 && !zero ? "-" + digits : digits;
}

}  // namespace goldenthread
