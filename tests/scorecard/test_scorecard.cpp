#include "catch.hpp"
#include "made_up_results.hpp"

#include <goldenthread/plan/read_plan.hpp>
#include <goldenthread/scorecard/build_release.hpp>

#include <algorithm>

using namespace goldenthread;
using namespace goldenthread::made_up;

namespace {

plan_package leicester() {
    plan_package package;
    package.plan = load_plan(std::string(GOLDENTHREAD_SOURCE_DIR) + "/plans/leicester_2018_2020/plan.json");
    return package;
}

results one_year() {
    results r;
    r.periods = {financial_year(2018)};
    r.area = "Exampleshire (synthetic)";
    r.synthetic = true;
    r.input_hash = "abc";
    return r;
}

dataset with_records(const std::vector<std::pair<std::string, std::string>>& rows) {
    column_builder items("plan_item", value_type::text);
    column_builder kinds("kind", value_type::text);
    column_builder days("record_date", value_type::date);
    for (const auto& [item, kind] : rows) {
        items.append_text(item);
        kinds.append_text(kind);
        days.append_day(*parse_iso_day("2018-06-01"));
    }
    dataset data;
    data.add(table("assurance_record", {items.finish(), kinds.finish(), days.finish()}));
    return data;
}

const outline_element& part(const release& r, const std::string& id) {
    for (const outline_element& priority : r.plan().priorities) {
        for (const outline_element& each : priority.parts) {
            if (each.id == id) return each;
        }
    }
    throw std::runtime_error("no " + id);
}

const outline_link* sight(const outline_element& from, const std::string& to) {
    const auto found = std::find_if(from.links.begin(), from.links.end(),
                                    [&](const outline_link& each) { return each.element == to; });
    return found == from.links.end() ? nullptr : &*found;
}

release release_of(results figures, const dataset& data = {}) {
    return build_release(make_scorecard(leicester(), std::move(figures), data));
}

}  // namespace

TEST_CASE("the whole plan is in the release, with or without figures") {
    const release r = release_of(one_year());
    CHECK(r.plan().objectives.size() == 5);
    CHECK(r.plan().themes.size() == 5);
    CHECK(r.plan().priorities.size() == 8);
    CHECK(r.plan().golden_threads.size() == 4);
    CHECK(r.plan().governance.size() == 10);
    std::size_t activities = 0;
    std::size_t lines = 0;
    for (const outline_element& priority : r.plan().priorities) {
        for (const outline_element& each : priority.parts) {
            activities += each.kind == "assurance_activity" ? 1U : 0U;
            lines += each.kind == "evidence_line" ? 1U : 0U;
            if (each.kind == "assurance_activity") {
                CHECK(each.state == "undated");
                CHECK(each.record_state == "missing");
                CHECK_THAT(each.state_reason, Catch::Contains("no assurance record yet"));
                CHECK_FALSE(each.needs.empty());
            }
            if (each.kind == "evidence_line") {
                CHECK(each.state == "missing");
                CHECK_FALSE(each.state_reason.empty());
            }
        }
    }
    CHECK(activities == 49);
    CHECK(lines == 43);
}

TEST_CASE("a line without figure says exactly why") {
    results figures = one_year();
    indicator_result crisis = result("mental_health.adult_beds", "Adult beds", value_unit::number);
    crisis.tables_missing = {"mental_health_stay"};
    cell missing;
    missing.reason = "table mental_health_stay was not supplied";
    crisis.cells = {missing};
    figures.indicators = {crisis};
    const release r = release_of(figures);
    CHECK(part(r, "P1.E1").state_reason == "no assurance record yet: table assurance_record was not supplied");
    CHECK(part(r, "P1.E4").state_reason == "no definition yet");
    CHECK(part(r, "P7.E7").state_reason == "table mental_health_stay was not supplied");
    CHECK(r.find("mental_health.adult_beds")->heading.needs.size() == 1);
    CHECK_FALSE(r.find("domestic_abuse.school_notifications")->heading.has_definition);
}

TEST_CASE("a line with some of its figures is partial") {
    results figures = one_year();
    indicator_result conversion = result("early_help.conversion_to_cin", "To child in need", value_unit::fraction);
    conversion.cells = {share_cell(0, {}, 20, 80)};
    figures.indicators = {conversion};
    const release r = release_of(figures);
    CHECK(part(r, "P3.E5").state == "partial");
    CHECK(part(r, "P3.E5").state_reason == "no definition yet");
    CHECK(r.find("early_help.conversion_to_cin")->heading.evidence_lines == std::vector<std::string>{"P3.E5"});
}

TEST_CASE("assurance records give qualitative lines and activities their state") {
    const dataset data = with_records({{"P1.E1", "STRATEGY_MONITORING"}, {"P1.A1", "PRACTICE_ASSURANCE"}});
    const release r = release_of(one_year(), data);
    CHECK(part(r, "P1.E1").state == "recorded");
    CHECK(part(r, "P1.A1").record_state == "recorded");
    CHECK(part(r, "P1.A1").state_reason == "the plan gives no date; recorded");
    CHECK(part(r, "P2.E1").state == "missing");
    CHECK(part(r, "P2.E1").state_reason == "no assurance record yet");
}

TEST_CASE("the line of sight runs from a line to what the plan wants, stated and inferred apart") {
    const release r = release_of(one_year());
    const outline_element& line = part(r, "P6.E2");
    REQUIRE(sight(line, "P6") != nullptr);
    CHECK(sight(line, "P6")->provenance == "stated");
    REQUIRE(sight(line, "P6.S1") != nullptr);
    CHECK(sight(line, "P6.S1")->provenance == "inferred");
    CHECK_FALSE(sight(line, "P6.S1")->reason.empty());
    REQUIRE(sight(line, "T4") != nullptr);
    CHECK(sight(line, "T4")->via == "P6");
    CHECK(sight(line, "T4")->provenance == "inferred");
    CHECK(sight(line, "G1") != nullptr);
    CHECK((line.lines == outline_lines{152, 152}));
    CHECK(line.particulars.front().text == "unspecified");

    const auto& threads = r.plan().golden_threads;
    const bool shown = std::any_of(threads[0].linked_from.begin(), threads[0].linked_from.end(),
                                   [](const outline_link& each) { return each.element == "P6.E2"; });
    CHECK(shown);
}

TEST_CASE("the head of a release names plan, area, day and data") {
    const release r = release_of(one_year());
    CHECK(r.title().plan == "leicester_2018_2020");
    CHECK(r.title().area == "Exampleshire (synthetic)");
    CHECK(r.title().synthetic);
    CHECK(r.title().as_at == "2019-03-31");
    CHECK(r.title().data_hash == "abc");
    CHECK(r.readers() == audience::board);
}

TEST_CASE("findings are counted by rule, without keys and values") {
    dataset data;
    for (int i = 0; i < 7; ++i) {
        data.findings().push_back({"cp_plan", "start_date", "date_not_real", finding_action::kept, "no such day",
                                   "a.csv", 1, "CHILD-KEY", "31/02/2019"});
    }
    data.files().push_back({"a.csv", "canonical table cp_plan", 100, 90, 10, {"a note"}});
    const release r = release_of(one_year(), data);
    REQUIRE(r.findings().size() == 1);
    CHECK(r.findings()[0].count.text() == "7");
    REQUIRE(r.files().size() == 1);
    CHECK(r.files()[0].rows_set_aside.text() == "10");
}
