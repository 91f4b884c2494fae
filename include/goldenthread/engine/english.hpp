// goldenthread: a definition said back in English, from the resolved tree, so that it says what is computed.
#pragma once

#include <goldenthread/engine/resolved.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

/// Renders resolved nodes as English.
class english_writer {
public:
    explicit english_writer(const schema& tables) : schema_(tables) {}

    [[nodiscard]] std::string condition(const resolved& r) const { return say(r, 0); }
    [[nodiscard]] std::string quantity(const resolved& r) const { return value(r); }

    /// `latest_category` → "latest category".
    [[nodiscard]] static std::string plain(std::string_view name) {
        std::string text(name);
        for (char& c : text) {
            if (c == '_') c = ' ';
        }
        return text;
    }
    [[nodiscard]] std::string rows_of_table(const std::string& table_name) const {
        const table_schema* t = schema_.find(table_name);
        return t != nullptr && !t->title.empty() ? lower_first(t->title) : plain(table_name) + " rows";
    }
    [[nodiscard]] static std::string lower_first(std::string text) {
        const bool acronym = text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z';
        if (!text.empty() && !acronym) text[0] = to_ascii_lower(text[0]);
        return text;
    }

private:
    // --- patterns -------------------------------------------------------------------------------
    static bool is_time(const resolved& r, operation op) { return r->op == op; }
    static bool is_compare(const resolved& r, expression_kind k) { return r->op == operation::compare && r->comparison == k; }
    static bool same_column(const resolved& a, const resolved& b) {
        return a->op == operation::column && b->op == operation::column && a->column.row == b->column.row && a->column.column == b->column.column;
    }
    /// start <= day and (end is null or end > day)
    static bool is_open(const resolved& r) {
        if (r->op != operation::logical_and || !is_compare(r->children[0], expression_kind::less_or_equal)) return false;
        const resolved& either_end = r->children[1];
        if (either_end->op != operation::logical_or || either_end->children[0]->op != operation::is_null) return false;
        const resolved& ended = either_end->children[1];
        return (is_compare(ended, expression_kind::greater) || is_compare(ended, expression_kind::greater_or_equal)) &&
               same_column(either_end->children[0]->children[0], ended->children[0]);
    }
    /// x >= period.first and x <= period.last
    static bool is_during(const resolved& r) {
        return r->op == operation::logical_and && is_compare(r->children[0], expression_kind::greater_or_equal) &&
               is_compare(r->children[1], expression_kind::less_or_equal) && is_time(r->children[0]->children[1], operation::period_first) &&
               is_time(r->children[1]->children[1], operation::period_last);
    }
    /// x is not null and during(x)
    static bool is_happened(const resolved& r) {
        return r->op == operation::logical_and && r->children[0]->op == operation::logical_not &&
               r->children[0]->children[0]->op == operation::is_null && is_during(r->children[1]);
    }

    // --- logic ----------------------------------------------------------------------------------
    [[nodiscard]] std::string say(const resolved& r, int place) const {
        const resolved_node& n = *r;
        if (!n.said.empty()) return say_named(n);
        if (is_open(r)) return say_open(r);
        if (is_happened(r)) return date_name(r->children[1]->children[0]->children[0]) + " falls in the period";
        if (is_during(r)) return date_name(r->children[0]->children[0]) + " falls in the period";
        switch (n.op) {
            case operation::logical_and: return bracketed(say(n.children[0], 2) + " and " + say(n.children[1], 2), place > 2);
            case operation::logical_or: return bracketed(say(n.children[0], 1) + " or " + say(n.children[1], 1), place > 1);
            case operation::logical_not: return say_not(n.children[0]);
            case operation::compare: return say_comparison(n);
            case operation::in_texts: return value(n.children[0]) + " is " + say_codes(n);
            case operation::is_null: return value(n.children[0]) + " is not recorded";
            case operation::is_known: return value(n.children[0]) + " is known";
            case operation::related: return say_related(*n.related);
            case operation::column: return value(r) + " is yes";
            case operation::constant:
                return n.constant.is_null() ? "it cannot be known" : n.constant.low != 0 ? "always" : "never";
            case operation::choose: return say_choice(n);
            case operation::coalesce:
                if (n.children.size() == 2 && n.children[1]->op == operation::constant && n.type == static_type::truth) {
                    return value(n.children[0]) + " is yes (not recorded read as " + (n.children[1]->constant.low != 0 ? "yes" : "no") + ")";
                }
                return value(r);
            default: return value(r);
        }
    }
    /// A shared filter's own words, with what its arguments are.
    [[nodiscard]] std::string say_named(const resolved_node& n) const {
        std::string text = n.said;
        for (const auto& [name, argument] : n.said_with) {
            const std::string mark = ":" + name;
            const std::size_t at = text.find(mark);
            if (at != std::string::npos) text.replace(at, mark.size(), argument->op == operation::constant && argument->type == static_type::text ? argument->text : value(argument));
        }
        return text;
    }
    static std::string bracketed(std::string text, bool needed) { return needed ? "(" + text + ")" : text; }
    [[nodiscard]] std::string say_open(const resolved& r) const {
        const resolved& when = r->children[0]->children[1];
        const std::string day_text = when->op == operation::as_at ? "at the end of the period" : "on " + value(when);
        const column_use& start = r->children[0]->children[0]->column;
        const std::string what = start.row.slot == 0 && start.row.references.empty() ? "it is open " : "they are open ";
        return what + day_text;
    }
    [[nodiscard]] std::string say_not(const resolved& r) const {
        if (r->op == operation::is_null) return value(r->children[0]) + " is recorded";
        if (r->op == operation::related) return "there is no case where " + say(r, 3);
        if (r->op == operation::in_texts) return value(r->children[0]) + " is not " + say_codes(*r);
        if (r->op == operation::coalesce && r->children.size() == 2) return value(r->children[0]) + " is not yes";
        return "not " + say(r, 3);
    }
    [[nodiscard]] std::string say_comparison(const resolved_node& n) const {
        const resolved &a = n.children[0], &b = n.children[1];
        if (b->op == operation::constant && b->type == static_type::truth && n.comparison == expression_kind::equal) {
            return value(a) + " is " + (b->constant.low != 0 ? "yes" : "no");
        }
        const bool dates = a->type == static_type::date;
        const char* word = "";
        switch (n.comparison) {
            case expression_kind::equal: word = " is "; break;
            case expression_kind::not_equal: word = " is not "; break;
            case expression_kind::less: word = dates ? " is before " : " is below "; break;
            case expression_kind::less_or_equal: word = dates ? " is on or before " : " is at most "; break;
            case expression_kind::greater: word = dates ? " is after " : " is above "; break;
            default: word = dates ? " is on or after " : " is at least "; break;
        }
        return value(a) + word + value(b, &a);
    }
    [[nodiscard]] std::string say_codes(const resolved_node& n) const {
        const std::string codes = n.children[0]->op == operation::column ? n.children[0]->column.codes : std::string();
        std::string text;
        for (std::size_t i = 0; i < n.texts.size(); ++i) {
            if (i != 0) text += i + 1 == n.texts.size() ? " or " : ", ";
            text += code_name(codes, n.texts[i]);
        }
        return text;
    }
    [[nodiscard]] std::string say_choice(const resolved_node& n) const {
        std::string text;
        std::size_t i = 0;
        for (; i + 1 < n.children.size(); i += 2) {
            if (i != 0) text += ", otherwise ";
            text += "if " + say(n.children[i], 3) + " then " + branch(n.children[i + 1]);
        }
        if (n.has_else) text += ", otherwise " + branch(n.children.back());
        return "(" + text + ")";
    }
    [[nodiscard]] std::string branch(const resolved& r) const {
        if (r->op == operation::constant && r->constant.is_null() && r->type == static_type::any) return "unknown";
        if (r->type == static_type::truth) return r->op == operation::constant ? (r->constant.low != 0 ? "yes" : "no") : "whether " + say(r, 3);
        return value(r);
    }

    // --- related rows ---------------------------------------------------------------------------
    [[nodiscard]] std::string say_source(const resolved_source& s) const {
        std::string text;
        if (s.kind == row_query::kind_type::latest_per) {
            text = "the latest of each ";
            for (std::size_t i = 0; i < s.per.size(); ++i) text += (i != 0 ? " and " : "") + value(s.per[i]);
            text += " among " + say_source(*s.inner);
        } else if (s.kind == row_query::kind_type::gaps) {
            text = "gaps between dates of " + plain(s.table) + " from " + value(s.from) + " until " + value(s.until);
        } else {
            text = rows_of_table(s.table);
        }
        std::string keys;
        for (const resolved_key& k : s.keys) keys += (keys.empty() ? "" : " and ") + plain(k.theirs.column);
        if (!keys.empty()) text += " of the same " + (keys == "child id" ? std::string("child") : keys.size() > 3 && keys.substr(keys.size() - 3) == " id" ? keys.substr(0, keys.size() - 3) : keys);
        if (s.where) text += " for which " + say(s.where, 0);
        return text;
    }
    [[nodiscard]] std::string say_related(const resolved_related& r) const {
        using aggregate = related_rows::aggregate_type;
        const std::string source = say_source(r.source);
        switch (r.aggregate) {
            case aggregate::any: return "there are " + source;
            case aggregate::count:
                return (r.over.empty() ? "the number of " : "the largest number, over each " + value(r.over.front()) + ", of ") +
                       (r.distinct ? "different " + value(r.value) + " among " : std::string()) + source;
            case aggregate::sum: return "the sum of " + value(r.value) + " over " + source;
            case aggregate::minimum: return "the smallest " + value(r.value) + " of " + source;
            case aggregate::maximum: return "the largest " + value(r.value) + " of " + source;
            case aggregate::first: return value(r.value) + " of the first of " + source;
            case aggregate::last: return value(r.value) + " of the last of " + source;
            case aggregate::nth: return value(r.value) + " of number " + std::to_string(r.position) + " of " + source;
        }
        return source;
    }

    // --- values ---------------------------------------------------------------------------------
    [[nodiscard]] std::string date_name(const resolved& r) const { return value(r); }
    [[nodiscard]] std::string code_name(const std::string& codes, const std::string& text) const {
        const code_set* set = schema_.find_codes(codes);
        const code* found = set == nullptr ? nullptr : set->find(text);
        return found == nullptr || found->title.empty() ? "'" + text + "'" : lower_first(found->title) + " (" + text + ")";
    }
    [[nodiscard]] std::string column_name(const column_use& c) const {
        std::string text = plain(c.column);
        for (std::size_t i = c.row.references.size(); i-- > 0;) text += " of the " + plain(c.row.references[i]);
        return text;
    }
    /// `beside` is what the value is compared with: it gives codes their meaning.
    [[nodiscard]] std::string value(const resolved& r, const resolved* beside = nullptr) const {
        const resolved_node& n = *r;
        if (!n.said.empty()) return say_named(n);
        switch (n.op) {
            case operation::constant:
                if (n.type == static_type::text) {
                    const bool coded = beside != nullptr && (*beside)->op == operation::column;
                    return coded ? code_name((*beside)->column.codes, n.text) : "'" + n.text + "'";
                }
                if (n.constant.is_null()) return "unknown";
                if (n.constant.kind == scalar::kind_type::date) return to_iso(static_cast<day>(n.constant.low));
                if (n.constant.kind == scalar::kind_type::truth) return n.constant.low != 0 ? "yes" : "no";
                return std::to_string(n.constant.low);
            case operation::column: return column_name(n.column);
            case operation::as_at: return "the end of the period";
            case operation::period_first: return "the first day of the period";
            case operation::period_last: return "the last day of the period";
            case operation::move_back: return value(n.children[1]) + " before " + value(n.children[0]);
            case operation::move_forward: return value(n.children[1]) + " after " + value(n.children[0]);
            case operation::duration: {
                std::string unit(to_text(n.unit));
                if (n.children[0]->constant.low == 1 && unit.back() == 's') unit.pop_back();
                return value(n.children[0]) + " " + unit;
            }
            case operation::add: return value(n.children[0]) + " plus " + value(n.children[1]);
            case operation::subtract:
            case operation::difference: return value(n.children[0]) + " minus " + value(n.children[1]);
            case operation::multiply: return value(n.children[0]) + " times " + value(n.children[1]);
            case operation::negate: return "minus " + value(n.children[0]);
            case operation::age: return "age on " + value(n.children[1]);
            case operation::days_between: return between("days", n);
            case operation::months_between: return between("completed months", n);
            case operation::years_between: return between("completed years", n);
            case operation::working_days_between: return between("working days", n);
            case operation::month_boundaries_between: return between("month ends", n);
            case operation::year_boundaries_between: return between("year ends", n);
            case operation::coalesce: return listed(n, ", or where that is not recorded ");
            case operation::least: return "the earlier or smaller of " + listed(n, " and ");
            case operation::greatest: return "the later or larger of " + listed(n, " and ");
            case operation::group_of: return "group of " + value(n.children[0]);
            case operation::age_band: return "age band on " + value(n.children[2]);
            case operation::truth_text: return value(n.children[0]);
            case operation::related: return say_related(*n.related);
            case operation::choose: return say_choice(n);
            default: return say(r, 3);
        }
    }
    [[nodiscard]] std::string between(const char* unit, const resolved_node& n) const {
        return std::string(unit) + " from " + value(n.children[0]) + " to " + value(n.children[1]);
    }
    [[nodiscard]] std::string listed(const resolved_node& n, const char* joint) const {
        std::string text;
        for (std::size_t i = 0; i < n.children.size(); ++i) text += (i != 0 ? joint : "") + value(n.children[i]);
        return text;
    }

    const schema& schema_;
};

/// What a key stands for, as a plural: child_id → "children", (police_case_id, perpetrator_id) → "pairs of …".
[[nodiscard]] inline std::string units_of(const std::vector<std::string>& names) {
    const auto unit = [](const std::string& name) {
        std::string plain = english_writer::plain(name);
        if (plain.size() > 3 && plain.substr(plain.size() - 3) == " id") plain.resize(plain.size() - 3);
        return plain;
    };
    if (names.size() == 1) {
        const std::string one = unit(names[0]);
        if (one == "child") return "children";
        if (one == "person") return "people";
        return one.back() == 'y' ? one.substr(0, one.size() - 1) + "ies" : one + "s";
    }
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : " and ") + unit(name);
    return "combinations of " + all;
}

/// One sentence: what is counted, when, under which conditions, over what.
[[nodiscard]] inline std::string meaning_of(const schema& tables, const resolved_measure& m) {
    const english_writer english(tables);
    const std::string rows = english.rows_of_table(m.root.table);
    const std::string counted = m.distinct_names.empty() ? rows : "different " + units_of(m.distinct_names) + " among " + rows;
    std::string text;
    if (m.kind == measure_kind::share) {
        text = "Share of " + counted;
    } else if (m.kind == measure_kind::rate) {
        text = "Rate per " + std::to_string(m.per) + " people aged " + std::to_string(m.youngest) + " to " + std::to_string(m.oldest) + " of " + counted;
    } else if (m.value) {
        const char* what = m.kind == measure_kind::mean ? "Mean" : m.kind == measure_kind::median ? "Median" : "Sum";
        text = std::string(what) + " of " + english.quantity(m.value) + ", over " + counted;
    } else {
        text = "Number of " + counted;
    }
    text += " for which " + english.condition(m.where);
    if (m.exclude) text += "; left out: those for which " + english.condition(m.exclude);
    if (m.immature) text += "; not yet judged: those for which " + english.condition(m.immature);
    if (m.censored) text += "; counted apart as still waiting: those for which " + english.condition(m.censored);
    if (m.numerator) text += "; the share is of those for which " + english.condition(m.numerator);
    return text + ".";
}

}  // namespace goldenthread::detail
