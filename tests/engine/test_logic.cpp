// Kleene's tables, case, coalesce, null, dates of low precision: what an expression makes of one row.
#include "small_data.hpp"

#include <string>
#include <vector>

using namespace small;

namespace {

/// "yes", "no" or "unknown": what `where` makes of one cp_plan row.
std::string answer(const std::string& where, const std::vector<text_table>& more = {}, const std::string& extra = "") {
    std::vector<text_table> tables = {
        written("cp_plan", "cp_plan_id child_id start_date end_date other_authority number_of_previous_plans latest_category",
                {"p1 A 2019-01-31 - true 2 NEG"}),
        written("person", "child_id date_of_birth date_of_birth_precision sex", {"A 2004-02-29 - F"})};
    for (const text_table& t : more) {
        for (text_table& old : tables) {
            if (old.name == t.name) old = t;
        }
        if (t.name != "cp_plan" && t.name != "person") tables.push_back(t);
    }
    const cell c = total(definition(count_at("cp_plan", where), extra), built(tables), "2018-19");
    INFO(where);
    REQUIRE(c.numerator.value() + c.unknown <= 1);
    return c.numerator == 1 ? "yes" : c.unknown == 1 ? "unknown" : "no";
}

}  // namespace

TEST_CASE("and, or and not are Kleene's") {
    const std::vector<std::string> values = {"true", "false", "unknown"};
    const auto said = [](const std::string& value) { return value == "true" ? "yes" : value == "false" ? "no" : "unknown"; };
    const std::string unknown_truth = "end_date > as_at";  // the end is null
    const auto spelled = [&](const std::string& value) { return value == "unknown" ? unknown_truth : value == "true" ? std::string("start_date <= as_at") : "start_date > as_at"; };
    const char* both[3][3] = {{"yes", "no", "unknown"}, {"no", "no", "no"}, {"unknown", "no", "unknown"}};
    const char* either[3][3] = {{"yes", "yes", "yes"}, {"yes", "no", "unknown"}, {"yes", "unknown", "unknown"}};
    for (std::size_t a = 0; a < 3; ++a) {
        CHECK(answer("not " + values[a]) == said(values[a] == "true" ? "false" : values[a] == "false" ? "true" : "unknown"));
        CHECK(answer("not (" + spelled(values[a]) + ")") == said(values[a] == "true" ? "false" : values[a] == "false" ? "true" : "unknown"));
        for (std::size_t b = 0; b < 3; ++b) {
            // With literals, and with columns and time.
            CHECK(answer(values[a] + " and " + values[b]) == both[a][b]);
            CHECK(answer(values[a] + " or " + values[b]) == either[a][b]);
            CHECK(answer("(" + spelled(values[a]) + ") and (" + spelled(values[b]) + ")") == both[a][b]);
            CHECK(answer("(" + spelled(values[a]) + ") or (" + spelled(values[b]) + ")") == either[a][b]);
        }
    }
}

TEST_CASE("null is unknown in a comparison and an answer to 'is null'") {
    CHECK(answer("end_date is null") == "yes");
    CHECK(answer("end_date is not null") == "no");
    CHECK(answer("end_date = end_date") == "unknown");
    CHECK(answer("unknown is null") == "yes");
    CHECK(answer("end_date between date '2019-01-01' and date '2019-01-02'") == "unknown");
    CHECK(answer("end_date > as_at and start_date > as_at") == "no");
    // Between: one end can settle it.
    CHECK(answer("start_date between date '2019-02-01' and end_date") == "no");
    CHECK(answer("start_date between date '2019-01-31' and date '2019-01-31'") == "yes");
    CHECK(answer("initial_category in ('NEG', 'PHY')") == "unknown");
    CHECK(answer("latest_category in ('PHY', 'NEG')") == "yes");
    CHECK(answer("latest_category not in ('PHY', 'SAB')") == "yes");
    CHECK(answer("number_of_previous_plans in (1, 2)") == "yes");
    CHECK(answer("number_of_previous_plans in (1, unknown)") == "unknown");
    CHECK(answer("number_of_previous_plans in (2, unknown)") == "yes");
    CHECK(answer("known(end_date)") == "unknown");
    CHECK(answer("known(start_date)") == "yes");
    CHECK(answer("coalesce(end_date, start_date) = start_date") == "yes");
}

TEST_CASE("arithmetic on numbers and dates") {
    CHECK(answer("number_of_previous_plans * 3 - 1 = 5") == "yes");
    CHECK(answer("-number_of_previous_plans = -2") == "yes");
    CHECK(answer("start_date + 1 month = date '2019-02-28'") == "yes");
    CHECK(answer("start_date + 1 month = date '2019-03-01'", {}, R"("conventions": {"month_add": "roll_forward"}, )") == "yes");
    CHECK(answer("start_date + 4 weeks = date '2019-02-28'") == "yes");
    CHECK(answer("start_date + 1 working days = date '2019-02-01'") == "yes");
    CHECK(answer("as_at - start_date = 59") == "yes");
    CHECK(answer("days_between(start_date, as_at) = 59") == "yes");
    CHECK(answer("months_between(start_date, as_at) = 2") == "yes");
    CHECK(answer("years_between(person.date_of_birth, as_at) = 15") == "yes");
    CHECK(answer("age(person.date_of_birth, date '2019-02-28') = 14") == "yes");
    CHECK(answer("age(person.date_of_birth, date '2019-02-28') = 15", {}, R"("conventions": {"leap_birthday": "february_28"}, )") == "yes");
    CHECK(answer("month_boundaries_between(start_date, date '2019-02-01') = 1") == "yes");
    CHECK(answer("year_boundaries_between(date '2018-12-31', start_date) = 1") == "yes");
    CHECK(answer("working_days_between(start_date, date '2019-02-04') = 2") == "yes");
    CHECK(answer("min of (start_date, as_at) = start_date") == "yes");
    CHECK(answer("max of (start_date, end_date) = start_date") == "unknown");
    CHECK(answer("as_at - unknown > start_date") == "unknown");
    CHECK(answer("min of (unknown, unknown) = 1") == "unknown");
    CHECK(answer("period.first = date '2018-04-01' and period.last = as_at") == "yes");
}

TEST_CASE("an arithmetic result that does not fit is an error, not a wrong figure") {
    const std::string huge = "number_of_previous_plans * 999999999999999999 * 999999999999999999 > 0";
    CHECK_THROWS_AS(answer(huge), calculation_error);
}

TEST_CASE("case answers by the first condition that is true") {
    CHECK(answer("case when start_date > as_at then false when other_authority then true else false end") == "yes");
    CHECK(answer("case latest_category when 'PHY' then false when 'NEG' then true end") == "yes");
    CHECK(answer("case latest_category when 'PHY' then true end") == "unknown");
    // A condition that is unknown leaves the answer open, unless all that may follow agree.
    CHECK(answer("case when end_date > as_at then true else false end") == "unknown");
    CHECK(answer("case when end_date > as_at then true else true end") == "yes");
    CHECK(answer("case when end_date > as_at then true when end_date < as_at then true else true end") == "yes");
}

TEST_CASE("open, during, happened and overlaps") {
    CHECK(answer("open(start_date, end_date)") == "yes");
    CHECK(answer("open(start_date, date '2019-03-31')") == "no");
    CHECK(answer("open(start_date, date '2019-03-31')", {}, R"("conventions": {"end_day": "inclusive"}, )") == "yes");
    CHECK(answer("open(start_date, date '2019-04-01')") == "yes");
    CHECK(answer("open(end_date, end_date)") == "unknown");
    CHECK(answer("open(start_date, end_date, date '2019-01-30')") == "no");
    CHECK(answer("during(start_date)") == "yes");
    CHECK(answer("during(end_date)") == "unknown");
    CHECK(answer("happened(end_date)") == "no");
    CHECK(answer("overlaps(start_date, end_date, date '2019-01-01', date '2019-01-31')") == "no");
    CHECK(answer("overlaps(start_date, end_date, date '2019-01-01', date '2019-02-01')") == "yes");
}

TEST_CASE("the first day of 'more than 18 months before' is the first and no other") {
    // Anchored where it is written: at 31 March 2019 a case of 30 September 2017 is not over 18 months.
    const indicator_set set = definition(count_at("referral", "referral_date < as_at - 18 months"));
    const dataset data = built({written("referral", "referral_id child_id referral_date", {"r A 2017-09-30"})});
    CHECK(total(set, data, "2019-03-31").numerator == 0);
    CHECK(total(set, data, "2019-04-01").numerator == 1);
    const indicator_set forward = definition(count_at("referral", "referral_date + 18 months < as_at"));
    CHECK(total(forward, data, "2019-03-31").numerator == 1);
    CHECK(total(forward, data, "2019-03-30").numerator == 0);
}

TEST_CASE("a date known to the month answers only what the month can decide") {
    const auto born = [](const std::string& line) { return std::vector<text_table>{written("person", "child_id date_of_birth date_of_birth_precision sex", {line})}; };
    const auto in_month = born("A 2003-03-10 month F");
    CHECK(answer("person.date_of_birth < date '2003-03-01'", in_month) == "no");
    CHECK(answer("person.date_of_birth < date '2003-03-02'", in_month) == "unknown");
    CHECK(answer("person.date_of_birth <= date '2003-03-31'", in_month) == "yes");
    CHECK(answer("person.date_of_birth = date '2003-03-10'", in_month) == "unknown");
    CHECK(answer("person.date_of_birth = date '2003-04-10'", in_month) == "no");
    CHECK(answer("age(person.date_of_birth, date '2019-02-28') = 15", in_month) == "yes");
    CHECK(answer("age(person.date_of_birth, date '2019-03-15') = 16", in_month) == "unknown");
    CHECK(answer("age(person.date_of_birth, date '2019-03-31') = 16", in_month) == "yes");
    CHECK(answer("person.date_of_birth is null", in_month) == "no");
    const auto in_year = born("A 2003-03-10 year F");
    CHECK(answer("age(person.date_of_birth, as_at) >= 15", in_year) == "yes");
    CHECK(answer("age(person.date_of_birth, as_at) >= 16", in_year) == "unknown");
    const auto day = born("A 2003-03-10 day F");
    CHECK(answer("age(person.date_of_birth, date '2019-03-10') = 16", day) == "yes");
}

TEST_CASE("a referenced row that is not there gives nulls") {
    CHECK(answer("referral.referral_date is null", {written("referral", "referral_id child_id", {})}) == "yes");
    CHECK(answer("person.sex = 'F'", {written("person", "child_id sex", {"B F"})}) == "unknown");
    CHECK(answer("person.sex = 'F'") == "yes");
}
