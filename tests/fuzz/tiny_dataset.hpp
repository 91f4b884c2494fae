// A handful of rows of the canonical tables, and both engines asked about them.
#pragma once

#include "fuzz_target.hpp"

#include <goldenthread/definitions/case.hpp>
#include <goldenthread/engine/evaluate.hpp>
#include <goldenthread/engine/run_case.hpp>

#include <string>
#include <vector>

namespace fuzz {

using namespace goldenthread;

/// Rows with what goes wrong in real files: nulls, equal days, an end before its start, a dangling key.
inline constexpr std::string_view tiny_rows =
    R"({"indicator": "tiny.dataset", "cases": [{"title": "tiny", "period": "2019-20", "expect": 0, "tables": {
  "person": {"columns": ["child_id", "date_of_birth", "expected_date_of_birth", "sex", "disabled"], "rows": [
    ["a", "2004-02-29", null, "F", true], ["b", "2019-03-31", null, "M", false], ["c", null, "2019-06-01", null, null]]},
  "cp_plan": {"columns": ["cp_plan_id", "child_id", "start_date", "end_date", "initial_category", "latest_category"],
   "rows": [
    ["p1", "a", "2018-03-31", null, "NEG", "NEG"], ["p2", "a", "2017-01-01", "2018-03-31", "MUL", "MUL"],
    ["p3", "b", "2019-04-01", "2019-03-01", "PHY", null], ["p4", null, null, null, "EMO", "EMO"],
    ["p5", "z", "2020-02-29", null, null, "SAB"]]},
  "cp_plan_category": {"columns": ["cp_plan_id", "stage", "category"], "rows": [
    ["p2", "latest", "NEG"], ["p2", "initial", "PHY"]]},
  "referral": {"columns": ["referral_id", "child_id", "referral_date", "closure_date", "referral_source"], "rows": [
    ["r1", "a", "2018-12-24", null, "1A"], ["r2", "a", "2019-12-24", "2020-01-31", null],
    ["r3", "c", null, null, "6"]]},
  "assessment": {"columns": ["assessment_id", "referral_id", "child_id", "start_date", "authorised_date"], "rows": [
    ["s1", "r1", "a", "2018-12-27", "2019-02-28"], ["s2", "r2", "a", "2019-12-27", null]]},
  "assessment_factor": {"columns": ["assessment_id", "factor"], "rows": [["s1", "3A"], ["s1", null]]}
}}]})";

inline const dataset& tiny_dataset() {
    static const std::vector<definition_case> cases = parse_cases(tiny_rows, "tiny_dataset.hpp");
    static const dataset data = detail::case_table_reader(canonical_schema(), cases.front()).read();
    return data;
}

/// Asks both engines about an indicator; they must agree cell by cell, and either may refuse.
inline void ask_both_engines(const indicator_set& set, const std::string& id) {
    const dataset& data = tiny_dataset();  // made out here: what is wrong with the rows themselves is no refusal
    evaluation_request request;
    request.periods = {parse_period("2018-19"), parse_period("2019-20 Q1"), parse_period("2020-02"),
                       parse_period("2020-02-29")};
    request.breakdowns = {{"default"}};
    results fast, slow;
    try {
        fast = evaluate(set, {id}, data, request);
        request.force_reference = true;
        slow = evaluate(set, {id}, data, request);
    } catch (const error&) {
        return;
    }
    require(fast.indicators.front().cells == slow.indicators.front().cells, "both engines give the same cells",
            fast.indicators.front().meaning);
}

}  // namespace fuzz
