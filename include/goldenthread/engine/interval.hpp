// goldenthread: the interval engine. Every question about time is a half-line: for one row a comparison with the
// day asked about changes once. So a row is evaluated once for all periods, as a few steps over the period axis,
// and adds to a difference array where a step begins and takes away where it ends: rows + periods, not rows × periods.
#pragma once

#include <goldenthread/engine/day_counts.hpp>
#include <goldenthread/engine/reference_reason.hpp>
#include <goldenthread/engine/resolve.hpp>
#include <goldenthread/engine/tally.hpp>
#include <goldenthread/engine/work_part.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// A value for every period: pieces (first index, value), the first at 0, neighbours different.
using steps = std::vector<std::pair<std::uint32_t, scalar>>;

inline void append_step(steps& s, std::uint32_t from, const scalar& value) {
    if (s.empty() || !(s.back().second == value)) s.emplace_back(from, value);
}

[[nodiscard]] inline const scalar& step_at(const steps& s, std::uint32_t index) {
    std::size_t i = s.size() - 1;
    while (s[i].first > index) --i;
    return s[i].second;
}

/// Sorted first indices at which any of the given steps may change; 0 included.
class breakpoints {
public:
    void add(const steps& s) {
        for (const auto& [from, value] : s) points_.push_back(from);
    }
    [[nodiscard]] const std::vector<std::uint32_t>& sorted() {
        std::sort(points_.begin(), points_.end());
        points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
        return points_;
    }

private:
    std::vector<std::uint32_t> points_ = {0};
};

/// Evaluates nodes as steps over one period axis.
class interval_evaluator {
public:
    interval_evaluator(const bound_measure& m, const std::vector<time_point>& axis) : m_(m), nodes_(m), axis_(axis) {}

    [[nodiscard]] const node_evaluator& nodes() const noexcept { return nodes_; }

    [[nodiscard]] steps evaluate(const resolved& r, frames& f) {
        const resolved_node& n = *r;
        if (!n.uses_time) return {{0, nodes_.evaluate(r, f, axis_[0])}};
        if (!n.uses_rows) return axis_steps(r);
        switch (n.op) {
            case operation::logical_and: return logical(n, f, truth::no);
            case operation::logical_or: return logical(n, f, truth::yes);
            case operation::compare:
                if (n.comparison != expression_kind::equal && n.comparison != expression_kind::not_equal) return ordered_comparison(n, f);
                break;
            case operation::age:
            case operation::age_band:
            case operation::days_between:
            case operation::months_between:
            case operation::years_between:
            case operation::working_days_between:
                if (is_monotone(n)) return monotone(n, f);
                break;
            case operation::related: return related(n, f);
            default: break;
        }
        return combined(n, f);
    }

private:
    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(axis_.size()); }

    /// Values of a node that depends on the period alone, computed once for all rows.
    struct axis_table {
        std::vector<scalar> values;
        bool never_falls = false;  ///< known days or numbers, each no less than the one before
    };
    const axis_table& axis_table_of(const resolved& r) {
        axis_table& known = axis_tables_[r.get()];
        if (known.values.empty()) {
            frames none(m_.measure().slots);
            for (const time_point& t : axis_) known.values.push_back(nodes_.evaluate(r, none, t));
            known.never_falls = never_falls(known.values);
        }
        return known;
    }
    const std::vector<scalar>& axis_values(const resolved& r) { return axis_table_of(r).values; }
    steps axis_steps(const resolved& r) {
        steps result;
        const std::vector<scalar>& values = axis_values(r);
        for (std::uint32_t i = 0; i < size(); ++i) append_step(result, i, values[i]);
        return result;
    }
    static bool never_falls(const std::vector<scalar>& values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i].is_null() || !values[i].is_exact() || (i > 0 && values[i].low < values[i - 1].low)) return false;
        }
        return true;
    }

    /// Pieces of a function of the index that is constant between two indices where it has the same value.
    template <class Function>
    void bisect(steps& result, std::uint32_t from, std::uint32_t to, Function&& value_at) {
        struct part {
            std::uint32_t from, to;
            scalar at_from, at_last;
        };
        std::vector<part> open_parts = {{from, to, value_at(from), value_at(to - 1)}};
        while (!open_parts.empty()) {
            const part p = open_parts.back();
            open_parts.pop_back();
            if (p.at_from == p.at_last || p.to - p.from == 1) {
                append_step(result, p.from, p.at_from);
                continue;
            }
            const std::uint32_t middle = p.from + (p.to - p.from) / 2;
            open_parts.push_back({middle, p.to, value_at(middle), p.at_last});
            open_parts.push_back({p.from, middle, p.at_from, value_at(middle - 1)});
        }
    }

    /// Pieces of a function of the index that changes once at most.
    template <class Function>
    static void half_line(steps& result, std::uint32_t from, std::uint32_t to, Function&& value_at) {
        const scalar first = value_at(from), last = value_at(to - 1);
        append_step(result, from, first);
        if (first == last) return;
        std::uint32_t same = from, changed = to - 1;  // the last index known to be as the first, the first known as the last
        while (changed - same > 1) {
            const std::uint32_t middle = same + (changed - same) / 2;
            (value_at(middle) == first ? same : changed) = middle;
        }
        append_step(result, changed, last);
    }

    steps logical(const resolved_node& n, frames& f, truth decisive) {
        steps a = evaluate(n.children[0], f);
        if (a.size() == 1 && as_truth(a[0].second) == decisive) return a;
        std::vector<steps> both;
        both.reserve(2);
        both.push_back(std::move(a));
        both.push_back(evaluate(n.children[1], f));
        return merged(n, both);
    }

    /// `<`, `<=`, `>`, `>=`: where one side is the row's and the other rises with the period, one half-line.
    steps ordered_comparison(const resolved_node& n, frames& f) {
        for (int side = 0; side < 2; ++side) {
            const resolved& rising = n.children[side == 0 ? 1U : 0U];
            const resolved& other = n.children[side == 0 ? 0U : 1U];
            if (!rising->uses_time || rising->uses_rows || !axis_table_of(rising).never_falls) continue;
            const std::vector<scalar>& values = axis_values(rising);
            const steps row = evaluate(other, f);
            steps result;
            result.reserve(row.size() + 1);
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::uint32_t to = i + 1 < row.size() ? row[i + 1].first : size();
                const scalar& own = row[i].second;
                const auto value_at = [&](std::uint32_t index) {
                    return truth_scalar(side == 0 ? compared(n.comparison, own, values[index]) : compared(n.comparison, values[index], own));
                };
                if (own.is_exact()) {
                    half_line(result, row[i].first, to, value_at);
                } else {
                    bisect(result, row[i].first, to, value_at);
                }
            }
            return result;
        }
        return combined(n, f);
    }

    /// age(born, as_at) and its like: the last argument rises with the period, the others are the row's.
    [[nodiscard]] bool is_monotone(const resolved_node& n) {
        for (std::size_t i = 0; i + 1 < n.children.size(); ++i) {
            if (n.children[i]->uses_time) return false;
        }
        const resolved& last = n.children.back();
        return last->uses_time && !last->uses_rows && axis_table_of(last).never_falls;
    }
    steps monotone(const resolved_node& n, frames& f) {
        std::vector<scalar> v(n.children.size());
        bool exact = true;
        for (std::size_t i = 0; i + 1 < n.children.size(); ++i) {
            v[i] = nodes_.evaluate(n.children[i], f, axis_[0]);
            exact = exact && v[i].is_exact();
        }
        // A date known to the month gives answers that come, go unknown and come back: no half-line.
        if (!exact) return combined(n, f);
        const std::vector<scalar>& last = axis_values(n.children.back());
        steps result;
        bisect(result, 0, size(), [&](std::uint32_t index) {
            v.back() = last[index];
            return apply_operation(n, v.data(), m_);
        });
        return result;
    }

    /// Any operator: where no child changes, the answer does not.
    steps combined(const resolved_node& n, frames& f) {
        std::vector<steps> children;
        for (const resolved& child : n.children) children.push_back(evaluate(child, f));
        return merged(n, children);
    }
    steps merged(const resolved_node& n, const std::vector<steps>& children) {
        breakpoints points;
        for (const steps& s : children) points.add(s);
        steps result;
        std::vector<scalar> v(children.size());
        for (const std::uint32_t from : points.sorted()) {
            for (std::size_t i = 0; i < children.size(); ++i) v[i] = step_at(children[i], from);
            append_step(result, from, n.op == operation::choose ? chosen(n, v) : apply_operation(n, v.data(), m_));
        }
        return result;
    }
    static scalar chosen(const resolved_node& n, const std::vector<scalar>& v) {
        bool unsure = false;
        scalar agreed;
        for (std::size_t i = 0; i + 1 < v.size(); i += 2) {
            const truth condition = as_truth(v[i]);
            if (condition == truth::no) continue;
            if (unsure && !(v[i + 1] == agreed)) return {};
            if (condition == truth::yes) return v[i + 1];
            agreed = v[i + 1];
            unsure = true;
        }
        const scalar rest = n.has_else ? v.back() : scalar{};
        return unsure && !(rest == agreed) ? scalar{} : rest;
    }

    // --- related rows ---------------------------------------------------------------------------
    steps related(const resolved_node& n, frames& f) {
        using aggregate = related_rows::aggregate_type;
        const resolved_related& r = *n.related;
        if (r.aggregate == aggregate::any && r.source.kind != row_query::kind_type::latest_per) return any_of(r, f);
        return by_segments(n, f);
    }
    steps any_of(const resolved_related& r, frames& f) {
        const resolved_source& s = r.source;
        steps result = {{0, truth_scalar(false)}};
        for (const std::uint32_t row : nodes_.candidate_rows(s, f, axis_[0])) {
            f[s.slot] = {static_cast<std::int64_t>(row), {}, {}};
            if (!s.where) return {{0, truth_scalar(true)}};
            const steps one = evaluate(s.where, f);
            if (one.size() == 1 && one[0].second == truth_scalar(false)) continue;
            breakpoints points;
            points.add(result);
            points.add(one);
            steps united;
            for (const std::uint32_t from : points.sorted()) {
                append_step(united, from, truth_scalar(either(as_truth(step_at(result, from)), as_truth(step_at(one, from)))));
            }
            result = std::move(united);
            if (result.size() == 1 && result[0].second == truth_scalar(true)) return result;
        }
        return result;
    }

    /// A candidate row with all that may change over the axis.
    struct row_steps {
        std::uint32_t row = 0;
        steps belongs;        ///< to the source (latest per: to the rows it picks from)
        steps outer_belongs;  ///< latest per: the condition on the row picked
        steps value;
        std::vector<std::int64_t> over;
        bool over_complete = true;
        ordered_row order;        ///< of the rows asked about
        ordered_row inner_order;  ///< latest per: of the rows it picks from
        std::vector<std::int64_t> per;
        bool per_complete = true;
    };
    /// first, last, count, max over, latest per …: between two breakpoints nothing changes, so each stretch is
    /// settled once by the rules of the reference engine.
    steps by_segments(const resolved_node& n, frames& f) {
        const resolved_related& r = *n.related;
        const bool is_latest = r.source.kind == row_query::kind_type::latest_per;
        const resolved_source& base = is_latest ? *r.source.inner : r.source;
        breakpoints points;
        std::vector<row_steps> rows;
        for (const std::uint32_t row : nodes_.candidate_rows(base, f, axis_[0])) rows.push_back(row_with_steps(r, base, is_latest, row, f, points));
        steps result;
        for (const std::uint32_t from : points.sorted()) append_step(result, from, calculated(n, m_, [&] { return settled(r, is_latest, rows, from); }));
        return result;
    }
    row_steps row_with_steps(const resolved_related& r, const resolved_source& base, bool is_latest, std::uint32_t row, frames& f, breakpoints& points) {
        const time_point& t = axis_[0];
        row_steps one;
        one.row = row;
        f[base.slot] = {static_cast<std::int64_t>(row), {}, {}};
        f[r.source.slot] = f[base.slot];
        one.belongs = base.where ? evaluate(base.where, f) : steps{{0, truth_scalar(true)}};
        points.add(one.belongs);
        one.order.row = {static_cast<std::int64_t>(row), truth::yes, {}, {}};
        one.inner_order = one.order;
        for (const resolved& o : r.source.order_by) one.order.keys.push_back(nodes_.evaluate(o, f, t));
        if (is_latest) {
            for (const resolved& o : base.order_by) one.inner_order.keys.push_back(nodes_.evaluate(o, f, t));
            for (const resolved& p : r.source.per) one.per_complete = append_key(one.per, nodes_.evaluate(p, f, t)) && one.per_complete;
            one.outer_belongs = r.source.where ? evaluate(r.source.where, f) : steps{{0, truth_scalar(true)}};
            points.add(one.outer_belongs);
        }
        if (r.value) {
            one.value = evaluate(r.value, f);
            points.add(one.value);
        }
        for (const resolved& o : r.over) one.over_complete = append_key(one.over, nodes_.evaluate(o, f, t)) && one.over_complete;
        return one;
    }
    scalar settled(const resolved_related& r, bool is_latest, const std::vector<row_steps>& rows, std::uint32_t index) const {
        using aggregate = related_rows::aggregate_type;
        std::vector<related_row> now;
        std::vector<std::size_t> origin;
        std::unordered_map<std::int64_t, std::size_t> by_row;
        for (std::size_t i = 0; i < rows.size(); ++i) by_row.emplace(rows[i].row, i);
        if (is_latest) {
            std::map<std::vector<std::int64_t>, std::vector<ordered_row>> groups;
            for (const row_steps& x : rows) {
                if (!x.per_complete) continue;
                ordered_row entry = x.inner_order;
                entry.row.belongs = as_truth(step_at(x.belongs, index));
                groups[x.per].push_back(std::move(entry));
            }
            now = latest_of_groups(groups, m_.data().texts(), m_.source(r.source).rows);
            for (related_row& x : now) {
                const std::size_t i = by_row.at(x.row);
                x.belongs = both(x.belongs, as_truth(step_at(rows[i].outer_belongs, index)));
                origin.push_back(i);
            }
        } else {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                now.push_back({rows[i].order.row.row, as_truth(step_at(rows[i].belongs, index)), {}, {}});
                origin.push_back(i);
            }
        }
        if (r.aggregate == aggregate::first || r.aggregate == aggregate::last || r.aggregate == aggregate::nth) {
            return value_in_order(r, rows, now, origin, index);
        }
        std::vector<scalar> values(now.size());
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (r.value) values[i] = step_at(rows[origin[i]].value, index);
        }
        if (r.over.empty()) return aggregate_rows(r, now, values);
        std::map<std::vector<std::int64_t>, std::pair<std::vector<related_row>, std::vector<scalar>>> groups;
        for (std::size_t i = 0; i < now.size(); ++i) {
            const row_steps& x = rows[origin[i]];
            if (!x.over_complete) continue;
            groups[x.over].first.push_back(now[i]);
            groups[x.over].second.push_back(values[i]);
        }
        scalar best = number_scalar(0);
        for (const auto& [key, group] : groups) best = greatest(best, aggregate_rows(r, group.first, group.second));
        return best;
    }
    scalar value_in_order(const resolved_related& r, const std::vector<row_steps>& rows, const std::vector<related_row>& now,
                          const std::vector<std::size_t>& origin, std::uint32_t index) const {
        std::vector<std::size_t> order(now.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return comes_before(rows[origin[a]].order, rows[origin[b]].order, m_.data().texts(), m_.source(r.source).rows);
        });
        std::vector<related_row> sorted;
        for (const std::size_t i : order) sorted.push_back(now[i]);
        bool certain = true;
        const std::size_t found = find_in_order(r, sorted, certain);
        if (!certain || found == static_cast<std::size_t>(-1)) return {};
        return step_at(rows[origin[order[found]]].value, index);
    }

    const bound_measure& m_;
    node_evaluator nodes_;
    const std::vector<time_point>& axis_;
    std::unordered_map<const resolved_node*, axis_table> axis_tables_;
};

/// Counts of one cell while rows come in: what begins and ends, and what is in one period alone.
class period_changes {
public:
    explicit period_changes(std::size_t periods) : changes_(periods + 1), single_(periods) {}

    /// Adds a row, or an entity, for the periods [from, to), with its value if it has one.
    void add(std::uint32_t from, std::uint32_t to, std::uint8_t classes, bool has_value, std::int64_t value) {
        if (to == from + 1) {
            single_[from].add(classes, 1);
            if (has_value) single_[from].add_value(value, 1);
            return;
        }
        changes_[from].add(classes, 1);
        changes_[to].add(classes, -1);
        if (!has_value) return;
        changes_[from].add_value(value, 1);
        changes_[to].add_value(value, -1);
    }
    [[nodiscard]] std::vector<tally> in_periods() && {
        for (std::size_t p = 1; p < single_.size(); ++p) changes_[p] += changes_[p - 1];
        for (std::size_t p = 0; p < single_.size(); ++p) single_[p] += changes_[p];
        return std::move(single_);
    }

private:
    std::vector<tally> changes_;  ///< differences from one period to the next
    std::vector<tally> single_;   ///< what happened, mostly: a row of a flow is in one period
};

/// Counts a measure for every period, each row evaluated once.
class interval_counter {
public:
    interval_counter(const bound_measure& m, const std::vector<time_point>& axis, const work_part& part = {})
        : m_(m),
          measure_(m.measure()),
          part_(part),
          axis_(axis),
          over_(measure_.timing == measure_timing::over),
          points_(over_ ? days_of(axis) : axis),
          values_(m, points_),
          reader_(m, values_.nodes()),
          waiting_since_(measure_.value ? waiting_since(*measure_.value) : nullptr),
          counts_(measure_.breakdowns.size() + 1),
          days_(over_ ? counts_.size() : 0) {
        total_ = &cells_of(0, {});
        known_cells_.resize(counts_.size());
    }

    [[nodiscard]] tallies run() {
        if (m_.root() != nullptr) {
            if (!measure_.distinct.empty()) {
                count_entities();
            } else if (over_) {
                count_days_of_rows();
            } else {
                count_rows();
            }
        }
        if (over_) return days_in_periods();
        tallies result(counts_.size());
        for (std::size_t b = 0; b < counts_.size(); ++b) {
            for (auto& [key, changes] : counts_[b]) {
                std::vector<tally> counts = std::move(changes).in_periods();
                if (waiting_since_ != nullptr) age_values(counts);
                result[b].emplace(key, std::move(counts));
            }
        }
        return result;
    }

private:
    /// A stretch [from, to) of the axis on which a row has these classes in a cell.
    struct stretch {
        std::uint32_t from, to;
        std::uint8_t classes;
    };
    using cell_stretches = std::map<category_key, std::vector<stretch>>;

    period_changes& cells_of(std::size_t breakdown, const category_key& key) {
        return counts_[breakdown].try_emplace(key, axis_.size()).first->second;
    }
    /// The same of a breakdown by one dimension, found without making a key.
    period_changes& cell_of(std::size_t breakdown, std::int64_t category) {
        period_changes*& known = known_cells_[breakdown][category];
        if (known == nullptr) known = &cells_of(breakdown, {category});
        return *known;
    }
    /// The days of a measure that counts them one by one, in periods.
    [[nodiscard]] tallies days_in_periods() const {
        tallies result(days_.size());
        for (std::size_t b = 0; b < days_.size(); ++b) {
            for (const auto& [key, days] : days_[b]) result[b].emplace(key, days.in_periods(axis_));
        }
        if (days_[0].empty()) result[0][{}].resize(axis_.size());
        return result;
    }
    /// Values were kept as minus the day on which each began: a wait of today is today's day number more.
    void age_values(std::vector<tally>& counts) const {
        for (std::size_t p = 0; p < counts.size(); ++p) {
            std::map<std::int64_t, std::int64_t> aged;
            for (const auto& [began, rows] : counts[p].values) aged.emplace_hint(aged.end(), began + axis_[p].as_at, rows);
            counts[p].values = std::move(aged);
        }
    }
    /// What a row counted in these classes adds to a sum or an average on a stretch that begins here.
    [[nodiscard]] std::int64_t value_of_row(std::uint32_t from) {
        if (!measure_.value) return 0;
        return waiting_since_ != nullptr ? -values_.nodes().evaluate(*waiting_since_, frames_, axis_[from]).low
                                         : values_.nodes().evaluate(measure_.value, frames_, axis_[from]).low;
    }
    void add(period_changes& changes, std::uint32_t from, std::uint32_t to, std::uint8_t classes, std::int64_t value) const {
        changes.add(from, to, classes, measure_.value && (classes & in_denominator) != 0, value);
    }

    /// Calls `visit(from, to, classes, index)` for each stretch on which the row counts for something.
    template <class Visit>
    void visit_row(std::size_t row, Visit&& visit) {
        frames_.assign(measure_.slots, {});
        frames_[0].row = static_cast<std::int64_t>(row);
        if (!part_.takes(m_, frames_)) return;
        const steps where = values_.evaluate(measure_.where, frames_);
        if (where.size() == 1 && where[0].second == truth_scalar(false)) return;
        const steps never = {{0, truth_scalar(false)}};
        const auto side = [&](const resolved& r, steps& room) -> const steps& { return r ? room = values_.evaluate(r, frames_) : never; };
        steps rooms[3];
        const steps &exclude = side(measure_.exclude, rooms[0]), &immature = side(measure_.immature, rooms[1]);
        const steps& numerator = side(measure_.numerator, rooms[2]);
        breakpoints points;
        for (const steps* s : {&where, &exclude, &immature, &numerator}) points.add(*s);
        if (measure_.value && measure_.value->uses_time && waiting_since_ == nullptr) points.add(values_.evaluate(measure_.value, frames_));
        dimension_steps_.clear();
        for (const resolved_dimension& d : measure_.dimensions) {
            if (d.value && d.value->uses_time) {
                dimension_steps_.push_back(values_.evaluate(d.value, frames_));
                points.add(dimension_steps_.back());
            }
            for (const auto& [name, predicate] : d.predicates) {
                if (predicate->uses_time) points.add(values_.evaluate(predicate, frames_));
            }
        }
        const std::vector<std::uint32_t>& sorted = points.sorted();
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const std::uint32_t from = sorted[i];
            const std::uint32_t to = i + 1 < sorted.size() ? sorted[i + 1] : static_cast<std::uint32_t>(points_.size());
            row_truths t;
            t.where = as_truth(step_at(where, from));
            t.exclude = as_truth(step_at(exclude, from));
            t.immature = as_truth(step_at(immature, from));
            t.numerator = as_truth(step_at(numerator, from));
            if (const std::uint8_t classes = classify(t); classes != 0) visit(from, to, classes);
        }
    }
    void count_rows() {
        for (std::size_t row = 0; row < m_.root()->row_count(); ++row) {
            visit_row(row, [&](std::uint32_t from, std::uint32_t to, std::uint8_t classes) {
                const std::int64_t value = (classes & in_denominator) != 0 ? value_of_row(from) : 0;
                add(*total_, from, to, classes, value);
                for (std::size_t b = 0; b < measure_.breakdowns.size(); ++b) {
                    const std::vector<std::size_t>& dimensions = measure_.breakdowns[b];
                    if (dimensions.size() == 1) {
                        for (const auto& [category, in_cell] : reader_.categories(dimensions[0], frames_, axis_[from])) {
                            add(cell_of(b + 1, category), from, to, within_cell(classes, in_cell), value);
                        }
                        continue;
                    }
                    for (const auto& [cell, in_cell] : reader_.cells(dimensions, frames_, axis_[from])) {
                        add(cells_of(b + 1, cell), from, to, within_cell(classes, in_cell), value);
                    }
                }
            });
        }
    }
    /// Rows of one entity are united before they are counted.
    void count_entities() {
        key_index entities;
        std::vector<key_index::key> order;
        std::vector<std::uint32_t> keyless;
        frames f(measure_.slots);
        key_index::key key;
        for (std::size_t row = 0; row < m_.root()->row_count(); ++row) {
            f[0].row = static_cast<std::int64_t>(row);
            if (!entity_of(m_, f, key)) {
                keyless.push_back(static_cast<std::uint32_t>(row));
            } else {
                entities.add(key, static_cast<std::uint32_t>(row));
            }
        }
        std::vector<cell_stretches> found(counts_.size());
        for (const auto& [entity, rows] : entities.all()) {
            for (cell_stretches& f_b : found) f_b.clear();
            for (const std::uint32_t row : rows) collect(row, false, found);
            unite(found);
        }
        for (const std::uint32_t row : keyless) {
            for (cell_stretches& f_b : found) f_b.clear();
            collect(row, true, found);
            unite(found);
        }
    }
    void collect(std::uint32_t row, bool keyless, std::vector<cell_stretches>& found) {
        visit_row(row, [&](std::uint32_t from, std::uint32_t to, std::uint8_t classes) {
            const std::uint8_t own = keyless ? without_key(classes) : classes;
            found[0][{}].push_back({from, to, own});
            for (std::size_t b = 0; b < measure_.breakdowns.size(); ++b) {
                for (const auto& [cell, in_cell] : reader_.cells(measure_.breakdowns[b], frames_, points_[from])) {
                    if (const std::uint8_t here = within_cell(own, in_cell); here != 0) found[b + 1][cell].push_back({from, to, here});
                }
            }
        });
    }
    /// Each row is an entity of its own.
    void count_days_of_rows() {
        std::vector<cell_stretches> found(counts_.size());
        for (std::size_t row = 0; row < m_.root()->row_count(); ++row) {
            for (cell_stretches& f_b : found) f_b.clear();
            collect(static_cast<std::uint32_t>(row), false, found);
            unite(found);
        }
    }
    void unite(const std::vector<cell_stretches>& found) {
        for (std::size_t b = 0; b < found.size(); ++b) {
            for (const auto& [cell, stretches] : found[b]) {
                if (over_) {
                    day_counts& days = days_[b].try_emplace(cell, axis_.size()).first->second;
                    days.begin_entity();
                    unite_cell(stretches, [&](std::uint32_t from, std::uint32_t to, std::uint8_t classes) {
                        days.add(axis_, points_[from].as_at, points_[to - 1].as_at, classes);
                    });
                } else {
                    period_changes& changes = cells_of(b, cell);
                    unite_cell(stretches, [&](std::uint32_t from, std::uint32_t to, std::uint8_t classes) { add(changes, from, to, classes, 0); });
                }
            }
        }
    }
    /// Calls `visit` for stretches that do not overlap, in order, each with all that any row is on it.
    template <class Visit>
    static void unite_cell(const std::vector<stretch>& stretches, Visit&& visit) {
        if (stretches.size() == 1) {
            visit(stretches[0].from, stretches[0].to, stretches[0].classes);
            return;
        }
        std::vector<std::uint32_t> points;
        for (const stretch& s : stretches) {
            points.push_back(s.from);
            points.push_back(s.to);
        }
        std::sort(points.begin(), points.end());
        points.erase(std::unique(points.begin(), points.end()), points.end());
        for (std::size_t i = 0; i + 1 < points.size(); ++i) {
            std::uint8_t classes = 0;
            for (const stretch& s : stretches) {
                if (s.from <= points[i] && s.to >= points[i + 1]) classes = static_cast<std::uint8_t>(classes | s.classes);
            }
            if (classes != 0) visit(points[i], points[i + 1], classes);
        }
    }

    const bound_measure& m_;
    const resolved_measure& measure_;
    const work_part part_;
    const std::vector<time_point>& axis_;
    const bool over_;
    const std::vector<time_point> points_;  ///< at which rows are asked: the periods' days, or all days between
    interval_evaluator values_;
    category_reader reader_;
    const resolved* waiting_since_;  ///< null unless values are durations until the day asked about
    std::vector<std::map<category_key, period_changes>> counts_;
    period_changes* total_ = nullptr;  ///< into counts_, as are the next: a map keeps its values where they are
    std::vector<std::unordered_map<std::int64_t, period_changes*>> known_cells_;
    std::vector<std::map<category_key, day_counts>> days_;  ///< instead of counts_, of a measure over days
    frames frames_;
    std::vector<steps> dimension_steps_;
};

[[nodiscard]] inline tallies count_by_intervals(const bound_measure& m, const std::vector<time_point>& axis, const work_part& part = {}) {
    return interval_counter(m, axis, part).run();
}

}  // namespace goldenthread::detail
