// What other parts of the council and its partners record: housing, the neglect toolkit, audits, private fostering,
// hardship flags and the parents' own childhood.
#include "synthetic/journeys.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

void meet_housing(const family& f, const child& c, const extract& e, row_store& rows) {
    constexpr std::array<weighted<code_text>, 7> outcomes = {{{"PREVENTION", 290},
                                                              {"RELIEF", 210},
                                                              {"MAIN_DUTY", 30},
                                                              {"SECTION_20", 120},
                                                              {"RETURNED_HOME", 210},
                                                              {"NOT_HOMELESS", 110},
                                                              {"", 30}}};
    dice d = f.child_dice(c, topic::housing);
    if (!d.chance(f.traits.homeless ? 180 : 35)) return;
    const day on = next_working_day(birthday(c.born, 16) - 20 + d.between(0, 760));
    if (!e.holds(on) || (c.died && *c.died <= on) || on < f.arrival - 400 || on > f.arrival + 1600) return;
    housing_presentation_row r;
    r.id = c.row('F', 1);
    r.person = c.row('V', 2);
    r.child = d.chance(800) ? c.id() : identifier{};
    if (d.chance(920)) r.born = c.born;
    r.age = c.age_at(on);
    if (!r.born && d.chance(100)) r.age.reset();
    r.date = on;
    r.outcome = d.pick(outcomes);
    rows.housing_presentation.push_back(r);
    // The crosswalk: who was matched to a child, how, and how surely; the unmatched stay in it.
    person_link_row link;
    link.partner = "HOUSING";
    link.partner_person = r.person;
    link.child = r.child;
    const bool by_number = d.chance(550);
    link.method = by_number ? "NATIONAL_INSURANCE_NUMBER" : "NAME_AND_BIRTH_DATE";
    link.score = r.child.is_null() ? d.between(120, 640) : by_number ? 1000 : d.between(850, 999);
    rows.person_link.push_back(link);
}

void use_neglect_toolkit(const family& f, const extract& e, row_store& rows) {
    constexpr std::array<weighted<code_text>, 4> agencies = {
        {{"CHILDRENS_SOCIAL_CARE", 560}, {"HEALTH_VISITOR", 210}, {"SCHOOL", 180}, {"EARLY_HELP", 50}}};
    dice d = f.family_dice(topic::toolkit);
    if (!f.traits.neglect || f.kind != journey::social_care || !d.chance(340)) return;
    day start = next_working_day(f.arrival + d.between(10, 120));
    // The family is scored again after some months: one row for each child each time.
    for (std::int32_t round = 1; round <= 3; ++round, start = next_working_day(start + d.between(90, 240))) {
        const code_text agency = d.pick(agencies);
        const bool finished = d.chance(830);
        const day completed = next_working_day(start + d.between(0, 45));
        const bool again = d.chance(450);
        for (const child& c : f.children) {
            if (c.number == 0 || !c.joined || start >= c.limit || c.is_unborn_at(start)) continue;
            if (!e.holds_stay(start, finished ? completed : start)) continue;
            rows.neglect_toolkit.push_back(
                {c.row('K', round), c.id(), f.id(), start, finished ? e.known(completed) : std::nullopt, agency});
        }
        if (!again) return;
    }
}

void audit_early_help(const family& f, const extract& e, row_store& rows) {
    constexpr std::array<weighted<code_text>, 5> grades = {
        {{"OUTSTANDING", 70}, {"GOOD", 480}, {"REQUIRES_IMPROVEMENT", 340}, {"INADEQUATE", 70}, {"", 40}}};
    constexpr std::array<weighted<code_text>, 4> agencies = {
        {{"CHILDRENS_SOCIAL_CARE", 330}, {"EDUCATION", 300}, {"HEALTH", 250}, {"VOLUNTARY_SECTOR", 120}}};
    dice d = f.family_dice(topic::audits);
    std::int32_t order = 0;
    for (const early_help_assessment_row& a : rows.early_help_assessment) {
        const bool drawn = d.chance(70);
        const code_text grade = d.pick(grades);
        const code_text agency = d.pick(agencies);
        const bool multi_agency = d.chance(180);
        if (!drawn || !a.completed) continue;
        const day on = next_working_day(*a.completed + d.between(20, 120));
        if (!e.holds(on)) continue;
        rows.audit.push_back({f.row('A', ++order), on, agency, "EARLY_HELP", multi_agency, "early_help_assessment",
                              a.id, a.child, grade});
    }
}

namespace {

/// Regulation 8 of the Private Arrangements for Fostering Regulations 2005: a visit within seven working days of
/// notification, every six weeks in the first year, every twelve after it. Most are in time.
void visit(const child& c, dice& d, const private_fostering_row& r, day end, const extract& e, row_store& rows) {
    std::int32_t order = 0;
    day on = add_working_days(r.notified, d.chance(860) ? d.between(1, 7) : d.between(8, 20));
    while (on <= std::min(end, e.last)) {
        rows.private_fostering_visit.push_back(
            {c.row('V', ++order), r.id, on, d.chance(40) ? optional_flag() : optional_flag(d.chance(880))});
        const bool first_year = on < add_months(r.notified, 12);
        const std::int32_t due = first_year ? 42 : 84;
        on += d.chance(940) ? due - d.between(4, 16) : due + d.between(1, 25);
        if (!is_working_day(on)) on = next_working_day(on - 4);
    }
}

}  // namespace

void live_privately_fostered(const family& f, const child& c, const extract& e, row_store& rows) {
    constexpr std::array<weighted<code_text>, 5> types = {
        {{"8B", 220}, {"8C", 150}, {"8D", 260}, {"8E", 250}, {"8F", 120}}};
    constexpr deciles length = {28, 60, 100, 150, 210, 280, 350, 450, 600, 850, 1500};
    if (f.kind != journey::private_fostering) return;
    dice d = f.child_dice(c, topic::private_fostering);
    private_fostering_row r;
    r.notified = next_working_day(f.arrival);
    const bool begins = d.chance(940);
    const day start = r.notified + d.between(-40, 20);
    const day sixteenth = c.disabled ? c.adult : birthday(c.born, 16);
    const day end = std::min(std::max(start, r.notified) + d.draw(length), std::max(sixteenth, r.notified + 7));
    if (!e.holds_stay(r.notified, begins ? end : r.notified)) return;
    r.id = c.row('F', 1);
    r.child = c.id();
    r.type = d.pick(types);
    if (begins && start < end) {
        r.start = e.known(start);
        r.end = e.known(end);
    }
    rows.private_fostering.push_back(r);
    if (begins && start < end) visit(c, d, r, end, e, rows);
}

void raise_flags(const family& f, const child& c, const episode_of_need& n, const extract& e, row_store& rows) {
    if (n.nfa || n.authorised >= n.closed || !e.holds_stay(n.authorised, n.closed)) return;
    dice d = f.child_dice(c, topic::flags, n.round);
    const auto ask = [&](code_text flag, bool holds, std::uint32_t asked) {
        const bool recorded = d.chance(850);
        const code_text answer = !d.chance(asked) ? "NOT_ASKED" : holds ? "YES" : "NO";
        if (recorded) rows.child_flag.push_back({c.id(), flag, answer, n.authorised, e.known(n.closed)});
    };
    ask("POVERTY", f.traits.poverty, 880);
    ask("HOMELESS", f.traits.homeless, 950);
    ask("NRPF", f.traits.no_recourse, 930);
}

void ask_parents(const family& f, const child& c, const episode_of_need& n, const extract& e, row_store& rows) {
    constexpr std::array<code_text, 10> experiences = {
        "PHYSICAL_ABUSE", "EMOTIONAL_ABUSE",  "SEXUAL_ABUSE",   "PHYSICAL_NEGLECT",    "EMOTIONAL_NEGLECT",
        "DOMESTIC_ABUSE", "SUBSTANCE_MISUSE", "MENTAL_ILLNESS", "PARENTAL_SEPARATION", "IMPRISONMENT"};
    if (n.nfa || f.kind == journey::asylum || (!c.is_unborn_at(n.authorised) && !n.care_start)) return;
    dice d = f.child_dice(c, topic::parents, n.round);
    const bool asked = d.chance(620);
    const day on = c.is_unborn_at(n.authorised) || !n.care_start ? n.authorised : *n.care_start + d.between(5, 60);
    if (!asked || !e.holds(on)) return;
    const int parents = d.chance(550) ? 2 : 1;
    for (std::int32_t parent = 1; parent <= parents; ++parent) {
        // Hardship runs together: a parent has much of it or little.
        const std::uint32_t burden = d.chance(380) ? 560 : 170;
        for (const code_text ace : experiences) {
            const code_text response = d.chance(70) ? "NOT_ASKED" : d.chance(burden) ? "IDENTIFIED" : "NOT_IDENTIFIED";
            rows.parental_ace.push_back({c.id(), c.row('Y', parent), ace, response, on});
        }
    }
}

}  // namespace goldenthread::exampleshire
