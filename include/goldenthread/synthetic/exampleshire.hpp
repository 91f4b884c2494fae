// goldenthread: Exampleshire, an invented authority for trying, teaching, testing and demonstrating.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/data/dataset.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// The only area the generator knows. No setting changes it, so that its rows can never pass for real ones.
inline constexpr std::string_view exampleshire_area = "Exampleshire (synthetic)";

/// What to invent. The same settings give the same bytes on every platform.
struct exampleshire_settings {
    std::uint64_t seed = 1;
    std::int64_t children = 5000;    ///< rows of `person`: children with anything on file in the period
    day first = to_day(2016, 4, 1);  ///< first day for which the rows are complete
    day last = to_day(2020, 3, 31);  ///< the extract day: nothing after it is known
};

/// Says why settings are impossible.
/// \throws definition_error unless 1 <= children <= 10,000,000 and 2000-01-01 <= first <= last <= 2050-12-31
void check_settings(const exampleshire_settings& settings);

/// All tables in memory, as `read_tables` would read them: areas, codes and keys follow the canonical schema, and
/// there is no finding. Rows that began before `settings.first` are there while their episode was still open then.
/// \throws definition_error for impossible settings
[[nodiscard]] dataset generate_exampleshire(const exampleshire_settings& settings);

/// Which forms of the same children `write_exampleshire` writes.
struct exampleshire_formats {
    bool tables = true;      ///< tables/<canonical table>.csv and tables/dataset.csv
    bool cin_census = true;  ///< cin_census/cin_census_<year>.xml, a return for each census year
    bool ssda903 = true;     ///< ssda903/<year>/header.csv, episodes.csv, missing.csv
};

/// What was written.
struct exampleshire_summary {
    std::int64_t children = 0;
    std::int64_t families = 0;
    std::int64_t child_population = 0;                       ///< aged 0 to 17, in the first mid-year estimate
    std::vector<std::pair<std::string, std::int64_t>> rows;  ///< of each canonical table, in schema order
    std::vector<std::string> files;                          ///< relative to the folder, sorted
};

/// Writes Exampleshire to `folder`, which appears whole or not at all: everything is written beside it under a
/// name ending in ".part" and a number, and renamed when complete. A folder that an earlier run wrote is replaced;
/// any other folder with something in it is refused. Memory does not grow with the number of children.
/// \throws definition_error for impossible settings, data_error when the folder cannot be written
exampleshire_summary write_exampleshire(const exampleshire_settings& settings, const std::string& folder,
                                        const exampleshire_formats& formats = {});

}  // namespace goldenthread
