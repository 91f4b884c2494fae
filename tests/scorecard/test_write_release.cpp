#include "catch.hpp"
#include "core/json_document.hpp"
#include "made_up_results.hpp"
#include "scorecard/json_text.hpp"

#include <goldenthread/plan/read_plan.hpp>
#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/write_release.hpp>

#include <algorithm>

using namespace goldenthread;
using namespace goldenthread::made_up;

namespace {

using json = nlohmann::ordered_json;

/// Numbers that stand nowhere else: each must be hidden with the small number it gives away.
constexpr std::int64_t planted_neighbour = 73519;  // the only other cell of a margin
constexpr std::int64_t planted_numerator = 84623;  // of 84625: the rest is 2
constexpr std::int64_t planted_unknown = 95731;    // all but three of a denominator

scorecard planted() {
    plan_package package;
    package.plan = load_plan(std::string(GOLDENTHREAD_SOURCE_DIR) + "/plans/leicester_2018_2020/plan.json");
    results figures;
    figures.periods = {financial_year(2018)};
    figures.area = "Exampleshire (synthetic)";
    figures.synthetic = true;
    indicator_result count =
        result("neglect.cp_plan_over_12_months", "Over 12 months, \"neglect\"", value_unit::number);
    count.cells = {count_cell(0, {}, planted_neighbour + 3), count_cell(0, key("sex", "F"), 3),
                   count_cell(0, key("sex", "M"), planted_neighbour), count_cell(0, key("sex", std::nullopt), 0)};
    indicator_result share = result("multiple_vulnerability.cin", "Several vulnerabilities", value_unit::fraction);
    share.cells = {share_cell(0, {}, planted_numerator, planted_numerator + 2),
                   share_cell(0, key("sex", "F"), 3, planted_unknown + 3, planted_unknown)};
    indicator_result rate = result("early_help.assessments_per_10000", "Early help, per 10,000", value_unit::rate);
    rate.cells = {rate_cell(0, {}, 61, 84250), rate_cell(0, key("sex", "F"), 30, 41100)};
    figures.indicators = {count, share, rate};
    dataset data;
    data.findings().push_back({"cp_plan", "start_date", "date_not_real", finding_action::kept, "no such day", "a.csv",
                               1, "CHILD-KEY", "31/02/2019"});
    data.files().push_back({"a.csv", "canonical table cp_plan", 60, 58, 2, {}});
    return make_scorecard(std::move(package), std::move(figures), data);
}

std::size_t rows_of(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Holds a document against the part of JSON Schema that release.schema.json uses for objects and lists.
void check_fields(const json& schema, const json& root, const json& value, const std::string& place) {
    if (schema.contains("$ref")) {
        const std::string name = schema["$ref"].get<std::string>().substr(std::string("#/$defs/").size());
        return check_fields(root["$defs"][name], root, value, place);
    }
    if (value.is_array() && schema.contains("items")) {
        for (const json& each : value) check_fields(schema["items"], root, each, place + "/*");
    }
    if (!value.is_object() || !schema.contains("properties")) return;
    INFO(place);
    REQUIRE(value.size() == schema["properties"].size());
    for (const auto& field : schema["properties"].items()) {
        INFO(field.key());
        REQUIRE(value.contains(field.key()));
        check_fields(field.value(), root, value[field.key()], place + "/" + field.key());
    }
}

}  // namespace

TEST_CASE("the JSON of a release has the fields its schema names, no more and no less") {
    const std::string path = std::string(GOLDENTHREAD_SOURCE_DIR) + "/schemas/release.schema.json";
    const json schema = json::parse(detail::read_text_file(path));
    check_fields(schema, schema, json::parse(to_json(build_release(planted()))), "");
}

TEST_CASE("no hidden number stands anywhere in the outputs") {
    const release r = build_release(planted());
    for (const std::string& text : {to_json(r), to_csv(r)}) {
        for (const std::int64_t n : {planted_neighbour, planted_numerator, planted_unknown}) {
            CHECK_FALSE(contains(text, std::to_string(n)));
        }
        CHECK_FALSE(contains(text, "CHILD-KEY"));
        CHECK_FALSE(contains(text, "31/02/2019"));
        CHECK(contains(text, "not attacked: internal use"));
        CHECK(contains(text, "Exampleshire (synthetic)"));
    }
}

TEST_CASE("the JSON of a release is valid, complete and always the same") {
    const scorecard card = planted();
    const std::string text = to_json(build_release(card));
    CHECK(text == to_json(build_release(card)));
    CHECK(text.back() == '\n');
    const detail::json_document strict = detail::json_document::parse(text, "release.json");  // no field twice
    strict.expect_format("release");
    const json document = json::parse(text);
    std::vector<std::string> fields;
    for (const auto& item : document.items()) fields.push_back(item.key());
    CHECK(fields == std::vector<std::string>{"format", "title", "periods", "plan", "figures", "data_quality",
                                             "published", "glossary"});
    CHECK(document["plan"]["priorities"].size() == 8);
    CHECK(document["plan"]["priorities"][5]["evidence_lines"].size() == 5);
    CHECK(document["title"]["certificate"] == "not attacked: internal use");
    CHECK(document["title"]["synthetic"] == true);
}

TEST_CASE("a cell holds a rounded number, null or the symbol") {
    const json document = json::parse(to_json(build_release(planted())));
    const auto figure = [&](const std::string& id) {
        for (const json& each : document["figures"]) {
            if (each["indicator"] == id) return each;
        }
        return json();
    };
    const json count = figure("neglect.cp_plan_over_12_months");
    CHECK(count["title"] == "Over 12 months, \"neglect\"");
    CHECK(count["cells"][0]["value"] == planted_neighbour + 3);
    CHECK(count["cells"][1]["value"] == "c");
    CHECK(count["cells"][1]["state"] == "suppressed");
    CHECK(count["cells"][1]["denominator"].is_null());
    CHECK(count["cells"][2]["value"] == "c");
    CHECK(count["cells"][3]["value"] == 0);
    CHECK(count["cells"][3]["key"]["sex"].is_null());
    const json rate = figure("early_help.assessments_per_10000");
    CHECK(rate["cells"][0]["value"].dump() == "7.2");
    CHECK(rate["cells"][0]["denominator"] == 84250);
    CHECK(rate["multiplier"] == 10000);
    CHECK(document["data_quality"]["findings"][0]["count"] == "c");
    CHECK(document["data_quality"]["files"][0]["rows_kept"] == "c");
}

TEST_CASE("the tidy CSV has a row for every cell and every line without one") {
    const std::string csv = to_csv(build_release(planted()));
    const std::string header = csv.substr(0, csv.find('\n'));
    CHECK(contains(header, "plan,priority,evidence_line,indicator,title,period_kind,period_label,period_first"));
    const auto commas = std::count(header.begin(), header.end(), ',');
    CHECK(commas == 49);
    CHECK(contains(csv,
                   "leicester_2018_2020,P6,P6.E2,neglect.cp_plan_over_12_months,\"Over 12 months, \"\"neglect\"\"\","
                   "financial_year,2018-19,2018-04-01,2019-03-31,sex,F,suppressed,c,c,,0,0,0,0,number,1,,board,"));
    CHECK(contains(csv, "sex,not recorded,true_zero,0,0,"));
    CHECK(contains(csv, "leicester_2018_2020,P1,P1.E1,,"));
    CHECK(contains(csv, "no definition yet"));
    CHECK(rows_of(csv) > 43);
}

TEST_CASE("text of a file cannot break JSON, nor run in a spreadsheet") {
    CHECK(detail::json_escaped("a\"b\\c\n\x01") == "a\\\"b\\\\c\\n\\u0001");
    CHECK(detail::json_escaped("caf\xC3\xA9 \xF0\x9F\x98\x80") == "caf\xC3\xA9 \xF0\x9F\x98\x80");
    for (const char* broken : {"\xC3", "\xC3(", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xC0\xAF", "\x80", "\xE2\x82"}) {
        CHECK(contains(detail::json_escaped(broken), "\xEF\xBF\xBD"));
        CHECK_NOTHROW(json::parse('"' + detail::json_escaped(broken) + '"'));
    }
    scorecard card = planted();
    card.figures.indicators[0].cells.push_back(count_cell(0, key("label", "=1+1,\"x\""), 12));
    card.figures.area = "one\ntwo";
    const release r = build_release(card);
    CHECK(contains(to_csv(r), "\"'=1+1,\"\"x\"\"\""));
    CHECK(contains(to_csv(r), "\"one\ntwo\""));
    CHECK(json::parse(to_json(r))["title"]["area"] == "one\ntwo");
}
