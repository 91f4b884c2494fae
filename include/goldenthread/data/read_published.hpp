// goldenthread: reading published files. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/published_data.hpp>

#include <string>

namespace goldenthread {

/// Reads one CSV file of explore-education-statistics: a year, an area and, for each, filters and numbers.
///
/// Columns quoted in some rows only, a byte-order mark and blanks around codes are all right. In number columns "c" is
/// confidential, "x" not available, "u" unreliable, "z" not applicable and an empty cell missing. Which columns hold
/// numbers is said by the metadata file beside it (`x.meta.csv`, col_name and col_type) or, where there is none, seen:
/// a column of numbers and symbols. Periods have four digits (2019) or six (201819, the year that ends in 2019).
/// Numbers stay as they are printed: the Department rounds national and regional counts to the nearest 10.
/// \throws data_error naming file, line, column, value and remedy: a column that must be there and is not, text beside
/// a
///         closing quote, a row with too many or too few fields, a cell that is neither number nor symbol, a year or
///         area code that is none, several kinds of time period, two rows for the same area, year and filters
[[nodiscard]] published_table read_published_table(const std::string& path);

/// Reads a model of statistical neighbours (old_la_code, SN_1, SN_1P, … SN_10, SN_10P).
/// \throws data_error naming file, line and remedy
[[nodiscard]] neighbour_model read_neighbours(const std::string& path);

/// Reads every CSV file of a folder that is one of the two; others are named in `notes`.
/// \throws data_error as above, and for a folder that is not there or holds none
[[nodiscard]] published_data read_published(const std::string& folder);

}  // namespace goldenthread
