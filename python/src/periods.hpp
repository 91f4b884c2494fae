// Periods as Python gives them: Period objects or texts.
#pragma once

#include <goldenthread/core/period.hpp>
#include <goldenthread/engine/request.hpp>

#include <pybind11/pybind11.h>

#include <string>
#include <utility>
#include <vector>

namespace goldenthread::python {

/// A day from a date or an ISO text.
day day_of(const pybind11::object& given);

/// A list of periods from one period, one text, or an iterable of these.
std::vector<period> periods_from(const pybind11::object& given);

/// A request from the keyword arguments of evaluate().
evaluation_request request_from(const pybind11::object& periods, const pybind11::object& breakdowns,
                                const pybind11::object& parameters);

/// Parameters from a dict: {"months": 24}, {"indicator.id": {"months": 24}}.
std::vector<parameter_value> parameters_from(const pybind11::object& given);

}  // namespace goldenthread::python
