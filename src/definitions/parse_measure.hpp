// Reading the measure of an indicator from JSON.
#pragma once

#include <goldenthread/definitions/indicator.hpp>

#include "core/json_document.hpp"

namespace goldenthread::detail {

/// An expression, or rows, from their text; errors name file and place.
[[nodiscard]] expression read_expression(const json_view& view);
[[nodiscard]] row_query read_source(const json_view& view);

/// What is counted. Throws a definition_error for slots that do not go together.
[[nodiscard]] measure read_measure(const json_view& view);

}  // namespace goldenthread::detail
