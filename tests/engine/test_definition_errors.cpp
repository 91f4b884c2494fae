// What a definition says when it does not fit the tables.
#include "small_data.hpp"

#include <goldenthread/engine/resolve.hpp>

#include <string>
#include <vector>

using namespace small;

namespace {

std::string error_in(const std::string& where, const std::string& of = "cp_plan", const std::string& more = "", const std::string& filters = "") {
    return error_of([&] { (void)detail::resolve_measure(canonical_schema(), definition(count_at(of, where), more, filters), definition(count_at(of, where), more, filters)["test.one"], {}, {}); });
}

}  // namespace

TEST_CASE("an unknown column is shown in its place with the nearest name") {
    CHECK(error_in("on_plan and lastest_category = 'NEG' and start_date < as_at - 12 months") ==
          "test.one: unknown column 'lastest_category' in table cp_plan\n"
          "  at /measure/where\n"
          "  on_plan and lastest_category = 'NEG' and start_date < as_at - 12 months\n"
          "              ^^^^^^^^^^^^^^^^\n"
          "  did you mean 'latest_category'?");
    // The caret stands under the name, not under a longer one that holds it.
    CHECK(error_in("start_date < as_at and tart_date = as_at") ==
          "test.one: unknown column 'tart_date' in table cp_plan\n"
          "  at /measure/where\n"
          "  start_date < as_at and tart_date = as_at\n"
          "                         ^^^^^^^^^\n"
          "  did you mean 'start_date'?");
    CHECK_THAT(error_in("person.sexx = 'F'"), Catch::StartsWith("test.one: unknown column 'sexx' in table person\n") && Catch::Contains("did you mean 'sex'?"));
    CHECK_THAT(error_in("persn.sex = 'F'"), Catch::Contains("'persn' is neither a short name in use nor a reference of table cp_plan") &&
                                                Catch::Contains("did you mean 'person'?"));
    CHECK_THAT(error_in("this.start_date < as_at"), Catch::Contains("'this' has no row around it here"));
}

TEST_CASE("type errors name both types") {
    CHECK_THAT(error_in("start_date = 5"), Catch::StartsWith("test.one: a date cannot be compared with a number\n  at /measure/where\n  start_date = 5\n  ^^^^^^^^^^^^^^"));
    CHECK_THAT(error_in("start_date < 'NEG'"), Catch::StartsWith("test.one: a date cannot be compared with a text"));
    CHECK_THAT(error_in("latest_category < 'NEG'"), Catch::StartsWith("test.one: a text has no order: use = or in"));
    CHECK_THAT(error_in("start_date"), Catch::StartsWith("test.one: a true/false is expected here, not a date"));
    CHECK_THAT(error_in("start_date + 28 > as_at"), Catch::StartsWith("test.one: a date and a number cannot be added") && Catch::EndsWith("say of what: + 28 days"));
    CHECK_THAT(error_in("not latest_category"), Catch::StartsWith("test.one: a true/false is expected here, not a text"));
    CHECK_THAT(error_in("case when true then 1 else 'a' end = 1"), Catch::StartsWith("test.one: one answer is a number, this one a text"));
    CHECK_THAT(error_in("12 months = 12 months"), Catch::StartsWith("test.one: durations cannot be compared"));
    CHECK_THAT(error_in("start_date > as_at - number_of_previous_plans months"), Catch::Contains("the length of a duration is fixed by the definition or a parameter, not by data"));
    CHECK_THAT(error_in("min of (latest_category, 'NEG') = 'NEG'"), Catch::Contains("min of compares numbers or dates, not a text"));
    CHECK_THAT(error_in("age(start_date) > 3"), Catch::StartsWith("test.one: age takes 2 arguments, not 1"));
    CHECK_THAT(error_in("opne(start_date, end_date)"), Catch::StartsWith("test.one: unknown function 'opne'") && Catch::EndsWith("did you mean 'open'?"));
    CHECK_THAT(error_in("('a', 'b') = 'a'"), !Catch::StartsWith("no error"));
    CHECK_THAT(error_in("sum(latest_category of cp_plan as q by child_id) > 1"), Catch::StartsWith("test.one: a text cannot be summed or ordered"));
    CHECK_THAT(error_in("last(cp_plan as q by child_id order by as_at - q.start_date).start_date = as_at"), Catch::Contains("rows are ordered by their own columns, not by the day asked about"));
}

TEST_CASE("a number is divided by what the definition fixes, and by nothing else") {
    CHECK(error_in("number_of_previous_plans / 2 > 1") == "no error");
    CHECK(error_in("2 / number_of_previous_plans > 1") ==
          "test.one: a number is divided only by one that the definition fixes, so that it stays exact\n  at /measure/where\n"
          "  2 / number_of_previous_plans > 1\n  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
          "  multiply the other side instead: a > b * c for a / b > c; a share or a ratio of rows is a measure of its own");
    CHECK_THAT(error_in("2 / days_between(start_date, as_at) > 1"), Catch::StartsWith("test.one: a number is divided only by one that the definition fixes"));
    CHECK_THAT(error_in("2 / (:n - 2) > 1", "cp_plan", R"("parameters": {"n": {"default": 2}}, )"), Catch::StartsWith("test.one: nothing can be divided by 0"));
    CHECK_THAT(error_in("start_date > as_at - 0.5 months"), Catch::StartsWith("test.one: the length of a duration is a whole number"));
    CHECK_THAT(error_in("start_date > as_at - (3 / 2) months"), Catch::StartsWith("test.one: the length of a duration is a whole number"));
    CHECK(error_in("start_date > as_at - 2.0 months") == "no error");
    CHECK_THAT(error_in("number_of_previous_plans / 1000000007 / 1000000009 / 1000000021 > 1"),
               Catch::StartsWith("test.one: with all its decimal places and divisors, this number leaves the range of 64-bit whole numbers"));
}

TEST_CASE("unknown codes and groups suggest the nearest") {
    CHECK(error_in("latest_category = 'NGE'") ==
          "test.one: 'NGE' is not a code of cp_plan.latest_category\n  at /measure/where\n  latest_category = 'NGE'\n                    ^^^^^\n  did you mean 'NEG'?");
    CHECK_THAT(error_in("latest_category in ('NEG', 'XXXXXX')"), Catch::Contains("'XXXXXX' is not a code of cp_plan.latest_category") && Catch::Contains("known: NEG, PHY, SAB, EMO, MUL"));
    CHECK_THAT(error_in("factor in group('neglekt')", "assessment_factor"), Catch::Contains("unknown group 'neglekt' of factor") && Catch::EndsWith("did you mean 'neglect'?"));
    CHECK_THAT(error_in("start_date in group('neglect')"), Catch::Contains("group(…) needs a column with codes before 'in'"));
    CHECK_THAT(error_in("true", "cp_plans"), Catch::Contains("unknown table 'cp_plans'") && Catch::EndsWith("did you mean 'cp_plan'?"));
}

TEST_CASE("filters and parameters must not go in circles") {
    const std::string circle = R"({"name": "f", "on": "cp_plan", "is": "g"}, {"name": "g", "on": "cp_plan", "is": "not f"})";
    CHECK_THAT(error_in("f", "cp_plan", "", circle), Catch::StartsWith("test.one: filters refer to each other in a circle: f → g → f"));
    CHECK_THAT(error_in("looked_after(as_at)"), Catch::StartsWith("test.one: filter 'looked_after' takes 0 arguments, not 1"));
    CHECK_THAT(error_in("cin"), Catch::StartsWith("test.one: filter 'cin' is about rows of referral, not of cp_plan"));
    const std::string own = R"("parameters": {"p": {"default": "a", "choices": {"a": ":p"}}}, )";
    CHECK_THAT(error_in(":p", "cp_plan", own), Catch::StartsWith("test.one: parameters refer to each other in a circle: :p → :p"));
    const std::string two = R"("parameters": {"p": {"default": "a", "choices": {"a": "not :q"}}, "q": {"default": "a", "choices": {"a": ":p"}}}, )";
    CHECK_THAT(error_in(":p", "cp_plan", two), Catch::StartsWith("test.one: parameters refer to each other in a circle: :p → :q → :p"));
    const std::string in_list = R"("parameters": {"p": {"default": "a", "choices": {"a": "true in :p"}}}, )";
    CHECK_THAT(error_in(":p", "cp_plan", in_list), Catch::StartsWith("test.one: parameters refer to each other in a circle: :p"));
    CHECK_THAT(error_in("true in :p", "cp_plan", in_list), Catch::StartsWith("test.one: parameters refer to each other in a circle: :p"));
}

TEST_CASE("filters that multiply or nest without end are errors") {
    std::string doubling, nesting;
    for (int i = 0; i < 60; ++i) {
        const std::string next = i == 59 ? "true" : "d" + std::to_string(i + 1) + " and d" + std::to_string(i + 1);
        doubling += (i == 0 ? "" : ", ") + std::string(R"({"name": "d)") + std::to_string(i) + R"(", "on": "cp_plan", "is": ")" + next + R"("})";
    }
    CHECK_THAT(error_in("d0", "cp_plan", "", doubling), Catch::Contains("this has more than 200,000 parts"));
    for (int i = 0; i < 3000; ++i) {
        const std::string next = i == 2999 ? "true" : "not n" + std::to_string(i + 1);
        nesting += (i == 0 ? "" : ", ") + std::string(R"({"name": "n)") + std::to_string(i) + R"(", "on": "cp_plan", "is": ")" + next + R"("})";
    }
    CHECK_THAT(error_in("n0", "cp_plan", "", nesting), Catch::Contains("nested deeper than 1000 levels"));
}

TEST_CASE("a way to related rows that is not the only one must be said") {
    CHECK(error_in("any(assessment_factor)") ==
          "test.one: there is no way from this row to rows of assessment_factor\n  at /measure/where\n  any(assessment_factor)\n  ^^^^^^^^^^^^^^^^^^^^^^\n"
          "  say it: assessment_factor by child_id");
    CHECK(error_in("any(assessment)") == "no error");  // by the child, the one thing they share
    CHECK(error_in("any(cp_plan_category)") == "no error");
    CHECK_THAT(error_in("any(assessment_factor by child_id)"), Catch::Contains("unknown column 'child_id' in table assessment_factor"));
    CHECK_THAT(error_in("any(collapse(cp_plan by child_id gap 1 months))"), Catch::Contains("the gap of collapse is a number of days"));
    CHECK_THAT(error_in("any(gaps(cp_plan.child_id by child_id from start_date until as_at))"), Catch::Contains("gaps needs a date column; 'child_id' of cp_plan is none"));
}

TEST_CASE("parameters must be there and must be of their kind") {
    const std::string months = R"("parameters": {"months": {"default": 12}, "key": {"default": "child", "choices": {"child": ["child_id"]}}}, )";
    CHECK_THAT(error_in("start_date < as_at - :month months", "cp_plan", months),
               Catch::StartsWith("test.one: unknown parameter ':month'\n  at /measure/where\n") && Catch::EndsWith("did you mean 'months'?"));
    CHECK_THAT(error_in("start_date < as_at - :month months"), Catch::StartsWith("test.one: unknown parameter ':month'"));
    CHECK_THAT(error_in(":key = 1", "cp_plan", months), Catch::StartsWith("test.one: parameter ':key' is a key, not a value"));
    const indicator_set set = definition(count_at("cp_plan", "start_date < as_at - :months months"), months);
    const auto given = [&](const std::string& name, const std::string& value) {
        return error_of([&] { (void)detail::resolve_measure(canonical_schema(), set, set["test.one"], {}, {{name, value}}); });
    };
    CHECK(given("months", "24") == "no error");
    CHECK(given("months", "two") == "test.one: parameter 'months' needs a whole number, not 'two'\n  at /measure/where");
    CHECK(given("test.one:month", "24") == "test.one: there is no parameter 'month'\n  did you mean 'months'?");
    CHECK(given("other.one:month", "24") == "no error");  // somebody else's
}

TEST_CASE("a breakdown needs categories") {
    const indicator_set set = definition(count_at("cp_plan", "true"), R"("breakdowns": [{"name": "starts", "each": "cp_plan as q by child_id", "column": "start_date"},
        {"name": "others", "each": "cp_plan as q by child_id", "column": "other_authority"}, {"name": "sooner", "value": "start_date"}], )");
    const auto asked = [&](const std::string& name) {
        return error_of([&] { (void)detail::resolve_measure(canonical_schema(), set, set["test.one"], {{name}}, {}); });
    };
    CHECK_THAT(asked("starts"), Catch::StartsWith("test.one: a breakdown needs categories; 'starts' is a date"));
    CHECK_THAT(asked("sooner"), Catch::StartsWith("test.one: a breakdown needs categories; 'sooner' is a date"));
    CHECK_THAT(asked("number_of_previous_plans"), Catch::StartsWith("test.one: a breakdown needs categories; 'number_of_previous_plans' is a number"));
    CHECK(asked("others") == "no error");
    CHECK(asked("no_such_thing") == "no error");  // said in the notes: other indicators of the plan may know it
}

TEST_CASE("a question without periods, ids or sense is an error") {
    const indicator_set set = definition(count_at("cp_plan", "true"));
    const dataset data;
    evaluation_request request;
    CHECK(error_of([&] { (void)evaluate(set, {"test.one"}, data, request); }) == "no period was asked for");
    request.periods = {financial_year(2018)};
    CHECK(error_of([&] { (void)evaluate(set, {"test.two"}, data, request); }) == "unknown indicator 'test.two'\n  did you mean 'test.one'?");
    request.periods = {period{period_kind::custom, "back", 10, 9}};
    CHECK_THAT(error_of([&] { (void)evaluate(set, {"test.one"}, built({written("cp_plan", "child_id", {})}), request); }), Catch::StartsWith("period 'back' ends"));
}
