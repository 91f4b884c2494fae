#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/data/arrow.hpp>
#include <goldenthread/data/read_rows.hpp>
#include <goldenthread/data/read_tables.hpp>

using namespace goldenthread;
using Catch::Matchers::Contains;
using test::cell;
using test::count_findings;

namespace {

text_source contacts(std::vector<std::vector<std::string>> rows) {
    return {"list.xlsx",
            "Annex A workbook",
            {{"contact", {"contact_id", "child_id", "contact_date", "source"}, std::move(rows), {}}},
            {"a note"},
            0,
            false};
}

}  // namespace

TEST_CASE("rows of text: read by the canonical rules, each row accounted for") {
    text_source source = contacts({{"a", "A1", "2019-02-28", "2A"},
                                   {"b", " A2 ", "2019-02-29", "2Z"},
                                   {"", "A3", "2019-03-01", ""},
                                   {"a", "A1", "2019-02-28", "2A"},
                                   {"a", "A9", "2019-02-28", "2A"},
                                   {"c", "#N/A", "NULL", "\xC2\xA0"}});
    source.tables[0].row_numbers = {2, 3, 4, 5, 6, 9};
    const dataset data = read_text_rows(source);
    REQUIRE(data["contact"].row_count() == 3);
    CHECK(cell(data, "contact", "child_id", 1) == "A2");
    CHECK(cell(data, "contact", "contact_date", 1) == "null");
    CHECK(cell(data, "contact", "source", 2) == "null");
    CHECK(count_findings(data, "contact", "contact_date", "date_not_real") == 1);
    CHECK(count_findings(data, "contact", "source", "code_unknown") == 1);
    CHECK(count_findings(data, "contact", "contact_id", "key_missing") == 1);
    CHECK(count_findings(data, "contact", "", "duplicate_row") == 1);
    CHECK(count_findings(data, "contact", "", "duplicate_key") == 1);
    CHECK(count_findings(data, "contact", "child_id", "value_missing") == 1);
    for (const finding& f : data.findings()) {
        CHECK(f.file == "list.xlsx");
        if (f.rule == "value_missing") CHECK(f.row == 9);
    }
    const source_file& file = data.files()[0];
    CHECK(file.rows_read == 6);
    CHECK(file.rows_set_aside == 3);
    CHECK(test::counts_agree(data));
    CHECK(test::has_note(file, "a note"));
}

TEST_CASE("rows of text: the style of dates, and the census year of codes") {
    text_source source = contacts({{"a", "A1", "03/04/2019", "5D"}});
    CHECK(cell(read_text_rows(source), "contact", "contact_date", 0) == "null");
    source.day_first = true;
    source.census_year = 2019;
    const dataset data = read_text_rows(source);
    CHECK(cell(data, "contact", "contact_date", 0) == "2019-04-03");
    CHECK(count_findings(data, "contact", "source", "code_other_year") == 1);
}

TEST_CASE("rows of text: what no schema allows") {
    text_source source = contacts({{"a", "A1", "2019-01-01"}});
    source.tables[0].row_numbers = {7};
    CHECK_THAT(test::data_error_of([&] { static_cast<void>(read_text_rows(source)); }),
               Contains("a row has 3 cells, not 4") && Contains("row 7"));
    source = contacts({});
    source.tables[0].columns[3] = "sorce";
    CHECK_THROWS_WITH(read_text_rows(source), Contains("no column 'sorce'") && Contains("did you mean 'source'"));
    source = contacts({});
    source.tables.push_back(source.tables[0]);
    CHECK_THROWS_WITH(read_text_rows(source), Contains("stands twice"));
    source = contacts({});
    CHECK(read_text_rows(source)["contact"].row_count() == 0);  // supplied and empty
}

TEST_CASE("canonical tables: files named one by one, whatever they are called") {
    test::scratch_folder folder;
    folder.write("children list.csv", "child_id,sex\nA1,M\n");
    folder.write("2019.csv", "referral_id,child_id,referral_date\nR1,A1,2019-05-01\nR2,A9,2019-05-02\n");
    folder.write("about.csv", "area,synthetic\nExampleshire,true\n");
    const dataset data = read_table_files({{"person", folder.path("children list.csv")},
                                           {"referral", folder.path("2019.csv")},
                                           {"dataset", folder.path("about.csv")}});
    CHECK(data.area() == "Exampleshire");
    CHECK(data.synthetic());
    CHECK(data["referral"].row_count() == 2);
    CHECK(count_findings(data, "referral", "child_id", "reference_dangling") == 1);
    CHECK(data.files()[1].kind == "canonical table referral");
    CHECK_THAT(test::data_error_of([&] {
                   static_cast<void>(read_table_files(
                       {{"person", folder.path("children list.csv")}, {"person", folder.path("children list.csv")}}));
               }),
               Contains("a second file holds table person"));
    CHECK_THROWS_WITH(read_table_files({{"persons", folder.path("children list.csv")}}), Contains("unknown table"));
}
