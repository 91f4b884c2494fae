#include "synthetic/defects.hpp"

#include <array>

namespace goldenthread::exampleshire {

namespace {

/// Above the number of any child with a story.
constexpr std::int64_t first_number = 90'000'000;

/// Lays out the rows of one defect. Days are counted back from the extract day.
class spoiler {
public:
    spoiler(defect& made, const extract& e) : made_(made), rows_(made.rows), last_(e.last) {}

    [[nodiscard]] row_store& rows() noexcept { return rows_; }
    [[nodiscard]] identifier child() const noexcept { return made_.child; }
    [[nodiscard]] identifier own(char kind, std::int32_t order = 1) const noexcept {
        return {made_.child.owner, kind, order, false};
    }
    [[nodiscard]] day ago(std::int32_t days) const noexcept { return last_ - days; }

    void breaks(std::string_view rule, std::string_view table, std::size_t row, std::string_view column) {
        made_.broken.push_back({rule, table, row, column});
    }
    /// Breaks a rule of the readers by writing a cell otherwise.
    void write_as(std::string_view text, std::string_view rule, std::string_view table, std::string_view column) {
        made_.cells.push_back({table, 0, column, text});
        breaks(rule, table, 0, column);
    }

    person_row& person(std::int32_t years = 10) {
        person_row p;
        p.child = child();
        p.born = add_months(last_, -12 * years) - 100;
        p.sex = "F";
        p.ethnicity = "WBRI";
        p.last = last_;
        rows_.person.push_back(p);
        return rows_.person.back();
    }
    referral_row& referral(std::int32_t from, std::int32_t to) {
        referral_row r;
        r.id = own('R', static_cast<std::int32_t>(rows_.referral.size()) + 1);
        r.child = child();
        r.date = ago(from);
        r.source = "2A";
        r.need = "N1";
        r.closed = ago(to);
        r.closure_reason = "RC7";
        rows_.referral.push_back(r);
        return rows_.referral.back();
    }
    referral_row& open_referral(std::int32_t from) {
        referral_row& r = referral(from, 0);
        r.closed.reset();
        r.closure_reason = {};
        return r;
    }
    contact_row& contact(std::int32_t on) {
        rows_.contact.push_back({own('T', static_cast<std::int32_t>(rows_.contact.size()) + 1), child(), ago(on), "2A",
                                 "NO_FURTHER_ACTION"});
        return rows_.contact.back();
    }
    assessment_row& assessment(std::int32_t from) {
        const referral_row& r = referral(300, 100);
        assessment_row a;
        a.id = own('A');
        a.referral = r.id;
        a.child = child();
        a.start = ago(from);
        rows_.assessment.push_back(a);
        return rows_.assessment.back();
    }
    void cin_plan(std::int32_t from, std::int32_t to) {
        rows_.cin_plan.push_back(
            {own('N', static_cast<std::int32_t>(rows_.cin_plan.size()) + 1), child(), {}, ago(from), ago(to)});
    }
    section_47_row& enquiry(std::int32_t from) {
        section_47_row s;
        s.id = own('S');
        s.child = child();
        s.start = ago(from);
        rows_.section_47.push_back(s);
        return rows_.section_47.back();
    }
    cp_plan_row& cp_plan(std::int32_t from, optional_day end) {
        cp_plan_row p;
        p.id = own('P', static_cast<std::int32_t>(rows_.cp_plan.size()) + 1);
        p.child = child();
        p.start = ago(from);
        p.end = end;
        p.initial_category = p.latest_category = "EMO";
        p.previous_plans = 0;
        rows_.cp_plan.push_back(p);
        return rows_.cp_plan.back();
    }
    looked_after_row& care(day from, optional_day end) {
        looked_after_row r;
        const auto order = static_cast<std::int32_t>(rows_.looked_after_episode.size()) + 1;
        r.id = own('L', order);
        r.child = child();
        r.start = from;
        r.end = end;
        r.reason_new = "S";
        r.legal_status = "V2";
        r.need = "N1";
        r.placement = "U6";
        r.provider = "PR1";
        if (end) r.reason_ceased = "E8";
        r.placement_id = own('Q', order);
        r.period_of_care = own('O', order);
        rows_.looked_after_episode.push_back(r);
        return rows_.looked_after_episode.back();
    }
    early_help_assessment_row& early_help(std::int32_t from, std::int32_t to) {
        early_help_assessment_row r;
        r.id = own('E');
        r.child = child();
        r.start = ago(from);
        r.completed = ago(to);
        r.source = "SCHOOL";
        rows_.early_help_assessment.push_back(r);
        return rows_.early_help_assessment.back();
    }

private:
    defect& made_;
    row_store& rows_;
    day last_;
};

/// `table` has two rows that both break the rule.
void breaks_both(spoiler& s, std::string_view rule, std::string_view table, std::string_view column) {
    s.breaks(rule, table, 0, column);
    s.breaks(rule, table, 1, column);
}

struct kind_of_defect {
    std::string_view name;
    void (*make)(spoiler&);
};

constexpr std::array kinds = {
    // --- people ---
    kind_of_defect{"death before birth",
                   [](spoiler& s) {
                       person_row& p = s.person();
                       p.died = p.born - 1;
                       s.breaks("death_before_birth", "person", 0, "date_of_death");
                   }},
    kind_of_defect{"birth and expected birth",
                   [](spoiler& s) {
                       person_row& p = s.person();
                       p.due_though_born = p.born + 3;
                       s.breaks("birth_and_expected_birth", "person", 0, "date_of_birth");
                   }},
    kind_of_defect{"no birth date",
                   [](spoiler& s) {
                       s.person().born = latest_day;
                       s.breaks("no_birth_date", "person", 0, "date_of_birth");
                   }},
    kind_of_defect{"overdue birth",
                   [](spoiler& s) {
                       person_row& p = s.person();
                       p.born = latest_day;
                       p.due = s.ago(40);
                       s.open_referral(100);
                       s.breaks("overdue_birth", "person", 0, "expected_date_of_birth");
                   }},
    kind_of_defect{"birth after the extract",
                   [](spoiler& s) {
                       person_row& p = s.person();
                       p.born = s.ago(-30);
                       p.last = p.born;
                       s.breaks("birth_after_extract", "person", 0, "date_of_birth");
                   }},
    kind_of_defect{"no disability beside one",
                   [](spoiler& s) {
                       s.person();
                       s.rows().person_disability = {{s.child(), "NONE"}, {s.child(), "LD"}};
                       s.breaks("disability_none_and_other", "person_disability", 0, "disability");
                   }},
    // --- referrals ---
    kind_of_defect{"referral reversed",
                   [](spoiler& s) {
                       s.person();
                       s.referral(200, 205);
                       s.breaks("referral_closed_before_start", "referral", 0, "closure_date");
                   }},
    kind_of_defect{"closure without reason",
                   [](spoiler& s) {
                       s.person();
                       s.referral(200, 100).closure_reason = {};
                       s.breaks("closure_without_reason", "referral", 0, "closure_date");
                   }},
    kind_of_defect{"referral after death",
                   [](spoiler& s) {
                       s.person().died = s.ago(50);
                       s.referral(40, 30);
                       s.breaks("referral_after_death", "referral", 0, "referral_date");
                   }},
    kind_of_defect{"referral long before birth",
                   [](spoiler& s) {
                       const day born = s.person().born;
                       referral_row& r = s.referral(200, 100);
                       r.date = born - 300;
                       r.closed = born - 200;
                       s.breaks("referral_long_before_birth", "referral", 0, "referral_date");
                   }},
    kind_of_defect{"late record of a referral: dated after the extract",
                   [](spoiler& s) {
                       s.person();
                       s.open_referral(-10).nfa = true;
                       s.breaks("referral_after_extract", "referral", 0, "referral_date");
                   }},
    kind_of_defect{"closure after the extract",
                   [](spoiler& s) {
                       s.person();
                       s.referral(20, -10);
                       s.breaks("referral_closed_after_extract", "referral", 0, "closure_date");
                   }},
    kind_of_defect{"two open referrals",
                   [](spoiler& s) {
                       s.person();
                       s.open_referral(100);
                       s.open_referral(100);
                       breaks_both(s, "referral_two_open", "referral", "closure_date");
                       breaks_both(s, "referral_overlap", "referral", "referral_date");
                   }},
    kind_of_defect{"open referral that is not the latest",
                   [](spoiler& s) {
                       s.person();
                       s.open_referral(300);
                       s.referral(100, 50);
                       s.breaks("referral_open_not_latest", "referral", 0, "closure_date");
                       breaks_both(s, "referral_overlap", "referral", "referral_date");
                   }},
    kind_of_defect{"referrals overlap",
                   [](spoiler& s) {
                       s.person();
                       s.referral(300, 200);
                       s.referral(250, 150);
                       breaks_both(s, "referral_overlap", "referral", "referral_date");
                   }},
    // --- assessments ---
    kind_of_defect{"assessment reversed",
                   [](spoiler& s) {
                       s.person();
                       s.assessment(280).authorised = s.ago(290);
                       s.breaks("assessment_authorised_before_start", "assessment", 0, "authorised_date");
                   }},
    kind_of_defect{"late record of an assessment: dated after the extract",
                   [](spoiler& s) {
                       s.person();
                       s.assessment(-5);
                       s.breaks("assessment_after_extract", "assessment", 0, "start_date");
                   }},
    kind_of_defect{"factor before authorisation",
                   [](spoiler& s) {
                       s.person();
                       s.rows().assessment_factor = {{s.assessment(280).id, "16A"}};
                       s.breaks("factor_before_authorisation", "assessment_factor", 0, "factor");
                   }},
    kind_of_defect{"no factor beside a factor",
                   [](spoiler& s) {
                       s.person();
                       assessment_row& a = s.assessment(280);
                       a.authorised = s.ago(250);
                       a.factors_recorded = true;
                       s.rows().assessment_factor = {{a.id, "21"}, {a.id, "16A"}};
                       s.breaks("no_factor_beside_factors", "assessment_factor", 0, "factor");
                   }},
    // --- plans ---
    kind_of_defect{"child in need plan reversed",
                   [](spoiler& s) {
                       s.person();
                       s.cin_plan(100, 120);
                       s.breaks("cin_plan_ended_before_start", "cin_plan", 0, "end_date");
                   }},
    kind_of_defect{"child in need plans overlap",
                   [](spoiler& s) {
                       s.person();
                       s.cin_plan(300, 200);
                       s.cin_plan(250, 150);
                       breaks_both(s, "cin_plan_overlap", "cin_plan", "start_date");
                   }},
    kind_of_defect{"child in need plan beside a child protection plan",
                   [](spoiler& s) {
                       s.person();
                       s.cin_plan(100, 50);
                       s.cp_plan(90, s.ago(60));
                       s.breaks("cin_plan_beside_cp_plan", "cin_plan", 0, "start_date");
                   }},
    kind_of_defect{"enquiry reversed",
                   [](spoiler& s) {
                       s.person();
                       s.enquiry(100).end = s.ago(110);
                       s.breaks("section_47_ended_before_start", "section_47", 0, "end_date");
                   }},
    kind_of_defect{"late record of an enquiry: dated after the extract",
                   [](spoiler& s) {
                       s.person();
                       s.enquiry(-5);
                       s.breaks("section_47_after_extract", "section_47", 0, "start_date");
                   }},
    kind_of_defect{"late record of a conference: dated after the extract",
                   [](spoiler& s) {
                       s.person();
                       initial_conference_row c;
                       c.id = s.own('C');
                       c.child = s.child();
                       c.date = s.ago(-5);
                       s.rows().initial_conference.push_back(c);
                       s.breaks("conference_after_extract", "initial_conference", 0, "conference_date");
                   }},
    kind_of_defect{"child protection plan of no days",
                   [](spoiler& s) {
                       s.person();
                       s.cp_plan(100, s.ago(100));
                       s.breaks("cp_plan_not_ended_after_start", "cp_plan", 0, "end_date");
                   }},
    kind_of_defect{"child protection plans overlap",
                   [](spoiler& s) {
                       s.person();
                       s.cp_plan(300, s.ago(200));
                       s.cp_plan(250, s.ago(150)).previous_plans = 1;
                       breaks_both(s, "cp_plan_overlap", "cp_plan", "start_date");
                   }},
    kind_of_defect{"two open child protection plans",
                   [](spoiler& s) {
                       s.person();
                       s.cp_plan(100, {});
                       s.cp_plan(100, {});
                       breaks_both(s, "cp_plan_two_open", "cp_plan", "end_date");
                       breaks_both(s, "cp_plan_overlap", "cp_plan", "start_date");
                   }},
    kind_of_defect{"late record of a plan: dated after the extract",
                   [](spoiler& s) {
                       s.person();
                       s.cp_plan(-5, {});
                       s.breaks("cp_plan_after_extract", "cp_plan", 0, "start_date");
                   }},
    kind_of_defect{"plan not begun at its conference",
                   [](spoiler& s) {
                       s.person();
                       initial_conference_row c;
                       c.id = s.own('C');
                       c.child = s.child();
                       c.date = s.ago(100);
                       s.rows().initial_conference.push_back(c);
                       s.cp_plan(95, s.ago(10)).conference = c.id;
                       s.breaks("cp_plan_not_begun_at_conference", "cp_plan", 0, "start_date");
                   }},
    kind_of_defect{"fewer previous plans than on file",
                   [](spoiler& s) {
                       s.person();
                       s.cp_plan(500, s.ago(400));
                       s.cp_plan(200, s.ago(100));
                       s.breaks("cp_plan_fewer_previous_than_on_file", "cp_plan", 1, "number_of_previous_plans");
                   }},
    kind_of_defect{"review on the day the plan began",
                   [](spoiler& s) {
                       s.person();
                       const cp_plan_row& p = s.cp_plan(200, s.ago(100));
                       s.rows().cp_review = {{p.id, s.child(), p.start}};
                       s.breaks("cp_review_not_after_start", "cp_review", 0, "review_date");
                   }},
    // --- care ---
    kind_of_defect{"episode of care reversed",
                   [](spoiler& s) {
                       s.person();
                       s.care(s.ago(100), s.ago(110));
                       s.breaks("episode_ended_before_start", "looked_after_episode", 0, "end_date");
                   }},
    kind_of_defect{"episodes of care overlap",
                   [](spoiler& s) {
                       s.person();
                       s.care(s.ago(300), s.ago(200));
                       s.care(s.ago(250), s.ago(150));
                       breaks_both(s, "episode_overlap", "looked_after_episode", "start_date");
                   }},
    kind_of_defect{"two open episodes of care",
                   [](spoiler& s) {
                       s.person();
                       s.care(s.ago(100), {});
                       s.care(s.ago(100), {});
                       breaks_both(s, "episode_two_open", "looked_after_episode", "end_date");
                       breaks_both(s, "episode_overlap", "looked_after_episode", "start_date");
                   }},
    kind_of_defect{"looked after before birth",
                   [](spoiler& s) {
                       const day born = s.person().born;
                       s.care(born - 10, born + 5);
                       s.breaks("episode_before_birth", "looked_after_episode", 0, "start_date");
                   }},
    kind_of_defect{"looked after past the 18th birthday",
                   [](spoiler& s) {
                       const day adult = birthday(s.person(19).born, 18);
                       s.care(adult - 300, adult + 30);
                       s.breaks("episode_over_18", "looked_after_episode", 0, "end_date");
                   }},
    kind_of_defect{"missing episode reversed",
                   [](spoiler& s) {
                       s.person();
                       missing_row m;
                       m.id = s.own('M');
                       m.child = s.child();
                       m.type = "M";
                       m.start = s.ago(100);
                       m.end = s.ago(101);
                       s.rows().missing_episode.push_back(m);
                       s.breaks("missing_ended_before_start", "missing_episode", 0, "end_date");
                   }},
    // --- partners ---
    kind_of_defect{"early help reversed",
                   [](spoiler& s) {
                       s.person();
                       s.rows().early_help_episode = {
                           {s.own('H'), s.child(), s.ago(100), s.ago(110), "SCHOOL", "ASSESSMENT", "NEEDS_MET"}};
                       s.breaks("early_help_ended_before_start", "early_help_episode", 0, "end_date");
                   }},
    kind_of_defect{"early help assessment reversed",
                   [](spoiler& s) {
                       s.person();
                       s.early_help(100, 110);
                       s.breaks("early_help_assessment_completed_before_start", "early_help_assessment", 0,
                                "completed_date");
                   }},
    kind_of_defect{"private fostering reversed",
                   [](spoiler& s) {
                       s.person();
                       s.rows().private_fostering = {{s.own('F'), s.child(), s.ago(120), s.ago(100), s.ago(110), "8E"}};
                       s.breaks("private_fostering_ended_before_start", "private_fostering", 0, "end_date");
                   }},
    kind_of_defect{"visit before notification",
                   [](spoiler& s) {
                       s.person();
                       s.rows().private_fostering = {{s.own('F'), s.child(), s.ago(120), s.ago(118), s.ago(50), "8E"}};
                       s.rows().private_fostering_visit = {{s.own('V'), s.own('F'), s.ago(125), true}};
                       s.breaks("private_fostering_visit_before_notification", "private_fostering_visit", 0,
                                "visit_date");
                   }},
    kind_of_defect{"negative wait",
                   [](spoiler& s) {
                       s.person();
                       camhs_pathway_row r;
                       r.id = s.own('W');
                       r.child = s.child();
                       r.referred = s.ago(100);
                       r.assessed = s.ago(101);
                       s.rows().camhs_pathway.push_back(r);
                       s.breaks("camhs_negative_wait", "camhs_pathway", 0, "first_assessment_date");
                   }},
    kind_of_defect{"crisis spell reversed",
                   [](spoiler& s) {
                       s.person();
                       s.rows().crisis_spell = {{s.own('U'), s.child(), s.ago(100), s.ago(103)}};
                       s.breaks("crisis_spell_ended_before_start", "crisis_spell", 0, "end_date");
                   }},
    kind_of_defect{"ward stay reversed",
                   [](spoiler& s) {
                       s.person();
                       s.rows().mh_bed_stay = {{s.own('B'), s.child(), "CAMHS", s.ago(100), s.ago(103)}};
                       s.breaks("bed_stay_ended_before_admission", "mh_bed_stay", 0, "discharge_date");
                   }},
    kind_of_defect{"exploitation case reversed",
                   [](spoiler& s) {
                       s.person();
                       s.rows().cse_case = {{s.own('G'), s.child(), s.ago(100), s.ago(110)}};
                       s.breaks("cse_case_ended_before_start", "cse_case", 0, "end_date");
                   }},
    kind_of_defect{"flag reversed",
                   [](spoiler& s) {
                       s.person();
                       s.rows().child_flag = {{s.child(), "POVERTY", "NO", s.ago(100), s.ago(110)}};
                       s.breaks("child_flag_ended_before_start", "child_flag", 0, "end_date");
                   }},
    // --- what the readers find cell by cell ---
    kind_of_defect{"not a date",
                   [](spoiler& s) {
                       s.person();
                       s.early_help(100, 80);
                       s.write_as("soon", "date_unreadable", "early_help_assessment", "completed_date");
                   }},
    kind_of_defect{"a day that does not exist",
                   [](spoiler& s) {
                       s.person();
                       s.early_help(100, 80);
                       s.write_as("2019-02-29", "date_not_real", "early_help_assessment", "completed_date");
                   }},
    kind_of_defect{"a day of another age",
                   [](spoiler& s) {
                       s.person();
                       s.early_help(100, 80);
                       s.write_as("1066-10-14", "date_out_of_range", "early_help_assessment", "completed_date");
                   }},
    kind_of_defect{"wrong code",
                   [](spoiler& s) {
                       s.person();
                       s.contact(100).source = "N44";
                       s.breaks("code_unknown", "contact", 0, "source");
                   }},
    kind_of_defect{"misspelt code",
                   [](spoiler& s) {
                       s.person().ethnicity = "CNHE";
                       s.breaks("code_repaired", "person", 0, "ethnicity");
                   }},
    kind_of_defect{"neither true nor false",
                   [](spoiler& s) {
                       s.person();
                       s.rows().mh_presentation = {
                           {s.own('I'), s.child(), s.ago(100), "SELF_HARM", true, false, false}};
                       s.write_as("perhaps", "boolean_unreadable", "mh_presentation", "tier4_admission");
                   }},
    kind_of_defect{"not a number",
                   [](spoiler& s) {
                       s.person();
                       s.cp_plan(200, s.ago(100));
                       s.write_as("two", "number_unreadable", "cp_plan", "number_of_previous_plans");
                   }},
    kind_of_defect{"a count below zero",
                   [](spoiler& s) {
                       s.person();
                       s.cp_plan(200, s.ago(100)).previous_plans = -1;
                       s.breaks("negative_count", "cp_plan", 0, "number_of_previous_plans");
                   }},
    kind_of_defect{"an age nobody reaches",
                   [](spoiler& s) {
                       s.person();
                       domestic_abuse_incident_row r;
                       r.id = s.own('D');
                       r.date = s.ago(100);
                       r.victim = s.own('V');
                       r.victim_age = 200;
                       s.rows().domestic_abuse_incident.push_back(r);
                       s.breaks("number_out_of_range", "domestic_abuse_incident", 0, "victim_age");
                   }},
    kind_of_defect{"more places than are kept",
                   [](spoiler& s) {
                       s.person();
                       s.rows().person_link = {{"HOUSING", s.own('V'), s.child(), "NAME_AND_BIRTH_DATE", 123}};
                       s.write_as("0.1234567", "number_rounded", "person_link", "score");
                   }},
    kind_of_defect{"value missing",
                   [](spoiler& s) {
                       s.person();
                       s.contact(100);
                       s.write_as("", "value_missing", "contact", "contact_date");
                   }},
    kind_of_defect{"key missing",
                   [](spoiler& s) {
                       s.person();
                       s.contact(100);
                       s.write_as("", "key_missing", "contact", "contact_id");
                   }},
    kind_of_defect{"duplicate row",
                   [](spoiler& s) {
                       s.person();
                       const contact_row twice = s.contact(100);
                       s.rows().contact.push_back(twice);
                       s.breaks("duplicate_row", "contact", 1, "");
                   }},
    kind_of_defect{"duplicate key",
                   [](spoiler& s) {
                       s.person();
                       contact_row other = s.contact(100);
                       other.date = s.ago(90);
                       s.rows().contact.push_back(other);
                       s.breaks("duplicate_key", "contact", 1, "");
                   }},
    kind_of_defect{"orphan row",
                   [](spoiler& s) {
                       s.person();
                       s.contact(100).child = child_identifier(99'999'999);
                       s.breaks("reference_dangling", "contact", 0, "child_id");
                   }},
};

}  // namespace

defect make_defect(std::int64_t number, const extract& e) {
    const kind_of_defect& kind = kinds[static_cast<std::size_t>(number) % kinds.size()];
    defect made;
    made.kind = kind.name;
    made.child = child_identifier(first_number + number);
    spoiler s(made, e);
    kind.make(s);
    return made;
}

}  // namespace goldenthread::exampleshire
