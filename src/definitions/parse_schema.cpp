#include <goldenthread/definitions/schema.hpp>

#include "core/embedded_file.hpp"
#include "core/json_document.hpp"

#include <cstddef>
#include <set>

namespace goldenthread {

namespace {

using detail::json_view;

value_type read_type(const json_view& json) {
    const std::string name = json.text();
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(value_type::label); ++i) {
        const auto type = static_cast<value_type>(i);
        if (to_text(type) == name) return type;
        names.emplace_back(to_text(type));
    }
    json.fail("unknown type '" + name + "'", name_remedy(name, names));
}

bool flag(const json_view& json, const char* field) { return json.has(field) && json.at(field).boolean(); }

int year(const json_view& json, const char* field) {
    if (!json.has(field)) return 0;
    const std::int64_t value = json.at(field).integer();
    if (value < 1900 || value > 2199) json.at(field).fail("a census year between 1900 and 2199 is expected");
    return static_cast<int>(value);
}

column_schema read_column(const json_view& json) {
    json.expect_fields({"name", "type"},
                       {"key", "not_null", "codes", "precision", "derived", "minimum", "maximum", "title"});
    column_schema result;
    result.name = json.at("name").text();
    result.type = read_type(json.at("type"));
    result.key = flag(json, "key");
    result.not_null = flag(json, "not_null");
    result.codes = json.text_or("codes");
    result.precision = json.text_or("precision");
    result.title = json.text_or("title");
    result.derived = flag(json, "derived");
    if (json.has("minimum")) result.minimum = json.at("minimum").integer();
    if (json.has("maximum")) result.maximum = json.at("maximum").integer();
    if ((result.type == value_type::category) == result.codes.empty()) {
        json.fail("column '" + result.name + "': a category, and nothing else, names its code set in 'codes'");
    }
    return result;
}

reference read_reference(const json_view& json) {
    json.expect_fields({"name", "columns", "table", "target_columns"});
    return {json.at("name").text(), json.at("columns").texts(), json.at("table").text(),
            json.at("target_columns").texts()};
}

/// Throws at `json` when the name was seen before.
void expect_new(std::set<std::string>& seen, const std::string& name, const char* kind, const json_view& json) {
    if (!seen.insert(name).second) json.fail(std::string(kind) + " '" + name + "' is declared twice");
}

table_schema read_table(const json_view& json) {
    json.expect_fields({"name", "columns"}, {"title", "references"});
    table_schema result;
    result.name = json.at("name").text();
    result.title = json.text_or("title");
    std::set<std::string> columns;
    for (const json_view& item : json.at("columns").items()) {
        result.columns.push_back(read_column(item));
        expect_new(columns, result.columns.back().name, "column", item);
    }
    std::set<std::string> references;
    if (json.has("references")) {
        for (const json_view& item : json.at("references").items()) {
            result.references.push_back(read_reference(item));
            expect_new(references, result.references.back().name, "reference", item);
        }
    }
    return result;
}

code_group read_group(const json_view& json, const code_set& set) {
    json.expect_fields({"name", "codes"}, {"title", "extra"});
    code_group result{json.at("name").text(), json.text_or("title"), json.at("codes").texts(), flag(json, "extra")};
    for (const std::string& value : result.codes) {
        if (set.find(value) == nullptr) {
            json.fail("group '" + result.name + "' names the code '" + value + "', which the set does not hold");
        }
    }
    return result;
}

code_set read_code_set(const json_view& json) {
    json.expect_fields({"name", "codes"}, {"title", "groups", "repairs"});
    code_set result;
    result.name = json.at("name").text();
    result.title = json.text_or("title");
    std::set<std::string> codes;
    for (const json_view& item : json.at("codes").items()) {
        item.expect_fields({"code"}, {"title", "first_year", "last_year"});
        result.codes.push_back(
            {item.at("code").text(), item.text_or("title"), year(item, "first_year"), year(item, "last_year")});
        expect_new(codes, result.codes.back().value, "code", item);
    }
    std::set<std::string> groups;
    if (json.has("groups")) {
        for (const json_view& item : json.at("groups").items()) {
            result.groups.push_back(read_group(item, result));
            expect_new(groups, result.groups.back().name, "group", item);
        }
    }
    if (json.has("repairs")) {
        for (const auto& [wrong, right] : json.at("repairs").members()) {
            if (result.find(right.text()) == nullptr) right.fail("a repair must lead to a code of the set");
            result.repairs.emplace_back(wrong, right.text());
        }
    }
    return result;
}

void check_columns(const table_schema& table, const schema& whole, const json_view& json) {
    const std::vector<json_view> items = json.at("columns").items();
    std::vector<std::string> sets;
    for (const code_set& set : whole.code_sets) sets.push_back(set.name);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const column_schema& column = table.columns[i];
        if (!column.codes.empty() && whole.find_codes(column.codes) == nullptr) {
            items[i].fail("unknown code set '" + column.codes + "'", name_remedy(column.codes, sets));
        }
        if (!column.precision.empty() && table.find(column.precision) == nullptr) {
            items[i].fail("unknown column '" + column.precision + "'",
                          name_remedy(column.precision, table.column_names()));
        }
    }
}

void check_references(const table_schema& table, const schema& whole, const json_view& json) {
    if (table.references.empty()) return;
    const std::vector<json_view> items = json.at("references").items();
    for (std::size_t i = 0; i < table.references.size(); ++i) {
        const reference& link = table.references[i];
        const table_schema* target = whole.find(link.table);
        if (target == nullptr) {
            items[i].fail("unknown table '" + link.table + "'", name_remedy(link.table, whole.table_names()));
        }
        for (const std::string& column : link.columns) {
            if (table.find(column) == nullptr) {
                items[i].fail("unknown column '" + column + "'", name_remedy(column, table.column_names()));
            }
        }
        if (link.columns.size() != link.target_columns.size() || link.target_columns != target->key_columns()) {
            items[i].fail("'target_columns' must be the key of table '" + link.table + "'",
                          "its key: " + joined(target->key_columns(), ", "));
        }
    }
}

schema read_embedded() {
    for (const detail::embedded_file& file : detail::embedded_schemas()) {
        if (file.name == "schemas/canonical.schema.json") return parse_schema(file.text, std::string(file.name));
    }
    throw definition_error("the library was built without schemas/canonical.schema.json");
}

}  // namespace

schema parse_schema(std::string_view json_text, const std::string& file) {
    const detail::json_document document = detail::json_document::parse(json_text, file);
    document.expect_format("schema");
    const json_view root = document.root();
    root.expect_fields({"format", "tables", "code_sets"}, {"title"});

    schema result;
    std::set<std::string> names;
    const std::vector<json_view> tables = root.at("tables").items();
    for (const json_view& item : tables) {
        result.tables.push_back(read_table(item));
        expect_new(names, result.tables.back().name, "table", item);
    }
    names.clear();
    for (const json_view& item : root.at("code_sets").items()) {
        result.code_sets.push_back(read_code_set(item));
        expect_new(names, result.code_sets.back().name, "code set", item);
    }
    for (std::size_t i = 0; i < tables.size(); ++i) {
        check_columns(result.tables[i], result, tables[i]);
        check_references(result.tables[i], result, tables[i]);
    }
    return result;
}

const schema& canonical_schema() {
    static const schema canonical = read_embedded();
    return canonical;
}

}  // namespace goldenthread
