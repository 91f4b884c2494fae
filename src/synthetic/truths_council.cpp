#include "synthetic/truths.hpp"

#include <algorithm>
#include <set>

namespace goldenthread::exampleshire {

namespace {

// --- cases, plans and care, as the plan's definitions mean them ---

bool in_need(const question& q, const referral_row& r) { return !r.nfa && open_at(r.date, r.closed, q.as_at()); }
bool on_plan(const question& q, const cp_plan_row& p) {
    return open_at(p.start, p.end, q.as_at()) && p.other_authority != true;
}
bool is_short_break(const looked_after_row& r) { return r.legal_status == "V3" || r.legal_status == "V4"; }
bool in_care(const question& q, const looked_after_row& r) {
    return open_at(r.start, r.end, q.as_at()) && !is_short_break(r);
}

/// Codes of the factors of a case that its assessments, authorised by the last day, found; nothing if none says.
std::optional<std::vector<code_text>> factors(const question& q, const identifier& referral) {
    std::optional<std::vector<code_text>> found;
    if (referral.is_null()) return found;
    for (const assessment_row& a : q.rows.assessment) {
        if (a.referral != referral || !a.authorised || *a.authorised > q.as_at() || a.factors_recorded != true)
            continue;
        if (!found) found.emplace();
        for (const assessment_factor_row& f : q.rows.assessment_factor) {
            if (f.assessment == a.id) found->push_back(f.factor);
        }
    }
    return found;
}

/// Two kinds of vulnerability or more: codes that differ in their number. 20 (other) and 21 (none) are no kind.
answer vulnerable(const question& q, const identifier& referral) {
    const auto codes = factors(q, referral);
    if (!codes) return answer::unknown;
    std::set<std::string_view> kinds;
    for (const code_text code : *codes) {
        const std::string_view number = code.substr(0, code.find_first_not_of("0123456789"));
        if (number != "20" && number != "21") kinds.insert(number);
    }
    return as_answer(kinds.size() >= 2);
}

tallies several_vulnerabilities_in_need(const question& q) {
    entities children;
    for (const referral_row& r : q.rows.referral) {
        if (!in_need(q, r)) continue;
        const answer known = factors(q, r.id) ? answer::yes : answer::unknown;
        children.add(r.child, known, vulnerable(q, r.id));
    }
    return children.shared();
}

tallies several_vulnerabilities_on_plans(const question& q) {
    entities children;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        if (!on_plan(q, p)) continue;
        const answer known = factors(q, p.referral) ? answer::yes : answer::unknown;
        children.add(p.child, known, vulnerable(q, p.referral));
    }
    return children.shared();
}

/// Four experiences or more of one parent, each as last recorded by `on`.
answer parents_hurt(const question& q, const identifier& child, day on) {
    struct experience {
        identifier parent;
        code_text ace, response;
        day recorded;
    };
    std::vector<experience> latest;
    for (const parental_ace_row& r : q.rows.parental_ace) {
        if (r.child != child || r.recorded > on) continue;
        const auto known = std::find_if(latest.begin(), latest.end(), [&](const experience& each) {
            return each.parent == r.parent && each.ace == r.ace;
        });
        if (known == latest.end()) {
            latest.push_back({r.parent, r.ace, r.response, r.recorded});
        } else if (r.recorded >= known->recorded) {
            known->response = r.response;
            known->recorded = r.recorded;
        }
    }
    if (latest.empty()) return answer::unknown;
    answer result = answer::no;
    for (const experience& of : latest) {
        int identified = 0, not_asked = 0;
        for (const experience& each : latest) {
            if (each.parent != of.parent) continue;
            identified += each.response == "IDENTIFIED" ? 1 : 0;
            not_asked += each.response == "NOT_ASKED" ? 1 : 0;
        }
        const answer enough = identified >= 4               ? answer::yes
                              : identified + not_asked >= 4 ? answer::unknown
                                                            : answer::no;
        result = either(result, enough);
    }
    return result;
}

tallies looked_after_with_hurt_parents(const question& q) {
    entities children;
    for (const looked_after_row& r : q.rows.looked_after_episode) {
        if (in_care(q, r)) children.add(r.child, parents_hurt(q, r.child, q.as_at()));
    }
    return children.counted();
}

tallies pre_birth_with_hurt_parents(const question& q) {
    tallies result;
    for (const assessment_row& a : q.rows.assessment) {
        if (in(q.when, a.authorised) && q.unborn(a.child, *a.authorised))
            result.count(parents_hurt(q, a.child, *a.authorised));
    }
    return result;
}

// --- neglect ---

answer neglected(const question& q, const identifier& referral) {
    const auto codes = factors(q, referral);
    if (!codes) return answer::unknown;
    return as_answer(std::find(codes->begin(), codes->end(), "16A") != codes->end());
}

tallies neglect_over_18_months(const question& q) {
    entities children;
    for (const referral_row& r : q.rows.referral) {
        if (in_need(q, r) && r.date < add_months(q.as_at(), -18)) children.add(r.child, neglected(q, r.id));
    }
    return children.counted();
}

/// The category, or the list behind "multiple" where there is one.
answer plan_for_neglect(const question& q, const cp_plan_row& p, code_text category, code_text stage) {
    if (category.empty()) return answer::unknown;
    if (category != "MUL") return as_answer(category == "NEG");
    answer result = answer::unknown;
    for (const cp_plan_category_row& c : q.rows.cp_plan_category) {
        if (c.plan != p.id || c.stage != stage) continue;
        if (c.category == "NEG") return answer::yes;
        result = answer::no;
    }
    return result;
}

tallies neglect_plans_over_12_months(const question& q) {
    entities children;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        if (on_plan(q, p) && p.start < add_months(q.as_at(), -12))
            children.add(p.child, plan_for_neglect(q, p, p.latest_category, "latest"));
    }
    return children.counted();
}

answer second_plan(const question& q, const cp_plan_row& p) {
    const answer counted = p.previous_plans ? as_answer(*p.previous_plans >= 1) : answer::unknown;
    bool on_file = false;
    for (const cp_plan_row& other : q.rows.cp_plan) {
        on_file = on_file || (other.child == p.child && other.start < p.start && other.other_authority != true);
    }
    return either(counted, as_answer(on_file));
}

tallies second_plans_for_neglect(const question& q) {
    tallies result;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        if (in(q.when, p.start) && p.other_authority != true)
            result.count(plan_for_neglect(q, p, p.initial_category, "initial"), second_plan(q, p));
    }
    return result;
}

tallies second_plans(const question& q) {
    tallies result;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        if (in(q.when, p.start) && p.other_authority != true) result.count(answer::yes, second_plan(q, p));
    }
    return result;
}

tallies toolkits(const question& q) {
    entities children;
    for (const neglect_toolkit_row& r : q.rows.neglect_toolkit) {
        if (in(q.when, r.completed)) children.add(r.child, answer::yes);
    }
    return children.counted();
}

// --- poverty ---

answer flagged(const question& q, const identifier& child, code_text flag) {
    answer result = answer::no;
    for (const child_flag_row& r : q.rows.child_flag) {
        if (r.child != child || r.flag != flag || !open_at(r.start, r.end, q.as_at())) continue;
        result = either(result, r.answer == "YES" ? answer::yes : r.answer == "NO" ? answer::no : answer::unknown);
    }
    return result;
}

tallies flagged_in_need(const question& q, code_text flag) {
    entities children;
    for (const referral_row& r : q.rows.referral) {
        if (in_need(q, r)) children.add(r.child, answer::yes, flagged(q, r.child, flag));
    }
    return children.shared();
}
tallies poor(const question& q) { return flagged_in_need(q, "POVERTY"); }
tallies homeless(const question& q) { return flagged_in_need(q, "HOMELESS"); }
tallies without_recourse(const question& q) { return flagged_in_need(q, "NRPF"); }

// --- unborn ---

tallies unborn_in_need_assessed(const question& q) {
    entities children;
    for (const referral_row& r : q.rows.referral) {
        if (!in_need(q, r) || !q.unborn(r.child, q.as_at())) continue;
        bool assessed = false;
        for (const assessment_row& a : q.rows.assessment) {
            assessed = assessed || (a.referral == r.id && a.authorised && *a.authorised <= q.as_at());
        }
        children.add(r.child, answer::yes, as_answer(assessed));
    }
    return children.shared();
}

bool assessed_by(const question& q, const identifier& child, day on) {
    return std::any_of(q.rows.assessment.begin(), q.rows.assessment.end(), [&](const assessment_row& a) {
        return a.child == child && a.authorised && *a.authorised <= on;
    });
}

tallies unborn_on_plans_assessed(const question& q) {
    entities children;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        if (on_plan(q, p) && q.unborn(p.child, q.as_at()))
            children.add(p.child, answer::yes, as_answer(assessed_by(q, p.child, q.as_at())));
    }
    return children.shared();
}

tallies born_after_assessment(const question& q) {
    tallies result;
    for (const person_row& p : q.rows.person) {
        if (!p.is_born_by(p.last) || !in(q.when, p.born)) continue;
        const bool in_need_before = std::any_of(q.rows.referral.begin(), q.rows.referral.end(), [&](const auto& r) {
            return r.child == p.child && !r.nfa && r.date < p.born;
        });
        if (in_need_before) result.count(answer::yes, as_answer(assessed_by(q, p.child, p.born - 1)));
    }
    return result;
}

// --- the standard set ---

tallies re_referrals(const question& q) {
    tallies result;
    for (const referral_row& r : q.rows.referral) {
        if (!in(q.when, r.date)) continue;
        const day from = add_months(r.date, -12);
        const bool again = std::any_of(q.rows.referral.begin(), q.rows.referral.end(), [&](const referral_row& other) {
            return other.child == r.child && other.date < r.date && other.date >= from;
        });
        result.count(answer::yes, as_answer(again));
    }
    return result;
}

tallies assessed_in_time(const question& q) {
    tallies result;
    for (const assessment_row& a : q.rows.assessment) {
        if (!in(q.when, a.authorised)) continue;
        answer in_time = answer::unknown;
        for (const referral_row& r : q.rows.referral) {
            if (r.id == a.referral) in_time = as_answer(working_days_between(r.date, *a.authorised) <= 45);
        }
        result.count(answer::yes, in_time);
    }
    return result;
}

tallies assessed_no_further_action(const question& q) {
    tallies result;
    for (const assessment_row& a : q.rows.assessment) {
        if (in(q.when, a.authorised)) result.count(answer::yes, as_answer(a.outcome_nfa));
    }
    return result;
}

tallies conferences_in_time(const question& q) {
    tallies result;
    for (const initial_conference_row& c : q.rows.initial_conference) {
        if (!in(q.when, c.date) || c.transfer_in) continue;
        answer in_time = answer::unknown;
        for (const section_47_row& s : q.rows.section_47) {
            if (s.id == c.section_47) in_time = as_answer(working_days_between(s.start, c.date) <= 15);
        }
        result.count(answer::yes, in_time);
    }
    return result;
}

tallies children_in_need(const question& q) {
    entities children;
    for (const referral_row& r : q.rows.referral) children.add(r.child, as_answer(in_need(q, r)));
    return children.counted();
}

tallies children_on_plans(const question& q) {
    entities children;
    for (const cp_plan_row& p : q.rows.cp_plan) children.add(p.child, as_answer(on_plan(q, p)));
    return children.counted();
}

tallies children_looked_after(const question& q) {
    entities children;
    for (const looked_after_row& r : q.rows.looked_after_episode) children.add(r.child, as_answer(in_care(q, r)));
    return children.counted();
}

tallies plans_by_category(const question& q) {
    entities children;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        const answer abused = p.latest_category.empty() ? answer::unknown : as_answer(p.latest_category == "SAB");
        if (on_plan(q, p)) children.add(p.child, answer::yes, abused);
    }
    return children.shared();
}

/// First review within three months, each next within six, the last no older than six.
bool reviewed_in_time(const question& q, const cp_plan_row& p) {
    day before = p.start;
    for (const cp_review_row& r : q.rows.cp_review) {
        if (r.plan != p.id || r.date > q.as_at()) continue;
        if (r.date > add_months(before, before == p.start ? 3 : 6)) return false;
        before = r.date;
    }
    return before != p.start && before >= add_months(q.as_at(), -6);
}

tallies reviews_in_time(const question& q) {
    tallies result;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        if (on_plan(q, p) && p.start <= add_months(q.as_at(), -3))
            result.count(answer::yes, as_answer(reviewed_in_time(q, p)));
    }
    return result;
}

tallies plans_open_two_years(const question& q) {
    entities children;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        children.add(p.child, as_answer(on_plan(q, p) && p.start <= add_months(q.as_at(), -24)));
    }
    return children.counted();
}

tallies plans_ended_after_two_years(const question& q) {
    tallies result;
    for (const cp_plan_row& p : q.rows.cp_plan) {
        if (in(q.when, p.end) && p.other_authority != true)
            result.count(answer::yes, as_answer(p.start <= add_months(*p.end, -24)));
    }
    return result;
}

bool moved_often(const question& q, const identifier& child) {
    std::vector<identifier> placements;
    const day from = add_months(q.as_at(), -12) + 1;
    for (const looked_after_row& r : q.rows.looked_after_episode) {
        const bool in_year = r.start <= q.as_at() && (!r.end || *r.end > from);
        if (r.child != child || !in_year || is_short_break(r) || r.placement.substr(0, 1) == "T") continue;
        if (std::find(placements.begin(), placements.end(), r.placement_id) == placements.end())
            placements.push_back(r.placement_id);
    }
    return placements.size() >= 3;
}

tallies placement_stability(const question& q) {
    entities children;
    for (const looked_after_row& r : q.rows.looked_after_episode) {
        if (in_care(q, r)) children.add(r.child, answer::yes, as_answer(moved_often(q, r.child)));
    }
    return children.shared();
}

tallies return_interviews(const question& q) {
    tallies result;
    for (const missing_row& r : q.rows.missing_episode) {
        if (r.type == "M" && in(q.when, r.end)) result.count(answer::yes, as_answer(r.interview_offered));
    }
    return result;
}

}  // namespace

const std::vector<figure>& council_figures() {
    using enum figure_form;
    static const std::vector<figure> figures = {
        {"child_sexual_abuse.cp_plans_by_category", share, "cp_plan", true, plans_by_category},
        {"multiple_vulnerability.cin", share, "referral", true, several_vulnerabilities_in_need},
        {"multiple_vulnerability.cp", share, "cp_plan", true, several_vulnerabilities_on_plans},
        {"multiple_vulnerability.looked_after_parental_aces", count, "looked_after_episode", true,
         looked_after_with_hurt_parents},
        {"neglect.cin_open_over_18_months", count, "referral", true, neglect_over_18_months},
        {"neglect.cp_plan_over_12_months", count, "cp_plan", true, neglect_plans_over_12_months},
        {"neglect.cp_plan_second_time", share, "cp_plan", false, second_plans_for_neglect},
        {"neglect.toolkits_completed", count, "neglect_toolkit", false, toolkits},
        {"poverty.cin_poverty", share, "referral", true, poor},
        {"poverty.cin_homelessness", share, "referral", true, homeless},
        {"poverty.cin_no_recourse", share, "referral", true, without_recourse},
        {"standard.cin_per_10000", rate, "referral", true, children_in_need},
        {"standard.looked_after_per_10000", rate, "looked_after_episode", true, children_looked_after},
        {"standard.contacts", count, "contact", false, dated<&row_store::contact, &contact_row::date>},
        {"standard.referrals_per_10000", rate, "referral", false, dated<&row_store::referral, &referral_row::date>},
        {"standard.re_referrals_within_12_months", share, "referral", false, re_referrals, 12},
        {"standard.assessments_within_45_working_days", share, "assessment", false, assessed_in_time},
        {"standard.assessments_no_further_action", share, "assessment", false, assessed_no_further_action},
        {"standard.section_47_per_10000", rate, "section_47", false,
         dated<&row_store::section_47, &section_47_row::start>},
        {"standard.conferences_within_15_working_days", share, "initial_conference", false, conferences_in_time},
        {"standard.cp_plans_per_10000", rate, "cp_plan", true, children_on_plans},
        {"standard.repeat_cp_plans", share, "cp_plan", false, second_plans},
        {"standard.cp_reviews_on_time", share, "cp_plan", true, reviews_in_time},
        {"standard.cp_open_two_years_or_more", count, "cp_plan", true, plans_open_two_years},
        {"standard.cp_ended_after_two_years_or_more", share, "cp_plan", false, plans_ended_after_two_years},
        {"standard.placement_stability", share, "looked_after_episode", true, placement_stability},
        {"standard.missing_return_interviews", share, "missing_episode", false, return_interviews},
        {"standard.born_after_pre_birth_assessment", share, "person", false, born_after_assessment},
        {"unborn.cin_with_pre_birth_assessment", share, "referral", true, unborn_in_need_assessed},
        {"unborn.cp_with_pre_birth_assessment", share, "cp_plan", true, unborn_on_plans_assessed},
        {"unborn.pre_birth_assessments_parental_aces", count, "assessment", false, pre_birth_with_hurt_parents},
    };
    return figures;
}

}  // namespace goldenthread::exampleshire
