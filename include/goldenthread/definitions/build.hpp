// goldenthread: the C++ spelling of expressions. Operators build the tree that the text parses to; nothing is linked.
//
//     const auto cp_plan = gt::columns_of("cp_plan");
//     const gt::expression neglect = gt::open(cp_plan["start_date"], cp_plan["end_date"]) &&
//                                    cp_plan["latest_category"] == "NEG" &&
//                                    cp_plan["start_date"] < gt::as_at - gt::months(12);
//
// Comparisons build; an expression has no truth value and no hash: `if (a == b)` does not compile. Trees compare with
// `same_as`. Floating point does not compile either: write gt::decimal("2.5").
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/language.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace goldenthread {

namespace detail {

[[nodiscard]] inline bool is_word(std::string_view name) noexcept {
    if (name.empty() || is_ascii_digit(name.front())) return false;
    for (const char c : name) {
        if (!is_ascii_letter(c) && !is_ascii_digit(c) && c != '_') return false;
    }
    return true;
}

/// A name as the grammar has it. \throws definition_error
[[nodiscard]] inline std::string checked_name(std::string_view name) {
    if (!is_word(name) || is_reserved(name)) {
        throw definition_error("'" + std::string(name) +
                               "' cannot be a name: letters, digits and _ without blanks, and no reserved word");
    }
    return std::string(name);
}

/// "person.date_of_birth" as a path. After the first dot a reserved word is a name too. \throws definition_error
[[nodiscard]] inline name_path checked_path(std::string_view text) {
    name_path path;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t dot = std::min(text.find('.', from), text.size());
        const std::string_view part = text.substr(from, dot - from);
        if (path.empty()) {
            path.push_back(checked_name(part));
        } else {
            if (!is_word(part))
                throw definition_error("'" + std::string(text) + "' is not a path of names parted by dots");
            path.emplace_back(part);
        }
        from = dot + 1;
    }
    const bool is_moment = path.front() == "as_at" || (path.front() == "period" && path.size() > 1);
    if (is_moment) throw definition_error("'" + path.front() + "' is a day of the period, not a column");
    return path;
}

[[nodiscard]] inline expression make_node(expression_kind kind, std::vector<expression> children = {}) {
    expression_node node;
    node.kind = kind;
    node.children = std::move(children);
    return make_expression(std::move(node));
}

[[nodiscard]] inline expression make_named(expression_kind kind, std::string text) {
    expression_node node;
    node.kind = kind;
    node.text = std::move(text);
    return make_expression(std::move(node));
}

[[nodiscard]] inline expression make_column(name_path path) {
    expression_node node;
    node.kind = expression_kind::column;
    node.path = std::move(path);
    return make_expression(std::move(node));
}

[[nodiscard]] inline expression make_call(std::string name, std::vector<expression> arguments, name_path path = {}) {
    expression_node node;
    node.kind = expression_kind::call;
    node.text = std::move(name);
    node.path = std::move(path);
    node.children = std::move(arguments);
    return make_expression(std::move(node));
}

/// Largest size of a number in the text spelling: 18 digits.
inline constexpr std::int64_t largest_literal = 999'999'999'999'999'999;

}  // namespace detail

// --- literals
// ---------------------------------------------------------------------------------------------------------

/// \throws definition_error beyond 18 digits
[[nodiscard]] inline expression integer(std::int64_t value) {
    if (value > detail::largest_literal || value < -detail::largest_literal)
        throw definition_error("this number has more than 18 digits");
    expression_node node;
    node.kind = expression_kind::integer_literal;
    node.number = value;
    return detail::make_expression(std::move(node));
}

[[nodiscard]] inline expression truth_value(bool value) {
    expression_node node;
    node.kind = expression_kind::truth_literal;
    node.flag = value;
    return detail::make_expression(std::move(node));
}

[[nodiscard]] inline expression text(std::string_view value) {
    return detail::make_named(expression_kind::text_literal, std::string(value));
}

/// An exact decimal: decimal("2.5"), decimal("-0.125").
/// \throws definition_error unless it is digits, a point and digits, 18 characters at most
[[nodiscard]] inline expression decimal(std::string_view digits) {
    const bool negative = !digits.empty() && digits.front() == '-';
    const std::string_view rest = digits.substr(negative ? 1 : 0);
    const std::size_t point = rest.find('.');
    bool well = point != std::string_view::npos && point > 0 && point + 1 < rest.size() && rest.size() <= 18;
    expression_node node;
    node.kind = expression_kind::decimal_literal;
    for (std::size_t i = 0; i < rest.size() && well; ++i) {
        if (i == point) continue;
        well = is_ascii_digit(rest[i]);
        node.number = node.number * 10 + (rest[i] - '0');
    }
    if (!well)
        throw definition_error("'" + std::string(digits) + "' is not a decimal such as 2.5 of at most 18 characters");
    if (negative) node.number = -node.number;
    node.scale = static_cast<int>(rest.size() - point - 1);
    return detail::make_expression(std::move(node));
}

/// A day as a literal. \throws definition_error outside 1900 to 2199
[[nodiscard]] inline expression on_day(day value) {
    if (value < earliest_day || value > latest_day) throw definition_error("this is not a day between 1900 and 2199");
    expression_node node;
    node.kind = expression_kind::date_literal;
    node.number = value;
    return detail::make_expression(std::move(node));
}
[[nodiscard]] inline expression on_day(int year, int month, int day_of_month) {
    return on_day(to_day(year, month, day_of_month));
}

/// The third truth value, and the null of every type.
[[nodiscard]] inline expression unknown() { return detail::make_node(expression_kind::unknown_literal); }

/// `as_at`, `period_first`, `period_last`: the day asked about, and the ends of its period.
struct moment {
    expression_kind kind;
    [[nodiscard]] operator expression() const { return detail::make_node(kind); }
};
inline constexpr moment as_at{expression_kind::as_at};
inline constexpr moment period_first{expression_kind::period_first};
inline constexpr moment period_last{expression_kind::period_last};

/// What stands for `:name`: put in before types are checked.
[[nodiscard]] inline expression parameter_named(std::string_view name) {
    if (!detail::is_word(name)) throw definition_error("'" + std::string(name) + "' cannot be the name of a parameter");
    return detail::make_named(expression_kind::parameter, std::string(name));
}

// --- operands
// ---------------------------------------------------------------------------------------------------------

/// An expression, or a builder that becomes one.
template <class T>
concept expression_like = std::convertible_to<const T&, expression>;

/// What may stand in an expression: also texts, whole numbers, true and false, and days of the API.
template <class T>
concept expression_operand =
    expression_like<T> || std::integral<T> || std::same_as<T, date> || std::convertible_to<const T&, std::string_view>;

template <class A, class B>
concept expression_operands =
    expression_operand<A> && expression_operand<B> && (expression_like<A> || expression_like<B>);

/// The operand as an expression.
template <expression_operand T>
[[nodiscard]] expression as_expression(const T& value) {
    if constexpr (expression_like<T>) {
        return value;
    } else if constexpr (std::same_as<T, bool>) {
        return truth_value(value);
    } else if constexpr (std::integral<T>) {
        return integer(static_cast<std::int64_t>(value));
    } else if constexpr (std::same_as<T, date>) {
        return on_day(static_cast<int>(value.year()), static_cast<int>(value.month()), static_cast<int>(value.day()));
    } else {
        return text(value);
    }
}

namespace detail {

template <class... T>
[[nodiscard]] std::vector<expression> as_expressions(const T&... values) {
    return {as_expression(values)...};
}
template <class A, class B>
[[nodiscard]] expression join(expression_kind kind, const A& a, const B& b) {
    return make_node(kind, as_expressions(a, b));
}

}  // namespace detail

// --- operators
// --------------------------------------------------------------------------------------------------------

template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator==(const A& a, const B& b) {
    return detail::join(expression_kind::equal, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator!=(const A& a, const B& b) {
    return detail::join(expression_kind::not_equal, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator<(const A& a, const B& b) {
    return detail::join(expression_kind::less, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator<=(const A& a, const B& b) {
    return detail::join(expression_kind::less_or_equal, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator>(const A& a, const B& b) {
    return detail::join(expression_kind::greater, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator>=(const A& a, const B& b) {
    return detail::join(expression_kind::greater_or_equal, a, b);
}
/// Both sides are always built: nothing is skipped.
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator&&(const A& a, const B& b) {
    return detail::join(expression_kind::logical_and, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator||(const A& a, const B& b) {
    return detail::join(expression_kind::logical_or, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator+(const A& a, const B& b) {
    return detail::join(expression_kind::add, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator-(const A& a, const B& b) {
    return detail::join(expression_kind::subtract, a, b);
}
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator*(const A& a, const B& b) {
    return detail::join(expression_kind::multiply, a, b);
}
/// By a number that the definition fixes; the result is exact.
template <class A, class B>
    requires expression_operands<A, B>
[[nodiscard]] expression operator/(const A& a, const B& b) {
    return detail::join(expression_kind::divide, a, b);
}
template <expression_like A>
[[nodiscard]] expression operator!(const A& a) {
    return detail::make_node(expression_kind::logical_not, {a});
}
template <expression_like A>
[[nodiscard]] expression operator-(const A& a) {
    return detail::make_node(expression_kind::negate, {a});
}

/// Both ends count.
template <expression_like X, expression_operand Low, expression_operand High>
[[nodiscard]] expression between(const X& x, const Low& low, const High& high) {
    return detail::make_node(expression_kind::between, detail::as_expressions(x, low, high));
}

/// `x in (a, b, …)`.
template <expression_like X, expression_operand First, expression_operand... More>
[[nodiscard]] expression in(const X& x, const First& first, const More&... more) {
    return detail::make_node(expression_kind::in_list,
                             {x, detail::make_node(expression_kind::list, detail::as_expressions(first, more...))});
}
/// The same with a list made elsewhere. \throws definition_error if it is empty
template <expression_like X, expression_operand T>
[[nodiscard]] expression in(const X& x, const std::vector<T>& values) {
    std::vector<expression> items;
    for (const T& value : values) items.push_back(as_expression(value));
    if (items.empty()) throw definition_error("a list needs at least one item");
    return detail::make_node(expression_kind::in_list, {x, detail::make_node(expression_kind::list, std::move(items))});
}
/// `x in :name`: in the list that the parameter is.
template <expression_like X>
[[nodiscard]] expression in_parameter(const X& x, std::string_view name) {
    return detail::make_node(expression_kind::in_list, {x, parameter_named(name)});
}
/// `x in group('name')`: the code of a column belongs to a group of its code set.
template <expression_like X>
[[nodiscard]] expression in_group(const X& x, std::string_view name) {
    return detail::make_node(expression_kind::in_list,
                             {x, detail::make_named(expression_kind::code_group, std::string(name))});
}
template <expression_like X>
[[nodiscard]] expression is_null(const X& x) {
    return detail::make_node(expression_kind::is_null, {x});
}
template <expression_like X>
[[nodiscard]] expression is_not_null(const X& x) {
    return !is_null(x);
}

// --- durations
// --------------------------------------------------------------------------------------------------------

namespace detail {
template <class T>
concept duration_amount = expression_like<T> || (std::integral<T> && !std::same_as<T, bool>);
template <duration_amount T>
[[nodiscard]] expression make_duration(const T& amount, duration_unit unit) {
    expression_node node;
    node.kind = expression_kind::duration;
    node.unit = unit;
    node.children = {as_expression(amount)};
    return make_expression(std::move(node));
}
}  // namespace detail

template <detail::duration_amount T>
[[nodiscard]] expression days(const T& amount) {
    return detail::make_duration(amount, duration_unit::days);
}
/// Working days of England and Wales.
template <detail::duration_amount T>
[[nodiscard]] expression working_days(const T& amount) {
    return detail::make_duration(amount, duration_unit::working_days);
}
template <detail::duration_amount T>
[[nodiscard]] expression weeks(const T& amount) {
    return detail::make_duration(amount, duration_unit::weeks);
}
template <detail::duration_amount T>
[[nodiscard]] expression months(const T& amount) {
    return detail::make_duration(amount, duration_unit::months);
}
template <detail::duration_amount T>
[[nodiscard]] expression years(const T& amount) {
    return detail::make_duration(amount, duration_unit::years);
}

// --- functions: docs/expressions.md says what each means
// --------------------------------------------------------------

template <class... T>
concept function_operands = (expression_operand<T> && ...) && (expression_like<T> || ...);

/// Begun by the day asked about and not ended by it.
template <class Start, class End>
    requires function_operands<Start, End>
[[nodiscard]] expression open(const Start& start, const End& end) {
    return detail::make_call("open", detail::as_expressions(start, end));
}
/// The same on another day.
template <class Start, class End, class Day>
    requires function_operands<Start, End, Day>
[[nodiscard]] expression open(const Start& start, const End& end, const Day& on) {
    return detail::make_call("open", detail::as_expressions(start, end, on));
}
/// Within the period; unknown if the date is null.
template <expression_like Day>
[[nodiscard]] expression during(const Day& on) {
    return detail::make_call("during", {on});
}
/// Recorded and within the period: null means not yet, and is false.
template <expression_like Day>
[[nodiscard]] expression happened(const Day& on) {
    return detail::make_call("happened", {on});
}
/// Two stays share a day; a null end is open.
template <class A, class B, class C, class D>
    requires function_operands<A, B, C, D>
[[nodiscard]] expression overlaps(const A& start, const B& end, const C& other_start, const D& other_end) {
    return detail::make_call("overlaps", detail::as_expressions(start, end, other_start, other_end));
}
template <expression_like X>
[[nodiscard]] expression known(const X& x) {
    return detail::make_call("known", {x});
}
template <class... T>
    requires function_operands<T...>
[[nodiscard]] expression coalesce(const T&... values) {
    return detail::make_call("coalesce", detail::as_expressions(values...));
}
template <class... T>
    requires function_operands<T...>
[[nodiscard]] expression min_of(const T&... values) {
    return detail::make_call("min of", detail::as_expressions(values...));
}
template <class... T>
    requires function_operands<T...>
[[nodiscard]] expression max_of(const T&... values) {
    return detail::make_call("max of", detail::as_expressions(values...));
}
/// Completed years.
template <class A, class B>
    requires function_operands<A, B>
[[nodiscard]] expression age(const A& born, const B& on) {
    return detail::make_call("age", detail::as_expressions(born, on));
}
template <class A, class B>
    requires function_operands<A, B>
[[nodiscard]] expression days_between(const A& from, const B& to) {
    return detail::make_call("days_between", detail::as_expressions(from, to));
}
template <class A, class B>
    requires function_operands<A, B>
[[nodiscard]] expression months_between(const A& from, const B& to) {
    return detail::make_call("months_between", detail::as_expressions(from, to));
}
template <class A, class B>
    requires function_operands<A, B>
[[nodiscard]] expression years_between(const A& from, const B& to) {
    return detail::make_call("years_between", detail::as_expressions(from, to));
}
template <class A, class B>
    requires function_operands<A, B>
[[nodiscard]] expression working_days_between(const A& from, const B& to) {
    return detail::make_call("working_days_between", detail::as_expressions(from, to));
}
template <class A, class B>
    requires function_operands<A, B>
[[nodiscard]] expression month_boundaries_between(const A& from, const B& to) {
    return detail::make_call("month_boundaries_between", detail::as_expressions(from, to));
}
template <class A, class B>
    requires function_operands<A, B>
[[nodiscard]] expression year_boundaries_between(const A& from, const B& to) {
    return detail::make_call("year_boundaries_between", detail::as_expressions(from, to));
}
/// Name of the group of the code in a column.
template <expression_like X>
[[nodiscard]] expression group_of(const X& x) {
    return detail::make_call("group_of", {x});
}

/// A shared filter about this row: filter("flagged", "HOMELESS"); about the row `q`: filter_of("q", "cin").
/// A filter without arguments is also the column of its name.
template <expression_operand... T>
[[nodiscard]] expression filter(std::string_view name, const T&... arguments) {
    return detail::make_call(detail::checked_name(name), detail::as_expressions(arguments...));
}
template <expression_operand... T>
[[nodiscard]] expression filter_of(std::string_view row, std::string_view name, const T&... arguments) {
    return detail::make_call(detail::checked_name(name), detail::as_expressions(arguments...),
                             detail::checked_path(row));
}

// --- case
// -------------------------------------------------------------------------------------------------------------

/// `case when … then … else … end`, being written: it is an expression at each step.
class choice {
public:
    explicit choice(std::vector<expression> parts, bool has_subject)
        : parts_(std::move(parts)), has_subject_(has_subject) {}

    template <expression_operand Condition, expression_operand Answer>
    [[nodiscard]] choice when(const Condition& condition, const Answer& answer) const {
        choice longer = *this;
        longer.parts_.push_back(as_expression(condition));
        longer.parts_.push_back(as_expression(answer));
        return longer;
    }
    template <expression_operand Answer>
    [[nodiscard]] expression otherwise(const Answer& answer) const {
        std::vector<expression> parts = parts_;
        parts.push_back(as_expression(answer));
        return make(std::move(parts));
    }
    [[nodiscard]] operator expression() const { return make(parts_); }

private:
    [[nodiscard]] expression make(std::vector<expression> parts) const {
        if (parts_.size() < 2) throw definition_error("case needs at least one 'when'");
        expression_node node;
        node.kind = expression_kind::case_when;
        node.flag = has_subject_;
        node.children = std::move(parts);
        return detail::make_expression(std::move(node));
    }

    std::vector<expression> parts_;
    bool has_subject_;
};

/// case_when(condition, answer).when(condition, answer).otherwise(answer)
template <expression_like Condition, expression_operand Answer>
[[nodiscard]] choice case_when(const Condition& condition, const Answer& answer) {
    return choice(detail::as_expressions(condition, answer), false);
}
/// case_of(subject).when(value, answer).otherwise(answer)
template <expression_like Subject>
[[nodiscard]] choice case_of(const Subject& subject) {
    return choice({subject}, true);
}

// --- columns
// ----------------------------------------------------------------------------------------------------------

/// A column, or the row a reference leads to: columns_of("cp_plan")["person"]["sex"].
class column_reference : public expression {
public:
    column_reference(std::string table, name_path path)
        : expression(detail::make_column(path)), table_(std::move(table)), path_(std::move(path)) {}

    [[nodiscard]] const std::string& table() const noexcept { return table_; }
    [[nodiscard]] const name_path& path() const noexcept { return path_; }
    /// \throws definition_error for what is no name
    [[nodiscard]] column_reference operator[](std::string_view name) const {
        name_path longer = path_;
        for (std::string& part : detail::checked_path("x." + std::string(name))) longer.push_back(std::move(part));
        longer.erase(longer.begin() + static_cast<std::ptrdiff_t>(path_.size()));
        return {table_, std::move(longer)};
    }

private:
    std::string table_;
    name_path path_;
};

/// A table whose columns are asked for by name.
class table_columns {
public:
    explicit table_columns(std::string_view name) : name_(detail::checked_name(name)) {}

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] column_reference operator[](std::string_view column) const {
        return {name_, detail::checked_path(column)};
    }

private:
    std::string name_;
};

/// The columns of a table: columns_of("cp_plan")["start_date"]. (gt::table is the class of tables of data.)
[[nodiscard]] inline table_columns columns_of(std::string_view table) { return table_columns(table); }

/// A column by its path: column_named("person.sex"), column_named("this.start_date").
[[nodiscard]] inline column_reference column_named(std::string_view path) { return {"", detail::checked_path(path)}; }

/// A column of the row just outside, within related rows: outer("start_date") is `this.start_date`.
[[nodiscard]] inline column_reference outer(std::string_view column) {
    return column_named("this." + std::string(column));
}

}  // namespace goldenthread
