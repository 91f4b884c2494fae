// The parts of judging a figure. Internal to the room.
#pragma once

#include <goldenthread/disclosure/release.hpp>
#include <goldenthread/scorecard/target.hpp>
#include <goldenthread/statistics/change.hpp>
#include <goldenthread/statistics/control_chart.hpp>

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

/// True for a number that is printed.
[[nodiscard]] inline bool is_shown(const release_cell& cell) noexcept {
    return cell.exact && !cell.value.is_hidden() && !cell.value.is_absent();
}
/// True for one that says what it says for all of its days.
[[nodiscard]] inline bool is_whole(const release_cell& cell) noexcept {
    return is_shown(cell) && (cell.state == "value" || cell.state == "true_zero");
}

/// In the unit in which the figure is shown: percent, days, per so many.
[[nodiscard]] inline double shown_value(const figure_heading& heading, const release_cell& cell) noexcept {
    const double value = static_cast<double>(cell.exact->numerator) / static_cast<double>(cell.exact->denominator);
    return heading.unit == figure_unit::fraction ? value * 100 : value;
}

/// What a shown figure is made of, where an interval fits it.
struct counted {
    figure_kind kind = figure_kind::count;
    counted_figure figure;  ///< of a rate the base is people, or time, so that x / n × multiplier is the figure
};

/// Nothing for averages, sums and ratios, for cells that are counts beside a share, and where a number is not shown.
[[nodiscard]] std::optional<counted> counts_of(const figure_heading& heading, const release_cell& cell);

[[nodiscard]] improvement_direction direction_of(const figure_heading& heading) noexcept;

/// better, worse, higher, lower.
[[nodiscard]] std::string verdict_of(bool up, improvement_direction direction);

/// Limits of shares and rates, and changes of totals.
void judge_values(const release_figure& figure, const std::vector<period>& periods, figure_judgement& said);

/// Charts, trends and seasons.
void judge_series(const release_figure& figure, const std::vector<period>& periods, const std::vector<target>& targets,
                  figure_judgement& said);

/// Groups compared, and totals that hide them.
void judge_groups(const release_figure& figure, const std::vector<period>& periods, figure_judgement& said);

/// Cells of totals by kind of period, each in order of time.
[[nodiscard]] std::vector<std::vector<std::size_t>> series_of(const release_figure& figure,
                                                              const std::vector<period>& periods,
                                                              const draft_key& key = {});

}  // namespace goldenthread::detail
