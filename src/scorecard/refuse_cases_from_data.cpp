#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/scorecard/sense.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace goldenthread {

namespace {

/// Whether a cell of the data is what the case writes. What a case leaves out or empty says nothing.
bool equals(const column* c, std::size_t row, const case_value& value) {
    if (c == nullptr || c->is_null(row)) return false;
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (is_text_type(c->type())) return c->text_at(row) == *text;
        const auto d = parse_iso_day(*text);
        return c->type() == value_type::date && d && c->day_at(row) == *d;
    }
    if (const auto* truth = std::get_if<bool>(&value)) {
        return c->type() == value_type::boolean && c->boolean_at(row) == *truth;
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    return number != nullptr && c->type() == value_type::int64 && c->int64_at(row) == *number;
}

/// A row of a case that names a child, and where.
struct case_row {
    const definition_case* of = nullptr;
    const case_table* table = nullptr;
    const std::vector<case_value>* values = nullptr;
};

/// Rows by the child they name, one map a table.
using rows_by_child = std::unordered_map<std::string, std::vector<case_row>>;

std::unordered_map<std::string, rows_by_child> rows_with_children(const indicator_set& definitions) {
    std::unordered_map<std::string, rows_by_child> result;
    for (const indicator& definition : definitions.indicators) {
        for (const definition_case& each : definition.cases) {
            for (const case_table& t : each.tables) {
                for (std::size_t c = 0; c < t.columns.size(); ++c) {
                    if (t.columns[c] != "child_id") continue;
                    for (const auto& values : t.rows) {
                        const auto* child = std::get_if<std::string>(&values[c]);
                        if (child != nullptr) result[t.name][*child].push_back({&each, &t, &values});
                    }
                }
            }
        }
    }
    return result;
}

bool matches(const case_row& row, const table& data, std::size_t at) {
    std::size_t equal_values = 0;
    bool has_day = false;
    for (std::size_t c = 0; c < row.table->columns.size(); ++c) {
        const case_value& value = (*row.values)[c];
        if (std::holds_alternative<std::monostate>(value)) continue;
        const column* cells = data.find(row.table->columns[c]);
        if (!equals(cells, at, value)) return false;
        has_day = has_day || cells->type() == value_type::date;
        ++equal_values;
    }
    return has_day && equal_values >= 2;
}

[[noreturn]] void refuse(const case_row& row) {
    error_context context;
    context.indicator = row.of->indicator;
    context.file = row.of->place;
    context.remedy = "make up the child and the days: cases travel with definitions";
    throw data_error(
        "the case \"" + row.of->title + "\" has a row of table " + row.table->name + " that is among the rows loaded",
        std::move(context));
}

}  // namespace

void refuse_cases_from_data(const indicator_set& definitions, const dataset& data) {
    for (const auto& [name, rows] : rows_with_children(definitions)) {
        const table* from = data.find(name);
        const column* children = from == nullptr ? nullptr : from->find("child_id");
        if (children == nullptr || !is_text_type(children->type())) continue;
        // Which entries of the dictionary a case names at all: as a rule none, and then no row is looked at.
        std::vector<const std::vector<case_row>*> named(children->dictionary()->size(), nullptr);
        bool any = false;
        for (std::size_t entry = 0; entry < named.size(); ++entry) {
            const auto found = rows.find((*children->dictionary())[entry]);
            if (found == rows.end()) continue;
            named[entry] = &found->second;
            any = true;
        }
        for (std::size_t at = 0; any && at < from->row_count(); ++at) {
            if (children->is_null(at)) continue;
            const auto* same_child = named[static_cast<std::size_t>(children->code_at(at))];
            if (same_child == nullptr) continue;
            for (const case_row& each : *same_child) {
                if (matches(each, *from, at)) refuse(each);
            }
        }
    }
}

}  // namespace goldenthread
