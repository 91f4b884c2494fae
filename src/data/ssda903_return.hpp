// What the SSDA903 return means, whatever file it came in: codes of sex, ids of rows, the collection year.
#pragma once

#include "data/row_checker.hpp"

#include <goldenthread/data/dataset.hpp>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace goldenthread::detail {

/// \throws data_error unless `year` is 0 or a collection year
void expect_collection_year(const std::string& place, int year);

/// Sex as the return codes it: 1 male, 2 female; later collections may carry letters.
void read_ssda903_sex(row_checker& rows, std::string_view raw);

/// Names rows of one child and day: exact repetitions share a name, different ones are numbered from the second.
class episode_names {
public:
    /// Sets `id` of the row being filled; `content` tells repetitions from different rows.
    void give(row_checker& rows, const char* id, const std::string& content);

private:
    std::unordered_map<std::string, std::vector<std::string>> same_day_;
};

/// Adds the collection year to the kinds of the files that were read, and coverage to the data. `wanted` 0 = inferred:
/// the financial year in which most episodes end, or the latest begins.
/// \throws data_error when no row has a date
void settle_collection_year(dataset& data, const std::string& place, int wanted);

}  // namespace goldenthread::detail
