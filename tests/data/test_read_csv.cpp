#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_csv.hpp>

#include <vector>

using namespace goldenthread;
using Catch::Matchers::Contains;

namespace {

using rows = std::vector<std::vector<std::string>>;

rows all_rows(const std::string& text) {
    csv_reader csv(text, "a.csv");
    rows result;
    while (csv.next()) {
        result.emplace_back();
        for (std::size_t i = 0; i < csv.field_count(); ++i) result.back().emplace_back(csv.field(i));
    }
    return result;
}

std::string error_of(const std::string& text) {
    return test::data_error_of([&] {
        csv_reader csv(text, "a.csv");
        while (csv.next()) {
        }
    });
}

}  // namespace

TEST_CASE("CSV: quotes, doubled quotes, commas and line ends inside quotes") {
    CHECK(all_rows("a,b\n\"x,1\",\"he said \"\"no\"\"\"\n\"two\nlines\",\n") ==
          rows{{"x,1", "he said \"no\""}, {"two\nlines", ""}});
    CHECK(all_rows("a,b\n\"\",\"\"\"\"\n") == rows{{"", "\""}});
}

TEST_CASE("CSV: line ends LF, CRLF and CR, byte-order mark, no end at the last line, blank lines") {
    CHECK(all_rows("a,b\r\n1,2\r\n3,4") == rows{{"1", "2"}, {"3", "4"}});
    CHECK(all_rows("a,b\r1,2\r3,4\r") == rows{{"1", "2"}, {"3", "4"}});
    CHECK(all_rows("\xEF\xBB\xBF"
                   "a,b\n1,2\n\n3,4\n\n") == rows{{"1", "2"}, {"3", "4"}});
    CHECK(all_rows("a,b\n").empty());
    csv_reader csv("\xEF\xBB\xBF A ,b\n", "a.csv");
    CHECK(csv.header() == std::vector<std::string>{"A", "b"});
    CHECK(csv.find("a") == 0U);
    CHECK_FALSE(csv.find("c").has_value());
}

TEST_CASE("CSV: line numbers count lines inside quotes; short rows read as empty") {
    csv_reader csv("a,b\n\"x\ny\",1\n2\n3,4,5\n", "a.csv");
    REQUIRE(csv.next());
    CHECK(csv.line() == 2);
    REQUIRE(csv.next());
    CHECK(csv.line() == 4);
    CHECK(csv.field_count() == 1);
    CHECK(csv.field(1).empty());
    REQUIRE(csv.next());
    CHECK(csv.field_count() == 3);
    CHECK_FALSE(csv.next());
}

TEST_CASE("CSV: a reader that gives back what was read reads the same") {
    std::string text = "a,b\r\n";
    for (int i = 0; text.size() < (std::size_t{3} << 20U); ++i) {
        text += "\"line " + std::to_string(i) + "\n\"\"quoted\"\"\"," + std::string(200, 'x') + "\r\n";
    }
    csv_reader whole(text, "a.csv"), forgetful(text, "a.csv");
    std::size_t records = 0;
    while (whole.next()) {
        ++records;
        REQUIRE(forgetful.next());
        const bool same = whole.field(0) == forgetful.field(0) && whole.field(1) == forgetful.field(1) &&
                          whole.field_count() == forgetful.field_count() && whole.line() == forgetful.line();
        if (!same) FAIL("record " << records << " differs");
        forgetful.forget_read();
    }
    CHECK_FALSE(forgetful.next());
    CHECK(records > 10'000);
    CHECK(forgetful.header() == whole.header());
}

TEST_CASE("CSV: text beside a closing quote is kept and marked") {
    csv_reader csv("a,b\n\"x\"y,1\n", "a.csv");
    REQUIRE(csv.next());
    CHECK(csv.misquoted());
    CHECK(csv.field(0) == "xy");
}

TEST_CASE("CSV: files that are not CSV in UTF-8 are refused with the place") {
    CHECK_THAT(error_of(""), Contains("a.csv: is empty"));
    CHECK_THAT(error_of("\xEF\xBB\xBF"), Contains("a.csv: is empty"));
    CHECK_THAT(error_of("\n\n"), Contains("has no heading row"));
    CHECK_THAT(error_of(std::string("\xFF\xFE"
                                    "a\0,\0",
                                    6)),
               Contains("is UTF-16 text") && Contains("export it again"));
    CHECK_THAT(error_of(std::string("a,b\n1,\0\n", 8)), Contains("holds NUL bytes") && Contains("line 2"));
    CHECK_THAT(error_of("a,b\n1,2\ncaf\xE9,3\n"), Contains("is not UTF-8 text: byte 0xE9") && Contains("line 3"));
    CHECK_THAT(error_of("a,b\n1,\"2\n3,4\n"), Contains("a quote is opened and never closed") && Contains("line 2"));
    CHECK_THAT(error_of("a,b, A\n1,2,3\n"),
               Contains("one heading stands twice, in columns 1 and 3") && Contains("rename or delete"));
    CHECK_THAT(error_of(std::string(1'000'000, ',') + "\n"), Contains("has more than 4096 columns"));
}
