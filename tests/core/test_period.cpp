#include "catch.hpp"

#include <goldenthread/core/period.hpp>

#include <string>
#include <vector>

using namespace goldenthread;

namespace {

std::string described(const period& p) {
    return std::string(to_text(p.kind)) + " " + p.label + ": " + to_iso(p.first) + " to " + to_iso(p.last);
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

TEST_CASE("periods have their names and days") {
    CHECK(described(financial_year(2018)) == "financial_year 2018-19: 2018-04-01 to 2019-03-31");
    CHECK(described(financial_year(1999)) == "financial_year 1999-00: 1999-04-01 to 2000-03-31");
    CHECK(described(financial_quarter(2019, 1)) == "financial_quarter 2019-20 Q1: 2019-04-01 to 2019-06-30");
    CHECK(described(financial_quarter(2019, 3)) == "financial_quarter 2019-20 Q3: 2019-10-01 to 2019-12-31");
    CHECK(described(financial_quarter(2019, 4)) == "financial_quarter 2019-20 Q4: 2020-01-01 to 2020-03-31");
    CHECK(described(calendar_month(2020, 2)) == "month 2020-02: 2020-02-01 to 2020-02-29");
    CHECK(described(single_day(to_day(2020, 2, 29))) == "day 2020-02-29: 2020-02-29 to 2020-02-29");
    CHECK(described(financial_year_to(to_day(2018, 3, 31))) == "financial_year 2017-18: 2017-04-01 to 2018-03-31");
    CHECK(described(financial_year_to(to_day(2018, 4, 1))) ==
          "year_to_date 2018-19 to 2018-04-01: 2018-04-01 to 2018-04-01");
    CHECK(described(financial_year_to(to_day(2019, 1, 15))) ==
          "year_to_date 2018-19 to 2019-01-15: 2018-04-01 to 2019-01-15");
}

TEST_CASE("the text of a period is read back as the same period") {
    for (int year = 1900; year < 2199; year += 7) {
        CHECK(parse_period(financial_year(year).label) == financial_year(year));
        for (int q = 1; q <= 4; ++q)
            CHECK(parse_period(financial_quarter(year, q).label) == financial_quarter(year, q));
        for (int m = 1; m <= 12; ++m) {
            if (m == (year + 1) % 100) continue;  // "2011-12" is the financial year
            CHECK(parse_period(calendar_month(year, m).label) == calendar_month(year, m));
        }
    }
    CHECK(parse_period("2011-12") == financial_year(2011));
    CHECK(parse_period("2099-00") == financial_year(2099));
    CHECK(parse_period("2020-02-29") == single_day(to_day(2020, 2, 29)));
}

TEST_CASE("periods of every kind have their names and days, and a day lies in one of them") {
    CHECK(described(calendar_quarter(2019, 3)) == "quarter calendar 2019 Q3: 2019-07-01 to 2019-09-30");
    CHECK(described(calendar_half(2020, 1)) == "half calendar 2020 H1: 2020-01-01 to 2020-06-30");
    CHECK(described(calendar_half(2020, 2)) == "half calendar 2020 H2: 2020-07-01 to 2020-12-31");
    CHECK(described(calendar_year(2020)) == "year calendar 2020: 2020-01-01 to 2020-12-31");
    CHECK(described(census_year(2020)) == "census_year census 2020: 2019-04-01 to 2020-03-31");
    CHECK(described(academic_year(2019)) == "academic_year academic 2019/20: 2019-09-01 to 2020-08-31");
    CHECK(described(academic_year(1999)) == "academic_year academic 1999/00: 1999-09-01 to 2000-08-31");
    CHECK(described(academic_term(2019, school_term::autumn)) == "term autumn 2019/20: 2019-09-01 to 2019-12-31");
    CHECK(described(academic_term(2019, school_term::spring)) == "term spring 2019/20: 2020-01-01 to 2020-03-31");
    CHECK(described(academic_term(2019, school_term::summer)) == "term summer 2019/20: 2020-04-01 to 2020-08-31");
    CHECK(described(months_to(12, 2020, 3)) == "rolling_months 12 months to 2020-03: 2019-04-01 to 2020-03-31");
    CHECK(described(custom_period(to_day(2019, 4, 15), to_day(2019, 5, 20))) ==
          "custom 2019-04-15 to 2019-05-20: 2019-04-15 to 2019-05-20");
    CHECK(described(custom_period(to_day(2019, 4, 15), to_day(2019, 5, 20), "lockdown")) ==
          "custom lockdown: 2019-04-15 to 2019-05-20");
    CHECK(message_of([] { (void)custom_period(10, 9); }) ==
          "period '1970-01-11 to 1970-01-10' ends (1970-01-10) before it begins (1970-01-11)");
    for (int k = 0; k < static_cast<int>(period_kind::custom); ++k) {
        const auto kind = static_cast<period_kind>(k);
        if (kind == period_kind::rolling_months) continue;
        for (day d = to_day(2019, 1, 1); d <= to_day(2020, 12, 31); ++d) {
            const period p = period_of(kind, d);
            INFO(described(p) << " of " << to_iso(d));
            REQUIRE((p.first <= d && d <= p.last));
            REQUIRE(parse_period(p.label) == p);
            // No gap and no overlap between one and the next; a year to date is the financial year on its last day.
            if (kind != period_kind::year_to_date) REQUIRE(period_of(kind, p.last + 1).first == p.last + 1);
            if (kind != period_kind::year_to_date) REQUIRE(p.kind == kind);
        }
    }
    CHECK(parse_period("24 months to 2020-03") == months_to(24, 2020, 3));
    CHECK(parse_period("2019-04-15 to 2019-05-20") == custom_period(to_day(2019, 4, 15), to_day(2019, 5, 20)));
    CHECK(message_of([] { (void)period_of(period_kind::rolling_months, 0); }) ==
          "days have no rolling_months of their own\n  name the periods one by one, or use rolling_months()");
}

TEST_CASE("whole periods of every kind between two days") {
    const auto labels = [](period_kind kind, day from, day to) {
        std::string text;
        for (const period& p : whole_periods(kind, from, to)) text += (text.empty() ? "" : ", ") + p.label;
        return text;
    };
    const day from = to_day(2019, 1, 1), to = to_day(2020, 8, 31);
    CHECK(labels(period_kind::quarter, from, to_day(2019, 9, 30)) ==
          "calendar 2019 Q1, calendar 2019 Q2, calendar 2019 Q3");
    CHECK(labels(period_kind::half, from, to) == "calendar 2019 H1, calendar 2019 H2, calendar 2020 H1");
    CHECK(labels(period_kind::year, from, to) == "calendar 2019");
    CHECK(labels(period_kind::census_year, from, to) == "census 2020");
    CHECK(labels(period_kind::academic_year, from, to) == "academic 2019/20");
    CHECK(labels(period_kind::term, from, to) ==
          "spring 2018/19, summer 2018/19, autumn 2019/20, spring 2019/20, summer 2019/20");
    CHECK(labels(period_kind::year_to_date, to_day(2020, 2, 1), to_day(2020, 4, 30)) ==
          "2019-20 to 2020-02-29, 2019-20, 2020-21 to 2020-04-30");
    CHECK(labels(period_kind::day, from, from + 1) == "2019-01-01, 2019-01-02");
    CHECK(labels(period_kind::half, to, from).empty());
    CHECK_NOTHROW(period_axis(whole_periods(period_kind::year_to_date, from, to)));
}

TEST_CASE("what is not a period is refused with the accepted forms") {
    CHECK(message_of([] { (void)parse_period("2019-21"); }) ==
          "'2019-21' is not a period\n  write a financial year as 2019-20, a quarter as '2019-20 Q4', a month as "
          "2020-03, a day as 2020-03-31, "
          "a run of days as '2019-04-15 to 2019-05-20'; 'calendar 2019', 'census 2020', 'academic 2019/20' and 'autumn "
          "2019/20' are periods too");
    for (const char* text : {"",
                             "2019",
                             "2019-",
                             "2019-2",
                             "2019-13",
                             "2019-20 Q5",
                             "2019-20 Q0",
                             "2019-20Q1",
                             "2019-20 q1",
                             "2019-02-29",
                             "19-20",
                             "2019-20 ",
                             " 2019-20",
                             "2019-20 Q11",
                             "1066-10-14",
                             "1899-12-31",
                             "2200-01-01",
                             "1899-05",
                             "abcd-ef",
                             "calendar",
                             "calendar 2019 Q5",
                             "calendar 2019 H3",
                             "calendar 2019-20",
                             "calendar 1899",
                             "census 2019-20",
                             "census 20",
                             "academic 2019-20",
                             "academic 2019/21",
                             "autumn 2019",
                             "winter 2019/20",
                             "2019-05-20 to 2019-04-15",
                             "0 months to 2020-03",
                             "12 months to 2019-20",
                             "9999 months to 2020-03",
                             "12 months to",
                             " to ",
                             "2018-19 to 2019-12-31",
                             "2019-20 to 2020-03-31",
                             "to 2019-12-31"}) {
        INFO(text);
        CHECK_THAT(message_of([&] { (void)parse_period(text); }),
                   Catch::StartsWith("'" + std::string(text) + "' is not a period"));
    }
}

TEST_CASE("lists of periods hold the whole periods between two days") {
    const auto labels = [](const std::vector<period>& list) {
        std::string text;
        for (const period& p : list) text += (text.empty() ? "" : ", ") + p.label;
        return text;
    };
    CHECK(labels(months(to_day(2018, 11, 1), to_day(2019, 2, 28))) == "2018-11, 2018-12, 2019-01, 2019-02");
    CHECK(labels(months(to_day(2018, 11, 2), to_day(2019, 2, 27))) == "2018-12, 2019-01");
    CHECK(months(to_day(2018, 11, 2), to_day(2018, 11, 29)).empty());
    CHECK(months(to_day(2019, 1, 1), to_day(2018, 1, 1)).empty());
    CHECK(labels(financial_quarters(to_day(2018, 12, 31), to_day(2019, 9, 30))) ==
          "2018-19 Q4, 2019-20 Q1, 2019-20 Q2");
    CHECK(labels(financial_years(to_day(2017, 4, 1), to_day(2019, 3, 31))) == "2017-18, 2018-19");
    const std::vector<period> rolling = rolling_months(12, to_day(2019, 1, 1), to_day(2019, 2, 28));
    REQUIRE(rolling.size() == 2);
    CHECK(described(rolling[0]) == "rolling_months 12 months to 2019-01: 2018-02-01 to 2019-01-31");
    CHECK(described(rolling[1]) == "rolling_months 12 months to 2019-02: 2018-03-01 to 2019-02-28");
}

TEST_CASE("an axis never goes back") {
    CHECK_NOTHROW(period_axis(rolling_months(12, to_day(2018, 1, 1), to_day(2020, 1, 31))));
    CHECK(message_of([] { (void)period_axis(std::vector<period>{}); }) == "a period axis needs at least one period");
    CHECK(message_of([] { (void)period_axis({financial_year(2019), financial_year(2018)}); }) ==
          "periods '2019-20' and '2018-19' are out of order: first and last days must not go back");
    CHECK(message_of([] { (void)period_axis({financial_year(2018), financial_quarter(2018, 4)}); }) == "no error");
    CHECK(message_of([] {
              (void)period_axis({financial_quarter(2018, 1), financial_year(2018), financial_quarter(2018, 2)});
          }) == "periods '2018-19' and '2018-19 Q2' are out of order: first and last days must not go back");
    CHECK(message_of([] { (void)period_axis({period{period_kind::custom, "back", 10, 9}}); }) ==
          "period 'back' ends (1970-01-10) before it begins (1970-01-11)");
}

TEST_CASE("every kind of period has a name that is read back") {
    for (int k = 0; k <= static_cast<int>(period_kind::custom); ++k) {
        const auto kind = static_cast<period_kind>(k);
        CHECK(parse_period_kind(to_text(kind)) == kind);
    }
    CHECK_FALSE(parse_period_kind("fortnight").has_value());
}
