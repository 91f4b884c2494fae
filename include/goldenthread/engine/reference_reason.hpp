// goldenthread: why a measure cannot be counted as steps over the periods, in words.
#pragma once

#include <goldenthread/engine/interval.hpp>
#include <goldenthread/engine/measure_parts.hpp>

#include <string>

namespace goldenthread::detail {

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

/// Empty = it has steps: the same answer as has_steps gives.
[[nodiscard]] inline std::string why_no_steps(const resolved& r) {
    if (!r || !r->uses_time) return {};
    for (const resolved& child : r->children) {
        if (std::string why = why_no_steps(child); !why.empty()) return why;
    }
    if (!r->related) return {};
    if (std::string why = why_no_steps(r->related->source); !why.empty()) return why;
    return why_no_steps(r->related->value);
}

/// Empty = it has steps: the same answer as measure_has_steps gives.
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

/// Of a measure and all that is joined to it.
[[nodiscard]] inline std::string why_reference(const resolved_measure& m) {
    std::string why = why_measure_has_no_steps(m);
    if (why.empty() && m.censored) why = why_measure_has_no_steps(waiting_rows(m));
    if (why.empty() && m.lower) why = why_measure_has_no_steps(*m.lower);
    if (why.empty() && m.profile_measure) why = why_measure_has_no_steps(*m.profile_measure);
    return why;
}

}  // namespace goldenthread::detail
