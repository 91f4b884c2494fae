// goldenthread: a case is a handful of rows and the answer they must give.
#pragma once

#include <goldenthread/core/period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace goldenthread {

/// A value as a case file writes it; nothing = null.
using case_value = std::variant<std::monostate, bool, std::int64_t, std::string>;

/// Rows of one table. Columns not listed are null in every row; a table not listed is not supplied.
struct case_table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<case_value>> rows;
};

/// A count of a case's answer: compared only where the case gives it; given and empty = null is expected.
struct expected_count {
    bool given = false;
    std::optional<std::int64_t> value;
};

/// An expected cell of the breakdown. Declared categories that are not listed are true zeros.
struct expected_cell {
    std::vector<std::pair<std::string, std::optional<std::string>>> key;
    std::optional<double> value;
    std::string state;
    expected_count numerator;
    expected_count denominator;
    expected_count unknown;
};

struct expected_result {
    std::optional<double> value;
    std::string state;
    expected_count numerator;
    expected_count denominator;
    expected_count unknown;
    expected_count excluded;
    expected_count immature;
    expected_count censored;
    expected_count denominator_unknown;
    expected_count denominator_excluded;
    expected_count denominator_immature;
    expected_count units;
    std::optional<std::vector<expected_cell>> cells;
};

/// One worked example of one indicator.
struct definition_case {
    std::string indicator;
    std::string title;
    std::vector<std::pair<std::string, std::string>> parameters;  ///< lists are joined by commas
    std::vector<case_table> tables;
    period when;
    std::string breakdown;  ///< name of a dimension; empty = total only
    expected_result expect;
    std::string place;  ///< file and JSON pointer, for messages
};

/// Reads the cases of a file of the form {"indicator": …, "cases": […]}. Needs goldenthread::goldenthread.
/// \throws definition_error naming file, JSON pointer and remedy
[[nodiscard]] std::vector<definition_case> parse_cases(std::string_view json_text, const std::string& file);

/// A case as files write it, ready to be pasted; each line after the first begins with `indent`.
[[nodiscard]] std::string to_json(const definition_case& c, const std::string& indent = {});

}  // namespace goldenthread
