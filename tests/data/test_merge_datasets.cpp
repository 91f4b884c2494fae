#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/merge_datasets.hpp>
#include <goldenthread/data/read_cin_census.hpp>
#include <goldenthread/data/read_ssda903.hpp>
#include <goldenthread/data/read_tables.hpp>

using namespace goldenthread;
using test::cell;
using test::count_findings;

namespace {

dataset tables(std::initializer_list<std::pair<const char*, const char*>> files) {
    test::scratch_folder folder;
    for (const auto& [name, text] : files) folder.write(name, text);
    return read_tables(folder.path());
}

std::string census(int year, const std::string& blocks) {
    return "<Message><Header><CollectionDetails><Year>" + std::to_string(year) + "</Year><ReferenceDate>" +
           std::to_string(year) +
           "-03-31</ReferenceDate></CollectionDetails></Header><Children><Child>"
           "<ChildIdentifiers><LAchildID>a</LAchildID></ChildIdentifiers><CINdetails>"
           "<CINreferralDate>2017-05-01</CINreferralDate>" +
           blocks + "</CINdetails></Child></Children></Message>";
}

}  // namespace

TEST_CASE("merging: the later value wins column by column, null never does, changes are reported") {
    const dataset merged =
        merge_datasets(tables({{"person.csv", "child_id,date_of_birth,sex,upn\na,2010-01-01,F,U1\nb,2011-01-01,M,\n"}}),
                       tables({{"person.csv", "child_id,date_of_birth,sex,upn\na,2010-01-02,,U1\nc,,,\nb,,,U2\n"}}));
    REQUIRE(merged["person"].row_count() == 3);
    CHECK(cell(merged, "person", "date_of_birth", 0) == "2010-01-02");
    CHECK(cell(merged, "person", "sex", 0) == "F");
    CHECK(cell(merged, "person", "date_of_birth", 1) == "2011-01-01");
    CHECK(cell(merged, "person", "upn", 1) == "U2");
    CHECK(cell(merged, "person", "child_id", 2) == "c");
    REQUIRE(merged.findings().size() == 1);
    CHECK(merged.findings()[0].rule == "revised");
    CHECK(merged.findings()[0].column == "date_of_birth");
    CHECK(merged.findings()[0].key == "a");
    CHECK(merged.findings()[0].value == "2010-01-01");
    REQUIRE(merged.files().size() == 2);
    CHECK(merged["person"].sources()[2].file == 1);
}

TEST_CASE("merging: two census years are one run of coverage and one row for each referral") {
    const dataset merged = merge_datasets(
        parse_cin_census(census(2018,
                                "<Assessments><AssessmentActualStartDate>2017-06-01</AssessmentActualStartDate>"
                                "<AssessmentAuthorisationDate>2017-07-01</AssessmentAuthorisationDate>"
                                "<FactorsIdentifiedAtAssessment><AssessmentFactors>16A</AssessmentFactors>"
                                "</FactorsIdentifiedAtAssessment></Assessments>"),
                         "2018.xml"),
        parse_cin_census(census(2019,
                                "<CINclosureDate>2018-06-01</CINclosureDate>"
                                "<Assessments><AssessmentActualStartDate>2017-06-01</AssessmentActualStartDate>"
                                "<AssessmentAuthorisationDate>2017-07-01</AssessmentAuthorisationDate>"
                                "</Assessments>"),
                         "2019.xml"));
    CHECK(merged["referral"].row_count() == 1);
    CHECK(cell(merged, "referral", "closure_date", 0) == "2018-06-01");
    CHECK(merged["assessment_factor"].row_count() == 1);
    CHECK(cell(merged, "assessment", "factors_recorded", 0) == "true");
    CHECK(merged.find("cin_plan") == nullptr);
    const table& coverage = merged["coverage"];
    for (std::size_t row = 0; row < coverage.row_count(); ++row) {
        CHECK(cell(merged, "coverage", "first_day", row) == "2017-04-01");
        CHECK(cell(merged, "coverage", "last_day", row) == "2019-03-31");
    }
}

TEST_CASE("merging: a gap in coverage keeps the later run and says so; complete for all time stays complete") {
    const dataset gap =
        merge_datasets(parse_cin_census(census(2016, ""), "a.xml"), parse_cin_census(census(2019, ""), "b.xml"));
    CHECK(cell(gap, "coverage", "first_day", 0) == "2018-04-01");
    CHECK(test::has_note(gap.files().back(), "has a gap between the files"));

    const dataset whole =
        merge_datasets(parse_cin_census(census(2019, ""), "b.xml"),
                       tables({{"referral.csv", "referral_id,child_id,referral_date\nr,a,2018-05-01\n"}}));
    for (std::size_t row = 0; row < whole["coverage"].row_count(); ++row) {
        CHECK(cell(whole, "coverage", "table_name", row) != "referral");
    }
}

TEST_CASE("merging: the census and the SSDA903 share the person table") {
    test::scratch_folder folder;
    folder.write("header.csv", "CHILD,SEX,DOB\na,2,01/02/2010\nz,1,01/02/2011\n");
    folder.write("episodes.csv", "CHILD,DECOM,RNE,DEC\na,01/05/2018,S,01/06/2018\n");
    const dataset merged = merge_datasets(parse_cin_census(census(2019, ""), "b.xml"), read_ssda903(folder.path()));
    REQUIRE(merged["person"].row_count() == 2);
    CHECK(cell(merged, "person", "sex", 0) == "F");
    CHECK(merged["looked_after_episode"].row_count() == 1);
    CHECK(merged["coverage"].row_count() == 8);
    CHECK(merged["looked_after_episode"].sources()[0].file == 1);
    CHECK(count_findings(merged, "person", "sex", "revised") == 0);
}

TEST_CASE("merging: areas and invented children") {
    dataset a = tables({{"person.csv", "child_id\na\n"}});
    dataset b = a;
    b.set_area("North");
    b.set_synthetic(true);
    CHECK(merge_datasets(a, b).area() == "North");
    CHECK(merge_datasets(a, b).synthetic());
    a.set_area("South");
    CHECK(test::has_note(merge_datasets(a, b).files().back(), "different areas: 'South' and 'North'"));
}

TEST_CASE("merging: columns of different types are refused") {
    column_builder text("value", value_type::text);
    text.append_text("1");
    column_builder number("value", value_type::int64);
    number.append_int64(1);
    dataset a;
    a.add(table("local", {text.finish()}));
    dataset b;
    b.add(table("local", {number.finish()}));
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(merge_datasets(a, b)); }),
               Catch::Matchers::Contains("column 'value' is text in one dataset and int64 in the other"));
    CHECK(merge_datasets(a, a)["local"].row_count() == 2);
}

TEST_CASE("merging: what follows the last merge looks across all the files") {
    const auto year = [](const char* rows, int collection) {
        test::scratch_folder folder;
        folder.write("episodes.csv", std::string("CHILD,DECOM,RNE,DEC,REC\n") + rows);
        return read_ssda903(folder.path(), collection);
    };
    dataset data = merge_datasets(year("1,01/05/2017,S,01/03/2018,X1\n1,01/03/2018,L,,\n", 2018),
                                  year("1,01/03/2018,L,01/06/2018,X1\n1,01/06/2018,L,,\n", 2019));
    REQUIRE(data["looked_after_episode"].row_count() == 3);
    CHECK(cell(data, "looked_after_episode", "period_of_care_id", 2) == "1#2018-03-01");
    settle_merged(data, true);
    for (std::size_t row = 0; row < 3; ++row) {
        CHECK(cell(data, "looked_after_episode", "period_of_care_id", row) == "1#2017-05-01");
        CHECK(cell(data, "looked_after_episode", "placement_id", row) == "1#2017-05-01");
    }

    // A reference into another file's rows dangles no longer, and what still dangles is said once.
    finding stale;
    stale.table = "looked_after_episode";
    stale.column = "child_id";
    stale.rule = "reference_dangling";
    data.findings() = {stale};
    settle_merged(data, false);
    CHECK(data.findings().empty());  // person was not supplied: there is nothing to refer to
}
