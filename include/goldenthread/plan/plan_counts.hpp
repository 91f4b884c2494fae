// goldenthread: how much of everything a plan holds.
#pragma once

#include <goldenthread/plan/plan.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// Sizes of a plan. `quantitative + qualitative == evidence_lines`: a line that is both counts as quantitative.
struct plan_counts {
    std::size_t objectives = 0;
    std::size_t themes = 0;
    std::size_t priorities = 0;
    std::size_t outcome_statements = 0;
    std::size_t assurance_activities = 0;
    std::size_t evidence_lines = 0;
    std::size_t quantitative = 0;
    std::size_t qualitative = 0;
    std::size_t measures = 0;    ///< figures asked for
    std::size_t indicators = 0;  ///< definitions that compute them, each once
    std::size_t golden_threads = 0;
    std::size_t governance = 0;

    friend bool operator==(const plan_counts&, const plan_counts&) = default;
};

/// Every evidence line in document order.
[[nodiscard]] inline std::vector<evidence_line> all_evidence_lines(const plan& p) {
    std::vector<evidence_line> lines;
    for (const priority& each : p.priorities) {
        lines.insert(lines.end(), each.evidence_lines.begin(), each.evidence_lines.end());
    }
    return lines;
}

/// Ids of the indicators of all evidence lines, in document order, each once.
[[nodiscard]] inline std::vector<std::string> indicator_ids(const plan& p) {
    std::vector<std::string> ids;
    for (const evidence_line& line : all_evidence_lines(p)) {
        for (const std::string& id : line.indicators) {
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
        }
    }
    return ids;
}

/// Ids of the evidence lines an indicator answers, in document order.
[[nodiscard]] inline std::vector<std::string> lines_of_indicator(const plan& p, std::string_view indicator) {
    std::vector<std::string> ids;
    for (const evidence_line& line : all_evidence_lines(p)) {
        if (std::find(line.indicators.begin(), line.indicators.end(), indicator) != line.indicators.end()) {
            ids.push_back(line.id);
        }
    }
    return ids;
}

[[nodiscard]] inline plan_counts count_elements(const plan& p) {
    plan_counts counts;
    counts.objectives = p.objectives.size();
    counts.themes = p.themes.size();
    counts.priorities = p.priorities.size();
    counts.golden_threads = p.golden_threads.size();
    counts.governance = p.governance.size();
    counts.indicators = indicator_ids(p).size();
    for (const priority& each : p.priorities) {
        counts.outcome_statements += each.outcome_statements.size();
        counts.assurance_activities += each.assurance_activities.size();
        counts.evidence_lines += each.evidence_lines.size();
        for (const evidence_line& line : each.evidence_lines) {
            (line.is_quantitative() ? counts.quantitative : counts.qualitative) += 1;
            counts.measures += static_cast<std::size_t>(line.measures);
        }
    }
    return counts;
}

}  // namespace goldenthread
