// goldenthread: how an engine goes about its work, told before it sees a row.
#pragma once

#include <goldenthread/engine/engine_plan.hpp>
#include <goldenthread/engine/reference_reason.hpp>
#include <goldenthread/engine/shared_work.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

/// A table and some of its columns.
struct columns_read {
    std::string table;
    std::vector<std::string> columns;

    friend bool operator==(const columns_read&, const columns_read&) = default;
};

/// One of the parts of a measure that are counted apart: itself, who still waits, what it is divided by, what its
/// profile shows.
struct part_how {
    std::string part;  ///< "counted", "still waiting", "divided by", "shown by the profile"
    std::string of;    ///< the table whose rows are counted
    /// Why its rows are kept until all are there; empty = each row stands alone and is counted when it comes.
    std::string why_kept;
    /// By what kept rows may be divided among engines: each item names columns whose equal values tie rows together,
    /// and no value of them may be in two engines. None though `why_kept` says something = all rows must be in one
    /// engine.
    std::vector<std::vector<std::pair<std::string, std::string>>> partition_key;
};

struct indicator_how {
    std::string indicator;
    std::string path;           ///< "interval", or "reference": period by period
    std::string why_reference;  ///< which part of the definition has no other way; empty on the interval path
    std::vector<part_how> parts;
    std::vector<columns_read> reads;
    std::vector<std::size_t> work;  ///< into `engine_how::work`
};

/// Work that is done once and used by these indicators.
struct work_how {
    shared_work work;
    std::vector<std::string> indicators;
};

struct engine_how {
    std::vector<indicator_how> indicators;
    std::vector<work_how> work;
    std::vector<columns_read> kept;  ///< rows kept until the figures are asked for, and what of them
    std::string plan_hash;           ///< engines of one hash can be joined and loaded
};

namespace detail {

[[nodiscard]] inline std::vector<columns_read> listed(const needed_columns& all) {
    std::vector<columns_read> result;
    for (const auto& [table, names] : all) result.push_back({table, {names.begin(), names.end()}});
    return result;
}

[[nodiscard]] inline engine_how describe_plan(const engine_plan& plan) {
    engine_how how;
    how.plan_hash = plan.hash;
    how.kept = listed(plan.kept);
    std::map<shared_work, std::vector<std::size_t>> users;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const compiled_indicator& compiled = plan.compiled.indicators[i];
        indicator_how& one = how.indicators.emplace_back();
        one.indicator = compiled.described.indicator;
        one.path = compiled.by_intervals ? "interval" : "reference";
        if (!compiled.by_intervals) one.why_reference = why_reference(compiled.measure);
        if (!compiled.by_intervals && one.why_reference.empty()) one.why_reference = "it was asked for";
        needed_columns reads;
        std::set<shared_work> work;
        for (std::size_t p = 0; p < part_count; ++p) {
            if (!plan.parts[i][p]) continue;
            const planned_part& part = *plan.parts[i][p];
            one.parts.push_back({std::string(part_names[p]), part.measure->root.table, part.why_kept, part.key});
            for (const auto& [table, names] : part.columns) reads[table].insert(names.begin(), names.end());
            const work_collector collector(*part.measure, *plan.compiled.tables);
            work.insert(collector.found().begin(), collector.found().end());
        }
        one.reads = listed(reads);
        for (const shared_work& w : work) users[w].push_back(i);
    }
    for (const auto& [work, indicators] : users) {
        work_how& shared = how.work.emplace_back();
        shared.work = work;
        for (const std::size_t i : indicators) {
            shared.indicators.push_back(how.indicators[i].indicator);
            how.indicators[i].work.push_back(how.work.size() - 1);
        }
    }
    return how;
}

[[nodiscard]] inline std::string text_of(const part_how& part) {
    std::string text = "  " + part.part + ": rows of " + part.of;
    if (part.why_kept.empty()) return text + " stand alone: counted when they come, not kept\n";
    text += " are kept: " + part.why_kept + "\n";
    if (part.partition_key.empty()) return text + "    partition key: none, all rows must be in one engine\n";
    for (const row_tie& tie : part.partition_key) text += "    partition key: " + to_text(tie) + "\n";
    return text;
}

}  // namespace detail

/// The same for people to read.
[[nodiscard]] inline std::string to_text(const engine_how& how) {
    std::string text;
    for (const indicator_how& one : how.indicators) {
        text += one.indicator + "\n  path: " + one.path;
        text += one.why_reference.empty() ? ", each row once for all periods\n"
                                          : ", period by period: " + one.why_reference + "\n";
        for (const part_how& part : one.parts) text += detail::text_of(part);
        for (const columns_read& t : one.reads)
            text += "  reads " + t.table + (t.columns.empty() ? std::string() : ": " + joined(t.columns, ", ")) + "\n";
    }
    if (!how.work.empty()) text += "made once for all:\n";
    for (const work_how& w : how.work) {
        text +=
            "  " + std::string(to_text(w.work.kind)) + ": " + w.work.what + " (" + joined(w.indicators, ", ") + ")\n";
    }
    if (!how.kept.empty()) text += "kept until the figures are asked for:\n";
    for (const columns_read& t : how.kept) text += "  " + t.table + ": " + joined(t.columns, ", ") + "\n";
    return text;
}

}  // namespace goldenthread
