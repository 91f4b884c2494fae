#include "scorecard/json_text.hpp"

namespace goldenthread::detail {

namespace {

/// Length of the well-formed UTF-8 sequence at the start of `text`; 0 if there is none (RFC 3629, table 3-7 of
/// Unicode).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto is_continuation = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) return is_continuation(1) ? 2 : 0;
    if (!is_continuation(1) || !is_continuation(2)) return 0;
    const unsigned char second = byte(1);
    if (first < 0xF0) {
        const bool overlong = first == 0xE0 && second < 0xA0;
        const bool surrogate = first == 0xED && second >= 0xA0;
        return overlong || surrogate ? 0 : 3;
    }
    if (!is_continuation(3)) return 0;
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool too_large = first == 0xF4 && second >= 0x90;
    return overlong || too_large ? 0 : 4;
}

std::string escaped_control(unsigned char c) {
    constexpr char digits[] = "0123456789abcdef";
    if (c == '\n') return "\\n";
    if (c == '\r') return "\\r";
    if (c == '\t') return "\\t";
    return std::string("\\u00") + digits[c >> 4U] + digits[c & 15U];
}

}  // namespace

std::string json_escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        std::size_t length = utf8_length(text);
        if (length == 0) {
            result += "\xEF\xBF\xBD";
            length = 1;
        } else if (first == '"' || first == '\\') {
            result += '\\';
            result += text.front();
        } else if (first < 0x20 || first == 0x7F) {
            result += escaped_control(first);
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return result;
}

}  // namespace goldenthread::detail
