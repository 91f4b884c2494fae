// goldenthread: a definition said back in English, from the resolved tree, so that it says what is computed.
#pragma once

#include <goldenthread/engine/number_text.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Renders resolved nodes as English.
class english_writer {
public:
    /// `table_name` is that of the rows counted, whose columns need no owner; `over_days`: `as_at` is each day of the
    /// period, not its last.
    explicit english_writer(const schema& tables, std::string table_name = {}, bool over_days = false)
        : schema_(tables), table_(std::move(table_name)), over_days_(over_days) {}

    /// A sentence: "start date is recorded and latest category is neglect (NEG)".
    [[nodiscard]] std::string condition(const resolved& r) { return say(r, 0); }
    /// The same behind a noun: " open at the end of the period whose latest category is neglect (NEG)".
    [[nodiscard]] std::string described(const resolved& r) {
        if (is_truth(r, true)) return {};
        std::vector<clause> clauses;
        collect_clauses(r, clauses);
        std::stable_partition(clauses.begin(), clauses.end(), [](const clause& c) { return c.kind == clause_kind::adjective; });
        std::string text;
        for (std::size_t i = 0; i < clauses.size(); ++i) {
            const bool first = i == 0 || clauses[i - 1].kind == clause_kind::adjective;
            const bool continued = i > 0 && clauses[i - 1].kind == clauses[i].kind;
            const bool parted = i > 0 && (continued || !first);
            text += parted ? " and " : " ";
            if (clauses[i].kind == clause_kind::whose) text += "whose ";
            if (clauses[i].kind == clause_kind::for_which && !continued) text += "for which ";
            text += clauses[i].text;
        }
        return text;
    }
    [[nodiscard]] std::string quantity(const resolved& r) { return value(r); }

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
    static bool is_compare(const resolved& r, expression_kind k) { return r->op == operation::compare && r->comparison == k; }
    static bool is_truth(const resolved& r, bool value) {
        return r->op == operation::constant && r->type == static_type::truth && r->constant == truth_scalar(value);
    }
    static bool same_column(const resolved& a, const resolved& b) {
        return a->op == operation::column && b->op == operation::column && a->column.row == b->column.row && a->column.column == b->column.column;
    }
    static bool same_sources(const resolved_related* a, const resolved_related* b) { return a == b; }
    /// The same question, written twice.
    static bool same(const resolved& a, const resolved& b) {
        if (a == b) return true;
        if (a->op != b->op || a->type != b->type || a->children.size() != b->children.size()) return false;
        if (a->op == operation::column) return same_column(a, b);
        const bool alike = a->constant == b->constant && a->text == b->text && a->unit == b->unit && a->comparison == b->comparison &&
                           a->denominator == b->denominator && a->factor == b->factor && a->has_else == b->has_else && a->texts == b->texts;
        if (!alike || !same_sources(a->related.get(), b->related.get())) return false;
        for (std::size_t i = 0; i < a->children.size(); ++i) {
            if (!same(a->children[i], b->children[i])) return false;
        }
        return true;
    }
    /// start <= day and (end is null or end > day): begun by a day and not ended by the same day.
    static bool is_open(const resolved& r) {
        if (r->op != operation::logical_and || !is_compare(r->children[0], expression_kind::less_or_equal)) return false;
        const resolved& either_end = r->children[1];
        if (either_end->op != operation::logical_or || either_end->children[0]->op != operation::is_null) return false;
        const resolved& ended = either_end->children[1];
        if (!is_compare(ended, expression_kind::greater) && !is_compare(ended, expression_kind::greater_or_equal)) return false;
        const resolved& start = r->children[0]->children[0];
        const bool of_one_row = start->op == operation::column && ended->children[0]->op == operation::column && start->column.row == ended->children[0]->column.row;
        return of_one_row && same_column(either_end->children[0]->children[0], ended->children[0]) &&
               same(r->children[0]->children[1], ended->children[1]);
    }
    /// low <= x <= high
    static bool is_between(const resolved& r) {
        return r->op == operation::logical_and && is_compare(r->children[0], expression_kind::greater_or_equal) &&
               is_compare(r->children[1], expression_kind::less_or_equal) && r->children[0]->said.empty() && r->children[1]->said.empty() &&
               same(r->children[0]->children[0], r->children[1]->children[0]);
    }
    /// x >= period.first and x <= period.last
    static bool is_during(const resolved& r) {
        return is_between(r) && r->children[0]->children[1]->op == operation::period_first && r->children[1]->children[1]->op == operation::period_last;
    }
    /// x is not null and during(x)
    static bool is_happened(const resolved& r) {
        return r->op == operation::logical_and && r->children[0]->op == operation::logical_not &&
               r->children[0]->children[0]->op == operation::is_null && is_during(r->children[1]);
    }

    // --- clauses --------------------------------------------------------------------------------
    enum class clause_kind : std::uint8_t { adjective, whose, for_which };
    struct clause {
        clause_kind kind;
        std::string text;
    };
    void collect_clauses(const resolved& r, std::vector<clause>& clauses) {
        const bool joined = r->op == operation::logical_and && r->said.empty() && !is_open(r) && !is_between(r) && !is_happened(r);
        if (joined) {
            collect_clauses(r->children[0], clauses);
            collect_clauses(r->children[1], clauses);
            return;
        }
        if (r->said.empty() && is_open(r) && is_own(r->children[0]->children[0])) {
            clauses.push_back({clause_kind::adjective, "open " + day_of_open(r)});
            return;
        }
        clauses.push_back({begins_with_own_column(r) ? clause_kind::whose : clause_kind::for_which, say(r, 2)});
    }
    [[nodiscard]] bool is_own(const resolved& r) const {
        return r->op == operation::column && r->said.empty() && r->column.row.slot == slot_ && r->column.row.references.empty();
    }
    [[nodiscard]] bool begins_with_own_column(const resolved& r) const {
        if (!r->said.empty()) return false;
        if (is_happened(r)) return is_own(r->children[1]->children[0]->children[0]);
        if (is_between(r)) return is_own(r->children[0]->children[0]);
        switch (r->op) {
            case operation::column: return is_own(r);
            case operation::compare:
            case operation::in_texts:
            case operation::is_null:
            case operation::is_known: return is_own(r->children[0]);
            case operation::coalesce: return is_choice_of_truth(*r) && is_own(r->children[0]);
            case operation::logical_not: {
                const resolved& inner = r->children[0];
                const bool says_column_first = inner->op == operation::is_null || inner->op == operation::in_texts ||
                                               (inner->op == operation::coalesce && is_choice_of_truth(*inner));
                return says_column_first && inner->said.empty() && is_own(inner->children[0]);
            }
            default: return false;
        }
    }
    static bool is_choice_of_truth(const resolved_node& n) {
        return n.op == operation::coalesce && n.type == static_type::truth && n.children.size() == 2 && n.children[1]->op == operation::constant;
    }

    // --- logic ----------------------------------------------------------------------------------
    [[nodiscard]] std::string say(const resolved& r, int place) {
        const resolved_node& n = *r;
        if (!n.said.empty()) return say_named(n);
        if (is_open(r)) return (is_own(r->children[0]->children[0]) ? "it is open " : "the " + owner_of(r->children[0]->children[0]->column) + " is open ") + day_of_open(r);
        if (is_happened(r)) return value(r->children[1]->children[0]->children[0]) + " falls in the period";
        if (is_during(r)) return value(r->children[0]->children[0]) + " falls in the period";
        if (is_between(r)) return say_between(*r);
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
                if (is_choice_of_truth(n)) {
                    return value(n.children[0]) + " is yes (not recorded read as " + (n.children[1]->constant.low != 0 ? "yes" : "no") + ")";
                }
                return value(r);
            // No default: the compiler names an operation that is added and forgotten here. These are never conditions.
            case operation::as_at:
            case operation::period_first:
            case operation::period_last:
            case operation::add:
            case operation::subtract:
            case operation::multiply:
            case operation::divide:
            case operation::negate:
            case operation::rescale:
            case operation::move_forward:
            case operation::move_back:
            case operation::difference:
            case operation::duration:
            case operation::least:
            case operation::greatest:
            case operation::age:
            case operation::days_between:
            case operation::months_between:
            case operation::years_between:
            case operation::working_days_between:
            case operation::month_boundaries_between:
            case operation::year_boundaries_between:
            case operation::group_of:
            case operation::age_band:
            case operation::truth_text: return value(r);
        }
        return value(r);
    }
    /// A shared filter's own words, with what its arguments are.
    [[nodiscard]] std::string say_named(const resolved_node& n) {
        std::string text = n.said;
        for (const auto& [name, argument] : n.said_with) {
            const std::string mark = ":" + name;
            const std::size_t at = text.find(mark);
            if (at != std::string::npos) text.replace(at, mark.size(), argument->op == operation::constant && argument->type == static_type::text ? argument->text : value(argument));
        }
        return text;
    }
    static std::string bracketed(std::string text, bool needed) { return needed ? "(" + text + ")" : text; }
    [[nodiscard]] std::string day_of_open(const resolved& r) { return on_day(r->children[0]->children[1]); }
    /// "at the end of the period", "on closure date".
    [[nodiscard]] std::string on_day(const resolved& day_asked) {
        if (over_days_ && day_asked->op == operation::as_at) return "on the day";
        return (day_asked->op == operation::as_at || day_asked->op == operation::period_last ? "at " : "on ") + value(day_asked);
    }
    [[nodiscard]] std::string say_not(const resolved& r) {
        if (!r->said.empty()) return "it is not so that " + say(r, 3);
        if (r->op == operation::is_null) return value(r->children[0]) + " is recorded";
        if (r->op == operation::related && r->related->aggregate == related_rows::aggregate_type::any) return "there are no " + say_source(r->related->source);
        if (r->op == operation::in_texts) return value(r->children[0]) + " is not " + say_codes(*r);
        if (r->op == operation::column) return value(r) + " is no";
        if (is_choice_of_truth(*r)) return value(r->children[0]) + (r->children[1]->constant.low != 0 ? " is no" : " is not yes");
        return "it is not so that " + say(r, 3);
    }
    [[nodiscard]] std::string say_between(const resolved_node& n) {
        const resolved& x = n.children[0]->children[0];
        const std::string low = value(n.children[0]->children[1], &x), high = value(n.children[1]->children[1], &x);
        return value(x) + (x->type == static_type::date ? " falls from " : " is from ") + low + " to " + high + ", both included";
    }
    [[nodiscard]] std::string say_comparison(const resolved_node& n) {
        const resolved &a = n.children[0], &b = n.children[1];
        if (b->op == operation::constant && b->type == static_type::truth && n.comparison == expression_kind::equal) {
            return value(a) + " is " + (b->constant.low != 0 ? "yes" : "no");
        }
        const bool dates = a->type == static_type::date;
        if (dates && (b->op == operation::move_back || b->op == operation::move_forward) && b->said.empty() && is_plain_length(b->children[1])) {
            if (const std::string text = say_distance(n.comparison, *b); !text.empty()) return value(a) + text;
        }
        return value(a) + comparing_words(n.comparison, dates) + value(b, &a);
    }
    static const char* comparing_words(expression_kind comparison, bool dates) {
        switch (comparison) {
            case expression_kind::equal: return " is ";
            case expression_kind::not_equal: return " is not ";
            case expression_kind::less: return dates ? " is before " : " is below ";
            case expression_kind::less_or_equal: return dates ? " is on or before " : " is at most ";
            case expression_kind::greater: return dates ? " is after " : " is above ";
            default: return dates ? " is on or after " : " is at least ";
        }
    }
    static bool is_plain_length(const resolved& r) { return r->children[0]->op == operation::constant && r->children[0]->constant.low > 0; }
    /// " is more than 12 months before the end of the period": a distance instead of a date nobody has in mind.
    [[nodiscard]] std::string say_distance(expression_kind comparison, const resolved_node& b) {
        const bool back = b.op == operation::move_back;
        const std::string length = value(b.children[1]), from = (back ? " before " : " after ") + value(b.children[0]);
        const bool further = comparison == (back ? expression_kind::less : expression_kind::greater);
        const bool at_least = comparison == (back ? expression_kind::less_or_equal : expression_kind::greater_or_equal);
        const bool at_most = comparison == (back ? expression_kind::greater_or_equal : expression_kind::less_or_equal);
        const bool nearer = comparison == (back ? expression_kind::greater : expression_kind::less);
        if (further) return " is more than " + length + from;
        if (at_least) return " is " + length + " or more" + from;
        if (at_most) return " is no more than " + length + from;
        if (nearer) return " is less than " + length + from;
        return {};
    }
    /// The code set that gives the texts of a value their meaning.
    [[nodiscard]] static std::string codes_beside(const resolved& r) {
        if (r->op == operation::column) return r->column.codes;
        if (r->op == operation::related && r->related->value) return codes_beside(r->related->value);
        return {};
    }
    [[nodiscard]] std::string say_codes(const resolved_node& n) const {
        const std::string codes = codes_beside(n.children[0]);
        std::string text;
        for (std::size_t i = 0; i < n.texts.size(); ++i) {
            if (i != 0) text += i + 1 == n.texts.size() ? " or " : ", ";
            text += code_name(codes, n.texts[i]);
        }
        return text;
    }
    [[nodiscard]] std::string say_choice(const resolved_node& n) {
        std::string text;
        std::size_t i = 0;
        for (; i + 1 < n.children.size(); i += 2) {
            if (i != 0) text += ", otherwise ";
            text += "if " + say(n.children[i], 3) + " then " + branch(n.children[i + 1]);
        }
        if (n.has_else) text += ", otherwise " + branch(n.children.back());
        return "(" + text + ")";
    }
    [[nodiscard]] std::string branch(const resolved& r) {
        if (r->op == operation::constant && r->constant.is_null() && r->type == static_type::any) return "unknown";
        if (r->type == static_type::truth) return r->op == operation::constant ? (r->constant.low != 0 ? "yes" : "no") : "whether " + say(r, 3);
        return value(r);
    }

    // --- related rows ---------------------------------------------------------------------------
    /// The words for what lies within a source are about its rows.
    struct inside_rows {
        inside_rows(english_writer& w, const resolved_source& s) : writer(w), slot(w.slot_), table(w.table_) {
            w.slot_ = s.slot;
            w.table_ = s.kind == row_query::kind_type::gaps ? std::string() : s.table;
        }
        ~inside_rows() {
            writer.slot_ = slot;
            writer.table_ = table;
        }
        inside_rows(const inside_rows&) = delete;
        inside_rows& operator=(const inside_rows&) = delete;
        english_writer& writer;
        std::uint32_t slot;
        std::string table;
    };
    [[nodiscard]] std::string say_source(const resolved_source& s) {
        std::string text;
        if (s.kind == row_query::kind_type::latest_per) {
            text = "the latest of each ";
            const inside_rows inner(*this, *s.inner);
            for (std::size_t i = 0; i < s.per.size(); ++i) text += (i != 0 ? " and " : "") + value(s.per[i]);
            text += " among ";
        }
        if (s.kind == row_query::kind_type::latest_per) {
            text += say_source(*s.inner);
        } else if (s.kind == row_query::kind_type::gaps) {
            text = "gaps between the " + plain(s.cut.column) + "s of " + rows_of_table(s.table) + " from " + value(s.from) + " until " + value(s.until);
        } else {
            if (s.kind == row_query::kind_type::collapse) text += "joined spells of ";
            text += rows_of_table(s.table);
        }
        text += say_keys(s);
        const inside_rows inside(*this, s);
        if (s.where) text += described(s.where);
        return text;
    }
    [[nodiscard]] static std::string say_keys(const resolved_source& s) {
        std::string keys;
        for (const resolved_key& k : s.keys) keys += (keys.empty() ? "" : " and ") + plain(k.theirs.column);
        if (keys.empty()) return {};
        if (keys.size() > 3 && keys.substr(keys.size() - 3) == " id") keys.resize(keys.size() - 3);
        return " of the same " + keys;
    }
    [[nodiscard]] std::string say_related(const resolved_related& r) {
        using aggregate = related_rows::aggregate_type;
        const std::string source = say_source(r.source);
        const inside_rows inside(*this, r.source);
        const std::string what = r.value ? value(r.value) : std::string();
        switch (r.aggregate) {
            case aggregate::any: return "there are " + source;
            case aggregate::count:
                return (r.over.empty() ? "the number of " : "the largest number, over each " + value(r.over.front()) + ", of ") +
                       (r.distinct ? "different values of " + what + " among " : std::string()) + source;
            case aggregate::sum: return "the sum of " + what + " over " + source;
            case aggregate::minimum: return "the smallest " + what + " of " + source;
            case aggregate::maximum: return "the largest " + what + " of " + source;
            case aggregate::first: return "the " + what + " of the first of the " + source;
            case aggregate::last: return "the " + what + " of the last of the " + source;
            case aggregate::nth: return "the " + what + " of number " + std::to_string(r.position) + " of the " + source;
        }
        return source;
    }

    // --- values ---------------------------------------------------------------------------------
    [[nodiscard]] std::string code_name(const std::string& codes, const std::string& text) const {
        const code_set* set = schema_.find_codes(codes);
        const code* found = set == nullptr ? nullptr : set->find(text);
        return found == nullptr || found->title.empty() ? "'" + text + "'" : lower_first(found->title) + " (" + text + ")";
    }
    /// Whose column it is, when it is not that of the row spoken of.
    [[nodiscard]] std::string owner_of(const column_use& c) const {
        if (!c.row.references.empty()) return plain(c.row.references.back());
        const bool tells_apart = !c.table.empty() && c.table != table_;
        return tells_apart ? plain(c.table) : c.row.slot == 0 ? "counted row" : "outer row";
    }
    [[nodiscard]] std::string column_name(const column_use& c) const {
        std::string text = plain(c.column);
        for (std::size_t i = c.row.references.size(); i-- > 0;) text += " of the " + plain(c.row.references[i]);
        if (c.row.slot != slot_ && c.row.references.empty()) text = "the " + owner_of(c) + "'s " + text;
        return text;
    }
    /// `beside` is what the value is compared with: it gives codes their meaning.
    [[nodiscard]] std::string value(const resolved& r, const resolved* beside = nullptr) {
        const resolved_node& n = *r;
        if (!n.said.empty()) return say_named(n);
        switch (n.op) {
            case operation::constant: return say_constant(n, beside);
            case operation::column: return column_name(n.column);
            case operation::as_at: return over_days_ ? "the day" : "the end of the period";
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
            case operation::subtract: return value(n.children[0]) + " minus " + value(n.children[1]);
            case operation::difference: return "days from " + value(n.children[1]) + " to " + value(n.children[0]);
            case operation::multiply: return factor(n.children[0]) + " times " + factor(n.children[1]);
            case operation::divide: return factor(n.children[0]) + " divided by " + factor(n.children[1]);
            case operation::negate: return "minus " + value(n.children[0]);
            case operation::rescale: return value(n.children[0]);
            case operation::age: return "age " + on_day(n.children[1]);
            case operation::days_between: return between("days", n);
            case operation::months_between: return between("completed months", n);
            case operation::years_between: return between("completed years", n);
            case operation::working_days_between: return between("working days", n);
            case operation::month_boundaries_between: return between("month ends", n);
            case operation::year_boundaries_between: return between("year ends", n);
            case operation::coalesce: return "(" + listed(n, " or, where that is not recorded, ") + ")";
            case operation::least: return (n.type == static_type::date ? "the earlier of " : "the smaller of ") + listed(n, " and ");
            case operation::greatest: return (n.type == static_type::date ? "the later of " : "the larger of ") + listed(n, " and ");
            case operation::group_of: return "group of " + value(n.children[0]);
            case operation::age_band: return "age band " + on_day(n.children[2]);
            case operation::truth_text: return value(n.children[0]);
            case operation::related: return say_related(*n.related);
            case operation::choose: return say_choice(n);
            case operation::logical_not:
            case operation::logical_and:
            case operation::logical_or:
            case operation::compare:
            case operation::in_texts:
            case operation::is_null:
            case operation::is_known: return "whether " + say(r, 3);
        }
        return say(r, 3);
    }
    /// A part of a product: what is longer than a name stands in brackets.
    [[nodiscard]] std::string factor(const resolved& r) {
        const resolved& plain_value = r->op == operation::rescale ? r->children[0] : r;
        const bool short_enough = plain_value->op == operation::constant || plain_value->op == operation::column;
        return bracketed(value(r), !short_enough);
    }
    [[nodiscard]] std::string say_constant(const resolved_node& n, const resolved* beside) const {
        if (n.type == static_type::text) {
            const std::string codes = beside != nullptr ? codes_beside(*beside) : std::string();
            return code_name(codes, n.text);
        }
        if (n.constant.is_null()) return "unknown";
        if (n.constant.kind == scalar::kind_type::date) return to_iso(static_cast<day>(n.constant.low));
        if (n.constant.kind == scalar::kind_type::truth) return n.constant.low != 0 ? "yes" : "no";
        return exact_number_text(n.constant.low, n.denominator);
    }
    [[nodiscard]] std::string between(const char* unit, const resolved_node& n) {
        return std::string(unit) + " from " + value(n.children[0]) + " to " + value(n.children[1]);
    }
    [[nodiscard]] std::string listed(const resolved_node& n, const char* joint) {
        std::string text;
        for (std::size_t i = 0; i < n.children.size(); ++i) text += (i != 0 ? joint : "") + value(n.children[i]);
        return text;
    }

    const schema& schema_;
    std::uint32_t slot_ = 0;  ///< the rows spoken of
    std::string table_;
    bool over_days_;
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

/// What is counted or measured, before the conditions.
[[nodiscard]] inline std::string subject_of(english_writer& english, const resolved_measure& m, measure_kind kind) {
    const std::string rows = english.rows_of_table(m.root.table);
    const std::string counted = m.distinct_names.empty() ? rows : "different " + units_of(m.distinct_names) + " among " + rows;
    if (kind == measure_kind::person_days) return "Days of " + counted;
    if (m.numerator) return (m.timing == measure_timing::over ? "Share of days of " : "Share of ") + counted;
    if (kind == measure_kind::rate) {
        return "Rate per " + grouped_text(m.per) + " people aged " + std::to_string(m.youngest) + " to " + std::to_string(m.oldest) + " of " + counted;
    }
    if (!m.value) return "Number of " + counted;
    std::string what = kind == measure_kind::mean ? "Mean" : kind == measure_kind::median ? "Median" : "Sum";
    if (kind == measure_kind::quantile) {
        what = "Quantile " + std::to_string(m.p.numerator) + "/" + std::to_string(m.p.denominator) + " (method " + std::to_string(m.method) + ")";
    }
    return what + " of " + english.quantity(m.value) + ", over " + counted;
}

[[nodiscard]] inline std::string clauses_of(const schema& tables, const resolved_measure& m, measure_kind kind) {
    english_writer english(tables, m.root.table, m.timing == measure_timing::over);
    std::string text = subject_of(english, m, kind);
    const std::string which = english.described(m.where);
    // "contacts, each about one child, whose …"
    if (!which.empty() && english.rows_of_table(m.root.table).find(',') != std::string::npos) text += ",";
    text += which;
    if (m.exclude) text += "; left out: those" + english.described(m.exclude);
    if (m.immature) text += "; not yet judged: those" + english.described(m.immature);
    if (m.censored) text += "; counted apart as still waiting: those" + english.described(m.censored);
    if (m.numerator) text += "; the share is of those" + english.described(m.numerator);
    return text;
}

/// What is counted, when, under which conditions, over what.
[[nodiscard]] inline std::string meaning_of(const schema& tables, const resolved_measure& m) {
    std::string text = clauses_of(tables, m, m.lower ? m.upper_kind : m.kind) + ".";
    if (m.lower) {
        const std::string per = m.per == 1 ? "" : " per " + grouped_text(m.per);
        const std::string what = m.kind == measure_kind::incidence ? "Events" + (per + " person-years at risk.") : "Ratio" + (per + ".");
        text = what + " Divided: " + english_writer::lower_first(text) + " By: " + english_writer::lower_first(clauses_of(tables, *m.lower, m.lower->kind)) + ".";
        if (m.kind == measure_kind::incidence) {
            text += m.conventions.years == year_length::days_365_25 ? " A year has 365.25 days." : " A year has the days from the period's first day to the same day a year later.";
        }
    }
    if (m.profile_measure) text += " Its profile shows: " + english_writer::lower_first(clauses_of(tables, *m.profile_measure, m.profile_measure->kind)) + ".";
    return text;
}

}  // namespace goldenthread::detail
