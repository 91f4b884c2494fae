// The two yearly returns to the Department for Education, as a council would have sent them: each knows only what
// was known at the end of its year.
#pragma once

#include "synthetic/family.hpp"
#include "synthetic/output_file.hpp"
#include "synthetic/row_store.hpp"

#include <filesystem>
#include <vector>

namespace goldenthread::exampleshire {

/// One year of a return.
struct return_year {
    int year = 0;  ///< named by the year it ends in
    day first = 0;
    day last = 0;  ///< 31 March, or the extract day if that is earlier

    [[nodiscard]] bool holds(day d) const noexcept { return d >= first && d <= last; }
    /// What the return says of a day.
    [[nodiscard]] optional_day known(optional_day d) const noexcept { return d && *d <= last ? d : std::nullopt; }
    /// True for what had begun by the end of the year and had not ended before it.
    [[nodiscard]] bool holds_stay(day start, optional_day end) const noexcept {
        return start <= last && (!end || *end >= first);
    }
};

/// The years that the extract touches.
[[nodiscard]] std::vector<return_year> return_years(const extract& e);

/// cin_census_<year>.xml: the CIN census with the elements of its published schema for that year.
class cin_census_writer {
public:
    cin_census_writer(const std::filesystem::path& folder, const extract& e);
    void take(const row_store& rows);
    void finish();

private:
    std::vector<return_year> years_;
    std::vector<output_file> files_;
};

/// <year>/header.csv, episodes.csv and missing.csv of the SSDA903 return.
class ssda903_writer {
public:
    ssda903_writer(const std::filesystem::path& folder, const extract& e);
    void take(const row_store& rows);
    void finish();

private:
    struct year_files {
        return_year year;
        output_file header, episodes, missing;
    };
    std::vector<year_files> years_;
};

}  // namespace goldenthread::exampleshire
