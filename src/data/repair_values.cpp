#include <goldenthread/data/repair_values.hpp>

#include "data/cell_rules.hpp"
#include "data/derive_columns.hpp"

#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>

namespace goldenthread {

namespace {

const column_schema& repairable(const table_schema& shape, std::string_view name) {
    error_context context;
    context.place = "table " + shape.name;
    const column_schema* found = shape.find(name);
    if (found == nullptr) {
        context.remedy = name_remedy(name, shape.column_names());
        throw definition_error("table " + shape.name + " has no column '" + std::string(name) + "'",
                               std::move(context));
    }
    if (found->key) {
        context.remedy = "set the row aside, or mend the key where it was recorded";
        throw definition_error("column '" + found->name + "' is part of the key of table " + shape.name +
                                   ": another key would be another row",
                               std::move(context));
    }
    return *found;
}

/// A number of one scale at another; nothing if digits would be lost.
std::optional<std::int64_t> rescaled(std::int64_t value, int from, int to) {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max() / 10;
    for (; from < to; ++from) {
        if (value > largest || value < -largest) return std::nullopt;
        value *= 10;
    }
    for (; from > to; --from) {
        if (value % 10 != 0) return std::nullopt;
        value /= 10;
    }
    return value;
}

[[noreturn]] void refuse(const column_schema& shape, const std::string& table_name, const std::string& why) {
    throw data_error("table " + table_name + ", column " + shape.name + ": the value of a repair is " + why);
}

void append_value(column_builder& builder, const detail::cell_reader& reader, const std::string& text,
                  const column_schema& shape, const column& old, const std::string& table_name) {
    const detail::cell_result read = reader.read(text, builder);
    if (read.rule != nullptr) refuse(shape, table_name, read.message);
    if (read.null) {
        builder.append_null();
    } else if (is_text_type(old.type())) {
        if (shape.type == value_type::category) {
            const code_set& codes = *canonical_schema().find_codes(shape.codes);
            builder.append_text(codes.codes[static_cast<std::size_t>(read.value)].value);
        } else {
            builder.append_code(static_cast<std::int32_t>(read.value));
        }
    } else if (old.type() == value_type::date) {
        builder.append_day(static_cast<day>(read.value));
    } else if (old.type() == value_type::boolean) {
        builder.append_boolean(read.value != 0);
    } else {
        const bool decimal = old.type() == value_type::decimal;
        const auto value = decimal ? rescaled(read.value, detail::text_decimal_scale, old.scale()) : read.value;
        if (!value) refuse(shape, table_name, "longer than the numbers of the column");
        builder.append_int64(*value);
    }
}

}  // namespace

dataset with_values(const dataset& data, std::string_view table_name, std::string_view column_name,
                    const std::vector<std::pair<std::size_t, std::string>>& values) {
    const table_schema& shape = canonical_schema().table(table_name);
    const column_schema& wanted = repairable(shape, column_name);
    const table& source = data[table_name];
    const column& old = source[column_name];
    if (old.type() != wanted.type) {
        throw data_error("table " + shape.name + ": column '" + wanted.name + "' is " +
                         std::string(to_text(old.type())) + ", not " + std::string(to_text(wanted.type)));
    }
    std::map<std::size_t, const std::string*> changed;
    for (const auto& [row, text] : values) {
        if (row >= source.row_count()) {
            throw data_error("table " + shape.name + " has no row " + std::to_string(row) + ": it has " +
                             std::to_string(source.row_count()));
        }
        changed[row] = &text;
    }
    const detail::cell_reader reader(wanted, canonical_schema(), detail::date_style::iso, 0);
    column_builder builder(wanted.name, old.type(), old.scale());
    if (old.dictionary()) builder.declare(*old.dictionary());
    for (std::size_t row = 0; row < source.row_count(); ++row) {
        if (const auto found = changed.find(row); found == changed.end()) {
            builder.append_from(old, row);
        } else {
            append_value(builder, reader, *found->second, wanted, old, shape.name);
        }
    }
    dataset result = data;
    result.add(detail::with_column(source, builder.finish()));
    return result;
}

}  // namespace goldenthread
