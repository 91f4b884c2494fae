// A small plan and results made by hand, so that the room is tested without engine and files.
#pragma once

#include <goldenthread/scorecard/scorecard.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::made_up {

inline std::vector<breakdown_value> key(std::string dimension, std::optional<std::string> category) {
    return {{std::move(dimension), std::move(category)}};
}

inline cell count_cell(std::size_t period, std::vector<breakdown_value> where, std::int64_t n,
                       std::int64_t unknown = 0) {
    cell c;
    c.period_index = period;
    c.key = std::move(where);
    c.state = n == 0 ? cell_state::true_zero : cell_state::value;
    c.value = exact_ratio{n, 1};
    c.numerator = n;
    c.unknown = unknown;
    return c;
}

inline cell share_cell(std::size_t period, std::vector<breakdown_value> where, std::int64_t n, std::int64_t d,
                       std::int64_t unknown = 0) {
    cell c = count_cell(period, std::move(where), n, unknown);
    c.denominator = d;
    c.value = exact_ratio{n, d};
    return c;
}

inline cell rate_cell(std::size_t period, std::vector<breakdown_value> where, std::int64_t n, std::int64_t population) {
    cell c = share_cell(period, std::move(where), n, population);
    c.value = exact_ratio{n * 10000, population};
    return c;
}

inline indicator_result result(std::string id, std::string title, value_unit unit) {
    indicator_result r;
    r.indicator = std::move(id);
    r.title = std::move(title);
    r.unit = unit;
    r.unit_of_count = "child";
    r.timing = "at";
    r.measure = unit == value_unit::fraction ? "share" : unit == value_unit::rate ? "rate" : "distinct";
    r.multiplier = unit == value_unit::rate ? 10000 : 1;
    r.adds_over_breakdowns = {{"sex", true}};
    r.meaning = "Children counted for the test of " + r.indicator + ".";
    r.definition_hash = "4f2a" + std::to_string(r.indicator.size());
    r.parameters = {{"months", "12"}};
    r.tables = {"cp_plan"};
    return r;
}

}  // namespace goldenthread::made_up
