#include "number_columns.hpp"

#include "arrow_capsule.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/data/arrow_abi.hpp>
#include <goldenthread/data/column.hpp>

#include <pybind11/stl.h>

#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <utility>

namespace py = pybind11;

namespace goldenthread::python {

// Numbers in.

std::vector<std::optional<double>> number_column::optionals() const {
    const number_span all = span();
    std::vector<std::optional<double>> result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!all.is_missing(i)) result[i] = values[i];
    }
    return result;
}

const std::vector<double>& number_column::complete(std::string_view function, std::string_view argument) const {
    const number_span all = span();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!all.is_missing(i)) continue;
        error_context context;
        context.remedy = "leave it out, or say what it stands for: a missing count is not zero";
        throw calculation_error(
            std::string(function) + ": " + std::string(argument) + "[" + std::to_string(i) + "] is missing",
            std::move(context));
    }
    return values;
}

void number_column::append(std::optional<double> value) {
    const std::size_t row = values.size();
    values.push_back(value.value_or(0));
    if (!value && validity.empty()) validity.assign(row / 8 + 1, 0xFF);
    if (validity.empty()) return;
    if (row / 8 >= validity.size()) validity.push_back(0xFF);
    if (!value) validity[row / 8] = static_cast<std::uint8_t>(validity[row / 8] & ~(1U << (row % 8)));
}

namespace {

[[noreturn]] void not_numbers(const std::string& argument, const std::string& found) {
    error_context context;
    context.remedy = "give a number, a sequence of numbers and None, or one column of numbers from a data frame";
    throw data_error(argument + ": " + found, std::move(context));
}

/// How the values of an Arrow array become numbers.
struct number_format {
    char kind = 0;  ///< the format's letter; 'd' decimal, 't' counts of `per_day` a day
    int width = 0;  ///< bytes of a value; 0 for the null type
    double divisor = 1;
    std::int64_t per_day = 0;
};

number_format parse_format(const ArrowSchema& schema, const std::string& argument) {
    const std::string format = schema.format == nullptr ? "" : schema.format;
    if (schema.dictionary != nullptr) not_numbers(argument, "a dictionary column holds names, not numbers");
    struct known {
        std::string_view format;
        int width;
    };
    constexpr std::array<known, 11> plain{
        {{"c", 1}, {"C", 1}, {"s", 2}, {"S", 2}, {"i", 4}, {"I", 4}, {"l", 8}, {"L", 8}, {"f", 4}, {"g", 8}, {"n", 0}}};
    for (const known& each : plain) {
        if (each.format == format) return {format[0], each.width};
    }
    if (format == "tdD") return {'t', 4, 1, 1};
    if (format == "tdm") return {'t', 8, 1, 86'400'000};
    if (format.size() == 4 && format.substr(0, 2) == "ts" && format[3] == ':') {
        const std::int64_t per_day = format[2] == 's'   ? 86'400
                                     : format[2] == 'm' ? 86'400'000
                                     : format[2] == 'u' ? 86'400'000'000
                                                        : 86'400'000'000'000;
        return {'t', 8, 1, per_day};
    }
    if (format.substr(0, 2) == "d:") {
        const std::size_t first = format.find(','), second = format.find(',', first + 1);
        const bool wide = second != std::string::npos && format.substr(second + 1) != "128";
        if (first != std::string::npos && !wide) {
            return {'d', 16, std::pow(10.0, std::stoi(format.substr(first + 1))), 0};
        }
    }
    not_numbers(argument, "a column of Arrow format '" + format + "' cannot be read as numbers");
}

template <class Value>
double value_at(const void* values, std::int64_t at) {
    Value value;
    std::memcpy(&value, static_cast<const char*>(values) + static_cast<std::size_t>(at) * sizeof value, sizeof value);
    return static_cast<double>(value);
}

double decimal_at(const void* values, std::int64_t at) {
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), static_cast<const char*>(values) + static_cast<std::size_t>(at) * 16, 16);
    const auto high = static_cast<std::int64_t>(words[1]);
    // A mantissa of one word is exact in an integer; only wider ones are rounded twice.
    if ((high == 0 && words[0] >> 63U == 0) || (high == -1 && words[0] >> 63U == 1)) {
        return static_cast<double>(static_cast<std::int64_t>(words[0]));
    }
    return std::ldexp(static_cast<double>(high), 64) + static_cast<double>(words[0]);
}

std::int64_t floor_divided(std::int64_t value, std::int64_t divisor) {
    return value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);
}

double time_at(const number_format& format, const void* values, std::int64_t at) {
    if (format.width == 4) return value_at<std::int32_t>(values, at);
    std::int64_t count = 0;
    std::memcpy(&count, static_cast<const char*>(values) + static_cast<std::size_t>(at) * 8, 8);
    return static_cast<double>(floor_divided(count, format.per_day));
}

double number_at(const number_format& format, const void* values, std::int64_t at) {
    switch (format.kind) {
        case 'c':
            return value_at<std::int8_t>(values, at);
        case 'C':
            return value_at<std::uint8_t>(values, at);
        case 's':
            return value_at<std::int16_t>(values, at);
        case 'S':
            return value_at<std::uint16_t>(values, at);
        case 'i':
            return value_at<std::int32_t>(values, at);
        case 'I':
            return value_at<std::uint32_t>(values, at);
        case 'l':
            return value_at<std::int64_t>(values, at);
        case 'L':
            return value_at<std::uint64_t>(values, at);
        case 'f':
            return value_at<float>(values, at);
        case 't':
            return time_at(format, values, at);
        case 'd':
            return decimal_at(values, at) / format.divisor;
        default:
            return value_at<double>(values, at);
    }
}

void append_array(number_column& result, const number_format& format, const ArrowArray& array,
                  const std::string& argument) {
    if (array.length < 0 || array.offset < 0) not_numbers(argument, "a broken Arrow array");
    const bool has_values = format.kind != 'n';
    if (has_values && array.length > 0 &&
        (array.n_buffers < 2 || array.buffers == nullptr || array.buffers[1] == nullptr)) {
        not_numbers(argument, "an Arrow array without values");
    }
    const auto* validity = has_values && array.null_count != 0 && array.n_buffers > 0 && array.buffers != nullptr
                               ? static_cast<const std::uint8_t*>(array.buffers[0])
                               : nullptr;
    if (format.kind == 'g' && validity == nullptr && result.validity.empty() && array.length > 0) {
        const auto* first = static_cast<const char*>(array.buffers[1]) + static_cast<std::size_t>(array.offset) * 8;
        const std::size_t before = result.values.size();
        result.values.resize(before + static_cast<std::size_t>(array.length));
        std::memcpy(result.values.data() + before, first, static_cast<std::size_t>(array.length) * 8);
        return;
    }
    for (std::int64_t i = 0; i < array.length; ++i) {
        const std::int64_t at = i + array.offset;
        const auto bit = static_cast<std::size_t>(at);
        const bool there = has_values && (validity == nullptr || ((validity[bit >> 3U] >> (bit & 7U)) & 1U) != 0);
        result.append(there ? std::optional(number_at(format, array.buffers[1], at)) : std::nullopt);
    }
}

/// A table of one column is that column.
struct column_of_batch {
    bool inside_struct = false;
    number_format format;
};

column_of_batch describe(const ArrowSchema& schema, const std::string& argument) {
    const std::string format = schema.format == nullptr ? "" : schema.format;
    if (format != "+s") return {false, parse_format(schema, argument)};
    if (schema.n_children != 1 || schema.children == nullptr || schema.children[0] == nullptr) {
        not_numbers(argument, "a table of " + std::to_string(schema.n_children) + " columns: choose one");
    }
    return {true, parse_format(*schema.children[0], argument)};
}

void append_batch(number_column& result, const column_of_batch& what, const ArrowArray& array,
                  const std::string& argument) {
    if (!what.inside_struct) return append_array(result, what.format, array, argument);
    if (array.n_children != 1 || array.children == nullptr || array.children[0] == nullptr || array.null_count > 0) {
        not_numbers(argument, "a broken Arrow table");
    }
    ArrowArray child = *array.children[0];  // looked at, not owned
    child.offset += array.offset;
    child.length = array.length;
    append_array(result, what.format, child, argument);
}

/// Releases what an Arrow call filled in.
template <class Interface>
struct released {
    Interface content{};
    released() { content.release = nullptr; }
    released(const released&) = delete;
    released& operator=(const released&) = delete;
    ~released() {
        if (content.release != nullptr) content.release(&content);
    }
};

number_column read_stream(const py::object& source, const std::string& argument) {
    foreign_stream stream(source.attr("__arrow_c_stream__")());
    ArrowArrayStream* in = stream.get();
    if (in->release == nullptr) not_numbers(argument, "the Arrow stream has been read before");
    released<ArrowSchema> schema;
    const auto check = [&](int code) {
        if (code == 0) return;
        const char* said = in->get_last_error(in);
        not_numbers(argument, "the producer of the Arrow stream failed: " +
                                  (said != nullptr ? std::string(said) : "error " + std::to_string(code)));
    };
    check(in->get_schema(in, &schema.content));
    const column_of_batch what = describe(schema.content, argument);
    number_column result;
    for (;;) {
        released<ArrowArray> batch;
        check(in->get_next(in, &batch.content));
        if (batch.content.release == nullptr) return result;
        append_batch(result, what, batch.content, argument);
    }
}

number_column read_array(const py::object& source, const std::string& argument) {
    const auto pair = source.attr("__arrow_c_array__")().cast<py::tuple>();
    const auto* schema = static_cast<const ArrowSchema*>(PyCapsule_GetPointer(pair[0].ptr(), "arrow_schema"));
    if (schema == nullptr) throw py::error_already_set();
    const auto* array = static_cast<const ArrowArray*>(PyCapsule_GetPointer(pair[1].ptr(), "arrow_array"));
    if (array == nullptr) throw py::error_already_set();
    number_column result;
    append_batch(result, describe(*schema, argument), *array, argument);
    return result;
}

number_column read_own_column(const column& source, const std::string& argument) {
    const bool is_date = source.type() == value_type::date;
    if (!is_date && source.type() != value_type::int64 && source.type() != value_type::decimal) {
        not_numbers(argument, "column " + source.name() + " holds " + std::string(to_text(source.type())));
    }
    const double divisor = source.type() == value_type::decimal ? std::pow(10.0, source.scale()) : 1;
    number_column result;
    for (std::size_t row = 0; row < source.size(); ++row) {
        if (source.is_null(row)) {
            result.append(std::nullopt);
        } else {
            result.append(is_date ? source.day_at(row) : static_cast<double>(source.int64_at(row)) / divisor);
        }
    }
    return result;
}

std::optional<number_column> read_buffer(const py::object& source) {
    const py::buffer_info info = py::reinterpret_borrow<py::buffer>(source).request();
    if (info.ndim != 1 || info.format.size() != 1) return std::nullopt;
    const char letter = info.format[0];
    const bool whole = std::string_view("bhilq").find(letter) != std::string_view::npos;
    const bool natural = std::string_view("BHILQ").find(letter) != std::string_view::npos;
    number_format format;
    format.width = static_cast<int>(info.itemsize);
    if (letter == 'd') format.kind = 'g';
    if (letter == 'f') format.kind = 'f';
    if (whole || natural) {
        const std::string_view letters = whole ? "csil" : "CSIL";
        format.kind = letters[info.itemsize == 1 ? 0U : info.itemsize == 2 ? 1U : info.itemsize == 4 ? 2U : 3U];
    }
    if (format.kind == 0) return std::nullopt;
    number_column result;
    result.values.reserve(static_cast<std::size_t>(info.shape[0]));
    for (py::ssize_t i = 0; i < info.shape[0]; ++i) {
        result.values.push_back(number_at(format, static_cast<const char*>(info.ptr) + i * info.strides[0], 0));
    }
    return result;
}

std::optional<double> read_item(const py::handle& item, const std::string& argument, std::size_t at) {
    if (item.is_none()) return std::nullopt;
    const double value = PyFloat_AsDouble(item.ptr());
    if (value == -1 && PyErr_Occurred() != nullptr) {
        PyErr_Clear();
        not_numbers(argument + "[" + std::to_string(at) + "]",
                    "a " + py::str(py::type::of(item).attr("__name__")).cast<std::string>() + " is not a number");
    }
    return value;
}

}  // namespace

number_column numbers_from(const py::object& source, const std::string& argument) {
    number_column result;
    if (py::isinstance<py::float_>(source) || py::isinstance<py::int_>(source) || source.is_none()) {
        result.append(read_item(source, argument, 0));
        return result;
    }
    if (py::isinstance<column>(source)) return read_own_column(source.cast<const column&>(), argument);
    if (PyObject_CheckBuffer(source.ptr()) != 0 && !py::isinstance<py::bytes>(source)) {
        if (std::optional<number_column> read = read_buffer(source)) return std::move(*read);
    }
    if (py::hasattr(source, "__arrow_c_array__")) return read_array(source, argument);
    if (py::hasattr(source, "__arrow_c_stream__")) return read_stream(source, argument);
    if (!py::isinstance<py::iterable>(source) || py::isinstance<py::str>(source) || py::isinstance<py::bytes>(source)) {
        not_numbers(argument,
                    "a " + py::str(py::type::of(source).attr("__name__")).cast<std::string>() + " is not numbers");
    }
    for (const py::handle item : source) result.append(read_item(item, argument, result.values.size()));
    return result;
}

// Tables out.

number_table::column& number_table::add(std::string name, column::kind_type kind) {
    column& made = columns_.emplace_back();
    made.name = std::move(name);
    made.kind = kind;
    kind == column::kind_type::number ? made.numbers.reserve(expected_) : made.wholes.reserve(expected_);
    return made;
}

const number_table::column& number_table::find(const std::string& name) const {
    for (const column& each : columns_) {
        if (each.name == name) return each;
    }
    throw py::key_error(name);
}

std::size_t number_table::rows() const noexcept {
    if (columns_.empty()) return 0;
    const column& first = columns_.front();
    return first.kind == column::kind_type::number ? first.numbers.size() : first.wholes.size();
}

namespace {

using kind_type = number_table::column::kind_type;

py::object cell_of(const number_table::column& column, std::size_t row) {
    if (!column.present.empty() && column.present[row] == 0) return py::none();
    switch (column.kind) {
        case kind_type::number:
            return py::float_(column.numbers[row]);
        case kind_type::whole:
            return py::int_(column.wholes[row]);
        case kind_type::flag:
            return py::bool_(column.wholes[row] != 0);
        case kind_type::name:
            return py::str(column.names[static_cast<std::size_t>(column.wholes[row])]);
        case kind_type::day:
            break;
    }
    const civil_day c = to_civil(static_cast<day>(column.wholes[row]));
    return py::module_::import("datetime").attr("date")(c.year, c.month, c.day);
}

const char* arrow_format(kind_type kind) noexcept {
    switch (kind) {
        case kind_type::number:
            return "g";
        case kind_type::day:
            return "tdD";
        case kind_type::flag:
            return "b";
        default:
            return "l";
    }
}

/// One array or schema node with all it points to; its release deletes it, children and dictionary first.
struct exported_schema {
    std::string format, name;
    std::vector<std::unique_ptr<ArrowSchema>> children;
    std::vector<ArrowSchema*> pointers;
    std::unique_ptr<ArrowSchema> dictionary;
};

void release_schema(ArrowSchema* schema) {
    const std::unique_ptr<exported_schema> owned(static_cast<exported_schema*>(schema->private_data));
    for (const auto& child : owned->children) {
        if (child->release != nullptr) child->release(child.get());
    }
    if (owned->dictionary != nullptr && owned->dictionary->release != nullptr) {
        owned->dictionary->release(owned->dictionary.get());
    }
    schema->release = nullptr;
}

void fill_schema(ArrowSchema& out, std::unique_ptr<exported_schema> content) {
    for (const auto& child : content->children) content->pointers.push_back(child.get());
    out = {};
    out.format = content->format.c_str();
    out.name = content->name.c_str();
    out.flags = ARROW_FLAG_NULLABLE;
    out.n_children = static_cast<std::int64_t>(content->pointers.size());
    out.children = content->pointers.empty() ? nullptr : content->pointers.data();
    out.dictionary = content->dictionary.get();
    out.release = release_schema;
    out.private_data = content.release();
}

void export_schema(const number_table& table, ArrowSchema* out) {
    auto root = std::make_unique<exported_schema>();
    root->format = "+s";
    for (const number_table::column& column : table.columns()) {
        auto content = std::make_unique<exported_schema>();
        content->format = arrow_format(column.kind);
        content->name = column.name;
        if (column.kind == kind_type::name) {
            auto names = std::make_unique<exported_schema>();
            names->format = "u";
            content->dictionary = std::make_unique<ArrowSchema>();
            fill_schema(*content->dictionary, std::move(names));
        }
        fill_schema(*root->children.emplace_back(std::make_unique<ArrowSchema>()), std::move(content));
    }
    fill_schema(*out, std::move(root));
    out->flags = 0;
}

struct exported_array {
    std::shared_ptr<const number_table> table;  ///< whose numbers are shown
    std::vector<std::uint8_t> validity, bits;
    std::vector<std::int32_t> days, offsets;
    std::string text;
    std::array<const void*, 3> buffers{};
    std::vector<std::unique_ptr<ArrowArray>> children;
    std::vector<ArrowArray*> pointers;
    std::unique_ptr<ArrowArray> dictionary;
};

void release_array(ArrowArray* array) {
    const std::unique_ptr<exported_array> owned(static_cast<exported_array*>(array->private_data));
    for (const auto& child : owned->children) {
        if (child->release != nullptr) child->release(child.get());
    }
    if (owned->dictionary != nullptr && owned->dictionary->release != nullptr) {
        owned->dictionary->release(owned->dictionary.get());
    }
    array->release = nullptr;
}

void fill_array(ArrowArray& out, std::unique_ptr<exported_array> content, std::size_t length, std::int64_t nulls,
                std::int64_t buffers) {
    for (const auto& child : content->children) content->pointers.push_back(child.get());
    out = {};
    out.length = static_cast<std::int64_t>(length);
    out.null_count = nulls;
    out.n_buffers = buffers;
    out.buffers = content->buffers.data();
    out.n_children = static_cast<std::int64_t>(content->pointers.size());
    out.children = content->pointers.empty() ? nullptr : content->pointers.data();
    out.dictionary = content->dictionary.get();
    out.release = release_array;
    out.private_data = content.release();
}

/// A bit a row, set where `is_set(row)`.
template <class IsSet>
std::vector<std::uint8_t> bitmap(std::size_t rows, IsSet is_set) {
    std::vector<std::uint8_t> bits(rows / 8 + 1, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        if (is_set(row)) bits[row / 8] = static_cast<std::uint8_t>(bits[row / 8] | (1U << (row % 8)));
    }
    return bits;
}

void export_names(const std::vector<std::string>& names, ArrowArray& out) {
    auto content = std::make_unique<exported_array>();
    content->offsets.push_back(0);
    for (const std::string& name : names) {
        content->text += name;
        content->offsets.push_back(static_cast<std::int32_t>(content->text.size()));
    }
    content->buffers = {nullptr, content->offsets.data(), content->text.data()};
    fill_array(out, std::move(content), names.size(), 0, 3);
}

void export_column(const std::shared_ptr<const number_table>& table, const number_table::column& column,
                   ArrowArray& out) {
    auto content = std::make_unique<exported_array>();
    content->table = table;
    std::int64_t nulls = 0;
    if (!column.present.empty()) {
        content->validity = bitmap(column.present.size(), [&](std::size_t row) { return column.present[row] != 0; });
        for (const std::uint8_t present : column.present) nulls += present == 0 ? 1 : 0;
        content->buffers[0] = content->validity.data();
    }
    switch (column.kind) {
        case kind_type::number:
            content->buffers[1] = column.numbers.data();
            break;
        case kind_type::day:
            for (const std::int64_t day : column.wholes) content->days.push_back(static_cast<std::int32_t>(day));
            content->buffers[1] = content->days.data();
            break;
        case kind_type::flag:
            content->bits = bitmap(column.wholes.size(), [&](std::size_t row) { return column.wholes[row] != 0; });
            content->buffers[1] = content->bits.data();
            break;
        default:
            content->buffers[1] = column.wholes.data();
            break;
    }
    if (column.kind == kind_type::name) {
        content->dictionary = std::make_unique<ArrowArray>();
        export_names(column.names, *content->dictionary);
    }
    fill_array(out, std::move(content), table->rows(), nulls, 2);
}

void export_batch(const std::shared_ptr<const number_table>& table, ArrowArray* out) {
    auto root = std::make_unique<exported_array>();
    for (const number_table::column& column : table->columns()) {
        export_column(table, column, *root->children.emplace_back(std::make_unique<ArrowArray>()));
    }
    fill_array(*out, std::move(root), table->rows(), 0, 1);
}

struct exported_stream {
    std::shared_ptr<const number_table> table;
    bool done = false;
};

void export_stream(const std::shared_ptr<const number_table>& table, ArrowArrayStream* out) {
    out->private_data = new exported_stream{table};
    out->get_schema = [](ArrowArrayStream* self, ArrowSchema* schema) {
        export_schema(*static_cast<exported_stream*>(self->private_data)->table, schema);
        return 0;
    };
    out->get_next = [](ArrowArrayStream* self, ArrowArray* array) {
        auto* state = static_cast<exported_stream*>(self->private_data);
        *array = {};
        if (!std::exchange(state->done, true)) export_batch(state->table, array);
        return 0;
    };
    out->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
    out->release = [](ArrowArrayStream* self) {
        delete static_cast<exported_stream*>(self->private_data);
        self->release = nullptr;
    };
}

constexpr int state_version = 1;

py::tuple table_state(const number_table& table) {
    py::list columns;
    for (const number_table::column& each : table.columns()) {
        columns.append(py::make_tuple(each.name, static_cast<int>(each.kind), each.numbers, each.wholes, each.names,
                                      each.present));
    }
    return py::make_tuple(state_version, columns);
}

std::shared_ptr<number_table> table_from_state(const py::tuple& state) {
    if (state.size() != 2 || state[0].cast<int>() != state_version) {
        throw data_error("this table was pickled by another version of goldenthread");
    }
    auto table = std::make_shared<number_table>();
    for (const py::handle item : state[1].cast<py::list>()) {
        const auto parts = item.cast<py::tuple>();
        number_table::column& column =
            table->add(parts[0].cast<std::string>(), static_cast<kind_type>(parts[1].cast<int>()));
        column.numbers = parts[2].cast<std::vector<double>>();
        column.wholes = parts[3].cast<std::vector<std::int64_t>>();
        column.names = parts[4].cast<std::vector<std::string>>();
        column.present = parts[5].cast<std::vector<std::uint8_t>>();
    }
    return table;
}

}  // namespace

void register_number_table(py::module_& m) {
    py::class_<number_table, std::shared_ptr<number_table>> c(
        m, "NumberTable", "Columns of numbers, days and names that a function of goldenthread.statistics gave.");
    c.attr("__module__") = "goldenthread.statistics";  // where pickles look for it
    c.def_property_readonly("column_names",
                            [](const number_table& self) {
                                std::vector<std::string> names;
                                for (const auto& each : self.columns()) names.push_back(each.name);
                                return names;
                            })
        .def("__len__", &number_table::rows)
        .def(
            "__eq__", [](const number_table& self, const number_table& other) { return self == other; },
            py::is_operator())
        .def(py::pickle(&table_state, &table_from_state))
        .def(
            "to_list",
            [](const number_table& self, const std::string& column) {
                const number_table::column& found = self.find(column);
                py::list result(self.rows());
                for (std::size_t row = 0; row < self.rows(); ++row) result[row] = cell_of(found, row);
                return result;
            },
            py::arg("column"), "All cells of a column; None where there is nothing.")
        .def(
            "cell",
            [](const number_table& self, const std::string& column, std::size_t row) {
                if (row >= self.rows()) throw py::index_error();
                return cell_of(self.find(column), row);
            },
            py::arg("column"), py::arg("row"), "One cell; None where there is nothing.")
        .def(
            "__arrow_c_stream__",
            [](const std::shared_ptr<number_table>& self, const py::object&) {
                return make_capsule<ArrowArrayStream>(stream_capsule_name,
                                                      [&](ArrowArrayStream* out) { export_stream(self, out); });
            },
            py::arg("requested_schema") = py::none())
        .def("__arrow_c_schema__", [](const number_table& self) {
            return make_capsule<ArrowSchema>(schema_capsule_name, [&](ArrowSchema* out) { export_schema(self, out); });
        });
}

}  // namespace goldenthread::python
