#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_rows.hpp>
#include <goldenthread/data/select_rows.hpp>

using namespace goldenthread;
using test::cell;

namespace {

dataset sample() {
    return read_text_rows({"x.csv",
                           "test",
                           {{"person", {"child_id", "sex"}, {{"A", "M"}, {"B", "X"}, {"C", "F"}}, {}},
                            {"contact", {"contact_id", "child_id"}, {{"1", "A"}}, {}},
                            {"coverage",
                             {"table_name", "first_day", "last_day"},
                             {{"contact", "2018-04-01", "2019-03-31"}, {"referral", "2018-04-01", "2019-03-31"}},
                             {}}},
                           {},
                           0,
                           false});
}

}  // namespace

TEST_CASE("select: without tables, their coverage and their findings") {
    const dataset data = sample();
    REQUIRE(test::count_findings(data, "person", "sex", "code_unknown") == 1);
    const dataset left = without_tables(data, {"person", "contact", "nowhere"});
    CHECK(left.find("person") == nullptr);
    CHECK(left.find("contact") == nullptr);
    CHECK(test::count_findings(left, "person", "sex", "code_unknown") == 0);
    REQUIRE(left["coverage"].row_count() == 1);
    CHECK(cell(left, "coverage", "table_name", 0) == "referral");
    CHECK(data["coverage"].row_count() == 2);  // the input is as it was
    CHECK(left.files().size() == 1);
}

TEST_CASE("select: without rows") {
    const dataset data = sample();
    const dataset left = without_rows(data, "person", {2, 0});
    REQUIRE(left["person"].row_count() == 1);
    CHECK(cell(left, "person", "child_id", 0) == "B");
    CHECK(cell(left, "person", "sex", 0) == "null");
    CHECK(left["person"].sources()[0].row == 2);
    CHECK(without_rows(left, "person", {0})["person"].row_count() == 0);
    CHECK(without_rows(data, "person", {})["person"].row_count() == 3);
    CHECK_THROWS_AS(without_rows(data, "person", {3}), data_error);
    CHECK_THROWS_AS(without_rows(data, "persons", {}), data_error);
}
