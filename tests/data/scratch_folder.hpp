// A folder of its own for one test, and what the tests of the readers ask again and again.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace test {

class scratch_folder {
public:
    scratch_folder() {
        static std::atomic<unsigned> next{0};
        const auto base = std::filesystem::temp_directory_path();
        do {
            path_ = base / ("goldenthread_test_" + std::to_string(next++));
        } while (!std::filesystem::create_directory(path_));
    }
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    scratch_folder& write(const std::string& name, std::string_view text) {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return *this;
    }
    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

/// What `call` throws as a goldenthread::data_error, or "" if it does not.
template <typename Call>
std::string data_error_of(Call call) {
    try {
        call();
    } catch (const goldenthread::data_error& problem) {
        return problem.what();
    }
    return {};
}

/// Findings of a rule in a column.
inline std::size_t count_findings(const goldenthread::dataset& data, std::string_view table, std::string_view column,
                                  std::string_view rule) {
    std::size_t count = 0;
    for (const goldenthread::finding& f : data.findings()) {
        if (f.table == table && f.column == column && f.rule == rule) ++count;
    }
    return count;
}

/// A cell as text; "null" for null.
inline std::string cell(const goldenthread::dataset& data, std::string_view table, std::string_view column,
                        std::size_t row) {
    const goldenthread::column& c = data[table][column];
    if (c.is_null(row)) return "null";
    switch (c.type()) {
        case goldenthread::value_type::date:
            return goldenthread::to_iso(c.day_at(row));
        case goldenthread::value_type::boolean:
            return c.boolean_at(row) ? "true" : "false";
        case goldenthread::value_type::int64:
        case goldenthread::value_type::decimal:
            return std::to_string(c.int64_at(row));
        default:
            return std::string(c.text_at(row));
    }
}

/// Every file: rows read = rows kept + rows set aside.
inline bool counts_agree(const goldenthread::dataset& data) {
    for (const goldenthread::source_file& file : data.files()) {
        if (file.rows_read != file.rows_kept + file.rows_set_aside) return false;
    }
    return true;
}

inline bool has_note(const goldenthread::source_file& file, std::string_view part) {
    for (const std::string& note : file.notes) {
        if (note.find(part) != std::string::npos) return true;
    }
    return false;
}

}  // namespace test
