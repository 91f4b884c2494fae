#include "register.hpp"

#include <goldenthread/version.hpp>

#include <string>

PYBIND11_MODULE(_core, m) {
    using namespace goldenthread::python;
    m.doc() = "The C++ library goldenthread, as Python objects. Import `goldenthread` instead.";
    m.attr("__version__") = std::string(goldenthread::version_text);

    register_errors(m);
    register_data(m);
    register_readers(m);
    register_plan(m);
    register_definitions(m);
    register_approvals(m);
    register_engine(m);
    register_batches(m);
    register_movement(m);
    register_mutation(m);
    register_published(m);
    register_targets(m);
    register_scorecard(m);
    register_statistics(m);
    register_charts(m);
    register_synthetic(m);
}
