// Cells of published files. Internal.
#pragma once

#include <goldenthread/data/published_data.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace goldenthread::detail {

/// "line 12, column rereferral_percent"
[[nodiscard]] std::string line_and_column(std::size_t line, std::string_view column = {});

/// A number, a symbol or nothing; no result for anything else. Blanks are cut before.
[[nodiscard]] std::optional<printed_number> read_printed_number(std::string_view text);

/// 2019, or the 2019 of 201819; no result for anything else.
[[nodiscard]] std::optional<int> read_published_year(std::string_view text);

/// One letter and eight digits.
[[nodiscard]] bool is_area_code(std::string_view text) noexcept;

}  // namespace goldenthread::detail
