#include "catch.hpp"

#include <goldenthread/disclosure/policy.hpp>

using namespace goldenthread;

TEST_CASE("the children in need policy hides 1 to 5") {
    const disclosure_policy& policy = find_policy("dfe_children_in_need");
    CHECK(policy.threshold == 5);
    CHECK(policy.smallest_mean == 6);
    CHECK(policy.symbol == "c");
    CHECK_FALSE(policy.source.empty());
}

TEST_CASE("an unknown policy or audience says which are known") {
    CHECK_THROWS_WITH(find_policy("dfe_children_in_ned"), Catch::Contains("did you mean 'dfe_children_in_need'?"));
    CHECK_THROWS_WITH(parse_audience("bord"), Catch::Contains("did you mean 'board'?"));
    for (const char* name : {"public", "board", "analyst"}) CHECK(to_text(parse_audience(name)) == name);
    CHECK(marking(audience::board) == "Restricted: not for onward sharing");
}
