// The rows of Exampleshire's tables, one struct for each table. Columns are those of the canonical schema; what a
// struct holds beyond them (birth not yet known, a change of category) serves the yearly returns.
#pragma once

#include "synthetic/identifier.hpp"

#include <goldenthread/core/date.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::exampleshire {

/// A code or label; empty = null. Always a literal: it outlives every row.
using code_text = std::string_view;
using optional_day = std::optional<day>;
using optional_flag = std::optional<bool>;
using optional_count = std::optional<std::int64_t>;
/// A decimal with three places.
using optional_thousandths = std::optional<std::int64_t>;

struct person_row {
    identifier child;
    day born = 0;      ///< the birth that will happen, known or not
    optional_day due;  ///< for a child first known before birth
    optional_day died;
    code_text sex;
    code_text ethnicity;
    optional_day due_though_born;  ///< a mistake: systems drop the expected day at birth
    optional_flag disabled;
    code_text gender;
    std::int64_t upn = 0;            ///< 0 = none
    bool registered_before = false;  ///< under another number, and the council supplies the link
    day last = 0;                    ///< the day the row is seen from

    [[nodiscard]] bool is_born_by(day d) const noexcept { return born <= d; }
};
struct person_disability_row {
    identifier child;
    code_text disability;
};
struct person_link_row {
    code_text partner;
    identifier partner_person, child;
    code_text method;
    optional_thousandths score;
};
struct contact_row {
    identifier id, child;
    day date = 0;
    code_text source, outcome;
};
struct referral_row {
    identifier id, child;
    day date = 0;
    code_text source, need;
    bool nfa = false;
    optional_day closed;
    code_text closure_reason;
};
struct assessment_row {
    identifier id, referral, child;
    day start = 0;
    optional_day authorised;
    optional_flag factors_recorded, outcome_nfa, pre_birth;
};
struct assessment_factor_row {
    identifier assessment;
    code_text factor;
};
struct cin_plan_row {
    identifier id, child, referral;
    day start = 0;
    optional_day end;
};
struct section_47_row {
    identifier id, child, referral;
    day start = 0;
    optional_day end;
    optional_day conference_target;
    optional_flag conference_not_required;
};
struct initial_conference_row {
    identifier id, child, referral, section_47;
    day date = 0;
    optional_flag outcome_plan;
    bool transfer_in = false;
};
struct cp_plan_row {
    identifier id, child, referral, conference;
    day start = 0;
    optional_day end;
    code_text initial_category, latest_category;
    optional_day category_changed;  ///< from this day the latest category holds
    std::optional<std::int64_t> previous_plans;
    optional_flag other_authority;
};
struct cp_plan_category_row {
    identifier plan;
    code_text stage, category;
};
struct cp_review_row {
    identifier plan, child;
    day date = 0;
};
struct looked_after_row {
    identifier id, child;
    day start = 0;
    optional_day end;
    code_text reason_new, legal_status, need, placement, provider, reason_ceased;
    identifier placement_id, period_of_care;
};
struct missing_row {
    identifier id, child;
    code_text type;
    day start = 0;
    optional_day end;
    optional_flag interview_offered, interview_accepted;
    optional_day interview;
};
struct early_help_assessment_row {
    identifier id, child, family;
    day start = 0;
    optional_day completed;
    code_text source;
};
struct early_help_concern_row {
    identifier assessment;
    code_text concern;
};
struct early_help_episode_row {
    identifier id, child;
    day start = 0;
    optional_day end;
    code_text organisation, reason, end_reason;
};
struct population_row {
    std::int64_t year = 0, age = 0;
    code_text sex;
    std::int64_t count = 0;
    std::int64_t vintage_year = 0;  ///< released in June of it
};
struct benchmark_row {
    code_text indicator, comparator;
    std::string period;
    optional_thousandths value;
    optional_count numerator, denominator;
    optional_day published;
};
struct supplied_figure_row {
    code_text indicator;
    std::string period;
    code_text breakdown;
    optional_thousandths value;
    optional_count numerator, denominator, unknown;
    code_text note, supplied_by;
    day supplied = 0;
};
struct coverage_row {
    code_text table, part;
    day first = 0, last = 0;
    optional_thousandths share;
};
struct domestic_abuse_incident_row {
    identifier id;
    day date = 0;
    identifier victim;
    optional_day victim_born;
    std::optional<std::int64_t> victim_age;
    code_text victim_sex;
    identifier suspect, household;
    optional_flag child_present;
    code_text risk;
};
struct domestic_abuse_incident_child_row {
    identifier incident, child;
    optional_flag present;
};
struct school_notification_row {
    identifier id, incident, child;
    std::int32_t school = 0;
    code_text phase;
    day date = 0;
};
struct cse_case_row {
    identifier id, child;
    day start = 0;
    optional_day end;
};
struct cse_risk_assessment_row {
    identifier id, cse_case;
    day date = 0;
    code_text risk;
};
struct cse_outcome_row {
    identifier id;
    code_text type, subtype;
    day date = 0;
    identifier cse_case, police_case, perpetrator;
    code_text result;
    code_text location;
};
struct cse_concern_row {
    identifier id;
    day date = 0;
    identifier child;
    code_text location, ward;
    identifier perpetrator;
    code_text perpetrator_type;
};
struct private_fostering_row {
    identifier id, child;
    day notified = 0;
    optional_day start, end;
    code_text type;
};
struct private_fostering_visit_row {
    identifier id, arrangement;
    day date = 0;
    optional_flag seen_alone;
};
struct parental_ace_row {
    identifier child, parent;
    code_text ace, response;
    day recorded = 0;
};
struct audit_row {
    identifier id;
    day date = 0;
    code_text agency, theme;
    bool multi_agency = false;
    code_text subject_table;
    identifier subject, child;
    code_text grade;
};
struct neglect_toolkit_row {
    identifier id, child, family;
    day start = 0;
    optional_day completed;
    code_text agency;
};
struct camhs_pathway_row {
    identifier id, child;
    day referred = 0;
    optional_flag accepted;
    optional_day assessed, treated, closed;
    code_text closed_reason;
};
struct mh_presentation_row {
    identifier id, child;
    day date = 0;
    code_text reason;
    optional_flag assessment, treatment, tier4;
};
struct crisis_spell_row {
    identifier id, child;
    day start = 0;
    optional_day end;
};
struct mh_bed_stay_row {
    identifier id, child;
    code_text ward;
    day admitted = 0;
    optional_day discharged;
};
struct housing_presentation_row {
    identifier id, person, child;
    optional_day born;
    std::optional<std::int64_t> age;
    day date = 0;
    code_text outcome;
};
struct child_flag_row {
    identifier child;
    code_text flag, answer;
    day start = 0;
    optional_day end;
};

struct training_attendance_row {
    std::string id;
    code_text course, theme;
    day date = 0;
    code_text agency;
    std::int64_t attended = 0, invited = 0;
};

// The board's own records. Keys are texts such as `EXB-M12`; none names a child.
struct assurance_record_row {
    std::string id;
    code_text plan_item, kind, agency;
    day date = 0;
    code_text judgement;
    std::string summary, document;
    code_text approved_by;
    optional_day approved;
};
struct finding_row {
    std::string id, record;
    optional_flag strength;
    code_text text, plan_item;
};
struct action_row {
    std::string id;
    code_text plan_item;
    std::string record, decision;
    code_text title, owner;
    optional_day due, completed;
    code_text status;
    day status_date = 0;
};
struct body_row {
    std::string id, name;
    code_text kind;
    std::string parent;
    code_text chair;
    optional_day from, to;
};
struct body_member_row {
    std::string body;
    code_text agency, role;
    optional_day from, to;
};
struct meeting_row {
    std::string id, body;
    day date = 0;
    optional_flag quorate;
    std::string document;
};
struct agenda_item_row {
    std::string id, meeting;
    std::int64_t position = 0;
    code_text title, plan_item;
    std::string document;
};
struct decision_row {
    std::string id, item;
    code_text plan_item;
    day date = 0;
    code_text text, owner;
    optional_day due;
};
struct challenge_row {
    std::string id, item;
    code_text plan_item, from_agency, to_agency;
    day raised = 0;
    code_text question, response;
    optional_day responded;
    code_text outcome;
};
struct risk_row {
    std::string id;
    code_text title, plan_item, owner;
    day opened = 0;
    optional_day closed;
};
struct risk_score_row {
    std::string risk;
    day scored = 0;
    std::int64_t likelihood = 0, impact = 0;
    optional_count target;
};
struct control_row {
    std::string id, risk;
    code_text text, owner, effective;
    optional_day tested;
};
struct document_row {
    std::string id, replaces, version, title;
    code_text plan_item, owner;
    optional_day approved, review;
    std::string location;
};
struct work_plan_row {
    std::string id, body, period;
    code_text title, plan_item;
    optional_day due;
    code_text status;
    std::string document;
};

}  // namespace goldenthread::exampleshire
