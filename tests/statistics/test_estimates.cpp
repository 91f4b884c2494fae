#include "catch.hpp"
#include "statistics/refused.hpp"

#include <goldenthread/statistics/agresti_coull_interval.hpp>
#include <goldenthread/statistics/clopper_pearson_interval.hpp>
#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/directly_standardised_rate.hpp>
#include <goldenthread/statistics/each_estimate.hpp>
#include <goldenthread/statistics/indirectly_standardised.hpp>
#include <goldenthread/statistics/jeffreys_interval.hpp>
#include <goldenthread/statistics/mean_interval.hpp>
#include <goldenthread/statistics/median_interval.hpp>
#include <goldenthread/statistics/quantile_groups.hpp>
#include <goldenthread/statistics/wilson_interval.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

using namespace goldenthread;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

bool close(double a, double b) { return std::fabs(a - b) <= 1e-12 * std::fmax(1e-12, std::fabs(b)); }

}  // namespace

TEST_CASE("no events have a Wilson limit of exactly 0, all of them of exactly 1") {
    for (double n = 1; n <= 300; ++n) {
        for (const double level : {0.5, 0.9, 0.95, 0.998}) {
            CHECK(*wilson_interval(0, n, level).lower == 0.0);
            CHECK(*wilson_interval(n, n, level).upper == 1.0);
            CHECK(*clopper_pearson_interval(0, n, level).lower == 0.0);
            CHECK(*clopper_pearson_interval(n, n, level).upper == 1.0);
        }
    }
}

TEST_CASE("intervals of proportions are mirrored, hold the value and widen with confidence") {
    for (const auto interval : {&wilson_interval, &clopper_pearson_interval, &agresti_coull_interval}) {
        for (double n = 1; n <= 40; n += 3) {
            for (double x = 0; x <= n; ++x) {
                const interval_estimate narrow = interval(x, n, 0.9), wide = interval(x, n, 0.99),
                                        mirror = interval(n - x, n, 0.9);
                CHECK(*narrow.lower <= *narrow.value + 1e-15);
                CHECK(*narrow.value <= *narrow.upper + 1e-15);
                CHECK(std::fabs(*narrow.lower - (1 - *mirror.upper)) < 1e-12);
                CHECK(*wide.upper - *wide.lower > *narrow.upper - *narrow.lower);
            }
        }
    }
}

TEST_CASE("the exact limit is where the binomial tail is the one asked for") {
    // P(X >= 1) = 1 - (1 - p)^n at the lower limit of x = 1; P(X <= 1) at the upper limit.
    const interval_estimate found = clopper_pearson_interval(1, 12, 0.95);
    CHECK(close(1 - std::pow(1 - *found.lower, 12), 0.025));
    const double p = *found.upper;
    CHECK(close(std::pow(1 - p, 12) + 12 * p * std::pow(1 - p, 11), 0.025));
}

TEST_CASE("fractional counts are allowed") {
    CHECK(wilson_interval(2.5, 10.25).state() == estimate_state::complete);
    CHECK(exact_poisson_interval(2.5).state() == estimate_state::complete);
}

TEST_CASE("what a proportion refuses names argument and value") {
    CHECK(refused([] {
              static_cast<void>(wilson_interval(7, 5));
          }).find("wilson_interval: x is 7, but cannot be more than n = 5") == 0);
    CHECK(mentions(refused([] { static_cast<void>(wilson_interval(-1, 5)); }),
                   "x is -1, but a count cannot be negative"));
    CHECK(mentions(refused([] { static_cast<void>(wilson_interval(0, 0)); }), "n is 0, but must be above zero"));
    CHECK(mentions(refused([] { static_cast<void>(wilson_interval(not_a_number, 5)); }),
                   "x is nan, but must be a finite number"));
    CHECK(mentions(refused([] { static_cast<void>(clopper_pearson_interval(1, infinity)); }), "n is inf"));
    CHECK(mentions(refused([] { static_cast<void>(jeffreys_interval(3, 2)); }), "jeffreys_interval: x is 3"));
    CHECK(mentions(refused([] { static_cast<void>(agresti_coull_interval(3, 2)); }), "agresti_coull_interval: x is 3"));
    for (const double level : {0.0, 1.0, -0.5, 95.0, not_a_number}) {
        CHECK(mentions(refused([&] { static_cast<void>(wilson_interval(1, 5, level)); }), "confidence is "));
    }
    CHECK(mentions(refused([] { static_cast<void>(wilson_interval(1, 5, 95)); }), "write 95 % as 0.95"));
}

TEST_CASE("a count of nothing has a lower limit of 0 exactly, and none of Byar's") {
    CHECK(*exact_poisson_interval(0).lower == 0.0);
    CHECK(close(*exact_poisson_interval(0).upper, -std::log(0.025)));
    const interval_estimate byar = byar_interval(0);
    CHECK(byar.state() == estimate_state::one_sided);
    CHECK(byar.note == estimate_note::nothing_observed);
    CHECK_FALSE(byar.lower);
}

TEST_CASE("a limit that Byar's approximation puts below zero is absent, with the reason") {
    const interval_estimate found = byar_interval(1, 0.998);
    CHECK_FALSE(found.lower);
    CHECK(found.note == estimate_note::limit_below_zero);
    CHECK(to_text(found.note) == "the approximation gives a lower limit below zero");
}

TEST_CASE("limits are exact below ten events and Byar's from ten, and say so") {
    CHECK(count_interval(9).method == estimate_method::exact_poisson);
    CHECK(count_interval(9.5).method == estimate_method::exact_poisson);
    CHECK(count_interval(10).method == estimate_method::byar);
    CHECK(*rate_interval(10, 250).upper == *byar_interval(10).upper / 250 * 10'000);
    CHECK(mentions(refused([] { static_cast<void>(rate_interval(1, 0)); }), "rate_interval: n is 0"));
    CHECK(mentions(refused([] { static_cast<void>(rate_interval(1, 10, 0)); }), "multiplier is 0"));
    CHECK(mentions(refused([] { static_cast<void>(count_interval(-2)); }), "x is -2"));
}

TEST_CASE("a mean of nothing is undefined, of one value has no limits, of equal values no width") {
    const mean_estimate none = mean_interval({});
    CHECK(none.state() == estimate_state::undefined);
    CHECK(none.note == estimate_note::too_few_values);
    const std::vector<double> one{4}, equal{7, 7, 7};
    CHECK(mean_interval(one).state() == estimate_state::value_only);
    CHECK_FALSE(mean_interval(one).standard_deviation);
    const mean_estimate flat = mean_interval(equal);
    CHECK(*flat.lower == 7);
    CHECK(*flat.upper == 7);
    CHECK(flat.note == estimate_note::no_spread);
    const std::vector<double> bad{1, not_a_number};
    CHECK(mentions(refused([&] { static_cast<void>(mean_interval(bad)); }), "values[1] is nan"));
}

TEST_CASE("a mean of large close numbers keeps its digits, in any order") {
    const std::vector<double> values{1e15 + 1, 1e15 + 3, 1e15 + 2}, back{1e15 + 2, 1e15 + 1, 1e15 + 3};
    CHECK(*mean_interval(values).value == 1e15 + 2);
    CHECK(*mean_interval(values).standard_deviation == 1.0);
    CHECK(mean_interval(values) == mean_interval(back));
}

TEST_CASE("five values have no interval for their median at 95 %, six have") {
    const std::vector<double> five{1, 2, 3, 4, 5}, six{6, 5, 4, 3, 2, 1};
    CHECK(median_interval(five).state() == estimate_state::value_only);
    CHECK(median_interval(five).note == estimate_note::too_few_values);
    const median_estimate found = median_interval(six);
    CHECK(found.rank_lower == 1);
    CHECK(found.rank_upper == 6);
    CHECK(*found.lower == 1);
    CHECK(close(*found.coverage, 1 - 2.0 / 64));
    CHECK(median_interval({}).state() == estimate_state::undefined);
}

TEST_CASE("ranks of a median's limits are the largest that keep the confidence") {
    // P(B < l) summed by hand for n = 17.
    std::vector<double> values;
    for (int i = 1; i <= 17; ++i) values.push_back(i);
    double below = 0, choose = 1;
    std::size_t rank = 0;
    for (int k = 0; k <= 17; ++k) {
        below += choose / 131072;
        if (below > 0.025) break;
        rank = static_cast<std::size_t>(k) + 1;
        choose = choose * (17 - k) / (k + 1);
    }
    CHECK(median_interval(values).rank_lower == rank);
}

TEST_CASE("nine types of quantile keep to their definitions") {
    const std::vector<double> values{40, 10, 30, 20};
    const double quarter[] = {10, 15, 10, 10, 15, 12.5, 17.5, 14.166666666666666, 14.375};
    for (int type = 1; type <= 9; ++type) {
        CHECK(close(*sample_quantile(values, 0.25, type), quarter[type - 1]));
        CHECK(*sample_quantile(values, 0, type) == 10);
        CHECK(*sample_quantile(values, 1, type) == 40);
    }
    CHECK_FALSE(sample_quantile({}, 0.5));
    CHECK(mentions(refused([&] { static_cast<void>(sample_quantile(values, 1.5)); }), "p is 1.5"));
    CHECK(mentions(refused([&] { static_cast<void>(sample_quantile(values, 0.5, 10)); }),
                   "type is 10, but there are types 1 to 9"));
}

TEST_CASE("a position that is whole but for rounding is whole") {
    std::vector<double> values;
    for (int i = 1; i <= 90; ++i) values.push_back(i);
    CHECK(90 * 0.7 < 63);  // the trap: the next number below
    CHECK(*sample_quantile(values, 0.7, 1) == 63);
    CHECK(*sample_quantile(values, 0.7, 2) == 63.5);
}

TEST_CASE("equal values share a group and the lowest of their ranks") {
    const std::vector<std::optional<double>> values{5, 5, 5, 9, std::nullopt, 1};
    CHECK(quantile_groups(values, 5) == std::vector<std::optional<int>>{2, 2, 2, 5, std::nullopt, 1});
    CHECK(quantile_groups(values, 5, true) == std::vector<std::optional<int>>{2, 2, 2, 1, std::nullopt, 5});
    const std::vector<std::optional<int>> nobody(values.size());
    CHECK(quantile_groups(values, 6) == nobody);
    CHECK(mentions(refused([&] { static_cast<void>(quantile_groups(values, 0)); }), "groups is 0"));
}

TEST_CASE("fewer than ten events give no standardised rate, but what it would be made of") {
    const std::vector<standard_band> bands{{4, 1000, 5000}, {5, 2000, 4000}};
    const standardised_rate found = directly_standardised_rate(bands);
    CHECK(found.state() == estimate_state::undefined);
    CHECK(found.note == estimate_note::too_few_events);
    CHECK(found.events == 9);
    CHECK(found.variance);
}

TEST_CASE("with the standard population's own ages the standardised rate is the crude one") {
    const std::vector<standard_band> bands{{10, 1000, 1000}, {30, 2000, 2000}, {7, 500, 500}};
    const standardised_rate found = directly_standardised_rate(bands, 1000);
    CHECK(close(*found.value, 47.0 / 3500 * 1000));
    CHECK(close(*found.upper, *byar_interval(47).upper / 3500 * 1000));
}

TEST_CASE("events that come one to a person are independent, more to a person are not") {
    const std::vector<standard_band> bands{{10, 1000, 1500}, {30, 2000, 2000}};
    const std::vector<event_frequency> single{{0, 1, 10}, {1, 1, 30}}, several{{0, 2, 5}, {1, 3, 10}};
    CHECK(directly_standardised_rate(bands, single) == directly_standardised_rate(bands));
    const standardised_rate wider = directly_standardised_rate(bands, several);
    CHECK(*wider.value == *directly_standardised_rate(bands).value);
    CHECK(*wider.upper > *directly_standardised_rate(bands).upper);
    const std::vector<event_frequency> nowhere{{2, 1, 10}};
    CHECK(mentions(refused([&] { static_cast<void>(directly_standardised_rate(bands, nowhere)); }),
                   "frequencies[0].band is 2"));
    const std::vector<event_frequency> none{{0, 0, 10}};
    CHECK(mentions(refused([&] { static_cast<void>(directly_standardised_rate(bands, none)); }),
                   "events_each is 0, but must be at least 1"));
}

TEST_CASE("a standardised rate refuses missing counts and empty populations by name") {
    const std::vector<standard_band> missing{{not_a_number, 1000, 1}}, empty{{1, 0, 1}}, weightless{{1, 10, 0}};
    CHECK(mentions(refused([&] { static_cast<void>(directly_standardised_rate(missing)); }), "bands[0].events is nan"));
    CHECK(mentions(refused([&] { static_cast<void>(directly_standardised_rate(empty)); }), "bands[0].population is 0"));
    CHECK(mentions(refused([&] { static_cast<void>(directly_standardised_rate(weightless)); }),
                   "sum of standard_population is 0"));
}

TEST_CASE("nothing expected leaves a ratio undefined; a reference against itself is 1") {
    const std::vector<reference_band> nothing{{3, 100, 0, 1000}}, itself{{30, 900, 30, 900}, {10, 500, 10, 500}};
    CHECK(indirectly_standardised_ratio(nothing).state() == estimate_state::undefined);
    CHECK(indirectly_standardised_ratio(nothing).note == estimate_note::nothing_expected);
    CHECK(close(*indirectly_standardised_ratio(itself).value, 1));
    CHECK(close(*indirectly_standardised_rate(itself, 1000).value, 40.0 / 1400 * 1000));
}

TEST_CASE("columns are answered row by row; a missing number makes its row undefined") {
    const std::vector<double> x{1, 0, 3}, n{10, 10, 10}, ten{10};
    const std::uint8_t second_missing = 0b101;
    const confidence_level confidence(0.95);
    const auto wilson = [&](double a, double b) { return wilson_interval(a, b, confidence); };
    const auto found = each_estimate(wilson, number_span{x, &second_missing, 0}, number_span{n});
    CHECK(found[0] == wilson_interval(1, 10));
    CHECK(found[1].state() == estimate_state::undefined);
    CHECK(found[1].note == estimate_note::missing_input);
    CHECK(each_estimate(wilson, number_span{x}, number_span{ten}).size() == 3);
    const std::vector<double> two{1, 2}, bad{1, 11, 1};
    CHECK(mentions(refused([&] { static_cast<void>(each_estimate(wilson, number_span{x}, number_span{two})); }),
                   "columns of"));
    CHECK(mentions(refused([&] { static_cast<void>(each_estimate(wilson, number_span{bad}, number_span{n})); }),
                   "at row 1"));
}
