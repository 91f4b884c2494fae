// The C++ spelling builds the tree that the text parses to, for every kind of node.
#include "catch.hpp"

#include <goldenthread/definitions/build_measure.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gt = goldenthread;

namespace {

/// The two spellings of one tree.
struct pair_of_spellings {
    std::string text;
    gt::expression built;
};

const auto cp_plan = gt::columns_of("cp_plan");
const auto start = cp_plan["start_date"];
const auto end_date = cp_plan["end_date"];
const auto category = cp_plan["latest_category"];

std::vector<pair_of_spellings> simple_forms() {
    return {
        {"true", gt::truth_value(true)},
        {"unknown", gt::unknown()},
        {"18", gt::integer(18)},
        {"-3", gt::integer(-3)},
        {"2.5", gt::decimal("2.5")},
        {"'it''s'", gt::text("it's")},
        {"date '2019-03-31'", gt::on_day(2019, 3, 31)},
        {"start_date", start},
        {"person.date_of_birth", cp_plan["person"]["date_of_birth"]},
        {"this.start_date", gt::outer("start_date")},
        {":months", gt::parameter_named("months")},
        {"as_at", gt::as_at},
        {"period.first", gt::period_first},
        {"period.last", gt::period_last},
        {"not (latest_category = 'NEG')", !(category == "NEG")},
        {"start_date < as_at and latest_category = 'NEG'", start < gt::as_at && category == "NEG"},
        {"latest_category = 'NEG' or latest_category != 'MUL'", category == "NEG" || category != "MUL"},
        {"number_of_previous_plans <= 1", cp_plan["number_of_previous_plans"] <= 1},
        {"number_of_previous_plans > 1", cp_plan["number_of_previous_plans"] > 1},
        {"number_of_previous_plans >= 1", cp_plan["number_of_previous_plans"] >= 1},
        {"start_date between period.first and period.last", gt::between(start, gt::period_first, gt::period_last)},
        {"latest_category in ('NEG', 'MUL')", gt::in(category, "NEG", "MUL")},
        {"factor in group('neglect')", gt::in_group(gt::column_named("factor"), "neglect")},
        {"outcome in :outcomes", gt::in_parameter(gt::column_named("outcome"), "outcomes")},
        {"end_date is null", gt::is_null(end_date)},
        {"end_date is not null", gt::is_not_null(end_date)},
        {"number_of_previous_plans + 1 - 2 * 3", cp_plan["number_of_previous_plans"] + 1 - gt::integer(2) * 3},
        {"number_of_previous_plans / 4", cp_plan["number_of_previous_plans"] / 4},
        {"-number_of_previous_plans", -cp_plan["number_of_previous_plans"]},
        {"start_date + 3 days", start + gt::days(3)},
        {"start_date < as_at - 18 months", start < gt::as_at - gt::months(18)},
        {"start_date + 15 working days", start + gt::working_days(15)},
        {"start_date + 2 weeks - 1 years", start + gt::weeks(2) - gt::years(1)},
        {"case when latest_category = 'MUL' then 1 else 2 end", gt::case_when(category == "MUL", 1).otherwise(2)},
        {"case latest_category when 'NEG' then true when 'MUL' then unknown end", gt::case_of(category).when("NEG", true).when("MUL", gt::unknown())},
    };
}

std::vector<pair_of_spellings> calls() {
    const auto born = cp_plan["person"]["date_of_birth"];
    return {
        {"open(start_date, end_date)", gt::open(start, end_date)},
        {"open(start_date, end_date, period.first)", gt::open(start, end_date, gt::period_first)},
        {"during(start_date)", gt::during(start)},
        {"happened(end_date)", gt::happened(end_date)},
        {"known(latest_category)", gt::known(category)},
        {"coalesce(other_authority, false)", gt::coalesce(cp_plan["other_authority"], false)},
        {"min of (start_date, end_date)", gt::min_of(start, end_date)},
        {"max of (start_date, period.first)", gt::max_of(start, gt::period_first)},
        {"age(person.date_of_birth, as_at) >= 16", gt::age(born, gt::as_at) >= 16},
        {"days_between(start_date, end_date)", gt::days_between(start, end_date)},
        {"months_between(start_date, end_date)", gt::months_between(start, end_date)},
        {"years_between(start_date, end_date)", gt::years_between(start, end_date)},
        {"working_days_between(start_date, end_date)", gt::working_days_between(start, end_date)},
        {"month_boundaries_between(start_date, end_date)", gt::month_boundaries_between(start, end_date)},
        {"year_boundaries_between(start_date, end_date)", gt::year_boundaries_between(start, end_date)},
        {"group_of(latest_category)", gt::group_of(category)},
    };
}

std::vector<pair_of_spellings> related_forms() {
    const auto plans = gt::rows("cp_plan").as("q").by("child_id");
    const auto dated = gt::rows("cse_risk_assessment").by("cse_case_id").order_by(gt::column_named("assessed_date"));
    return {
        {"any(cp_plan as q by child_id where q.start_date < this.start_date)", gt::any(plans.where(plans["start_date"] < gt::outer("start_date")))},
        {"count(cp_plan as q by child_id)", gt::count(plans)},
        {"count(distinct q.latest_category of cp_plan as q by child_id)", gt::count_distinct(plans["latest_category"], plans)},
        {"max over latest_category of count(cp_plan as q by child_id)", gt::max_over({"latest_category"}, plans)},
        {"sum(q.number_of_previous_plans of cp_plan as q by child_id)", gt::sum(plans["number_of_previous_plans"], plans)},
        {"min(q.start_date of cp_plan as q by child_id)", gt::min(plans["start_date"], plans)},
        {"max(q.start_date of cp_plan as q by child_id)", gt::max(plans["start_date"], plans)},
        {"first(cse_risk_assessment by cse_case_id order by assessed_date).risk_level", gt::first(dated)["risk_level"]},
        {"last(cse_risk_assessment by cse_case_id order by assessed_date).risk_level", gt::last(dated)["risk_level"]},
        {"nth(2, cse_risk_assessment by cse_case_id order by assessed_date).risk_level", gt::nth(2, dated)["risk_level"]},
        {"any(domestic_abuse_incident as e by :repeat_key)", gt::any(gt::rows("domestic_abuse_incident").as("e").by_parameter("repeat_key"))},
        {"any(latest per (parent_id, ace) (parental_ace by child_id order by recorded_date))",
         gt::any(gt::latest_per({"parent_id", "ace"}, gt::rows("parental_ace").by("child_id").order_by(gt::column_named("recorded_date"))))},
        {"any(gaps(cp_review.review_date from start_date until as_at) as g where g.end is null)",
         gt::any(gt::gaps("cp_review", "review_date").from_until(start, gt::as_at).as("g").where(gt::is_null(gt::column_named("g.end"))))},
        {"count(collapse(crisis_spell by child_id gap 0 days))", gt::count(gt::collapse("crisis_spell", gt::days(0)).by("child_id"))},
    };
}

void check(const std::vector<pair_of_spellings>& pairs) {
    for (const pair_of_spellings& pair : pairs) {
        INFO(pair.text);
        CHECK(gt::to_text(pair.built) == gt::to_text(gt::parse_expression(pair.text)));
        CHECK(pair.built.same_as(gt::parse_expression(pair.text)));
    }
}

void collect_kinds(const gt::expression& e, std::vector<gt::expression_kind>& kinds) {
    kinds.push_back(e->kind);
    gt::detail::visit_children(*e, [&](const gt::expression& child) { collect_kinds(child, kinds); });
}

}  // namespace

TEST_CASE("operators: each form builds the tree of its text") {
    check(simple_forms());
    check(calls());
    check(related_forms());
}

TEST_CASE("operators: no kind of node lacks a C++ spelling") {
    std::vector<gt::expression_kind> kinds;
    for (const auto& forms : {simple_forms(), calls(), related_forms()}) {
        for (const pair_of_spellings& pair : forms) collect_kinds(pair.built, kinds);
    }
    for (int kind = 0; kind <= static_cast<int>(gt::expression_kind::related); ++kind) {
        INFO("kind " << kind);
        CHECK(std::find(kinds.begin(), kinds.end(), static_cast<gt::expression_kind>(kind)) != kinds.end());
    }
}

TEST_CASE("operators: a name that the grammar does not have is refused") {
    CHECK_THROWS_AS(gt::column_named("start date"), gt::definition_error);
    CHECK_THROWS_AS(gt::column_named("where"), gt::definition_error);
    CHECK_THROWS_AS(gt::column_named("as_at"), gt::definition_error);
    CHECK_THROWS_AS(gt::parameter_named(""), gt::definition_error);
    CHECK_THROWS_AS(gt::decimal("2,5"), gt::definition_error);
    CHECK_THROWS_AS(gt::integer(1'000'000'000'000'000'000), gt::definition_error);
    CHECK_THROWS_AS(gt::on_day(1066, 10, 14), gt::definition_error);
}

TEST_CASE("operators: building too deep a tree is an error, not a stack overflow") {
    const auto deepen = [] {
        gt::expression e = gt::truth_value(true);
        for (int i = 0; i < 100'000; ++i) e = !e;
    };
    CHECK_THROWS_WITH(deepen(), Catch::Contains("nested deeper than"));
}

TEST_CASE("operators: a measure is written step by step, and each step leaves the one before as it was") {
    const gt::measure_builder open_plans = gt::distinct(cp_plan["child_id"]).at_end_of_period().where(gt::open(start, end_date));
    const gt::indicator neglect = open_plans.where(category == "NEG").named("own.neglect", "Plans for neglect");
    CHECK(neglect.id == "own.neglect");
    CHECK(neglect.measure.kind == gt::measure_kind::distinct);
    CHECK(neglect.measure.distinct == std::vector<std::string>{"child_id"});
    CHECK(neglect.measure.where.same_as(gt::parse_expression("open(start_date, end_date) and latest_category = 'NEG'")));
    CHECK(open_plans.definition().measure.where.same_as(gt::parse_expression("open(start_date, end_date)")));
    const gt::indicator share = open_plans.share_of(category == "NEG");
    CHECK(share.measure.kind == gt::measure_kind::share);
}
