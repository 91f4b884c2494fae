// goldenthread: one expression on every row and day, as text: to try it, to document it, to test it.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// What to tabulate.
struct tabulate_request {
    std::string of;     ///< table whose rows are asked; its columns are bare names
    std::string alias;  ///< a short name for the row, may be empty
    std::vector<parameter> parameters;
    convention_choices conventions;
    std::vector<period> periods;   ///< none of them ends before the one in front of it
    bool force_reference = false;  ///< on the reference engine, whatever the expression
};

/// An expression's values. Personal data where the rows are.
struct tabulated {
    std::string type;     ///< "true/false", "number", "date", "text"
    std::string path;     ///< "interval" or "reference"
    std::string english;  ///< what the expression says
    /// rows × periods: "true", "unknown", "2019-03-31", "2.5", "1 to 3" for what lies between
    std::vector<std::vector<std::string>> values;
};

/// Evaluates `e` for every row of a table at every period.
/// Needs goldenthread::goldenthread; inlined::tabulate (run.hpp) is compiled where it is used.
/// \throws definition_error for what does not fit the tables, calculation_error for what leaves the range of numbers
[[nodiscard]] tabulated tabulate(const schema& tables, const indicator_set& shared, const expression& e,
                                 const dataset& data, const tabulate_request& request);

}  // namespace goldenthread
