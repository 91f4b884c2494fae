// goldenthread: the expression tree. Text, C++ and Python spellings build this one tree.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// Kinds of node. The grammar of the text spelling is in docs/expressions.md.
enum class expression_kind : std::uint8_t {
    truth_literal,
    unknown_literal,  ///< `unknown`: the third truth value, and the null of every type
    integer_literal,
    decimal_literal,
    text_literal,
    date_literal,
    column,     ///< a bare name, or a path: this.x, alias.x, person.date_of_birth
    parameter,  ///< :name
    as_at,      ///< last day of the period
    period_first,
    period_last,
    logical_not,
    logical_and,
    logical_or,
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    between,     ///< both ends count
    in_list,     ///< children: subject, then a list, code_group or parameter
    list,        ///< ('a', 'b')
    code_group,  ///< group('neglect')
    is_null,
    add,
    subtract,
    multiply,
    divide,
    negate,
    duration,   ///< child: amount; `unit` says of what
    case_when,  ///< children: [subject,] when, then, …, [else]
    call,       ///< function or named filter
    related,    ///< any(…), count(…), last(…).column, …
};

enum class duration_unit : std::uint8_t { days, working_days, weeks, months, years };

[[nodiscard]] constexpr std::string_view to_text(duration_unit unit) noexcept {
    constexpr std::string_view names[] = {"days", "working days", "weeks", "months", "years"};
    return names[static_cast<std::size_t>(unit)];
}

struct expression_node;
struct related_rows;

/// Deepest tree and largest number of nodes: beyond is an error, never a stack overflow.
inline constexpr std::uint32_t deepest_expression = 256;
inline constexpr std::uint32_t largest_expression = 50'000;

/// An immutable expression. Comparing expressions builds expressions; trees compare with `same_as`.
class expression {
public:
    expression() = default;
    explicit expression(std::shared_ptr<const expression_node> node) : node_(std::move(node)) {}

    [[nodiscard]] bool empty() const noexcept { return node_ == nullptr; }
    [[nodiscard]] const expression_node& operator*() const noexcept { return *node_; }
    [[nodiscard]] const expression_node* operator->() const noexcept { return node_.get(); }
    /// Structural equality; where the text stood does not matter.
    [[nodiscard]] bool same_as(const expression& other) const;

private:
    std::shared_ptr<const expression_node> node_;
};

/// A path of names: {"person", "date_of_birth"}.
using name_path = std::vector<std::string>;

/// One equality of `by`: their path in the related table, our path in this row.
struct key_pair {
    name_path theirs;
    name_path ours;

    friend bool operator==(const key_pair&, const key_pair&) = default;
};

/// Where related rows come from.
struct row_query {
    enum class kind_type : std::uint8_t { table, latest_per, gaps, collapse };

    kind_type kind = kind_type::table;
    std::string table;            ///< table name, or ":name" for a table parameter
    std::string column;           ///< gaps: the date column that cuts
    std::string alias;            ///< empty = the table's name
    std::vector<key_pair> by;     ///< empty = the one path that exists
    std::string by_parameter;     ///< `by :repeat_key`
    expression where;
    std::vector<expression> order_by;
    std::vector<std::string> per;        ///< latest per (…)
    std::shared_ptr<const row_query> inner;  ///< latest per: the rows it picks from
    expression from;              ///< gaps
    expression until;             ///< gaps
    expression gap;               ///< collapse: whole days between spells that still join

    [[nodiscard]] bool same_as(const row_query& other) const;
};

/// A question about related rows.
struct related_rows {
    enum class aggregate_type : std::uint8_t { any, count, sum, minimum, maximum, first, last, nth };

    aggregate_type aggregate = aggregate_type::any;
    bool distinct = false;   ///< count(distinct value of …)
    expression value;        ///< of sum, min, max, count distinct
    std::int64_t position = 0;  ///< nth, from 1
    name_path column;        ///< what first, last and nth read from the row they find
    std::vector<std::string> over;  ///< `max over key of count(…)`
    row_query source;
};

struct expression_node {
    expression_kind kind = expression_kind::unknown_literal;
    bool flag = false;        ///< truth_literal: its value; case_when: has a subject
    duration_unit unit = duration_unit::days;
    std::int64_t number = 0;  ///< integer, mantissa of a decimal, day of a date
    int scale = 0;            ///< digits after the point of a decimal
    std::string text;         ///< text literal; name of parameter, group or function
    name_path path;           ///< of a column; before a call: the references to follow
    std::vector<expression> children;
    std::shared_ptr<const related_rows> related;
    std::uint32_t size = 1;
    std::uint32_t depth = 1;
    std::uint32_t position = 0;  ///< byte in the text it was read from
    std::uint32_t length = 0;

    [[nodiscard]] bool has_else() const noexcept {
        return (children.size() - (flag ? 1U : 0U)) % 2 == 1;
    }
};

namespace detail {

template <class Visitor>
void visit_source_expressions(const row_query& source, Visitor&& visit) {
    for (const expression* e : {&source.where, &source.from, &source.until, &source.gap}) {
        if (!e->empty()) visit(*e);
    }
    for (const expression& e : source.order_by) visit(e);
    if (source.inner) visit_source_expressions(*source.inner, visit);
}

/// Calls `visit(child)` for every direct sub-expression, those of related rows included.
template <class Visitor>
void visit_children(const expression_node& node, Visitor&& visit) {
    for (const expression& child : node.children) visit(child);
    if (node.related) {
        if (!node.related->value.empty()) visit(node.related->value);
        visit_source_expressions(node.related->source, visit);
    }
}

/// Seals a node: measures it and refuses trees that are too large. A negated positive literal becomes the negative
/// literal, as in text: -3 has one tree.
[[nodiscard]] inline expression make_expression(expression_node node) {
    if (node.kind == expression_kind::negate && node.children.size() == 1) {
        const expression_node& inner = *node.children[0];
        const bool is_literal = inner.kind == expression_kind::integer_literal || inner.kind == expression_kind::decimal_literal;
        if (is_literal && inner.number > 0) {
            node.kind = inner.kind;
            node.number = -inner.number;
            node.scale = inner.scale;
            node.children.clear();
        }
    }
    std::uint64_t size = 1;
    std::uint32_t depth = 0;
    visit_children(node, [&](const expression& child) {
        size += child->size;
        depth = std::max(depth, child->depth);
    });
    if (depth >= deepest_expression) {
        throw definition_error("the expression is nested deeper than " + std::to_string(deepest_expression) + " levels");
    }
    if (size > largest_expression) {
        throw definition_error("the expression has more than " + std::to_string(largest_expression) + " parts");
    }
    node.size = static_cast<std::uint32_t>(size);
    node.depth = depth + 1;
    return expression(std::make_shared<const expression_node>(std::move(node)));
}

[[nodiscard]] inline bool same(const expression& a, const expression& b) {
    return a.empty() ? b.empty() : !b.empty() && a.same_as(b);
}

[[nodiscard]] inline bool same(const std::vector<expression>& a, const std::vector<expression>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const expression& x, const expression& y) { return same(x, y); });
}

[[nodiscard]] inline bool same(const related_rows& a, const related_rows& b) {
    return a.aggregate == b.aggregate && a.distinct == b.distinct && same(a.value, b.value) &&
           a.position == b.position && a.column == b.column && a.over == b.over && a.source.same_as(b.source);
}

}  // namespace detail

inline bool row_query::same_as(const row_query& other) const {
    return kind == other.kind && table == other.table && column == other.column && alias == other.alias &&
           by == other.by && by_parameter == other.by_parameter && per == other.per &&
           detail::same(where, other.where) && detail::same(order_by, other.order_by) &&
           detail::same(from, other.from) && detail::same(until, other.until) && detail::same(gap, other.gap) &&
           (inner ? other.inner && inner->same_as(*other.inner) : !other.inner);
}

inline bool expression::same_as(const expression& other) const {
    if (node_ == other.node_) return true;
    if (empty() || other.empty()) return false;
    const expression_node& a = *node_;
    const expression_node& b = *other.node_;
    return a.kind == b.kind && a.flag == b.flag && a.unit == b.unit && a.number == b.number && a.scale == b.scale &&
           a.text == b.text && a.path == b.path && detail::same(a.children, b.children) &&
           (a.related ? b.related && detail::same(*a.related, *b.related) : !b.related);
}

/// Reads the text spelling. Needs goldenthread::goldenthread.
/// \throws definition_error whose excerpt shows the text with a caret
[[nodiscard]] expression parse_expression(std::string_view text);

/// Reads a source of rows: "cp_plan" or "collapse(crisis_spell by child_id gap 0 days)".
[[nodiscard]] row_query parse_row_query(std::string_view text);

/// The canonical text; `parse_expression(to_text(e)).same_as(e)`.
[[nodiscard]] std::string to_text(const expression& e);
[[nodiscard]] std::string to_text(const row_query& source);

}  // namespace goldenthread
