// goldenthread: by what the rows of a measure may be divided. Rows that a measure looks at together (the plans of a
// child, the categories of a plan, the incidents of a victim) have equal values in some columns: where no value stands
// in two shares of the rows, no two shares need each other.
#pragma once

#include <goldenthread/engine/engine_how.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// All ties of a measure, sorted. Rows may be divided so that no value of a tie is in two shares. Empty = they may not
/// be divided.
using partition_key = std::vector<row_tie>;

/// Collects every equality by which a measure brings rows together: references, keys of related rows, joined spells,
/// entities. Of several columns that must be equal at once one is enough.
class tie_collector {
public:
    tie_collector(const resolved_measure& m, const schema& tables) : schema_(tables), tables_(m.slots) {
        add(m.root, true);
        visit_slots(m, [&](const resolved& r) { add(r); });
        if (!m.distinct.empty()) {
            std::vector<std::string> names;
            for (const column_use& c : m.distinct) {
                follow(c.row);
                names.push_back(c.column);
            }
            const column_use& one = m.distinct[preferred(names)];
            tie({one.table, one.column}, {one.table, one.column});
        }
        for (const resolved_dimension& d : m.dimensions) {
            visit_slots(d, [&](const resolved& r) { add(r); }, [&](const resolved_source& each) { add(each, false); });
        }
    }
    [[nodiscard]] partition_key found() const {
        if (!divisible_) return {};
        partition_key result;
        for (const std::set<table_column>& one : ties_) result.emplace_back(one.begin(), one.end());
        std::sort(result.begin(), result.end());
        return result;
    }

private:
    /// Most rows are about a child, and most shares are of children.
    static std::size_t preferred(const std::vector<std::string>& names) {
        const auto child = std::find(names.begin(), names.end(), "child_id");
        return child == names.end() ? 0 : static_cast<std::size_t>(child - names.begin());
    }
    /// Dates known to the month or year are no ties: two that are not the same may be taken for one.
    [[nodiscard]] bool is_exact(const table_column& c) const {
        const table_schema* shape = schema_.find(c.first);
        const column_schema* known = shape == nullptr ? nullptr : shape->find(c.second);
        return known != nullptr && known->precision.empty();
    }
    void tie(const table_column& a, const table_column& b) {
        divisible_ = divisible_ && is_exact(a) && is_exact(b);
        std::set<table_column> united = {a, b};
        for (auto one = ties_.begin(); one != ties_.end();) {
            if (one->count(a) == 0 && one->count(b) == 0) {
                ++one;
                continue;
            }
            united.insert(one->begin(), one->end());
            one = ties_.erase(one);
        }
        ties_.push_back(std::move(united));
    }
    /// The table that a path leads to; each step ties a row to the one it refers to.
    std::string follow(const row_path& path) {
        std::string table = tables_[path.slot];
        for (const std::string& name : path.references) {
            const table_schema* shape = schema_.find(table);
            const reference* r = shape == nullptr ? nullptr : shape->find_reference(name);
            if (r == nullptr || r->columns.empty()) {
                divisible_ = false;
                return {};
            }
            const std::size_t i = preferred(r->columns);
            tie({table, r->columns[i]}, {r->table, r->target_columns[i]});
            table = r->table;
        }
        return table;
    }
    void add(const resolved& r) {
        if (!r || !seen_.insert(r.get()).second) return;
        if (r->op == operation::column) follow(r->column.row);
        for (const resolved& child : r->children) add(child);
        if (!r->related) return;
        add(r->related->source, false);
        add(r->related->value);
        for (const resolved& o : r->related->over) add(o);
    }
    void add(const resolved_source& s, bool is_root) {
        if (s.inner) add(*s.inner, is_root);
        tables_[s.slot] = s.table;
        if (s.kind == row_query::kind_type::collapse) {
            if (s.collapse_by.empty()) {
                divisible_ = false;
            } else {
                const table_column by = {s.table, s.collapse_by[preferred(s.collapse_by)]};
                tie(by, by);
            }
        }
        if (!is_root && !s.inner) tie_by_keys(s);
        visit_slots(s, [&](const resolved& r) { add(r); });
    }
    void tie_by_keys(const resolved_source& s) {
        std::vector<table_column> ours, theirs;
        std::vector<std::string> names;
        for (const resolved_key& k : s.keys) {
            const std::string table = follow(k.theirs.row);
            if (k.ours->op != operation::column || k.ours->column.table.empty()) continue;
            ours.emplace_back(follow(k.ours->column.row), k.ours->column.column);
            theirs.emplace_back(table, k.theirs.column);
            names.push_back(k.theirs.column);
        }
        if (ours.empty()) {
            divisible_ = false;
            return;
        }
        const std::size_t i = preferred(names);
        tie(ours[i], theirs[i]);
    }

    const schema& schema_;
    std::vector<std::string> tables_;  ///< by slot
    std::vector<std::set<table_column>> ties_;
    std::set<const resolved_node*> seen_;
    bool divisible_ = true;
};

[[nodiscard]] inline partition_key partition_key_of(const resolved_measure& m, const schema& tables) {
    return tie_collector(m, tables).found();
}
}  // namespace goldenthread::detail
