// Plans: objectives, priorities and what hangs on them.
#include "register.hpp"

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/plan/find_element.hpp>
#include <goldenthread/plan/line_of_sight.hpp>
#include <goldenthread/plan/lint_plan.hpp>
#include <goldenthread/plan/plan.hpp>
#include <goldenthread/plan/plan_links.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

/// Sequences go out as tuples: a plan cannot be changed.
template <class Owner, class Item>
auto tuple_of(std::vector<Item> Owner::* member) {
    return [member](const Owner& self) { return py::tuple(py::cast(self.*member)); };
}

py::object shown(const stated_value& v) {
    if (!v.is_specified()) return py::none();
    return py::cast(v.text());
}

const char* name_of(provenance p) {
    return p == provenance::stated ? "stated" : p == provenance::inferred ? "inferred" : "unspecified";
}

template <class Element>
py::class_<Element> element_class(py::module_& m, const char* name, const char* doc) {
    py::class_<Element> c(m, name, doc);
    place_in_package(c);
    c.def_property_readonly(
         "id", [](const Element& e) { return e.id; }, "Id, such as P6.E2.")
        .def_property_readonly("slug", [](const Element& e) { return e.slug; })
        .def_property_readonly(
            "text", [](const Element& e) { return e.text; }, "The plan's own words.")
        .def_property_readonly(
            "source_lines", [](const Element& e) { return std::tuple(e.source_lines.first, e.source_lines.last); },
            "First and last line of the source document, counted from 1.")
        .def_property_readonly("as_printed", [](const Element& e) { return e.as_printed; })
        .def_property_readonly("reads", [](const Element& e) { return e.reads; })
        .def_property_readonly("repair_note", [](const Element& e) { return e.repair_note; })
        .def("__repr__",
             [name = std::string(name)](const Element& e) { return "<" + name + " " + e.id + ": " + e.text + ">"; })
        .def("__eq__", [](const Element& a, const Element& b) { return a == b; }, py::is_operator());
    return c;
}

void register_stated_value(py::module_& m) {
    py::class_<stated_value> c(m, "StatedValue",
                               "Something the plan says, something inferred, or nothing: unspecified.");
    place_in_package(c);
    c.def_property_readonly(
         "provenance", [](const stated_value& v) { return name_of(v.from()); }, "stated, inferred or unspecified")
        .def_property_readonly("value", &shown, "The words, or None where unspecified.")
        .def_property_readonly("reason", [](const stated_value& v) { return v.reason(); })
        .def("__bool__", [](const stated_value& v) { return v.is_specified(); })
        .def("__str__", [](const stated_value& v) { return std::string(v.shown()); })
        .def("__repr__", [](const stated_value& v) { return "<StatedValue " + std::string(v.shown()) + ">"; })
        .def("__eq__", [](const stated_value& a, const stated_value& b) { return a == b; }, py::is_operator());
}

void register_elements(py::module_& m) {
    element_class<objective>(m, "Objective", "What the board wants to reach.");
    element_class<theme>(m, "Theme", "A key area of the plan.");
    element_class<outcome_statement>(m, "OutcomeStatement", "One sentence of what a priority is to bring about.");
    element_class<golden_thread>(m, "GoldenThread", "What runs through the whole plan.");
    element_class<plan_body>(m, "Body", "A group named in the plan.");
    element_class<assurance_activity>(m, "AssuranceActivity", "Something done to assure the board.")
        .def_property_readonly("record_kinds", tuple_of(&assurance_activity::record_kinds))
        .def_readonly("done_when", &assurance_activity::done_when)
        .def_readonly("owner", &assurance_activity::owner)
        .def_readonly("starts", &assurance_activity::starts)
        .def_readonly("due_date", &assurance_activity::due_date)
        .def_readonly("milestones", &assurance_activity::milestones)
        .def_readonly("repeats", &assurance_activity::repeats)
        .def_property_readonly("agencies", tuple_of(&assurance_activity::agencies),
                               "Heard from when it is done; empty for the members of the board.");
    element_class<evidence_line>(m, "EvidenceLine", "What will count as evidence of impact.")
        .def_property_readonly(
            "kind", [](const evidence_line& e) { return to_text(e.kind); }, "quantitative, qualitative or both")
        .def_property_readonly("indicators", tuple_of(&evidence_line::indicators),
                               "Ids of the indicators that compute it.")
        .def_property_readonly("record_kinds", tuple_of(&evidence_line::record_kinds))
        .def_property_readonly("agencies", tuple_of(&evidence_line::agencies))
        .def_readonly("target", &evidence_line::target)
        .def_readonly("baseline", &evidence_line::baseline)
        .def_readonly("polarity", &evidence_line::polarity)
        .def_readonly("owner", &evidence_line::owner)
        .def_readonly("reporting_period", &evidence_line::reporting_period)
        .def_readonly("breakdowns", &evidence_line::breakdowns);
    element_class<governance_item>(m, "GovernanceItem", "A document or group by which the board governs.")
        .def_property_readonly("kind", [](const governance_item& g) { return to_text(g.kind); })
        .def_readonly("owner", &governance_item::owner);
    element_class<priority>(m, "Priority", "A priority with its outcome statements, activities and evidence.")
        .def_property_readonly("outcome_statements", tuple_of(&priority::outcome_statements))
        .def_property_readonly("assurance_activities", tuple_of(&priority::assurance_activities))
        .def_property_readonly("evidence_lines", tuple_of(&priority::evidence_lines));
    py::class_<plan_link> link(m, "Link", "A link between two elements, stated by the plan or inferred with a reason.");
    place_in_package(link);
    link.def_readonly("from_", &plan_link::from)
        .def_readonly("to", &plan_link::to)
        .def_property_readonly("provenance", [](const plan_link& l) { return name_of(l.how); })
        .def_readonly("reason", &plan_link::reason)
        .def_readonly("weak", &plan_link::weak)
        .def("__repr__",
             [](const plan_link& l) { return "<Link " + l.from + " → " + l.to + ", " + name_of(l.how) + ">"; })
        .def("__eq__", [](const plan_link& a, const plan_link& b) { return a == b; }, py::is_operator());
}

void register_threads(py::module_& m) {
    py::class_<sight_step> step(m, "ThreadStep", "An element at the other end of a thread, and how it is reached.");
    place_in_package(step);
    step.def_readonly("element", &sight_step::element)
        .def_readonly("kind", &sight_step::kind)
        .def_property_readonly(
            "via", [](const sight_step& s) { return s.via.empty() ? py::object(py::none()) : py::cast(s.via); },
            "The element between; None where linked directly.")
        .def_property_readonly(
            "provenance", [](const sight_step& s) { return name_of(s.how); }, "stated or inferred: of the weakest step")
        .def_readonly("reason", &sight_step::reason)
        .def_readonly("weak", &sight_step::weak)
        .def("__repr__", [](const sight_step& s) { return "<ThreadStep " + s.element + ", " + name_of(s.how) + ">"; })
        .def("__eq__", [](const sight_step& a, const sight_step& b) { return a == b; }, py::is_operator());

    py::class_<surroundings> around(m, "Thread", "What an element of the plan serves, and what shows it.");
    place_in_package(around);
    const auto below = [](std::vector<sight_step> followed_thread::* member) {
        return [member](const surroundings& s) { return py::tuple(py::cast(s.below.*member)); };
    };
    around.def_readonly("element", &surroundings::element)
        .def_property_readonly(
            "serves", [](const surroundings& s) { return py::tuple(py::cast(s.above)); }, "Upwards: its line of sight.")
        .def_property_readonly("statements", below(&followed_thread::statements))
        .def_property_readonly("activities", below(&followed_thread::activities))
        .def_property_readonly("evidence", below(&followed_thread::evidence))
        .def_property_readonly("others", below(&followed_thread::others),
                               "Objectives, themes, priorities and governance items.")
        .def_property_readonly("supporting", below(&followed_thread::supporting), "Indicators that are not the plan's.")
        .def_property_readonly(
            "measures", [](const surroundings& s) { return py::tuple(py::cast(s.below.measures)); },
            "Ids of the indicators of the evidence.")
        .def("__repr__", [](const surroundings& s) {
            return "<Thread " + s.element + ": " + std::to_string(s.below.measures.size()) + " measures, " +
                   std::to_string(s.below.activities.size()) + " activities>";
        });

    py::class_<lint_finding> found(m, "LintFinding", "Something the plan wants and nothing shows, or the reverse.");
    place_in_package(found);
    found.def_property_readonly("rule", [](const lint_finding& f) { return std::string(to_text(f.rule)); })
        .def_readonly("element", &lint_finding::element)
        .def_property_readonly(
            "source_lines", [](const lint_finding& f) { return std::tuple(f.lines.first, f.lines.last); },
            "Lines of the plan's document; (0, 0) where it does not have it.")
        .def_readonly("message", &lint_finding::message)
        .def("__repr__", [](const lint_finding& f) { return "<LintFinding " + f.element + ": " + f.message + ">"; })
        .def("__eq__", [](const lint_finding& a, const lint_finding& b) { return a == b; }, py::is_operator());
}

void register_plan_class(py::module_& m) {
    py::class_<plan> c(m, "Plan",
                       "A safeguarding board's plan. Cannot be changed; write it as JSON, edit that, load it again.");
    place_in_package(c);
    c.def_readonly("id", &plan::id)
        .def_readonly("title", &plan::title)
        .def_readonly("area", &plan::area)
        .def_property_readonly("years", [](const plan& p) { return std::tuple(p.first_year, p.last_year); })
        .def_property_readonly("objectives", tuple_of(&plan::objectives))
        .def_property_readonly("themes", tuple_of(&plan::themes))
        .def_property_readonly("priorities", tuple_of(&plan::priorities))
        .def_property_readonly("golden_threads", tuple_of(&plan::golden_threads))
        .def_property_readonly("governance", tuple_of(&plan::governance))
        .def_property_readonly("bodies", tuple_of(&plan::bodies))
        .def_property_readonly("links", tuple_of(&plan::links))
        .def_property_readonly(
            "rights", [](const plan& p) { return p.source.rights; }, "Whose words these are.")
        .def(
            "links_from", [](const plan& p, const std::string& id) { return links_from(p, id); }, py::arg("id"))
        .def(
            "links_to", [](const plan& p, const std::string& id) { return links_to(p, id); }, py::arg("id"))
        .def(
            "follow",
            [](const plan& p, const std::string& name, bool stated_only) {
                return plan_walker(p).around(name, stated_only);
            },
            py::arg("name"), py::kw_only(), py::arg("stated_only") = false,
            "What an element serves and what shows it, by id or slug path; stated and inferred told apart.")
        .def(
            "lint",
            [](const plan& p, const py::object& indicators) {
                return lint_plan(p, indicators.is_none() ? shipped_indicators().ids()
                                                         : indicators.cast<const indicator_set&>().ids());
            },
            py::arg("indicators") = py::none(),
            "Statements without measurable evidence, activities without dates, measures nobody asked for.")
        .def(
            "without_link",
            [](const plan& p, const std::string& from, const std::string& to) { return without_link(p, from, to); },
            py::arg("from_"), py::arg("to"), "The plan without one inferred link: the board disagrees with it.")
        .def(
            "without_inferred_links", [](const plan& p) { return without_inferred_links(p); },
            "The plan as its document states it.")
        .def(
            "to_json", [](const plan& p) { return to_json(p); }, "The plan as JSON text, format goldenthread/plan@1.")
        .def_static(
            "from_json", [](const std::string& text, const std::string& file) { return parse_plan(text, file); },
            py::arg("text"), py::arg("file") = "plan.json", "Reads JSON text; `file` is named in errors.")
        .def(
            "__eq__", [](const plan& a, const plan& b) { return a == b; }, py::is_operator())
        .def(py::pickle(
            [](const plan& p) { return py::make_tuple(to_json(p)); },
            [](const py::tuple& state) { return parse_plan(state[0].cast<std::string>(), "pickled plan"); }));
}

}  // namespace

void register_plan(py::module_& m) {
    register_stated_value(m);
    register_elements(m);
    register_threads(m);
    register_plan_class(m);
    m.def(
        "load_plan",
        [](const py::object& path) {
            return load_plan(py::module_::import("os").attr("fspath")(path).cast<std::string>());
        },
        py::arg("path"), "Reads a plan file.");
    m.def("shipped_plans", &shipped_plans, "Ids of the plans that come with the library.");
    m.def("shipped_plan", [](const std::string& id) { return shipped_plan(id); }, py::arg("id"));
}

}  // namespace goldenthread::python
