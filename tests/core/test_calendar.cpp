#include "catch.hpp"

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/date.hpp>

#include <string>
#include <vector>

using namespace goldenthread;

namespace {

day iso(const char* text) { return parse_iso_day(text).value(); }

/// All bank holidays of a year, months and days only.
std::string holidays_of(int year) {
    std::string text;
    for (day d = to_day(year, 1, 1); d <= to_day(year, 12, 31); ++d) {
        if (is_bank_holiday(d)) text += (text.empty() ? "" : " ") + to_iso(d).substr(5);
    }
    return text;
}

}  // namespace

TEST_CASE("bank holidays of England and Wales, as published") {
    CHECK(holidays_of(1995) == "01-02 04-14 04-17 05-08 05-29 08-28 12-25 12-26");
    CHECK(holidays_of(1999) == "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31");
    CHECK(holidays_of(2000) == "01-03 04-21 04-24 05-01 05-29 08-28 12-25 12-26");
    CHECK(holidays_of(2002) == "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26");
    CHECK(holidays_of(2004) == "01-01 04-09 04-12 05-03 05-31 08-30 12-27 12-28");
    CHECK(holidays_of(2005) == "01-03 03-25 03-28 05-02 05-30 08-29 12-26 12-27");
    CHECK(holidays_of(2008) == "01-01 03-21 03-24 05-05 05-26 08-25 12-25 12-26");
    CHECK(holidays_of(2009) == "01-01 04-10 04-13 05-04 05-25 08-31 12-25 12-28");
    CHECK(holidays_of(2010) == "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
    CHECK(holidays_of(2011) == "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27");
    CHECK(holidays_of(2012) == "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26");
    CHECK(holidays_of(2016) == "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27");
    CHECK(holidays_of(2017) == "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
    CHECK(holidays_of(2018) == "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26");
    CHECK(holidays_of(2019) == "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26");
    CHECK(holidays_of(2020) == "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28");
    CHECK(holidays_of(2021) == "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
    CHECK(holidays_of(2022) == "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27");
    CHECK(holidays_of(2023) == "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26");
    CHECK(holidays_of(2024) == "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
    CHECK(holidays_of(2025) == "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26");
    CHECK(holidays_of(2026) == "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    CHECK(holidays_of(2027) == "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
    CHECK(holidays_of(2030) == "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26");
}

TEST_CASE("each year has eight bank holidays on weekdays, but for those a proclamation added") {
    for (int year = 1995; year <= 2050; ++year) {
        int count = 0;
        for (day d = to_day(year, 1, 1); d <= to_day(year, 12, 31); ++d) {
            if (!is_bank_holiday(d)) continue;
            ++count;
            INFO(to_iso(d));
            CHECK(detail::weekday(d) < 5);
        }
        const bool added = year == 1999 || year == 2002 || year == 2011 || year == 2012 || year == 2023;
        INFO(year);
        CHECK(count == (year == 2022 ? 10 : added ? 9 : 8));
    }
}

TEST_CASE("working days: the start day is day 0") {
    // Notified on Wednesday 19 December 2018: Christmas, Boxing Day and New Year's Day do not count.
    CHECK(working_days_between(iso("2018-12-19"), iso("2019-01-02")) == 7);
    CHECK(working_days_between(iso("2018-12-19"), iso("2019-01-03")) == 8);
    CHECK(to_iso(add_working_days(iso("2018-12-19"), 7)) == "2019-01-02");
    CHECK(working_days_between(iso("2018-12-19"), iso("2018-12-19")) == 0);
    CHECK(working_days_between(iso("2019-05-03"), iso("2019-05-07")) == 1);  // a bank holiday weekend
    CHECK(working_days_between(iso("2019-05-04"), iso("2019-05-06")) == 0);
    CHECK(working_days_between(iso("2019-05-07"), iso("2019-05-03")) == -1);
    // Days of a proclamation, and the days they were moved from.
    CHECK(is_working_day(iso("2020-05-04")));
    CHECK_FALSE(is_working_day(iso("2020-05-08")));
    CHECK(is_working_day(iso("2022-05-30")));
    CHECK_FALSE(is_working_day(iso("2022-09-19")));
    CHECK(is_working_day(iso("2012-05-28")));
    CHECK(is_working_day(iso("2002-05-27")));
    CHECK(is_working_day(iso("1995-05-01")));
}

TEST_CASE("working days counted and added agree") {
    for (day from = to_day(2018, 12, 10); from < to_day(2019, 1, 20); ++from) {
        for (std::int64_t count = -60; count <= 60; ++count) {
            const day to = add_working_days(from, count);
            if (count > 0) REQUIRE(working_days_between(from, to) == count);
            if (count != 0) REQUIRE(is_working_day(to));
            if (count > 1) REQUIRE(working_days_between(from, to - 1) == count - 1);
        }
        for (day to = from - 40; to < from + 40; ++to) REQUIRE(working_days_between(from, to) == -working_days_between(to, from));
    }
}

TEST_CASE("easter") {
    CHECK(to_iso(detail::easter_sunday(2008)) == "2008-03-23");
    CHECK(to_iso(detail::easter_sunday(2011)) == "2011-04-24");
    CHECK(to_iso(detail::easter_sunday(2038)) == "2038-04-25");
    for (int year = 1900; year < 2200; ++year) CHECK(detail::weekday(detail::easter_sunday(year)) == 6);
}
