// One question asked of both engines: a schema, rows, a definition, periods, breakdowns. As a file it is a regression
// test: tests/engine/regressions.
#pragma once

#include "random_world.hpp"

#include <goldenthread/definitions/indicator.hpp>

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
};

/// The question as a file, to be kept or pasted.
[[nodiscard]] std::string written(const question& q);

/// The question of such a file. \throws goldenthread::error naming file and place
[[nodiscard]] question read_question(const std::string& path);

}  // namespace engine_question
