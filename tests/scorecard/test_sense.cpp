#include "catch.hpp"
#include "made_up_results.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/scorecard/sense.hpp>

#include <algorithm>

using namespace goldenthread;
using namespace goldenthread::made_up;

namespace {

results two_quarters() {
    results r;
    r.periods = {financial_quarter(2018, 1), financial_quarter(2018, 2)};
    return r;
}

std::vector<std::string> rules(const results& r, const std::vector<stock_and_flows>& balances = {}) {
    std::vector<std::string> found;
    for (const sense_warning& each : check_sense(r, shipped_indicators(), balances)) found.push_back(each.rule);
    return found;
}

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("two printed rates that cannot be of one population are caught") {
    // As published: 9,645 contacts as 232.9 per 10,000 beside 1,580 referrals as 381.5.
    const auto found = check_rates({{"contacts", 9645, 232.9, 10000}, {"referrals", 1580, 381.5, 10000}});
    REQUIRE(found.size() == 2);
    CHECK(found[0].rule == "impossible_population");
    CHECK(found[0].indicator == "contacts");
    CHECK(found[0].numbers ==
          "9,645 as 232.9 per 10,000 imply a population of 414,126; "
          "1,580 as 381.5 per 10,000 imply a population of 41,415");
    const auto known = check_rates({{"contacts", 9645, 232.9, 10000}, {"referrals", 1580, 381.5, 10000}}, 41400);
    REQUIRE(known.size() == 1);
    CHECK(known[0].indicator == "contacts");
    CHECK(check_rates({{"contacts", 9645, 2329.0, 10000}, {"referrals", 1580, 381.5, 10000}}).empty());
    CHECK(check_rates({{"none", 0, 0, 10000}, {"referrals", 1580, 381.5, 10000}}).empty());
    CHECK_THROWS_AS(check_rates({{"x", -1, 1, 10000}}), calculation_error);
    CHECK_THROWS_AS(check_rates({{"x", 1, 1, 0}}), calculation_error);
    CHECK_THROWS_AS(check_rates({}, 0.0), calculation_error);
}

TEST_CASE("a rate of another population than the rates beside it is named") {
    results r = two_quarters();
    indicator_result contacts = result("standard.referrals_per_10000", "Referrals", value_unit::rate);
    contacts.cells = {rate_cell(0, {}, 9645, 414126)};
    indicator_result plans = result("standard.cp_plans_per_10000", "Plans", value_unit::rate);
    plans.cells = {rate_cell(0, {}, 1580, 41415)};
    indicator_result enquiries = result("standard.section_47_per_10000", "Enquiries", value_unit::rate);
    enquiries.cells = {rate_cell(0, {}, 900, 41390)};
    r.indicators = {contacts, plans, enquiries};
    const auto found = check_sense(r, shipped_indicators());
    REQUIRE(found.size() == 1);
    CHECK(found[0].indicator == "standard.referrals_per_10000");
    CHECK(found[0].rule == "impossible_population");
    CHECK(found[0].message.find_first_of("0123456789") == std::string::npos);
    r.indicators = {plans, enquiries};
    CHECK(rules(r).empty());
}

TEST_CASE("a total ten times that of the period before was counted in another unit") {
    results r = two_quarters();
    indicator_result figure = result("a.b", "B", value_unit::number);
    const auto after = [&](std::int64_t first, std::int64_t second) {
        figure.cells = {count_cell(0, {}, first), count_cell(1, {}, second)};
        r.indicators = {figure};
        return rules(r);
    };
    CHECK(after(40, 400) == words{"unit_jump"});
    CHECK(after(400, 40) == words{"unit_jump"});
    CHECK(after(400, 42) == words{"unit_jump"});
    CHECK(after(40, 500).empty());
    CHECK(after(19, 190).empty());  // too few to tell
    CHECK(after(40, 0).empty());
    CHECK(after(40, 280).empty());
    figure.unit = value_unit::days;
    figure.measure = "mean";
    figure.cells = {count_cell(0, {}, 40), count_cell(1, {}, 280)};
    r.indicators = {figure};
    CHECK(rules(r) == words{"unit_jump"});  // days became weeks, or weeks days
}

TEST_CASE("parts that do not add up to a total that adds up are named") {
    results r = two_quarters();
    indicator_result figure = result("a.b", "B", value_unit::number);
    figure.cells = {count_cell(0, {}, 30), count_cell(0, key("sex", "F"), 12), count_cell(0, key("sex", "M"), 17)};
    r.indicators = {figure};
    CHECK(rules(r) == words{"parts_do_not_add"});
    r.indicators[0].cells.push_back(count_cell(0, key("sex", std::nullopt), 1));
    CHECK(rules(r).empty());
    r.indicators[0].cells.pop_back();
    r.indicators[0].adds_over_breakdowns = {{"sex", false}};
    CHECK(rules(r).empty());
}

TEST_CASE("a total that hides opposite movements, or moves against all its parts, is named") {
    results r = two_quarters();
    indicator_result figure = result("a.b", "B", value_unit::fraction);
    const auto movement = [&](std::int64_t f1, std::int64_t f2, std::int64_t m1, std::int64_t m2) {
        figure.cells = {share_cell(0, {}, f1 + m1, 400),         share_cell(0, key("sex", "F"), f1, 200),
                        share_cell(0, key("sex", "M"), m1, 200), share_cell(1, {}, f2 + m2, 400),
                        share_cell(1, key("sex", "F"), f2, 200), share_cell(1, key("sex", "M"), m2, 200)};
        r.indicators = {figure};
        return rules(r);
    };
    CHECK(movement(40, 100, 100, 40) == words{"hidden_movements"});
    CHECK(movement(40, 42, 40, 39).empty());
    figure.cells = {
        share_cell(0, {}, 110, 300), share_cell(0, key("sex", "F"), 100, 200), share_cell(0, key("sex", "M"), 10, 100),
        share_cell(1, {}, 60, 300),  share_cell(1, key("sex", "F"), 53, 100),  share_cell(1, key("sex", "M"), 24, 200)};
    figure.cells[3].numerator = 77;
    figure.cells[3].value = exact_ratio{77, 300};
    r.indicators = {figure};
    CHECK(rules(r) == words{"hidden_movements"});  // each part rose, the total fell
}

TEST_CASE("what was open, and started, less what ended, must be what is open") {
    results r = two_quarters();
    const auto count = [](const char* id, std::int64_t first, std::int64_t second) {
        indicator_result figure = result(id, id, value_unit::number);
        figure.cells = {count_cell(0, {}, first), count_cell(1, {}, second)};
        return figure;
    };
    r.indicators = {count("a.open", 10, 13), count("a.starts", 4, 5), count("a.ends", 1, 2)};
    CHECK(rules(r, {{"a.open", "a.starts", "a.ends"}}).empty());
    r.indicators[0] = count("a.open", 10, 12);
    CHECK(rules(r, {{"a.open", "a.starts", "a.ends"}}) == words{"does_not_balance"});
    CHECK_THROWS_WITH(check_sense(r, shipped_indicators(), {{"a.open", "a.start", "a.ends"}}),
                      Catch::Contains("did you mean 'a.starts'?"));
}

TEST_CASE("a case that holds a row of the loaded data is refused; made-up ones are not") {
    indicator_set definitions;
    indicator one;
    one.id = "a.b";
    definition_case worked;
    worked.indicator = "a.b";
    worked.title = "an example";
    worked.place = "a.indicators.json";
    worked.tables = {
        {"cp_plan", {"child_id", "start_date", "end_date"}, {{std::string("K1"), std::string("2018-03-02"), {}}}}};
    one.cases = {worked};
    definitions.indicators = {one};
    const auto with_row = [](const char* child, const char* start) {
        column_builder children("child_id", value_type::text), starts("start_date", value_type::date),
            ends("end_date", value_type::date);
        children.append_text(child);
        starts.append_day(*parse_iso_day(start));
        ends.append_day(*parse_iso_day("2019-01-01"));
        dataset data;
        data.add(table("cp_plan", {children.finish(), starts.finish(), ends.finish()}));
        return data;
    };
    CHECK_THROWS_WITH(
        refuse_cases_from_data(definitions, with_row("K1", "2018-03-02")),
        Catch::Contains("the case \"an example\" has a row of table cp_plan") && Catch::Contains("make up the child"));
    refuse_cases_from_data(definitions, with_row("K1", "2018-03-03"));
    refuse_cases_from_data(definitions, with_row("K2", "2018-03-02"));
    refuse_cases_from_data(definitions, dataset());
}
