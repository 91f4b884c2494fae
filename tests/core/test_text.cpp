#include "catch.hpp"

#include <goldenthread/core/text.hpp>

#include <string>
#include <vector>

using namespace goldenthread;

TEST_CASE("white space at either end goes, non-breaking spaces too") {
    CHECK(trimmed("  a b \t\r\n") == "a b");
    CHECK(trimmed("\xC2\xA0 x\xC2\xA0") == "x");
    CHECK(trimmed("\xC3\xA0") == "\xC3\xA0");  // a letter that ends in the same byte
    CHECK(trimmed(" \xC2\xA0 ").empty());
    CHECK(trimmed("").empty());
}

TEST_CASE("letters change case by ASCII alone") {
    CHECK(to_ascii_upper("aZ\xC3\xA9") == "AZ\xC3\xA9");
    CHECK(to_ascii_lower("Az-9") == "az-9");
}

TEST_CASE("edit distance counts single characters") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("abc", "") == 3);
    CHECK(edit_distance("lastest_category", "latest_category") == 1);
}

TEST_CASE("a slip of the keyboard finds its name, something else the list") {
    const std::vector<std::string> known = {"start_date", "end_date", "latest_category", "initial_category"};
    CHECK(nearest_name("lastest_category", known) == "latest_category");
    CHECK(nearest_name("strat_date", known) == "start_date");
    CHECK(nearest_name("ethnicity", known).empty());
    CHECK(nearest_name("x", {}).empty());
    CHECK(nearest_name(std::string(500, 'a'), {std::string(500, 'a')}).empty());  // nobody types this
    CHECK(name_remedy("strat_date", known) == "did you mean 'start_date'?");
    CHECK(name_remedy("ethnicity", known) == "known: start_date, end_date, latest_category, initial_category");
    CHECK(name_remedy("anything", {}).empty());
    std::vector<std::string> many;
    for (int i = 0; i < 20; ++i) many.push_back("name_number_" + std::to_string(i));
    CHECK_THAT(name_remedy("zzzzz", many), Catch::EndsWith("name_number_11, …"));
}

TEST_CASE("texts are joined") {
    CHECK(joined({}, ", ").empty());
    CHECK(joined({"a"}, ", ") == "a");
    CHECK(joined({"a", "b"}, ", ") == "a, b");
}
