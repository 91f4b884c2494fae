// What definitions say of themselves: sentences that a manager reads in the report.
#include "small_data.hpp"

#include <goldenthread/engine/english.hpp>
#include <goldenthread/engine/resolve.hpp>

#include <string>

using namespace small;

namespace {

std::string meaning(const std::string& id) {
    const detail::resolved_measure m = detail::resolve_measure(canonical_schema(), shipped_indicators(), shipped_indicators()[id], {}, {});
    return detail::meaning_of(canonical_schema(), m);
}

std::string said(const std::string& where, const std::string& of = "cp_plan") {
    const indicator_set set = definition(count_at(of, where));
    return detail::meaning_of(canonical_schema(), detail::resolve_measure(canonical_schema(), set, set["test.one"], {}, {}));
}

}  // namespace

TEST_CASE("definitions read as sentences") {
    CHECK(said("open(start_date, end_date) and latest_category = 'NEG' and start_date < as_at - 12 months") ==
          "Number of child protection plans open at the end of the period whose latest category is neglect (NEG) and whose start date is more "
          "than 12 months before the end of the period.");
    CHECK(said("start_date <= as_at - 1 years") == "Number of child protection plans whose start date is 1 year or more before the end of the period.");
    CHECK(said("end_date <= start_date + 15 working days") ==
          "Number of child protection plans whose end date is no more than 15 working days after start date.");
    CHECK(said("not any(cp_review by cp_plan_id where review_date > as_at)") ==
          "Number of child protection plans for which there are no reviews of child protection plans of the same cp plan whose review date is after "
          "the end of the period.");
    CHECK(said("number_of_previous_plans / 2 > 0.5") == "Number of child protection plans for which number of previous plans divided by 2 is above 0.5.");
    CHECK(said("true") == "Number of child protection plans.");
    CHECK(meaning("standard.re_referrals_within_12_months") ==
          "Share of referrals (episodes of need) whose referral date falls in the period; the share is of those for which there are referrals "
          "(episodes of need) of the same child whose referral date is before the counted row's referral date and whose referral date is no more "
          "than 12 months before the counted row's referral date.");
    CHECK(meaning("standard.contacts") == "Number of contacts, each about one child, whose contact date falls in the period.");
}

TEST_CASE("open is said only of one stay asked about on one day") {
    // The end is asked about on another day than the start: not an open plan.
    CHECK(said("start_date <= as_at and (end_date is null or end_date > period.first)") ==
          "Number of child protection plans whose start date is on or before the end of the period and for which (end date is not recorded or end "
          "date is after the first day of the period).");
    CHECK(said("start_date <= as_at and (end_date is null or end_date > as_at)") == "Number of child protection plans open at the end of the period.");
}

TEST_CASE("the English of every shipped definition is a sentence without code") {
    for (const std::string& id : shipped_indicators().ids()) {
        const std::string text = meaning(id);
        INFO(id << ": " << text);
        CHECK(text.back() == '.');
        for (const char* code : {" = ", " >= ", " <= ", " != ", "_between", "coalesce(", " :"}) CHECK(text.find(code) == std::string::npos);
    }
}
