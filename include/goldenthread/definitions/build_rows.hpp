// goldenthread: the C++ spelling of related rows.
//
//     const auto a = gt::rows("assessment").as("a");
//     gt::any(a.by("referral_id").where(a["authorised_date"] <= gt::as_at))
//     gt::last(gt::rows("cse_risk_assessment").by("cse_case_id").order_by(gt::column_named("assessed_date")))["risk_level"]
#pragma once

#include <goldenthread/definitions/build.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// Where related rows come from, being written. Each step gives a longer one and leaves the first as it was.
class related_source {
public:
    explicit related_source(row_query query, std::uint32_t levels = 1) : query_(std::move(query)), levels_(levels) {}

    [[nodiscard]] const row_query& query() const noexcept { return query_; }
    /// Levels of `latest per` within each other.
    [[nodiscard]] std::uint32_t levels() const noexcept { return levels_; }

    /// A short name for the rows.
    [[nodiscard]] related_source as(std::string_view name) const {
        return changed([&](row_query& q) { q.alias = detail::checked_name(name); });
    }
    /// Their columns equal ours of the same name: by("child_id"), by("police_case_id", "perpetrator_id").
    template <std::convertible_to<std::string_view>... Names>
        requires(sizeof...(Names) > 0)
    [[nodiscard]] related_source by(const Names&... names) const {
        return changed(
            [&](row_query& q) { (q.by.push_back({detail::checked_path(names), detail::checked_path(names)}), ...); });
    }
    /// Their column equals our column: by_columns("victim_id", "person.id").
    [[nodiscard]] related_source by_columns(std::string_view theirs, std::string_view ours) const {
        return changed(
            [&](row_query& q) { q.by.push_back({detail::checked_path(theirs), detail::checked_path(ours)}); });
    }
    /// The key that a parameter names.
    [[nodiscard]] related_source by_parameter(std::string_view name) const {
        return changed([&](row_query& q) { q.by_parameter = parameter_named(name)->text; });
    }
    /// Rows that belong; said twice, both must hold.
    template <expression_operand Condition>
    [[nodiscard]] related_source where(const Condition& condition) const {
        return changed(
            [&](row_query& q) { q.where = q.where.empty() ? as_expression(condition) : q.where && condition; });
    }
    template <expression_operand... Keys>
        requires(sizeof...(Keys) > 0)
    [[nodiscard]] related_source order_by(const Keys&... keys) const {
        return changed([&](row_query& q) { (q.order_by.push_back(as_expression(keys)), ...); });
    }
    /// A column of these rows: by its short name where there is one, else bare.
    [[nodiscard]] column_reference operator[](std::string_view column) const {
        return {query_.table, detail::checked_path(query_.alias.empty() ? std::string(column)
                                                                        : query_.alias + "." + std::string(column))};
    }
    /// gaps(…): the dates between which rows are made.
    template <expression_operand From, expression_operand Until>
    [[nodiscard]] related_source from_until(const From& from, const Until& until) const {
        return changed([&](row_query& q) {
            q.from = as_expression(from);
            q.until = as_expression(until);
        });
    }

private:
    template <class Change>
    [[nodiscard]] related_source changed(Change&& change) const {
        related_source result = *this;
        change(result.query_);
        return result;
    }

    row_query query_;
    std::uint32_t levels_;
};

/// Rows of a table.
[[nodiscard]] inline related_source rows(std::string_view table) {
    row_query q;
    q.table = detail::checked_name(table);
    return related_source(std::move(q));
}
/// Rows of the table that a parameter names.
[[nodiscard]] inline related_source rows_of_parameter(std::string_view name) {
    row_query q;
    q.table = ":" + parameter_named(name)->text;
    return related_source(std::move(q));
}
/// The last row of each key: latest_per({"assessment_id"}, rows(…).order_by(…)).
/// \throws definition_error without an order, or nested too deep
[[nodiscard]] inline related_source latest_per(const std::vector<std::string>& keys, const related_source& from) {
    if (from.query().order_by.empty()) throw definition_error("'latest per' needs 'order by'");
    if (keys.empty()) throw definition_error("'latest per' needs a key");
    if (from.levels() >= deepest_expression)
        throw definition_error("the expression is nested deeper than " + std::to_string(deepest_expression) +
                               " levels");
    row_query q;
    q.kind = row_query::kind_type::latest_per;
    for (const std::string& key : keys) q.per.push_back(detail::checked_name(key));
    q.inner = std::make_shared<const row_query>(from.query());
    return related_source(std::move(q), from.levels() + 1);
}
/// The run of days cut at the dates of a table: gaps("cp_review", "review_date").by("cp_plan_id").from_until(a, b).
[[nodiscard]] inline related_source gaps(std::string_view table, std::string_view date_column) {
    row_query q;
    q.kind = row_query::kind_type::gaps;
    q.table = detail::checked_name(table);
    q.column = detail::checked_name(date_column);
    return related_source(std::move(q));
}
/// Spells joined while the next begins no later than the last end plus the gap: collapse("crisis_spell", days(0)).
template <expression_like Gap>
[[nodiscard]] related_source collapse(std::string_view table, const Gap& gap) {
    row_query q;
    q.kind = row_query::kind_type::collapse;
    q.table = detail::checked_name(table);
    q.gap = gap;
    return related_source(std::move(q));
}

namespace detail {

[[nodiscard]] inline expression ask(related_rows question) {
    const row_query& q = question.source;
    if (q.kind == row_query::kind_type::gaps && (q.from.empty() || q.until.empty()))
        throw definition_error("gaps needs 'from' and 'until'");
    expression_node node;
    node.kind = expression_kind::related;
    node.related = std::make_shared<const related_rows>(std::move(question));
    return make_expression(std::move(node));
}
[[nodiscard]] inline expression ask(related_rows::aggregate_type aggregate, const related_source& from,
                                    expression value = {}, bool distinct = false, std::vector<std::string> over = {}) {
    related_rows question;
    question.aggregate = aggregate;
    question.distinct = distinct;
    question.value = std::move(value);
    for (const std::string& name : over) question.over.push_back(checked_name(name));
    question.source = from.query();
    return ask(std::move(question));
}

}  // namespace detail

[[nodiscard]] inline expression any(const related_source& from) {
    return detail::ask(related_rows::aggregate_type::any, from);
}
[[nodiscard]] inline expression count(const related_source& from) {
    return detail::ask(related_rows::aggregate_type::count, from);
}
/// Different values among the rows.
template <expression_operand Value>
[[nodiscard]] expression count_distinct(const Value& value, const related_source& from) {
    return detail::ask(related_rows::aggregate_type::count, from, as_expression(value), true);
}
/// The largest count over any value of the keys.
[[nodiscard]] inline expression max_over(const std::vector<std::string>& keys, const related_source& from) {
    if (keys.empty()) throw definition_error("'max over' needs a column");
    return detail::ask(related_rows::aggregate_type::count, from, {}, false, keys);
}
template <expression_operand Value>
[[nodiscard]] expression max_over_distinct(const std::vector<std::string>& keys, const Value& value,
                                           const related_source& from) {
    if (keys.empty()) throw definition_error("'max over' needs a column");
    return detail::ask(related_rows::aggregate_type::count, from, as_expression(value), true, keys);
}
template <expression_operand Value>
[[nodiscard]] expression sum(const Value& value, const related_source& from) {
    return detail::ask(related_rows::aggregate_type::sum, from, as_expression(value));
}
template <expression_operand Value>
[[nodiscard]] expression min(const Value& value, const related_source& from) {
    return detail::ask(related_rows::aggregate_type::minimum, from, as_expression(value));
}
template <expression_operand Value>
[[nodiscard]] expression max(const Value& value, const related_source& from) {
    return detail::ask(related_rows::aggregate_type::maximum, from, as_expression(value));
}

/// A row that first, last or nth finds; its columns are values.
class found_row {
public:
    found_row(related_rows::aggregate_type aggregate, std::int64_t position, const related_source& from) {
        if (from.query().order_by.empty()) throw definition_error("first, last and nth need 'order by'");
        question_.aggregate = aggregate;
        question_.position = position;
        question_.source = from.query();
    }
    /// A column of the row, references followed: last(…)["person.sex"].
    [[nodiscard]] expression operator[](std::string_view path) const {
        related_rows question = question_;
        question.column = detail::checked_path("row." + std::string(path));
        question.column.erase(question.column.begin());
        return detail::ask(std::move(question));
    }

private:
    related_rows question_;
};

[[nodiscard]] inline found_row first(const related_source& from) { return {related_rows::aggregate_type::first, 0, from}; }
[[nodiscard]] inline found_row last(const related_source& from) { return {related_rows::aggregate_type::last, 0, from}; }
/// The row at a position, from 1. \throws definition_error below 1
[[nodiscard]] inline found_row nth(std::int64_t position, const related_source& from) {
    if (position < 1) throw definition_error("a position is counted from 1");
    return {related_rows::aggregate_type::nth, position, from};
}

}  // namespace goldenthread
