#include "engine/used_filters.hpp"

#include <set>
#include <string>

namespace goldenthread::detail {

namespace {

using names_seen = std::set<std::string>;

void collect_names(const expression& e, names_seen& names) {
    if (e.empty()) return;
    if (e->kind == expression_kind::call) names.insert(e->text);
    if (e->kind == expression_kind::column) names.insert(e->path.back());  // a filter about a row: a.assessed
    visit_children(*e, [&](const expression& child) { collect_names(child, names); });
}

void collect_names(const row_query& q, names_seen& names) {
    visit_source_expressions(q, [&](const expression& e) { collect_names(e, names); });
}

void collect_names(const std::vector<parameter>& parameters, names_seen& names) {
    for (const parameter& p : parameters) {
        collect_names(p.standard_binding.value, names);
        for (const auto& [name, choice] : p.choices) collect_names(choice.value, names);
    }
}

void collect_names(const measure& m, names_seen& names) {
    for (const expression* e : {&m.where, &m.exclude, &m.immature, &m.numerator, &m.value, &m.censored, &m.event_day,
                                &m.day, &m.earlier, &m.events.where}) {
        collect_names(*e, names);
    }
    collect_names(m.of, names);
    collect_names(m.events.of, names);
    for (const auto* steps : {&m.steps, &m.exits}) {
        for (const conversion_step& s : *steps) {
            collect_names(s.of, names);
            collect_names(s.day, names);
            collect_names(s.where, names);
        }
    }
    for (const auto* part : {&m.upper, &m.lower, &m.profile_measure}) {
        if (*part) collect_names(**part, names);
    }
}

}  // namespace

std::vector<const named_filter*> filters_used(const indicator_set& set, const indicator& i) {
    names_seen names;
    collect_names(i.measure, names);
    collect_names(i.parameters, names);
    for (const dimension& d : i.breakdowns) {
        collect_names(d.value, names);
        collect_names(d.source, names);
        for (const auto& [name, predicate] : d.predicates) collect_names(predicate, names);
    }
    std::set<const named_filter*> used;
    for (bool more = true; more;) {
        more = false;
        for (const named_filter& f : set.filters) {
            if (names.count(f.name) == 0 || !used.insert(&f).second) continue;
            collect_names(f.body, names);
            collect_names(f.parameters, names);
            more = true;
        }
    }
    std::vector<const named_filter*> result;
    for (const named_filter& f : set.filters) {
        if (used.count(&f) != 0) result.push_back(&f);
    }
    return result;
}

}  // namespace goldenthread::detail
