// Exampleshire (synthetic).
#include "register.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <pybind11/stl.h>

#include <string>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

exampleshire_settings settings_of(std::uint64_t seed, std::int64_t children, const std::string& first,
                                  const std::string& last) {
    exampleshire_settings settings;
    settings.seed = seed;
    settings.children = children;
    const auto read = [](const std::string& text, day& target) {
        if (text.empty()) return;
        const auto parsed = parse_iso_day(text);
        if (!parsed) throw definition_error("'" + text + "' is not a date such as 2020-03-31");
        target = *parsed;
    };
    read(first, settings.first);
    read(last, settings.last);
    return settings;
}

}  // namespace

void register_synthetic(py::module_& m) {
    m.def(
        "generate_exampleshire",
        [](std::uint64_t seed, std::int64_t children, const std::string& first, const std::string& last) {
            const exampleshire_settings settings = settings_of(seed, children, first, last);
            const py::gil_scoped_release unlocked;
            return generate_exampleshire(settings);
        },
        py::arg("seed") = 1, py::arg("children") = 5000, py::arg("first") = "", py::arg("last") = "",
        "An invented authority, always named Exampleshire (synthetic). The same seed gives the same rows everywhere.");
    m.def(
        "write_exampleshire",
        [](const py::object& folder, std::uint64_t seed, std::int64_t children, const std::string& first,
           const std::string& last) {
            const std::string path = py::module_::import("os").attr("fspath")(folder).cast<std::string>();
            const exampleshire_settings settings = settings_of(seed, children, first, last);
            exampleshire_summary summary;
            {
                const py::gil_scoped_release unlocked;
                summary = write_exampleshire(settings, path);
            }
            py::dict d;
            d["children"] = summary.children;
            d["families"] = summary.families;
            d["child_population"] = summary.child_population;
            d["rows"] = py::dict();
            for (const auto& [name, rows] : summary.rows) d["rows"][py::str(name)] = rows;
            d["files"] = summary.files;
            return d;
        },
        py::arg("folder"), py::arg("seed") = 1, py::arg("children") = 5000, py::arg("first") = "", py::arg("last") = "",
        "Writes the authority as canonical CSV, CIN census XML and SSDA903 CSV.");
}

}  // namespace goldenthread::python
