#include "definitions/mutate_expression.hpp"

#include <goldenthread/definitions/language.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace goldenthread::detail {

namespace {

using kind = expression_kind;

expression node_of(kind k, std::vector<expression> children) {
    expression_node n;
    n.kind = k;
    n.children = std::move(children);
    return make_expression(std::move(n));
}

expression call_of(const char* name, std::vector<expression> arguments) {
    expression_node n;
    n.kind = kind::call;
    n.text = name;
    n.children = std::move(arguments);
    return make_expression(std::move(n));
}

expression both(expression a, expression b) { return node_of(kind::logical_and, {std::move(a), std::move(b)}); }
expression either(expression a, expression b) { return node_of(kind::logical_or, {std::move(a), std::move(b)}); }

expression with_kind(const expression& e, kind k) {
    expression_node n = *e;
    n.kind = k;
    return make_expression(std::move(n));
}

expression with_child(const expression& e, std::size_t i, const expression& child) {
    expression_node n = *e;
    n.children[i] = child;
    return make_expression(std::move(n));
}

expression with_related(const expression& e, related_rows r) {
    expression_node n = *e;
    n.related = std::make_shared<const related_rows>(std::move(r));
    return make_expression(std::move(n));
}

template <class Value>
std::vector<Value> without(std::vector<Value> values, std::size_t i) {
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(i));
    return values;
}

bool is_comparison(kind k) { return k >= kind::equal && k <= kind::greater_or_equal; }

/// Rows in which names are looked up, and those around them.
struct row_scope {
    const table_schema* table = nullptr;
    std::string name;
    std::string alias;
    const row_scope* outer = nullptr;
};

/// The column that a path names; null if it cannot be told without resolving.
const column_schema* find_column(const schema& tables, const name_path& path, const row_scope* scope) {
    std::size_t at = 0;
    while (scope != nullptr && at + 1 < path.size() && path[at] == "this") {
        scope = scope->outer;
        ++at;
    }
    if (at == 0 && path.size() > 1) {
        for (const row_scope* s = scope; s != nullptr; s = s->outer) {
            if (path[0] != s->alias && path[0] != s->name) continue;
            scope = s;
            at = 1;
            break;
        }
    }
    const table_schema* table = scope == nullptr ? nullptr : scope->table;
    for (; table != nullptr && at + 1 < path.size(); ++at) {
        const reference* r = table->find_reference(path[at]);
        table = r == nullptr ? nullptr : tables.find(r->table);
    }
    return table == nullptr ? nullptr : table->find(path.back());
}

const code_set* codes_of(const schema& tables, const expression& e, const row_scope* scope) {
    if (e->kind != kind::column) return nullptr;
    const column_schema* column = find_column(tables, e->path, scope);
    return column == nullptr || column->codes.empty() ? nullptr : tables.find_codes(column->codes);
}

row_scope scope_of(const schema& tables, const row_query& source, const row_scope* outer) {
    const row_query* rows = &source;
    while (rows->inner) rows = rows->inner.get();
    const table_schema* table = source.kind == row_query::kind_type::gaps ? nullptr : tables.find(rows->table);
    return {table, rows->table, source.alias, outer};
}

/// Walks an expression and makes every mistake at every node.
class expression_mutator {
public:
    expression_mutator(const mutation_names& names, std::vector<mutated_expression>& found)
        : names_(names), found_(found) {}

    void run(const expression& slot) {
        const row_scope root{names_.tables->find(names_.table), names_.table, names_.alias, nullptr};
        if (slot->kind == kind::truth_literal) return;  // "true": nothing is asked
        visit(slot, &root);
    }

private:
    struct frame {
        expression node;
        std::function<expression(const expression&)> put;
    };

    // --- what is found --------------------------------------------------------------------------
    [[nodiscard]] expression rebuilt(expression e, std::size_t from) const {
        for (std::size_t i = path_.size(); i > from; --i) e = path_[i - 1].put(e);
        return e;
    }
    /// `before` became `after`, told as it is.
    void found(const char* rule, const expression& before, const expression& after) {
        found_.push_back({rule, to_text(before), to_text(after), rebuilt(after, 0)});
    }
    /// The same, told by the comparison or call around it: "1" says less than "count(…) >= 1".
    void found_inside(const char* rule, const expression& before, const expression& after) {
        std::size_t around = path_.size();
        while (around > 0) {
            const kind k = path_[around - 1].node->kind;
            --around;
            if (is_comparison(k) || k == kind::between || k == kind::call || k == kind::in_list) break;
        }
        const expression& whole = around < path_.size() ? path_[around].node : before;
        found_.push_back({rule, to_text(whole), to_text(rebuilt(after, around)), rebuilt(after, 0)});
    }
    /// `before` was left out; `rest` stands where `where` stood.
    void left_out(const char* rule, const expression& before, const expression& rest) {
        found_.push_back({rule, to_text(before), "", rebuilt(rest, 0)});
    }

    // --- the walk -------------------------------------------------------------------------------
    void visit(const expression& e, const row_scope* scope) {
        mutate_node(e, scope);
        for (std::size_t i = 0; i < e->children.size(); ++i) {
            if (is_part_of_node(*e, i)) continue;
            path_.push_back({e, [e, i](const expression& child) { return with_child(e, i, child); }});
            visit(e->children[i], scope);
            path_.pop_back();
        }
        if (e->related) visit_related(e, scope);
    }
    /// Children that the node's own rules deal with.
    static bool is_part_of_node(const expression_node& n, std::size_t i) {
        if (n.kind == kind::in_list) return i == 1;
        if (n.kind == kind::duration) return n.children[0]->kind == kind::integer_literal;
        return false;
    }
    void visit_related(const expression& e, const row_scope* scope) {
        const related_rows& r = *e->related;
        const row_scope inside = scope_of(*names_.tables, r.source, scope);
        if (!r.value.empty()) {
            path_.push_back({e, [e](const expression& child) {
                                 related_rows changed = *e->related;
                                 changed.value = child;
                                 return with_related(e, std::move(changed));
                             }});
            visit(r.value, &inside);
            path_.pop_back();
        }
        visit_source(e, r.source, scope, [e](row_query source) {
            related_rows changed = *e->related;
            changed.source = std::move(source);
            return with_related(e, std::move(changed));
        });
    }
    using put_source = std::function<expression(row_query)>;

    void visit_part(const expression& owner, const expression& part, const row_scope* scope,
                    std::function<expression(const expression&)> put) {
        path_.push_back({owner, std::move(put)});
        visit(part, scope);
        path_.pop_back();
    }
    void visit_source(const expression& owner, const row_query& source, const row_scope* outer, const put_source& put) {
        const row_scope inside = scope_of(*names_.tables, source, outer);
        const auto changed = [&](auto&& change) {
            row_query copy = source;
            change(copy);
            return put(std::move(copy));
        };
        mutate_source(owner, source, put);
        if (!source.where.empty()) {
            left_out("dropped", source.where, changed([](row_query& q) { q.where = expression(); }));
            visit_part(owner, source.where, &inside, [source, put](const expression& child) {
                row_query copy = source;
                copy.where = child;
                return put(std::move(copy));
            });
        }
        for (expression row_query::* slot : {&row_query::from, &row_query::until, &row_query::gap}) {
            if ((source.*slot).empty()) continue;
            visit_part(owner, source.*slot, outer, [source, put, slot](const expression& child) {
                row_query copy = source;
                copy.*slot = child;
                return put(std::move(copy));
            });
        }
        if (source.inner) {
            visit_source(owner, *source.inner, outer, [source, put](row_query inner) {
                row_query copy = source;
                copy.inner = std::make_shared<const row_query>(std::move(inner));
                return put(std::move(copy));
            });
        }
    }

    // --- mistakes -------------------------------------------------------------------------------
    void mutate_node(const expression& e, const row_scope* scope) {
        switch (e->kind) {
            case kind::less:
                found("boundary", e, with_kind(e, kind::less_or_equal));
                break;
            case kind::less_or_equal:
                found("boundary", e, with_kind(e, kind::less));
                break;
            case kind::greater:
                found("boundary", e, with_kind(e, kind::greater_or_equal));
                break;
            case kind::greater_or_equal:
                found("boundary", e, with_kind(e, kind::greater));
                break;
            case kind::equal:
            case kind::not_equal:
                mutate_equality(e, scope);
                break;
            case kind::between:
                mutate_between(e, "end");
                break;
            case kind::in_list:
                mutate_in(e, scope);
                break;
            case kind::is_null:
                if (!under_not()) found("comparison", e, node_of(kind::logical_not, {e}));
                break;
            case kind::logical_and:
            case kind::logical_or:
                mutate_logic(e);
                break;
            case kind::logical_not:
                found(e->children[0]->kind == kind::is_null ? "comparison" : "negation", e, e->children[0]);
                break;
            case kind::truth_literal:
                found_inside("truth", e, truth_literal(!e->flag));
                break;
            case kind::unknown_literal:
                found_inside("unknown", e, truth_literal(false));
                break;
            case kind::integer_literal:
            case kind::decimal_literal:
            case kind::date_literal:
                mutate_number(e);
                break;
            case kind::add:
                found("arithmetic", e, with_kind(e, kind::subtract));
                break;
            case kind::subtract:
                found("arithmetic", e, with_kind(e, kind::add));
                break;
            case kind::duration:
                mutate_duration(e);
                break;
            case kind::case_when:
                mutate_case(e, scope);
                break;
            case kind::call:
                mutate_call(e);
                break;
            case kind::related:
                mutate_related(e);
                break;
            case kind::as_at:
            case kind::period_last:
                found_inside("period", e, node_of(kind::period_first, {}));
                break;
            case kind::period_first:
                found_inside("period", e, node_of(kind::period_last, {}));
                break;
            case kind::text_literal:  // by what it is compared with
            case kind::column:
            case kind::parameter:  // by its default
            case kind::list:
            case kind::code_group:
            case kind::multiply:
            case kind::divide:
            case kind::negate:
                break;
        }
    }
    [[nodiscard]] bool under_not() const { return !path_.empty() && path_.back().node->kind == kind::logical_not; }

    void mutate_equality(const expression& e, const row_scope* scope) {
        const bool equal = e->kind == kind::equal;
        found("comparison", e, with_kind(e, equal ? kind::not_equal : kind::equal));
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            const expression &literal = e->children[side], &other = e->children[1 - side];
            if (literal->kind != kind::text_literal) continue;
            const code_set* codes = codes_of(*names_.tables, other, scope);
            const code* next = codes == nullptr ? nullptr : next_code(*codes, {literal->text});
            if (next == nullptr) continue;
            found("code", e, with_child(e, side, text_literal(next->value)));
            const expression more =
                node_of(kind::in_list, {other, node_of(kind::list, {literal, text_literal(next->value)})});
            found("code", e, equal ? more : node_of(kind::logical_not, {more}));
        }
    }
    void mutate_between(const expression& e, const char* rule) {
        const expression &x = e->children[0], &low = e->children[1], &high = e->children[2];
        const auto from = [&](kind k) { return node_of(k, {x, low}); };
        const auto until = [&](kind k) { return node_of(k, {x, high}); };
        found(rule, e, both(from(kind::greater), until(kind::less_or_equal)));
        found(rule, e, both(from(kind::greater_or_equal), until(kind::less)));
        found(rule, e, from(kind::greater_or_equal));
        found(rule, e, until(kind::less_or_equal));
    }
    void mutate_in(const expression& e, const row_scope* scope) {
        const expression &subject = e->children[0], &values = e->children[1];
        const code_set* codes = codes_of(*names_.tables, subject, scope);
        std::vector<std::string> listed;
        if (values->kind == kind::list) {
            for (const expression& item : values->children)
                listed.push_back(item->kind == kind::text_literal ? item->text : std::string());
            for (std::size_t i = 0; i < listed.size() && listed.size() > 1; ++i) {
                found("code", e, with_child(e, 1, node_of(kind::list, without(values->children, i))));
            }
        } else if (values->kind == kind::code_group && codes != nullptr) {
            const code_group* group = codes->find_group(values->text);
            if (group == nullptr) return;
            listed = group->codes;
            for (std::size_t i = 0; i < listed.size() && listed.size() > 1; ++i)
                found("code", e, with_child(e, 1, list_of(without(listed, i))));
            const auto at = static_cast<std::size_t>(group - codes->groups.data());
            if (codes->groups.size() > 1) {
                expression_node other = *values;
                other.text = codes->groups[(at + 1) % codes->groups.size()].name;
                found("code", e, with_child(e, 1, make_expression(std::move(other))));
            }
        }
        if (listed.empty() || codes == nullptr) return;
        if (const code* next = next_code(*codes, listed)) {
            listed.push_back(next->value);
            found("code", e, with_child(e, 1, list_of(listed)));
        }
    }
    static expression list_of(const std::vector<std::string>& values) {
        std::vector<expression> items;
        for (const std::string& value : values) items.push_back(text_literal(value));
        return node_of(kind::list, std::move(items));
    }
    /// `and` and `or` lean to the left: a chain's clauses are left out one by one, its connectives exchanged one by
    /// one.
    void mutate_logic(const expression& e) {
        found("logic", e, with_kind(e, e->kind == kind::logical_and ? kind::logical_or : kind::logical_and));
        if (!path_.empty() && path_.back().node->kind == e->kind) return;
        std::vector<expression> clauses;
        collect_clauses(e, e->kind, clauses);
        for (std::size_t i = 0; i < clauses.size(); ++i) {
            const std::vector<expression> rest = without(clauses, i);
            expression chain = rest[0];
            for (std::size_t j = 1; j < rest.size(); ++j) chain = node_of(e->kind, {chain, rest[j]});
            left_out("dropped", clauses[i], chain);
        }
    }
    static void collect_clauses(const expression& e, kind k, std::vector<expression>& clauses) {
        if (e->kind != k) {
            clauses.push_back(e);
            return;
        }
        for (const expression& child : e->children) collect_clauses(child, k, clauses);
    }
    void mutate_number(const expression& e) {
        for (const std::int64_t change : {-1, 1}) {
            if (e->number == 0 && change < 0 && e->kind == kind::integer_literal)
                continue;  // a number below nought is no likely slip
            expression_node n = *e;
            n.number += change;
            found_inside("number", e, make_expression(std::move(n)));
        }
    }
    void mutate_duration(const expression& e) {
        const expression& amount = e->children[0];
        if (amount->kind == kind::integer_literal) {
            for (const std::int64_t change : {-1, 1}) {
                if (amount->number + change >= 0)
                    found_inside("duration", e, with_child(e, 0, integer_literal(amount->number + change)));
            }
        }
        const auto of_unit = [&](duration_unit unit, const expression& n) {
            expression_node changed = *e;
            changed.unit = unit;
            changed.children = {n};
            return make_expression(std::move(changed));
        };
        if (e->unit == duration_unit::working_days) {
            found_inside("unit", e, of_unit(duration_unit::days, amount));
        } else if (e->unit == duration_unit::days) {
            found_inside("unit", e, of_unit(duration_unit::working_days, amount));
        } else if (const std::optional<std::int64_t> n = fixed_amount(amount);
                   n && *n != 0 && e->unit != duration_unit::weeks) {
            const std::int64_t months = e->unit == duration_unit::years ? *n * 12 : *n;
            found_inside("unit", e, of_unit(duration_unit::days, integer_literal(months * 365 / 12)));
        }
    }
    /// The number of a length: written, or the default of a parameter.
    [[nodiscard]] std::optional<std::int64_t> fixed_amount(const expression& amount) const {
        if (amount->kind == kind::integer_literal) return amount->number;
        if (amount->kind != kind::parameter || names_.parameters == nullptr) return std::nullopt;
        for (const parameter& p : *names_.parameters) {
            const expression& value = p.standard_binding.value;
            if (p.name == amount->text && !value.empty() && value->kind == kind::integer_literal) return value->number;
        }
        return std::nullopt;
    }
    void mutate_case(const expression& e, const row_scope* scope) {
        const std::size_t first = e->flag ? 1 : 0;
        const std::size_t branches = (e->children.size() - first) / 2;
        for (std::size_t i = 0; i < branches; ++i) {
            const std::size_t at = first + 2 * i;
            mutate_case_code(e, at, scope);
            if (branches == 1) continue;
            expression_node n = *e;
            n.children = without(without(n.children, at), at);
            found("branch", e, make_expression(std::move(n)));
        }
        if (branches == 1) found("branch", e, e->children[first + 1]);
        if (!e->has_else()) return;
        if (branches == 1) found("branch", e, e->children.back());
        if (e->children.back()->kind == kind::unknown_literal) return;
        expression_node n = *e;
        n.children.pop_back();
        found("branch", e, make_expression(std::move(n)));
    }
    void mutate_case_code(const expression& e, std::size_t at, const row_scope* scope) {
        if (!e->flag || e->children[at]->kind != kind::text_literal) return;
        const code_set* codes = codes_of(*names_.tables, e->children[0], scope);
        const code* next = codes == nullptr ? nullptr : next_code(*codes, {e->children[at]->text});
        if (next != nullptr) found("code", e, with_child(e, at, text_literal(next->value)));
    }
    void mutate_call(const expression& e) {
        if (!e->path.empty() || find_function(e->text) == nullptr) {
            mutate_arguments(e);
            return;
        }
        const std::vector<expression>& a = e->children;
        if (e->text == "open") {
            mutate_open(e);
        } else if (e->text == "during") {
            mutate_during(e, false);
        } else if (e->text == "happened") {
            mutate_during(e, true);
        } else if (e->text == "overlaps") {
            mutate_overlaps(e);
        } else if (e->text == "known") {
            found("unknown", e, truth_literal(true));
        } else if (e->text == "coalesce") {
            for (std::size_t i = 0; i < a.size() && a.size() > 1; ++i) {
                const std::vector<expression> rest = without(a, i);
                found("dropped", e, rest.size() == 1 ? rest[0] : call_of("coalesce", rest));
            }
        } else {
            static constexpr std::pair<const char*, const char*> twins[] = {
                {"min of", "max of"},
                {"days_between", "working_days_between"},
                {"months_between", "month_boundaries_between"},
                {"years_between", "year_boundaries_between"}};
            for (const auto& [one, other] : twins) {
                const char* rule = std::string_view(one) == "min of" ? "arithmetic" : "unit";
                if (e->text == one) found(rule, e, call_of(other, a));
                if (e->text == other) found(rule, e, call_of(one, a));
            }
        }
    }
    /// Codes that a filter is asked about.
    void mutate_arguments(const expression& e) {
        const named_filter* filter = names_.set->find_filter(e->text);
        if (filter == nullptr) return;
        parameter_codes codes;
        collect_parameter_codes({names_.tables, names_.set, filter->on, "", nullptr}, filter->body, codes);
        for (const parameter& p : filter->parameters) {
            for (const auto& [name, choice] : p.choices) {
                if (!choice.value.empty())
                    collect_parameter_codes({names_.tables, names_.set, filter->on, "", nullptr}, choice.value, codes);
            }
        }
        for (std::size_t i = 0; i < e->children.size() && i < filter->arguments.size(); ++i) {
            const auto known = codes.find(filter->arguments[i]);
            if (e->children[i]->kind != kind::text_literal || known == codes.end()) continue;
            if (const code* next = next_code(*known->second, {e->children[i]->text}))
                found("code", e, with_child(e, i, text_literal(next->value)));
        }
    }
    void mutate_open(const expression& e) {
        const std::vector<expression>& a = e->children;
        const expression day = a.size() == 3 ? a[2] : node_of(kind::as_at, {});
        const auto begun = [&](kind k) { return node_of(k, {a[0], day}); };
        const auto lasts = [&](kind k) { return either(node_of(kind::is_null, {a[1]}), node_of(k, {a[1], day})); };
        found("end", e, both(begun(kind::less), lasts(kind::greater)));
        found("end", e, both(begun(kind::less_or_equal), lasts(kind::greater_or_equal)));
        found("end", e, begun(kind::less_or_equal));
        found("end", e, lasts(kind::greater));
        found("end", e, both(begun(kind::less_or_equal), node_of(kind::greater, {a[1], day})));
        if (a.size() == 3) found("end", e, call_of("open", {a[0], a[1]}));
    }
    void mutate_during(const expression& e, bool null_is_not_yet) {
        const expression& d = e->children[0];
        const expression first = node_of(kind::period_first, {}), last = node_of(kind::period_last, {});
        const auto from = [&](kind k) { return node_of(k, {d, first}); };
        const auto until = [&](kind k) { return node_of(k, {d, last}); };
        const auto recorded = [&](expression condition) {
            return null_is_not_yet
                       ? both(node_of(kind::logical_not, {node_of(kind::is_null, {d})}), std::move(condition))
                       : condition;
        };
        found("end", e, recorded(both(from(kind::greater), until(kind::less_or_equal))));
        found("end", e, recorded(both(from(kind::greater_or_equal), until(kind::less))));
        found("end", e, recorded(from(kind::greater_or_equal)));
        found("end", e, recorded(until(kind::less_or_equal)));
        found("unknown", e, call_of(null_is_not_yet ? "during" : "happened", {d}));
    }
    /// Each of the four ends a day in or out.
    void mutate_overlaps(const expression& e) {
        const std::vector<expression>& a = e->children;
        const auto before = [](const expression& start, const expression& end, kind k) {
            return either(node_of(kind::is_null, {end}), node_of(k, {start, end}));
        };
        found("end", e, both(before(a[0], a[3], kind::less), before(a[2], a[1], kind::less_or_equal)));
        found("end", e, both(before(a[0], a[3], kind::less_or_equal), before(a[2], a[1], kind::less)));
        found("end", e, before(a[0], a[3], kind::less));
        found("end", e, before(a[2], a[1], kind::less));
    }
    void mutate_related(const expression& e) {
        using aggregate = related_rows::aggregate_type;
        const related_rows& r = *e->related;
        const auto changed = [&](auto&& change) {
            related_rows copy = r;
            change(copy);
            return with_related(e, std::move(copy));
        };
        const auto instead = [&](aggregate a) {
            found("position", e, changed([a](related_rows& c) { c.aggregate = a; }));
        };
        switch (r.aggregate) {
            case aggregate::first:
                instead(aggregate::last);
                break;
            case aggregate::last:
                instead(aggregate::first);
                break;
            case aggregate::minimum:
                instead(aggregate::maximum);
                break;
            case aggregate::maximum:
                instead(aggregate::minimum);
                break;
            case aggregate::nth:
                for (const std::int64_t position : {r.position - 1, r.position + 1}) {
                    if (position > 0)
                        found("position", e, changed([position](related_rows& c) { c.position = position; }));
                }
                break;
            case aggregate::count:
                if (r.distinct) {
                    found("distinct", e, changed([](related_rows& c) {
                              c.distinct = false;
                              c.value = expression();
                          }));
                }
                break;
            case aggregate::any:
            case aggregate::sum:
                break;
        }
        if (!r.over.empty()) found("key", e, changed([](related_rows& c) { c.over.clear(); }));
        for (std::size_t i = 0; i < r.over.size() && r.over.size() > 1; ++i) {
            found("key", e, changed([i](related_rows& c) { c.over = without(c.over, i); }));
        }
    }
    void mutate_source(const expression& owner, const row_query& source, const put_source& put) {
        const auto changed = [&](auto&& change) {
            row_query copy = source;
            change(copy);
            return put(std::move(copy));
        };
        for (std::size_t i = 0; i < source.by.size() && source.by.size() > 1; ++i) {
            found("key", owner, changed([i](row_query& q) { q.by = without(q.by, i); }));
        }
        for (std::size_t i = 0; i < source.order_by.size() && source.order_by.size() > 1; ++i) {
            found("key", owner, changed([i](row_query& q) { q.order_by = without(q.order_by, i); }));
        }
        for (std::size_t i = 0; i < source.per.size() && source.per.size() > 1; ++i) {
            found("key", owner, changed([i](row_query& q) { q.per = without(q.per, i); }));
        }
        if (source.kind == row_query::kind_type::latest_per) {
            found("position", owner, changed([](row_query& q) {
                      row_query all = *q.inner;
                      all.order_by.clear();
                      if (!q.alias.empty()) all.alias = q.alias;
                      if (!q.where.empty()) all.where = all.where.empty() ? q.where : both(all.where, q.where);
                      q = std::move(all);
                  }));
        }
    }

    const mutation_names& names_;
    std::vector<mutated_expression>& found_;
    std::vector<frame> path_;
};

void collect(const schema& tables, const expression& e, const row_scope* scope, parameter_codes& codes) {
    const auto note = [&](const expression& a, const expression& b) {
        if (a->kind != kind::parameter) return;
        if (const code_set* set = codes_of(tables, b, scope)) codes.emplace(a->text, set);
    };
    if (e->kind == kind::equal || e->kind == kind::not_equal || e->kind == kind::in_list) {
        note(e->children[0], e->children[1]);
        note(e->children[1], e->children[0]);
    }
    for (const expression& child : e->children) collect(tables, child, scope, codes);
    if (!e->related) return;
    const row_scope inside = scope_of(tables, e->related->source, scope);
    if (!e->related->value.empty()) collect(tables, e->related->value, &inside, codes);
    visit_source_expressions(e->related->source,
                             [&](const expression& part) { collect(tables, part, &inside, codes); });
}

}  // namespace

std::vector<mutated_expression> mutate(const mutation_names& names, const expression& slot) {
    std::vector<mutated_expression> found;
    expression_mutator(names, found).run(slot);
    return found;
}

void collect_parameter_codes(const mutation_names& names, const expression& slot, parameter_codes& codes) {
    const row_scope root{names.tables->find(names.table), names.table, names.alias, nullptr};
    collect(*names.tables, slot, &root, codes);
}

const code* next_code(const code_set& codes, const std::vector<std::string>& listed) {
    const auto is_listed = [&](const code& c) {
        return std::find(listed.begin(), listed.end(), c.value) != listed.end();
    };
    std::size_t last = codes.codes.size();
    for (std::size_t i = 0; i < codes.codes.size(); ++i) {
        if (is_listed(codes.codes[i])) last = i;
    }
    if (last == codes.codes.size()) return nullptr;  // not of this set
    for (std::size_t step = 1; step < codes.codes.size(); ++step) {
        const code& next = codes.codes[(last + step) % codes.codes.size()];
        if (!is_listed(next)) return &next;
    }
    return nullptr;
}

expression integer_literal(std::int64_t number) {
    expression_node n;
    n.kind = kind::integer_literal;
    n.number = number;
    return make_expression(std::move(n));
}

expression text_literal(std::string text) {
    expression_node n;
    n.kind = kind::text_literal;
    n.text = std::move(text);
    return make_expression(std::move(n));
}

expression truth_literal(bool value) {
    expression_node n;
    n.kind = kind::truth_literal;
    n.flag = value;
    return make_expression(std::move(n));
}

}  // namespace goldenthread::detail
