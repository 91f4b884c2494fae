// missing, partial, not due, true zero: what is said when data do not reach.
#include "small_data.hpp"

#include <string>
#include <vector>

using namespace small;

namespace {

const char* const plan_columns = "cp_plan_id child_id start_date end_date";

dataset covered(const std::vector<std::string>& coverage, const std::vector<std::string>& plans = {"p A 2018-06-01 -"}) {
    return built({written("cp_plan", plan_columns, plans), written("coverage", "table_name part first_day last_day share", coverage)});
}

std::string state_of(const indicator_set& set, const dataset& data, const std::string& when) { return std::string(to_text(total(set, data, when).state)); }

}  // namespace

TEST_CASE("not supplied is missing; supplied and empty is a true zero") {
    const indicator_set set = definition(count_at("cp_plan", "open(start_date, end_date)"));
    const cell missing = total(set, dataset(), "2018-19");
    CHECK(missing.state == cell_state::missing);
    CHECK_FALSE(missing.value.has_value());
    CHECK_FALSE(missing.numerator.has_value());
    CHECK(missing.reason == "not supplied: cp_plan");
    const cell zero = total(set, built({written("cp_plan", plan_columns, {})}), "2018-19");
    CHECK(zero.state == cell_state::true_zero);
    CHECK(zero.numerator == 0);
    CHECK(zero.reason.empty());
    // A table that only the filter reads is needed too.
    const indicator_set related = definition(count_at("cp_plan", "person.sex = 'F' or any(referral by child_id)"));
    CHECK(total(related, built({written("cp_plan", plan_columns, {})}), "2018-19").reason == "not supplied: person, referral");
}

TEST_CASE("a stock is judged on its day") {
    const indicator_set set = definition(count_at("cp_plan", "open(start_date, end_date)"));
    const dataset data = covered({"cp_plan - 2018-04-01 2019-06-30 -"});
    CHECK(state_of(set, data, "2018-19") == "value");
    CHECK(state_of(set, data, "2017-18") == "partial");  // computed, and said
    CHECK(state_of(set, data, "2019-06-30") == "value");
    CHECK(state_of(set, data, "2019-07-01") == "not_due");
    CHECK(state_of(set, data, "2018-03-31") == "partial");
    CHECK(total(set, data, "2017-18").reason == "cp_plan covers 2018-04-01 to 2019-06-30");
    CHECK_FALSE(total(set, data, "2019-07-01").value.has_value());
}

TEST_CASE("a flow is judged on all its days") {
    const indicator_set set = definition(count_in("cp_plan", "during(start_date)"));
    const dataset data = covered({"cp_plan - 2018-04-02 2019-06-30 -"});
    CHECK(state_of(set, data, "2018-19") == "partial");
    CHECK(state_of(set, data, "2018-19 Q2") == "true_zero");
    CHECK(state_of(set, data, "2017-18") == "missing");
    CHECK(state_of(set, data, "2018-04-01") == "missing");
    CHECK(state_of(set, data, "2019-07") == "not_due");
    CHECK(state_of(set, data, "2019-20") == "partial");
}

TEST_CASE("gaps, parts and shares make a figure partial") {
    const indicator_set set = definition(count_in("cp_plan", "during(start_date)"));
    CHECK(state_of(set, covered({"cp_plan - 2018-04-01 2018-06-30 -", "cp_plan - 2018-07-01 2019-03-31 -"}), "2018-19") == "value");
    CHECK(state_of(set, covered({"cp_plan - 2018-04-01 2018-06-30 -", "cp_plan - 2018-07-02 2019-03-31 -"}), "2018-19") == "partial");
    CHECK(state_of(set, covered({"cp_plan north 2018-04-01 2019-03-31 -", "cp_plan south 2018-05-01 2019-03-31 -"}), "2018-19") == "partial");
    CHECK(state_of(set, covered({"cp_plan - 2018-04-01 2019-03-31 90"}), "2018-19") == "partial");
    CHECK(state_of(set, covered({"cp_plan - 2018-04-01 2019-03-31 100"}), "2018-19") == "value");
    CHECK(state_of(set, covered({"referral - 2018-04-01 2018-04-02 -"}), "2018-19") == "value");  // another table's
    // No last day: complete from the first day on.
    CHECK(state_of(set, covered({"cp_plan - 2018-04-01 - -"}), "2018-19") == "value");
    CHECK(state_of(set, covered({"cp_plan - 2018-05-01 - -"}), "2018-19") == "partial");
}

TEST_CASE("only a declared look-back is checked") {
    const std::string where = "during(start_date) and any(cp_plan as q by child_id where q.start_date < this.start_date)";
    const std::string measure = R"({"kind": "count", "timing": "in", "of": "cp_plan", "where": ")" + where + "\"";
    const dataset data = covered({"cp_plan - 2018-04-01 2019-03-31 -"}, {"p A 2018-04-01 -", "q A 2018-06-01 -"});
    CHECK(state_of(definition(measure + "}"), data, "2018-19") == "value");
    const cell c = total(definition(measure + R"(, "look_back": {"cp_plan": "12 months"}})"), data, "2018-19");
    CHECK(c.state == cell_state::partial);
    CHECK(c.numerator == 1);
    CHECK(c.reason == "cp_plan does not reach back to 2017-04-01");
    CHECK(state_of(definition(measure + R"(, "look_back": {"cp_plan": "2 months"}})"), data, "2018-19 Q2") == "true_zero");
}

TEST_CASE("a follow-up that is not complete makes a row immature") {
    const indicator_set set = definition(R"json({"kind": "share", "timing": "in", "of": "referral", "where": "during(referral_date)",
        "numerator": "any(cp_plan by child_id where start_date <= this.referral_date + 2 months)", "follow_up": {"cp_plan": "2 months"}})json");
    const dataset data = built({written("referral", "referral_id child_id referral_date", {"r A 2018-04-30", "s B 2018-05-01", "t C -"}),
                                written("cp_plan", plan_columns, {"p A 2018-06-30 -", "q B 2018-05-02 -"}),
                                written("coverage", "table_name first_day last_day", {"cp_plan 2018-01-01 2018-06-30"})});
    const cell c = total(set, data, "2018-19 Q1");
    CHECK(c.numerator == 1);
    CHECK(c.denominator == 1);
    CHECK(c.immature == 1);
    CHECK(c.unknown == 1);  // no date: in the period or not
    const cell later = total(set, data, "2018-05-01");
    CHECK(later.state == cell_state::not_due);
    CHECK(later.immature == 1);
    CHECK(total(set, data, "2018-06").state == cell_state::zero_denominator);
}
