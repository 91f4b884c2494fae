// goldenthread: what an engine does with the rows of a batch: counts them at once, or keeps what it will need of them.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/definitions/identifiers.hpp>
#include <goldenthread/engine/broadcast.hpp>
#include <goldenthread/engine/compile.hpp>
#include <goldenthread/engine/needed_columns.hpp>
#include <goldenthread/engine/partition_key.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

inline constexpr std::array<std::string_view, part_count> part_names = {"counted", "still waiting", "divided by",
                                                                        "shown by the profile"};

/// One of the parts of a measure that are counted apart.
struct planned_part {
    std::shared_ptr<const resolved_measure> measure;
    std::string why_kept;    ///< why its rows do not stand alone; empty = each is counted when it comes
    needed_columns columns;  ///< all that is read
    partition_key key;       ///< of rows that are kept; empty = they may not be divided

    [[nodiscard]] bool stands_alone() const noexcept { return why_kept.empty(); }
};

/// Shared by all copies of an engine; never changed once it is made.
struct engine_plan {
    compiled_plan compiled;
    std::vector<std::array<std::optional<planned_part>, part_count>> parts;  ///< of each indicator
    needed_columns kept;  ///< table → columns that are kept of its rows
    std::string hash;     ///< two engines of one hash compute the same
};

/// Why a row cannot be counted when it comes: something else than its own columns decides. Empty = it can.
[[nodiscard]] inline std::string why_kept(const resolved_measure& m, const column_collector& columns) {
    if (!columns.other_rows().empty()) return "it " + columns.other_rows();
    if (!m.distinct.empty()) return "it counts each " + joined(m.distinct_names, ", ") + " once";
    if (!m.follow_up.empty()) return "its follow-up waits for the last day of " + m.follow_up.front().table;
    if (is_broadcast(m.root.table)) return "its rows may be given with every batch";
    return {};
}

/// Columns that must be kept of a table: what is read, and where one row is picked among several by more than that (a
/// breakdown reads it), all columns that settle ties.
inline void add_kept_columns(needed_columns& kept, const column_collector& columns, const schema& tables) {
    for (const auto& [table, names] : columns.all()) {
        std::set<std::string>& wanted = kept[table];
        wanted.insert(names.begin(), names.end());
        const auto own = columns.own().find(table);
        const bool settled = own != columns.own().end() &&
                             std::includes(own->second.begin(), own->second.end(), names.begin(), names.end());
        if (settled || columns.picked_from().count(table) == 0) continue;
        for (const std::string& name : tables.table(table).column_names()) wanted.insert(name);
    }
}

[[nodiscard]] inline planned_part plan_part(std::shared_ptr<const resolved_measure> measure, bool has_follow_up,
                                            const schema& tables, needed_columns& kept) {
    planned_part part;
    const column_collector columns(*measure, tables);
    part.columns = columns.all();
    part.why_kept = why_kept(*measure, columns);
    // Only a measure itself waits for its follow-up; its parts carry the same windows.
    if (!has_follow_up && !measure->follow_up.empty()) {
        resolved_measure without = *measure;
        without.follow_up.clear();
        part.why_kept = why_kept(without, columns);
    }
    if (!part.stands_alone()) {
        part.key = partition_key_of(*measure, tables);
        add_kept_columns(kept, columns, tables);
    }
    part.measure = std::move(measure);
    return part;
}

/// Everything that could make two engines count differently, as text.
[[nodiscard]] inline std::string text_of_plan(const engine_plan& plan) {
    const auto put = [](const std::string& text) { return " " + std::to_string(text.size()) + ":" + text; };
    std::string text = "goldenthread engine 1";
    std::set<std::string> read;
    for (const compiled_indicator& one : plan.compiled.indicators) {
        text += "\nindicator" + put(one.described.indicator) + put(one.described.definition_hash) +
                (one.by_intervals() ? "" : " reference");
        for (const resolved_measure* m : {&one.measure, one.measure.lower.get(), one.measure.profile_measure.get()}) {
            if (m == nullptr) continue;
            for (const resolved_dimension& d : m->dimensions) text += "\n" + definition_writer().write(d);
            for (const std::vector<std::size_t>& b : m->breakdowns) {
                text += "\nbreakdown";
                for (const std::size_t d : b) text += " " + std::to_string(d);
            }
        }
        read.insert(one.measure.tables.begin(), one.measure.tables.end());
    }
    for (const period& p : plan.compiled.periods) {
        text +=
            "\nperiod " + std::string(to_text(p.kind)) + put(p.label) + " " + to_iso(p.first) + " " + to_iso(p.last);
    }
    for (const auto& [table, names] : plan.kept) read.insert(table);
    for (const std::string& name : read) {
        const table_schema* shape = plan.compiled.tables->find(name);
        if (shape == nullptr) continue;
        text += "\ntable" + put(name);
        for (const column_schema& c : shape->columns)
            text += put(c.name) + " " + std::string(to_text(c.type)) + put(c.precision);
        for (const reference& r : shape->references)
            text +=
                " to" + put(r.name) + put(joined(r.columns, ",")) + put(r.table) + put(joined(r.target_columns, ","));
    }
    return text;
}

/// A definition that looks at what an identifier says would read a pseudonym instead.
inline void refuse_looked_at_identifiers(const compiled_indicator& one, const resolved_measure& m,
                                         const schema& tables) {
    const column_collector columns(m, tables);
    for (const auto& [table, names] : columns.looked_at()) {
        const table_schema* shape = tables.find(table);
        if (shape == nullptr) continue;
        for (const std::string& name : names) {
            const column_schema* c = shape->find(name);
            if (c == nullptr || !is_identifier(shape, table, name, c->type)) continue;
            error_context context;
            context.indicator = one.described.indicator;
            context.remedy = "make the engine without a pseudonym key, or the column a label in the schema";
            throw definition_error(
                table + "." + name + " would be replaced by pseudonyms, and this definition looks at what it says",
                std::move(context));
        }
    }
}

/// \throws definition_error for a wrong definition, parameter, id or period, and, where identifiers become pseudonyms,
/// for a definition that looks at what they say
[[nodiscard]] inline engine_plan make_engine_plan(std::shared_ptr<const schema> tables, const indicator_set& set,
                                                  const std::vector<std::string>& ids,
                                                  const evaluation_request& request, bool with_pseudonyms) {
    engine_plan plan;
    plan.compiled = compile(std::move(tables), set, ids, request);
    const schema& shapes = *plan.compiled.tables;
    for (const compiled_indicator& one : plan.compiled.indicators) {
        auto& parts = plan.parts.emplace_back();
        const auto add = [&](std::size_t part, std::shared_ptr<const resolved_measure> m) {
            if (m && with_pseudonyms) refuse_looked_at_identifiers(one, *m, shapes);
            if (m) parts[part] = plan_part(std::move(m), part == 0, shapes, plan.kept);
        };
        add(0, std::make_shared<const resolved_measure>(one.measure));
        if (one.measure.censored) add(1, std::make_shared<const resolved_measure>(waiting_rows(one.measure)));
        add(2, one.measure.lower);
        add(3, one.measure.profile_measure);
    }
    plan.hash = sha256(text_of_plan(plan));
    return plan;
}

}  // namespace goldenthread::detail
