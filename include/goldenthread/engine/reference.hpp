// goldenthread: the reference engine. Row by row, period by period, written to be read: it is the judge of
// every faster one.
#pragma once

#include <goldenthread/engine/tally.hpp>
#include <goldenthread/engine/work_part.hpp>

#include <map>
#include <set>
#include <vector>

namespace goldenthread::detail {

/// Truth values of a row's filters at one point in time.
[[nodiscard]] inline row_truths truths_of_row(const resolved_measure& m, const node_evaluator& nodes, frames& f, const time_point& t) {
    row_truths result;
    result.where = nodes.evaluate_truth(m.where, f, t);
    if (result.where == truth::no) return result;
    if (m.exclude) result.exclude = nodes.evaluate_truth(m.exclude, f, t);
    if (m.immature) result.immature = nodes.evaluate_truth(m.immature, f, t);
    if (m.numerator) result.numerator = nodes.evaluate_truth(m.numerator, f, t);
    return result;
}

/// Entity (or row) → what it is, for each cell of each breakdown at one point in time.
using classes_by_entity = std::map<key_index::key, std::uint8_t>;
using classes_by_cell = std::vector<std::map<category_key, classes_by_entity>>;

[[nodiscard]] inline classes_by_cell classes_at(const bound_measure& m, const node_evaluator& nodes, const category_reader& reader, frames& f, const time_point& t,
                                                const work_part& part) {
    const resolved_measure& measure = m.measure();
    classes_by_cell result(measure.breakdowns.size() + 1);
    for (std::size_t row = 0; row < m.root()->row_count(); ++row) {
        f[0].row = static_cast<std::int64_t>(row);
        if (!part.takes(m, f)) continue;
        std::uint8_t classes = classify(truths_of_row(measure, nodes, f, t));
        if (classes == 0) continue;
        key_index::key entity;
        if (measure.distinct.empty()) {
            entity = {static_cast<std::int64_t>(row)};
        } else if (!entity_of(m, f, entity)) {
            classes = without_key(classes);
            entity = {-1, static_cast<std::int64_t>(row)};
            entity.resize(measure.distinct.size() + 2, -1);  // longer than any real key
        }
        result[0][{}][entity] |= classes;
        for (std::size_t b = 0; b < measure.breakdowns.size(); ++b) {
            for (const auto& [cell, in_cell] : reader.cells(measure.breakdowns[b], f, t)) result[b + 1][cell][entity] |= within_cell(classes, in_cell);
        }
    }
    return result;
}

/// Counts a measure for every period: on its day, or `over` each of its days.
[[nodiscard]] inline tallies count_by_reference(const bound_measure& m, const std::vector<time_point>& axis, const work_part& part = {}) {
    const resolved_measure& measure = m.measure();
    const node_evaluator nodes(m);
    const category_reader reader(m, nodes);
    tallies result(measure.breakdowns.size() + 1);
    result[0][{}].resize(axis.size());
    if (m.root() == nullptr) return result;
    frames f(measure.slots);
    const bool over = measure.timing == measure_timing::over;
    for (std::size_t p = 0; p < axis.size(); ++p) {
        std::vector<std::map<category_key, std::set<key_index::key>>> people(result.size());
        for (day d = over ? axis[p].first : axis[p].as_at; d <= (over ? axis[p].last : axis[p].as_at); ++d) {
            const time_point t{d, axis[p].first, axis[p].last};
            const classes_by_cell entities = classes_at(m, nodes, reader, f, t, part);
            for (std::size_t b = 0; b < result.size(); ++b) {
                for (const auto& [cell, classes_of] : entities[b]) {
                    std::vector<tally>& counts = result[b][cell];
                    counts.resize(axis.size());
                    for (const auto& [entity, classes] : classes_of) {
                        counts[p].add(classes);
                        if ((classes & in_denominator) == 0) continue;
                        if (over) people[b][cell].insert(entity);
                        if (!measure.value) continue;
                        f[0].row = entity.front();  // values belong to rows: each row is its own entity
                        counts[p].add_value(nodes.evaluate(measure.value, f, t).low);
                    }
                }
            }
        }
        for (std::size_t b = 0; b < result.size(); ++b) {
            for (const auto& [cell, entities] : people[b]) result[b][cell][p].people = static_cast<std::int64_t>(entities.size());
        }
    }
    return result;
}

}  // namespace goldenthread::detail
