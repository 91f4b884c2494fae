// goldenthread: the identity of the rows a result was computed from.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/data/dataset.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// Sum of the hashes of all rows modulo 2^128: the same for any order of rows, columns and tables.
/// A null counts like an absent column.
[[nodiscard]] inline hash128 hash_of_rows(const dataset& data) {
    hash128 total;
    for (const auto& [name, t] : data.tables()) {
        const hash128 table_hash = detail::hash_of(name);
        std::vector<hash128> rows(t.row_count(), table_hash);
        for (const column& c : t.columns()) {
            const hash128 column_hash = detail::hash_of(c.name());
            std::vector<hash128> texts;
            if (is_text_type(c.type())) {
                for (const std::string& text : *c.dictionary()) texts.push_back(detail::hash_of(text));
            }
            for (std::size_t row = 0; row < c.size(); ++row) {
                if (c.is_null(row)) continue;
                hash128 h = column_hash;
                if (is_text_type(c.type())) {
                    const hash128& text = texts[static_cast<std::size_t>(c.code_at(row))];
                    detail::mix_in(h, text.low);
                    detail::mix_in(h, text.high);
                } else {
                    const std::int64_t value = c.type() == value_type::date ? c.day_at(row) : c.type() == value_type::boolean ? c.boolean_at(row) : c.int64_at(row);
                    detail::mix_in(h, static_cast<std::uint64_t>(value));
                }
                rows[row] += h;  // a sum, so the order of columns does not matter
            }
        }
        for (hash128& h : rows) {
            detail::mix_in(h, h.high);
            total += h;
        }
    }
    return total;
}

}  // namespace goldenthread
