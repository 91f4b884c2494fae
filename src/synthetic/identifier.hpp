// Keys of Exampleshire's rows: short values while generating, text when written.
#pragma once

#include <cstdint>
#include <string>

namespace goldenthread::exampleshire {

/// `EX00000012` for a child; `EX00000012-R2` for its second referral; `EXF0000007-V1` for what belongs to a family.
/// No owner = no value (null).
struct identifier {
    std::int64_t owner = 0;  ///< number of the child or family, from 1
    char kind = 0;           ///< letter of the thing; 0 = the owner itself
    std::int32_t order = 0;  ///< which of the owner's things of that kind, from 1
    bool of_family = false;

    [[nodiscard]] bool is_null() const noexcept { return owner == 0; }
    friend bool operator==(const identifier&, const identifier&) = default;
};

[[nodiscard]] inline identifier child_identifier(std::int64_t number) { return {number, 0, 0, false}; }
[[nodiscard]] inline identifier family_identifier(std::int64_t number) { return {number, 0, 0, true}; }

inline void append_number(std::string& text, std::int64_t value, int least_width = 1) {
    char digits[20];
    int used = 0;
    const bool negative = value < 0;
    auto rest = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    while (rest != 0 || used < least_width) {
        digits[used++] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    if (negative) text.push_back('-');
    while (used > 0) text.push_back(digits[--used]);
}

/// Thousandths as a decimal: 900 is `0.900`.
inline void append_thousandths(std::string& text, std::int64_t value) {
    if (value < 0) text.push_back('-');
    const std::int64_t size = value < 0 ? -value : value;
    append_number(text, size / 1000);
    text.push_back('.');
    append_number(text, size % 1000, 3);
}

inline void append_identifier(std::string& text, const identifier& id) {
    text += id.of_family ? "EXF" : "EX";
    append_number(text, id.owner, id.of_family ? 7 : 8);
    if (id.kind == 0) return;
    text.push_back('-');
    text.push_back(id.kind);
    append_number(text, id.order);
}

/// A unique pupil number; no real one has the check letter `S`.
inline void append_upn(std::string& text, std::int64_t number) {
    text += 'S';
    append_number(text, number, 12);
}

}  // namespace goldenthread::exampleshire
