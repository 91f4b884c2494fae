// goldenthread: one typed nullable column. Immutable; copies share the buffers.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// The distinct texts of a text, category or label column.
using text_dictionary = std::vector<std::string>;

/// One column. Buffers have Arrow's layout: values and an optional validity bitmap (least significant bit
/// first; absent = all valid). Text-like columns hold int32 codes into a dictionary.
///
/// | type | values |
/// |---|---|
/// | text, category, label | int32 code into `dictionary()` |
/// | date | int32 days since 1970-01-01 |
/// | boolean | uint8, 0 or 1 |
/// | int64 | int64 |
/// | decimal | int64 mantissa; value = mantissa / 10^scale |
class column {
public:
    column() = default;
    /// `owner` keeps `values` and `validity` alive; `first_bit` is the bit of row 0 in `validity`.
    column(std::string name, value_type type, std::size_t size, const void* values, const std::uint8_t* validity,
           std::shared_ptr<const void> owner, std::shared_ptr<const text_dictionary> dictionary = nullptr,
           int scale = 0, std::size_t first_bit = 0)
        : name_(std::move(name)),
          type_(type),
          scale_(scale),
          size_(size),
          values_(values),
          validity_(validity),
          first_bit_(first_bit),
          owner_(std::move(owner)),
          dictionary_(std::move(dictionary)) {}

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] value_type type() const noexcept { return type_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Digits after the decimal point of a decimal column.
    [[nodiscard]] int scale() const noexcept { return scale_; }

    [[nodiscard]] bool is_null(std::size_t row) const noexcept {
        if (validity_ == nullptr) return false;
        const std::size_t bit = row + first_bit_;
        return ((validity_[bit >> 3U] >> (bit & 7U)) & 1U) == 0;
    }
    // The value accessors below are only defined where `is_null(row)` is false and the type fits.
    [[nodiscard]] day day_at(std::size_t row) const noexcept { return static_cast<const day*>(values_)[row]; }
    [[nodiscard]] bool boolean_at(std::size_t row) const noexcept {
        return static_cast<const std::uint8_t*>(values_)[row] != 0;
    }
    /// Value of an int64 column, mantissa of a decimal column.
    [[nodiscard]] std::int64_t int64_at(std::size_t row) const noexcept {
        return static_cast<const std::int64_t*>(values_)[row];
    }
    [[nodiscard]] std::int32_t code_at(std::size_t row) const noexcept {
        return static_cast<const std::int32_t*>(values_)[row];
    }
    [[nodiscard]] std::string_view text_at(std::size_t row) const noexcept {
        return (*dictionary_)[static_cast<std::size_t>(code_at(row))];
    }
    /// Distinct texts; null for columns that are not text-like. Entries may be unused.
    [[nodiscard]] const std::shared_ptr<const text_dictionary>& dictionary() const noexcept { return dictionary_; }

    [[nodiscard]] const void* values() const noexcept { return values_; }
    [[nodiscard]] const std::uint8_t* validity() const noexcept { return validity_; }
    [[nodiscard]] std::size_t first_bit() const noexcept { return first_bit_; }
    [[nodiscard]] const std::shared_ptr<const void>& owner() const noexcept { return owner_; }

    [[nodiscard]] std::size_t null_count() const noexcept {
        std::size_t count = 0;
        for (std::size_t row = 0; row < size_; ++row) count += is_null(row) ? 1U : 0U;
        return count;
    }
    /// The same values under another name.
    [[nodiscard]] column renamed(std::string name) const {
        column result = *this;
        result.name_ = std::move(name);
        return result;
    }

private:
    std::string name_;
    value_type type_ = value_type::text;
    int scale_ = 0;
    std::size_t size_ = 0;
    const void* values_ = nullptr;
    const std::uint8_t* validity_ = nullptr;
    std::size_t first_bit_ = 0;
    std::shared_ptr<const void> owner_;
    std::shared_ptr<const text_dictionary> dictionary_;
};

namespace detail {

/// What a row that is not null holds, as the buffer has it: a day, 0 or 1, a whole number, a decimal's mantissa, a text's
/// code.
[[nodiscard]] inline std::int64_t stored_number(const column& c, std::size_t row) noexcept {
    switch (c.type()) {
        case value_type::date: return c.day_at(row);
        case value_type::boolean: return c.boolean_at(row) ? 1 : 0;
        case value_type::int64:
        case value_type::decimal: return c.int64_at(row);
        default: return c.code_at(row);
    }
}

/// The same with the decimal places it has, none but for decimals: 0.50 and 0.5 are one number.
[[nodiscard]] inline std::pair<std::int64_t, int> stored_decimal(const column& c, std::size_t row) noexcept {
    return without_trailing_noughts(stored_number(c, row), c.type() == value_type::decimal ? c.scale() : 0);
}

}  // namespace detail

/// Collects values row by row and becomes a column. Append functions must fit the type.
class column_builder {
public:
    column_builder(std::string name, value_type type, int scale = 0)
        : name_(std::move(name)), type_(type), scale_(scale) {}

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] value_type type() const noexcept { return type_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    void append_null() {
        push(0);
        mark(false);
    }
    void append_day(day value) {
        push(value);
        mark(true);
    }
    void append_boolean(bool value) {
        push(value ? 1 : 0);
        mark(true);
    }
    /// Value of an int64 column, mantissa of a decimal column.
    void append_int64(std::int64_t value) {
        push(value);
        mark(true);
    }
    void append_text(std::string_view value) { append_code(intern(value)); }

    /// Starts the dictionary of a text-like column that holds no row yet; entries must differ.
    void declare(const text_dictionary& values) {
        for (const std::string& value : values) static_cast<void>(intern(value));
    }
    /// The code of a text, new in the dictionary if it was not there. Appends nothing.
    [[nodiscard]] std::int32_t intern(std::string_view value) {
        // Runs of one value are common: a child's rows stand together.
        if (!dictionary_.empty() && dictionary_[static_cast<std::size_t>(last_code_)] == value) return last_code_;
        if ((dictionary_.size() + 1) * 2 > slots_.size()) grow_slots();
        const std::uint32_t hash = short_hash(value);
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at].code >= 0) {
            // The hash first: comparing the texts would fetch them from far away.
            if (slots_[at].hash == hash && dictionary_[static_cast<std::size_t>(slots_[at].code)] == value) {
                return last_code_ = slots_[at].code;
            }
            at = (at + 1) & (slots_.size() - 1);
        }
        last_code_ = static_cast<std::int32_t>(dictionary_.size());
        dictionary_.emplace_back(value);
        slots_[at] = {hash, last_code_};
        return last_code_;
    }
    /// Appends a code that `intern` returned.
    void append_code(std::int32_t code) {
        push(code);
        mark(true);
    }

    // What was appended so far: the stored number (code, day, 0 or 1, value or mantissa).
    [[nodiscard]] bool is_null(std::size_t row) const noexcept {
        const std::uint32_t bits = validity_[row >> 3U];
        return ((bits >> (row & 7U)) & 1U) == 0;
    }
    [[nodiscard]] std::int64_t stored_at(std::size_t row) const noexcept {
        if (is_wide()) return wide_[row];
        return type_ == value_type::boolean ? bytes_[row] : narrow_[row];
    }
    [[nodiscard]] const std::string& text_of(std::int32_t code) const noexcept {
        return dictionary_[static_cast<std::size_t>(code)];
    }

    /// Appends `source[row]` (the types must be equal).
    void append_from(const column& source, std::size_t row) {
        if (source.is_null(row)) {
            append_null();
        } else if (is_text_type(type_)) {
            append_text(source.text_at(row));
        } else if (type_ == value_type::date) {
            append_day(source.day_at(row));
        } else if (type_ == value_type::boolean) {
            append_boolean(source.boolean_at(row));
        } else {
            append_int64(source.int64_at(row));
        }
    }

    /// The column; the builder is empty afterwards.
    [[nodiscard]] column finish() {
        auto data = std::make_shared<storage>();
        data->narrow = std::move(narrow_);
        data->wide = std::move(wide_);
        data->bytes = std::move(bytes_);
        data->validity = std::move(validity_);
        const void* values = is_wide() ? static_cast<const void*>(data->wide.data())
                             : type_ == value_type::boolean ? static_cast<const void*>(data->bytes.data())
                                                            : static_cast<const void*>(data->narrow.data());
        std::shared_ptr<const text_dictionary> dictionary;
        if (is_text_type(type_)) dictionary = std::make_shared<const text_dictionary>(std::move(dictionary_));
        const std::uint8_t* validity = nulls_ == 0 ? nullptr : data->validity.data();
        column result(std::move(name_), type_, size_, values, validity, data, std::move(dictionary), scale_);
        *this = column_builder({}, type_, scale_);
        return result;
    }

private:
    struct storage {
        std::vector<std::int32_t> narrow;
        std::vector<std::int64_t> wide;
        std::vector<std::uint8_t> bytes;
        std::vector<std::uint8_t> validity;
    };
    [[nodiscard]] bool is_wide() const noexcept {
        return type_ == value_type::int64 || type_ == value_type::decimal;
    }
    struct slot {
        std::uint32_t hash = 0;
        std::int32_t code = -1;  ///< -1 = free
    };
    static std::uint32_t short_hash(std::string_view value) noexcept {
        return static_cast<std::uint32_t>(std::hash<std::string_view>{}(value));
    }
    void grow_slots() {
        constexpr std::size_t smallest = 16;
        std::vector<slot> larger(slots_.empty() ? smallest : slots_.size() * 2);
        for (const slot& old : slots_) {
            if (old.code < 0) continue;
            std::size_t at = old.hash & (larger.size() - 1);
            while (larger[at].code >= 0) at = (at + 1) & (larger.size() - 1);
            larger[at] = old;
        }
        slots_ = std::move(larger);
    }
    void push(std::int64_t value) {
        if (is_wide()) {
            wide_.push_back(value);
        } else if (type_ == value_type::boolean) {
            bytes_.push_back(static_cast<std::uint8_t>(value));
        } else {
            narrow_.push_back(static_cast<std::int32_t>(value));
        }
    }
    void mark(bool valid) {
        if ((size_ & 7U) == 0) validity_.push_back(0);
        if (valid) {
            validity_.back() = static_cast<std::uint8_t>(validity_.back() | (1U << (size_ & 7U)));
        } else {
            ++nulls_;
        }
        ++size_;
    }

    std::string name_;
    value_type type_;
    int scale_;
    std::size_t size_ = 0;
    std::size_t nulls_ = 0;
    std::vector<std::int32_t> narrow_;
    std::vector<std::int64_t> wide_;
    std::vector<std::uint8_t> bytes_;
    std::vector<std::uint8_t> validity_;
    text_dictionary dictionary_;
    std::int32_t last_code_ = 0;
    std::vector<slot> slots_;  // open addressing into dictionary_
};

}  // namespace goldenthread
