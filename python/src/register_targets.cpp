// What figures are judged against.
#include "register.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/scorecard/target.hpp>

#include <pybind11/stl.h>

#include <optional>
#include <string>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

std::string text_of(const target& t) { return to_json(std::vector<target>{t}); }

std::optional<std::string> iso(const std::optional<day>& d) {
    return d ? std::optional<std::string>(to_iso(*d)) : std::nullopt;
}

}  // namespace

void register_targets(py::module_& m) {
    py::class_<target> c(m, "Target", "One target of one figure: of its total, never of a group, team or place.");
    place_in_package(c);
    c.def_readonly("indicator", &target::indicator)
        .def_property_readonly("kind", [](const target& t) { return std::string(to_text(t.kind)); })
        .def_readonly("unit", &target::unit)
        .def_readonly("source", &target::source)
        .def_readonly("note", &target::note)
        .def_property_readonly(
            "first", [](const target& t) { return iso(t.from); }, "First day in force; None: always.")
        .def_property_readonly(
            "last", [](const target& t) { return iso(t.to); }, "Last day in force; None: always.")
        .def("to_json", &text_of, "A file with this target alone.")
        .def("__repr__",
             [](const target& t) { return "<Target: " + std::string(to_text(t.kind)) + " for " + t.indicator + ">"; })
        .def(
            "__eq__", [](const target& a, const target& b) { return a == b; }, py::is_operator())
        .def("__hash__", [](const target& t) { return py::hash(py::str(text_of(t))); })
        .def(py::pickle([](const target& t) { return py::make_tuple(text_of(t)); },
                        [](const py::tuple& s) { return parse_targets(s[0].cast<std::string>(), "target").front(); }));
    m.def("parse_targets", &parse_targets, py::arg("json_text"), py::arg("file") = "targets.json",
          "The targets of a file, format goldenthread/targets@1.");
    m.def(
        "targets_to_json", [](const std::vector<target>& targets) { return to_json(targets); }, py::arg("targets"),
        "The file's text.");
    m.def(
        "check_targets",
        [](const std::vector<target>& targets, const indicator_set& set) { check_targets(targets, set.ids()); },
        py::arg("targets"), py::arg("indicators"),
        "Raises DefinitionError for a target of an indicator that is not there, and for two of one kind on one day.");
}

}  // namespace goldenthread::python
