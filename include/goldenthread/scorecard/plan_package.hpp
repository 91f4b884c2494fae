// goldenthread: a plan with everything needed to compute it.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/definitions/approval.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/plan/plan.hpp>
#include <goldenthread/scorecard/target.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace goldenthread {

/// A plan, the definitions its evidence lines name, and the board's choices of parameters.
struct plan_package {
    goldenthread::plan plan;
    indicator_set indicators;
    std::vector<parameter_value> parameters;  ///< as in evaluation_request; a request's own come after and win
    std::vector<approval> approvals;          ///< of its definitions; a definition without one is not approved
    std::vector<target> targets;              ///< that the board judges its figures by; without one there is no colour
    std::optional<day> approvals_judged_on;   ///< reviews before it are due; nothing = the last day of the last period
};

/// A shipped plan with the shipped definitions and their own defaults. Needs goldenthread::goldenthread.
/// \throws definition_error with the known ids
[[nodiscard]] plan_package shipped_plan_package(std::string_view id);

}  // namespace goldenthread
