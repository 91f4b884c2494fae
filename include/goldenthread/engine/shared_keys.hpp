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

/// Values of a tie in the rows that are kept. A null ties nothing.
[[nodiscard]] inline std::set<std::string> values_of(const engine_state& state, const row_tie& tie) {
    std::set<std::string> result;
    for (const auto& [name, column_name] : tie) {
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

/// Rows that belong together must be in one engine: for each measure the two hold different values of its ties.
/// \throws data_error naming measure, key column and how many values are in both
inline void require_disjoint_keys(const engine_plan& plan, const engine_state& a, const engine_state& b) {
    std::set<row_tie> checked;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const std::string& indicator = plan.compiled.indicators[i].described.indicator;
        for (const std::optional<planned_part>& part : plan.parts[i]) {
            if (!part || part->stands_alone()) continue;
            if (part->key.empty() && holds_rows(a, *part) && holds_rows(b, *part)) {
                refuse_join(
                    indicator, "the rows that this measure looks at cannot be divided, and both engines hold some",
                    "give all rows of " + part->measure->root.table + " to one engine, in as many batches as you like");
            }
            for (const row_tie& tie : part->key) {
                if (!checked.insert(tie).second) continue;
                const std::set<std::string> ours = values_of(a, tie);
                std::size_t in_both = 0;
                for (const std::string& value : values_of(b, tie)) in_both += ours.count(value);
                if (in_both == 0) continue;
                refuse_join(indicator,
                            "both engines hold rows of the same " + std::to_string(in_both) +
                                (in_both == 1 ? " value of " : " values of ") + to_text(tie) +
                                ", whose rows this measure needs together",
                            "divide the rows by " + tie.front().first + "." + tie.front().second +
                                ", or give them to one engine in batches");
            }
        }
    }
}

}  // namespace goldenthread::detail
