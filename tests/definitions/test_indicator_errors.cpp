// A definition file that is wrong says where and what would mend it.
#include "catch.hpp"

#include <goldenthread/definitions/indicator.hpp>

#include <string>

using namespace goldenthread;

namespace {

std::string error_of(const std::string& json) {
    indicator_set set;
    try {
        parse_indicators(set, json, "f.json");
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "no error";
}

std::string file_of(const std::string& indicators, const std::string& filters = "") {
    return R"({"format": "goldenthread/indicators@1", "filters": [)" + filters + R"(], "indicators": [)" + indicators + "]}";
}

std::string with(const std::string& more, const std::string& measure = R"({"kind": "count", "of": "cp_plan", "timing": "at", "where": "true"})") {
    return file_of(R"({"id": "a.b", "title": "T", )" + more + R"("measure": )" + measure + "}");
}

std::string with_measure(const std::string& measure) { return with("", measure); }

}  // namespace

TEST_CASE("a definition file says what is wrong with it") {
    CHECK(error_of(with("")) == "no error");
    CHECK(error_of(with(R"("x-note": 1, )")) == "no error");
    CHECK(error_of(with(R"("titel": "T", )")) == "f.json: unknown field 'titel'\n  at /indicators/0/titel\n  did you mean 'title'?");
    CHECK(error_of(file_of(R"({"id": "a.b", "title": "T"})")) == "f.json: field 'measure' is missing\n  at /indicators/0");
    CHECK(error_of(with_measure(R"({"kind": "count", "timing": "at", "where": "true"})")) == "f.json: field 'of' is missing\n  at /indicators/0/measure");
    CHECK(error_of(with_measure(R"({"kind": "count", "of": "cp_plan", "timing": "at"})")) == "f.json: field 'where' is missing\n  at /indicators/0/measure");
    CHECK(error_of(with_measure(R"({"kind": "share", "of": "cp_plan", "timing": "at", "where": "true"})")) ==
          "f.json: a share needs a 'numerator'\n  at /indicators/0/measure");
    CHECK(error_of(with_measure(R"({"kind": "count", "of": "cp_plan", "timing": "at", "where": "true", "numerator": "true"})")) ==
          "f.json: only a share has a 'numerator'\n  at /indicators/0/measure");
    CHECK(error_of(with_measure(R"({"kind": "distinct", "of": "cp_plan", "timing": "at", "where": "true"})")) ==
          "f.json: distinct needs the columns it counts: 'distinct'\n  at /indicators/0/measure");
    CHECK(error_of(with_measure(R"({"kind": "cuont", "of": "cp_plan", "timing": "at", "where": "true"})")) ==
          "f.json: unknown value 'cuont'\n  at /indicators/0/measure/kind\n  did you mean 'count'?");
    CHECK(error_of(with_measure(R"({"kind": "count", "of": "cp_plan", "timing": "on", "where": "true"})")).find("f.json: unknown value 'on'\n  at /indicators/0/measure/timing") == 0);
    CHECK(error_of(with_measure(R"({"kind": "count", "of": "cp_plan", "timing": "at", "where": 1})")) ==
          "f.json: a text is expected here\n  at /indicators/0/measure/where");
    CHECK(error_of(with_measure(R"({"kind": "rate", "of": "cp_plan", "timing": "at", "where": "true", "per": 0})")) ==
          "f.json: a rate is per a number above zero\n  at /indicators/0/measure/per");
    CHECK(error_of(with_measure(R"({"kind": "rate", "of": "cp_plan", "timing": "at", "where": "true", "population": {"ages": [17, 0]}})")) ==
          "f.json: the youngest age is above the oldest\n  at /indicators/0/measure/population/ages");
    CHECK(error_of(with_measure(R"({"kind": "count", "of": "cp_plan", "timing": "at", "where": "a = = b"})")) ==
          "f.json: a value is expected here\n  at /indicators/0/measure/where\n  a = = b\n      ^");
}

TEST_CASE("names stand once and are written as they must be") {
    const std::string one = R"({"id": "a.b", "title": "T", "measure": {"kind": "count", "of": "cp_plan", "timing": "at", "where": "true"}})";
    CHECK(error_of(file_of(one + "," + one)) == "f.json: indicator 'a.b' is defined twice\n  at /indicators/1/id\n  the other is at f.json/indicators/0");
    const std::string filter = R"({"name": "f", "on": "cp_plan", "is": "true"})";
    CHECK(error_of(file_of("", filter + "," + filter)) == "f.json: filter 'f' is defined twice\n  at /filters/1/name\n  the other is at f.json/filters/0");
    CHECK(error_of(file_of(R"({"id": "Neglect", "title": "T", "measure": {}})")) ==
          "f.json: 'Neglect' is not an indicator id\n  at /indicators/0/id\n  write topic.name in lower case: neglect.toolkits_completed");
    CHECK(error_of(R"({"format": "goldenthread/indicators@1", "indicators": [], "indicators": []})").find("field 'indicators' appears twice in one object") != std::string::npos);
    CHECK(error_of(R"({"format": "goldenthread/indicators@2"})").find("f.json: ") == 0);
    CHECK(error_of(R"({"format": "goldenthread/plan@1"})") != "no error");
    CHECK(error_of("{") != "no error");
    CHECK(error_of("[]") != "no error");
}

TEST_CASE("parameters and conventions have the choices they declare") {
    CHECK(error_of(with(R"("parameters": {"p": {"default": "c", "choices": {"a": "true", "b": "false"}}}, )")) ==
          "f.json: parameter 'p' has no choice 'c'\n  at /indicators/0/parameters/p/default\n  choose one of: a, b");
    CHECK(error_of(with(R"("parameters": {"p": {"default": {}}}, )")).find(
              "f.json: a parameter's value is a text, a number, true or false, or a list of these\n  at /indicators/0/parameters/p/default") == 0);
    CHECK(error_of(with(R"("parameters": {"p": {"default": []}}, )")) == "f.json: a list needs at least one item\n  at /indicators/0/parameters/p/default");
    CHECK(error_of(with(R"("conventions": {"month_add": "boost"}, )")) ==
          "f.json: unknown convention 'boost'\n  at /indicators/0/conventions/month_add\n  choose one of: clamp, roll_forward, end_of_month_snap");
    CHECK(error_of(with(R"("conventions": {"working_days": {"calendar": "scotland"}}, )")) ==
          "f.json: unknown calendar 'scotland'\n  at /indicators/0/conventions/working_days/calendar\n  known: england_and_wales");
    CHECK(error_of(with(R"("conventions": {"working_days": {"calendar": "england_and_wales", "added": ["2021-12-25"]}}, )")) ==
          "f.json: 2021-12-25 is a day off already\n  at /indicators/0/conventions/working_days\n  leave it out of 'added'");
    CHECK(error_of(with(R"("conventions": {"working_days": {"calendar": "england_and_wales", "restored": ["25 December"]}}, )")) ==
          "f.json: '25 December' is not a date\n  at /indicators/0/conventions/working_days/restored/0\n  write 2019-03-31");
    CHECK(error_of(with(R"("polarity": {"value": "up", "provenance": "inferred"}, )")).find("f.json: unknown polarity 'up'") == 0);
}

TEST_CASE("parameters are bound by their type") {
    indicator_set set;
    parse_indicators(set, with(R"("parameters": {"months": {"default": 18}, "flag": {"default": true}, "codes": {"default": ["A", "B"]},
        "unit": {"default": "child", "choices": {"child": ["child_id"], "family": ["family_id"]}}}, )"), "f.json");
    const std::vector<parameter>& p = set["a.b"].parameters;
    const auto message = [](const parameter& which, const std::string& text) {
        try {
            (void)bind_parameter(which, text);
        } catch (const definition_error& problem) {
            return std::string(problem.what());
        }
        return std::string("no error");
    };
    CHECK(bind_parameter(p[0], "-24").value->number == -24);
    CHECK(message(p[0], "24 months") == "parameter 'months' needs a whole number, not '24 months'");
    CHECK(message(p[0], "") == "parameter 'months' needs a whole number, not ''");
    CHECK(message(p[0], "99999999999999999999") == "parameter 'months' needs a whole number, not '99999999999999999999'");
    CHECK(message(p[1], "yes") == "parameter 'flag' needs true or false, not 'yes'");
    CHECK(bind_parameter(p[2], " A , C").value->children.size() == 2);
    CHECK(message(p[2], "A,,C") == "parameter 'codes' needs a list joined by commas, without empty items, not 'A,,C'");
    CHECK(bind_parameter(p[3], "family").columns == std::vector<std::string>{"family_id"});
    CHECK(message(p[3], "famly") == "parameter 'unit' has no choice 'famly'\n  choose one of: child, family");
}

TEST_CASE("cases are read strictly") {
    const auto case_error = [](const std::string& one) {
        try {
            (void)parse_cases(R"({"indicator": "a.b", "cases": [)" + one + "]}", "c.json");
        } catch (const definition_error& problem) {
            return std::string(problem.what());
        }
        return std::string("no error");
    };
    CHECK(case_error(R"({"title": "t", "tables": {}, "period": "2018-19", "expect": 0})") == "no error");
    CHECK(case_error(R"({"title": "t", "tables": {"x": {"columns": ["a", "b"], "rows": [["1"]]}}, "period": "2018-19", "expect": 0})") ==
          "c.json: this row has 1 values for 2 columns\n  at /cases/0/tables/x/rows/0");
    CHECK(case_error(R"({"title": "t", "tables": {}, "period": "2018", "expect": 0})").find("c.json: '2018' is not a period\n  at /cases/0/period\n  write a financial year as") == 0);
    CHECK(case_error(R"({"title": "t", "tables": {}, "period": {"first": "2019-01-02", "last": "2019-01-01"}, "expect": 0})") ==
          "c.json: the period ends before it begins\n  at /cases/0/period");
    CHECK(case_error(R"({"title": "t", "tables": {}, "period": "2018-19", "expect": {"values": 0}})") ==
          "c.json: unknown field 'values'\n  at /cases/0/expect/values\n  did you mean 'value'?");
    CHECK(case_error(R"({"title": "t", "tables": {}, "period": "2018-19"})") == "c.json: field 'expect' is missing\n  at /cases/0");
}

TEST_CASE("the shipped indicators are read and know one another") {
    const indicator_set& shipped = shipped_indicators();
    CHECK(shipped.indicators.size() >= 12);
    CHECK(shipped.find_filter("on_plan") != nullptr);
    try {
        (void)shipped["neglect.cp_plan_over_12_month"];
        FAIL("an unknown id was found");
    } catch (const definition_error& problem) {
        CHECK(std::string(problem.what()) == "unknown indicator 'neglect.cp_plan_over_12_month'\n  did you mean 'neglect.cp_plan_over_12_months'?");
    }
    for (const indicator& i : shipped.indicators) {
        INFO(i.id);
        CHECK(parse_expression(to_text(i.measure.where)).same_as(i.measure.where));
        CHECK_FALSE(i.cases.empty());
    }
}
