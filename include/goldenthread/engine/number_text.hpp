// goldenthread: exact numbers of expressions as text.
#pragma once

#include <goldenthread/core/decimal.hpp>

#include <cstdint>
#include <numeric>
#include <string>

namespace goldenthread::detail {

/// "7", "-0.5"; a fraction that no decimal equals stays one: "2/3". `denominator` is above zero.
[[nodiscard]] inline std::string exact_number_text(std::int64_t value, std::int64_t denominator) {
    const std::int64_t common = std::gcd(value, denominator);
    value /= common;
    denominator /= common;
    std::int64_t rest = denominator;
    int twos = 0, fives = 0;
    for (; rest % 2 == 0; rest /= 2) ++twos;
    for (; rest % 5 == 0; rest /= 5) ++fives;
    const int places = twos > fives ? twos : fives;
    constexpr int most_places = 18;
    if (rest == 1 && places <= most_places) return decimal_text(value, denominator, places);
    return std::to_string(value) + "/" + std::to_string(denominator);
}

/// 10000 as "10,000": thousands parted for reading.
[[nodiscard]] inline std::string grouped_text(std::int64_t value) {
    std::string digits = std::to_string(value);
    const std::size_t sign = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

}  // namespace goldenthread::detail
