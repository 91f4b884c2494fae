// The folder appears whole or not at all.
#include "catch.hpp"
#include "sample.hpp"

#include <goldenthread/core/error.hpp>

using namespace goldenthread;
using namespace synthetic_test;
namespace fs = std::filesystem;

namespace {

const exampleshire_settings few{.seed = 3, .children = 30};

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("the folder holds the three formats and nothing is left beside it") {
    const temporary_folder folder("folder");
    const exampleshire_summary summary = write_exampleshire(few, folder / "out");
    const fs::path out = folder.path() / "out";
    CHECK(entries(folder.path()) == 1);
    CHECK(text_of(out / "tables" / "dataset.csv") == "area,synthetic\r\nExampleshire (synthetic),true\r\n");
    for (const char* year : {"2017", "2018", "2019", "2020"}) {
        CHECK(fs::exists(out / "cin_census" / (std::string("cin_census_") + year + ".xml")));
        for (const char* name : {"header.csv", "episodes.csv", "missing.csv"})
            CHECK(fs::exists(out / "ssda903" / year / name));
    }
    for (const std::string& name : summary.files) CHECK(fs::exists(out / name));
    CHECK(summary.children == 30);
    CHECK(summary.rows.front() == std::pair<std::string, std::int64_t>("person", 30));
    CHECK(fs::exists(out / "tables" / "housing_presentation.csv"));
}

TEST_CASE("an earlier run is replaced as a whole") {
    const temporary_folder folder("folder");
    write_exampleshire(few, folder / "out");
    write_exampleshire(few, folder / "out/", {.tables = true, .cin_census = false, .ssda903 = false});
    CHECK(entries(folder.path()) == 1);
    CHECK(fs::exists(folder.path() / "out" / "tables"));
    CHECK_FALSE(fs::exists(folder.path() / "out" / "cin_census"));
}

TEST_CASE("a folder with other things in it is left alone") {
    const temporary_folder folder("folder");
    fs::create_directory(folder.path() / "out");
    std::ofstream(folder.path() / "out" / "notes.txt") << "mine";
    CHECK_THROWS_WITH(write_exampleshire(few, folder / "out"),
                      Catch::Contains("left alone") && Catch::Contains("new or empty folder"));
    CHECK(entries(folder.path()) == 1);
    CHECK(text_of(folder.path() / "out" / "notes.txt") == "mine");
}

TEST_CASE("a place that cannot be written is an error that names it") {
    const temporary_folder folder("folder");
    std::ofstream(folder.path() / "file") << "not a folder";
    CHECK_THROWS_AS(write_exampleshire(few, folder / "file/out"), data_error);
    CHECK_THROWS_AS(write_exampleshire(few, folder / "file"), data_error);
    CHECK_THROWS_AS(write_exampleshire(few, ""), data_error);
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("files say that they are synthetic") {
    const temporary_folder folder("folder");
    write_exampleshire(few, folder / "out");
    const fs::path out = folder.path() / "out";
    CHECK_THAT(text_of(out / "cin_census" / "cin_census_2019.xml"),
               Catch::Contains("<SoftwareCode>Exampleshire (synthetic)</SoftwareCode>") &&
                   Catch::Contains("<Year>2019</Year>") &&
                   Catch::Contains("<ReferenceDate>2019-03-31</ReferenceDate>"));
    CHECK_THAT(text_of(out / "README.txt"), Catch::StartsWith("Exampleshire (synthetic)"));
}
