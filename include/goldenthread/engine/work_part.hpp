// goldenthread: the part of a measure's rows that one worker counts. Tallies of all parts add up to those of the whole.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/engine/run_control.hpp>
#include <goldenthread/engine/tally.hpp>

#include <cstddef>
#include <cstdint>

namespace goldenthread::detail {

/// Rows by entity, where a measure counts entities, else by their place in the table.
class work_part {
public:
    work_part() = default;
    /// Part `index` of `count`; `control` (may be null) is asked every few rows whether to go on.
    work_part(std::size_t index, std::size_t count, const run_control* control)
        : index_(index), count_(count), control_(control) {}

    /// Whether the row that slot 0 stands on is counted here.
    [[nodiscard]] bool takes(const bound_measure& m, const frames& f) const {
        constexpr std::size_t rows_between_checks = 64;
        if (control_ != nullptr && ++asked_ % rows_between_checks == 0) control_->check();
        if (count_ == 1) return true;
        const auto row = static_cast<std::uint64_t>(f[0].row);
        key_index::key entity;
        if (m.measure().distinct.empty() || !entity_of(m, f, entity))
            return row * count_ / m.root()->row_count() == index_;
        std::uint64_t h = 0;
        for (const std::int64_t part : entity) h = mixed(h ^ static_cast<std::uint64_t>(part));
        return h % count_ == index_;
    }

private:
    std::size_t index_ = 0;
    std::size_t count_ = 1;
    const run_control* control_ = nullptr;
    mutable std::size_t asked_ = 0;
};

}  // namespace goldenthread::detail
