// Datasets of a few rows, written as text, and definitions asked on both engines.
#pragma once

#include "catch.hpp"

#include <goldenthread/engine/evaluate.hpp>

#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace small {

using namespace goldenthread;

/// One cell as text; nothing = null.
using text_cell = std::optional<std::string>;

/// A table whose cells are text, so that rows can be shuffled, cut and printed.
struct text_table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<text_cell>> rows;
};

inline std::vector<std::string> words(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string word; stream >> word;) result.push_back(word);
    return result;
}

/// `written("cp_plan", "child_id end_date", {"A -"})`: columns and cells parted by spaces, "-" is null.
inline text_table written(std::string name, const std::string& columns, const std::vector<std::string>& lines) {
    text_table t{std::move(name), words(columns), {}};
    for (const std::string& line : lines) {
        std::vector<text_cell> row;
        for (const std::string& word : words(line)) row.push_back(word == "-" ? text_cell() : text_cell(word));
        REQUIRE(row.size() == t.columns.size());
        t.rows.push_back(std::move(row));
    }
    return t;
}

inline void append_cell(column_builder& builder, const text_cell& cell) {
    if (!cell) {
        builder.append_null();
    } else if (builder.type() == value_type::date) {
        builder.append_day(parse_iso_day(*cell).value());
    } else if (builder.type() == value_type::boolean) {
        builder.append_boolean(*cell == "true");
    } else if (builder.type() == value_type::int64 || builder.type() == value_type::decimal) {
        builder.append_int64(std::stoll(*cell));
    } else {
        builder.append_text(*cell);
    }
}

/// Decimals are written as their mantissa, with two digits after the point.
inline table built(const schema& tables, const text_table& t) {
    const table_schema& shape = tables.table(t.name);
    std::vector<column> columns;
    for (std::size_t c = 0; c < t.columns.size(); ++c) {
        const column_schema* column_shape = shape.find(t.columns[c]);
        INFO("column " << t.name << "." << t.columns[c]);
        REQUIRE(column_shape != nullptr);
        column_builder builder(t.columns[c], column_shape->type, column_shape->type == value_type::decimal ? 2 : 0);
        for (const auto& row : t.rows) append_cell(builder, row[c]);
        columns.push_back(builder.finish());
    }
    return {t.name, std::move(columns)};
}

inline dataset built(const schema& tables, const std::vector<text_table>& all) {
    dataset data;
    for (const text_table& t : all) data.add(built(tables, t));
    return data;
}

inline dataset built(const std::vector<text_table>& all) { return built(canonical_schema(), all); }

/// A set with the shipped filters, `filters` (JSON items) and one indicator `test.one` with this measure.
/// `more` holds further fields of the indicator, e.g. `"conventions": {…},`.
inline indicator_set definition(const std::string& measure, const std::string& more = "", const std::string& filters = "") {
    indicator_set set;
    set.filters = shipped_indicators().filters;
    parse_indicators(set,
                     R"({"format": "goldenthread/indicators@1", "filters": [)" + filters +
                         R"(], "indicators": [{"id": "test.one", "title": "One", )" + more + R"("measure": )" + measure + "}]}",
                     "test.indicators.json");
    return set;
}

/// A count of rows of `of`, on the last day of the period, where `where`.
inline std::string count_at(const std::string& of, const std::string& where) {
    return R"({"kind": "count", "timing": "at", "of": ")" + of + R"(", "where": ")" + where + R"("})";
}
inline std::string count_in(const std::string& of, const std::string& where) {
    return R"({"kind": "count", "timing": "in", "of": ")" + of + R"(", "where": ")" + where + R"("})";
}

/// The result on both engines, which must agree in every cell.
inline indicator_result ask(const indicator_set& set, const dataset& data, evaluation_request request) {
    const results fast = evaluate(set, {"test.one"}, data, request);
    request.force_reference = true;
    const results slow = evaluate(set, {"test.one"}, data, request);
    REQUIRE(slow.indicators[0].cells.size() == fast.indicators[0].cells.size());
    for (std::size_t i = 0; i < slow.indicators[0].cells.size(); ++i) {
        REQUIRE(slow.indicators[0].cells[i] == fast.indicators[0].cells[i]);
    }
    REQUIRE(slow.input_hash == fast.input_hash);
    return fast.indicators[0];
}

inline indicator_result ask(const indicator_set& set, const dataset& data, const std::string& when,
                            const std::vector<breakdown>& breakdowns = {}, const std::vector<parameter_value>& parameters = {}) {
    evaluation_request request;
    request.periods = {parse_period(when)};
    request.breakdowns = breakdowns;
    request.parameters = parameters;
    return ask(set, data, std::move(request));
}

/// The total's count in one period.
inline cell total(const indicator_set& set, const dataset& data, const std::string& when) { return *ask(set, data, when).total(0); }

/// The cell of one dimension; the category nothing = not recorded.
inline const cell* cell_of(const indicator_result& r, const std::string& dimension, const std::optional<std::string>& category,
                           std::size_t period = 0) {
    for (const cell& c : r.cells) {
        if (c.period_index == period && c.key.size() == 1 && c.key[0].dimension == dimension && c.key[0].category == category) return &c;
    }
    return nullptr;
}

/// The message of a definition_error.
template <class Action>
std::string error_of(Action&& action) {
    try {
        action();
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "no error";
}

}  // namespace small
