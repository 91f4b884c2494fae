// Third-party sample files beside the project, where they are; nothing of them is kept here.
#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/merge_datasets.hpp>
#include <goldenthread/data/read_cin_census.hpp>
#include <goldenthread/data/read_ssda903.hpp>

#include <set>

using namespace goldenthread;

namespace {

const std::filesystem::path samples = std::filesystem::path(GOLDENTHREAD_SOURCE_DIR) / ".." / "shared" / "samples";

bool samples_are_missing() {
    if (std::filesystem::exists(samples)) return false;
    WARN("skipped: ../shared/samples is not there");
    return true;
}

/// Different children with a row open on a day; the end is the first day no longer open.
std::size_t open_children(const table& t, const char* start, const char* end, day at) {
    std::set<std::string_view> children;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        if (t[start].is_null(row) || t[start].day_at(row) > at) continue;
        if (!t[end].is_null(row) && t[end].day_at(row) <= at) continue;
        children.insert(t["child_id"].text_at(row));
    }
    return children.size();
}

std::size_t known(const table& t, const char* column) { return t.row_count() - t[column].null_count(); }

}  // namespace

TEST_CASE("sample files: the CIN census") {
    if (samples_are_missing()) return;
    const dataset data = read_cin_census((samples / "cin" / "fake_CIN_data.xml").string());
    CHECK(data["person"].row_count() == 332);
    const table& referral = data["referral"];
    CHECK(referral.row_count() == 402);
    CHECK(referral["closure_date"].null_count() == 150);
    CHECK(data["initial_conference"].row_count() == 402 - 52);
    CHECK(open_children(referral, "referral_date", "closure_date", to_day(2015, 3, 31)) == 63);
    CHECK(open_children(referral, "referral_date", "closure_date", to_day(2019, 3, 31)) == 105);
    CHECK(open_children(referral, "referral_date", "closure_date", to_day(2022, 2, 28)) == 138);
    CHECK(open_children(referral, "referral_date", "closure_date", to_day(2022, 3, 31)) == 139);
    CHECK(test::count_findings(data, "person", "sex", "sex_indeterminate") == 80);
    CHECK(known(data["person"], "disabled") == 74);
    std::size_t disabled = 0;
    for (std::size_t row = 0; row < 332; ++row) {
        if (test::cell(data, "person", "disabled", row) == "true") ++disabled;
    }
    CHECK(disabled == 71);
    CHECK(test::counts_agree(data));
}

TEST_CASE("sample files: the small censuses with every block and stray text") {
    if (samples_are_missing()) return;
    const dataset one = read_cin_census((samples / "cin" / "CIN_Census_2021.xml").string());
    CHECK(one["assessment_factor"].row_count() == 2);
    CHECK(test::count_findings(one, "person", "expected_date_of_birth", "date_out_of_range") == 1);
    CHECK(test::count_findings(one, "person", "", "stray_text") == 1);
    const dataset two = read_cin_census((samples / "cin" / "CIN2rows.xml").string());
    CHECK(two["cp_plan"].row_count() == 1);
    CHECK(test::count_findings(two, "cp_plan", "", "duplicate_row") == 1);
    CHECK(test::counts_agree(two));
}

TEST_CASE("sample files: the SSDA903") {
    if (samples_are_missing()) return;
    const dataset data = read_ssda903((samples / "looked_after").string());
    const table& episodes = data["looked_after_episode"];
    CHECK(episodes.row_count() == 5050);
    CHECK(data["person"].row_count() == 2675);
    CHECK(data["missing_episode"].row_count() == 43);
    CHECK(episodes["end_date"].null_count() == 1413);
    std::set<std::string_view> children;
    std::set<std::string_view> periods;
    for (std::size_t row = 0; row < episodes.row_count(); ++row) {
        children.insert(episodes["child_id"].text_at(row));
        periods.insert(episodes["period_of_care_id"].text_at(row));
    }
    CHECK(children.size() == 2123);
    CHECK(periods.size() == 2173);
    CHECK(open_children(episodes, "start_date", "end_date", to_day(2017, 3, 31)) == 2100);
    CHECK(open_children(episodes, "start_date", "end_date", to_day(2018, 3, 31)) == 1419);
    CHECK(test::cell(data, "coverage", "first_day", 0) == "2017-04-01");
    CHECK(data.findings().empty());
    CHECK(test::counts_agree(data));
}

TEST_CASE("sample files: both together") {
    if (samples_are_missing()) return;
    const dataset merged = merge_datasets(read_cin_census((samples / "cin" / "fake_CIN_data.xml").string()),
                                          read_ssda903((samples / "looked_after").string()));
    CHECK(merged["person"].row_count() == 332 + 2675);
    CHECK(merged["referral"].row_count() == 402);
    CHECK(merged["coverage"].row_count() == 10);
}
