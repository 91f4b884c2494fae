// Random definitions that are well typed for a schema, over every kind of expression.
#pragma once

#include "random_source.hpp"

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/resolve.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace random_definition {

using namespace goldenthread;
using detail::static_type;
using kind = expression_kind;

inline expression node(kind k, std::vector<expression> children = {}) {
    expression_node n;
    n.kind = k;
    n.children = std::move(children);
    return detail::make_expression(std::move(n));
}
inline expression truth_of(bool value) {
    expression_node n;
    n.kind = kind::truth_literal;
    n.flag = value;
    return detail::make_expression(std::move(n));
}
inline expression integer(std::int64_t value) {
    expression_node n;
    n.kind = kind::integer_literal;
    n.number = value;
    return detail::make_expression(std::move(n));
}
inline expression decimal_of(std::int64_t mantissa, int scale) {
    expression_node n;
    n.kind = kind::decimal_literal;
    n.number = mantissa;
    n.scale = scale;
    return detail::make_expression(std::move(n));
}
inline expression date_of(day value) {
    expression_node n;
    n.kind = kind::date_literal;
    n.number = value;
    return detail::make_expression(std::move(n));
}
inline expression text_of(std::string value, kind k = kind::text_literal) {
    expression_node n;
    n.kind = k;
    n.text = std::move(value);
    return detail::make_expression(std::move(n));
}
inline expression column(name_path path) {
    expression_node n;
    n.kind = kind::column;
    n.path = std::move(path);
    return detail::make_expression(std::move(n));
}
inline expression call(std::string name, std::vector<expression> arguments, name_path path = {}) {
    expression_node n;
    n.kind = kind::call;
    n.text = std::move(name);
    n.path = std::move(path);
    n.children = std::move(arguments);
    return detail::make_expression(std::move(n));
}
inline expression duration(expression amount, duration_unit unit) {
    expression_node n;
    n.kind = kind::duration;
    n.unit = unit;
    n.children = {std::move(amount)};
    return detail::make_expression(std::move(n));
}
inline expression case_of(std::vector<expression> children, bool has_subject) {
    expression_node n;
    n.kind = kind::case_when;
    n.flag = has_subject;
    n.children = std::move(children);
    return detail::make_expression(std::move(n));
}
inline expression related(related_rows r) {
    expression_node n;
    n.kind = kind::related;
    n.related = std::make_shared<const related_rows>(std::move(r));
    return detail::make_expression(std::move(n));
}

/// The rows whose names an expression may use.
struct scope {
    const table_schema* table = nullptr;  ///< null for rows of gaps(…)
    std::string alias;
    const scope* outer = nullptr;
    bool may_use_time = true;
};

class generator {
public:
    generator(random_source& random, const schema& s) : random_(random), schema_(s) {
        for (const table_schema& t : s.tables) {
            if (t.name != "coverage" && t.name != "population") tables_.push_back(&t);
        }
    }

    /// A set with two filters and the indicator `random.one`.
    indicator_set definitions() {
        indicator_set set;
        const table_schema& root = *random_.pick(tables_);
        root_ = {&root, random_.chance(30) ? "r" : "", nullptr, true};
        add_filters(set);
        indicator i;
        i.id = "random.one";
        i.title = "Random";
        i.unit = "row";
        i.parameters.push_back(integer_parameter());
        i.parameters.push_back(choice_parameter());
        i.conventions.months = static_cast<month_add>(random_.below(3));
        i.conventions.birthdays = static_cast<leap_birthday>(random_.below(2));
        i.conventions.ends = static_cast<end_day>(random_.below(2));
        standard_dimensions_only_ = false;
        i.measure = measure_of(root);
        i.breakdowns = dimensions();
        if (random_.chance(15) && !i.breakdowns.empty()) add_profile(i, root);
        set.indicators.push_back(std::move(i));
        return set;
    }
    /// Breakdowns to ask for, cross-tabulations among them.
    std::vector<breakdown> breakdowns(const indicator& i) {
        std::vector<std::string> names;
        for (const dimension& d : i.breakdowns) names.push_back(d.name);
        std::vector<breakdown> result;
        for (const std::string& name : names) {
            if (random_.chance(60)) result.push_back({name});
        }
        if (names.size() >= 2 && random_.chance(40)) result.push_back({names[0], names[1]});
        return result;
    }

    expression truth(const scope& s, int depth) {
        if (depth <= 0) return simple_truth(s);
        switch (random_.below(22)) {
            case 0: return node(kind::logical_not, {truth(s, depth - 1)});
            case 1:
            case 2: return node(kind::logical_and, {truth(s, depth - 1), truth(s, depth - 1)});
            case 3:
            case 4: return node(kind::logical_or, {truth(s, depth - 1), truth(s, depth - 1)});
            case 5: return compared(number(s, depth - 1), number(s, depth - 1));
            case 6:
            case 7: return compared(day_of(s, depth - 1), day_of(s, depth - 1));
            case 8: return node(random_.chance(50) ? kind::equal : kind::not_equal, {truth(s, depth - 1), truth(s, depth - 1)});
            case 9: return node(kind::between, {day_of(s, depth - 1), day_of(s, depth - 1), day_of(s, depth - 1)});
            case 10: return node(kind::between, {number(s, depth - 1), number(s, depth - 1), number(s, depth - 1)});
            case 11: return text_question(s, depth);
            case 12: return null_question(s, depth);
            case 13: return call("coalesce", {truth(s, depth - 1), truth(s, depth - 1)});
            case 14: return chosen(s, depth, static_type::truth);
            case 15: return open_question(s, depth);
            case 16: return s.may_use_time ? call(random_.chance(50) ? "during" : "happened", {day_of(s, depth - 1)}) : simple_truth(s);
            case 17: return call("overlaps", {day_of(s, depth - 2), day_of(s, depth - 2), day_of(s, depth - 2), day_of(s, depth - 2)});
            case 18: return filter_question(s, depth);
            case 19: return number_list(s, depth);
            default: return any_rows(s, depth);
        }
    }

private:
    // --- names ----------------------------------------------------------------------------------
    struct named_column {
        name_path path;
        const column_schema* shape;
    };
    /// Every column that can be named here, those of referenced rows included.
    std::vector<named_column> columns_in(const scope& s) const {
        std::vector<named_column> result;
        name_path prefix;
        for (const scope* here = &s; here != nullptr; here = here->outer, prefix.emplace_back("this")) {
            if (here->table == nullptr) continue;
            name_path base = prefix;
            if (!here->alias.empty()) base = {here->alias};
            add_columns(result, base, *here->table);
            for (const reference& r : here->table->references) {
                name_path longer = base;
                longer.push_back(r.name);
                add_columns(result, longer, schema_.table(r.table));
            }
        }
        return result;
    }
    static void add_columns(std::vector<named_column>& result, const name_path& base, const table_schema& t) {
        for (const column_schema& c : t.columns) {
            name_path path = base;
            path.push_back(c.name);
            result.push_back({std::move(path), &c});
        }
    }
    /// A column of this type, or nothing.
    expression some_column(const scope& s, static_type type) {
        std::vector<named_column> fit;
        for (named_column& c : columns_in(s)) {
            if (detail::static_type_of(c.shape->type) == type) fit.push_back(std::move(c));
        }
        if (type == static_type::date && s.table == nullptr) {
            for (const char* name : {"start", "end"}) fit.push_back({s.alias.empty() ? name_path{name} : name_path{s.alias, name}, nullptr});
        }
        return fit.empty() ? expression() : column(random_.pick(fit).path);
    }
    std::vector<named_column> coded_columns(const scope& s, bool with_groups) const {
        std::vector<named_column> fit;
        for (named_column& c : columns_in(s)) {
            const code_set* codes = schema_.find_codes(c.shape->codes);
            if (codes != nullptr && (!with_groups || !codes->groups.empty())) fit.push_back(std::move(c));
        }
        return fit;
    }
    std::string new_alias() { return "a" + std::to_string(next_alias_++); }

    // --- truth ----------------------------------------------------------------------------------
    expression simple_truth(const scope& s) {
        if (random_.chance(40)) {
            if (const expression c = some_column(s, static_type::truth); !c.empty()) return c;
        }
        if (random_.chance(60)) return compared(day_of(s, 0), day_of(s, 0));
        if (random_.chance(20)) return node(kind::unknown_literal);
        return truth_of(random_.chance(60));
    }
    expression compared(expression a, expression b) {
        static const std::vector<kind> kinds = {kind::less, kind::less_or_equal, kind::greater, kind::greater_or_equal,
                                                kind::less, kind::less_or_equal, kind::equal,   kind::not_equal};
        return node(random_.pick(kinds), {std::move(a), std::move(b)});
    }
    expression text_question(const scope& s, int depth) {
        const std::vector<named_column> fit = coded_columns(s, false);
        if (fit.empty() || random_.chance(15)) {
            return node(random_.chance(50) ? kind::equal : kind::not_equal, {text(s, depth - 1), text(s, depth - 1)});
        }
        const named_column& c = random_.pick(fit);
        const code_set& codes = *schema_.find_codes(c.shape->codes);
        const auto code_literal = [&] { return text_of(random_.pick(codes.codes).value); };
        switch (random_.below(3)) {
            case 0: return node(kind::equal, {column(c.path), code_literal()});
            case 1:
                if (!codes.groups.empty()) return node(kind::in_list, {column(c.path), text_of(random_.pick(codes.groups).name, kind::code_group)});
                [[fallthrough]];
            default: return node(kind::in_list, {column(c.path), node(kind::list, {code_literal(), code_literal(), code_literal()})});
        }
    }
    expression number_list(const scope& s, int depth) {
        return node(kind::in_list, {number(s, depth - 1), node(kind::list, {integer(random_.between(-2, 4)), number(s, depth - 2)})});
    }
    expression null_question(const scope& s, int depth) {
        expression subject = random_.chance(50) ? day_of(s, depth - 1) : random_.chance(50) ? number(s, depth - 1) : text(s, depth - 1);
        if (random_.chance(25)) return call("known", {std::move(subject)});
        expression question = node(kind::is_null, {std::move(subject)});
        return random_.chance(50) ? question : node(kind::logical_not, {std::move(question)});
    }
    expression open_question(const scope& s, int depth) {
        if (!s.may_use_time || random_.chance(30)) return call("open", {day_of(s, depth - 2), day_of(s, depth - 2), day_of(s, depth - 1)});
        return call("open", {day_of(s, depth - 2), day_of(s, depth - 2)});
    }
    expression filter_question(const scope& s, int depth) {
        for (const auto& [name, on] : filters_) {
            if (s.table == nullptr || s.table != on || !s.may_use_time) continue;
            const name_path path = s.alias.empty() ? name_path{} : name_path{s.alias};
            return call(name, {day_of(s, depth - 1)}, path);
        }
        return simple_truth(s);
    }
    expression any_rows(const scope& s, int depth) {
        related_rows r;
        scope inside;
        r.source = source(s, inside, depth, false);
        return related(std::move(r));
    }
    /// case in both forms; the subject form compares texts or numbers.
    expression chosen(const scope& s, int depth, static_type type) {
        const auto value = [&] { return value_of(s, depth - 1, type); };
        std::vector<expression> children;
        const bool subject = random_.chance(30);
        if (subject) children.push_back(number(s, depth - 1));
        for (int i = random_.between(1, 2); i > 0; --i) {
            children.push_back(subject ? integer(random_.between(-1, 3)) : truth(s, depth - 1));
            children.push_back(value());
        }
        if (random_.chance(70)) children.push_back(value());
        return case_of(std::move(children), subject);
    }
    expression value_of(const scope& s, int depth, static_type type) {
        switch (type) {
            case static_type::truth: return truth(s, depth);
            case static_type::number: return number(s, depth);
            case static_type::date: return day_of(s, depth);
            default: return text(s, depth);
        }
    }

    // --- numbers --------------------------------------------------------------------------------
    expression number(const scope& s, int depth) {
        if (depth <= 0) {
            if (random_.chance(50)) {
                if (const expression c = some_column(s, static_type::number); !c.empty()) return c;
            }
            if (random_.chance(10)) return node(kind::unknown_literal);
            if (random_.chance(15)) return decimal_of(random_.between(-30, 90), 1);
            return random_.chance(20) ? text_of("n", kind::parameter) : integer(random_.between(-2, 18));
        }
        switch (random_.below(15)) {
            case 0: return node(kind::add, {number(s, depth - 1), number(s, depth - 1)});
            case 1: return node(kind::subtract, {number(s, depth - 1), number(s, depth - 1)});
            case 2: return node(kind::multiply, {number(s, 0), random_.chance(70) ? integer(random_.between(-3, 3)) : decimal_of(random_.between(-5, 15), 1)});
            case 13:
            case 14: {
                static const std::vector<int> divisors = {2, 3, 4, -2, 6, 7};
                return node(kind::divide, {number(s, depth - 1), random_.chance(80) ? integer(random_.pick(divisors)) : decimal_of(25, 1)});
            }
            case 3: {
                expression inner = number(s, depth - 1);
                // A literal with a sign is a literal, not a negation.
                if (inner->kind == kind::integer_literal || inner->kind == kind::decimal_literal) return inner;
                return node(kind::negate, {std::move(inner)});
            }
            case 4: return node(kind::subtract, {day_of(s, depth - 1), day_of(s, depth - 1)});
            case 5:
            case 6: {
                static const std::vector<std::string> functions = {"age", "days_between", "months_between", "years_between", "working_days_between",
                                                                   "month_boundaries_between", "year_boundaries_between", "age", "months_between"};
                return call(random_.pick(functions), {day_of(s, depth - 1), day_of(s, depth - 1)});
            }
            case 7: return chosen(s, depth, static_type::number);
            case 8: return call(random_.chance(50) ? "min of" : "max of", {number(s, depth - 1), number(s, depth - 1)});
            case 9: return call("coalesce", {number(s, depth - 1), number(s, depth - 1)});
            case 10: return found_row(s, depth, static_type::number);
            default: return counted_rows(s, depth);
        }
    }
    expression counted_rows(const scope& s, int depth) {
        using aggregate = related_rows::aggregate_type;
        related_rows r;
        scope inside;
        const int choice = random_.between(0, 5);
        r.source = source(s, inside, depth, false);
        if (choice <= 1) {
            r.aggregate = aggregate::count;
        } else if (choice == 2) {
            r.aggregate = aggregate::count;
            r.distinct = true;
            r.value = random_.chance(70) ? text(inside, depth - 2) : number(inside, depth - 2);
        } else if (choice == 3 && inside.table != nullptr) {
            r.aggregate = aggregate::count;
            r.over = {random_.pick(inside.table->columns).name};
        } else {
            r.aggregate = choice == 4 ? aggregate::sum : random_.chance(50) ? aggregate::minimum : aggregate::maximum;
            r.value = number(inside, depth - 2);
        }
        return related(std::move(r));
    }
    /// first, last or nth, with an order.
    expression found_row(const scope& s, int depth, static_type type) {
        using aggregate = related_rows::aggregate_type;
        related_rows r;
        scope inside;
        r.source = source(s, inside, depth, true);
        std::vector<name_path> fit;
        if (inside.table == nullptr) {
            if (type == static_type::date) fit = {{"start"}, {"end"}};
        } else {
            for (const column_schema& c : inside.table->columns) {
                if (detail::static_type_of(c.type) == type) fit.push_back({c.name});
            }
        }
        if (fit.empty()) return value_of(s, 0, type);
        r.column = random_.pick(fit);
        r.aggregate = random_.chance(60) ? aggregate::last : random_.chance(50) ? aggregate::first : aggregate::nth;
        if (r.aggregate == aggregate::nth) r.position = random_.between(1, 3);
        return related(std::move(r));
    }

    // --- dates and texts ------------------------------------------------------------------------
    expression day_of(const scope& s, int depth) {
        if (depth <= 0) {
            if (random_.chance(55)) {
                if (const expression c = some_column(s, static_type::date); !c.empty()) return c;
            }
            if (s.may_use_time && random_.chance(75)) {
                return node(random_.chance(60) ? kind::as_at : random_.chance(50) ? kind::period_first : kind::period_last);
            }
            if (random_.chance(8)) return node(kind::unknown_literal);
            return date_of(to_day(2018, 1, 1) + random_.between(0, 1000));
        }
        switch (random_.below(10)) {
            case 0:
            case 1:
            case 2: return moved_day(s, depth);
            case 3: return call(random_.chance(50) ? "min of" : "max of", {day_of(s, depth - 1), day_of(s, depth - 1)});
            case 4: return call("coalesce", {day_of(s, depth - 1), day_of(s, depth - 1)});
            case 5: return chosen(s, depth, static_type::date);
            case 6: return found_row(s, depth, static_type::date);
            case 7: {
                related_rows r;
                scope inside;
                r.source = source(s, inside, depth, false);
                r.aggregate = random_.chance(50) ? related_rows::aggregate_type::minimum : related_rows::aggregate_type::maximum;
                r.value = day_of(inside, depth - 2);
                return related(std::move(r));
            }
            default: return day_of(s, 0);
        }
    }
    expression moved_day(const scope& s, int depth) {
        static const std::vector<duration_unit> units = {duration_unit::days, duration_unit::weeks, duration_unit::months, duration_unit::months,
                                                         duration_unit::years, duration_unit::working_days};
        const duration_unit unit = random_.pick(units);
        const int amount = unit == duration_unit::years ? random_.between(0, 3) : random_.between(unit == duration_unit::months ? -2 : 0, 20);
        expression length = random_.chance(20) ? text_of("n", kind::parameter) : integer(amount);
        expression from = day_of(s, depth - 1);
        // `unknown` has no type of its own, and a duration is added to a date.
        if (from->kind == kind::unknown_literal) from = date_of(to_day(2019, 3, 31));
        return node(random_.chance(40) ? kind::add : kind::subtract, {dated(std::move(from)), duration(std::move(length), unit)});
    }
    /// The same, sure to have the type date: a case all of whose answers are `unknown` has none.
    expression dated(expression e) { return call("coalesce", {std::move(e), date_of(to_day(2019, 3, 31))}); }
    expression text(const scope& s, int depth) {
        if (depth <= 0) {
            if (random_.chance(70)) {
                if (const expression c = some_column(s, static_type::text); !c.empty()) return c;
            }
            // A bare literal beside a category must be one of its codes.
            return call("coalesce", {text_of(std::string(1, static_cast<char>('x' + random_.below(3))))});
        }
        switch (random_.below(5)) {
            case 0: return call("coalesce", {text(s, depth - 1), text(s, depth - 1)});
            case 1: return chosen(s, depth, static_type::text);
            case 2: return found_row(s, depth, static_type::text);
            case 3: {
                const std::vector<named_column> fit = coded_columns(s, true);
                if (!fit.empty()) return call("group_of", {column(random_.pick(fit).path)});
                return text(s, 0);
            }
            default: return text(s, 0);
        }
    }

    // --- related rows ---------------------------------------------------------------------------
    std::vector<key_pair> keys(const scope& outer, const table_schema& theirs) {
        std::vector<name_path> ours, own;
        for (const named_column& c : columns_in(outer)) {
            if (c.shape->type == value_type::text && (c.shape->name == "child_id" || random_.chance(25))) ours.push_back(c.path);
        }
        for (const column_schema& c : theirs.columns) {
            if (c.type == value_type::text && (c.name == "child_id" || random_.chance(25))) own.push_back({c.name});
        }
        if (random_.chance(15) && theirs.find_reference("parent") != nullptr) own = {{"parent", "child_id"}};
        if (ours.empty() || own.empty()) return {{{"child_id"}, {"child_id"}}};
        return {{random_.pick(own), random_.pick(ours)}};
    }
    /// A source of rows and the scope of its rows.
    row_query source(const scope& outer, scope& inside, int depth, bool ordered) {
        row_query q;
        const table_schema& t = *random_.pick(tables_);
        const int form = random_.between(1, 10);
        inside = {&t, random_.chance(60) ? new_alias() : "", &outer, outer.may_use_time};
        if (form <= 6 || depth <= 1) {
            q.table = t.name;
            q.by = keys(outer, t);
        } else if (form <= 8) {
            q.kind = row_query::kind_type::latest_per;
            scope inner_scope;
            row_query inner;
            inner.table = t.name;
            inner_scope = {&t, random_.chance(30) ? new_alias() : "", &outer, outer.may_use_time};
            inner.alias = inner_scope.alias;
            inner.by = keys(outer, t);
            if (random_.chance(70)) inner.where = truth(inner_scope, depth - 2);
            inner.order_by = orders(inner_scope);
            q.per = {random_.pick(t.columns).name};
            q.inner = std::make_shared<const row_query>(std::move(inner));
        } else if (form == 9) {
            q.kind = row_query::kind_type::collapse;
            q.table = t.name == "person" ? "table_0" : t.name;
            inside.table = schema_.find(q.table);
            q.by = {{{"child_id"}, {"child_id"}}};
            if (outer.table == nullptr) q.by[0].theirs = {"child_id"};
            q.gap = duration(integer(random_.between(0, 40)), duration_unit::days);
            // The key must stand in the row just outside.
            if (outer.table == nullptr || outer.table->find("child_id") == nullptr) return plain(outer, inside, t);
        } else {
            std::vector<std::string> dates;
            for (const column_schema& c : t.columns) {
                if (c.type == value_type::date) dates.push_back(c.name);
            }
            q.kind = row_query::kind_type::gaps;
            q.table = t.name;
            q.column = random_.pick(dates);
            q.by = keys(outer, t);
            q.from = dated(day_of(outer, depth - 2));
            q.until = dated(day_of(outer, depth - 2));
            inside.table = nullptr;
            if (inside.alias.empty()) inside.alias = new_alias();
        }
        q.alias = inside.alias;
        if (random_.chance(80)) q.where = truth(inside, depth - 2);
        if (ordered) q.order_by = orders(inside);
        return q;
    }
    row_query plain(const scope& outer, const scope& inside, const table_schema& t) {
        row_query q;
        q.table = t.name;
        q.alias = inside.alias;
        q.by = keys(outer, t);
        const_cast<scope&>(inside).table = &t;
        q.order_by = orders(inside);
        return q;
    }
    /// Rows are ordered by their own columns.
    std::vector<expression> orders(const scope& inside) {
        std::vector<expression> result;
        for (int i = random_.between(1, 2); i > 0; --i) {
            name_path path = {inside.table == nullptr ? std::string(random_.chance(50) ? "start" : "end") : random_.pick(inside.table->columns).name};
            if (!inside.alias.empty()) path.insert(path.begin(), inside.alias);
            result.push_back(column(std::move(path)));
        }
        return result;
    }

    // --- the definition -------------------------------------------------------------------------
    void add_filters(indicator_set& set) {
        filters_.clear();
        for (int i = 0; i < 2; ++i) {
            const table_schema& t = i == 0 ? *root_.table : *random_.pick(tables_);
            named_filter f;
            f.name = "filter_" + std::to_string(i);
            f.on = t.name;
            f.arguments = {"d"};
            const scope s{&t, "", nullptr, true};
            f.body = node(kind::logical_or, {compared(call("coalesce", {text_of("d", kind::parameter), date_of(to_day(2019, 5, 5))}), day_of(s, 1)), truth(s, 1)});
            f.parameters.push_back(integer_parameter());
            set.filters.push_back(std::move(f));
        }
        for (std::size_t i = 0; i < 2; ++i) filters_.emplace_back(set.filters[i].name, schema_.find(set.filters[i].on));
    }
    parameter integer_parameter() {
        parameter p;
        p.name = "n";
        const int value = random_.between(0, 24);
        p.standard = std::to_string(value);
        p.standard_binding.value = integer(value);
        return p;
    }
    parameter choice_parameter() {
        parameter p;
        p.name = "choice";
        parameter_binding one, two;
        one.value = truth(root_, 2);
        two.value = truth_of(true);
        p.choices = {{"one", one}, {"two", two}};
        p.standard = "one";
        p.standard_binding = one;
        return p;
    }
    /// Kinds by how often they are made. The new ones are parts, conditions and windows around the old.
    measure measure_of(const table_schema& root) {
        static const std::vector<measure_kind> kinds = {
            measure_kind::count,    measure_kind::distinct,    measure_kind::distinct,    measure_kind::share,      measure_kind::share,  measure_kind::rate,
            measure_kind::profile,  measure_kind::sum,         measure_kind::mean,        measure_kind::median,     measure_kind::quantile, measure_kind::mean,
            measure_kind::person_days, measure_kind::ratio,    measure_kind::incidence,   measure_kind::conversion, measure_kind::repeat};
        const measure_kind wanted = random_.pick(kinds);
        switch (wanted) {
            case measure_kind::ratio: return ratio_of(root);
            case measure_kind::incidence: return incidence_of(root);
            case measure_kind::conversion: return conversion_of(root);
            case measure_kind::repeat: return repeat_of(root);
            default: return simple_measure(root, wanted);
        }
    }
    measure simple_measure(const table_schema& root, measure_kind wanted) {
        measure m;
        m.kind = wanted;
        m.timing = static_cast<measure_timing>(random_.below(3));
        const bool over = wanted == measure_kind::person_days || (wanted == measure_kind::share && random_.chance(15));
        if (over) m.timing = measure_timing::over;
        m.of.table = root.name;
        m.of.alias = root_.alias;
        if (root.name != "person" && random_.chance(12)) {
            m.of.kind = row_query::kind_type::collapse;
            m.of.by = {{{"child_id"}, {"child_id"}}};
            m.of.gap = duration(integer(random_.between(0, 60)), duration_unit::days);
        }
        m.where = truth(root_, random_.between(1, over ? 3 : 4));
        // Days are asked one by one: most questions about them are about the day, not about the period.
        if (over && random_.chance(50)) m.where = call("open", {day_of(root_, 0), day_of(root_, 0)});
        if (choice_fits_ && random_.chance(20)) m.where = node(kind::logical_and, {m.where, text_of("choice", kind::parameter)});
        if (random_.chance(35)) m.exclude = truth(root_, random_.between(0, 3));
        if (random_.chance(35)) m.immature = truth(root_, random_.between(0, 3));
        if (m.kind == measure_kind::share) m.numerator = truth(root_, random_.between(0, 3));
        if (is_of_values(m.kind)) {
            add_value(m);
        } else if (m.kind == measure_kind::distinct || random_.chance(over ? 70 : 40)) {
            m.distinct = {random_.chance(75) ? "child_id" : random_.pick(root.columns).name};
            if (random_.chance(25)) m.distinct.push_back(random_.pick(root.columns).name);
        }
        if (m.kind == measure_kind::rate && random_.chance(50)) m.annualise = truth_of(random_.chance(50));
        if (random_.chance(25)) m.look_back.push_back({random_.pick(tables_)->name, duration(integer(random_.between(1, 12)), duration_unit::months)});
        if (!over && random_.chance(25)) m.follow_up.push_back({random_.pick(tables_)->name, duration(integer(random_.between(1, 6)), duration_unit::months)});
        return m;
    }
    /// A number of the row, or how long it has waited until the day asked about.
    void add_value(measure& m) {
        const expression since = some_column(root_, static_type::date);
        if (!since.empty() && random_.chance(50)) {
            m.value = random_.chance(50) ? call("days_between", {since, node(kind::as_at)}) : node(kind::subtract, {node(kind::as_at), since});
        } else {
            m.value = number(root_, random_.between(0, 2));
        }
        if (random_.chance(30)) m.censored = truth(root_, 2);
        if (m.kind == measure_kind::quantile) add_quantile(m);
    }
    void add_quantile(measure& m) {
        m.p = random_.pick(std::vector<std::string>{"0", "0.1", "0.25", "0.5", "0.333333", "0.9", "1"});
        m.method = std::to_string(random_.between(1, 9));
    }
    measure ratio_of(const table_schema& root) {
        static const std::vector<measure_kind> kinds = {measure_kind::count, measure_kind::distinct, measure_kind::sum, measure_kind::person_days};
        const auto part = [&](const table_schema& table) {
            measure m = simple_measure(table, random_.pick(kinds));
            m.censored = expression();
            m.follow_up.clear();
            return m;
        };
        measure m;
        m.kind = measure_kind::ratio;
        m.upper = std::make_shared<const measure>(part(root));
        const scope upper_root = root_;
        if (random_.chance(50)) {
            const table_schema& other = *random_.pick(tables_);
            root_ = {&other, random_.chance(30) ? "r" : "", nullptr, true};
            standard_dimensions_only_ = true;
            choice_fits_ = false;
        }
        m.lower = std::make_shared<const measure>(part(*root_.table));
        root_ = upper_root;
        choice_fits_ = true;
        m.of = m.upper->of;
        m.timing = m.upper->timing;
        m.where = m.upper->where;
        m.per = random_.between(1, 100);
        return m;
    }
    /// A date column of a table.
    std::string date_column(const table_schema& t) {
        std::vector<std::string> names;
        for (const column_schema& c : t.columns) {
            if (c.type == value_type::date) names.push_back(c.name);
        }
        return random_.pick(names);
    }
    measure incidence_of(const table_schema& root) {
        measure m = simple_measure(root, measure_kind::person_days);
        m.kind = measure_kind::incidence;
        m.distinct = {"child_id"};
        const table_schema& events = *random_.pick(tables_);
        m.events.of.table = events.name;
        if (random_.chance(40)) m.events.of.alias = "e";
        m.events.date = date_column(events);
        const scope inside{&events, m.events.of.alias, nullptr, true};
        if (random_.chance(50)) m.events.where = truth(inside, random_.between(0, 2));
        if (random_.chance(25)) {
            m.first_event_only = true;
        } else {
            m.clean_window = duration(integer(random_.between(0, 12)), random_.chance(80) ? duration_unit::days : duration_unit::weeks);
        }
        standard_dimensions_only_ = true;
        return m;
    }
    conversion_step step_of(const scope& outer, bool is_exit, scope& inside) {
        conversion_step step;
        const table_schema& t = *random_.pick(tables_);
        step.of.table = t.name;
        step.of.alias = random_.chance(60) ? new_alias() : "";
        step.of.by = {{{"child_id"}, {"child_id"}}};
        inside = {&t, step.of.alias, &outer, random_.chance(30)};
        step.day = column({date_column(t)});
        if (random_.chance(50)) step.where = truth(inside, random_.between(0, 2));
        if (!is_exit) step.within = duration(integer(random_.between(0, 14)), duration_unit::months);
        return step;
    }
    measure conversion_of(const table_schema& root) {
        measure m;
        m.kind = measure_kind::conversion;
        m.timing = measure_timing::in;
        m.of.table = root.name;
        m.of.alias = root_.alias;
        m.day = column({date_column(root)});
        m.where = random_.chance(40) ? truth_of(true) : truth(root_, random_.between(0, 2));
        if (random_.chance(40)) m.exclude = truth(root_, random_.between(0, 2));
        scope first, second, exit;
        m.steps.push_back(step_of(root_, false, first));
        if (random_.chance(40)) m.steps.push_back(step_of(first, false, second));
        if (random_.chance(30)) m.exits.push_back(step_of(root_, true, exit));
        m.statistic = random_.pick(std::vector<std::string>{"share", "share", "mean", "median", "quantile"});
        if (m.statistic == "quantile") add_quantile(m);
        return m;
    }
    measure repeat_of(const table_schema& root) {
        measure m;
        m.kind = measure_kind::repeat;
        m.timing = measure_timing::in;
        m.of.table = root.name;
        m.of.alias = root_.alias;
        m.day = column({date_column(root)});
        m.where = random_.chance(60) ? call("during", {m.day}) : truth(root_, 2);
        m.key = {random_.chance(70) ? "child_id" : random_.pick(root.columns).name};
        m.within = duration(integer(random_.between(0, 24)), duration_unit::months);
        const scope inside{&root, "earlier", &root_, random_.chance(30)};
        if (random_.chance(40)) m.earlier = truth(inside, random_.between(0, 2));
        return m;
    }
    /// The first breakdown shows another measure of the same rows.
    void add_profile(indicator& i, const table_schema& root) {
        static const std::vector<measure_kind> kinds = {measure_kind::count, measure_kind::share, measure_kind::distinct};
        if (std::find(kinds.begin(), kinds.end(), i.measure.kind) == kinds.end()) return;
        i.measure.profile = {i.breakdowns[0].name};
        measure shown = simple_measure(root, random_.chance(50) ? measure_kind::count : measure_kind::sum);
        shown.censored = expression();
        shown.follow_up.clear();
        i.measure.profile_measure = std::make_shared<const measure>(std::move(shown));
    }
    std::vector<dimension> dimensions() {
        std::vector<dimension> result;
        for (const char* name : {"sex", "age_band", "disabled", "ethnicity_group"}) {
            if (!random_.chance(35)) continue;
            dimension d;
            d.name = name;
            result.push_back(std::move(d));
        }
        if (standard_dimensions_only_) return result;
        if (random_.chance(35)) {
            dimension d;
            d.name = "own";
            d.kind = dimension::kind_type::value;
            d.value = random_.chance(60) ? truth(root_, 2) : text(root_, 2);
            result.push_back(std::move(d));
        }
        if (random_.chance(35)) {
            dimension d;
            d.name = "parts";
            d.kind = dimension::kind_type::predicates;
            d.predicates = {{"p", truth(root_, 2)}, {"q", truth(root_, 1)}};
            result.push_back(std::move(d));
        }
        if (random_.chance(35)) {
            dimension d;
            d.name = "each";
            d.kind = dimension::kind_type::each;
            scope inside;
            d.source = source(root_, inside, 3, false);
            std::vector<std::string> fit;
            if (inside.table != nullptr) {
                for (const column_schema& c : inside.table->columns) {
                    const static_type type = detail::static_type_of(c.type);
                    if (type == static_type::text || type == static_type::truth) fit.push_back(c.name);
                }
            }
            if (!fit.empty()) {
                d.column = random_.pick(fit);
                result.push_back(std::move(d));
            }
        }
        return result;
    }

    random_source& random_;
    const schema& schema_;
    std::vector<const table_schema*> tables_;
    std::vector<std::pair<std::string, const table_schema*>> filters_;
    scope root_;
    bool choice_fits_ = true;                ///< the parameter `choice` is about the rows that are being asked about
    bool standard_dimensions_only_ = false;  ///< two tables must know them
    int next_alias_ = 0;
};

}  // namespace random_definition
