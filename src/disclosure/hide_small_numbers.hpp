// Which numbers of a figure must not be shown. Internal to the room.
#pragma once

#include <goldenthread/core/period.hpp>
#include <goldenthread/disclosure/draft.hpp>
#include <goldenthread/disclosure/policy.hpp>

#include <cstdint>
#include <vector>

namespace goldenthread::detail {

/// For one cell, what is hidden.
struct hidden_parts {
    bool result = false;  ///< value and numerator: each gives the other away
    bool denominator = false;
    bool value_only = false;  ///< the value alone, because with the numerator it would give the denominator away
    bool unknown = false;
    bool excluded = false;
    bool immature = false;
    bool censored = false;

    [[nodiscard]] bool hides_value() const noexcept { return result || value_only; }
};

/// From 1 to the threshold.
[[nodiscard]] inline bool is_small(std::int64_t count, const disclosure_policy& policy) noexcept {
    return count >= 1 && count <= policy.threshold;
}

/// One entry for each cell of the figure.
[[nodiscard]] std::vector<hidden_parts> hide_small_numbers(const draft_figure& figure,
                                                           const std::vector<period>& periods,
                                                           const disclosure_policy& policy);

/// A sum that a reader can do: members[0] is the total of the others.
struct checked_sum {
    std::vector<std::int64_t> counts;
    std::vector<bool> hidden;
    std::vector<bool> may_hide;  ///< zeros are never hidden: the symbol says so
};

/// Hides further members until a hidden one cannot be had by subtraction and, for all a reader can tell, may be
/// anything from 1 to the threshold: the smallest first, the total last.
/// \returns whether something was hidden
bool protect_sum(checked_sum& sum, std::int64_t threshold);

}  // namespace goldenthread::detail
