// Shipped data files compiled into the library, so that it works without an installation folder.
#pragma once

#include <string_view>
#include <vector>

namespace goldenthread::detail {

struct embedded_file {
    std::string_view name;  ///< path relative to the project, e.g. "plans/leicester_2018_2020/plan.json"
    std::string_view text;
};

// Defined in generated sources, one for each call of goldenthread_embed().
std::vector<embedded_file> embedded_schemas();
std::vector<embedded_file> embedded_indicators();
std::vector<embedded_file> embedded_plans();
std::vector<embedded_file> embedded_published();

}  // namespace goldenthread::detail
