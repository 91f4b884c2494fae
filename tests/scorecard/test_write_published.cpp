#include "catch.hpp"
#include "core/json_document.hpp"
#include "published_sample.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/disclosure/release.hpp>
#include <goldenthread/scorecard/benchmarks.hpp>
#include <goldenthread/scorecard/write_release.hpp>

#include <algorithm>
#include <string>

using namespace goldenthread;
using namespace goldenthread::made_up;
using Catch::Matchers::Contains;
using json = nlohmann::ordered_json;

namespace {

release_draft draft() {
    published_catalogue catalogue;
    catalogue.attribution = "Published by others, under their licence.";
    catalogue.note = "Counts are rounded.";
    published_answer answer;
    answer.indicator = "neglect.short_plans";
    answer.title = "Short plans, \"all\"";
    answer.file = "plans";
    answer.numerator.column = "short";
    answer.denominator.column = "plans";
    answer.published = "short_percent";
    answer.counted = "plans";
    answer.note = "All categories.";
    answer.polarity = "low";
    answer.polarity_provenance = "stated for this test";
    catalogue.answers = {answer};
    release_draft result;
    result.title.synthetic = true;
    result.published = compare_published(published_sample(), catalogue, {"E06000001", 2018, 2019, {}});
    return result;
}

release released(const release_draft& from) {
    return protect(from, find_policy("dfe_children_in_need"), audience::board);
}

}  // namespace

TEST_CASE("published figures pass the gate unchanged, into a part of their own") {
    const release_draft before = draft();
    const release after = released(before);
    REQUIRE(after.published().has_value());
    CHECK(*after.published() == *before.published);
    CHECK(after.figures().empty());
}

TEST_CASE("the gate refuses a published figure that is hidden and holds a number, or is a number and holds none") {
    release_draft hidden_number = draft();
    hidden_number.published->figures[0].cells[3].numerator = {"suppressed", "3", false};
    CHECK_THROWS_AS(released(hidden_number), disclosure_error);
    release_draft no_number = draft();
    no_number.published->figures[0].cells[0].value.text.clear();
    CHECK_THROWS_AS(released(no_number), disclosure_error);
}

TEST_CASE("the JSON states published figures apart, with their own symbols") {
    const json document = json::parse(to_json(released(draft())));
    const json& published = document["published"];
    CHECK(published["area_name"] == "Northport");
    CHECK(published["attribution"] == "Published by others, under their licence.");
    CHECK(published["symbols"]["c"] == "hidden by the publisher: confidential");
    const json& cells = published["figures"][0]["cells"];
    CHECK(cells[0]["value"]["text"].dump() == "75.0");
    CHECK(cells[0]["value"]["state"] == "value");
    CHECK(cells[0]["lower"].dump() == "68.6");
    CHECK(cells[3]["area_name"] == "Southport");
    CHECK(cells[3]["value"]["text"] == "c");
    CHECK(cells[3]["lower"].is_null());
    CHECK(cells[7]["value"]["text"].is_null());
    CHECK(published["figures"][0]["standings"][0]["lowest_rank"] == 2);
}

TEST_CASE("the fields of published figures are those of the schema") {
    const json schema =
        json::parse(detail::read_text_file(std::string(GOLDENTHREAD_SOURCE_DIR) + "/schemas/release.schema.json"));
    const json published = json::parse(to_json(released(draft())))["published"];
    const auto fields = [](const json& object) {
        std::vector<std::string> names;
        for (const auto& each : object.items()) names.push_back(each.key());
        return names;
    };
    const json& parts = schema["$defs"];
    CHECK(fields(published) == fields(parts["published"]["properties"]));
    const json& figure = published["figures"][0];
    CHECK(fields(figure) == fields(parts["published_figure"]["properties"]));
    CHECK(fields(figure["cells"][0]) == fields(parts["published_cell"]["properties"]));
    CHECK(fields(figure["cells"][0]["value"]) == fields(parts["number_of_others"]["properties"]));
    CHECK(fields(figure["standings"][0]) == fields(parts["published_standing"]["properties"]));
}

TEST_CASE("published figures have a CSV of their own; a release without them has its heading alone") {
    const std::string csv = to_published_csv(released(draft()));
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 11);
    CHECK_THAT(csv,
               Contains("\ntrue,E06000001,Northport,neglect.short_plans,\"Short plans, \"\"all\"\"\",context,2018,area,"
                        "E06000001,Northport,,value,75.0,150,200,percent,100,false,68.6,80.5,,,low,"));
    CHECK_THAT(csv, Contains("neighbour,E06000002,Southport,Close,suppressed,c,c,100,"));
    CHECK_THAT(csv, Contains("\"Published by others, under their licence.\"\n"));
    CHECK_FALSE(Contains("Northport").match(to_csv(released(draft()))));
    const std::string none = to_published_csv(released(release_draft{}));
    CHECK(std::count(none.begin(), none.end(), '\n') == 1);
    CHECK(json::parse(to_json(released(release_draft{})))["published"].is_null());
}
