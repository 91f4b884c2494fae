// goldenthread: named runs of days.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

enum class period_kind : std::uint8_t {
    day,
    month,
    quarter,            ///< calendar quarter
    half,               ///< calendar half
    year,               ///< calendar year
    financial_year,     ///< 1 April to 31 March, "2019-20"
    financial_quarter,  ///< Q1 = April to June, "2019-20 Q1"
    census_year,        ///< 1 April to 31 March, named by the year it ends in
    academic_year,      ///< 1 September to 31 August
    rolling_months,     ///< n whole months ending with a month
    year_to_date,       ///< from 1 April to any day
    custom,
};

[[nodiscard]] constexpr std::string_view to_text(period_kind kind) noexcept {
    constexpr std::string_view names[] = {"day",         "month",         "quarter",        "half",
                                          "year",        "financial_year", "financial_quarter", "census_year",
                                          "academic_year", "rolling_months", "year_to_date",  "custom"};
    return names[static_cast<std::size_t>(kind)];
}

[[nodiscard]] inline std::optional<period_kind> parse_period_kind(std::string_view text) noexcept {
    for (int k = 0; k <= static_cast<int>(period_kind::custom); ++k) {
        if (to_text(static_cast<period_kind>(k)) == text) return static_cast<period_kind>(k);
    }
    return std::nullopt;
}

/// A named, inclusive run of days.
struct period {
    period_kind kind = period_kind::custom;
    std::string label;
    day first = 0;
    day last = 0;

    friend bool operator==(const period&, const period&) = default;
};

namespace detail {

inline std::string two_digits(int value) {
    return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

/// The calendar year in which the financial year of `d` begins.
inline int financial_year_of(day d) {
    const civil_day c = to_civil(d);
    return c.month >= 4 ? c.year : c.year - 1;
}

inline std::string financial_year_label(int starts) {
    return std::to_string(starts) + "-" + two_digits((starts + 1) % 100);
}

}  // namespace detail

/// The financial year that begins on 1 April of `starts`: `financial_year(2018)` is "2018-19".
[[nodiscard]] inline period financial_year(int starts) {
    return {period_kind::financial_year, detail::financial_year_label(starts), to_day(starts, 4, 1),
            to_day(starts + 1, 3, 31)};
}

/// Quarter 1 (April to June) to 4 of a financial year.
[[nodiscard]] inline period financial_quarter(int starts, int quarter) {
    const day first = add_months(to_day(starts, 4, 1), (quarter - 1) * 3);
    return {period_kind::financial_quarter, detail::financial_year_label(starts) + " Q" + std::to_string(quarter), first,
            add_months(first, 3) - 1};
}

/// A calendar month, "2019-03".
[[nodiscard]] inline period calendar_month(int year, int month) {
    return {period_kind::month, std::to_string(year) + "-" + detail::two_digits(month), to_day(year, month, 1),
            to_day(year, month, days_in_month(year, month))};
}

[[nodiscard]] inline period single_day(day d) { return {period_kind::day, to_iso(d), d, d}; }

/// From 1 April up to and including `as_at`: the whole financial year when `as_at` is its 31 March.
[[nodiscard]] inline period financial_year_to(day as_at) {
    const int starts = detail::financial_year_of(as_at);
    const period whole = financial_year(starts);
    if (whole.last == as_at) return whole;
    return {period_kind::year_to_date, whole.label + " to " + to_iso(as_at), whole.first, as_at};
}

/// Ordered periods, non-decreasing in first and in last day (rolling windows overlap).
class period_axis {
public:
    period_axis() = default;
    /// \throws definition_error for an empty or disordered axis or a period that ends before it begins
    explicit period_axis(std::vector<period> periods) : periods_(std::move(periods)) {
        if (periods_.empty()) throw definition_error("a period axis needs at least one period");
        for (std::size_t i = 0; i < periods_.size(); ++i) {
            const period& p = periods_[i];
            if (p.last < p.first) {
                throw definition_error("period '" + p.label + "' ends (" + to_iso(p.last) + ") before it begins (" +
                                       to_iso(p.first) + ")");
            }
            if (i > 0 && (p.first < periods_[i - 1].first || p.last < periods_[i - 1].last)) {
                throw definition_error("periods '" + periods_[i - 1].label + "' and '" + p.label +
                                       "' are out of order: first and last days must not go back");
            }
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return periods_.size(); }
    [[nodiscard]] const period& operator[](std::size_t i) const noexcept { return periods_[i]; }
    [[nodiscard]] auto begin() const noexcept { return periods_.begin(); }
    [[nodiscard]] auto end() const noexcept { return periods_.end(); }
    [[nodiscard]] const std::vector<period>& periods() const noexcept { return periods_; }

private:
    std::vector<period> periods_;
};

/// Whole calendar months that lie between two days.
[[nodiscard]] inline std::vector<period> months(day from, day to) {
    std::vector<period> result;
    civil_day c = to_civil(from);
    for (period p = calendar_month(c.year, c.month); p.last <= to;) {
        if (p.first >= from) result.push_back(p);
        c = to_civil(p.last + 1);
        p = calendar_month(c.year, c.month);
    }
    return result;
}

/// Whole financial quarters that lie between two days.
[[nodiscard]] inline std::vector<period> financial_quarters(day from, day to) {
    std::vector<period> result;
    for (int year = detail::financial_year_of(from);; ++year) {
        for (int quarter = 1; quarter <= 4; ++quarter) {
            const period p = financial_quarter(year, quarter);
            if (p.last > to) return result;
            if (p.first >= from) result.push_back(p);
        }
    }
}

/// Whole financial years that lie between two days.
[[nodiscard]] inline std::vector<period> financial_years(day from, day to) {
    std::vector<period> result;
    for (int year = detail::financial_year_of(from);; ++year) {
        const period p = financial_year(year);
        if (p.last > to) return result;
        if (p.first >= from) result.push_back(p);
    }
}

/// Windows of `count` whole months, one ending with each calendar month between two days.
[[nodiscard]] inline std::vector<period> rolling_months(int count, day from, day to) {
    std::vector<period> result;
    for (const period& m : months(from, to)) {
        result.push_back({period_kind::rolling_months, std::to_string(count) + " months to " + m.label,
                          add_months(m.first, 1 - count), m.last});
    }
    return result;
}

/// Reads "2019-20", "2019-20 Q4", "2020-03" or "2020-03-31".
/// \throws definition_error that shows the accepted forms
[[nodiscard]] inline period parse_period(std::string_view text) {
    const auto number = [&](std::size_t at, std::size_t length) -> int {
        if (at + length > text.size()) return -1;
        int value = 0;
        for (std::size_t i = at; i < at + length; ++i) {
            if (text[i] < '0' || text[i] > '9') return -1;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    if (const auto d = parse_iso_day(text); d && *d >= earliest_day && *d <= latest_day) return single_day(*d);
    const int year = number(0, 4);
    if (year >= 1900 && year < 2200 && text.size() >= 7 && text[4] == '-') {
        const int second = number(5, 2);
        const bool consecutive = second == (year + 1) % 100;
        if (consecutive && text.size() == 10 && text.substr(7, 2) == " Q" && text[9] >= '1' && text[9] <= '4') {
            return financial_quarter(year, text[9] - '0');
        }
        // "2011-12" is a financial year: months of a year that reads like one are written as days.
        if (consecutive && text.size() == 7) return financial_year(year);
        if (second >= 1 && second <= 12 && text.size() == 7) return calendar_month(year, second);
    }
    error_context context;
    context.remedy = "write a financial year as 2019-20, a quarter as '2019-20 Q4', a month as 2020-03, a day as 2020-03-31";
    throw definition_error("'" + std::string(text) + "' is not a period", std::move(context));
}

}  // namespace goldenthread
