// Slots of a measure that do not go together are refused where the file is read.
#include "catch.hpp"

#include <goldenthread/definitions/indicator.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace goldenthread;

namespace {

std::string error_of(const std::string& measure) {
    indicator_set set;
    try {
        parse_indicators(set, R"({"format": "goldenthread/indicators@1", "indicators": [{"id": "a.b", "title": "T", "measure": )" + measure + "}]}", "f.json");
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "no error";
}

std::string of(const std::string& kind, const std::string& timing, const std::string& more = "") {
    return R"({"kind": ")" + kind + R"(", "timing": ")" + timing + R"(", "of": "cp_plan", "where": "true")" + more + "}";
}

const std::string steps = R"(, "day": "start_date", "steps": [{"of": "referral by child_id", "day": "referral_date", "within": "12 months"}])";
const std::string events = R"(, "distinct": ["child_id"], "events": {"of": "missing_episode", "date": "start_date"})";
const std::string value = R"(, "value": "1")";

std::string ratio(const std::string& upper, const std::string& lower, const std::string& more = "") {
    return R"({"kind": "ratio", "numerator": )" + upper + R"(, "denominator": )" + lower + more + "}";
}

}  // namespace

TEST_CASE("each kind is read with the slots it needs") {
    for (const std::string& good : {of("quantile", "at", value + R"(, "p": "0.9")"), of("quantile", "at", value + R"(, "p": ":share", "method": "hazen")"),
                                    of("person-days", "over"), of("share", "over", R"(, "numerator": "true")"), ratio(of("count", "in"), of("person-days", "over")),
                                    of("conversion", "in", steps), of("conversion", "in", steps + R"(, "statistic": "quantile", "p": "0.5")"),
                                    of("incidence", "over", events + R"(, "clean_window": "30 days")"), of("incidence", "over", events + R"(, "first_event_only": true)"),
                                    of("repeat", "in", R"(, "day": "start_date", "key": ["child_id"], "within": "12 months")"),
                                    of("share", "at", R"(, "numerator": "true", "profile": {"breakdowns": ["sex"], "measure": )" + of("sum", "at", value) + "}")}) {
        INFO(good);
        CHECK(error_of(good) == "no error");
    }
}

TEST_CASE("windows without an end are refused") {
    CHECK(error_of(of("conversion", "in", R"(, "day": "start_date", "steps": [{"of": "referral by child_id", "day": "referral_date"}])")) ==
          "f.json: a step without an end would make every base wait for ever\n  at /indicators/0/measure/steps/0\n  say how long after the base it counts: \"within\": \"12 months\"");
    CHECK(error_of(of("repeat", "in", R"(, "day": "start_date", "key": ["child_id"])")) ==
          "f.json: a repeat without a window would look back without end\n  at /indicators/0/measure\n  say how far: \"within\": \"12 months\"");
    CHECK(error_of(of("incidence", "over", events)) ==
          "f.json: an incidence says when somebody is at risk again after an event\n  at /indicators/0/measure\n  write \"clean_window\": \"30 days\", or \"first_event_only\": true");
}

TEST_CASE("stocks are not added over days, shares and averages not divided again") {
    for (const char* kind : {"count", "distinct", "rate"}) {
        CHECK_THAT(error_of(of(kind, "over", R"(, "distinct": ["child_id"])")), Catch::StartsWith("f.json: what stands on each day is not added over the days of a period\n  at /indicators/0/measure/timing"));
    }
    CHECK_THAT(error_of(of("sum", "over", value)), Catch::StartsWith("f.json: what stands on each day is not added"));
    CHECK_THAT(error_of(ratio(of("share", "at", R"(, "numerator": "true")"), of("count", "at"))),
               Catch::StartsWith("f.json: a ratio divides counts, sums or person-days, not a share: shares and averages are not divided or averaged again\n  at /indicators/0/measure/numerator/kind"));
    CHECK_THAT(error_of(ratio(of("count", "at"), of("mean", "at", value))), Catch::Contains("not a mean"));
    CHECK_THAT(error_of(of("share", "at", R"(, "numerator": "true", "profile": {"breakdowns": ["sex"], "measure": )" + of("median", "at", value) + "}")),
               Catch::StartsWith("f.json: a profile shows counts, sums or person-days, not a median"));
}

TEST_CASE("slots that make no sense together are refused, each with a reason") {
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {of("person-days", "at"), "person-days is about every day of the period"},
        {of("incidence", "in", events + R"(, "clean_window": "1 days")"), "an incidence is about every day of the period"},
        {of("conversion", "at", steps), "a conversion is about what happened in the period"},
        {of("conversion", "in", steps + R"(, "distinct": ["child_id"])"), "each row counts by itself in a conversion"},
        {of("sum", "at", value + R"(, "distinct": ["child_id"])"), "values are summed or averaged over rows, not over different keys"},
        {of("person-days", "over", value), "only a sum, a mean, a median or a quantile has a 'value'"},
        {of("mean", "at"), "a sum, a mean, a median or a quantile needs a 'value'"},
        {of("quantile", "at", value), "a quantile needs a 'p'"},
        {of("mean", "at", value + R"(, "p": "0.5")"), "only a quantile has a 'p'"},
        {of("quantile", "at", value + R"(, "p": "90")"), "'90' is not a share from 0 to 1"},
        {of("quantile", "at", value + R"(, "p": "0.9", "method": 10)"), "unknown method '10'"},
        {of("count", "at", R"(, "numerator": "true")"), "only a share has a 'numerator'"},
        {of("count", "at", R"(, "per": 100)"), "only a rate, a ratio or an incidence has a 'per'"},
        {of("count", "at", R"(, "annualise": "true")"), "only a rate has a 'annualise'"},
        {of("count", "in", R"(, "within": "12 months")"), "only a repeat has a 'within'"},
        {of("share", "over", R"(, "numerator": "true", "follow_up": {"referral": "1 months"})"), "a day has no follow-up"},
        {of("incidence", "over", R"(, "events": {"of": "missing_episode", "date": "start_date"}, "clean_window": "1 days")"), "an incidence needs the key of those at risk: 'distinct'"},
        {of("incidence", "over", events + R"(, "clean_window": "1 days", "first_event_only": true)"), "after the first event nobody is at risk: there is no window"},
        {of("conversion", "in", R"(, "day": "start_date", "steps": [])"), "a conversion needs at least one step"},
        {of("conversion", "in", steps + R"(, "statistic": "mode")"), "unknown statistic 'mode'"},
        {of("conversion", "in", steps + R"(, "p": "0.5")"), "only a quantile has a 'p' and a 'method'"},
        {ratio(of("count", "at"), of("count", "at"), R"(, "per": 0)"), "a ratio is per a number above zero"},
        {ratio(of("count", "at"), of("count", "at"), R"(, "where": "true")"), "unknown field 'where'"},
    };
    for (const auto& [measure, message] : wrong) {
        INFO(measure);
        CHECK_THAT(error_of(measure), Catch::StartsWith("f.json: " + message));
    }
}
