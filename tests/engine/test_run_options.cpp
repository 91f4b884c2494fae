// How a run is carried out changes no figure; it ends when the caller wishes, and when a part of it fails.
#include "random_definition.hpp"
#include "random_world.hpp"

#include <goldenthread/engine/run_options.hpp>
#include <goldenthread/engine/run_plan.hpp>

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace small;

namespace {

/// Items in an order that no pool would choose, on the calling thread.
void backwards(std::size_t count, const std::function<void(std::size_t)>& item) {
    for (std::size_t i = count; i-- > 0;) item(i);
}

/// Children and their plans, enough rows to be counted in several parts; every third child has two plans on a day.
dataset many_plans(int children) {
    column_builder ids("child_id", value_type::text), births("date_of_birth", value_type::date),
        sexes("sex", value_type::category);
    column_builder plan_ids("cp_plan_id", value_type::text), owners("child_id", value_type::text),
        starts("start_date", value_type::date), ends("end_date", value_type::date),
        categories("latest_category", value_type::category);
    random_source random(20'200'331);
    for (int child = 0; child < children; ++child) {
        ids.append_text("k" + std::to_string(child));
        births.append_day(to_day(2003, 1, 1) + random.between(0, 6000));
        random.chance(5) ? sexes.append_null() : sexes.append_text(random.chance(50) ? "M" : "F");
        for (int plan = 0; plan < (child % 3 == 0 ? 2 : 1); ++plan) {
            plan_ids.append_text("p" + std::to_string(child) + "/" + std::to_string(plan));
            random.chance(2) ? owners.append_null() : owners.append_text("k" + std::to_string(child));
            const day start = to_day(2018, 1, 1) + random.between(0, 700);
            random.chance(3) ? starts.append_null() : starts.append_day(start);
            random.chance(40) ? ends.append_null() : ends.append_day(start + random.between(-5, 400));
            categories.append_text(random.chance(50) ? "NEG" : "EMO");
        }
    }
    dataset data;
    data.add({"person", {ids.finish(), births.finish(), sexes.finish()}});
    data.add({"cp_plan", {plan_ids.finish(), owners.finish(), starts.finish(), ends.finish(), categories.finish()}});
    return data;
}

const char* const plans_of_a_child = "any(cp_plan as q by child_id where q.start_date < this.start_date)";

evaluation_request quarters_by_sex_and_age() {
    evaluation_request request;
    request.periods = financial_quarters(to_day(2018, 4, 1), to_day(2020, 3, 31));
    request.breakdowns = {{"sex"}, {"sex", "age_band"}};
    return request;
}

void require_same(const results& a, const results& b) {
    REQUIRE(a.input_hash == b.input_hash);
    REQUIRE(a.indicators.size() == b.indicators.size());
    for (std::size_t i = 0; i < a.indicators.size(); ++i) REQUIRE(a.indicators[i].cells == b.indicators[i].cells);
}

}  // namespace

TEST_CASE("any number of threads gives the same results on random definitions", "[long]") {
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        random_source random(seed + 88'000'000);
        const random_world::world w = random_world::random_world(random);
        random_definition::generator generator(random, w.tables);
        const indicator_set set = generator.definitions();
        evaluation_request request;
        request.periods = random_world::random_periods(random);
        request.breakdowns = generator.breakdowns(set.indicators[0]);
        const dataset data = built(w.tables, w.rows);
        const std::vector<std::string> ids(5, "random.one");
        const results alone = evaluate(w.tables, set, ids, data, request);
        INFO("seed " << seed);
        for (const std::size_t count : {1U, 2U, 3U, 8U}) {
            run_options options;
            options.executor = on_threads(count);
            require_same(evaluate(w.tables, set, ids, data, request, options), alone);
        }
        run_options options;
        options.executor = backwards;
        require_same(evaluate(w.tables, set, ids, data, request, options), alone);
        ++compared;
    }
    CHECK(compared == 60);
}

TEST_CASE("the parts of a measure add up to the whole, entities and rows alike, on both engines", "[long]") {
    const dataset data = many_plans(6000);
    const std::string measures[] = {
        count_at("cp_plan", "open(start_date, end_date)"),
        R"json({"kind": "share", "timing": "at", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)", "numerator": ")json" +
            std::string(plans_of_a_child) + "\"}",
        R"json({"kind": "median", "timing": "in", "of": "cp_plan", "where": "during(end_date)", "value": "end_date - start_date"})json"};
    for (const std::string& measure : measures) {
        const indicator_set set = definition(measure);
        const evaluation_request request = quarters_by_sex_and_age();
        detail::prepared_dataset prepared(data, canonical_schema());
        const detail::resolved_measure m =
            detail::resolve_measure(canonical_schema(), set, set["test.one"], request.breakdowns, {});
        const detail::bound_measure bound(m, prepared);
        std::vector<detail::time_point> axis;
        for (const period& p : request.periods) axis.push_back(detail::point_of(p));
        const detail::tallies whole = detail::count_by_intervals(bound, axis);
        INFO(measure);
        CHECK(whole[0].at({}).back().counted > 100);
        for (const std::size_t parts : {2U, 7U}) {
            detail::tallies fast, slow;
            for (std::size_t part = 0; part < parts; ++part) {
                detail::add_tallies(fast, detail::count_by_intervals(bound, axis, {part, parts, nullptr}));
                detail::add_tallies(slow, detail::count_by_reference(bound, axis, {part, parts, nullptr}));
            }
            for (detail::tallies* parted : {&fast, &slow}) {
                for (std::size_t b = 0; b < whole.size(); ++b) {
                    for (const auto& [key, counts] : whole[b]) {
                        const auto found = (*parted)[b].find(key);
                        for (std::size_t p = 0; p < counts.size(); ++p) {
                            REQUIRE((found == (*parted)[b].end() ? detail::tally{} : found->second[p]) == counts[p]);
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE("many rows are counted in parts and give the same results", "[long]") {
    const dataset data = many_plans(60'000);
    const indicator_set set = definition(
        R"json({"kind": "share", "timing": "at", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)", "numerator": ")json" +
        std::string(plans_of_a_child) + "\"}");
    std::size_t most = 0;
    run_options options;
    options.executor = on_threads(3);
    options.progress = [&](std::size_t done, std::size_t total, std::string_view words) {
        CHECK(done <= total);
        CHECK(words == "counting");
        most = std::max(most, done);
        CHECK(total == 5);
    };
    require_same(evaluate(canonical_schema(), set, {"test.one"}, data, quarters_by_sex_and_age(), options),
                 evaluate(canonical_schema(), set, {"test.one"}, data, quarters_by_sex_and_age()));
    CHECK(most == 5);  // the last is always told
}

TEST_CASE("a run that is cancelled leaves nothing", "[long]") {
    const dataset data = many_plans(30'000);
    const indicator_set set = definition(count_at("cp_plan", "open(start_date, end_date)"));
    const std::vector<std::string> ids(20, "test.one");
    for (const std::size_t threads : {0U, 1U, 3U}) {
        run_options options;
        if (threads > 0) options.executor = on_threads(threads);
        std::atomic<std::size_t> told = 0;
        options.progress = [&](std::size_t, std::size_t, std::string_view) {
            if (++told == 2) options.cancel.cancel();
        };
        CHECK_THROWS_AS(evaluate(canonical_schema(), set, ids, data, quarters_by_sex_and_age(), options),
                        run_cancelled);
        CHECK(told < 20);
    }
    run_options options;
    options.cancel.cancel();
    CHECK_THROWS_AS(evaluate(canonical_schema(), set, ids, data, quarters_by_sex_and_age(), options), run_cancelled);
}

TEST_CASE("cancelling is noticed within a part") {
    const dataset data = many_plans(2000);
    const indicator_set set = definition(count_at("cp_plan", "open(start_date, end_date)"));
    detail::prepared_dataset prepared(data, canonical_schema());
    const detail::resolved_measure m = detail::resolve_measure(canonical_schema(), set, set["test.one"], {}, {});
    const detail::bound_measure bound(m, prepared);
    const std::vector<detail::time_point> axis = {detail::point_of(parse_period("2019-20"))};
    const run_options options;
    options.cancel.cancel();
    const detail::run_control control(options);
    CHECK_THROWS_AS(detail::count_by_intervals(bound, axis, {0, 1, &control}), run_cancelled);
    CHECK_THROWS_AS(detail::count_by_reference(bound, axis, {0, 1, &control}), run_cancelled);
}

TEST_CASE("what a part of a run throws is thrown by the run, after all parts have ended") {
    const dataset data = many_plans(100);
    const indicator_set set = definition(count_at("cp_plan", "open(start_date, end_date)"));
    const std::vector<std::string> ids(20, "test.one");
    for (const std::size_t threads : {0U, 3U}) {
        run_options options;
        if (threads > 0) options.executor = on_threads(threads);
        options.progress = [](std::size_t, std::size_t, std::string_view) {
            throw std::out_of_range("the host's own");
        };
        CHECK_THROWS_AS(evaluate(canonical_schema(), set, ids, data, quarters_by_sex_and_age(), options),
                        std::out_of_range);
    }
}

TEST_CASE("an executor that does not do all its work is named") {
    const dataset data = many_plans(10);
    const indicator_set set = definition(count_at("cp_plan", "open(start_date, end_date)"));
    run_options options;
    options.executor = [](std::size_t, const std::function<void(std::size_t)>& item) { item(0); };
    CHECK_THROWS_WITH(evaluate(canonical_schema(), set, std::vector<std::string>(3, "test.one"), data,
                               quarters_by_sex_and_age(), options),
                      "the executor returned after 1 of 3 items of work");
    CHECK_THROWS_WITH(on_threads(0), "a run needs at least one thread");
}
