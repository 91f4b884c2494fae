// Who approved a definition, and what changed from one definition to another.
#include "periods.hpp"
#include "register.hpp"

#include <goldenthread/definitions/approval.hpp>
#include <goldenthread/engine/definition_difference.hpp>

#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

void register_approval(py::module_& m) {
    py::class_<approval> c(m, "Approval", "One person's approval of one meaning of one indicator.");
    place_in_package(c);
    c.def(py::init([](const std::string& indicator, const std::string& definition_hash, const std::string& person,
                      const std::string& role, const py::object& date, const py::object& review_date) {
              approval a{indicator, definition_hash, person, role, day_of(date), std::nullopt};
              if (!review_date.is_none()) a.review_date = day_of(review_date);
              // By the rules of files, so that what is made here can be read again.
              return parse_approvals(to_json(std::vector<approval>{a}), "approval").front();
          }),
          py::arg("indicator"), py::arg("definition_hash"), py::arg("person"), py::arg("role"), py::arg("date"),
          py::arg("review_date") = py::none())
        .def_readonly("indicator", &approval::indicator)
        .def_readonly("definition_hash", &approval::definition_hash)
        .def_readonly("person", &approval::person)
        .def_readonly("role", &approval::role)
        .def_property_readonly("date", [](const approval& a) { return to_iso(a.date); })
        .def_property_readonly("review_date",
                               [](const approval& a) {
                                   return a.review_date ? py::object(py::str(to_iso(*a.review_date)))
                                                        : py::object(py::none());
                               })
        .def("__repr__",
             [](const approval& a) {
                 return "<Approval of " + a.indicator + " by " + a.person + " on " + to_iso(a.date) + ">";
             })
        .def(
            "__eq__", [](const approval& a, const approval& b) { return a == b; }, py::is_operator())
        .def("__hash__", [](const approval& a) { return py::hash(py::str(to_json(std::vector<approval>{a}))); })
        .def(py::pickle(
            [](const approval& a) { return py::make_tuple(to_json(std::vector<approval>{a})); },
            [](const py::tuple& s) { return parse_approvals(s[0].cast<std::string>(), "approval").front(); }));
    m.def("parse_approvals", &parse_approvals, py::arg("json_text"), py::arg("file") = "approvals.json",
          "The approvals of a file, format goldenthread/approvals@1.");
    m.def(
        "approvals_to_json", [](const std::vector<approval>& approvals) { return to_json(approvals); },
        py::arg("approvals"), "The file's text.");
    m.def(
        "check_approvals",
        [](const std::vector<approval>& approvals, const indicator_set& set) { check_approvals(approvals, set.ids()); },
        py::arg("approvals"), py::arg("indicators"),
        "Raises DefinitionError for an approval of an indicator that is not there.");
    m.def(
        "approval_status",
        [](const std::vector<approval>& approvals, const std::string& indicator, const std::string& hash,
           const py::object& judged_on) {
            std::optional<day> on;
            if (!judged_on.is_none()) on.emplace(day_of(judged_on));
            const approval_status status = status_of(approvals, indicator, hash, on);
            return std::make_tuple(std::string(to_text(status.state)), to_text(status));
        },
        py::arg("approvals"), py::arg("indicator"), py::arg("definition_hash"), py::arg("judged_on") = py::none(),
        "(state, words): approved, review_due, lapsed or not_approved.");
}

py::dict difference_dict(const definition_difference& d) {
    py::list changes;
    for (const definition_change& c : d.changes) {
        py::dict one;
        one["part"] = std::string(to_text(c.part));
        one["place"] = c.place;
        one["before"] = c.before;
        one["after"] = c.after;
        one["before_english"] = c.before_english;
        one["after_english"] = c.after_english;
        changes.append(one);
    }
    py::dict result;
    result["before"] = d.before;
    result["after"] = d.after;
    result["hash_before"] = d.hash_before;
    result["hash_after"] = d.hash_after;
    result["meaning_before"] = d.meaning_before;
    result["meaning_after"] = d.meaning_after;
    result["same_meaning"] = d.same_meaning();
    result["changes"] = changes;
    result["text"] = to_text(d);
    return result;
}

}  // namespace

void register_approvals(py::module_& m) {
    register_approval(m);
    m.def(
        "definition_hash",
        [](const indicator_set& set, const std::string& id, const py::object& parameters) {
            return definition_hash(canonical_schema(), set, id, parameters_from(parameters));
        },
        py::arg("indicators"), py::arg("id"), py::arg("parameters") = py::none(),
        "Content hash of a definition: of its resolved tree, conventions and parameters.");
    m.def(
        "compare_definitions",
        [](const indicator_set& before, const std::string& id_before, const indicator_set& after,
           const std::string& id_after) {
            return difference_dict(compare_definitions(canonical_schema(), before, id_before, after, id_after));
        },
        py::arg("before"), py::arg("id_before"), py::arg("after"), py::arg("id_after"),
        "What changed from one definition to another; goldenthread.diff is easier.");
}

}  // namespace goldenthread::python
