// goldenthread: ties between rows are settled by what the rows hold, never by where they stand in a file.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace goldenthread::detail {

/// Order of two cells of a column: negative, 0 or positive; null first.
[[nodiscard]] inline int compare_cells_of(const column& c, std::size_t a, std::size_t b) {
    const bool null_a = c.is_null(a), null_b = c.is_null(b);
    if (null_a || null_b) return static_cast<int>(null_b) - static_cast<int>(null_a);
    const auto sign = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (is_text_type(c.type())) return sign(c.text_at(a), c.text_at(b));
    if (c.type() == value_type::date) return sign(c.day_at(a), c.day_at(b));
    if (c.type() == value_type::boolean) return sign(c.boolean_at(a), c.boolean_at(b));
    return sign(c.int64_at(a), c.int64_at(b));
}

/// Whether row `a` comes before row `b`: the first column in which they differ decides.
[[nodiscard]] inline bool holds_less(const table& rows, std::size_t a, std::size_t b) {
    for (const column& c : rows.columns()) {
        if (const int order = compare_cells_of(c, a, b); order != 0) return order < 0;
    }
    return a < b;
}

/// The columns of a table that decide, in the order in which they decide; those not supplied are left out.
[[nodiscard]] inline table with_columns(const table& rows, const std::vector<std::string>& names) {
    std::vector<column> columns;
    for (const std::string& name : names) {
        if (const column* c = rows.find(name)) columns.push_back(*c);
    }
    if (columns.empty()) return {rows.name(), {}, std::vector<row_source>(rows.row_count())};
    return {rows.name(), std::move(columns)};
}

}  // namespace goldenthread::detail
