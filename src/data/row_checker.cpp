#include "data/row_checker.hpp"

#include <algorithm>

namespace goldenthread::detail {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) noexcept {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 32U);
}

}  // namespace

row_checker::row_checker(const table_schema& definition, const schema& whole, row_origin origin,
                         std::vector<finding>& findings)
    : definition_(&definition), origin_(std::move(origin)), findings_(&findings), cells_(definition.columns.size()) {
    first_finding_ = findings.size();
    for (std::size_t i = 0; i < definition.columns.size(); ++i) {
        const column_schema& column = definition.columns[i];
        readers_.emplace_back(column, whole, origin_.dates, origin_.census_year);
        builders_.emplace_back(column.name, column.type, column.type == value_type::decimal ? text_decimal_scale : 0);
        if (const code_set* set = whole.find_codes(column.codes)) {
            text_dictionary values;
            for (const code& c : set->codes) values.push_back(c.value);
            builders_.back().declare(values);
        }
        if (column.key) keys_.push_back(i);
    }
}

std::size_t row_checker::position(std::string_view column) const {
    for (std::size_t i = 0; i < definition_->columns.size(); ++i) {
        if (definition_->columns[i].name == column) return i;
    }
    throw definition_error("table '" + definition_->name + "' has no column '" + std::string(column) + "'");
}

void row_checker::read(std::size_t column, std::string_view raw) {
    const cell_result result = readers_[column].read(raw, builders_[column]);
    cells_[column] = {result.value, result.null, false};
    if (result.rule != nullptr) {
        report(column, result.rule, result.message, raw, result.action);
        cells_[column].reported = result.null;
    }
}

void row_checker::set_text(std::size_t column, std::string_view text) {
    cells_[column] = {builders_[column].intern(text), false, false};
}
void row_checker::set_day(std::size_t column, day value) { cells_[column] = {value, false, false}; }
void row_checker::set_boolean(std::size_t column, bool value) { cells_[column] = {value ? 1 : 0, false, false}; }

void row_checker::set_decimal(std::size_t column, std::int64_t mantissa, int scale) {
    for (; scale < text_decimal_scale; ++scale) mantissa *= 10;
    for (; scale > text_decimal_scale; --scale) mantissa /= 10;
    cells_[column] = {mantissa, false, false};
}

void row_checker::report(std::size_t column, const char* rule, const char* message, std::string_view value,
                         finding_action action) {
    finding entry;
    entry.table = definition_->name;
    if (column != none) entry.column = definition_->columns[column].name;
    entry.rule = rule;
    entry.action = action;
    entry.message = message;
    entry.file = origin_.file;
    entry.value = std::string(value);
    findings_->push_back(std::move(entry));
}

void row_checker::check_missing() {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const column_schema& column = definition_->columns[i];
        if (!column.not_null || !cells_[i].null) continue;
        if (column.key) set_aside_ = true;
        if (!cells_[i].reported) {
            if (column.key) {
                report(i, "key_missing", "part of the key is missing; the row is set aside", "",
                       finding_action::set_aside);
            } else {
                report(i, "value_missing", "a value that must be there is missing", "");
            }
        } else if (column.key) {
            // The finding that made the key empty is the reason the row goes.
            for (std::size_t f = first_finding_; f < findings_->size(); ++f) {
                finding& entry = (*findings_)[f];
                if (entry.table == definition_->name && entry.column == column.name) {
                    entry.action = finding_action::set_aside;
                }
            }
        }
    }
}

bool row_checker::commit(std::size_t row) {
    ++rows_read_;
    set_aside_ = false;
    check_missing();
    if (!set_aside_ && !keys_.empty()) {
        if (const std::size_t earlier = find_duplicate(); earlier != none) {
            bool exact = true;
            for (std::size_t i = 0; exact && i < cells_.size(); ++i) exact = equals_stored(earlier, i);
            report(none, exact ? "duplicate_row" : "duplicate_key",
                   exact ? "the same row stands more than once; one is kept"
                         : "another row has the same key; the first is kept, this one is set aside",
                   "", finding_action::set_aside);
            set_aside_ = true;
        }
    }
    if (!set_aside_) {
        append_cells();
        sources_.push_back({origin_.file_index, static_cast<std::uint32_t>(row)});
    }
    close_row(row);
    return !set_aside_;
}

void row_checker::reject(std::size_t row, const char* rule, const char* message) {
    ++rows_read_;
    report(none, rule, message, "", finding_action::set_aside);
    close_row(row);
}

void row_checker::append_cells() {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        column_builder& builder = builders_[i];
        if (cells_[i].null) {
            builder.append_null();
        } else if (is_text_type(builder.type())) {
            builder.append_code(static_cast<std::int32_t>(cells_[i].value));
        } else if (builder.type() == value_type::boolean) {
            builder.append_boolean(cells_[i].value != 0);
        } else if (builder.type() == value_type::date) {
            builder.append_day(static_cast<day>(cells_[i].value));
        } else {
            builder.append_int64(cells_[i].value);
        }
    }
}

void row_checker::close_row(std::size_t row) {
    if (first_finding_ < findings_->size()) {
        const std::string key = key_text();
        for (std::size_t f = first_finding_; f < findings_->size(); ++f) {
            finding& entry = (*findings_)[f];
            if (entry.row == 0) entry.row = row;
            if (entry.key.empty() && entry.table == definition_->name) entry.key = key;
        }
    }
    first_finding_ = findings_->size();
    std::fill(cells_.begin(), cells_.end(), cell{});
}

std::string row_checker::key_text() const {
    std::string result;
    for (const std::size_t i : keys_) {
        if (i != keys_.front()) result += ' ';
        if (cells_[i].null) {
            result += '-';
        } else if (is_text_type(builders_[i].type())) {
            result += text(i);
        } else if (builders_[i].type() == value_type::date) {
            result += to_iso(static_cast<day>(cells_[i].value));
        } else {
            result += std::to_string(cells_[i].value);
        }
    }
    return result;
}

std::uint32_t row_checker::key_hash() const noexcept {
    std::uint64_t hash = 0;
    for (const std::size_t i : keys_) {
        constexpr std::uint64_t null_hash = 0x5851F42D4C957F2DU;
        hash = mixed(hash, cells_[i].null ? null_hash : static_cast<std::uint64_t>(cells_[i].value));
    }
    return static_cast<std::uint32_t>(hash);
}

bool row_checker::equals_stored(std::size_t row, std::size_t column) const noexcept {
    const bool null = builders_[column].is_null(row);
    return null == cells_[column].null && (null || builders_[column].stored_at(row) == cells_[column].value);
}

std::size_t row_checker::find_duplicate() {
    if ((sources_.size() + 1) * 2 > index_.size()) grow_index();
    const std::uint32_t hash = key_hash();
    std::size_t at = hash & (index_.size() - 1);
    while (index_[at].row != 0) {
        const std::size_t row = index_[at].row - 1;
        if (index_[at].hash == hash &&
            std::all_of(keys_.begin(), keys_.end(), [&](std::size_t i) { return equals_stored(row, i); })) {
            return row;
        }
        at = (at + 1) & (index_.size() - 1);
    }
    index_[at] = {hash, static_cast<std::uint32_t>(sources_.size() + 1)};
    return none;
}

void row_checker::grow_index() {
    constexpr std::size_t smallest = 64;
    std::vector<index_entry> larger(index_.empty() ? smallest : index_.size() * 2);
    for (const index_entry& old : index_) {
        if (old.row == 0) continue;
        std::size_t at = old.hash & (larger.size() - 1);
        while (larger[at].row != 0) at = (at + 1) & (larger.size() - 1);
        larger[at] = old;
    }
    index_ = std::move(larger);
}

table row_checker::finish() {
    std::vector<column> columns;
    for (column_builder& builder : builders_) columns.push_back(builder.finish());
    return table(definition_->name, std::move(columns), std::move(sources_));
}

}  // namespace goldenthread::detail
