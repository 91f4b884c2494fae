// goldenthread: small text helpers, free of locale.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

[[nodiscard]] constexpr bool is_ascii_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
[[nodiscard]] constexpr bool is_ascii_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_ascii_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr char to_ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char to_ascii_upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
[[nodiscard]] inline std::string to_ascii_upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = to_ascii_upper(c);
    return result;
}
[[nodiscard]] inline std::string to_ascii_lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = to_ascii_lower(c);
    return result;
}

/// Without white space at either end, non-breaking spaces (UTF-8 C2 A0) included.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
    for (;;) {
        if (!text.empty() && is_ascii_space(text.front())) {
            text.remove_prefix(1);
        } else if (text.size() >= 2 && text.substr(0, 2) == "\xC2\xA0") {
            text.remove_prefix(2);
        } else {
            break;
        }
    }
    for (;;) {
        if (!text.empty() && is_ascii_space(text.back())) {
            text.remove_suffix(1);
        } else if (text.size() >= 2 && text.substr(text.size() - 2) == "\xC2\xA0") {
            text.remove_suffix(2);
        } else {
            break;
        }
    }
    return text;
}

[[nodiscard]] inline std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) result += separator;
        result += parts[i];
    }
    return result;
}

/// Number of single-character edits (insert, delete, replace) between two texts.
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = std::min({above + 1, row[j - 1] + 1, replaced});
            diagonal = above;
        }
    }
    return row[b.size()];
}

/// The candidate nearest to `name`, or empty if none is near enough to be a slip of the keyboard.
[[nodiscard]] inline std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest_compared = 200;
    if (name.size() > longest_compared) return {};
    std::string best;
    std::size_t best_distance = name.size() / 3 + 2;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest_compared) continue;
        const std::size_t distance = edit_distance(name, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

/// "did you mean 'x'?", or the list of known names when none is near.
[[nodiscard]] inline std::string name_remedy(std::string_view name, const std::vector<std::string>& known) {
    const std::string best = nearest_name(name, known);
    if (!best.empty()) return "did you mean '" + best + "'?";
    if (known.empty()) return {};
    constexpr std::size_t longest_list = 12;
    std::vector<std::string> shown(known.begin(),
                                   known.begin() + static_cast<std::ptrdiff_t>(std::min(known.size(), longest_list)));
    return "known: " + joined(shown, ", ") + (known.size() > longest_list ? ", …" : "");
}

}  // namespace goldenthread
