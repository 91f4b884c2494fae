#include "synthetic/generator.hpp"

#include "synthetic/journeys.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

void add_disabilities(const family& f, const child& c, row_store& rows, person_row& p) {
    constexpr std::array<code_text, 11> codes = {"MOB",  "HAND", "PC",  "INC", "COMM", "LD",
                                                 "HEAR", "VIS",  "BEH", "CON", "AUT"};
    dice d = f.child_dice(c, topic::child, 1);
    if (!c.disabled) {
        if (!d.chance(720)) return;
        rows.person_disability.push_back({c.id(), "NONE"});
        p.disabled = false;
        return;
    }
    p.disabled = true;
    const std::size_t before = rows.person_disability.size();
    for (const code_text code : codes) {
        const std::uint32_t likely = code == "LD" || code == "AUT" || code == "BEH" ? 380 : code == "COMM" ? 250 : 60;
        if (d.chance(likely)) rows.person_disability.push_back({c.id(), code});
    }
    if (rows.person_disability.size() == before) rows.person_disability.push_back({c.id(), "LD"});
}

/// What few systems record, and never for the unborn.
void add_identity(const family& f, const child& c, person_row& p) {
    dice d = f.child_dice(c, topic::identity);
    const bool described = d.chance(300), other = d.chance(12), pupil = d.chance(930);
    if (described) p.gender = other ? "NON_BINARY" : c.sex == "M" ? "MALE" : "FEMALE";
    if (pupil && p.is_born_by(p.last - 4 * 366)) p.upn = c.number;
    p.registered_before = d.chance(4);
}

void add_person(const family& f, const child& c, const extract& e, row_store& rows) {
    person_row p;
    p.child = c.id();
    p.born = c.born;
    p.due = c.due;
    if (c.died) p.died = e.known(*c.died);
    p.sex = c.sex;
    p.ethnicity = c.ethnicity;
    p.last = e.last;
    add_disabilities(f, c, rows, p);
    add_identity(f, c, p);
    rows.person.push_back(p);
}

void live(const family& f, child& c, const extract& e, row_store& rows) {
    if (f.kind == journey::social_care || f.kind == journey::asylum) live_social_care(f, c, e, rows);
    live_early_help(f, c, e, rows);
    make_contacts(f, c, e, rows);
    live_privately_fostered(f, c, e, rows);
}

bool is_known(const row_store& rows, const row_mark& before) { return mark_of(rows) != before; }

/// Families are drawn over this many days.
std::int64_t arrival_days(const extract& e) { return e.last - first_arrival(e) + 1; }

}  // namespace

generator::generator(const exampleshire_settings& settings)
    : settings_(settings), days_{settings.first, settings.last} {
    check_settings(settings_);
}

bool generator::next_family(row_store& rows) {
    while (children_ < settings_.children) {
        clear(rows);
        family f = make_family(settings_.seed, candidates_++, days_);
        candidate_children_ += static_cast<std::int64_t>(f.children.size());
        f.number = families_ + 1;
        for (child& c : f.children) {
            if (children_ == settings_.children) break;
            const row_mark before = mark_of(rows);
            c.number = children_ + 1;
            live(f, c, days_, rows);
            if (is_known(rows, before)) {
                ++children_;
                add_person(f, c, days_, rows);
            } else {
                c.number = 0;
            }
        }
        // Numbers of children that were not reached stay 0: partners then do not name them.
        if (rows.person.empty()) continue;
        ++families_;
        meet_police(f, days_, rows);
        for (const child& c : f.children) {
            if (c.number == 0) continue;
            meet_exploitation_team(f, c, days_, rows);
            meet_health(f, c, days_, rows);
            meet_housing(f, c, days_, rows);
        }
        use_neglect_toolkit(f, days_, rows);
        audit_early_help(f, days_, rows);
        return true;
    }
    clear(rows);
    return false;
}

std::int64_t generator::child_population() const noexcept {
    // Chosen so that children in need are about 340 per 10,000, as in England at 31 March 2019.
    constexpr std::int64_t residents_per_child_a_year = 22;
    return std::max<std::int64_t>(1, candidate_children_ * 365 * residents_per_child_a_year / arrival_days(days_));
}

void generator::area(row_store& rows) {
    clear(rows);
    const std::int64_t here = std::max<std::int64_t>(1, child_population() - settled_);
    settled_ += here;
    describe_area(here, days_, rows);
    keep_board_records(settings_.seed, days_, rows);
}

}  // namespace goldenthread::exampleshire
