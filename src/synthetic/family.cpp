#include "synthetic/family.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

using enum journey;

constexpr std::array<weighted<journey>, 5> journeys = {
    {{contact_only, 170}, {early_help_only, 190}, {social_care, 624}, {private_fostering, 10}, {asylum, 6}}};

/// Schools refer most: few referrals in August and at Christmas, many in the weeks before and after.
constexpr std::array<std::uint32_t, 12> arrivals_by_month = {920, 880, 1000, 850, 960, 980,
                                                             960, 700, 890,  980, 970, 800};

constexpr std::array<weighted<std::uint32_t>, 4> family_sizes = {{{1, 640}, {2, 210}, {3, 105}, {4, 45}}};

constexpr std::array<weighted<int>, 18> ages = {{{0, 80},
                                                 {1, 55},
                                                 {2, 55},
                                                 {3, 56},
                                                 {4, 57},
                                                 {5, 57},
                                                 {6, 56},
                                                 {7, 55},
                                                 {8, 54},
                                                 {9, 54},
                                                 {10, 54},
                                                 {11, 55},
                                                 {12, 57},
                                                 {13, 60},
                                                 {14, 63},
                                                 {15, 60},
                                                 {16, 40},
                                                 {17, 22}}};

constexpr std::array<weighted<code_text>, 20> ethnicities = {
    {{"WBRI", 660}, {"WIRI", 4},  {"WIRT", 4},  {"WOTH", 52}, {"WROM", 7},  {"MWBC", 28}, {"MWBA", 12},
     {"MWAS", 17},  {"MOTH", 24}, {"AIND", 17}, {"APKN", 30}, {"ABAN", 14}, {"AOTH", 18}, {"CHNE", 3},
     {"BCRB", 18},  {"BAFR", 36}, {"BOTH", 14}, {"OOTH", 20}, {"REFU", 4},  {"NOBT", 18}}};

day draw_arrival(dice& d, const extract& e) {
    const day first = first_arrival(e);
    for (;;) {
        const day drawn = d.between(first, e.last);
        if (d.chance(arrivals_by_month[static_cast<std::size_t>(to_civil(drawn).month - 1)])) return drawn;
    }
}

family_traits draw_traits(dice& d) {
    family_traits t;
    t.domestic_abuse = d.chance(430);
    t.parental_mental_health = d.chance(t.domestic_abuse ? 420 : 290);
    t.parental_alcohol = d.chance(t.domestic_abuse ? 230 : 120);
    t.parental_drugs = d.chance(t.parental_alcohol ? 330 : 130);
    t.parental_learning_disability = d.chance(40);
    t.neglect = d.chance(t.parental_drugs || t.parental_alcohol ? 400 : 190);
    t.poverty = d.chance(t.neglect ? 480 : 300);
    t.homeless = d.chance(t.poverty ? 110 : 20);
    t.no_recourse = d.chance(25);
    return t;
}

/// A child of `age` completed years at `arrival`.
day draw_birth(dice& d, day arrival, int age) {
    const civil_day today = to_civil(arrival);
    const day anniversary = to_day(today.year - age, today.month, std::min(today.day, 28));
    return anniversary - d.between(1, 364);
}

void expect_birth(dice& d, child& c, day arrival) {
    c.due = arrival + d.between(40, 215);
    c.born = *c.due + d.between(-14, 10);
}

/// Dates that follow from birth, and a rare death.
void set_limits(dice& d, child& c, day arrival) {
    c.adult = birthday(c.born, 18);
    c.limit = c.disabled && d.chance(300) ? birthday(c.born, 19) : c.adult;
    if (!d.chance(1)) return;
    const day died = std::max(arrival, c.born) + d.between(30, 1500);
    if (died >= c.adult) return;
    c.died = died;
    c.limit = died;
}

void set_person(dice& d, child& c, const family& f, code_text ethnicity) {
    c.sex = d.chance(f.kind == asylum ? 900 : 525) ? "M" : "F";
    c.ethnicity = d.chance(960) ? ethnicity : d.pick(ethnicities);
    if (d.chance(12)) c.ethnicity = {};
    c.disabled = d.chance(c.due ? 60 : 115);
    c.joined = c.member == 0 || d.chance(780);
    c.exploited = d.chance(c.sex == "F" ? 110 : 40);
    c.self_harms = d.chance(c.sex == "F" ? 160 : 70);
}

std::uint32_t draw_size(dice& d, const family& f) {
    return f.kind == asylum || f.kind == private_fostering ? 1 : d.pick(family_sizes);
}

}  // namespace

family make_family(std::uint64_t seed, std::uint64_t candidate, const extract& e) {
    family f;
    f.seed = seed;
    f.candidate = candidate;
    f.reform = reform_day(e);
    dice place = f.family_dice(topic::identity);
    f.west = place.chance(350);
    f.south = place.chance(400);
    dice d = f.family_dice(topic::family);
    f.arrival = draw_arrival(d, e);
    f.kind = d.pick(journeys);
    f.traits = draw_traits(d);
    const code_text ethnicity = f.kind == asylum ? "OOTH" : d.pick(ethnicities);
    const std::uint32_t size = draw_size(d, f);
    const bool pregnancy = f.kind == social_care && d.chance(110);
    const bool twins = pregnancy && d.chance(40);
    int age = f.kind == asylum ? d.between(14, 17) : f.kind == private_fostering ? d.between(6, 15) : d.pick(ages);
    for (std::uint32_t m = 0; m < size + (twins ? 1U : 0U); ++m) {
        child c;
        c.member = m;
        dice own = dice(seed, candidate, (m + 1U) * 256U, topic::child);
        if (pregnancy && m == 0) {
            expect_birth(own, c, f.arrival);
        } else if (twins && m == 1) {
            c.due = f.children.front().due;
            c.born = f.children.front().born;
        } else {
            if (age > 17) break;
            c.born = draw_birth(own, f.arrival, age);
        }
        if (!c.due) age += own.between(1, 4);
        set_person(own, c, f, ethnicity);
        if (twins && m == 1) c.joined = true;
        set_limits(own, c, f.arrival);
        f.children.push_back(c);
    }
    return f;
}

}  // namespace goldenthread::exampleshire
