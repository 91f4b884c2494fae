// One question asked of both engines: a schema, rows, a definition, periods, breakdowns. As a file it is a regression
// test: tests/engine/regressions.
#pragma once

#include "random_world.hpp"

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/engine/request.hpp>

#include <string>
#include <vector>

namespace engine_question {

using namespace goldenthread;

/// Id of the one indicator of a question.
inline constexpr const char* indicator_id = "random.one";

struct question {
    random_world::world data;
    indicator_set set;
    std::vector<breakdown> breakdowns;
    std::vector<period> periods;

    [[nodiscard]] evaluation_request request() const {
        evaluation_request asked;
        asked.periods = periods;
        asked.breakdowns = breakdowns;
        return asked;
    }
    [[nodiscard]] dataset rows() const { return small::built(data.tables, data.rows); }
};

/// Periods to ask a measure about: short ones where the reference engine asks each day.
[[nodiscard]] std::vector<period> random_axis(random_source& random, const measure& m);

/// A random definition about these rows, its breakdowns and periods.
[[nodiscard]] question random_question(random_source& random, const random_world::world& data);

/// The question as a file, to be kept or pasted.
[[nodiscard]] std::string written(const question& q);

/// The question of such a file's text. \throws goldenthread::error naming file and place
[[nodiscard]] question read_question(const std::string& text, const std::string& file);

}  // namespace engine_question
