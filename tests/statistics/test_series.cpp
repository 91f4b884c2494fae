#include "catch.hpp"
#include "statistics/refused.hpp"

#include <goldenthread/statistics/change.hpp>
#include <goldenthread/statistics/seasonality.hpp>
#include <goldenthread/statistics/trend_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

using namespace goldenthread;

namespace {

using values_type = std::vector<std::optional<double>>;

std::int64_t score_of(const std::vector<double>& values) {
    std::int64_t score = 0;
    for (std::size_t j = 1; j < values.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) score += (values[j] > values[i] ? 1 : 0) - (values[j] < values[i] ? 1 : 0);
    }
    return score;
}

/// P(|S| >= |score|) by every order there is.
double p_by_all_orders(std::vector<double> values) {
    const std::int64_t least = std::abs(score_of(values));
    std::sort(values.begin(), values.end());
    double all = 0, extreme = 0;
    do {
        all += 1;
        extreme += std::abs(score_of(values)) >= least ? 1 : 0;
    } while (std::next_permutation(values.begin(), values.end()));
    return extreme / all;
}

}  // namespace

TEST_CASE("the p value of a trend is exact, with ties too") {
    const std::vector<std::vector<double>> lists{{1, 2, 3, 4, 5},         {5, 1, 4, 2, 3, 6}, {1, 1, 2, 3, 2, 4},
                                                 {7, 7, 7, 1, 2, 2, 9},   {3, 3, 3, 3, 1},    {2, 2, 2, 2, 2},
                                                 {1, 2, 1, 2, 1, 2, 2, 3}};
    for (const auto& list : lists) {
        const trend_result found = trend_test(values_type(list.begin(), list.end()));
        CHECK(found.score == score_of(list));
        CHECK(std::fabs(*found.p_value - p_by_all_orders(list)) < 1e-13);
    }
}

TEST_CASE("five values in order are a trend at 95 %, four are too few") {
    CHECK(trend_test(values_type{1, 2, 3, 4, 5}).verdict == trend_verdict::rising);
    CHECK(trend_test(values_type{5, 4, 3, 2, 1}).verdict == trend_verdict::falling);
    CHECK(std::fabs(*trend_test(values_type{1, 2, 3, 4, 5}).p_value - 2.0 / 120) < 1e-15);
    CHECK(trend_test(values_type{1, 2, 3, 4}).verdict == trend_verdict::too_few_values);
    CHECK_FALSE(trend_test(values_type{1, 2, 3, 4}).p_value);
    CHECK(trend_test(values_type{1, 2, 3, 4, 5}, 0, 0.99).verdict == trend_verdict::no_clear_trend);
}

TEST_CASE("one wild value neither makes a trend nor bends its slope") {
    const trend_result found = trend_test(values_type{10, 11, 12, 13, 1000, 15, 16, 17});
    CHECK(found.verdict == trend_verdict::rising);
    CHECK(std::fabs(*found.slope - 1) < 1e-12);
    CHECK(trend_test(values_type{5, 5, 5, 5, 5, 5, 900}).verdict == trend_verdict::no_clear_trend);
}

TEST_CASE("the last n places are tested; missing ones are left out and keep their place") {
    const values_type values{9, 8, 7, 1, 2, std::nullopt, 4, 5, 6};
    const trend_result found = trend_test(values, 6);
    CHECK(found.n == 5);
    CHECK(found.verdict == trend_verdict::rising);
    CHECK(*found.slope == 1);
    CHECK(trend_test(values, 100).n == 8);
    CHECK(mentions(
        refused([] { static_cast<void>(trend_test(values_type{1, std::numeric_limits<double>::quiet_NaN()})); }),
        "values[1] is nan"));
}

TEST_CASE("a long series uses the normal distribution, near the exact one") {
    values_type values;
    for (int i = 0; i < 60; ++i) values.push_back((i * 37) % 61 + i * 0.2);
    const trend_result exact = trend_test(values);
    CHECK(exact.exact);
    std::map<double, std::size_t> ties;
    for (const auto& value : values) ++ties[*value];
    CHECK(std::fabs(*exact.p_value - detail::normal_trend_p_value(ties, 60, static_cast<double>(exact.score))) < 2e-3);
    values.push_back(40);
    CHECK_FALSE(trend_test(values).exact);
}

TEST_CASE("a change is clear when zero lies outside its limits") {
    CHECK(change_between({20}, {45}, figure_kind::count).verdict == change_verdict::increase);
    CHECK(change_between({45}, {20}, figure_kind::count).verdict == change_verdict::decrease);
    CHECK(change_between({20}, {25}, figure_kind::count).verdict == change_verdict::no_clear_change);
    CHECK(change_between({3}, {0}, figure_kind::count).verdict == change_verdict::no_clear_change);
    CHECK(change_between({10, 100}, {40, 100}, figure_kind::share).verdict == change_verdict::increase);
    CHECK(change_between({10, 1000}, {40, 1000}, figure_kind::rate).difference.value == 300.0);
    CHECK(mentions(refused([] { static_cast<void>(change_between({3, 2}, {1, 2}, figure_kind::share)); }), "x is 3"));
}

TEST_CASE("the period before ends the day before; a gap is none") {
    const std::vector<period> quarters = financial_quarters(to_day(2018, 4, 1), to_day(2020, 3, 31));
    CHECK(previous_period(quarters, 3) == 2U);
    CHECK_FALSE(previous_period(quarters, 0));
    CHECK(same_period_last_year(quarters, 7) == 3U);
    CHECK_FALSE(same_period_last_year(quarters, 3));
    std::vector<period> gap = quarters;
    gap.erase(gap.begin() + 2);
    CHECK_FALSE(previous_period(gap, 2));
}

TEST_CASE("February of a leap year and the one before are the same period") {
    const std::vector<period> all = months(to_day(2019, 1, 1), to_day(2020, 12, 31));
    for (std::size_t i = 12; i < 24; ++i) CHECK(same_period_last_year(all, i) == i - 12);
}

TEST_CASE("rolling years are compared with the one that does not overlap") {
    const std::vector<period> windows = rolling_months(12, to_day(2018, 1, 1), to_day(2020, 12, 31));
    CHECK(previous_period(windows, 12) == 0U);
    CHECK(same_period_last_year(windows, 12) == 0U);
}

TEST_CASE("seasons that come back every year are found, under a trend too") {
    values_type values;
    for (int year = 0; year < 4; ++year) {
        for (const double quarter : {10.0, 4.0, 1.0, 7.0}) values.push_back(quarter + year * 30);
    }
    const seasonality found = seasonality_note(values, 4);
    CHECK(found.verdict == seasonality_verdict::likely);
    CHECK(found.highest == 0U);
    CHECK(found.lowest == 2U);
    CHECK(found.cycles == 4);
    CHECK(std::fabs(*found.statistic - 12) < 1e-12);  // perfect agreement: b(k − 1)
}

TEST_CASE("too short, broken or constant series show no season") {
    CHECK(seasonality_note(values_type{1, 2, 3, 4, 1, 2, 3, 4}, 4).verdict == seasonality_verdict::too_short);
    values_type values;
    for (int i = 0; i < 16; ++i) values.push_back(i % 4);
    values[6] = std::nullopt;
    CHECK(seasonality_note(values, 4).cycles == 2);
    const seasonality flat = seasonality_note(values_type(12, 3.0), 4);
    CHECK(flat.verdict == seasonality_verdict::none_found);
    CHECK(*flat.p_value == 1);
    CHECK(mentions(refused([] { static_cast<void>(seasonality_note(values_type{1}, 1)); }), "season_length is 1"));
}

TEST_CASE("Friedman's statistic of a worked example with ties") {
    // Three cycles of three seasons: ranks (1.5 1.5 3), (1 2 3), (1 3 2); sums 3.5, 6.5, 8; by hand with the
    // correction.
    const values_type values{1, 1, 2, 1, 2, 3, 1, 3, 2};
    const seasonality found = seasonality_note(values, 3);
    const double squares = 2.5 * 2.5 + 0.5 * 0.5 + 2 * 2;  // about 6
    CHECK(std::fabs(*found.statistic - squares / (3.0 * 3 * 4 / 12 - 6.0 / (12 * 2))) < 1e-12);
}
