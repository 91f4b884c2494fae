// The engine that takes rows in batches.
//
// Kept rows share the memory of the batches they came in, whose last owner may be a Python object of another library.
// So what may drop rows (joining, taking away, loading, copying over) is done with the GIL; what only adds rows or
// reads them (update, finish) is done without it.
#include "interruptible.hpp"
#include "periods.hpp"
#include "register.hpp"

#include <goldenthread/engine/engine.hpp>
#include <goldenthread/plan/plan.hpp>
#include <goldenthread/scorecard/scorecard.hpp>

#include <pybind11/stl.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

/// An engine for several Python threads: one at a time. The lock is never waited for by whoever needs the GIL to give
/// it back: the work that holds it touches no Python.
class shared_engine {
public:
    explicit shared_engine(engine own) : own_(std::move(own)) {}
    shared_engine(const shared_engine& other) : own_(other.copy()) {}
    shared_engine& operator=(const shared_engine&) = delete;

    template <class Use>
    auto use(Use&& what) const {
        const std::lock_guard<std::mutex> lock(guard_);
        return what(own_);
    }
    [[nodiscard]] engine copy() const {
        return use([](const engine& e) { return e; });
    }

private:
    mutable engine own_;
    mutable std::mutex guard_;
};

py::list tie_list(const std::vector<std::pair<std::string, std::string>>& tie) {
    py::list columns;
    for (const auto& [table, column] : tie) columns.append(table + "." + column);
    return columns;
}

py::dict columns_dict(const std::vector<columns_read>& all) {
    py::dict d;
    for (const columns_read& t : all) d[py::str(t.table)] = t.columns;
    return d;
}

py::dict how_dict(const engine_how& how) {
    py::list indicators;
    for (const indicator_how& one : how.indicators) {
        py::list parts;
        for (const part_how& part : one.parts) {
            py::list ties;
            for (const auto& tie : part.partition_key) ties.append(tie_list(tie));
            py::dict p;
            p["part"] = part.part;
            p["of"] = part.of;
            p["kept"] = !part.why_kept.empty();
            p["why_kept"] = part.why_kept;
            p["partition_key"] = ties;
            parts.append(p);
        }
        py::dict d;
        d["indicator"] = one.indicator;
        d["path"] = one.path;
        d["why_reference"] = one.why_reference;
        d["parts"] = parts;
        d["reads"] = columns_dict(one.reads);
        d["work"] = one.work;
        indicators.append(d);
    }
    py::list work;
    for (const work_how& w : how.work) {
        py::dict d;
        d["kind"] = std::string(to_text(w.work.kind));
        d["what"] = w.work.what;
        d["indicators"] = w.indicators;
        work.append(d);
    }
    py::dict d;
    d["indicators"] = indicators;
    d["work"] = work;
    d["kept"] = columns_dict(how.kept);
    d["plan_hash"] = how.plan_hash;
    d["text"] = to_text(how);
    return d;
}

}  // namespace

void register_batches(py::module_& m) {
    py::class_<shared_engine> c(m, "RawEngine", "The engine: see goldenthread.Engine.");
    place_in_package(c);
    c.def(py::init([](const indicator_set& set, const std::vector<std::string>& ids, const py::object& periods,
                      const py::object& breakdowns, const py::object& parameters, const py::bytes& pseudonym_key,
                      bool force_reference) {
              evaluation_request request = request_from(periods, breakdowns, parameters);
              request.force_reference = force_reference;
              return std::make_unique<shared_engine>(engine(set, ids, request, {std::string(pseudonym_key)}));
          }),
          py::arg("indicators"), py::arg("ids"), py::kw_only(), py::arg("periods"), py::arg("breakdowns") = py::none(),
          py::arg("parameters") = py::none(), py::arg("pseudonym_key") = py::bytes(),
          py::arg("force_reference") = false)
        .def(
            "update",
            [](const shared_engine& self, const dataset& batch, std::size_t threads, std::size_t memory_limit) {
                run_interruptibly(options_of(threads, memory_limit), [&](const run_options& options) {
                    return self.use([&](engine& e) {
                        e.update(batch, options);
                        return true;
                    });
                });
            },
            py::arg("batch"), py::kw_only(), py::arg("threads") = 1, py::arg("memory_limit") = 0)
        .def(
            "finish",
            [](const shared_engine& self, std::size_t threads, std::size_t memory_limit) {
                return run_interruptibly(options_of(threads, memory_limit), [&](const run_options& options) {
                    return self.use([&](const engine& e) { return e.finish(options); });
                });
            },
            py::kw_only(), py::arg("threads") = 1, py::arg("memory_limit") = 0)
        .def(
            "join",
            [](const shared_engine& self, const shared_engine& other) {
                const engine theirs = other.copy();
                self.use([&](engine& e) {
                    e += theirs;
                    return true;
                });
            },
            py::arg("other"))
        .def(
            "take_away",
            [](const shared_engine& self, const shared_engine& other) {
                const engine theirs = other.copy();
                self.use([&](engine& e) {
                    e -= theirs;
                    return true;
                });
            },
            py::arg("other"))
        .def(
            "same_as",
            [](const shared_engine& self, const shared_engine& other) {
                const engine theirs = other.copy();
                return self.use([&](const engine& e) { return e == theirs; });
            },
            py::arg("other"))
        .def("copy", [](const shared_engine& self) { return std::make_unique<shared_engine>(self); })
        .def("save",
             [](const shared_engine& self) { return py::bytes(self.use([](const engine& e) { return e.save(); })); })
        .def(
            "load",
            [](const shared_engine& self, const py::bytes& saved) {
                const std::string bytes = saved;
                self.use([&](engine& e) {
                    e.load(bytes);
                    return true;
                });
            },
            py::arg("saved"))
        .def("explain_how", [](const shared_engine& self) {
            return how_dict(self.use([](const engine& e) { return e.explain_how(); }));
        });

    m.def(
        "indicators_of_plan",
        [](const plan& p, const indicator_set& indicators) {
            plan_package package;
            package.plan = p;
            package.indicators = indicators;
            return py::make_tuple(under_conventions(indicators, p.conventions), computable_ids(package));
        },
        py::arg("plan"), py::arg("indicators"),
        "The indicators under the plan's conventions, and the ids of those of the plan that have a definition.");
}

}  // namespace goldenthread::python
