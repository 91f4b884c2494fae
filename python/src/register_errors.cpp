#include "register.hpp"

#include <goldenthread/core/error.hpp>

#include <exception>
#include <string>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

/// The exception classes of this module.
struct error_classes {
    py::object root;
    py::object definition;
    py::object data;
    py::object calculation;
    py::object disclosure;
};

py::gil_safe_call_once_and_store<error_classes>& classes() {
    PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<error_classes> storage;
    return storage;
}

constexpr const char* context_names[] = {"message", "indicator", "file", "place", "excerpt", "remedy"};

template <class Error>
py::object make_class(py::module_& m, const char* name, const py::object& bases, const char* doc) {
    py::object type = py::exception<Error>(m, name, bases);
    type.attr("__doc__") = doc;
    place_in_package(type);
    // Errors raised from Python have no place: the attributes are there all the same.
    for (const char* attribute : context_names) type.attr(attribute) = "";
    return type;
}

error_classes make_classes(py::module_& m) {
    const auto builtin = [](PyObject* type) { return py::reinterpret_borrow<py::object>(type); };
    error_classes made;
    made.root = make_class<error>(m, "Error", builtin(PyExc_Exception),
                                  "Root of every error of this package.\n\n"
                                  "str() is one readable paragraph; its parts are the attributes message, indicator, "
                                  "file, place, excerpt and remedy, empty where there is nothing to say.");
    const py::tuple value_or_lookup = py::make_tuple(made.root, builtin(PyExc_ValueError), builtin(PyExc_LookupError));
    const py::tuple value = py::make_tuple(made.root, builtin(PyExc_ValueError));
    made.definition =
        make_class<definition_error>(m, "DefinitionError", value_or_lookup,
                                     "A definition, plan, schema or parameter is wrong: nothing was computed.");
    made.data = make_class<data_error>(m, "DataError", value_or_lookup,
                                       "Data cannot be read at all. Single bad rows are findings, not errors.");
    made.calculation =
        make_class<calculation_error>(m, "CalculationError", value, "A calculation was asked for that has no meaning.");
    made.disclosure =
        make_class<disclosure_error>(m, "DisclosureError", value, "Something would be published that must not be.");
    return made;
}

void raise(const py::object& type, const error& e) {
    py::object raised = type(e.what());
    const error_context& context = e.context();
    const std::string* values[] = {&e.message(),   &context.indicator, &context.file,
                                   &context.place, &context.excerpt,   &context.remedy};
    for (std::size_t i = 0; i < std::size(context_names); ++i) raised.attr(context_names[i]) = *values[i];
    PyErr_SetObject(type.ptr(), raised.ptr());
}

void translate(std::exception_ptr thrown) {
    const error_classes& known = classes().get_stored();
    try {
        if (thrown) std::rethrow_exception(thrown);
    } catch (const definition_error& e) {
        raise(known.definition, e);
    } catch (const data_error& e) {
        raise(known.data, e);
    } catch (const calculation_error& e) {
        raise(known.calculation, e);
    } catch (const disclosure_error& e) {
        raise(known.disclosure, e);
    } catch (const error& e) {
        raise(known.root, e);
    }
}

}  // namespace

void register_errors(py::module_& m) {
    classes().call_once_and_store_result([&m] { return make_classes(m); });
    py::register_local_exception_translator(translate);
}

}  // namespace goldenthread::python
