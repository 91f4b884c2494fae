// The folder appears whole or not at all.
#include "catch.hpp"
#include "sample.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/data/read_tables.hpp>

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

TEST_CASE("a run that is told to stop leaves nothing, and what an earlier run wrote") {
    const temporary_folder folder("folder");
    CHECK_THROWS_AS(write_exampleshire(few, folder / "out", {}, [] { return false; }), exampleshire_stopped);
    CHECK(fs::is_empty(folder.path()));
    write_exampleshire(few, folder / "out");
    const std::string before = text_of(folder.path() / "out/tables/person.csv");
    int families = 0;
    CHECK_THROWS_AS(write_exampleshire({.seed = 4, .children = 30}, folder / "out", {}, [&] { return ++families < 5; }),
                    exampleshire_stopped);
    CHECK(entries(folder.path()) == 1);
    CHECK(text_of(folder.path() / "out/tables/person.csv") == before);
}

TEST_CASE("many children are dealt out to authorities that are whole in themselves") {
    const temporary_folder folder("folder");
    exampleshire_settings settings = few;
    settings.children = 100;
    settings.children_per_authority = 40;
    const exampleshire_summary summary = write_exampleshire(settings, folder / "out");
    std::size_t children = 0;
    for (const char* name : {"authority_0001", "authority_0002", "authority_0003"}) {
        const dataset one = read_tables(folder / ("out/" + std::string(name) + "/tables"));
        CHECK(one.area() == exampleshire_area);
        CHECK(one["population"].row_count() > 0);
        CHECK(fs::exists(folder.path() / "out" / name / "answer_key/truths.csv"));
        children += one["person"].row_count();
    }
    CHECK(children == 100);
    CHECK(summary.children == 100);
    CHECK_FALSE(fs::exists(folder.path() / "out/authority_0004"));
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
