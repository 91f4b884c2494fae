// Builds one table row by row under the schema's rules: types, codes, keys, missing values, duplicates.
#pragma once

#include "data/cell_rules.hpp"

#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

/// How the file the rows come from is to be read.
struct row_origin {
    std::string file;              ///< for findings
    std::uint32_t file_index = 0;  ///< for row_source
    date_style dates = date_style::iso;
    int census_year = 0;
};

/// Fill the cells of a row, then `commit()` it; the row is kept or set aside and what is wrong is reported.
/// Definition, schema and `findings` must outlive it.
class row_checker {
public:
    row_checker(const table_schema& definition, const schema& whole, row_origin origin, std::vector<finding>& findings);

    /// Position of a column of the definition, which must exist.
    [[nodiscard]] std::size_t position(std::string_view column) const;

    /// Text as it stood in the file.
    void read(std::size_t column, std::string_view raw);
    /// Values made by the reader itself: not checked.
    void set_text(std::size_t column, std::string_view text);
    void set_day(std::size_t column, day value);
    void set_boolean(std::size_t column, bool value);
    /// A decimal of any scale; digits beyond the column's are cut off.
    void set_decimal(std::size_t column, std::int64_t mantissa, int scale);

    [[nodiscard]] bool is_null(std::size_t column) const noexcept { return cells_[column].null; }
    /// Day, code, truth value or number of a cell that is not null.
    [[nodiscard]] std::int64_t value(std::size_t column) const noexcept { return cells_[column].value; }
    [[nodiscard]] const std::string& text(std::size_t column) const noexcept {
        return builders_[column].text_of(static_cast<std::int32_t>(cells_[column].value));
    }

    /// Reports something about the row that is being filled.
    void report(std::size_t column, const char* rule, const char* message, std::string_view value,
                finding_action action = finding_action::kept);

    /// True if the cell is empty because of what stood there, not because nothing did.
    [[nodiscard]] bool was_rejected(std::size_t column) const noexcept { return cells_[column].reported; }

    /// Counts the row that is being filled as read and set aside, and says why.
    void reject(std::size_t row, const char* rule, const char* message);

    /// True if the row went into the table. `row` is the 1-based line or element.
    bool commit(std::size_t row);

    [[nodiscard]] std::size_t rows_read() const noexcept { return rows_read_; }
    [[nodiscard]] std::size_t rows_kept() const noexcept { return sources_.size(); }
    [[nodiscard]] std::size_t rows_set_aside() const noexcept { return rows_read_ - sources_.size(); }

    /// The table; the checker is empty afterwards.
    [[nodiscard]] table finish();

private:
    struct cell {
        std::int64_t value = 0;
        bool null = true;
        bool reported = false;  ///< a finding says why it is null
    };

    struct index_entry {
        std::uint32_t hash = 0;
        std::uint32_t row = 0;  ///< from 1; 0 = free
    };

    void check_missing();
    void append_cells();
    /// Gives the findings of this row their place and key, and empties the cells.
    void close_row(std::size_t row);
    [[nodiscard]] std::string key_text() const;
    [[nodiscard]] std::uint32_t key_hash() const noexcept;
    [[nodiscard]] bool equals_stored(std::size_t row, std::size_t column) const noexcept;
    /// Row with the same key, or npos; remembers this one as the next row if there is none.
    [[nodiscard]] std::size_t find_duplicate();
    void grow_index();

    const table_schema* definition_;
    row_origin origin_;
    std::vector<finding>* findings_;
    std::vector<cell_reader> readers_;
    std::vector<column_builder> builders_;
    std::vector<cell> cells_;
    std::vector<std::size_t> keys_;
    std::vector<row_source> sources_;
    std::vector<index_entry> index_;  // open addressing by key
    std::size_t first_finding_ = 0;   // of the row that is being filled
    std::size_t rows_read_ = 0;
    bool set_aside_ = false;
};

}  // namespace goldenthread::detail
