// The field "conventions" of an indicator or a plan. Internal.
#pragma once

#include "core/json_document.hpp"

#include <goldenthread/core/conventions.hpp>

namespace goldenthread::detail {

/// What the object says; nothing said where it has no field "conventions".
/// \throws definition_error naming file, JSON pointer and remedy
[[nodiscard]] convention_choices read_conventions(const json_view& owner);

}  // namespace goldenthread::detail
