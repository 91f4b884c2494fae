// goldenthread: plans as JSON files (format "goldenthread/plan@1", schemas/plan.schema.json).
#pragma once

#include <goldenthread/plan/plan.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// A plan from JSON text. `file` is only used in messages. Throws definition_error with file, JSON pointer and
/// remedy for anything wrong: not JSON, unknown or missing field, duplicate id, dangling link, malformed id.
[[nodiscard]] plan parse_plan(std::string_view json_text, const std::string& file = "plan.json");

/// A plan from a file; data_error when it cannot be read, otherwise as parse_plan().
[[nodiscard]] plan load_plan(const std::string& path);

/// The plan as JSON text, always laid out the same way. parse_plan(to_json(p)) == p for every plan that
/// parse_plan() accepts.
[[nodiscard]] std::string to_json(const plan& p);

/// Ids of the plans that come with the library.
[[nodiscard]] std::vector<std::string> shipped_plans();

/// A plan that comes with the library; definition_error listing the known ids for any other.
[[nodiscard]] plan shipped_plan(std::string_view id);

/// The file of a shipped plan as text, for those who copy one to start their own.
[[nodiscard]] std::string shipped_plan_text(std::string_view id);

}  // namespace goldenthread
