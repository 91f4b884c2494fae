// goldenthread: the units that one figure is made of: entities or rows, and what each adds to it. Personal data.
#pragma once

#include <goldenthread/engine/explain_inline.hpp>
#include <goldenthread/engine/what_moved.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace detail {

/// Identity of a unit that both sides of a comparison share: texts of its key, "-" = null.
using unit_key = std::vector<std::string>;

/// What one unit is for one figure.
struct unit_state {
    std::uint8_t classes = 0;
    std::int64_t value = 0;
    std::vector<std::pair<std::string, std::string>> shown;
};

/// One figure with the units it is made of.
struct figure_side {
    cell figure;
    indicator_result about;             ///< its cells are those asked for
    bool known_category = true;         ///< some cell of the period has these categories
    std::vector<std::string> declared;  ///< all categories of a closed list; empty = an open list
    measure_kind kind = measure_kind::count;
    std::string whole;            ///< why the figure is not a sum over units; empty = it is
    bool counts_rows_in = false;    ///< shares: the denominator is what the cell counts
    std::int64_t factor = 1;        ///< rate: value = factor × count ÷ people
    std::int64_t parts_of_one = 1;  ///< values are whole numbers of 1/parts_of_one
    std::int64_t scale = 1;         ///< what values are multiplied by, to be in the parts of both sides
    std::map<unit_key, unit_state> units;
};

[[nodiscard]] inline exact_ratio difference_of(const exact_ratio& after, const exact_ratio& before) {
    return reduced(checked_add(checked_multiply(after.numerator, before.denominator),
                               checked_negate(checked_multiply(before.numerator, after.denominator))),
                   checked_multiply(after.denominator, before.denominator));
}

/// Kinds whose figure is a sum over units.
[[nodiscard]] constexpr bool is_made_of_units(measure_kind kind) noexcept {
    switch (kind) {
        case measure_kind::count:
        case measure_kind::distinct:
        case measure_kind::share:
        case measure_kind::rate:
        case measure_kind::profile:
        case measure_kind::sum:
        case measure_kind::mean:
        case measure_kind::median:
            return true;
        default:
            return false;
    }
}

/// Why a figure is not a sum over units at one point in time; empty = it is.
[[nodiscard]] inline std::string why_whole(const resolved_measure& m, measure_kind kind, bool is_cell) {
    if (m.lower || !is_made_of_units(kind)) return "a " + std::string(to_text(m.kind)) + " is not a sum over units";
    if (m.timing == measure_timing::over) return "days of a period are not units that join or leave";
    const bool shows_other = is_cell && m.profile_measure && !m.breakdowns.empty() && is_profile_breakdown(m, 0);
    return shows_other ? "the cell shows the second measure of a profile" : std::string();
}

/// The units of one cell at one point in time, by the rules of the reference engine.
class unit_reader {
public:
    unit_reader(const bound_measure& m, const schema& tables) : m_(m), schema_(tables), nodes_(m), reader_(m, nodes_) {}

    [[nodiscard]] std::map<unit_key, unit_state> read(const time_point& t,
                                                      const std::vector<breakdown_value>& key) const {
        std::map<unit_key, unit_state> result;
        if (m_.root() == nullptr) return result;
        const std::vector<unit_key> rows = m_.measure().distinct.empty() ? row_keys() : std::vector<unit_key>{};
        frames f(m_.measure().slots);
        for (std::size_t row = 0; row < m_.root()->row_count(); ++row) {
            f[0].row = static_cast<std::int64_t>(row);
            std::uint8_t classes = classify(truths_of_row(m_.measure(), nodes_, f, t));
            if (classes == 0) continue;
            unit_key unit;
            std::vector<std::pair<std::string, std::string>> shown;
            if (m_.measure().distinct.empty()) {
                unit = rows[row];
                shown = shown_row(row);
            } else if (!entity_key(f, unit, shown)) {
                classes = without_key(classes);
                unit = {"row without a key", std::to_string(row)};
                shown = shown_row(row);
            }
            classes = within_cell(classes, membership(key, f, t));
            if (classes == 0) continue;
            unit_state& state = result[unit];
            state.classes = static_cast<std::uint8_t>(state.classes | classes);
            state.shown = std::move(shown);
            if (m_.measure().value && (classes & in_denominator) != 0)
                state.value = nodes_.evaluate(m_.measure().value, f, t).low;
        }
        return result;
    }

private:
    [[nodiscard]] truth membership(const std::vector<breakdown_value>& key, frames& f, const time_point& t) const {
        if (key.empty()) return truth::yes;
        category_key wanted;
        for (const breakdown_value& v : key)
            wanted.push_back(v.category ? m_.data().texts().id(*v.category) : no_category);
        for (const auto& [cell, holds_here] : reader_.cells(m_.measure().breakdowns.front(), f, t)) {
            if (cell == wanted) return holds_here;
        }
        return truth::no;
    }
    [[nodiscard]] bool entity_key(const frames& f, unit_key& unit,
                                  std::vector<std::pair<std::string, std::string>>& shown) const {
        for (std::size_t i = 0; i < m_.measure().distinct.size(); ++i) {
            const column_use& c = m_.measure().distinct[i];
            const scalar v = m_.use(c).at(f);
            if (v.is_null()) return false;
            const std::string text = v.kind == scalar::kind_type::text ? m_.data().texts().text(v.low)
                                     : v.kind == scalar::kind_type::date
                                         ? to_iso(static_cast<day>(v.low)) + "/" + to_iso(static_cast<day>(v.high))
                                         : std::to_string(v.low);
            unit.push_back(text);
            shown.emplace_back(m_.measure().distinct_names[i], text);
        }
        return true;
    }
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> shown_row(std::size_t row) const {
        std::vector<std::pair<std::string, std::string>> result;
        const table_schema* shape = schema_.find(m_.root()->name());
        std::vector<std::string> names = shape == nullptr ? std::vector<std::string>{} : shape->key_columns();
        if (std::find(names.begin(), names.end(), "child_id") == names.end()) names.emplace_back("child_id");
        for (const std::string& name : names) {
            if (const column* c = m_.root()->find(name)) result.emplace_back(name, cell_text(*c, row));
        }
        return result;
    }
    /// A row's key by the schema; rows that share one, or have none, are told apart by all they hold, so that the
    /// order of rows in a file does not matter.
    [[nodiscard]] std::vector<unit_key> row_keys() const {
        const table& rows = *m_.root();
        const table_schema* shape = schema_.find(rows.name());
        std::vector<const column*> columns;
        for (const std::string& name : shape == nullptr ? std::vector<std::string>{} : shape->key_columns()) {
            if (const column* c = rows.find(name)) columns.push_back(c);
        }
        std::map<unit_key, std::vector<std::size_t>> same_key;
        for (std::size_t row = 0; row < rows.row_count(); ++row) {
            unit_key key;
            for (const column* c : columns) key.push_back(c->is_null(row) ? "-" : "=" + cell_text(*c, row));
            same_key[key].push_back(row);
        }
        std::vector<unit_key> result(rows.row_count());
        for (auto& [key, numbers] : same_key) {
            std::sort(numbers.begin(), numbers.end(),
                      [&](std::size_t a, std::size_t b) { return a != b && holds_less(rows, a, b); });
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                unit_key& own = result[numbers[i]] = key;
                own.push_back(std::to_string(i));
            }
        }
        return result;
    }

    const bound_measure& m_;
    const schema& schema_;
    node_evaluator nodes_;
    category_reader reader_;
};

/// Computes a figure, and the units behind it.
[[nodiscard]] inline figure_side read_side(const schema& tables, const figure_question& q) {
    figure_side side;
    evaluation_request request;
    request.periods = {q.when};
    request.parameters = q.parameters;
    if (!q.key.empty()) {
        request.breakdowns.emplace_back();
        for (const breakdown_value& v : q.key) request.breakdowns.front().push_back(v.dimension);
    }
    const results all = evaluate(tables, *q.definitions, {q.indicator}, *q.data, request);
    side.about = all.indicators.front();
    const auto found =
        std::find_if(side.about.cells.begin(), side.about.cells.end(), [&](const cell& c) { return c.key == q.key; });
    side.known_category = found != side.about.cells.end();
    const indicator& definition = (*q.definitions)[q.indicator];
    run_context run(*q.data, tables);
    const resolved_measure m = with_follow_up(
        resolve_measure(tables, *q.definitions, definition, request.breakdowns, q.parameters), run.coverage);
    // Conversions and repeats are shares of their bases.
    side.kind = m.numerator ? measure_kind::share : m.kind;
    side.whole = why_whole(m, side.kind, !q.key.empty());
    if (q.key.size() == 1 && !m.dimensions.empty()) side.declared = m.dimensions.front().categories;
    side.parts_of_one = m.value ? m.value->denominator : 1;
    side.factor = m.kind == measure_kind::rate ? m.per * (m.annualise ? 12 : 1) : 1;
    if (side.known_category) {
        side.figure = *found;
    } else {
        // No row of that category: a count of none, and nothing to divide by.
        side.figure.key = q.key;
        side.figure.numerator = 0;
        const bool is_profile = std::all_of(q.key.begin(), q.key.end(), [&](const breakdown_value& v) {
            return std::find(m.profile.begin(), m.profile.end(), v.dimension) != m.profile.end();
        });
        const bool divides = (side.kind == measure_kind::share && !is_profile) || m.kind == measure_kind::mean ||
                             m.kind == measure_kind::median;
        if (divides) side.figure.denominator = 0;
        side.figure.state = divides ? cell_state::zero_denominator : cell_state::true_zero;
        if (!divides) side.figure.value = exact_ratio{0, 1};
    }
    side.counts_rows_in = side.kind == measure_kind::share && !side.figure.denominator.has_value();
    if (side.whole.empty() && (side.figure.numerator || side.figure.denominator) && (q.key.empty() || !m.breakdowns.empty())) {
        const bound_measure bound(m, run.data);
        side.units = unit_reader(bound, tables).read(point_of(q.when), q.key);
    }
    return side;
}

/// What a unit adds to numerator and denominator.
struct contribution {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;

    friend constexpr bool operator==(const contribution&, const contribution&) = default;
};

[[nodiscard]] inline contribution contribution_of(const figure_side& side, const unit_state& unit) {
    const bool counted = (unit.classes & in_denominator) != 0;
    if (!counted) return {};
    if (side.kind == measure_kind::share && !side.counts_rows_in)
        return {(unit.classes & in_numerator) != 0 ? side.scale : 0, 1};
    if (side.kind == measure_kind::sum)
        return {checked_multiply(unit.value, side.scale), side.parts_of_one == 1 ? 0 : 1};
    if (side.kind == measure_kind::mean || side.kind == measure_kind::median)
        return {checked_multiply(unit.value, side.scale), 1};
    return {side.scale, 0};
}

[[nodiscard]] inline contribution sum_of_units(const figure_side& side) {
    contribution total;
    for (const auto& [key, unit] : side.units) {
        const contribution one = contribution_of(side, unit);
        total.numerator = checked_add(total.numerator, one.numerator);
        total.denominator += one.denominator;
    }
    return total;
}

[[nodiscard]] inline bool is_undecided(const figure_side& side, std::uint8_t classes) noexcept {
    if ((classes & in_denominator) == 0) return (classes & is_unknown) != 0;
    const bool asks_numerator = side.kind == measure_kind::share && !side.counts_rows_in;
    return asks_numerator && (classes & in_numerator) == 0 && (classes & numerator_unknown) != 0;
}

[[nodiscard]] inline std::string role_of(const figure_side& side, std::uint8_t classes) {
    if (is_undecided(side, classes)) return "unknown";
    if ((classes & in_denominator) != 0) {
        if (side.kind != measure_kind::share || side.counts_rows_in) return "counted";
        return (classes & in_numerator) != 0 ? "numerator" : "denominator only";
    }
    if ((classes & is_immature) != 0) return "immature";
    return (classes & is_excluded) != 0 ? "excluded" : "not counted";
}

}  // namespace detail

}  // namespace goldenthread
