// goldenthread: a resolved measure tied to the columns of one dataset.
#pragma once

#include <goldenthread/engine/needed_columns.hpp>
#include <goldenthread/engine/prepared_dataset.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// The row each slot stands on. Rows of gaps(…) carry their two days instead.
struct frame {
    std::int64_t row = no_row;
    scalar start, end;
};
using frames = std::vector<frame>;

/// A column reached from a slot through references.
struct bound_use {
    std::uint32_t slot = 0;
    std::vector<const std::vector<std::int64_t>*> links;
    const bound_column* values = nullptr;  ///< null for rows of gaps(…)
    bool is_gap_start = false;

    [[nodiscard]] std::int64_t row(const frames& f) const {
        std::int64_t r = f[slot].row;
        for (const auto* link : links) {
            if (r < 0) return no_row;
            r = (*link)[static_cast<std::size_t>(r)];
        }
        return r;
    }
    [[nodiscard]] scalar at(const frames& f) const {
        if (values == nullptr) return is_gap_start ? f[slot].start : f[slot].end;
        return values->at(row(f));
    }
};

/// Rows of a source: its table, and the index of its keys.
struct bound_source {
    const table* rows = nullptr;  ///< only columns that settle ties, in their order; null = not supplied
    const key_index* index = nullptr;  ///< null when there are no keys: all rows
};

/// Everything that evaluating one measure on one dataset needs.
class bound_measure {
public:
    bound_measure(const resolved_measure& m, prepared_dataset& data)
        : measure_(m), data_(data), deciding_(deciding_columns(m, data.tables())) {
        slot_tables_.resize(m.slots, nullptr);
        bind_source(m.root, /*is_root=*/true);
        for (const resolved* r : {&m.where, &m.exclude, &m.immature, &m.numerator, &m.value, &m.censored}) bind(*r);
        for (const column_use& c : m.distinct) (void)bind_use(c);
        for (const resolved_dimension& d : m.dimensions) {
            bind(d.value);
            if (d.each_value) {
                bind_source(d.each, false);
                bind(d.each_value);
            }
            for (const auto& [name, predicate] : d.predicates) {
                bind(predicate);
                (void)data_.texts().id(name);  // counting threads only look up
            }
        }
    }

    [[nodiscard]] const resolved_measure& measure() const noexcept { return measure_; }
    [[nodiscard]] prepared_dataset& data() const noexcept { return data_; }
    [[nodiscard]] const table* root() const noexcept { return slot_tables_[0]; }
    [[nodiscard]] const bound_use& use(const column_use& c) const { return uses_.at(&c); }
    [[nodiscard]] const bound_source& source(const resolved_source& s) const { return sources_.at(&s); }
    /// Id of a constant text.
    [[nodiscard]] std::int64_t text_id(const resolved_node& n) const { return text_ids_.at(&n); }
    /// Sorted ids of the texts of an in_texts node.
    [[nodiscard]] const std::vector<std::int64_t>& list_ids(const resolved_node& n) const { return list_ids_.at(&n); }
    /// Text id of a code → text id of its group.
    [[nodiscard]] const std::unordered_map<std::int64_t, std::int64_t>& group_ids(const resolved_node& n) const { return group_ids_.at(&n); }

private:
    void bind(const resolved& r) {
        if (!r || !seen_.emplace(r.get(), true).second) return;
        const resolved_node& n = *r;
        if (n.op == operation::column) (void)bind_use(n.column);
        if (n.op == operation::constant && n.type == static_type::text) text_ids_[&n] = data_.texts().id(n.text);
        if (n.op == operation::in_texts) {
            auto& ids = list_ids_[&n];
            for (const std::string& text : n.texts) ids.push_back(data_.texts().id(text));
            std::sort(ids.begin(), ids.end());
        }
        if (n.op == operation::group_of) {
            auto& groups = group_ids_[&n];
            for (const auto& [value, group] : n.groups) groups.emplace(data_.texts().id(value), data_.texts().id(group));
        }
        for (const resolved& child : n.children) bind(child);
        if (n.related) {
            bind_source(n.related->source, false);
            bind(n.related->value);
            for (const resolved& o : n.related->over) bind(o);
        }
    }
    const bound_use& bind_use(const column_use& c) {
        bound_use& use = uses_[&c];
        use.slot = c.row.slot;
        use.is_gap_start = c.column == "start";
        if (c.table.empty() && c.column != "spell") return use;
        const table* t = slot_tables_[c.row.slot];
        for (const std::string& name : c.row.references) {
            if (t == nullptr) break;
            const table_schema& shape = data_.tables().table(t->name());
            const reference* r = shape.find_reference(name);
            use.links.push_back(&data_.links(t, *r, deciding_[r->table]));
            t = data_.data().find(r->table);
        }
        use.values = &data_.bind(t, c.column, c.precision);
        return use;
    }
    void bind_source(const resolved_source& s, bool is_root) {
        bound_source& bound = sources_[&s];
        if (s.inner) bind_source(*s.inner, false);
        const table* rows = s.inner ? slot_tables_[s.inner->slot]
                            : s.kind == row_query::kind_type::collapse ? data_.collapsed(s.table, s.collapse_by, s.gap_days)
                                                                       : data_.data().find(s.table);
        slot_tables_[s.slot] = rows;
        if (rows != nullptr && !is_root) bound.rows = &orders_.emplace_back(with_columns(*rows, deciding_[s.table]));
        for (const resolved_key& k : s.keys) bind(k.ours);
        if (!is_root && !s.keys.empty()) bound.index = &index_of(s, rows);
        bind(s.where);
        for (const resolved& o : s.order_by) bind(o);
        for (const resolved& p : s.per) bind(p);
        bind(s.from);
        bind(s.until);
        if (s.kind == row_query::kind_type::gaps) (void)bind_use(s.cut);
    }
    /// Rows by the keys of a source, shared by all definitions that ask for the same keys.
    const key_index& index_of(const resolved_source& s, const table* rows) {
        std::string name = rows == nullptr ? "nothing" : std::to_string(reinterpret_cast<std::uintptr_t>(rows));
        std::vector<const bound_use*> theirs;
        for (const resolved_key& k : s.keys) {
            theirs.push_back(&bind_use(k.theirs));
            name += "\n" + joined(k.theirs.row.references, ".") + "." + k.theirs.column;
        }
        auto& slot = data_.source_indexes()[name];
        if (slot) return *slot;
        slot = std::make_unique<key_index>();
        if (rows == nullptr) return *slot;
        frames f(measure_.slots);
        for (std::size_t row = 0; row < rows->row_count(); ++row) {
            f[s.slot].row = static_cast<std::int64_t>(row);
            key_index::key k;
            bool complete = true;
            for (const bound_use* use : theirs) complete = complete && append_key(k, use->at(f));
            if (complete) slot->add(k, static_cast<std::uint32_t>(row));
        }
        return *slot;
    }

    const resolved_measure& measure_;
    prepared_dataset& data_;
    std::map<std::string, std::vector<std::string>> deciding_;
    std::vector<const table*> slot_tables_;
    std::deque<table> orders_;  ///< a deque keeps pointers valid
    std::unordered_map<const column_use*, bound_use> uses_;
    std::unordered_map<const resolved_source*, bound_source> sources_;
    std::unordered_map<const resolved_node*, std::int64_t> text_ids_;
    std::unordered_map<const resolved_node*, std::vector<std::int64_t>> list_ids_;
    std::unordered_map<const resolved_node*, std::unordered_map<std::int64_t, std::int64_t>> group_ids_;
    std::unordered_map<const resolved_node*, bool> seen_;
};

}  // namespace goldenthread::detail
