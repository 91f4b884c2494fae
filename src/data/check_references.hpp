// References between the tables of a dataset.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/schema.hpp>

namespace goldenthread::detail {

/// Reports every row whose reference names a row that is not there. References to tables that were not supplied are
/// not judged.
void check_references(dataset& data, const schema& definitions);

}  // namespace goldenthread::detail
