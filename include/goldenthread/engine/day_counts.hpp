// goldenthread: stretches of days, counted into periods. A stretch costs a few steps, however many days and periods it
// covers: periods that lie wholly inside it are a difference array, those cut by an end are counted one by one.
#pragma once

#include <goldenthread/engine/tally.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace goldenthread::detail {

/// Every day from the first of a period axis to the last.
[[nodiscard]] inline std::vector<time_point> days_of(const std::vector<time_point>& axis) {
    std::vector<time_point> days;
    day last = axis.front().last;
    for (const time_point& p : axis) last = std::max(last, p.last);
    for (day d = axis.front().first; d <= last; ++d) days.push_back({d, d, d});
    return days;
}

/// Days of one cell, by period.
class day_counts {
public:
    explicit day_counts(std::size_t periods) : whole_(periods + 1), cut_(periods) {}

    /// What is added next belongs to another entity.
    void begin_entity() noexcept { counted_until_ = 0; }

    /// Adds the days from `first` to `last`, both included, of one entity. Its stretches come in order.
    void add(const std::vector<time_point>& axis, day first, day last, std::uint8_t classes) {
        const auto index = [&](auto&& is_before) {
            return static_cast<std::size_t>(std::partition_point(axis.begin(), axis.end(), is_before) - axis.begin());
        };
        const std::size_t from = index([&](const time_point& p) { return p.last < first; });
        const std::size_t to = index([&](const time_point& p) { return p.first <= last; });
        const std::size_t whole_from = index([&](const time_point& p) { return p.first < first; });
        const std::size_t whole_to = index([&](const time_point& p) { return p.last <= last; });
        if (whole_from < whole_to) {
            whole_[whole_from].add(classes, 1);
            whole_[whole_to].add(classes, -1);
        }
        for (std::size_t p = from; p < to; ++p) {
            if (p >= whole_from && p < whole_to) {
                p = whole_to - 1;
                continue;
            }
            cut_[p].add(classes, std::min(last, axis[p].last) - std::max(first, axis[p].first) + 1);
        }
        if ((classes & in_denominator) != 0) add_person(from, to);
    }

    [[nodiscard]] std::vector<tally> in_periods(const std::vector<time_point>& axis) const {
        std::vector<tally> result = cut_;
        tally running;
        for (std::size_t p = 0; p < axis.size(); ++p) {
            running += whole_[p];
            result[p] += running.on_days(static_cast<std::int64_t>(axis[p].last) - axis[p].first + 1);
        }
        return result;
    }

private:
    /// An entity counts once in a period, however many stretches it has there.
    void add_person(std::size_t from, std::size_t to) {
        from = std::max(from, counted_until_);
        if (from >= to) return;
        whole_[from].people += 1;
        whole_[to].people -= 1;
        counted_until_ = to;
    }

    std::vector<tally> whole_;  ///< differences: periods all of whose days a stretch covers
    std::vector<tally> cut_;    ///< periods of which a stretch covers a part
    std::size_t counted_until_ = 0;
};

}  // namespace goldenthread::detail
