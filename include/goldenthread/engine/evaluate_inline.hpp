// goldenthread: `evaluate`, compiled where it is included.
#pragma once

#include <goldenthread/engine/evaluate.hpp>
#include <goldenthread/engine/input_hash.hpp>
#include <goldenthread/engine/run_plan.hpp>

#include <memory>
#include <string>
#include <vector>

/// The functions of the same names, compiled where they are used (some 20 seconds each).
namespace goldenthread::inlined {

/// \copydoc goldenthread::evaluate
[[nodiscard]] inline results evaluate(const schema& tables, const indicator_set& set,
                                      const std::vector<std::string>& ids, const dataset& data,
                                      const evaluation_request& request, const run_options& options = {}) {
    // The schema is only looked at: it outlives the call.
    const detail::compiled_plan plan =
        detail::compile(std::shared_ptr<const schema>(std::shared_ptr<const void>(), &tables), set, ids, request);
    results all = detail::run_plan(plan, data, {}, options);
    all.input_hash = hash_of_rows(data).text();
    return all;
}

/// \copydoc goldenthread::evaluate
[[nodiscard]] inline results evaluate(const schema& tables, const indicator& own, const dataset& data,
                                      const evaluation_request& request, const indicator_set& shared = {}) {
    if (shared.find(own.id) != nullptr) {
        error_context context;
        context.indicator = own.id;
        context.remedy = "give your own another id: .named(\"own.something\", …)";
        throw definition_error("there is an indicator of this id already", std::move(context));
    }
    indicator_set set;
    set.filters = shared.filters;
    set.indicators.push_back(own);
    return inlined::evaluate(tables, set, std::vector<std::string>{own.id}, data, request);
}

}  // namespace goldenthread::inlined
