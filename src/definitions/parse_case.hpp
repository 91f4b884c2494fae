// One case of an indicator, inside an indicator file or a case file.
#pragma once

#include <goldenthread/definitions/case.hpp>

#include "core/json_document.hpp"

namespace goldenthread::detail {

[[nodiscard]] definition_case read_case(const json_view& view, const std::string& indicator);

}  // namespace goldenthread::detail
