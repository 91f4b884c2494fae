// goldenthread: definitions back into a file, those built in a program too.
#pragma once

#include <goldenthread/definitions/indicator.hpp>

#include <string>

namespace goldenthread {

/// The filters and indicators of a set as an indicator file, `goldenthread/indicators@1`, without their cases. Read again
/// it gives the same definitions, with the same hashes. Needs goldenthread::goldenthread.
/// \throws definition_error for what a file cannot say: a parameter whose default is a date
[[nodiscard]] std::string write_indicators(const indicator_set& set);

}  // namespace goldenthread
