#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_ssda903.hpp>

using namespace goldenthread;
using Catch::Matchers::Contains;
using test::cell;
using test::count_findings;

namespace {

const char* const header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,27/03/2008,WBRI,A1,,\n2,2,1/4/2009,REFU,,,\n";
const char* const episodes =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST\n"
    "1,01/05/2017,S,C1,N1,U4,PR1,01/08/2017,X1,,\n"
    "1,01/08/2017,L,C2,N1,U4,PR1,01/10/2017,X1,,\n"
    "1,01/10/2017,P,C2,N1,K2,PR4,01/02/2018,E4A,CARPL,\n"
    "1,01/03/2018,S,V2,N1,U6,PR1,,,,\n"
    "2,15/06/2016,L,C2,N8,U1,PR1,,,,\n";

}  // namespace

TEST_CASE("SSDA903: header, episodes and missing by name; other files are listed") {
    test::scratch_folder folder;
    folder.write("SSDA903_2018_Header.csv", header).write("EPISODES.CSV", episodes);
    folder.write("missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,27/03/2008,M,03/07/2017,05/07/2017\n");
    folder.write("reviews.csv", "CHILD\n1\n").write("notes.csv", "a\n1\n");
    const dataset data = read_ssda903(folder.path());
    CHECK(cell(data, "person", "sex", 0) == "M");
    CHECK(cell(data, "person", "date_of_birth", 1) == "2009-04-01");
    REQUIRE(data["looked_after_episode"].row_count() == 5);
    CHECK(cell(data, "looked_after_episode", "episode_id", 0) == "1#2017-05-01");
    CHECK(cell(data, "looked_after_episode", "end_date", 0) == "2017-08-01");
    CHECK(cell(data, "looked_after_episode", "category_of_need", 4) == "N8");
    CHECK(cell(data, "looked_after_episode", "placement_type", 2) == "K2");
    CHECK(cell(data, "missing_episode", "missing_id", 0) == "1#2017-07-03");
    CHECK(cell(data, "missing_episode", "interview_offered", 0) == "null");
    CHECK(data.findings().empty());
    CHECK(test::counts_agree(data));

    // Placements carry over a change of legal status; a gap begins a new period of care.
    const char* placements[] = {"1#2017-05-01", "1#2017-05-01", "1#2017-10-01", "1#2018-03-01", "2#2016-06-15"};
    const char* periods[] = {"1#2017-05-01", "1#2017-05-01", "1#2017-05-01", "1#2018-03-01", "2#2016-06-15"};
    for (std::size_t row = 0; row < 5; ++row) {
        CHECK(cell(data, "looked_after_episode", "placement_id", row) == placements[row]);
        CHECK(cell(data, "looked_after_episode", "period_of_care_id", row) == periods[row]);
    }

    std::size_t unread = 0;
    for (const source_file& file : data.files()) {
        if (file.kind == "SSDA903 reviews, not read") CHECK(test::has_note(file, "is not mapped"));
        if (file.kind == "not read") CHECK(file.name == "notes.csv");
        if (file.kind.find("not read") != std::string::npos) ++unread;
        if (file.name == "EPISODES.CSV") {
            CHECK(file.kind == "SSDA903 episodes 2017-18");
            CHECK(test::has_note(file, "2017-18 inferred from the dates"));
        }
    }
    CHECK(unread == 2);
    REQUIRE(data["coverage"].row_count() == 2);
    CHECK(cell(data, "coverage", "first_day", 0) == "2017-04-01");
    CHECK(cell(data, "coverage", "last_day", 1) == "2018-03-31");
}

TEST_CASE("SSDA903: a year that is given rules, and a different look is said") {
    test::scratch_folder folder;
    folder.write("episodes.csv", episodes);
    const dataset data = read_ssda903(folder.path(), 2019);
    CHECK(cell(data, "coverage", "first_day", 0) == "2018-04-01");
    CHECK(test::has_note(data.files()[0], "the dates look like 2017-18, the year asked for is 2018-19"));
    CHECK(data.find("person") == nullptr);
    CHECK(data.find("missing_episode") == nullptr);
}

TEST_CASE("SSDA903: rows of one child and day: repetitions collapse, different ones are both kept") {
    test::scratch_folder folder;
    folder.write("episodes.csv",
                 "CHILD,DECOM,RNE,DEC\n1,01/05/2017,S,01/06/2017\n1,01/05/2017,S,01/06/2017\n1,01/05/2017,P,\n");
    const dataset data = read_ssda903(folder.path());
    REQUIRE(data["looked_after_episode"].row_count() == 2);
    CHECK(cell(data, "looked_after_episode", "episode_id", 1) == "1#2017-05-01#2");
    CHECK(count_findings(data, "looked_after_episode", "", "duplicate_row") == 1);
    CHECK(count_findings(data, "looked_after_episode", "start_date", "same_day_episode") == 1);
    CHECK(data.files()[0].rows_set_aside == 1);
    CHECK(test::counts_agree(data));
}

TEST_CASE("SSDA903: bad values are findings, the rows stay") {
    test::scratch_folder folder;
    folder.write("header.csv", "CHILD,SEX,DOB,ETHNIC\n1,3,31/02/2008,WBRI\n1,1,01/02/2008,WBRI\n,1,,\n");
    folder.write("episodes.csv", "CHILD,DECOM,LS,DEC\n1,01/05/2017,Q9,2017-06-01\n9,05-06-17,C2,14/10/1066\n");
    const dataset data = read_ssda903(folder.path());
    CHECK(data["person"].row_count() == 1);
    CHECK(count_findings(data, "person", "sex", "code_unknown") == 1);
    CHECK(count_findings(data, "person", "date_of_birth", "date_not_real") == 1);
    CHECK(count_findings(data, "person", "", "duplicate_key") == 1);
    CHECK(count_findings(data, "person", "child_id", "key_missing") == 1);
    REQUIRE(data["looked_after_episode"].row_count() == 2);
    CHECK(cell(data, "looked_after_episode", "end_date", 0) == "2017-06-01");
    CHECK(count_findings(data, "looked_after_episode", "legal_status", "code_unknown") == 1);
    CHECK(count_findings(data, "looked_after_episode", "start_date", "date_unreadable") == 1);
    CHECK(count_findings(data, "looked_after_episode", "end_date", "date_out_of_range") == 1);
    CHECK(count_findings(data, "looked_after_episode", "child_id", "reference_dangling") == 1);
    CHECK(test::counts_agree(data));
}

TEST_CASE("SSDA903: folders and files that cannot be used are refused") {
    test::scratch_folder folder;
    const auto error = [&](int year = 0) {
        return test::data_error_of([&] { static_cast<void>(read_ssda903(folder.path(), year)); });
    };
    CHECK_THAT(error(), Contains("no SSDA903 file in this folder") && Contains("header.csv, episodes.csv"));
    CHECK_THAT(error(18), Contains("the year 18 is no collection year"));
    folder.write("episodes.csv", "CHILD,DECOMM\n1,01/05/2017\n");
    CHECK_THAT(error(), Contains("episodes.csv") && Contains("the column 'DECOM' is missing") &&
                            Contains("did you mean 'DECOMM'?"));
    folder.write("episodes.csv", "CHILD,DECOM\n1,\n");
    CHECK_THAT(error(), Contains("the collection year cannot be inferred"));
    folder.write("episodes.csv", episodes).write("episodes 2.csv", "a\n").write("old_episodes.csv", episodes);
    CHECK_THAT(error(), Contains("a second file of the kind 'episodes'") && Contains("merge them"));
}
