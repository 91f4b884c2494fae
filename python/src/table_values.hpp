// Columns and tables as Python values: cells, equality, pickling.
#pragma once

#include <goldenthread/data/column.hpp>
#include <goldenthread/data/dataset.hpp>

#include <pybind11/pybind11.h>

namespace goldenthread::python {

/// All cells: str, datetime.date, bool, int, decimal.Decimal, None.
[[nodiscard]] pybind11::list cells_of(const column& c);
/// One cell. \throws pybind11::index_error; negative rows count from the end
[[nodiscard]] pybind11::object cell_of(const column& c, pybind11::ssize_t row);

[[nodiscard]] bool equal_columns(const column& a, const column& b);
/// Name, columns and values; where the rows came from does not matter.
[[nodiscard]] bool equal_tables(const table& a, const table& b);

[[nodiscard]] pybind11::tuple table_state(const table& t);
/// \throws data_error for a state that is no table
[[nodiscard]] table table_from_state(const pybind11::tuple& state);

}  // namespace goldenthread::python
