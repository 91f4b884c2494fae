#include "synthetic/return_writers.hpp"

#include <algorithm>

namespace goldenthread::exampleshire {

std::vector<return_year> return_years(const extract& e) {
    std::vector<return_year> years;
    for (int year = census_year(e.first); year <= census_year(e.last); ++year) {
        years.push_back({year, to_day(year - 1, 4, 1), std::min(to_day(year, 3, 31), e.last)});
    }
    return years;
}

}  // namespace goldenthread::exampleshire
