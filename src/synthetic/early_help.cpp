#include "synthetic/journeys.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

constexpr std::array<weighted<code_text>, 8> organisations = {{{"SCHOOL", 430},
                                                               {"LOCAL_AUTHORITY", 230},
                                                               {"HEALTH_VISITOR", 120},
                                                               {"CHILDRENS_CENTRE", 90},
                                                               {"VOLUNTARY_SECTOR", 60},
                                                               {"HOUSING", 30},
                                                               {"MIDWIFERY", 20},
                                                               {"", 20}}};

void write_concerns(const family& f, const child& c, dice& d, const identifier& id, row_store& rows) {
    const auto consider = [&](code_text concern, std::uint32_t per_mille) {
        if (d.chance(per_mille)) rows.early_help_concern.push_back({id, concern});
    };
    const family_traits& t = f.traits;
    consider("PARENTING", 420);
    consider("BEHAVIOUR", c.disabled ? 480 : 270);
    consider("SCHOOL_ATTENDANCE", 160);
    consider("DOMESTIC_ABUSE", t.domestic_abuse ? 380 : 30);
    consider("PARENTAL_MENTAL_HEALTH", t.parental_mental_health ? 410 : 60);
    consider("CHILD_MENTAL_HEALTH", c.self_harms ? 500 : 110);
    consider("SUBSTANCE_MISUSE", t.parental_alcohol || t.parental_drugs ? 260 : 15);
    consider("HOUSING", t.homeless ? 600 : t.poverty ? 160 : 40);
    consider("FINANCE", t.poverty ? 360 : 50);
    consider("SPECIAL_NEEDS", c.disabled ? 520 : 70);
}

/// An assessment, and the spell of help that follows it and ends before `no_later`.
void assess_and_help(const family& f, child& c, dice& d, day start, day no_later, const extract& e, row_store& rows) {
    constexpr deciles length = {5, 14, 20, 25, 29, 33, 37, 41, 46, 58, 110};
    constexpr deciles help = {20, 60, 90, 120, 145, 170, 200, 235, 285, 360, 540};
    start = next_working_day(start);
    const bool gives_up = d.chance(50);
    const day completed = next_working_day(start + d.draw(length));
    const day ended = std::min(completed + d.draw(help), std::min(no_later, c.limit));
    const code_text source = d.pick(organisations);
    if (start >= c.limit - 150 || completed > no_later) return;
    const identifier id = c.row('E', c.help_assessments + 1);
    if (e.holds_stay(start, gives_up ? start : completed)) {
        ++c.help_assessments;
        rows.early_help_assessment.push_back(
            {id, c.id(), f.id(), start, gives_up ? std::nullopt : e.known(completed), source});
        write_concerns(f, c, d, id, rows);
    }
    if (gives_up || ended <= completed || !e.holds_stay(completed, ended)) return;
    const optional_day known_end = e.known(ended);
    const code_text end_reason = !known_end          ? ""
                                 : ended == no_later ? "STEPPED_UP"
                                 : d.chance(720)     ? "NEEDS_MET"
                                                     : "DISENGAGED";
    rows.early_help_episode.push_back({c.row('H', ++c.help_episodes), c.id(), completed, known_end,
                                       source.empty() ? code_text("LOCAL_AUTHORITY") : source, "ASSESSMENT",
                                       end_reason});
}

}  // namespace

void live_early_help(const family& f, child& c, const extract& e, row_store& rows) {
    constexpr day never = latest_day;
    dice d = f.child_dice(c, topic::early_help);
    if (f.kind == journey::early_help_only) {
        assess_and_help(f, c, d, f.arrival + (c.joined ? 0 : d.between(0, 90)), never, e, rows);
        if (d.chance(220)) assess_and_help(f, c, d, f.arrival + d.between(650, 1100), never, e, rows);
        return;
    }
    // Help before the first referral; a child not yet born has none of its own.
    if (f.kind != journey::social_care || !c.joined || c.due || !d.chance(230)) return;
    const day start = f.arrival - d.between(45, 420);
    if (start < c.born + 14) return;
    assess_and_help(f, c, d, start, f.arrival - d.between(0, 7), e, rows);
}

void step_down(const family& f, child& c, const episode_of_need& n, const extract& e, row_store& rows) {
    constexpr deciles help = {20, 60, 90, 120, 145, 170, 200, 235, 285, 360, 540};
    dice d = f.child_dice(c, topic::early_help, n.round + 1U);
    const bool can = !n.nfa && (n.closure_reason == "RC7" || n.closure_reason == "RC8") && n.closed < c.limit - 40 &&
                     !c.is_unborn_at(n.closed);
    if (!can || !d.chance(n.not_in_need ? 150 : 270)) return;
    // Most steps down are arranged before the case is closed.
    const day start = next_working_day(n.closed + d.between(-6, 30));
    const day ended = std::min(start + d.draw(help), c.limit);
    if (!e.holds_stay(start, ended)) return;
    const optional_day known_end = e.known(ended);
    rows.early_help_episode.push_back({c.row('H', ++c.help_episodes), c.id(), start, known_end, "LOCAL_AUTHORITY",
                                       "STEP_DOWN",
                                       !known_end      ? ""
                                       : d.chance(760) ? "NEEDS_MET"
                                                       : "DISENGAGED"});
}

}  // namespace goldenthread::exampleshire
