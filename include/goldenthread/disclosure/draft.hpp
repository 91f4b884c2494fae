// goldenthread: what somebody would like to release. Holds true numbers; no writer takes it.
#pragma once

#include <goldenthread/disclosure/outline.hpp>
#include <goldenthread/disclosure/published_comparison.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

/// An exact value before it is rounded.
struct draft_value {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;  ///< above zero

    friend bool operator==(const draft_value&, const draft_value&) = default;
};

/// One dimension of a cell and its category; none = not recorded.
using draft_key = std::vector<std::pair<std::string, std::optional<std::string>>>;

/// A cell with its true numbers.
struct draft_cell {
    std::size_t period = 0;  ///< into release_draft::periods
    draft_key key;           ///< empty = the total
    std::string state;
    std::optional<draft_value> value;
    std::optional<std::int64_t> numerator;
    std::optional<std::int64_t> denominator;
    std::int64_t unknown = 0;
    std::int64_t excluded = 0;
    std::int64_t immature = 0;
    std::int64_t censored = 0;
    std::optional<std::int64_t> units;  ///< people or rows behind a sum, where the numbers do not count them
    std::string reason;
};

struct draft_figure {
    figure_heading heading;
    std::vector<draft_cell> cells;
};

/// How often a rule was broken in a column.
struct draft_finding_count {
    std::string table;
    std::string column;
    std::string rule;
    std::string action;
    std::string message;
    std::int64_t count = 0;
};

/// A file that was read: read = kept + set aside.
struct draft_file {
    std::string name;
    std::string kind;
    std::int64_t rows_read = 0;
    std::int64_t rows_kept = 0;
    std::int64_t rows_set_aside = 0;
    std::vector<std::string> notes;
};

struct release_draft {
    release_title title;
    std::vector<period> periods;
    plan_outline plan;
    std::vector<draft_figure> figures;
    std::vector<draft_finding_count> findings;
    std::vector<draft_file> files;
    std::vector<std::string> notes;
    std::optional<published_comparisons> published;  ///< by others; passes the gate as it is
};

}  // namespace goldenthread
