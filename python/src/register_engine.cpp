// Periods, evaluation, explanation, cases.
#include "interruptible.hpp"
#include "periods.hpp"
#include "register.hpp"

#include <goldenthread/engine/explain.hpp>
#include <goldenthread/engine/run_case.hpp>
#include <goldenthread/engine/tabulate.hpp>
#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/supplied_figures.hpp>

#include <pybind11/stl.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

py::object date_of(day d) {
    const civil_day c = to_civil(d);
    return py::module_::import("datetime").attr("date")(c.year, c.month, c.day);
}

void register_period(py::module_& m) {
    py::class_<period> c(m, "Period", "A named run of days, both ends included.");
    place_in_package(c);
    c.def(py::init([](const py::object& text) { return periods_from(text).at(0); }), py::arg("text"),
          "'2019-20', '2019-20 Q4', '2020-03' or '2020-03-31'")
        .def_property_readonly("kind", [](const period& p) { return std::string(to_text(p.kind)); })
        .def_readonly("label", &period::label)
        .def_property_readonly("first", [](const period& p) { return date_of(p.first); })
        .def_property_readonly("last", [](const period& p) { return date_of(p.last); })
        .def("__repr__",
             [](const period& p) {
                 return "<Period " + p.label + ": " + to_iso(p.first) + " to " + to_iso(p.last) + ">";
             })
        .def("__str__", [](const period& p) { return p.label; })
        .def(
            "__eq__", [](const period& a, const period& b) { return a == b; }, py::is_operator())
        .def("__hash__", [](const period& p) { return py::hash(py::make_tuple(p.label, p.first, p.last)); })
        .def(py::pickle(
            [](const period& p) { return py::make_tuple(static_cast<int>(p.kind), p.label, p.first, p.last); },
            [](const py::tuple& s) {
                return period{static_cast<period_kind>(s[0].cast<int>()), s[1].cast<std::string>(), s[2].cast<day>(),
                              s[3].cast<day>()};
            }));
    const auto range = [&](const char* name, auto make, const char* doc) {
        m.def(
            name, [make](const py::object& from, const py::object& to) { return make(day_of(from), day_of(to)); },
            py::arg("first"), py::arg("last"), doc);
    };
    range("months_between", [](day a, day b) { return months(a, b); }, "Whole calendar months between two days.");
    range(
        "quarters_between", [](day a, day b) { return financial_quarters(a, b); },
        "Whole financial quarters between two days.");
    range(
        "financial_years_between", [](day a, day b) { return financial_years(a, b); },
        "Whole financial years between two days.");
    m.def(
        "rolling_months",
        [](int count, const py::object& from, const py::object& to) {
            return rolling_months(count, day_of(from), day_of(to));
        },
        py::arg("count"), py::arg("first"), py::arg("last"),
        "Windows of `count` months, one ending with each month between two days.");
    m.def(
        "financial_year_to", [](const py::object& as_at) { return financial_year_to(day_of(as_at)); }, py::arg("as_at"),
        "From 1 April up to and including a day.");
}

template <class Number>
py::object optional_number(const std::optional<Number>& n) {
    if (!n) return py::none();
    return py::cast(*n);
}

py::dict cell_dict(const results& all, const indicator_result& r, const cell& c) {
    const period& when = all.periods[c.period_index];
    py::dict key;
    for (const breakdown_value& v : c.key)
        key[py::str(v.dimension)] = v.category ? py::object(py::str(*v.category)) : py::object(py::none());
    py::dict d;
    d["indicator"] = r.indicator;
    d["period_kind"] = std::string(to_text(when.kind));
    d["period"] = when.label;
    d["first"] = date_of(when.first);
    d["last"] = date_of(when.last);
    d["key"] = key;
    d["state"] = std::string(to_text(c.state));
    d["value"] = c.value ? py::object(py::float_(c.value->as_double())) : py::object(py::none());
    // As a release would write it, were it not hidden.
    d["shown"] = c.value ? figure_text(c.value->numerator, c.value->denominator, written_as(r.unit), r.measure,
                                       r.cells_are_counts && !c.key.empty())
                         : std::string();
    d["numerator"] = optional_number(c.numerator);
    d["denominator"] = optional_number(c.denominator);
    const bool computed = c.numerator || c.denominator;
    const auto side = [&](std::int64_t n) { return computed ? py::object(py::int_(n)) : py::object(py::none()); };
    d["unknown"] = side(c.unknown);
    d["excluded"] = side(c.excluded);
    d["immature"] = side(c.immature);
    d["censored"] = side(c.censored);
    d["reason"] = c.reason;
    return d;
}

py::dict result_dict(const indicator_result& r) {
    py::dict d;
    d["indicator"] = r.indicator;
    d["title"] = r.title;
    d["meaning"] = r.meaning;
    d["measure"] = r.measure;
    d["timing"] = r.timing;
    d["unit"] = std::string(to_text(r.unit));
    d["unit_of_count"] = r.unit_of_count;
    d["multiplier"] = r.multiplier;
    d["definition_hash"] = r.definition_hash;
    d["conventions"] = py::dict();
    for (const auto& [name, choice] : named_choices(r.convention_set)) d["conventions"][py::str(name)] = choice;
    d["parameters"] = py::dict();
    for (const auto& [name, value] : r.parameters) d["parameters"][py::str(name)] = value;
    d["tables"] = r.tables;
    d["tables_missing"] = r.tables_missing;
    d["notes"] = r.notes;
    d["path"] = r.path;
    return d;
}

void register_results(py::module_& m) {
    py::class_<results> c(m, "RawResults", "Cells of a run, not protected: see goldenthread.Results.");
    place_in_package(c);
    c.def_property_readonly("periods", [](const results& r) { return r.periods; })
        .def_readonly("area", &results::area)
        .def_readonly("synthetic", &results::synthetic)
        .def_readonly("input_hash", &results::input_hash)
        .def("indicators",
             [](const results& r) {
                 py::list list;
                 for (const indicator_result& i : r.indicators) list.append(result_dict(i));
                 return list;
             })
        .def("cells", [](const results& r) {
            py::list list;
            for (const indicator_result& i : r.indicators) {
                for (const cell& x : i.cells) list.append(cell_dict(r, i, x));
            }
            return list;
        });
    m.def(
        "evaluate_indicators",
        [](const indicator_set& set, const std::vector<std::string>& ids, const dataset& data,
           const py::object& periods, const py::object& breakdowns, const py::object& parameters, bool force_reference,
           std::size_t threads) {
            evaluation_request request = request_from(periods, breakdowns, parameters);
            request.force_reference = force_reference;
            return run_interruptibly(options_of(threads), [&](const run_options& options) {
                results figures = evaluate(set, ids, data, request, options);
                // What is wrong with a supplied figure is told by the scorecard of a plan, not of single indicators.
                static_cast<void>(add_supplied_figures(figures, data, request.breakdowns));
                return figures;
            });
        },
        py::arg("indicators"), py::arg("ids"), py::arg("data"), py::kw_only(), py::arg("periods"),
        py::arg("breakdowns") = py::none(), py::arg("parameters") = py::none(), py::arg("force_reference") = false,
        py::arg("threads") = 1);
}

py::list explain_rows(const indicator_set& set, const std::string& id, const dataset& data, const py::object& when,
                      const py::dict& key, const py::object& parameters) {
    std::vector<breakdown_value> cell_key;
    for (const auto& [dimension, category] : key) {
        cell_key.push_back({dimension.cast<std::string>(),
                            category.is_none() ? std::nullopt : std::optional(category.cast<std::string>())});
    }
    py::list rows;
    for (const explained_row& row :
         explain(canonical_schema(), set, id, data, periods_from(when).at(0), cell_key, parameters_from(parameters))) {
        py::dict d;
        d["table"] = row.table;
        d["row"] = row.row + 1;
        for (const auto& [name, value] : row.key)
            d[py::str(name)] = value.empty() ? py::object(py::none()) : py::object(py::str(value));
        d["role"] = std::string(to_text(row.role));
        d["value"] = row.value ? py::object(py::float_(row.value->as_double())) : py::object(py::none());
        d["reason"] = row.reason;
        d["source_file"] = row.source_file;
        d["source_row"] = row.source_row == 0 ? py::object(py::none()) : py::object(py::int_(row.source_row));
        rows.append(d);
    }
    return rows;
}

py::list run_definition_cases(const indicator_set& set, const std::vector<definition_case>& cases,
                              bool force_reference) {
    py::list outcomes;
    for (const definition_case& c : cases) {
        py::dict d;
        d["indicator"] = c.indicator;
        d["title"] = c.title;
        d["place"] = c.place;
        const bool known = set.find(c.indicator) != nullptr;
        d["known"] = known;
        d["differences"] =
            known ? run_case(canonical_schema(), set, c, force_reference).differences : std::vector<std::string>{};
        outcomes.append(d);
    }
    return outcomes;
}

case_value value_from(const py::handle& cell) {
    if (cell.is_none()) return {};
    if (py::isinstance<py::bool_>(cell)) return cell.cast<bool>();
    if (py::isinstance<py::int_>(cell)) return cell.cast<std::int64_t>();
    return py::str(cell).cast<std::string>();
}

/// {"cp_plan": (["child_id"], [["A"]])}: a few rows, as cases have them.
dataset dataset_of_rows(const py::dict& tables) {
    definition_case c;
    for (const auto& [name, content] : tables) {
        case_table t;
        t.name = name.cast<std::string>();
        const auto [columns, rows] = content.cast<std::pair<std::vector<std::string>, py::list>>();
        t.columns = columns;
        for (const py::handle row : rows) {
            std::vector<case_value>& cells = t.rows.emplace_back();
            for (const py::handle cell : row) cells.push_back(value_from(cell));
            if (cells.size() != columns.size()) {
                throw definition_error("a row of " + t.name + " has " + std::to_string(cells.size()) + " cells, not " +
                                       std::to_string(columns.size()));
            }
        }
        c.tables.push_back(std::move(t));
    }
    return detail::case_table_reader(canonical_schema(), c).read();
}

py::dict tabulate_expression(const indicator_set& set, const std::string& id, const std::string& text,
                             const dataset& data, const py::object& periods, const std::string& alias,
                             bool force_reference) {
    const indicator& frame = set[id];
    tabulate_request request;
    request.of = frame.measure.of.table;
    request.alias = alias;
    request.parameters = frame.parameters;
    request.conventions = frame.conventions;
    request.periods = periods_from(periods);
    request.force_reference = force_reference;
    const tabulated found = tabulate(canonical_schema(), set, parse_expression(text), data, request);
    py::dict d;
    d["type"] = found.type;
    d["path"] = found.path;
    d["english"] = found.english;
    d["values"] = found.values;
    return d;
}

}  // namespace

void register_engine(py::module_& m) {
    register_period(m);
    register_results(m);
    m.def("explain_rows", &explain_rows, py::arg("indicators"), py::arg("id"), py::arg("data"), py::arg("period"),
          py::arg("key"), py::arg("parameters") = py::none());
    m.def("dataset_of_rows", &dataset_of_rows, py::arg("tables"),
          "A dataset of a few rows: table to (columns, rows), cells as str, int, bool or None.");
    m.def("tabulate_expression", &tabulate_expression, py::arg("indicators"), py::arg("id"), py::arg("text"),
          py::arg("data"), py::kw_only(), py::arg("periods"), py::arg("alias") = "",
          py::arg("force_reference") = false);
    m.def(
        "run_own_cases",
        [](const indicator_set& set, bool force_reference) {
            std::vector<definition_case> cases;
            for (const indicator& i : set.indicators) cases.insert(cases.end(), i.cases.begin(), i.cases.end());
            return run_definition_cases(set, cases, force_reference);
        },
        py::arg("indicators"), py::arg("force_reference") = false);
    m.def(
        "run_case_file",
        [](const indicator_set& set, const std::string& text, const std::string& file, bool force_reference) {
            return run_definition_cases(set, parse_cases(text, file), force_reference);
        },
        py::arg("indicators"), py::arg("text"), py::arg("file"), py::arg("force_reference") = false);
}

}  // namespace goldenthread::python
