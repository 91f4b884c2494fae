// goldenthread: indicators in, cells out.
#pragma once

#include <goldenthread/engine/input_hash.hpp>
#include <goldenthread/engine/run_plan.hpp>

#include <memory>
#include <string>
#include <vector>

namespace goldenthread {

/// Computes indicators for every period and breakdown asked for; `options` say how, and change no figure.
/// The rows are used where they lie; an `engine` (engine.hpp) takes them in batches and keeps what it needs.
/// \throws definition_error for a wrong definition, parameter, id or period
/// \throws calculation_error when more memory is needed than `options` allow
/// \throws run_cancelled when the caller wished so; whatever the executor or a callback of `options` throws
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

/// The same on the canonical schema. Needs goldenthread::goldenthread.
[[nodiscard]] inline results evaluate(const indicator_set& set, const std::vector<std::string>& ids,
                                      const dataset& data, const evaluation_request& request,
                                      const run_options& options = {}) {
    return evaluate(canonical_schema(), set, ids, data, request, options);
}

}  // namespace goldenthread
