// What Exampleshire was fitted to: totals for England, as published under the Open Government Licence v3.0 by the
// Department for Education (Children in need, explore-education-statistics) and the Office for National Statistics
// (mid-year population estimates, as the same release reprints them). Real figures: never mixed with synthetic ones.
#include <goldenthread/synthetic/exampleshire.hpp>

namespace goldenthread {

namespace {

constexpr std::int64_t children_2019 = 11'790'492;  ///< ONS, aged 0 to 17, reprinted for the reporting year 2019
constexpr std::int64_t episodes_with_factors = 498'870;
constexpr std::int64_t plans_at_31_march = 52'260;

constexpr std::string_view b1 = "DfE Children in need, table B1";
constexpr std::string_view c1 = "DfE Children in need, table C1";
constexpr std::string_view c3 = "DfE Children in need, table C3";
constexpr std::string_view d3 = "DfE Children in need, table D3";
constexpr std::string_view d5 = "DfE Children in need, table D5";

}  // namespace

const std::vector<published_total>& exampleshire_calibration() {
    static const std::vector<published_total> totals = {
        {"referrals", "Referrals in the year, for 10,000 children", c1, 2019, 650'930, children_2019, 10'000},
        {"re_referrals", "Referrals within 12 months of an earlier one, %", c1, 2019, 147'150, 650'930, 100},
        {"referrals_nfa", "Referrals with no further action, %", c1, 2019, 52'610, 650'930, 100},
        {"in_need", "Children in need at 31 March, for 10,000 children", b1, 2019, 399'510, children_2019, 10'000},
        {"plans", "Child protection plans at 31 March, for 10,000 children", d5, 2019, plans_at_31_march, children_2019,
         10'000},
        {"plan_starts", "Child protection plans that began, for 10,000 children", d3, 2019, 66'680, children_2019,
         10'000},
        {"second_plans", "Plans that are a second or later one, %", d3, 2019, 13'860, 66'680, 100},
        {"plans_year_or_more", "Plans at 31 March of a year or more, %", d5, 2019, 7'830 + 1'120, plans_at_31_march,
         100},
        {"factor_1B", "Alcohol: parent, % of assessments", c3, 2019, 67'250, episodes_with_factors, 100},
        {"factor_2B", "Drugs: parent, % of assessments", c3, 2019, 64'620, episodes_with_factors, 100},
        {"factor_3A", "Domestic abuse: child, % of assessments", c3, 2019, 62'530, episodes_with_factors, 100},
        {"factor_3B", "Domestic abuse: parent, % of assessments", c3, 2019, 159'970, episodes_with_factors, 100},
        {"factor_4A", "Mental health: child, % of assessments", c3, 2019, 61'830, episodes_with_factors, 100},
        {"factor_4B", "Mental health: parent, % of assessments", c3, 2019, 135'330, episodes_with_factors, 100},
        {"factor_15A", "Self-harm, % of assessments", c3, 2019, 22'470, episodes_with_factors, 100},
        {"factor_16A", "Neglect, % of assessments", c3, 2019, 89'730, episodes_with_factors, 100},
        {"factor_17A", "Emotional abuse, % of assessments", c3, 2019, 105'070, episodes_with_factors, 100},
        {"factor_18A", "Physical abuse, % of assessments", c3, 2019, 71'080, episodes_with_factors, 100},
        {"factor_19A", "Sexual abuse, % of assessments", c3, 2019, 30'720, episodes_with_factors, 100},
    };
    return totals;
}

}  // namespace goldenthread
