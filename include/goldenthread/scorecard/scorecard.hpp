// goldenthread: a plan joined to its figures. Holds true numbers: what goes out is a release.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/data/finding.hpp>
#include <goldenthread/disclosure/published_comparison.hpp>
#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/engine/run_options.hpp>
#include <goldenthread/scorecard/assurance.hpp>
#include <goldenthread/scorecard/plan_package.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// Everything one evaluation of a plan gives, before disclosure control.
struct scorecard {
    plan_package package;
    results figures;
    assurance_results assurance;          ///< what the board's own rows show
    std::vector<finding_count> findings;  ///< without personal data
    std::vector<source_file> files;
    std::vector<std::string> notes;
    std::optional<published_comparisons> published;  ///< by others, to stand beside the figures
};

/// Joins results that are there already to the plan.
[[nodiscard]] scorecard make_scorecard(plan_package package, results figures, const dataset& data);

/// Computes every indicator of the plan that has a definition and joins the results to the plan. Lines without
/// definition, table or record stay in the scorecard, each with its reason.
/// \throws definition_error for a request that has no meaning
/// \throws data_error for a text of the board's rows that names a child, or a case that holds rows of the data
/// \throws run_cancelled when the caller of `options` wished so
[[nodiscard]] scorecard evaluate_plan(const plan_package& package, const dataset& data,
                                      const evaluation_request& request, const run_options& options = {});

/// Indicators of the plan, and those shown beside it, that have a definition: what `evaluate_plan` computes.
[[nodiscard]] std::vector<std::string> computable_ids(const plan_package& package);

/// As above for indicators chosen by id, in that order; the plan's other lines are left without figures.
[[nodiscard]] scorecard evaluate_indicators(const plan_package& package, const std::vector<std::string>& ids,
                                            const dataset& data, const evaluation_request& request,
                                            const run_options& options = {});

}  // namespace goldenthread
