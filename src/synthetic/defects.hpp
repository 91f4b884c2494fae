// Rows that are wrong on purpose, with the answer key: which rule of quality each breaks, and in which row.
#pragma once

#include "synthetic/family.hpp"
#include "synthetic/row_store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::exampleshire {

/// A cell that is written as `text` whatever the row says.
struct spoiled_cell {
    std::string_view table;
    std::size_t row;  ///< of the defect's own rows, from 0
    std::string_view column, text;
};

/// A rule that a row breaks.
struct broken_rule {
    std::string_view rule, table;
    std::size_t row;  ///< of the defect's own rows, from 0
    std::string_view column;
};

/// One child who has no other story, and all that is wrong with the records about them. Nobody else's rows are touched:
/// what a rule finds beyond the key would be an error of the rule.
struct defect {
    std::string_view kind;
    identifier child;
    row_store rows;
    std::vector<spoiled_cell> cells;
    std::vector<broken_rule> broken;
};

/// The kinds take turns, from number 0 on.
[[nodiscard]] defect make_defect(std::int64_t number, const extract& e);

}  // namespace goldenthread::exampleshire
