// goldenthread: what is known of a result before the first row is seen.
#pragma once

#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/definition_hash.hpp>
#include <goldenthread/engine/english.hpp>
#include <goldenthread/engine/resolve.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

[[nodiscard]] inline value_unit unit_of(const resolved_measure& m) noexcept {
    switch (m.kind) {
        case measure_kind::mean:
        case measure_kind::median:
        case measure_kind::quantile: return value_unit::days;
        case measure_kind::share:
        case measure_kind::conversion:
        case measure_kind::repeat: return value_unit::fraction;
        case measure_kind::rate:
        case measure_kind::incidence: return value_unit::rate;
        case measure_kind::person_days: return value_unit::person_days;
        case measure_kind::ratio: return value_unit::ratio;
        default: return value_unit::number;
    }
}

/// Whether the counts of periods that do not overlap add up to those of their union. Something that stands is not
/// added; a day is, and so is what happened, unless it is counted once for each entity.
[[nodiscard]] inline bool counts_add_over_periods(const resolved_measure& m) {
    if (m.lower && !counts_add_over_periods(*m.lower)) return false;
    if (m.kind == measure_kind::incidence) return true;  // an entity's day has one event or none, in one period
    return m.timing == measure_timing::over || (m.timing == measure_timing::in && m.distinct.empty());
}

/// Whether the cells of a dimension add up to the total.
[[nodiscard]] inline bool counts_add_over(const resolved_measure& m, const resolved_dimension& d) {
    if (m.lower) {
        const auto same = std::find_if(m.lower->dimensions.begin(), m.lower->dimensions.end(), [&](const resolved_dimension& x) { return x.name == d.name; });
        if (same == m.lower->dimensions.end() || !counts_add_over(*m.lower, *same)) return false;
    }
    // An incidence counts pairs of a child and a day, and a child's day is in one cell.
    const std::vector<std::string> names(m.distinct_names.begin(), m.distinct_names.end() - (m.kind == measure_kind::incidence ? 1 : 0));
    const bool whole_children = names == std::vector<std::string>{"child_id"} && d.from_person;
    return !d.overlapping && (m.distinct.empty() || whole_children);
}

/// All of a result but its cells.
[[nodiscard]] inline indicator_result describe_result(const schema& tables, const indicator& definition, const resolved_measure& m) {
    indicator_result r;
    r.indicator = definition.id;
    r.title = definition.title;
    r.unit_of_count = definition.unit;
    r.timing = to_text(m.kind == measure_kind::incidence ? measure_timing::over : m.timing);
    r.measure = to_text(m.kind);
    r.unit = unit_of(m);
    r.multiplier = m.kind == measure_kind::rate || m.lower ? m.per : 1;
    r.cells_are_counts = m.kind == measure_kind::profile || !m.profile.empty();
    r.profile = m.profile;
    r.adds_over_periods = counts_add_over_periods(m);
    for (const resolved_dimension& d : m.dimensions) r.adds_over_breakdowns.emplace_back(d.name, counts_add_over(m, d));
    r.meaning = meaning_of(tables, m);
    r.definition_hash = hash_of_definition(m);
    r.convention_set = m.conventions;
    r.parameters = m.parameters;
    r.tables = m.tables;
    r.notes = m.notes;
    return r;
}

}  // namespace goldenthread::detail
