// goldenthread: what was compiled, run over one dataset: counted piece by piece, then written as cells.
#pragma once

#include <goldenthread/engine/compile.hpp>
#include <goldenthread/engine/count_measure.hpp>
#include <goldenthread/engine/exact_counts.hpp>
#include <goldenthread/engine/memory_need.hpp>
#include <goldenthread/engine/supplied_breakdowns.hpp>
#include <goldenthread/engine/write_cells.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

inline void add_missing_cells(indicator_result& r, const std::vector<period>& periods) {
    for (std::size_t p = 0; p < periods.size(); ++p) {
        cell c;
        c.period_index = p;
        c.reason = "not supplied: " + joined(r.tables_missing, ", ");
        r.cells.push_back(std::move(c));
    }
}

/// One indicator of a run: tied to the data, then counted piece by piece, then written as cells. Tying and writing are
/// for one thread at a time, as all indicators share the dataset's indexes; counting only reads them.
class indicator_run {
public:
    /// `before` (may be null) are counts of rows that are no longer there; it must outlive the run.
    indicator_run(const compiled_indicator& compiled, const compiled_plan& plan, run_context& run,
                  const counted_parts* before)
        : compiled_(compiled),
          plan_(plan),
          run_(run),
          before_(before),
          measure_(compiled.measure),
          result_(compiled.described) {
        const dataset& data = run.data.data();
        drop_unsupplied_breakdowns(measure_, data);
        result_.notes = measure_.notes;
        for (const std::string& name : result_.tables) {
            if (data.find(name) != nullptr) continue;
            result_.tables_missing.push_back(name);
            computable_ = computable_ && name == "population";
        }
        if (!computable_) return;
        measure_ = with_follow_up(std::move(measure_), run.coverage);
        parts_ = std::make_unique<measure_parts>(measure_, run.data);
        result_.path = compiled.path();
        counts_.resize(plan.axes.size());
        if (before_ == nullptr) return;
        for (std::size_t part = 0; part < part_count; ++part) {
            if (is_counted(part)) take_counts(part);
        }
    }
    indicator_run(const indicator_run&) = delete;
    indicator_run& operator=(const indicator_run&) = delete;

    void add_jobs(std::vector<counting_job>& jobs, bool side_by_side) {
        for (std::size_t axis = 0; axis < counts_.size(); ++axis) {
            for (std::size_t i = 0; i < part_count; ++i) {
                const bound_measure* part = parts_->all()[i];
                if (part == nullptr || is_counted(i)) continue;
                detail::add_jobs(jobs, *part, plan_.points[axis], compiled_.by_intervals(), counts_[axis][i],
                                 side_by_side);
            }
        }
    }
    /// Once all jobs are done.
    [[nodiscard]] indicator_result finish() {
        if (!computable_) add_missing_cells(result_, plan_.periods);
        for (std::size_t axis = 0; axis < counts_.size(); ++axis) write_cells(axis);
        return std::move(result_);
    }

private:
    [[nodiscard]] bool is_counted(std::size_t part) const { return before_ != nullptr && !(*before_)[part].empty(); }
    void take_counts(std::size_t part) {
        const bound_measure& bound = *parts_->all()[part];
        for (std::size_t axis = 0; axis < counts_.size(); ++axis) {
            counts_[axis][part] = (*before_)[part][axis].as_tallies(breakdowns_of_part(compiled_.measure, part),
                                                                    bound.measure().breakdowns, run_.data.texts(),
                                                                    plan_.axes[axis].size());
        }
    }
    void write_cells(std::size_t axis) {
        const std::vector<std::size_t>& indices = plan_.axes[axis];
        const auto counts = [&](std::size_t part) {
            return parts_->all()[part] == nullptr ? nullptr : &counts_[axis][part];
        };
        const tallies* profile = counts(3);
        cell_writer(parts_->own(), run_, plan_.periods, indices)
            .write({counts(0), counts(1), counts(2), profile}, result_.cells);
        if (profile == nullptr) return;
        const cell_writer writer(parts_->profile(), run_, plan_.periods, indices);
        for (std::size_t b = 1; b < profile->size(); ++b) {
            writer.write_breakdown(b, 0, {profile, nullptr, nullptr, nullptr}, result_.cells);
        }
    }

    const compiled_indicator& compiled_;
    const compiled_plan& plan_;
    run_context& run_;
    const counted_parts* before_;
    resolved_measure measure_;
    indicator_result result_;
    bool computable_ = true;
    std::unique_ptr<measure_parts> parts_;
    std::deque<std::array<tallies, part_count>> counts_;  ///< by axis; a deque: jobs look at these
};

/// Computes all indicators from these rows and, where `before` is not empty, the counts of rows that are gone.
[[nodiscard]] inline results run_plan(const compiled_plan& plan, const dataset& data,
                                      const std::vector<counted_parts>& before, const run_options& options) {
    run_control control(options);
    control.check();
    require_memory(plan, data, options);
    results all;
    all.periods = plan.periods;
    all.area = data.area();
    all.synthetic = data.synthetic();
    run_context run(data, *plan.tables);
    std::deque<indicator_run> runs;
    for (std::size_t i = 0; i < plan.indicators.size(); ++i) {
        control.check();
        runs.emplace_back(plan.indicators[i], plan, run, before.empty() ? nullptr : &before[i]);
    }
    std::vector<counting_job> jobs;
    for (indicator_run& one : runs) one.add_jobs(jobs, control.has_executor());
    run_jobs(jobs, control, "counting");
    for (indicator_run& one : runs) all.indicators.push_back(one.finish());
    return all;
}

}  // namespace goldenthread::detail
