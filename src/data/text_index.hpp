// The texts of a growing dictionary by their position.
#pragma once

#include <goldenthread/data/column.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Distinct texts, numbered in the order of their first appearance. Open addressing; no text is stored twice.
class text_index {
public:
    /// Number of the text; -1 if it is not there.
    [[nodiscard]] std::int32_t find(std::string_view text) const noexcept {
        if (slots_.empty()) return -1;
        return slots_[slot_of(text, hash_of(text))] - 1;
    }
    /// Number of the text, which is added if it is not there. The caller keeps the size below 2^31.
    std::int32_t add(std::string_view text) {
        if ((texts_.size() + 1) * 2 > slots_.size()) grow();
        const std::size_t hash = hash_of(text);
        std::int32_t& slot = slots_[slot_of(text, hash)];
        if (slot == 0) {
            texts_.emplace_back(text);
            hashes_.push_back(hash);
            slot = static_cast<std::int32_t>(texts_.size());
        }
        return slot - 1;
    }
    [[nodiscard]] const text_dictionary& texts() const noexcept { return texts_; }
    /// The texts; the index is empty afterwards.
    [[nodiscard]] text_dictionary take() {
        text_dictionary result = std::move(texts_);
        *this = text_index();
        return result;
    }

private:
    static std::size_t hash_of(std::string_view text) noexcept { return std::hash<std::string_view>{}(text); }

    [[nodiscard]] std::size_t slot_of(std::string_view text, std::size_t hash) const noexcept {
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot] != 0) {
            const auto code = static_cast<std::size_t>(slots_[slot] - 1);
            if (hashes_[code] == hash && texts_[code] == text) break;
            slot = (slot + 1) & (slots_.size() - 1);
        }
        return slot;
    }
    void grow() {
        constexpr std::size_t smallest = 64;
        slots_.assign(slots_.empty() ? smallest : slots_.size() * 2, 0);
        for (std::size_t code = 0; code < hashes_.size(); ++code) {
            std::size_t slot = hashes_[code] & (slots_.size() - 1);
            while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
            slots_[slot] = static_cast<std::int32_t>(code + 1);
        }
    }

    text_dictionary texts_;
    std::vector<std::size_t> hashes_;
    std::vector<std::int32_t> slots_;  ///< number + 1; 0 = free
};

}  // namespace goldenthread::detail
