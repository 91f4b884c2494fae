// The same settings give the same bytes everywhere: the checksums in bytes_of_200_children.txt are for every platform.
#include "catch.hpp"
#include "sample.hpp"

#include <algorithm>
#include <cstdint>
#include <iomanip>
#include <locale>
#include <sstream>

using namespace goldenthread;
using namespace synthetic_test;

namespace {

/// FNV-1a, 64 bit: of each file's name and text, in the order of names.
std::uint64_t checksum(const std::filesystem::path& folder, const std::vector<std::string>& files) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    const auto add = [&hash](const std::string& text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    };
    for (const std::string& name : files) {
        add(name);
        add(text_of(folder / name));
    }
    return hash;
}

std::uint64_t checksum_of(const exampleshire_settings& settings, const exampleshire_formats& formats = {}) {
    const temporary_folder folder("bytes");
    const exampleshire_summary summary = write_exampleshire(settings, folder / "out", formats);
    return checksum(folder.path() / "out", summary.files);
}

}  // namespace

TEST_CASE("seed 1 with 200 children has these bytes") {
    // They change whenever the generator changes what it invents; then take the new lines from the failure.
    const temporary_folder folder("bytes");
    const exampleshire_summary summary =
        write_exampleshire({.seed = 1, .children = 200, .defects_per_10000 = 5000}, folder / "out");
    std::string found;
    for (const std::string& name : summary.files) {
        std::ostringstream line;
        line.imbue(std::locale::classic());
        line << std::hex << std::setfill('0') << std::setw(16) << checksum(folder.path() / "out", {name});
        found += line.str() + " " + name + "\n";
    }
    CHECK(found == text_of(std::filesystem::path(GOLDENTHREAD_SYNTHETIC_TESTS) / "bytes_of_200_children.txt"));
}

TEST_CASE("the same seed gives the same bytes, another seed others") {
    const auto once = checksum_of({.seed = 5, .children = 150});
    CHECK(once == checksum_of({.seed = 5, .children = 150}));
    CHECK(once != checksum_of({.seed = 6, .children = 150}));
}

TEST_CASE("a family does not depend on how many follow it") {
    const dataset few = generate_exampleshire({.seed = 9, .children = 60});
    const dataset many = generate_exampleshire({.seed = 9, .children = 300});
    const table &short_list = few["person"], &long_list = many["person"];
    // The last family of the shorter list may be cut off in the middle.
    for (std::size_t row = 0; row + 6 < short_list.row_count(); ++row) {
        CHECK(text_in(short_list["child_id"], row) == text_in(long_list["child_id"], row));
        CHECK(day_in(short_list["date_of_birth"], row) == day_in(long_list["date_of_birth"], row));
    }
}
