// goldenthread: how an engine goes about its work, told before it sees a row.
#pragma once

#include <goldenthread/engine/engine_plan.hpp>
#include <goldenthread/engine/shared_work.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

[[nodiscard]] inline std::vector<columns_read> listed(const needed_columns& all) {
    std::vector<columns_read> result;
    for (const auto& [table, names] : all) result.push_back({table, {names.begin(), names.end()}});
    return result;
}

[[nodiscard]] inline engine_how describe_plan(const engine_plan& plan) {
    engine_how how;
    how.plan_hash = plan.hash;
    how.kept = listed(plan.kept);
    std::map<shared_work, std::vector<std::size_t>> users;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const compiled_indicator& compiled = plan.compiled.indicators[i];
        indicator_how& one = how.indicators.emplace_back();
        one.indicator = compiled.described.indicator;
        one.path = compiled.path();
        one.why_reference = compiled.why_reference;
        needed_columns reads;
        std::set<shared_work> work;
        for (std::size_t p = 0; p < part_count; ++p) {
            if (!plan.parts[i][p]) continue;
            const planned_part& part = *plan.parts[i][p];
            one.parts.push_back({std::string(part_names[p]), part.measure->root.table, part.why_kept, part.key});
            for (const auto& [table, names] : part.columns) reads[table].insert(names.begin(), names.end());
            const work_collector collector(*part.measure, *plan.compiled.tables);
            work.insert(collector.found().begin(), collector.found().end());
        }
        one.reads = listed(reads);
        for (const shared_work& w : work) users[w].push_back(i);
    }
    for (const auto& [work, indicators] : users) {
        work_how& shared = how.work.emplace_back();
        shared.work = work;
        for (const std::size_t i : indicators) {
            shared.indicators.push_back(how.indicators[i].indicator);
            how.indicators[i].work.push_back(how.work.size() - 1);
        }
    }
    return how;
}

}  // namespace goldenthread::detail
