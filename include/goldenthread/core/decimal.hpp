// goldenthread: the one place where a number is rounded.
//
// Every figure that is shown, written or compared as rounded goes through here: exactly, ties half away from zero.
// Binary floating point never decides a tie: 28.75 % to one place is 28.8, 2.675 (which no double holds) is asked for
// as 2675/1000.
#pragma once

#include <goldenthread/core/error.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace goldenthread {

namespace detail {

/// A decimal as it is however many noughts it was written with: 0.50 is 0.5. Mantissa and scale.
[[nodiscard]] constexpr std::pair<std::int64_t, int> without_trailing_noughts(std::int64_t mantissa, int scale) noexcept {
    while (scale > 0 && mantissa % 10 == 0) {
        mantissa /= 10;
        --scale;
    }
    return {mantissa, scale};
}

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

/// Whether digits that are dropped raise the last one kept: half away from zero looks at the first of them alone.
[[nodiscard]] constexpr bool rounds_up(std::string_view dropped) noexcept {
    return !dropped.empty() && dropped.front() >= '5';
}

/// "00012" and two places → "0.12": a point put into digits, zeros in front taken away.
[[nodiscard]] inline std::string with_point(std::string digits, int decimals, bool negative) {
    const auto places = static_cast<std::size_t>(decimals);
    const std::size_t first = digits.find_first_not_of('0');
    const bool zero = first == std::string::npos;
    const std::size_t whole_digits = digits.size() - places;
    digits.erase(0, zero || first >= whole_digits ? whole_digits - 1 : first);
    if (places > 0) digits.insert(digits.size() - places, 1, '.');
    return negative && !zero ? "-" + digits : digits;
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

    return detail::with_point(std::move(digits), decimals, numerator < 0);
}

/// A floating point number rounded half away from zero to `decimals` places. The number is taken at its exact binary
/// value: 0.125 gives "0.13", 2.675 (a little below) "2.67". For interval limits and the like, which no fraction holds;
/// counts, shares and rates are fractions and belong to `decimal_text`.
/// \throws calculation_error for a number that is not finite or not below 10^18, or unless 0 <= decimals <= 18
[[nodiscard]] inline std::string rounded_text(double value, int decimals) {
    if (decimals < 0 || decimals > 18) throw calculation_error("a number is rounded to 0 to 18 decimals");
    if (!std::isfinite(value) || std::fabs(value) >= 1e18) {
        throw calculation_error("only a finite number below 10^18 can be rounded");
    }
    // Every double ends after at most 1074 binary places, hence as many decimal ones: the text is exact.
    constexpr int all_places = 1074;
    char buffer[19 + 1 + all_places + 1];
    const auto [end, problem] =
        std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::fixed, all_places);
    static_cast<void>(problem);  // the buffer is long enough for every number let in
    const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    const std::size_t point = text.find('.');
    std::string digits(text.substr(0, point));
    digits += text.substr(point + 1, static_cast<std::size_t>(decimals));
    if (detail::rounds_up(text.substr(point + 1 + static_cast<std::size_t>(decimals))))
        detail::add_one_to_digits(digits);
    return detail::with_point(std::move(digits), decimals, value < 0);
}

}  // namespace goldenthread
