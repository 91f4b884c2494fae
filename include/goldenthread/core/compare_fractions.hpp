// goldenthread: which of two fractions is greater, exactly.
#pragma once

#include <goldenthread/core/error.hpp>

#include <cstdint>

namespace goldenthread {

/// −1, 0 or 1 as a/b is less than, equal to or greater than c/d. Integer arithmetic only: whole parts are compared,
/// then the remainders turned upside down, as in Euclid's algorithm, so nothing is multiplied and nothing can overflow.
/// \throws calculation_error unless both denominators are above zero
[[nodiscard]] inline int compare_fractions(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
    if (b <= 0 || d <= 0) throw calculation_error("a fraction needs a denominator above zero to be compared");
    for (int sign = 1;; sign = -sign) {
        // Rounded down, so that remainders are not negative.
        const std::int64_t first = a / b - (a % b < 0 ? 1 : 0);
        const std::int64_t second = c / d - (c % d < 0 ? 1 : 0);
        if (first != second) return first < second ? -sign : sign;
        const std::int64_t first_rest = a % b < 0 ? a % b + b : a % b;
        const std::int64_t second_rest = c % d < 0 ? c % d + d : c % d;
        if (first_rest == 0 || second_rest == 0) {
            return sign * ((first_rest == 0 ? 0 : 1) - (second_rest == 0 ? 0 : 1));
        }
        // first_rest/b against second_rest/d: the smaller fraction has the greater reciprocal.
        a = b;
        b = first_rest;
        c = d;
        d = second_rest;
    }
}

}  // namespace goldenthread
