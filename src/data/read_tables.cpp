#include <goldenthread/data/read_tables.hpp>

#include "data/check_references.hpp"
#include "data/derive_columns.hpp"
#include "data/file_text.hpp"
#include "data/row_checker.hpp"

#include <goldenthread/data/read_csv.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace goldenthread {

namespace {

/// Pairs of (column of the table, column of the file).
using column_map = std::vector<std::pair<std::size_t, std::size_t>>;

column_map match_columns(const csv_reader& csv, const table_schema& definition, source_file& counts) {
    column_map result;
    std::vector<bool> used(csv.header().size(), false);
    for (std::size_t i = 0; i < definition.columns.size(); ++i) {
        const column_schema& column = definition.columns[i];
        if (const auto found = csv.find(column.name)) {
            result.emplace_back(i, *found);
            used[*found] = true;
        } else if (column.key && column.not_null) {
            const bool other_separator =
                csv.header().size() == 1 && csv.header().front().find_first_of(";\t") != std::string::npos;
            detail::fail_file(
                csv.file(),
                "the column '" + column.name + "' is missing: it is part of the key of table " + definition.name,
                "line " + std::to_string(csv.line()),
                other_separator ? "the columns must be separated by commas"
                                : detail::heading_remedy(column.name, csv.header()));
        } else if (column.not_null) {
            counts.notes.push_back("column '" + column.name + "' is not in the file: empty in every row");
        }
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (used[i]) continue;
        const std::string& heading = csv.header()[i];
        const std::string near = nearest_name(heading, definition.column_names());
        counts.notes.push_back("column '" + heading + "' is not in table " + definition.name + " and was not read" +
                               (near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
    return result;
}

void report_shape(const csv_reader& csv, const std::string& table_name, std::vector<finding>& findings) {
    const bool ragged = csv.field_count() != csv.header().size();
    if (!ragged && !csv.misquoted()) return;
    finding entry;
    entry.table = table_name;
    entry.rule = ragged ? "row_ragged" : "quote_misplaced";
    entry.message =
        ragged ? "the row has more or fewer fields than the heading; missing ones are empty, surplus is not read"
               : "text stands beside a closing quote";
    entry.file = detail::file_name(csv.file());
    entry.row = csv.line();
    findings.push_back(std::move(entry));
}

struct about {
    std::string area;
    bool synthetic = false;
};

about read_about(const std::string& path, const read_options& options) {
    csv_reader csv(detail::load_file(path, options.largest_file), path);
    about result;
    const auto area = csv.find("area");
    const auto synthetic = csv.find("synthetic");
    if (!area && !synthetic) detail::fail_file(path, "the columns 'area' and 'synthetic' are expected", "line 1");
    if (!csv.next()) detail::fail_file(path, "has no row", "line 2");
    if (area) result.area = std::string(trimmed(csv.field(*area)));
    if (synthetic) {
        const std::string text = to_ascii_lower(trimmed(csv.field(*synthetic)));
        const std::set<std::string> yes = {"true", "1", "yes"};
        const std::set<std::string> no = {"false", "0", "no", ""};
        if (yes.count(text) == 0 && no.count(text) == 0) {
            detail::fail_file(path, "column 'synthetic' holds neither true nor false",
                              "line " + std::to_string(csv.line()));
        }
        result.synthetic = yes.count(text) != 0;
    }
    return result;
}

std::vector<std::filesystem::path> csv_files(const std::string& folder) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) {
        detail::fail_file(folder, std::filesystem::exists(folder, problem) ? "this is a file, a folder is expected"
                                                                           : "there is no such folder");
    }
    std::vector<std::filesystem::path> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
        if (to_ascii_lower(entry.path().extension().string()) == ".csv") result.push_back(entry.path());
    }
    if (problem) detail::fail_file(folder, "the folder cannot be read");
    std::sort(result.begin(), result.end());
    return result;
}

bool has_column(const csv_reader& csv, const char* name) { return csv.find(name).has_value(); }

/// Which derived columns a file brought itself.
struct supplied_columns {
    bool disabled = false;
    bool factors_recorded = false;
    bool placements = false;
};

table read_rows(csv_reader& csv, const table_schema& definition, std::uint32_t file_index,
                std::vector<finding>& findings, source_file& counts) {
    const column_map columns = match_columns(csv, definition, counts);
    detail::row_origin origin;
    origin.file = detail::file_name(csv.file());
    origin.file_index = file_index;
    detail::row_checker rows(definition, canonical_schema(), std::move(origin), findings);
    while (csv.next()) {
        report_shape(csv, definition.name, findings);
        for (const auto& [target, source] : columns) rows.read(target, csv.field(source));
        rows.commit(csv.line());
        csv.forget_read();
    }
    counts.name = detail::file_name(csv.file());
    counts.kind = "canonical table " + definition.name;
    counts.rows_read = rows.rows_read();
    counts.rows_kept = rows.rows_kept();
    counts.rows_set_aside = rows.rows_set_aside();
    return rows.finish();
}

void read_one(const table_file& file, dataset& data, supplied_columns& supplied, const read_options& options) {
    const table_schema& definition = canonical_schema().table(file.table);
    if (data.find(file.table) != nullptr) detail::fail_file(file.path, "a second file holds table " + file.table);
    const auto file_index = static_cast<std::uint32_t>(data.files().size());
    source_file counts;
    csv_reader csv(detail::load_file(file.path, options.largest_file), file.path);
    if (file.table == "person") supplied.disabled = has_column(csv, "disabled");
    if (file.table == "assessment") supplied.factors_recorded = has_column(csv, "factors_recorded");
    if (file.table == "looked_after_episode") supplied.placements = has_column(csv, "placement_id");
    data.add(read_rows(csv, definition, file_index, data.findings(), counts));
    data.files().push_back(std::move(counts));
}

/// Says of a file that is no canonical table that it was not read.
source_file unread_file(const std::filesystem::path& path, const std::string& name) {
    source_file counts;
    counts.name = path.filename().string();
    counts.kind = "not read";
    counts.notes.push_back("'" + name + "' is not a canonical table; " +
                           name_remedy(name, canonical_schema().table_names()));
    return counts;
}

}  // namespace

table parse_table(std::string csv_text, const std::string& file, const std::string& table_name,
                  std::uint32_t file_index, std::vector<finding>& findings, source_file& counts) {
    const table_schema& definition = canonical_schema().table(table_name);
    csv_reader csv(std::move(csv_text), file);
    return read_rows(csv, definition, file_index, findings, counts);
}

dataset read_table_files(const std::vector<table_file>& files, const read_options& options) {
    dataset data;
    supplied_columns supplied;
    for (const table_file& file : files) {
        if (file.table == "dataset") {
            const about said = read_about(file.path, options);
            data.set_area(said.area);
            data.set_synthetic(said.synthetic);
        } else {
            read_one(file, data, supplied, options);
        }
    }
    if (!options.area.empty()) data.set_area(options.area);
    if (!supplied.disabled) detail::derive_disabled(data);
    if (!supplied.factors_recorded) detail::derive_factors_recorded(data);
    if (!supplied.placements) detail::derive_placements(data);
    detail::check_references(data, canonical_schema());
    return data;
}

dataset read_tables(const std::string& folder, const read_options& options) {
    std::vector<table_file> files;
    std::vector<source_file> unread;
    bool has_table = false;
    for (const std::filesystem::path& path : csv_files(folder)) {
        const std::string name = to_ascii_lower(path.stem().string());
        if (name == "dataset" || canonical_schema().find(name) != nullptr) {
            files.push_back({name, path.string()});
            has_table = has_table || name != "dataset";
        } else {
            unread.push_back(unread_file(path, name));
        }
    }
    if (!has_table) {
        detail::fail_file(folder, "no file of this folder is a canonical table", {},
                          "name the files after the tables, such as person.csv, referral.csv, cp_plan.csv");
    }
    dataset data = read_table_files(files, options);
    data.files().insert(data.files().end(), unread.begin(), unread.end());
    return data;
}

}  // namespace goldenthread
