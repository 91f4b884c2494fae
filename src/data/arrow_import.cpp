#include "data/arrow_columns.hpp"
#include "data/arrow_rows.hpp"
#include "data/check_references.hpp"
#include "data/derive_columns.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/data/arrow.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

namespace {

using namespace detail;

/// Room for an array that is released with its last owner.
std::shared_ptr<ArrowArray> empty_array() {
    return {new ArrowArray{}, [](ArrowArray* a) {
                if (a->release != nullptr) a->release(a);
                delete a;
            }};
}

/// The stream, taken from the caller and released at the end.
class owned_stream {
public:
    owned_stream(ArrowArrayStream* stream, std::string table) : table_(std::move(table)) {
        if (stream == nullptr || stream->release == nullptr) {
            throw data_error("table " + table_ + ": the Arrow stream has been released or read before");
        }
        stream_ = *stream;
        stream->release = nullptr;
    }
    owned_stream(const owned_stream&) = delete;
    owned_stream& operator=(const owned_stream&) = delete;
    ~owned_stream() { stream_.release(&stream_); }

    [[nodiscard]] std::shared_ptr<ArrowSchema> schema() {
        auto schema = std::shared_ptr<ArrowSchema>(new ArrowSchema{}, [](ArrowSchema* s) {
            if (s->release != nullptr) s->release(s);
            delete s;
        });
        check(stream_.get_schema(&stream_, schema.get()));
        if (schema->release == nullptr) broken_producer({table_, ""}, "no schema");
        return schema;
    }
    /// The next batch; null at the end.
    [[nodiscard]] std::shared_ptr<ArrowArray> next() {
        auto batch = empty_array();
        check(stream_.get_next(&stream_, batch.get()));
        if (batch->release == nullptr) return nullptr;
        return batch;
    }

private:
    void check(int code) {
        if (code == 0) return;
        const char* said = stream_.get_last_error != nullptr ? stream_.get_last_error(&stream_) : nullptr;
        throw data_error("table " + table_ + ": the producer of the Arrow stream failed: " +
                         (said != nullptr && *said != '\0' ? std::string(said) : "error " + std::to_string(code)));
    }

    ArrowArrayStream stream_{};
    std::string table_;
};

struct imported_column {
    arrow_type type;
    column_target target;
    std::unique_ptr<column_collector> collector;
};

value_type inferred_type(const arrow_type& type) noexcept {
    switch (type.kind) {
        case arrow_kind::boolean:
            return value_type::boolean;
        case arrow_kind::integer:
            return value_type::int64;
        case arrow_kind::floating:
            return value_type::decimal;  // int64 if all values turn out to be whole
        case arrow_kind::decimal:
            return type.scale <= 0 ? value_type::int64 : value_type::decimal;
        case arrow_kind::date:
            return value_type::date;
        case arrow_kind::null:
            return value_type::text;
        case arrow_kind::text:
            break;
    }
    return type.encoding == arrow_encoding::flat ? value_type::text : value_type::label;
}

void check_root(const ArrowSchema& schema, const std::string& table) {
    const std::string format = schema.format == nullptr ? "" : schema.format;
    if (format != "+s") {
        error_context context;
        context.remedy = "hand over a table or data frame; of a single column, make a frame with to_frame()";
        throw data_error(
            "table " + table + ": the Arrow stream holds a single column of format '" + format + "', not a table",
            std::move(context));
    }
    if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr)) {
        broken_producer({table, ""}, "a table without its columns");
    }
}

imported_column describe_column(const ArrowSchema* child, const std::string& table, const table_schema* definition,
                                const schema* code_sets) {
    if (child == nullptr) broken_producer({table, ""}, "a column without a schema");
    imported_column result;
    result.target.place = {table, child->name == nullptr ? "" : child->name};
    if (!is_valid_utf8(result.target.place.column)) broken_producer({table, ""}, "a column name that is not UTF-8");
    result.type = parse_arrow_type(*child, result.target.place);
    result.target.type = inferred_type(result.type);
    const column_schema* wanted = definition == nullptr ? nullptr : definition->find(result.target.place.column);
    if (wanted != nullptr) {
        result.target.type = wanted->type;
        result.target.wanted = wanted;
        result.target.code_sets = code_sets;
    }
    return result;
}

void report_unknown_columns(const std::vector<imported_column>& columns, const table_schema& definition,
                            std::vector<finding>& findings) {
    for (const imported_column& column : columns) {
        if (column.target.is_defined()) continue;
        finding found;
        found.table = definition.name;
        found.column = column.target.place.column;
        found.rule = "column_unknown";
        found.message = "a column that table " + definition.name + " does not define was kept as it is";
        const std::string nearest = nearest_name(found.column, definition.column_names());
        if (!nearest.empty()) found.message += "; did you mean '" + nearest + "'?";
        findings.push_back(std::move(found));
    }
}

/// Rows are numbered in 32 bits; more than that in one stream is no table of a council.
void count_rows(const ArrowArray& batch, std::int64_t& rows, const std::string& table) {
    constexpr std::int64_t most_rows = std::numeric_limits<std::uint32_t>::max();
    if (batch.length < 0) broken_producer({table, ""}, "a batch of negative or impossible length or offset");
    if (batch.length > most_rows - rows) {
        throw data_error("table " + table + ": the Arrow stream has more than " + std::to_string(most_rows) + " rows");
    }
    rows += batch.length;
}

/// Throws unless the batch has the columns of the schema.
void check_batch(const ArrowArray& batch, const std::vector<imported_column>& columns, const std::string& table) {
    if (batch.n_children != static_cast<std::int64_t>(columns.size()) ||
        (!columns.empty() && batch.children == nullptr)) {
        broken_producer({table, ""}, "a batch with other columns than the schema");
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (batch.children[i] == nullptr) broken_producer(columns[i].target.place, "a missing array");
    }
}

template <class Value>
bool is_aligned(const void* pointer) noexcept {
    return reinterpret_cast<std::uintptr_t>(pointer) % alignof(Value) == 0;
}

bool is_within_limits(const column& c, const column_schema* wanted) noexcept {
    const bool unlimited = wanted == nullptr || (wanted->minimum == std::numeric_limits<std::int64_t>::min() &&
                                                 wanted->maximum == std::numeric_limits<std::int64_t>::max());
    for (std::size_t row = 0; !unlimited && row < c.size(); ++row) {
        if (!c.is_null(row) && (c.int64_at(row) < wanted->minimum || c.int64_at(row) > wanted->maximum)) return false;
    }
    return true;
}

/// The column over the producer's own memory; nothing unless layout and values allow it.
std::optional<column> adopt_flat(const imported_column& wanted, const arrow_cells& cells,
                                 const std::shared_ptr<const void>& owner) {
    const bool is_day =
        wanted.target.type == value_type::date && wanted.type.kind == arrow_kind::date && wanted.type.width == 4;
    const bool is_int64 = wanted.target.type == value_type::int64 && wanted.type.kind == arrow_kind::integer &&
                          wanted.type.width == 8 && wanted.type.is_signed;
    const flat_array& values = cells.values();
    if (wanted.type.encoding != arrow_encoding::flat || !(is_day || is_int64) || values.values() == nullptr) return {};
    const auto start = static_cast<std::size_t>(values.offset() + cells.first());
    const void* first = static_cast<const char*>(values.values()) + start * (is_day ? 4U : 8U);
    if (is_day ? !is_aligned<day>(first) : !is_aligned<std::int64_t>(first)) return {};
    column result(wanted.target.place.column, wanted.target.type, static_cast<std::size_t>(cells.rows()), first,
                  values.validity(), owner, nullptr, 0, start);
    if (is_int64) {
        if (is_within_limits(result, wanted.target.wanted)) return result;
        return {};
    }
    // 1900-01-01 stands for a blank where a definition asks for dates.
    const day earliest = wanted.target.is_defined() ? earliest_day + 1 : earliest_day;
    for (std::size_t row = 0; row < result.size(); ++row) {
        if (!result.is_null(row) && (result.day_at(row) < earliest || result.day_at(row) > latest_day)) return {};
    }
    return result;
}

/// Codes of a 32-bit dictionary whose texts need no change.
std::optional<column> adopt_codes(const imported_column& wanted, const arrow_cells& cells,
                                  const std::shared_ptr<const void>& owner) {
    const flat_array* indices = cells.indices();
    if (!is_text_type(wanted.target.type) || wanted.type.kind != arrow_kind::text || indices == nullptr ||
        wanted.type.index_width != 4 || indices->values() == nullptr || cells.values().size() > cells.rows()) {
        return {};
    }
    const auto start = static_cast<std::size_t>(indices->offset() + cells.first());
    const void* first = static_cast<const char*>(indices->values()) + start * 4U;
    if (!is_aligned<std::int32_t>(first)) return {};
    const auto texts = dictionary_as_it_stands(wanted.target, cells.values());
    if (!texts) return {};
    column result(wanted.target.place.column, wanted.target.type, static_cast<std::size_t>(cells.rows()), first,
                  indices->validity(), owner, texts, 0, start);
    for (std::size_t row = 0; row < result.size(); ++row) {
        if (result.is_null(row)) continue;
        const std::int32_t code = result.code_at(row);
        if (code < 0 || static_cast<std::size_t>(code) >= texts->size()) {
            broken_producer(wanted.target.place, "a dictionary index outside the dictionary");
        }
    }
    return result;
}

std::optional<column> adopt(const imported_column& wanted, const arrow_cells& cells,
                            const std::shared_ptr<const void>& owner) {
    if (cells.batch_has_nulls() || cells.rows() == 0) return {};
    if (auto result = adopt_flat(wanted, cells, owner)) return result;
    return adopt_codes(wanted, cells, owner);
}

/// Columns of the only batch. Those that are adopted take their own array out of it; the rest is released with it.
std::vector<column> read_only_batch(const ArrowArray& batch, std::vector<imported_column>& columns) {
    std::vector<column> result;
    std::vector<std::shared_ptr<ArrowArray>> owners(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const arrow_cells cells(columns[i].type, *batch.children[i], batch, columns[i].target.place);
        owners[i] = empty_array();
        auto read = adopt(columns[i], cells, owners[i]);
        if (!read) {
            owners[i].reset();
            columns[i].collector->append(cells);
            read = columns[i].collector->finish();
        }
        result.push_back(std::move(*read));
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!owners[i]) continue;
        *owners[i] = *batch.children[i];
        batch.children[i]->release = nullptr;  // moved, as the interface allows while the batch is released at once
    }
    return result;
}

void append(std::vector<imported_column>& columns, const ArrowArray& batch) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].collector->append(arrow_cells(columns[i].type, *batch.children[i], batch, columns[i].target.place));
    }
}

/// Reads the batches. A single batch may lend its memory; of several, each is let go before the next but one is read.
std::vector<column> read_columns(owned_stream& stream, std::vector<imported_column>& columns,
                                 const std::string& table) {
    std::int64_t rows = 0;
    auto first = stream.next();
    if (first) {
        count_rows(*first, rows, table);
        check_batch(*first, columns, table);
    }
    auto second = first ? stream.next() : nullptr;
    if (first && !second) return read_only_batch(*first, columns);
    if (first) append(columns, *first);
    first.reset();
    for (auto batch = std::move(second); batch; batch = stream.next()) {
        count_rows(*batch, rows, table);
        check_batch(*batch, columns, table);
        append(columns, *batch);
    }
    std::vector<column> result;
    for (imported_column& column : columns) result.push_back(column.collector->finish());
    return result;
}

struct imported_table {
    table content;
    std::size_t rows_read = 0;
};

imported_table import_all(std::string name, ArrowArrayStream* stream, const table_schema* definition,
                          std::vector<finding>& findings, const schema* code_sets) {
    // Without a definition there is nothing to check rows against.
    static const table_schema no_demands;
    const std::size_t findings_before = findings.size();
    owned_stream source(stream, name);
    const auto root = source.schema();
    check_root(*root, name);
    std::vector<imported_column> columns;
    for (std::int64_t i = 0; i < root->n_children; ++i) {
        columns.push_back(describe_column(root->children[i], name, definition, code_sets));
    }
    if (definition != nullptr) report_unknown_columns(columns, *definition, findings);
    for (imported_column& column : columns) column.collector = make_collector(column.target, column.type, findings);
    const table read(name, read_columns(source, columns, name));
    return {check_rows(read, definition == nullptr ? no_demands : *definition, findings, findings_before),
            read.row_count()};
}

}  // namespace

table import_arrow(std::string name, ArrowArrayStream* stream, const table_schema* definition,
                   std::vector<finding>& findings, const schema* code_sets) {
    return import_all(std::move(name), stream, definition, findings, code_sets).content;
}

table import_arrow(std::string name, ArrowArrayStream* stream, const schema& definitions,
                   std::vector<finding>& findings) {
    const table_schema* definition = definitions.find(name);
    return import_arrow(std::move(name), stream, definition, findings, &definitions);
}

table import_arrow(std::string name, ArrowArrayStream* stream, std::vector<finding>& findings) {
    return import_arrow(std::move(name), stream, nullptr, findings, nullptr);
}

void add_arrow_table(dataset& data, std::string name, ArrowArrayStream* stream) {
    const schema& definitions = canonical_schema();
    const table_schema* definition = definitions.find(name);
    std::vector<finding> findings;
    const imported_table read = import_all(name, stream, definition, findings, &definitions);
    const auto file = static_cast<std::uint32_t>(data.files().size());
    std::vector<row_source> sources = read.content.sources();
    for (row_source& source : sources) source.file = file;
    for (finding& found : findings) found.file = name;

    source_file counts;
    counts.name = name;
    counts.kind = definition == nullptr ? "data frame " + name + ", types inferred" : "data frame " + name;
    counts.rows_read = read.rows_read;
    counts.rows_kept = read.content.row_count();
    counts.rows_set_aside = counts.rows_read - counts.rows_kept;
    data.files().push_back(std::move(counts));
    data.findings().insert(data.findings().end(), findings.begin(), findings.end());
    data.add(table(std::move(name), read.content.columns(), std::move(sources)));
}

void complete_dataset(dataset& data) {
    const auto lacks = [&data](std::string_view table_name, std::string_view column_name) {
        const table* found = data.find(table_name);
        return found != nullptr && found->find(column_name) == nullptr;
    };
    if (lacks("person", "disabled")) derive_disabled(data);
    if (lacks("assessment", "factors_recorded")) derive_factors_recorded(data);
    if (lacks("looked_after_episode", "placement_id") && lacks("looked_after_episode", "period_of_care_id")) {
        derive_placements(data);
    }
    check_references(data, canonical_schema());
}

}  // namespace goldenthread
