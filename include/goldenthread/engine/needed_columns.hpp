// goldenthread: which columns of which tables a measure reads. Free of data.
#pragma once

#include <goldenthread/engine/resolved.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Table → columns.
using needed_columns = std::map<std::string, std::set<std::string>>;

/// Collects the columns of a measure: of its filters and entities, and apart those that only its breakdowns read.
class column_collector {
public:
    column_collector(const resolved_measure& m, const schema& tables) : schema_(tables) {
        slots_.resize(m.slots);
        add_source(m.root);
        visit_slots(m, [&](const resolved& r) { add(r); });
        for (const column_use& c : m.distinct) add(c, true);
        into_ = &broken_down_;
        for (const resolved_dimension& d : m.dimensions) {
            visit_slots(d, [&](const resolved& r) { add(r); }, [&](const resolved_source& each) {
                need_other_rows("is broken down by rows of " + each.table);
                add_source(each);
            });
        }
    }

    [[nodiscard]] const needed_columns& own() const noexcept { return own_; }
    /// Of breakdowns; may repeat columns of `own`.
    [[nodiscard]] const needed_columns& broken_down() const noexcept { return broken_down_; }
    [[nodiscard]] needed_columns all() const {
        needed_columns result = own_;
        for (const auto& [table, names] : broken_down_) result[table].insert(names.begin(), names.end());
        return result;
    }
    /// Columns that only say which rows belong together: keys, references, distinct entities.
    [[nodiscard]] const needed_columns& joining() const noexcept { return joining_; }
    /// Columns whose values are looked at otherwise: compared with constants, shown, computed with.
    [[nodiscard]] const needed_columns& looked_at() const noexcept { return looked_at_; }
    /// Tables of which one row is picked among several: followed by a reference, or put in order. Ties then decide.
    [[nodiscard]] const std::set<std::string>& picked_from() const noexcept { return picked_from_; }
    /// The first thing, in words, for which other rows than the counted one must be there; empty = none.
    [[nodiscard]] const std::string& other_rows() const noexcept { return other_rows_; }

private:
    void need_other_rows(std::string why) {
        if (other_rows_.empty()) other_rows_ = std::move(why);
    }
    void put(needed_columns& into, const std::string& table, const std::string& column) {
        if (schema_.find(table) != nullptr && schema_.table(table).find(column) != nullptr) into[table].insert(column);
    }
    void put_joining(const std::string& table, const std::string& column) {
        put(*into_, table, column);
        put(joining_, table, column);
    }
    void add(const column_use& c, bool joins) {
        std::string table = slots_[c.row.slot];
        for (const std::string& name : c.row.references) {
            const table_schema* shape = schema_.find(table);
            const reference* r = shape == nullptr ? nullptr : shape->find_reference(name);
            if (r == nullptr) return;
            picked_from_.insert(r->table);
            need_other_rows("follows a reference to " + r->table);
            for (const std::string& column : r->columns) put_joining(table, column);
            for (const std::string& column : r->target_columns) put_joining(r->table, column);
            (*into_)[r->table];
            table = r->table;
        }
        if (c.table.empty()) return;  // a day of gaps(…)
        put(*into_, table, c.column);
        if (!c.precision.empty()) put(*into_, table, c.precision);
        put(joins ? joining_ : looked_at_, table, c.column);
    }
    void add(const resolved& r, bool joins = false) {
        if (!r || (!joins && !seen_.emplace(r.get(), into_).second)) return;
        if (r->op == operation::column) add(r->column, joins);
        for (const resolved& child : r->children) add(child, joins || only_tells_apart(*r));
        if (!r->related) return;
        using aggregate = related_rows::aggregate_type;
        const aggregate kind = r->related->aggregate;
        if (kind == aggregate::first || kind == aggregate::last || kind == aggregate::nth) picked_from_.insert(r->related->source.table);
        need_other_rows("looks at rows of " + r->related->source.table);
        add_source(r->related->source);
        add(r->related->value, joins || r->related->distinct);
        for (const resolved& o : r->related->over) add(o, true);
    }
    /// x is null, known(x), x = y: the same whatever the values are, as long as equal ones stay equal. So is
    /// x = last(…).x.
    static bool only_tells_apart(const resolved_node& n) {
        const bool equality = n.op == operation::compare && (n.comparison == expression_kind::equal || n.comparison == expression_kind::not_equal);
        if (n.op != operation::is_null && n.op != operation::is_known && !equality) return false;
        return std::all_of(n.children.begin(), n.children.end(), [](const resolved& child) { return child->op == operation::column || is_found_in_order(*child); });
    }
    static bool is_found_in_order(const resolved_node& n) {
        using aggregate = related_rows::aggregate_type;
        if (!n.related || !n.related->value || n.related->value->op != operation::column) return false;
        return n.related->aggregate == aggregate::first || n.related->aggregate == aggregate::last || n.related->aggregate == aggregate::nth;
    }
    void add_source(const resolved_source& s) {
        if (s.inner) add_source(*s.inner);
        if (s.kind == row_query::kind_type::latest_per) picked_from_.insert(s.table);
        if (s.kind == row_query::kind_type::collapse) need_other_rows("joins rows of " + s.table + " into spells");
        slots_[s.slot] = s.table;
        (*into_)[s.table];
        for (const std::string& name : s.collapse_by) put_joining(s.table, name);
        if (s.kind == row_query::kind_type::collapse) {
            for (const char* name : {"start_date", "end_date"}) put(*into_, s.table, name);
        }
        for (const resolved_key& k : s.keys) {
            add(k.theirs, true);
            add(k.ours, k.ours->op == operation::column);
        }
        if (s.kind == row_query::kind_type::gaps) add(s.cut, false);
        add(s.where);
        // After the first, an order only settles ties: which way an identifier settles them says nothing.
        for (std::size_t i = 0; i < s.order_by.size(); ++i) add(s.order_by[i], i > 0);
        for (const resolved& p : s.per) add(p, true);
        add(s.from);
        add(s.until);
    }

    const schema& schema_;
    std::vector<std::string> slots_;  ///< slot → table
    needed_columns own_, broken_down_, joining_, looked_at_;
    needed_columns* into_ = &own_;
    std::set<std::string> picked_from_;
    std::string other_rows_;
    std::set<std::pair<const resolved_node*, const needed_columns*>> seen_;
};

/// Columns that settle ties between rows of a table, the first in which two rows differ deciding: what the measure
/// itself reads, identifiers last, then all others. So neither the order of a file nor a column nobody reads can change a
/// total, and a cell is the same whichever breakdowns are asked for beside it.
[[nodiscard]] inline std::map<std::string, std::vector<std::string>> deciding_columns(const resolved_measure& m,
                                                                                      const schema& tables) {
    const column_collector columns(m, tables);
    std::map<std::string, std::vector<std::string>> result;
    for (const auto& [table, read_somewhere] : columns.all()) {
        const table_schema& shape = tables.table(table);
        const auto own = columns.own().find(table);
        std::set<std::string> rest;
        for (const column_schema& c : shape.columns) rest.insert(c.name);
        std::vector<std::string>& order = result[table];
        const auto append = [&](const std::set<std::string>& names, bool identifiers) {
            for (const std::string& name : names) {
                const bool is_identifier = shape.find(name)->type == value_type::text;
                if (is_identifier == identifiers && std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
            }
        };
        for (const bool identifiers : {false, true}) {
            if (own != columns.own().end()) append(own->second, identifiers);
        }
        for (const bool identifiers : {false, true}) append(rest, identifiers);
    }
    return result;
}

}  // namespace goldenthread::detail
