// goldenthread: a dataset with some of its values replaced. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// The dataset with other values in one column of `canonical_schema()`: pairs of a row (0-based) and the text that is
/// to stand there, read by the column's own rules; empty = not recorded. Rows, keys and sources stay where they are.
/// Nothing repairs by itself: which rows get which value is the caller's decision, and the caller's to log.
/// \throws data_error for a table that was not supplied, a row it does not have, or a text that the column's rules do
///         not accept as it stands; definition_error for a column that the schema does not have, or that is part of the
///         key
[[nodiscard]] dataset with_values(const dataset& data, std::string_view table_name, std::string_view column_name,
                                  const std::vector<std::pair<std::size_t, std::string>>& values);

}  // namespace goldenthread
