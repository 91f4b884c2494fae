#include "synthetic/truths.hpp"

#include <goldenthread/core/working_calendar.hpp>

#include <algorithm>

namespace goldenthread::exampleshire {

namespace {

// --- child sexual exploitation ---

tallies disruptions(const question& q) {
    tallies result;
    for (const cse_outcome_row& r : q.rows.cse_outcome) {
        result.count(as_answer(r.type == "DISRUPTION" && in(q.when, r.date)));
    }
    return result;
}

/// Defendants: one police case is about one child here, so that its perpetrator tells defendants apart.
tallies prosecutions(const question& q) {
    entities defendants;
    for (const cse_outcome_row& r : q.rows.cse_outcome) {
        if (r.type != "PROSECUTION" || !in(q.when, r.date)) continue;
        const answer convicted = r.result.empty() ? answer::unknown : as_answer(r.result == "CONVICTED");
        defendants.add(r.police_case, convicted);
    }
    return defendants.counted();
}

answer at_high_risk(const question& q, const identifier& cse_case) {
    const cse_risk_assessment_row* last = nullptr;
    for (const cse_risk_assessment_row& r : q.rows.cse_risk_assessment) {
        if (r.cse_case == cse_case && r.date <= q.as_at() && (last == nullptr || r.date >= last->date)) last = &r;
    }
    return last == nullptr || last->risk.empty() ? answer::unknown : as_answer(last->risk == "HIGH");
}

tallies high_risk_cases(const question& q) {
    entities children;
    for (const cse_case_row& r : q.rows.cse_case) {
        if (open_at(r.start, r.end, q.as_at())) children.add(r.child, at_high_risk(q, r.id));
    }
    return children.counted();
}

tallies open_cse_cases(const question& q) {
    entities children;
    for (const cse_case_row& r : q.rows.cse_case) children.add(r.child, as_answer(open_at(r.start, r.end, q.as_at())));
    return children.counted();
}

tallies concerns(const question& q) {
    entities different;
    for (const cse_concern_row& r : q.rows.cse_concern) different.add(r.id, as_answer(in(q.when, r.date)));
    return different.counted();
}

// --- domestic abuse ---

answer child_there(const question& q, const domestic_abuse_incident_row& incident) {
    answer result = as_answer(incident.child_present);
    for (const domestic_abuse_incident_child_row& r : q.rows.domestic_abuse_incident_child) {
        if (r.incident == incident.id) result = either(result, as_answer(r.present));
    }
    return result;
}

tallies repeat_incidents(const question& q) {
    tallies result;
    for (const domestic_abuse_incident_row& r : q.rows.domestic_abuse_incident) {
        if (!in(q.when, r.date)) continue;
        bool again = false;
        for (const domestic_abuse_incident_row& other : q.rows.domestic_abuse_incident) {
            again = again || (other.victim == r.victim && other.date < r.date && other.date >= add_months(r.date, -12));
        }
        result.count(child_there(q, r), as_answer(again));
    }
    return result;
}

tallies young_victims(const question& q) {
    entities victims;
    for (const domestic_abuse_incident_row& r : q.rows.domestic_abuse_incident) {
        const std::int64_t age = r.victim_born ? age_in_years(*r.victim_born, r.date) : *r.victim_age;
        victims.add(r.victim, as_answer(in(q.when, r.date) && (age == 16 || age == 17)));
    }
    return victims.counted();
}

// --- early help ---

tallies early_help_under_18(const question& q) {
    tallies result;
    for (const early_help_assessment_row& r : q.rows.early_help_assessment) {
        if (!in(q.when, r.completed)) continue;
        const std::optional<int> age = q.age(r.child, *r.completed);
        result.count(as_answer(q.unborn(r.child, *r.completed) || (age && *age < 18)));
    }
    return result;
}

tallies early_help_quality(const question& q) {
    tallies result;
    for (const audit_row& r : q.rows.audit) {
        if (r.subject_table != "early_help_assessment" || !in(q.when, r.date)) continue;
        result.count(r.grade.empty() ? answer::unknown : answer::yes,
                     as_answer(r.grade == "GOOD" || r.grade == "OUTSTANDING"));
    }
    return result;
}

bool already_in_need(const question& q, const early_help_assessment_row& base) {
    return std::any_of(q.rows.referral.begin(), q.rows.referral.end(), [&](const referral_row& r) {
        return r.child == base.child && !r.nfa && r.date < *base.completed &&
               (!r.closed || *r.closed > *base.completed);
    });
}

/// The latest assessment of the child, of those that can convert, within the year before the referral.
const early_help_assessment_row* credited(const question& q, const referral_row& r) {
    const early_help_assessment_row* latest = nullptr;
    for (const early_help_assessment_row& base : q.rows.early_help_assessment) {
        if (base.child != r.child || !base.completed || *base.completed > r.date) continue;
        if (r.date > add_months(*base.completed, 12) || already_in_need(q, base)) continue;
        if (latest == nullptr || *base.completed >= *latest->completed) latest = &base;
    }
    return latest;
}

bool conference_followed(const question& q, const referral_row& r, const early_help_assessment_row& base) {
    return std::any_of(q.rows.initial_conference.begin(), q.rows.initial_conference.end(), [&](const auto& c) {
        return c.child == r.child && c.date >= r.date && c.date <= add_months(*base.completed, 12) && !c.transfer_in;
    });
}

tallies converted(const question& q, bool to_conference) {
    tallies result;
    for (const early_help_assessment_row& base : q.rows.early_help_assessment) {
        if (!in(q.when, base.completed)) continue;
        if (already_in_need(q, base)) {
            ++result.excluded;
            continue;
        }
        if (add_months(*base.completed, 12) > q.days.last) {
            ++result.immature;
            continue;
        }
        bool converts = false;
        for (const referral_row& r : q.rows.referral) {
            if (r.child != base.child || r.nfa || credited(q, r) != &base) continue;
            converts = converts || !to_conference || conference_followed(q, r, base);
        }
        result.count(answer::yes, as_answer(converts));
    }
    return result;
}
tallies converted_to_need(const question& q) { return converted(q, false); }
tallies converted_to_conference(const question& q) { return converted(q, true); }

tallies stepped_down(const question& q) {
    tallies result;
    for (const referral_row& r : q.rows.referral) {
        if (r.nfa || !in(q.when, r.closed)) continue;
        const code_text why = r.closure_reason;
        if (why == "RC1" || why == "RC2" || why == "RC5" || why == "RC6") {
            ++result.excluded;
            continue;
        }
        if (*r.closed + 28 > q.days.last) {
            ++result.immature;
            continue;
        }
        bool helped = why == "RC9";
        for (const early_help_episode_row& h : q.rows.early_help_episode) {
            if (h.child != r.child) continue;
            helped =
                helped || open_at(h.start, h.end, *r.closed) || (h.start >= *r.closed && h.start <= *r.closed + 28);
        }
        result.count(answer::yes, as_answer(helped));
    }
    return result;
}

// --- mental health ---

tallies self_harm(const question& q) {
    tallies result;
    for (const mh_presentation_row& r : q.rows.mh_presentation) {
        const answer harmed = r.reason.empty() ? answer::unknown : as_answer(r.reason == "SELF_HARM");
        const answer cared_for = either(as_answer(r.assessment), either(as_answer(r.treatment), as_answer(r.tier4)));
        const std::optional<int> age = q.age(r.child, r.date);
        const answer young = age ? as_answer(*age < 18) : answer::unknown;
        result.count(both(as_answer(in(q.when, r.date)), both(harmed, both(cared_for, young))));
    }
    return result;
}

struct spell {
    identifier child;
    day start;
    optional_day end;
};

/// Spells of one child that overlap or touch are one.
std::vector<spell> crisis_spells(const question& q) {
    std::vector<spell> all;
    for (const crisis_spell_row& r : q.rows.crisis_spell) all.push_back({r.child, r.start, r.end});
    std::sort(all.begin(), all.end(), [](const spell& a, const spell& b) {
        return a.child.owner != b.child.owner ? a.child.owner < b.child.owner : a.start < b.start;
    });
    std::vector<spell> joined;
    for (const spell& s : all) {
        if (joined.empty() || joined.back().child != s.child || (joined.back().end && *joined.back().end < s.start)) {
            joined.push_back(s);
        } else if (joined.back().end && (!s.end || *s.end > *joined.back().end)) {
            joined.back().end = s.end;
        }
    }
    return joined;
}

tallies crisis_starts(const question& q) {
    entities children;
    for (const spell& s : crisis_spells(q)) children.add(s.child, as_answer(in(q.when, s.start)));
    return children.counted();
}
tallies crisis_ends(const question& q) {
    entities children;
    for (const spell& s : crisis_spells(q)) children.add(s.child, as_answer(in(q.when, s.end)));
    return children.counted();
}

tallies adult_beds(const question& q) {
    entities children;
    for (const mh_bed_stay_row& r : q.rows.mh_bed_stay) {
        const bool in_period =
            r.admitted <= q.when.last && (!r.discharged || *r.discharged > q.when.first || r.admitted == q.when.first);
        if (r.ward != "ADULT" || !in_period) continue;
        const std::optional<int> age = q.age(r.child, std::max(r.admitted, q.when.first));
        children.add(r.child, age ? as_answer(*age < 18) : answer::unknown);
    }
    return children.counted();
}

/// Days from referral to what ended the wait in the period; those who wait on the last day are apart.
tallies waits(const question& q, optional_day camhs_pathway_row::* until) {
    tallies result;
    for (const camhs_pathway_row& r : q.rows.camhs_pathway) {
        const optional_day ended = r.*until;
        if (in(q.when, ended)) {
            ++result.counted;
            result.numerator += *ended - r.referred;
        }
        const bool waits = r.referred <= q.as_at() && (!ended || *ended > q.as_at());
        result.censored += waits && (!r.closed || *r.closed > q.as_at()) ? 1 : 0;
    }
    return result;
}
tallies waits_to_assessment(const question& q) { return waits(q, &camhs_pathway_row::assessed); }
tallies waits_to_treatment(const question& q) { return waits(q, &camhs_pathway_row::treated); }

// --- housing ---

tallies homeless_16_17(const question& q) {
    entities people;
    for (const housing_presentation_row& r : q.rows.housing_presentation) {
        const answer homeless = r.outcome.empty() ? answer::unknown : as_answer(r.outcome != "NOT_HOMELESS");
        std::optional<std::int64_t> age = r.age;
        if (r.born) age = age_in_years(*r.born, r.date);
        const answer young = age ? as_answer(*age == 16 || *age == 17) : answer::unknown;
        people.add(r.person, both(as_answer(in(q.when, r.date)), both(homeless, young)));
    }
    return people.counted();
}

// --- private fostering ---

tallies privately_fostered(const question& q) {
    entities children;
    for (const private_fostering_row& r : q.rows.private_fostering) {
        if (!r.start || !open_at(*r.start, r.end, q.as_at())) continue;
        const std::optional<int> age = q.age(r.child, q.as_at());
        answer young = age ? as_answer(*age < 16) : answer::unknown;
        if (age && *age >= 16 && *age < 18) young = as_answer(q.person(r.child).disabled);
        children.add(r.child, young);
    }
    return children.counted();
}

std::vector<day> visits(const question& q, const private_fostering_row& r, day until) {
    std::vector<day> days;
    for (const private_fostering_visit_row& v : q.rows.private_fostering_visit) {
        if (v.arrangement == r.id && v.date >= r.notified && v.date <= until) days.push_back(v.date);
    }
    std::sort(days.begin(), days.end());
    return days;
}

tallies first_visits_in_time(const question& q) {
    tallies result;
    for (const private_fostering_row& r : q.rows.private_fostering) {
        if (!in(q.when, r.notified)) continue;
        const std::vector<day> made = visits(q, r, q.when.last);
        const bool in_time = !made.empty() && working_days_between(r.notified, made.front()) <= 7;
        if (!in_time && add_working_days(r.notified, 7) > q.when.last) {
            ++result.immature;
            continue;
        }
        result.count(answer::yes, as_answer(in_time));
    }
    return result;
}

/// No interval that reaches into the period is longer than six weeks in the first year, twelve after it.
bool visited_regularly(const question& q, const private_fostering_row& r) {
    const day stop = std::min(q.as_at(), r.end.value_or(q.as_at()));
    std::vector<day> edges = visits(q, r, stop);
    edges.insert(edges.begin(), r.notified);
    edges.push_back(stop);
    for (std::size_t i = 1; i < edges.size(); ++i) {
        const bool first_year = edges[i - 1] < add_months(r.notified, 12);
        if (edges[i] >= q.when.first && edges[i] - edges[i - 1] > (first_year ? 42 : 84)) return false;
    }
    return true;
}

tallies regular_visits(const question& q) {
    tallies result;
    for (const private_fostering_row& r : q.rows.private_fostering) {
        if (r.notified <= q.as_at() && (!r.end || *r.end > q.when.first))
            result.count(answer::yes, as_answer(visited_regularly(q, r)));
    }
    return result;
}

}  // namespace

const std::vector<figure>& partner_figures() {
    using enum figure_form;
    static const std::vector<figure> figures = {
        {"child_sexual_abuse.disruptions", count, "cse_outcome", false, disruptions},
        {"child_sexual_abuse.successful_prosecutions", count, "cse_outcome", false, prosecutions},
        {"child_sexual_abuse.high_risk_cases", count, "cse_case", true, high_risk_cases},
        {"child_sexual_abuse.child_profile", count, "cse_case", true, open_cse_cases},
        {"child_sexual_abuse.problem_profile", count, "cse_concern", false, concerns},
        {"domestic_abuse.repeat_incidents_child_present", share, "domestic_abuse_incident", false, repeat_incidents,
         12},
        {"domestic_abuse.school_notifications", count, "school_notification", false,
         dated<&row_store::school_notification, &school_notification_row::date>},
        {"domestic_abuse.victims_16_17", count, "domestic_abuse_incident", false, young_victims},
        {"early_help.assessments_per_10000", rate, "early_help_assessment", false, early_help_under_18},
        {"early_help.conversion_to_cin", share, "early_help_assessment", false, converted_to_need},
        {"early_help.conversion_to_conference", share, "early_help_assessment", false, converted_to_conference},
        {"early_help.assessments_by_source", count, "early_help_assessment", false,
         dated<&row_store::early_help_assessment, &early_help_assessment_row::completed>},
        {"early_help.assessments_by_concern", count, "early_help_assessment", false,
         dated<&row_store::early_help_assessment, &early_help_assessment_row::completed>},
        {"early_help.assessment_quality", share, "audit", false, early_help_quality},
        {"early_help.stepped_down", share, "referral", false, stepped_down},
        {"mental_health.self_harm_presentations", count, "mh_presentation", false, self_harm},
        {"mental_health.crisis_starts", count, "crisis_spell", false, crisis_starts},
        {"mental_health.crisis_ends", count, "crisis_spell", false, crisis_ends},
        {"mental_health.adult_beds", count, "mh_bed_stay", false, adult_beds},
        {"mental_health.wait_to_assessment", mean, "camhs_pathway", false, waits_to_assessment},
        {"mental_health.wait_to_treatment", mean, "camhs_pathway", false, waits_to_treatment},
        {"poverty.homeless_16_17", count, "housing_presentation", false, homeless_16_17},
        {"private_fostering.notifications", count, "private_fostering", false,
         dated<&row_store::private_fostering, &private_fostering_row::notified>},
        {"private_fostering.began", count, "private_fostering", false,
         dated<&row_store::private_fostering, &private_fostering_row::start>},
        {"private_fostering.ended", count, "private_fostering", false,
         dated<&row_store::private_fostering, &private_fostering_row::end>},
        {"private_fostering.open", count, "private_fostering", true, privately_fostered},
        {"private_fostering.first_visit_on_time", share, "private_fostering", false, first_visits_in_time},
        {"private_fostering.regular_visits", share, "private_fostering", false, regular_visits},
    };
    return figures;
}

}  // namespace goldenthread::exampleshire
