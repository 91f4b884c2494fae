#include "catch.hpp"
#include "sample.hpp"

#include <goldenthread/core/error.hpp>

#include <string>

using namespace goldenthread;

namespace {

std::string refusal(const exampleshire_settings& settings) {
    try {
        check_settings(settings);
    } catch (const definition_error& e) {
        return e.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("impossible settings are refused with the reason") {
    CHECK(refusal({}) == "accepted");
    CHECK_THAT(refusal({.children = 0}), Catch::Contains("zero children") && Catch::Contains("ask for at least 1"));
    CHECK_THAT(refusal({.children = -5}), Catch::Contains("cannot be negative") && Catch::Contains("-5"));
    CHECK_THAT(refusal({.children = 10'000'001}), Catch::Contains("at most 10000000"));
    CHECK_THAT(refusal({.first = to_day(2020, 3, 31), .last = to_day(2020, 3, 30)}),
               Catch::Contains("ends before it begins") && Catch::Contains("2020-03-31 to 2020-03-30"));
    CHECK_THAT(refusal({.first = to_day(1999, 12, 31)}),
               Catch::Contains("2000 to 2050") && Catch::Contains("1999-12-31"));
    CHECK_THAT(refusal({.last = to_day(2051, 1, 1)}), Catch::Contains("2000 to 2050"));
    CHECK_THAT(refusal({.defects_per_10000 = 10'001}), Catch::Contains("between 0 and 1") && Catch::Contains("10001"));
    CHECK_THAT(refusal({.defects_per_10000 = -1}), Catch::Contains("between 0 and 1"));
    CHECK_THAT(refusal({.children_per_authority = -1}), Catch::Contains("fewer than no children"));
    CHECK_THAT(refusal({.last = 2'000'000'000}), Catch::Contains("day number 2000000000"));
}

TEST_CASE("impossible settings write nothing") {
    const synthetic_test::temporary_folder folder("settings");
    CHECK_THROWS_AS(write_exampleshire({.children = 0}, folder / "out"), definition_error);
    CHECK_THROWS_AS(generate_exampleshire({.children = 0}), definition_error);
    CHECK_THROWS_WITH(generate_exampleshire({.children = 5, .defects_per_10000 = 1}),
                      Catch::Contains("without wrong records"));
    CHECK_THROWS_WITH(generate_exampleshire({.children = 5, .children_per_authority = 2}),
                      Catch::Contains("one authority"));
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("the smallest settings work") {
    CHECK(generate_exampleshire({.children = 1})["person"].row_count() == 1);
    const day leap_day = to_day(2020, 2, 29);
    const dataset one_day = generate_exampleshire({.children = 20, .first = leap_day, .last = leap_day});
    CHECK(one_day["person"].row_count() == 20);
    CHECK(one_day["coverage"]["last_day"].day_at(0) == leap_day);
}
