// goldenthread: the identity of the rows a result was computed from.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/data/dataset.hpp>
#include <goldenthread/engine/broadcast.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace goldenthread {

namespace detail {

/// A hash for each row of a table. A null counts like an absent column.
[[nodiscard]] inline std::vector<hash128> row_hashes(const table& t) {
    const hash128 table_hash = hash_of(t.name());
    std::vector<hash128> rows(t.row_count(), table_hash);
    for (const column& c : t.columns()) {
        const hash128 column_hash = hash_of(c.name());
        std::vector<hash128> texts;
        if (is_text_type(c.type())) {
            for (const std::string& text : *c.dictionary()) texts.push_back(hash_of(text));
        }
        for (std::size_t row = 0; row < c.size(); ++row) {
            if (c.is_null(row)) continue;
            hash128 h = column_hash;
            if (is_text_type(c.type())) {
                const hash128& text = texts[static_cast<std::size_t>(c.code_at(row))];
                mix_in(h, text.low);
                mix_in(h, text.high);
            } else {
                // A decimal's hash must not tell 0.50 from 0.5.
                const auto [number, scale] = stored_decimal(c, row);
                mix_in(h, static_cast<std::uint64_t>(number));
                if (scale > 0) mix_in(h, static_cast<std::uint64_t>(scale));
            }
            rows[row] += h;  // a sum, so the order of columns does not matter
        }
    }
    for (hash128& h : rows) mix_in(h, h.high);
    return rows;
}

/// Sum over the rows of a table; of a broadcast table each different row once.
[[nodiscard]] inline hash128 hash_of_table(const table& t) {
    std::vector<hash128> rows = row_hashes(t);
    if (is_broadcast(t.name())) {
        std::sort(rows.begin(), rows.end(), [](const hash128& a, const hash128& b) {
            return a.high != b.high ? a.high < b.high : a.low < b.low;
        });
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    }
    hash128 total;
    for (const hash128& h : rows) total += h;
    return total;
}

}  // namespace detail

/// Sum of the hashes of all rows modulo 2^128: the same for any order of rows, columns and tables. Equal rows of
/// `coverage` and of `population` say the same and count once.
[[nodiscard]] inline hash128 hash_of_rows(const dataset& data) {
    hash128 total;
    for (const auto& [name, t] : data.tables()) total += detail::hash_of_table(t);
    return total;
}

}  // namespace goldenthread
