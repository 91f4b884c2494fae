#include "catch.hpp"

#include <goldenthread/core/compare_fractions.hpp>
#include <goldenthread/core/decimal.hpp>

#include <cstdint>
#include <limits>

using goldenthread::decimal_text;
using goldenthread::rounded_text;

TEST_CASE("a fraction is rounded half away from zero") {
    CHECK(decimal_text(1, 2, 0) == "1");
    CHECK(decimal_text(-1, 2, 0) == "-1");
    CHECK(decimal_text(5, 2, 0) == "3");  // not to even
    CHECK(decimal_text(1, 20, 1) == "0.1");
    CHECK(decimal_text(-1, 20, 1) == "-0.1");
    CHECK(decimal_text(49, 1000, 1) == "0.0");
    CHECK(decimal_text(51, 1000, 1) == "0.1");
    CHECK(decimal_text(2675, 1000, 2) == "2.68");  // a double would give 2.67
}

TEST_CASE("zero has no sign") {
    CHECK(decimal_text(0, 7, 1) == "0.0");
    CHECK(decimal_text(-1, 1000, 1) == "0.0");
    CHECK(decimal_text(-1, 1000, 0) == "0");
}

TEST_CASE("a percentage moves the point by two") {
    CHECK(decimal_text(1, 8, 1, 2) == "12.5");
    CHECK(decimal_text(1, 3, 1, 2) == "33.3");
    CHECK(decimal_text(2, 3, 1, 2) == "66.7");
    CHECK(decimal_text(8, 8, 1, 2) == "100.0");
    CHECK(decimal_text(1, 1, 0, 2) == "100");
    CHECK(decimal_text(1, 2000, 1, 2) == "0.1");  // 0.05 %
    CHECK(decimal_text(1, 2001, 1, 2) == "0.0");
}

TEST_CASE("a carry runs through all nines") {
    CHECK(decimal_text(9995, 1000, 2) == "10.00");
    CHECK(decimal_text(99999, 100000, 1, 2) == "100.0");
    CHECK(decimal_text(19, 20, 0) == "1");
}

TEST_CASE("the largest fractions do not overflow") {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
    CHECK(decimal_text(largest, largest, 1, 2) == "100.0");
    CHECK(decimal_text(largest - 1, largest, 1, 2) == "100.0");
    CHECK(decimal_text(largest, 1, 0) == "9223372036854775807");
    CHECK(decimal_text(smallest, 1, 1) == "-9223372036854775808.0");
    CHECK(decimal_text(largest, 2, 0) == "4611686018427387904");
    CHECK(decimal_text(1, largest, 18) == "0.000000000000000000");
    CHECK(decimal_text(largest, 1, 0, 2) == "922337203685477580700");
}

TEST_CASE("every small fraction agrees with a second way of rounding") {
    for (std::int64_t d = 1; d <= 60; ++d) {
        for (std::int64_t n = -130; n <= 130; ++n) {
            const std::int64_t magnitude = n < 0 ? -n : n;
            const std::int64_t tenths = (magnitude * 20 + d) / (2 * d);
            const std::string expected =
                (n < 0 && tenths != 0 ? "-" : "") + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
            REQUIRE(decimal_text(n, d, 1) == expected);
        }
    }
}

TEST_CASE("a fraction without a denominator is refused") {
    CHECK_THROWS_AS(decimal_text(1, 0, 1), goldenthread::calculation_error);
    CHECK_THROWS_AS(decimal_text(1, -3, 1), goldenthread::calculation_error);
    CHECK_THROWS_AS(decimal_text(1, 3, 19), goldenthread::calculation_error);
    CHECK_THROWS_AS(decimal_text(1, 3, -1), goldenthread::calculation_error);
}

TEST_CASE("the published slip and the ties that half-to-even would miss") {
    CHECK(decimal_text(69, 240, 1, 2) == "28.8");  // 28.75 %; binary floating point prints 28.7
    CHECK(decimal_text(1, 80, 1, 2) == "1.3");     // 1.25 %; to even: 1.2
    CHECK(decimal_text(9, 80, 1, 2) == "11.3");
    CHECK(decimal_text(1, 8, 0, 2) == "13");
}

TEST_CASE("a floating point number is rounded at its exact value, half away from zero") {
    CHECK(rounded_text(0.125, 2) == "0.13");
    CHECK(rounded_text(-0.125, 2) == "-0.13");
    CHECK(rounded_text(0.5, 0) == "1");
    CHECK(rounded_text(2.5, 0) == "3");
    CHECK(rounded_text(2.675, 2) == "2.67");  // a little below: no tie
    CHECK(rounded_text(1.005, 2) == "1.00");
    CHECK(rounded_text(0.0, 1) == "0.0");
    CHECK(rounded_text(-0.04, 1) == "0.0");
    CHECK(rounded_text(9.96, 1) == "10.0");
    CHECK(rounded_text(99.95, 1) == "100.0");  // the double lies a little above
    CHECK(rounded_text(123456789.0, 3) == "123456789.000");
    CHECK(rounded_text(std::numeric_limits<double>::denorm_min(), 18) == "0.000000000000000000");
    CHECK(rounded_text(0.1, 18) == "0.100000000000000006");
}

TEST_CASE("numbers that binary holds are rounded as the fraction they are") {
    for (int eighths = -900; eighths <= 900; ++eighths) {
        for (int places = 0; places <= 3; ++places) {
            REQUIRE(rounded_text(eighths / 8.0, places) == decimal_text(eighths, 8, places));
        }
    }
}

TEST_CASE("a number that is not finite, or too large, is not rounded") {
    CHECK_THROWS_AS(rounded_text(std::numeric_limits<double>::quiet_NaN(), 1), goldenthread::calculation_error);
    CHECK_THROWS_AS(rounded_text(std::numeric_limits<double>::infinity(), 1), goldenthread::calculation_error);
    CHECK_THROWS_AS(rounded_text(1e18, 1), goldenthread::calculation_error);
    CHECK_THROWS_AS(rounded_text(1.0, 19), goldenthread::calculation_error);
}

TEST_CASE("fractions are compared exactly, however large") {
    using goldenthread::compare_fractions;
    for (std::int64_t a = -12; a <= 12; ++a) {
        for (std::int64_t b = 1; b <= 6; ++b) {
            for (std::int64_t c = -12; c <= 12; ++c) {
                for (std::int64_t d = 1; d <= 6; ++d) {
                    const std::int64_t difference = a * d - c * b;
                    REQUIRE(compare_fractions(a, b, c, d) == (difference > 0) - (difference < 0));
                }
            }
        }
    }
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK(compare_fractions(most, most - 1, most - 1, most - 2) == -1);  // 1 + 1/(m − 1) against 1 + 1/(m − 2)
    CHECK(compare_fractions(most - 1, most, most - 2, most - 1) == 1);
    CHECK(compare_fractions(-most, 3, -most, 4) == -1);
    CHECK(compare_fractions(most, 1, most, 1) == 0);
    CHECK_THROWS_AS(compare_fractions(1, 0, 1, 1), goldenthread::calculation_error);
    CHECK_THROWS_AS(compare_fractions(1, 1, 1, -1), goldenthread::calculation_error);
}
