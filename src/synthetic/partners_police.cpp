// Police incidents of domestic abuse, and the schools told of them.
#include "synthetic/journeys.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

struct school_of {
    std::int32_t number;
    code_text phase;
};

school_of draw_school(const family& f, const child& c, int age) {
    // Brothers and sisters of one phase go to one school.
    dice d = f.child_dice(c, topic::domestic_abuse, 1);
    const auto own = static_cast<std::int32_t>(f.family_dice(topic::family).below(40));
    if (c.disabled && d.chance(120)) return {200 + own % 4, "SPECIAL"};
    if (age < 5) return {100 + own, "NURSERY"};
    if (age < 11) return {1 + own, "PRIMARY"};
    if (age < 16) return {150 + own % 12, "SECONDARY"};
    return {180 + own % 5, "SIXTEEN_PLUS"};
}

void notify_schools(const family& f, const domestic_abuse_incident_row& incident, dice& d, std::int32_t& notifications,
                    const extract& e, row_store& rows) {
    for (const child& c : f.children) {
        if (c.number == 0 || c.is_unborn_at(incident.date)) continue;
        const int age = c.age_at(incident.date);
        const bool present = d.chance(850);
        if (age >= 18) continue;
        rows.domestic_abuse_incident_child.push_back({incident.id, c.id(), present});
        const bool told = present && d.chance(720);
        const day on = add_working_days(incident.date, d.chance(850) ? 1 : d.between(2, 4));
        if (!told || age < 3 || on > e.last) continue;
        const school_of school = draw_school(f, c, age);
        rows.school_notification.push_back(
            {f.row('N', ++notifications), incident.id, c.id(), school.number, school.phase, on});
    }
}

/// The victim is a parent; now and then a child of the family aged 16 or 17.
void name_victim(const family& f, dice& d, day mother_born, domestic_abuse_incident_row& incident) {
    const bool child_victim = d.chance(350);
    const bool born_known = d.chance(930);
    for (const child& c : f.children) {
        const int age = c.age_at(incident.date);
        if (!child_victim || c.number == 0 || c.is_unborn_at(incident.date) || age < 15 || age > 18) continue;
        incident.victim = c.row('V', 1);
        incident.victim_sex = c.sex;
        if (born_known) incident.victim_born = c.born;
        incident.victim_age = age;
        return;
    }
    incident.victim = f.row('V', 1);
    incident.victim_sex = d.chance(930) ? "F" : "M";
    if (born_known) incident.victim_born = mother_born;
    incident.victim_age = age_in_years(mother_born, incident.date);
}

day mother_birth(const family& f, dice& d) {
    day eldest = f.children.front().born;
    for (const child& c : f.children) eldest = std::min(eldest, c.born);
    return eldest - d.between(16 * 366, 38 * 365);
}

}  // namespace

void meet_police(const family& f, const extract& e, row_store& rows) {
    constexpr std::array<weighted<int>, 6> counts = {{{1, 330}, {2, 230}, {3, 160}, {5, 140}, {8, 90}, {13, 50}}};
    constexpr std::array<weighted<code_text>, 4> risks = {
        {{"STANDARD", 560}, {"MEDIUM", 300}, {"HIGH", 125}, {"", 15}}};
    dice d = f.family_dice(topic::domestic_abuse);
    const bool victim = f.traits.domestic_abuse || d.chance(40);
    if (!victim || f.kind == journey::asylum || f.kind == journey::private_fostering) return;
    const day mother_born = mother_birth(f, d);
    const int count = d.pick(counts);
    day on = f.arrival - d.between(0, 500);
    std::int32_t incidents = 0, notifications = 0;
    for (int i = 0; i < count; ++i, on += d.between(1, d.chance(600) ? 160 : 620)) {
        dice own(f.seed, f.candidate, 1'000'000U + static_cast<std::uint64_t>(i), topic::domestic_abuse);
        const std::optional<outage> lost = police_outage(e);
        const bool is_lost = lost && f.west && on >= lost->first && on <= lost->last;
        if (!e.holds(on) || is_lost) continue;
        domestic_abuse_incident_row incident;
        incident.id = f.row('D', ++incidents);
        incident.date = on;
        name_victim(f, own, mother_born, incident);
        incident.suspect = own.chance(60) ? identifier{} : f.row('S', own.chance(850) ? 1 : 2);
        incident.household = own.chance(30) ? identifier{} : f.row('H', 1);
        incident.risk = own.pick(risks);
        const bool present = own.chance(600);
        if (!own.chance(30)) incident.child_present = present;
        rows.domestic_abuse_incident.push_back(incident);
        if (present) notify_schools(f, incident, own, notifications, e, rows);
    }
}

}  // namespace goldenthread::exampleshire
