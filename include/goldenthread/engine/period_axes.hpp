// goldenthread: the periods asked for as points in time.
#pragma once

#include <goldenthread/core/period.hpp>
#include <goldenthread/engine/evaluate_node.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace goldenthread::detail {

[[nodiscard]] inline time_point point_of(const period& p) { return {p.last, p.first, p.last}; }

/// Runs of periods that never go back, each one axis.
[[nodiscard]] inline std::vector<std::vector<std::size_t>> axes_of(const std::vector<period>& periods) {
    std::vector<std::vector<std::size_t>> result;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (periods[i].last < periods[i].first) {
            throw definition_error("period '" + periods[i].label + "' ends (" + to_iso(periods[i].last) +
                                   ") before it begins (" + to_iso(periods[i].first) + ")");
        }
        const bool follows = !result.empty() && periods[i].first >= periods[result.back().back()].first &&
                             periods[i].last >= periods[result.back().back()].last;
        if (!follows) result.emplace_back();
        result.back().push_back(i);
    }
    return result;
}

}  // namespace goldenthread::detail
