#include <goldenthread/plan/read_plan.hpp>

#include "plan/json_layout.hpp"

namespace goldenthread {

namespace {

using detail::json_node;

void add_text(json_node& node, std::string_view key, const std::string& text) {
    if (!text.empty()) node.add(key, json_node::text(text));
}

void add_texts(json_node& node, std::string_view key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    json_node list = json_node::list();
    for (const std::string& each : texts) list.add(json_node::text(each));
    node.add(key, std::move(list));
}

void add_extensions(json_node& node, const std::vector<plan_extension>& extensions) {
    for (const plan_extension& each : extensions) node.add(each.name, json_node::raw(each.json));
}

json_node pair_node(int first, int last) {
    return json_node::list().add(json_node::number(first)).add(json_node::number(last));
}

json_node lines_node(const line_range& lines) { return pair_node(lines.first, lines.last); }

void add_value(json_node& node, std::string_view key, const stated_value& value) {
    if (!value.is_specified()) {
        node.add(key, json_node::text("unspecified"));
        return;
    }
    json_node object = json_node::object();
    object.add(to_text(value.from()), json_node::text(value.text()));
    add_text(object, "reason", value.reason());
    add_text(object, "by", value.by());
    add_text(object, "date", value.date());
    node.add(key, std::move(object));
}

/// The fields every element has; what is its own follows.
json_node element_node(const plan_element& element) {
    json_node node = json_node::object();
    node.add("id", json_node::text(element.id));
    node.add("slug", json_node::text(element.slug));
    node.add("text", json_node::text(element.text));
    node.add("source_lines", lines_node(element.source_lines));
    add_text(node, "as_printed", element.as_printed);
    add_text(node, "reads", element.reads);
    add_text(node, "repair_note", element.repair_note);
    add_text(node, "note", element.note);
    add_extensions(node, element.extensions);
    return node;
}

json_node node_of(const objective&);
json_node node_of(const theme&);
json_node node_of(const priority&);
json_node node_of(const outcome_statement&);
json_node node_of(const assurance_activity&);
json_node node_of(const evidence_line&);
json_node node_of(const golden_thread&);
json_node node_of(const governance_item&);
json_node node_of(const plan_body&);
json_node node_of(const plan_link&);
json_node node_of(const supporting_indicator&);
json_node node_of(const evidence_gap&);
json_node node_of(const acronym&);

template <class Elements>
json_node list_node(const Elements& elements) {
    json_node list = json_node::list();
    for (const auto& each : elements) list.add(node_of(each));
    return list;
}

json_node node_of(const outcome_statement& each) { return element_node(each); }

json_node node_of(const assurance_activity& each) {
    json_node node = element_node(each);
    add_texts(node, "record_kinds", each.record_kinds);
    add_value(node, "done_when", each.done_when);
    add_value(node, "owner", each.owner);
    add_value(node, "starts", each.starts);
    add_value(node, "due_date", each.due_date);
    add_value(node, "milestones", each.milestones);
    add_value(node, "repeats", each.repeats);
    add_texts(node, "agencies", each.agencies);
    return node;
}

json_node node_of(const evidence_line& each) {
    json_node node = element_node(each);
    node.add("kind", json_node::text(to_text(each.kind)));
    if (each.measures != (each.is_quantitative() ? 1 : 0)) node.add("measures", json_node::number(each.measures));
    add_texts(node, "indicators", each.indicators);
    add_texts(node, "record_kinds", each.record_kinds);
    add_texts(node, "agencies", each.agencies);
    add_texts(node, "undefined_terms", each.undefined_terms);
    add_value(node, "owner", each.owner);
    add_value(node, "target", each.target);
    add_value(node, "baseline", each.baseline);
    add_value(node, "tolerance", each.tolerance);
    add_value(node, "polarity", each.polarity);
    add_value(node, "reporting_period", each.reporting_period);
    add_value(node, "breakdowns", each.breakdowns);
    add_value(node, "geography", each.geography);
    return node;
}

json_node node_of(const priority& each) {
    json_node node = element_node(each);
    add_value(node, "lead", each.lead);
    node.add("outcome_statements", list_node(each.outcome_statements));
    node.add("assurance_activities", list_node(each.assurance_activities));
    node.add("evidence_lines", list_node(each.evidence_lines));
    return node;
}

json_node node_of(const governance_item& each) {
    json_node node = element_node(each);
    node.add("kind", json_node::text(to_text(each.kind)));
    add_value(node, "owner", each.owner);
    add_value(node, "version", each.version);
    add_value(node, "review_date", each.review_date);
    add_value(node, "contents", each.contents);
    return node;
}

json_node node_of(const plan_body& each) {
    json_node node = element_node(each);
    if (each.mentions.empty()) return node;
    json_node mentions = json_node::list();
    for (const line_range& lines : each.mentions) mentions.add(lines_node(lines));
    node.add("mentions", std::move(mentions));
    return node;
}

/// Objectives, themes and golden threads.
template <class Element>
json_node led_node(const Element& each) {
    json_node node = element_node(each);
    add_value(node, "lead", each.lead);
    return node;
}

json_node node_of(const objective& each) { return led_node(each); }
json_node node_of(const theme& each) { return led_node(each); }
json_node node_of(const golden_thread& each) { return led_node(each); }

json_node node_of(const plan_link& each) {
    json_node node = json_node::object();
    node.add("from", json_node::text(each.from));
    node.add("to", json_node::text(each.to));
    node.add("provenance", json_node::text(to_text(each.how)));
    add_text(node, "reason", each.reason);
    if (each.weak) node.add("weak", json_node::boolean(true));
    add_text(node, "by", each.by);
    add_text(node, "date", each.date);
    add_extensions(node, each.extensions);
    return node;
}

json_node node_of(const supporting_indicator& each) {
    json_node node = json_node::object();
    node.add("id", json_node::text(each.id));
    add_text(node, "note", each.note);
    add_extensions(node, each.extensions);
    return node;
}

json_node node_of(const evidence_gap& each) {
    json_node node = json_node::object();
    node.add("element", json_node::text(each.element));
    node.add("words", json_node::text(each.words));
    add_texts(node, "supporting_indicators", each.supporting_indicators);
    add_text(node, "note", each.note);
    add_extensions(node, each.extensions);
    return node;
}

json_node node_of(const acronym& each) {
    json_node node = json_node::object();
    node.add("term", json_node::text(each.term));
    node.add("source_lines", lines_node(each.source_lines));
    add_value(node, "meaning", each.meaning);
    add_extensions(node, each.extensions);
    return node;
}

json_node source_node(const plan_source& source) {
    json_node node = json_node::object();
    node.add("document", json_node::text(source.document));
    node.add("lines", json_node::number(source.lines));
    add_text(node, "note", source.note);
    add_text(node, "rights", source.rights);
    add_extensions(node, source.extensions);
    return node;
}

json_node days_node(const std::vector<day>& days) {
    json_node list = json_node::list();
    for (const day d : days) list.add(json_node::text(to_iso(d)));
    return list;
}

void add_conventions(json_node& node, const convention_choices& said) {
    if (said == convention_choices{}) return;
    json_node c = json_node::object();
    if (said.months) c.add("month_add", json_node::text(to_text(*said.months)));
    if (said.birthdays) c.add("leap_birthday", json_node::text(to_text(*said.birthdays)));
    if (said.ends) c.add("end_day", json_node::text(to_text(*said.ends)));
    if (said.working_days) {
        json_node calendar = json_node::object();
        calendar.add("calendar", json_node::text(working_calendar::name));
        if (!said.working_days->added().empty()) calendar.add("added", days_node(said.working_days->added()));
        if (!said.working_days->restored().empty()) calendar.add("restored", days_node(said.working_days->restored()));
        c.add("working_days", std::move(calendar));
    }
    if (said.years) c.add("year_length", json_node::text(to_text(*said.years)));
    node.add("conventions", std::move(c));
}

}  // namespace

std::string to_json(const plan& p) {
    json_node node = json_node::object();
    node.add("format", json_node::text("goldenthread/plan@1"));
    node.add("id", json_node::text(p.id));
    node.add("title", json_node::text(p.title));
    node.add("area", json_node::text(p.area));
    node.add("years", pair_node(p.first_year, p.last_year));
    add_value(node, "first_day", p.first_day);
    add_value(node, "last_day", p.last_day);
    node.add("source", source_node(p.source));
    add_conventions(node, p.conventions);
    add_extensions(node, p.extensions);
    node.add("objectives", list_node(p.objectives));
    node.add("themes", list_node(p.themes));
    node.add("priorities", list_node(p.priorities));
    node.add("golden_threads", list_node(p.golden_threads));
    node.add("governance", list_node(p.governance));
    node.add("bodies", list_node(p.bodies));
    node.add("links", list_node(p.links));
    node.add("supporting_indicators", list_node(p.supporting_indicators));
    node.add("gaps", list_node(p.gaps));
    node.add("acronyms", list_node(p.acronyms));
    return node.laid_out();
}

}  // namespace goldenthread
