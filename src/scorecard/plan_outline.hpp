// The plan as a release prints it: words, states, lines of sight. Internal to the room.
#pragma once

#include <goldenthread/disclosure/outline.hpp>
#include <goldenthread/scorecard/scorecard.hpp>

namespace goldenthread::detail {

[[nodiscard]] plan_outline outline_of(const scorecard& card);

/// Tables a figure waits for, or the definition it lacks, in words; empty when it has cells.
[[nodiscard]] std::vector<std::string> needs_of_figure(const scorecard& card, const std::string& indicator);

/// True when at least one cell of the indicator holds a value.
[[nodiscard]] bool has_value(const scorecard& card, const std::string& indicator);

}  // namespace goldenthread::detail
