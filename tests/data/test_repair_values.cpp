#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_rows.hpp>
#include <goldenthread/data/repair_values.hpp>

using namespace goldenthread;
using test::cell;

namespace {

dataset sample() {
    return read_text_rows({"x.csv",
                           "test",
                           {{"cp_plan",
                             {"cp_plan_id", "child_id", "start_date", "end_date", "latest_category"},
                             {{"P1", "A", "2018-05-01", "2017-05-01", "NEG"}, {"P2", "B", "2018-05-01", "", ""}},
                             {}},
                            {"benchmark",
                             {"indicator_id", "comparator", "period_label", "value", "source"},
                             {{"i", "ENGLAND", "2018-19", "1.5", "s"}},
                             {}}},
                           {},
                           0,
                           false});
}

}  // namespace

TEST_CASE("values are replaced row by row, by the column's own rules; all else stays") {
    const dataset before = sample();
    dataset data = with_values(before, "cp_plan", "end_date", {{0, "2019-05-01"}});
    CHECK(cell(data, "cp_plan", "end_date", 0) == "2019-05-01");
    CHECK(cell(data, "cp_plan", "end_date", 1) == "null");
    CHECK(cell(before, "cp_plan", "end_date", 0) == "2017-05-01");
    CHECK(data["cp_plan"].sources().size() == 2);
    data = with_values(data, "cp_plan", "end_date", {{0, ""}, {1, "2020-02-29"}});
    CHECK(cell(data, "cp_plan", "end_date", 0) == "null");
    CHECK(cell(data, "cp_plan", "end_date", 1) == "2020-02-29");
    data = with_values(data, "cp_plan", "latest_category", {{1, "phy"}});
    CHECK(cell(data, "cp_plan", "latest_category", 0) == "NEG");
    CHECK(cell(data, "cp_plan", "latest_category", 1) == "PHY");
    data = with_values(data, "cp_plan", "child_id", {{1, "C"}});
    CHECK(cell(data, "cp_plan", "child_id", 1) == "C");
    data = with_values(data, "benchmark", "value", {{0, "2.25"}});
    CHECK(data["benchmark"]["value"].int64_at(0) == 2'250'000);
    CHECK(cell(data, "cp_plan", "start_date", 0) == "2018-05-01");
}

TEST_CASE("a repair that is none is refused, and the dataset stays") {
    const dataset data = sample();
    CHECK_THROWS_AS(with_values(data, "cp_plan", "end_date", {{0, "2019-02-29"}}), data_error);
    CHECK_THROWS_AS(with_values(data, "cp_plan", "end_date", {{0, "soon"}}), data_error);
    CHECK_THROWS_AS(with_values(data, "cp_plan", "latest_category", {{0, "XXX"}}), data_error);
    CHECK_THROWS_AS(with_values(data, "cp_plan", "end_date", {{2, ""}}), data_error);
    CHECK_THROWS_AS(with_values(data, "referral", "closure_date", {}), data_error);
    CHECK_THROWS_AS(with_values(data, "cp_plan", "end_dates", {}), definition_error);
    CHECK_THROWS_AS(with_values(data, "cp_plans", "end_date", {}), definition_error);
    CHECK_THROWS_AS(with_values(data, "cp_plan", "cp_plan_id", {{0, "P9"}}), definition_error);
}
