// Mutation: are a definition's cases enough?
#include "register.hpp"

#include <goldenthread/engine/mutation.hpp>

#include <pybind11/stl.h>

#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

using case_texts = std::vector<std::pair<std::string, std::string>>;  ///< text and file of case files

mutation_request request_of(const case_texts& files, std::size_t datasets) {
    mutation_request request;
    request.datasets = datasets;
    for (const auto& [text, file] : files) {
        std::vector<definition_case> cases = parse_cases(text, file);
        request.cases.insert(request.cases.end(), cases.begin(), cases.end());
    }
    return request;
}

py::dict outcome_dict(const mutation_outcome& o) {
    py::list mutants;
    for (const mutant_outcome& m : o.mutants) {
        py::dict d;
        d["id"] = m.id;
        d["rule"] = m.rule;
        d["place"] = m.place;
        d["words"] = m.words;
        d["fate"] = std::string(to_text(m.fate));
        d["killed_by"] = m.killed_by;
        d["difference"] = m.difference;
        d["reason"] = m.reason;
        d["case_indicator"] = m.telling ? m.telling->indicator : std::string();
        d["case"] = m.telling ? to_json(*m.telling) : std::string();
        d["told_with"] = m.told_with;
        d["datasets_tried"] = m.datasets_tried;
        mutants.append(d);
    }
    py::dict d;
    d["definition"] = o.definition;
    d["used_by"] = o.used_by;
    d["cases"] = o.cases;
    d["mutants"] = mutants;
    return d;
}

}  // namespace

void register_mutation(py::module_& m) {
    m.def(
        "mutation_rules",
        [] {
            py::dict rules;
            for (const mutation_rule& r : mutation_rules) rules[py::str(std::string(r.name))] = std::string(r.meaning);
            return rules;
        },
        "Every kind of mistake that mutation makes: name to meaning.");
    m.def("mutation_subjects", &mutation_subjects, py::arg("indicators"), py::arg("ids") = std::vector<std::string>{},
          "The definitions of these ids (none = all), then the shared filters they use.");
    m.def(
        "mutation_key",
        [](const indicator_set& set, const std::string& definition, const case_texts& cases, std::size_t datasets) {
            const py::gil_scoped_release unlocked;
            return mutation_key(canonical_schema(), set, definition, request_of(cases, datasets));
        },
        py::arg("indicators"), py::arg("definition"), py::arg("cases"), py::arg("datasets"),
        "Changes whenever the outcome of mutate_definition may.");
    m.def(
        "mutate_definition",
        [](const indicator_set& set, const std::string& definition, const case_texts& cases, std::size_t datasets) {
            mutation_outcome found;
            {
                const py::gil_scoped_release unlocked;
                found = mutate(canonical_schema(), set, definition, request_of(cases, datasets));
            }
            return outcome_dict(found);
        },
        py::arg("indicators"), py::arg("definition"), py::arg("cases"), py::arg("datasets"),
        "Makes the mutants of one definition and runs its cases, and those of (text, file) pairs, against them.");
}

}  // namespace goldenthread::python
