// Bytes of a file, refused with a clear message when they cannot be UTF-8 text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

/// The whole file.
/// \throws data_error when it does not exist, is a folder, is larger than `largest` bytes or cannot be read
[[nodiscard]] std::string load_file(const std::string& path, std::size_t largest);

/// \throws data_error naming the line for an empty file, UTF-16 or UTF-32, NUL bytes and bytes that are not UTF-8
void expect_utf8(std::string_view bytes, const std::string& file);

/// Without a UTF-8 byte-order mark.
[[nodiscard]] std::string_view without_mark(std::string_view bytes) noexcept;

/// Line of a byte, counted from 1.
[[nodiscard]] std::size_t line_of(std::string_view bytes, std::size_t offset) noexcept;

/// \throws data_error naming file, place and remedy
[[noreturn]] void fail_file(const std::string& file, std::string message, std::string place = {},
                            std::string remedy = {});

/// Remedy for a heading that is not there: the nearest one. Never a list: a first row that is no row of headings may
/// name somebody.
[[nodiscard]] std::string heading_remedy(std::string_view wanted, const std::vector<std::string>& headings);

/// File name without its folder.
[[nodiscard]] std::string file_name(const std::string& path);

}  // namespace goldenthread::detail
