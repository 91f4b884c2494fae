// goldenthread: counting one measure as pieces of work that may be done in any order and on any threads.
#pragma once

#include <goldenthread/engine/interval.hpp>
#include <goldenthread/engine/reference.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// A part of the rows of one measure on one axis.
struct counting_job {
    const bound_measure* measure = nullptr;
    const std::vector<time_point>* axis = nullptr;
    bool by_intervals = true;
    std::size_t part = 0;
    std::size_t parts = 1;
    tallies* total = nullptr;  ///< where the answers of all parts are added up
    tallies counts = {};       ///< the answer

    void run(const run_control& control) {
        const work_part own(part, parts, &control);
        counts = by_intervals ? count_by_intervals(*measure, *axis, own) : count_by_reference(*measure, *axis, own);
    }
};

inline void add_tallies(tallies& total, tallies&& part) {
    if (total.empty()) {
        total = std::move(part);
        return;
    }
    for (std::size_t b = 0; b < total.size(); ++b) {
        for (auto& [key, counts] : part[b]) {
            const auto [at, added_now] = total[b].try_emplace(key);
            if (added_now) {
                at->second = std::move(counts);
                continue;
            }
            for (std::size_t p = 0; p < counts.size(); ++p) at->second[p] += counts[p];
        }
    }
}

/// Cuts the counting of a measure into jobs; one where nothing can be done side by side.
inline void add_jobs(std::vector<counting_job>& jobs, const bound_measure& measure, const std::vector<time_point>& axis,
                     bool by_intervals, tallies& total, bool side_by_side) {
    constexpr std::size_t rows_worth_a_part = 20'000, most_parts = 16;
    const std::size_t rows = measure.root() == nullptr ? 0 : measure.root()->row_count();
    const std::size_t parts = side_by_side ? std::min(most_parts, rows / rows_worth_a_part + 1) : 1;
    for (std::size_t part = 0; part < parts; ++part)
        jobs.push_back({&measure, &axis, by_intervals, part, parts, &total});
}

/// Does all jobs and adds up their answers.
inline void run_jobs(std::vector<counting_job>& jobs, run_control& control, std::string_view words) {
    control.run(jobs.size(), words, [&](std::size_t i) { jobs[i].run(control); });
    for (counting_job& job : jobs) add_tallies(*job.total, std::move(job.counts));
}

}  // namespace goldenthread::detail
