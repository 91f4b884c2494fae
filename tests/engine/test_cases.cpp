// A case fails for every figure it names that the answer does not have.
#include "catch.hpp"

#include <goldenthread/engine/run_case.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace goldenthread;

namespace {

/// The differences of a case of a share by category: one plan of two is for neglect, a third has no category.
std::vector<std::string> differences(const std::string& expect) {
    static const indicator_set set = [] {
        indicator_set own;
        parse_indicators(own, R"j({"format": "goldenthread/indicators@1", "indicators": [{"id": "test.neglect", "title": "T",
            "measure": {"kind": "share", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)", "numerator": "latest_category = 'NEG'"},
            "breakdowns": [{"name": "category", "value": "initial_category"}]}]})j", "f.json");
        return own;
    }();
    const std::string text = R"({"indicator": "test.neglect", "cases": [{"title": "T", "period": "2018-19", "breakdown": "category",
        "tables": {"cp_plan": {"columns": ["cp_plan_id", "child_id", "start_date", "initial_category", "latest_category"],
            "rows": [["p1", "c1", "2018-05-01", "NEG", "NEG"], ["p2", "c2", "2018-05-01", "NEG", "EMO"], ["p3", "c3", "2018-05-01", "NEG", null]]}},
        "expect": )" + expect + "}]}";
    return run_case(canonical_schema(), set, parse_cases(text, "case.json").front()).differences;
}

std::string neglect_cell(const std::string& counts) {
    return R"({"value": 0.333333333333, "numerator": 1, "denominator": 3, "unknown": 1, "state": "value",
               "cells": [{"key": {"category": "NEG"}, "value": 0.333333333333, "state": "value")" + counts + "}]}";
}

}  // namespace

TEST_CASE("a case compares every count of every cell that it names") {
    CHECK(differences(neglect_cell("")).empty());
    CHECK(differences(neglect_cell(R"(, "numerator": 1, "denominator": 3, "unknown": 1)")).empty());
    CHECK(differences(neglect_cell(R"(, "numerator": 2)")) == std::vector<std::string>{"cell category=NEG numerator: expected 2, got 1"});
    CHECK(differences(neglect_cell(R"(, "denominator": 2)")) == std::vector<std::string>{"cell category=NEG denominator: expected 2, got 3"});
    CHECK(differences(neglect_cell(R"(, "unknown": 0)")) == std::vector<std::string>{"cell category=NEG unknown: expected 0, got 1"});
    CHECK(differences(neglect_cell(R"(, "denominator": null)")) == std::vector<std::string>{"cell category=NEG denominator: expected null, got 3"});
}
