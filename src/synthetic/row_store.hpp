// The rows of one family (or of the authority as a whole), a vector for each table.
#pragma once

#include "synthetic/rows.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace goldenthread::exampleshire {

struct row_store {
    std::vector<person_row> person;
    std::vector<person_disability_row> person_disability;
    std::vector<person_link_row> person_link;
    std::vector<contact_row> contact;
    std::vector<referral_row> referral;
    std::vector<assessment_row> assessment;
    std::vector<assessment_factor_row> assessment_factor;
    std::vector<cin_plan_row> cin_plan;
    std::vector<section_47_row> section_47;
    std::vector<initial_conference_row> initial_conference;
    std::vector<cp_plan_row> cp_plan;
    std::vector<cp_plan_category_row> cp_plan_category;
    std::vector<cp_review_row> cp_review;
    std::vector<looked_after_row> looked_after_episode;
    std::vector<missing_row> missing_episode;
    std::vector<population_row> population;
    std::vector<benchmark_row> benchmark;
    std::vector<supplied_figure_row> supplied_figure;
    std::vector<domestic_abuse_incident_row> domestic_abuse_incident;
    std::vector<domestic_abuse_incident_child_row> domestic_abuse_incident_child;
    std::vector<school_notification_row> school_notification;
    std::vector<cse_case_row> cse_case;
    std::vector<cse_risk_assessment_row> cse_risk_assessment;
    std::vector<cse_outcome_row> cse_outcome;
    std::vector<cse_concern_row> cse_concern;
    std::vector<early_help_assessment_row> early_help_assessment;
    std::vector<early_help_concern_row> early_help_concern;
    std::vector<early_help_episode_row> early_help_episode;
    std::vector<private_fostering_row> private_fostering;
    std::vector<private_fostering_visit_row> private_fostering_visit;
    std::vector<parental_ace_row> parental_ace;
    std::vector<audit_row> audit;
    std::vector<neglect_toolkit_row> neglect_toolkit;
    std::vector<camhs_pathway_row> camhs_pathway;
    std::vector<mh_presentation_row> mh_presentation;
    std::vector<crisis_spell_row> crisis_spell;
    std::vector<mh_bed_stay_row> mh_bed_stay;
    std::vector<housing_presentation_row> housing_presentation;
    std::vector<child_flag_row> child_flag;
    std::vector<training_attendance_row> training_attendance;
    std::vector<coverage_row> coverage;
    std::vector<assurance_record_row> assurance_record;
    std::vector<finding_row> finding;
    std::vector<action_row> action;
    std::vector<body_row> body;
    std::vector<body_member_row> body_member;
    std::vector<meeting_row> meeting;
    std::vector<agenda_item_row> agenda_item;
    std::vector<decision_row> decision;
    std::vector<challenge_row> challenge;
    std::vector<risk_row> risk;
    std::vector<risk_score_row> risk_score;
    std::vector<control_row> control;
    std::vector<document_row> document;
    std::vector<work_plan_row> work_plan;
};

inline constexpr std::size_t table_count = 55;

/// Calls `use(name, rows)` for every table, in the order of the canonical schema.
template <class Store, class Use>
void for_each_table(Store& s, Use&& use) {
    use("person", s.person);
    use("person_disability", s.person_disability);
    use("person_link", s.person_link);
    use("contact", s.contact);
    use("referral", s.referral);
    use("assessment", s.assessment);
    use("assessment_factor", s.assessment_factor);
    use("cin_plan", s.cin_plan);
    use("section_47", s.section_47);
    use("initial_conference", s.initial_conference);
    use("cp_plan", s.cp_plan);
    use("cp_plan_category", s.cp_plan_category);
    use("cp_review", s.cp_review);
    use("looked_after_episode", s.looked_after_episode);
    use("missing_episode", s.missing_episode);
    use("population", s.population);
    use("benchmark", s.benchmark);
    use("supplied_figure", s.supplied_figure);
    use("domestic_abuse_incident", s.domestic_abuse_incident);
    use("domestic_abuse_incident_child", s.domestic_abuse_incident_child);
    use("school_notification", s.school_notification);
    use("cse_case", s.cse_case);
    use("cse_risk_assessment", s.cse_risk_assessment);
    use("cse_outcome", s.cse_outcome);
    use("cse_concern", s.cse_concern);
    use("early_help_assessment", s.early_help_assessment);
    use("early_help_concern", s.early_help_concern);
    use("early_help_episode", s.early_help_episode);
    use("private_fostering", s.private_fostering);
    use("private_fostering_visit", s.private_fostering_visit);
    use("parental_ace", s.parental_ace);
    use("audit", s.audit);
    use("neglect_toolkit", s.neglect_toolkit);
    use("camhs_pathway", s.camhs_pathway);
    use("mh_presentation", s.mh_presentation);
    use("crisis_spell", s.crisis_spell);
    use("mh_bed_stay", s.mh_bed_stay);
    use("housing_presentation", s.housing_presentation);
    use("child_flag", s.child_flag);
    use("training_attendance", s.training_attendance);
    use("coverage", s.coverage);
    use("assurance_record", s.assurance_record);
    use("finding", s.finding);
    use("action", s.action);
    use("body", s.body);
    use("body_member", s.body_member);
    use("meeting", s.meeting);
    use("agenda_item", s.agenda_item);
    use("decision", s.decision);
    use("challenge", s.challenge);
    use("risk", s.risk);
    use("risk_score", s.risk_score);
    use("control", s.control);
    use("document", s.document);
    use("work_plan", s.work_plan);
}

/// How many rows each table has; a journey that ended before the period is undone back to it.
using row_mark = std::array<std::size_t, table_count>;

[[nodiscard]] inline row_mark mark_of(const row_store& store) {
    row_mark mark{};
    std::size_t i = 0;
    for_each_table(store, [&](std::string_view, const auto& rows) { mark[i++] = rows.size(); });
    return mark;
}

inline void roll_back(row_store& store, const row_mark& mark) {
    std::size_t i = 0;
    for_each_table(store, [&](std::string_view, auto& rows) {
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(mark[i++]), rows.end());
    });
}

inline void clear(row_store& store) {
    for_each_table(store, [](std::string_view, auto& rows) { rows.clear(); });
}

}  // namespace goldenthread::exampleshire
