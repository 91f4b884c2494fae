// Reading one cell of text as the schema's type: blanks, dates, codes, truth values, numbers.
// Every reader of text files comes through here, so that one value means one thing whatever file it stood in.
#pragma once

#include <goldenthread/data/column.hpp>
#include <goldenthread/data/finding.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Digits after the point that decimal columns read from text keep.
inline constexpr int text_decimal_scale = 6;

enum class date_style : std::uint8_t {
    iso,        ///< YYYY-MM-DD, a time after it is cut off
    day_first,  ///< DD/MM/YYYY; YYYY-MM-DD is read as well, it cannot be mistaken
};

/// What became of one cell. `rule` is null when there is nothing to report.
struct cell_result {
    bool null = true;
    std::int64_t value = 0;  ///< as column_builder::stored_at gives it
    const char* rule = nullptr;
    const char* message = nullptr;
    finding_action action = finding_action::kept;
};

/// True for empty text, spaces, no-break spaces, `#N/A` and `NULL`. `text` is trimmed.
[[nodiscard]] bool is_blank(std::string_view text) noexcept;

/// Codes of one set, looked up without regard to case.
class code_index {
public:
    code_index() = default;
    explicit code_index(const code_set& set);
    /// Position in the set, or -1.
    [[nodiscard]] int find(std::string_view text) const noexcept;
    /// Position of the code a known typo stands for, or -1.
    [[nodiscard]] int find_repair(std::string_view text) const noexcept;
    [[nodiscard]] const code& at(int position) const noexcept {
        return set_->codes[static_cast<std::size_t>(position)];
    }

private:
    const code_set* set_ = nullptr;
    std::vector<std::pair<std::uint64_t, int>> short_codes_;  // packed upper-case bytes, sorted
};

/// Reads the cells of one column. The schema must outlive it.
class cell_reader {
public:
    /// `census_year` 0 = not known: years of codes are not checked.
    cell_reader(const column_schema& column, const schema& whole, date_style dates, int census_year);

    /// `texts` is the column's builder: text values are interned there, nothing is appended.
    [[nodiscard]] cell_result read(std::string_view raw, column_builder& texts) const;

private:
    [[nodiscard]] cell_result read_date(std::string_view text) const;
    [[nodiscard]] cell_result read_code(std::string_view text) const;
    [[nodiscard]] cell_result read_boolean(std::string_view text) const;
    [[nodiscard]] cell_result read_integer(std::string_view text) const;

    const column_schema* column_;
    date_style dates_;
    int census_year_;
    code_index codes_;
};

/// A decimal as mantissa of `text_decimal_scale`; exponents are refused.
[[nodiscard]] cell_result read_decimal(std::string_view text);

}  // namespace goldenthread::detail
