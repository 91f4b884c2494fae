// goldenthread: from a figure down to its rows, with reasons. The rows are personal data: only on the machine that
// holds them.
#pragma once

#include <goldenthread/engine/evaluate.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// What a row is for a figure.
enum class row_role : std::uint8_t {
    numerator,
    counted,           ///< measures without a numerator of their own
    denominator_only,
    unknown,           ///< a filter, the numerator, the entity or the cell could not be decided
    excluded,
    immature,
    censored,          ///< still waiting at the end of the period: told beside, whatever else the row is
};

[[nodiscard]] constexpr std::string_view to_text(row_role role) noexcept {
    constexpr std::string_view names[] = {"numerator", "counted", "denominator only", "unknown", "excluded", "immature", "censored"};
    return names[static_cast<std::size_t>(role)];
}

/// One row behind a figure. Personal data.
struct explained_row {
    std::string table;
    std::size_t row = 0;  ///< 0-based row of the table
    std::vector<std::pair<std::string, std::string>> key;  ///< key columns and child_id, as text
    row_role role = row_role::counted;
    bool in_denominator = false;         ///< counted for certain, also where its numerator is unknown
    bool may_be_in_numerator = false;    ///< for unknown rows of a share: its numerator is not certainly false
    std::optional<exact_ratio> value;    ///< what a counted row adds to a sum, a mean or a median
    std::string reason;  ///< for unknown rows: which column left it undecided; for days: how many
    std::string source_file;
    std::size_t source_row = 0;  ///< 1-based line or element; 0 = not known
};

/// The rows behind one cell: those that count and those that could not be decided. `key` empty = the total.
/// Needs goldenthread::goldenthread; inlined::explain (run.hpp) is compiled where it is used.
/// \throws definition_error for an unknown indicator, parameter or dimension
[[nodiscard]] std::vector<explained_row> explain(const schema& tables, const indicator_set& set, const std::string& id,
                                                 const dataset& data, const period& when,
                                                 const std::vector<breakdown_value>& key = {},
                                                 const std::vector<parameter_value>& parameters = {});

}  // namespace goldenthread
