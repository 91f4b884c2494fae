// goldenthread: tables in and out by the Arrow C stream interface. Needs goldenthread::goldenthread, no Arrow library.
#pragma once

#include <goldenthread/data/arrow_abi.hpp>
#include <goldenthread/data/dataset.hpp>
#include <goldenthread/data/finding.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// Reads a stream of record batches to its end and releases it, also when it throws.
///
/// A column named in `definition` becomes that type; every other column is inferred:
///
/// | Arrow | inferred | becomes, where the definition asks for it |
/// |---|---|---|
/// | u U vu | text | every type, read as from a CSV file |
/// | dictionary or run-end encoded | as its values; text values become label | as its values |
/// | tdD tdm, tss tsm tsu tsn | date (cut to the day) | text types as YYYY-MM-DD |
/// | b | boolean | int64, text types |
/// | c C s S i I l L | int64 | boolean (0 and 1), decimal, text types (with a note) |
/// | f g | int64 if all values are whole, else decimal (at most 9 places) | as int64 |
/// | d:p,s | int64 if s = 0, else decimal | as int64 |
/// | n | text, all null | every type, all null |
///
/// Values that do not fit become null with a finding; days outside 1900 to 2199 too. With a definition, blanks (empty,
/// spaces, #N/A, NULL; also -1 and 1900-01-01 in dates and codes) are null, text is trimmed, categories are
/// upper-cased, repaired and checked against their code set in `code_sets` (null = unchecked).
/// Rows without a key and the second and later rows of one key are set aside; `sources()` counts the stream's rows
/// from 1. Days, int64 values and dictionary codes of a stream with one batch are not copied: the columns keep the
/// producer's memory alive. Timestamps with a time zone other than UTC or a fixed offset are refused, because cutting
/// them to the day would need the zone's rules.
/// \throws data_error for a stream that is not a table, a layout that is not supported (naming column and format), a
///         type that cannot become the wanted one, or a producer that reports an error or breaks the interface
[[nodiscard]] table import_arrow(std::string name, ArrowArrayStream* stream, const table_schema* definition,
                                 std::vector<finding>& findings, const schema* code_sets = nullptr);

/// As above with the definition of the table called `name` in `definitions`, or none if there is no such table.
/// Columns the definition does not have are kept and reported as "column_unknown".
[[nodiscard]] table import_arrow(std::string name, ArrowArrayStream* stream, const schema& definitions,
                                 std::vector<finding>& findings);

/// As above, every type inferred.
[[nodiscard]] table import_arrow(std::string name, ArrowArrayStream* stream, std::vector<finding>& findings);

/// Reads a stream into table `name` of the dataset by `canonical_schema()` (types inferred where that has no such
/// table), adds its findings and an entry of `files()` with the number of rows read, kept and set aside.
/// \throws data_error as `import_arrow`
void add_arrow_table(dataset& data, std::string name, ArrowArrayStream* stream);

/// What follows once all tables are in: derived columns that were not supplied (`person.disabled`,
/// `assessment.factors_recorded`, `looked_after_episode.placement_id` and `period_of_care_id`), and a finding for each
/// reference to a row that is not there.
void complete_dataset(dataset& data);

struct arrow_export_options {
    /// Every text-like column as plain utf8: Spark cannot read dictionaries.
    bool plain_text = false;
};

/// A stream of one batch: date32, bool, int64, decimal128(38, scale), utf8 for text (large_utf8 beyond 2 GiB),
/// dictionary<int32, utf8> for category and label. The stream shares the table's buffers: it outlives the table, and
/// any number of streams may be made from one. Nothing is converted before a batch is asked for.
void export_arrow(const table& source, ArrowArrayStream* out, const arrow_export_options& options = {});

/// The schema of that stream alone.
void export_arrow_schema(const table& source, ArrowSchema* out, const arrow_export_options& options = {});

}  // namespace goldenthread
