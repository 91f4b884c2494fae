#include "catch.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/file.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;

/// An empty folder that goes when the test ends.
class scratch_folder {
public:
    explicit scratch_folder(const std::string& name) : path_(fs::temp_directory_path() / ("goldenthread_" + name)) {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
    ~scratch_folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
    }

private:
    fs::path path_;
};

std::string read(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("a file is written whole and replaced whole") {
    const scratch_folder folder("write");
    goldenthread::write_file_atomically(folder.file("a.json"), std::string("one\0two\r\n", 9));
    CHECK(read(folder.file("a.json")) == std::string("one\0two\r\n", 9));
    goldenthread::write_file_atomically(folder.file("a.json"), "");
    CHECK(read(folder.file("a.json")).empty());
    CHECK(folder.entries() == 1);
}

TEST_CASE("another program's temporary file is not touched") {
    const scratch_folder folder("part");
    std::ofstream(folder.file("a.json.part0")) << "theirs";
    goldenthread::write_file_atomically(folder.file("a.json"), "ours");
    CHECK(read(folder.file("a.json.part0")) == "theirs");
    CHECK(folder.entries() == 2);
}

TEST_CASE("a write that fails names the path and leaves nothing behind") {
    const scratch_folder folder("fail");
    CHECK_THROWS_AS(goldenthread::write_file_atomically(folder.file("no/such/a.json"), "x"), goldenthread::data_error);
    CHECK_THROWS_AS(goldenthread::write_file_atomically("", "x"), goldenthread::data_error);
    fs::create_directory(folder.file("report.json"));
    try {
        goldenthread::write_file_atomically(folder.file("report.json"), "x");
        FAIL("a folder was overwritten");
    } catch (const goldenthread::data_error& problem) {
        CHECK(problem.context().file == folder.file("report.json"));
        CHECK_THAT(problem.what(), Catch::Contains("this is a folder"));
    }
    CHECK(folder.entries() == 1);
}

TEST_CASE("a failed write leaves the previous file intact") {
    const scratch_folder folder("previous");
    // The name is as long as a file system allows, so the temporary file beside it cannot be made.
    const std::string path = folder.file(std::string(254, 'a'));
    std::ofstream(path) << "previous";
    if (!fs::exists(path)) return;
    CHECK_THROWS_WITH(goldenthread::write_file_atomically(path, "x"), Catch::Contains("cannot be written"));
    CHECK(read(path) == "previous");
    CHECK(folder.entries() == 1);
}
