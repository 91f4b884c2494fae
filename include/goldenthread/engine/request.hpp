// goldenthread: what is asked of the engine.
#pragma once

#include <goldenthread/core/period.hpp>

#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

/// Value of a parameter as a caller gives it: literal text by the rules of a parameter's JSON,
/// e.g. {"months", "24"}, {"unit", "child"}, {"good", "[\"GOOD\"]"}.
using parameter_value = std::pair<std::string, std::string>;

/// One breakdown: one dimension for a margin, several for a cross-tabulation. The total is always given.
using breakdown = std::vector<std::string>;

/// What to compute.
struct evaluation_request {
    std::vector<period> periods;        ///< any order; runs that never go back become one axis
    std::vector<breakdown> breakdowns;  ///< none = totals only; `{"default"}` = each definition's own
    /// Parameters for every definition that declares them; a name with "indicator.id:name" goes to that one.
    std::vector<parameter_value> parameters;
    bool force_reference = false;  ///< compute everything on the reference engine
};

}  // namespace goldenthread
