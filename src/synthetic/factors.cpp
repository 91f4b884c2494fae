// Factors identified at the end of an assessment. Shares follow DfE CIN table C3, England 2018-19.
#include "synthetic/journeys.hpp"

#include <array>

namespace goldenthread::exampleshire {

namespace {

/// Collects codes in the order of the code list.
class factor_list {
public:
    explicit factor_list(dice d) : d_(d) {}

    void consider(code_text code, std::uint32_t per_mille) {
        if (d_.chance(per_mille)) codes_.push_back(code);
    }
    [[nodiscard]] bool chance(std::uint32_t per_mille) { return d_.chance(per_mille); }
    [[nodiscard]] std::vector<code_text>& codes() noexcept { return codes_; }

private:
    dice d_;
    std::vector<code_text> codes_;
};

void consider_substances(factor_list& list, const family_traits& t, int age) {
    list.consider("1A", age >= 12 ? 70 : 0);
    list.consider("1B", t.parental_alcohol ? 790 : 22);
    list.consider("1C", t.parental_alcohol ? 60 : 12);
    list.consider("2A", age >= 12 ? 140 : 2);
    list.consider("2B", t.parental_drugs ? 790 : 18);
    list.consider("2C", t.parental_drugs ? 70 : 15);
}

void consider_home(factor_list& list, const family_traits& t, const child& c, int age) {
    list.consider("3A", t.domestic_abuse ? 265 : 40);
    list.consider("3B", t.domestic_abuse ? 740 : 60);
    list.consider("3C", t.domestic_abuse ? 90 : 25);
    list.consider("4A", c.self_harms && age >= 10 ? 700 : age >= 10 ? 180 : 38);
    list.consider("4B", t.parental_mental_health ? 775 : 55);
    list.consider("4C", t.parental_mental_health ? 70 : 20);
    list.consider("5A", c.disabled ? 480 : 30);
    list.consider("5B", t.parental_learning_disability ? 600 : 6);
    list.consider("5C", 12);
    list.consider("6A", c.disabled ? 240 : 20);
    list.consider("6B", t.parental_mental_health ? 85 : 35);
    list.consider("6C", 10);
    list.consider("7A", age >= 7 && t.parental_mental_health ? 120 : age >= 7 ? 28 : 0);
}

void consider_outside(factor_list& list, const family& f, const child& c, int age) {
    list.consider("8F", f.kind == journey::private_fostering ? 600 : 2);
    list.consider("9A", f.kind == journey::asylum ? 980 : 0);
    list.consider("10A", age >= 12 ? (c.exploited ? 480 : 70) : 2);
    list.consider("11A", age >= 11 ? (c.exploited ? 800 : 38) : 4);
    list.consider("12A", f.kind == journey::asylum ? 120 : age >= 12 ? 8 : 1);
    list.consider("13A", age >= 12 ? 60 : 3);
    list.consider("14A", age >= 10 ? 160 : 30);
    list.consider("15A", age >= 10 ? (c.self_harms ? 560 : 38) : 2);
}

void consider_abuse(factor_list& list, const family& f, const episode_of_need& n, int year) {
    const bool in_plan = n.plan_end.has_value();
    list.consider("16A", in_plan && n.initial_category == "NEG" ? 930 : f.traits.neglect ? 430 : 48);
    list.consider("17A", in_plan && n.initial_category == "EMO" ? 850 : f.traits.domestic_abuse ? 260 : 130);
    const std::uint32_t physical = in_plan && n.initial_category == "PHY" ? 900 : 143;
    const std::uint32_t sexual = in_plan && n.initial_category == "SAB" ? 950 : 63;
    if (year <= 2020) {
        list.consider("18A", physical);
        list.consider("19A", sexual);
    } else {
        list.consider("18B", physical / 6);
        list.consider("18C", physical);
        list.consider("19B", sexual / 3);
        list.consider("19C", sexual * 4 / 5);
    }
}

}  // namespace

std::vector<code_text> draw_factors(const family& f, const child& c, const episode_of_need& n, day authorised,
                                    std::uint32_t round) {
    factor_list list(f.child_dice(c, topic::factors, n.round * 4U + round % 4U));
    const int age = c.age_at(authorised);
    const int year = census_year(authorised);
    // One in three assessments that find no need finds no factor either.
    if (n.not_in_need && list.chance(330)) return {"21"};
    consider_substances(list, f.traits, age);
    consider_home(list, f.traits, c, age);
    consider_outside(list, f, c, age);
    consider_abuse(list, f, n, year);
    if (list.codes().empty() || list.chance(135)) list.codes().push_back("20");
    list.consider("22A", 2);
    list.consider("23A", 4);
    if (year >= 2022) list.consider("24A", age >= 12 ? 90 : 5);
    return std::move(list.codes());
}

}  // namespace goldenthread::exampleshire
