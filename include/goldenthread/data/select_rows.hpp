// goldenthread: a dataset without some of its tables or rows. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// The dataset without these tables, what `coverage` says of them and the findings about them: as if they had not been
/// supplied. Names of tables that are not there are passed over.
[[nodiscard]] dataset without_tables(const dataset& data, const std::vector<std::string>& names);

/// The dataset without these rows (0-based, in any order) of one table. The table stays supplied, if need be empty.
/// \throws data_error for a table that was not supplied or a row it does not have
[[nodiscard]] dataset without_rows(const dataset& data, std::string_view table_name,
                                   const std::vector<std::size_t>& rows);

}  // namespace goldenthread
