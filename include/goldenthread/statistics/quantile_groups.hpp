// goldenthread: values sorted into groups of equal size: halves, quartiles, quintiles, tenths.
#pragma once

#include <goldenthread/statistics/input_checks.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace goldenthread {

/// Assigns each value to one of `groups` groups, numbered from 1: ⌊(rank − 1)·groups / n⌋ + 1, rank from 1 among the n
/// values that are there. Equal values share the lowest of their ranks, so they share a group, and groups may be
/// of unequal size or empty. `invert`: the highest value is in group 1.
///
/// A missing value has no group. Fewer values than groups: nobody has one. The practice of English public health for
/// quintiles of deprivation: J. Eayres, APHO Technical Briefing 3 (2008).
/// \throws calculation_error for groups below 1, a value that is not finite
[[nodiscard]] inline std::vector<std::optional<int>> quantile_groups(std::span<const std::optional<double>> values,
                                                                     int groups, bool invert = false) {
    if (groups < 1) detail::refuse_argument("quantile_groups", "groups", groups, "must be at least 1");
    std::vector<double> sorted;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        detail::check_element_finite("quantile_groups", "values", i, *values[i]);
        sorted.push_back(*values[i]);
    }
    std::vector<std::optional<int>> result(values.size());
    if (sorted.size() < static_cast<std::size_t>(groups)) return result;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        const auto below = invert ? sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), *values[i])
                                  : std::lower_bound(sorted.begin(), sorted.end(), *values[i]) - sorted.begin();
        const auto place = static_cast<std::size_t>(below) * static_cast<std::size_t>(groups) / sorted.size();
        result[i] = static_cast<int>(place) + 1;
    }
    return result;
}

}  // namespace goldenthread
