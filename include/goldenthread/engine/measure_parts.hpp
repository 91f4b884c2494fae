// goldenthread: a measure with all that is joined to it: who still waits, what it is divided by, what a profile shows.
#pragma once

#include <goldenthread/engine/coverage.hpp>
#include <goldenthread/engine/interval.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// A follow-up that the data do not reach yet makes a row immature: `event + window > last day`.
[[nodiscard]] inline resolved_measure with_follow_up(resolved_measure m, const dataset_coverage& coverage) {
    for (const resolved_measure::window& w : m.follow_up) {
        const table_coverage& c = coverage.of(w.table);
        if (c.is_unlimited()) continue;
        const auto sealed = [](operation op, static_type type, std::vector<resolved> children) {
            resolved_node n;
            n.op = op;
            n.type = type;
            n.children = std::move(children);
            for (const resolved& child : n.children) {
                n.uses_time = n.uses_time || child->uses_time;
                n.uses_rows = n.uses_rows || child->uses_rows;
            }
            return n;
        };
        const auto constant = [](scalar value, static_type type) {
            resolved_node n;
            n.constant = value;
            n.type = type;
            return std::make_shared<const resolved_node>(std::move(n));
        };
        const auto shared = [](resolved_node n) { return std::make_shared<const resolved_node>(std::move(n)); };
        const resolved length = constant({scalar::kind_type::duration, w.unit, w.amount, w.amount}, static_type::duration);
        const resolved due = shared(sealed(operation::move_forward, static_type::date, {m.event, length}));
        resolved_node late = sealed(operation::compare, static_type::truth, {due, constant(date_scalar(c.last_day()), static_type::date)});
        late.comparison = expression_kind::greater;
        resolved result = shared(std::move(late));
        if (m.immature) result = shared(sealed(operation::logical_or, static_type::truth, {m.immature, result}));
        m.immature = result;
    }
    return m;
}

/// The same rows, counted when they still wait.
[[nodiscard]] inline resolved_measure waiting_rows(resolved_measure m) {
    m.kind = measure_kind::count;
    m.where = m.censored;
    m.exclude = m.immature = m.numerator = m.value = m.censored = nullptr;
    return m;
}

/// A measure itself, its rows still waiting, what it is divided by, what its profile shows: in this order everywhere.
inline constexpr std::size_t part_count = 4;

/// The breakdowns by which a part is counted.
[[nodiscard]] inline const std::vector<std::vector<std::size_t>>& breakdowns_of_part(const resolved_measure& m, std::size_t part) {
    return part == 2 ? m.lower->breakdowns : part == 3 ? m.profile_measure->breakdowns : m.breakdowns;
}

/// A measure bound to data with all that is joined to it, each counted by itself.
class measure_parts {
public:
    measure_parts(const resolved_measure& m, prepared_dataset& data) : own_(m, data) {
        if (m.censored) {
            waiting_measure_ = std::make_unique<resolved_measure>(waiting_rows(m));
            waiting_ = std::make_unique<bound_measure>(*waiting_measure_, data);
        }
        if (m.lower) lower_ = std::make_unique<bound_measure>(*m.lower, data);
        if (m.profile_measure) profile_ = std::make_unique<bound_measure>(*m.profile_measure, data);
    }

    [[nodiscard]] const bound_measure& own() const noexcept { return own_; }
    /// The measure that the cells of a profile show.
    [[nodiscard]] const bound_measure& profile() const noexcept { return profile_ ? *profile_ : own_; }
    /// Own, waiting, lower and profile, in this order; null where there is none.
    [[nodiscard]] std::array<const bound_measure*, part_count> all() const noexcept { return {&own_, waiting_.get(), lower_.get(), profile_.get()}; }

private:
    bound_measure own_;
    std::unique_ptr<resolved_measure> waiting_measure_;
    std::unique_ptr<bound_measure> waiting_, lower_, profile_;
};

}  // namespace goldenthread::detail
