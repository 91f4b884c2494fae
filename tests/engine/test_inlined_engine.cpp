// The engine compiled here gives what the library's gives.
#include "random_definition.hpp"
#include "random_world.hpp"

#include <goldenthread/engine/run.hpp>

using namespace goldenthread;

TEST_CASE("the engine compiled where it is included and the library's give the same") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        random_source random(seed);
        const random_world::world w = random_world::random_world(random);
        random_definition::generator definitions(random, w.tables);
        const indicator_set set = definitions.definitions();
        evaluation_request request;
        request.periods = random_world::short_periods(random);
        request.breakdowns = definitions.breakdowns(set.indicators[0]);
        const dataset data = small::built(w.tables, w.rows);
        const std::string id = set.indicators[0].id;
        INFO("seed " << seed);
        const results compiled = evaluate(w.tables, set, {id}, data, request);
        const results inlined = inlined::evaluate(w.tables, set, {id}, data, request);
        CHECK(inlined.indicators[0].cells == compiled.indicators[0].cells);
        CHECK(inlined.input_hash == compiled.input_hash);
        inlined::engine whole(w.tables, set, {id}, request);
        whole.update(data);
        CHECK(whole.finish().indicators[0].cells == compiled.indicators[0].cells);
        CHECK(inlined::explain(w.tables, set, id, data, request.periods[0]).size() == explain(w.tables, set, id, data, request.periods[0]).size());
    }
}
