// Which columns each table has, in the order of the canonical schema: said once, read by every writer.
//
// A visitor has: id, date, flag, number (int64), code (category), label and text, each taking the column's name and
// its value or null; decimal takes thousandths.
#pragma once

#include "synthetic/rows.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <string>

namespace goldenthread::exampleshire {

/// The number a child had before: `EXO` stands for old.
inline void append_former(std::string& text, const identifier& child) {
    text += "EXO";
    append_number(text, child.owner, 8);
}

template <class V>
void visit_columns(V& v, const person_row& r) {
    const bool born = r.is_born_by(r.last);
    v.id("child_id", r.child);
    v.date("date_of_birth", born ? optional_day(r.born) : std::nullopt);
    v.code("date_of_birth_precision", born ? "day" : "");
    v.date("expected_date_of_birth", born ? r.due_though_born : r.due);
    v.date("date_of_death", r.died);
    v.code("sex", born ? r.sex : "U");
    v.label("gender", r.gender);
    v.code("ethnicity", r.ethnicity);
    v.flag("disabled", r.disabled);
    std::string upn, former;
    if (r.upn != 0) append_upn(upn, r.upn);
    if (r.registered_before) append_former(former, r.child);
    v.text("upn", upn);
    v.text("former_child_id", former);
}
template <class V>
void visit_columns(V& v, const person_disability_row& r) {
    v.id("child_id", r.child);
    v.code("disability", r.disability);
}
template <class V>
void visit_columns(V& v, const person_link_row& r) {
    v.label("partner", r.partner);
    v.id("partner_person_id", r.partner_person);
    v.id("child_id", r.child);
    v.label("method", r.method);
    v.decimal("score", r.score);
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
    v.label("part", r.part);
    v.date("first_day", r.first);
    v.date("last_day", r.last);
    v.decimal("share", r.share);
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
template <class V>
void visit_columns(V& v, const benchmark_row& r) {
    v.text("indicator_id", r.indicator);
    v.label("comparator", r.comparator);
    v.text("period_label", r.period);
    v.decimal("value", r.value);
    v.number("numerator", r.numerator);
    v.number("denominator", r.denominator);
    v.text("source", exampleshire_area);
    v.date("published_date", r.published);
}
template <class V>
void visit_columns(V& v, const supplied_figure_row& r) {
    v.text("indicator_id", r.indicator);
    v.text("period_label", r.period);
    v.label("breakdown", r.breakdown);
    v.decimal("value", r.value);
    v.number("numerator", r.numerator);
    v.number("denominator", r.denominator);
    v.number("unknown", r.unknown);
    v.text("definition_note", r.note);
    v.label("supplied_by", r.supplied_by);
    v.date("supplied_on", r.supplied);
}
template <class V>
void visit_columns(V& v, const training_attendance_row& r) {
    v.text("training_id", r.id);
    v.label("course", r.course);
    v.label("theme", r.theme);
    v.date("training_date", r.date);
    v.label("agency", r.agency);
    v.number("attended", r.attended);
    v.number("invited", r.invited);
}
template <class V>
void visit_columns(V& v, const assurance_record_row& r) {
    v.text("record_id", r.id);
    v.text("plan_item", r.plan_item);
    v.code("kind", r.kind);
    v.label("agency", r.agency);
    v.date("record_date", r.date);
    v.code("judgement", r.judgement);
    v.text("summary", r.summary);
    v.text("document_id", r.document);
    v.label("text_approved_by", r.approved_by);
    v.date("text_approved_date", r.approved);
}
template <class V>
void visit_columns(V& v, const finding_row& r) {
    v.text("finding_id", r.id);
    v.text("record_id", r.record);
    v.flag("strength", r.strength);
    v.text("text", r.text);
    v.text("plan_item", r.plan_item);
}
template <class V>
void visit_columns(V& v, const action_row& r) {
    v.text("action_id", r.id);
    v.text("plan_item", r.plan_item);
    v.text("record_id", r.record);
    v.text("decision_id", r.decision);
    v.text("title", r.title);
    v.label("owner_group", r.owner);
    v.date("due_date", r.due);
    v.date("completed_date", r.completed);
    v.code("status", r.status);
    v.date("status_date", r.status_date);
}
template <class V>
void visit_columns(V& v, const body_row& r) {
    v.text("body_id", r.id);
    v.text("name", r.name);
    v.code("kind", r.kind);
    v.text("parent_body_id", r.parent);
    v.label("chair", r.chair);
    v.date("from_date", r.from);
    v.date("to_date", r.to);
}
template <class V>
void visit_columns(V& v, const body_member_row& r) {
    v.text("body_id", r.body);
    v.label("agency", r.agency);
    v.label("role", r.role);
    v.date("from_date", r.from);
    v.date("to_date", r.to);
}
template <class V>
void visit_columns(V& v, const meeting_row& r) {
    v.text("meeting_id", r.id);
    v.text("body_id", r.body);
    v.date("meeting_date", r.date);
    v.flag("quorate", r.quorate);
    v.text("document_id", r.document);
}
template <class V>
void visit_columns(V& v, const agenda_item_row& r) {
    v.text("item_id", r.id);
    v.text("meeting_id", r.meeting);
    v.number("position", r.position);
    v.text("title", r.title);
    v.text("plan_item", r.plan_item);
    v.text("document_id", r.document);
}
template <class V>
void visit_columns(V& v, const decision_row& r) {
    v.text("decision_id", r.id);
    v.text("item_id", r.item);
    v.text("plan_item", r.plan_item);
    v.date("decision_date", r.date);
    v.text("text", r.text);
    v.label("owner_group", r.owner);
    v.date("due_date", r.due);
}
template <class V>
void visit_columns(V& v, const challenge_row& r) {
    v.text("challenge_id", r.id);
    v.text("item_id", r.item);
    v.text("plan_item", r.plan_item);
    v.label("from_agency", r.from_agency);
    v.label("to_agency", r.to_agency);
    v.date("raised_date", r.raised);
    v.text("question", r.question);
    v.text("response", r.response);
    v.date("responded_date", r.responded);
    v.code("outcome", r.outcome);
}
template <class V>
void visit_columns(V& v, const risk_row& r) {
    v.text("risk_id", r.id);
    v.text("title", r.title);
    v.text("plan_item", r.plan_item);
    v.label("owner_group", r.owner);
    v.date("opened_date", r.opened);
    v.date("closed_date", r.closed);
}
template <class V>
void visit_columns(V& v, const risk_score_row& r) {
    v.text("risk_id", r.risk);
    v.date("scored_date", r.scored);
    v.number("likelihood", r.likelihood);
    v.number("impact", r.impact);
    v.number("target", r.target);
}
template <class V>
void visit_columns(V& v, const control_row& r) {
    v.text("control_id", r.id);
    v.text("risk_id", r.risk);
    v.text("text", r.text);
    v.label("owner_group", r.owner);
    v.code("effective", r.effective);
    v.date("tested_date", r.tested);
}
template <class V>
void visit_columns(V& v, const document_row& r) {
    v.text("document_id", r.id);
    v.text("replaces_id", r.replaces);
    v.text("version", r.version);
    v.text("title", r.title);
    v.text("plan_item", r.plan_item);
    v.label("owner_group", r.owner);
    v.date("approved_date", r.approved);
    v.date("review_date", r.review);
    v.text("location", r.location);
}
template <class V>
void visit_columns(V& v, const work_plan_row& r) {
    v.text("work_plan_id", r.id);
    v.text("body_id", r.body);
    v.text("period_label", r.period);
    v.text("title", r.title);
    v.text("plan_item", r.plan_item);
    v.date("due_date", r.due);
    v.code("status", r.status);
    v.text("document_id", r.document);
}

}  // namespace goldenthread::exampleshire
