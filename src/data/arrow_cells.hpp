// Reading single values out of Arrow arrays of any supported layout. Trusts nothing that can be checked: counts,
// offsets, indices and lengths are validated, values are read without alignment assumptions.
// What the interface does not carry (the sizes of most buffers) has to be taken on trust, as by every consumer.
#pragma once

#include <goldenthread/data/arrow_abi.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

enum class arrow_kind : std::uint8_t { null, boolean, integer, floating, decimal, text, date };
enum class arrow_encoding : std::uint8_t { flat, dictionary, run_end };
enum class text_layout : std::uint8_t { offsets32, offsets64, views };

/// What the format strings of one column say.
struct arrow_type {
    arrow_kind kind = arrow_kind::null;
    arrow_encoding encoding = arrow_encoding::flat;
    int width = 0;          ///< bytes of one value: integer, floating, decimal, date
    bool is_signed = true;  ///< integer
    text_layout layout = text_layout::offsets32;
    int scale = 0;                   ///< decimal: digits after the point, may be negative
    std::int64_t units_per_day = 1;  ///< date: 1 for tdD, 86400 for tss, …
    std::int64_t zone_shift = 0;     ///< date: units to add to reach local time
    bool has_zone = false;           ///< date: instants of a zone, not wall-clock times
    int index_width = 0;             ///< bytes of a dictionary index or a run end
    bool index_signed = true;
    std::string format;  ///< as the producer wrote it, for messages
};

/// Where an array stands, for messages.
struct arrow_place {
    std::string table;
    std::string column;
};

/// \throws data_error naming column and format for a layout that is not supported
[[nodiscard]] arrow_type parse_arrow_type(const ArrowSchema& schema, const arrow_place& place);

/// Throws the data_error for a producer that does not keep to the interface.
[[noreturn]] void broken_producer(const arrow_place& place, const std::string& what);

enum class cell_kind : std::uint8_t { null, boolean, integer, floating, decimal, date, text, too_large };

/// One value. `integer` is the truth value, integer, decimal mantissa or day.
struct arrow_cell {
    cell_kind kind = cell_kind::null;
    bool single = false;    ///< floating: was a 32-bit float
    bool time_cut = false;  ///< date: a time of day other than midnight was cut off an instant of a zone
    int scale = 0;          ///< decimal: digits after the point, as few as possible, 0 to 18
    std::int64_t integer = 0;
    double floating = 0;
    std::string_view text;
};

/// Values of one array without encoding. The array must outlive it.
class flat_array {
public:
    flat_array(const arrow_type& type, const ArrowArray& array, const arrow_place& place);

    /// Number of values that `at` may be asked for.
    [[nodiscard]] std::int64_t size() const noexcept { return size_; }
    [[nodiscard]] bool is_null(std::int64_t i) const noexcept;
    [[nodiscard]] arrow_cell at(std::int64_t i) const;

    /// Buffers and offset as the producer gave them, for columns that adopt them.
    [[nodiscard]] const void* values() const noexcept { return values_; }
    [[nodiscard]] const std::uint8_t* validity() const noexcept { return validity_; }
    [[nodiscard]] std::int64_t offset() const noexcept { return offset_; }

private:
    void take_text_buffers(const ArrowArray& array);
    [[nodiscard]] std::int64_t text_offset(std::int64_t i) const noexcept;
    [[nodiscard]] std::string_view text_at(std::int64_t physical) const;
    [[nodiscard]] std::string_view view_at(std::int64_t physical) const;

    const arrow_type* type_;
    const arrow_place* place_;
    std::int64_t offset_ = 0;
    std::int64_t size_ = 0;
    const std::uint8_t* validity_ = nullptr;
    const void* values_ = nullptr;  ///< values, text offsets or views
    const char* text_ = nullptr;
    std::int64_t text_end_ = 0;            ///< the last offset: as long as the text is said to be
    const void* const* blocks_ = nullptr;  ///< variadic buffers of text views
    std::int64_t block_count_ = 0;
    const void* block_sizes_ = nullptr;
};

/// One column of one batch: rows of the batch, whatever the encoding and the offsets.
class arrow_cells {
public:
    /// `batch` is the struct array: its offset and length select the rows, its nulls make whole rows null.
    arrow_cells(const arrow_type& type, const ArrowArray& array, const ArrowArray& batch, const arrow_place& place);
    arrow_cells(const arrow_cells&) = delete;
    arrow_cells& operator=(const arrow_cells&) = delete;

    [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const arrow_type& type() const noexcept { return *type_; }
    /// Position of a row's value in `values()`; -1 = null.
    [[nodiscard]] std::int64_t position(std::int64_t row) const;
    [[nodiscard]] arrow_cell at(std::int64_t row) const;
    /// The distinct values of an encoded column, the values themselves of a flat one.
    [[nodiscard]] const flat_array& values() const noexcept { return values_; }
    /// Indices of a dictionary; null otherwise.
    [[nodiscard]] const flat_array* indices() const noexcept { return indices_.get(); }
    /// Row of the column's own array that is row 0 of the batch.
    [[nodiscard]] std::int64_t first() const noexcept { return first_; }
    /// True when whole rows of the batch may be null.
    [[nodiscard]] bool batch_has_nulls() const noexcept { return batch_validity_ != nullptr; }

private:
    void locate_runs(const ArrowArray& array);

    const arrow_type* type_;
    const arrow_place* place_;
    std::int64_t first_ = 0;
    std::int64_t rows_ = 0;
    const std::uint8_t* batch_validity_ = nullptr;
    std::int64_t batch_offset_ = 0;
    flat_array values_;
    arrow_type index_type_;
    std::unique_ptr<flat_array> indices_;
    std::vector<std::int64_t> runs_;  ///< run of every row of a run-end encoded column
};

}  // namespace goldenthread::detail
