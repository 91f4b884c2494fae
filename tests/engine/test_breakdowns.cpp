// Cells: declared categories, not recorded, cross-tabulations, each, predicates, age bands.
#include "small_data.hpp"

#include <string>
#include <vector>

using namespace small;

namespace {

const std::string plans_open = count_at("cp_plan", "open(start_date, end_date)");

dataset plans(const std::vector<std::string>& lines, const std::vector<std::string>& people) {
    return built({written("cp_plan", "cp_plan_id child_id start_date end_date latest_category", lines),
                  written("person", "child_id date_of_birth expected_date_of_birth sex disabled", people)});
}

bool adds_over(const indicator_result& r, const std::string& dimension) {
    for (const auto& [name, adds] : r.adds_over_breakdowns) {
        if (name == dimension) return adds;
    }
    FAIL("no dimension " << dimension);
    return false;
}

}  // namespace

TEST_CASE("declared categories are shown with zero, not recorded is its own") {
    const dataset data = plans({"p A 2018-05-01 - NEG", "q B 2018-05-01 - NEG", "r C 2018-05-01 - -"}, {"A - - F true", "B - - - false"});
    const indicator_result r = ask(definition(plans_open), data, "2018-19", {{"latest_category"}, {"sex"}, {"disabled"}});
    CHECK(cell_of(r, "latest_category", "NEG")->numerator == 2);
    CHECK(cell_of(r, "latest_category", "SAB")->state == cell_state::true_zero);
    CHECK(cell_of(r, "latest_category", std::nullopt)->numerator == 1);
    CHECK(cell_of(r, "sex", "F")->numerator == 1);
    CHECK(cell_of(r, "sex", "M")->state == cell_state::true_zero);
    CHECK(cell_of(r, "sex", std::nullopt)->numerator == 2);  // one not recorded, one who is no row of person
    CHECK(cell_of(r, "disabled", "true")->numerator == 1);
    CHECK(cell_of(r, "disabled", "false")->numerator == 1);
    CHECK(cell_of(r, "disabled", std::nullopt)->numerator == 1);
    // Declared first and in their order, not recorded last.
    std::string order;
    for (const cell& c : r.cells) {
        if (c.key.size() == 1 && c.key[0].dimension == "latest_category") order += c.key[0].category.value_or("null") + " ";
    }
    CHECK(order == "NEG PHY SAB EMO MUL null ");
    CHECK(adds_over(r, "sex"));
    CHECK_FALSE(r.adds_over_periods);
}

TEST_CASE("no cell for what is not recorded when everything is") {
    const indicator_result r = ask(definition(plans_open), plans({"p A 2018-05-01 - NEG"}, {"A - - F true"}), "2018-19", {{"latest_category"}});
    CHECK(cell_of(r, "latest_category", std::nullopt) == nullptr);
    CHECK(r.cells.size() == 6);
}

TEST_CASE("cross-tabulations multiply their categories") {
    const dataset data = plans({"p A 2018-05-01 - NEG", "q B 2018-05-01 - SAB", "r C 2018-05-01 - SAB"}, {"A - - F true", "B - - M false", "C - - M -"});
    const indicator_result r = ask(definition(plans_open), data, "2018-19", {{"sex", "latest_category"}});
    std::size_t cells = 0;
    std::int64_t sum = 0;
    for (const cell& c : r.cells) {
        if (c.key.size() != 2) continue;
        ++cells;
        sum += c.numerator.value();
        if (c.key[0].category == "M" && c.key[1].category == "SAB") CHECK(c.numerator == 2);
    }
    CHECK(cells == 3 * 5);
    CHECK(sum == 3);
}

TEST_CASE("age bands are taken on the day, the unborn first") {
    const dataset data = plans({"p A 2018-05-01 - NEG", "q B 2018-05-01 - NEG", "r C 2018-05-01 - NEG", "s D 2018-05-01 - NEG", "t E 2018-05-01 - NEG"},
                               {"A 2019-03-31 - F -", "B 2019-04-01 - F -", "C - 2019-05-01 F -", "D - - F -", "E 2004-02-29 - F -"});
    const indicator_set set = definition(plans_open);
    const indicator_result r = ask(set, data, "2018-19", {{"age_band"}});
    CHECK(cell_of(r, "age_band", "under_1")->numerator == 1);
    CHECK(cell_of(r, "age_band", "unborn")->numerator == 2);
    CHECK(cell_of(r, "age_band", "10_15")->numerator == 1);
    CHECK(cell_of(r, "age_band", std::nullopt)->numerator == 1);
    CHECK(adds_over(r, "age_band"));
    CHECK(cell_of(ask(set, data, "2020-02-28", {{"age_band"}}), "age_band", "10_15")->numerator == 1);
    CHECK(cell_of(ask(set, data, "2020-02-29", {{"age_band"}}), "age_band", "16_17")->numerator == 1);
    CHECK(cell_of(ask(set, data, "2022-02-28", {{"age_band"}}), "age_band", "16_17")->numerator == 1);
    CHECK(cell_of(ask(set, data, "2022-03-01", {{"age_band"}}), "age_band", "18_plus")->numerator == 1);
    // A flow takes ages on the day of the event.
    const indicator_result flow = ask(definition(count_in("cp_plan", "during(start_date)")), data, "2018-19", {{"age_band"}});
    CHECK(cell_of(flow, "age_band", "unborn")->numerator == 3);
    CHECK(cell_of(flow, "age_band", "10_15")->numerator == 1);
}

TEST_CASE("distinct children add up over what follows from the child, and over nothing else") {
    const indicator_set set = definition(R"json({"kind": "distinct", "timing": "at", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)"})json");
    const dataset data = plans({"p A 2018-05-01 - NEG", "q A 2018-06-01 - SAB", "r B 2018-06-01 - SAB"}, {"A 2010-01-01 - F true", "B 2010-01-01 - M true"});
    const indicator_result r = ask(set, data, "2018-19", {{"sex"}, {"age_band"}, {"latest_category"}});
    CHECK(r.total(0)->numerator == 2);
    CHECK(cell_of(r, "latest_category", "NEG")->numerator == 1);
    CHECK(cell_of(r, "latest_category", "SAB")->numerator == 2);
    CHECK(adds_over(r, "sex"));
    CHECK(adds_over(r, "age_band"));
    CHECK_FALSE(adds_over(r, "latest_category"));
}

TEST_CASE("each: a row is in every cell it has") {
    const indicator_set set = definition(count_at("cp_plan", "true"), R"("breakdowns": [{"name": "kinds", "each": "cp_plan_category as c by cp_plan_id", "column": "category"}], )");
    const dataset data = built({written("cp_plan", "cp_plan_id child_id", {"p A", "q B", "r C"}),
                                written("cp_plan_category", "cp_plan_id stage category", {"p initial NEG", "p latest NEG", "p latest SAB", "q latest -"})});
    const indicator_result r = ask(set, data, "2018-19", {{"kinds"}});
    CHECK(cell_of(r, "kinds", "NEG")->numerator == 1);  // once, though two rows say so
    CHECK(cell_of(r, "kinds", "SAB")->numerator == 1);
    CHECK(cell_of(r, "kinds", std::nullopt)->numerator == 2);  // none recorded, and one not known
    CHECK_FALSE(adds_over(r, "kinds"));
}

TEST_CASE("each on rows that change with the day is right on every day") {
    const indicator_set set = definition(count_at("person", "true"),
        R"("breakdowns": [{"name": "latest", "each": "latest per (child_id) (cp_plan by child_id where start_date <= as_at order by start_date) as l", "column": "latest_category"}], )");
    const dataset data = built({written("person", "child_id", {"A"}), written("cp_plan", "cp_plan_id child_id start_date latest_category", {"p A 2018-05-01 NEG", "q A 2018-07-01 SAB"})});
    evaluation_request request;
    request.periods = {parse_period("2018-04"), parse_period("2018-05"), parse_period("2018-08")};
    request.breakdowns = {{"latest"}};
    const indicator_result r = ask(set, data, request);
    CHECK(cell_of(r, "latest", std::nullopt, 0)->numerator == 1);
    CHECK(cell_of(r, "latest", "NEG", 1)->numerator == 1);
    CHECK(cell_of(r, "latest", "SAB", 2)->numerator == 1);
    CHECK(cell_of(r, "latest", "NEG", 2)->numerator == 0);
}

TEST_CASE("predicates may overlap and may be undecided") {
    const indicator_set set = definition(plans_open, R"("breakdowns": [{"name": "flags", "predicates": {"neglect": "latest_category = 'NEG'", "long": "start_date < as_at - 6 months"}}], )");
    const dataset data = plans({"p A 2018-05-01 - NEG", "q B 2019-03-01 - NEG", "r C 2018-05-01 - -"}, {});
    const indicator_result r = ask(set, data, "2018-19", {{"flags"}});
    CHECK(cell_of(r, "flags", "neglect")->numerator == 2);
    CHECK(cell_of(r, "flags", "neglect")->unknown == 1);
    CHECK(cell_of(r, "flags", "long")->numerator == 2);
    CHECK_FALSE(adds_over(r, "flags"));
}

TEST_CASE("a breakdown that cannot be given is noted") {
    const dataset data = built({written("cp_plan", "cp_plan_id child_id start_date", {"p A 2018-05-01"}), written("cse_risk_assessment", "risk_assessment_id risk_level", {"x HIGH"})});
    indicator_set set = definition(plans_open);
    set.indicators.push_back(definition(count_at("cse_risk_assessment", "true")).indicators.front());
    set.indicators.back().id = "test.other";
    evaluation_request request;
    request.periods = {parse_period("2018-19")};
    request.breakdowns = {{"sex"}, {"risk_level"}, {"latest_category"}};
    const results all = evaluate(set, {set.indicators[0].id, set.indicators[1].id}, data, request);
    const indicator_result& r = all.indicators[0];
    CHECK(r.notes == std::vector<std::string>{"no breakdown by risk_level: this measure does not know it", "no breakdown by sex: table person was not supplied"});
    CHECK(cell_of(r, "latest_category", std::nullopt)->numerator == 1);
    CHECK(cell_of(r, "sex", "F") == nullptr);
    CHECK(cell_of(all.indicators[1], "risk_level", "HIGH")->numerator == 1);
}

TEST_CASE("a breakdown that no measure knows is refused") {
    const dataset data = built({written("cp_plan", "cp_plan_id child_id start_date", {"p A 2018-05-01"})});
    CHECK_THROWS_WITH(ask(definition(plans_open), data, "2018-19", {{"latest_category"}, {"risk_level"}}), Catch::Contains("no indicator computed here can be broken down by 'risk_level'"));
    CHECK_THROWS_WITH(ask(definition(plans_open), data, "2018-19", {{"latest_category", "setx"}}), Catch::Contains("'setx'") && Catch::Contains("did you mean 'sex'?"));
}

TEST_CASE("periods of several kinds in one request keep their order") {
    const indicator_set set = definition(count_in("cp_plan", "during(start_date)"));
    const dataset data = plans({"p A 2018-05-01 - NEG", "q B 2018-08-01 - NEG", "r C 2019-03-31 - NEG", "s D 2019-04-01 - NEG"}, {});
    evaluation_request request;
    request.periods = {financial_year(2018), calendar_month(2018, 5), financial_quarter(2018, 2), single_day(to_day(2018, 5, 1)), financial_year(2019)};
    const indicator_result r = ask(set, data, request);
    std::vector<std::int64_t> counts;
    for (std::size_t p = 0; p < request.periods.size(); ++p) counts.push_back(r.total(p)->numerator.value());
    CHECK(counts == std::vector<std::int64_t>{3, 1, 1, 1, 1});
    CHECK(r.adds_over_periods);
}

TEST_CASE("overlapping rolling windows count a row in each") {
    const indicator_set set = definition(count_in("cp_plan", "during(start_date)"));
    const dataset data = plans({"p A 2018-05-15 - NEG"}, {});
    evaluation_request request;
    request.periods = rolling_months(3, to_day(2018, 3, 1), to_day(2018, 9, 30));
    const indicator_result r = ask(set, data, request);
    std::string counts;
    for (std::size_t p = 0; p < request.periods.size(); ++p) counts += std::to_string(r.total(p)->numerator.value());
    CHECK(counts == "0011100");
}
