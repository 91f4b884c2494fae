// Help for the tests of the generator: one Exampleshire for all of them, and folders that go away.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace synthetic_test {

using goldenthread::column;
using goldenthread::day;
using goldenthread::table;

inline constexpr std::int64_t sample_children = 3000;

/// Generated once for the program.
inline const goldenthread::dataset& sample() {
    static const goldenthread::dataset made =
        goldenthread::generate_exampleshire({.seed = 1, .children = sample_children});
    return made;
}

/// An empty folder that is removed at the end.
class temporary_folder {
public:
    explicit temporary_folder(const std::string& name)
        : path_(std::filesystem::temp_directory_path() / free_name(name)) {
        std::filesystem::create_directories(path_);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

private:
    static std::string free_name(const std::string& name) {
        for (int i = 0;; ++i) {
            const std::string candidate = "goldenthread_" + name + "_" + std::to_string(i);
            // Making the folder is the test for its name: two programs cannot both succeed.
            if (std::filesystem::create_directory(std::filesystem::temp_directory_path() / candidate)) return candidate;
        }
    }
    std::filesystem::path path_;
};

inline std::string text_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::optional<day> day_in(const column& c, std::size_t row) {
    return c.is_null(row) ? std::nullopt : std::optional<day>(c.day_at(row));
}
inline std::string text_in(const column& c, std::size_t row) {
    return c.is_null(row) ? "" : std::string(c.text_at(row));
}
inline bool is_true(const column& c, std::size_t row) { return !c.is_null(row) && c.boolean_at(row); }

/// Row number by the text of a key column.
inline std::map<std::string, std::size_t> rows_by(const table& t, const std::string& key) {
    std::map<std::string, std::size_t> result;
    for (std::size_t row = 0; row < t.row_count(); ++row) result.emplace(text_in(t[key], row), row);
    return result;
}

/// Open on day d; the day of the end is not open any more.
inline bool is_open(const table& t, std::size_t row, day d, const char* start = "start_date",
                    const char* end = "end_date") {
    const auto ended = day_in(t[end], row);
    return t[start].day_at(row) <= d && (!ended || *ended > d);
}

}  // namespace synthetic_test
