#include "catch.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/scorecard/target.hpp>

#include <string>

using namespace goldenthread;

namespace {

std::string file_of(const std::string& items) {
    return R"({"format": "goldenthread/targets@1", "targets": [)" + items + "]}";
}

std::string local(const std::string& more = "", const std::string& value = "\"10\"") {
    return R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": )" + value +
           R"(, "source": "the board")" + (more.empty() ? "" : ", " + more) + "}";
}

/// Message and place of the refusal.
std::string refusal(const std::string& items) {
    try {
        static_cast<void>(parse_targets(file_of(items), "targets.json"));
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "";
}

struct bad_file {
    const char* items;
    const char* message;
    const char* place;
};

}  // namespace

TEST_CASE("targets of every kind are read, and written as they were read") {
    const std::string text =
        file_of(local(R"("tolerance": "3", "from": "2018-04-01", "to": "2019-03-31", "note": "first year",
                 "polarity": {"value": "low", "provenance": "stated by DfE LAIT"})") +
                "," + local(R"("from": "2019-04-01")", "12") +
                R"(,{"indicator": "a.share", "kind": "national", "unit": "percent", "value": "9.25", "source": "DfE"},
            {"indicator": "a.share", "kind": "band", "unit": "percent", "lowest": "5", "highest": "12.5", "source": "x"},
            {"indicator": "a.count", "kind": "trajectory", "unit": "number", "period": "financial_year", "source": "x",
             "points": [{"on": "2018-03-31", "value": "40"}, {"on": "2020-03-31", "value": "20"}]},
            {"indicator": "a.rate", "kind": "local", "unit": "per 10000", "value": 60, "source": "x"})");
    const std::vector<target> read = parse_targets(text, "targets.json");
    REQUIRE(read.size() == 6);
    CHECK(read[0].tolerance->mantissa == 3);
    CHECK(to_iso(*read[0].to) == "2019-03-31");
    CHECK(read[0].polarity_provenance == "stated by DfE LAIT");
    CHECK(read[1].value.text == "12");
    CHECK((read[2].value == target_amount{925, 2, "9.25"}));
    CHECK(read[4].of_periods == period_kind::financial_year);
    CHECK(to_iso(*read[4].from) == "2018-03-31");
    CHECK(parse_targets(to_json(read), "again.json") == read);
}

TEST_CASE("a wrong file is refused with place and remedy") {
    const bad_file files[] = {
        {R"({"indicator": "a.share", "kind": "locl", "unit": "percent", "value": "1", "source": "x"})",
         "did you mean 'local'?", "/targets/0/kind"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "precent", "value": "1", "source": "x"})",
         "did you mean 'percent'?", "/targets/0/unit"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "per 0", "value": "1", "source": "x"})", "is no unit",
         "/targets/0/unit"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "valu": "1", "source": "x"})",
         "did you mean 'value'?", "/targets/0/valu"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": 12.5, "source": "x"})",
         "write a text of digits such as \"12.5\"", "/targets/0/value"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": "-1", "source": "x"})",
         "is not an amount", "/targets/0/value"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": "1.", "source": "x"})",
         "is not an amount", "/targets/0/value"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": "1.23456", "source": "x"})",
         "at most 9 digits before and 4 after", "/targets/0/value"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": "10 %", "source": "x"})",
         "is not an amount", "/targets/0/value"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": "1", "source": " "})", "",
         "/targets/0/source"},
        {R"({"indicator": "a.share", "kind": "local", "unit": "percent", "value": "1"})", "'source' is missing",
         "/targets/0"},
        {R"({"indicator": "a.share", "kind": "band", "unit": "percent", "lowest": "9.5", "highest": "9.25", "source": "x"})",
         "above its highest", "/targets/0/lowest"},
        {R"({"indicator": "a.share", "kind": "band", "unit": "percent", "lowest": "1", "highest": "2", "source": "x",
             "polarity": {"value": "low", "provenance": "inferred"}})",
         "a band is met inside it", "/targets/0/polarity/value"},
        {R"({"indicator": "a.share", "kind": "trajectory", "unit": "percent", "source": "x",
             "points": [{"on": "2019-03-31", "value": "1"}]})",
         "at least two points", "/targets/0/points"},
        {R"({"indicator": "a.share", "kind": "trajectory", "unit": "percent", "source": "x",
             "points": [{"on": "2019-03-31", "value": "1"}, {"on": "2019-03-31", "value": "2"}]})",
         "does not lie after the point before", "/targets/0/points/1/on"},
        {R"({"indicator": "a.share", "kind": "trajectory", "unit": "percent", "source": "x", "from": "2019-04-01",
             "points": [{"on": "2019-03-31", "value": "1"}, {"on": "2020-03-31", "value": "2"}]})",
         "unknown field 'from'", "/targets/0/from"},
    };
    for (const bad_file& each : files) {
        INFO(each.items);
        const std::string said = refusal(each.items);
        CHECK_THAT(said, Catch::Contains("targets.json") && Catch::Contains(each.message) &&
                             Catch::Contains(std::string("at ") + each.place));
    }
    CHECK_THAT(refusal(local(R"("from": "2019-02-30")")), Catch::Contains("'2019-02-30' is not a date"));
    CHECK_THAT(refusal(local(R"("from": "2019-04-01", "to": "2019-03-31")")), Catch::Contains("before it begins"));
    CHECK_THAT(refusal(local(R"("period": "financial_yaer")")), Catch::Contains("did you mean 'financial_year'?"));
    CHECK_THAT(refusal(local(R"("polarity": {"value": "lower", "provenance": "inferred"})")),
               Catch::Contains("did you mean 'low'?"));
    CHECK_THAT(refusal(local(R"("polarity": {"value": "low", "provenance": "the chair"})")),
               Catch::Contains("'stated by …'"));
    CHECK_THAT(refusal(local(R"("polarity": {"value": "low", "provenance": "unspecified"})")),
               Catch::Contains("leave polarity out"));
    CHECK_THAT(
        [] {
            try {
                static_cast<void>(parse_targets(R"({"format": "goldenthread/targets@2", "targets": []})", "t.json"));
            } catch (const definition_error& problem) {
                return std::string(problem.what());
            }
            return std::string();
        }(),
        Catch::Contains("t.json"));
}

TEST_CASE("two targets of one kind may not be in force on one day") {
    CHECK_THAT(refusal(local() + "," + local(R"("from": "2019-04-01")")),
               Catch::Contains("two local targets are in force on the same days") && Catch::Contains("/targets/1") &&
                   Catch::Contains("/targets/0") && Catch::Contains("end the earlier one"));
    CHECK(refusal(local(R"("to": "2019-03-31")") + "," + local(R"("from": "2019-04-01")")).empty());
    CHECK_FALSE(refusal(local(R"("to": "2019-04-01")") + "," + local(R"("from": "2019-04-01")")).empty());
    CHECK(refusal(local(R"("period": "financial_year")") + "," + local(R"("period": "financial_quarter")")).empty());
    CHECK_FALSE(refusal(local(R"("period": "financial_year")") + "," + local()).empty());
}

TEST_CASE("a target is in force for the periods whose last day it holds on") {
    target t;
    t.from = to_day(2018, 4, 1);
    t.to = to_day(2019, 3, 31);
    CHECK(in_force(t, financial_year(2018)));
    CHECK_FALSE(in_force(t, financial_year(2017)));
    CHECK_FALSE(in_force(t, financial_year(2019)));
    t.of_periods = period_kind::financial_quarter;
    CHECK_FALSE(in_force(t, financial_year(2018)));
}

TEST_CASE("a target of an unknown indicator is a slip") {
    target t;
    t.indicator = "neglect.cp_plns";
    t.place = "targets.json at /targets/3";
    try {
        check_targets({t}, {"neglect.cp_plans"});
        FAIL("not refused");
    } catch (const definition_error& problem) {
        CHECK_THAT(problem.what(),
                   Catch::Contains("/targets/3") && Catch::Contains("did you mean 'neglect.cp_plans'?"));
    }
}
