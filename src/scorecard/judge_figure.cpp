#include <goldenthread/scorecard/judge_figure.hpp>

#include "scorecard/judging.hpp"

namespace goldenthread {

figure_judgement judge_figure(const release_figure& figure, const std::vector<period>& periods,
                              const std::vector<target>& targets) {
    figure_judgement said;
    said.cells.resize(figure.cells.size());
    // Those that are not in force too: a slip should not wait for its day.
    if (!figure.cells.empty()) detail::check_targets_fit(figure.heading, targets);
    for (std::size_t i = 0; i < figure.cells.size(); ++i) {
        const release_cell& cell = figure.cells[i];
        if (!cell.key.empty()) continue;
        said.cells[i].rags = detail::judge_against_targets(figure.heading, cell, periods[cell.period], targets);
    }
    detail::judge_values(figure, periods, said);
    detail::judge_series(figure, periods, targets, said);
    detail::judge_groups(figure, periods, said);
    return said;
}

}  // namespace goldenthread
