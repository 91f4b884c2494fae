#include <goldenthread/data/read_rows.hpp>

#include "data/row_checker.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <utility>

namespace goldenthread {

namespace {

std::vector<std::size_t> positions_of(const text_rows& source, const table_schema& definition,
                                      const detail::row_checker& rows) {
    std::vector<std::size_t> result;
    for (const std::string& name : source.columns) {
        if (definition.find(name) == nullptr) {
            error_context context;
            context.remedy = name_remedy(name, definition.column_names());
            throw definition_error("table " + definition.name + " has no column '" + name + "'", std::move(context));
        }
        result.push_back(rows.position(name));
    }
    return result;
}

table read_one(const text_rows& source, const text_source& whole, std::vector<finding>& findings, source_file& counts) {
    const table_schema& definition = canonical_schema().table(source.table);
    detail::row_origin origin;
    origin.file = whole.file;
    origin.dates = whole.day_first ? detail::date_style::day_first : detail::date_style::iso;
    origin.census_year = whole.census_year;
    detail::row_checker rows(definition, canonical_schema(), std::move(origin), findings);
    const std::vector<std::size_t> positions = positions_of(source, definition, rows);
    for (std::size_t i = 0; i < source.rows.size(); ++i) {
        const std::vector<std::string>& cells = source.rows[i];
        const std::size_t number = i < source.row_numbers.size() ? source.row_numbers[i] : i + 1;
        if (cells.size() != positions.size()) {
            error_context context;
            context.file = whole.file;
            context.place = "row " + std::to_string(number);
            throw data_error("table " + definition.name + ": a row has " + std::to_string(cells.size()) +
                                 " cells, not " + std::to_string(positions.size()),
                             std::move(context));
        }
        for (std::size_t c = 0; c < positions.size(); ++c) rows.read(positions[c], cells[c]);
        static_cast<void>(rows.commit(number));
    }
    counts.rows_read += rows.rows_read();
    counts.rows_kept += rows.rows_kept();
    counts.rows_set_aside += rows.rows_set_aside();
    return rows.finish();
}

}  // namespace

dataset read_text_rows(const text_source& source) {
    dataset data;
    source_file counts;
    counts.name = source.file;
    counts.kind = source.kind;
    counts.notes = source.notes;
    for (const text_rows& rows : source.tables) {
        if (data.find(rows.table) != nullptr) throw definition_error("table " + rows.table + " stands twice");
        data.add(read_one(rows, source, data.findings(), counts));
    }
    data.files().push_back(std::move(counts));
    return data;
}

}  // namespace goldenthread
