// Every way a plan file can be wrong, with the words the reader says.
#include <goldenthread/core/error.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include "catch.hpp"
#include "small_plan.hpp"

#include <cstddef>
#include <string>

namespace gt = goldenthread;

namespace {

/// The whole message, or "" if the text is accepted.
std::string message_of(const std::string& text) {
    try {
        static_cast<void>(gt::parse_plan(text, "little.json"));
    } catch (const gt::definition_error& problem) {
        return problem.what();
    }
    return {};
}

std::string message_with(const char* old_text, const char* new_text) {
    return message_of(small_plan_with(old_text, new_text));
}

}  // namespace

TEST_CASE("the small plan has no error") { CHECK(message_of(small_plan()).empty()); }

TEST_CASE("not JSON, not a plan, a newer plan") {
    CHECK(message_of("") == "little.json: this is not valid JSON\n  at line 1, column 1");
    CHECK(message_of("# Plan\n") == "little.json: this is not valid JSON\n  at line 1, column 1");
    CHECK(message_of("{\"format\": \"goldenthread/plan@1\",\n}") ==
          "little.json: this is not valid JSON\n  at line 2, column 1");
    CHECK(message_of("[]") == "little.json: an object is expected here\n  at /");
    CHECK(message_of("{}") == "little.json: field 'format' is missing\n  at /");
    CHECK(message_with("plan@1", "plan@2") ==
          "little.json: format 'goldenthread/plan@2' is newer than this program reads ('goldenthread/plan@1')\n"
          "  at /format\n  update goldenthread");
    CHECK(message_with("goldenthread/plan@1", "goldenthread/schema@1") ==
          "little.json: format 'goldenthread/schema@1' is not the expected 'goldenthread/plan@1'\n  at /format");
    CHECK(message_with(R"("area")", R"("title")") == "little.json: field 'title' appears twice in one object");
}

TEST_CASE("a plan cut short anywhere is refused") {
    const std::string whole = small_plan();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const std::string message = message_of(whole.substr(0, length));
        if (message.find("this is not valid JSON") == std::string::npos)
            FAIL("cut after " << length << ": " << message);
    }
}

TEST_CASE("unknown and missing fields") {
    CHECK(message_with(R"("lead")", R"("leed")") ==
          "little.json: unknown field 'leed'\n  at /objectives/0/leed\n  did you mean 'lead'?");
    CHECK(
        message_with(R"("target")", R"("targets")") ==
        "little.json: unknown field 'targets'\n  at /priorities/0/evidence_lines/0/targets\n  did you mean 'target'?");
    CHECK(message_with(R"("weak")", R"("week")") ==
          "little.json: unknown field 'week'\n  at /links/0/week\n  did you mean 'weak'?");
    CHECK(message_with(R"x("area": "Exampleshire (synthetic)",)x", "") ==
          "little.json: field 'area' is missing\n  at /");
    CHECK(message_with(R"("slug": "training", )", "") ==
          "little.json: field 'slug' is missing\n  at /priorities/0/assurance_activities/0");
    CHECK(message_with(R"("title": "A little plan")", R"("title": "  ")") ==
          "little.json: a text that is not empty is expected here\n  at /title");
    CHECK(message_with(R"("title": "A little plan")", R"("title": 3)") ==
          "little.json: a text is expected here\n  at /title");
    CHECK(message_with(R"("golden_threads": [)", R"("golden_threads": {"a": [)").find("not valid JSON") !=
          std::string::npos);
}

TEST_CASE("ids that appear twice, or are not of their kind") {
    CHECK(message_with(R"("id": "P1.E2")", R"("id": "P1.E1")") ==
          "little.json: id 'P1.E1' appears twice\n  at /priorities/0/evidence_lines/1/id\n"
          "  first used at /priorities/0/evidence_lines/0/id");
    CHECK(message_with(R"("slug": "audit")", R"("slug": "training")") ==
          "little.json: short name 'neglect.training' appears twice\n  at /priorities/0/evidence_lines/1/slug\n"
          "  first used at /priorities/0/assurance_activities/0/slug");
    CHECK(message_with(R"("id": "O1")", R"("id": "Obj1")") ==
          "little.json: 'Obj1' is no id of an objective\n  at /objectives/0/id\n  ids here are O1, O2, …");
    CHECK(message_with(R"("id": "P1.E2")", R"("id": "P2.E2")") ==
          "little.json: 'P2.E2' is no id of an evidence line in priority P1\n  at /priorities/0/evidence_lines/1/id\n"
          "  ids here are P1.E1, P1.E2, …");
    CHECK(message_with(R"("id": "T1")", R"("id": "T01")") ==
          "little.json: 'T01' is no id of a theme\n  at /themes/0/id\n  ids here are T1, T2, …");
    CHECK(message_with(R"("slug": "safe")", R"("slug": "Safe children")") ==
          "little.json: 'Safe children' is no short name\n  at /objectives/0/slug\n"
          "  use lower-case letters, digits and _, beginning with a letter");
    CHECK(message_with("neglect.toolkits_completed", "toolkits") ==
          "little.json: 'toolkits' is no indicator id\n  at /priorities/0/evidence_lines/0/indicators/0\n"
          "  an indicator id looks like neglect.toolkits_completed");
    CHECK(
        message_with(R"(["TRAINING"])", R"(["TRAINING", "TRAINING"])") ==
        "little.json: 'TRAINING' appears twice in this list\n  at /priorities/0/assurance_activities/0/record_kinds/1");
    CHECK(message_with(R"(["TRAINING"])", R"(["training"])") ==
          "little.json: 'training' is no kind of record\n  at /priorities/0/assurance_activities/0/record_kinds/0\n"
          "  a kind of record looks like SINGLE_AGENCY_AUDIT");
}

TEST_CASE("links that lead nowhere") {
    CHECK(message_with(R"("to": "P1.E1")", R"("to": "P1.E9")") ==
          "little.json: 'P1.E9' is no element of this plan\n  at /links/1/to\n  did you mean 'P1.E1'?");
    CHECK(message_with(R"("from": "standard.contacts")", R"("from": "standard.contract")") ==
          "little.json: 'standard.contract' is no element and no supporting indicator of this plan\n"
          "  at /links/2/from\n  did you mean 'standard.contacts'?");
    CHECK(message_with(R"("to": "O1")", R"("to": "standard.contacts")")
              .find("'standard.contacts' is no element of this plan\n  at /links/0/to") != std::string::npos);
    CHECK(message_with(R"("element": "P1.S1")", R"("element": "P1.S2")") ==
          "little.json: 'P1.S2' is no element of this plan\n  at /gaps/0/element\n  did you mean 'P1.S1'?");
    CHECK(message_with(R"("supporting_indicators": ["standard.contacts"])",
                       R"("supporting_indicators": ["standard.contact"])") ==
          "little.json: 'standard.contact' is no supporting indicator of this plan\n"
          "  at /gaps/0/supporting_indicators/0\n  did you mean 'standard.contacts'?");
    CHECK(message_with(R"("from": "P1", "to": "O1")", R"("from": "O1", "to": "O1")") ==
          "little.json: 'O1' is linked to itself\n  at /links/0");
    CHECK(message_with(R"("from": "standard.contacts")", R"("from": "P1")") ==
          "little.json: the link from 'P1' to 'O1' appears twice\n  at /links/2");
}

TEST_CASE("where something comes from must be said") {
    CHECK(message_with(R"("reason": "neglect is harm", )", "") ==
          "little.json: an inferred link needs a reason\n  at /links/0\n"
          "  add \"reason\", or \"provenance\": \"stated\" if the plan says it");
    CHECK(message_with(R"("provenance": "stated")", R"("provenance": "guessed")") ==
          "little.json: unknown value 'guessed'\n  at /links/1/provenance\n  known: stated, inferred");
    const std::string remedy =
        "\n  write \"unspecified\", {\"stated\": \"the plan's words\"} or {\"inferred\": \"…\", \"reason\": \"…\"}";
    CHECK(message_with(R"({"stated": "40"})", R"("40")") ==
          "little.json: it must be said where this comes from\n  at /priorities/0/evidence_lines/0/target" + remedy);
    CHECK(message_with(R"({"stated": "40"})", "40") ==
          "little.json: it must be said where this comes from\n  at /priorities/0/evidence_lines/0/target" + remedy);
    CHECK(message_with(R"({"stated": "40"})", "{}") ==
          "little.json: it must be said where this comes from\n  at /priorities/0/evidence_lines/0/target" + remedy);
    CHECK(message_with(R"({"stated": "40"})", R"({"stated": "40", "x-by": "me"})") ==
          "little.json: a value takes no fields beginning with x-\n  at /priorities/0/evidence_lines/0/target" +
              remedy);
    CHECK(message_with(R"({"stated": "40"})", R"({"inferred": "40"})") ==
          "little.json: field 'reason' is missing\n  at /priorities/0/evidence_lines/0/target");
    CHECK(message_with("2021-05-01", "2021-02-30") ==
          "little.json: '2021-02-30' is no date\n  at /priorities/0/assurance_activities/0/done_when/date\n"
          "  write a date as 2018-03-31");
}

TEST_CASE("numbers that cannot be") {
    CHECK(message_with("[2021, 2023]", "[2023, 2021]") ==
          "little.json: the last year comes before the first\n  at /years");
    CHECK(message_with("[2021, 2023]", "[2021]") ==
          "little.json: two numbers are expected here: the first and the last year\n  at /years");
    CHECK(message_with("[2021, 2023]", "[1066, 2023]") ==
          "little.json: a whole number from 1900 to 2199 is expected here, not 1066\n  at /years/0");
    CHECK(message_with("[20, 20]", "[20, 41]") ==
          "little.json: a whole number from 1 to 40 is expected here, not 41\n  at /golden_threads/0/source_lines/1");
    CHECK(message_with("[20, 20]", "[20, 20.5]") ==
          "little.json: a whole number is expected here\n  at /golden_threads/0/source_lines/1");
    CHECK(message_with(R"("kind": "quantitative",)", R"("kind": "quantitative", "measures": -1,)") ==
          "little.json: a whole number from 1 to 1000 is expected here, not -1\n"
          "  at /priorities/0/evidence_lines/0/measures");
}

TEST_CASE("a qualitative line has no figures") {
    CHECK(message_with(R"("kind": "quantitative")", R"("kind": "qualitative")") ==
          "little.json: a qualitative line has no indicators\n  at /priorities/0/evidence_lines/0/indicators\n"
          "  make its kind \"both\", or leave this out");
    CHECK(message_with(R"("kind": "qualitative")", R"("kind": "qualitative", "measures": 1)") ==
          "little.json: a qualitative line asks for no figure\n  at /priorities/0/evidence_lines/1/measures\n"
          "  make its kind \"both\", or leave this out");
    CHECK(message_with(R"("kind": "quantitative")", R"("kind": "numeric")") ==
          "little.json: unknown value 'numeric'\n  at /priorities/0/evidence_lines/0/kind\n"
          "  known: quantitative, qualitative, both");
}

TEST_CASE("a file that is not there, a plan that is not shipped") {
    CHECK_THROWS_AS(gt::load_plan("no/such/plan.json"), gt::data_error);
    CHECK_THROWS_WITH(gt::load_plan("no/such/plan.json"), "no/such/plan.json: cannot be read");
    CHECK_THROWS_WITH(gt::shipped_plan("leicester_2018"),
                      "no plan 'leicester_2018' comes with this library (there are: leicester_2018_2020)\n"
                      "  did you mean 'leicester_2018_2020'?");
}
