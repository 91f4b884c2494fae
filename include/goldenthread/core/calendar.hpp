// goldenthread: bank holidays of England and Wales.
#pragma once

#include <goldenthread/core/date.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace goldenthread {

namespace detail {

/// Monday = 0.
[[nodiscard]] constexpr int weekday(day d) noexcept {
    return static_cast<int>(((static_cast<std::int64_t>(d) + 3) % 7 + 7) % 7);
}

/// Easter Sunday of the Gregorian calendar (anonymous algorithm, Nature 1876).
[[nodiscard]] constexpr day easter_sunday(int year) noexcept {
    const int a = year % 19, b = year / 100, c = year % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int month = (h + l - 7 * m + 114) / 31;
    return to_day(year, month, (h + l - 7 * m + 114) % 31 + 1);
}

[[nodiscard]] constexpr day first_monday(int year, int month) noexcept {
    const day first = to_day(year, month, 1);
    return first + (7 - weekday(first)) % 7;
}

[[nodiscard]] constexpr day last_monday(int year, int month) noexcept {
    const day last = to_day(year, month, days_in_month(year, month));
    return last - weekday(last);
}

/// Days off that no rule gives: jubilees, weddings, a funeral, a coronation.
inline constexpr std::array<day, 12> one_off_holidays = {to_day(1995, 5, 8), to_day(1999, 12, 31), to_day(2002, 6, 3),
                                                         to_day(2002, 6, 4), to_day(2011, 4, 29),  to_day(2012, 6, 4),
                                                         to_day(2012, 6, 5), to_day(2020, 5, 8),   to_day(2022, 6, 2),
                                                         to_day(2022, 6, 3), to_day(2022, 9, 19),  to_day(2023, 5, 8)};

/// Days that a rule gives and a proclamation moved.
inline constexpr std::array<day, 5> restored_working_days = {
    to_day(1995, 5, 1), to_day(2002, 5, 27), to_day(2012, 5, 28), to_day(2020, 5, 4), to_day(2022, 5, 30)};

[[nodiscard]] constexpr bool holds(const auto& days, day d) noexcept {
    for (const day x : days) {
        if (x == d) return true;
    }
    return false;
}

/// New Year's Day, Christmas Day and Boxing Day, or the weekdays that stand in for them at a weekend.
[[nodiscard]] constexpr bool is_winter_holiday(day d, const civil_day& c) noexcept {
    const int w = weekday(d);
    if (c.month == 1) return (c.day == 1 && w < 5) || (w == 0 && (c.day == 2 || c.day == 3));
    if (c.month != 12) return false;
    if (c.day == 25 || c.day == 26) return w < 5;
    // 27 and 28 December stand in when Christmas or Boxing Day fell on a weekend.
    const int christmas = weekday(to_day(c.year, 12, 25));
    if (c.day == 27) return christmas == 5 || christmas == 6 || weekday(to_day(c.year, 12, 26)) == 6;
    return c.day == 28 && (christmas == 5 || weekday(to_day(c.year, 12, 26)) == 5);
}

}  // namespace detail

/// Bank holiday in England and Wales, 1995–2050. Rules: Banking and Financial Dealings Act 1971; days
/// proclaimed one by one are listed. Later years are computed by the same rules.
[[nodiscard]] constexpr bool is_bank_holiday(day d) noexcept {
    if (detail::holds(detail::one_off_holidays, d)) return true;
    if (detail::holds(detail::restored_working_days, d)) return false;
    const civil_day c = to_civil(d);
    if (c.month == 1 || c.month == 12) return detail::is_winter_holiday(d, c);
    if (c.month == 3 || c.month == 4) {
        const day easter = detail::easter_sunday(c.year);
        return d == easter - 2 || d == easter + 1;
    }
    if (c.month == 5) return d == detail::first_monday(c.year, 5) || d == detail::last_monday(c.year, 5);
    return c.month == 8 && d == detail::last_monday(c.year, 8);
}

/// Monday to Friday and not a bank holiday; before 1900 and after 2199 Monday to Friday. Counts of working days, and
/// days that a host adds or restores, are in working_calendar.hpp.
[[nodiscard]] constexpr bool is_working_day(day d) noexcept {
    return detail::weekday(d) < 5 && (d < earliest_day || d > latest_day || !is_bank_holiday(d));
}

}  // namespace goldenthread
