#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_published.hpp>

#include <string>

using namespace goldenthread;
using Catch::Matchers::Contains;

namespace {

const std::string heading =
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
    "new_la_code,la_name,category,plans,second,second_percent\n";

/// A national row and whatever is given besides.
std::string table_of(const std::string& rows) {
    return heading + "2019,Reporting year,National,E92000001,England,,,,,,All,61840,15130,24.5\n" + rows;
}

std::string authority(const std::string& numbers, const std::string& year = "2019") {
    return year +
           ",Reporting year,Local authority,E92000001,England,E12000004,East Midlands,856,E06000016,Leicester,All," +
           numbers + "\n";
}

published_table read(const std::string& text, const std::string& metadata = {}) {
    test::scratch_folder folder;
    folder.write("d3_plans.csv", text);
    if (!metadata.empty()) folder.write("d3_plans.meta.csv", metadata);
    return read_published_table(folder.path("d3_plans.csv"));
}

std::string error_of(const std::string& text, const std::string& metadata = {}) {
    return test::data_error_of([&] { static_cast<void>(read(text, metadata)); });
}

printed_number leicester(const std::string& numbers, const std::string& column) {
    return read(table_of(authority(numbers))).number("E06000016", 2019, column);
}

}  // namespace

TEST_CASE("published: areas, years, filters and numbers as printed") {
    const published_table t = read(table_of(authority("481,94,19.5") + authority("741,127,17.1", "201718")));
    CHECK(t.name == "d3_plans");
    CHECK(t.time_identifier == "Reporting year");
    REQUIRE(t.filters.size() == 1);
    CHECK(t.filters[0] == published_filter{"category", {"All"}});
    CHECK(t.indicators == std::vector<std::string>{"plans", "second", "second_percent"});
    REQUIRE(t.areas.size() == 2);
    CHECK(t.areas[0] ==
          published_area{area_level::authority, "E06000016", "Leicester", "856", "E12000004", 2018, 2019});
    CHECK(t.areas[1].level == area_level::country);
    CHECK(t.number("E06000016", 2018, "plans") == printed_number{published_state::value, 741, 0});
    CHECK(t.number("E06000016", 2019, "second_percent") == printed_number{published_state::value, 195, 1});
    CHECK(to_text(t.number("E06000016", 2019, "second_percent")) == "19.5");
    CHECK(to_text(t.number("E92000001", 2019, "plans")) == "61840");
}

TEST_CASE("published: the symbols are states, an empty cell is missing, and 0 is 0") {
    CHECK(leicester("481,c,19.5", "second").state == published_state::suppressed);
    CHECK(leicester("481,x,19.5", "second").state == published_state::not_available);
    CHECK(leicester("481,u,19.5", "second").state == published_state::unreliable);
    CHECK(leicester("481,z,19.5", "second").state == published_state::not_applicable);
    CHECK(leicester("481,,19.5", "second").state == published_state::missing);
    CHECK(leicester("481,0,0", "second") == printed_number{published_state::value, 0, 0});
    CHECK(to_text(leicester("481,c,19.5", "second")) == "c");
    CHECK(to_text(leicester("481,,19.5", "second")).empty());
    CHECK(leicester("481,-3,19.5", "second").mantissa == -3);
}

TEST_CASE("published: a year without a row is missing, not 0") {
    const published_table t = read(table_of(authority("481,94,19.5")));
    CHECK(t.number("E06000016", 2018, "plans").state == published_state::missing);
    CHECK(t.number("E06000017", 2019, "plans").state == published_state::missing);
    CHECK(t.find_row("E06000016", 2018) == nullptr);
}

TEST_CASE("published: quotes in some rows only, a byte-order mark, CRLF and blanks around codes") {
    const published_table t =
        read("\xEF\xBB\xBF" + heading +
             "\"2019\",Reporting year,National,E92000001,England,\"\",\"\",,\"\",\"\",All,61840,\"15130\",24.5\r\n"
             "2019,Reporting year,Local authority,E92000001,England, E12000009,South West,801 ,\"E06000023 "
             "\",\"Bristol, City "
             "of\",All,310,60,19.4\r\n");
    REQUIRE(t.find_area("E06000023") != nullptr);
    CHECK(t.find_area("E06000023")->name == "Bristol, City of");
    CHECK(t.find_area("E06000023")->old_code == "801");
    CHECK(to_text(t.number("E06000023", 2019, "second_percent")) == "19.4");
    CHECK(to_text(t.number("E92000001", 2019, "second")) == "15130");
}

TEST_CASE("published: a column may begin with a digit, and one of symbols alone is a number column") {
    const std::string text =
        "time_period,time_identifier,geographic_level,country_code,country_name,3_months_or_less,2_years_or_more\n"
        "2019,Reporting year,National,E92000001,England,15580,x\n";
    const published_table t = read(text);
    CHECK(to_text(t.number("E92000001", 2019, "3_months_or_less")) == "15580");
    CHECK(t.number("E92000001", 2019, "2_years_or_more").state == published_state::not_available);
}

TEST_CASE("published: filters: the only value, the total, or the one chosen") {
    const std::string head =
        "time_period,time_identifier,geographic_level,country_code,country_name,sex,age_group,count\n";
    const std::string row = "2019,Reporting year,National,E92000001,England,";
    const published_table t = read(head + row + "Total,0 to 17,10\n" + row + "Female,0 to 17,4\n");
    CHECK(to_text(t.number("E92000001", 2019, "count")) == "10");
    CHECK(to_text(t.number("E92000001", 2019, "count", {{"sex", "Female"}})) == "4");
    CHECK_THAT(
        test::data_error_of([&] { static_cast<void>(t.number("E92000001", 2019, "count", {{"sx", "Female"}})); }),
        Contains("has no filter 'sx'") && Contains("did you mean 'sex'?"));
    CHECK_THAT(
        test::data_error_of([&] { static_cast<void>(t.number("E92000001", 2019, "count", {{"sex", "Femal"}})); }),
        Contains("no value 'Femal'") && Contains("did you mean 'Female'?"));
    const published_table untotalled = read(head + row + "Male,0 to 17,6\n" + row + "Female,0 to 17,4\n");
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(untotalled.number("E92000001", 2019, "count")); }),
               Contains("one must be chosen") && Contains("Female, Male"));
}

TEST_CASE("published: an age in figures is a filter if the metadata say so") {
    const std::string text =
        "time_period,time_identifier,geographic_level,country_code,country_name,age,count\n"
        "2019,Reporting year,National,E92000001,England,16,10\n"
        "2019,Reporting year,National,E92000001,England,17,12\n";
    // Without them it looks like a number, and the rows like one told twice.
    CHECK_THAT(error_of(text), Contains("a second row for E92000001 in 2019"));
    const published_table t = read(text, "col_name,col_type,label\nage,Filter,Age\ncount,Indicator,Number\n");
    CHECK(t.indicators == std::vector<std::string>{"count"});
    CHECK(to_text(t.number("E92000001", 2019, "count", {{"age", "17"}})) == "12");
    CHECK_THAT(error_of(text, "col_name,col_type\nages,Filter\n"),
               Contains("'ages' that is not there") && Contains("did you mean 'age'?"));
    CHECK_THAT(error_of(text, "col_name,col_type\nage,Fliter\n"), Contains("write Filter or Indicator"));
    CHECK_THAT(error_of(text, "name,type\nage,Filter\n"), Contains("col_name and col_type"));
}

TEST_CASE("published: rows of other levels are left out and counted") {
    const published_table t = read(table_of(
        "2019,Reporting year,School,E92000001,England,E12000004,East Midlands,856,E06000016,Leicester,All,1,1,1\n"));
    CHECK(t.rows.size() == 1);
    CHECK(t.rows_left_out == 1);
}

TEST_CASE("published: what cannot be used is refused with file, line, column, value and remedy") {
    CHECK_THAT(
        error_of("time_perid,time_identifier,geographic_level,country_code,country_name,n\n1,2,3,4,5,6\n"),
        Contains("has no column 'time_period'") && Contains("did you mean 'time_perid'?") && Contains("d3_plans.csv"));
    CHECK_THAT(error_of(table_of(authority("481,n/a,19.5"))),
               Contains("'n/a' is not a number") && Contains("line 3, column second") && Contains("c, x, u, z"));
    CHECK_THAT(error_of(table_of(authority("\"1,481\",94,19.5"))), Contains("'1,481' is not a number"));
    CHECK_THAT(error_of(table_of(authority("481,94"))), Contains("has 13 fields where the heading has 14"));
    CHECK_THAT(error_of(table_of(authority("481,94,\"19.5"))), Contains("a quote is opened and never closed"));
    CHECK_THAT(error_of(table_of(authority("481,\"94\"0,19.5"))), Contains("text stands beside a closing quote"));
    CHECK_THAT(error_of(table_of(authority("481,94,19.5", "19"))),
               Contains("'19' is not a year") && Contains("column time_period"));
    CHECK_THAT(error_of(table_of(authority("481,94,19.5", "201820"))), Contains("'201820' is not a year"));
    CHECK_THAT(error_of(table_of(authority("481,94,19.5") + authority("1,1,1"))),
               Contains("a second row for E06000016 in 2019") && Contains("line 3") && Contains("line 4"));
    CHECK_THAT(error_of(table_of("2019,Calendar year,National,E92000001,England,,,,,,All,1,1,1\n")),
               Contains("two kinds of time period") && Contains("split the file"));
    CHECK_THAT(error_of(table_of(
                   "2019,Reporting year,Local authority,E92000001,England,,,856,E0600016,Leicester,All,1,1,1\n")),
               Contains("'E0600016' is not an area code") && Contains("column new_la_code"));
    CHECK_THAT(error_of(table_of("2019,Reporting year,,E92000001,England,,,,,,All,1,1,1\n")),
               Contains("the geographic level is empty"));
    CHECK_THAT(error_of(heading), Contains("has a heading and no rows"));
    CHECK_THAT(error_of("time_period,time_identifier,geographic_level,country_code,country_name,n\n"
                        "2019,Reporting year,Regional,E92000001,England,1\n"),
               Contains("has no column 'region_code'; there are rows of that level"));
}

TEST_CASE("published: an unknown column is an error with the nearest one") {
    const published_table t = read(table_of(authority("481,94,19.5")));
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(t.column("secnd")); }),
               Contains("has no number column 'secnd'") && Contains("did you mean 'second'?"));
}

namespace {

/// North Yorkshire as it was and as it is, and two neighbours' models.
void write_folder(test::scratch_folder& folder) {
    const std::string county =
        ",Reporting year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,815,";
    folder.write("d3_plans_2013_to_2025.csv",
                 table_of(authority("481,94,19.5") + "2022" + county + "E10000023,North Yorkshire,All,1,0,0\n" +
                          "2024" + county + "E06000065,North Yorkshire,All,2,1,50\n"));
    folder.write("sn_model_2025_wide.csv",
                 "\xEF\xBB\xBFold_la_code,la_name,SN_1,SN_1P,SN_2,SN_2P\n856,Leicester,815,Close ,301,Not close\n");
    folder.write("notes.csv", "a,b\n1,2\n");
    folder.write("README.md", "not a table\n");
}

}  // namespace

TEST_CASE("published: a folder of files, its areas and its neighbours") {
    test::scratch_folder folder;
    write_folder(folder);
    const published_data data = read_published(folder.path());
    REQUIRE(data.tables.size() == 1);
    CHECK(data.find_table("d3_plans") == &data.tables[0]);
    CHECK(data.find_table("d3_plans_2013_to_2025") == &data.tables[0]);
    CHECK(data.find_table("d3_pla") == nullptr);
    REQUIRE(data.notes.size() == 1);
    CHECK_THAT(data.notes[0], Contains("notes.csv: neither"));
    REQUIRE(data.models.size() == 1);
    CHECK(data.models[0].vintage == "2025");
    CHECK(data.models[0].neighbours.at("856") ==
          std::vector<published_neighbour>{{"815", "Close"}, {"301", "Not close"}});
    CHECK(data.area("E06000016").name == "Leicester");
    CHECK(data.area("856").name == "Leicester");
    CHECK(data.area("leicester").code == "E06000016");
}

TEST_CASE("published: an area with a new code is two areas, told apart by the year") {
    test::scratch_folder folder;
    write_folder(folder);
    const published_data data = read_published(folder.path());
    REQUIRE(data.authority_in("815", 2022) != nullptr);
    CHECK(data.authority_in("815", 2022)->code == "E10000023");
    CHECK(data.authority_in("815", 2024)->code == "E06000065");
    CHECK(data.authority_in("815", 2013) == nullptr);
    CHECK(data.area("North Yorkshire", 2024).code == "E06000065");
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(data.area("North Yorkshire")); }),
               Contains("several areas") && Contains("E06000065 (2024 to 2024)"));
    CHECK(data.tables[0].number("E10000023", 2024, "plans").state == published_state::missing);
}

TEST_CASE("published: an area that does not exist is refused") {
    test::scratch_folder folder;
    write_folder(folder);
    const published_data data = read_published(folder.path());
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(data.area("Liecester")); }),
               Contains("no published file has an area 'Liecester'") && Contains("did you mean 'Leicester'?"));
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(data.area("E06000099")); }),
               Contains("'E06000099'") && Contains("give the code of an area that has figures"));
}

TEST_CASE("published: folders that cannot be used") {
    test::scratch_folder folder;
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(read_published(folder.path())); }),
               Contains("holds no CSV file of explore-education-statistics"));
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(read_published(folder.path("none"))); }),
               Contains("there is no such folder"));
    folder.write("a_2013_to_2024.csv", table_of("")).write("a_2013_to_2025.csv", table_of(""));
    const published_data data = read_published(folder.path());
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(data.find_table("a")); }), Contains("fits two files"));
}

TEST_CASE("published: a neighbours' file that lacks a column or has an authority twice is refused") {
    test::scratch_folder folder;
    folder.write("sn.csv", "old_la_code,SN_1,SN_1P,SN_2\n856,815,Close,301\n");
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(read_neighbours(folder.path("sn.csv"))); }),
               Contains("has no column 'SN_2P'"));
    folder.write("sn.csv", "old_la_code,SN_1,SN_1P\n856,815,Close\n856,301,Close\n");
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(read_neighbours(folder.path("sn.csv"))); }),
               Contains("'856' stands twice") && Contains("line 3"));
    folder.write("sn.csv", "old_la_code,SN_1,SN_1P\n856,815\n");
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(read_neighbours(folder.path("sn.csv"))); }),
               Contains("the row does not fit the heading"));
}
