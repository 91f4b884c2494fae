// goldenthread: an indicator that no file holds, evaluated beside the shared filters.
#pragma once

#include <goldenthread/engine/evaluate.hpp>

#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

/// Computes an indicator built in the program. Its expressions may use the filters of `shared`.
/// \throws definition_error for a wrong definition, parameter or period, or an id that `shared` has too
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
    return evaluate(tables, set, std::vector<std::string>{own.id}, data, request);
}

}  // namespace goldenthread
