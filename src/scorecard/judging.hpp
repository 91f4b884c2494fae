// The parts of judging a figure. Internal to the room.
#pragma once

#include <goldenthread/disclosure/release.hpp>
#include <goldenthread/scorecard/target.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace goldenthread::detail {

/// \throws definition_error for a target of the figure that is in another unit, or lacks the kind of period it needs
void check_targets_fit(const figure_heading& heading, const std::vector<target>& targets);

/// One for each target in force, in the order local, trajectory, band, national; or one that says there is none.
[[nodiscard]] std::vector<rag> judge_against_targets(const figure_heading& heading, const release_cell& total,
                                                     const period& when, const std::vector<target>& targets);

/// The line of the first target in force that is a line, in the unit in which the figure is shown.
[[nodiscard]] std::optional<double> target_line(const figure_heading& heading, const period& when,
                                                const std::vector<target>& targets);

/// Limits of shares and rates, and changes of totals.
void judge_values(const release_figure& figure, const std::vector<period>& periods, figure_judgement& said);

/// Charts, trends and seasons.
void judge_series(const release_figure& figure, const std::vector<period>& periods, const std::vector<target>& targets,
                  figure_judgement& said);

/// Groups compared, and totals that hide them.
void judge_groups(const release_figure& figure, const std::vector<period>& periods, figure_judgement& said);

/// Cells of totals by kind of period, each in order of time.
[[nodiscard]] std::vector<std::vector<std::size_t>> series_of(const release_figure& figure,
                                                              const std::vector<period>& periods);

}  // namespace goldenthread::detail
