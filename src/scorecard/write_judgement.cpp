#include "scorecard/write_judgement.hpp"

#include "scorecard/csv_text.hpp"

#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <vector>

namespace goldenthread::detail {

namespace {

/// Decimal text, or null for none.
void write_number(json_text& out, const char* name, const std::string& number) {
    out.key(name);
    number.empty() ? out.null() : out.number(number);
}

void write_period(json_text& out, const char* name, const std::optional<std::size_t>& period) {
    out.key(name);
    period ? out.number(std::to_string(*period)) : out.null();
}

void write(json_text& out, const rag& r) {
    out.begin_object(true);
    out.field("state", to_text(r.state));
    out.field("sentence", r.sentence);
    out.field("kind", r.target_kind);
    out.field("target", r.target);
    out.field("tolerance", r.tolerance);
    out.field("value", r.value);
    out.field("rule", r.rule);
    out.field("polarity", r.polarity);
    out.field("polarity_provenance", r.polarity_provenance);
    out.field("source", r.source);
    out.field("rounding_hides_it", r.rounding_hides_it);
    out.end_object();
}

void write(json_text& out, const value_change& c) {
    out.begin_object(true);
    out.field("basis", c.basis);
    write_period(out, "period", c.period);
    out.field("verdict", c.verdict);
    write_number(out, "difference", c.difference);
    write_number(out, "lower", c.lower);
    write_number(out, "upper", c.upper);
    out.field("method", c.method);
    out.field("sentence", c.sentence);
    out.end_object();
}

void write(json_text& out, const series_judgement& s) {
    out.begin_object();
    out.field("period_kind", s.period_kind);
    out.key("cells");
    out.begin_list(true);
    for (const std::size_t cell : s.cells) out.number(std::to_string(cell));
    out.end_list();
    out.field("chart", s.chart);
    out.field("has_limits", s.has_limits);
    out.field("provisional", s.provisional);
    out.field("limits_reason", s.limits_reason);
    out.field("variation", s.variation);
    out.field("variation_sentence", s.variation_sentence);
    out.field("assurance", s.assurance);
    out.field("assurance_sentence", s.assurance_sentence);
    out.field("trend", s.trend);
    out.field("trend_sentence", s.trend_sentence);
    out.field("seasonality", s.seasonality);
    out.field("seasonality_sentence", s.seasonality_sentence);
    out.end_object();
}

void write(json_text& out, const groups_judgement& g) {
    out.begin_object();
    out.field("dimension", g.dimension);
    out.integer("period", g.period);
    out.field("compared", g.compared);
    out.field("sentence", g.sentence);
    out.field("masking", g.masking);
    write_period(out, "masking_against", g.masking_against);
    out.field("masking_sentence", g.masking_sentence);
    out.end_object();
}

const value_change* change_on(const cell_judgement& said, std::string_view basis) {
    const auto found = std::find_if(said.changes.begin(), said.changes.end(),
                                    [&](const value_change& each) { return each.basis == basis; });
    return found == said.changes.end() ? nullptr : &*found;
}

}  // namespace

const cell_judgement& judgement_of(const release_figure& figure, std::size_t cell) {
    static const cell_judgement nothing;
    return cell < figure.judgement.cells.size() ? figure.judgement.cells[cell] : nothing;
}

void write_cell_judgement(json_text& out, const cell_judgement& said) {
    out.key("interval");
    if (said.interval) {
        out.begin_object(true);
        write_number(out, "lower", said.interval->lower);
        write_number(out, "upper", said.interval->upper);
        out.field("method", said.interval->method);
        write_number(out, "confidence", said.interval->confidence);
        out.end_object();
    } else {
        out.null();
    }
    out.key("targets");
    out.begin_list();
    for (const rag& each : said.rags) write(out, each);
    out.end_list();
    out.key("changes");
    out.begin_list();
    for (const value_change& each : said.changes) write(out, each);
    out.end_list();
    out.key("chart");
    if (said.chart) {
        out.begin_object(true);
        write_number(out, "centre", said.chart->centre);
        write_number(out, "lower", said.chart->lower);
        write_number(out, "upper", said.chart->upper);
        out.field("verdict", said.chart->verdict);
        out.field("rule", said.chart->rule);
        out.end_object();
    } else {
        out.null();
    }
    out.key("group");
    if (said.group) {
        out.begin_object(true);
        write_number(out, "ratio", said.group->ratio);
        write_number(out, "lower", said.group->lower);
        write_number(out, "upper", said.group->upper);
        out.field("method", said.group->method);
        out.field("verdict", said.group->verdict);
        out.end_object();
    } else {
        out.null();
    }
}

void write_figure_judgement(json_text& out, const figure_judgement& said) {
    out.key("series");
    out.begin_list();
    for (const series_judgement& each : said.series) write(out, each);
    out.end_list();
    out.key("groups");
    out.begin_list();
    for (const groups_judgement& each : said.groups) write(out, each);
    out.end_list();
}

std::string judgement_fields(const cell_judgement& said) {
    static const value_interval no_interval;
    static const value_change no_change{{}, {}, "", {}, {}, {}, {}, {}};
    static const chart_position no_chart;
    static const group_position no_group;
    const value_interval& interval = said.interval ? *said.interval : no_interval;
    const chart_position& chart = said.chart ? *said.chart : no_chart;
    const group_position& group = said.group ? *said.group : no_group;
    std::vector<std::string> targets, states, sentences;
    for (const rag& each : said.rags) {
        if (!each.target.empty()) targets.push_back(each.target_kind + " " + each.target);
        states.emplace_back(to_text(each.state));
        sentences.push_back(each.sentence);
    }
    std::string text = ',' + interval.lower + ',' + interval.upper + ',' + interval.method;
    for (const auto* words : {&targets, &states, &sentences}) text += ',' + csv_quoted(joined(*words, " | "));
    for (const char* basis : {"previous_period", "same_period_last_year"}) {
        const value_change* found = change_on(said, basis);
        const value_change& change = found == nullptr ? no_change : *found;
        // Numbers: an apostrophe before a minus would make them words.
        text += ',' + change.difference + ',' + change.lower + ',' + change.upper + ',' + change.verdict;
    }
    text += ',' + chart.centre + ',' + chart.lower + ',' + chart.upper + ',' + chart.verdict;
    return text + ',' + group.ratio + ',' + group.lower + ',' + group.upper + ',' + group.verdict;
}

}  // namespace goldenthread::detail
