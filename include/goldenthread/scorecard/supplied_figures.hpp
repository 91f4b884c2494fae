// goldenthread: figures that partners send instead of rows. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/data/finding.hpp>
#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/request.hpp>

#include <string_view>
#include <vector>

namespace goldenthread {

/// How the reason of a cell begins that was supplied as a figure.
inline constexpr std::string_view supplied_mark = "supplied, not recomputed";

/// Puts the rows of table `supplied_figure` into cells that the dataset's rows leave `missing`, and adds the cells of
/// breakdowns that were asked for. Such a cell's reason says who supplied it and when, and marks a break in the series:
/// another partner, another definition note, or figures computed from rows before. Nothing is ever added to a computed
/// cell: rows win.
///
/// A share needs numerator and denominator, a duration or ratio the number behind it: a figure that disclosure control
/// could not judge stays `missing`, and its reason says what is lacking. Values are percentages for shares, as they are
/// shown, and numbers per the indicator's multiplier for rates.
///
/// The findings: "supplied_unknown" (no such indicator in this run, or a breakdown that cannot be read),
/// "supplied_incomplete", "supplied_out_of_range", "supplied_disagrees" (value and numbers differ), "supplied_differs"
/// (from the figure computed from rows). Figures of periods or breakdowns not asked for are passed over.
std::vector<finding> add_supplied_figures(results& figures, const dataset& data,
                                          const std::vector<breakdown>& asked_for);

}  // namespace goldenthread
