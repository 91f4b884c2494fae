// Loops that build trees without end are stopped by an error, and what they have built is given back without one.
#include "catch.hpp"

#include <goldenthread/definitions/build_rows.hpp>

#include <functional>
#include <string>

namespace gt = goldenthread;

namespace {

/// Applies a step to an expression a hundred thousand times; says what stopped it.
std::string stopped_by(const std::function<gt::expression(const gt::expression&)>& step) {
    gt::expression e = gt::column_named("x");
    try {
        for (int i = 0; i < 100'000; ++i) e = step(e);
    } catch (const gt::definition_error& problem) {
        return problem.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("loops of operators stop at the deepest tree") {
    const std::string deep = "the expression is nested deeper than 256 levels";
    CHECK(stopped_by([](const gt::expression& e) { return !e; }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return -e; }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return e && true; }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return 1 + e; }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return gt::is_null(e); }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return gt::coalesce(e, 1); }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return gt::days(e); }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return gt::case_when(e, 1).otherwise(2); }) == deep);
    CHECK(stopped_by([](const gt::expression& e) { return gt::any(gt::rows("t").where(e)); }) == deep);
}

TEST_CASE("a tree that doubles at each level stops at the largest") {
    CHECK(stopped_by([](const gt::expression& e) { return e == e; }) == "the expression has more than 50000 parts");
}

TEST_CASE("sources of rows within each other stop too") {
    gt::related_source source = gt::rows("t").order_by(gt::column_named("x"));
    std::string message = "nothing";
    try {
        for (int i = 0; i < 100'000; ++i) source = gt::latest_per({"k"}, source).order_by(gt::column_named("x"));
    } catch (const gt::definition_error& problem) {
        message = problem.what();
    }
    CHECK(message == "the expression is nested deeper than 256 levels");
}

TEST_CASE("names that the text would read as something else are refused") {
    for (const char* name : {"", "end", "as_at", "period.first", "two words", "1st", "a..b", "caf\xC3\xA9"}) {
        INFO(name);
        CHECK_THROWS_AS(gt::column_named(name), gt::definition_error);
    }
    CHECK_THROWS_AS(gt::decimal("2"), gt::definition_error);
    CHECK_THROWS_AS(gt::decimal("2.5e3"), gt::definition_error);
    CHECK_THROWS_AS(gt::integer(1'000'000'000'000'000'000), gt::definition_error);
    CHECK_THROWS_AS(gt::nth(0, gt::rows("t").order_by(gt::column_named("x"))), gt::definition_error);
    CHECK_THROWS_AS(gt::last(gt::rows("t")), gt::definition_error);
    CHECK_THROWS_AS(gt::expression(gt::case_of(gt::column_named("x"))), gt::definition_error);
}
