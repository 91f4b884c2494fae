// The engine compiled here gives what the library's gives.
#include "question.hpp"

#include <goldenthread/engine/run.hpp>

using namespace goldenthread;

TEST_CASE("the engine compiled where it is included and the library's give the same") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        random_source random(seed);
        const engine_question::question q = engine_question::random_question(random, random_world::random_world(random));
        const schema& tables = q.data.tables;
        const evaluation_request request = q.request();
        const dataset data = q.rows();
        const std::string id = engine_question::indicator_id;
        INFO("seed " << seed);
        const results compiled = evaluate(tables, q.set, {id}, data, request);
        const results inlined = inlined::evaluate(tables, q.set, {id}, data, request);
        CHECK(inlined.indicators[0].cells == compiled.indicators[0].cells);
        CHECK(inlined.input_hash == compiled.input_hash);
        inlined::engine whole(tables, q.set, {id}, request);
        whole.update(data);
        CHECK(whole.finish().indicators[0].cells == compiled.indicators[0].cells);
        CHECK(inlined::explain(tables, q.set, id, data, request.periods[0]).size() == explain(tables, q.set, id, data, request.periods[0]).size());
    }
}
