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

/// Judges protected figures by the targets of the scorecard's package: what `build_release` hands to the gate.
[[nodiscard]] figure_judge judge_by_targets(const scorecard& card);

/// The scorecard as it may go out to these readers, its shown numbers judged (`judge_figure`).
/// \throws definition_error for a target in another unit than its figure's
[[nodiscard]] release build_release(const scorecard& card,
                                    const disclosure_policy& policy = find_policy("dfe_children_in_need"),
                                    audience readers = audience::board);

}  // namespace goldenthread
