// goldenthread: canonical tables from a folder of CSV files. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace goldenthread {

struct read_options {
    std::string area;                                  ///< name of the area; empty = as the files say
    std::size_t largest_file = std::size_t{4} << 30U;  ///< bytes; a larger file is an error
};

/// Reads every `<canonical table>.csv` of a folder by `canonical_schema()`: UTF-8, a heading row with the columns'
/// names, dates YYYY-MM-DD, codes in any case. A file that is not there is a table *not supplied*; one with headings
/// alone is *supplied and empty*. `dataset.csv` (columns area, synthetic; one row) says what the rows are about.
///
/// Bad values and rows are findings. Columns the table does not have, columns that are not in the file and files that
/// are no canonical table are said in `files()[…].notes`. `person.disabled`, `assessment.factors_recorded`,
/// `looked_after_episode.placement_id` and `period_of_care_id` are derived when their column is not in the file.
/// \throws data_error naming the file for a folder without a canonical table, a file that is not CSV in UTF-8, a
///         missing key column
[[nodiscard]] dataset read_tables(const std::string& folder, const read_options& options = {});

/// A canonical table in a file of any name.
struct table_file {
    std::string table;  ///< "dataset" for the file that says what the rows are about
    std::string path;
};

/// The same from files named one by one, each table once.
/// \throws data_error as above, and for a table that is named twice; definition_error for one the schema does not have
[[nodiscard]] dataset read_table_files(const std::vector<table_file>& files, const read_options& options = {});

/// One canonical table from CSV text; findings and the file's counts are added to the arguments. `file` is used in
/// messages, `file_index` becomes the rows' `source().file`.
/// \throws data_error, and definition_error for a table that the schema does not have
[[nodiscard]] table parse_table(std::string csv_text, const std::string& file, const std::string& table_name,
                                std::uint32_t file_index, std::vector<finding>& findings, source_file& counts);

}  // namespace goldenthread
