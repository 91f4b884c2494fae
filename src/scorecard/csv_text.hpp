// Fields of the CSV files that are written. Internal.
#pragma once

#include <string>
#include <string_view>

namespace goldenthread::detail {

/// A spreadsheet would run a text that looks like a formula: it gets an apostrophe, as spreadsheets themselves write.
[[nodiscard]] inline std::string csv_harmless(std::string_view text) {
    const bool formula = !text.empty() && (text.front() == '=' || text.front() == '@' || text.front() == '\t' ||
                                           text.front() == '+' || text.front() == '-');
    return (formula ? "'" : "") + std::string(text);
}

/// Quoted by RFC 4180 where needed.
[[nodiscard]] inline std::string csv_quoted(std::string_view text) {
    const std::string safe = csv_harmless(text);
    if (safe.find_first_of(",\"\n\r") == std::string::npos) return safe;
    std::string result = "\"";
    for (const char c : safe) result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + '"';
}

}  // namespace goldenthread::detail
