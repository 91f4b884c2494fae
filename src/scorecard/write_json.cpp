#include "scorecard/json_text.hpp"
#include "scorecard/write_judgement.hpp"
#include "scorecard/write_published.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/scorecard/write_release.hpp>

namespace goldenthread {

namespace {

using detail::json_text;

/// `null` where there is none, the symbol where it is hidden.
void write(json_text& out, const char* name, const published_number& number, const std::string& symbol) {
    out.key(name);
    if (number.is_hidden()) {
        out.text(symbol);
    } else if (number.is_absent()) {
        out.null();
    } else {
        out.number(number.text());
    }
}

void write_title(json_text& out, const release& r) {
    const release_title& t = r.title();
    out.key("title");
    out.begin_object();
    out.key("plan");
    out.begin_object();
    out.field("id", t.plan);
    out.field("title", t.plan_title);
    out.field("area", t.plan_area);
    out.integer("first_year", t.plan_first_year);
    out.integer("last_year", t.plan_last_year);
    out.field("document", t.plan_document);
    out.field("rights", t.plan_rights);
    out.end_object();
    out.field("area", t.area);
    out.field("synthetic", t.synthetic);
    out.field("as_at", t.as_at);
    out.field("data_hash", t.data_hash);
    out.field("audience", to_text(r.readers()));
    out.field("marking", marking(r.readers()));
    out.field("certificate", r.certificate());
    out.key("policy");
    out.begin_object();
    out.field("name", r.policy().name);
    out.integer("threshold", r.policy().threshold);
    out.field("symbol", r.policy().symbol);
    out.field("symbol_meaning", r.policy().symbol_meaning);
    out.field("source", r.policy().source);
    out.end_object();
    out.end_object();
}

void write_periods(json_text& out, const release& r) {
    out.key("periods");
    out.begin_list();
    for (const period& p : r.periods()) {
        out.begin_object(true);
        out.field("kind", to_text(p.kind));
        out.field("label", p.label);
        out.field("first", to_iso(p.first));
        out.field("last", to_iso(p.last));
        out.end_object();
    }
    out.end_list();
}

void write_links(json_text& out, const char* name, const std::vector<outline_link>& links) {
    out.key(name);
    out.begin_list();
    for (const outline_link& link : links) {
        out.begin_object(true);
        out.field("element", link.element);
        out.field("kind", link.kind);
        out.key("via");
        link.via.empty() ? out.null() : out.text(link.via);
        out.field("provenance", link.provenance);
        out.field("reason", link.reason);
        out.field("weak", link.weak);
        out.end_object();
    }
    out.end_list();
}

void write_words(json_text& out, const outline_element& e) {
    out.field("id", e.id);
    out.field("kind", e.kind);
    out.field("slug", e.slug);
    out.field("text", e.text);
    out.key("lines");
    out.begin_list(true);
    out.number(std::to_string(e.lines.first));
    out.number(std::to_string(e.lines.last));
    out.end_list();
    out.field("as_printed", e.as_printed);
    out.field("reads", e.reads);
    out.field("repair_note", e.repair_note);
    out.field("note", e.note);
}

void write_state(json_text& out, const outline_element& e) {
    out.field("nature", e.nature);
    out.field("state", e.state);
    out.field("state_reason", e.state_reason);
    out.field("record_state", e.record_state);
    out.field("needs", e.needs);
    out.field("record_kinds", e.record_kinds);
    out.field("undefined_terms", e.undefined_terms);
    out.field("indicators", e.indicators);
    out.key("particulars");
    out.begin_list();
    for (const outline_particular& each : e.particulars) {
        out.begin_object(true);
        out.field("name", each.name);
        out.field("text", each.text);
        out.field("provenance", each.provenance);
        out.field("reason", each.reason);
        out.end_object();
    }
    out.end_list();
}

void write_agency(json_text& out, const outline_agency& a) {
    const auto write_people = [&](const char* name, const std::optional<std::int64_t>& people) {
        out.key(name);
        people ? out.number(std::to_string(*people)) : out.null();
    };
    out.begin_object(true);
    out.field("agency", a.agency);
    out.field("expected", a.expected);
    out.field("heard_from", a.heard_from);
    out.integer("records", a.records);
    out.field("latest", a.latest);
    out.field("judgement", a.judgement);
    out.field("judged_on", a.judged_on);
    out.integer("strengths", a.strengths);
    out.integer("weaknesses", a.weaknesses);
    write_people("attended", a.attended);
    write_people("invited", a.invited);
    out.end_object();
}

void write_assurance(json_text& out, const std::optional<outline_assurance>& shown) {
    out.key("assurance");
    if (!shown) return out.null();
    out.begin_object();
    out.field("status", shown->status);
    out.field("status_reason", shown->status_reason);
    out.field("dated", shown->dated);
    out.field("starts", shown->starts);
    out.field("due", shown->due);
    out.field("responsible", shown->responsible);
    out.field("repeats", shown->repeats);
    out.integer("records", shown->records);
    out.field("latest", shown->latest);
    out.field("kinds", shown->kinds);
    out.field("expected_known", shown->expected_known);
    out.key("agencies");
    out.begin_list();
    for (const outline_agency& each : shown->agencies) write_agency(out, each);
    out.end_list();
    out.integer("agencies_not_named", shown->agencies_not_named);
    out.field("not_heard_from", shown->not_heard_from);
    out.integer("strengths", shown->strengths);
    out.integer("weaknesses", shown->weaknesses);
    out.integer("decisions", shown->decisions);
    out.integer("actions", shown->actions);
    out.integer("actions_done", shown->actions_done);
    out.field("documents", shown->documents);
    out.field("lacking", shown->lacking);
    out.key("texts");
    out.begin_list();
    for (const outline_approved_text& each : shown->texts) {
        out.begin_object(true);
        out.field("text", each.text);
        out.field("approved_by", each.approved_by);
        out.field("approved_on", each.approved_on);
        out.end_object();
    }
    out.end_list();
    out.end_object();
}

void write_elements(json_text& out, const char* name, const std::vector<outline_element>& elements,
                    const std::string& kind = {});

void write_element(json_text& out, const outline_element& e) {
    out.begin_object();
    write_words(out, e);
    write_state(out, e);
    write_assurance(out, e.assurance);
    write_links(out, "line_of_sight", e.links);
    write_links(out, "linked_from", e.linked_from);
    if (e.kind == "priority") {
        write_elements(out, "outcome_statements", e.parts, "outcome_statement");
        write_elements(out, "assurance_activities", e.parts, "assurance_activity");
        write_elements(out, "evidence_lines", e.parts, "evidence_line");
    }
    out.end_object();
}

/// The elements of one kind; all of them when no kind is named.
void write_elements(json_text& out, const char* name, const std::vector<outline_element>& elements,
                    const std::string& kind) {
    out.key(name);
    out.begin_list();
    for (const outline_element& each : elements) {
        if (kind.empty() || each.kind == kind) write_element(out, each);
    }
    out.end_list();
}

void write_plan(json_text& out, const plan_outline& plan) {
    out.key("plan");
    out.begin_object();
    write_elements(out, "objectives", plan.objectives);
    write_elements(out, "themes", plan.themes);
    write_elements(out, "priorities", plan.priorities);
    write_elements(out, "golden_threads", plan.golden_threads);
    write_elements(out, "governance", plan.governance);
    write_elements(out, "bodies", plan.bodies);
    out.key("supporting_indicators");
    out.begin_list();
    for (const outline_supporting_indicator& each : plan.supporting_indicators) {
        out.begin_object();
        out.field("indicator", each.indicator);
        out.field("note", each.note);
        write_links(out, "line_of_sight", each.links);
        out.end_object();
    }
    out.end_list();
    out.key("gaps");
    out.begin_list();
    for (const outline_gap& each : plan.gaps) {
        out.begin_object(true);
        out.field("element", each.element);
        out.field("words", each.words);
        out.field("supporting_indicators", each.supporting_indicators);
        out.field("note", each.note);
        out.end_object();
    }
    out.end_list();
    out.key("acronyms");
    out.begin_list();
    for (const outline_term& each : plan.acronyms) {
        out.begin_object(true);
        out.field("term", each.term);
        out.field("meaning", each.meaning);
        out.field("provenance", each.provenance);
        out.end_object();
    }
    out.end_list();
    out.end_object();
}

void write_definition(json_text& out, const figure_heading& h) {
    out.key("definition");
    out.begin_object();
    out.field("exists", h.has_definition);
    out.field("hash", h.definition_hash);
    out.key("approval");
    out.begin_object(true);
    out.field("state", h.approval.state);
    out.field("text", h.approval.text);
    out.field("person", h.approval.person);
    out.field("role", h.approval.role);
    out.field("date", h.approval.date);
    out.field("review_date", h.approval.review_date);
    out.end_object();
    out.field("meaning", h.meaning);
    out.field("measure", h.measure);
    out.field("timing", h.timing);
    out.field("unit_of_count", h.unit_of_count);
    out.key("parameters");
    out.begin_object(true);
    for (const auto& [name, value] : h.parameters) out.field(name, value);
    out.end_object();
    out.key("conventions");
    out.begin_object(true);
    for (const auto& [name, choice] : named_choices(h.convention_set)) out.field(name, choice);
    out.end_object();
    out.field("tables", h.tables);
    out.field("source", h.source);
    out.field("pitfalls", h.pitfalls);
    out.field("polarity", h.polarity);
    out.field("polarity_provenance", h.polarity_provenance);
    out.field("disclosure_classes", h.disclosure_classes);
    out.field("cases", h.cases);
    out.end_object();
}

void write_cell(json_text& out, const release_cell& cell, const cell_judgement& said, const std::string& symbol) {
    out.begin_object(true);
    out.integer("period", cell.period);
    out.key("key");
    out.begin_object(true);
    for (const auto& [dimension, category] : cell.key) {
        out.key(dimension);
        category ? out.text(*category) : out.null();
    }
    out.end_object();
    out.field("state", cell.state);
    write(out, "value", cell.value, symbol);
    write(out, "numerator", cell.numerator, symbol);
    write(out, "denominator", cell.denominator, symbol);
    write(out, "unknown", cell.unknown, symbol);
    write(out, "excluded", cell.excluded, symbol);
    write(out, "immature", cell.immature, symbol);
    write(out, "censored", cell.censored, symbol);
    out.field("reason", cell.reason);
    detail::write_cell_judgement(out, said);
    out.end_object();
}

void write_figure(json_text& out, const release_figure& figure, const std::string& symbol) {
    const figure_heading& h = figure.heading;
    out.begin_object();
    out.field("indicator", h.indicator);
    out.field("title", h.title);
    out.field("evidence_lines", h.evidence_lines);
    out.field("unit", to_text(h.unit));
    out.integer("multiplier", h.multiplier);
    out.field("cells_are_counts", h.cells_are_counts);
    out.field("adds_over_periods", h.adds_over_periods);
    out.key("adds_over_breakdowns");
    out.begin_object(true);
    for (const auto& [dimension, adds] : h.adds_over_breakdowns) out.field(dimension, adds);
    out.end_object();
    out.field("state", h.state);
    out.field("state_reason", h.state_reason);
    out.field("needs", h.needs);
    out.field("tables_missing", h.tables_missing);
    write_definition(out, h);
    out.key("doubts");
    out.begin_list();
    for (const outline_doubt& each : h.doubts) {
        out.begin_object(true);
        out.field("rule", each.rule);
        out.field("period", each.period);
        out.field("breakdown", each.breakdown);
        out.field("message", each.message);
        out.end_object();
    }
    out.end_list();
    out.key("cells");
    out.begin_list();
    for (std::size_t i = 0; i < figure.cells.size(); ++i) {
        write_cell(out, figure.cells[i], detail::judgement_of(figure, i), symbol);
    }
    out.end_list();
    detail::write_figure_judgement(out, figure.judgement);
    out.end_object();
}

void write_data_quality(json_text& out, const release& r) {
    const std::string& symbol = r.policy().symbol;
    out.key("data_quality");
    out.begin_object();
    out.key("findings");
    out.begin_list();
    for (const release_finding_count& f : r.findings()) {
        out.begin_object(true);
        out.field("table", f.table);
        out.field("column", f.column);
        out.field("rule", f.rule);
        out.field("action", f.action);
        out.field("message", f.message);
        write(out, "count", f.count, symbol);
        out.end_object();
    }
    out.end_list();
    out.key("files");
    out.begin_list();
    for (const release_file& f : r.files()) {
        out.begin_object();
        out.field("name", f.name);
        out.field("kind", f.kind);
        write(out, "rows_read", f.rows_read, symbol);
        write(out, "rows_kept", f.rows_kept, symbol);
        write(out, "rows_set_aside", f.rows_set_aside, symbol);
        out.field("notes", f.notes);
        out.end_object();
    }
    out.end_list();
    out.field("notes", r.notes());
    out.end_object();
}

struct glossary_entry {
    const char* term;
    const char* meaning;
};

constexpr glossary_entry cell_states[] = {
    {"value", "computed from the data"},
    {"true_zero", "the data are there and the answer is 0"},
    {"missing", "a table, a definition or a record is not there yet"},
    {"partial", "computed, but the data do not cover all the days needed"},
    {"zero_denominator", "there is nothing to divide by"},
    {"suppressed", "hidden to protect children"},
    {"not_due", "the period, or every follow-up, lies after the data"},
    {"not_applicable", "this breakdown has no meaning here"},
    {"not_available", "published as not available by others"},
    {"unreliable", "published as unreliable by others"},
};

constexpr glossary_entry element_states[] = {
    {"undated", "the plan gives no date, so nothing can be overdue"},
    {"dated", "a date was given"},
    {"recorded", "there is an assurance record of every kind asked for"},
    {"partial", "some of the figures or records are there"},
    {"missing", "no figure or record yet"},
    {"value", "every figure of this line has a value"},
    {"stated", "the plan's own words or layout say so"},
    {"inferred", "read into the plan, with a reason; the board may change or delete it"},
    {"unspecified", "the plan does not say"},
};

constexpr glossary_entry target_states[] = {
    {"green", "the target is met"},
    {"amber", "the target is not met, but the figure lies within its tolerance"},
    {"red", "the target is not met"},
    {"no_target", "no target is in force: no colour, and not green"},
    {"figure_hidden", "no colour: it would say on which side of the target the hidden number lies"},
    {"figure_missing", "no colour: there is no figure"},
    {"figure_partial", "no colour: the data cover part of the days"},
    {"figure_undefined", "no colour: nothing to divide by, or no meaning here"},
    {"polarity_neutral", "no colour: neither way is better"},
    {"polarity_unspecified", "no colour: nobody has said which way is better"},
};

constexpr glossary_entry count_names[] = {
    {"numerator", "how many meet the measure"},
    {"denominator", "out of how many"},
    {"unknown", "records that cannot be decided because something was not recorded"},
    {"excluded", "left out by the definition"},
    {"immature", "not followed up for long enough to be judged"},
    {"censored", "still waiting at the end of the period"},
};

constexpr glossary_entry statuses[] = {
    {"NOT_STARTED", "nothing is recorded yet, and no day given by which it is due has come"},
    {"ON_TRACK", "something is recorded, or a work plan says so; not everything it asks for is there yet"},
    {"AT_RISK", "a work plan says that it may not be done in time"},
    {"OVERDUE", "the day it was due has passed and it is not done"},
    {"DONE", "everything it asks for is recorded"},
    {"NOT_DUE", "its first day, or the day it is due, lies ahead and nothing is recorded yet"},
    {"WITHDRAWN", "a work plan says that it will not be done"},
};

template <std::size_t N>
void write_terms(json_text& out, const char* name, const glossary_entry (&entries)[N]) {
    out.key(name);
    out.begin_object();
    for (const glossary_entry& each : entries) out.field(each.term, each.meaning);
    out.end_object();
}

void write_glossary(json_text& out, const release& r) {
    out.key("glossary");
    out.begin_object();
    write_terms(out, "cell_states", cell_states);
    write_terms(out, "element_states", element_states);
    write_terms(out, "statuses", statuses);
    write_terms(out, "counts", count_names);
    write_terms(out, "target_states", target_states);
    out.key("symbols");
    out.begin_object();
    out.field(r.policy().symbol, r.policy().symbol_meaning);
    out.end_object();
    out.end_object();
}

}  // namespace

std::string to_json(const release& r) {
    json_text out;
    out.begin_object();
    out.field("format", "goldenthread/release@1");
    write_title(out, r);
    write_periods(out, r);
    write_plan(out, r.plan());
    out.key("figures");
    out.begin_list();
    for (const release_figure& figure : r.figures()) write_figure(out, figure, r.policy().symbol);
    out.end_list();
    write_data_quality(out, r);
    detail::write_published(out, r.published());
    write_glossary(out, r);
    out.end_object();
    return out.take();
}

}  // namespace goldenthread
