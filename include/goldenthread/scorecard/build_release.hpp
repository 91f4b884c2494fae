// goldenthread: from a scorecard through the gate.
#pragma once

#include <goldenthread/disclosure/release.hpp>
#include <goldenthread/scorecard/scorecard.hpp>

namespace goldenthread {

/// How values of this kind are written.
[[nodiscard]] figure_unit written_as(value_unit unit) noexcept;

/// What would be released: the plan's words with states and lines of sight, and every figure with its true numbers.
[[nodiscard]] release_draft draft_release(const scorecard& card);

/// Puts figures that others published beside those of the draft; what is about none of them is left out.
void add_published(release_draft& draft, published_comparisons published);

/// The scorecard as it may go out to these readers.
[[nodiscard]] release build_release(const scorecard& card,
                                    const disclosure_policy& policy = find_policy("dfe_children_in_need"),
                                    audience readers = audience::board);

}  // namespace goldenthread
