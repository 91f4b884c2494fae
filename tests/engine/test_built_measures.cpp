// Measures written with operators mean what the same measures mean in a file.
#include "catch.hpp"

#include <goldenthread/definitions/build_measure.hpp>
#include <goldenthread/engine/definition_hash.hpp>
#include <goldenthread/engine/resolve.hpp>

#include <string>
#include <utility>
#include <vector>

namespace gt = goldenthread;

namespace {

const gt::table_columns cp_plan = gt::columns_of("cp_plan");
const gt::table_columns incident = gt::columns_of("domestic_abuse_incident");
const gt::expression open_plan = gt::open(cp_plan["start_date"], cp_plan["end_date"]);

std::string hash_of(const gt::indicator& definition) {
    const gt::indicator_set shared;
    return gt::detail::hash_of_definition(gt::detail::resolve_measure(gt::canonical_schema(), shared, definition, {}, {}));
}

std::string hash_of_file(const std::string& measure, const std::string& more = "") {
    gt::indicator_set set;
    gt::parse_indicators(set, R"j({"format": "goldenthread/indicators@1", "indicators": [{"id": "own.measure", "title": "T", )j" + more + R"j("measure": )j" + measure + "}]}", "f.json");
    return hash_of(set.indicators.front());
}

std::string error_of(const gt::indicator& definition) {
    try {
        return hash_of(definition);
    } catch (const gt::definition_error& problem) {
        return problem.what();
    }
}

}  // namespace

TEST_CASE("built measures: every kind has the meaning of its file") {
    const gt::measure_builder open_plans = gt::person_days(cp_plan["child_id"]).where(open_plan);
    const gt::related_source referrals = gt::rows("referral").as("r").by("child_id");
    const std::string days = R"j({"kind": "person-days", "timing": "over", "of": "cp_plan", "where": "open(start_date, end_date)", "distinct": ["child_id"]})j";
    const std::string count = R"j({"kind": "count", "timing": "in", "of": "cp_plan", "where": "during(start_date)"})j";
    const gt::measure_builder began = gt::count(cp_plan).in_period().where(gt::during(cp_plan["start_date"]));

    CHECK(hash_of(gt::quantile(gt::days_between(cp_plan["start_date"], gt::as_at), "0.9", cp_plan).at_end_of_period().where(open_plan).by_method("hazen")) ==
          hash_of_file(R"j({"kind": "quantile", "timing": "at", "of": "cp_plan", "where": "open(start_date, end_date)", "value": "days_between(start_date, as_at)", "p": "0.9", "method": "hazen"})j"));
    CHECK(hash_of(open_plans) == hash_of_file(days));
    CHECK(hash_of(gt::ratio(began, open_plans).per(36525)) == hash_of_file(R"j({"kind": "ratio", "per": 36525, "numerator": )j" + count + R"j(, "denominator": )j" + days + "}"));
    CHECK(hash_of(gt::distinct(cp_plan["child_id"]).where(open_plan).incidence_of(gt::rows("missing_episode"), "start_date").clean_window(gt::days(30))) ==
          hash_of_file(R"j({"kind": "incidence", "timing": "over", "of": "cp_plan", "where": "open(start_date, end_date)", "distinct": ["child_id"],
                           "events": {"of": "missing_episode", "date": "start_date"}, "clean_window": "30 days"})j"));
    CHECK(hash_of(gt::conversion(cp_plan["end_date"], cp_plan)
                      .where(gt::happened(cp_plan["end_date"]))
                      .step(referrals.where(referrals["referral_nfa"] == false), referrals["referral_date"], gt::months(12))
                      .exit_by(gt::rows("looked_after_episode").by("child_id"), gt::column_named("start_date"))
                      .median_time()) ==
          hash_of_file(R"j({"kind": "conversion", "timing": "in", "of": "cp_plan", "where": "happened(end_date)", "day": "end_date", "statistic": "median",
                           "steps": [{"of": "referral as r by child_id", "where": "r.referral_nfa = false", "day": "r.referral_date", "within": "12 months"}],
                           "exits": [{"of": "looked_after_episode by child_id", "day": "start_date"}]})j"));
    CHECK(hash_of(gt::repeat(incident["incident_date"], {"victim_id"}, gt::months(12), incident).where(gt::during(incident["incident_date"])).after_earlier(gt::column_named("child_present"))) ==
          hash_of_file(R"j({"kind": "repeat", "timing": "in", "of": "domestic_abuse_incident", "where": "during(incident_date)", "day": "incident_date",
                           "key": ["victim_id"], "within": "12 months", "earlier": "child_present"})j"));
    CHECK(hash_of(gt::count(cp_plan).at_end_of_period().where(open_plan).profiled_by({"sex"}, open_plans)) ==
          hash_of_file(R"j({"kind": "profile", "timing": "at", "of": "cp_plan", "where": "open(start_date, end_date)", "profile": {"breakdowns": ["sex"], "measure": )j" + days + "}}"));
    CHECK(hash_of(open_plans.share_of(cp_plan["latest_category"] == "NEG")) ==
          hash_of_file(R"j({"kind": "share", "timing": "over", "of": "cp_plan", "where": "open(start_date, end_date)", "distinct": ["child_id"], "numerator": "latest_category = 'NEG'"})j"));
}

TEST_CASE("built measures: what a file may not mix, a program may not either") {
    const gt::measure_builder plans = gt::count(cp_plan).where(open_plan);
    const std::vector<std::pair<gt::indicator, std::string>> wrong = {
        {plans.over_period(), "own.measure: what stands on each day is not added over the days of a period\n  at /measure/timing"},
        {gt::sum(1, cp_plan).share_of(open_plan), "own.measure: only a sum, a mean, a median or a quantile has a 'value'"},
        {gt::ratio(plans.share_of(open_plan), plans), "own.measure: a ratio divides counts, sums or person-days, not a share"},
        {gt::conversion(cp_plan["end_date"], cp_plan), "own.measure: a conversion needs at least one step\n  at /measure/steps"},
        {gt::person_days(cp_plan).at_end_of_period(), "own.measure: person-days is about every day of the period\n  at /measure/timing"},
        {gt::distinct(cp_plan["child_id"]).incidence_of(gt::rows("missing_episode"), "start_date"), "own.measure: an incidence says when somebody is at risk again"},
        {plans.step(gt::rows("referral").by("child_id"), gt::column_named("referral_date"), gt::months(1)), "own.measure: only a conversion has a 'steps'"},
        {gt::quantile(1, "90", cp_plan), "own.measure: a quantile is at a share from 0 to 1, not at '90'"},
    };
    for (const auto& [definition, message] : wrong) {
        INFO(message);
        CHECK_THAT(error_of(definition), Catch::StartsWith(message));
    }
    CHECK_THROWS_WITH(gt::quantile(1, "0.5", cp_plan).by_method("10"), "unknown method '10' of a quantile");
}

TEST_CASE("a decimal parameter is exact in a file and in a program, and takes any number") {
    const gt::expression above = gt::column_named("number_of_previous_plans") > gt::parameter_named("least");
    const gt::indicator built = gt::count(cp_plan).at_end_of_period().where(above).with_parameter("least", gt::decimal("2.50"));
    CHECK(built.parameters.front().standard == "2.50");
    const std::string file = R"j({"kind": "count", "timing": "at", "of": "cp_plan", "where": "number_of_previous_plans > :least"})j";
    CHECK(hash_of(gt::count(cp_plan).at_end_of_period().where(above).with_parameter("least", gt::decimal("2.5"))) == hash_of_file(file, R"j("parameters": {"least": {"default": 2.5}}, )j"));
    const gt::parameter& least = built.parameters.front();
    CHECK(gt::bind_parameter(least, "3").value.same_as(gt::decimal("3.0")));
    CHECK(gt::bind_parameter(least, "0.125").value.same_as(gt::decimal("0.125")));
    CHECK_THROWS_WITH(gt::bind_parameter(least, "many"), "parameter 'least' needs a number such as 2.5, not 'many'");
    CHECK_THROWS_WITH(hash_of_file(file, R"j("parameters": {"least": {"default": 1e-30}}, )j"), Catch::Contains("is not a decimal such as 2.5"));
}
