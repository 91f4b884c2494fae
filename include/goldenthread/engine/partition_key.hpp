// goldenthread: by what the rows of a measure may be divided. Rows that can meet in one unit of a figure (the plans of a
// child, the children of a family, the incidents of a victim) have one value of the partition key.
#pragma once

#include <goldenthread/engine/resolved.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace goldenthread::detail {

/// Table → the column that holds the key. Empty = there is none: all rows of the measure's tables belong together.
using partition_key = std::map<std::string, std::string>;

/// Follows one column of the counted row through every reference and every related row. Where it does not lead, rows of
/// another partition could be reached, and the column is no partition key.
class partition_tracer {
public:
    partition_tracer(const resolved_measure& m, const schema& tables) : m_(m), schema_(tables) {}

    /// The key that `column` of the counted row gives, if it is one.
    [[nodiscard]] std::optional<partition_key> trace(const std::string& column) {
        columns_.assign(m_.slots, {});
        tables_.assign(m_.slots, {});
        found_.clear();
        holds_ = true;
        if (m_.root.kind == row_query::kind_type::collapse && !contains(m_.root.collapse_by, column)) return std::nullopt;
        set_slot(m_.root.slot, m_.root.table, column);
        for (const resolved* r : {&m_.where, &m_.exclude, &m_.immature, &m_.numerator, &m_.value, &m_.censored, &m_.event}) visit(*r);
        bool entity_is_whole = m_.distinct.empty();
        for (const column_use& c : m_.distinct) entity_is_whole = column_of(c.row) == c.column || entity_is_whole;
        for (const resolved_dimension& d : m_.dimensions) {
            visit(d.value);
            if (d.each_value) {
                visit(d.each);
                visit(d.each_value);
            }
            for (const auto& [name, predicate] : d.predicates) visit(predicate);
        }
        if (!holds_ || !entity_is_whole) return std::nullopt;
        return found_;
    }

private:
    static bool contains(const std::vector<std::string>& list, const std::string& name) {
        return std::find(list.begin(), list.end(), name) != list.end();
    }
    /// One table cannot be divided by two columns at once.
    void divide(const std::string& table, const std::string& column) {
        const auto [at, added_now] = found_.emplace(table, column);
        if (!added_now && at->second != column) holds_ = false;
    }
    void set_slot(std::uint32_t slot, const std::string& table, const std::string& column) {
        columns_[slot] = column;
        tables_[slot] = table;
        divide(table, column);
    }
    /// Column with the key in the row that a path leads to; empty when the path leaves the partition.
    [[nodiscard]] std::string column_of(const row_path& path) {
        std::string column = columns_[path.slot], table = tables_[path.slot];
        for (const std::string& name : path.references) {
            const table_schema* shape = schema_.find(table);
            const reference* r = shape == nullptr ? nullptr : shape->find_reference(name);
            const std::size_t at = r == nullptr ? 0 : static_cast<std::size_t>(std::find(r->columns.begin(), r->columns.end(), column) - r->columns.begin());
            if (r == nullptr || at == r->columns.size()) {
                holds_ = false;
                return {};
            }
            column = r->target_columns[at];
            table = r->table;
            divide(table, column);
        }
        return column;
    }
    void visit(const resolved& r) {
        if (!r || !holds_) return;
        if (r->op == operation::column && !r->column.row.references.empty()) static_cast<void>(column_of(r->column.row));
        for (const resolved& child : r->children) visit(child);
        if (!r->related) return;
        visit(r->related->source);
        visit(r->related->value);
        for (const resolved& o : r->related->over) visit(o);
    }
    void visit(const resolved_source& s) {
        if (!holds_) return;
        if (s.inner) {
            visit(*s.inner);
            if (!holds_) return;
            set_slot(s.slot, s.table, columns_[s.inner->slot]);
        } else {
            const std::string column = column_tied_by(s);
            if (column.empty() || (s.kind == row_query::kind_type::collapse && !contains(s.collapse_by, column))) {
                holds_ = false;
                return;
            }
            set_slot(s.slot, s.table, column);
        }
        for (const resolved_key& k : s.keys) visit(k.ours);
        visit(s.where);
        for (const resolved& o : s.order_by) visit(o);
        for (const resolved& p : s.per) visit(p);
        visit(s.from);
        visit(s.until);
    }
    /// The column of the related table that one of the source's keys ties to ours; empty = none does.
    [[nodiscard]] std::string column_tied_by(const resolved_source& s) {
        for (const resolved_key& k : s.keys) {
            if (k.ours->op != operation::column || k.ours->column.table.empty()) continue;
            if (column_of(k.ours->column.row) != k.ours->column.column) continue;
            if (k.theirs.row.references.empty()) return k.theirs.column;
            if (k.theirs.row.references.size() > 1) continue;
            const table_schema* shape = schema_.find(s.table);
            const reference* r = shape == nullptr ? nullptr : shape->find_reference(k.theirs.row.references.front());
            for (std::size_t i = 0; r != nullptr && i < r->columns.size(); ++i) {
                if (r->target_columns[i] != k.theirs.column) continue;
                divide(r->table, r->target_columns[i]);
                return r->columns[i];
            }
        }
        return {};
    }

    const resolved_measure& m_;
    const schema& schema_;
    std::vector<std::string> columns_, tables_;  ///< by slot
    partition_key found_;
    bool holds_ = true;
};

/// The partition key of a measure: of its entity if that is one, else the first of the columns that tie its rows.
/// `joining` names the columns of the counted table that tie rows together.
[[nodiscard]] inline partition_key partition_key_of(const resolved_measure& m, const schema& tables, const std::set<std::string>& joining) {
    std::vector<std::string> candidates;
    for (const column_use& c : m.distinct) {
        if (c.row.references.empty()) candidates.push_back(c.column);
    }
    if (joining.count("child_id") != 0) candidates.emplace_back("child_id");
    candidates.insert(candidates.end(), joining.begin(), joining.end());
    partition_tracer tracer(m, tables);
    for (const std::string& column : candidates) {
        if (const auto key = tracer.trace(column)) return *key;
    }
    return {};
}

}  // namespace goldenthread::detail
