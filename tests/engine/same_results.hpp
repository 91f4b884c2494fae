// Results compared in everything they say.
#pragma once

#include "catch.hpp"

#include <goldenthread/engine/cell.hpp>

namespace small {

inline void require_same_results(const goldenthread::results& a, const goldenthread::results& b) {
    REQUIRE(a.periods == b.periods);
    REQUIRE(a.input_hash == b.input_hash);
    REQUIRE(a.area == b.area);
    REQUIRE(a.synthetic == b.synthetic);
    REQUIRE(a.indicators.size() == b.indicators.size());
    for (std::size_t i = 0; i < a.indicators.size(); ++i) {
        const goldenthread::indicator_result &x = a.indicators[i], &y = b.indicators[i];
        REQUIRE(x.indicator == y.indicator);
        REQUIRE(x.definition_hash == y.definition_hash);
        REQUIRE(x.tables_missing == y.tables_missing);
        REQUIRE(x.notes == y.notes);
        REQUIRE(x.path == y.path);
        REQUIRE(x.cells == y.cells);
    }
}

}  // namespace small
