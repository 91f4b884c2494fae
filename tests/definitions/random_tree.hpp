// Random expression trees over every kind of node, without regard to types: what the text spelling must carry.
#pragma once

#include "../engine/random_source.hpp"

#include <goldenthread/definitions/expression.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

class random_tree {
public:
    explicit random_tree(std::uint64_t seed) : random_(seed) {}

    goldenthread::expression tree(int depth) {
        using kind = goldenthread::expression_kind;
        goldenthread::expression_node n;
        if (depth <= 0) return leaf();
        static const std::vector<kind> kinds = {
            kind::logical_not, kind::logical_and, kind::logical_or,      kind::equal,    kind::not_equal, kind::less,     kind::less_or_equal,
            kind::greater,     kind::greater_or_equal, kind::between,    kind::in_list,  kind::is_null,   kind::add,      kind::subtract,
            kind::multiply,    kind::divide,      kind::negate,          kind::duration, kind::case_when, kind::call,     kind::related,
            kind::related,     kind::related};
        n.kind = random_.pick(kinds);
        switch (n.kind) {
            case kind::logical_not:
            case kind::is_null:
            case kind::negate: n.children = {tree(depth - 1)}; break;
            case kind::between: n.children = {tree(depth - 1), tree(depth - 1), tree(depth - 1)}; break;
            case kind::in_list: n.children = {tree(depth - 1), set(depth - 1)}; break;
            case kind::duration:
                n.unit = static_cast<goldenthread::duration_unit>(random_.below(5));
                n.children = {tree(depth - 1)};
                break;
            case kind::case_when: {
                n.flag = random_.chance(40);
                if (n.flag) n.children.push_back(tree(depth - 1));
                for (int i = random_.between(1, 3); i > 0; --i) {
                    n.children.push_back(tree(depth - 1));
                    n.children.push_back(tree(depth - 2));
                }
                if (random_.chance(50)) n.children.push_back(tree(depth - 1));
                break;
            }
            case kind::call: make_call(n, depth); break;
            case kind::related: n.related = std::make_shared<const goldenthread::related_rows>(related(depth)); break;
            default: n.children = {tree(depth - 1), tree(depth - 1)};
        }
        return goldenthread::detail::make_expression(std::move(n));
    }

    goldenthread::row_query source(int depth, bool ordered) {
        using form = goldenthread::row_query::kind_type;
        goldenthread::row_query q;
        q.kind = depth <= 0 ? form::table : static_cast<form>(random_.below(4));
        if (q.kind == form::latest_per) {
            q.per = names();
            goldenthread::row_query inner = source(depth - 2, true);
            q.inner = std::make_shared<const goldenthread::row_query>(std::move(inner));
        } else {
            q.table = q.kind == form::table && random_.chance(10) ? ":choice" : name();
        }
        if (q.kind == form::gaps) {
            q.column = name();
            q.from = tree(depth - 2);
            q.until = tree(depth - 2);
        } else if (q.kind == form::collapse) {
            q.gap = tree(depth - 2);
        }
        if (random_.chance(50)) q.alias = name();
        if (random_.chance(15)) {
            q.by_parameter = "repeat_key";
        } else {
            for (int i = random_.between(0, 2); i > 0; --i) {
                goldenthread::key_pair key{path(), path()};
                if (random_.chance(60)) key.ours = key.theirs;
                q.by.push_back(std::move(key));
            }
        }
        if (random_.chance(60)) q.where = tree(depth - 1);
        if (ordered || random_.chance(20)) {
            for (int i = random_.between(1, 2); i > 0; --i) q.order_by.push_back(tree(depth - 2));
        }
        return q;
    }

private:
    std::string name() {
        static const std::vector<std::string> all = {"start_date", "end_date", "x", "_y", "person", "days", "months", "first", "count", "gaps",
                                                     "date", "group", "latest", "any", "from", "until", "gap", "per", "over", "a1"};
        return random_.pick(all);
    }
    std::vector<std::string> names() {
        std::vector<std::string> result = {name()};
        if (random_.chance(40)) result.push_back(name());
        return result;
    }
    goldenthread::name_path path() {
        goldenthread::name_path result = {random_.chance(10) ? "this" : name()};
        // After a dot any word may stand, a reserved one too.
        if (random_.chance(30)) result.push_back(random_.chance(10) ? "end" : name());
        return result;
    }
    goldenthread::expression leaf() {
        using kind = goldenthread::expression_kind;
        goldenthread::expression_node n;
        static const std::vector<kind> kinds = {kind::truth_literal, kind::unknown_literal, kind::integer_literal, kind::decimal_literal,
                                                kind::text_literal,  kind::date_literal,    kind::column,          kind::column,
                                                kind::parameter,     kind::as_at,           kind::period_first,    kind::period_last};
        n.kind = random_.pick(kinds);
        if (n.kind == kind::truth_literal) n.flag = random_.chance(50);
        if (n.kind == kind::integer_literal) n.number = random_.between(-40, 40);
        if (n.kind == kind::decimal_literal) {
            n.number = random_.between(-4000, 4000);
            n.scale = random_.between(1, 6);
        }
        if (n.kind == kind::text_literal) {
            static const std::vector<std::string> texts = {"", "NEG", "O'Neill", "''", "two words", "caf\xC3\xA9", "a\nb", "\"", "-- not a comment"};
            n.text = random_.pick(texts);
        }
        if (n.kind == kind::date_literal) n.number = goldenthread::to_day(1900, 1, 1) + random_.between(0, 100'000);
        if (n.kind == kind::column) n.path = path();
        if (n.kind == kind::parameter) n.text = name();
        return goldenthread::detail::make_expression(std::move(n));
    }
    goldenthread::expression set(int depth) {
        goldenthread::expression_node n;
        switch (random_.below(3)) {
            case 0:
                n.kind = goldenthread::expression_kind::code_group;
                n.text = random_.chance(80) ? "neglect" : "it's";
                break;
            case 1:
                n.kind = goldenthread::expression_kind::parameter;
                n.text = name();
                break;
            default:
                n.kind = goldenthread::expression_kind::list;
                for (int i = random_.between(1, 3); i > 0; --i) n.children.push_back(tree(depth - 1));
        }
        return goldenthread::detail::make_expression(std::move(n));
    }
    void make_call(goldenthread::expression_node& n, int depth) {
        static const std::vector<std::string> functions = {"open", "during", "age", "coalesce", "on_plan", "min of", "max of"};
        n.text = random_.pick(functions);
        const bool extreme = n.text == "min of" || n.text == "max of";
        if (!extreme && random_.chance(25)) n.path = path();
        for (int i = random_.between(extreme ? 1 : 0, 3); i > 0; --i) n.children.push_back(tree(depth - 1));
    }
    goldenthread::related_rows related(int depth) {
        using aggregate = goldenthread::related_rows::aggregate_type;
        goldenthread::related_rows r;
        r.aggregate = static_cast<aggregate>(random_.below(8));
        const bool finds = r.aggregate == aggregate::first || r.aggregate == aggregate::last || r.aggregate == aggregate::nth;
        r.source = source(depth - 1, finds);
        if (finds) r.column = random_.chance(80) ? goldenthread::name_path{name()} : goldenthread::name_path{name(), "end"};
        if (r.aggregate == aggregate::nth) r.position = random_.between(1, 9);
        if (r.aggregate == aggregate::count) {
            r.distinct = random_.chance(40);
            if (random_.chance(30)) r.over = names();
        }
        const bool takes_value = r.aggregate == aggregate::sum || r.aggregate == aggregate::minimum || r.aggregate == aggregate::maximum;
        if (takes_value || r.distinct) r.value = tree(depth - 1);
        return r;
    }

    random_source random_;
};
