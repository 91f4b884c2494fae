// Two definitions side by side: what changed, and whether the meaning did.
#include "catch.hpp"

#include <goldenthread/definitions/mutant.hpp>
#include <goldenthread/engine/definition_difference.hpp>
#include <goldenthread/engine/run_case.hpp>

#include <algorithm>
#include <string>

using namespace goldenthread;

namespace {

indicator_set definitions(const std::string& where, const std::string& more = "",
                          const std::string& title = "Long plans",
                          const std::string& filter = "open(start_date, end_date)") {
    indicator_set set;
    parse_indicators(set,
                     R"j({"format": "goldenthread/indicators@1",
        "filters": [{"name": "ours", "on": "cp_plan", "is": ")j" +
                         filter + R"j("}],
        "indicators": [{"id": "own.long_plans", "title": ")j" +
                         title + R"j(", "parameters": {"months": {"default": 12}},
            "measure": {"kind": "count", "of": "cp_plan", "timing": "at", "where": ")j" +
                         where + "\"}" + more + "}]}",
                     "own.indicators.json");
    return set;
}

const std::string over = "ours and start_date < as_at - :months months";

definition_difference difference(const indicator_set& before, const indicator_set& after) {
    return compare_definitions(canonical_schema(), before, "own.long_plans", after, "own.long_plans");
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("nothing changed, or words only") {
    CHECK(difference(definitions(over), definitions(over)).changes.empty());
    CHECK(to_text(difference(definitions(over), definitions(over))) == "own.long_plans: nothing changed.");
    const definition_difference d = difference(definitions(over), definitions(over, "", "Plans of more than a year"));
    CHECK(d.same_meaning());
    REQUIRE(d.changes.size() == 1);
    CHECK(d.changes[0].part == changed_part::words);
    CHECK(d.changes[0].place == "/title");
    CHECK(contains(to_text(d), "same meaning"));
    CHECK(contains(to_text(d), "words /title: 'Long plans' became 'Plans of more than a year'"));
}

TEST_CASE("a condition that changed is said in English too") {
    const definition_difference d =
        difference(definitions(over), definitions("ours and start_date <= as_at - :months months"));
    CHECK_FALSE(d.same_meaning());
    REQUIRE(d.changes.size() == 1);
    CHECK(d.changes[0].place == "/measure/where");
    CHECK(contains(d.changes[0].before_english, "more than 12 months before"));
    CHECK(contains(d.changes[0].after_english, "12 months or more before"));
    CHECK(contains(to_text(d), "the meaning changed"));
    CHECK(contains(to_text(d), "is:  " + d.meaning_after));
}

TEST_CASE("parameters, conventions, shared filters, breakdowns and cases each have their own part") {
    const std::string a_case =
        R"({"title": "None", "tables": {"cp_plan": {"columns": ["child_id"], "rows": []}}, "period": "2019-20", "expect": 0})";
    const indicator_set before = definitions(over);
    indicator_set longer = before;
    longer.indicators[0].parameters[0].standard = "13";
    longer.indicators[0].parameters[0].standard_binding = bind_parameter(before.indicators[0].parameters[0], "13");
    CHECK(difference(before, longer).changes[0].place == "/parameters/months/default");
    CHECK_FALSE(difference(before, longer).same_meaning());

    const definition_difference convention =
        difference(before, definitions(over, R"(, "conventions": {"end_day": "inclusive"})"));
    REQUIRE(convention.changes.size() == 1);
    CHECK(convention.changes[0].part == changed_part::convention);
    CHECK(contains(to_text(convention), "'exclusive' became 'inclusive'"));

    const definition_difference filter = difference(
        before,
        definitions(over, "", "Long plans", "open(start_date, end_date) and not coalesce(other_authority, false)"));
    REQUIRE(filter.changes.size() == 1);
    CHECK(filter.changes[0].place == "/filters/ours/is");
    CHECK_FALSE(filter.same_meaning());

    const definition_difference more =
        difference(before, definitions(over, R"(, "breakdowns": ["sex"], "cases": [)" + a_case + "]"));
    CHECK(more.same_meaning());
    REQUIRE(more.changes.size() == 2);
    CHECK(more.changes[0].place == "/breakdowns/sex");
    CHECK(contains(to_text(more), "cases /cases/None: added"));
    CHECK(contains(to_text(difference(definitions(over, R"(, "cases": [)" + a_case + "]"), before)),
                   "cases /cases/None: taken out"));
}

TEST_CASE("another spelling of the same meaning is said to be the same") {
    const definition_difference d =
        difference(definitions("start_date is not null and during(start_date)"), definitions("happened(start_date)"));
    CHECK(d.same_meaning());
    CHECK(d.changes.size() == 1);
}

TEST_CASE("every slot is compared: each mistake that mutation makes in a shipped definition shows at its place") {
    const indicator_set& shipped = shipped_indicators();
    for (const indicator& i : shipped.indicators) {
        INFO(i.id);
        CHECK(compare_definitions(canonical_schema(), shipped, i.id, shipped, i.id).changes.empty());
        for (const mutant& m : make_mutants(canonical_schema(), shipped, i)) {
            INFO(m.id);
            indicator_set changed;
            changed.filters = shipped.filters;
            changed.indicators.push_back(*m.indicator);
            changed.indicators.back().cases = i.cases;
            definition_difference d;
            try {
                d = compare_definitions(canonical_schema(), shipped, i.id, changed, i.id);
            } catch (const definition_error&) {
                continue;  // a mistake that does not fit the tables
            }
            const auto at_its_place = [&](const definition_change& c) {
                return c.place.rfind(m.place.substr(0, m.place.find_last_of('/')), 0) == 0;
            };
            CHECK(std::any_of(d.changes.begin(), d.changes.end(), at_its_place));
        }
    }
}

TEST_CASE("the hash of a definition is that of its results, and follows parameters") {
    const indicator_set& shipped = shipped_indicators();
    const std::string id = "neglect.toolkits_completed";
    const definition_case& c = shipped[id].cases.front();
    const results all = evaluate(canonical_schema(), shipped, {id}, dataset_of(canonical_schema(), c), request_of(c));
    CHECK(definition_hash(canonical_schema(), shipped, id, {{id + ":unit", "family"}}) ==
          all.indicators.front().definition_hash);
    CHECK(definition_hash(canonical_schema(), shipped, id) != all.indicators.front().definition_hash);
    CHECK_THROWS_AS(definition_hash(canonical_schema(), shipped, "neglect.toolkits"), definition_error);
}
