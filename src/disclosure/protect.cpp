#include "disclosure/check_judgement.hpp"
#include "disclosure/hide_small_numbers.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/disclosure/release.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace {

using detail::hidden_parts;

published_number published(std::int64_t count, bool hidden) {
    return hidden ? published_number::hidden() : published_number::shown(std::to_string(count));
}

published_number published(const std::optional<std::int64_t>& count, bool hidden) {
    return count ? published(*count, hidden) : published_number();
}

std::string rounded(const draft_value& value, const figure_heading& heading, bool is_count) {
    return figure_text(value.numerator, value.denominator, heading.unit, heading.measure, is_count);
}

[[noreturn]] void refuse(const draft_figure& figure, const std::string& what) {
    error_context context;
    context.indicator = figure.heading.indicator;
    throw disclosure_error("cannot be released: " + what, std::move(context));
}

/// A gate that does not understand a cell must not let it pass.
void check(const draft_figure& figure, const draft_cell& cell, std::size_t periods) {
    if (cell.period >= periods) refuse(figure, "a cell belongs to no period");
    for (const std::int64_t n : {cell.numerator.value_or(0), cell.denominator.value_or(0), cell.unknown, cell.excluded,
                                 cell.immature, cell.censored}) {
        if (n < 0) refuse(figure, "a count is below zero");
    }
    if (!cell.value) return;
    if (cell.value->denominator <= 0) refuse(figure, "a value is divided by zero");
    const bool is_count =
        figure.heading.unit == figure_unit::number || (figure.heading.cells_are_counts && !cell.key.empty());
    if (!is_count && (!cell.numerator || !cell.denominator)) {
        refuse(figure,
               "a share, rate or average came without its numerator and denominator, so nothing can be checked");
    }
}

release_cell protected_cell(const draft_figure& figure, const draft_cell& cell, const hidden_parts& hidden) {
    const bool is_count = figure.heading.cells_are_counts && !cell.key.empty();
    release_cell result;
    result.period = cell.period;
    result.key = cell.key;
    result.reason = cell.reason;
    result.state = cell.value && hidden.hides_value() ? "suppressed" : cell.state;
    if (cell.value) {
        result.value = hidden.hides_value() ? published_number::hidden()
                                            : published_number::shown(rounded(*cell.value, figure.heading, is_count));
        if (!hidden.hides_value()) result.exact = cell.value;
        // Nought of a hidden number is nought: the fraction must not hold the number.
        if (result.exact && hidden.denominator) result.exact = draft_value{0, 1};
    }
    result.numerator = published(cell.numerator, hidden.result);
    result.denominator = published(cell.denominator, hidden.denominator);
    const bool computed = cell.value || cell.numerator || cell.denominator || cell.unknown != 0 || cell.excluded != 0 ||
                          cell.immature != 0 || cell.censored != 0;
    if (!computed) return result;  // no 0 where nothing was counted
    result.unknown = published(cell.unknown, hidden.unknown);
    result.excluded = published(cell.excluded, hidden.excluded);
    result.immature = published(cell.immature, hidden.immature);
    result.censored = published(cell.censored, hidden.censored);
    return result;
}

/// A doubt about a total was reckoned from totals before any was hidden, and may say how large a hidden one is. One
/// about parts says only that they do not add up.
void leave_out_what_hidden_totals_raise(release_figure& figure) {
    const bool any_hidden = std::any_of(figure.cells.begin(), figure.cells.end(), [](const release_cell& cell) {
        return cell.key.empty() &&
               (cell.value.is_hidden() || cell.numerator.is_hidden() || cell.denominator.is_hidden());
    });
    if (!any_hidden) return;
    std::erase_if(figure.heading.doubts, [](const outline_doubt& doubt) { return doubt.breakdown.empty(); });
}

release_figure protected_figure(const draft_figure& figure, const std::vector<period>& periods,
                                const disclosure_policy& policy) {
    for (const draft_cell& cell : figure.cells) check(figure, cell, periods.size());
    const std::vector<hidden_parts> hidden = detail::hide_small_numbers(figure, periods, policy);
    release_figure result{figure.heading, {}, {}};
    result.cells.reserve(figure.cells.size());
    for (std::size_t i = 0; i < figure.cells.size(); ++i) {
        result.cells.push_back(protected_cell(figure, figure.cells[i], hidden[i]));
    }
    leave_out_what_hidden_totals_raise(result);
    return result;
}

release_file protected_file(const draft_file& file, const disclosure_policy& policy) {
    detail::checked_sum rows;
    for (const std::int64_t n : {file.rows_read, file.rows_kept, file.rows_set_aside}) {
        if (n < 0) throw disclosure_error("cannot be released: a count of rows is below zero");
        rows.counts.push_back(n);
        rows.hidden.push_back(detail::is_small(n, policy));
        rows.may_hide.push_back(n != 0);
    }
    detail::protect_sum(rows, policy.threshold);
    return {file.name,
            file.kind,
            published(rows.counts[0], rows.hidden[0]),
            published(rows.counts[1], rows.hidden[1]),
            published(rows.counts[2], rows.hidden[2]),
            file.notes};
}

/// What its publisher hid must hold no number, and nobody may be judged by it.
void check(const published_comparisons& published) {
    for (const published_comparison& figure : published.figures) {
        for (const published_cell& cell : figure.cells) {
            for (const number_of_others* number : {&cell.value, &cell.numerator, &cell.denominator}) {
                const bool has_digits = number->text.find_first_of("0123456789") != std::string::npos;
                if (number->is_value() == has_digits) continue;
                error_context context;
                context.indicator = figure.indicator;
                throw disclosure_error("cannot be released: the published figure of " + cell.area_name + " for " +
                                           std::to_string(cell.year) + " is " + number->state + " and holds '" +
                                           number->text + "'",
                                       std::move(context));
            }
        }
    }
}

/// Agencies answer to the board. Others learn how many were heard from, not which: one may be a single school or
/// practice.
void leave_agencies_unnamed(plan_outline& plan) {
    for (outline_element& priority : plan.priorities) {
        for (outline_element& part : priority.parts) {
            if (!part.assurance) continue;
            outline_assurance& shown = *part.assurance;
            shown.agencies_not_named = static_cast<std::int64_t>(shown.agencies.size());
            shown.agencies.clear();
            shown.not_heard_from.clear();
            if (shown.agencies_not_named == 0 || shown.lacking.empty()) continue;
            shown.lacking = {"what it still lacks names agencies, and is for the board"};
            // These two are told without what is lacking.
            if (shown.status != "WITHDRAWN" && shown.status != "NOT_DUE") shown.status_reason = shown.lacking.front();
        }
    }
}

}  // namespace

release protect(const release_draft& draft, const disclosure_policy& policy, audience who, const figure_judge& judge) {
    release result;
    result.title_ = draft.title;
    result.policy_ = policy;
    result.readers_ = who;
    result.certificate_ = "not attacked: internal use";
    result.periods_ = draft.periods;
    result.plan_ = draft.plan;
    if (who == audience::public_readers) leave_agencies_unnamed(result.plan_);
    result.notes_ = draft.notes;
    for (const draft_figure& figure : draft.figures) {
        release_figure shown = protected_figure(figure, draft.periods, policy);
        if (judge) {
            shown.judgement = judge(shown, draft.periods);
            detail::check_judgement(shown);
        }
        result.figures_.push_back(std::move(shown));
    }
    for (const draft_finding_count& f : draft.findings) {
        if (f.count < 0) throw disclosure_error("cannot be released: a count of findings is below zero");
        result.findings_.push_back(
            {f.table, f.column, f.rule, f.action, f.message, published(f.count, detail::is_small(f.count, policy))});
    }
    for (const draft_file& file : draft.files) result.files_.push_back(protected_file(file, policy));
    if (draft.published) check(*draft.published);
    result.published_ = draft.published;
    return result;
}

}  // namespace goldenthread
