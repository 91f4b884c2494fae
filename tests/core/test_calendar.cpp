#include "catch.hpp"

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/conventions.hpp>
#include <goldenthread/core/date.hpp>
#include <goldenthread/core/working_calendar.hpp>

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
    CHECK(holidays_of(2013) == "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
    CHECK(holidays_of(2014) == "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26");
    CHECK(holidays_of(2015) == "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
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
    CHECK(holidays_of(2028) == "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
    CHECK(holidays_of(2050) == "01-03 04-08 04-11 05-02 05-30 08-29 12-26 12-27");
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
        for (day to = from - 40; to < from + 40; ++to)
            REQUIRE(working_days_between(from, to) == -working_days_between(to, from));
    }
}

TEST_CASE("easter") {
    CHECK(to_iso(detail::easter_sunday(2008)) == "2008-03-23");
    CHECK(to_iso(detail::easter_sunday(2011)) == "2011-04-24");
    CHECK(to_iso(detail::easter_sunday(2038)) == "2038-04-25");
    for (int year = 1900; year < 2200; ++year) CHECK(detail::weekday(detail::easter_sunday(year)) == 6);
    // 1995 to 2050, computed elsewhere by another method.
    constexpr const char* published[] = {
        "04-16", "04-07", "03-30", "04-12", "04-04", "04-23", "04-15", "03-31", "04-20", "04-11", "03-27", "04-16",
        "04-08", "03-23", "04-12", "04-04", "04-24", "04-08", "03-31", "04-20", "04-05", "03-27", "04-16", "04-01",
        "04-21", "04-12", "04-04", "04-17", "04-09", "03-31", "04-20", "04-05", "03-28", "04-16", "04-01", "04-21",
        "04-13", "03-28", "04-17", "04-09", "03-25", "04-13", "04-05", "04-25", "04-10", "04-01", "04-21", "04-06",
        "03-29", "04-17", "04-09", "03-25", "04-14", "04-05", "04-18", "04-10",
    };
    for (int year = 1995; year <= 2050; ++year)
        CHECK(to_iso(detail::easter_sunday(year)).substr(5) == published[year - 1995]);
}

namespace {

/// Day by day, as the words say.
std::int64_t counted_by_hand(const working_calendar& c, day from, day to) {
    std::int64_t count = 0;
    for (day d = from + 1; d <= to; ++d) count += c.is_working_day(d) ? 1 : 0;
    for (day d = to + 1; d <= from; ++d) count -= c.is_working_day(d) ? 1 : 0;
    return count;
}

template <class Action>
std::string message_of(Action&& action) {
    try {
        action();
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("a host adds days off and restores working days") {
    // A council closed between Christmas and New Year, and at work on the day of the funeral.
    const working_calendar own({iso("2022-12-28"), iso("2022-12-30"), iso("2022-12-29"), iso("2022-12-28")},
                               {iso("2022-09-19"), iso("2022-09-17")});
    CHECK(own.added() == std::vector<day>{iso("2022-12-28"), iso("2022-12-29"), iso("2022-12-30")});
    CHECK_FALSE(own.is_working_day(iso("2022-12-29")));
    CHECK(own.is_working_day(iso("2022-09-19")));
    CHECK(own.is_working_day(iso("2022-09-17")));  // a Saturday
    CHECK(own.between(iso("2022-12-23"), iso("2023-01-03")) == 1);
    CHECK(working_days_between(iso("2022-12-23"), iso("2023-01-03")) == 4);
    CHECK(to_iso(own.add(iso("2022-12-23"), 1)) == "2023-01-03");
    CHECK(to_iso(own.add(iso("2023-01-03"), -1)) == "2022-12-23");
    CHECK(to_iso(own.add(iso("2022-09-16"), 1)) == "2022-09-17");
    CHECK(to_text(own) ==
          "england_and_wales, off 2022-12-28, off 2022-12-29, off 2022-12-30, worked 2022-09-17, worked 2022-09-19");
    CHECK(to_text(working_calendar()) == "england_and_wales");
    CHECK(working_calendar().is_standard());
    CHECK_FALSE(own.is_standard());
    CHECK(own == working_calendar(own.added(), own.restored()));
    CHECK_FALSE(own == working_calendar());
}

TEST_CASE("days that change nothing are slips") {
    CHECK(message_of([] { (void)working_calendar({iso("2021-12-27")}, {}); }) ==
          "2021-12-27 is a day off already\n  leave it out of 'added'");
    CHECK(message_of([] { (void)working_calendar({iso("2021-12-25")}, {}); }) ==
          "2021-12-25 is a day off already\n  leave it out of 'added'");
    CHECK(message_of([] { (void)working_calendar({}, {iso("2021-12-24")}); }) ==
          "2021-12-24 is a working day already\n  leave it out of 'restored'");
    CHECK(message_of([] { (void)working_calendar({latest_day + 3}, {}); }) == "2200-01-03 lies outside 1900 to 2199");
}

TEST_CASE("working days are counted and added as day by day, at every edge") {
    const working_calendar standard,
        own({iso("2018-12-27"), iso("2018-12-28"), iso("2019-01-02")}, {iso("2018-12-26"), iso("2018-12-30")});
    for (const working_calendar* c : {&standard, &own}) {
        for (const day middle : {iso("2018-12-28"), earliest_day, latest_day, iso("2012-06-04"), iso("2022-05-30")}) {
            for (day from = middle - 15; from <= middle + 15; ++from) {
                for (day to = middle - 15; to <= middle + 15; ++to)
                    REQUIRE(c->between(from, to) == counted_by_hand(*c, from, to));
                for (std::int64_t count = -25; count <= 25; ++count) {
                    const day to = c->add(from, count);
                    if (count == 0) REQUIRE(to == from);
                    if (count > 0) REQUIRE((c->is_working_day(to) && counted_by_hand(*c, from, to) == count));
                    // Back: so many working days from `to` on, before `from`.
                    if (count < 0) REQUIRE((c->is_working_day(to) && counted_by_hand(*c, to - 1, from - 1) == -count));
                }
            }
        }
    }
    // Far away it is as fast as near.
    CHECK(standard.between(to_day(-200000, 1, 1), to_day(200000, 1, 1)) > 100'000'000);
}

TEST_CASE("conventions: what is said holds, the rest is the default") {
    CHECK(chosen_conventions({}) == conventions{});
    convention_choices said;
    said.months = month_add::roll_forward;
    said.working_days = working_calendar({iso("2021-12-24")}, {});
    const conventions c = chosen_conventions(said);
    CHECK(c.months == month_add::roll_forward);
    CHECK(c.ends == end_day::exclusive);
    CHECK(c.working_days.added().size() == 1);
    CHECK(chosen_conventions(convention_choices(c)) == c);
    std::string text;
    for (const auto& [name, choice] : named_choices(c)) text += name + "=" + choice + " ";
    CHECK(text ==
          "month_add=roll_forward leap_birthday=march_1 end_day=exclusive working_days=england_and_wales, off "
          "2021-12-24 year_length=calendar ");
}
