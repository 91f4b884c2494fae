// goldenthread: several years and extracts become one dataset. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

namespace goldenthread {

/// Stacks two datasets: rows with the same natural key (the schema's) are one row. `later` wins column by column for
/// changed values, which are findings "revised"; a value is never overwritten by null. Rows, files and findings of both
/// are kept; tables without a key in the schema are appended.
///
/// Coverage of a table is the run of days of both where they meet or overlap, else the later run, which a note says; a
/// table that one side supplies without a coverage row is complete for all time. `person.disabled` and
/// `assessment.factors_recorded` follow the united disabilities and factors.
/// The area is `earlier`'s unless that is empty; the result is synthetic if one of the two is.
/// \throws data_error when a column has different types in the two
[[nodiscard]] dataset merge_datasets(const dataset& earlier, const dataset& later);

/// What follows the last merge: references are checked anew, because a row of one file may name a row of another, and,
/// with `placements`, `placement_id` and `period_of_care_id` are derived anew, because a period of care runs through
/// several years' files.
void settle_merged(dataset& data, bool placements);

}  // namespace goldenthread
