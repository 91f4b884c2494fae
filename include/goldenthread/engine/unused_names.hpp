// goldenthread: names of a request that nothing in it knows.
#pragma once

#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/engine/resolve.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// A parameter that no indicator uses, or a breakdown that none knows, is a slip: the figures would be those of the
/// defaults. A breakdown stops at the first dimension a measure does not know, so one noted before counts too.
inline void refuse_unused_names(const results& all, const evaluation_request& request) {
    if (all.indicators.empty()) return;
    const auto refuse = [](std::string message, const std::string& name, const std::vector<std::string>& known) {
        error_context context;
        context.remedy = name_remedy(name, known);
        throw definition_error(std::move(message), std::move(context));
    };
    std::vector<std::string> ids, names;
    for (const indicator_result& r : all.indicators) {
        ids.push_back(r.indicator);
        for (const auto& [name, value] : r.parameters) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    for (const auto& [name, value] : request.parameters) {
        const std::size_t colon = name.find(':');
        const std::string owner = name.substr(0, colon == std::string::npos ? 0 : colon);
        if (colon != std::string::npos && all.find(owner) == nullptr) {
            refuse("parameters are given for '" + owner + "', which is not computed here", owner, ids);
        }
        if (colon == std::string::npos && std::find(names.begin(), names.end(), name) == names.end()) {
            refuse("no indicator computed here uses a parameter '" + name + "'", name, names);
        }
    }
    const auto stops_at = [](const indicator_result& r, const breakdown& b, std::size_t last) {
        for (std::size_t i = 0; i <= last; ++i) {
            if (std::find(r.notes.begin(), r.notes.end(), unknown_breakdown_note(b[i])) != r.notes.end()) return true;
        }
        return false;
    };
    for (const breakdown& b : request.breakdowns) {
        for (std::size_t i = 0; i < b.size() && b != breakdown{"default"}; ++i) {
            const bool known = std::any_of(all.indicators.begin(), all.indicators.end(),
                                           [&](const indicator_result& r) { return !stops_at(r, b, i); });
            if (!known)
                refuse("no indicator computed here can be broken down by '" + b[i] + "'", b[i],
                       {"age_band", "disabled", "ethnicity", "ethnicity_group", "sex"});
        }
    }
}

}  // namespace goldenthread::detail
