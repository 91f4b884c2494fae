// The readers, what follows once all files are in, and the schema they read by.
#include "register.hpp"

#include <goldenthread/data/hide_identities.hpp>
#include <goldenthread/data/merge_datasets.hpp>
#include <goldenthread/data/read_cin_census.hpp>
#include <goldenthread/data/read_rows.hpp>
#include <goldenthread/data/read_ssda903.hpp>
#include <goldenthread/data/read_tables.hpp>
#include <goldenthread/data/repair_values.hpp>
#include <goldenthread/data/select_rows.hpp>
#include <goldenthread/definitions/code_set_year.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

/// Bytes of a path given as str, bytes or os.PathLike.
std::string path_text(const py::handle path) {
    return py::module_::import("os").attr("fsencode")(path).cast<std::string>();
}

/// Pairs of a name and a path.
std::vector<std::pair<std::string, std::string>> named_paths(const py::iterable& files) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const py::handle item : files) {
        const auto pair = item.cast<std::pair<std::string, py::object>>();
        result.emplace_back(pair.first, path_text(pair.second));
    }
    return result;
}

void register_census(py::module_& m) {
    m.def(
        "read_cin_census",
        [](const py::object& path) {
            const std::string text = path_text(path);
            const py::gil_scoped_release unlocked;
            return read_cin_census(text);
        },
        py::arg("path"), "Reads one children in need census return (XML, 2017 or later) into the canonical tables.");
}

void register_ssda903(py::module_& m) {
    m.def(
        "read_ssda903",
        [](const py::object& folder, std::optional<int> year) {
            const std::string text = path_text(folder);
            const py::gil_scoped_release unlocked;
            return read_ssda903(text, year.value_or(0));
        },
        py::arg("folder"), py::arg("year") = py::none(),
        "Reads the SSDA903 files (CSV) of a folder. year: the collection year by the year it ends in; inferred, and "
        "said in files[...].notes, when left out.");
    m.def(
        "read_ssda903_files",
        [](const py::iterable& files, std::optional<int> year) {
            std::vector<ssda903_file> chosen;
            for (auto& [kind, path] : named_paths(files)) chosen.push_back({kind, path});
            const py::gil_scoped_release unlocked;
            return read_ssda903_files(chosen, year.value_or(0));
        },
        py::arg("files"), py::arg("year") = py::none(),
        "Reads SSDA903 files (CSV) of one year given as pairs of kind (header, episodes, missing) and path.");
    m.def(
        "read_ssda903_xml",
        [](const py::object& path, std::optional<int> year) {
            const std::string text = path_text(path);
            const py::gil_scoped_release unlocked;
            return read_ssda903_xml(text, year.value_or(0));
        },
        py::arg("path"), py::arg("year") = py::none(), "Reads an SSDA903 return as one XML file.");
}

void register_tables(py::module_& m) {
    m.def(
        "read_tables",
        [](const py::object& folder, std::optional<std::string> area) {
            const std::string text = path_text(folder);
            read_options options;
            options.area = area.value_or("");
            const py::gil_scoped_release unlocked;
            return read_tables(text, options);
        },
        py::arg("folder"), py::kw_only(), py::arg("area") = py::none(),
        "Reads every <canonical table>.csv of a folder.");
    m.def(
        "read_table_files",
        [](const py::iterable& files, std::optional<std::string> area) {
            std::vector<table_file> chosen;
            for (auto& [name, path] : named_paths(files)) chosen.push_back({name, path});
            read_options options;
            options.area = area.value_or("");
            const py::gil_scoped_release unlocked;
            return read_table_files(chosen, options);
        },
        py::arg("files"), py::kw_only(), py::arg("area") = py::none(),
        "Reads canonical tables (CSV) given as pairs of table and path.");
}

dataset read_rows(const std::string& file, const std::string& kind, const py::list& tables,
                  const std::vector<std::string>& notes, int census_year, bool day_first) {
    text_source source;
    source.file = file;
    source.kind = kind;
    source.notes = notes;
    source.census_year = census_year;
    source.day_first = day_first;
    for (const py::handle item : tables) {
        const auto fields = item.cast<py::tuple>();
        text_rows rows;
        rows.table = fields[0].cast<std::string>();
        rows.columns = fields[1].cast<std::vector<std::string>>();
        rows.rows = fields[2].cast<std::vector<std::vector<std::string>>>();
        rows.row_numbers = fields[3].cast<std::vector<std::size_t>>();
        source.tables.push_back(std::move(rows));
    }
    const py::gil_scoped_release unlocked;
    return read_text_rows(source);
}

void register_rows(py::module_& m) {
    m.def("read_text_rows", &read_rows, py::arg("file"), py::arg("kind"), py::arg("tables"), py::kw_only(),
          py::arg("notes") = std::vector<std::string>(), py::arg("census_year") = 0, py::arg("day_first") = false,
          "Reads rows of text by the canonical rules. tables: (table, columns, rows, row numbers of the source).");
    m.def(
        "merge_datasets",
        [](const dataset& earlier, const dataset& later) {
            const py::gil_scoped_release unlocked;
            return merge_datasets(earlier, later);
        },
        py::arg("earlier"), py::arg("later"), "One dataset of two: rows with the same key become one, the later wins.");
    m.def(
        "settle_merged",
        [](const dataset& data, bool placements) {
            const py::gil_scoped_release unlocked;
            dataset result = data;
            settle_merged(result, placements);
            return result;
        },
        py::arg("data"), py::kw_only(), py::arg("placements"),
        "What follows the last merge: references checked anew, placements derived anew where asked.");
}

std::map<std::uint32_t, std::size_t> rows_by_file(const table& t) {
    std::map<std::uint32_t, std::size_t> result;
    for (const row_source& source : t.sources()) ++result[source.file];
    return result;
}

void register_selections(py::module_& m) {
    m.def(
        "without_tables",
        [](const dataset& data, const std::vector<std::string>& names) { return without_tables(data, names); },
        py::arg("data"), py::arg("names"), "The dataset as if these tables had not been supplied.");
    m.def(
        "without_rows",
        [](const dataset& data, const std::string& table, const std::vector<std::size_t>& rows) {
            const py::gil_scoped_release unlocked;
            return without_rows(data, table, rows);
        },
        py::arg("data"), py::arg("table"), py::arg("rows"), "The dataset without these rows of a table, from 0.");
    m.def(
        "with_values",
        [](const dataset& data, const std::string& table, const std::string& column,
           const std::vector<std::pair<std::size_t, std::string>>& values) {
            const py::gil_scoped_release unlocked;
            return with_values(data, table, column, values);
        },
        py::arg("data"), py::arg("table"), py::arg("column"), py::arg("values"),
        "The dataset with other values in a column: pairs of a row, from 0, and text; empty = not recorded.");
    m.def(
        "with_pseudonyms",
        [](const dataset& data, const py::bytes& key) { return with_pseudonyms(data, std::string(key)); },
        py::arg("data"), py::arg("key"),
        "The dataset with HMAC-SHA-256 in the place of identifiers; findings quote no value.");
    m.def("with_birth_months", &with_birth_months, py::arg("data"),
          "The dataset with birth dates known to the month only.");
    m.def("rows_by_file", &rows_by_file, py::arg("table"),
          "Rows of a table by the position in Dataset.files of the file they came from, where known.");
    m.def(
        "row_sources",
        [](const table& t) {
            std::vector<std::pair<std::uint32_t, std::uint32_t>> result;
            for (const row_source& source : t.sources()) result.emplace_back(source.file, source.row);
            return result;
        },
        py::arg("table"), "File (position in Dataset.files) and row of each row, where known.");
}

py::dict column_entry(const column_schema& c) {
    py::dict d;
    d["name"] = c.name;
    d["type"] = std::string(to_text(c.type));
    d["key"] = c.key;
    d["not_null"] = c.not_null;
    d["codes"] = c.codes;
    d["precision"] = c.precision;
    d["derived"] = c.derived;
    d["title"] = c.title;
    using limits = std::numeric_limits<std::int64_t>;
    d["minimum"] = c.minimum == limits::min() ? py::object(py::none()) : py::int_(c.minimum);
    d["maximum"] = c.maximum == limits::max() ? py::object(py::none()) : py::int_(c.maximum);
    return d;
}

py::dict table_entry(const table_schema& t) {
    py::list columns;
    for (const column_schema& c : t.columns) columns.append(column_entry(c));
    py::list references;
    for (const reference& r : t.references) {
        py::dict d;
        d["name"] = r.name;
        d["columns"] = r.columns;
        d["table"] = r.table;
        d["target_columns"] = r.target_columns;
        references.append(std::move(d));
    }
    py::dict d;
    d["name"] = t.name;
    d["title"] = t.title;
    d["columns"] = std::move(columns);
    d["references"] = std::move(references);
    return d;
}

py::dict code_set_entry(const code_set& set) {
    const auto year = [](int value) { return value == 0 ? py::object(py::none()) : py::int_(value); };
    py::list codes;
    for (const code& c : set.codes) {
        py::dict d;
        d["code"] = c.value;
        d["title"] = c.title;
        d["first_year"] = year(c.first_year);
        d["last_year"] = year(c.last_year);
        codes.append(std::move(d));
    }
    py::list groups;
    for (const code_group& g : set.groups) {
        py::dict d;
        d["name"] = g.name;
        d["title"] = g.title;
        d["codes"] = g.codes;
        groups.append(std::move(d));
    }
    py::dict d;
    d["name"] = set.name;
    d["title"] = set.title;
    d["codes"] = std::move(codes);
    d["groups"] = std::move(groups);
    d["repairs"] = set.repairs;
    return d;
}

void register_schema(py::module_& m) {
    m.def(
        "schema_tables",
        [] {
            py::list result;
            for (const table_schema& t : canonical_schema().tables) result.append(table_entry(t));
            return result;
        },
        "The canonical tables: columns, types, keys, references.");
    m.def(
        "schema_code_sets",
        [] {
            py::list result;
            for (const code_set& set : canonical_schema().code_sets) result.append(code_set_entry(set));
            return result;
        },
        "The code sets, each code with the census years it is valid in.");
    m.def(
        "codes_in_year",
        [](const std::string& name) { return code_set_entry(codes_in_year(canonical_schema(), name)); },
        py::arg("name"),
        "A code set as one census year has it: 'factor@2021'; without a year, the codes of all years.");
}

}  // namespace

void register_readers(py::module_& m) {
    register_census(m);
    register_ssda903(m);
    register_tables(m);
    register_rows(m);
    register_selections(m);
    register_schema(m);
}

}  // namespace goldenthread::python
