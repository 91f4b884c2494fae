// goldenthread: days, months and years. Own arithmetic, because conventions are ours:
// Boost snaps 28 February + 1 month to 31 March, and its text parsing overflows on hostile text.
#pragma once

#include <goldenthread/core/date_conventions.hpp>

#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goldenthread {

/// A day of the API and of calendars.
using date = boost::gregorian::date;

/// A day of a column: days since 1970-01-01 (Arrow's date32).
using day = std::int32_t;

/// A civil (proleptic Gregorian) calendar day.
struct civil_day {
    int year = 1970;
    int month = 1;  ///< 1 to 12
    int day = 1;    ///< 1 to 31

    friend constexpr bool operator==(const civil_day&, const civil_day&) = default;
};

[[nodiscard]] constexpr bool is_leap_year(int year) noexcept {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/// Days in `month` (1 to 12) of `year`.
[[nodiscard]] constexpr int days_in_month(int year, int month) noexcept {
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : lengths[month - 1];
}

/// Day number of a civil day. Howard Hinnant, "chrono-compatible low-level date algorithms".
[[nodiscard]] constexpr day to_day(int year, int month, int day_of_month) noexcept {
    const int y = month <= 2 ? year - 1 : year;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

[[nodiscard]] constexpr day to_day(civil_day d) noexcept { return to_day(d.year, d.month, d.day); }

[[nodiscard]] constexpr civil_day to_civil(day d) noexcept {
    const int z = d + 719468;
    const int era = (z >= 0 ? z : z - 146096) / 146097;
    const int day_of_era = z - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted_month = (5 * day_of_year + 2) / 153;
    const int month = shifted_month + (shifted_month < 10 ? 3 : -9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

/// The first and last day a column may hold; outside is a finding and null (real files hold 1066).
inline constexpr day earliest_day = to_day(1900, 1, 1);
inline constexpr day latest_day = to_day(2199, 12, 31);

[[nodiscard]] inline day to_day(const date& d) {
    const auto ymd = d.year_month_day();
    return to_day(static_cast<int>(ymd.year), static_cast<int>(ymd.month.as_number()), static_cast<int>(ymd.day));
}

[[nodiscard]] inline date to_date(day d) {
    const civil_day c = to_civil(d);
    return date(static_cast<unsigned short>(c.year), static_cast<unsigned short>(c.month),
                static_cast<unsigned short>(c.day));
}

/// True if year, month and day name a day that exists ("31/02" does not).
[[nodiscard]] constexpr bool is_civil_day(int year, int month, int day_of_month) noexcept {
    return month >= 1 && month <= 12 && day_of_month >= 1 && day_of_month <= days_in_month(year, month);
}

/// Parses exactly `YYYY-MM-DD`. Nothing for anything else, nor for a day that does not exist.
/// The range 1900 to 2199 is the caller's rule: see `earliest_day`.
[[nodiscard]] constexpr std::optional<day> parse_iso_day(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int fields[3] = {0, 0, 0};
    constexpr int starts[3] = {0, 5, 8};
    constexpr int ends[3] = {4, 7, 10};
    for (int f = 0; f < 3; ++f) {
        for (int i = starts[f]; i < ends[f]; ++i) {
            const char c = text[static_cast<std::size_t>(i)];
            if (c < '0' || c > '9') return std::nullopt;
            fields[f] = fields[f] * 10 + (c - '0');
        }
    }
    if (!is_civil_day(fields[0], fields[1], fields[2])) return std::nullopt;
    return to_day(fields[0], fields[1], fields[2]);
}

/// `YYYY-MM-DD`.
[[nodiscard]] inline std::string to_iso(day d) {
    const civil_day c = to_civil(d);
    std::string text(10, '-');
    const auto put = [&text](std::size_t at, int width, int value) {
        for (int i = width - 1; i >= 0; --i) {
            text[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
            value /= 10;
        }
    };
    put(0, 4, c.year);
    put(5, 2, c.month);
    put(8, 2, c.day);
    return text;
}

/// `d` plus `months` calendar months (negative allowed) by the convention.
[[nodiscard]] constexpr day add_months(day d, std::int64_t months, month_add rule = month_add::clamp) noexcept {
    const civil_day c = to_civil(d);
    const std::int64_t index = static_cast<std::int64_t>(c.year) * 12 + (c.month - 1) + months;
    const int year = static_cast<int>(index >= 0 ? index / 12 : -((11 - index) / 12));
    const int month = static_cast<int>(index - static_cast<std::int64_t>(year) * 12) + 1;
    const int length = days_in_month(year, month);
    const bool was_last = c.day == days_in_month(c.year, c.month);
    if (rule == month_add::end_of_month_snap && was_last) return to_day(year, month, length);
    if (c.day <= length) return to_day(year, month, c.day);
    const day clamped = to_day(year, month, length);
    return rule == month_add::roll_forward ? clamped + 1 : clamped;
}

/// The birthday on which someone born on `born` completes `years` years.
[[nodiscard]] constexpr day birthday(day born, int years, leap_birthday rule = leap_birthday::march_1) noexcept {
    const civil_day c = to_civil(born);
    const int year = c.year + years;
    if (c.month == 2 && c.day == 29 && !is_leap_year(year)) {
        return rule == leap_birthday::march_1 ? to_day(year, 3, 1) : to_day(year, 2, 28);
    }
    return to_day(year, c.month, c.day);
}

/// Completed years between birth and `at`; negative before birth.
[[nodiscard]] constexpr int age_in_years(day born, day at, leap_birthday rule = leap_birthday::march_1) noexcept {
    const int years = to_civil(at).year - to_civil(born).year;
    return at < birthday(born, years, rule) ? years - 1 : years;
}

/// Completed months between two days: the largest m with `add_months(from, m) <= to`.
[[nodiscard]] constexpr std::int64_t months_between(day from, day to, month_add rule = month_add::clamp) noexcept {
    const civil_day a = to_civil(from);
    const civil_day b = to_civil(to);
    std::int64_t months = static_cast<std::int64_t>(b.year - a.year) * 12 + (b.month - a.month);
    while (add_months(from, months, rule) > to) --months;
    while (add_months(from, months + 1, rule) <= to) ++months;
    return months;
}

}  // namespace goldenthread
