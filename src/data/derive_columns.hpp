// Columns that follow from other rows of a dataset.
#pragma once

#include <goldenthread/data/dataset.hpp>

namespace goldenthread::detail {

/// The table with one column replaced, or added behind the others.
[[nodiscard]] table with_column(const table& source, column replacement);

// Each does nothing when a table it needs was not supplied.

/// `person.disabled` from person_disability: true if any kind but NONE, false if only NONE. A child without a row
/// there keeps the value it has.
void derive_disabled(dataset& data);

/// `assessment.factors_recorded`: true for an authorised assessment with a factor, false for one without, null for one
/// that is not authorised. With `only_raise` nothing but false or null to true is changed.
void derive_factors_recorded(dataset& data, bool only_raise = false);

/// `looked_after_episode.placement_id` and `.period_of_care_id`: the episode in which the placement or the period of
/// care began. A placement is new at reasons S, P, T, B and U and carried over at L; the first episode on file opens
/// both. An episode that starts no later than the latest end so far (an open one has none) continues the period.
void derive_placements(dataset& data);

}  // namespace goldenthread::detail
