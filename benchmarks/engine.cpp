// The engine: what more periods cost, what compiling costs, what batches cost beside all rows at once.
//
// Goals: 120 periods at most 1.5 times the cost of 12 on a million rows; all shipped definitions compiled in at most 50
// ms.
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/engine/engine.hpp>
#include <goldenthread/engine/evaluate.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace goldenthread;

constexpr std::int64_t rows = 1'000'000;

/// About 2.2 plans for each child, in no order, nearly a third of them open.
const dataset& plans() {
    static const dataset data = [] {
        std::uint64_t state = 20'200'331;
        const auto below = [&](std::uint64_t count) {
            state += 0x9e3779b97f4a7c15ULL;
            std::uint64_t z = state;
            z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
            z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
            return static_cast<std::int64_t>((z ^ (z >> 31U)) % count);
        };
        column_builder ids("cp_plan_id", value_type::text), children("child_id", value_type::text),
            starts("start_date", value_type::date), ends("end_date", value_type::date),
            categories("latest_category", value_type::category);
        const std::vector<std::string> codes = {"NEG", "PHY", "SAB", "EMO", "MUL"};
        for (std::int64_t row = 0; row < rows; ++row) {
            ids.append_text("p" + std::to_string(row));
            children.append_text("k" + std::to_string(below(450'000)));
            const day start = to_day(2010, 1, 1) + static_cast<day>(below(4017));
            starts.append_day(start);
            below(10) < 3 ? ends.append_null() : ends.append_day(start + static_cast<day>(below(700)));
            below(50) == 0 ? categories.append_null()
                           : categories.append_text(codes[static_cast<std::size_t>(below(codes.size()))]);
        }
        dataset made;
        made.add({"cp_plan", {ids.finish(), children.finish(), starts.finish(), ends.finish(), categories.finish()}});
        return made;
    }();
    return data;
}

indicator_set measures() {
    indicator_set set;
    parse_indicators(set, R"json({"format": "goldenthread/indicators@1", "indicators": [
        {"id": "bench.open", "title": "Stock", "measure": {"kind": "count", "timing": "at", "of": "cp_plan",
         "where": "open(start_date, end_date)"}},
        {"id": "bench.started", "title": "Flow", "measure": {"kind": "count", "timing": "in", "of": "cp_plan",
         "where": "during(start_date)"}},
        {"id": "bench.children", "title": "Distinct", "measure": {"kind": "distinct", "timing": "at", "of": "cp_plan",
         "distinct": ["child_id"], "where": "open(start_date, end_date) and start_date < as_at - 18 months"}},
        {"id": "bench.second", "title": "Related", "measure": {"kind": "count", "timing": "in", "of": "cp_plan",
         "where": "during(start_date) and any(cp_plan as q by child_id where q.start_date < this.start_date)"}},
        {"id": "bench.length", "title": "Median", "measure": {"kind": "median", "timing": "in", "of": "cp_plan",
         "where": "during(end_date)", "value": "end_date - start_date"}}
    ]})json",
                     "benchmarks/engine.cpp");
    return set;
}

evaluation_request request_of(std::vector<period> periods) {
    evaluation_request request;
    request.periods = std::move(periods);
    request.breakdowns = {{"latest_category"}};
    return request;
}

/// The last `count` months of the ten years to 2020. Of a flow a year has a tenth of the rows to count that ten years
/// have.
evaluation_request last_months(std::size_t count) {
    const std::vector<period> all = months(to_day(2011, 1, 1), to_day(2020, 12, 31));
    return request_of({all.end() - static_cast<std::ptrdiff_t>(count), all.end()});
}

/// The ten years in `count` periods: the same rows to count, whatever their number.
evaluation_request ten_years_in(std::size_t count) {
    const std::vector<period> all = months(to_day(2011, 1, 1), to_day(2020, 12, 31));
    std::vector<period> periods;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t length = all.size() / count;
        periods.push_back({period_kind::custom, "part " + std::to_string(i + 1), all[i * length].first,
                           all[(i + 1) * length - 1].last});
    }
    return request_of(std::move(periods));
}

void evaluate_one(benchmark::State& state, const evaluation_request& request) {
    const indicator_set set = measures();
    const std::string id = set.ids()[static_cast<std::size_t>(state.range(0))];
    static_cast<void>(plans());  // made before the clock runs
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(evaluate(set, {id}, plans(), request).indicators.size());
    }
    state.SetLabel(id);
    state.SetItemsProcessed(rows * state.iterations());
}

void evaluate_months(benchmark::State& state) {
    evaluate_one(state, last_months(static_cast<std::size_t>(state.range(1))));
}
BENCHMARK(evaluate_months)->ArgsProduct({{0, 1, 2, 3, 4}, {12, 120}})->Unit(benchmark::kMillisecond);

void evaluate_ten_years(benchmark::State& state) {
    evaluate_one(state, ten_years_in(static_cast<std::size_t>(state.range(1))));
}
BENCHMARK(evaluate_ten_years)->ArgsProduct({{0, 1, 2, 3, 4}, {12, 120}})->Unit(benchmark::kMillisecond);

/// Ten batches with pseudonyms or without, and the figures of all.
void engine_of_batches(benchmark::State& state) {
    const indicator_set set = measures();
    const table& all = plans()["cp_plan"];
    std::vector<dataset> batches;
    for (std::size_t b = 0; b < 10; ++b) {
        const std::size_t size = all.row_count() / 10, first = b * size;
        std::vector<column> columns;
        for (const column& c : all.columns()) {
            column_builder builder(c.name(), c.type());
            for (std::size_t row = first; row < first + size; ++row) builder.append_from(c, row);
            columns.push_back(builder.finish());
        }
        batches.emplace_back().add({all.name(), std::move(columns)});
    }
    const engine empty(set, set.ids(), last_months(12), {state.range(0) == 0 ? "" : "sixteen bytes or more"});
    for ([[maybe_unused]] auto _ : state) {
        engine e = empty;
        for (const dataset& batch : batches) e.update(batch);
        benchmark::DoNotOptimize(e.finish().indicators.size());
    }
    state.SetLabel(state.range(0) == 0 ? "as they are" : "pseudonyms");
}
BENCHMARK(engine_of_batches)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

/// Definitions alone: an evaluation of no rows is compiling and nothing else.
void compile_shipped(benchmark::State& state) {
    const indicator_set shipped = shipped_indicators();
    const std::vector<std::string> ids = shipped.ids();
    evaluation_request request = last_months(12);
    request.breakdowns = {{"default"}};
    for ([[maybe_unused]] auto _ : state) {
        const engine e(shipped, ids, request);
        benchmark::DoNotOptimize(&e);
    }
    state.counters["definitions"] = static_cast<double>(ids.size());
}
BENCHMARK(compile_shipped)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
