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
