// goldenthread: the SSDA903 return of looked-after children, as a folder of CSV files or one XML file. Needs
// goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// Reads header.csv, episodes.csv and missing.csv of one collection year (names in any case, also behind a prefix such
/// as `SSDA903_2018_`) into person, looked_after_episode, missing_episode and coverage. Other files of the return are
/// listed in `files()` as not read. Dates are DD/MM/YYYY.
///
/// Ids are `child#DECOM` and `child#MIS_START`. Two different rows of one child and day are both kept, the second as
/// `child#day#2`, with a finding "same_day_episode"; exact repetitions become one row. `placement_id` and
/// `period_of_care_id` are derived.
///
/// \param year the year the collection ends in (2018 for 1 April 2017 to 31 March 2018). 0 = inferred: the financial
///        year in which most episodes end, or the latest begins; `files()[…].notes` say so.
/// \throws data_error naming file and column for a folder without any of the three files, two files of one kind, a file
///         that is not CSV in UTF-8 or lacks CHILD, DECOM or MIS_START, and for a year that cannot be inferred
/// Source: Department for Education, Children looked after by local authorities (SSDA903): guides 2017 to 2024.
[[nodiscard]] dataset read_ssda903(const std::string& folder, int year = 0);

/// One file of a return, whatever it is called.
struct ssda903_file {
    std::string kind;  ///< header, episodes or missing
    std::string path;
};

/// The same from files named one by one, all of one collection year.
/// \throws data_error as above, for another kind and for no file at all
[[nodiscard]] dataset read_ssda903_files(const std::vector<ssda903_file>& files, int year = 0);

/// Reads the return as one XML file (`EXPSSDA903/CHILD` with `HEADER`, `EPISODE` and `AMISSING`): the same tables, ids
/// and rules as the CSV files give. Findings name the number of the `CHILD` element. Blocks that are not mapped
/// (reviews, adoption, OC2, …) and elements not known are counted in `files()[0].notes`.
/// \throws data_error naming file and line for a file that is not there, empty, not XML, cut off, not UTF-8, or not an
///         SSDA903 return; and for a year that cannot be inferred
[[nodiscard]] dataset read_ssda903_xml(const std::string& path, int year = 0);

/// The same from text; `file` is used in messages.
[[nodiscard]] dataset parse_ssda903_xml(std::string xml, const std::string& file, int year = 0);

}  // namespace goldenthread
