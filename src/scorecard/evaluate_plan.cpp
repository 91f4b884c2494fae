#include <goldenthread/engine/evaluate.hpp>
#include <goldenthread/plan/plan_counts.hpp>
#include <goldenthread/plan/read_plan.hpp>
#include <goldenthread/scorecard/scorecard.hpp>
#include <goldenthread/scorecard/sense.hpp>
#include <goldenthread/scorecard/supplied_figures.hpp>

#include <algorithm>
#include <utility>

namespace goldenthread {

std::vector<std::string> computable_ids(const plan_package& package) {
    std::vector<std::string> wanted = indicator_ids(package.plan);
    for (const supporting_indicator& each : package.plan.supporting_indicators) {
        if (std::find(wanted.begin(), wanted.end(), each.id) == wanted.end()) wanted.push_back(each.id);
    }
    std::vector<std::string> ids;
    for (const std::string& id : wanted) {
        if (package.indicators.find(id) != nullptr) ids.push_back(id);
    }
    return ids;
}

plan_package shipped_plan_package(std::string_view id) {
    plan_package package;
    package.plan = shipped_plan(id);
    package.indicators = shipped_indicators();
    return package;
}

scorecard evaluate_plan(const plan_package& package, const dataset& data, const evaluation_request& request,
                        const run_options& options) {
    return evaluate_indicators(package, computable_ids(package), data, request, options);
}

scorecard evaluate_indicators(const plan_package& package, const std::vector<std::string>& ids, const dataset& data,
                              const evaluation_request& request, const run_options& options) {
    check_approvals(package.approvals, package.indicators.ids());
    check_targets(package.targets, package.indicators.ids());
    refuse_named_children(data);
    refuse_cases_from_data(package.indicators, data);
    evaluation_request full = request;
    full.parameters.insert(full.parameters.begin(), package.parameters.begin(), package.parameters.end());
    const indicator_set indicators = under_conventions(package.indicators, package.plan.conventions);
    results figures = evaluate(indicators, ids, data, full, options);
    const std::vector<finding> about_supplied = add_supplied_figures(figures, data, full.breakdowns);
    scorecard card = make_scorecard(package, std::move(figures), data);
    for (finding_count& count : count_by_rule(about_supplied)) card.findings.push_back(std::move(count));
    return card;
}

}  // namespace goldenthread
