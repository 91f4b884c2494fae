// What the extension module is made of: one function for each register_<concept>.cpp, called in this order by
// module.cpp.
#pragma once

#include <pybind11/pybind11.h>

namespace goldenthread::python {

void register_errors(pybind11::module_& m);
void register_data(pybind11::module_& m);
void register_readers(pybind11::module_& m);
void register_plan(pybind11::module_& m);
void register_definitions(pybind11::module_& m);
void register_approvals(pybind11::module_& m);
void register_engine(pybind11::module_& m);
void register_batches(pybind11::module_& m);
void register_movement(pybind11::module_& m);
void register_mutation(pybind11::module_& m);
void register_published(pybind11::module_& m);
void register_scorecard(pybind11::module_& m);
void register_statistics(pybind11::module_& m);
void register_charts(pybind11::module_& m);
void register_synthetic(pybind11::module_& m);
void register_targets(pybind11::module_& m);

/// Classes are shown and pickled under the package's name, not the extension's.
inline void place_in_package(pybind11::handle type) { type.attr("__module__") = "goldenthread"; }

}  // namespace goldenthread::python
