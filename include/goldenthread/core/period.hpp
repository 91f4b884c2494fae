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
    quarter,            ///< calendar quarter, "calendar 2019 Q3" = July to September
    half,               ///< calendar half, "calendar 2019 H1" = January to June
    year,               ///< calendar year, "calendar 2019"
    financial_year,     ///< 1 April to 31 March, "2019-20"
    financial_quarter,  ///< Q1 = April to June, "2019-20 Q1"
    census_year,        ///< 1 April to 31 March, named by the year it ends in: "census 2020"
    academic_year,      ///< 1 September to 31 August, "academic 2019/20"
    term,               ///< "autumn 2019/20" to December, "spring …" to March, "summer …" to August
    rolling_months,     ///< n whole months ending with a month
    year_to_date,       ///< from 1 April to any day
    custom,
};

[[nodiscard]] constexpr std::string_view to_text(period_kind kind) noexcept {
    constexpr std::string_view names[] = {"day",           "month",          "quarter",           "half",
                                          "year",          "financial_year", "financial_quarter", "census_year",
                                          "academic_year", "term",           "rolling_months",    "year_to_date",
                                          "custom"};
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
    return {period_kind::financial_quarter, detail::financial_year_label(starts) + " Q" + std::to_string(quarter),
            first, add_months(first, 3) - 1};
}

/// Quarter 1 (January to March) to 4 of a calendar year, "calendar 2019 Q1".
[[nodiscard]] inline period calendar_quarter(int year, int quarter) {
    const day first = to_day(year, quarter * 3 - 2, 1);
    return {period_kind::quarter, "calendar " + std::to_string(year) + " Q" + std::to_string(quarter), first,
            add_months(first, 3) - 1};
}

/// Half 1 (January to June) or 2 of a calendar year, "calendar 2019 H1".
[[nodiscard]] inline period calendar_half(int year, int half) {
    const day first = to_day(year, half * 6 - 5, 1);
    return {period_kind::half, "calendar " + std::to_string(year) + " H" + std::to_string(half), first,
            add_months(first, 6) - 1};
}

/// 1 January to 31 December, "calendar 2019".
[[nodiscard]] inline period calendar_year(int year) {
    return {period_kind::year, "calendar " + std::to_string(year), to_day(year, 1, 1), to_day(year, 12, 31)};
}

/// The year of a statutory return, named by the year in which it ends: "census 2020" is 1 April 2019 to 31 March 2020.
[[nodiscard]] inline period census_year(int ends) {
    return {period_kind::census_year, "census " + std::to_string(ends), to_day(ends - 1, 4, 1), to_day(ends, 3, 31)};
}

namespace detail {
inline std::string academic_year_label(int starts) {
    return std::to_string(starts) + "/" + two_digits((starts + 1) % 100);
}
}  // namespace detail

/// 1 September of `starts` to 31 August, "academic 2019/20".
[[nodiscard]] inline period academic_year(int starts) {
    return {period_kind::academic_year, "academic " + detail::academic_year_label(starts), to_day(starts, 9, 1),
            to_day(starts + 1, 8, 31)};
}

/// The three terms of an academic year by fixed days: autumn to 31 December, spring to 31 March, summer to 31 August.
/// Schools' own term dates are periods of a list: see custom_period().
enum class school_term : std::uint8_t { autumn, spring, summer };

[[nodiscard]] constexpr std::string_view to_text(school_term term) noexcept {
    constexpr std::string_view names[] = {"autumn", "spring", "summer"};
    return names[static_cast<std::size_t>(term)];
}

[[nodiscard]] inline period academic_term(int starts, school_term term) {
    const day firsts[] = {to_day(starts, 9, 1), to_day(starts + 1, 1, 1), to_day(starts + 1, 4, 1),
                          to_day(starts + 1, 9, 1)};
    const auto i = static_cast<std::size_t>(term);
    return {period_kind::term, std::string(to_text(term)) + " " + detail::academic_year_label(starts), firsts[i],
            firsts[i + 1] - 1};
}

/// Any run of days; without a label "2019-04-15 to 2019-05-20".
/// \throws definition_error if it ends before it begins
[[nodiscard]] inline period custom_period(day first, day last, std::string label = {}) {
    if (label.empty()) label = to_iso(first) + " to " + to_iso(last);
    if (last < first)
        throw definition_error("period '" + label + "' ends (" + to_iso(last) + ") before it begins (" + to_iso(first) +
                               ")");
    return {period_kind::custom, std::move(label), first, last};
}

/// A calendar month, "2019-03".
[[nodiscard]] inline period calendar_month(int year, int month) {
    return {period_kind::month, std::to_string(year) + "-" + detail::two_digits(month), to_day(year, month, 1),
            to_day(year, month, days_in_month(year, month))};
}

/// `count` whole months, the last of which is given: "12 months to 2020-03".
[[nodiscard]] inline period months_to(int count, int year, int month) {
    const period last = calendar_month(year, month);
    return {period_kind::rolling_months, std::to_string(count) + " months to " + last.label,
            add_months(last.first, 1 - count), last.last};
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

/// The period of a kind that a day lies in; a year to date is the one up to that day.
/// \throws definition_error for kinds of which a day does not lie in exactly one: rolling months, a custom list
[[nodiscard]] inline period period_of(period_kind kind, day d) {
    const civil_day c = to_civil(d);
    const int academic = c.month >= 9 ? c.year : c.year - 1;
    switch (kind) {
        case period_kind::day:
            return single_day(d);
        case period_kind::month:
            return calendar_month(c.year, c.month);
        case period_kind::quarter:
            return calendar_quarter(c.year, (c.month + 2) / 3);
        case period_kind::half:
            return calendar_half(c.year, c.month <= 6 ? 1 : 2);
        case period_kind::year:
            return calendar_year(c.year);
        case period_kind::financial_year:
            return financial_year(detail::financial_year_of(d));
        case period_kind::financial_quarter:
            return financial_quarter(detail::financial_year_of(d), (c.month + 8) % 12 / 3 + 1);
        case period_kind::census_year:
            return census_year(detail::financial_year_of(d) + 1);
        case period_kind::academic_year:
            return academic_year(academic);
        case period_kind::term:
            return academic_term(academic, c.month >= 9   ? school_term::autumn
                                           : c.month <= 3 ? school_term::spring
                                                          : school_term::summer);
        case period_kind::year_to_date:
            return financial_year_to(d);
        default:
            break;
    }
    error_context context;
    context.remedy = "name the periods one by one, or use rolling_months()";
    throw definition_error("days have no " + std::string(to_text(kind)) + " of their own", std::move(context));
}

/// Whole periods of a kind that lie between two days, in order. Years to date end with each month between them.
/// \throws definition_error for rolling months and custom lists
[[nodiscard]] inline std::vector<period> whole_periods(period_kind kind, day from, day to) {
    std::vector<period> result;
    if (kind == period_kind::year_to_date) {
        for (const period& m : months(from, to)) result.push_back(financial_year_to(m.last));
        return result;
    }
    for (period p = period_of(kind, from); p.last <= to; p = period_of(kind, p.last + 1)) {
        if (p.first >= from) result.push_back(p);
    }
    return result;
}

/// Whole financial quarters that lie between two days.
[[nodiscard]] inline std::vector<period> financial_quarters(day from, day to) {
    return whole_periods(period_kind::financial_quarter, from, to);
}

/// Whole financial years that lie between two days.
[[nodiscard]] inline std::vector<period> financial_years(day from, day to) {
    return whole_periods(period_kind::financial_year, from, to);
}

/// Windows of `count` whole months, one ending with each calendar month between two days.
[[nodiscard]] inline std::vector<period> rolling_months(int count, day from, day to) {
    std::vector<period> result;
    for (const period& m : months(from, to)) {
        const civil_day c = to_civil(m.first);
        result.push_back(months_to(count, c.year, c.month));
    }
    return result;
}

namespace detail {

/// Reads the labels of periods from left to right.
class period_parser {
public:
    explicit period_parser(std::string_view text) : text_(text) {}

    [[nodiscard]] std::optional<period> parse() {
        if (const auto d = whole_day(text_)) return single_day(*d);
        if (const std::size_t at = text_.find(" to "); at != std::string_view::npos)
            return run(text_.substr(0, at), text_.substr(at + 4));
        if (skip("calendar ")) return calendar();
        if (skip("census ")) return in_range(number(4)) && at_end() ? std::optional(census_year(value_)) : std::nullopt;
        if (skip("academic "))
            return academic_start() && at_end() ? std::optional(academic_year(value_)) : std::nullopt;
        for (const school_term term : {school_term::autumn, school_term::spring, school_term::summer}) {
            if (skip(to_text(term)) && skip(" "))
                return academic_start() && at_end() ? std::optional(academic_term(value_, term)) : std::nullopt;
        }
        return financial();
    }

private:
    static std::optional<day> whole_day(std::string_view text) {
        const auto d = parse_iso_day(text);
        return d && *d >= earliest_day && *d <= latest_day ? d : std::nullopt;
    }
    [[nodiscard]] bool at_end() const noexcept { return at_ == text_.size(); }
    bool skip(std::string_view word) noexcept {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }
    /// Exactly so many digits; -1 if they are not there.
    int number(std::size_t digits) noexcept {
        value_ = 0;
        for (std::size_t i = 0; i < digits; ++i, ++at_) {
            if (at_ >= text_.size() || text_[at_] < '0' || text_[at_] > '9') return value_ = -1;
            value_ = value_ * 10 + (text_[at_] - '0');
        }
        return value_;
    }
    static bool in_range(int year) noexcept { return year >= 1900 && year < 2200; }
    /// "2019/20"
    bool academic_start() noexcept {
        const int starts = number(4);
        const bool fits = in_range(starts) && skip("/") && number(2) == (starts + 1) % 100;
        value_ = starts;
        return fits;
    }
    /// "2019", "2019 Q3", "2019 H1"
    std::optional<period> calendar() {
        const int year = number(4);
        if (!in_range(year)) return std::nullopt;
        if (at_end()) return calendar_year(year);
        const bool is_quarter = skip(" Q");
        if (!is_quarter && !skip(" H")) return std::nullopt;
        const int part = number(1);
        if (part < 1 || part > (is_quarter ? 4 : 2) || !at_end()) return std::nullopt;
        return is_quarter ? calendar_quarter(year, part) : calendar_half(year, part);
    }
    /// "2019-20", "2019-20 Q4", "2020-03". "2011-12" is a financial year: months of a year that reads like one are
    /// written as days.
    std::optional<period> financial() {
        const int year = number(4);
        if (!in_range(year) || !skip("-")) return std::nullopt;
        const int second = number(2);
        const bool consecutive = second == (year + 1) % 100;
        if (consecutive && skip(" Q")) {
            const int quarter = number(1);
            return quarter >= 1 && quarter <= 4 && at_end() ? std::optional(financial_quarter(year, quarter))
                                                            : std::nullopt;
        }
        if (!at_end()) return std::nullopt;
        if (consecutive) return financial_year(year);
        return second >= 1 && second <= 12 ? std::optional(calendar_month(year, second)) : std::nullopt;
    }
    /// "2019-04-15 to 2019-05-20", "2019-20 to 2019-12-31", "12 months to 2020-03".
    static std::optional<period> run(std::string_view from, std::string_view to) {
        constexpr int most_months = 1200;
        const auto last = whole_day(to);
        if (const auto first = whole_day(from); first && last && *first <= *last) return custom_period(*first, *last);
        if (last) {
            const period to_date = financial_year_to(*last);
            return to_date.kind == period_kind::year_to_date &&
                           to_date.label == std::string(from) + " to " + std::string(to)
                       ? std::optional(to_date)
                       : std::nullopt;
        }
        period_parser window(from), end(to);
        std::size_t digits = 0;
        while (digits < from.size() && digits < 4 && from[digits] >= '0' && from[digits] <= '9') ++digits;
        const int count = digits == 0 || from[0] == '0' ? -1 : window.number(digits);
        const std::optional<period> month = end.financial();
        if (count < 1 || count > most_months || !window.skip(" months") || !window.at_end() || !month ||
            month->kind != period_kind::month)
            return std::nullopt;
        const civil_day c = to_civil(month->first);
        return months_to(count, c.year, c.month);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int value_ = 0;
};

}  // namespace detail

/// Reads the label of a period of any kind: "2019-20", "2019-20 Q4", "2020-03", "2020-03-31", "calendar 2019",
/// "calendar 2019 Q3", "calendar 2019 H1", "census 2020", "academic 2019/20", "autumn 2019/20", "12 months to 2020-03",
/// "2019-20 to 2019-12-31" (year to date), "2019-04-15 to 2019-05-20".
/// \throws definition_error that shows the accepted forms
[[nodiscard]] inline period parse_period(std::string_view text) {
    if (const std::optional<period> found = detail::period_parser(text).parse()) return *found;
    error_context context;
    context.remedy =
        "write a financial year as 2019-20, a quarter as '2019-20 Q4', a month as 2020-03, a day as 2020-03-31, a run "
        "of days as "
        "'2019-04-15 to 2019-05-20'; 'calendar 2019', 'census 2020', 'academic 2019/20' and 'autumn 2019/20' are "
        "periods too";
    throw definition_error("'" + std::string(text) + "' is not a period", std::move(context));
}

}  // namespace goldenthread
