// Definitions written as a file are the same definitions when it is read.
#include <goldenthread/definitions/build_measure.hpp>
#include <goldenthread/definitions/write_indicators.hpp>

#include "catch.hpp"
#include "core/json_document.hpp"

#include <string>

using namespace goldenthread;

namespace {

indicator_set read(const std::string& text) {
    indicator_set set;
    parse_indicators(set, text, "f.json");
    return set;
}

}  // namespace

TEST_CASE("the shipped definitions survive being written and read") {
    const std::string once = write_indicators(shipped_indicators());
    const indicator_set again = read(once);
    CHECK(again.ids() == shipped_indicators().ids());
    CHECK(again.filters.size() == shipped_indicators().filters.size());
    CHECK(write_indicators(again) == once);
}

TEST_CASE("every kind of measure and every slot survives being written and read") {
    const indicator_set set = read(detail::read_text_file(GOLDENTHREAD_SOURCE_DIR "/python/tests/data/every_kind.indicators.json"));
    const std::string once = write_indicators(set);
    CHECK(write_indicators(read(once)) == once);
    const auto object_of = [](const std::string& text) { return detail::json::parse(text); };
    detail::json original = object_of(detail::read_text_file(GOLDENTHREAD_SOURCE_DIR "/python/tests/data/every_kind.indicators.json"));
    const detail::json written = object_of(once);
    REQUIRE(written.at("indicators").size() == original.at("indicators").size());
    for (std::size_t i = 0; i < written.at("indicators").size(); ++i) {
        INFO(original.at("indicators")[i].at("id"));
        for (const auto& slot : original.at("indicators")[i].at("measure").items()) CHECK(written.at("indicators")[i].at("measure").contains(slot.key()));
    }
}

TEST_CASE("an indicator built in a program can be kept as a file") {
    const auto cp_plan = columns_of("cp_plan");
    indicator_set set;
    set.indicators.push_back(distinct(cp_plan["child_id"]).where(open(cp_plan["start_date"], cp_plan["end_date"])).with_parameter("months", 18).named("own.plans", "Plans"));
    const indicator again = read(write_indicators(set)).indicators.front();
    CHECK(again.measure.where.same_as(set.indicators.front().measure.where));
    CHECK(again.parameters.front().standard == "18");

    set.indicators.front().parameters.front().standard_binding.value = on_day(to_day(2019, 3, 31));
    CHECK_THROWS_WITH(write_indicators(set), Catch::Contains("a file has no default such as") && Catch::Contains("for parameter 'months'") && Catch::Contains("give it a choice"));
}
