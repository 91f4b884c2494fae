// Days counted one by one: person-days, ratios and incidence.
#include "small_data.hpp"

#include <goldenthread/engine/explain.hpp>

#include <string>
#include <vector>

using namespace small;

namespace {

const char* const plans = "cp_plan_id child_id start_date end_date latest_category";
const char* const missing = "missing_id child_id start_date end_date";

std::string days_open(const std::string& more = R"(, "distinct": ["child_id"])", const std::string& where = "open(start_date, end_date)") {
    return R"({"kind": "person-days", "timing": "over", "of": "cp_plan", "where": ")" + where + "\"" + more + "}";
}

/// Events of going missing while on a plan.
std::string missing_on_plan(const std::string& window) {
    return R"json({"kind": "incidence", "timing": "over", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)",
        "events": {"of": "missing_episode", "date": "start_date"}, )json" + window + "}";
}

cell missed(const std::vector<std::string>& plan_rows, const std::vector<std::string>& missing_rows, const std::string& window,
            const std::string& when = "2019-20", const std::string& more = "") {
    return total(definition(missing_on_plan(window), more), built({written("cp_plan", plans, plan_rows), written("missing_episode", missing, missing_rows)}), when);
}

}  // namespace

TEST_CASE("person-days: the days of the period on which the condition holds") {
    const auto days = [&](const std::vector<std::string>& rows, const std::string& more = "", const std::string& when = "2019-04") {
        return total(definition(days_open(), more), built({written("cp_plan", plans, rows)}), when);
    };
    CHECK(days({"p A 2019-04-10 2019-04-20 NEG"}).value == exact_ratio{10, 1});  // closed on the 20th = not open on it
    CHECK(days({"p A 2019-04-10 2019-04-20 NEG"}, R"("conventions": {"end_day": "inclusive"}, )").value == exact_ratio{11, 1});
    CHECK(days({"p A 2019-01-01 - NEG"}).value == exact_ratio{30, 1});
    CHECK(days({"p A 2019-04-30 - NEG"}).value == exact_ratio{1, 1});
    CHECK(days({"p A 2019-05-01 - NEG"}).state == cell_state::true_zero);
    CHECK(days({"p A 2019-04-10 2019-04-10 NEG"}).value == exact_ratio{0, 1});
    // Two open plans of one child: a day counts once.
    const cell both = days({"p A 2019-04-01 2019-04-11 NEG", "q A 2019-04-06 2019-04-16 NEG", "r B 2019-04-30 - NEG"});
    CHECK(both.value == exact_ratio{15 + 1, 1});
    CHECK(both.units == 2);
    // Days are unknown one by one: no start, or no key.
    CHECK(days({"p A - - NEG"}).unknown == 30);
    CHECK(days({"p A - - NEG", "q A 2019-04-21 - NEG"}).unknown == 20);
    CHECK(days({"p - 2019-04-29 - NEG", "q - 2019-04-29 - NEG"}).unknown == 4);
    CHECK(days({"p A - 2019-04-11 NEG"}).unknown == 10);
}

TEST_CASE("person-days of periods add up, whatever the periods") {
    const dataset data = built({written("cp_plan", plans, {"p A 2018-12-15 2019-02-10 NEG", "q A 2019-02-01 2020-03-01 EMO", "r B 2019-01-31 - NEG", "s C 2019-06-01 2019-06-02 PHY", "t - 2019-05-05 - NEG"})});
    evaluation_request request;
    request.periods = months(to_day(2019, 1, 1), to_day(2019, 12, 31));
    request.breakdowns = {{"latest_category"}};
    request.periods.push_back({period_kind::year, "2019", to_day(2019, 1, 1), to_day(2019, 12, 31)});
    for (const char* more : {R"(, "distinct": ["child_id"])", ""}) {
        const indicator_result r = ask(definition(days_open(more)), data, request);
        CHECK(r.path == "interval");
        CHECK(r.unit == value_unit::person_days);
        CHECK(r.adds_over_periods);
        std::int64_t days = 0, unknown = 0;
        for (std::size_t p = 0; p < 12; ++p) {
            days += *r.total(p)->numerator;
            unknown += r.total(p)->unknown;
        }
        CHECK(days == *r.total(12)->numerator);
        CHECK(unknown == r.total(12)->unknown);
    }
    // Overlapping windows, of which each is counted whole.
    request.periods = rolling_months(3, to_day(2019, 1, 1), to_day(2019, 12, 31));
    CHECK(ask(definition(days_open()), data, request).path == "interval");
    // A condition on the period itself has no axis of days; the answer is the same kind of answer.
    const indicator_result half = ask(definition(days_open("", "start_date >= period.first and open(start_date, end_date)")), data, "2019-20");
    CHECK(half.path == "reference");
    CHECK(half.total(0)->value == exact_ratio{1 + 332, 1});
    CHECK(half.meaning == "Days of child protection plans open on the day whose start date is on or after the first day of the period.");
}

TEST_CASE("a share of days") {
    const indicator_set set = definition(R"json({"kind": "share", "timing": "over", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)",
        "numerator": "latest_category = 'NEG'"})json");
    const cell c = total(set, built({written("cp_plan", plans, {"p A 2019-04-01 2019-04-11 NEG", "q B 2019-04-21 2019-05-09 EMO"})}), "2019-04");
    CHECK(c.numerator == 10);
    CHECK(c.denominator == 20);
    CHECK(c.units == 2);
}

TEST_CASE("a ratio divides two measures, may exceed one, and says so where there is nothing to divide by") {
    const std::string ratio = R"json({"kind": "ratio", "per": 100, "numerator": {"kind": "count", "timing": "in", "of": "missing_episode", "where": "during(start_date)"},
        "denominator": {"kind": "distinct", "timing": "at", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)"}})json";
    const dataset data = built({written("cp_plan", plans, {"p A 2019-04-01 - NEG", "q B 2019-04-01 - EMO", "r B 2019-05-01 - EMO", "s C - - EMO"}),
                                written("missing_episode", missing, {"m A 2019-05-01 -", "n A 2019-06-01 -", "o A 2019-07-01 -", "p D - -"}),
                                written("person", "child_id sex", {"A F", "B M", "C F", "D M"})});
    const indicator_result r = ask(definition(ratio), data, "2019-20", {{"sex"}});
    const cell& c = *r.total(0);
    CHECK(c.value == exact_ratio{300, 2});
    CHECK(c.numerator == 3);
    CHECK(c.denominator == 2);
    CHECK(c.unknown == 1);
    CHECK(c.denominator_unknown == 1);
    CHECK(r.unit == value_unit::ratio);
    CHECK(r.multiplier == 100);
    CHECK_FALSE(r.adds_over_periods);  // its denominator is a stock
    CHECK(cell_of(r, "sex", "F")->value == exact_ratio{300, 1});
    CHECK(cell_of(r, "sex", "M")->state == cell_state::true_zero);
    CHECK(cell_of(r, "sex", "U")->state == cell_state::zero_denominator);
    CHECK(cell_of(r, "sex", "U")->reason == "nothing to divide by");
    // A dimension that one side does not know breaks down nothing.
    CHECK_THAT(error_of([&] { (void)ask(definition(ratio), data, "2019-20", {{"latest_category"}}); }), Catch::StartsWith("no indicator computed here can be broken down by 'latest_category'"));
    CHECK(r.meaning.find("Ratio per 100. Divided: number of ") == 0);
    const std::vector<explained_row> rows = explain(canonical_schema(), definition(ratio), "test.one", data, parse_period("2019-20"));
    REQUIRE(rows.size() == 8);
    CHECK(rows[0].role == row_role::numerator);
    CHECK(rows[3].role == row_role::unknown);
    CHECK(rows[4].role == row_role::denominator_only);
    CHECK(rows[4].table == "cp_plan");
}

TEST_CASE("incidence: events over the days at risk, both ends of a time at risk included") {
    // 10 April to 20 April is 11 days; a definition may say that the last day is not one of them.
    const cell once = missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2019-04-20 -"}, R"("clean_window": "0 days")");
    CHECK(once.numerator == 1);
    CHECK(once.denominator == 11);
    CHECK(missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2019-04-20 -"}, R"("clean_window": "0 days")", "2019-20", R"("conventions": {"end_day": "exclusive"}, )").numerator == 0);
    CHECK(missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2019-04-09 -", "n A 2019-04-21 -", "o B 2019-04-15 -"}, R"("clean_window": "0 days")").numerator == 0);
    // On the first day, too.
    CHECK(missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2019-04-10 -"}, R"("clean_window": "0 days")").numerator == 1);
}

TEST_CASE("incidence: the clean window starts the day after the event") {
    const std::string window = R"("clean_window": "5 days")";
    // The day of the event is at risk, the 5 days after it are not: 12 to 16 April.
    const cell c = missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2019-04-11 -"}, window);
    CHECK(c.numerator == 1);
    CHECK(c.denominator == 11 - 5);
    CHECK(c.denominator_excluded == 5);
    // An event on the window's last day does not count, on the day after it does.
    const cell inside = missed({"p A 2019-04-10 2019-04-30 NEG"}, {"m A 2019-04-11 -", "n A 2019-04-16 -"}, window);
    CHECK(inside.numerator == 1);
    CHECK(inside.excluded == 1);
    // … but begins a window of its own: 12 to 21 April.
    CHECK(inside.denominator == 21 - 10);
    const cell outside = missed({"p A 2019-04-10 2019-04-30 NEG"}, {"m A 2019-04-11 -", "n A 2019-04-17 -"}, window);
    CHECK(outside.numerator == 2);
    CHECK(outside.denominator == 21 - 10);
    // An event before the time at risk, or before the period, casts its window into it.
    const cell before = missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2019-04-08 -", "n A 2019-04-13 -"}, window);
    CHECK(before.numerator == 0);
    CHECK(before.excluded == 1);
    CHECK(before.denominator == 11 - 9);
    CHECK(missed({"p A 2019-03-01 2019-04-10 NEG"}, {"m A 2019-03-30 -"}, window).denominator == 10 - 4);
    // Two events of one day are one; another child's event casts no window.
    CHECK(missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2019-04-11 -", "n A 2019-04-11 -"}, window).numerator == 1);
    CHECK(missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m B 2019-04-11 -"}, window).denominator == 11);
}

TEST_CASE("incidence: first events only") {
    const std::string first = R"("first_event_only": true)";
    const cell c = missed({"p A 2019-04-10 2019-04-20 NEG", "q A 2019-06-01 2019-06-10 NEG"}, {"m A 2019-04-12 -", "n A 2019-06-05 -"}, first);
    CHECK(c.numerator == 1);
    CHECK(c.excluded == 1);
    CHECK(c.denominator == 3);
    // The first event ever, not the first of the period.
    const cell before = missed({"p A 2019-04-10 2019-04-20 NEG"}, {"m A 2015-01-01 -", "n A 2019-04-12 -"}, first);
    CHECK(before.numerator == 0);
    CHECK(before.denominator == 0);
    CHECK(before.state == cell_state::zero_denominator);
}

TEST_CASE("incidence is per person-years, of the period's own year or of 365.25 days") {
    const std::vector<std::string> year = {"p A 2019-01-01 - NEG"}, events = {"m A 2019-05-01 -"};
    const cell calendar = missed(year, events, R"("clean_window": "0 days", "per": 1000)");
    CHECK(calendar.denominator == 366);  // 1 April 2019 to 31 March 2020
    CHECK(calendar.value == exact_ratio{1000, 1});
    const cell fixed = missed(year, events, R"("clean_window": "0 days", "per": 1000)", "2019-20", R"("conventions": {"year_length": "365.25"}, )");
    CHECK(fixed.value->as_double() == Approx(1000 * 365.25 / 366));
    CHECK(missed(year, {}, R"("clean_window": "0 days")").state == cell_state::true_zero);
    CHECK(missed({}, events, R"("clean_window": "0 days")").state == cell_state::zero_denominator);
    const indicator_result r = ask(definition(missing_on_plan(R"("clean_window": "0 days")")), built({written("cp_plan", plans, year), written("missing_episode", missing, events),
                                   written("person", "child_id sex", {"A F"})}), "2019-20", {{"sex"}});
    CHECK(r.unit == value_unit::rate);
    CHECK(r.multiplier == 1000);
    CHECK(r.timing == "over");
    CHECK(r.convention_set.ends == end_day::inclusive);
    CHECK(r.adds_over_periods);
    CHECK(r.adds_over_breakdowns == std::vector<std::pair<std::string, bool>>{{"sex", true}});
    CHECK(cell_of(r, "sex", "F")->denominator == 366);
    CHECK(r.meaning.find("Events per 1,000 person-years at risk.") == 0);
}

TEST_CASE("the rows behind an incidence: events, those in a clean window, and days at risk") {
    const dataset data = built({written("cp_plan", plans, {"p A 2019-04-10 2019-04-20 NEG"}), written("missing_episode", missing, {"m A 2019-04-11 -", "n A 2019-04-12 -", "o B 2019-04-12 -"})});
    const std::vector<explained_row> rows = explain(canonical_schema(), definition(missing_on_plan(R"("clean_window": "5 days")")), "test.one", data, parse_period("2019-20"));
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].role == row_role::numerator);
    CHECK(rows[1].role == row_role::excluded);
    CHECK(rows[1].reason == "in the clean window of an earlier event");
    CHECK(rows[2].role == row_role::denominator_only);
    CHECK(rows[2].reason == "5 days");
    CHECK(rows[3].role == row_role::excluded);
    CHECK(rows[3].reason == "6 days");
}
