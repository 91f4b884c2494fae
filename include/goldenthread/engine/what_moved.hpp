// goldenthread: what moved a figure: from one to another in exact parts. From the rows, so on the machine that holds
// them; what it gives is counts, unless the units themselves are asked for.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/movement.hpp>
#include <goldenthread/engine/request.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// What a figure is the answer to. Holds references: set and data must outlive it.
struct figure_question {
    const indicator_set* definitions = nullptr;
    std::string indicator;
    const dataset* data = nullptr;
    period when;
    std::vector<breakdown_value> key;  ///< empty = the total
    std::vector<parameter_value> parameters;
};

/// The parts that a figure's change from `before` to `after` is made of. The two may differ in period or cell, in
/// rows, and in definition or parameters, all at once: other rows come first, then the definition, then the period,
/// so what is late data is told of the earlier figure's period. `with_units` lists what moved: personal data.
/// Needs goldenthread::goldenthread; inlined::what_moved (run.hpp) is compiled where it is used.
/// \throws definition_error for an unknown indicator, parameter, dimension or category
[[nodiscard]] movement what_moved(const schema& tables, const figure_question& before, const figure_question& after,
                                  bool with_units = false);

}  // namespace goldenthread
