// goldenthread: shown numbers judged: colours, limits, changes, charts, groups. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/disclosure/release.hpp>
#include <goldenthread/scorecard/target.hpp>

#include <vector>

namespace goldenthread {

/// A total against one target in force for its period.
///
/// Higher is wanted: green at the target or above, amber less than the tolerance below or just so far, red lower; lower
/// is wanted: the other way; near the target: green on it; a band: green inside it, its ends included. Without a
/// tolerance there is no amber. The comparison is exact, of the figure before it was rounded with the amount as it was
/// written (of a trajectory: the straight line between its points on the last day of the period); where the rounded
/// figure would compare otherwise, the sentence says so.
///
/// A figure that is hidden, missing, partial or undefined has no colour, nor has one for which nobody said which way is
/// better: by the target, else by the definition.
/// \throws definition_error for a target in another unit than the figure's, and for one of a number that is counted
///         during a period (not on a day) and does not say during which kind of period
[[nodiscard]] rag judge_against_target(const figure_heading& heading, const release_cell& total, const period& when,
                                       const target& against);

/// Everything that can be said of a protected figure: see `figure_judgement`. 95 % limits throughout.
///
/// - Limits: Wilson's for shares; for rates exact Poisson below ten events and Byar's from ten. None for counts, which
///   are complete, nor for averages, whose spread a release does not hold.
/// - Changes of each total since the period before and the same period last year, with the limits of
///   `change_between`; of averages, sums and ratios the difference alone, not judged.
/// - For the totals of periods of one kind that follow one another: an XmR chart under the rules of Making Data Count,
///   Mann and Kendall's trend test and Friedman's test of seasons, on the last 24 at most. A series with a hidden
///   number is not judged at all: small numbers are the ones that are hidden, so the rest would be too high.
/// - Groups by sex, age, ethnicity and disability, where all of them are shown and add up: each against all others
///   together, and whether the total hides opposite movements.
/// \throws definition_error as `judge_against_target`
[[nodiscard]] figure_judgement judge_figure(const release_figure& figure, const std::vector<period>& periods,
                                            const std::vector<target>& targets);

}  // namespace goldenthread
