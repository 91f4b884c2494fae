// Figures that others published, as part of a release's JSON. Internal.
#pragma once

#include "scorecard/json_text.hpp"

#include <goldenthread/disclosure/published_comparison.hpp>

#include <optional>

namespace goldenthread::detail {

/// The field "published": null where there are none.
void write_published(json_text& out, const std::optional<published_comparisons>& published);

}  // namespace goldenthread::detail
