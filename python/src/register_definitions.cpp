// Expressions, indicators and the cases they carry.
#include "register.hpp"

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/language.hpp>
#include <goldenthread/definitions/write_indicators.hpp>
#include <goldenthread/plan/plan.hpp>

#include <pybind11/stl.h>

#include <set>
#include <string>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

void register_expression(py::module_& m) {
    py::class_<expression> c(m, "ExpressionTree", "The tree of an expression; see goldenthread.Expression.");
    place_in_package(c);
    c.def_static(
         "parse", [](const std::string& text) { return parse_expression(text); }, py::arg("text"))
        .def("to_text", [](const expression& e) { return to_text(e); })
        .def("same_as", &expression::same_as, py::arg("other"))
        .def(
            "parts",
            [](const expression& e) {
                const std::set<std::string> parts = parts_of(e);
                return std::vector<std::string>(parts.begin(), parts.end());
            },
            "What of the language it uses: 'and', 'function: age', 'related: any', 'rows: gaps'.");
    m.def(
        "language_parts",
        [] {
            py::list parts;
            for (const auto& [name, page] : parts_of_language()) parts.append(py::make_tuple(name, page));
            return parts;
        },
        "Everything that the language has: (name, page) for each part.");
    m.def(
        "language_types",
        [] {
            py::dict types;
            for (const node_kind_entry& e : node_kinds) types[py::str(std::string(e.name))] = std::string(e.types);
            for (const function_entry& e : functions) types[py::str("function: " + std::string(e.name))] = std::string(e.types);
            for (const aggregate_entry& e : aggregates) types[py::str("related: " + std::string(e.name))] = std::string(e.types);
            return types;
        },
        "What each part of the language takes and gives.");
    m.def(
        "row_forms",
        [] {
            py::list forms;
            for (const row_form_entry& e : row_forms) {
                forms.append(py::make_tuple(std::string(e.name), e.path == time_path::steps ? "interval" : "reference", std::string(e.reason)));
            }
            return forms;
        },
        "Where related rows come from: (name, engine, reason).");
}

void register_indicator(py::module_& m) {
    py::class_<indicator> c(m, "Indicator", "What is counted, written once.");
    place_in_package(c);
    c.def_readonly("id", &indicator::id)
        .def_readonly("title", &indicator::title)
        .def_readonly("definition", &indicator::definition)
        .def_readonly("rationale", &indicator::rationale)
        .def_readonly("source", &indicator::source)
        .def_readonly("unit", &indicator::unit)
        .def_property_readonly("pitfalls", [](const indicator& i) { return py::tuple(py::cast(i.pitfalls)); })
        .def_property_readonly(
            "polarity", [](const indicator& i) { return py::make_tuple(i.polarity.value, i.polarity.provenance); },
            "(value, provenance)")
        .def_property_readonly(
            "parameters",
            [](const indicator& i) {
                py::dict result;
                for (const parameter& p : i.parameters) result[py::str(p.name)] = p.standard;
                return result;
            },
            "Name to default, as text; shared filters add theirs.")
        .def_property_readonly("where", [](const indicator& i) { return to_text(i.measure.where); })
        .def_property_readonly("numerator", [](const indicator& i) { return to_text(i.measure.numerator); })
        .def_property_readonly("case_count", [](const indicator& i) { return i.cases.size(); })
        .def("__repr__", [](const indicator& i) { return "<Indicator " + i.id + ": " + i.title + ">"; });

    py::class_<indicator_set> set(m, "IndicatorSet", "Indicators with the filters they share.");
    place_in_package(set);
    set.def_property_readonly("ids", &indicator_set::ids)
        .def("__len__", [](const indicator_set& s) { return s.indicators.size(); })
        .def("__contains__", [](const indicator_set& s, const std::string& id) { return s.find(id) != nullptr; })
        .def(
            "__getitem__", [](const indicator_set& s, const std::string& id) { return s[id]; }, py::arg("id"))
        .def("__iter__", [](const indicator_set& s) { return py::iter(py::cast(s.indicators)); })
        .def(
            "with_file",
            [](const indicator_set& s, const std::string& json_text, const std::string& file) {
                indicator_set longer = s;
                parse_indicators(longer, json_text, file);
                return longer;
            },
            py::arg("json_text"), py::arg("file") = "indicators.json",
            "These and the indicators of a file, as a new set.")
        .def(
            "under", [](const indicator_set& s, const plan& p) { return under_conventions(s, p.conventions); }, py::arg("plan"),
            "These with what a plan says about conventions, where they do not say otherwise themselves.")
        .def(
            "replaced_by", [](const indicator_set& s, const indicator_set& over) { return replaced_by(s, over); }, py::arg("over"),
            "Those of another set, and these that it does not name again.")
        .def("to_json", &write_indicators, "The filters and indicators as a file, without their cases.");
    m.def(
        "read_indicators",
        [](const std::string& json_text, const std::string& file) {
            indicator_set own;
            parse_indicators(own, json_text, file);
            return own;
        },
        py::arg("json_text"), py::arg("file") = "indicators.json", "The filters and indicators of a file alone.");
    m.def("shipped_indicators", [] { return shipped_indicators(); }, "The indicators that come with the library.");
}

}  // namespace

void register_definitions(py::module_& m) {
    register_expression(m);
    register_indicator(m);
}

}  // namespace goldenthread::python
