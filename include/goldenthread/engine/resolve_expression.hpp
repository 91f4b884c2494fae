// goldenthread: from an expression to a resolved node: names, parameters, filters, types.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/language.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

inline constexpr std::string_view age_bands[] = {"unborn", "under_1", "1_4", "5_9", "10_15", "16_17", "18_plus"};

[[nodiscard]] inline static_type static_type_of(value_type type) noexcept {
    switch (type) {
        case value_type::date: return static_type::date;
        case value_type::boolean: return static_type::truth;
        case value_type::int64:
        case value_type::decimal: return static_type::number;
        default: return static_type::text;
    }
}

/// Turns the expressions of one indicator into resolved nodes.
class expression_resolver {
protected:
    expression_resolver(const schema& tables, const indicator_set& set, const indicator& definition,
                        const std::vector<parameter_value>& overrides)
        : schema_(tables), set_(set), definition_(definition) {
        collect_overrides(overrides);
    }

    /// Where names are looked up: a row, what it is called, and the rows around it.
    struct scope {
        row_path row;
        const table_schema* table = nullptr;  ///< null for rows of gaps(…)
        std::string table_name;
        std::string alias;
        const scope* outer = nullptr;
        const named_filter* filter = nullptr;  ///< the filter whose body this is
        const std::map<std::string, resolved>* arguments = nullptr;
    };

    // --- errors ---------------------------------------------------------------------------------
    [[noreturn]] void fail(const std::string& message, const expression* where = nullptr, std::string remedy = {}) const {
        error_context context;
        context.indicator = definition_.id;
        context.place = slot_.empty() ? std::string() : slot_;
        context.remedy = std::move(remedy);
        if (where != nullptr && !where->empty()) context.excerpt = marked_excerpt(*where);
        throw definition_error(message, std::move(context));
    }
    /// The slot's whole expression with carets under the part that is wrong.
    [[nodiscard]] std::string marked_excerpt(const expression& part) const {
        const std::string part_text = to_text(part);
        const std::string whole = slot_expression_.empty() ? part_text : to_text(slot_expression_);
        const std::size_t at = find_whole(whole, part_text);
        if (at == std::string::npos || whole.find('\n') != std::string::npos) return part_text;
        return whole + "\n  " + std::string(at, ' ') + std::string(std::max<std::size_t>(1, part_text.size()), '^');
    }
    /// Where `part` stands in `whole` and is not a piece of a longer name.
    [[nodiscard]] static std::size_t find_whole(const std::string& whole, const std::string& part) {
        const auto in_name = [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '.' || c == ':'; };
        for (std::size_t at = whole.find(part); at != std::string::npos; at = whole.find(part, at + 1)) {
            const std::size_t end = at + part.size();
            const bool begins = at == 0 || !in_name(whole[at - 1]) || !in_name(part.front());
            const bool ends = end == whole.size() || !in_name(whole[end]) || !in_name(part.back());
            if (begins && ends) return at;
        }
        return std::string::npos;
    }
    void enter_slot(const char* name, const expression& e) {
        slot_ = measure_place_ + "/" + name;
        slot_expression_ = e;
    }

    // --- parameters -----------------------------------------------------------------------------
    void collect_overrides(const std::vector<parameter_value>& overrides) {
        for (const auto& [name, value] : overrides) {
            const std::size_t colon = name.find(':');
            if (colon == std::string::npos) {
                overrides_.emplace(name, value);
            } else if (name.substr(0, colon) == definition_.id) {
                overrides_[name.substr(colon + 1)] = value;
                named_overrides_.insert(name.substr(colon + 1));
            }
        }
    }
    [[nodiscard]] const parameter* find_parameter(const std::string& name, const scope& s) const {
        const auto named = [&](const parameter& p) { return p.name == name; };
        const auto own = std::find_if(definition_.parameters.begin(), definition_.parameters.end(), named);
        if (own != definition_.parameters.end()) return &*own;
        if (s.filter == nullptr) {
            for (const named_filter* f : used_filters_) {
                const auto found = std::find_if(f->parameters.begin(), f->parameters.end(), named);
                if (found != f->parameters.end()) return &*found;
            }
            return nullptr;
        }
        const auto found = std::find_if(s.filter->parameters.begin(), s.filter->parameters.end(), named);
        return found == s.filter->parameters.end() ? nullptr : &*found;
    }
    /// What stands for `:name`, and a record of it for the result.
    [[nodiscard]] parameter_binding binding_of(const std::string& name, const scope& s, const expression* where) {
        const parameter* p = find_parameter(name, s);
        if (p == nullptr) fail("unknown parameter ':" + name + "'", where, name_remedy(name, parameter_names(s)));
        const auto given = overrides_.find(name);
        const std::string text = given == overrides_.end() ? p->standard : given->second;
        parameter_binding result = p->standard_binding;
        if (given != overrides_.end()) {
            try {
                result = bind_parameter(*p, given->second);
            } catch (const definition_error& problem) {
                fail(problem.message(), nullptr, problem.context().remedy);
            }
        }
        const std::pair<std::string, std::string> entry(name, text);
        if (std::find(measure_.parameters.begin(), measure_.parameters.end(), entry) == measure_.parameters.end()) {
            measure_.parameters.push_back(entry);
        }
        return result;
    }
    [[nodiscard]] std::vector<std::string> parameter_names(const scope& s) const {
        std::vector<std::string> names;
        for (const parameter& p : definition_.parameters) names.push_back(p.name);
        if (s.filter != nullptr) {
            for (const parameter& p : s.filter->parameters) names.push_back(p.name);
            names.insert(names.end(), s.filter->arguments.begin(), s.filter->arguments.end());
        }
        return names;
    }
    /// A parameter given for this indicator by name must exist in it.
    void check_parameters_used() const {
        for (const std::string& name : named_overrides_) {
            const bool used = std::any_of(measure_.parameters.begin(), measure_.parameters.end(),
                                          [&](const auto& p) { return p.first == name; });
            const bool declared = std::any_of(definition_.parameters.begin(), definition_.parameters.end(),
                                              [&](const parameter& p) { return p.name == name; });
            if (used || declared) continue;
            std::vector<std::string> names;
            for (const auto& [known, value] : measure_.parameters) names.push_back(known);
            error_context context;
            context.indicator = definition_.id;
            context.remedy = name_remedy(name, names);
            throw definition_error("there is no parameter '" + name + "'", std::move(context));
        }
    }

    // --- nodes ----------------------------------------------------------------------------------
    static resolved seal(resolved_node node) {
        const auto inherit = [&](const resolved& child) {
            if (!child) return;
            node.uses_time = node.uses_time || child->uses_time;
            node.uses_rows = node.uses_rows || child->uses_rows;
        };
        for (const resolved& child : node.children) inherit(child);
        if (node.related) {
            inherit(node.related->value);
            inherit_source(node, node.related->source);
            node.uses_rows = true;
        }
        return std::make_shared<const resolved_node>(std::move(node));
    }
    static void inherit_source(resolved_node& node, const resolved_source& source) {
        for (const resolved* r : {&source.where, &source.from, &source.until}) {
            if (*r) node.uses_time = node.uses_time || (*r)->uses_time;
        }
        for (const resolved_key& key : source.keys) node.uses_time = node.uses_time || key.ours->uses_time;
        for (const resolved& o : source.order_by) node.uses_time = node.uses_time || o->uses_time;
        if (source.inner) inherit_source(node, *source.inner);
    }
    static resolved make(operation op, static_type type, std::vector<resolved> children) {
        resolved_node node;
        node.op = op;
        node.type = type;
        node.children = std::move(children);
        return seal(std::move(node));
    }
    static resolved make_constant(scalar value, static_type type) {
        resolved_node node;
        node.constant = value;
        node.type = type;
        return seal(std::move(node));
    }
    static resolved make_text(std::string text) {
        resolved_node node;
        node.type = static_type::text;
        node.text = std::move(text);
        return seal(std::move(node));
    }
    static resolved make_time(operation op) {
        resolved_node node;
        node.op = op;
        node.type = static_type::date;
        node.uses_time = true;
        return std::make_shared<const resolved_node>(std::move(node));
    }
    /// The day asked about; inside the question whether an entity was at risk when something happened, that day.
    [[nodiscard]] resolved as_at() const { return as_at_ ? as_at_ : make_time(operation::as_at); }
    static resolved make_compare(expression_kind comparison, resolved a, resolved b) {
        resolved_node node;
        node.op = operation::compare;
        node.comparison = comparison;
        node.type = static_type::truth;
        node.children = {std::move(a), std::move(b)};
        return seal(std::move(node));
    }
    static bool is_constant(const resolved& r, bool value) {
        return r->op == operation::constant && r->type == static_type::truth && r->constant == truth_scalar(value);
    }
    /// `x and true` is x: a parameter's choice may put `true` in.
    static resolved make_and(resolved a, resolved b) {
        if (is_constant(a, true)) return b;
        if (is_constant(b, true)) return a;
        return make(operation::logical_and, static_type::truth, {std::move(a), std::move(b)});
    }
    static resolved make_or(resolved a, resolved b) {
        if (is_constant(a, false)) return b;
        if (is_constant(b, false)) return a;
        return make(operation::logical_or, static_type::truth, {std::move(a), std::move(b)});
    }
    static resolved make_not(resolved a) { return make(operation::logical_not, static_type::truth, {std::move(a)}); }
    /// A number whose parts are given as written: 2.50 is 5/2.
    static resolved make_number(std::int64_t value, std::int64_t denominator) {
        const std::int64_t common = std::gcd(value, denominator);
        resolved_node node;
        node.constant = number_scalar(value / common);
        node.type = static_type::number;
        node.denominator = denominator / common;
        return seal(std::move(node));
    }
    static resolved make_is_null(resolved a) { return make(operation::is_null, static_type::truth, {std::move(a)}); }

    resolved make_column(row_path row, const table_schema& table, const column_schema& c) {
        resolved_node node;
        node.op = operation::column;
        node.type = static_type_of(c.type);
        node.uses_rows = true;
        if (c.type == value_type::decimal) node.denominator = decimal_column_denominator;
        node.column = {std::move(row), table.name, c.name, c.type, c.precision, c.codes};
        return std::make_shared<const resolved_node>(std::move(node));
    }

    // --- exact numbers --------------------------------------------------------------------------
    // A number is a whole number over a denominator that the definition alone decides: 10^places of a decimal, times
    // what it is divided by. Where two meet, both are brought to the common denominator, so engines only ever see
    // whole numbers and nothing is rounded.
    [[nodiscard]] std::int64_t within_range(const expression& e, std::int64_t a, std::int64_t b) const {
        try {
            return checked_multiply(a, b);
        } catch (const calculation_error&) {
            fail("with all its decimal places and divisors, this number leaves the range of 64-bit whole numbers", &e,
                 "use fewer decimal places or smaller divisors");
        }
    }
    [[nodiscard]] std::int64_t common_denominator(std::int64_t a, std::int64_t b, const expression& e) const {
        return within_range(e, a, b / std::gcd(a, b));
    }
    /// The same number over `denominator`, a multiple of its own.
    [[nodiscard]] resolved rescaled(resolved r, std::int64_t denominator, const expression& e) const {
        if (r->type != static_type::number || r->denominator == denominator) return r;
        const std::int64_t factor = denominator / r->denominator;
        resolved_node node;
        node.type = static_type::number;
        node.denominator = denominator;
        if (r->op == operation::constant) {
            if (!r->constant.is_null()) node.constant = number_scalar(within_range(e, r->constant.low, factor));
            return seal(std::move(node));
        }
        node.op = operation::rescale;
        node.factor = factor;
        node.text = to_text(e);
        node.children = {std::move(r)};
        return seal(std::move(node));
    }
    /// Brings numbers to one denominator and gives it; 1 where none of them is a number.
    std::int64_t align(const std::vector<resolved*>& numbers, const expression& e) const {
        std::int64_t denominator = 1;
        for (const resolved* r : numbers) denominator = common_denominator(denominator, (*r)->denominator, e);
        for (resolved* r : numbers) *r = rescaled(std::move(*r), denominator, e);
        return denominator;
    }
    /// Arithmetic, remembering how it is written.
    static resolved make_arithmetic(operation op, std::vector<resolved> children, std::int64_t denominator, const expression& e) {
        resolved_node node;
        node.op = op;
        node.type = static_type::number;
        node.denominator = denominator;
        node.text = to_text(e);
        node.children = std::move(children);
        return seal(std::move(node));
    }
    struct fraction {
        std::int64_t value = 0;
        std::int64_t denominator = 1;
    };
    /// What a number comes to that depends on neither rows nor the day; nothing if it is unknown.
    [[nodiscard]] std::optional<fraction> fixed_value(const resolved& r, const expression& e) const {
        const resolved_node& n = *r;
        const auto child = [&](std::size_t i) { return fixed_value(n.children[i], e); };
        switch (n.op) {
            case operation::constant:
                if (n.constant.is_null()) return std::nullopt;
                return fraction{n.constant.low, n.denominator};
            case operation::add:
            case operation::subtract:
            case operation::multiply: {
                const auto a = child(0), b = child(1);
                if (!a || !b) return std::nullopt;
                if (n.op == operation::multiply) return fraction{checked_multiply(a->value, b->value), n.denominator};
                return fraction{checked_add(a->value, n.op == operation::add ? b->value : checked_negate(b->value)), n.denominator};
            }
            case operation::divide:
            case operation::rescale: {
                const auto a = child(0);
                if (!a) return std::nullopt;
                return fraction{checked_multiply(a->value, n.factor), n.denominator};
            }
            case operation::negate: {
                const auto a = child(0);
                if (!a) return std::nullopt;
                return fraction{checked_negate(a->value), n.denominator};
            }
            default: fail("a fixed number is expected here: digits, a parameter, or sums of these", &e);
        }
    }
    /// The amount of a duration: whole and fixed by the definition.
    void expect_whole(const resolved& amount, const char* what, const expression& e) const {
        if (amount->denominator != 1) fail(std::string(what) + " is a whole number", &e, "write 14 days, not 0.5 months");
    }

    // --- names ----------------------------------------------------------------------------------
    struct found_row {
        row_path row;
        const table_schema* table;
        const scope* at;  ///< the scope, when no reference was followed
    };
    /// Follows all names of a path but the last `keep`.
    found_row find_row(const name_path& path, std::size_t keep, const scope& s, const expression* where) {
        const scope* here = &s;
        std::size_t i = 0;
        const std::size_t names = path.size() - keep;
        while (i < names && path[i] == "this") {
            here = here->outer;
            if (here == nullptr) fail("'this' has no row around it here", where, "write the column's name alone");
            ++i;
        }
        if (i == 0 && names > 0) {
            if (const scope* named = find_alias(path[0], s)) {
                here = named;
                ++i;
            }
        }
        found_row found{here->row, here->table, here};
        for (; i < names; ++i) follow(found, path[i], where);
        return found;
    }
    static const scope* find_alias(const std::string& name, const scope& s) {
        for (const scope* here = &s; here != nullptr; here = here->outer) {
            if (!here->alias.empty() && here->alias == name) return here;
        }
        for (const scope* here = &s; here != nullptr; here = here->outer) {
            const bool is_reference = s.table != nullptr && s.table->find_reference(name) != nullptr;
            if (here->alias.empty() && here->table_name == name && !is_reference) return here;
        }
        return nullptr;
    }
    void follow(found_row& found, const std::string& name, const expression* where) {
        const reference* r = found.table == nullptr ? nullptr : found.table->find_reference(name);
        if (r == nullptr) {
            std::vector<std::string> known;
            if (found.table != nullptr) {
                for (const reference& x : found.table->references) known.push_back(x.name);
            }
            fail("'" + name + "' is neither a short name in use nor a reference of table " +
                     (found.table == nullptr ? "gaps" : found.table->name),
                 where, name_remedy(name, known));
        }
        found.row.references.push_back(name);
        found.table = schema_.find(r->table);
        found.at = nullptr;
        tables_.insert(r->table);
    }
    resolved resolve_column(const expression& e, const scope& s) {
        const name_path& path = e->path;
        const found_row found = find_row(path, 1, s, &e);
        const std::string& name = path.back();
        if (found.table == nullptr) return resolve_gap_column(found.row, name, e);
        if (const column_schema* c = found.table->find(name)) return make_column(found.row, *found.table, *c);
        if (is_collapsed(found.row.slot) && name == "spell") return make_spell(found.row);
        if (const named_filter* f = set_.find_filter(name)) return apply_filter(*f, {}, found, e, s);
        std::vector<std::string> known = found.table->column_names();
        for (const named_filter& f : set_.filters) known.push_back(f.name);
        fail("unknown column '" + name + "' in table " + found.table->name, &e, name_remedy(name, known));
    }
    resolved resolve_gap_column(const row_path& row, const std::string& name, const expression& e) {
        if (name != "start" && name != "end") fail("rows of gaps(…) have the columns start and end, not '" + name + "'", &e);
        resolved_node node;
        node.op = operation::column;
        node.type = static_type::date;
        node.uses_rows = true;
        node.column = {row, "", name, value_type::date, "", ""};
        return std::make_shared<const resolved_node>(std::move(node));
    }
    [[nodiscard]] bool is_collapsed(std::uint32_t slot) const { return collapsed_.count(slot) != 0; }
    static resolved make_spell(const row_path& row) {
        resolved_node node;
        node.op = operation::column;
        node.type = static_type::number;
        node.uses_rows = true;
        node.column = {row, "", "spell", value_type::int64, "", ""};
        return std::make_shared<const resolved_node>(std::move(node));
    }

    // --- filters --------------------------------------------------------------------------------
    resolved apply_filter(const named_filter& f, const std::vector<expression>& arguments, const found_row& row,
                          const expression& e, const scope& caller) {
        if (std::find(filter_stack_.begin(), filter_stack_.end(), &f) != filter_stack_.end()) {
            std::string cycle;
            for (const named_filter* x : filter_stack_) cycle += x->name + " → ";
            fail("filters refer to each other in a circle: " + cycle + f.name, &e);
        }
        if (arguments.size() != f.arguments.size()) {
            fail("filter '" + f.name + "' takes " + std::to_string(f.arguments.size()) + " arguments, not " +
                     std::to_string(arguments.size()), &e);
        }
        if (row.table == nullptr || (f.on != "*" && f.on != row.table->name)) {
            fail("filter '" + f.name + "' is about rows of " + f.on + ", not of " + (row.table == nullptr ? "gaps" : row.table->name), &e);
        }
        std::map<std::string, resolved> bound;
        for (std::size_t i = 0; i < arguments.size(); ++i) bound[f.arguments[i]] = resolve(arguments[i], caller);
        if (std::find(used_filters_.begin(), used_filters_.end(), &f) == used_filters_.end()) used_filters_.push_back(&f);
        scope body;
        body.row = row.row;
        body.table = row.table;
        body.table_name = row.table->name;
        body.filter = &f;
        body.arguments = &bound;
        filter_stack_.push_back(&f);
        const std::size_t first_applied = applied_filters_.size();
        applied_filters_.push_back(&f);
        const expression kept = slot_expression_;
        slot_expression_ = f.body;
        resolved result = resolve(f.body, body);
        slot_expression_ = kept;
        filter_stack_.pop_back();
        result = named(std::move(result), f, first_applied, bound);
        if (filter_stack_.empty()) applied_filters_.clear();
        return result;
    }
    /// The same node, remembering what the filter calls it and the choices that differ from the usual.
    [[nodiscard]] resolved named(resolved r, const named_filter& f, std::size_t first_applied, const std::map<std::string, resolved>& arguments) const {
        if (f.title.empty() || r->op == operation::constant) return r;
        resolved_node copy = *r;
        copy.said = f.title;
        std::set<std::string> choices;
        for (std::size_t i = first_applied; i < applied_filters_.size(); ++i) {
            for (const parameter& p : applied_filters_[i]->parameters) {
                const auto given = overrides_.find(p.name);
                if (given != overrides_.end() && given->second != p.standard) choices.insert(p.name + " = " + given->second);
            }
        }
        for (const std::string& choice : choices) copy.said += " (" + choice + ")";
        copy.said_with.assign(arguments.begin(), arguments.end());
        return std::make_shared<const resolved_node>(std::move(copy));
    }

    // --- expressions ----------------------------------------------------------------------------
    /// Filters and parameters put into each other can make a small text very large.
    struct depth_guard {
        depth_guard(expression_resolver& r, const expression& e) : owner(r) {
            constexpr int deepest = 1000;
            constexpr std::size_t largest = 200'000;
            if (++owner.depth_ > deepest) owner.fail("with its filters and parameters put in, this is nested deeper than 1000 levels", &e);
            if (++owner.size_ > largest) owner.fail("with its filters and parameters put in, this has more than 200,000 parts", &e);
        }
        ~depth_guard() { --owner.depth_; }
        depth_guard(const depth_guard&) = delete;
        depth_guard& operator=(const depth_guard&) = delete;
        expression_resolver& owner;
    };
    resolved resolve(const expression& e, const scope& s) {
        const depth_guard guard(*this, e);
        const expression_node& n = *e;
        switch (n.kind) {
            case expression_kind::truth_literal: return make_constant(truth_scalar(n.flag), static_type::truth);
            case expression_kind::unknown_literal: return make_constant({}, static_type::any);
            case expression_kind::integer_literal: return make_constant(number_scalar(n.number), static_type::number);
            case expression_kind::decimal_literal: return resolve_decimal(e);
            case expression_kind::text_literal: return make_text(n.text);
            case expression_kind::date_literal: return make_constant(date_scalar(n.number), static_type::date);
            case expression_kind::column: return resolve_column(e, s);
            case expression_kind::parameter: return resolve_parameter(e, s);
            case expression_kind::as_at: return as_at();
            case expression_kind::period_first: return make_time(operation::period_first);
            case expression_kind::period_last: return make_time(operation::period_last);
            case expression_kind::logical_not: return make_not(resolve_as(static_type::truth, n.children[0], s));
            case expression_kind::logical_and:
                return make_and(resolve_as(static_type::truth, n.children[0], s), resolve_as(static_type::truth, n.children[1], s));
            case expression_kind::logical_or:
                return make_or(resolve_as(static_type::truth, n.children[0], s), resolve_as(static_type::truth, n.children[1], s));
            case expression_kind::equal:
            case expression_kind::not_equal:
            case expression_kind::less:
            case expression_kind::less_or_equal:
            case expression_kind::greater:
            case expression_kind::greater_or_equal: return resolve_comparison(e, s);
            case expression_kind::between: return resolve_between(e, s);
            case expression_kind::in_list: return resolve_in(e, s);
            case expression_kind::list: fail("a list stands only after 'in'", &e);
            case expression_kind::code_group: fail("group(…) stands only after 'in'", &e);
            case expression_kind::is_null: return resolve_is_null(e, s);
            case expression_kind::add:
            case expression_kind::subtract: return resolve_sum(e, s);
            case expression_kind::multiply:
            case expression_kind::divide: return resolve_product(e, s);
            case expression_kind::negate: {
                resolved value = resolve_as(static_type::number, n.children[0], s);
                const std::int64_t denominator = value->denominator;
                return make_arithmetic(operation::negate, {std::move(value)}, denominator, e);
            }
            case expression_kind::duration: return resolve_duration(e, s);
            case expression_kind::case_when: return resolve_case(e, s);
            case expression_kind::call: return resolve_call(e, s);
            case expression_kind::related: return resolve_related(e, s);
        }
        fail("this expression cannot be used here", &e);
    }
    resolved resolve_decimal(const expression& e) {
        std::int64_t unit = 1;
        for (int place = 0; place < e->scale; ++place) unit = within_range(e, unit, 10);
        return make_number(e->number, unit);
    }
    resolved resolve_as(static_type wanted, const expression& e, const scope& s) {
        resolved result = resolve(e, s);
        if (result->type != wanted && result->type != static_type::any) {
            fail("a " + std::string(to_text(wanted)) + " is expected here, not a " + std::string(to_text(result->type)), &e);
        }
        return result;
    }
    resolved resolve_parameter(const expression& e, const scope& s) {
        if (s.arguments != nullptr) {
            const auto argument = s.arguments->find(e->text);
            if (argument != s.arguments->end()) return argument->second;
        }
        for (const scope* here = s.outer; here != nullptr; here = here->outer) {
            if (here->arguments == nullptr) continue;
            const auto argument = here->arguments->find(e->text);
            if (argument != here->arguments->end()) return argument->second;
        }
        const parameter_binding binding = binding_of(e->text, s, &e);
        if (binding.kind != parameter_binding::kind_type::expression) {
            fail("parameter ':" + e->text + "' is a " + (binding.kind == parameter_binding::kind_type::table ? "table" : "key") +
                     ", not a value", &e);
        }
        enter_parameter(e);
        resolved result = resolve(binding.value, s);
        parameter_stack_.pop_back();
        return result;
    }
    void enter_parameter(const expression& e) {
        if (std::find(parameter_stack_.begin(), parameter_stack_.end(), e->text) != parameter_stack_.end()) {
            std::string circle;
            for (const std::string& name : parameter_stack_) circle += ":" + name + " → ";
            fail("parameters refer to each other in a circle: " + circle + ":" + e->text, &e);
        }
        parameter_stack_.push_back(e->text);
    }
    void check_comparable(const resolved& a, const resolved& b, const expression& e, bool order) {
        if (a->type == static_type::any || b->type == static_type::any) return;
        if (a->type != b->type) {
            fail("a " + std::string(to_text(a->type)) + " cannot be compared with a " + std::string(to_text(b->type)), &e);
        }
        if (order && a->type != static_type::number && a->type != static_type::date) {
            fail("a " + std::string(to_text(a->type)) + " has no order: use = or in", &e);
        }
        if (a->type == static_type::duration) fail("durations cannot be compared: add them to a date", &e);
    }
    /// A constant text beside a category must be one of its codes.
    void check_code(const resolved& subject, const std::string& text, const expression& e) {
        if (subject->op != operation::column || subject->column.codes.empty()) return;
        const code_set* codes = schema_.find_codes(subject->column.codes);
        if (codes == nullptr || codes->find(text) != nullptr) return;
        std::vector<std::string> known;
        for (const code& c : codes->codes) known.push_back(c.value);
        fail("'" + text + "' is not a code of " + subject->column.table + "." + subject->column.column, &e, name_remedy(text, known));
    }
    resolved resolve_comparison(const expression& e, const scope& s) {
        resolved a = resolve(e->children[0], s);
        resolved b = resolve(e->children[1], s);
        const bool order = e->kind != expression_kind::equal && e->kind != expression_kind::not_equal;
        check_comparable(a, b, e, order);
        (void)align({&a, &b}, e);
        if (b->op == operation::constant && b->type == static_type::text) check_code(a, b->text, e->children[1]);
        if (a->op == operation::constant && a->type == static_type::text) check_code(b, a->text, e->children[0]);
        return make_compare(e->kind, std::move(a), std::move(b));
    }
    resolved resolve_between(const expression& e, const scope& s) {
        resolved x = resolve(e->children[0], s);
        resolved low = resolve(e->children[1], s);
        resolved high = resolve(e->children[2], s);
        check_comparable(x, low, e, true);
        check_comparable(x, high, e, true);
        (void)align({&x, &low, &high}, e);
        return make_and(make_compare(expression_kind::greater_or_equal, x, low),
                        make_compare(expression_kind::less_or_equal, x, high));
    }
    /// The items of a list, a group or a parameter that is a list.
    std::vector<expression> list_items(const expression& set, const resolved& subject, const scope& s) {
        if (set->kind == expression_kind::list) return set->children;
        if (set->kind == expression_kind::parameter) {
            const parameter_binding binding = binding_of(set->text, s, &set);
            if (binding.kind == parameter_binding::kind_type::expression && binding.value->kind == expression_kind::list) {
                return binding.value->children;
            }
            if (binding.kind == parameter_binding::kind_type::expression) return {binding.value};
            fail("parameter ':" + set->text + "' is not a list", &set);
        }
        std::vector<expression> items;
        for (const std::string& value : codes_of_group(set, subject)) {
            expression_node node;
            node.kind = expression_kind::text_literal;
            node.text = value;
            items.push_back(make_expression(std::move(node)));
        }
        return items;
    }
    const std::vector<std::string>& codes_of_group(const expression& set, const resolved& subject) {
        const code_set* codes = subject->op == operation::column ? schema_.find_codes(subject->column.codes) : nullptr;
        if (codes == nullptr) fail("group(…) needs a column with codes before 'in'", &set);
        if (const code_group* group = codes->find_group(set->text)) return group->codes;
        std::vector<std::string> known;
        for (const code_group& g : codes->groups) known.push_back(g.name);
        fail("unknown group '" + set->text + "' of " + codes->name, &set, name_remedy(set->text, known));
    }
    resolved resolve_in(const expression& e, const scope& s) {
        const resolved subject = resolve(e->children[0], s);
        std::vector<resolved> items;
        std::vector<std::string> texts;
        bool constant_texts = true;
        const expression& set = e->children[1];
        if (set->kind == expression_kind::parameter) enter_parameter(set);
        for (const expression& item : list_items(set, subject, s)) {
            resolved value = resolve(item, s);
            check_comparable(subject, value, e, false);
            if (value->op == operation::constant && value->type == static_type::text) {
                check_code(subject, value->text, item);
                texts.push_back(value->text);
            } else {
                constant_texts = false;
            }
            items.push_back(std::move(value));
        }
        if (set->kind == expression_kind::parameter) parameter_stack_.pop_back();
        if (constant_texts) {
            std::sort(texts.begin(), texts.end());
            texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
            resolved_node node;
            node.op = operation::in_texts;
            node.type = static_type::truth;
            node.texts = std::move(texts);
            node.children = {subject};
            return seal(std::move(node));
        }
        resolved result;
        for (resolved& item : items) {
            resolved own = subject;
            (void)align({&own, &item}, e);
            resolved one = make_compare(expression_kind::equal, std::move(own), std::move(item));
            result = result ? make_or(std::move(result), std::move(one)) : std::move(one);
        }
        return result;
    }
    /// `:key is null` asks whether a key parameter is empty; else whether a value is.
    resolved resolve_is_null(const expression& e, const scope& s) {
        const expression& subject = e->children[0];
        if (subject->kind == expression_kind::parameter && find_parameter(subject->text, s) != nullptr) {
            const parameter_binding binding = binding_of(subject->text, s, &subject);
            if (binding.kind == parameter_binding::kind_type::columns) {
                resolved any;
                for (const std::string& name : binding.columns) {
                    expression_node node;
                    node.kind = expression_kind::column;
                    node.path = {name};
                    resolved one = make_is_null(resolve_column(make_expression(std::move(node)), s));
                    any = any ? make_or(std::move(any), std::move(one)) : std::move(one);
                }
                return any ? any : make_constant(truth_scalar(true), static_type::truth);
            }
        }
        return make_is_null(subject->kind == expression_kind::column ? resolve_column(subject, s) : resolve(subject, s));
    }
    resolved resolve_sum(const expression& e, const scope& s) {
        resolved a = resolve(e->children[0], s);
        resolved b = resolve(e->children[1], s);
        const bool plus = e->kind == expression_kind::add;
        if (a->type == static_type::date && b->type == static_type::duration) {
            return make(plus ? operation::move_forward : operation::move_back, static_type::date, {std::move(a), std::move(b)});
        }
        // Nothing is known of a date and an unknown length, or of an unknown date and a length.
        const bool has_unknown = a->type == static_type::any || b->type == static_type::any;
        const auto is_time = [](const resolved& r) { return r->type == static_type::date || r->type == static_type::duration; };
        if (has_unknown && (is_time(a) || is_time(b))) return make_constant({}, static_type::any);
        if (!plus && a->type == static_type::date && b->type == static_type::date) {
            return make(operation::difference, static_type::number, {std::move(a), std::move(b)});
        }
        const auto is_number = [](const resolved& r) { return r->type == static_type::number || r->type == static_type::any; };
        if (!is_number(a) || !is_number(b)) {
            fail("a " + std::string(to_text(a->type)) + " and a " + std::string(to_text(b->type)) + " cannot be " +
                     (plus ? "added" : "subtracted"),
                 &e, a->type == static_type::date && b->type == static_type::number ? "say of what: + 28 days" : "");
        }
        const std::int64_t denominator = align({&a, &b}, e);
        return make_arithmetic(plus ? operation::add : operation::subtract, {std::move(a), std::move(b)}, denominator, e);
    }
    resolved resolve_product(const expression& e, const scope& s) {
        resolved a = resolve_as(static_type::number, e->children[0], s);
        resolved b = resolve_as(static_type::number, e->children[1], s);
        if (e->kind == expression_kind::divide) return make_division(std::move(a), std::move(b), e);
        const std::int64_t denominator = within_range(e, a->denominator, b->denominator);
        return make_arithmetic(operation::multiply, {std::move(a), std::move(b)}, denominator, e);
    }
    /// a / (p/q) is a·q over p: exact, since p is fixed.
    resolved make_division(resolved a, resolved b, const expression& e) {
        if (b->uses_rows || b->uses_time) {
            fail("a number is divided only by one that the definition fixes, so that it stays exact", &e,
                 "multiply the other side instead: a > b * c for a / b > c; a share or a ratio of rows is a measure of its own");
        }
        std::optional<fraction> divisor;
        try {
            divisor = fixed_value(b, e);
        } catch (const calculation_error& problem) {
            fail(problem.message(), &e);
        }
        if (!divisor) return make_constant({}, static_type::any);
        if (divisor->value == 0) fail("nothing can be divided by 0", &e);
        const std::int64_t size = divisor->value < 0 ? checked_negate(divisor->value) : divisor->value;
        const std::int64_t common = std::gcd(divisor->denominator, size);
        resolved_node node;
        node.op = operation::divide;
        node.type = static_type::number;
        node.factor = divisor->denominator / common * (divisor->value < 0 ? -1 : 1);
        node.denominator = within_range(e, a->denominator, size / common);
        node.text = to_text(e);
        node.children = {std::move(a), std::move(b)};
        return seal(std::move(node));
    }
    resolved resolve_duration(const expression& e, const scope& s) {
        resolved amount = resolve_as(static_type::number, e->children[0], s);
        if (amount->uses_rows || amount->uses_time) fail("the length of a duration is fixed by the definition or a parameter, not by data", &e);
        expect_whole(amount, "the length of a duration", e);
        resolved_node node;
        node.op = operation::duration;
        node.type = static_type::duration;
        node.unit = e->unit;
        node.children = {std::move(amount)};
        return seal(std::move(node));
    }
    static static_type united(static_type a, static_type b) { return a == static_type::any ? b : a; }
    resolved resolve_case(const expression& e, const scope& s) {
        const expression_node& n = *e;
        const resolved subject = n.flag ? resolve(n.children[0], s) : nullptr;
        resolved_node node;
        node.op = operation::choose;
        std::size_t i = n.flag ? 1 : 0;
        for (; i + 1 < n.children.size(); i += 2) {
            resolved condition = n.flag ? resolve(n.children[i], s) : resolve_as(static_type::truth, n.children[i], s);
            if (n.flag) {
                check_comparable(subject, condition, e, false);
                if (is_constant_text(subject) && is_constant_text(condition)) {
                    // Decided by the definition alone: `case :stage when 'latest' …`.
                    if (subject->text != condition->text) continue;
                    if (node.children.empty()) return resolve(n.children[i + 1], s);
                }
                if (is_constant_text(condition)) check_code(subject, condition->text, n.children[i]);
                resolved own = subject;
                (void)align({&own, &condition}, e);
                condition = make_compare(expression_kind::equal, std::move(own), std::move(condition));
            }
            resolved value = resolve(n.children[i + 1], s);
            check_same_type(node.type, value, n.children[i + 1]);
            node.children.push_back(std::move(condition));
            node.children.push_back(std::move(value));
        }
        if (n.has_else()) {
            resolved value = resolve(n.children.back(), s);
            if (node.children.empty()) return value;
            check_same_type(node.type, value, n.children.back());
            node.children.push_back(std::move(value));
            node.has_else = true;
        }
        if (node.children.empty()) return make_constant({}, static_type::any);
        std::vector<resolved*> answers;
        for (std::size_t at = 1; at < node.children.size(); at += 2) answers.push_back(&node.children[at]);
        if (node.has_else) answers.push_back(&node.children.back());
        node.denominator = align(answers, e);
        return seal(std::move(node));
    }
    static bool is_constant_text(const resolved& r) { return r->op == operation::constant && r->type == static_type::text; }
    void check_same_type(static_type& so_far, const resolved& value, const expression& e) {
        if (so_far != static_type::any && value->type != static_type::any && so_far != value->type) {
            fail("one answer is a " + std::string(to_text(so_far)) + ", this one a " + std::string(to_text(value->type)), &e);
        }
        so_far = united(so_far, value->type);
    }

    // --- functions ------------------------------------------------------------------------------
    void expect_arguments(const expression& e, std::size_t least_count, std::size_t most) const {
        const std::size_t count = e->children.size();
        if (count >= least_count && count <= most) return;
        if (count < least_count && most == any_number_of_arguments) fail(e->text + " needs at least one value", &e);
        const std::string wanted = least_count == most ? std::to_string(most) : std::to_string(least_count) + " to " + std::to_string(most);
        fail(e->text + " takes " + wanted + (most == 1 ? " argument" : " arguments") + ", not " + std::to_string(count), &e);
    }
    resolved date_argument(const expression& e, std::size_t i, const scope& s) { return resolve_as(static_type::date, e->children[i], s); }

    /// `open(start, end[, day])`: begun, and not ended by the end-day convention.
    resolved make_open(const resolved& start, const resolved& end, const resolved& when) {
        const auto after = measure_.conventions.ends == end_day::exclusive ? expression_kind::greater : expression_kind::greater_or_equal;
        return make_and(make_compare(expression_kind::less_or_equal, start, when),
                        make_or(make_is_null(end), make_compare(after, end, when)));
    }
    resolved make_during(const resolved& x) {
        return make_and(make_compare(expression_kind::greater_or_equal, x, make_time(operation::period_first)),
                        make_compare(expression_kind::less_or_equal, x, make_time(operation::period_last)));
    }
    resolved resolve_call(const expression& e, const scope& s) {
        const std::string& name = e->text;
        if (!e->path.empty()) return call_filter_of(e, s);
        if (const function_entry* f = find_function(name)) {
            expect_arguments(e, f->fewest, f->most);
        } else {
            return call_filter_of(e, s);
        }
        static constexpr std::pair<std::string_view, operation> date_functions[] = {
            {"age", operation::age},
            {"days_between", operation::days_between},
            {"months_between", operation::months_between},
            {"years_between", operation::years_between},
            {"working_days_between", operation::working_days_between},
            {"month_boundaries_between", operation::month_boundaries_between},
            {"year_boundaries_between", operation::year_boundaries_between}};
        for (const auto& [function, op] : date_functions) {
            if (name != function) continue;
            return make(op, static_type::number, {date_argument(e, 0, s), date_argument(e, 1, s)});
        }
        if (name == "open") {
            const resolved when = e->children.size() == 3 ? date_argument(e, 2, s) : as_at();
            return make_open(date_argument(e, 0, s), date_argument(e, 1, s), when);
        }
        if (name == "during") return make_during(date_argument(e, 0, s));
        if (name == "happened") {
            const resolved x = date_argument(e, 0, s);
            return make_and(make_not(make_is_null(x)), make_during(x));
        }
        if (name == "overlaps") return resolve_overlaps(e, s);
        if (name == "known") return make(operation::is_known, static_type::truth, {resolve(e->children[0], s)});
        if (name == "group_of") return make_group_of(resolve(e->children[0], s), &e);
        return resolve_variadic(e, s);
    }
    resolved call_filter_of(const expression& e, const scope& s) {
        const named_filter* f = set_.find_filter(e->text);
        if (f == nullptr) {
            std::vector<std::string> known;
            if (e->path.empty()) {
                for (const function_entry& x : functions) known.emplace_back(x.name);
            }
            for (const named_filter& x : set_.filters) known.push_back(x.name);
            fail((e->path.empty() ? "unknown function '" : "unknown filter '") + e->text + "'", &e, name_remedy(e->text, known));
        }
        return apply_filter(*f, e->children, find_row(e->path, 0, s, &e), e, s);
    }
    /// Two stays share a day; an open end reaches for ever. Ends are exclusive by the convention.
    resolved resolve_overlaps(const expression& e, const scope& s) {
        const resolved start_a = date_argument(e, 0, s), end_a = date_argument(e, 1, s);
        const resolved start_b = date_argument(e, 2, s), end_b = date_argument(e, 3, s);
        const auto before = measure_.conventions.ends == end_day::exclusive ? expression_kind::less : expression_kind::less_or_equal;
        return make_and(make_or(make_is_null(end_b), make_compare(before, start_a, end_b)),
                        make_or(make_is_null(end_a), make_compare(before, start_b, end_a)));
    }
    resolved resolve_variadic(const expression& e, const scope& s) {
        resolved_node node;
        node.op = e->text == "coalesce" ? operation::coalesce : e->text == "min of" ? operation::least : operation::greatest;
        for (const expression& child : e->children) {
            resolved value = resolve(child, s);
            check_same_type(node.type, value, child);
            node.children.push_back(std::move(value));
        }
        const bool ordered = node.type == static_type::number || node.type == static_type::date || node.type == static_type::any;
        if (node.op != operation::coalesce && !ordered) {
            fail(e->text + " compares numbers or dates, not a " + std::string(to_text(node.type)), &e);
        }
        std::vector<resolved*> values;
        for (resolved& child : node.children) values.push_back(&child);
        node.denominator = align(values, e);
        return seal(std::move(node));
    }
    /// The group of a code (groups that only combine others left out); null where it has none.
    resolved make_group_of(resolved subject, const expression* e) {
        const code_set* codes = subject->op == operation::column ? schema_.find_codes(subject->column.codes) : nullptr;
        if (codes == nullptr || codes->groups.empty()) fail("group_of needs a column whose codes have groups", e);
        resolved_node node;
        node.op = operation::group_of;
        node.type = static_type::text;
        for (const code_group& group : codes->groups) {
            if (group.extra) continue;
            for (const std::string& value : group.codes) node.groups.emplace_back(value, group.name);
        }
        std::sort(node.groups.begin(), node.groups.end());
        node.children = {std::move(subject)};
        return seal(std::move(node));
    }

    // --- related rows ---------------------------------------------------------------------------
    const table_schema& table_of(const std::string& name, const scope& s, const expression* e) {
        std::string table = name;
        if (!name.empty() && name[0] == ':') {
            const parameter_binding binding = binding_of(name.substr(1), s, e);
            if (binding.kind != parameter_binding::kind_type::table) fail("parameter '" + name + "' is not a table", e);
            table = binding.table;
        }
        const table_schema* found = schema_.find(table);
        if (found == nullptr) fail("unknown table '" + table + "'", e, name_remedy(table, schema_.table_names()));
        tables_.insert(found->name);
        return *found;
    }
    std::vector<key_pair> key_pairs(const row_query& source, const table_schema& table, const scope& outer, const expression* e) {
        if (!source.by_parameter.empty()) {
            const parameter_binding binding = binding_of(source.by_parameter, outer, e);
            if (binding.kind != parameter_binding::kind_type::columns || binding.columns.empty()) {
                fail("parameter ':" + source.by_parameter + "' is not a key", e);
            }
            std::vector<key_pair> keys;
            for (const std::string& name : binding.columns) keys.push_back({{name}, {name}});
            return keys;
        }
        if (!source.by.empty()) return source.by;
        return only_path(table, outer, e);
    }
    /// The one way from this row to rows of `table`, when exactly one exists.
    std::vector<key_pair> only_path(const table_schema& table, const scope& outer, const expression* e) {
        std::vector<std::vector<key_pair>> paths;
        const auto add = [&](const reference& r, bool from_them) {
            std::vector<key_pair> keys;
            for (std::size_t i = 0; i < r.columns.size(); ++i) {
                keys.push_back(from_them ? key_pair{{r.columns[i]}, {r.target_columns[i]}} : key_pair{{r.target_columns[i]}, {r.columns[i]}});
            }
            if (std::find(paths.begin(), paths.end(), keys) == paths.end()) paths.push_back(std::move(keys));
        };
        if (outer.table != nullptr) {
            for (const reference& r : table.references) {
                if (r.table == outer.table->name) add(r, true);
            }
            for (const reference& r : outer.table->references) {
                if (r.table == table.name) add(r, false);
            }
            if (paths.empty() && table.find("child_id") != nullptr && outer.table->find("child_id") != nullptr) {
                paths.push_back({{{"child_id"}, {"child_id"}}});
            }
        }
        if (paths.size() != 1) {
            fail((paths.empty() ? "there is no way from this row to rows of " : "there is more than one way from this row to rows of ") + table.name,
                 e, "say it: " + table.name + " by child_id");
        }
        return paths.front();
    }
    resolved resolve_path(const name_path& path, const scope& s, const expression* e) {
        expression_node node;
        node.kind = expression_kind::column;
        node.path = path;
        expression column = make_expression(std::move(node));
        resolved result = resolve_column(column, s);
        if (result->op != operation::column) fail("'" + joined(path, ".") + "' is not a column", e);
        return result;
    }
    /// Resolves a source and fills `inside`, the scope of its rows.
    resolved_source resolve_source(const row_query& source, const scope& outer, scope& inside, const expression* e) {
        resolved_source result;
        result.kind = source.kind;
        result.slot = next_slot_++;
        inside = scope{};
        inside.row.slot = result.slot;
        inside.alias = source.alias;
        inside.outer = &outer;
        inside.filter = outer.filter;
        inside.arguments = outer.arguments;
        if (source.kind == row_query::kind_type::latest_per) {
            scope inner_scope;
            auto inner = std::make_shared<resolved_source>(resolve_source(*source.inner, outer, inner_scope, e));
            if (inner->kind != row_query::kind_type::table) fail("latest per picks from rows of a table", e);
            for (const std::string& name : source.per) result.per.push_back(resolve_path({name}, inner_scope, e));
            result.table = inner->table;
            inside.table = inner_scope.table;
            inside.table_name = inner->table;
            result.inner = std::move(inner);
            if (!source.by.empty()) fail("the keys of 'latest per' stand inside its brackets", e);
        } else {
            const table_schema& table = table_of(source.table, outer, e);
            result.table = table.name;
            if (source.kind == row_query::kind_type::collapse) {
                resolve_collapse(source, table, result, inside, outer, e);
            } else {
                scope rows = inside;
                rows.table = &table;
                rows.table_name = table.name;
                for (const key_pair& key : key_pairs(source, table, outer, e)) {
                    const resolved theirs = resolve_path(key.theirs, rows, e);
                    const resolved ours = resolve_path(key.ours, outer, e);
                    check_comparable(theirs, ours, e == nullptr ? expression() : *e, false);
                    if (theirs->denominator != ours->denominator) {
                        fail("keys are of the same type: " + joined(key.theirs, ".") + " and " + joined(key.ours, ".") + " are not both decimals", e);
                    }
                    result.keys.push_back({theirs->column, ours});
                }
                if (source.kind == row_query::kind_type::gaps) {
                    resolve_gaps(source, table, result, outer, e);
                } else {
                    inside.table = &table;
                    inside.table_name = table.name;
                }
            }
        }
        if (!source.where.empty()) result.where = resolve_as(static_type::truth, source.where, inside);
        for (const expression& o : source.order_by) {
            result.order_by.push_back(resolve(o, inside));
            if (result.order_by.back()->uses_time) fail("rows are ordered by their own columns, not by the day asked about", &o);
        }
        return result;
    }
    void resolve_gaps(const row_query& source, const table_schema& table, resolved_source& result, const scope& outer, const expression* e) {
        const column_schema* c = table.find(source.column);
        if (c == nullptr || c->type != value_type::date) {
            fail("gaps needs a date column; '" + source.column + "' of " + table.name + " is none", e, name_remedy(source.column, table.column_names()));
        }
        result.cut = {{result.slot, {}}, table.name, c->name, c->type, "", ""};
        result.from = resolve_as(static_type::date, source.from, outer);
        result.until = resolve_as(static_type::date, source.until, outer);
    }
    void resolve_collapse(const row_query& source, const table_schema& table, resolved_source& result, scope& inside,
                          const scope& outer, const expression* e) {
        const expression& gap = source.gap;
        const bool is_days = gap->kind == expression_kind::duration && gap->unit == duration_unit::days;
        if (!is_days) fail("the gap of collapse is a number of days", e);
        const resolved amount = resolve_as(static_type::number, gap->children[0], outer);
        if (amount->op != operation::constant || amount->denominator != 1 || amount->constant.low < 0) fail("the gap of collapse is a fixed number of days from 0", e);
        result.gap_days = amount->constant.low;
        for (const char* needed : {"start_date", "end_date"}) {
            if (table.find(needed) == nullptr) fail("collapse needs the columns start_date and end_date in " + table.name, e);
        }
        for (const key_pair& key : source.by) result.collapse_by.push_back(key.theirs.back());
        if (result.collapse_by.empty()) fail("collapse needs 'by' and the key of whose spells are joined", e);
        for (const std::string& name : result.collapse_by) {
            if (table.find(name) == nullptr) fail("unknown column '" + name + "' in table " + table.name, e, name_remedy(name, table.column_names()));
        }
        collapsed_.insert(result.slot);
        inside.table = &table;
        inside.table_name = table.name;
        if (outer.table != nullptr) {
            for (const std::string& name : result.collapse_by) {
                const column_schema* c = table.find(name);
                result.keys.push_back({{{result.slot, {}}, table.name, c->name, c->type, "", ""}, resolve_path({name}, outer, e)});
            }
        }
    }
    resolved resolve_related(const expression& e, const scope& s) {
        using aggregate = related_rows::aggregate_type;
        const related_rows& r = *e->related;
        auto related = std::make_shared<resolved_related>();
        related->aggregate = r.aggregate;
        related->distinct = r.distinct;
        related->position = r.position;
        scope inside;
        related->source = resolve_source(r.source, s, inside, &e);
        for (const std::string& name : r.over) related->over.push_back(resolve_path({name}, inside, &e));
        static_type type = static_type::number;
        if (r.aggregate == aggregate::any) {
            type = static_type::truth;
        } else if (r.aggregate == aggregate::first || r.aggregate == aggregate::last || r.aggregate == aggregate::nth) {
            expression_node column;
            column.kind = expression_kind::column;
            column.path = r.column;
            related->value = resolve(make_expression(std::move(column)), inside);
            type = related->value->type;
        } else if (!r.value.empty()) {
            related->value = resolve(r.value, inside);
            if (!r.distinct) type = related->value->type;
            const bool ordered = type == static_type::number || (type == static_type::date && r.aggregate != aggregate::sum) || type == static_type::any;
            if (!r.distinct && !ordered) fail("a " + std::string(to_text(type)) + " cannot be summed or ordered", &r.value);
        }
        resolved_node node;
        node.op = operation::related;
        node.type = type;
        if (type == static_type::number && related->value && !r.distinct) node.denominator = related->value->denominator;
        node.text = to_text(e);
        node.related = std::move(related);
        return seal(std::move(node));
    }

    const schema& schema_;
    const indicator_set& set_;
    const indicator& definition_;
    std::map<std::string, std::string> overrides_;
    std::set<std::string> named_overrides_;
    resolved_measure measure_;
    scope root_;
    std::uint32_t next_slot_ = 1;
    std::set<std::string> tables_;
    std::set<std::uint32_t> collapsed_;
    std::vector<const named_filter*> filter_stack_;
    std::vector<const named_filter*> used_filters_;
    std::vector<const named_filter*> applied_filters_;
    std::vector<std::string> parameter_stack_;
    int depth_ = 0;
    std::size_t size_ = 0;
    std::string measure_place_ = "/measure";  ///< of the measure, or of the part of one, being resolved
    std::string slot_;
    expression slot_expression_;
    resolved as_at_;  ///< stands for `as_at`; usually null
};

}  // namespace goldenthread::detail
