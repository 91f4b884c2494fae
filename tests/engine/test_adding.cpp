// Adding figures up where that makes sense, and refusing where it does not.
#include "small_data.hpp"

#include <goldenthread/engine/add_cells.hpp>

#include <string>
#include <vector>

using namespace small;

namespace {

const std::vector<period> quarters = financial_quarters(to_day(2019, 4, 1), to_day(2020, 3, 31));

indicator_result of_quarters(const std::string& measure, const std::vector<breakdown>& breakdowns = {}) {
    const dataset data = built({written("cp_plan", "cp_plan_id child_id start_date end_date latest_category",
                                        {"p A 2019-04-10 2019-05-10 NEG", "q A 2019-08-01 - EMO", "r B 2019-08-15 2020-02-01 NEG", "s C 2020-01-05 - NEG"}),
                                written("person", "child_id sex", {"A F", "B M", "C F"})});
    evaluation_request request;
    request.periods = quarters;
    request.periods.push_back(financial_year(2019));
    request.breakdowns = breakdowns;
    return ask(definition(measure), data, request);
}

std::vector<period> all_periods() {
    std::vector<period> result = quarters;
    result.push_back(financial_year(2019));
    return result;
}

std::string of_plans(const std::string& kind, const std::string& timing, const std::string& where, const std::string& more = "") {
    return R"({"kind": ")" + kind + R"(", "timing": ")" + timing + R"(", "of": "cp_plan", "where": ")" + where + "\"" + more + "}";
}
const char* const started = "during(start_date)";
const char* const open_now = "open(start_date, end_date)";

std::string refusal(const std::string& measure, const std::vector<std::size_t>& which = {0, 1, 2, 3}) {
    return error_of([&] { (void)added_over_periods(of_quarters(measure), all_periods(), which); });
}

}  // namespace

TEST_CASE("flows, days, shares and means of flows add up to the year's") {
    for (const std::string& measure : {of_plans("count", "in", started), of_plans("person-days", "over", open_now, R"(, "distinct": ["child_id"])"),
                                       of_plans("share", "in", started, R"(, "numerator": "latest_category = 'NEG'")"),
                                       of_plans("mean", "in", "happened(end_date)", R"json(, "value": "days_between(start_date, end_date)")json")}) {
        INFO(measure);
        const indicator_result r = of_quarters(measure);
        const cell sum = added_over_periods(r, all_periods(), {0, 1, 2, 3});
        const cell& year = *r.total(4);
        CHECK(sum.numerator == year.numerator);
        CHECK(sum.denominator == year.denominator);
        REQUIRE(sum.value);
        CHECK(sum.value->as_double() == Approx(year.value->as_double()));
        CHECK(sum.state == year.state);
    }
}

TEST_CASE("stocks, children seen twice, medians, rates and overlapping periods are not added over time") {
    CHECK_THAT(refusal(of_plans("count", "at", open_now)), Catch::Contains("a stock is not added over time"));
    CHECK_THAT(refusal(of_plans("distinct", "in", started, R"(, "distinct": ["child_id"])")), Catch::Contains("what is counted once in each period is not added over periods"));
    CHECK_THAT(refusal(of_plans("count", "exposed", open_now)), Catch::Contains("counted once in each period"));
    CHECK_THAT(refusal(of_plans("median", "in", "happened(end_date)", R"json(, "value": "days_between(start_date, end_date)")json")),
               Catch::Contains("a median of a whole is not made from those of its parts"));
    CHECK_THAT(refusal(of_plans("rate", "in", started)), Catch::Contains("rates are not added"));
    CHECK_THAT(refusal(of_plans("count", "in", started), {0, 4}), Catch::Contains("share days, which would count twice"));
    CHECK_THAT(refusal(of_plans("count", "in", started), {}), Catch::Contains("no period was named"));
    CHECK_THAT(refusal(of_plans("count", "in", started), {9}), Catch::Contains("there is no period 9"));
}

TEST_CASE("cells add up over a dimension only where each unit is in one of them") {
    const indicator_result r = of_quarters(of_plans("distinct", "exposed", "overlaps(start_date, end_date, period.first, period.last)", R"(, "distinct": ["child_id"])"), {{"sex"}, {"latest_category"}});
    CHECK(added_over_cells(r, "sex", 4).numerator == r.total(4)->numerator);
    CHECK_THAT(error_of([&] { (void)added_over_cells(r, "latest_category", 4); }), Catch::Contains("cells by latest_category do not add up: one may be in several"));
    CHECK_THAT(error_of([&] { (void)added_over_cells(r, "ethnicity", 4); }), Catch::Contains("there is no breakdown by ethnicity"));
}

TEST_CASE("a disordered axis is refused") {
    CHECK_THAT(error_of([] { (void)period_axis({financial_year(2019), financial_year(2018)}); }), Catch::Contains("are out of order"));
}
