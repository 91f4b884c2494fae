// From a plan and data to a release, the only thing that may be written.
#include "interruptible.hpp"
#include "periods.hpp"
#include "register.hpp"

#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/file.hpp>
#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/scorecard.hpp>
#include <goldenthread/scorecard/sense.hpp>
#include <goldenthread/scorecard/write_release.hpp>

#include <pybind11/stl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

/// Everything a colour, or its absence, rests on.
py::list rags_of(const release& r) {
    py::list rows;
    for (const release_figure& figure : r.figures()) {
        for (std::size_t i = 0; i < figure.judgement.cells.size(); ++i) {
            for (const rag& each : figure.judgement.cells[i].rags) {
                py::dict row;
                row["indicator"] = figure.heading.indicator;
                row["period"] = r.periods()[figure.cells[i].period].label;
                row["state"] = std::string(to_text(each.state));
                row["sentence"] = each.sentence;
                row["kind"] = each.target_kind;
                row["target"] = each.target;
                row["tolerance"] = each.tolerance;
                row["value"] = each.value;
                row["rule"] = each.rule;
                row["polarity"] = each.polarity;
                row["polarity_provenance"] = each.polarity_provenance;
                row["source"] = each.source;
                row["rounding_hides_it"] = each.rounding_hides_it;
                rows.append(row);
            }
        }
    }
    return rows;
}

py::object day_or_none(const std::string& iso) {
    if (iso.empty()) return py::none();
    return py::module_::import("datetime").attr("date").attr("fromisoformat")(iso);
}

py::dict agency_dict(const outline_agency& a) {
    py::dict d;
    d["agency"] = a.agency;
    d["expected"] = a.expected;
    d["heard_from"] = a.heard_from;
    d["records"] = a.records;
    d["latest"] = day_or_none(a.latest);
    d["judgement"] = a.judgement.empty() ? py::object(py::none()) : py::cast(a.judgement);
    d["judged_on"] = day_or_none(a.judged_on);
    d["strengths"] = a.strengths;
    d["weaknesses"] = a.weaknesses;
    d["attended"] = a.attended;
    d["invited"] = a.invited;
    return d;
}

py::dict assurance_dict(const std::string& element, const outline_assurance& a) {
    py::dict d;
    d["element"] = element;
    d["status"] = a.status;
    d["status_reason"] = a.status_reason;
    d["dated"] = a.dated;
    d["starts"] = day_or_none(a.starts);
    d["due"] = day_or_none(a.due);
    d["responsible"] = a.responsible;
    d["repeats"] = a.repeats;
    d["records"] = a.records;
    d["latest"] = day_or_none(a.latest);
    d["kinds"] = a.kinds;
    d["expected_known"] = a.expected_known;
    py::list agencies;
    for (const outline_agency& each : a.agencies) agencies.append(agency_dict(each));
    d["agencies"] = agencies;
    d["not_heard_from"] = a.not_heard_from;
    d["strengths"] = a.strengths;
    d["weaknesses"] = a.weaknesses;
    d["decisions"] = a.decisions;
    d["actions"] = a.actions;
    d["actions_done"] = a.actions_done;
    d["documents"] = a.documents;
    d["lacking"] = a.lacking;
    return d;
}

py::list warning_dicts(const std::vector<sense_warning>& warnings) {
    py::list all;
    for (const sense_warning& each : warnings) {
        py::dict d;
        d["indicator"] = each.indicator;
        d["rule"] = each.rule;
        d["period"] = each.period;
        d["breakdown"] = each.breakdown;
        d["message"] = each.message;
        d["numbers"] = each.numbers;
        all.append(d);
    }
    return all;
}

}  // namespace

void register_scorecard(py::module_& m) {
    py::class_<release> r(m, "Release", "What may be written: small numbers are hidden in it.");
    place_in_package(r);
    r.def(
         "to_json", [](const release& self) { return to_json(self); }, "JSON text, format goldenthread/release@1.")
        .def(
            "to_csv", [](const release& self) { return to_csv(self); }, "Tidy CSV: a row a figure.")
        .def(
            "to_assurance_csv", [](const release& self) { return to_assurance_csv(self); },
            "Tidy CSV of what assurance records show: a row an activity, or qualitative line, and agency.")
        .def(
            "to_published_csv", [](const release& self) { return to_published_csv(self); },
            "Tidy CSV of the figures that others published: a row a figure, place and year.")
        .def("rags", &rags_of,
             "A dict for each total and target: indicator, period, state, sentence, rule and what went in.");

    py::class_<scorecard> card(m, "Scorecard",
                               "A plan with its figures, not protected: call protect() before anything leaves.");
    place_in_package(card);
    card.def_property_readonly("results", [](const scorecard& s) { return s.figures; })
        .def_property_readonly("notes", [](const scorecard& s) { return py::tuple(py::cast(s.notes)); })
        .def(
            "assurance",
            [](const scorecard& s) {
                py::list all;
                for (const auto& [element, shown] : s.assurance.elements) all.append(assurance_dict(element, shown));
                return all;
            },
            "What assurance records show about each activity and qualitative line, in the plan's order.")
        .def(
            "protect",
            [](const scorecard& s, const std::string& policy, const std::string& readers,
               const std::optional<published_comparisons>& published) {
                release_draft draft = draft_release(s);
                if (published) add_published(draft, *published);
                return protect(draft, find_policy(policy), parse_audience(readers), judge_by_targets(s));
            },
            py::arg("policy") = "dfe_children_in_need", py::arg("audience") = "board",
            py::arg("published") = py::none(),
            "Small numbers hidden by a policy. For now a release is marked \"not attacked: internal use\".");

    m.def(
        "check_rates",
        [](const std::vector<std::tuple<std::string, std::int64_t, double, std::int64_t>>& rates,
           std::optional<double> population) {
            std::vector<stated_rate> stated;
            for (const auto& [name, count, rate, per] : rates) stated.push_back({name, count, rate, per});
            return warning_dicts(check_rates(stated, population));
        },
        py::arg("rates"), py::arg("population") = py::none(),
        "Whether counts and the rates printed beside them can be of one population: (name, count, rate, per) each.");
    m.def(
        "check_sense",
        [](const results& figures, const indicator_set& definitions,
           const std::vector<std::tuple<std::string, std::string, std::string>>& balances) {
            std::vector<stock_and_flows> named;
            for (const auto& [stock, starts, ends] : balances) named.push_back({stock, starts, ends});
            return warning_dicts(check_sense(figures, definitions, named));
        },
        py::arg("results"), py::arg("definitions"), py::arg("balances"),
        "Figures that make no sense, or should not be read alone.");
    m.def("refuse_named_children", &refuse_named_children, py::arg("data"),
          "Raises DataError where a text of the board's own rows names a child whose rows are loaded.");
    m.def(
        "write_file_atomically",
        [](const py::object& path, const std::string& text) {
            const std::string place = py::module_::import("os").attr("fspath")(path).cast<std::string>();
            const py::gil_scoped_release unlocked;
            write_file_atomically(place, text);
        },
        py::arg("path"), py::arg("text"), "Writes a file whole or not at all.");
    m.def(
        "decimal_text",
        [](std::int64_t numerator, std::int64_t denominator, int decimals, int shift) {
            return decimal_text(numerator, denominator, decimals, shift);
        },
        py::arg("numerator"), py::arg("denominator"), py::arg("decimals"), py::arg("shift") = 0,
        "A fraction as decimal text, rounded exactly and half away from zero: the one rounding of the library.\n\n"
        "shift=2 gives a percentage: decimal_text(69, 240, 1, shift=2) is \"28.8\".");
    m.def(
        "evaluate_plan",
        [](const plan& p, const indicator_set& indicators, const dataset& data, const py::object& periods,
           const py::object& breakdowns, const py::object& parameters, const std::vector<approval>& approvals,
           const py::object& approvals_judged_on, const std::vector<target>& targets, std::size_t threads) {
            const evaluation_request request = request_from(periods, breakdowns, parameters);
            plan_package package;
            package.plan = p;
            package.indicators = indicators;
            package.approvals = approvals;
            package.targets = targets;
            if (!approvals_judged_on.is_none()) package.approvals_judged_on = day_of(approvals_judged_on);
            return run_interruptibly(options_of(threads), [&](const run_options& options) {
                return evaluate_plan(package, data, request, options);
            });
        },
        py::arg("plan"), py::arg("indicators"), py::arg("data"), py::kw_only(), py::arg("periods"),
        py::arg("breakdowns") = py::none(), py::arg("parameters") = py::none(),
        py::arg("approvals") = std::vector<approval>{}, py::arg("approvals_judged_on") = py::none(),
        py::arg("targets") = std::vector<target>{}, py::arg("threads") = 1);
}

}  // namespace goldenthread::python
