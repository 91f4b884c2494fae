// What a definition demands of whole rows: values that must be there, keys that stand once. The same rules and actions
// as row_checker, on finished columns, so that columns without faults stay where they are.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <cstddef>
#include <vector>

namespace goldenthread::detail {

/// The table without the rows that are set aside. Findings from position `first_finding` on are about this table: they
/// get the keys of their rows. Keys are checked only where every key column was supplied.
[[nodiscard]] table check_rows(const table& source, const table_schema& definition, std::vector<finding>& findings,
                               std::size_t first_finding);

}  // namespace goldenthread::detail
