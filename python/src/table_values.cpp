#include "table_values.hpp"

#include <goldenthread/core/date.hpp>

#include <pybind11/stl.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

/// Makes Python objects of one column's cells; texts are made once for each entry of the dictionary.
class cell_maker {
public:
    explicit cell_maker(const column& c) : column_(c) {
        if (c.type() == value_type::date) make_ = py::module_::import("datetime").attr("date");
        if (c.type() == value_type::decimal) make_ = py::module_::import("decimal").attr("Decimal");
        if (c.dictionary()) texts_.resize(c.dictionary()->size());
    }

    [[nodiscard]] py::object at(std::size_t row) {
        if (column_.is_null(row)) return py::none();
        switch (column_.type()) {
            case value_type::date: {
                const civil_day d = to_civil(column_.day_at(row));
                return make_(d.year, d.month, d.day);
            }
            case value_type::boolean:
                return py::bool_(column_.boolean_at(row));
            case value_type::int64:
                return py::int_(column_.int64_at(row));
            case value_type::decimal:
                return make_(decimal_text_of(column_.int64_at(row)));
            case value_type::text:
            case value_type::category:
            case value_type::label:
                break;
        }
        py::object& text = texts_[static_cast<std::size_t>(column_.code_at(row))];
        if (!text) text = py::str(std::string(column_.text_at(row)));
        return text;
    }

private:
    /// "-150e-2": exact, and Decimal keeps the places.
    [[nodiscard]] std::string decimal_text_of(std::int64_t mantissa) const {
        return std::to_string(mantissa) + "e" + std::to_string(-column_.scale());
    }

    const column& column_;
    py::object make_;
    std::vector<py::object> texts_;
};

std::size_t value_width(value_type type) noexcept {
    if (type == value_type::boolean) return 1;
    return type == value_type::int64 || type == value_type::decimal ? 8 : 4;
}

bool equal_values(const column& a, const column& b, std::size_t row) noexcept {
    switch (a.type()) {
        case value_type::date:
            return a.day_at(row) == b.day_at(row);
        case value_type::boolean:
            return a.boolean_at(row) == b.boolean_at(row);
        case value_type::int64:
        case value_type::decimal:
            return a.int64_at(row) == b.int64_at(row);
        case value_type::text:
        case value_type::category:
        case value_type::label:
            break;
    }
    return a.text_at(row) == b.text_at(row);
}

py::tuple column_state(const column& c) {
    const std::size_t bytes = c.size() * value_width(c.type());
    std::string validity((c.size() + 7) / 8, '\0');
    for (std::size_t row = 0; row < c.size(); ++row) {
        if (!c.is_null(row)) {
            validity[row / 8] = static_cast<char>(static_cast<unsigned char>(validity[row / 8]) | (1U << (row % 8)));
        }
    }
    const char* values = bytes == 0 ? "" : static_cast<const char*>(c.values());
    py::object texts = py::none();
    if (c.dictionary()) texts = py::cast(*c.dictionary());
    return py::make_tuple(c.name(), static_cast<int>(c.type()), c.scale(), c.size(), py::bytes(values, bytes),
                          py::bytes(validity), texts);
}

[[noreturn]] void bad_state() { throw data_error("this is not the pickled state of a goldenthread table"); }

/// Through a builder, which looks at every value: a damaged pickle is an error, not a crash.
column column_from_state(const py::tuple& state) {
    if (state.size() != 7) bad_state();
    const int type_number = state[1].cast<int>();
    const int scale = state[2].cast<int>();
    const auto size = state[3].cast<std::size_t>();
    const auto values = state[4].cast<std::string>();
    const auto validity = state[5].cast<std::string>();
    if (type_number < 0 || type_number > static_cast<int>(value_type::label) || scale < 0 || scale > 18) bad_state();
    const auto type = static_cast<value_type>(type_number);
    const std::size_t width = value_width(type);
    if (size > values.size() || values.size() != size * width || validity.size() != (size + 7) / 8) bad_state();
    text_dictionary texts;
    if (is_text_type(type) && !state[6].is_none()) texts = state[6].cast<text_dictionary>();

    column_builder builder(state[0].cast<std::string>(), type, scale);
    for (std::size_t row = 0; row < size; ++row) {
        std::int64_t wide = 0;
        std::int32_t narrow = 0;
        const char* at = values.data() + row * width;
        if (((static_cast<unsigned char>(validity[row / 8]) >> (row % 8)) & 1U) == 0) {
            builder.append_null();
        } else if (width == 8) {
            std::memcpy(&wide, at, width);
            builder.append_int64(wide);
        } else if (width == 1) {
            builder.append_boolean(*at != 0);
        } else {
            std::memcpy(&narrow, at, width);
            if (type == value_type::date) {
                if (narrow < to_day(1, 1, 1) || narrow > to_day(9999, 12, 31)) bad_state();
                builder.append_day(narrow);
            } else {
                if (narrow < 0 || static_cast<std::size_t>(narrow) >= texts.size()) bad_state();
                builder.append_text(texts[static_cast<std::size_t>(narrow)]);
            }
        }
    }
    return builder.finish();
}

}  // namespace

py::list cells_of(const column& c) {
    cell_maker maker(c);
    py::list result(c.size());
    for (std::size_t row = 0; row < c.size(); ++row) result[row] = maker.at(row);
    return result;
}

py::object cell_of(const column& c, py::ssize_t row) {
    const auto size = static_cast<py::ssize_t>(c.size());
    if (row < 0) row += size;
    if (row < 0 || row >= size) throw py::index_error("row out of range");
    return cell_maker(c).at(static_cast<std::size_t>(row));
}

bool equal_columns(const column& a, const column& b) {
    if (a.name() != b.name() || a.type() != b.type() || a.scale() != b.scale() || a.size() != b.size()) return false;
    for (std::size_t row = 0; row < a.size(); ++row) {
        if (a.is_null(row) != b.is_null(row)) return false;
        if (!a.is_null(row) && !equal_values(a, b, row)) return false;
    }
    return true;
}

bool equal_tables(const table& a, const table& b) {
    return a.name() == b.name() && a.row_count() == b.row_count() &&
           std::equal(a.columns().begin(), a.columns().end(), b.columns().begin(), b.columns().end(), equal_columns);
}

py::tuple table_state(const table& t) {
    py::list columns;
    for (const column& c : t.columns()) columns.append(column_state(c));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> sources;
    for (const row_source& source : t.sources()) sources.emplace_back(source.file, source.row);
    return py::make_tuple(t.name(), columns, sources);
}

table table_from_state(const py::tuple& state) {
    if (state.size() != 3) bad_state();
    std::vector<column> columns;
    for (const py::handle c : state[1].cast<py::list>()) columns.push_back(column_from_state(c.cast<py::tuple>()));
    std::vector<row_source> sources;
    for (const auto& [file, row] : state[2].cast<std::vector<std::pair<std::uint32_t, std::uint32_t>>>()) {
        sources.push_back({file, row});
    }
    const table result(state[0].cast<std::string>(), std::move(columns), std::move(sources));
    if (!result.sources().empty() && result.sources().size() != result.row_count()) bad_state();
    return result;
}

}  // namespace goldenthread::python
