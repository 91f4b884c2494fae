// What is said of shown numbers, as JSON and CSV. Internal to the room.
#pragma once

#include "scorecard/json_text.hpp"

#include <goldenthread/disclosure/release.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace goldenthread::detail {

/// What is said of a cell; of a figure that nobody judged, nothing.
[[nodiscard]] const cell_judgement& judgement_of(const release_figure& figure, std::size_t cell);

/// Fields of a cell: interval, targets, changes, chart, group.
void write_cell_judgement(json_text& out, const cell_judgement& said);

/// Fields of a figure: series, groups.
void write_figure_judgement(json_text& out, const figure_judgement& said);

/// Headings of the fields that `judgement_fields` gives, with a comma before each.
inline constexpr std::string_view judgement_headings =
    ",lower,upper,interval_method,target,target_state,target_sentence,change_on_previous,change_on_previous_lower,"
    "change_on_previous_upper,change_on_previous_verdict,change_on_last_year,change_on_last_year_lower,"
    "change_on_last_year_upper,change_on_last_year_verdict,chart_centre,chart_lower,chart_upper,chart_verdict,"
    "group_ratio,group_lower,group_upper,group_verdict";

/// With a comma before each field; several targets are joined by " | ".
[[nodiscard]] std::string judgement_fields(const cell_judgement& said);

}  // namespace goldenthread::detail
