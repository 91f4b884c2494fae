// goldenthread: from the exact counts of a cell to its value, as exact fractions.
#pragma once

#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/resolved.hpp>
#include <goldenthread/engine/tally.hpp>

#include <cstdint>
#include <numeric>

namespace goldenthread::detail {

[[nodiscard]] inline exact_ratio reduced(std::int64_t numerator, std::int64_t denominator) {
    const std::int64_t common = std::gcd(numerator, denominator);
    return common == 0 ? exact_ratio{numerator, denominator} : exact_ratio{numerator / common, denominator / common};
}

/// Sum of all values of a cell.
[[nodiscard]] inline std::int64_t total_of(const tally& t) {
    std::int64_t total = 0;
    for (const auto& [value, rows] : t.values) total = checked_add(total, checked_multiply(value, rows));
    return total;
}

/// The value at a rank from 0; ranks beyond either end are the end's.
[[nodiscard]] inline std::int64_t value_at_rank(const tally& t, std::int64_t rank) {
    std::int64_t last = 0;
    for (const auto& [value, rows] : t.values) {
        last = value;
        if (rank < rows) return value;
        rank -= rows;
    }
    return last;
}

/// The middle value, or the mean of the two in the middle of an even number.
[[nodiscard]] inline exact_ratio median_of(const tally& t) {
    const std::int64_t low = value_at_rank(t, (t.counted - 1) / 2), high = value_at_rank(t, t.counted / 2);
    return low == high ? exact_ratio{low, 1} : exact_ratio{checked_add(low, high), 2};
}

/// A place in an ordered list: `whole` values lie before it (from 0), and `part / unit` of the way to the next.
struct list_place {
    std::int64_t whole = 0;
    std::int64_t part = 0;
    std::int64_t unit = 1;
};

/// Where the quantile lies by Hyndman and Fan's types 1 to 3, which take a value of the list, or the middle of two.
[[nodiscard]] inline list_place stepped_place(std::int64_t n, const probability& p, int method) {
    // np, for type 3 less a half: in units of 1 / (2 × denominator).
    const std::int64_t unit = checked_multiply(2, p.denominator);
    const std::int64_t position = checked_add(checked_multiply(checked_multiply(2, p.numerator), n), method == 3 ? -p.denominator : 0);
    const std::int64_t whole = position >= 0 ? position / unit : -1;
    const bool between = position != whole * unit;
    if (method == 1) return {whole, between ? 1 : 0, 1};
    if (method == 2) return {whole, between ? 2 : 1, 2};
    return {whole, between || whole % 2 != 0 ? 1 : 0, 1};
}

/// … by types 4 to 9, which go straight from value to value: at a + p (n + 1 - a - b), a and b in 24ths.
[[nodiscard]] inline list_place sloped_place(std::int64_t n, const probability& p, int method) {
    constexpr std::int64_t whole_unit = 24;
    constexpr struct { std::int64_t a, b; } types[] = {{0, 24}, {12, 12}, {0, 0}, {24, 24}, {8, 8}, {9, 9}};
    const auto [a, b] = types[method - 4];
    const std::int64_t unit = whole_unit * p.denominator;
    const std::int64_t length = checked_add(checked_multiply(whole_unit, n + 1), -(a + b));
    const std::int64_t position = checked_add(a * p.denominator, checked_multiply(p.numerator, length));
    return {position / unit, position % unit, unit};
}

/// Quantile `p` by one of the nine methods; of no values it is not defined (`t.counted` is above 0).
[[nodiscard]] inline exact_ratio quantile_of(const tally& t, const probability& p, int method) {
    const list_place at = method <= 3 ? stepped_place(t.counted, p, method) : sloped_place(t.counted, p, method);
    const auto value = [&](std::int64_t number) { return value_at_rank(t, number < 1 ? 0 : number - 1); };
    const exact_ratio part = reduced(at.part, at.unit);
    const std::int64_t low = value(at.whole), high = value(at.whole + 1);
    const std::int64_t rise = checked_multiply(checked_add(high, checked_negate(low)), part.numerator);
    return reduced(checked_add(checked_multiply(low, part.denominator), rise), part.denominator);
}

/// Into how many parts a one is cut that the values count: 1 for whole numbers.
[[nodiscard]] inline std::int64_t parts_of(const resolved_measure& m) { return m.value ? m.value->denominator : 1; }

/// What is divided or added in a ratio: the sum of values, or what is counted.
[[nodiscard]] inline std::int64_t quantity_of(const resolved_measure& m, const tally& t) { return m.value ? total_of(t) : t.counted; }

/// People or rows behind a quantity that is not a count of them; nothing where it is.
[[nodiscard]] inline std::optional<std::int64_t> units_behind(const resolved_measure& m, const tally& t) {
    if (m.timing == measure_timing::over) return t.people;
    if (m.kind == measure_kind::sum || (m.value && m.lower)) return t.counted;
    return std::nullopt;
}

/// Numerator / denominator × per, with the days of a person-year put in for an incidence.
[[nodiscard]] inline exact_ratio ratio_value(const resolved_measure& m, std::int64_t upper, std::int64_t lower, const period& when) {
    if (m.kind != measure_kind::incidence) return {checked_multiply(upper, m.per), lower};
    const std::int64_t scaled = checked_multiply(upper, m.per);
    // 365.25 days, or as many as the year that begins with the period has.
    if (m.conventions.years == year_length::days_365_25) return reduced(checked_multiply(scaled, 1461), checked_multiply(lower, 4));
    const std::int64_t year = add_months(when.first, 12) - when.first;
    return reduced(checked_multiply(scaled, year), lower);
}

}  // namespace goldenthread::detail
