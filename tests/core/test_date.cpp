#include "catch.hpp"

#include <goldenthread/core/date.hpp>

#include <string>
#include <vector>

using namespace goldenthread;

namespace {

/// The day after, by the calendar's own rules and nothing else.
civil_day following(civil_day c) {
    if (c.day < days_in_month(c.year, c.month)) return {c.year, c.month, c.day + 1};
    if (c.month < 12) return {c.year, c.month + 1, 1};
    return {c.year + 1, 1, 1};
}

/// One month forward or back, without any formula: names a month, then asks the convention about its length.
day moved_naively(day from, int months, month_add rule) {
    const civil_day c = to_civil(from);
    int year = c.year, month = c.month;
    for (int i = 0; i < months; ++i) month == 12 ? (month = 1, ++year) : ++month;
    for (int i = 0; i > months; --i) month == 1 ? (month = 12, --year) : --month;
    const bool from_the_end = c.day == days_in_month(c.year, c.month);
    int day_of_month = c.day;
    bool spilled = false;
    while (!is_civil_day(year, month, day_of_month)) {
        --day_of_month;
        spilled = true;
    }
    if (rule == month_add::end_of_month_snap && from_the_end) day_of_month = days_in_month(year, month);
    const day result = to_day(year, month, day_of_month);
    return rule == month_add::roll_forward && spilled ? result + 1 : result;
}

day iso(const char* text) { return parse_iso_day(text).value(); }

}  // namespace

TEST_CASE("every day from 1900 to 2199 is the same day as number, calendar day and text") {
    civil_day c{1900, 1, 1};
    std::size_t wrong = 0;
    for (day d = earliest_day; d <= latest_day; ++d, c = following(c)) {
        const bool same = to_civil(d) == c && to_day(c) == d && is_civil_day(c.year, c.month, c.day) && parse_iso_day(to_iso(d)) == d;
        if (!same && ++wrong == 1) CHECK(to_iso(d) == std::to_string(c.year) + "-" + std::to_string(c.month) + "-" + std::to_string(c.day));
    }
    CHECK(wrong == 0);
    CHECK(c == civil_day{2200, 1, 1});
    CHECK(to_day(1970, 1, 1) == 0);
    CHECK(to_day(1969, 12, 31) == -1);
    CHECK(to_day(2000, 3, 1) == 11017);
}

TEST_CASE("days go to Boost's dates and back") {
    for (day d = earliest_day; d <= latest_day; d += 17) REQUIRE(to_day(to_date(d)) == d);
}

TEST_CASE("a day of a file is YYYY-MM-DD and exists") {
    CHECK(parse_iso_day("2020-02-29") == to_day(2020, 2, 29));
    for (const char* text : {"2019-02-29", "1900-02-29", "2019-02-31", "2019-13-01", "2019-00-10", "2019-01-00", "2019-1-1", "2019-01-011", "", "2019/01/01",
                             "+019-01-01", " 2019-01-0", "20190-1-01", "2019-01-0a"}) {
        INFO(text);
        CHECK_FALSE(parse_iso_day(text).has_value());
    }
    CHECK(parse_iso_day("2000-02-29").has_value());
    CHECK(to_iso(to_day(1900, 1, 1)) == "1900-01-01");
}

TEST_CASE("adding months to every day of a leap cycle agrees with walking the calendar") {
    for (const month_add rule : {month_add::clamp, month_add::roll_forward, month_add::end_of_month_snap}) {
        std::size_t wrong = 0;
        for (day d = to_day(2015, 12, 1); d < to_day(2020, 4, 1); ++d) {
            for (int months = -50; months <= 50; ++months) {
                if (add_months(d, months, rule) == moved_naively(d, months, rule)) continue;
                if (++wrong == 1) CHECK(to_iso(add_months(d, months, rule)) == to_iso(moved_naively(d, months, rule)));
            }
        }
        CHECK(wrong == 0);
    }
}

TEST_CASE("the three ways of adding a month differ where months differ") {
    CHECK(to_iso(add_months(iso("2019-01-31"), 1)) == "2019-02-28");
    CHECK(to_iso(add_months(iso("2020-01-31"), 1)) == "2020-02-29");
    CHECK(to_iso(add_months(iso("2019-01-31"), 1, month_add::roll_forward)) == "2019-03-01");
    CHECK(to_iso(add_months(iso("2019-02-28"), 1)) == "2019-03-28");
    CHECK(to_iso(add_months(iso("2019-02-28"), 1, month_add::end_of_month_snap)) == "2019-03-31");
    CHECK(to_iso(add_months(iso("2020-02-28"), 1, month_add::end_of_month_snap)) == "2020-03-28");
    CHECK(to_iso(add_months(iso("2019-03-31"), -18)) == "2017-09-30");
    CHECK(to_iso(add_months(iso("2000-01-01"), -24 * 12)) == "1976-01-01");
    CHECK(to_iso(add_months(iso("2019-12-31"), 12)) == "2020-12-31");
}

TEST_CASE("completed months are the most that can be added without passing the day") {
    for (const month_add rule : {month_add::clamp, month_add::roll_forward, month_add::end_of_month_snap}) {
        for (day from = to_day(2019, 12, 20); from < to_day(2020, 3, 5); ++from) {
            for (day to = to_day(2018, 12, 1); to < to_day(2021, 4, 1); to += 3) {
                const std::int64_t months = months_between(from, to, rule);
                REQUIRE(add_months(from, months, rule) <= to);
                REQUIRE(add_months(from, months + 1, rule) > to);
            }
        }
    }
    CHECK(months_between(iso("2019-01-31"), iso("2019-02-28")) == 1);
    CHECK(months_between(iso("2019-01-31"), iso("2019-02-28"), month_add::roll_forward) == 0);
    CHECK(months_between(iso("2019-05-10"), iso("2019-05-09")) == -1);
}

TEST_CASE("ages are completed years, and a leap-day child has a birthday every year") {
    CHECK(age_in_years(iso("2003-05-10"), iso("2019-05-09")) == 15);
    CHECK(age_in_years(iso("2003-05-10"), iso("2019-05-10")) == 16);
    CHECK(age_in_years(iso("2019-05-10"), iso("2019-05-10")) == 0);
    CHECK(age_in_years(iso("2019-05-10"), iso("2019-05-09")) == -1);
    const day leap = iso("2004-02-29");
    CHECK(age_in_years(leap, iso("2021-02-28")) == 16);
    CHECK(age_in_years(leap, iso("2021-03-01")) == 17);
    CHECK(age_in_years(leap, iso("2021-02-28"), leap_birthday::february_28) == 17);
    CHECK(age_in_years(leap, iso("2020-02-28")) == 15);
    CHECK(age_in_years(leap, iso("2020-02-28"), leap_birthday::february_28) == 15);
    CHECK(age_in_years(leap, iso("2020-02-29")) == 16);
    CHECK(to_iso(birthday(leap, 17)) == "2021-03-01");
    CHECK(to_iso(birthday(leap, 16)) == "2020-02-29");
    // An age grows by one on a birthday and on no other day.
    for (const leap_birthday rule : {leap_birthday::march_1, leap_birthday::february_28}) {
        int grown = 0;
        for (day d = leap; d < to_day(2030, 1, 1); ++d) {
            const int step = age_in_years(leap, d + 1, rule) - age_in_years(leap, d, rule);
            REQUIRE((step == 0 || step == 1));
            grown += step;
        }
        CHECK(grown == 25);
    }
}
