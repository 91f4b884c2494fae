// Laws that every journey obeys.
#include "catch.hpp"
#include "sample.hpp"

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/working_calendar.hpp>

#include <algorithm>
#include <set>

using namespace goldenthread;
using namespace synthetic_test;

namespace {

const day last_day = to_day(2020, 3, 31);

/// Rows of each child in order of start.
std::map<std::string, std::vector<std::size_t>> by_child(const table& t, const char* start) {
    std::map<std::string, std::vector<std::size_t>> result;
    for (std::size_t row = 0; row < t.row_count(); ++row) result[text_in(t["child_id"], row)].push_back(row);
    for (auto& [child, rows] : result) {
        std::sort(rows.begin(), rows.end(),
                  [&](std::size_t a, std::size_t b) { return t[start].day_at(a) < t[start].day_at(b); });
    }
    return result;
}

/// Number of rows that break start <= end.
std::size_t reversed(const char* name, const char* start, const char* end) {
    const table& t = sample()[name];
    std::size_t count = 0;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        const auto a = day_in(t[start], row), b = day_in(t[end], row);
        count += a && b && *b < *a ? 1U : 0U;
    }
    return count;
}

/// Number of rows of a child that begin before the one before has ended.
std::size_t overlapping(const char* name) {
    const table& t = sample()[name];
    std::size_t count = 0;
    for (const auto& [child, rows] : by_child(t, "start_date")) {
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const auto ended = day_in(t["end_date"], rows[i - 1]);
            count += !ended || *ended > t["start_date"].day_at(rows[i]) ? 1U : 0U;
        }
    }
    return count;
}

}  // namespace

TEST_CASE("no journey runs backwards") {
    CHECK(reversed("referral", "referral_date", "closure_date") == 0);
    CHECK(reversed("assessment", "start_date", "authorised_date") == 0);
    CHECK(reversed("cin_plan", "start_date", "end_date") == 0);
    CHECK(reversed("section_47", "start_date", "end_date") == 0);
    CHECK(reversed("cp_plan", "start_date", "end_date") == 0);
    CHECK(reversed("looked_after_episode", "start_date", "end_date") == 0);
    CHECK(reversed("missing_episode", "start_date", "end_date") == 0);
    CHECK(reversed("early_help_assessment", "start_date", "completed_date") == 0);
    CHECK(reversed("early_help_episode", "start_date", "end_date") == 0);
    CHECK(reversed("cse_case", "start_date", "end_date") == 0);
    CHECK(reversed("private_fostering", "start_date", "end_date") == 0);
    CHECK(reversed("neglect_toolkit", "start_date", "completed_date") == 0);
    CHECK(reversed("camhs_pathway", "referral_date", "first_assessment_date") == 0);
    CHECK(reversed("camhs_pathway", "first_assessment_date", "treatment_start_date") == 0);
    CHECK(reversed("camhs_pathway", "referral_date", "closed_date") == 0);
    CHECK(reversed("mh_bed_stay", "admission_date", "discharge_date") == 0);
    CHECK(reversed("child_flag", "start_date", "end_date") == 0);
}

TEST_CASE("nothing is known of the days after the extract") {
    for (const auto& [name, t] : sample().tables()) {
        for (const column& c : t.columns()) {
            const bool plans_ahead = c.name() == "expected_date_of_birth" || c.name() == "conference_target_date" ||
                                     c.name() == "due_date" || (name == "document" && c.name() == "review_date");
            if (c.type() != value_type::date || plans_ahead) continue;
            for (std::size_t row = 0; row < c.size(); ++row) {
                INFO(name << "." << c.name());
                if (!c.is_null(row)) REQUIRE(c.day_at(row) <= last_day);
            }
        }
    }
}

TEST_CASE("an episode of need holds what belongs to it") {
    const table& referrals = sample()["referral"];
    const auto referral_rows = rows_by(referrals, "referral_id");
    for (const char* name : {"assessment", "cin_plan", "section_47", "cp_plan"}) {
        const table& t = sample()[name];
        for (std::size_t row = 0; row < t.row_count(); ++row) {
            const auto found = referral_rows.find(text_in(t["referral_id"], row));
            REQUIRE(found != referral_rows.end());
            INFO(name << " of " << found->first);
            CHECK(text_in(t["child_id"], row) == text_in(referrals["child_id"], found->second));
            CHECK(t["start_date"].day_at(row) >= referrals["referral_date"].day_at(found->second));
            CHECK_FALSE(is_true(referrals["referral_nfa"], found->second));
            const auto closed = day_in(referrals["closure_date"], found->second);
            if (closed) CHECK(t["start_date"].day_at(row) <= *closed);
            if (closed && t.find("end_date")) {
                REQUIRE(day_in(t["end_date"], row));
                CHECK(*day_in(t["end_date"], row) <= *closed);
            }
        }
    }
}

TEST_CASE("at most one open referral, the latest, and no overlap") {
    const table& t = sample()["referral"];
    for (const auto& [child, rows] : by_child(t, "referral_date")) {
        std::optional<std::size_t> before;
        for (const std::size_t row : rows) {
            CHECK(t["closure_date"].is_null(row) == t["closure_reason"].is_null(row));
            if (is_true(t["referral_nfa"], row)) continue;
            if (before) {
                INFO(child);
                REQUIRE(day_in(t["closure_date"], *before));
                CHECK(*day_in(t["closure_date"], *before) <= t["referral_date"].day_at(row));
            }
            before = row;
        }
    }
}

TEST_CASE("stays of one kind do not overlap") {
    CHECK(overlapping("cin_plan") == 0);
    CHECK(overlapping("cp_plan") == 0);
    CHECK(overlapping("looked_after_episode") == 0);
    CHECK(overlapping("missing_episode") == 0);
}

TEST_CASE("no child in need plan beside a child protection plan") {
    const table &cp = sample()["cp_plan"], &cin = sample()["cin_plan"];
    const auto cin_rows = by_child(cin, "start_date");
    for (std::size_t row = 0; row < cp.row_count(); ++row) {
        const auto found = cin_rows.find(text_in(cp["child_id"], row));
        if (found == cin_rows.end()) continue;
        for (const std::size_t other : found->second) {
            const day cp_end = day_in(cp["end_date"], row).value_or(last_day + 1);
            const day cin_end = day_in(cin["end_date"], other).value_or(last_day + 1);
            CHECK((cin_end <= cp["start_date"].day_at(row) || cin["start_date"].day_at(other) >= cp_end));
        }
    }
}

TEST_CASE("a plan starts on the day of its conference, its reviews come after") {
    const table &plans = sample()["cp_plan"], &conferences = sample()["initial_conference"],
                &reviews = sample()["cp_review"];
    const auto conference_rows = rows_by(conferences, "conference_id");
    const auto plan_rows = rows_by(plans, "cp_plan_id");
    for (std::size_t row = 0; row < plans.row_count(); ++row) {
        if (is_true(plans["other_authority"], row)) {
            CHECK(plans["conference_id"].is_null(row));
            continue;
        }
        const std::size_t conference = conference_rows.at(text_in(plans["conference_id"], row));
        CHECK(plans["start_date"].day_at(row) == conferences["conference_date"].day_at(conference));
        CHECK(is_true(conferences["outcome_cp_plan"], conference));
        if (const auto end = day_in(plans["end_date"], row)) CHECK(*end > plans["start_date"].day_at(row));
    }
    for (std::size_t row = 0; row < reviews.row_count(); ++row) {
        const std::size_t plan = plan_rows.at(text_in(reviews["cp_plan_id"], row));
        CHECK(reviews["review_date"].day_at(row) > plans["start_date"].day_at(plan));
        if (const auto end = day_in(plans["end_date"], plan)) CHECK(reviews["review_date"].day_at(row) <= *end);
    }
}

TEST_CASE("the number of previous plans is true to the history on file") {
    const table& t = sample()["cp_plan"];
    std::size_t repeats = 0;
    for (const auto& [child, rows] : by_child(t, "start_date")) {
        std::int64_t earlier = 0;
        for (const std::size_t row : rows) {
            if (!t["number_of_previous_plans"].is_null(row)) {
                CHECK(t["number_of_previous_plans"].int64_at(row) >= earlier);
                repeats += t["number_of_previous_plans"].int64_at(row) > 0 ? 1U : 0U;
            }
            if (!is_true(t["other_authority"], row)) ++earlier;
        }
    }
    CHECK(repeats > 10);
}

TEST_CASE("conferences are mostly held within 15 working days of the strategy discussion") {
    const table &t = sample()["initial_conference"], &enquiries = sample()["section_47"];
    const auto enquiry_rows = rows_by(enquiries, "section_47_id");
    std::size_t in_time = 0, measured = 0;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        CHECK(t["section_47_id"].is_null(row) == is_true(t["transfer_in"], row));
        if (t["section_47_id"].is_null(row)) continue;
        const day start = enquiries["start_date"].day_at(enquiry_rows.at(text_in(t["section_47_id"], row)));
        const auto days = working_days_between(start, t["conference_date"].day_at(row));
        CHECK(days >= 0);
        ++measured;
        in_time += days <= 15 ? 1U : 0U;
    }
    CHECK(in_time * 100 > measured * 70);
    CHECK(in_time * 100 < measured * 88);
}

TEST_CASE("factors come with authorised assessments only, 21 stands alone") {
    const table &assessments = sample()["assessment"], &factors = sample()["assessment_factor"];
    std::map<std::string, std::vector<std::string>> of;
    for (std::size_t row = 0; row < factors.row_count(); ++row) {
        of[text_in(factors["assessment_id"], row)].push_back(text_in(factors["factor"], row));
    }
    std::size_t without = 0;
    for (std::size_t row = 0; row < assessments.row_count(); ++row) {
        const auto found = of.find(text_in(assessments["assessment_id"], row));
        const bool any = found != of.end();
        CHECK(assessments["factors_recorded"].is_null(row) == assessments["authorised_date"].is_null(row));
        CHECK(any == is_true(assessments["factors_recorded"], row));
        without += !assessments["authorised_date"].is_null(row) && !any ? 1U : 0U;
        if (!any) continue;
        const std::set<std::string> distinct(found->second.begin(), found->second.end());
        CHECK(distinct.size() == found->second.size());
        if (distinct.count("21") != 0) CHECK(distinct.size() == 1);
    }
    CHECK(without > 0);
}

TEST_CASE("episodes in care form a chain") {
    const table& t = sample()["looked_after_episode"];
    std::size_t chained = 0;
    for (const auto& [child, rows] : by_child(t, "start_date")) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t row = rows[i];
            INFO(child);
            CHECK(t["end_date"].is_null(row) == t["reason_ceased"].is_null(row));
            const bool follows = text_in(t["reason_ceased"], row) == "X1";
            if (follows) {
                REQUIRE(i + 1 < rows.size());
                CHECK(*day_in(t["end_date"], row) == t["start_date"].day_at(rows[i + 1]));
                CHECK(text_in(t["reason_new_episode"], rows[i + 1]) != "S");
                CHECK(text_in(t["period_of_care_id"], row) == text_in(t["period_of_care_id"], rows[i + 1]));
                const bool same_place = text_in(t["placement_id"], row) == text_in(t["placement_id"], rows[i + 1]);
                CHECK(same_place == (text_in(t["reason_new_episode"], rows[i + 1]) == "L"));
                ++chained;
            } else if (i + 1 < rows.size()) {
                CHECK(text_in(t["reason_new_episode"], rows[i + 1]) == "S");
            }
        }
    }
    CHECK(chained > 100);
}

TEST_CASE("nobody is looked after before birth or after the eighteenth birthday") {
    const table &t = sample()["looked_after_episode"], &persons = sample()["person"];
    const auto person_rows = rows_by(persons, "child_id");
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        const auto born = day_in(persons["date_of_birth"], person_rows.at(text_in(t["child_id"], row)));
        REQUIRE(born);
        CHECK(t["start_date"].day_at(row) >= *born);
        CHECK(day_in(t["end_date"], row).value_or(last_day) <= birthday(*born, 18));
    }
}

TEST_CASE("an unborn child has an expected date and no other") {
    const table &persons = sample()["person"], &referrals = sample()["referral"];
    const auto person_rows = rows_by(persons, "child_id");
    std::size_t unborn = 0;
    for (std::size_t row = 0; row < persons.row_count(); ++row) {
        CHECK(persons["date_of_birth"].is_null(row) != persons["expected_date_of_birth"].is_null(row));
        if (!persons["date_of_birth"].is_null(row)) continue;
        ++unborn;
        CHECK(text_in(persons["sex"], row) == "U");
        CHECK(persons["expected_date_of_birth"].day_at(row) > last_day - 28);
    }
    CHECK(unborn > 0);
    std::size_t known_before_birth = 0;
    for (std::size_t row = 0; row < referrals.row_count(); ++row) {
        const std::size_t person = person_rows.at(text_in(referrals["child_id"], row));
        const auto born = day_in(persons["date_of_birth"], person);
        const day due = born ? *born : *day_in(persons["expected_date_of_birth"], person);
        CHECK(referrals["referral_date"].day_at(row) > due - 280);
        known_before_birth += born && *born > referrals["referral_date"].day_at(row) ? 1U : 0U;
    }
    CHECK(known_before_birth > unborn);
}
