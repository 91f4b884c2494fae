// goldenthread: the reference evaluation of expressions: one row, one day, no cleverness.
#pragma once

#include <goldenthread/engine/bound_measure.hpp>
#include <goldenthread/engine/row_order.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace goldenthread::detail {

/// The day asked about and its period.
struct time_point {
    day as_at = 0;
    day first = 0;
    day last = 0;
};

/// Arithmetic that may leave the range of 64-bit whole numbers: the error says where.
template <class Calculation>
[[nodiscard]] scalar calculated(const resolved_node& n, const bound_measure& m, Calculation&& calculation) {
    try {
        return calculation();
    } catch (const calculation_error& problem) {
        if (!problem.context().excerpt.empty()) throw;
        error_context context = problem.context();
        context.indicator = m.measure().indicator;
        context.excerpt = n.text;
        throw calculation_error(problem.message(), std::move(context));
    }
}

/// Result of an operator on the values of its children; shared with the interval engine. Kinds whose value is not made
/// of their children's alone are the evaluators' own.
[[nodiscard]] inline scalar apply_operation(const resolved_node& n, const scalar* v, const bound_measure& m) {
    const conventions& c = m.measure().conventions;
    switch (n.op) {
        case operation::logical_not: return truth_scalar(!as_truth(v[0]));
        case operation::logical_and: return truth_scalar(both(as_truth(v[0]), as_truth(v[1])));
        case operation::logical_or: return truth_scalar(either(as_truth(v[0]), as_truth(v[1])));
        case operation::compare: return truth_scalar(compared(n.comparison, v[0], v[1]));
        case operation::in_texts: {
            if (v[0].is_null()) return {};
            const auto& ids = m.list_ids(n);
            return truth_scalar(std::binary_search(ids.begin(), ids.end(), v[0].low));
        }
        case operation::is_null: return truth_scalar(v[0].is_null());
        case operation::is_known: return v[0].is_null() || !v[0].is_exact() ? scalar{} : truth_scalar(true);
        case operation::add: return calculated(n, m, [&] { return added(v[0], v[1]); });
        case operation::subtract: return calculated(n, m, [&] { return added(v[0], negated(v[1])); });
        case operation::multiply: return calculated(n, m, [&] { return multiplied(v[0], v[1]); });
        case operation::divide:
        case operation::rescale: return calculated(n, m, [&] { return multiplied(v[0], number_scalar(n.factor)); });
        case operation::negate: return calculated(n, m, [&] { return negated(v[0]); });
        case operation::move_forward: return calculated(n, m, [&] { return moved(v[0], v[1], false, c); });
        case operation::move_back: return calculated(n, m, [&] { return moved(v[0], v[1], true, c); });
        case operation::difference:
        case operation::days_between: {
            const scalar& from = n.op == operation::difference ? v[1] : v[0];
            const scalar& to = n.op == operation::difference ? v[0] : v[1];
            return between_days(from, to, [](day a, day b) { return static_cast<std::int64_t>(b) - a; });
        }
        case operation::duration: {
            if (v[0].is_null()) return {};
            return {scalar::kind_type::duration, n.unit, v[0].low, v[0].low};
        }
        case operation::coalesce:
            for (std::size_t i = 0; i < n.children.size(); ++i) {
                if (!v[i].is_null()) return v[i];
            }
            return {};
        case operation::least:
        case operation::greatest: {
            scalar result = v[0];
            for (std::size_t i = 1; i < n.children.size(); ++i) {
                result = n.op == operation::least ? least(result, v[i]) : greatest(result, v[i]);
            }
            return result;
        }
        case operation::age:
            return between_days(v[0], v[1], [&](day a, day b) { return static_cast<std::int64_t>(age_in_years(a, b, c.birthdays)); });
        case operation::months_between:
            return between_days(v[0], v[1], [&](day a, day b) { return months_between(a, b, c.months); });
        case operation::years_between:
            return between_days(v[0], v[1], [&](day a, day b) {
                const std::int64_t months = months_between(a, b, c.months);
                return months >= 0 ? months / 12 : -((11 - months) / 12);
            });
        case operation::working_days_between:
            return between_days(v[0], v[1], [&](day a, day b) { return c.working_days.between(a, b); });
        case operation::month_boundaries_between:
            return between_days(v[0], v[1], [](day a, day b) {
                const civil_day x = to_civil(a), y = to_civil(b);
                return static_cast<std::int64_t>(y.year - x.year) * 12 + (y.month - x.month);
            });
        case operation::year_boundaries_between:
            return between_days(v[0], v[1], [](day a, day b) { return static_cast<std::int64_t>(to_civil(b).year - to_civil(a).year); });
        case operation::group_of: {
            if (v[0].is_null()) return {};
            const auto& groups = m.group_ids(n);
            const auto found = groups.find(v[0].low);
            return found == groups.end() ? scalar{} : text_scalar(found->second);
        }
        case operation::age_band: {
            // Unborn on the day: born later, or not born and expected.
            if (v[2].is_null()) return {};
            if (v[0].is_null()) return v[1].is_null() ? scalar{} : text_scalar(0);
            if (v[0].low > v[2].high) return text_scalar(0);
            if (v[0].high > v[2].low) return {};
            const scalar years = between_days(v[0], v[2], [&](day a, day b) { return static_cast<std::int64_t>(age_in_years(a, b, c.birthdays)); });
            const auto band = [](std::int64_t a) -> std::int64_t { return a < 1 ? 1 : a < 5 ? 2 : a < 10 ? 3 : a < 16 ? 4 : a < 18 ? 5 : 6; };
            return band(years.low) == band(years.high) ? text_scalar(band(years.low)) : scalar{};
        }
        case operation::truth_text: return v[0].is_null() ? scalar{} : text_scalar(m.data().texts().truth_id(v[0].low != 0));
        // No default: the compiler names an operation that is added and forgotten here.
        case operation::constant:
        case operation::column:
        case operation::as_at:
        case operation::period_first:
        case operation::period_last:
        case operation::choose:
        case operation::related: return {};
    }
    return {};
}

/// One related row and whether it belongs.
struct related_row {
    std::int64_t row = no_row;
    truth belongs = truth::yes;
    scalar start, end;  ///< rows of gaps(…)
};

/// Order of two rows by their sort keys, nulls first; ties are settled by the rest of the row.
struct ordered_row {
    std::vector<scalar> keys;
    related_row row;
};

/// `rows` is the table both come from; null for rows of gaps(…).
[[nodiscard]] inline bool comes_before(const ordered_row& a, const ordered_row& b, const text_pool& texts, const table* rows) {
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
        const scalar &x = a.keys[i], &y = b.keys[i];
        if (x == y) continue;
        if (x.is_null() || y.is_null()) return x.is_null();
        if (x.kind == scalar::kind_type::text) return texts.text(x.low) < texts.text(y.low);
        if (x.low != y.low) return x.low < y.low;
    }
    if (rows == nullptr || a.row.row < 0 || b.row.row < 0) return a.row.start.low < b.row.start.low;
    return a.row.row != b.row.row && holds_less(*rows, static_cast<std::size_t>(a.row.row), static_cast<std::size_t>(b.row.row));
}

/// What an aggregate says of rows whose belonging and values are settled. `values` fit `rows`.
[[nodiscard]] inline scalar aggregate_rows(const resolved_related& r, const std::vector<related_row>& rows, const std::vector<scalar>& values) {
    using aggregate = related_rows::aggregate_type;
    switch (r.aggregate) {
        case aggregate::any: {
            truth result = truth::no;
            for (const related_row& x : rows) result = either(result, x.belongs);
            return truth_scalar(result);
        }
        case aggregate::count: {
            if (r.distinct) {
                // A value that is not known may be a new one or one already there.
                std::map<std::int64_t, bool> sure;
                std::int64_t unsure = 0;
                for (std::size_t i = 0; i < rows.size(); ++i) {
                    if (rows[i].belongs == truth::no) continue;
                    if (values[i].is_null()) {
                        ++unsure;
                        continue;
                    }
                    auto [at, added_now] = sure.emplace(values[i].low, false);
                    at->second = at->second || rows[i].belongs == truth::yes;
                }
                std::int64_t low = 0;
                for (const auto& [value, is_sure] : sure) low += is_sure ? 1 : 0;
                const auto high = static_cast<std::int64_t>(sure.size()) + unsure;
                // One row that belongs, whatever its value, makes one at least.
                if (low == 0 && unsure > 0) {
                    for (std::size_t i = 0; i < rows.size(); ++i) {
                        if (rows[i].belongs == truth::yes) low = 1;
                    }
                }
                return number_scalar(low, high);
            }
            std::int64_t low = 0, high = 0;
            for (const related_row& x : rows) {
                low += x.belongs == truth::yes ? 1 : 0;
                high += x.belongs != truth::no ? 1 : 0;
            }
            return number_scalar(low, high);
        }
        case aggregate::sum: {
            scalar total = number_scalar(0);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (rows[i].belongs == truth::no) continue;
                if (values[i].is_null()) return {};
                scalar value = values[i];
                if (rows[i].belongs == truth::unknown) value = number_scalar(std::min<std::int64_t>(0, value.low), std::max<std::int64_t>(0, value.high));
                total = added(total, value);
            }
            return total;
        }
        case aggregate::minimum:
        case aggregate::maximum: {
            scalar best;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (rows[i].belongs == truth::no) continue;
                if (values[i].is_null() || rows[i].belongs == truth::unknown) return {};
                best = best.is_null() ? values[i] : r.aggregate == aggregate::minimum ? least(best, values[i]) : greatest(best, values[i]);
            }
            return best;
        }
        default: return {};
    }
}

/// Position of the row that first, last or nth finds; npos = none, and `certain` false when it cannot be told.
[[nodiscard]] inline std::size_t find_in_order(const resolved_related& r, const std::vector<related_row>& in_order, bool& certain) {
    using aggregate = related_rows::aggregate_type;
    constexpr auto nothing = static_cast<std::size_t>(-1);
    certain = true;
    const std::int64_t wanted = r.aggregate == aggregate::nth ? r.position : 1;
    std::int64_t seen = 0;
    for (std::size_t step = 0; step < in_order.size(); ++step) {
        const std::size_t i = r.aggregate == aggregate::last ? in_order.size() - 1 - step : step;
        if (in_order[i].belongs == truth::no) continue;
        if (in_order[i].belongs == truth::unknown) {
            certain = false;
            return nothing;
        }
        if (++seen == wanted) return i;
    }
    return nothing;
}

/// Rows that `latest per` picks: the last of each group; unsure where a later row may belong.
[[nodiscard]] inline std::vector<related_row> latest_of_groups(std::map<std::vector<std::int64_t>, std::vector<ordered_row>>& groups, const text_pool& texts,
                                                                const table* table_of_rows) {
    std::vector<related_row> result;
    for (auto& [key, rows] : groups) {
        std::sort(rows.begin(), rows.end(), [&](const ordered_row& a, const ordered_row& b) { return comes_before(a, b, texts, table_of_rows); });
        truth so_far = truth::yes;
        for (std::size_t i = rows.size(); i-- > 0;) {
            related_row row = rows[i].row;
            if (row.belongs == truth::no) continue;
            const truth own = row.belongs;
            row.belongs = both(so_far, own);
            result.push_back(row);
            if (own == truth::yes) break;
            so_far = truth::unknown;
        }
    }
    return result;
}

/// Evaluates resolved nodes for the rows in `f` at one point in time.
class node_evaluator {
public:
    explicit node_evaluator(const bound_measure& m) : m_(m) {}

    [[nodiscard]] scalar evaluate(const resolved& r, frames& f, const time_point& t) const {
        const resolved_node& n = *r;
        switch (n.op) {
            case operation::constant: return n.type == static_type::text ? text_scalar(m_.text_id(n)) : n.constant;
            case operation::column: return m_.use(n.column).at(f);
            case operation::as_at: return date_scalar(t.as_at);
            case operation::period_first: return date_scalar(t.first);
            case operation::period_last: return date_scalar(t.last);
            case operation::choose: return choose(n, f, t);
            case operation::related: return calculated(n, m_, [&] { return related(*n.related, f, t); });
            case operation::logical_and: {
                const truth a = as_truth(evaluate(n.children[0], f, t));
                return a == truth::no ? truth_scalar(false) : truth_scalar(both(a, as_truth(evaluate(n.children[1], f, t))));
            }
            case operation::logical_or: {
                const truth a = as_truth(evaluate(n.children[0], f, t));
                return a == truth::yes ? truth_scalar(true) : truth_scalar(either(a, as_truth(evaluate(n.children[1], f, t))));
            }
            default: {
                scalar few[4];
                std::vector<scalar> many;
                scalar* values = few;
                if (n.children.size() > 4) {
                    many.resize(n.children.size());
                    values = many.data();
                }
                for (std::size_t i = 0; i < n.children.size(); ++i) values[i] = evaluate(n.children[i], f, t);
                return apply_operation(n, values, m_);
            }
        }
    }
    [[nodiscard]] truth evaluate_truth(const resolved& r, frames& f, const time_point& t) const { return as_truth(evaluate(r, f, t)); }

    /// Related rows with their belonging; `f` is left as it was found but for the source's own slot.
    [[nodiscard]] std::vector<related_row> rows_of(const resolved_source& s, frames& f, const time_point& t) const {
        std::vector<related_row> result;
        if (s.kind == row_query::kind_type::gaps) {
            result = gap_rows(s, f, t);
        } else if (s.kind == row_query::kind_type::latest_per) {
            result = latest_rows(s, f, t);
        } else {
            for (const std::uint32_t row : candidate_rows(s, f, t)) result.push_back({row, truth::yes, {}, {}});
        }
        if (!s.where) return result;
        for (related_row& x : result) {
            enter(f, s.slot, x);
            x.belongs = both(x.belongs, evaluate_truth(s.where, f, t));
        }
        return result;
    }
    static void enter(frames& f, std::uint32_t slot, const related_row& row) { f[slot] = {row.row, row.start, row.end}; }

    /// Row numbers whose keys fit, before any condition.
    [[nodiscard]] std::vector<std::uint32_t> candidate_rows(const resolved_source& s, frames& f, const time_point& t) const {
        const bound_source& bound = m_.source(s);
        if (bound.index == nullptr) {
            std::vector<std::uint32_t> all(bound.rows == nullptr ? 0 : bound.rows->row_count());
            for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint32_t>(i);
            return all;
        }
        key_index::key k;
        for (const resolved_key& key : s.keys) {
            if (!append_key(k, evaluate(key.ours, f, t))) return {};
        }
        return bound.index->rows(k);
    }

private:
    scalar choose(const resolved_node& n, frames& f, const time_point& t) const {
        // An unknown condition leaves the answer unknown, unless all that may follow agree.
        std::size_t i = 0;
        scalar agreed;
        bool unsure = false;
        for (; i + 1 < n.children.size(); i += 2) {
            const truth condition = evaluate_truth(n.children[i], f, t);
            if (condition == truth::no) continue;
            const scalar value = evaluate(n.children[i + 1], f, t);
            if (unsure && !(value == agreed)) return {};
            if (condition == truth::yes) return value;
            agreed = value;
            unsure = true;
        }
        const scalar rest = n.has_else ? evaluate(n.children.back(), f, t) : scalar{};
        return unsure && !(rest == agreed) ? scalar{} : rest;
    }
    scalar related(const resolved_related& r, frames& f, const time_point& t) const {
        using aggregate = related_rows::aggregate_type;
        std::vector<related_row> rows = rows_of(r.source, f, t);
        if (r.aggregate == aggregate::first || r.aggregate == aggregate::last || r.aggregate == aggregate::nth) {
            return value_in_order(r, std::move(rows), f, t);
        }
        if (!r.over.empty()) return greatest_over(r, rows, f, t);
        std::vector<scalar> values(rows.size());
        if (r.value) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                enter(f, r.source.slot, rows[i]);
                values[i] = evaluate(r.value, f, t);
            }
        }
        return aggregate_rows(r, rows, values);
    }
    std::vector<ordered_row> with_keys(const resolved_source& s, const std::vector<related_row>& rows, frames& f, const time_point& t) const {
        std::vector<ordered_row> result;
        for (const related_row& row : rows) {
            ordered_row entry;
            entry.row = row;
            enter(f, s.slot, row);
            for (const resolved& o : s.order_by) entry.keys.push_back(evaluate(o, f, t));
            result.push_back(std::move(entry));
        }
        return result;
    }
    scalar value_in_order(const resolved_related& r, std::vector<related_row> rows, frames& f, const time_point& t) const {
        std::vector<ordered_row> sorted = with_keys(r.source, rows, f, t);
        std::sort(sorted.begin(), sorted.end(), [&](const ordered_row& a, const ordered_row& b) { return comes_before(a, b, m_.data().texts(), m_.source(r.source).rows); });
        for (std::size_t i = 0; i < sorted.size(); ++i) rows[i] = sorted[i].row;
        bool certain = true;
        const std::size_t found = find_in_order(r, rows, certain);
        if (!certain || found == static_cast<std::size_t>(-1)) return {};
        enter(f, r.source.slot, rows[found]);
        return evaluate(r.value, f, t);
    }
    scalar greatest_over(const resolved_related& r, const std::vector<related_row>& rows, frames& f, const time_point& t) const {
        std::map<std::vector<std::int64_t>, std::pair<std::vector<related_row>, std::vector<scalar>>> groups;
        for (const related_row& row : rows) {
            enter(f, r.source.slot, row);
            std::vector<std::int64_t> key;
            bool complete = true;
            for (const resolved& o : r.over) complete = complete && append_key(key, evaluate(o, f, t));
            if (!complete) continue;
            auto& group = groups[key];
            group.first.push_back(row);
            group.second.push_back(r.value ? evaluate(r.value, f, t) : scalar{});
        }
        scalar best = number_scalar(0);
        for (const auto& [key, group] : groups) best = greatest(best, aggregate_rows(r, group.first, group.second));
        return best;
    }
    std::vector<related_row> latest_rows(const resolved_source& s, frames& f, const time_point& t) const {
        const resolved_source& inner = *s.inner;
        std::map<std::vector<std::int64_t>, std::vector<ordered_row>> groups;
        for (ordered_row& row : with_keys(inner, rows_of(inner, f, t), f, t)) {
            enter(f, inner.slot, row.row);
            std::vector<std::int64_t> key;
            bool complete = true;
            for (const resolved& p : s.per) complete = complete && append_key(key, evaluate(p, f, t));
            if (complete) groups[key].push_back(std::move(row));
        }
        return latest_of_groups(groups, m_.data().texts(), m_.source(s).rows);
    }
    /// Dates from x to y, both inclusive, cut the run into rows; the last has no end.
    std::vector<related_row> gap_rows(const resolved_source& s, frames& f, const time_point& t) const {
        const scalar from = evaluate(s.from, f, t), until = evaluate(s.until, f, t);
        if (from.is_null() || until.is_null()) return {{no_row, truth::unknown, {}, {}}};
        std::vector<std::int64_t> cuts;
        for (const std::uint32_t row : candidate_rows(s, f, t)) {
            f[s.slot].row = row;
            const scalar cut = m_.use(s.cut).at(f);
            if (!cut.is_null() && cut.low >= from.low && cut.high <= until.high) cuts.push_back(cut.low);
        }
        std::sort(cuts.begin(), cuts.end());
        std::vector<related_row> result;
        scalar start = from;
        for (const std::int64_t cut : cuts) {
            result.push_back({no_row, truth::yes, start, date_scalar(cut)});
            start = date_scalar(cut);
        }
        result.push_back({no_row, truth::yes, start, {}});
        return result;
    }

    const bound_measure& m_;
};

}  // namespace goldenthread::detail
