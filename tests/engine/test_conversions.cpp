// Conversions and repeats: which base is credited, what ends a chance, how long it took.
#include "small_data.hpp"

#include <goldenthread/engine/explain.hpp>

#include <string>
#include <vector>

using namespace small;

namespace {

const char* const bases = "eha_id child_id completed_date";
const char* const steps = "referral_id child_id referral_date referral_nfa closure_date closure_reason";
const char* const conferences = "conference_id child_id conference_date";

/// Early help assessments that lead to a referral within 6 months.
std::string to_referral(const std::string& more = "") {
    return R"json({"kind": "conversion", "of": "early_help_assessment as base", "timing": "in", "day": "completed_date", "where": "true",
        "steps": [{"of": "referral by child_id", "day": "referral_date", "where": "referral_nfa = false", "within": "6 months"}])json" + more + "}";
}
/// … and then to a conference within 12 months of the assessment.
std::string to_conference(const std::string& more = "") {
    return R"json({"kind": "conversion", "of": "early_help_assessment", "timing": "in", "day": "completed_date", "where": "true",
        "steps": [{"of": "referral by child_id", "day": "referral_date", "within": "6 months"},
                  {"of": "initial_conference by child_id", "day": "conference_date", "within": "12 months"}])json" + more + "}";
}

dataset with(const std::vector<std::string>& base_rows, const std::vector<std::string>& step_rows, const std::vector<std::string>& conference_rows = {}) {
    return built({written("early_help_assessment", bases, base_rows), written("referral", steps, step_rows), written("initial_conference", conferences, conference_rows)});
}

cell converted(const std::string& measure, const dataset& data, const std::string& when = "2019-20", const std::string& more = "") {
    return total(definition(measure, more), data, when);
}

}  // namespace

TEST_CASE("a conversion counts both ends of its window") {
    const cell c = converted(to_referral(), with({"e1 A 2019-05-31", "e2 B 2019-05-31", "e3 C 2019-05-31", "e4 D 2019-05-31"},
                                                 {"r1 A 2019-05-31 false - -", "r2 B 2019-11-30 false - -", "r3 C 2019-12-01 false - -", "r4 D 2019-05-30 false - -"}));
    CHECK(c.numerator == 2);
    CHECK(c.denominator == 4);
    const indicator_result r = ask(definition(to_referral()), with({"e1 A 2019-05-31"}, {"r1 A 2019-06-01 false - -"}), "2019-20");
    CHECK(r.measure == "conversion");
    CHECK(r.unit == value_unit::fraction);
    CHECK(r.path == "interval");
    CHECK(r.adds_over_periods);
}

TEST_CASE("a step is credited to the latest eligible base over all bases ever") {
    // The later one, also where it lies outside the period; a tie goes to the last key.
    CHECK(converted(to_referral(), with({"e1 A 2019-05-01", "e2 A 2019-06-01"}, {"r1 A 2019-07-01 false - -"})).numerator == 1);
    CHECK(converted(to_referral(), with({"e1 A 2019-03-01", "e2 A 2019-04-01"}, {"r1 A 2019-05-01 false - -"}), "2018-19").numerator == 0);
    CHECK(converted(to_referral(), with({"e1 A 2019-05-01", "e2 A 2019-05-01"}, {"r1 A 2019-07-01 false - -"})).numerator == 1);
    // Each base converts once, however many steps follow; each step converts one base.
    const cell many = converted(to_referral(), with({"e1 A 2019-05-01"}, {"r1 A 2019-07-01 false - -", "r2 A 2019-08-01 false - -"}));
    CHECK(many.numerator == 1);
    // An excluded base takes no credit, nor does one of which it is not known.
    const std::string excluded = R"(, "exclude": "base.eha_id = 'e2'")";
    const cell skipped = converted(to_referral(excluded), with({"e1 A 2019-05-01", "e2 A 2019-06-01"}, {"r1 A 2019-07-01 false - -"}));
    CHECK(skipped.value == exact_ratio{1, 1});
    CHECK(skipped.excluded == 1);
    const std::string undecided = R"json(, "exclude": "case when base.eha_id = 'e2' then unknown else false end")json";
    const cell open_question = converted(to_referral(undecided), with({"e1 A 2019-05-01", "e2 A 2019-06-01"}, {"r1 A 2019-07-01 false - -"}));
    CHECK(open_question.value == exact_ratio{1, 1});
    CHECK(open_question.unknown == 1);
    // A step of which it is not known converts nobody for certain.
    CHECK(converted(to_referral(), with({"e1 A 2019-05-01"}, {"r1 A 2019-07-01 - - -"})).unknown == 1);
}

TEST_CASE("an immature base keeps its credit but leaves numerator and denominator") {
    const auto known_to = [](const std::string& day) { return written("coverage", "table_name first_day last_day", {"referral 2015-04-01 " + day}); };
    const auto data = [&](const std::string& day) {
        return built({written("early_help_assessment", bases, {"e1 A 2019-05-01", "e2 A 2019-06-01"}), written("referral", steps, {"r1 A 2019-07-01 false - -"}), known_to(day)});
    };
    const cell c = converted(to_referral(), data("2019-11-30"));
    CHECK(c.numerator == 0);
    CHECK(c.denominator == 1);
    CHECK(c.immature == 1);
    CHECK(converted(to_referral(), data("2019-12-01")).immature == 0);
    CHECK(converted(to_referral(), data("2019-10-31")).state == cell_state::not_due);
}

TEST_CASE("steps come in order, each within its own window from the base") {
    const auto conference = [](const std::string& referral, const std::string& day) {
        return converted(to_conference(), with({"e1 A 2019-05-01"}, {"r1 A " + referral + " false - -"}, {"c1 A " + day})).numerator;
    };
    CHECK(conference("2019-07-01", "2019-06-30") == 0);
    CHECK(conference("2019-07-01", "2019-07-01") == 1);
    CHECK(conference("2019-07-01", "2020-05-01") == 1);
    CHECK(conference("2019-07-01", "2020-05-02") == 0);
    CHECK(conference("2019-11-02", "2019-12-01") == 0);  // the first step came too late
}

TEST_CASE("an exit ends a base's chance; on the day of the step the step comes first") {
    const std::string exits = R"json(, "exits": [{"of": "referral by child_id", "day": "closure_date", "where": "closure_reason = 'RC2'"}])json";
    const auto left = [&](const std::string& day) {
        return converted(to_conference(exits), with({"e1 A 2019-05-01"}, {"r1 A 2019-06-01 false " + day + " RC2"}, {"c1 A 2019-07-01"}));
    };
    CHECK(left("2019-06-30").numerator == 0);
    CHECK(left("2019-06-30").denominator == 1);
    CHECK(left("2019-07-01").numerator == 1);
    CHECK(left("2019-04-30").numerator == 1);  // before the base
}

TEST_CASE("the time to convert is that to the first step that is credited") {
    const dataset data = with({"e1 A 2019-05-01", "e2 B 2019-05-01", "e3 C 2019-05-01"},
                              {"r1 A 2019-05-11 false - -", "r2 A 2019-05-31 false - -", "r3 B 2019-05-21 false - -"});
    const cell mean = converted(to_referral(R"(, "statistic": "mean")"), data);
    CHECK(mean.value == exact_ratio{30, 2});
    CHECK(mean.denominator == 2);
    CHECK(converted(to_referral(R"(, "statistic": "median")"), data).value == exact_ratio{30, 2});
    CHECK(converted(to_referral(R"(, "statistic": "quantile", "p": "1")"), data).value == exact_ratio{20, 1});
    CHECK(ask(definition(to_referral(R"(, "statistic": "mean")")), data, "2019-20").unit == value_unit::days);
    const cell two = converted(to_conference(R"(, "statistic": "mean")"), with({"e1 A 2019-05-01"}, {"r1 A 2019-05-11 false - -", "r2 A 2019-06-01 false - -"}, {"c1 A 2019-05-10", "c2 A 2019-06-20"}));
    CHECK(two.value == exact_ratio{50, 1});
    CHECK(converted(to_referral(R"(, "statistic": "mean")"), with({"e1 A 2019-05-01"}, {})).state == cell_state::zero_denominator);
}

TEST_CASE("a repeat has an earlier event of the same key within the window") {
    const std::string again = R"json({"kind": "repeat", "of": "referral", "timing": "in", "day": "referral_date", "where": "during(referral_date)",
        "key": ["child_id"], "within": "12 months", "earlier": "referral_nfa = false"})json";
    const auto rows = [&](const std::vector<std::string>& lines) { return total(definition(again), built({written("referral", steps, lines)}), "2019-20"); };
    CHECK(rows({"r A 2018-06-01 false - -", "s A 2019-06-01 false - -"}).value == exact_ratio{1, 1});
    CHECK(rows({"r A 2018-05-31 false - -", "s A 2019-06-01 false - -"}).numerator == 0);
    CHECK(rows({"r A 2019-06-01 false - -", "s A 2019-06-01 false - -"}).numerator == 0);  // one day is no repeat of itself
    CHECK(rows({"r A 2018-06-01 true - -", "s A 2019-06-01 false - -"}).numerator == 0);
    CHECK(rows({"r A 2018-06-01 - - -", "s A 2019-06-01 false - -"}).unknown == 1);
    CHECK(rows({"r - 2019-05-01 false - -", "s - 2019-06-01 false - -"}).unknown == 2);    // nobody knows whose
    // How far it looks back is declared by the window itself.
    const dataset short_file = built({written("referral", steps, {"s A 2019-06-01 false - -"}), written("coverage", "table_name first_day last_day", {"referral 2018-04-02 2020-06-30"})});
    CHECK(total(definition(again), short_file, "2019-20").state == cell_state::partial);
    CHECK(ask(definition(again), short_file, "2019-20").measure == "repeat");
}
