// Exampleshire (synthetic).
#include "interruptible.hpp"
#include "register.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <pybind11/stl.h>

#include <cmath>
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

/// A share of 0 to 1 in ten thousandths.
std::int64_t rate_of(double rate) {
    if (!(rate >= 0) || rate > 1) {
        throw definition_error("defects: " + py::repr(py::float_(rate)).cast<std::string>() +
                               " is not a rate; it lies between 0 and 1, such as 0.02");
    }
    return std::llround(rate * 10'000);
}

py::dict plain(const planted_truth& truth) {
    py::dict d;
    d["indicator"] = truth.indicator;
    d["period"] = truth.period;
    d["state"] = truth.state;
    d["numerator"] = truth.numerator;
    d["denominator"] = truth.denominator;
    d["unknown"] = truth.unknown;
    d["excluded"] = truth.excluded;
    d["immature"] = truth.immature;
    d["censored"] = truth.censored;
    return d;
}

py::dict plain(const published_total& total) {
    py::dict d;
    d["id"] = total.id;
    d["title"] = total.title;
    d["source"] = total.source;
    d["year"] = total.year;
    d["numerator"] = total.numerator;
    d["denominator"] = total.denominator;
    d["per"] = total.per;
    return d;
}

py::dict plain(const exampleshire_summary& summary) {
    py::dict d;
    d["children"] = summary.children;
    d["families"] = summary.families;
    d["child_population"] = summary.child_population;
    d["rows"] = py::dict();
    for (const auto& [name, rows] : summary.rows) d["rows"][py::str(name)] = rows;
    d["defects"] = summary.defects;
    py::list truths;
    for (const planted_truth& truth : summary.truths) truths.append(plain(truth));
    d["truths"] = truths;
    d["files"] = summary.files;
    return d;
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
           const std::string& last, double defects, std::int64_t per_authority, bool returns, bool answer_key) {
            const std::string path = py::module_::import("os").attr("fspath")(folder).cast<std::string>();
            exampleshire_settings settings = settings_of(seed, children, first, last);
            settings.defects_per_10000 = rate_of(defects);
            settings.children_per_authority = per_authority;
            exampleshire_formats formats;
            formats.cin_census = formats.ssda903 = returns;
            formats.answer_key = answer_key;
            return plain(run_interruptibly(run_options{}, [&](const run_options& options) {
                return write_exampleshire(settings, path, formats, [&] { return !options.cancel.is_cancelled(); });
            }));
        },
        py::arg("folder"), py::arg("seed") = 1, py::arg("children") = 5000, py::arg("first") = "", py::arg("last") = "",
        py::kw_only(), py::arg("defects") = 0.0, py::arg("per_authority") = 0, py::arg("returns") = true,
        py::arg("answer_key") = true,
        "Writes the authority as canonical CSV, CIN census XML and SSDA903 CSV, with the right answers beside it.");
    m.def(
        "exampleshire_calibration",
        [] {
            py::list totals;
            for (const published_total& total : exampleshire_calibration()) totals.append(plain(total));
            return totals;
        },
        "The published totals for England that Exampleshire was fitted to. Real figures.");
}

}  // namespace goldenthread::python
