// goldenthread: which version this is. CMake and the Python package read it from here.
#pragma once

#include <string_view>

namespace goldenthread {

/// "major.minor.patch", by the rules of semantic versioning.
inline constexpr std::string_view version_text = "0.1.0";

}  // namespace goldenthread
