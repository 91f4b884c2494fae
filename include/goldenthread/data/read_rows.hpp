// goldenthread: canonical tables from rows of text, as workbooks, databases and partners' files give them.
// Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace goldenthread {

/// Rows of one canonical table. A cell is text as it stood in the source; empty = not recorded.
struct text_rows {
    std::string table;
    std::vector<std::string> columns;            ///< canonical columns, each once
    std::vector<std::vector<std::string>> rows;  ///< as many cells as columns
    std::vector<std::size_t> row_numbers;        ///< 1-based rows of the source, for findings; empty = 1, 2, 3, …
};

/// What one file, sheet or query gave.
struct text_source {
    std::string file;  ///< for findings, without folder
    std::string kind;  ///< in words: "Annex A workbook"
    std::vector<text_rows> tables;
    std::vector<std::string> notes;  ///< said to the user
    int census_year = 0;             ///< codes are checked by this year; 0 = not known
    bool day_first = false;          ///< dates are DD/MM/YYYY; YYYY-MM-DD is always read
};

/// Reads rows by the rules of `canonical_schema()`: types, codes, blanks, keys, duplicates; what is wrong is a finding,
/// never an exception. References and derived columns are left to `complete_dataset`, once all sources are in.
/// \throws definition_error for a table or column the schema does not have, or a table that stands twice; data_error
///         for a row with another number of cells than columns
[[nodiscard]] dataset read_text_rows(const text_source& source);

}  // namespace goldenthread
