#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/language.hpp>

namespace goldenthread {

namespace {

using kind = expression_kind;

/// Binding strength; a child weaker than its place needs brackets.
enum strength : int { s_or = 1, s_and, s_not, s_comparison, s_sum, s_product, s_unary, s_primary };

std::string print(const expression& e, int place);

std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'') result += '\'';
        result += c;
    }
    return result + "'";
}

std::string decimal_text(std::int64_t mantissa, int scale) {
    std::string digits = std::to_string(mantissa < 0 ? -mantissa : mantissa);
    while (static_cast<int>(digits.size()) <= scale) digits.insert(digits.begin(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    return (mantissa < 0 ? "-" : "") + digits;
}

std::string print_list(const std::vector<expression>& items, int place = s_or) {
    std::string result;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) result += ", ";
        result += print(items[i], place);
    }
    return result;
}

std::string print_source(const row_query& source) {
    using source_kind = row_query::kind_type;
    std::string result;
    if (source.kind == source_kind::table) {
        result = source.table;
    } else if (source.kind == source_kind::latest_per) {
        result = "latest per (" + joined(source.per, ", ") + ") (" + print_source(*source.inner) + ")";
    } else if (source.kind == source_kind::gaps) {
        result = "gaps(" + source.table + "." + source.column;
    } else {
        result = "collapse(" + source.table;
    }
    const bool inside = source.kind == source_kind::gaps || source.kind == source_kind::collapse;
    if (!source.alias.empty() && !inside) result += " as " + source.alias;
    if (!source.by_parameter.empty()) result += " by :" + source.by_parameter;
    for (std::size_t i = 0; i < source.by.size(); ++i) {
        result += i == 0 ? " by " : ", ";
        result += joined(source.by[i].theirs, ".");
        if (source.by[i].ours != source.by[i].theirs) result += " = " + joined(source.by[i].ours, ".");
    }
    if (source.kind == source_kind::gaps) {
        result += " from " + print(source.from, s_sum) + " until " + print(source.until, s_sum) + ")";
    } else if (source.kind == source_kind::collapse) {
        result += " gap " + print(source.gap, s_sum) + ")";
    }
    if (!source.alias.empty() && inside) result += " as " + source.alias;
    if (!source.where.empty()) result += " where " + print(source.where, s_or);
    if (!source.order_by.empty()) result += " order by " + print_list(source.order_by, s_sum);
    return result;
}

std::string print_related(const related_rows& r) {
    using aggregate = related_rows::aggregate_type;
    std::string result;
    if (!r.over.empty()) result = "max over " + joined(r.over, ", ") + " of ";
    result += aggregates[static_cast<std::size_t>(r.aggregate)].name;
    result += "(";
    if (r.aggregate == aggregate::nth) result += std::to_string(r.position) + ", ";
    if (r.distinct) result += "distinct ";
    if (!r.value.empty()) result += print(r.value, s_or) + " of ";
    result += print_source(r.source) + ")";
    if (!r.column.empty()) result += "." + joined(r.column, ".");
    return result;
}

std::string print_case(const expression_node& n) {
    std::string result = "case";
    std::size_t i = 0;
    if (n.flag) result += " " + print(n.children[i++], s_or);
    for (; i + 1 < n.children.size(); i += 2) {
        result += " when " + print(n.children[i], s_or) + " then " + print(n.children[i + 1], s_or);
    }
    if (n.has_else()) result += " else " + print(n.children.back(), s_or);
    return result + " end";
}

std::string print_set(const expression& set) {
    if (set->kind == kind::list) return "(" + print_list(set->children) + ")";
    return print(set, s_primary);
}

/// Text and strength of a node.
std::pair<std::string, int> print_node(const expression_node& n) {
    const auto binary = [&](const char* sign, int strength_here) {
        return std::pair{print(n.children[0], strength_here) + sign + print(n.children[1], strength_here + 1), strength_here};
    };
    const auto comparison = [&](const char* sign) {
        return std::pair{print(n.children[0], s_sum) + sign + print(n.children[1], s_sum), int{s_comparison}};
    };
    switch (n.kind) {
        case kind::truth_literal: return {n.flag ? "true" : "false", s_primary};
        case kind::unknown_literal: return {"unknown", s_primary};
        case kind::integer_literal: return {std::to_string(n.number), n.number < 0 ? int{s_unary} : int{s_primary}};
        case kind::decimal_literal: return {decimal_text(n.number, n.scale), n.number < 0 ? int{s_unary} : int{s_primary}};
        case kind::text_literal: return {quoted(n.text), s_primary};
        case kind::date_literal: return {"date '" + to_iso(static_cast<day>(n.number)) + "'", s_primary};
        case kind::column: return {joined(n.path, "."), s_primary};
        case kind::parameter: return {":" + n.text, s_primary};
        case kind::as_at: return {"as_at", s_primary};
        case kind::period_first: return {"period.first", s_primary};
        case kind::period_last: return {"period.last", s_primary};
        case kind::logical_not: {
            const expression_node& c = *n.children[0];
            if (c.kind == kind::is_null) return {print(c.children[0], s_sum) + " is not null", s_comparison};
            if (c.kind == kind::in_list) {
                return {print(c.children[0], s_sum) + " not in " + print_set(c.children[1]), s_comparison};
            }
            return {"not " + print(n.children[0], s_not), s_not};
        }
        case kind::logical_and: return binary(" and ", s_and);
        case kind::logical_or: return binary(" or ", s_or);
        case kind::equal: return comparison(" = ");
        case kind::not_equal: return comparison(" != ");
        case kind::less: return comparison(" < ");
        case kind::less_or_equal: return comparison(" <= ");
        case kind::greater: return comparison(" > ");
        case kind::greater_or_equal: return comparison(" >= ");
        case kind::between:
            return {print(n.children[0], s_sum) + " between " + print(n.children[1], s_sum) + " and " +
                        print(n.children[2], s_sum),
                    s_comparison};
        case kind::in_list: return {print(n.children[0], s_sum) + " in " + print_set(n.children[1]), s_comparison};
        case kind::list: return {"(" + print_list(n.children) + ")", s_primary};
        case kind::code_group: return {"group(" + quoted(n.text) + ")", s_primary};
        case kind::is_null: return {print(n.children[0], s_sum) + " is null", s_comparison};
        case kind::add: return binary(" + ", s_sum);
        case kind::subtract: return binary(" - ", s_sum);
        case kind::multiply: return binary(" * ", s_product);
        case kind::divide: return binary(" / ", s_product);
        case kind::negate: return {"-" + print(n.children[0], s_primary), s_unary};
        case kind::duration: return {print(n.children[0], s_primary) + " " + std::string(to_text(n.unit)), s_unary};
        case kind::case_when: return {print_case(n), s_primary};
        case kind::call: {
            const std::string prefix = n.path.empty() ? std::string() : joined(n.path, ".") + ".";
            if (n.path.empty() && (n.text == "min of" || n.text == "max of")) {
                return {n.text + " (" + print_list(n.children) + ")", s_primary};
            }
            return {prefix + n.text + "(" + print_list(n.children) + ")", s_primary};
        }
        case kind::related: return {print_related(*n.related), s_primary};
    }
    return {"unknown", s_primary};
}

std::string print(const expression& e, int place) {
    auto [text, own] = print_node(*e);
    return own < place ? "(" + text + ")" : text;
}

}  // namespace

std::string to_text(const expression& e) { return e.empty() ? std::string() : print(e, s_or); }

std::string to_text(const row_query& source) { return print_source(source); }

}  // namespace goldenthread
