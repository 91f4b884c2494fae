// Approvals are of a meaning: they lapse when it changes, and fall due by a given day, never by the clock.
#include "catch.hpp"

#include <goldenthread/definitions/approval.hpp>

#include <string>
#include <vector>

using namespace goldenthread;

namespace {

const std::string meaning(64, 'a'), other_meaning(64, 'b');

approval of(const std::string& hash, const char* date, const char* review = nullptr) {
    approval a{"neglect.toolkits_completed", hash,        "A. Chair", "chair of the board",
               *parse_iso_day(date),         std::nullopt};
    if (review != nullptr) a.review_date = parse_iso_day(review);
    return a;
}

approval_status status(const std::vector<approval>& approvals, const char* judged_on = "2020-03-31") {
    return status_of(approvals, "neglect.toolkits_completed", meaning, parse_iso_day(judged_on));
}

std::string refusal(const std::string& text) {
    try {
        static_cast<void>(parse_approvals(text, "approvals.json"));
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "nothing was refused";
}

std::string file_with(const std::string& field, const std::string& value) {
    std::string text =
        R"({"format": "goldenthread/approvals@1", "approvals": [{"indicator": "neglect.toolkits_completed",
        "definition_hash": ")" +
        meaning + R"(", "person": "A. Chair", "role": "chair", "date": "2019-05-01", "review_date": "2020-05-01"}]})";
    const std::size_t at = text.find("\"" + field + "\": \"");
    const std::size_t from = at + field.size() + 5, to = text.find('"', from);
    return text.replace(from, to - from, value);
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("nobody, somebody, another meaning, a review that has passed") {
    CHECK(to_text(status({})) == "definition not approved");
    CHECK(to_text(status({of(meaning, "2019-05-01")})) ==
          "definition approved by A. Chair (chair of the board) on 2019-05-01");
    CHECK(to_text(status({of(meaning, "2019-05-01", "2020-03-31")})) ==
          "definition approved by A. Chair (chair of the board) on 2019-05-01, review by 2020-03-31");
    CHECK(to_text(status({of(meaning, "2019-05-01", "2020-03-30")})) ==
          "definition approved by A. Chair (chair of the board) on 2019-05-01, review was due on 2020-03-30");
    CHECK(to_text(status({of(other_meaning, "2019-05-01")})) ==
          "approval lapsed: the definition changed since A. Chair (chair of the board) on 2019-05-01 approved it");
    CHECK(status_of({of(meaning, "2019-05-01", "2020-03-30")}, "neglect.toolkits_completed", meaning, std::nullopt)
              .state == approval_state::approved);
    CHECK(status_of({of(meaning, "2019-05-01")}, "neglect.cp_plan_second_time", meaning, std::nullopt).state ==
          approval_state::not_approved);
}

TEST_CASE("the latest approval of this very meaning counts, whatever stands around it") {
    const std::vector<approval> several = {of(meaning, "2019-05-01", "2020-01-01"), of(other_meaning, "2020-02-01"),
                                           of(meaning, "2020-01-15", "2021-01-15")};
    CHECK(status(several).state == approval_state::approved);
    CHECK(status(several).approval->date == *parse_iso_day("2020-01-15"));
    CHECK(status({several[2], several[1], several[0]}).approval->date == *parse_iso_day("2020-01-15"));
    CHECK(status({of(other_meaning, "2018-05-01"), of(std::string(64, 'c'), "2019-05-01")}).approval->date ==
          *parse_iso_day("2019-05-01"));
}

TEST_CASE("what is written is read back") {
    const std::vector<approval> both = {of(meaning, "2019-05-01"), of(other_meaning, "2020-05-01", "2021-05-01")};
    CHECK(parse_approvals(to_json(both), "approvals.json") == both);
    CHECK(parse_approvals(to_json(std::vector<approval>{}), "approvals.json").empty());
}

TEST_CASE("a file that is wrong is refused with its place") {
    CHECK(contains(refusal(file_with("definition_hash", "abc")), "'abc' is not the hash of a definition"));
    CHECK(contains(refusal(file_with("definition_hash", "abc")), "/approvals/0/definition_hash"));
    CHECK(contains(refusal(file_with("person", " ")), "an approval needs a person"));
    CHECK(contains(refusal(file_with("role", "")), "an approval needs a role"));
    CHECK(contains(refusal(file_with("date", "2019-02-30")), "'2019-02-30' is not a date"));
    CHECK(contains(refusal(file_with("review_date", "2019-05-01")), "the review is not after the approval"));
    CHECK(contains(refusal(file_with("format", "goldenthread/approvals@2")), "approvals.json"));
    CHECK(contains(refusal(R"({"format": "goldenthread/approvals@1", "approvals": [{"indicator": "a.b"}]})"),
                   "/approvals/0"));
    CHECK(contains(refusal(R"({"format": "goldenthread/approvals@1", "approvals": [], "more": 1})"), "more"));
    CHECK(contains(refusal("{"), "approvals.json"));
}

TEST_CASE("an approval of an indicator that is not there is a slip") {
    CHECK_NOTHROW(check_approvals({of(meaning, "2019-05-01")}, {"neglect.toolkits_completed"}));
    try {
        check_approvals({of(meaning, "2019-05-01")}, {"neglect.toolkit_completed"});
        FAIL("nothing was refused");
    } catch (const definition_error& problem) {
        CHECK(contains(problem.what(), "did you mean 'neglect.toolkit_completed'?"));
    }
}
