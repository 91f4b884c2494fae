// Canonical tables as CSV (RFC 4180): appended to memory and written in large pieces.
#pragma once

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
    void finish();

private:
    std::vector<output_file> files_;
};

}  // namespace goldenthread::exampleshire
