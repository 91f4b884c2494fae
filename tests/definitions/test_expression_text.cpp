// Canonical text, one example for each form, and what is the same tree.
#include "catch.hpp"

#include <goldenthread/definitions/expression.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace goldenthread;

namespace {

std::string canonical(const std::string& text) { return to_text(parse_expression(text)); }

}  // namespace

TEST_CASE("expressions are printed in one way") {
    const std::vector<std::pair<std::string, std::string>> examples = {
        {" a  AND_b", ""},  // two names side by side
        {"a and(b or not c)", "a and (b or not c)"},
        {"(a and b) or c", "a and b or c"},
        {"a and (b and c)", "a and (b and c)"},
        {"a<>1", "a != 1"},
        {"(a = 1) = (b = 2)", "(a = 1) = (b = 2)"},
        {"not (x is null)", "x is not null"},
        {"x is not null", "x is not null"},
        {"not x in ('a')", "x not in ('a')"},
        {"x not between 1 and 2", "not x between 1 and 2"},
        {"a - (b - c)", "a - (b - c)"},
        {"(a - b) - c", "a - b - c"},
        {"a + b * c", "a + b * c"},
        {"(a + b) * c", "(a + b) * c"},
        {"-3", "-3"},
        {"-(3)", "-3"},
        {"- x", "-x"},
        {"a - -3", "a - -3"},
        {"--3", "-(-3)"},
        {"-3 days", "-(3 days)"},
        {"(-3) days", "(-3) days"},
        {"1.50", "1.50"},
        {"-0.5", "-0.5"},
        {"1 month", "1 months"},
        {"15 working day", "15 working days"},
        {":months months", ":months months"},
        {"(a + b) weeks", "(a + b) weeks"},
        {"null", "unknown"},
        {"date '2019-03-31'", "date '2019-03-31'"},
        {"'O''Neill'", "'O''Neill'"},
        {"case x when 1 then 'a' else 'b' end", "case x when 1 then 'a' else 'b' end"},
        {"case when a then b end", "case when a then b end"},
        {"f in group('neglect')", "f in group('neglect')"},
        {"f in :codes", "f in :codes"},
        {"x in(1,2 , 3)", "x in (1, 2, 3)"},
        {"min of(a,b)", "min of (a, b)"},
        {"person.unborn( as_at )", "person.unborn(as_at)"},
        {"period.first<=d", "period.first <= d"},
        {"this.start_date > q.end_date", "this.start_date > q.end_date"},
        {"any(cp_plan as q by child_id where q.x)", "any(cp_plan as q by child_id where q.x)"},
        {"any(T by a = b.c, d)", "any(T by a = b.c, d)"},
        {"any(T by :key)", "any(T by :key)"},
        {"count(distinct group_of(f) of T)", "count(distinct group_of(f) of T)"},
        {"max over parent_id of count(T)>=4", "max over parent_id of count(T) >= 4"},
        {"nth( 2,T order by d).end", "nth(2, T order by d).end"},
        {"last(T where d <= as_at order by d, id).level", "last(T where d <= as_at order by d, id).level"},
        {"last(T order by (a = b)).c", "last(T order by (a = b)).c"},
        {"count(latest per (a, b) (T by c order by d) as l where l.x)", "count(latest per (a, b) (T by c order by d) as l where l.x)"},
        {"any(gaps(visit.visit_date by id from start until as_at) as g where g.end is null)",
         "any(gaps(visit.visit_date by id from start until as_at) as g where g.end is null)"},
        {"any(collapse(spell by child_id gap 0 day) as s)", "any(collapse(spell by child_id gap 0 days) as s)"},
    };
    for (const auto& [text, expected] : examples) {
        INFO(text);
        if (expected.empty()) {
            CHECK_THROWS_AS(parse_expression(text), definition_error);
        } else {
            CHECK(canonical(text) == expected);
            CHECK(canonical(expected) == expected);
        }
    }
}

TEST_CASE("a negated literal is a negative literal however it was built") {
    expression_node three;
    three.kind = expression_kind::integer_literal;
    three.number = 3;
    expression_node minus;
    minus.kind = expression_kind::negate;
    minus.children = {detail::make_expression(std::move(three))};
    const expression built = detail::make_expression(std::move(minus));
    CHECK(built.same_as(parse_expression("-3")));
    CHECK(to_text(built) == "-3");
}

TEST_CASE("trees are the same by structure, not by where they stood") {
    CHECK(parse_expression("a  =  1").same_as(parse_expression("\n a=1")));
    CHECK_FALSE(parse_expression("a = 1").same_as(parse_expression("a = 2")));
    CHECK_FALSE(parse_expression("1.5 > x").same_as(parse_expression("1.50 > x")));
    CHECK_FALSE(parse_expression("any(T)").same_as(parse_expression("any(T as t)")));
    CHECK_FALSE(parse_expression("3 days").same_as(parse_expression("3 weeks")));
    CHECK_FALSE(parse_expression("a").same_as(expression()));
}

TEST_CASE("a text in quotes is never a word of the language") {
    for (const char* text : {"15 working 'days'", "min 'of' (a)", "x not 'in' (1)", "last(T order 'by' d).c"}) {
        INFO(text);
        CHECK_THROWS_AS(parse_expression(text), definition_error);
    }
}
