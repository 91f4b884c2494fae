// goldenthread: indicators in, cells out.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/engine/run_options.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// Computes indicators for every period and breakdown asked for; `options` say how, and change no figure.
/// The rows are used where they lie; an `engine` (engine.hpp) takes them in batches and keeps what it needs.
/// Needs goldenthread::goldenthread; inlined::evaluate (run.hpp) is compiled where it is used.
/// \throws definition_error for a wrong definition, parameter, id or period
/// \throws calculation_error when more memory is needed than `options` allow
/// \throws run_cancelled when the caller wished so; whatever the executor or a callback of `options` throws
[[nodiscard]] results evaluate(const schema& tables, const indicator_set& set, const std::vector<std::string>& ids,
                               const dataset& data, const evaluation_request& request, const run_options& options = {});

/// The same on the canonical schema.
[[nodiscard]] results evaluate(const indicator_set& set, const std::vector<std::string>& ids, const dataset& data,
                               const evaluation_request& request, const run_options& options = {});

/// Computes an indicator built in the program. Its expressions may use the filters of `shared`.
/// \throws definition_error for a wrong definition, parameter or period, or an id that `shared` has too
[[nodiscard]] results evaluate(const schema& tables, const indicator& own, const dataset& data,
                               const evaluation_request& request, const indicator_set& shared = {});

}  // namespace goldenthread
