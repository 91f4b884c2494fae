// goldenthread: what tables may look like: columns, types, keys, references, codes.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// Type of a column. Floating point is accepted on import only and becomes decimal.
enum class value_type : std::uint8_t {
    text,
    date,
    boolean,
    int64,
    decimal,
    category,  ///< closed list of codes: an unlisted code is a finding and null
    label,     ///< open local list: dictionary-coded, unchecked
};

[[nodiscard]] constexpr std::string_view to_text(value_type type) noexcept {
    constexpr std::string_view names[] = {"text", "date", "boolean", "int64", "decimal", "category", "label"};
    return names[static_cast<std::size_t>(type)];
}

/// True for the three types whose values are text.
[[nodiscard]] constexpr bool is_text_type(value_type type) noexcept {
    return type == value_type::text || type == value_type::category || type == value_type::label;
}

/// One code of a code set, with the census years (named by the year they end in) it is valid in; 0 = open.
struct code {
    std::string value;
    std::string title;
    int first_year = 0;
    int last_year = 0;
};

/// Named codes that belong together, e.g. group('neglect') of factors. Groups span all years.
struct code_group {
    std::string name;
    std::string title;
    std::vector<std::string> codes;
    bool extra = false;  ///< overlaps other groups: left out when all groups are enumerated (`trio`)
};

struct code_set {
    std::string name;
    std::vector<code> codes;
    std::vector<code_group> groups;
    std::vector<std::pair<std::string, std::string>> repairs;  ///< known typos: CNHE -> CHNE
    std::string title;

    [[nodiscard]] const code* find(std::string_view value) const noexcept {
        const auto found = std::find_if(codes.begin(), codes.end(), [&](const code& c) { return c.value == value; });
        return found == codes.end() ? nullptr : &*found;
    }
    [[nodiscard]] const code_group* find_group(std::string_view group) const noexcept {
        const auto found =
            std::find_if(groups.begin(), groups.end(), [&](const code_group& g) { return g.name == group; });
        return found == groups.end() ? nullptr : &*found;
    }
};

struct column_schema {
    std::string name;
    value_type type = value_type::text;
    bool key = false;       ///< part of the table's key (`*`)
    bool not_null = false;  ///< a missing value is a finding (`!`)
    std::string codes;      ///< name of a code set, for categories
    std::string precision;  ///< for dates: the column that holds day, month, year or unknown
    std::string title;      ///< one line of meaning
    bool derived = false;   ///< filled by readers, not by partners
    /// Bounds of int64 columns, both inclusive: a value outside is a finding and null.
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
};

/// A many-to-one reference: this table's columns equal the target's key columns.
struct reference {
    std::string name;  ///< how expressions call it, usually the target's name
    std::vector<std::string> columns;
    std::string table;
    std::vector<std::string> target_columns;
};

struct table_schema {
    std::string name;
    std::string title;
    std::vector<column_schema> columns;
    std::vector<reference> references;

    [[nodiscard]] const column_schema* find(std::string_view column) const noexcept {
        const auto found =
            std::find_if(columns.begin(), columns.end(), [&](const column_schema& c) { return c.name == column; });
        return found == columns.end() ? nullptr : &*found;
    }
    [[nodiscard]] const reference* find_reference(std::string_view reference_name) const noexcept {
        const auto found = std::find_if(references.begin(), references.end(),
                                        [&](const reference& r) { return r.name == reference_name; });
        return found == references.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::vector<std::string> column_names() const {
        std::vector<std::string> result;
        for (const column_schema& c : columns) result.push_back(c.name);
        return result;
    }
    [[nodiscard]] std::vector<std::string> key_columns() const {
        std::vector<std::string> result;
        for (const column_schema& c : columns) {
            if (c.key) result.push_back(c.name);
        }
        return result;
    }
};

/// A set of tables and code sets. The canonical one is `canonical_schema()`.
struct schema {
    std::vector<table_schema> tables;
    std::vector<code_set> code_sets;

    [[nodiscard]] const table_schema* find(std::string_view table) const noexcept {
        const auto found =
            std::find_if(tables.begin(), tables.end(), [&](const table_schema& t) { return t.name == table; });
        return found == tables.end() ? nullptr : &*found;
    }
    [[nodiscard]] const code_set* find_codes(std::string_view name) const noexcept {
        const auto found =
            std::find_if(code_sets.begin(), code_sets.end(), [&](const code_set& c) { return c.name == name; });
        return found == code_sets.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::vector<std::string> table_names() const {
        std::vector<std::string> result;
        for (const table_schema& t : tables) result.push_back(t.name);
        return result;
    }
    /// Throws definition_error with the nearest known name.
    [[nodiscard]] const table_schema& table(std::string_view name) const {
        if (const table_schema* found = find(name)) return *found;
        error_context context;
        context.remedy = name_remedy(name, table_names());
        throw definition_error("unknown table '" + std::string(name) + "'", std::move(context));
    }
};

/// The canonical dataset of children's services, as shipped in schemas/canonical.schema.json.
/// Needs goldenthread::goldenthread (it is read from JSON once and kept; safe to call concurrently).
[[nodiscard]] const schema& canonical_schema();

/// Reads a schema from JSON text; `file` is used in messages.
/// \throws definition_error naming file, JSON pointer and remedy
[[nodiscard]] schema parse_schema(std::string_view json_text, const std::string& file);

}  // namespace goldenthread
