#include <goldenthread/data/merge_datasets.hpp>

#include "data/check_references.hpp"
#include "data/derive_columns.hpp"
#include "data/row_checker.hpp"

#include <goldenthread/definitions/schema.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace goldenthread {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// A cell as text that tells all values of its type apart.
std::string cell_text(const column& c, std::size_t row) {
    if (c.is_null(row)) return "\x01";
    if (is_text_type(c.type())) return std::string(c.text_at(row));
    if (c.type() == value_type::date) return to_iso(c.day_at(row));
    if (c.type() == value_type::boolean) return c.boolean_at(row) ? "true" : "false";
    return std::to_string(c.int64_at(row));
}

std::string key_text(const table& t, const std::vector<std::string>& keys, std::size_t row, char separator) {
    std::string result;
    for (const std::string& name : keys) {
        if (!result.empty()) result += separator;
        const column* c = t.find(name);
        result += c == nullptr ? std::string("\x01") : cell_text(*c, row);
    }
    return result;
}

/// Names of the columns of both, `earlier`'s first.
std::vector<std::string> united_columns(const table& earlier, const table& later) {
    std::vector<std::string> result;
    for (const column& c : earlier.columns()) result.push_back(c.name());
    for (const column& c : later.columns()) {
        const column* other = earlier.find(c.name());
        if (other == nullptr) {
            result.push_back(c.name());
        } else if (other->type() != c.type() || other->scale() != c.scale()) {
            throw data_error("table " + earlier.name() + ": column '" + c.name() + "' is " +
                             std::string(to_text(other->type())) + " in one dataset and " +
                             std::string(to_text(c.type())) + " in the other");
        }
    }
    return result;
}

/// Rows of the merged table: a row of each side, or `none`.
struct merged_row {
    std::size_t earlier = none;
    std::size_t later = none;
};

std::vector<merged_row> match_rows(const table& earlier, const table& later, const std::vector<std::string>& keys) {
    std::vector<merged_row> rows(earlier.row_count());
    std::unordered_map<std::string, std::size_t> by_key;
    for (std::size_t row = 0; row < earlier.row_count(); ++row) {
        rows[row].earlier = row;
        if (!keys.empty()) by_key.emplace(key_text(earlier, keys, row, '\x02'), row);
    }
    for (std::size_t row = 0; row < later.row_count(); ++row) {
        const auto found = keys.empty() ? by_key.end() : by_key.find(key_text(later, keys, row, '\x02'));
        if (found == by_key.end()) {
            rows.push_back({none, row});
        } else {
            rows[found->second].later = row;
        }
    }
    return rows;
}

class table_merger {
public:
    table_merger(const table& earlier, const table& later, std::uint32_t file_shift,
                 const std::vector<source_file>& later_files, std::vector<finding>& findings)
        : earlier_(earlier), later_(later), file_shift_(file_shift), later_files_(later_files), findings_(findings) {
        if (const table_schema* definition = canonical_schema().find(earlier.name())) keys_ = definition->key_columns();
    }

    table merge() {
        const std::vector<merged_row> rows = match_rows(earlier_, later_, keys_);
        std::vector<column> columns;
        for (const std::string& name : united_columns(earlier_, later_)) columns.push_back(merge_column(name, rows));
        return table(earlier_.name(), std::move(columns), merge_sources(rows));
    }

private:
    column merge_column(const std::string& name, const std::vector<merged_row>& rows) {
        const column* old_values = earlier_.find(name);
        const column* new_values = later_.find(name);
        const column& model = old_values != nullptr ? *old_values : *new_values;
        column_builder builder(name, model.type(), model.scale());
        const bool is_derived = name == "disabled" || name == "factors_recorded";
        for (const merged_row& row : rows) {
            const bool has_new = new_values != nullptr && row.later != none && !new_values->is_null(row.later);
            const bool has_old = old_values != nullptr && row.earlier != none && !old_values->is_null(row.earlier);
            if (has_new) {
                if (has_old && !is_derived) report_change(*old_values, row.earlier, *new_values, row.later);
                builder.append_from(*new_values, row.later);
            } else if (has_old) {
                builder.append_from(*old_values, row.earlier);
            } else {
                builder.append_null();
            }
        }
        return builder.finish();
    }

    void report_change(const column& old_values, std::size_t old_row, const column& new_values, std::size_t new_row) {
        const bool same = is_text_type(old_values.type())
                              ? old_values.text_at(old_row) == new_values.text_at(new_row)
                              : cell_text(old_values, old_row) == cell_text(new_values, new_row);
        if (same) return;
        finding entry;
        entry.table = earlier_.name();
        entry.column = old_values.name();
        entry.rule = "revised";
        entry.action = finding_action::repaired;
        entry.message = "a later file has another value; the later one is used";
        if (new_row < later_.sources().size()) {
            const row_source source = later_.sources()[new_row];
            if (source.file < later_files_.size()) entry.file = later_files_[source.file].name;
            entry.row = source.row;
        }
        entry.key = key_text(earlier_, keys_, old_row, ' ');
        entry.value = cell_text(old_values, old_row);
        findings_.push_back(std::move(entry));
    }

    std::vector<row_source> merge_sources(const std::vector<merged_row>& rows) const {
        std::vector<row_source> result;
        if (earlier_.sources().size() != earlier_.row_count() || later_.sources().size() != later_.row_count()) {
            return result;
        }
        for (const merged_row& row : rows) {
            if (row.later == none) {
                result.push_back(earlier_.sources()[row.earlier]);
            } else {
                const row_source source = later_.sources()[row.later];
                result.push_back({source.file + file_shift_, source.row});
            }
        }
        return result;
    }

    const table& earlier_;
    const table& later_;
    std::uint32_t file_shift_;
    const std::vector<source_file>& later_files_;
    std::vector<finding>& findings_;
    std::vector<std::string> keys_;
};

struct run_of_days {
    day first = earliest_day;
    std::optional<day> last;
    std::optional<std::int64_t> share;  ///< mantissa
    int scale = 0;
};

/// Runs by table and part; an empty part stands for all.
using coverage_map = std::map<std::pair<std::string, std::string>, run_of_days>;

coverage_map read_coverage(const dataset& data) {
    coverage_map result;
    const table* rows = data.find("coverage");
    if (rows == nullptr) return result;
    const column& name = (*rows)["table_name"];
    const column* part = rows->find("part");
    const column& first = (*rows)["first_day"];
    const column* last = rows->find("last_day");
    const column* share = rows->find("share");
    for (std::size_t row = 0; row < rows->row_count(); ++row) {
        if (name.is_null(row)) continue;
        run_of_days run;
        if (!first.is_null(row)) run.first = first.day_at(row);
        if (last != nullptr && !last->is_null(row)) run.last = last->day_at(row);
        if (share != nullptr && !share->is_null(row)) {
            run.share = share->int64_at(row);
            run.scale = share->scale();
        }
        const bool all = part == nullptr || part->is_null(row);
        result[{std::string(name.text_at(row)), all ? std::string() : std::string(part->text_at(row))}] = run;
    }
    return result;
}

/// One run for both, or nothing when days between them are not covered.
std::optional<run_of_days> united(const run_of_days& a, const run_of_days& b) {
    const run_of_days& early = a.first <= b.first ? a : b;
    const run_of_days& late = a.first <= b.first ? b : a;
    if (early.last && *early.last + 1 < late.first) return std::nullopt;
    run_of_days result = early;
    result.last = early.last && late.last ? std::optional<day>(std::max(*early.last, *late.last)) : std::nullopt;
    if (!early.share || (late.share && *late.share < *early.share)) {
        result.share = late.share;
        result.scale = late.scale;
    }
    return result;
}

bool has_run(const coverage_map& coverage, const std::string& table_name) {
    return std::any_of(coverage.begin(), coverage.end(),
                       [&](const auto& entry) { return entry.first.first == table_name; });
}

void merge_coverage(const dataset& earlier, const dataset& later, dataset& result) {
    const coverage_map old_runs = read_coverage(earlier);
    const coverage_map new_runs = read_coverage(later);
    coverage_map runs = old_runs;
    for (const auto& [key, run] : new_runs) {
        const auto [found, is_new] = runs.emplace(key, run);
        if (is_new) continue;
        if (const auto both = united(found->second, run)) {
            found->second = *both;
        } else {
            if (run.first > found->second.first) found->second = run;
            if (!result.files().empty()) {
                result.files().back().notes.push_back("coverage of table " + key.first +
                                                      " has a gap between the files; the later run of days is used");
            }
        }
    }
    detail::row_checker rows(canonical_schema().table("coverage"), canonical_schema(), {}, result.findings());
    for (const auto& [key, run] : runs) {
        const bool complete = (earlier.find(key.first) != nullptr && !has_run(old_runs, key.first)) ||
                              (later.find(key.first) != nullptr && !has_run(new_runs, key.first));
        if (complete) continue;
        rows.set_text(rows.position("table_name"), key.first);
        if (!key.second.empty()) rows.set_text(rows.position("part"), key.second);
        rows.set_day(rows.position("first_day"), run.first);
        if (run.last) rows.set_day(rows.position("last_day"), *run.last);
        if (run.share) rows.set_decimal(rows.position("share"), *run.share, run.scale);
        rows.commit(0);
    }
    if (earlier.find("coverage") != nullptr || later.find("coverage") != nullptr) result.add(rows.finish());
}

/// A table of `later` whose rows now count their files behind `earlier`'s.
table with_shifted_files(const table& t, std::uint32_t shift) {
    std::vector<row_source> sources = t.sources();
    for (row_source& source : sources) source.file += shift;
    return table(t.name(), t.columns(), std::move(sources));
}

}  // namespace

dataset merge_datasets(const dataset& earlier, const dataset& later) {
    dataset result = earlier;
    const auto shift = static_cast<std::uint32_t>(earlier.files().size());
    result.files().insert(result.files().end(), later.files().begin(), later.files().end());
    result.findings().insert(result.findings().end(), later.findings().begin(), later.findings().end());
    for (const auto& [name, t] : later.tables()) {
        if (name == "coverage") continue;
        if (const table* other = earlier.find(name)) {
            result.add(table_merger(*other, t, shift, later.files(), result.findings()).merge());
        } else {
            result.add(with_shifted_files(t, shift));
        }
    }
    merge_coverage(earlier, later, result);
    if (result.area().empty()) result.set_area(later.area());
    if (!result.area().empty() && !later.area().empty() && result.area() != later.area() && !result.files().empty()) {
        result.files().back().notes.push_back("the datasets name different areas: '" + earlier.area() + "' and '" +
                                              later.area() + "'; the first is used");
    }
    result.set_synthetic(earlier.synthetic() || later.synthetic());
    detail::derive_disabled(result);
    detail::derive_factors_recorded(result, true);
    return result;
}

void settle_merged(dataset& data, bool placements) {
    std::vector<finding>& findings = data.findings();
    findings.erase(std::remove_if(findings.begin(), findings.end(),
                                  [](const finding& f) { return f.rule == "reference_dangling"; }),
                   findings.end());
    if (placements) detail::derive_placements(data);
    detail::check_references(data, canonical_schema());
}

}  // namespace goldenthread
