// Canonical tables as CSV (RFC 4180): appended to memory and written in large pieces.
#pragma once

#include "synthetic/defects.hpp"
#include "synthetic/output_file.hpp"
#include "synthetic/row_store.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace goldenthread::exampleshire {

class table_writer {
public:
    /// Opens tables/<table>.csv for every table, each with its header row, and writes tables/dataset.csv.
    explicit table_writer(const std::filesystem::path& folder);

    void take(const row_store& rows);
    /// Writes the rows of a defect and appends to the key in which line of the file each rule is broken; the
    /// headings are line 1.
    void take(const defect& spoiled, std::string& answer_key);
    void finish();

private:
    std::vector<output_file> files_;
    std::array<std::int64_t, table_count> written_{};  ///< rows of each file
};

}  // namespace goldenthread::exampleshire
