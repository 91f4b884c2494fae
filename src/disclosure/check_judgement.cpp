#include "disclosure/check_judgement.hpp"

#include <goldenthread/core/error.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace goldenthread::detail {

namespace {

[[noreturn]] void refuse(const release_figure& figure, const std::string& what) {
    error_context context;
    context.indicator = figure.heading.indicator;
    throw disclosure_error("cannot be released: " + what, std::move(context));
}

bool is_shown(const release_cell& cell) { return cell.exact && !cell.value.is_hidden() && !cell.value.is_absent(); }

bool has_digit(const std::string& text) { return text.find_first_of("0123456789") != std::string::npos; }

bool has_number(const value_change& change) {
    return !change.difference.empty() || !change.lower.empty() || !change.upper.empty() ||
           change.verdict != "not_compared";
}

/// The cell of the same place in another period.
const release_cell* counterpart(const release_figure& figure, const release_cell& cell, std::size_t period) {
    const auto found = std::find_if(figure.cells.begin(), figure.cells.end(), [&](const release_cell& other) {
        return other.period == period && other.key == cell.key;
    });
    return found == figure.cells.end() ? nullptr : &*found;
}

void check_cell(const release_figure& figure, const release_cell& cell, const cell_judgement& said) {
    for (const value_change& change : said.changes) {
        if (!has_number(change)) continue;
        const release_cell* earlier = change.period ? counterpart(figure, cell, *change.period) : nullptr;
        if (!is_shown(cell) || earlier == nullptr || !is_shown(*earlier)) {
            refuse(figure, "a change is reckoned from a number that is not shown");
        }
    }
    if (is_shown(cell)) return;
    if (said.interval || said.chart || said.group) refuse(figure, "limits stand beside a number that is not shown");
    for (const rag& each : said.rags) {
        if (is_colour(each.state)) refuse(figure, "a number that is not shown has a colour");
        if (has_digit(each.value) || (cell.value.is_hidden() && has_digit(each.sentence))) {
            refuse(figure, "what is said of a number that is not shown holds a number");
        }
    }
}

}  // namespace

void check_judgement(const release_figure& figure) {
    const figure_judgement& said = figure.judgement;
    if (said.cells.size() != figure.cells.size()) refuse(figure, "its judgement is of another number of cells");
    for (std::size_t i = 0; i < figure.cells.size(); ++i) check_cell(figure, figure.cells[i], said.cells[i]);
    const auto hides = [&](std::size_t i) { return i >= figure.cells.size() || figure.cells[i].value.is_hidden(); };
    for (const series_judgement& series : said.series) {
        const bool tested = series.has_limits || series.trend == "rising" || series.trend == "falling" ||
                            series.trend == "no_clear_trend" || series.seasonality == "likely" ||
                            series.seasonality == "none_found";
        if (tested && std::any_of(series.cells.begin(), series.cells.end(), hides)) {
            refuse(figure, "a series is judged by numbers of which one is hidden");
        }
    }
    for (const groups_judgement& groups : said.groups) {
        for (const release_cell& cell : figure.cells) {
            const bool member = cell.key.size() == 1 && cell.key[0].first == groups.dimension && cell.key[0].second;
            const bool used = (groups.compared && cell.period == groups.period) ||
                              (groups.masking != "not_tested" &&
                               (cell.period == groups.period || cell.period == groups.masking_against));
            if (member && used && cell.value.is_hidden()) {
                refuse(figure, "groups are compared of which one is hidden");
            }
        }
    }
}

}  // namespace goldenthread::detail
