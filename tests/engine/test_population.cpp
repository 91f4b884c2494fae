// Rates: which people, of which year, of which release.
#include "small_data.hpp"

#include <string>
#include <vector>

using namespace small;

namespace {

indicator_set rate(const std::string& timing = "at", const std::string& more = "") {
    return definition(R"({"kind": "rate", "timing": ")" + timing + R"(", "of": "cp_plan", "where": ")" +
                      (timing == "at" ? "open(start_date, end_date)" : "during(start_date)") + "\"" + more + "}");
}

dataset with_people(const std::vector<std::string>& people, const std::string& area = "here") {
    dataset data = built({written("cp_plan", "cp_plan_id child_id start_date end_date", {"p A 2018-06-01 -", "q B 2018-07-01 -"}),
                          written("person", "child_id sex date_of_birth", {"A F 2010-01-01", "B U 2017-01-01"}),
                          written("population", "area year age sex ethnicity count vintage", people)});
    data.set_area(area);
    return data;
}

}  // namespace

TEST_CASE("the total row is used when it is there and never added to its parts") {
    CHECK(total(rate(), with_people({"here 2018 5 - - 100 2019-06", "here 2018 5 M - 50 2019-06", "here 2018 5 F - 50 2019-06"}), "2018-19").denominator == 100);
    CHECK(total(rate(), with_people({"here 2018 5 M - 40 2019-06", "here 2018 5 F - 50 2019-06"}), "2018-19").denominator == 90);
    CHECK(total(rate(), with_people({"here 2018 5 M WBRI 30 2019-06", "here 2018 5 M MWBC 10 2019-06", "here 2018 5 F - 50 2019-06", "here 2018 5 F WBRI 50 2019-06"}), "2018-19").denominator == 90);
    CHECK(total(rate(), with_people({"here 2018 17 - - 60 2019-06", "here 2018 18 - - 1000 2019-06", "here 2018 0 - - 40 2019-06"}), "2018-19").denominator == 100);
    const cell c = total(rate(), with_people({"here 2018 5 - - 400 2019-06"}), "2018-19");
    CHECK(c.value == exact_ratio{20'000, 400});
    CHECK(c.state == cell_state::value);
}

TEST_CASE("the year is that in which the financial year begins, of the latest release") {
    const std::vector<std::string> people = {"here 2017 5 - - 10 2019-06", "here 2018 5 - - 20 2018-06", "here 2018 5 - - 30 2019-06", "here 2019 5 - - 40 2020-06"};
    CHECK(total(rate(), with_people(people), "2019-03-31").denominator == 30);
    CHECK(total(rate(), with_people(people), "2019-04-01").denominator == 40);
    CHECK(total(rate("in"), with_people(people), "2018-04").denominator == 30);
    CHECK(total(rate("in"), with_people(people), "2018-03").denominator == 10);
    const cell missing = total(rate(), with_people(people), "2020-21");
    CHECK(missing.state == cell_state::missing);
    CHECK(missing.reason == "no population for mid-2020");
    CHECK(missing.numerator == 2);
    CHECK_FALSE(missing.value.has_value());
}

TEST_CASE("of several areas the dataset's own is used, or none") {
    const std::vector<std::string> people = {"here 2018 5 - - 10 2019-06", "there 2018 5 - - 99 2019-06"};
    CHECK(total(rate(), with_people(people), "2018-19").denominator == 10);
    CHECK(total(rate(), with_people(people, "there"), "2018-19").denominator == 99);
    CHECK(total(rate(), with_people(people, "elsewhere"), "2018-19").state == cell_state::missing);
    CHECK(total(rate(), with_people({"here 2018 5 - - 10 2019-06"}, ""), "2018-19").denominator == 10);
    CHECK(total(rate(), built({written("cp_plan", "child_id", {"A"})}), "2018-19").state == cell_state::missing);
}

TEST_CASE("nobody to divide by, and breakdowns the population has not") {
    CHECK(total(rate(), with_people({"here 2018 5 - - 0 2019-06"}), "2018-19").state == cell_state::zero_denominator);
    const dataset data = with_people({"here 2018 1 M - 40 2019-06", "here 2018 1 F - 50 2019-06", "here 2018 8 F - 7 2019-06", "here 2018 8 M - 3 2019-06"});
    const indicator_result r = ask(rate(), data, "2018-19", {{"sex"}, {"age_band"}, {"disabled"}, {"sex", "age_band"}});
    CHECK(cell_of(r, "sex", "F")->denominator == 57);
    CHECK(cell_of(r, "sex", "F")->numerator == 1);
    CHECK(cell_of(r, "sex", "M")->state == cell_state::true_zero);
    CHECK(cell_of(r, "sex", "U")->state == cell_state::not_applicable);
    CHECK(cell_of(r, "age_band", "5_9")->denominator == 10);
    CHECK(cell_of(r, "age_band", "18_plus")->state == cell_state::not_applicable);
    CHECK(cell_of(r, "age_band", "unborn")->state == cell_state::not_applicable);
    CHECK(cell_of(r, "disabled", "true")->state == cell_state::not_applicable);
    bool found = false;
    for (const cell& c : r.cells) {
        if (c.key.size() != 2 || c.key[0].category != "F" || c.key[1].category != "5_9") continue;
        found = true;
        CHECK(c.denominator == 7);
        CHECK(c.numerator == 1);
    }
    CHECK(found);
}

TEST_CASE("a rate is annualised only where that is declared") {
    const std::vector<std::string> people = {"here 2018 5 - - 100 2019-06"};
    CHECK(total(rate("in"), with_people(people), "2018-19 Q1").value == exact_ratio{10'000, 100});
    CHECK(total(rate("in", R"(, "annualise": "true")"), with_people(people), "2018-19 Q1").value == exact_ratio{120'000, 300});
    CHECK(total(rate("in", R"(, "annualise": "true")"), with_people(people), "2018-06-01").state == cell_state::not_applicable);
}
