// goldenthread: breakdowns that need a table which was not supplied.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/engine/resolve.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// The first table not supplied that this breakdown needs; empty = all are there.
[[nodiscard]] inline std::string lacking_table(const resolved_measure& m, const std::vector<std::size_t>& dimensions,
                                               const dataset& data) {
    std::string lacking;
    for (const std::size_t d : dimensions) {
        for (const std::string& table_name : m.dimensions[d].tables) {
            if (data.find(table_name) == nullptr)
                lacking = "no breakdown by " + m.dimensions[d].name + ": table " + table_name + " was not supplied";
        }
    }
    return lacking;
}

/// Breakdowns whose tables were not supplied are noted and left out, of all that is joined alike.
inline void drop_unsupplied_breakdowns(resolved_measure& m, const dataset& data) {
    const auto copy_of = [](const std::shared_ptr<const resolved_measure>& part) {
        return part ? std::make_shared<resolved_measure>(*part) : nullptr;
    };
    const std::shared_ptr<resolved_measure> lower = copy_of(m.lower), profile = copy_of(m.profile_measure);
    std::vector<std::vector<std::size_t>> kept, kept_lower, kept_profile;
    std::size_t of_profile = 0;
    for (std::size_t b = 0; b < m.breakdowns.size(); ++b) {
        const bool has_profile = profile && is_profile_breakdown(m, b);
        const std::vector<std::size_t>* shown = has_profile ? &profile->breakdowns[of_profile++] : nullptr;
        std::string lacking = lacking_table(m, m.breakdowns[b], data);
        if (lacking.empty() && lower) lacking = lacking_table(*lower, lower->breakdowns[b], data);
        if (lacking.empty() && shown != nullptr) lacking = lacking_table(*profile, *shown, data);
        if (lacking.empty()) {
            kept.push_back(m.breakdowns[b]);
            if (lower) kept_lower.push_back(lower->breakdowns[b]);
            if (shown != nullptr) kept_profile.push_back(*shown);
        } else if (std::find(m.notes.begin(), m.notes.end(), lacking) == m.notes.end()) {
            m.notes.push_back(lacking);
        }
    }
    m.breakdowns = std::move(kept);
    if (lower) lower->breakdowns = std::move(kept_lower);
    if (profile) profile->breakdowns = std::move(kept_profile);
    m.lower = lower;
    m.profile_measure = profile;
}

}  // namespace goldenthread::detail
