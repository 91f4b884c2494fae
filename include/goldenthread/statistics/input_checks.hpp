// goldenthread: what the functions of this room refuse, in one voice: function, argument, value, remedy.
#pragma once

#include <goldenthread/core/error.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace goldenthread::detail {

/// The shortest text that reads back as the same number, whatever the locale: "0.95", "1e-10", "nan".
[[nodiscard]] inline std::string short_number_text(double value) {
    char buffer[32];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, written.ptr};
}

/// Throws the calculation_error for an argument that has no meaning: "wilson_interval: x is 7, but …".
[[noreturn]] inline void refuse_argument(std::string_view function, std::string_view argument, double value,
                                         std::string_view reason, std::string remedy = {}) {
    error_context context;
    context.remedy = std::move(remedy);
    throw calculation_error(std::string(function) + ": " + std::string(argument) + " is " + short_number_text(value) +
                                ", but " + std::string(reason),
                            std::move(context));
}

/// "values[3]": counted from 0, as both languages do.
[[nodiscard]] inline std::string element_name(std::string_view argument, std::size_t index) {
    return std::string(argument) + "[" + std::to_string(index) + "]";
}

inline void check_finite(std::string_view function, std::string_view argument, double value) {
    if (!std::isfinite(value)) refuse_argument(function, argument, value, "must be a finite number");
}

/// As `check_finite` for element `index` of a list; its name is made only if it is refused.
inline void check_element_finite(std::string_view function, std::string_view argument, std::size_t index,
                                 double value) {
    if (!std::isfinite(value)) check_finite(function, element_name(argument, index), value);
}

/// A count of events or of people: finite and not below zero. Fractions are allowed: weighted counts have them.
inline void check_count(std::string_view function, std::string_view argument, double value) {
    check_finite(function, argument, value);
    if (value < 0) refuse_argument(function, argument, value, "a count cannot be negative");
}

/// Something that is divided by: finite and above zero.
inline void check_above_zero(std::string_view function, std::string_view argument, double value) {
    check_finite(function, argument, value);
    if (value <= 0) refuse_argument(function, argument, value, "must be above zero");
}

/// A share of n: 0 <= x <= n, n above zero.
inline void check_share(std::string_view function, double x, double n) {
    check_count(function, "x", x);
    check_above_zero(function, "n", n);
    if (x > n) {
        refuse_argument(function, "x", x, "cannot be more than n = " + short_number_text(n),
                        "x counts a part of n; what may exceed its base is a rate");
    }
}

/// Strictly between 0 and 1.
inline void check_between_zero_and_one(std::string_view function, std::string_view argument, double value) {
    if (!(value > 0 && value < 1)) {
        refuse_argument(function, argument, value, "must lie strictly between 0 and 1",
                        value > 1 && value < 100 ? "write 95 % as 0.95" : "");
    }
}

inline void check_same_size(std::string_view function, std::string_view first, std::size_t first_size,
                            std::string_view second, std::size_t second_size) {
    if (first_size != second_size) {
        throw calculation_error(std::string(function) + ": " + std::string(first) + " has " +
                                std::to_string(first_size) + " elements, but " + std::string(second) + " has " +
                                std::to_string(second_size));
    }
}

}  // namespace goldenthread::detail
