// What moved a figure.
#include "periods.hpp"
#include "register.hpp"

#include <goldenthread/engine/what_moved.hpp>

#include <pybind11/stl.h>

#include <string>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

std::vector<breakdown_value> key_from(const py::dict& key) {
    std::vector<breakdown_value> result;
    for (const auto& [dimension, category] : key) {
        result.push_back({dimension.cast<std::string>(),
                          category.is_none() ? std::nullopt : std::optional(category.cast<std::string>())});
    }
    return result;
}

/// An exact fraction as Python has it.
py::object fraction(std::int64_t above, std::int64_t below) {
    return py::module_::import("fractions").attr("Fraction")(above, below);
}

py::object optional_fraction(const std::optional<exact_ratio>& value) {
    return value ? fraction(value->numerator, value->denominator) : py::none();
}

/// A numerator is a whole number, but for decimals.
py::object numerator_of(const movement& m, std::int64_t n) {
    return m.parts_of_one == 1 ? py::object(py::int_(n)) : fraction(n, m.parts_of_one);
}

py::dict figure_dict(const cell& c, const period& when) {
    py::dict d;
    d["period"] = when;
    d["state"] = std::string(to_text(c.state));
    d["numerator"] = py::cast(c.numerator);
    d["denominator"] = py::cast(c.denominator);
    d["value"] = optional_fraction(c.value);
    d["reason"] = c.reason;
    return d;
}

py::dict movement_dict(const movement& m) {
    py::list parts, units;
    for (const moved_part& p : m.parts) {
        py::dict d;
        d["part"] = std::string(to_text(p.part));
        d["units"] = p.units;
        d["numerator"] = numerator_of(m, p.numerator);
        d["denominator"] = p.denominator;
        d["value"] = optional_fraction(p.value);
        parts.append(d);
    }
    for (const moved_unit& u : m.units) {
        py::dict key, d;
        for (const auto& [name, value] : u.key) {
            key[py::str(name)] = value.empty() ? py::object(py::none()) : py::object(py::str(value));
        }
        d["part"] = std::string(to_text(u.part));
        d["key"] = key;
        d["before"] = u.before;
        d["after"] = u.after;
        d["numerator"] = numerator_of(m, u.numerator);
        d["denominator"] = u.denominator;
        units.append(d);
    }
    py::dict d;
    d["indicator"] = m.indicator;
    d["title"] = m.title;
    d["unit_of_count"] = m.unit_of_count;
    d["before"] = figure_dict(m.before, m.period_before);
    d["after"] = figure_dict(m.after, m.period_after);
    d["comparable"] = m.comparable;
    d["reason"] = m.reason;
    d["value_change"] = optional_fraction(m.value_change);
    d["parts"] = parts;
    d["units"] = units;
    d["text"] = to_text(m);
    return d;
}

}  // namespace

void register_movement(py::module_& m) {
    m.def(
        "what_moved_between",
        [](const std::string& id, const indicator_set& definitions_before, const dataset& data_before,
           const py::object& period_before, const py::object& parameters_before, const py::dict& key_before,
           const indicator_set& definitions_after, const dataset& data_after, const py::object& period_after,
           const py::object& parameters_after, const py::dict& key_after, bool units, const std::string& id_after) {
            const figure_question before{&definitions_before,
                                         id,
                                         &data_before,
                                         periods_from(period_before).at(0),
                                         key_from(key_before),
                                         parameters_from(parameters_before)};
            const figure_question after{&definitions_after,
                                        id_after.empty() ? id : id_after,
                                        &data_after,
                                        periods_from(period_after).at(0),
                                        key_from(key_after),
                                        parameters_from(parameters_after)};
            movement found;
            {
                const py::gil_scoped_release unlocked;
                found = what_moved(canonical_schema(), before, after, units);
            }
            return movement_dict(found);
        },
        py::arg("id"), py::kw_only(), py::arg("definitions_before"), py::arg("data_before"), py::arg("period_before"),
        py::arg("parameters_before"), py::arg("key_before"), py::arg("definitions_after"), py::arg("data_after"),
        py::arg("period_after"), py::arg("parameters_after"), py::arg("key_after"), py::arg("units") = false,
        py::arg("id_after") = "");
}

}  // namespace goldenthread::python
