#include "synthetic/social_care_plan.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

enum class path : std::uint8_t {
    nfa,
    not_in_need,
    not_in_need_after_enquiry,
    support,
    enquiry_then_support,
    conference_only,
    plan,
    care,
    short_breaks,
};

using path_weights = std::array<weighted<path>, 9>;

/// Parts of 1000 referrals. England 2018-19 per 1000: no further action 81, not in need 291 (DfE CIN C1).
constexpr path_weights usual_paths = {{{path::nfa, 85},
                                       {path::not_in_need, 275},
                                       {path::not_in_need_after_enquiry, 45},
                                       {path::support, 330},
                                       {path::enquiry_then_support, 128},
                                       {path::conference_only, 15},
                                       {path::plan, 87},
                                       {path::care, 29},
                                       {path::short_breaks, 2}}};

constexpr std::array<weighted<code_text>, 20> sources = {{{"1A", 45}, {"1B", 20}, {"1C", 12}, {"1D", 20}, {"2A", 180},
                                                          {"2B", 20}, {"3A", 15}, {"3B", 25}, {"3C", 8},  {"3D", 40},
                                                          {"3E", 45}, {"3F", 25}, {"4", 15},  {"5A", 30}, {"5B", 90},
                                                          {"5C", 30}, {"6", 290}, {"7", 30},  {"9", 25},  {"8", 35}}};

constexpr std::array<weighted<code_text>, 8> needs = {
    {{"N1", 545}, {"N2", 35}, {"N3", 30}, {"N4", 90}, {"N5", 160}, {"N6", 30}, {"N7", 15}, {"N8", 35}}};

/// England, plans at 31 March 2019 by latest category.
constexpr std::array<weighted<code_text>, 5> categories = {
    {{"NEG", 470}, {"EMO", 350}, {"PHY", 80}, {"SAB", 50}, {"MUL", 50}}};

/// Working days from referral to an authorised assessment: about four in five by day 45.
constexpr deciles assessment_length = {4, 13, 19, 25, 30, 35, 39, 42, 45, 56, 95};
/// With a team of their own, from the reform on: about 97 in 100 by day 45.
constexpr deciles assessment_length_after_reform = {3, 10, 15, 19, 23, 27, 31, 34, 37, 41, 57};
/// Days from an assessment to the end of support.
constexpr deciles support_length = {10, 28, 46, 64, 82, 102, 128, 164, 220, 345, 1050};
constexpr deciles disability_support_length = {110, 230, 340, 450, 560, 700, 860, 1050, 1350, 1850, 3300};
/// Days in care.
constexpr deciles care_length = {2, 30, 120, 280, 480, 720, 1030, 1450, 2100, 3100, 4350};

path draw_path(const family& f, const child& c, day referral, dice& d) {
    path_weights w = usual_paths;
    const auto scale = [&w](path p, std::uint32_t times, std::uint32_t parts) {
        auto& entry = w[static_cast<std::size_t>(p)];
        entry.weight = entry.weight * times / parts;
    };
    if (f.traits.neglect || (f.traits.domestic_abuse && f.traits.parental_alcohol)) scale(path::plan, 3, 2);
    if (c.plans > 0) scale(path::plan, 3, 1);
    if (c.is_unborn_at(referral)) {
        scale(path::nfa, 1, 3);
        scale(path::plan, 5, 1);
        scale(path::enquiry_then_support, 3, 2);
    }
    if (c.disabled) {
        scale(path::short_breaks, 40, 1);
        scale(path::plan, 1, 2);
    }
    if (c.age_at(referral) >= 16) {
        scale(path::plan, 1, 4);
        scale(path::care, 3, 2);
    }
    return d.pick(w);
}

/// Working days from the strategy discussion to the conference: nearly four in five within 15.
day draw_conference(dice& d, day enquiry) {
    return add_working_days(enquiry, d.chance(785) ? d.between(8, 15) : d.between(16, 34));
}

void decide_categories(const family& f, dice& d, episode_of_need& n) {
    auto w = categories;
    if (f.traits.neglect) w[0].weight *= 2;
    if (f.traits.domestic_abuse) w[1].weight *= 2;
    n.initial_category = d.pick(w);
    n.latest_category = n.initial_category;
    const day length = *n.plan_end - *n.conference;
    if (!d.chance(80) || length < 120) return;
    n.latest_category = d.pick(w);
    if (n.latest_category != n.initial_category) n.category_changed = *n.conference + length / 2;
}

/// Reviews are due three months after the start and every six months after that: plans mostly end at one.
day draw_plan_end(dice& d, day start) {
    constexpr std::array<weighted<int>, 6> reviews = {{{1, 230}, {2, 440}, {3, 205}, {4, 75}, {5, 35}, {6, 15}}};
    const day last_review = add_months(start, 3 + 6 * (d.pick(reviews) - 1));
    return next_working_day(last_review - d.between(4, d.chance(750) ? 20 : 75));
}

code_text draw_care_end_reason(const child& c, dice& d, day start, day end) {
    using choice = weighted<code_text>;
    if (c.age_at(start) < 5 && end - start > 420 && d.chance(420)) return d.chance(480) ? "E11" : "E12";
    const bool old_codes = census_year(end) <= 2018;
    const std::array<choice, 8> choices = {{{"E4A", 400},
                                            {"E4B", 120},
                                            {"E13", 90},
                                            {old_codes ? "E43" : "E46", 80},
                                            {old_codes ? "E44" : "E47", 110},
                                            {"E41", 60},
                                            {"E3", 20},
                                            {"E8", 120}}};
    return d.pick(choices);
}

void decide_care(const child& c, dice& d, day start, episode_of_need& n) {
    start = std::max(start, c.born + d.between(1, 6));
    if (start >= std::min(c.adult, c.limit) - 10) return;
    n.care_start = start;
    day end = start + d.draw(care_length);
    constexpr std::array<weighted<code_text>, 5> leaving = {
        {{"E5", 340}, {"E6", 110}, {"E7", 60}, {"E17", 220}, {"E8", 270}}};
    const code_text reason_at_18 = d.pick(leaving);
    const code_text reason_before = draw_care_end_reason(c, d, start, end);
    const bool dies = c.died && *c.died <= end;
    if (dies) {
        end = *c.died;
    } else if (end >= c.adult) {
        end = c.adult;
    }
    n.care_end = end;
    n.care_end_reason = dies ? code_text("E2") : end == c.adult ? reason_at_18 : reason_before;
}

code_text closure_reason_after_care(const episode_of_need& n) {
    const code_text reason = n.care_end_reason;
    if (reason == "E11" || reason == "E12") return "RC1";
    if (reason == "E41") return "RC3";
    if (reason == "E43" || reason == "E44" || reason == "E46" || reason == "E47") return "RC4";
    if (reason == "E3") return "RC5";
    return reason == "E7" ? "RC6" : "RC7";
}

/// Only care ends with an order: nothing stays open behind it.
day closure_after_care(dice& d, const episode_of_need& n) {
    const code_text reason = closure_reason_after_care(n);
    return reason == "RC7" ? *n.care_end + d.between(20, 120) : *n.care_end;
}

void decide_plan(const family& f, const child& c, dice& d, episode_of_need& n) {
    if (*n.conference >= std::min(c.adult, c.limit) - 40) {
        n.conference.reset();
        return;
    }
    n.plan_end = std::min(draw_plan_end(d, *n.conference), std::min(c.adult, c.limit));
    if (*n.plan_end <= *n.conference + 14) n.plan_end = *n.conference + 14;
    const bool into_care = d.chance(150);
    const day care_from = *n.conference + d.between(30, 220);
    dice later = d;
    if (into_care) {
        decide_care(c, later, care_from, n);
        if (n.care_start)
            n.plan_end = std::max(std::min(*n.plan_end, *n.care_start + later.between(1, 35)), *n.conference + 14);
    }
    decide_categories(f, d, n);
}

void close(const child& c, dice& d, episode_of_need& n, day wanted, code_text reason) {
    n.closed = wanted;
    n.closure_reason = reason;
    if (c.died && *c.died <= wanted) {
        n.closed = *c.died;
        n.closure_reason = "RC2";
    } else if (c.limit < wanted) {
        n.closed = c.limit;
        n.closure_reason = c.disabled ? "RC6" : "RC7";
    } else if (reason == "RC7" && d.chance(30)) {
        n.closure_reason = "RC5";
    }
}

/// Nothing of an episode outlives it.
void cap_to_closure(episode_of_need& n) {
    n.authorised = std::min(n.authorised, n.closed);
    if (n.enquiry && *n.enquiry > n.closed) n.enquiry.reset();
    if (n.enquiry_end) n.enquiry_end = std::min(*n.enquiry_end, n.closed);
    if (!n.enquiry) n.enquiry_end.reset();
    if (n.conference && *n.conference > n.closed) n.conference.reset();
}

void decide_enquiry(const child& c, dice& d, path p, episode_of_need& n) {
    const bool transfer = p == path::plan && d.chance(35);
    n.transfer_in = transfer;
    n.other_authority = transfer && d.chance(250);
    // Before a birth nobody waits: the conference is held while the child is unborn.
    const std::uint32_t often_late = c.is_unborn_at(n.referral)        ? 0
                                     : p == path::plan                 ? 420
                                     : p == path::enquiry_then_support ? 150
                                                                       : 0;
    const bool late = d.chance(often_late);
    const day soon = next_working_day(n.referral + d.between(0, 9));
    const day later = next_working_day(n.authorised + d.between(20, 240));
    if (transfer) {
        n.conference = next_working_day(n.referral + d.between(5, 15));
        return;
    }
    n.enquiry = late ? later : soon;
    if (*n.enquiry >= c.limit - 40) n.enquiry = soon;
    n.enquiry_end = add_working_days(*n.enquiry, d.between(5, 14));
    if (p == path::plan || p == path::conference_only) {
        n.conference = draw_conference(d, *n.enquiry);
        n.enquiry_end = n.conference;
        // An assessment of a child who goes to conference is finished for it.
        if (n.authorised > *n.conference && d.chance(850))
            n.authorised = std::max(n.assessment_start, *n.conference - d.between(0, 3));
    }
}

void decide_end(const family& f, const child& c, dice& d, path p, episode_of_need& n) {
    const bool long_support = c.disabled && d.chance(600);
    const day after_support = n.authorised + d.draw(long_support ? disability_support_length : support_length);
    const day not_before =
        std::max(n.authorised, std::max(n.enquiry_end.value_or(0), n.conference.value_or(0))) + d.between(0, 12);
    day wanted = std::max(after_support, not_before);
    code_text reason = "RC7";
    if (n.not_in_need) {
        wanted = std::max(n.authorised, n.enquiry_end.value_or(n.authorised)) + d.between(0, 4);
        reason = "RC8";
    } else if (p == path::short_breaks) {
        wanted = n.authorised + d.draw(disability_support_length);
    } else if (n.plan_end) {
        wanted = std::max(*n.plan_end, n.authorised) + d.between(35, 160);
    }
    if (n.care_start) {
        reason = closure_reason_after_care(n);
        wanted = std::max(closure_after_care(d, n), n.authorised);
        if (n.plan_end) wanted = std::max(wanted, *n.plan_end);
    }
    if (f.traits.no_recourse && p == path::support) wanted += d.between(60, 400);
    close(c, d, n, wanted, reason);
}

code_text draw_need(const family& f, const child& c, dice& d, path p) {
    if (f.kind == journey::asylum) return "N8";
    if (p == path::short_breaks || (c.disabled && d.chance(550))) return "N2";
    if (d.chance(15)) return "N0";
    return p == path::plan ? (d.chance(850) ? "N1" : "N5") : d.pick(needs);
}

}  // namespace

episode_of_need decide_episode(const family& f, const child& c, day referral, std::uint32_t round) {
    dice d = f.shared_dice(c, topic::episode, round);
    episode_of_need n;
    n.round = round;
    n.source = d.pick(sources);
    // The police refer on any day of the week, offices on working days.
    n.referral = n.source == "6" ? referral : next_working_day(referral);
    const path p = f.kind == journey::asylum ? path::care : draw_path(f, c, n.referral, d);
    n.need = draw_need(f, c, d, p);
    n.closed = n.referral;
    if (p == path::nfa || n.referral >= c.limit - 60) {
        n.nfa = true;
        return n;
    }
    n.not_in_need = p == path::not_in_need || p == path::not_in_need_after_enquiry;
    n.assessment_start = next_working_day(n.referral + d.between(0, 2));
    const bool reformed = f.reform && n.referral >= *f.reform;
    const std::int32_t length = d.draw(reformed ? assessment_length_after_reform : assessment_length);
    n.authorised = std::max(n.assessment_start + 1, add_working_days(n.referral, length));
    const bool enquiry = p == path::not_in_need_after_enquiry || p == path::enquiry_then_support ||
                         p == path::conference_only || p == path::plan ||
                         (p == path::care && f.kind != journey::asylum && d.chance(400));
    if (enquiry) decide_enquiry(c, d, p, n);
    if (p == path::plan) decide_plan(f, c, d, n);
    if (p == path::care) decide_care(c, d, n.referral + (f.kind == journey::asylum ? 0 : d.between(0, 60)), n);
    n.short_breaks = p == path::short_breaks;
    decide_end(f, c, d, p, n);
    cap_to_closure(n);
    return n;
}

optional_day decide_return(const family& f, const child& c, const episode_of_need& n) {
    constexpr deciles soon = {10, 35, 60, 90, 120, 150, 185, 220, 260, 310, 364};
    constexpr deciles late = {365, 400, 450, 500, 560, 620, 700, 800, 950, 1200, 1700};
    dice d = f.shared_dice(c, topic::episode, 128U + n.round);
    const std::uint32_t draw = d.below(1000);
    const day after_soon = n.closed + d.draw(soon);
    const day after_late = n.closed + d.draw(late);
    if (f.kind == journey::asylum || n.closure_reason == "RC1" || n.closure_reason == "RC2" ||
        n.closure_reason == "RC5")
        return {};
    const std::uint32_t within_a_year = c.plans > 0 ? 430 : 385;
    const std::uint32_t ever = c.plans > 0 ? 640 : 490;
    if (draw >= ever || n.round > 60) return {};
    const day next = draw < within_a_year ? after_soon : after_late;
    return next < c.limit - 30 ? optional_day(next) : std::nullopt;
}

}  // namespace goldenthread::exampleshire
