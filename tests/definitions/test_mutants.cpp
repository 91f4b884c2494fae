// Mistakes made in definitions: each rule on the smallest expression that shows it.
#include "catch.hpp"

#include <goldenthread/definitions/mutant.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace goldenthread;

namespace {

/// "rule: after" of every mutant of a where, nothing else of the definition.
std::vector<std::string> of_where(const std::string& table, const std::string& where,
                                  const std::string& parameters = "{}") {
    indicator_set set;
    parse_indicators(set,
                     R"j({"format": "goldenthread/indicators@1", "filters": [
        {"name": "has_category", "on": "cp_plan", "arguments": ["stage"], "is": "any(cp_plan_category by cp_plan_id where stage = :stage)"}],
        "indicators": [{"id": "own.one", "title": "One", "parameters": )j" +
                         parameters + R"j(, "measure": {"kind": "count", "of": ")j" + table +
                         R"j(", "timing": "in", "where": ")j" + where + R"j("}}]})j",
                     "own.indicators.json");
    std::vector<std::string> found;
    for (const mutant& m : make_mutants(canonical_schema(), set, set["own.one"])) {
        if (m.place == "/measure/where")
            found.push_back(m.rule + ": " + (m.after.empty() ? "without " + m.before : m.after));
    }
    return found;
}

void check_found(const std::vector<std::string>& found, const std::vector<std::string>& wanted) {
    for (const std::string& each : wanted) {
        INFO("wanted: " << each);
        std::string all;
        for (const std::string& f : found) all += f + "\n";
        INFO("found:\n" << all);
        CHECK(std::find(found.begin(), found.end(), each) != found.end());
    }
}

}  // namespace

TEST_CASE("every comparison's boundary, every length and every unit") {
    check_found(of_where("cp_plan", "start_date < as_at - 18 months"),
                {"boundary: start_date <= as_at - 18 months", "duration: start_date < as_at - 17 months",
                 "duration: start_date < as_at - 19 months", "unit: start_date < as_at - 547 days",
                 "arithmetic: as_at + 18 months", "period: start_date < period.first - 18 months",
                 "dropped: without start_date < as_at - 18 months"});
    check_found(of_where("cp_plan", "start_date >= as_at - 15 working days"),
                {"boundary: start_date > as_at - 15 working days", "unit: start_date >= as_at - 15 days"});
    check_found(of_where("cp_plan", "start_date > as_at - :months months", R"({"months": {"default": 12}})"),
                {"unit: start_date > as_at - 365 days"});
    check_found(of_where("cp_plan", "number_of_previous_plans >= 1"),
                {"boundary: number_of_previous_plans > 1", "number: number_of_previous_plans >= 0",
                 "number: number_of_previous_plans >= 2"});
}

TEST_CASE("codes: another, one more, one less, another group") {
    check_found(of_where("cp_plan", "latest_category = 'NEG'"),
                {"comparison: latest_category != 'NEG'", "code: latest_category = 'PHY'",
                 "code: latest_category in ('NEG', 'PHY')"});
    check_found(of_where("cp_plan", "latest_category in ('NEG', 'PHY')"),
                {"code: latest_category in ('PHY')", "code: latest_category in ('NEG')",
                 "code: latest_category in ('NEG', 'PHY', 'SAB')"});
    const std::vector<std::string> of_group = of_where("assessment_factor", "factor in group('neglect')");
    CHECK(std::count_if(of_group.begin(), of_group.end(),
                        [](const std::string& f) { return f.rfind("code: factor in group(", 0) == 0; }) == 1);
    check_found(of_where("cp_plan", "has_category('initial')"), {"code: has_category('latest')"});
}

TEST_CASE("a chain loses its clauses one by one, and its connectives change one by one") {
    const std::vector<std::string> found =
        of_where("cp_plan", "other_authority and during(start_date) and end_date is null");
    check_found(found, {"dropped: without other_authority", "dropped: without during(start_date)",
                        "dropped: without end_date is null",
                        "logic: other_authority and during(start_date) or end_date is null",
                        "logic: other_authority or during(start_date)", "comparison: end_date is not null"});
    CHECK(std::count_if(found.begin(), found.end(), [](const std::string& f) { return f.rfind("dropped", 0) == 0; }) ==
          3);
}

TEST_CASE("the ends of stays, periods and ranges") {
    check_found(of_where("cp_plan", "open(start_date, end_date)"),
                {"end: start_date < as_at and (end_date is null or end_date > as_at)",
                 "end: start_date <= as_at and (end_date is null or end_date >= as_at)", "end: start_date <= as_at",
                 "end: end_date is null or end_date > as_at", "end: start_date <= as_at and end_date > as_at"});
    check_found(of_where("cp_plan", "happened(end_date)"),
                {"end: end_date is not null and (end_date > period.first and end_date <= period.last)",
                 "unknown: during(end_date)"});
    check_found(
        of_where("cp_plan", "number_of_previous_plans between 1 and 3"),
        {"end: number_of_previous_plans > 1 and number_of_previous_plans <= 3", "end: number_of_previous_plans >= 1",
         "end: number_of_previous_plans <= 3", "number: number_of_previous_plans between 2 and 3"});
}

TEST_CASE("related rows: first for last, a key or condition less, distinct") {
    check_found(
        of_where("cp_plan",
                 "last(cp_review as r by cp_plan_id where r.review_date <= as_at order by r.review_date, "
                 "r.cp_plan_id).review_date = as_at"),
        {"position: first(cp_review as r by cp_plan_id where r.review_date <= as_at order by r.review_date, "
         "r.cp_plan_id).review_date",
         "key: last(cp_review as r by cp_plan_id where r.review_date <= as_at order by r.review_date).review_date",
         "dropped: without r.review_date <= as_at"});
    check_found(of_where("referral", "count(distinct assessment_id of assessment by referral_id) >= 2"),
                {"distinct: count(assessment by referral_id)",
                 "boundary: count(distinct assessment_id of assessment by referral_id) > 2"});
    check_found(
        of_where("referral",
                 "count(latest per (parent_id, ace) (parental_ace as e by child_id order by e.recorded_date)) >= 4"),
        {"key: count(latest per (ace) (parental_ace as e by child_id order by e.recorded_date))",
         "position: count(parental_ace as e by child_id)"});
}

TEST_CASE("what is not known read as no, negations, branches, coalesce") {
    check_found(of_where("cp_plan", "case when other_authority then unknown else true end"),
                {"unknown: case when other_authority then false else true end", "branch: unknown", "branch: true",
                 "truth: case when other_authority then unknown else false end"});
    check_found(of_where("cp_plan", "not coalesce(other_authority, false)"),
                {"negation: coalesce(other_authority, false)", "dropped: other_authority",
                 "truth: coalesce(other_authority, true)"});
    check_found(of_where("audit", "known(grade)"), {"unknown: true"});
}

TEST_CASE("ids name rule, place and change, and are different") {
    for (const indicator& i : shipped_indicators().indicators) {
        std::set<std::string> ids;
        for (const mutant& m : make_mutants(canonical_schema(), shipped_indicators(), i)) {
            INFO(m.id);
            CHECK(ids.insert(m.id).second);
            CHECK(m.id.rfind(m.rule + " /", 0) == 0);
            CHECK(std::any_of(mutation_rules.begin(), mutation_rules.end(),
                              [&](const mutation_rule& r) { return r.name == m.rule; }));
            CHECK(m.indicator != nullptr);
            CHECK(m.indicator->cases.empty());
        }
    }
}

TEST_CASE("parameters: every other choice, numbers one less and one more, list items") {
    indicator_set set;
    parse_indicators(set, R"({"format": "goldenthread/indicators@1", "indicators": [{"id": "own.two", "title": "Two",
        "parameters": {"months": {"default": 12}, "unit": {"default": "child", "choices": {"child": ["child_id"], "pair": ["child_id", "cp_plan_id"]}},
                       "categories": {"default": ["NEG", "PHY"]}},
        "measure": {"kind": "distinct", "of": "cp_plan", "timing": "at", "distinct": ":unit",
                    "where": "start_date < as_at - :months months and latest_category in :categories"}}]})",
                     "own.indicators.json");
    std::vector<std::string> ids;
    for (const mutant& m : make_mutants(canonical_schema(), set, set["own.two"])) ids.push_back(m.id);
    check_found(
        ids, {"parameter /parameters/months/default: 12 -> 11", "parameter /parameters/months/default: 12 -> 13",
              "parameter /parameters/unit/default: child -> pair",
              "key /parameters/unit/choices/pair: child_id, cp_plan_id -> child_id",
              "parameter /parameters/categories/default: ('NEG', 'PHY') -> ('PHY')",
              "parameter /parameters/categories/default: ('NEG', 'PHY') -> ('NEG', 'PHY', 'SAB')",
              "distinct /measure/distinct: :unit left out", "convention /conventions/end_day: exclusive -> inclusive"});
}
