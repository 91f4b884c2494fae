// Which columns each table has, in the order of the canonical schema: said once, read by every writer.
//
// A visitor has: id, date, flag, number (int64), code (category), label and text, each taking the column's name and
// its value or null; no_decimal is a decimal column in which every row is null.
#pragma once

#include "synthetic/rows.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <string>

namespace goldenthread::exampleshire {

inline constexpr identifier no_identifier{};

template <class V>
void visit_columns(V& v, const person_row& r) {
    const bool born = r.is_born_by(r.last);
    v.id("child_id", r.child);
    v.date("date_of_birth", born ? optional_day(r.born) : std::nullopt);
    v.code("date_of_birth_precision", born ? "day" : "");
    v.date("expected_date_of_birth", born ? std::nullopt : r.due);
    v.date("date_of_death", r.died);
    v.code("sex", born ? r.sex : "U");
    v.label("gender", "");
    v.code("ethnicity", r.ethnicity);
    v.flag("disabled", r.disabled);
    v.id("upn", no_identifier);
    v.id("former_child_id", no_identifier);
}
template <class V>
void visit_columns(V& v, const person_disability_row& r) {
    v.id("child_id", r.child);
    v.code("disability", r.disability);
}
template <class V>
void visit_columns(V& v, const contact_row& r) {
    v.id("contact_id", r.id);
    v.id("child_id", r.child);
    v.date("contact_date", r.date);
    v.code("source", r.source);
    v.label("outcome", r.outcome);
}
template <class V>
void visit_columns(V& v, const referral_row& r) {
    v.id("referral_id", r.id);
    v.id("child_id", r.child);
    v.date("referral_date", r.date);
    v.code("referral_source", r.source);
    v.code("primary_need", r.need);
    v.flag("referral_nfa", r.nfa);
    v.date("closure_date", r.closed);
    v.code("closure_reason", r.closure_reason);
}
template <class V>
void visit_columns(V& v, const assessment_row& r) {
    v.id("assessment_id", r.id);
    v.id("referral_id", r.referral);
    v.id("child_id", r.child);
    v.date("start_date", r.start);
    v.date("authorised_date", r.authorised);
    v.flag("factors_recorded", r.factors_recorded);
    v.flag("outcome_nfa", r.outcome_nfa);
    v.flag("pre_birth", r.pre_birth);
}
template <class V>
void visit_columns(V& v, const assessment_factor_row& r) {
    v.id("assessment_id", r.assessment);
    v.code("factor", r.factor);
}
template <class V>
void visit_columns(V& v, const cin_plan_row& r) {
    v.id("cin_plan_id", r.id);
    v.id("child_id", r.child);
    v.id("referral_id", r.referral);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
}
template <class V>
void visit_columns(V& v, const section_47_row& r) {
    v.id("section_47_id", r.id);
    v.id("child_id", r.child);
    v.id("referral_id", r.referral);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
    v.date("conference_target_date", r.conference_target);
    v.flag("conference_not_required", r.conference_not_required);
}
template <class V>
void visit_columns(V& v, const initial_conference_row& r) {
    v.id("conference_id", r.id);
    v.id("child_id", r.child);
    v.id("referral_id", r.referral);
    v.id("section_47_id", r.section_47);
    v.date("conference_date", r.date);
    v.flag("outcome_cp_plan", r.outcome_plan);
    v.flag("transfer_in", r.transfer_in);
}
template <class V>
void visit_columns(V& v, const cp_plan_row& r) {
    v.id("cp_plan_id", r.id);
    v.id("child_id", r.child);
    v.id("referral_id", r.referral);
    v.id("conference_id", r.conference);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
    v.code("initial_category", r.initial_category);
    v.code("latest_category", r.latest_category);
    v.number("number_of_previous_plans", r.previous_plans);
    v.flag("other_authority", r.other_authority);
}
template <class V>
void visit_columns(V& v, const cp_plan_category_row& r) {
    v.id("cp_plan_id", r.plan);
    v.code("stage", r.stage);
    v.code("category", r.category);
}
template <class V>
void visit_columns(V& v, const cp_review_row& r) {
    v.id("cp_plan_id", r.plan);
    v.id("child_id", r.child);
    v.date("review_date", r.date);
}
template <class V>
void visit_columns(V& v, const looked_after_row& r) {
    v.id("episode_id", r.id);
    v.id("child_id", r.child);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
    v.code("reason_new_episode", r.reason_new);
    v.code("legal_status", r.legal_status);
    v.code("category_of_need", r.need);
    v.code("placement_type", r.placement);
    v.code("placement_provider", r.provider);
    v.code("reason_ceased", r.reason_ceased);
    v.id("placement_id", r.placement_id);
    v.id("period_of_care_id", r.period_of_care);
}
template <class V>
void visit_columns(V& v, const missing_row& r) {
    v.id("missing_id", r.id);
    v.id("child_id", r.child);
    v.code("missing_type", r.type);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
    v.flag("interview_offered", r.interview_offered);
    v.flag("interview_accepted", r.interview_accepted);
    v.date("interview_date", r.interview);
}
template <class V>
void visit_columns(V& v, const early_help_assessment_row& r) {
    v.id("eha_id", r.id);
    v.id("child_id", r.child);
    v.id("family_id", r.family);
    v.date("start_date", r.start);
    v.date("completed_date", r.completed);
    v.label("source", r.source);
}
template <class V>
void visit_columns(V& v, const early_help_concern_row& r) {
    v.id("eha_id", r.assessment);
    v.label("concern", r.concern);
}
template <class V>
void visit_columns(V& v, const early_help_episode_row& r) {
    v.id("episode_id", r.id);
    v.id("child_id", r.child);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
    v.label("organisation", r.organisation);
    v.label("reason", r.reason);
    v.label("end_reason", r.end_reason);
}
template <class V>
void visit_columns(V& v, const population_row& r) {
    std::string vintage;
    append_number(vintage, r.vintage_year, 4);
    vintage += "-06";
    v.label("area", exampleshire_area);
    v.number("year", r.year);
    v.number("age", r.age);
    v.code("sex", r.sex);
    v.code("ethnicity", "");
    v.number("count", r.count);
    v.text("vintage", vintage);
}
template <class V>
void visit_columns(V& v, const coverage_row& r) {
    v.text("table_name", r.table);
    v.label("part", "");
    v.date("first_day", r.first);
    v.date("last_day", r.last);
    v.no_decimal("share");
}
template <class V>
void visit_columns(V& v, const domestic_abuse_incident_row& r) {
    v.id("incident_id", r.id);
    v.date("incident_date", r.date);
    v.id("victim_id", r.victim);
    v.date("victim_date_of_birth", r.victim_born);
    v.number("victim_age", r.victim_age);
    v.code("victim_sex", r.victim_sex);
    v.id("suspect_id", r.suspect);
    v.id("household_id", r.household);
    v.flag("child_present", r.child_present);
    v.code("risk_level", r.risk);
}
template <class V>
void visit_columns(V& v, const domestic_abuse_incident_child_row& r) {
    v.id("incident_id", r.incident);
    v.id("child_id", r.child);
    v.flag("present", r.present);
}
template <class V>
void visit_columns(V& v, const school_notification_row& r) {
    std::string school = "EXS";
    append_number(school, r.school, 3);
    v.id("notification_id", r.id);
    v.id("incident_id", r.incident);
    v.id("child_id", r.child);
    v.text("school_id", school);
    v.code("school_phase", r.phase);
    v.date("notification_date", r.date);
}
template <class V>
void visit_columns(V& v, const cse_case_row& r) {
    v.id("cse_case_id", r.id);
    v.id("child_id", r.child);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
}
template <class V>
void visit_columns(V& v, const cse_risk_assessment_row& r) {
    v.id("risk_assessment_id", r.id);
    v.id("cse_case_id", r.cse_case);
    v.date("assessed_date", r.date);
    v.code("risk_level", r.risk);
}
template <class V>
void visit_columns(V& v, const cse_outcome_row& r) {
    v.id("outcome_id", r.id);
    v.code("outcome_type", r.type);
    v.label("subtype", r.subtype);
    v.date("outcome_date", r.date);
    v.id("cse_case_id", r.cse_case);
    v.id("police_case_id", r.police_case);
    v.id("perpetrator_id", r.perpetrator);
    v.code("result", r.result);
    v.label("location", r.location);
}
template <class V>
void visit_columns(V& v, const cse_concern_row& r) {
    v.id("concern_id", r.id);
    v.date("concern_date", r.date);
    v.id("child_id", r.child);
    v.label("location_type", r.location);
    v.label("ward", r.ward);
    v.id("perpetrator_id", r.perpetrator);
    v.label("perpetrator_type", r.perpetrator_type);
}
template <class V>
void visit_columns(V& v, const private_fostering_row& r) {
    v.id("arrangement_id", r.id);
    v.id("child_id", r.child);
    v.date("notified_date", r.notified);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
    v.code("type", r.type);
}
template <class V>
void visit_columns(V& v, const private_fostering_visit_row& r) {
    v.id("visit_id", r.id);
    v.id("arrangement_id", r.arrangement);
    v.date("visit_date", r.date);
    v.flag("child_seen_alone", r.seen_alone);
}
template <class V>
void visit_columns(V& v, const parental_ace_row& r) {
    v.id("child_id", r.child);
    v.id("parent_id", r.parent);
    v.code("ace", r.ace);
    v.code("response", r.response);
    v.date("recorded_date", r.recorded);
}
template <class V>
void visit_columns(V& v, const audit_row& r) {
    v.id("audit_id", r.id);
    v.date("audit_date", r.date);
    v.label("agency", r.agency);
    v.label("theme", r.theme);
    v.flag("multi_agency", r.multi_agency);
    v.text("subject_table", r.subject_table);
    v.id("subject_id", r.subject);
    v.id("child_id", r.child);
    v.code("grade", r.grade);
}
template <class V>
void visit_columns(V& v, const neglect_toolkit_row& r) {
    v.id("toolkit_id", r.id);
    v.id("child_id", r.child);
    v.id("family_id", r.family);
    v.date("start_date", r.start);
    v.date("completed_date", r.completed);
    v.label("agency", r.agency);
}
template <class V>
void visit_columns(V& v, const camhs_pathway_row& r) {
    v.id("pathway_id", r.id);
    v.id("child_id", r.child);
    v.date("referral_date", r.referred);
    v.flag("accepted", r.accepted);
    v.date("first_assessment_date", r.assessed);
    v.date("treatment_start_date", r.treated);
    v.date("closed_date", r.closed);
    v.label("closed_reason", r.closed_reason);
}
template <class V>
void visit_columns(V& v, const mh_presentation_row& r) {
    v.id("presentation_id", r.id);
    v.id("child_id", r.child);
    v.date("presentation_date", r.date);
    v.label("reason", r.reason);
    v.flag("requires_assessment", r.assessment);
    v.flag("requires_treatment", r.treatment);
    v.flag("tier4_admission", r.tier4);
}
template <class V>
void visit_columns(V& v, const crisis_spell_row& r) {
    v.id("spell_id", r.id);
    v.id("child_id", r.child);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
}
template <class V>
void visit_columns(V& v, const mh_bed_stay_row& r) {
    v.id("stay_id", r.id);
    v.id("child_id", r.child);
    v.code("ward_type", r.ward);
    v.date("admission_date", r.admitted);
    v.date("discharge_date", r.discharged);
}
template <class V>
void visit_columns(V& v, const housing_presentation_row& r) {
    v.id("presentation_id", r.id);
    v.id("person_id", r.person);
    v.id("child_id", r.child);
    v.date("date_of_birth", r.born);
    v.number("age_at_presentation", r.age);
    v.date("presentation_date", r.date);
    v.code("outcome", r.outcome);
}
template <class V>
void visit_columns(V& v, const child_flag_row& r) {
    v.id("child_id", r.child);
    v.label("flag", r.flag);
    v.code("answer", r.answer);
    v.date("start_date", r.start);
    v.date("end_date", r.end);
}

}  // namespace goldenthread::exampleshire
