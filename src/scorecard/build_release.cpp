#include "scorecard/plan_outline.hpp"

#include <goldenthread/plan/plan_counts.hpp>
#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/judge_figure.hpp>
#include <goldenthread/scorecard/sense.hpp>

#include <algorithm>
#include <utility>

namespace goldenthread {

namespace {

release_title title_of(const scorecard& card) {
    const plan& p = card.package.plan;
    release_title title;
    title.plan = p.id;
    title.plan_title = p.title;
    title.plan_area = p.area;
    title.plan_first_year = p.first_year;
    title.plan_last_year = p.last_year;
    title.plan_document = p.source.document;
    title.plan_rights = p.source.rights;
    title.area = card.figures.area;
    title.synthetic = card.figures.synthetic;
    title.data_hash = card.figures.input_hash;
    const auto latest = std::max_element(card.figures.periods.begin(), card.figures.periods.end(),
                                         [](const period& a, const period& b) { return a.last < b.last; });
    if (latest != card.figures.periods.end()) title.as_at = to_iso(latest->last);
    return title;
}

void add_definition(figure_heading& heading, const indicator& definition) {
    heading.title = definition.title;
    heading.meaning = definition.definition;
    heading.unit_of_count = definition.unit;
    heading.timing = std::string(to_text(definition.measure.timing));
    heading.measure = std::string(to_text(definition.measure.kind));
    heading.polarity = definition.polarity.value;
    heading.polarity_provenance = definition.polarity.provenance;
    heading.disclosure_classes = definition.disclosure;
    heading.source = definition.source;
    heading.pitfalls = definition.pitfalls;
    heading.convention_set = chosen_conventions(definition.conventions);
    for (const definition_case& each : definition.cases) heading.cases.push_back(each.title);
}

void add_result(figure_heading& heading, const indicator_result& result) {
    const auto replace = [](std::string& text, const std::string& with) {
        if (!with.empty()) text = with;
    };
    replace(heading.title, result.title);
    replace(heading.meaning, result.meaning);
    replace(heading.unit_of_count, result.unit_of_count);
    replace(heading.timing, result.timing);
    replace(heading.measure, result.measure);
    heading.convention_set = result.convention_set;
    heading.unit = written_as(result.unit);
    heading.multiplier = result.multiplier;
    heading.cells_are_counts = result.cells_are_counts;
    heading.adds_over_periods = result.adds_over_periods;
    heading.adds_over_breakdowns = result.adds_over_breakdowns;
    heading.definition_hash = result.definition_hash;
    heading.parameters = result.parameters;
    heading.tables = result.tables;
    heading.tables_missing = result.tables_missing;
}

draft_cell cell_of(const cell& from) {
    draft_cell result;
    result.period = from.period_index;
    for (const breakdown_value& each : from.key) result.key.emplace_back(each.dimension, each.category);
    result.state = std::string(to_text(from.state));
    if (from.value) result.value = draft_value{from.value->numerator, from.value->denominator};
    result.numerator = from.numerator;
    result.denominator = from.denominator;
    result.unknown = from.unknown;
    result.excluded = from.excluded;
    result.immature = from.immature;
    result.censored = from.censored;
    result.units = from.units;
    result.reason = from.reason;
    return result;
}

/// Of the definition that was computed, with the parameters and conventions it was computed with.
outline_approval approval_of(const scorecard& card, const indicator_result& result) {
    std::optional<day> judged_on = card.package.approvals_judged_on;
    for (const period& p : card.figures.periods) {
        if (!card.package.approvals_judged_on) judged_on = std::max(judged_on.value_or(p.last), p.last);
    }
    const approval_status status =
        status_of(card.package.approvals, result.indicator, result.definition_hash, judged_on);
    outline_approval shown;
    shown.state = std::string(to_text(status.state));
    shown.text = to_text(status);
    if (!status.approval) return shown;
    shown.person = status.approval->person;
    shown.role = status.approval->role;
    shown.date = to_iso(status.approval->date);
    if (status.approval->review_date) shown.review_date = to_iso(*status.approval->review_date);
    return shown;
}

draft_figure figure_of(const scorecard& card, const std::string& id) {
    draft_figure figure;
    figure_heading& heading = figure.heading;
    heading.indicator = id;
    heading.title = id;
    heading.polarity = heading.polarity_provenance = "unspecified";
    const indicator* definition = card.package.indicators.find(id);
    const indicator_result* result = card.figures.find(id);
    heading.has_definition = definition != nullptr || result != nullptr;
    if (definition != nullptr) add_definition(heading, *definition);
    if (result != nullptr) {
        add_result(heading, *result);
        heading.approval = approval_of(card, *result);
        for (const cell& each : result->cells) figure.cells.push_back(cell_of(each));
    }
    heading.evidence_lines = lines_of_indicator(card.package.plan, id);
    heading.needs = detail::needs_of_figure(card, id);
    heading.state = detail::has_value(card, id) ? "value" : "missing";
    heading.state_reason = joined(heading.needs, "; ");
    return figure;
}

/// The plan's figures in the plan's order, then those shown beside it.
std::vector<std::string> figures_in_order(const scorecard& card) {
    std::vector<std::string> ids = indicator_ids(card.package.plan);
    const auto add = [&ids](const std::string& id) {
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    for (const supporting_indicator& each : card.package.plan.supporting_indicators) add(each.id);
    for (const indicator_result& each : card.figures.indicators) add(each.indicator);
    return ids;
}

void add_doubts(release_draft& draft, const scorecard& card) {
    for (const sense_warning& each : check_sense(card.figures, card.package.indicators)) {
        if (each.rule == "hidden_movements") continue;  // a release tells them of its shown numbers alone
        for (draft_figure& figure : draft.figures) {
            if (figure.heading.indicator != each.indicator) continue;
            figure.heading.doubts.push_back({each.rule, each.period, each.breakdown, each.message});
        }
    }
}

std::int64_t count(std::size_t n) { return static_cast<std::int64_t>(n); }

}  // namespace

figure_unit written_as(value_unit unit) noexcept {
    switch (unit) {
        case value_unit::fraction:
            return figure_unit::fraction;
        case value_unit::rate:
            return figure_unit::rate;
        case value_unit::days:
            return figure_unit::days;
        default:
            return figure_unit::number;
    }
}

release_draft draft_release(const scorecard& card) {
    release_draft draft;
    draft.title = title_of(card);
    draft.periods = card.figures.periods;
    draft.plan = detail::outline_of(card);
    for (const std::string& id : figures_in_order(card)) draft.figures.push_back(figure_of(card, id));
    add_doubts(draft, card);
    for (const finding_count& f : card.findings) {
        draft.findings.push_back(
            {f.table, f.column, f.rule, std::string(to_text(f.action)), f.message, count(f.count)});
    }
    for (const source_file& f : card.files) {
        draft.files.push_back(
            {f.name, f.kind, count(f.rows_read), count(f.rows_kept), count(f.rows_set_aside), f.notes});
    }
    draft.notes = card.notes;
    if (card.published) add_published(draft, *card.published);
    return draft;
}

void add_published(release_draft& draft, published_comparisons published) {
    const auto is_beside_none = [&](const published_comparison& each) {
        return std::none_of(draft.figures.begin(), draft.figures.end(),
                            [&](const draft_figure& figure) { return figure.heading.indicator == each.indicator; });
    };
    std::erase_if(published.figures, is_beside_none);
    draft.published = std::move(published);
}

figure_judge judge_by_targets(const scorecard& card) {
    return [targets = card.package.targets](const release_figure& figure, const std::vector<period>& periods) {
        return judge_figure(figure, periods, targets);
    };
}

release build_release(const scorecard& card, const disclosure_policy& policy, audience readers) {
    return protect(draft_release(card), policy, readers, judge_by_targets(card));
}

}  // namespace goldenthread
