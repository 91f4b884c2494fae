// goldenthread: Exampleshire, an invented authority for trying, teaching, testing and demonstrating.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/data/dataset.hpp>

#include <cstdint>
#include <functional>
#include <optional>
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
    /// Wrong records for every 10,000 children, in the tables that are written: each a child of its own, so that no
    /// figure's planted truth is touched unawares. The kinds take turns.
    std::int64_t defects_per_10000 = 0;
    /// Children in one authority's files, at most about so many: more are written as authority_0001, authority_0002 and
    /// so on, each whole in itself. 0 = all in one.
    std::int64_t children_per_authority = 0;
};

/// Says why settings are impossible.
/// \throws definition_error unless 1 <= children <= 10,000,000, 2000-01-01 <= first <= last <= 2050-12-31,
///         0 <= defects_per_10000 <= 10,000 and 0 <= children_per_authority
void check_settings(const exampleshire_settings& settings);

/// All tables in memory, as `read_tables` would read them: areas, codes and keys follow the canonical schema, and
/// there is no finding. Rows that began before `settings.first` are there while their episode was still open then.
/// \throws definition_error for impossible settings, and for wrong records or several authorities, which files alone
/// have
[[nodiscard]] dataset generate_exampleshire(const exampleshire_settings& settings);

/// The right answer to one indicator in one whole financial year, counted while the rows are made, without the engine.
struct planted_truth {
    std::string indicator;
    std::string period;          ///< such as "2018-19"
    std::string state;           ///< value, true_zero, partial, zero_denominator or not_due, as a result's cell has it
    std::int64_t numerator = 0;  ///< the count; of a mean the days of all waits together
    std::optional<std::int64_t> denominator;  ///< of a share, a rate or a mean
    std::int64_t unknown = 0, excluded = 0, immature = 0, censored = 0;
};

/// A published total for England that the invention was fitted to. Real: for orientation, never a synthetic figure's
/// benchmark.
struct published_total {
    std::string_view id;
    std::string_view title;
    std::string_view source;  ///< publisher, release and table
    int year = 0;             ///< the reporting year, named by the year it ends in
    std::int64_t numerator = 0, denominator = 1;
    std::int64_t per = 100;  ///< the figure is numerator × per / denominator
};

/// Every total the rates and shares of Exampleshire were fitted to.
[[nodiscard]] const std::vector<published_total>& exampleshire_calibration();

/// Which forms of the same children `write_exampleshire` writes.
struct exampleshire_formats {
    bool tables = true;      ///< tables/<canonical table>.csv and tables/dataset.csv
    bool cin_census = true;  ///< cin_census/cin_census_<year>.xml, a return for each census year
    bool ssda903 = true;     ///< ssda903/<year>/header.csv, episodes.csv, missing.csv
    /// answer_key/truths.csv: every shipped indicator in every whole financial year, without the wrong records; and
    /// answer_key/defects.csv if there are any: each rule of quality that a row breaks, with its line.
    bool answer_key = true;
};

/// Thrown by a run that was told to stop.
class exampleshire_stopped : public error {
public:
    exampleshire_stopped() : error("Exampleshire was not written to its end, and nothing of it is left") {}
};

/// What was written.
struct exampleshire_summary {
    std::int64_t children = 0;
    std::int64_t families = 0;
    std::int64_t child_population = 0;                       ///< aged 0 to 17, in the first mid-year estimate
    std::vector<std::pair<std::string, std::int64_t>> rows;  ///< of each canonical table, in schema order
    std::int64_t defects = 0;                                ///< wrong records
    std::vector<planted_truth> truths;                       ///< those of the answer key; of the last authority
    std::vector<std::string> files;                          ///< relative to the folder, sorted
};

/// Writes Exampleshire to `folder`, which appears whole or not at all: everything is written beside it under a
/// name ending in ".part" and a number, and renamed when complete. A folder that an earlier run wrote is replaced;
/// any other folder with something in it is refused. Memory does not grow with the number of children.
/// `go_on` is asked now and then; when it says no, nothing is left of the run.
/// \throws definition_error for impossible settings, data_error when the folder cannot be written,
///         exampleshire_stopped when told to stop
exampleshire_summary write_exampleshire(const exampleshire_settings& settings, const std::string& folder,
                                        const exampleshire_formats& formats = {},
                                        const std::function<bool()>& go_on = {});

}  // namespace goldenthread
