#include "data/arrow_rows.hpp"

#include <goldenthread/core/date.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace goldenthread::detail {

namespace {

bool equal_cells(const column& c, std::size_t a, std::size_t b) noexcept {
    if (c.is_null(a) || c.is_null(b)) return c.is_null(a) == c.is_null(b);
    return stored_number(c, a) == stored_number(c, b);  // dictionaries hold distinct texts
}

std::string cell_key(const column& c, std::size_t row) {
    if (c.is_null(row)) return "-";
    if (is_text_type(c.type())) return std::string(c.text_at(row));
    if (c.type() == value_type::date) return to_iso(c.day_at(row));
    return std::to_string(stored_number(c, row));
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) noexcept {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 32U);
}

class row_check {
public:
    row_check(const table& source, const table_schema& definition, std::vector<finding>& findings,
              std::size_t first_finding)
        : source_(source), definition_(definition), findings_(findings), first_(first_finding) {
        for (const std::string& name : definition.key_columns()) {
            if (const column* key = source.find(name)) keys_.push_back(key);
        }
        keys_complete_ = !keys_.empty() && keys_.size() == definition.key_columns().size();
        for (std::size_t i = first_; i < findings.size(); ++i) {
            if (findings[i].row > 0) reported_[{findings[i].column, findings[i].row}] = i;
        }
    }

    table run() {
        report_missing_columns();
        for (const column_schema& wanted : definition_.columns) {
            const column* supplied = wanted.not_null ? source_.find(wanted.name) : nullptr;
            if (supplied != nullptr) check_missing_values(wanted, *supplied);
        }
        if (keys_complete_) check_duplicates();
        add_keys();
        return without_set_aside();
    }

private:
    void report(std::size_t row, const std::string& column, const char* rule, const char* message,
                finding_action action) {
        finding found;
        found.table = definition_.name;
        found.column = column;
        found.rule = rule;
        found.message = message;
        found.action = action;
        found.row = row;
        findings_.push_back(std::move(found));
    }

    void report_missing_columns() {
        for (const column_schema& wanted : definition_.columns) {
            if ((wanted.key || wanted.not_null) && !wanted.derived && source_.find(wanted.name) == nullptr) {
                report(0, wanted.name, "column_missing", "a column that must be there was not supplied",
                       finding_action::kept);
            }
        }
    }

    void check_missing_values(const column_schema& wanted, const column& supplied) {
        if (supplied.validity() == nullptr) return;
        for (std::size_t row = 0; row < supplied.size(); ++row) {
            if (!supplied.is_null(row)) continue;
            if (wanted.key) set_aside(row);
            const auto reason = reported_.find({wanted.name, row + 1});
            if (reason != reported_.end()) {
                // The finding that made the key empty is the reason the row goes.
                if (wanted.key) findings_[reason->second].action = finding_action::set_aside;
            } else if (wanted.key) {
                report(row + 1, wanted.name, "key_missing", "part of the key is missing; the row is set aside",
                       finding_action::set_aside);
            } else {
                report(row + 1, wanted.name, "value_missing", "a value that must be there is missing",
                       finding_action::kept);
            }
        }
    }

    void check_duplicates() {
        std::size_t size = 64;
        while (size < 2 * source_.row_count()) size *= 2;
        std::vector<std::size_t> slots(size, 0);  // open addressing by key: row + 1, 0 = free
        for (std::size_t row = 0; row < source_.row_count(); ++row) {
            if (is_set_aside(row)) continue;
            std::size_t slot = key_hash(row) & (size - 1);
            while (slots[slot] != 0 && !equal_keys(slots[slot] - 1, row)) slot = (slot + 1) & (size - 1);
            if (slots[slot] == 0) {
                slots[slot] = row + 1;
            } else {
                report_duplicate(slots[slot] - 1, row);
            }
        }
    }
    [[nodiscard]] bool equal_keys(std::size_t a, std::size_t b) const noexcept {
        return std::all_of(keys_.begin(), keys_.end(), [&](const column* key) { return equal_cells(*key, a, b); });
    }
    void report_duplicate(std::size_t earlier, std::size_t row) {
        const auto& columns = source_.columns();
        const bool exact =
            std::all_of(columns.begin(), columns.end(), [&](const column& c) { return equal_cells(c, earlier, row); });
        report(row + 1, "", exact ? "duplicate_row" : "duplicate_key",
               exact ? "the same row stands more than once; one is kept"
                     : "another row has the same key; the first is kept, this one is set aside",
               finding_action::set_aside);
        set_aside(row);
    }
    [[nodiscard]] std::uint64_t key_hash(std::size_t row) const noexcept {
        std::uint64_t hash = 0;
        for (const column* key : keys_) {
            hash = mixed(
                hash, key->is_null(row) ? 0x5851F42D4C957F2DU : static_cast<std::uint64_t>(stored_number(*key, row)));
        }
        return hash;
    }

    void set_aside(std::size_t row) {
        if (aside_.empty()) aside_.resize(source_.row_count(), false);
        aside_[row] = true;
    }
    [[nodiscard]] bool is_set_aside(std::size_t row) const noexcept { return !aside_.empty() && aside_[row]; }

    void add_keys() {
        if (keys_.empty()) return;
        for (std::size_t i = first_; i < findings_.size(); ++i) {
            finding& found = findings_[i];
            if (found.row == 0 || found.row > source_.row_count()) continue;
            for (const column* key : keys_) {
                if (key != keys_.front()) found.key += ' ';
                found.key += cell_key(*key, found.row - 1);
            }
        }
    }

    [[nodiscard]] table without_set_aside() const {
        std::vector<row_source> sources;
        for (std::size_t row = 0; row < source_.row_count(); ++row) {
            if (!is_set_aside(row)) sources.push_back({0, static_cast<std::uint32_t>(row + 1)});
        }
        if (aside_.empty()) return {source_.name(), source_.columns(), std::move(sources)};
        std::vector<column> columns;
        for (const column& c : source_.columns()) {
            column_builder builder(c.name(), c.type(), c.scale());
            for (std::size_t row = 0; row < c.size(); ++row) {
                if (!aside_[row]) builder.append_from(c, row);
            }
            columns.push_back(builder.finish());
        }
        return {source_.name(), std::move(columns), std::move(sources)};
    }

    const table& source_;
    const table_schema& definition_;
    std::vector<finding>& findings_;
    std::size_t first_;
    std::vector<const column*> keys_;
    bool keys_complete_ = false;
    std::vector<bool> aside_;  ///< empty = none
    std::map<std::pair<std::string, std::size_t>, std::size_t> reported_;
};

}  // namespace

table check_rows(const table& source, const table_schema& definition, std::vector<finding>& findings,
                 std::size_t first_finding) {
    return row_check(source, definition, findings, first_finding).run();
}

}  // namespace goldenthread::detail
