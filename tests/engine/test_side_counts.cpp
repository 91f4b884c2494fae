// Every row of `where` ends in exactly one count; distinct entities are united first.
#include "small_data.hpp"

#include <string>
#include <vector>

using namespace small;

namespace {

const char* const referral_columns = "referral_id child_id referral_date closure_date referral_nfa closure_reason";

}  // namespace

TEST_CASE("order of the filters: where, exclude, immature, numerator") {
    const indicator_set set = definition(R"({"kind": "share", "timing": "at", "of": "referral", "where": "referral_nfa",
        "exclude": "closure_reason = 'RC1'", "immature": "referral_date > as_at - 1 months", "numerator": "closure_date is not null and closure_date <= as_at"})");
    const auto one = [&](const std::string& line) { return total(set, built({written("referral", referral_columns, {line})}), "2018-19"); };
    CHECK(one("r A 2018-05-01 - false RC2") == one("r A 2018-05-01 2018-06-01 false RC1"));  // not in where: nowhere
    CHECK(one("r A 2018-05-01 - true RC1").excluded == 1);
    CHECK(one("r A 2019-03-20 - true RC1").excluded == 1);  // excluded before immature
    CHECK(one("r A 2019-03-20 - true RC2").immature == 1);
    CHECK(one("r A 2019-03-20 - true RC2").state == cell_state::not_due);
    CHECK(one("r A 2018-05-01 2018-06-01 true RC2").numerator == 1);
    CHECK(one("r A 2018-05-01 - true RC2").denominator == 1);
    CHECK(one("r A 2018-05-01 - true RC2").numerator == 0);
    CHECK(one("r A 2018-05-01 - true RC2").state == cell_state::true_zero);
    CHECK(one("r A 2018-05-01 - - RC2").unknown == 1);
    CHECK(one("r A 2018-05-01 - - RC2").denominator == 0);
    // An undecided side filter is unknown, out.
    CHECK(one("r A 2018-05-01 - true -").unknown == 1);
    CHECK(one("r A 2018-05-01 - true -").denominator == 0);
    CHECK(one("r A - - true RC2").unknown == 1);
    // Excluded or immature, one of the two: no row of `where` may be lost.
    const cell either = one("r A 2019-03-20 - true -");
    CHECK(either.unknown == 1);
    CHECK(either.denominator == 0);
    CHECK(either.immature + either.excluded == 0);
}

TEST_CASE("an unknown numerator stays in the denominator and is counted") {
    const indicator_set set = definition(R"({"kind": "share", "timing": "at", "of": "referral", "where": "referral_nfa", "numerator": "closure_reason = 'RC1'"})");
    const cell c = total(set, built({written("referral", referral_columns, {"r A 2018-05-01 - true -", "s B 2018-05-01 - true RC1", "t C 2018-05-01 - - RC1"})}), "2018-19");
    CHECK(c.numerator == 1);
    CHECK(c.denominator == 2);
    CHECK(c.unknown == 2);
    CHECK(c.value == exact_ratio{1, 2});
}

TEST_CASE("a distinct entity is counted once and by its best row") {
    const indicator_set set = definition(R"({"kind": "distinct", "timing": "at", "of": "referral", "distinct": ["child_id"], "where": "referral_nfa", "exclude": "closure_reason = 'RC1'"})");
    const auto counted = [&](const std::vector<std::string>& lines) { return total(set, built({written("referral", referral_columns, lines)}), "2018-19"); };
    CHECK(counted({"r A - - true RC2", "s A - - true RC2", "t B - - true RC2"}).numerator == 2);
    CHECK(counted({"r A - - - RC2", "s A - - true RC2"}).unknown == 0);      // TRUE if any row is
    CHECK(counted({"r A - - - RC2", "s A - - false RC2"}).unknown == 1);     // else UNKNOWN if any is
    CHECK(counted({"r A - - - RC2", "s A - - - RC2"}).unknown == 1);         // the child, not the rows
    CHECK(counted({"r A - - true RC1", "s A - - true RC2"}).excluded == 0);
    CHECK(counted({"r A - - true RC1", "s A - - true RC1"}).excluded == 1);
    // Without a key nobody can say who it is: one unknown for each row.
    const cell keyless = counted({"r - - - true RC2", "s - - - true RC2", "t A - - true RC2", "u - - - false RC2"});
    CHECK(keyless.numerator == 1);
    CHECK(keyless.unknown == 2);
}

TEST_CASE("a composite key is null if a part is") {
    const indicator_set set = definition(R"({"kind": "distinct", "timing": "at", "of": "referral", "distinct": ["child_id", "referral_source"], "where": "true"})");
    const cell c = total(set, built({written("referral", "referral_id child_id referral_source", {"r A 1A", "s A 1A", "t A 1B", "u A -", "v - 1A"})}), "2018-19");
    CHECK(c.numerator == 2);
    CHECK(c.unknown == 2);
}

TEST_CASE("a distinct share needs one row that meets both") {
    const indicator_set set = definition(R"({"kind": "share", "timing": "at", "of": "referral", "distinct": ["child_id"], "where": "referral_nfa", "numerator": "closure_reason = 'RC1'"})");
    const auto shared = [&](const std::vector<std::string>& lines) { return total(set, built({written("referral", referral_columns, lines)}), "2018-19"); };
    CHECK(shared({"r A - - true RC2", "s A - - false RC1"}).numerator == 0);
    CHECK(shared({"r A - - true RC2", "s A - - true RC1"}).numerator == 1);
    CHECK(shared({"r A - - true RC2", "s A - - true -"}).unknown == 1);
    CHECK(shared({"r A - - true RC1", "s A - - true -"}).unknown == 0);
    CHECK(shared({"r A - - true RC2", "s A - - - RC1"}).unknown == 1);  // the second row may be the one
    CHECK(shared({"r A - - true RC2", "s A - - - RC2"}).unknown == 0);
}
