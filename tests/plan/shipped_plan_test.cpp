// What the Leicester plan holds, counted.
#include <goldenthread/plan/find_element.hpp>
#include <goldenthread/plan/plan_counts.hpp>
#include <goldenthread/plan/plan_links.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include "catch.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gt = goldenthread;
using texts = std::vector<std::string>;

namespace {

gt::plan leicester() { return gt::shipped_plan("leicester_2018_2020"); }

texts targets_of(const gt::plan& p, const char* id) {
    texts result;
    for (const gt::plan_link& link : gt::links_from(p, id)) result.push_back(link.to);
    std::sort(result.begin(), result.end());
    return result;
}

/// Ids of the quantitative lines linked directly to an element.
texts figures_of(const gt::plan& p, const char* id) {
    texts result;
    for (const gt::plan_link& link : gt::links_to(p, id)) {
        const gt::evidence_line* line = gt::find_evidence_line(p, link.from);
        if (line != nullptr && line->is_quantitative()) result.push_back(line->id);
    }
    return result;
}

}  // namespace

TEST_CASE("the Leicester plan is complete") {
    const gt::plan p = leicester();
    gt::plan_counts expected;
    expected.objectives = 5;
    expected.themes = 5;
    expected.priorities = 8;
    expected.outcome_statements = 14;
    expected.assurance_activities = 49;
    expected.evidence_lines = 43;
    expected.quantitative = 35;
    expected.qualitative = 8;
    expected.measures = 37;
    expected.indicators = 42;
    expected.golden_threads = 4;
    expected.governance = 10;
    CHECK(gt::count_elements(p) == expected);
    CHECK(p.bodies.size() == 9);
    CHECK(p.first_year == 2018);
    CHECK(p.last_year == 2020);
    CHECK_FALSE(p.first_day.is_specified());
    CHECK_FALSE(p.last_day.is_specified());

    std::vector<std::size_t> statements, activities, lines;
    for (const gt::priority& each : p.priorities) {
        statements.push_back(each.outcome_statements.size());
        activities.push_back(each.assurance_activities.size());
        lines.push_back(each.evidence_lines.size());
    }
    CHECK(statements == std::vector<std::size_t>{1, 4, 4, 1, 1, 1, 1, 1});
    CHECK(activities == std::vector<std::size_t>{7, 8, 7, 5, 5, 7, 6, 4});
    CHECK(lines == std::vector<std::size_t>{5, 7, 6, 4, 4, 5, 7, 5});
}

TEST_CASE("ids are numbered without a gap") {
    const gt::plan p = leicester();
    std::vector<std::pair<std::string, int>> last;
    for (const std::string& id : gt::all_element_ids(p)) {
        const std::size_t digits = id.find_last_not_of("0123456789") + 1;
        const std::string series = id.substr(0, digits);
        const int number = std::stoi(id.substr(digits));
        const auto known =
            std::find_if(last.begin(), last.end(), [&](const auto& each) { return each.first == series; });
        CHECK(number == (known == last.end() ? 1 : known->second + 1));
        if (known == last.end()) {
            last.emplace_back(series, number);
        } else {
            known->second = number;
        }
    }
}

TEST_CASE("qualitative lines are the eight, and the private fostering report is both") {
    texts qualitative, both;
    for (const gt::evidence_line& line : gt::all_evidence_lines(leicester())) {
        if (line.kind == gt::evidence_kind::qualitative) qualitative.push_back(line.id);
        if (line.kind == gt::evidence_kind::both) both.push_back(line.id);
        CHECK(line.record_kinds.empty() == (line.kind == gt::evidence_kind::quantitative));
        CHECK(line.indicators.empty() == !line.is_quantitative());
    }
    CHECK(qualitative == texts{"P1.E1", "P1.E2", "P2.E1", "P4.E1", "P5.E1", "P6.E5", "P7.E1", "P8.E1"});
    CHECK(both == texts{"P3.E6"});
}

TEST_CASE("every evidence line names its indicators") {
    const std::vector<std::pair<std::string, texts>> expected = {
        {"P1.E1", {}},
        {"P1.E2", {}},
        {"P1.E3", {"domestic_abuse.repeat_incidents_child_present"}},
        {"P1.E4", {"domestic_abuse.school_notifications"}},
        {"P1.E5", {"domestic_abuse.victims_16_17"}},
        {"P2.E1", {}},
        {"P2.E2", {"child_sexual_abuse.cp_plans_by_category"}},
        {"P2.E3", {"child_sexual_abuse.disruptions"}},
        {"P2.E4", {"child_sexual_abuse.successful_prosecutions"}},
        {"P2.E5", {"child_sexual_abuse.high_risk_cases"}},
        {"P2.E6", {"child_sexual_abuse.child_profile"}},
        {"P2.E7", {"child_sexual_abuse.problem_profile"}},
        {"P3.E1", {"early_help.assessments_per_10000"}},
        {"P3.E2", {"early_help.assessments_by_source"}},
        {"P3.E3", {"early_help.assessments_by_concern"}},
        {"P3.E4", {"early_help.assessment_quality"}},
        {"P3.E5", {"early_help.conversion_to_cin", "early_help.conversion_to_conference", "early_help.stepped_down"}},
        {"P3.E6",
         {"private_fostering.notifications", "private_fostering.began", "private_fostering.ended",
          "private_fostering.open", "private_fostering.first_visit_on_time", "private_fostering.regular_visits"}},
        {"P4.E1", {}},
        {"P4.E2", {"multiple_vulnerability.cin"}},
        {"P4.E3", {"multiple_vulnerability.cp"}},
        {"P4.E4", {"multiple_vulnerability.looked_after_parental_aces"}},
        {"P5.E1", {}},
        {"P5.E2", {"unborn.cin_with_pre_birth_assessment"}},
        {"P5.E3", {"unborn.cp_with_pre_birth_assessment"}},
        {"P5.E4", {"unborn.pre_birth_assessments_parental_aces"}},
        {"P6.E1", {"neglect.cin_open_over_18_months"}},
        {"P6.E2", {"neglect.cp_plan_over_12_months"}},
        {"P6.E3", {"neglect.cp_plan_second_time"}},
        {"P6.E4", {"neglect.toolkits_completed"}},
        {"P6.E5", {}},
        {"P7.E1", {}},
        {"P7.E2", {"mental_health.wait_to_assessment"}},
        {"P7.E3", {"mental_health.wait_to_treatment"}},
        {"P7.E4", {"mental_health.self_harm_presentations"}},
        {"P7.E5", {"mental_health.crisis_starts"}},
        {"P7.E6", {"mental_health.crisis_ends"}},
        {"P7.E7", {"mental_health.adult_beds"}},
        {"P8.E1", {}},
        {"P8.E2", {"poverty.cin_poverty"}},
        {"P8.E3", {"poverty.cin_homelessness"}},
        {"P8.E4", {"poverty.cin_no_recourse"}},
        {"P8.E5", {"poverty.homeless_16_17"}},
    };
    const gt::plan p = leicester();
    std::vector<std::pair<std::string, texts>> found;
    for (const gt::evidence_line& line : gt::all_evidence_lines(p)) found.emplace_back(line.id, line.indicators);
    CHECK(found == expected);
    CHECK(gt::indicator_ids(p).size() == 42);
    CHECK(gt::lines_of_indicator(p, "early_help.stepped_down") == texts{"P3.E5"});
    CHECK(gt::lines_of_indicator(p, "standard.contacts").empty());
}

TEST_CASE("every activity says what shows it and when it is done, and that this is inferred") {
    for (const gt::priority& each : leicester().priorities) {
        for (const gt::assurance_activity& activity : each.assurance_activities) {
            CHECK(activity.record_kinds.size() == (activity.id == "P4.A3" ? 2U : 1U));
            CHECK(activity.done_when.from() == gt::provenance::inferred);
            CHECK_FALSE(activity.done_when.reason().empty());
        }
    }
    const gt::plan p = leicester();
    CHECK(gt::find_activity(p, "P4.A3")->record_kinds == texts{"PERFORMANCE_MONITORING", "REPORT"});
    CHECK(gt::find_activity(p, "P7.A3")->record_kinds == texts{"PERFORMANCE_MONITORING"});
    CHECK(gt::find_activity(p, "P8.A4")->record_kinds == texts{"GUIDANCE"});
}

TEST_CASE("what the plan does not say is unspecified") {
    const gt::plan p = leicester();
    for (const gt::objective& each : p.objectives) CHECK_FALSE(each.lead.is_specified());
    for (const gt::theme& each : p.themes) CHECK_FALSE(each.lead.is_specified());
    for (const gt::golden_thread& each : p.golden_threads) CHECK_FALSE(each.lead.is_specified());
    for (const gt::priority& each : p.priorities) {
        CHECK_FALSE(each.lead.is_specified());
        for (const gt::assurance_activity& activity : each.assurance_activities) {
            CHECK_FALSE(activity.owner.is_specified());
            CHECK_FALSE(activity.due_date.is_specified());
            CHECK_FALSE(activity.milestones.is_specified());
        }
    }
    texts with_breakdown, with_period;
    for (const gt::evidence_line& line : gt::all_evidence_lines(p)) {
        for (const gt::stated_value* value :
             {&line.owner, &line.target, &line.baseline, &line.tolerance, &line.polarity, &line.geography}) {
            CHECK(value->shown() == "unspecified");
        }
        if (line.breakdowns.is_specified()) with_breakdown.push_back(line.id);
        if (line.reporting_period.is_specified()) with_period.push_back(line.id);
        // What is stated stands in the line, and so do the words it leaves undefined.
        CHECK(line.text.find(line.breakdowns.text()) != std::string::npos);
        CHECK(line.text.find(line.reporting_period.text()) != std::string::npos);
        for (const std::string& term : line.undefined_terms) CHECK(line.text.find(term) != std::string::npos);
    }
    CHECK(with_breakdown == texts{"P2.E2", "P2.E6", "P2.E7", "P3.E2", "P3.E3"});
    CHECK(with_period == texts{"P3.E6"});
}

TEST_CASE("links of the Leicester plan") {
    const gt::plan p = leicester();
    CHECK(p.links.size() == 301);
    CHECK(targets_of(p, "P1") == texts{"O1", "O2", "T2"});
    CHECK(targets_of(p, "P4") == texts{"O2", "O3", "T2"});
    CHECK(targets_of(p, "P4.E4") == texts{"G1", "G2", "O3"});
    CHECK(targets_of(p, "P3.E4") == texts{"G1", "G3", "O4"});
    CHECK(targets_of(p, "P3.A7") == texts{"D1", "G1", "O2"});
    CHECK(targets_of(p, "P2.S3") == texts{"P2.E1", "P2.E2", "P2.E5", "P2.E6"});
    CHECK(targets_of(p, "P3.S3") == texts{"P3.A1"});
    CHECK(targets_of(p, "standard.contacts") == texts{"O1", "P3.S2", "T1"});
    CHECK(targets_of(p, "D2").size() == 22);
    CHECK(figures_of(p, "G1").size() == 35);
    CHECK(figures_of(p, "G4") == texts{"P1.E5", "P8.E5", "P7.E7"});

    for (const gt::plan_link& link : p.links) {
        CHECK_FALSE(link.reason.empty());
        // The plan itself links nothing but the bodies it names.
        CHECK((link.how == gt::provenance::stated) == (link.to.front() == 'B' && !link.weak));
    }
}

TEST_CASE("every element has a place in the line of sight") {
    const gt::plan p = leicester();
    for (const std::string& id : gt::all_element_ids(p)) {
        INFO(id);
        CHECK_FALSE((gt::links_from(p, id).empty() && gt::links_to(p, id).empty()));
    }
}

TEST_CASE("what the plan's own lines leave without figures stays visible") {
    const gt::plan p = leicester();
    CHECK(figures_of(p, "O5").empty());
    CHECK(figures_of(p, "O4") == texts{"P3.E4"});
    CHECK(figures_of(p, "O3") == texts{"P4.E4"});

    std::set<std::string> with_gap;
    for (const gt::evidence_gap& gap : p.gaps) {
        with_gap.insert(gap.element);
        CHECK(gt::element_at(p, gap.element).element->text.find(gap.words) != std::string::npos);
    }
    CHECK(with_gap == std::set<std::string>{"P2.S1", "P2.S2", "P3.S2", "P3.S3", "P6.S1", "P7.S1", "P8.S1", "O1", "T1",
                                            "T2", "T3", "T5"});
    for (const gt::supporting_indicator& each : p.supporting_indicators) {
        CHECK(each.note.rfind("Not a line of the plan", 0) == 0);
        CHECK(gt::lines_of_indicator(p, each.id).empty());
    }
}

TEST_CASE("abbreviations are kept as written") {
    texts unexpanded;
    for (const gt::acronym& each : leicester().acronyms) {
        if (!each.meaning.is_specified()) unexpanded.push_back(each.term);
        CHECK((each.meaning.from() == gt::provenance::stated) == (each.term == "EHA"));
    }
    CHECK(unexpanded == texts{"PAAG"});
}
