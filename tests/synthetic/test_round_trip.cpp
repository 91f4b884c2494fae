// What the writers write, the readers read without a finding.
#include "catch.hpp"
#include "sample.hpp"

#include <goldenthread/data/merge_datasets.hpp>
#include <goldenthread/data/read_cin_census.hpp>
#include <goldenthread/data/read_ssda903.hpp>
#include <goldenthread/data/read_tables.hpp>

#include <set>

using namespace goldenthread;
using namespace synthetic_test;

namespace {

/// All formats of the sample, written once.
const temporary_folder& written() {
    static const temporary_folder folder("round_trip");
    static const bool done = (write_exampleshire({.seed = 1, .children = sample_children}, folder / "out"), true);
    static_cast<void>(done);
    return folder;
}

void check_no_findings(const dataset& read) {
    for (const finding_count& f : count_by_rule(read.findings())) {
        FAIL_CHECK(f.table << "." << f.column << ": " << f.rule << " " << f.count << " times: " << f.message);
    }
}

std::string cell_text(const column& c, std::size_t row) {
    if (c.is_null(row)) return "null";
    if (is_text_type(c.type())) return std::string(c.text_at(row));
    if (c.type() == value_type::date) return to_iso(c.day_at(row));
    if (c.type() == value_type::boolean) return c.boolean_at(row) ? "true" : "false";
    return std::to_string(c.int64_at(row));
}

void check_equal(const table& made, const table& read) {
    INFO(made.name());
    REQUIRE(read.row_count() == made.row_count());
    for (const column& c : made.columns()) {
        INFO(c.name());
        const column& other = read[c.name()];
        CHECK(other.type() == c.type());
        std::size_t different = 0;
        for (std::size_t row = 0; row < c.size(); ++row)
            different += cell_text(c, row) == cell_text(other, row) ? 0U : 1U;
        CHECK(different == 0);
    }
}

/// Texts of the columns of each row that `holds`, sorted.
template <class Holds>
std::multiset<std::string> rows_of(const table& t, const std::vector<std::string>& columns, Holds&& holds) {
    std::multiset<std::string> result;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        if (!holds(t, row)) continue;
        std::string text;
        for (const std::string& name : columns) text += cell_text(t[name], row) + "|";
        result.insert(text);
    }
    return result;
}

void check_same_rows(const dataset& read, const char* name, const std::vector<std::string>& columns) {
    INFO(name);
    const auto all = [](const table&, std::size_t) { return true; };
    const auto made_rows = rows_of(sample()[name], columns, all), read_rows = rows_of(read[name], columns, all);
    CHECK(made_rows.size() == read_rows.size());
    CHECK(made_rows == read_rows);
}

dataset read_every_census() {
    dataset all;
    for (const char* year : {"2017", "2018", "2019", "2020"}) {
        const dataset one = read_cin_census(written() / "out/cin_census/cin_census_" + std::string(year) + ".xml");
        check_no_findings(one);
        all = all.tables().empty() ? one : merge_datasets(all, one);
    }
    return all;
}

/// Child, start of the assessment and factor, of assessments authorised since the first return; keys differ by format.
std::multiset<std::string> factors_of(const dataset& data) {
    std::multiset<std::string> result;
    const table &assessments = data["assessment"], &factors = data["assessment_factor"];
    const auto rows = rows_by(assessments, "assessment_id");
    for (std::size_t row = 0; row < factors.row_count(); ++row) {
        const std::size_t of = rows.at(text_in(factors["assessment_id"], row));
        if (*day_in(assessments["authorised_date"], of) < to_day(2016, 4, 1)) continue;
        result.insert(text_in(assessments["child_id"], of) + cell_text(assessments["start_date"], of) +
                      text_in(factors["factor"], row));
    }
    return result;
}

}  // namespace

TEST_CASE("canonical tables read back equal, without findings") {
    const dataset read = read_tables(written() / "out/tables");
    check_no_findings(read);
    CHECK(read.area() == exampleshire_area);
    CHECK(read.synthetic());
    CHECK(read.table_names() == sample().table_names());
    for (const auto& [name, made] : sample().tables()) check_equal(made, read[name]);
}

TEST_CASE("the census years together hold the same children, referrals and plans") {
    const dataset read = read_every_census();
    check_same_rows(read, "referral",
                    {"child_id", "referral_date", "referral_source", "primary_need", "referral_nfa", "closure_date",
                     "closure_reason"});
    // Reviews, plans and enquiries that ended before the first year are in no return; the sample's first year is
    // 2016-17.
    const auto since = [](const table& t, std::size_t row) {
        return day_in(t["end_date"], row).value_or(latest_day) >= to_day(2016, 4, 1);
    };
    const std::vector<std::string> plan = {"child_id",         "start_date",      "end_date",
                                           "initial_category", "latest_category", "number_of_previous_plans"};
    CHECK(rows_of(sample()["cp_plan"], plan, since) == rows_of(read["cp_plan"], plan, since));
    const std::vector<std::string> enquiry = {"child_id", "start_date"};
    CHECK(rows_of(sample()["section_47"], enquiry, since) ==
          rows_of(read["section_47"], enquiry, [](const auto&, auto) { return true; }));
    const auto authorised_since = [](const table& t, std::size_t row) {
        return day_in(t["authorised_date"], row).value_or(latest_day) >= to_day(2016, 4, 1);
    };
    const std::vector<std::string> assessment = {"child_id", "start_date", "authorised_date", "factors_recorded"};
    CHECK(rows_of(sample()["assessment"], assessment, authorised_since) ==
          rows_of(read["assessment"], assessment, authorised_since));
}

TEST_CASE("the census years together hold the same people, factors, conferences and reviews") {
    const dataset read = read_every_census();
    const auto everyone = [](const table&, std::size_t) { return true; };
    const auto returned = rows_by(read["person"], "child_id");
    const auto is_returned = [&](const table& t, std::size_t row) {
        return returned.count(text_in(t["child_id"], row)) == 1;
    };
    // Expected days of birth stay from the years before it: merging never lets nothing overwrite something.
    const std::vector<std::string> person = {
        "child_id", "date_of_birth", "date_of_death", "sex", "ethnicity", "disabled", "upn"};
    // A case that closed before the birth: no return ever hears of it.
    const auto born = [](const table& t, std::size_t row) { return !t["date_of_birth"].is_null(row); };
    const auto born_in_return = [&](const table& t, std::size_t row) {
        return is_returned(t, row) && born(read["person"], returned.at(text_in(t["child_id"], row)));
    };
    CHECK(rows_of(sample()["person"], person, born_in_return) == rows_of(read["person"], person, born));
    const std::vector<std::string> disability = {"child_id", "disability"};
    CHECK(rows_of(sample()["person_disability"], disability, is_returned) ==
          rows_of(read["person_disability"], disability, everyone));

    const auto held_since = [](const table& t, std::size_t row) {
        return t["conference_date"].day_at(row) >= to_day(2016, 4, 1);
    };
    const std::vector<std::string> conference = {"child_id", "conference_date"};
    CHECK(rows_of(sample()["initial_conference"], conference, held_since) ==
          rows_of(read["initial_conference"], conference, held_since));

    const std::vector<std::string> review = {"child_id", "review_date"};
    const auto plans = rows_by(sample()["cp_plan"], "cp_plan_id");
    const auto of_returned_plan = [&](const table& t, std::size_t row) {
        const std::size_t plan = plans.at(text_in(t["cp_plan_id"], row));
        return day_in(sample()["cp_plan"]["end_date"], plan).value_or(latest_day) >= to_day(2016, 4, 1);
    };
    CHECK(rows_of(sample()["cp_review"], review, of_returned_plan) == rows_of(read["cp_review"], review, everyone));
    CHECK(factors_of(sample()) == factors_of(read));
}

TEST_CASE("each SSDA903 year reads without findings, and together they hold every episode") {
    dataset all;
    for (const int year : {2017, 2018, 2019, 2020}) {
        const dataset one = read_ssda903(written() / "out/ssda903/" + std::to_string(year), year);
        check_no_findings(one);
        all = all.tables().empty() ? one : merge_datasets(all, one);
    }
    const auto since = [](const table& t, std::size_t row) {
        return day_in(t["end_date"], row).value_or(latest_day) >= to_day(2016, 4, 1);
    };
    const std::vector<std::string> episode = {"child_id",           "start_date",         "end_date",
                                              "reason_new_episode", "legal_status",       "category_of_need",
                                              "placement_type",     "placement_provider", "reason_ceased"};
    CHECK(rows_of(sample()["looked_after_episode"], episode, since) ==
          rows_of(all["looked_after_episode"], episode, since));
    check_same_rows(all, "missing_episode", {"child_id", "missing_type", "start_date", "end_date"});
    const auto returned = rows_by(all["person"], "child_id");
    const std::vector<std::string> person = {"child_id", "date_of_birth", "sex", "ethnicity", "upn"};
    CHECK(rows_of(sample()["person"], person, [&](const table& t, std::size_t row) {
              return returned.count(text_in(t["child_id"], row)) == 1;
          }) == rows_of(all["person"], person, [](const auto&, auto) { return true; }));
}
