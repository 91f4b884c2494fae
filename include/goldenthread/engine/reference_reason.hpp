// goldenthread: why a measure cannot be counted as steps over the periods, in words.
#pragma once

#include <goldenthread/engine/resolved.hpp>

#include <string>

namespace goldenthread::detail {

/// Whether the rows of a source depend on the day asked about.
[[nodiscard]] inline bool source_uses_time(const resolved_source& s) {
    for (const resolved* r : {&s.where, &s.from, &s.until}) {
        if (*r && (*r)->uses_time) return true;
    }
    return s.inner && source_uses_time(*s.inner);
}

/// Whether a node asks for the period itself. Days of a period that are asked one by one are then no axis of days.
[[nodiscard]] inline bool asks_for_period(const resolved& r);

[[nodiscard]] inline bool source_asks_for_period(const resolved_source& s) {
    for (const resolved* r : {&s.where, &s.from, &s.until}) {
        if (asks_for_period(*r)) return true;
    }
    for (const resolved_key& k : s.keys) {
        if (asks_for_period(k.ours)) return true;
    }
    return s.inner && source_asks_for_period(*s.inner);
}

[[nodiscard]] inline bool asks_for_period(const resolved& r) {
    if (!r || !r->uses_time) return false;
    if (r->op == operation::period_first || r->op == operation::period_last) return true;
    for (const resolved& child : r->children) {
        if (asks_for_period(child)) return true;
    }
    return r->related && (source_asks_for_period(r->related->source) || asks_for_period(r->related->value));
}

[[nodiscard]] inline bool measure_asks_for_period(const resolved_measure& m) {
    for (const resolved* r : {&m.where, &m.exclude, &m.immature, &m.numerator}) {
        if (asks_for_period(*r)) return true;
    }
    for (const resolved_dimension& d : m.dimensions) {
        if (asks_for_period(d.value)) return true;
        for (const auto& [name, predicate] : d.predicates) {
            if (asks_for_period(predicate)) return true;
        }
    }
    return false;
}

[[nodiscard]] inline std::string why_no_steps(const resolved& r);

[[nodiscard]] inline std::string why_no_steps(const resolved_source& s) {
    if (s.kind == row_query::kind_type::gaps)
        return "gaps(" + s.table + "." + s.cut.column + " …) makes other rows on each day";
    for (const resolved_key& k : s.keys) {
        if (k.ours->uses_time) return "rows of " + s.table + " are found by a key that changes with the day";
        if (std::string why = why_no_steps(k.ours); !why.empty()) return why;
    }
    if (s.inner) {
        if (std::string why = why_no_steps(*s.inner); !why.empty()) return why;
    }
    return why_no_steps(s.where);
}

/// Why a node cannot be evaluated as steps, so that its measure takes the reference path; empty = it can.
[[nodiscard]] inline std::string why_no_steps(const resolved& r) {
    if (!r || !r->uses_time) return {};
    for (const resolved& child : r->children) {
        if (std::string why = why_no_steps(child); !why.empty()) return why;
    }
    if (!r->related) return {};
    if (std::string why = why_no_steps(r->related->source); !why.empty()) return why;
    return why_no_steps(r->related->value);
}

/// Why a measure by itself cannot be counted as steps; empty = it can.
[[nodiscard]] inline std::string why_measure_has_no_steps(const resolved_measure& m) {
    if (m.timing == measure_timing::over && measure_asks_for_period(m))
        return "it asks for the period itself while it counts day by day";
    for (const resolved* r : {&m.where, &m.exclude, &m.immature, &m.numerator, &m.value, &m.censored}) {
        if (std::string why = why_no_steps(*r); !why.empty()) return why;
    }
    for (const resolved_dimension& d : m.dimensions) {
        if (d.each_value && source_uses_time(d.each))
            return "the breakdown " + d.name + " looks at rows of " + d.each.table + " that change with the day";
        if (std::string why = why_no_steps(d.value); !why.empty()) return why;
        for (const auto& [name, predicate] : d.predicates) {
            if (std::string why = why_no_steps(predicate); !why.empty()) return why;
        }
    }
    return {};
}

[[nodiscard]] inline bool has_steps(const resolved& r) { return why_no_steps(r).empty(); }
[[nodiscard]] inline bool measure_has_steps(const resolved_measure& m) { return why_measure_has_no_steps(m).empty(); }

}  // namespace goldenthread::detail
