// goldenthread: the values expressions are made of, and what operators do with them.
// Shared by both engines: they differ in how they treat time, not in what 2 < 3 means.
#pragma once

#include <goldenthread/core/conventions.hpp>
#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/definitions/expression.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace goldenthread {

/// Kleene's three truth values.
enum class truth : std::uint8_t { no, yes, unknown };

[[nodiscard]] constexpr truth operator!(truth a) noexcept {
    return a == truth::unknown ? truth::unknown : a == truth::yes ? truth::no : truth::yes;
}
[[nodiscard]] constexpr truth both(truth a, truth b) noexcept {
    if (a == truth::no || b == truth::no) return truth::no;
    return a == truth::yes && b == truth::yes ? truth::yes : truth::unknown;
}
[[nodiscard]] constexpr truth either(truth a, truth b) noexcept {
    if (a == truth::yes || b == truth::yes) return truth::yes;
    return a == truth::no && b == truth::no ? truth::no : truth::unknown;
}

/// A value. Numbers and dates are intervals: a count of related rows some of which are unknown, or a date known
/// to the month, lies between `low` and `high`. A comparison is known when the whole interval agrees.
struct scalar {
    enum class kind_type : std::uint8_t {
        null,      ///< unknown
        truth,     ///< low: 0 or 1
        number,
        date,      ///< day numbers
        text,      ///< low: id in the text pool
        duration,  ///< low: amount, of `unit`
    };
    kind_type kind = kind_type::null;
    duration_unit unit = duration_unit::days;
    std::int64_t low = 0;
    std::int64_t high = 0;

    [[nodiscard]] constexpr bool is_null() const noexcept { return kind == kind_type::null; }
    [[nodiscard]] constexpr bool is_exact() const noexcept { return low == high; }
    friend constexpr bool operator==(const scalar&, const scalar&) noexcept = default;
};

namespace detail {

[[nodiscard]] constexpr scalar null_scalar() noexcept { return {}; }
[[nodiscard]] constexpr scalar truth_scalar(truth t) noexcept {
    if (t == truth::unknown) return {};
    const std::int64_t v = t == truth::yes ? 1 : 0;
    return {scalar::kind_type::truth, duration_unit::days, v, v};
}
[[nodiscard]] constexpr scalar truth_scalar(bool t) noexcept { return truth_scalar(t ? truth::yes : truth::no); }
[[nodiscard]] constexpr scalar number_scalar(std::int64_t low, std::int64_t high) noexcept {
    return {scalar::kind_type::number, duration_unit::days, low, high};
}
[[nodiscard]] constexpr scalar number_scalar(std::int64_t v) noexcept { return number_scalar(v, v); }
[[nodiscard]] constexpr scalar date_scalar(std::int64_t low, std::int64_t high) noexcept {
    return {scalar::kind_type::date, duration_unit::days, low, high};
}
[[nodiscard]] constexpr scalar date_scalar(std::int64_t d) noexcept { return date_scalar(d, d); }
[[nodiscard]] constexpr scalar text_scalar(std::int64_t id) noexcept {
    return {scalar::kind_type::text, duration_unit::days, id, id};
}

[[nodiscard]] constexpr truth as_truth(const scalar& s) noexcept {
    return s.is_null() ? truth::unknown : s.low != 0 ? truth::yes : truth::no;
}

[[nodiscard]] constexpr truth decided(bool yes, bool no) noexcept {
    return yes ? truth::yes : no ? truth::no : truth::unknown;
}

[[nodiscard]] constexpr truth compared(expression_kind op, const scalar& a, const scalar& b) noexcept {
    if (a.is_null() || b.is_null()) return truth::unknown;
    switch (op) {
        case expression_kind::equal: return decided(a.is_exact() && b.is_exact() && a.low == b.low, a.high < b.low || b.high < a.low);
        case expression_kind::not_equal: return !compared(expression_kind::equal, a, b);
        case expression_kind::less: return decided(a.high < b.low, a.low >= b.high);
        case expression_kind::less_or_equal: return decided(a.high <= b.low, a.low > b.high);
        case expression_kind::greater: return compared(expression_kind::less, b, a);
        default: return compared(expression_kind::less_or_equal, b, a);
    }
}

[[noreturn]] inline void overflowed() { throw calculation_error("a calculation in an expression leaves the range of 64-bit whole numbers"); }

[[nodiscard]] inline std::int64_t checked_add(std::int64_t a, std::int64_t b) {
    constexpr auto top = std::numeric_limits<std::int64_t>::max();
    constexpr auto bottom = std::numeric_limits<std::int64_t>::min();
    if ((b > 0 && a > top - b) || (b < 0 && a < bottom - b)) overflowed();
    return a + b;
}

[[nodiscard]] inline std::int64_t checked_negate(std::int64_t a) {
    if (a == std::numeric_limits<std::int64_t>::min()) overflowed();
    return -a;
}

[[nodiscard]] inline std::int64_t checked_multiply(std::int64_t a, std::int64_t b) {
    constexpr auto top = std::numeric_limits<std::int64_t>::max();
    if (a == 0 || b == 0) return 0;
    const std::int64_t x = checked_negate(a < 0 ? a : checked_negate(a));  // |a|, refusing the smallest value
    const std::int64_t y = checked_negate(b < 0 ? b : checked_negate(b));
    if (x > top / y) overflowed();
    return a * b;
}

/// Widest amount a duration may have: keeps every date within the range of day numbers.
inline constexpr std::int64_t longest_duration = 100'000;

/// Furthest day from 1970 that moving may reach: within the range of day numbers, however often it is moved.
inline constexpr std::int64_t furthest_day = 100'000'000;

[[nodiscard]] inline std::int64_t within_reach(std::int64_t d) {
    if (d > furthest_day || d < -furthest_day) throw calculation_error("a date is moved more than 270,000 years away");
    return d;
}

[[nodiscard]] inline std::int64_t moved(std::int64_t d, std::int64_t amount, duration_unit unit, const conventions& c) {
    if (amount > longest_duration || amount < -longest_duration) {
        throw calculation_error("a duration of " + std::to_string(amount) + " " + std::string(to_text(unit)) + " is too long");
    }
    switch (unit) {
        case duration_unit::days: return within_reach(d + amount);
        case duration_unit::weeks: return within_reach(d + amount * 7);
        case duration_unit::months: return within_reach(add_months(static_cast<day>(d), amount, c.months));
        case duration_unit::years: return within_reach(add_months(static_cast<day>(d), amount * 12, c.months));
        case duration_unit::working_days: return within_reach(c.working_days.add(static_cast<day>(d), amount));
    }
    return d;
}

/// Date plus or minus a duration.
[[nodiscard]] inline scalar moved(const scalar& d, const scalar& by, bool back, const conventions& c) {
    if (d.is_null() || by.is_null()) return {};
    const std::int64_t amount = back ? checked_negate(by.low) : by.low;
    return date_scalar(moved(d.low, amount, by.unit, c), moved(d.high, amount, by.unit, c));
}

[[nodiscard]] inline scalar added(const scalar& a, const scalar& b) {
    if (a.is_null() || b.is_null()) return {};
    return number_scalar(checked_add(a.low, b.low), checked_add(a.high, b.high));
}

[[nodiscard]] inline scalar negated(const scalar& a) {
    if (a.is_null()) return {};
    scalar result = a;
    result.low = checked_negate(a.high);
    result.high = checked_negate(a.low);
    return result;
}

[[nodiscard]] inline scalar multiplied(const scalar& a, const scalar& b) {
    if (a.is_null() || b.is_null()) return {};
    const std::int64_t corners[] = {checked_multiply(a.low, b.low), checked_multiply(a.low, b.high),
                                    checked_multiply(a.high, b.low), checked_multiply(a.high, b.high)};
    return number_scalar(*std::min_element(corners, corners + 4), *std::max_element(corners, corners + 4));
}

/// A function of two days that does not fall when the second grows nor when the first shrinks.
template <class Between>
[[nodiscard]] scalar between_days(const scalar& from, const scalar& to, Between&& between) {
    if (from.is_null() || to.is_null()) return {};
    return number_scalar(between(static_cast<day>(from.high), static_cast<day>(to.low)),
                         between(static_cast<day>(from.low), static_cast<day>(to.high)));
}

[[nodiscard]] inline scalar least(const scalar& a, const scalar& b) {
    if (a.is_null() || b.is_null()) return {};
    scalar result = a;
    result.low = std::min(a.low, b.low);
    result.high = std::min(a.high, b.high);
    return result;
}

[[nodiscard]] inline scalar greatest(const scalar& a, const scalar& b) {
    if (a.is_null() || b.is_null()) return {};
    scalar result = a;
    result.low = std::max(a.low, b.low);
    result.high = std::max(a.high, b.high);
    return result;
}

}  // namespace detail

}  // namespace goldenthread
