// Limits and control charts, one core: how many a second.
#include <goldenthread/statistics/clopper_pearson_interval.hpp>
#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/each_estimate.hpp>
#include <goldenthread/statistics/wilson_interval.hpp>
#include <goldenthread/statistics/xmr_chart.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gt = goldenthread;

namespace {

/// Numbers that look like counts and always are the same.
std::vector<double> counts(std::size_t size, std::uint32_t seed, double most) {
    std::vector<double> values;
    for (std::size_t i = 0; i < size; ++i) {
        seed = seed * 1664525U + 1013904223U;
        values.push_back(static_cast<double>(seed >> 8U) / (1U << 24U) * most);
    }
    return values;
}

template <class Interval>
void intervals(benchmark::State& state, Interval interval) {
    const std::vector<double> x = counts(10'000, 1, 50);
    std::vector<double> n = counts(10'000, 2, 500);
    for (double& each : n) each += 50;
    const gt::confidence_level confidence(0.95);
    for (auto _ : state) {
        gt::for_each_estimate([&](double a, double b) { return interval(a, b, confidence); },
                              [](std::size_t, const gt::interval_estimate& one) { benchmark::DoNotOptimize(one); },
                              gt::number_span{x}, gt::number_span{n});
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
}

void wilson(benchmark::State& state) { intervals(state, gt::wilson_interval); }
void clopper_pearson(benchmark::State& state) { intervals(state, gt::clopper_pearson_interval); }
void rates(benchmark::State& state) {
    intervals(state, [](double x, double n, const gt::confidence_level& confidence) {
        return gt::rate_interval(x, n, 10'000, confidence);
    });
}

void xmr_series(benchmark::State& state) {
    const std::vector<double> values = counts(24, 3, 30);
    std::vector<gt::chart_point> points;
    for (std::size_t i = 0; i < values.size(); ++i) points.push_back({static_cast<gt::day>(i), values[i], 1});
    gt::chart_options options;
    options.direction = gt::improvement_direction::decrease;
    options.target = 10;
    for (auto _ : state) benchmark::DoNotOptimize(gt::xmr_chart(points, options));
    state.SetItemsProcessed(state.iterations());
}

}  // namespace

BENCHMARK(wilson);
BENCHMARK(clopper_pearson);
BENCHMARK(rates);
BENCHMARK(xmr_series);
BENCHMARK_MAIN();
