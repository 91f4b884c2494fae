// goldenthread: which columns name somebody or something of theirs.
#pragma once

#include <goldenthread/definitions/schema.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace goldenthread::detail {

/// Tables without people: their texts name indicators, areas, periods, groups and documents.
inline constexpr std::array<std::string_view, 19> tables_without_people = {"coverage",
                                                                           "population",
                                                                           "benchmark",
                                                                           "supplied_figure",
                                                                           "training_attendance",
                                                                           "assurance_record",
                                                                           "finding",
                                                                           "action",
                                                                           "body",
                                                                           "body_member",
                                                                           "meeting",
                                                                           "agenda_item",
                                                                           "decision",
                                                                           "challenge",
                                                                           "risk",
                                                                           "risk_score",
                                                                           "control",
                                                                           "document",
                                                                           "work_plan"};

[[nodiscard]] constexpr bool holds_people(std::string_view table) noexcept {
    return std::find(tables_without_people.begin(), tables_without_people.end(), table) == tables_without_people.end();
}

/// The one rule, wherever identifiers are replaced: at reading, in engines and in what they save. In a table about
/// people every text is an identifier; categories and labels are lists of words. A text-like column that the schema
/// does not know may name somebody, whatever its type. `subject_table` says in which table to look for an identifier,
/// and is none. `shape` is null for a table the schema does not know; `type` is the column's own.
[[nodiscard]] inline bool is_identifier(const table_schema* shape, std::string_view table, std::string_view column,
                                        value_type type) noexcept {
    if (!holds_people(table) || column == "subject_table") return false;
    const column_schema* known = shape == nullptr ? nullptr : shape->find(column);
    return known == nullptr ? is_text_type(type) : known->type == value_type::text;
}

}  // namespace goldenthread::detail
