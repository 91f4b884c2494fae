// Tables, datasets and the readers.
#include "arrow_capsule.hpp"
#include "register.hpp"
#include "table_values.hpp"

#include <goldenthread/data/arrow.hpp>
#include <goldenthread/data/dataset.hpp>

#include <pybind11/stl.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

constexpr int state_version = 1;

// Arrow out.

/// The table with every text column as plain utf8, for consumers that know no dictionaries.
struct plain_text_table {
    table content;
};

bool is_text_format(const char* format) {
    const std::string text = format == nullptr ? "" : format;
    return text == "u" || text == "U" || text == "vu";
}

/// True if the schema that a consumer asks for has plain text where we would send a dictionary.
bool wants_plain_text(const table& t, const py::object& requested) {
    if (requested.is_none()) return false;
    const auto* schema = static_cast<const ArrowSchema*>(PyCapsule_GetPointer(requested.ptr(), schema_capsule_name));
    if (schema == nullptr) throw py::error_already_set();
    for (std::int64_t i = 0; schema->release != nullptr && i < schema->n_children; ++i) {
        const ArrowSchema* child = schema->children[i];
        const column* c = child->name == nullptr ? nullptr : t.find(child->name);
        const bool is_coded = c != nullptr && (c->type() == value_type::category || c->type() == value_type::label);
        if (is_coded && child->dictionary == nullptr && is_text_format(child->format)) return true;
    }
    return false;
}

py::capsule stream_of(const table& t, const arrow_export_options& options) {
    return make_capsule<ArrowArrayStream>(stream_capsule_name,
                                          [&](ArrowArrayStream* out) { export_arrow(t, out, options); });
}

py::capsule schema_of(const table& t, const arrow_export_options& options) {
    return make_capsule<ArrowSchema>(schema_capsule_name,
                                     [&](ArrowSchema* out) { export_arrow_schema(t, out, options); });
}

// Arrow in.

py::object capsule_of(const py::object& source, const std::string& name) {
    if (py::hasattr(source, "__arrow_c_stream__")) return source.attr("__arrow_c_stream__")();
    error_context context;
    context.remedy =
        "hand over a table of pandas, Polars, pyarrow or DuckDB (a LazyFrame after collect(), a query result as a "
        "relation), or anything else with __arrow_c_stream__";
    throw data_error("table " + name + ": a " + py::str(py::type::of(source).attr("__name__")).cast<std::string>() +
                         " cannot be read as a table",
                     std::move(context));
}

void add_table(dataset& data, const std::string& name, const py::object& source) {
    foreign_stream stream(capsule_of(source, name));
    const py::gil_scoped_release unlocked;
    add_arrow_table(data, name, stream.get());
}

dataset make_dataset(const py::object& tables, std::optional<std::string> area, bool synthetic) {
    dataset data;
    data.set_area(area.value_or(""));
    data.set_synthetic(synthetic);
    if (!tables.is_none()) {
        for (const py::handle item : py::list(tables.attr("items")())) {
            const auto pair = item.cast<std::pair<py::object, py::object>>();
            if (!py::isinstance<py::str>(pair.first)) throw py::type_error("names of tables are text");
            add_table(data, pair.first.cast<std::string>(), pair.second);
        }
        const py::gil_scoped_release unlocked;
        complete_dataset(data);
    }
    return data;
}

// Findings as tables.

column label_column(const char* name, const std::vector<std::string>& values) {
    column_builder builder(name, value_type::label);
    for (const std::string& value : values) value.empty() ? builder.append_null() : builder.append_text(value);
    return builder.finish();
}

template <class Rows, class Member>
std::vector<std::string> texts_of(const Rows& rows, Member member) {
    std::vector<std::string> result;
    for (const auto& row : rows) result.push_back(row.*member);
    return result;
}

template <class Rows>
column action_column(const Rows& rows) {
    column_builder builder("action", value_type::label);
    for (const auto& row : rows) builder.append_text(to_text(row.action));
    return builder.finish();
}

table counts_table(const dataset& data) {
    const std::vector<finding_count> counts = count_by_rule(data.findings());
    column_builder numbers("count", value_type::int64);
    for (const finding_count& count : counts) numbers.append_int64(static_cast<std::int64_t>(count.count));
    return {"finding_counts",
            {label_column("table", texts_of(counts, &finding_count::table)),
             label_column("column", texts_of(counts, &finding_count::column)),
             label_column("rule", texts_of(counts, &finding_count::rule)), action_column(counts),
             label_column("message", texts_of(counts, &finding_count::message)), numbers.finish()}};
}

table findings_table(const dataset& data) {
    const std::vector<finding>& rows = data.findings();
    column_builder numbers("row", value_type::int64);
    for (const finding& row : rows) {
        row.row == 0 ? numbers.append_null() : numbers.append_int64(static_cast<std::int64_t>(row.row));
    }
    return {
        "findings",
        {label_column("table", texts_of(rows, &finding::table)),
         label_column("column", texts_of(rows, &finding::column)), label_column("rule", texts_of(rows, &finding::rule)),
         action_column(rows), label_column("message", texts_of(rows, &finding::message)),
         label_column("file", texts_of(rows, &finding::file)), numbers.finish(),
         label_column("key", texts_of(rows, &finding::key)), label_column("value", texts_of(rows, &finding::value))}};
}

// Datasets as values.

bool equal_datasets(const dataset& a, const dataset& b) {
    if (a.area() != b.area() || a.synthetic() != b.synthetic() || a.tables().size() != b.tables().size()) return false;
    for (const auto& [name, t] : a.tables()) {
        const table* other = b.find(name);
        if (other == nullptr || !equal_tables(t, *other)) return false;
    }
    return true;
}

py::tuple dataset_state(const dataset& data) {
    py::list tables;
    for (const auto& [name, t] : data.tables()) tables.append(table_state(t));
    py::list files;
    for (const source_file& file : data.files()) {
        files.append(
            py::make_tuple(file.name, file.kind, file.rows_read, file.rows_kept, file.rows_set_aside, file.notes));
    }
    py::list findings;
    for (const finding& f : data.findings()) {
        findings.append(py::make_tuple(f.table, f.column, f.rule, static_cast<int>(f.action), f.message, f.file, f.row,
                                       f.key, f.value));
    }
    return py::make_tuple(state_version, data.area(), data.synthetic(), tables, files, findings);
}

void check_state(const py::tuple& state, std::size_t size) {
    if (state.size() != size) throw data_error("this is not the pickled state of a goldenthread dataset");
}

source_file file_from_state(const py::tuple& state) {
    check_state(state, 6);
    return {state[0].cast<std::string>(), state[1].cast<std::string>(), state[2].cast<std::size_t>(),
            state[3].cast<std::size_t>(), state[4].cast<std::size_t>(), state[5].cast<std::vector<std::string>>()};
}

finding finding_from_state(const py::tuple& state) {
    check_state(state, 9);
    const int action = state[3].cast<int>();
    if (action < 0 || action > static_cast<int>(finding_action::set_aside)) check_state(py::tuple(), 9);
    return {state[0].cast<std::string>(),        state[1].cast<std::string>(), state[2].cast<std::string>(),
            static_cast<finding_action>(action), state[4].cast<std::string>(), state[5].cast<std::string>(),
            state[6].cast<std::size_t>(),        state[7].cast<std::string>(), state[8].cast<std::string>()};
}

dataset dataset_from_state(const py::tuple& state) {
    check_state(state, 6);
    if (state[0].cast<int>() != state_version) {
        throw data_error("this dataset was pickled by another version of goldenthread");
    }
    dataset data;
    data.set_area(state[1].cast<std::string>());
    data.set_synthetic(state[2].cast<bool>());
    for (const py::handle t : state[3].cast<py::list>()) data.add(table_from_state(t.cast<py::tuple>()));
    for (const py::handle f : state[4].cast<py::list>()) data.files().push_back(file_from_state(f.cast<py::tuple>()));
    for (const py::handle f : state[5].cast<py::list>()) {
        data.findings().push_back(finding_from_state(f.cast<py::tuple>()));
    }
    return data;
}

// Registration.

void register_column(py::module_& m) {
    py::class_<column> c(m, "Column", "One typed column of a table. Cannot be changed.");
    place_in_package(c);
    c.def_property_readonly("name", &column::name)
        .def_property_readonly(
            "type", [](const column& self) { return std::string(to_text(self.type())); },
            "text, date, boolean, int64, decimal, category or label")
        .def_property_readonly("scale", &column::scale, "Digits after the decimal point of a decimal column.")
        .def_property_readonly("null_count", &column::null_count)
        .def("to_list", &cells_of, "All cells: str, datetime.date, bool, int, decimal.Decimal or None.")
        .def("__len__", &column::size)
        .def("__getitem__", &cell_of, py::arg("row"))
        .def("__iter__", [](const column& self) { return py::iter(cells_of(self)); })
        .def("__eq__", &equal_columns, py::is_operator());
}

void register_table(py::module_& m) {
    py::class_<plain_text_table> plain(m, "PlainTextTable",
                                       "A table whose texts all go out as plain UTF-8: see Table.plain_text().");
    place_in_package(plain);
    plain
        .def(
            "__arrow_c_stream__",
            [](const plain_text_table& self, const py::object&) { return stream_of(self.content, {true}); },
            py::arg("requested_schema") = py::none())
        .def("__arrow_c_schema__", [](const plain_text_table& self) { return schema_of(self.content, {true}); });

    py::class_<table> c(m, "Table",
                        "Columns of equal length with a name. Cannot be changed.\n\n"
                        "pandas, Polars, pyarrow and DuckDB take it as it is, by the Arrow PyCapsule protocol: "
                        "pandas.DataFrame.from_arrow(t), polars.DataFrame(t), pyarrow.table(t), duckdb.sql('from t').");
    place_in_package(c);
    c.def_property_readonly("name", &table::name)
        .def_property_readonly("row_count", &table::row_count)
        .def_property_readonly("columns", [](const table& self) { return py::tuple(py::cast(self.columns())); })
        .def_property_readonly("column_names",
                               [](const table& self) {
                                   std::vector<std::string> names;
                                   for (const column& each : self.columns()) names.push_back(each.name());
                                   return names;
                               })
        .def("__len__", &table::row_count)
        .def(
            "__getitem__", [](const table& self, const std::string& name) { return self[name]; }, py::arg("column"))
        .def("__contains__",
             [](const table& self, const py::object& name) {
                 return py::isinstance<py::str>(name) && self.find(name.cast<std::string>()) != nullptr;
             })
        .def("__eq__", &equal_tables, py::is_operator())
        .def(
            "plain_text", [](const table& self) { return plain_text_table{self}; },
            "The same rows for consumers that cannot read dictionaries, such as Spark: every text as plain UTF-8.")
        .def(
            "__arrow_c_stream__",
            [](const table& self, const py::object& requested) {
                return stream_of(self, {wants_plain_text(self, requested)});
            },
            py::arg("requested_schema") = py::none())
        .def("__arrow_c_schema__", [](const table& self) { return schema_of(self, {}); })
        .def(py::pickle(&table_state, &table_from_state));
}

void register_source_file(py::module_& m) {
    py::class_<source_file> c(m, "SourceFile",
                              "A file that was read, and what became of its rows: read = kept + set aside.");
    place_in_package(c);
    c.def_readonly("name", &source_file::name)
        .def_readonly("kind", &source_file::kind)
        .def_readonly("rows_read", &source_file::rows_read)
        .def_readonly("rows_kept", &source_file::rows_kept)
        .def_readonly("rows_set_aside", &source_file::rows_set_aside)
        .def_property_readonly("notes", [](const source_file& self) { return py::tuple(py::cast(self.notes)); });
}

void register_dataset(py::module_& m) {
    py::class_<dataset> c(m, "Dataset",
                          "Named tables with what is known about them. Cannot be changed.\n\n"
                          "tables: name to data frame (pandas, Polars, pyarrow, DuckDB relation, anything with "
                          "__arrow_c_stream__). Canonical tables are read by their definition: bad values become null, "
                          "rows without a key or with a key that stood before are set aside, and all of it is in "
                          "findings. A table that is left out counts as not supplied, an empty one as supplied.");
    place_in_package(c);
    c.def(py::init(&make_dataset), py::arg("tables") = py::none(), py::kw_only(), py::arg("area") = py::none(),
          py::arg("synthetic") = false)
        .def_property_readonly("names", &dataset::table_names, "Names of the tables that were supplied.")
        .def_property_readonly("tables",
                               [](const dataset& self) {
                                   py::dict result;
                                   for (const auto& [name, t] : self.tables()) result[py::str(name)] = t;
                                   return result;
                               })
        .def(
            "__getitem__", [](const dataset& self, const std::string& name) { return self[name]; }, py::arg("table"))
        .def("__contains__",
             [](const dataset& self, const py::object& name) {
                 return py::isinstance<py::str>(name) && self.find(name.cast<std::string>()) != nullptr;
             })
        .def("__iter__", [](const dataset& self) { return py::iter(py::cast(self.table_names())); })
        .def("__len__", [](const dataset& self) { return self.tables().size(); })
        .def("__eq__", &equal_datasets, py::is_operator())
        .def_property_readonly("findings", &counts_table,
                               "What is wrong, counted by table, column, rule and action; no personal data.")
        .def("findings_rows", &findings_table,
             "Every finding with file, row, key and value: personal data, to stay where the data is.")
        .def_property_readonly("files", [](const dataset& self) { return py::tuple(py::cast(self.files())); })
        .def_property_readonly(
            "area",
            [](const dataset& self) -> std::optional<std::string> {
                if (self.area().empty()) return std::nullopt;
                return self.area();
            },
            "Name of the area the rows are about; None = not said.")
        .def_property_readonly("synthetic", &dataset::synthetic, "True when the rows describe invented children.")
        .def(py::pickle(&dataset_state, &dataset_from_state));
}

}  // namespace

void register_data(py::module_& m) {
    register_column(m);
    register_table(m);
    register_source_file(m);
    register_dataset(m);
}

}  // namespace goldenthread::python
