#include "catch.hpp"
#include "statistics/refused.hpp"

#include <goldenthread/statistics/benchmark_comparison.hpp>
#include <goldenthread/statistics/disproportionality.hpp>
#include <goldenthread/statistics/funnel.hpp>
#include <goldenthread/statistics/over_dispersion.hpp>
#include <goldenthread/statistics/rate_comparison.hpp>

#include <cmath>
#include <vector>

using namespace goldenthread;

namespace {

bool close(double a, double b, double within = 1e-12) { return std::fabs(a - b) <= within * std::fabs(b); }

}  // namespace

TEST_CASE("a ratio turned round has limits turned round") {
    for (const double x1 : {1.0, 4.0, 12.0, 300.0}) {
        for (const double x2 : {1.0, 9.0, 10.0, 70.0}) {
            const interval_estimate there = rate_ratio(x1, 5000, x2, 800), back = rate_ratio(x2, 800, x1, 5000);
            CHECK(close(*there.lower, 1 / *back.upper, 1e-11));
            CHECK(close(*there.upper, 1 / *back.lower, 1e-11));
            CHECK(there.method ==
                  (x1 >= 10 && x2 >= 10 ? estimate_method::log_normal : estimate_method::exact_conditional));
            CHECK(*there.lower < *there.value);
            CHECK(*there.value < *there.upper);
        }
    }
}

TEST_CASE("the exact limit of a ratio is where the binomial tail is the one asked for") {
    // One event in each of two equal groups: P(X >= 1 of 2) = 1 - (1 - p)^2 = 0.025 at the lower limit.
    const double p = 1 - std::sqrt(0.975);
    CHECK(close(*rate_ratio(1, 100, 1, 100).lower, p / (1 - p)));
}

TEST_CASE("zero counts leave a ratio one-sided or undefined, with the reason") {
    const interval_estimate none_here = rate_ratio(0, 100, 5, 100), none_there = rate_ratio(5, 100, 0, 100),
                            none = rate_ratio(0, 100, 0, 100);
    CHECK(none_here.state() == estimate_state::one_sided);
    CHECK(*none_here.value == 0);
    CHECK_FALSE(none_here.lower);
    CHECK(none_here.note == estimate_note::nothing_observed);
    CHECK(none_there.state() == estimate_state::one_sided);
    CHECK_FALSE(none_there.value);
    CHECK(*none_there.lower > 0);
    CHECK(none_there.note == estimate_note::nothing_to_compare);
    CHECK(none.state() == estimate_state::undefined);
    CHECK(mentions(refused([] { static_cast<void>(rate_ratio(1, 0, 1, 1)); }), "rate_ratio: n1 is 0"));
    CHECK(mentions(refused([] { static_cast<void>(rate_ratio(1, 1, -1, 1)); }), "x2 is -1"));
}

TEST_CASE("a difference turned round changes sign") {
    for (const double x1 : {0.0, 3.0, 40.0}) {
        for (const double x2 : {0.0, 11.0, 90.0}) {
            const interval_estimate there = rate_difference(x1, 900, x2, 1100),
                                    back = rate_difference(x2, 1100, x1, 900);
            CHECK(std::fabs(*there.lower + *back.upper) < 1e-9);
            CHECK(there.state() == estimate_state::complete);
        }
    }
    CHECK(rate_difference(10, 1, 10, 1).method == estimate_method::normal);
    CHECK(rate_difference(9, 1, 10, 1).method == estimate_method::square_and_add);
}

TEST_CASE("Newcombe's own example of two proportions") {
    // Newcombe (1998), table II, contrast 56/70 − 48/80: 0.0524 to 0.3339 by method 10.
    const interval_estimate found = proportion_difference(56, 70, 48, 80);
    CHECK(std::fabs(*found.lower - 0.0524) < 5e-5);
    CHECK(std::fabs(*found.upper - 0.3339) < 5e-5);
    CHECK(mentions(refused([] { static_cast<void>(proportion_difference(2, 1, 0, 1)); }), "x is 2"));
}

TEST_CASE("a funnel is clipped to what a proportion can be, and shows what was clipped") {
    const funnel_limits small = funnel_proportion_limits(5, 0.1);
    CHECK(small.lower == 0);
    CHECK(small.raw_lower < 0);
    CHECK(small.upper == small.raw_upper);
    CHECK(funnel_proportion_limits(5, 0.1, 0.025, 0.01).upper > small.upper);
    CHECK(mentions(refused([] { static_cast<void>(funnel_proportion_limits(5, 1.1)); }), "average is 1.1"));
    CHECK(mentions(refused([] { static_cast<void>(funnel_proportion_limits(0, 0.1)); }), "n is 0"));
    CHECK(mentions(refused([] { static_cast<void>(funnel_proportion_limits(5, 0.1, 0.975)); }), "tail is 0.975"));
}

TEST_CASE("nothing observed is never high, and low from -ln(tail) expected") {
    const funnel_ratio_lines lines = funnel_ratio_limits(0);
    CHECK_FALSE(lines.upper_ratio);
    CHECK(close(lines.expected_at_lower, -std::log(0.025)));
    CHECK(funnel_ratio_significance(0, 0.001) == funnel_significance::not_significant);
    CHECK(funnel_ratio_significance(0, 3.7) == funnel_significance::low_0_025);
    CHECK(funnel_ratio_significance(0, 7) == funnel_significance::low_0_001);
    CHECK(mentions(refused([] { static_cast<void>(funnel_ratio_significance(3, 0)); }), "expected is 0"));
}

TEST_CASE("on a line is not beyond it") {
    const double p = funnel_proportion_limits(400, 0.25).raw_upper;
    CHECK(funnel_proportion_significance(p * 400, 400, 0.25) == funnel_significance::not_significant);
    const funnel_ratio_lines lines = funnel_ratio_limits(20);
    CHECK(funnel_ratio_significance(20, lines.expected_at_upper) == funnel_significance::not_significant);
    CHECK(funnel_ratio_significance(20, lines.expected_at_upper * 0.999) == funnel_significance::high_0_025);
}

TEST_CASE("areas that differ by chance alone are not over-dispersed") {
    const std::vector<double> alike{0.9, 1.0, 1.1, 1.0}, errors{0.2, 0.2, 0.2, 0.2};
    CHECK(over_dispersion(alike, errors, 1).tau_squared == 0);
    const std::vector<double> apart{0.0, 2.0, 0.5, 1.5, 1.0, 1.0, 0.2, 1.8, 0.4, 1.6};
    const std::vector<double> same(10, 0.1);
    const dispersion found = over_dispersion(apart, same, 1, 0);
    // Equal weights: τ² = (Σz² − (I − 1))·s²/(I − 1).
    double squares = 0;
    for (const double value : apart) squares += (value - 1) * (value - 1) / 0.01;
    CHECK(close(found.phi, squares / 10));
    CHECK(close(found.tau_squared, (squares - 9) * 0.01 / 9));
    CHECK(over_dispersion(apart, same, 1, 0.1).phi < found.phi);
    CHECK(over_dispersion({}, {}, 1) == dispersion{});
    CHECK(mentions(refused([&] { static_cast<void>(over_dispersion(apart, errors, 1)); }), "values has 10 elements"));
}

TEST_CASE("a benchmark within the limits is similar, on a limit too") {
    const interval_estimate area{0.4, 0.3, 0.5, 0.95, estimate_method::wilson, estimate_note::none};
    using enum benchmark_verdict;
    CHECK(compare_with_benchmark(area, 0.45, improvement_direction::increase) == similar);
    CHECK(compare_with_benchmark(area, 0.5, improvement_direction::increase) == similar);
    CHECK(compare_with_benchmark(area, 0.2, improvement_direction::increase) == better);
    CHECK(compare_with_benchmark(area, 0.2, improvement_direction::decrease) == worse);
    CHECK(compare_with_benchmark(area, 0.6, improvement_direction::neutral) == lower);
    CHECK(compare_with_benchmark({}, 0.6, improvement_direction::neutral) == not_compared);
    interval_estimate one_sided = area;
    one_sided.lower.reset();
    CHECK(compare_with_benchmark(one_sided, 0.2, improvement_direction::increase) == not_compared);
    CHECK(compare_with_benchmark(one_sided, 0.6, improvement_direction::decrease) == better);
}

TEST_CASE("a group is compared with all others, not with a total that holds it") {
    const std::vector<group_count> groups{{60, 1000}, {20, 1000}, {20, 1000}};
    const auto found = disproportionality(groups);
    CHECK(close(*found[0].ratio.value, 3));
    CHECK(found[0].verdict == group_verdict::higher);
    CHECK(found[1].verdict == group_verdict::lower);
    const auto against_second = disproportionality(groups, 1);
    CHECK(against_second[1].verdict == group_verdict::reference);
    CHECK(against_second[2].verdict == group_verdict::no_clear_difference);
    CHECK(disproportionality(std::vector<group_count>{{0, 100}, {0, 100}})[0].verdict == group_verdict::not_compared);
    CHECK(mentions(refused([&] { static_cast<void>(disproportionality(groups, 3)); }), "reference is 3"));
    CHECK(mentions(refused([] { static_cast<void>(disproportionality(std::vector<group_count>{{1, 2}})); }),
                   "at least 2"));
    CHECK(mentions(refused([] { static_cast<void>(disproportionality(std::vector<group_count>{{1, 2}, {1, 0}})); }),
                   "groups[1].population is 0"));
}

TEST_CASE("a total that stands still may hide groups that move apart") {
    const std::vector<group_movement> apart{{{50, 1000}, {100, 1000}}, {{100, 1000}, {50, 1000}}};
    const masking found = find_masking(apart);
    CHECK(found.flag == masking_flag::opposite_movements);
    CHECK(*found.total.difference.value == 0);
    CHECK(found.groups[0].verdict == change_verdict::increase);
    CHECK(found.groups[1].verdict == change_verdict::decrease);
    const std::vector<group_movement> together{{{50, 1000}, {100, 1000}}, {{60, 1000}, {110, 1000}}};
    CHECK(find_masking(together).flag == masking_flag::none);
    const std::vector<group_movement> small{{{2, 100}, {4, 100}}, {{4, 100}, {2, 100}}};
    CHECK(find_masking(small).flag == masking_flag::none);  // chance could have made it
}

TEST_CASE("a total may move against all of its groups when their sizes change") {
    // Both rates fall by a tenth, but the group with the high rate has become the larger one.
    const std::vector<group_movement> shifting{{{10, 1000}, {0.9, 100}}, {{10, 100}, {90, 1000}}};
    const masking found = find_masking(shifting);
    CHECK(*found.total.difference.value > 0);
    CHECK(found.flag == masking_flag::reversed_total);
    CHECK(mentions(refused([] { static_cast<void>(find_masking({})); }), "give at least 2"));
    const std::vector<group_movement> bad{{{1, 10}, {1, 10}}, {{1, 10}, {1, 0}}};
    CHECK(mentions(refused([&] { static_cast<void>(find_masking(bad)); }), "groups[1].after.population is 0"));
}
