#include "catch.hpp"

#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/write_release.hpp>

using namespace goldenthread;

namespace {

evaluation_request one_year() {
    evaluation_request request;
    request.periods = {financial_year(2018)};
    return request;
}

}  // namespace

TEST_CASE("the shipped plan is evaluated on no data at all") {
    const plan_package package = shipped_plan_package("leicester_2018_2020");
    const release r = build_release(evaluate_plan(package, dataset(), one_year()));
    CHECK(r.figures().size() >= 42);
    for (const release_figure& figure : r.figures()) {
        INFO(figure.heading.indicator);
        CHECK(figure.heading.state == "missing");
        CHECK_FALSE(figure.heading.needs.empty());
        for (const release_cell& cell : figure.cells) CHECK(cell.value.is_absent());
    }
    CHECK(to_json(r) == to_json(build_release(evaluate_plan(package, dataset(), one_year()))));
}

TEST_CASE("every definition that is shipped for a line of the plan is computed") {
    const plan_package package = shipped_plan_package("leicester_2018_2020");
    const scorecard card = evaluate_plan(package, dataset(), one_year());
    const release r = build_release(card);
    for (const indicator_result& result : card.figures.indicators) {
        INFO(result.indicator);
        CHECK(package.indicators.find(result.indicator) != nullptr);
        REQUIRE(r.find(result.indicator) != nullptr);
        CHECK_FALSE(r.find(result.indicator)->heading.meaning.empty());
        CHECK_FALSE(r.find(result.indicator)->heading.definition_hash.empty());
    }
}

TEST_CASE("chosen indicators come in the order asked for; an unknown plan or one without periods is an error") {
    const plan_package package = shipped_plan_package("leicester_2018_2020");
    CHECK(evaluate_indicators(package, {}, dataset(), one_year()).figures.indicators.empty());
    CHECK_THROWS_AS(evaluate_plan(package, dataset(), {}), definition_error);
    CHECK_THROWS_AS(shipped_plan_package("leicester"), definition_error);
}

TEST_CASE(
    "every figure says whether its definition is approved, judged on the last day of the last period or a given one") {
    plan_package package = shipped_plan_package("leicester_2018_2020");
    const std::string id = "neglect.toolkits_completed", other = "neglect.cp_plan_second_time";
    const release before = build_release(evaluate_plan(package, dataset(), one_year()));
    CHECK(before.find(id)->heading.approval.state == "not_approved");
    CHECK(before.find(id)->heading.approval.text == "definition not approved");
    const std::string hash = before.find(id)->heading.definition_hash;
    package.approvals = {{id, hash, "A. Chair", "chair", *parse_iso_day("2018-05-01"), parse_iso_day("2019-03-31")},
                         {other, hash, "A. Chair", "chair", *parse_iso_day("2018-05-01"), std::nullopt}};
    const release after = build_release(evaluate_plan(package, dataset(), one_year()));
    CHECK(after.find(id)->heading.approval ==
          outline_approval{"approved", "definition approved by A. Chair (chair) on 2018-05-01, review by 2019-03-31",
                           "A. Chair", "chair", "2018-05-01", "2019-03-31"});
    CHECK(after.find(other)->heading.approval.state == "lapsed");
    CHECK(to_csv(after).find("\"definition approved by A. Chair (chair) on 2018-05-01, review by 2019-03-31\"") !=
          std::string::npos);
    CHECK(to_json(after).find("\"review_date\": \"2019-03-31\"") != std::string::npos);
    package.approvals_judged_on = parse_iso_day("2019-04-01");
    CHECK(build_release(evaluate_plan(package, dataset(), one_year())).find(id)->heading.approval.state ==
          "review_due");
    package.approvals.front().indicator = "neglect.toolkit_completed";
    CHECK_THROWS_AS(evaluate_plan(package, dataset(), one_year()), definition_error);
}
