#include "synthetic/journeys.hpp"
#include "synthetic/social_care_plan.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

/// Writes one episode of need, as far as the extract holds it.
class episode_writer {
public:
    episode_writer(const family& f, child& c, const episode_of_need& n, const extract& e, row_store& rows)
        : f_(f), c_(c), n_(n), e_(e), rows_(rows), d_(f.child_dice(c, topic::contacts, n.round)) {}

    void write() {
        write_referral();
        if (n_.nfa) return;
        write_assessments();
        write_support_plans();
        write_enquiry();
        write_conference();
        write_plan();
    }

private:
    void write_referral() {
        referral_ = c_.row('R', ++c_.referrals);
        referral_row r;
        r.id = referral_;
        r.child = c_.id();
        r.date = n_.referral;
        r.source = n_.source;
        r.need = n_.need;
        r.nfa = n_.nfa;
        if (!n_.nfa) r.closed = e_.known(n_.closed);
        if (r.closed) r.closure_reason = n_.closure_reason;
        rows_.referral.push_back(r);
        const day contacted = n_.source == "6" ? n_.referral : n_.referral - d_.between(0, 1);
        if (e_.holds(contacted)) {
            rows_.contact.push_back(
                {c_.row('T', ++c_.contacts), c_.id(), contacted, d_.chance(985) ? n_.source : code_text(), "REFERRAL"});
        }
    }

    void write_assessments() {
        write_assessment(n_.assessment_start, n_.authorised, 0);
        // A long case is assessed afresh about once a year.
        day start = n_.authorised;
        for (std::uint32_t again = 1; again < 12; ++again) {
            start = next_working_day(start + d_.between(300, 480));
            const day authorised = add_working_days(start, d_.between(8, 44));
            if (authorised + 20 > n_.closed || start > e_.last) return;
            if (d_.chance(600)) write_assessment(start, authorised, again);
        }
    }

    void write_assessment(day start, day authorised, std::uint32_t again) {
        if (start > e_.last) return;
        assessment_row a;
        a.id = c_.row('A', ++c_.assessments);
        a.referral = referral_;
        a.child = c_.id();
        a.start = start;
        a.authorised = e_.known(authorised);
        a.pre_birth = c_.is_unborn_at(start);
        if (d_.chance(40)) a.pre_birth.reset();
        if (a.authorised) {
            a.outcome_nfa = n_.not_in_need && again == 0;
            if (d_.chance(10)) a.outcome_nfa.reset();
            a.factors_recorded = !d_.chance(35);
        }
        if (a.factors_recorded == true) {
            for (const code_text factor : draw_factors(f_, c_, n_, authorised, again)) {
                rows_.assessment_factor.push_back({a.id, factor});
            }
        }
        rows_.assessment.push_back(a);
    }

    void write_support_plan(day start, day end) {
        if (end < start + 7 || start > e_.last) return;
        rows_.cin_plan.push_back({c_.row('N', ++c_.cin_plans), c_.id(), referral_, start, e_.known(end)});
    }

    /// A child in need plan runs from the assessment to the child protection plan or care, and again behind it.
    void write_support_plans() {
        if (n_.not_in_need) return;
        day until = n_.closed;
        if (n_.plan_end) until = std::min(until, *n_.conference);
        if (n_.care_start) until = std::min(until, *n_.care_start);
        write_support_plan(n_.authorised, until);
        day again = n_.plan_end.value_or(n_.closed);
        if (n_.care_end) again = std::max(again, *n_.care_end);
        if (n_.plan_end || n_.care_end) write_support_plan(std::max(again, n_.authorised), n_.closed);
    }

    void write_enquiry() {
        if (!n_.enquiry || *n_.enquiry > e_.last) return;
        section_47_row s;
        s.id = enquiry_ = c_.row('S', ++c_.enquiries);
        s.child = c_.id();
        s.referral = referral_;
        s.start = *n_.enquiry;
        s.end = e_.known(*n_.enquiry_end);
        const bool to_conference = n_.conference.has_value();
        if (to_conference) s.conference_target = add_working_days(s.start, 15);
        if (s.end) s.conference_not_required = !to_conference;
        rows_.section_47.push_back(s);
    }

    void write_conference() {
        // A plan of another council came with the child: its conference was elsewhere.
        if (!n_.conference || *n_.conference > e_.last || n_.other_authority) return;
        initial_conference_row r;
        r.id = conference_ = c_.row('C', ++c_.conferences);
        r.child = c_.id();
        r.referral = referral_;
        r.section_47 = n_.transfer_in ? identifier{} : enquiry_;
        r.date = *n_.conference;
        r.outcome_plan = n_.plan_end.has_value();
        r.transfer_in = n_.transfer_in;
        rows_.initial_conference.push_back(r);
    }

    void write_plan() {
        if (!n_.plan_end || *n_.conference > e_.last) return;
        cp_plan_row p;
        p.id = c_.row('P', ++c_.plan_rows);
        p.child = c_.id();
        p.referral = referral_;
        p.conference = conference_;
        p.start = *n_.conference;
        p.end = e_.known(*n_.plan_end);
        p.initial_category = n_.initial_category;
        p.latest_category = n_.initial_category;
        if (n_.category_changed && *n_.category_changed <= e_.last) {
            p.latest_category = n_.latest_category;
            p.category_changed = n_.category_changed;
        }
        p.previous_plans = c_.plans;
        if (d_.chance(10)) p.previous_plans.reset();
        p.other_authority = n_.other_authority;
        if (!n_.other_authority && d_.chance(60)) p.other_authority.reset();
        rows_.cp_plan.push_back(p);
        write_categories(p);
        write_reviews(p);
    }

    /// The list behind "multiple" is on file for two plans in three.
    void write_categories(const cp_plan_row& p) {
        if (!d_.chance(670)) return;
        const bool with_neglect = f_.traits.neglect || d_.chance(500);
        const bool with_physical = d_.chance(550) || !with_neglect;
        const auto list = [&](code_text stage) {
            if (with_neglect) rows_.cp_plan_category.push_back({p.id, stage, "NEG"});
            if (with_physical) rows_.cp_plan_category.push_back({p.id, stage, "PHY"});
            rows_.cp_plan_category.push_back({p.id, stage, "EMO"});
        };
        if (p.initial_category == "MUL") list("initial");
        if (p.latest_category == "MUL") list("latest");
    }

    /// First review within three months, each next within six; one in sixteen is late.
    void write_reviews(const cp_plan_row& p) {
        const day until = std::min(*n_.plan_end, e_.last);
        day due = add_months(p.start, 3);
        day held = next_working_day(due - d_.between(6, 20));
        while (true) {
            if (d_.chance(60)) held = next_working_day(due + d_.between(1, 40));
            const bool ends_here = *n_.plan_end > p.start + 40 && held > *n_.plan_end - 45 && held < *n_.plan_end;
            if (ends_here) held = *n_.plan_end;
            if (held > until) return;
            rows_.cp_review.push_back({p.id, c_.id(), held});
            due = add_months(held, 6);
            held = next_working_day(due - d_.between(6, 35));
        }
    }

    const family& f_;
    child& c_;
    const episode_of_need& n_;
    const extract& e_;
    row_store& rows_;
    dice d_;
    identifier referral_, enquiry_, conference_;
};

bool is_in_extract(const episode_of_need& n, const extract& e) {
    return n.nfa ? e.holds(n.referral) : e.holds_stay(n.referral, n.closed);
}

}  // namespace

void live_social_care(const family& f, child& c, const extract& e, row_store& rows) {
    dice d = f.child_dice(c, topic::contacts, 255);
    // A brother or sister not referred with the others comes later.
    optional_day next = c.joined ? f.arrival : f.arrival + d.between(30, 700);
    for (std::uint32_t round = 0; next && *next <= e.last && *next < c.limit - 10; ++round) {
        const episode_of_need n = decide_episode(f, c, *next, round);
        if (n.referral > e.last) return;
        if (is_in_extract(n, e)) {
            episode_writer(f, c, n, e, rows).write();
            live_in_care(f, c, n, e, rows);
            raise_flags(f, c, n, e, rows);
            ask_parents(f, c, n, e, rows);
            step_down(f, c, n, e, rows);
        }
        if (n.plan_end && !n.other_authority) ++c.plans;
        next = decide_return(f, c, n);
    }
}

void make_contacts(const family& f, child& c, const extract& e, row_store& rows) {
    constexpr std::array<weighted<int>, 5> counts = {{{0, 330}, {1, 280}, {2, 190}, {3, 120}, {4, 80}}};
    constexpr std::array<weighted<code_text>, 4> outcomes = {
        {{"NO_FURTHER_ACTION", 450}, {"INFORMATION_AND_ADVICE", 330}, {"EARLY_HELP", 200}, {"", 20}}};
    constexpr std::array<weighted<code_text>, 8> sources = {
        {{"6", 400}, {"2A", 190}, {"1A", 70}, {"3E", 80}, {"3B", 60}, {"5B", 90}, {"4", 40}, {"1D", 70}}};
    dice d = f.child_dice(c, topic::contacts, 254);
    const bool only = f.kind == journey::contact_only;
    const int count = d.pick(counts) + (only ? 1 : 0);
    for (int i = 0; i < count; ++i) {
        const day drawn = i == 0 && only ? f.arrival : f.arrival + d.between(-250, 900);
        const code_text source = d.pick(sources);
        const day on = source == "6" ? drawn : next_working_day(drawn);
        const code_text outcome = d.pick(outcomes);
        const day known_from = c.due ? *c.due - 250 : c.born;
        if (!e.holds(on) || on >= c.limit || on < known_from) continue;
        rows.contact.push_back({c.row('T', ++c.contacts), c.id(), on, source, outcome});
    }
}

}  // namespace goldenthread::exampleshire
