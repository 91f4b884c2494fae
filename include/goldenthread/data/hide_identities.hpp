// goldenthread: a dataset from which children cannot be named: keyed pseudonyms, births to the month.
// Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <string_view>

namespace goldenthread {

/// Every text of the tables about people (`child_id`, `referral_id`, `upn`, …) replaced by its HMAC-SHA-256 under `key`
/// as 64 hexadecimal digits: what was equal stays equal, across tables and files. Tables that hold no people (coverage,
/// population, figures, training, the board's own) stay. Keys in findings are replaced too, values in them are
/// removed. The rows are still personal data: dates and codes stay.
/// \throws data_error for a key shorter than 16 bytes
[[nodiscard]] dataset with_pseudonyms(const dataset& data, std::string_view key);

/// `person.date_of_birth` as the first of its month with precision `month` (a precision that is coarser stays), so that
/// ages it cannot decide are unknown. Other birth dates (`victim_date_of_birth`, `housing_presentation.date_of_birth`)
/// have no precision beside them and become empty. Birth dates that findings quote are removed.
[[nodiscard]] dataset with_birth_months(const dataset& data);

}  // namespace goldenthread
