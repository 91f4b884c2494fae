// goldenthread: an area's published figures beside those of its neighbours, its region and the country.
#pragma once

#include <goldenthread/data/published_data.hpp>
#include <goldenthread/disclosure/published_comparison.hpp>
#include <goldenthread/scorecard/published_catalogue.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// What is asked of published files.
struct benchmark_request {
    std::string area;    ///< code ("E06000016"), old code ("856") or name ("Leicester")
    int first_year = 0;  ///< reporting years, by the year they end in
    int last_year = 0;
    std::vector<std::string> indicators;  ///< empty = all of the catalogue
};

/// The published figures that answer indicators, for the area, its ten statistical neighbours, its region and the
/// country, year by year. A year without a row is missing and says why, never 0.
///
/// A share has Wilson's 95 % interval, a rate that of its count (exact below ten events, Byar's from ten). Another
/// place is compared by its value against the area's interval: inside it is similar; outside it is better or worse
/// where somebody has stated which way is better, otherwise higher or lower. Authorities are ranked with the range of
/// ranks that intervals wholly above and wholly below leave open.
///
/// Neighbours are those of the latest model in the folder, whatever the year; a year before its vintage is said so.
/// Files of the catalogue that are not in the folder are passed over.
/// \throws data_error for an area that no file has, a file that lacks a column, years that are none or in no order
/// \throws definition_error for an indicator that no answer is about
[[nodiscard]] published_comparisons compare_published(const published_data& data, const published_catalogue& catalogue,
                                                      const benchmark_request& request);

}  // namespace goldenthread
