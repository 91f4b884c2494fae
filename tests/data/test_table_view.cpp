#include "catch.hpp"

#include <goldenthread/data/table_view.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace goldenthread;

namespace {

constexpr day never = 0;

const std::vector<std::string> ids = {"Ada", "Ben", "Ada"};
const std::vector<day> starts = {100, 200, 300};
const std::vector<day> ends = {never, 250, never};
const std::vector<std::string> names = {"NEG", "EMO"};
const std::vector<std::int32_t> places = {1, -1, 0};
const std::vector<std::int64_t> numbers = {7, 8, 9};

}  // namespace

TEST_CASE("a host's values are looked at where they lie") {
    const table_view plans{"cp_plan",
                           {{"child_id", ids},
                            {"start_date", starts},
                            {"end_date", ends, never},
                            {"latest_category", places, names},
                            {"number_of_previous_plans", numbers}}};
    const dataset data = dataset_of({plans});
    const table& t = data["cp_plan"];
    REQUIRE(t.row_count() == 3);
    CHECK(t["start_date"].values() == starts.data());
    CHECK(t["end_date"].values() == ends.data());
    CHECK(t["number_of_previous_plans"].values() == numbers.data());
    CHECK(t["latest_category"].values() == places.data());
    CHECK(t["latest_category"].dictionary().get() == &names);
    CHECK(t["child_id"].dictionary().get() == &ids);
    CHECK(t["child_id"].text_at(2) == "Ada");
    CHECK(t["start_date"].day_at(1) == 200);
    CHECK(t["start_date"].null_count() == 0);
    CHECK(t["end_date"].is_null(0));
    CHECK(t["end_date"].day_at(1) == 250);
    CHECK(t["end_date"].null_count() == 2);
    CHECK(t["latest_category"].text_at(0) == "EMO");
    CHECK(t["latest_category"].is_null(1));
    CHECK(t["number_of_previous_plans"].int64_at(2) == 9);
    for (const column& c : t.columns()) {
        CHECK(c.owner() == nullptr);  // so whoever keeps it longer copies
    }
}

TEST_CASE("a copy of a view keeps what was made for it") {
    const auto made = [] {
        const table_view plans{"cp_plan", {{"child_id", ids}, {"end_date", ends, never}}};
        return table_view(plans);
    };
    const table_view plans = made();
    CHECK(plans.looked_at_table()["end_date"].is_null(2));
    CHECK(plans.looked_at_table()["child_id"].text_at(1) == "Ben");
}

TEST_CASE("columns that do not fit are refused") {
    const std::vector<day> short_one = {1};
    CHECK_THROWS_WITH((table_view{"cp_plan", {{"start_date", starts}, {"end_date", short_one}}}),
                      "table cp_plan: column 'end_date' has 1 rows, 'start_date' has 3");
    const std::vector<std::int32_t> wrong = {0, 2};
    CHECK_THROWS_WITH((column_view{"latest_category", wrong, names}),
                      "column 'latest_category' has a text number 2, and there are 2 texts");
    const std::vector<day> nothing;
    const table_view empty{"cp_plan", {{"start_date", nothing, never}}};
    CHECK(dataset_of({empty})["cp_plan"].row_count() == 0);
}
