// Threads followed in both directions, links taken out, and what the linter prints.
#include <goldenthread/core/error.hpp>
#include <goldenthread/plan/lint_plan.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include "catch.hpp"
#include "small_plan.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace gt = goldenthread;
using texts = std::vector<std::string>;

namespace {

texts ids(const std::vector<gt::sight_step>& steps) {
    texts result;
    for (const gt::sight_step& each : steps) result.push_back(each.element);
    return result;
}

texts elements_of(const std::vector<gt::lint_finding>& findings, gt::lint_rule rule) {
    texts result;
    for (const gt::lint_finding& each : findings) {
        if (each.rule == rule) result.push_back(each.element);
    }
    return result;
}

/// Ids of the elements and supporting indicators of a plan.
texts all_ids(const gt::plan& p) {
    texts result = gt::all_element_ids(p);
    for (const gt::supporting_indicator& each : p.supporting_indicators) result.push_back(each.id);
    return result;
}

}  // namespace

TEST_CASE("a thread is followed down to measures and activities, and a line up to what it serves") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    const gt::plan_walker walker(p);
    const gt::followed_thread lived = walker.follow("G2");
    CHECK(lived.element == "G2");
    const texts activities = ids(lived.activities);
    for (const char* id : {"P1.A6", "P2.A6", "P3.A6", "P4.A4", "P6.A4", "P7.A6"}) {
        CHECK(std::count(activities.begin(), activities.end(), id) == 1);
    }
    CHECK(lived.measures == texts{"multiple_vulnerability.looked_after_parental_aces"});
    for (const gt::sight_step& each : lived.activities) {
        CHECK(each.how == gt::provenance::inferred);
        CHECK_FALSE(each.reason.empty());
    }
    CHECK(walker.follow("golden_thread.lived_experience").element == "G2");
    CHECK_THROWS_AS(walker.follow("G9"), gt::definition_error);
}

TEST_CASE("what follows from an element is what leads up to it: both directions agree on every pair") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    const gt::plan_walker walker(p);
    std::map<std::string, texts> all_above;
    for (const std::string& lower : all_ids(p)) all_above[lower] = ids(walker.line_of_sight(lower));
    for (const std::string& upper : gt::all_element_ids(p)) {
        const gt::followed_thread thread = walker.follow(upper);
        texts below;
        for (const auto* part :
             {&thread.statements, &thread.activities, &thread.evidence, &thread.others, &thread.supporting}) {
            const texts these = ids(*part);
            below.insert(below.end(), these.begin(), these.end());
        }
        for (const auto& [lower, above] : all_above) {
            const bool reaches = std::count(above.begin(), above.end(), upper) == 1;
            if (reaches != (std::count(below.begin(), below.end(), lower) == 1)) FAIL(lower << " and " << upper);
        }
    }
}

TEST_CASE("the board takes out an inferred link; what is stated stays") {
    const gt::plan p = gt::parse_plan(small_plan());
    CHECK(ids(gt::plan_walker(p).follow("O1").others) == texts{"P1"});
    const gt::plan without = gt::without_link(p, "P1", "O1");
    CHECK(gt::plan_walker(without).follow("O1").others.empty());
    CHECK(without.links.size() + 1 == p.links.size());
    CHECK_THROWS_WITH(gt::without_link(p, "P1.S1", "P1.E1"), Catch::Contains("is the plan's own"));
    CHECK_THROWS_WITH(gt::without_link(p, "P1", "T1"), Catch::Contains("there is no link from 'P1' to 'T1'"));
    CHECK(gt::without_inferred_links(p).links.size() == 1);
    const gt::plan_walker walker(p);
    CHECK(walker.follow("P1.S1", true).measures == texts{"neglect.toolkits_completed"});
    CHECK(walker.follow("O1", true).others.empty());
}

TEST_CASE("a thread that comes back to itself is refused, with the way it runs") {
    const std::string circle = small_plan_with(
        R"({"from": "P1", "to": "O1", "provenance": "inferred", "reason": "neglect is harm", "weak": true},)",
        R"({"from": "O1", "to": "T1", "provenance": "stated"},
                                                  {"from": "T1", "to": "G1", "provenance": "stated"},
                                                  {"from": "G1", "to": "O1", "provenance": "stated"},)");
    CHECK_THROWS_WITH(
        gt::parse_plan(circle, "little.json"),
        Catch::Contains("the links run in a circle: O1 → T1 → G1 → O1") && Catch::Contains("at /links/2"));
}

TEST_CASE("an activity that would be done before it begins, or so often, is refused") {
    const auto message = [](const char* fields) { return std::string(R"("record_kinds": ["TRAINING"], )") + fields; };
    const auto plan_with = [&](const char* fields) {
        return gt::parse_plan(small_plan_with(R"("record_kinds": ["TRAINING"],)", message(fields)), "little.json");
    };
    CHECK_THROWS_WITH(plan_with(R"("starts": {"stated": "2021-06-01"}, "due_date": {"stated": "2021-05-31"},)"),
                      Catch::Contains("'P1.A1' would be done on 2021-05-31 before it begins on 2021-06-01"));
    CHECK_THROWS_WITH(plan_with(R"("repeats": {"stated": "monthly"},)"), Catch::Contains("does not say how often"));
    const gt::plan p = plan_with(
        R"("starts": {"stated": "2021-06-01"}, "due_date": {"stated": "2021-06-01"}, "repeats": {"stated": "each period"}, "agencies": ["Police"],)");
    CHECK(gt::find_activity(p, "P1.A1")->agencies == texts{"Police"});
    CHECK(gt::parse_plan(gt::to_json(p)) == p);
}

TEST_CASE("the linter names what nothing shows, with the plan's own lines") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    std::vector<std::string> defined = gt::indicator_ids(p);
    for (const gt::supporting_indicator& each : p.supporting_indicators) defined.push_back(each.id);
    const std::vector<gt::lint_finding> found = gt::lint_plan(p, defined);
    using rule = gt::lint_rule;
    CHECK(elements_of(found, rule::without_measurable_evidence) == texts{"O5", "P2.S1", "P2.S2", "P3.S2", "P3.S3"});
    CHECK(elements_of(found, rule::activity_without_date).size() == 49);
    CHECK(elements_of(found, rule::measure_without_definition).empty());
    CHECK(elements_of(found, rule::measure_not_asked_for).size() == p.supporting_indicators.size());
    CHECK(elements_of(found, rule::words_without_evidence).size() == p.gaps.size());
    for (const gt::lint_finding& each : found) {
        CHECK_FALSE(each.message.empty());
        if (each.element == "O5") CHECK(each.lines == gt::line_range{11, 11});
    }
    const std::vector<gt::lint_finding> slip = gt::lint_plan(p, {"neglect.toolkit_completed"});
    const auto named = std::find_if(slip.begin(), slip.end(), [](const gt::lint_finding& each) {
        return each.rule == rule::measure_without_definition && each.element == "P6.E4";
    });
    REQUIRE(named != slip.end());
    CHECK(named->message ==
          "there is no indicator 'neglect.toolkits_completed'; did you mean 'neglect.toolkit_completed'?");
}

TEST_CASE("a link from a statement to a line takes it off the list") {
    gt::plan p = gt::shipped_plan("leicester_2018_2020");
    p.links.push_back(
        {"P3.S2", "P3.E1", gt::provenance::inferred, "the board's reading", false, "Board", "2018-09-01", {}});
    const auto found = gt::lint_plan(p, gt::indicator_ids(p));
    CHECK(elements_of(found, gt::lint_rule::without_measurable_evidence) == texts{"O5", "P2.S1", "P2.S2", "P3.S3"});
}
