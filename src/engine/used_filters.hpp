// Which shared filters a definition uses. Internal.
#pragma once

#include <goldenthread/definitions/indicator.hpp>

#include <vector>

namespace goldenthread::detail {

/// Filters that an indicator uses, directly or through others, in the order of the set. By name: a column called like a
/// filter counts as a use.
[[nodiscard]] std::vector<const named_filter*> filters_used(const indicator_set& set, const indicator& i);

}  // namespace goldenthread::detail
