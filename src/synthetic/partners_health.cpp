// Children's mental health: CAMHS pathways, presentations in crisis, the crisis team and ward stays.
#include "synthetic/journeys.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

/// The backlog: a wait that begins on its first day is as long as ever, one that begins on the extract day three times
/// as long.
std::int32_t added_wait(day from, std::int32_t wait, const extract& e) {
    const optional_day behind = backlog_day(e);
    if (!behind || from < *behind) return 0;
    const std::int64_t days = e.last - *behind;
    const std::int64_t part = std::min<std::int64_t>(from - *behind, days);
    return static_cast<std::int32_t>(2 * wait * part / days);
}

void write_pathway(const child& c, dice& d, day referred, std::int32_t order, const extract& e, row_store& rows) {
    constexpr deciles to_assessment = {0, 9, 18, 27, 36, 46, 58, 72, 95, 135, 260};
    constexpr deciles to_treatment = {7, 21, 32, 43, 55, 68, 84, 105, 135, 185, 340};
    constexpr deciles treatment = {20, 60, 95, 130, 170, 210, 260, 320, 400, 520, 900};
    referred = next_working_day(referred);
    const bool accepted = d.chance(740), treated = d.chance(780), withdrawn = d.chance(60);
    const day assessed_on = next_working_day(referred + d.draw(to_assessment));
    const std::int32_t wait = d.draw(to_treatment);
    const day treated_on = next_working_day(assessed_on + wait + added_wait(assessed_on, wait, e));
    const day closed_on = !accepted   ? next_working_day(referred + d.between(3, 20))
                          : withdrawn ? next_working_day(referred + d.between(5, 40))
                          : !treated  ? next_working_day(assessed_on + d.between(0, 30))
                                      : next_working_day(treated_on + d.draw(treatment));
    if (!e.holds_stay(referred, closed_on)) return;
    camhs_pathway_row r;
    r.id = c.row('W', order);
    r.child = c.id();
    r.referred = referred;
    if (referred + 20 <= e.last) r.accepted = accepted;
    if (accepted && assessed_on < closed_on) r.assessed = e.known(assessed_on);
    if (accepted && treated && treated_on < closed_on) r.treated = e.known(treated_on);
    r.closed = e.known(closed_on);
    if (r.closed) {
        r.closed_reason = !accepted    ? "NOT_ACCEPTED"
                          : r.treated  ? "TREATMENT_COMPLETED"
                          : r.assessed ? "ADVICE_ONLY"
                                       : "WITHDRAWN";
    }
    rows.camhs_pathway.push_back(r);
}

void write_bed_stay(const child& c, dice& d, day admitted, std::int32_t order, const extract& e, row_store& rows) {
    constexpr std::array<weighted<code_text>, 3> wards = {{{"CAMHS", 520}, {"PAEDIATRIC", 420}, {"ADULT", 60}}};
    const code_text ward = d.pick(wards);
    const day discharged = admitted + (ward == "CAMHS" ? d.between(12, 130) : d.between(0, 6));
    if (!e.holds_stay(admitted, discharged)) return;
    rows.mh_bed_stay.push_back({c.row('B', order), c.id(), ward, admitted, e.known(discharged)});
}

/// A presentation in crisis, and what follows from it.
void present(const family& f, const child& c, dice& d, day on, std::int32_t order, const extract& e, row_store& rows) {
    constexpr std::array<weighted<code_text>, 4> reasons = {
        {{"SELF_HARM", 620}, {"OVERDOSE", 240}, {"SUICIDAL_THOUGHTS", 120}, {"", 20}}};
    const code_text reason = d.pick(reasons);
    const bool assessed = d.chance(780), treated = d.chance(430), tier4 = d.chance(35), with_team = d.chance(400);
    const bool recorded = !d.chance(25);
    const day team_from = on + d.between(0, 3), team_to = team_from + d.between(3, 45);
    const std::optional<outage> lost = hospital_outage(e);
    const bool is_lost = lost && f.south && on >= lost->first && on <= lost->last;
    if (e.holds(on) && !is_lost) {
        mh_presentation_row r;
        r.id = c.row('I', order);
        r.child = c.id();
        r.date = on;
        r.reason = reason;
        if (recorded) r.assessment = assessed;
        r.treatment = treated;
        r.tier4 = tier4;
        rows.mh_presentation.push_back(r);
    }
    if (with_team && e.holds_stay(team_from, team_to)) {
        rows.crisis_spell.push_back({c.row('U', order), c.id(), team_from, e.known(team_to)});
    }
    if (tier4 || d.chance(110)) write_bed_stay(c, d, on, order, e, rows);
}

}  // namespace

void meet_health(const family& f, const child& c, const extract& e, row_store& rows) {
    dice d = f.child_dice(c, topic::mental_health);
    const day near_arrival = f.arrival - d.between(0, 300);
    const day old_enough = birthday(c.born, 8) + d.between(0, 1800);
    const day from = std::max(near_arrival, old_enough);
    if (d.chance(c.self_harms ? 620 : 90)) {
        const day again = from + d.between(400, 800);
        if (from < c.limit - 30) write_pathway(c, d, from, 1, e, rows);
        if (d.chance(200) && again < c.limit - 30) write_pathway(c, d, again, 2, e, rows);
    }
    if (!c.self_harms || !d.chance(600)) return;
    constexpr std::array<weighted<int>, 4> counts = {{{1, 560}, {2, 230}, {3, 130}, {6, 80}}};
    const int count = d.pick(counts);
    day on = std::max(f.arrival, birthday(c.born, 11)) + d.between(0, 900);
    for (int i = 1; i <= count; ++i, on += d.between(6, 260)) {
        if (on >= std::min(c.limit, e.last + 1)) return;
        present(f, c, d, on, i, e, rows);
    }
}

}  // namespace goldenthread::exampleshire
