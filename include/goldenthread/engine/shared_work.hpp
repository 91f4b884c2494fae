// goldenthread: what measures make of the rows before they count: each once for a dataset, whoever needs it first.
// Names here what prepared_dataset.hpp and bound_measure.hpp make there.
#pragma once

#include <goldenthread/engine/engine_how.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

namespace detail {

/// Collects the work of one measure.
class work_collector {
public:
    work_collector(const resolved_measure& m, const schema& tables) : schema_(tables), slots_(m.slots) {
        add(m.root, true);
        visit_slots(m, [&](const resolved& r) { add(r); });
        for (const column_use& c : m.distinct) add(c);
        for (const resolved_dimension& d : m.dimensions) {
            visit_slots(d, [&](const resolved& r) { add(r); }, [&](const resolved_source& each) { add(each, false); });
        }
    }
    [[nodiscard]] const std::set<shared_work>& found() const noexcept { return found_; }

private:
    void add(const column_use& c) {
        std::string table = slots_[c.row.slot].table, rows = slots_[c.row.slot].rows;
        for (const std::string& name : c.row.references) {
            const table_schema* shape = schema_.find(table);
            const reference* r = shape == nullptr ? nullptr : shape->find_reference(name);
            if (r == nullptr) return;
            found_.insert({shared_work::kind_type::reference, table,
                           rows + " to " + r->table + " by " + joined(r->columns, ", ")});
            table = rows = r->table;
        }
    }
    void add(const resolved& r) {
        if (!r || !seen_.insert(r.get()).second) return;
        if (r->op == operation::column) add(r->column);
        for (const resolved& child : r->children) add(child);
        if (!r->related) return;
        add(r->related->source, false);
        add(r->related->value);
        for (const resolved& o : r->related->over) add(o);
    }
    void add(const resolved_source& s, bool is_root) {
        if (s.inner) add(*s.inner, false);
        std::string rows = s.table;
        if (s.kind == row_query::kind_type::collapse) {
            rows = "spells of " + s.table + " by " + joined(s.collapse_by, ", ") + " with gaps of up to " +
                   std::to_string(s.gap_days) + " days";
            found_.insert({shared_work::kind_type::spells, s.table, rows});
        }
        slots_[s.slot] = {s.table, rows};
        if (!is_root && !s.keys.empty()) {
            std::vector<std::string> names;
            for (const resolved_key& k : s.keys) {
                add(k.theirs);
                names.push_back(
                    (k.theirs.row.references.empty() ? std::string() : joined(k.theirs.row.references, ".") + ".") +
                    k.theirs.column);
            }
            found_.insert({shared_work::kind_type::related, s.table, rows + " by " + joined(names, ", ")});
        }
        if (s.kind == row_query::kind_type::gaps) add(s.cut);
        visit_slots(s, [&](const resolved& r) { add(r); });
    }

    struct slot {
        std::string table;
        std::string rows;  ///< the table, or the spells made of it
    };
    const schema& schema_;
    std::vector<slot> slots_;
    std::set<shared_work> found_;
    std::set<const resolved_node*> seen_;
};

}  // namespace detail

}  // namespace goldenthread
