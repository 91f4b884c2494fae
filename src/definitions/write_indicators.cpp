#include <goldenthread/definitions/write_indicators.hpp>

#include "core/json_document.hpp"

namespace goldenthread {

namespace {

using detail::json;

json text_of(const expression& e) { return to_text(e); }

void add(json& object, const char* slot, const expression& e) {
    if (!e.empty()) object[slot] = text_of(e);
}
void add(json& object, const char* slot, const std::string& text) {
    if (!text.empty()) object[slot] = text;
}

/// A value as parameters have it: `"default": 18`.
json literal(const expression& e, const std::string& parameter) {
    switch (e->kind) {
        case expression_kind::integer_literal: return e->number;
        case expression_kind::truth_literal: return e->flag;
        case expression_kind::text_literal: return e->text;
        case expression_kind::decimal_literal: return json::parse(to_text(e));
        case expression_kind::list: {
            json items = json::array();
            for (const expression& item : e->children) items.push_back(literal(item, parameter));
            return items;
        }
        default: break;
    }
    error_context context;
    context.remedy = "give it a choice: {\"default\": \"usual\", \"choices\": {\"usual\": \"2019-03-31\"}}";
    throw definition_error("a file has no default such as " + to_text(e) + " for parameter '" + parameter + "'", std::move(context));
}

json written(const parameter_binding& binding) {
    switch (binding.kind) {
        case parameter_binding::kind_type::columns: return binding.columns;
        case parameter_binding::kind_type::table: return {{"table", binding.table}};
        default: return text_of(binding.value);
    }
}

void add_parameters(json& owner, const std::vector<parameter>& parameters) {
    for (const parameter& p : parameters) {
        json& one = owner["parameters"][p.name];
        one["default"] = p.choices.empty() ? literal(p.standard_binding.value, p.name) : json(p.standard);
        add(one, "title", p.title);
        for (const auto& [name, binding] : p.choices) one["choices"][name] = written(binding);
    }
}

json written(const std::vector<day>& days) {
    json items = json::array();
    for (const day d : days) items.push_back(to_iso(d));
    return items;
}

void add_conventions(json& owner, const convention_choices& said) {
    if (said == convention_choices{}) return;
    json& c = owner["conventions"];
    if (said.months) c["month_add"] = to_text(*said.months);
    if (said.birthdays) c["leap_birthday"] = to_text(*said.birthdays);
    if (said.ends) c["end_day"] = to_text(*said.ends);
    if (said.years) c["year_length"] = to_text(*said.years);
    if (!said.working_days) return;
    c["working_days"]["calendar"] = working_calendar::name;
    c["working_days"]["added"] = written(said.working_days->added());
    c["working_days"]["restored"] = written(said.working_days->restored());
}

json written(const conversion_step& step) {
    json one;
    one["of"] = to_text(step.of);
    one["day"] = text_of(step.day);
    add(one, "where", step.where);
    add(one, "within", step.within);
    return one;
}

void add_windows(json& object, const char* slot, const std::vector<table_window>& windows) {
    for (const table_window& w : windows) object[slot][w.table] = text_of(w.length);
}

bool has_per(measure_kind kind) noexcept { return kind == measure_kind::rate || kind == measure_kind::incidence || kind == measure_kind::ratio; }

json written(const measure& m);

void add_slots_of_kind(json& object, const measure& m) {
    if (has_per(m.kind)) object["per"] = m.per;
    if (m.kind == measure_kind::rate) object["population"]["ages"] = {m.youngest, m.oldest};
    add(object, "p", m.p);
    if (m.kind == measure_kind::quantile || (m.kind == measure_kind::conversion && m.statistic == "quantile")) object["method"] = m.method;
    for (const conversion_step& step : m.steps) object["steps"].push_back(written(step));
    for (const conversion_step& exit : m.exits) object["exits"].push_back(written(exit));
    if (m.kind == measure_kind::conversion) object["statistic"] = m.statistic;
    if (!m.key.empty()) object["key"] = m.key.size() == 1 ? json(m.key.front()) : json(m.key);
    if (m.kind == measure_kind::incidence) {
        json& events = object["events"];
        events["of"] = to_text(m.events.of);
        events["date"] = m.events.date;
        add(events, "where", m.events.where);
        if (m.first_event_only) object["first_event_only"] = true;
    }
    if (m.profile_measure) {
        object["profile"]["breakdowns"] = m.profile;
        object["profile"]["measure"] = written(*m.profile_measure);
    } else if (!m.profile.empty()) {
        object["profile"] = m.profile;
    }
}

json written(const measure& m) {
    json object;
    object["kind"] = m.kind_parameter.empty() ? std::string(to_text(m.kind)) : ":" + m.kind_parameter;
    if (m.kind == measure_kind::ratio) {
        object["numerator"] = written(*m.upper);
        object["denominator"] = written(*m.lower);
        object["per"] = m.per;
        return object;
    }
    object["timing"] = to_text(m.timing);
    object["of"] = to_text(m.of);
    object["where"] = text_of(m.where);
    if (!m.distinct.empty()) object["distinct"] = m.distinct.size() == 1 ? json(m.distinct.front()) : json(m.distinct);
    const std::pair<const char*, const expression*> slots[] = {
        {"exclude", &m.exclude},     {"immature", &m.immature},   {"numerator", &m.numerator}, {"value", &m.value},   {"censored", &m.censored},
        {"annualise", &m.annualise}, {"event_day", &m.event_day}, {"day", &m.day},             {"within", &m.within}, {"earlier", &m.earlier},
        {"clean_window", &m.clean_window}};
    for (const auto& [name, e] : slots) add(object, name, *e);
    add_slots_of_kind(object, m);
    add_windows(object, "look_back", m.look_back);
    add_windows(object, "follow_up", m.follow_up);
    return object;
}

json written(const dimension& d) {
    if (d.kind == dimension::kind_type::standard && d.categories.empty()) return d.name;
    json one;
    one["name"] = d.name;
    add(one, "value", d.value);
    if (d.kind == dimension::kind_type::each) {
        one["each"] = to_text(d.source);
        one["column"] = d.column;
    }
    for (const auto& [name, predicate] : d.predicates) one["predicates"][name] = text_of(predicate);
    if (!d.categories.empty()) one["categories"] = d.categories;
    return one;
}

json written(const indicator& i) {
    json one;
    one["id"] = i.id;
    one["title"] = i.title;
    add(one, "definition", i.definition);
    add(one, "rationale", i.rationale);
    add(one, "source", i.source);
    add(one, "unit", i.unit);
    one["polarity"] = {{"value", i.polarity.value}, {"provenance", i.polarity.provenance}};
    if (!i.disclosure.empty()) one["disclosure"] = i.disclosure;
    add_parameters(one, i.parameters);
    add_conventions(one, i.conventions);
    one["measure"] = written(i.measure);
    for (const dimension& d : i.breakdowns) one["breakdowns"].push_back(written(d));
    if (!i.pitfalls.empty()) one["pitfalls"] = i.pitfalls;
    return one;
}

json written(const named_filter& f) {
    json one;
    one["name"] = f.name;
    one["on"] = f.on;
    if (!f.arguments.empty()) one["arguments"] = f.arguments;
    one["is"] = text_of(f.body);
    add_parameters(one, f.parameters);
    add(one, "title", f.title);
    return one;
}

}  // namespace

std::string write_indicators(const indicator_set& set) {
    json file;
    file["format"] = "goldenthread/indicators@1";
    for (const named_filter& f : set.filters) file["filters"].push_back(written(f));
    for (const indicator& i : set.indicators) file["indicators"].push_back(written(i));
    return file.dump(2) + "\n";
}

}  // namespace goldenthread
