// A shown figure as statistics take it: value, counts, direction. Internal to the room; brings Boost.Math.
#pragma once

#include <goldenthread/disclosure/release.hpp>
#include <goldenthread/statistics/change.hpp>
#include <goldenthread/statistics/control_chart.hpp>

#include <optional>
#include <string>

namespace goldenthread::detail {

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

}  // namespace goldenthread::detail
