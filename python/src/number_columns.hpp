// Columns of numbers in and out of Python: sequences, buffers and Arrow in; Arrow and lists out.
#pragma once

#include <goldenthread/statistics/each_estimate.hpp>

#include <pybind11/pybind11.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::python {

/// Numbers of which some may be missing.
struct number_column {
    std::vector<double> values;
    std::vector<std::uint8_t> validity;  ///< bitmap, least significant bit first; empty: nothing is missing

    [[nodiscard]] number_span span() const noexcept {
        return {values, validity.empty() ? nullptr : validity.data(), 0};
    }
    [[nodiscard]] std::vector<std::optional<double>> optionals() const;
    /// \throws calculation_error naming the element if something is missing
    [[nodiscard]] const std::vector<double>& complete(std::string_view function, std::string_view argument) const;

    void append(std::optional<double> value);
};

/// Reads a number, a sequence of numbers and None, a buffer (numpy, array), a column of this package, or anything with
/// __arrow_c_array__ or __arrow_c_stream__ that is one column of numbers or dates (days since 1970-01-01).
/// \throws data_error naming the argument and what was found
[[nodiscard]] number_column numbers_from(const pybind11::object& source, const std::string& argument);

/// A table of numbers, days and names, for Arrow and for Python lists.
class number_table {
public:
    struct column {
        enum class kind_type : std::uint8_t { number, whole, day, name, flag };
        std::string name;
        kind_type kind = kind_type::number;
        std::vector<double> numbers;
        std::vector<std::int64_t> wholes;  ///< whole numbers, days, codes into `names`, 0 and 1
        std::vector<std::string> names;
        std::vector<std::uint8_t> present;  ///< a byte a row; empty: all there

        /// Notes whether the next row is there; rows that are all there need no bytes.
        void mark(std::size_t row, bool is_there) {
            if (present.empty()) {
                if (is_there) return;
                present.assign(row, 1);
            }
            present.push_back(is_there ? 1 : 0);
        }

        friend bool operator==(const column&, const column&) = default;
    };

    /// Makes room for so many rows in columns that are added from now on.
    void reserve(std::size_t rows) noexcept { expected_ = rows; }
    /// A new column of this kind. The reference stays good while others are added.
    column& add(std::string name, column::kind_type kind);
    [[nodiscard]] const column& find(const std::string& name) const;
    [[nodiscard]] const std::deque<column>& columns() const noexcept { return columns_; }
    [[nodiscard]] std::size_t rows() const noexcept;

    friend bool operator==(const number_table& a, const number_table& b) { return a.columns_ == b.columns_; }

private:
    std::size_t expected_ = 0;
    std::deque<column> columns_;
};

inline void append(number_table::column& column, std::optional<double> value) {
    column.mark(column.numbers.size(), value.has_value());
    column.numbers.push_back(value.value_or(0));
}
inline void append_whole(number_table::column& column, std::optional<std::int64_t> value) {
    column.mark(column.wholes.size(), value.has_value());
    column.wholes.push_back(value.value_or(0));
}

/// Registers NumberTable.
void register_number_table(pybind11::module_& m);

}  // namespace goldenthread::python
