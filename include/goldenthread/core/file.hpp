// goldenthread: files are replaced whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace goldenthread {

/// Writes `text` to a new file beside `path` and renames it over `path`, so that a reader sees the old file or the
/// new one, never half of one. When it fails, the old file is intact and nothing is left beside it.
/// \throws data_error naming the path
void write_file_atomically(const std::string& path, std::string_view text);

}  // namespace goldenthread
