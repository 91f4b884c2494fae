#include "periods.hpp"

#include <goldenthread/core/error.hpp>

#include <pybind11/stl.h>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

period period_from(const py::handle& item) {
    if (py::isinstance<period>(item)) return item.cast<period>();
    if (py::isinstance<py::str>(item)) return parse_period(item.cast<std::string>());
    error_context context;
    context.remedy = "give texts such as '2019-20', '2019-20 Q4', '2020-03', or Period objects";
    throw definition_error("a " + py::str(py::type::of(item).attr("__name__")).cast<std::string>() + " is not a period",
                           std::move(context));
}

std::string parameter_text(const py::handle& value) {
    if (py::isinstance<py::bool_>(value)) return value.cast<bool>() ? "true" : "false";
    if (py::isinstance<py::str>(value)) return value.cast<std::string>();
    if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) {
        std::string text;
        for (const py::handle item : value) text += (text.empty() ? "" : ",") + parameter_text(item);
        return text;
    }
    return py::str(value).cast<std::string>();
}

}  // namespace

day day_of(const py::object& given) {
    const auto text = py::isinstance<py::str>(given) ? given.cast<std::string>()
                                                     : given.attr("isoformat")().cast<std::string>().substr(0, 10);
    const auto parsed = parse_iso_day(text);
    if (!parsed) throw definition_error("'" + text + "' is not a date such as 2020-03-31");
    return *parsed;
}

std::vector<period> periods_from(const py::object& given) {
    if (py::isinstance<period>(given) || py::isinstance<py::str>(given)) return {period_from(given)};
    std::vector<period> result;
    for (const py::handle item : given) result.push_back(period_from(item));
    return result;
}

std::vector<parameter_value> parameters_from(const py::object& given) {
    std::vector<parameter_value> result;
    if (given.is_none()) return result;
    for (const auto& [name, value] : given.cast<py::dict>()) {
        const auto key = name.cast<std::string>();
        if (py::isinstance<py::dict>(value)) {
            for (const auto& [inner, inner_value] : value.cast<py::dict>()) {
                result.emplace_back(key + ":" + inner.cast<std::string>(), parameter_text(inner_value));
            }
        } else {
            result.emplace_back(key, parameter_text(value));
        }
    }
    return result;
}

evaluation_request request_from(const py::object& periods, const py::object& breakdowns, const py::object& parameters) {
    evaluation_request request;
    request.periods = periods_from(periods);
    request.parameters = parameters_from(parameters);
    if (breakdowns.is_none()) return request;
    if (py::isinstance<py::str>(breakdowns)) {
        request.breakdowns.push_back({breakdowns.cast<std::string>()});
        return request;
    }
    for (const py::handle item : breakdowns) {
        request.breakdowns.push_back(py::isinstance<py::str>(item) ? breakdown{item.cast<std::string>()}
                                                                   : item.cast<breakdown>());
    }
    return request;
}

}  // namespace goldenthread::python
