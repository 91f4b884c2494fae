// goldenthread: for which days the rows of a table may be trusted.
#pragma once

#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/prepared_dataset.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Covered runs of days of one table, by partner, team or area. No rows = complete for all time.
class table_coverage {
public:
    struct run {
        std::int64_t first, last;
    };

    void add(const std::string& part, std::int64_t first, std::int64_t last, bool complete) {
        parts_[part].push_back({first, last});
        complete_ = complete_ && complete;
    }
    /// Joins runs that touch; call once after the last add.
    void finish() {
        for (auto& [part, runs] : parts_) {
            std::sort(runs.begin(), runs.end(), [](const run& a, const run& b) { return a.first < b.first; });
            std::vector<run> united;
            for (const run& r : runs) {
                if (!united.empty() && r.first <= united.back().last + 1) {
                    united.back().last = std::max(united.back().last, r.last);
                } else {
                    united.push_back(r);
                }
            }
            runs = std::move(united);
        }
    }
    [[nodiscard]] bool is_unlimited() const noexcept { return parts_.empty(); }
    /// Every part is known to be complete (share 1).
    [[nodiscard]] bool is_complete() const noexcept { return complete_; }
    /// All days of the run are covered in every part.
    [[nodiscard]] bool covers(std::int64_t first, std::int64_t last) const {
        return std::all_of(parts_.begin(), parts_.end(), [&](const auto& entry) {
            return std::any_of(entry.second.begin(), entry.second.end(), [&](const run& r) { return r.first <= first && last <= r.last; });
        });
    }
    /// First day of any part, last day that every part reaches.
    [[nodiscard]] std::int64_t first_day() const { return extreme([](const auto& runs) { return runs.front().first; }, true); }
    [[nodiscard]] std::int64_t last_day() const { return extreme([](const auto& runs) { return runs.back().last; }, true); }
    /// Last day that any part reaches.
    [[nodiscard]] std::int64_t furthest_day() const { return extreme([](const auto& runs) { return runs.back().last; }, false); }

private:
    template <class Day>
    [[nodiscard]] std::int64_t extreme(Day&& day_of, bool least_one) const {
        std::optional<std::int64_t> result;
        for (const auto& [part, runs] : parts_) {
            const std::int64_t d = day_of(runs);
            result = !result ? d : least_one ? std::min(*result, d) : std::max(*result, d);
        }
        return result.value_or(0);
    }
    std::map<std::string, std::vector<run>> parts_;
    bool complete_ = true;
};

/// Coverage of all tables of a dataset, from its table `coverage`.
class dataset_coverage {
public:
    explicit dataset_coverage(prepared_dataset& data) {
        const table* t = data.data().find("coverage");
        if (t == nullptr) return;
        const auto read = [&](const char* name) { return &data.bind(t, name, ""); };
        const bound_column *name = read("table_name"), *part = read("part"), *first = read("first_day"), *last = read("last_day");
        const column* share = t->find("share");
        for (std::size_t row = 0; row < t->row_count(); ++row) {
            const auto r = static_cast<std::int64_t>(row);
            if (name->at(r).is_null() || first->at(r).is_null()) continue;
            const std::string part_name = part->at(r).is_null() ? std::string() : data.texts().text(part->at(r).low);
            tables_[data.texts().text(name->at(r).low)].add(part_name, first->at(r).low, last->at(r).is_null() ? latest_day : last->at(r).low, is_whole(share, row));
        }
        for (auto& [table_name, coverage] : tables_) coverage.finish();
    }
    [[nodiscard]] const table_coverage& of(const std::string& table_name) const {
        static const table_coverage unlimited;
        const auto found = tables_.find(table_name);
        return found == tables_.end() ? unlimited : found->second;
    }

private:
    static bool is_whole(const column* share, std::size_t row) {
        if (share == nullptr || share->is_null(row)) return true;
        std::int64_t one = 1;
        for (int i = 0; i < share->scale(); ++i) one *= 10;
        return share->int64_at(row) >= one;
    }
    std::map<std::string, table_coverage> tables_;
};

/// What coverage does to a cell of one period, and why.
struct coverage_verdict {
    cell_state state = cell_state::value;  ///< value, partial, missing or not_due
    std::string reason;
};

/// A stock before the first day is computed and partial; a flow wholly before is missing; a period cut by either
/// end is partial; a period after the last day is not due. Look-backs are checked where they are declared.
[[nodiscard]] inline coverage_verdict judge_coverage(const resolved_measure& m, const dataset_coverage& all, const period& p) {
    const std::string& root = m.root.table;
    const table_coverage& c = all.of(root);
    const auto days = [](std::int64_t first, std::int64_t last) { return to_iso(static_cast<day>(first)) + " to " + to_iso(static_cast<day>(last)); };
    coverage_verdict verdict;
    if (!c.is_unlimited()) {
        const std::string covered = root + " covers " + days(c.first_day(), c.furthest_day());
        const bool is_stock = m.timing == measure_timing::at;
        if ((is_stock ? p.last : p.first) > c.furthest_day()) return {cell_state::not_due, covered};
        if (is_stock) {
            if (!c.covers(p.last, p.last)) verdict = {cell_state::partial, covered};
        } else if (p.last < c.first_day()) {
            return {cell_state::missing, covered};
        } else if (!c.covers(p.first, p.last)) {
            verdict = {cell_state::partial, covered};
        }
        if (!c.is_complete()) verdict = {cell_state::partial, root + " is known to be incomplete"};
    }
    for (const resolved_measure::window& w : m.look_back) {
        const table_coverage& back = all.of(w.table);
        if (back.is_unlimited()) continue;
        const std::int64_t from = moved(static_cast<std::int64_t>(p.first), -w.amount, w.unit, m.conventions);
        if (!back.covers(from, p.last)) {
            verdict = {cell_state::partial, w.table + " does not reach back to " + to_iso(static_cast<day>(from))};
        }
    }
    return verdict;
}

}  // namespace goldenthread::detail
