// goldenthread: definitions, breakdowns and periods resolved once, before any row is seen.
#pragma once

#include <goldenthread/engine/describe_result.hpp>
#include <goldenthread/engine/measure_parts.hpp>
#include <goldenthread/engine/period_axes.hpp>
#include <goldenthread/engine/reference_reason.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/engine/unused_names.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// One indicator, free of data.
struct compiled_indicator {
    resolved_measure measure;
    indicator_result described;  ///< all of the result that no row decides
    std::string why_reference;   ///< why it is counted period by period; empty = by intervals

    [[nodiscard]] bool by_intervals() const noexcept { return why_reference.empty(); }
    [[nodiscard]] const char* path() const noexcept { return by_intervals() ? "interval" : "reference"; }
};

/// What one run computes. Never changed once it is made.
struct compiled_plan {
    std::shared_ptr<const schema> tables;
    std::vector<period> periods;
    std::vector<compiled_indicator> indicators;
    std::vector<std::vector<std::size_t>> axes;   ///< of each axis its periods
    std::vector<std::vector<time_point>> points;  ///< the same as days
};

/// Why something that is counted for a measure, itself or joined to it, cannot be counted as steps over the periods.
[[nodiscard]] inline std::string why_reference(const resolved_measure& m) {
    std::string why = why_measure_has_no_steps(m);
    if (why.empty() && m.censored) why = why_measure_has_no_steps(waiting_rows(m));
    if (why.empty() && m.lower) why = why_measure_has_no_steps(*m.lower);
    if (why.empty() && m.profile_measure) why = why_measure_has_no_steps(*m.profile_measure);
    return why;
}

/// \throws definition_error for a wrong definition, parameter, id or period
[[nodiscard]] inline compiled_plan compile(std::shared_ptr<const schema> tables, const indicator_set& set,
                                           const std::vector<std::string>& ids, const evaluation_request& request) {
    if (request.periods.empty()) throw definition_error("no period was asked for");
    compiled_plan plan;
    plan.tables = std::move(tables);
    plan.periods = request.periods;
    plan.axes = axes_of(request.periods);
    for (const std::vector<std::size_t>& indices : plan.axes) {
        std::vector<time_point>& points = plan.points.emplace_back();
        for (const std::size_t i : indices) points.push_back(point_of(request.periods[i]));
    }
    results described;
    for (const std::string& id : ids) {
        const indicator& definition = set[id];
        compiled_indicator& one = plan.indicators.emplace_back();
        one.measure = resolve_measure(*plan.tables, set, definition, request.breakdowns, request.parameters);
        one.why_reference = why_reference(one.measure);
        if (request.force_reference && one.by_intervals()) one.why_reference = "it was asked for";
        one.described = describe_result(*plan.tables, definition, one.measure);
        described.indicators.push_back(one.described);
    }
    refuse_unused_names(described, request);
    return plan;
}

}  // namespace goldenthread::detail
