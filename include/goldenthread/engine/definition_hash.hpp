// goldenthread: the identity of a definition: its resolved tree, conventions and parameters.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <string>

namespace goldenthread::detail {

/// Writes a resolved tree as text in which every part that matters stands, and titles do not.
class definition_writer {
public:
    [[nodiscard]] std::string write(const resolved_measure& m) {
        text_ = "measure " + std::string(to_text(m.kind)) + " " + std::string(to_text(m.timing)) + " ";
        if (m.lower) text_ += std::string(to_text(m.upper_kind)) + " ";
        put(m.root);
        for (const resolved* r : {&m.where, &m.exclude, &m.immature, &m.numerator, &m.value, &m.censored}) put(*r);
        for (const column_use& c : m.distinct) put(c);
        text_ += " per " + std::to_string(m.per) + " ages " + std::to_string(m.youngest) + "-" + std::to_string(m.oldest) + (m.annualise ? " annualised" : "");
        for (const auto& w : m.look_back) text_ += " back " + w.table + std::to_string(w.amount) + std::string(to_text(w.unit));
        for (const auto& w : m.follow_up) text_ += " follow " + w.table + std::to_string(w.amount) + std::string(to_text(w.unit));
        if (m.event) {
            text_ += " event ";
            put(m.event);
        }
        for (const std::string& name : m.profile) text_ += " profile " + name;
        if (m.kind == measure_kind::quantile) {
            text_ += " at " + std::to_string(m.p.numerator) + "/" + std::to_string(m.p.denominator) + " method " + std::to_string(m.method);
        }
        write_part(" over ", m.lower);
        write_part(" showing ", m.profile_measure);
        const conventions& c = m.conventions;
        text_ += " conventions " + std::to_string(static_cast<int>(c.months)) + std::to_string(static_cast<int>(c.birthdays)) +
                 std::to_string(static_cast<int>(c.ends)) + std::to_string(static_cast<int>(c.years));
        for (const day d : c.working_days.added()) text_ += " added " + to_iso(d);
        for (const day d : c.working_days.restored()) text_ += " restored " + to_iso(d);
        return text_;
    }

    /// A breakdown is no part of what a definition means, but of what is counted.
    [[nodiscard]] std::string write(const resolved_dimension& d) {
        text_ = "dimension " + d.name + " ";
        put(d.value);
        if (d.each_value) {
            put(d.each);
            put(d.each_value);
        }
        for (const auto& [name, predicate] : d.predicates) {
            text_ += "p" + std::to_string(name.size()) + ":" + name;
            put(predicate);
        }
        for (const std::string& name : d.categories) text_ += "c" + std::to_string(name.size()) + ":" + name;
        return text_;
    }

private:
    void write_part(const char* joint, const std::shared_ptr<const resolved_measure>& part) {
        if (part) text_ += joint + definition_writer().write(*part);
    }
    void put(const row_path& row) {
        text_ += "$" + std::to_string(row.slot);
        for (const std::string& name : row.references) text_ += "." + name;
    }
    void put(const column_use& c) {
        put(c.row);
        text_ += ":" + c.table + "." + c.column + " ";
    }
    void put(const resolved& r) {
        if (!r) {
            text_ += "- ";
            return;
        }
        const resolved_node& n = *r;
        text_ += "(" + std::to_string(static_cast<int>(n.op));
        if (n.op == operation::compare) text_ += "c" + std::to_string(static_cast<int>(n.comparison));
        if (n.op == operation::divide || n.op == operation::rescale) text_ += "f" + std::to_string(n.factor);
        if (n.denominator != 1) text_ += "/" + std::to_string(n.denominator);
        if (n.op == operation::duration) text_ += "u" + std::string(to_text(n.unit));
        if (n.op == operation::constant) {
            if (n.type == static_type::text) {
                text_ += "'" + std::to_string(n.text.size()) + ":" + n.text;
            } else {
                text_ += "k" + std::to_string(static_cast<int>(n.constant.kind)) + "," + std::to_string(n.constant.low);
            }
        }
        for (const std::string& t : n.texts) text_ += "'" + std::to_string(t.size()) + ":" + t;
        for (const auto& [code_value, group] : n.groups) text_ += "g" + code_value + "=" + group;
        if (n.op == operation::column) put(n.column);
        if (n.has_else) text_ += "e";
        text_ += " ";
        for (const resolved& child : n.children) put(child);
        if (n.related) {
            const resolved_related& x = *n.related;
            text_ += "a" + std::to_string(static_cast<int>(x.aggregate)) + (x.distinct ? "d" : "") + std::to_string(x.position) + " ";
            put(x.source);
            put(x.value);
            for (const resolved& o : x.over) put(o);
        }
        text_ += ")";
    }
    void put(const resolved_source& s) {
        text_ += "[" + std::to_string(static_cast<int>(s.kind)) + s.table + "$" + std::to_string(s.slot) + " ";
        for (const resolved_key& k : s.keys) {
            put(k.theirs);
            put(k.ours);
        }
        put(s.where);
        for (const resolved& o : s.order_by) put(o);
        for (const resolved& p : s.per) put(p);
        if (s.inner) put(*s.inner);
        if (s.kind == row_query::kind_type::gaps) put(s.cut);
        put(s.from);
        put(s.until);
        for (const std::string& name : s.collapse_by) text_ += "b" + name;
        text_ += std::to_string(s.gap_days) + "]";
    }

    std::string text_;
};

/// 64 hexadecimal digits; the same on every machine.
[[nodiscard]] inline std::string hash_of_definition(const resolved_measure& m) { return sha256(definition_writer().write(m)); }

}  // namespace goldenthread::detail
