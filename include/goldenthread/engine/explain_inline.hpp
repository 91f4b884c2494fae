// goldenthread: finds the rows behind a cell, for the translation unit that includes this: inlined::explain.
#pragma once

#include <goldenthread/engine/evaluate_inline.hpp>
#include <goldenthread/engine/explain.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Finds the column that left an expression undecided.
class cause_finder {
public:
    cause_finder(const bound_measure& m, const node_evaluator& nodes) : m_(m), nodes_(nodes) {}

    [[nodiscard]] std::string cause(const resolved& r, frames& f, const time_point& t) const {
        const resolved_node& n = *r;
        if (n.op == operation::column) return n.column.table.empty() ? n.column.column : n.column.table + "." + n.column.column;
        if (n.op == operation::constant) return "the definition says unknown";
        if (n.op == operation::choose) return cause_of_choice(n, f, t);
        for (const resolved& child : n.children) {
            const scalar v = nodes_.evaluate(child, f, t);
            const bool undecided = v.is_null() || (v.kind == scalar::kind_type::number && !v.is_exact());
            if (undecided && !is_null_test(child)) return cause(child, f, t);
        }
        if (n.related) return cause_in_rows(*n.related, f, t);
        return "dates known to the month or year only";
    }

private:
    static bool is_null_test(const resolved& r) { return r->op == operation::is_null; }
    std::string cause_of_choice(const resolved_node& n, frames& f, const time_point& t) const {
        for (std::size_t i = 0; i + 1 < n.children.size(); i += 2) {
            const truth condition = nodes_.evaluate_truth(n.children[i], f, t);
            if (condition == truth::unknown) return cause(n.children[i], f, t);
            if (condition == truth::yes) return cause(n.children[i + 1], f, t);
        }
        if (!n.has_else) return "no branch of the definition fits";
        const resolved& rest = n.children.back();
        // `case when any(…) then … else unknown end`: what is lacking is what the condition looks for.
        if (rest->op == operation::constant && n.children[0]->op == operation::related) return "no such rows of " + n.children[0]->related->source.table;
        return cause(rest, f, t);
    }
    std::string cause_in_rows(const resolved_related& r, frames& f, const time_point& t) const {
        for (const resolved_key& k : r.source.keys) {
            if (nodes_.evaluate(k.ours, f, t).is_null()) return cause(k.ours, f, t);
        }
        for (const std::uint32_t row : r.source.inner ? nodes_.candidate_rows(*r.source.inner, f, t) : nodes_.candidate_rows(r.source, f, t)) {
            f[r.source.slot] = {static_cast<std::int64_t>(row), {}, {}};
            if (r.source.where && nodes_.evaluate_truth(r.source.where, f, t) == truth::unknown) return cause(r.source.where, f, t);
            if (r.value && nodes_.evaluate(r.value, f, t).is_null()) return cause(r.value, f, t);
        }
        return "no such rows of " + r.source.table;
    }

    const bound_measure& m_;
    const node_evaluator& nodes_;
};

/// Text of a cell for people.
[[nodiscard]] inline std::string cell_text(const column& c, std::size_t row) {
    if (c.is_null(row)) return {};
    if (is_text_type(c.type())) return std::string(c.text_at(row));
    if (c.type() == value_type::date) return to_iso(c.day_at(row));
    if (c.type() == value_type::boolean) return c.boolean_at(row) ? "true" : "false";
    return std::to_string(c.int64_at(row));
}

/// Explains rows of one measure at one point in time.
class row_explainer {
public:
    row_explainer(const bound_measure& m, const dataset& data, const schema& tables)
        : m_(m), data_(data), schema_(tables), nodes_(m), causes_(m, nodes_), reader_(m, nodes_) {}

    /// Rows that are something for the cell at this point in time, or on any day of its period.
    [[nodiscard]] std::vector<explained_row> rows(const time_point& t, const std::vector<breakdown_value>& key) const {
        std::vector<explained_row> result;
        if (m_.root() == nullptr) return result;
        frames f(m_.measure().slots);
        for (std::size_t row = 0; row < m_.root()->row_count(); ++row) {
            f[0].row = static_cast<std::int64_t>(row);
            if (m_.measure().timing == measure_timing::over) {
                explain_days(row, f, t, key, result);
            } else if (std::optional<explained_row> one = explain_at(row, f, t, key)) {
                result.push_back(std::move(*one));
            }
        }
        return result;
    }

private:
    [[nodiscard]] std::optional<explained_row> explain_at(std::size_t row, frames& f, const time_point& t, const std::vector<breakdown_value>& key) const {
        const row_truths truths = truths_of_row(m_.measure(), nodes_, f, t);
        std::uint8_t classes = classify(truths);
        key_index::key entity;
        const bool keyless = !m_.measure().distinct.empty() && !entity_of(m_, f, entity);
        if (keyless) classes = without_key(classes);
        if (classes == 0) return std::nullopt;
        const truth in_this_cell = in_cell(key, f, t);
        const std::uint8_t here = within_cell(classes, in_this_cell);
        if (here == 0) return std::nullopt;
        std::string why;
        if ((here & (is_unknown | numerator_unknown)) != 0) {
            why = in_this_cell == truth::unknown && here != classes ? cell_reason(f, t)
                  : keyless && truths.where == truth::yes          ? "no " + joined(m_.measure().distinct_names, ", ")
                                                                   : reason(truths, f, t);
        }
        explained_row result = explain(row, here, std::move(why));
        if (m_.measure().value && (here & in_denominator) != 0) {
            const scalar value = nodes_.evaluate(m_.measure().value, f, t);
            result.value = exact_ratio{value.low, m_.measure().value->denominator};
        }
        return result;
    }
    /// One entry for each role a row has on days of the period, with their number. Days that two rows of one entity
    /// share are in both entries.
    void explain_days(std::size_t row, frames& f, const time_point& t, const std::vector<breakdown_value>& key, std::vector<explained_row>& result) const {
        std::vector<std::pair<explained_row, int>> roles;
        for (day d = t.first; d <= t.last; ++d) {
            f[0].row = static_cast<std::int64_t>(row);
            const std::optional<explained_row> one = explain_at(row, f, {d, t.first, t.last}, key);
            if (!one) continue;
            const auto known = std::find_if(roles.begin(), roles.end(), [&](const auto& r) { return r.first.role == one->role && r.first.reason == one->reason; });
            if (known == roles.end()) {
                roles.emplace_back(*one, 1);
            } else {
                ++known->second;
            }
        }
        for (auto& [explained, days] : roles) {
            explained.reason = std::to_string(days) + (days == 1 ? " day" : " days") + (explained.reason.empty() ? "" : ": " + explained.reason);
            result.push_back(std::move(explained));
        }
    }
    [[nodiscard]] truth in_cell(const std::vector<breakdown_value>& key, frames& f, const time_point& t) const {
        if (key.empty()) return truth::yes;
        category_key wanted;
        for (const breakdown_value& v : key) wanted.push_back(v.category ? m_.data().texts().id(*v.category) : no_category);
        for (const auto& [cell, holds_here] : reader_.cells(m_.measure().breakdowns.front(), f, t)) {
            if (cell == wanted) return holds_here;
        }
        return truth::no;
    }
    /// Which column leaves open whether a row is in its cell: of a predicate, or of the rows that `each` looks at.
    [[nodiscard]] std::string cell_reason(frames& f, const time_point& t) const {
        for (const std::size_t i : m_.measure().breakdowns.front()) {
            const resolved_dimension& d = m_.measure().dimensions[i];
            for (const auto& [name, predicate] : d.predicates) {
                if (nodes_.evaluate_truth(predicate, f, t) == truth::unknown) return "in the cell or not, unknown because of " + causes_.cause(predicate, f, t);
            }
            if (!d.each_value || !d.each.where) continue;
            for (const related_row& row : nodes_.rows_of(d.each, f, t)) {
                node_evaluator::enter(f, d.each.slot, row);
                if (row.belongs == truth::unknown) return "in the cell or not, unknown because of " + causes_.cause(d.each.where, f, t);
            }
        }
        return "in the cell or not, unknown";
    }
    [[nodiscard]] explained_row explain(std::size_t row, std::uint8_t classes, std::string reason) const {
        explained_row result;
        result.table = m_.root()->name();
        result.row = row;
        for (const std::string& name : key_names()) {
            if (const column* c = m_.root()->find(name)) result.key.emplace_back(name, cell_text(*c, row));
        }
        const bool is_share = m_.measure().numerator != nullptr;
        if ((classes & in_numerator) != 0) {
            result.role = row_role::numerator;
        } else if ((classes & in_denominator) != 0) {
            result.role = (classes & numerator_unknown) != 0 ? row_role::unknown : is_share ? row_role::denominator_only : row_role::counted;
        } else if ((classes & is_unknown) != 0) {
            result.role = row_role::unknown;
        } else {
            result.role = (classes & is_excluded) != 0 ? row_role::excluded : row_role::immature;
        }
        if (result.role == row_role::unknown) result.reason = std::move(reason);
        result.in_denominator = (classes & in_denominator) != 0;
        result.may_be_in_numerator = (classes & numerator_unknown) != 0;
        if (row < m_.root()->sources().size()) {
            const row_source origin = m_.root()->sources()[row];
            if (origin.file < data_.files().size()) result.source_file = data_.files()[origin.file].name;
            result.source_row = origin.row;
        }
        return result;
    }
    [[nodiscard]] std::vector<std::string> key_names() const {
        const table_schema* shape = schema_.find(m_.root()->name());
        std::vector<std::string> names = shape == nullptr ? std::vector<std::string>{} : shape->key_columns();
        for (const std::string& name : m_.measure().distinct_names) names.push_back(name);
        names.emplace_back("child_id");
        std::vector<std::string> unique;
        for (std::string& name : names) {
            if (std::find(unique.begin(), unique.end(), name) == unique.end()) unique.push_back(std::move(name));
        }
        return unique;
    }
    [[nodiscard]] std::string reason(const row_truths& truths, frames& f, const time_point& t) const {
        const resolved_measure& m = m_.measure();
        if (truths.where == truth::unknown) return "unknown because of " + causes_.cause(m.where, f, t);
        if (m.exclude && truths.exclude == truth::unknown) return "unknown because of " + causes_.cause(m.exclude, f, t);
        if (m.immature && truths.immature == truth::unknown) return "unknown because of " + causes_.cause(m.immature, f, t);
        return "unknown because of " + causes_.cause(m.numerator, f, t);
    }

    const bound_measure& m_;
    const dataset& data_;
    const schema& schema_;
    node_evaluator nodes_;
    cause_finder causes_;
    category_reader reader_;
};

/// Rows of one measure, with the role that counted rows have in the whole.
inline void explain_part(const resolved_measure& m, prepared_dataset& prepared, const dataset& data, const schema& tables, const time_point& t,
                         const std::vector<breakdown_value>& key, row_role counted_as, bool counted_only, std::vector<explained_row>& result) {
    const bound_measure bound(m, prepared);
    for (explained_row& row : row_explainer(bound, data, tables).rows(t, key)) {
        if (row.role == row_role::counted) {
            row.role = counted_as;
            if (counted_as == row_role::censored) row.in_denominator = false;
        } else if (counted_only) {
            continue;
        }
        if (m.kind == measure_kind::incidence && row.role == row_role::excluded) row.reason = "in the clean window of an earlier event";
        result.push_back(std::move(row));
    }
}

/// The rows of a measure and of what is joined to it: what is divided first, then what it is divided by, or who waits.
[[nodiscard]] inline std::vector<explained_row> explain_parts(const resolved_measure& m, prepared_dataset& prepared, const dataset& data, const schema& tables,
                                                              const time_point& t, const std::vector<breakdown_value>& key) {
    std::vector<explained_row> result;
    const bool shows_profile = !key.empty() && m.profile_measure && !m.breakdowns.empty() && is_profile_breakdown(m, 0);
    const resolved_measure& shown = shows_profile ? *m.profile_measure : m;
    explain_part(shown, prepared, data, tables, t, key, shown.lower ? row_role::numerator : row_role::counted, false, result);
    if (shown.lower) explain_part(*shown.lower, prepared, data, tables, t, key, row_role::denominator_only, false, result);
    if (shown.censored) explain_part(waiting_rows(shown), prepared, data, tables, t, key, row_role::censored, true, result);
    return result;
}

}  // namespace goldenthread::detail


namespace goldenthread::inlined {

/// \copydoc goldenthread::explain
[[nodiscard]] inline std::vector<explained_row> explain(const schema& tables, const indicator_set& set, const std::string& id, const dataset& data, const period& when,
                                                        const std::vector<breakdown_value>& key = {}, const std::vector<parameter_value>& parameters = {}) {
    std::vector<breakdown> breakdowns;
    if (!key.empty()) {
        breakdowns.emplace_back();
        for (const breakdown_value& v : key) breakdowns.front().push_back(v.dimension);
    }
    detail::run_context run(data, tables);
    const detail::resolved_measure m = detail::with_follow_up(detail::resolve_measure(tables, set, set[id], breakdowns, parameters), run.coverage);
    if (!key.empty() && m.breakdowns.empty()) {
        error_context context;
        context.indicator = id;
        throw definition_error(m.notes.empty() ? "there is no such breakdown" : m.notes.front(), std::move(context));
    }
    return detail::explain_parts(m, run.data, data, tables, detail::point_of(when), key);
}

}  // namespace goldenthread::inlined
