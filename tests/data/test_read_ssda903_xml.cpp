#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_ssda903.hpp>

using namespace goldenthread;
using Catch::Matchers::Contains;
using test::cell;
using test::count_findings;

namespace {

const std::string two_children = R"(<?xml version="1.0" encoding="UTF-8"?>
<EXPSSDA903>
 <CHILD>
  <HEADER><CHILDID>1</CHILDID><UPN>A1</UPN><SEX>1</SEX><DOB>27/03/2008</DOB><ETHNIC>WBRI</ETHNIC><UASC>0</UASC>
   <AREVIEW><REVIEW>01/09/2017</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
   <AMISSING><MISSING>M</MISSING><MIS_START>03/07/2017</MIS_START><MIS_END>05/07/2017</MIS_END></AMISSING>
  </HEADER>
  <EPISODE><DECOM>01/05/2017</DECOM><RNE>S</RNE><LS>C1</LS><CIN>N1</CIN><PL>U4</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER>
   <DEC>01/08/2017</DEC><REC>X1</REC><HOME_POST>AB1 0</HOME_POST></EPISODE>
  <EPISODE><DECOM>01/08/2017</DECOM><RNE>L</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER></EPISODE>
 </CHILD>
 <CHILD>
  <EPISODE><DECOM>15/06/2016</DECOM><RNE>L</RNE><LS>C2</LS><CIN>N8</CIN><PL>U1</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER></EPISODE>
  <HEADER><CHILDID>2</CHILDID><SEX>2</SEX><DOB>29/02/2019</DOB></HEADER>
 </CHILD>
</EXPSSDA903>
)";

dataset parsed(std::string xml, int year = 2018) { return parse_ssda903_xml(std::move(xml), "return.xml", year); }

std::string refused(const std::string& xml) {
    return test::data_error_of([&] { static_cast<void>(parsed(xml)); });
}

}  // namespace

TEST_CASE("SSDA903 XML: header, episodes and missing, whatever their order") {
    const dataset data = parse_ssda903_xml(two_children, "folder/return.xml");
    REQUIRE(data["person"].row_count() == 2);
    CHECK(cell(data, "person", "sex", 0) == "M");
    CHECK(cell(data, "person", "date_of_birth", 0) == "2008-03-27");
    CHECK(cell(data, "person", "upn", 0) == "A1");
    REQUIRE(data["looked_after_episode"].row_count() == 3);
    CHECK(cell(data, "looked_after_episode", "episode_id", 0) == "1#2017-05-01");
    CHECK(cell(data, "looked_after_episode", "placement_type", 0) == "U4");
    CHECK(cell(data, "looked_after_episode", "placement_id", 1) == "1#2017-05-01");
    CHECK(cell(data, "looked_after_episode", "child_id", 2) == "2");
    CHECK(cell(data, "missing_episode", "missing_id", 0) == "1#2017-07-03");
    CHECK(cell(data, "missing_episode", "end_date", 0) == "2017-07-05");
    CHECK(cell(data, "coverage", "last_day", 0) == "2018-03-31");
    CHECK(data.files()[0].name == "return.xml");
    CHECK(data.files()[0].kind == "SSDA903 XML 2017-18");
    CHECK(test::has_note(data.files()[0], "blocks 'AREVIEW' are not mapped"));
    CHECK(test::counts_agree(data));
}

TEST_CASE("SSDA903 XML: gives what the CSV files of the same return give") {
    test::scratch_folder folder;
    folder.write("header.csv", "CHILD,SEX,DOB,ETHNIC,UPN\n1,1,27/03/2008,WBRI,A1\n2,2,01/04/2009,,\n");
    folder.write("episodes.csv",
                 "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
                 "1,01/05/2017,S,C1,N1,U4,PR1,01/08/2017,X1\n1,01/08/2017,L,C2,N1,U4,PR1,,\n"
                 "2,15/06/2016,L,C2,N8,U1,PR1,,\n");
    folder.write("missing.csv", "CHILD,MISSING,MIS_START,MIS_END\n1,M,03/07/2017,05/07/2017\n");
    std::string xml = two_children;
    xml.replace(xml.find("29/02/2019"), 10, "01/04/2009");
    const dataset from_xml = parsed(xml);
    const dataset from_csv = read_ssda903(folder.path(), 2018);
    for (const char* name : {"person", "looked_after_episode", "missing_episode", "coverage"}) {
        const table& left = from_xml[name];
        REQUIRE(left.row_count() == from_csv[name].row_count());
        for (const column& c : left.columns()) {
            for (std::size_t row = 0; row < left.row_count(); ++row) {
                CAPTURE(name, c.name(), row);
                CHECK(cell(from_xml, name, c.name(), row) == cell(from_csv, name, c.name(), row));
            }
        }
    }
}

TEST_CASE("SSDA903 XML: bad values are findings at their child") {
    const dataset data = parsed(two_children);
    REQUIRE(count_findings(data, "person", "date_of_birth", "date_not_real") == 1);
    for (const finding& f : data.findings()) {
        if (f.rule == "date_not_real") CHECK(f.row == 2);
    }
    CHECK(cell(data, "person", "date_of_birth", 1) == "null");
}

TEST_CASE("SSDA903 XML: repeated, empty and unknown elements, stray text, a child without an id") {
    const dataset data = parsed(R"(<EXPSSDA903>stray
        <CHILD><HEADER><CHILDID>1</CHILDID><NEWFIELD>x</NEWFIELD></HEADER>
          <EPISODE><DECOM>01/05/2017</DECOM><DECOM>02/05/2017</DECOM></EPISODE>
          <EPISODE><DECOM>01/05/2017</DECOM><DECOM>02/05/2017</DECOM></EPISODE>
          <EPISODE><DECOM>01/05/2017</DECOM><RNE>P</RNE></EPISODE><EPISODE/><NEWBLOCK/></CHILD>
        <CHILD><HEADER><SEX>1</SEX></HEADER><EPISODE><DECOM>01/06/2017</DECOM></EPISODE></CHILD>
        <OTHER/></EXPSSDA903>)");
    CHECK(data["person"].row_count() == 1);
    REQUIRE(data["looked_after_episode"].row_count() == 2);
    CHECK(cell(data, "looked_after_episode", "episode_id", 1) == "1#2017-05-01#2");
    CHECK(count_findings(data, "looked_after_episode", "start_date", "element_repeated") == 2);
    CHECK(count_findings(data, "looked_after_episode", "", "duplicate_row") == 1);
    CHECK(count_findings(data, "looked_after_episode", "start_date", "same_day_episode") == 1);
    CHECK(count_findings(data, "looked_after_episode", "", "block_empty") == 1);
    CHECK(count_findings(data, "looked_after_episode", "episode_id", "key_missing") == 1);
    CHECK(count_findings(data, "person", "child_id", "key_missing") == 1);
    CHECK(count_findings(data, "person", "", "stray_text") == 1);
    const source_file& file = data.files()[0];
    CHECK(test::has_note(file, "element 'NEWFIELD' below 'HEADER'"));
    CHECK(test::has_note(file, "element 'NEWBLOCK' below 'CHILD'"));
    CHECK(test::has_note(file, "element 'OTHER' below 'EXPSSDA903'"));
    CHECK(file.rows_read == 7);
    CHECK(file.rows_kept == 3);
    CHECK(test::counts_agree(data));
}

TEST_CASE("SSDA903 XML: files that are none") {
    CHECK_THAT(refused(""), Contains("is empty"));
    CHECK_THAT(refused("CHILD,DECOM\n"), Contains("is not XML"));
    CHECK_THAT(refused("<Message/>"), Contains("the outermost element is 'Message'"));
    CHECK_THAT(refused(two_children.substr(0, two_children.size() / 2)), Contains("is cut off"));
    CHECK_THAT(refused(std::string("<EXPSSDA903>\0</EXPSSDA903>", 26)), Contains("NUL bytes"));
    CHECK_THAT(refused("<EXPSSDA903>\xE9</EXPSSDA903>"), Contains("is not UTF-8"));
    CHECK_THAT(test::data_error_of([] { static_cast<void>(parse_ssda903_xml("<EXPSSDA903/>", "x.xml", 0)); }),
               Contains("the collection year cannot be inferred"));
    CHECK_THAT(test::data_error_of([] { static_cast<void>(parse_ssda903_xml("<EXPSSDA903/>", "x.xml", 18)); }),
               Contains("is no collection year"));
    CHECK_THAT(test::data_error_of([] { static_cast<void>(read_ssda903_xml("/nowhere/return.xml")); }),
               Contains("there is no such file"));
}

TEST_CASE("SSDA903 XML: entities of the file's own are never expanded") {
    const dataset data = parsed(
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        "<EXPSSDA903><CHILD><HEADER><CHILDID>&b;</CHILDID></HEADER></CHILD></EXPSSDA903>");
    CHECK(cell(data, "person", "child_id", 0) == "&b;");
}

TEST_CASE("SSDA903 CSV: files named one by one") {
    test::scratch_folder folder;
    folder.write("people 2018.csv", "CHILD,SEX\n1,1\n")
        .write("spells.csv", "CHILD,DECOM,DEC\n1,01/05/2017,01/06/2017\n");
    const dataset data =
        read_ssda903_files({{"header", folder.path("people 2018.csv")}, {"episodes", folder.path("spells.csv")}});
    CHECK(data["person"].row_count() == 1);
    CHECK(cell(data, "looked_after_episode", "end_date", 0) == "2017-06-01");
    CHECK(test::counts_agree(data));
    CHECK_THAT(test::data_error_of([] { static_cast<void>(read_ssda903_files({})); }), Contains("no SSDA903 file"));
    CHECK_THAT(
        test::data_error_of([&] { static_cast<void>(read_ssda903_files({{"reviews", folder.path("spells.csv")}})); }),
        Contains("the kind 'reviews' is not read"));
    CHECK_THAT(test::data_error_of([&] {
                   static_cast<void>(read_ssda903_files(
                       {{"header", folder.path("people 2018.csv")}, {"header", folder.path("spells.csv")}}));
               }),
               Contains("a second file of the kind 'header'"));
}
