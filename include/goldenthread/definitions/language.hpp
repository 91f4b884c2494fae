// goldenthread: the language of definitions as lists: what there is, which types it takes, which engine follows it.
// Each list has one line for each thing. The parser, the type check, the builders, the tests of the language and the
// pages made of them read these lists; tests/specification/ fails when a line has no page with worked rows.
#pragma once

#include <goldenthread/definitions/expression.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// How the interval engine treats something that depends on the day asked about.
enum class time_path : std::uint8_t {
    steps,      ///< a few stretches of the period axis, whatever the number of periods
    reference,  ///< period by period, on the reference engine
};

/// A kind of node.
struct node_kind_entry {
    expression_kind kind;
    std::string_view name;  ///< as people would call it
    std::string_view page;  ///< of tests/specification/
    std::string_view types;
};

inline constexpr std::size_t node_kind_count = static_cast<std::size_t>(expression_kind::related) + 1;

/// Every kind of node, in the order of `expression_kind`.
inline constexpr std::array<node_kind_entry, node_kind_count> node_kinds = {{
    {expression_kind::truth_literal, "true and false", "literals", "true/false"},
    {expression_kind::unknown_literal, "unknown", "literals", "every type's null"},
    {expression_kind::integer_literal, "whole number", "literals", "number"},
    {expression_kind::decimal_literal, "decimal", "literals", "number, exact"},
    {expression_kind::text_literal, "text", "literals", "text"},
    {expression_kind::date_literal, "date", "literals", "date"},
    {expression_kind::column, "column", "columns", "what the schema says"},
    {expression_kind::parameter, "parameter", "parameters", "what the definition binds to it"},
    {expression_kind::as_at, "as_at", "period", "date"},
    {expression_kind::period_first, "period.first", "period", "date"},
    {expression_kind::period_last, "period.last", "period", "date"},
    {expression_kind::logical_not, "not", "not", "true/false → true/false"},
    {expression_kind::logical_and, "and", "and", "true/false, true/false → true/false"},
    {expression_kind::logical_or, "or", "or", "true/false, true/false → true/false"},
    {expression_kind::equal, "=", "equality", "two of one type → true/false"},
    {expression_kind::not_equal, "!=", "equality", "two of one type → true/false"},
    {expression_kind::less, "<", "order", "two numbers or two dates → true/false"},
    {expression_kind::less_or_equal, "<=", "order", "two numbers or two dates → true/false"},
    {expression_kind::greater, ">", "order", "two numbers or two dates → true/false"},
    {expression_kind::greater_or_equal, ">=", "order", "two numbers or two dates → true/false"},
    {expression_kind::between, "between", "between", "three numbers or three dates → true/false"},
    {expression_kind::in_list, "in", "in", "a value and values of its type → true/false"},
    {expression_kind::list, "list", "in", "stands only after 'in'"},
    {expression_kind::code_group, "group", "in_group", "stands only after a column with codes and 'in'"},
    {expression_kind::is_null, "is null", "is_null", "anything → true/false, never unknown"},
    {expression_kind::add, "+", "arithmetic", "two numbers → number; a date and a duration → date"},
    {expression_kind::subtract, "-", "arithmetic", "as +; two dates → number of days"},
    {expression_kind::multiply, "*", "arithmetic", "two numbers → number"},
    {expression_kind::divide, "/", "division", "a number and a fixed number → number, exact"},
    {expression_kind::negate, "- before a number", "arithmetic", "number → number"},
    {expression_kind::duration, "duration", "durations", "a fixed whole number → duration"},
    {expression_kind::case_when, "case", "case", "conditions and answers of one type → that type"},
    {expression_kind::call, "function or filter", "filters", "see each function"},
    {expression_kind::related, "related rows", "any", "see each question"},
}};

/// A function of the language.
struct function_entry {
    std::string_view name;
    std::size_t fewest;  ///< arguments
    std::size_t most;
    std::string_view page;
    std::string_view types;
};

inline constexpr std::size_t any_number_of_arguments = 50'000;

inline constexpr std::array<function_entry, 16> functions = {{
    {"age", 2, 2, "age", "date of birth, date → completed years"},
    {"coalesce", 1, any_number_of_arguments, "coalesce", "values of one type → that type"},
    {"days_between", 2, 2, "days_between", "date, date → number"},
    {"during", 1, 1, "during", "date → true/false"},
    {"group_of", 1, 1, "group_of", "a column with codes → text"},
    {"happened", 1, 1, "happened", "date → true/false, never unknown of null"},
    {"known", 1, 1, "known", "anything → true or unknown"},
    {"max of", 1, any_number_of_arguments, "max_of", "numbers or dates → the same"},
    {"min of", 1, any_number_of_arguments, "min_of", "numbers or dates → the same"},
    {"month_boundaries_between", 2, 2, "month_boundaries_between", "date, date → number"},
    {"months_between", 2, 2, "months_between", "date, date → number"},
    {"open", 2, 3, "open", "start, end[, day] → true/false"},
    {"overlaps", 4, 4, "overlaps", "start, end, start, end → true/false"},
    {"working_days_between", 2, 2, "working_days_between", "date, date → number"},
    {"year_boundaries_between", 2, 2, "year_boundaries_between", "date, date → number"},
    {"years_between", 2, 2, "years_between", "date, date → number"},
}};

/// Null if the language has no such function.
[[nodiscard]] constexpr const function_entry* find_function(std::string_view name) noexcept {
    for (const function_entry& f : functions) {
        if (f.name == name) return &f;
    }
    return nullptr;
}

/// A question about related rows.
struct aggregate_entry {
    related_rows::aggregate_type aggregate;
    std::string_view name;
    std::string_view page;
    std::string_view types;
};

inline constexpr std::size_t aggregate_count = static_cast<std::size_t>(related_rows::aggregate_type::nth) + 1;

inline constexpr std::array<aggregate_entry, aggregate_count> aggregates = {{
    {related_rows::aggregate_type::any, "any", "any", "rows → true/false"},
    {related_rows::aggregate_type::count, "count", "count", "rows → number"},
    {related_rows::aggregate_type::sum, "sum", "sum", "numbers of rows → number"},
    {related_rows::aggregate_type::minimum, "min", "min_max", "numbers or dates of rows → the same"},
    {related_rows::aggregate_type::maximum, "max", "min_max", "numbers or dates of rows → the same"},
    {related_rows::aggregate_type::first, "first", "first_last_nth", "ordered rows → a column's type"},
    {related_rows::aggregate_type::last, "last", "first_last_nth", "ordered rows → a column's type"},
    {related_rows::aggregate_type::nth, "nth", "first_last_nth", "a position, ordered rows → a column's type"},
}};

/// Where related rows come from.
struct row_form_entry {
    row_query::kind_type kind;
    std::string_view name;
    std::string_view page;
    time_path path;
    std::string_view reason;  ///< of the reference path
};

inline constexpr std::size_t row_form_count = static_cast<std::size_t>(row_query::kind_type::collapse) + 1;

inline constexpr std::array<row_form_entry, row_form_count> row_forms = {{
    {row_query::kind_type::table, "table", "any", time_path::steps, ""},
    {row_query::kind_type::latest_per, "latest per", "latest_per", time_path::steps, ""},
    {row_query::kind_type::gaps, "gaps", "gaps", time_path::reference,
     "the rows themselves move with the day asked about: their number and their ends are made anew for each period"},
    {row_query::kind_type::collapse, "collapse", "collapse", time_path::steps, ""},
}};

/// Words that cannot be the first name of a column, table, filter or parameter's alias.
inline constexpr std::array<std::string_view, 20> reserved_words = {
    "and",  "or",  "not",  "in",    "is",      "null",  "between", "case",  "when", "then",
    "else", "end", "true", "false", "unknown", "where", "by",      "order", "as",   "of"};

[[nodiscard]] constexpr bool is_reserved(std::string_view word) noexcept {
    for (const std::string_view reserved : reserved_words) {
        if (word == reserved) return true;
    }
    return false;
}

namespace detail {

/// True if every entry stands at its own number.
template <class Entries, class Field>
constexpr bool in_order(const Entries& entries, Field field) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (static_cast<std::size_t>(field(entries[i])) != i) return false;
    }
    return true;
}
static_assert(in_order(node_kinds, [](const node_kind_entry& e) { return e.kind; }),
              "node_kinds: a line for each kind, in order");
static_assert(in_order(aggregates, [](const aggregate_entry& e) { return e.aggregate; }),
              "aggregates: a line for each, in order");
static_assert(in_order(row_forms, [](const row_form_entry& e) { return e.kind; }),
              "row_forms: a line for each, in order");

}  // namespace detail

namespace detail {

inline void collect_parts(const expression& e, std::set<std::string>& parts);

inline void collect_parts(const row_query& source, std::set<std::string>& parts) {
    parts.insert("rows: " + std::string(row_forms[static_cast<std::size_t>(source.kind)].name));
    if (source.inner) collect_parts(*source.inner, parts);
}

inline void collect_parts(const expression& e, std::set<std::string>& parts) {
    parts.insert(std::string(node_kinds[static_cast<std::size_t>(e->kind)].name));
    if (e->kind == expression_kind::call && e->path.empty() && find_function(e->text) != nullptr) {
        parts.insert("function: " + e->text);
    }
    if (e->related) {
        const related_rows& r = *e->related;
        parts.insert("related: " + std::string(aggregates[static_cast<std::size_t>(r.aggregate)].name));
        if (r.distinct) parts.insert("related: count distinct");
        if (!r.over.empty()) parts.insert("related: max over");
        collect_parts(r.source, parts);
    }
    visit_children(*e, [&](const expression& child) { collect_parts(child, parts); });
}

}  // namespace detail

/// What of the language an expression uses: "and", "function: age", "related: any", "rows: gaps".
[[nodiscard]] inline std::set<std::string> parts_of(const expression& e) {
    std::set<std::string> parts;
    if (!e.empty()) detail::collect_parts(e, parts);
    return parts;
}

/// Everything that `parts_of` may name, each with its page.
[[nodiscard]] inline std::vector<std::pair<std::string, std::string>> parts_of_language() {
    std::vector<std::pair<std::string, std::string>> parts;
    for (const node_kind_entry& e : node_kinds) parts.emplace_back(e.name, e.page);
    for (const function_entry& e : functions) parts.emplace_back("function: " + std::string(e.name), e.page);
    for (const aggregate_entry& e : aggregates) parts.emplace_back("related: " + std::string(e.name), e.page);
    parts.emplace_back("related: count distinct", "count");
    parts.emplace_back("related: max over", "max_over");
    for (const row_form_entry& e : row_forms) parts.emplace_back("rows: " + std::string(e.name), e.page);
    return parts;
}

}  // namespace goldenthread
