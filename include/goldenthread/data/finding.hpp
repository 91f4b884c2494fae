// goldenthread: what is wrong with a row. Findings are collected and counted; nothing is silently dropped.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// What was done with the value or row a finding is about.
enum class finding_action {
    kept,       ///< nothing changed, or one cell became null
    repaired,   ///< the value was changed by a declared rule
    set_aside,  ///< the row is not in the table
};

[[nodiscard]] constexpr std::string_view to_text(finding_action action) noexcept {
    return action == finding_action::kept ? "kept" : action == finding_action::repaired ? "repaired" : "set_aside";
}

/// One thing found wrong. `value` and `key` are personal data: they go to the local findings file only.
struct finding {
    std::string table;
    std::string column;  ///< empty when the whole row or file is meant
    std::string rule;    ///< stable id: "date_not_real", "code_unknown", "duplicate_key", …
    finding_action action = finding_action::kept;
    std::string message;  ///< in words, without personal data
    std::string file;
    std::size_t row = 0;  ///< 1-based row, line or element in `file`; 0 = the file as a whole
    std::string key;      ///< key of the row, where known
    std::string value;    ///< the offending value as it stood in the file
};

/// Count of findings of one rule in one column.
struct finding_count {
    std::string table;
    std::string column;
    std::string rule;
    finding_action action = finding_action::kept;
    std::string message;
    std::size_t count = 0;
};

/// Counts by table, column, rule and action; free of personal data.
[[nodiscard]] inline std::vector<finding_count> count_by_rule(const std::vector<finding>& findings) {
    std::map<std::pair<std::string, int>, finding_count> counts;
    for (const finding& f : findings) {
        finding_count& entry =
            counts[{f.table + '\n' + f.column + '\n' + f.rule, static_cast<int>(f.action)}];
        if (entry.count == 0) entry = {f.table, f.column, f.rule, f.action, f.message, 0};
        ++entry.count;
    }
    std::vector<finding_count> result;
    for (auto& [key, entry] : counts) result.push_back(std::move(entry));
    return result;
}

}  // namespace goldenthread
