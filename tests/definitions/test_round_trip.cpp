// parse_expression(to_text(e)).same_as(e), on generated trees.
#include "random_tree.hpp"

#include "catch.hpp"

#include <set>
#include <string>

using namespace goldenthread;

namespace {

void collect_kinds(const expression& e, std::set<expression_kind>& kinds) {
    kinds.insert(e->kind);
    detail::visit_children(*e, [&](const expression& child) { collect_kinds(child, kinds); });
}

}  // namespace

TEST_CASE("text carries every tree") {
    std::set<expression_kind> kinds;
    for (std::uint64_t seed = 1; seed <= 12'000; ++seed) {
        const expression tree = random_tree(seed).tree(1 + static_cast<int>(seed % 5));
        collect_kinds(tree, kinds);
        const std::string text = to_text(tree);
        INFO("seed " << seed << ": " << text);
        expression read;
        REQUIRE_NOTHROW(read = parse_expression(text));
        REQUIRE(read.same_as(tree));
        REQUIRE(to_text(read) == text);
    }
    // The generator makes every kind there is.
    for (int k = 0; k <= static_cast<int>(expression_kind::related); ++k) {
        INFO("kind " << k);
        CHECK(kinds.count(static_cast<expression_kind>(k)) == 1);
    }
}

TEST_CASE("text carries every source of rows") {
    for (std::uint64_t seed = 1; seed <= 3'000; ++seed) {
        const row_query source = random_tree(seed).source(1 + static_cast<int>(seed % 4), seed % 2 == 0);
        const std::string text = to_text(source);
        INFO("seed " << seed << ": " << text);
        row_query read;
        REQUIRE_NOTHROW(read = parse_row_query(text));
        REQUIRE(read.same_as(source));
        REQUIRE(to_text(read) == text);
    }
}

TEST_CASE("a tree as deep as may be is read back") {
    const auto wrapped = [](expression_kind kind) {
        expression_node leaf;
        leaf.kind = expression_kind::as_at;
        expression e = detail::make_expression(std::move(leaf));
        while (e->depth < deepest_expression) {
            expression_node n;
            n.kind = kind;
            n.children = {e};
            if (kind == expression_kind::equal || kind == expression_kind::subtract) n.children = {e->children.empty() ? e : e->children[0], e};
            e = detail::make_expression(std::move(n));
            if (e->size > largest_expression / 2) break;
        }
        return e;
    };
    for (const expression_kind kind : {expression_kind::negate, expression_kind::logical_not, expression_kind::is_null, expression_kind::duration}) {
        const expression e = wrapped(kind);
        INFO(static_cast<int>(kind));
        CHECK(e->depth == deepest_expression);
        expression read;
        REQUIRE_NOTHROW(read = parse_expression(to_text(e)));
        CHECK(read.same_as(e));
    }
}
