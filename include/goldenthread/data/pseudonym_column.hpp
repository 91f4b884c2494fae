// goldenthread: one column of identifiers as keyed pseudonyms: where datasets are read and in engines alike.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/data/column.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace goldenthread::detail {

/// Bytes of a pseudonym key: a shorter one can be guessed.
inline constexpr std::size_t shortest_pseudonym_key = 16;

/// A column of texts with each different text replaced by its HMAC-SHA-256, as 64 hexadecimal digits. The rows' codes
/// are the same memory.
[[nodiscard]] inline column pseudonym_column(const column& c, const keyed_hash& key) {
    auto replaced = std::make_shared<text_dictionary>();
    for (const std::string& text : *c.dictionary()) replaced->push_back(key.of(text));
    return {c.name(),  c.type(),            c.size(),  c.values(),   c.validity(),
            c.owner(), std::move(replaced), c.scale(), c.first_bit()};
}

}  // namespace goldenthread::detail
