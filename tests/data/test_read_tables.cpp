#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_tables.hpp>

using namespace goldenthread;
using Catch::Matchers::Contains;
using test::cell;
using test::count_findings;

TEST_CASE("canonical tables: types, blanks, codes in any case, what the rows are about") {
    test::scratch_folder folder;
    folder.write("person.csv",
                 "child_id,date_of_birth,sex,ethnicity\n"
                 "007, 2010-02-28 ,f,cnhe\n"
                 "008,1900-01-01,#N/A,WBRI\n"
                 "009,2011-05-06 00:00:00,NULL,\xC2\xA0\n");
    folder.write("contact.csv",
                 "contact_id,child_id,contact_date,source\nk1,007,2018-04-01,4.0\nk2,007,2018-04-02,10\n");
    folder.write("population.csv", "area,year,age,sex,count,vintage\nL,2018,0,,100,2019-06\nL,2018,90.0,M,7,2019-06\n");
    folder.write("coverage.csv", "table_name,first_day,last_day,share\ncontact,2018-04-01,2019-03-31,0.75\n");
    folder.write("dataset.csv", "area,synthetic\nExampleshire,true\n");
    const dataset data = read_tables(folder.path());
    CHECK(data.area() == "Exampleshire");
    CHECK(data.synthetic());
    CHECK(cell(data, "person", "child_id", 0) == "007");
    CHECK(cell(data, "person", "date_of_birth", 0) == "2010-02-28");
    CHECK(cell(data, "person", "sex", 0) == "F");
    CHECK(cell(data, "person", "ethnicity", 0) == "CHNE");
    CHECK(count_findings(data, "person", "ethnicity", "code_repaired") == 1);
    CHECK(cell(data, "person", "date_of_birth", 1) == "null");
    CHECK(cell(data, "person", "sex", 1) == "null");
    CHECK(cell(data, "person", "date_of_birth", 2) == "2011-05-06");
    CHECK(cell(data, "person", "ethnicity", 2) == "null");
    CHECK(cell(data, "contact", "source", 0) == "4");
    CHECK(cell(data, "contact", "source", 1) == "10");
    CHECK(cell(data, "population", "sex", 0) == "null");
    CHECK(cell(data, "population", "age", 1) == "90");
    CHECK(cell(data, "coverage", "share", 0) == "750000");
    CHECK(data.findings().size() == 1);
    CHECK(data.find("referral") == nullptr);
    CHECK(test::counts_agree(data));
}

TEST_CASE("canonical tables: bad values become findings and null, the other rows stay") {
    test::scratch_folder folder;
    folder.write("person.csv",
                 "child_id,date_of_birth,sex\n"
                 "a,2019-02-29,X\n"
                 "b,1066-10-14,M\n"
                 "c,12/05/2010,F\n"
                 "d,2010-05-12,F\n");
    folder.write("cp_plan.csv",
                 "cp_plan_id,child_id,start_date,number_of_previous_plans,other_authority\n"
                 "p1,a,2018-05-01,-1,perhaps\n"
                 "p2,b,,many,yes\n"
                 "p3,c,2018-05-01,99999999999999999999,0\n"
                 "p4,z,2018-05-01,2.0,TRUE\n");
    const dataset data = read_tables(folder.path());
    REQUIRE(data["person"].row_count() == 4);
    CHECK(cell(data, "person", "date_of_birth", 0) == "null");
    CHECK(count_findings(data, "person", "date_of_birth", "date_not_real") == 1);
    CHECK(count_findings(data, "person", "date_of_birth", "date_out_of_range") == 1);
    CHECK(count_findings(data, "person", "date_of_birth", "date_unreadable") == 1);
    CHECK(count_findings(data, "person", "sex", "code_unknown") == 1);
    REQUIRE(data["cp_plan"].row_count() == 4);
    CHECK(count_findings(data, "cp_plan", "number_of_previous_plans", "negative_count") == 1);
    CHECK(count_findings(data, "cp_plan", "number_of_previous_plans", "number_unreadable") == 1);
    CHECK(count_findings(data, "cp_plan", "number_of_previous_plans", "number_out_of_range") == 1);
    CHECK(count_findings(data, "cp_plan", "other_authority", "boolean_unreadable") == 1);
    CHECK(count_findings(data, "cp_plan", "start_date", "value_missing") == 1);
    CHECK(count_findings(data, "cp_plan", "child_id", "reference_dangling") == 1);
    CHECK(cell(data, "cp_plan", "number_of_previous_plans", 0) == "null");
    CHECK(cell(data, "cp_plan", "number_of_previous_plans", 3) == "2");
    CHECK(cell(data, "cp_plan", "other_authority", 1) == "true");

    const finding& first = data.findings().front();
    CHECK(first.table == "cp_plan");
    CHECK(first.message == "a count below zero; read as empty");
    CHECK(first.file == "cp_plan.csv");
    CHECK(first.row == 2);
    CHECK(first.key == "p1");
    CHECK(first.value == "-1");
    CHECK(test::counts_agree(data));
}

TEST_CASE("canonical tables: keys missing or repeated set rows aside, and every row is accounted for") {
    test::scratch_folder folder;
    folder.write("person.csv",
                 "child_id,date_of_birth\na,2010-01-01\n,2010-01-01\na,2010-01-01\na,2011-01-01\nb,2012-01-01\n");
    folder.write("assessment_factor.csv", "assessment_id,factor\ns1,16A\ns1,ZZ\ns1,16a\n");
    const dataset data = read_tables(folder.path());
    REQUIRE(data["person"].row_count() == 2);
    CHECK(cell(data, "person", "date_of_birth", 0) == "2010-01-01");
    CHECK(count_findings(data, "person", "child_id", "key_missing") == 1);
    CHECK(count_findings(data, "person", "", "duplicate_row") == 1);
    CHECK(count_findings(data, "person", "", "duplicate_key") == 1);
    CHECK(data["assessment_factor"].row_count() == 1);
    REQUIRE(count_findings(data, "assessment_factor", "factor", "code_unknown") == 1);
    CHECK(count_findings(data, "assessment_factor", "factor", "key_missing") == 0);
    for (const finding& f : data.findings()) CHECK(f.action == finding_action::set_aside);
    REQUIRE(data.files().size() == 2);
    CHECK(data.files()[1].rows_read == 5);
    CHECK(data.files()[1].rows_kept == 2);
    CHECK(data.files()[1].rows_set_aside == 3);
    CHECK(test::counts_agree(data));
    REQUIRE(data["person"].sources().size() == 2);
    CHECK(data["person"].sources()[1].row == 6);
}

TEST_CASE("canonical tables: a table with headings alone is supplied and empty") {
    test::scratch_folder folder;
    folder.write("cp_plan.csv", "cp_plan_id,child_id,start_date\n");
    const dataset data = read_tables(folder.path());
    REQUIRE(data.find("cp_plan") != nullptr);
    CHECK(data["cp_plan"].row_count() == 0);
    CHECK(data["cp_plan"].find("latest_category") != nullptr);
}

TEST_CASE("canonical tables: columns that follow from other rows are derived unless the file brings them") {
    test::scratch_folder folder;
    folder.write("person.csv", "child_id\na\nb\nc\n");
    folder.write("person_disability.csv", "child_id,disability\na,NONE\nb,NONE\nb,LD\n");
    folder.write("assessment.csv",
                 "assessment_id,referral_id,child_id,start_date,authorised_date\n"
                 "s1,r1,a,2018-04-01,2018-05-01\ns2,r1,a,2018-04-01,\ns3,r2,b,2018-04-01,2018-05-01\n");
    folder.write("assessment_factor.csv", "assessment_id,factor\ns1,16A\n");
    folder.write("looked_after_episode.csv",
                 "episode_id,child_id,start_date,end_date,reason_new_episode\n"
                 "e1,a,2018-01-01,2018-02-01,S\ne2,a,2018-02-01,2018-03-01,L\ne3,a,2018-03-01,2018-04-01,P\n"
                 "e4,a,2018-06-01,,S\n");
    const dataset data = read_tables(folder.path());
    CHECK(cell(data, "person", "disabled", 0) == "false");
    CHECK(cell(data, "person", "disabled", 1) == "true");
    CHECK(cell(data, "person", "disabled", 2) == "null");
    CHECK(cell(data, "assessment", "factors_recorded", 0) == "true");
    CHECK(cell(data, "assessment", "factors_recorded", 1) == "null");
    CHECK(cell(data, "assessment", "factors_recorded", 2) == "false");
    CHECK(cell(data, "looked_after_episode", "placement_id", 1) == "e1");
    CHECK(cell(data, "looked_after_episode", "placement_id", 2) == "e3");
    CHECK(cell(data, "looked_after_episode", "period_of_care_id", 2) == "e1");
    CHECK(cell(data, "looked_after_episode", "period_of_care_id", 3) == "e4");

    folder.write("person.csv", "child_id,disabled\na,yes\n");
    CHECK(cell(read_tables(folder.path()), "person", "disabled", 0) == "true");
}

TEST_CASE("canonical tables: ragged rows are read and reported") {
    test::scratch_folder folder;
    folder.write("person.csv", "child_id,sex\na\nb,M,extra\n");
    const dataset data = read_tables(folder.path());
    CHECK(data["person"].row_count() == 2);
    CHECK(count_findings(data, "person", "", "row_ragged") == 2);
    CHECK(data.findings()[0].row == 2);
}

TEST_CASE("canonical tables: what was not read is said") {
    test::scratch_folder folder;
    folder.write("person.csv", "child_id,date_of_brith\na,2010-01-01\n");
    folder.write("referal.csv", "a\n1\n");
    const dataset data = read_tables(folder.path());
    REQUIRE(data.files().size() == 2);
    CHECK(test::has_note(data.files()[0], "did you mean 'date_of_birth'?"));
    CHECK(data.files()[1].kind == "not read");
    CHECK(test::has_note(data.files()[1], "did you mean 'referral'?"));
    CHECK(data.findings().empty());
}

TEST_CASE("canonical tables: a folder or file that cannot be used is refused") {
    test::scratch_folder folder;
    const auto error = [&] { return test::data_error_of([&] { static_cast<void>(read_tables(folder.path())); }); };
    CHECK_THAT(error(), Contains("no file of this folder is a canonical table") && Contains("person.csv"));
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(read_tables(folder.path("nowhere"))); }),
               Contains("there is no such folder"));
    folder.write("person.csv", "chld_id,sex\na,M\n");
    CHECK_THAT(error(), Contains("person.csv") && Contains("the column 'child_id' is missing") &&
                            Contains("did you mean 'chld_id'?"));
    folder.write("person.csv", "child_id;sex\na;M\n");
    CHECK_THAT(error(), Contains("separated by commas"));
    folder.write("person.csv", "");
    CHECK_THAT(error(), Contains("person.csv: is empty"));
    folder.write("person.csv", "child_id\na\n").write("dataset.csv", "area,synthetic\nX,perhaps\n");
    CHECK_THAT(error(), Contains("neither true nor false"));
}
