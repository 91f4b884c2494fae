// goldenthread: rows of one child (or family, or victim, …) that two engines hold.
#pragma once

#include <goldenthread/engine/engine_plan.hpp>
#include <goldenthread/engine/engine_state.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Values of a partition key in the rows that are kept. A null ties nothing.
[[nodiscard]] inline std::set<std::string> key_values(const engine_state& state, const partition_key& key) {
    std::set<std::string> result;
    for (const auto& [name, column_name] : key) {
        const auto kept = state.kept.find(name);
        if (kept == state.kept.end()) continue;
        for (const table& piece : kept->second.pieces()) {
            const column* c = piece.find(column_name);
            if (c == nullptr) continue;
            for (std::size_t row = 0; row < piece.row_count(); ++row) {
                if (!c->is_null(row)) result.insert(value_content(*c, row));
            }
        }
    }
    return result;
}

[[nodiscard]] inline bool holds_rows(const engine_state& state, const planned_part& part) {
    return std::any_of(part.columns.begin(), part.columns.end(), [&](const auto& table_and_columns) {
        const auto kept = state.kept.find(table_and_columns.first);
        return kept != state.kept.end() && kept->second.row_count() > 0;
    });
}

[[noreturn]] inline void refuse_join(const std::string& indicator, const std::string& what, std::string remedy) {
    error_context context;
    context.indicator = indicator;
    context.remedy = std::move(remedy);
    throw data_error(what, std::move(context));
}

/// Rows that belong together must be in one engine: for each measure the two hold different values of its partition key.
/// \throws data_error naming measure, key column and how many values are in both
inline void require_disjoint_keys(const engine_plan& plan, const engine_state& a, const engine_state& b) {
    std::set<partition_key> checked;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const std::string& indicator = plan.compiled.indicators[i].described.indicator;
        for (const std::optional<planned_part>& part : plan.parts[i]) {
            if (!part || part->stands_alone()) continue;
            const std::string& root = part->measure->root.table;
            if (part->key.empty()) {
                if (!holds_rows(a, *part) || !holds_rows(b, *part)) continue;
                refuse_join(indicator, "no column ties all rows that this measure looks at together, and both engines hold such rows", "give all rows of " + root + " to one engine, in as many batches as you like");
            }
            if (!checked.insert(part->key).second) continue;
            const std::set<std::string> ours = key_values(a, part->key);
            std::size_t in_both = 0;
            for (const std::string& value : key_values(b, part->key)) in_both += ours.count(value);
            if (in_both == 0) continue;
            const std::string column = root + "." + part->key.at(root);
            refuse_join(indicator, "both engines hold rows of the same " + std::to_string(in_both) + (in_both == 1 ? " value of " : " values of ") + column + ", whose rows this measure needs together",
                        "divide the rows by " + column + ", or give them to one engine in batches");
        }
    }
}

}  // namespace goldenthread::detail
