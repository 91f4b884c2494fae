// goldenthread: named tables with what is known about them.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/data/column.hpp>
#include <goldenthread/data/finding.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// Where a row came from. Not a column of any definition.
struct row_source {
    std::uint32_t file = 0;  ///< index into dataset::files()
    std::uint32_t row = 0;   ///< 1-based line or element
};

/// Columns of equal length. Immutable once built.
class table {
public:
    table() = default;
    /// \throws data_error when lengths differ or a column name stands twice
    table(std::string name, std::vector<column> columns, std::vector<row_source> sources = {})
        : name_(std::move(name)), columns_(std::move(columns)), sources_(std::move(sources)) {
        rows_ = columns_.empty() ? sources_.size() : columns_.front().size();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].size() != rows_) {
                throw data_error("table " + name_ + ": column '" + columns_[i].name() + "' has " +
                                 std::to_string(columns_[i].size()) + " rows, '" + columns_.front().name() + "' has " +
                                 std::to_string(rows_));
            }
            for (std::size_t j = 0; j < i; ++j) {
                if (columns_[i].name() == columns_[j].name()) {
                    throw data_error("table " + name_ + ": column '" + columns_[i].name() + "' stands twice");
                }
            }
        }
    }

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] std::size_t row_count() const noexcept { return rows_; }
    [[nodiscard]] const std::vector<column>& columns() const noexcept { return columns_; }
    [[nodiscard]] const std::vector<row_source>& sources() const noexcept { return sources_; }

    /// Null if there is no such column.
    [[nodiscard]] const column* find(std::string_view column_name) const noexcept {
        const auto found = std::find_if(columns_.begin(), columns_.end(),
                                        [&](const column& c) { return c.name() == column_name; });
        return found == columns_.end() ? nullptr : &*found;
    }
    /// \throws data_error with the nearest known name
    [[nodiscard]] const column& operator[](std::string_view column_name) const {
        if (const column* found = find(column_name)) return *found;
        std::vector<std::string> names;
        for (const column& c : columns_) names.push_back(c.name());
        error_context context;
        context.remedy = name_remedy(column_name, names);
        throw data_error("table " + name_ + " has no column '" + std::string(column_name) + "'", std::move(context));
    }

private:
    std::string name_;
    std::size_t rows_ = 0;
    std::vector<column> columns_;
    std::vector<row_source> sources_;
};

/// A file that was read, and what became of its rows: read = kept + set aside.
struct source_file {
    std::string name;  ///< file name without folder
    std::string kind;  ///< "CIN census 2022", "SSDA903 episodes 2017-18", "canonical table cp_plan"
    std::size_t rows_read = 0;
    std::size_t rows_kept = 0;
    std::size_t rows_set_aside = 0;
    std::vector<std::string> notes;  ///< said to the user: inferred year, ignored columns, unknown blocks
};

/// A set of named tables. A table that is absent was *not supplied*; one without rows is supplied and empty.
class dataset {
public:
    dataset() = default;

    /// Adds or replaces a table.
    void add(table t) {
        std::string name = t.name();
        tables_.insert_or_assign(std::move(name), std::move(t));
    }
    void remove(std::string_view table_name) {
        if (const auto found = tables_.find(table_name); found != tables_.end()) tables_.erase(found);
    }
    /// Null when not supplied.
    [[nodiscard]] const table* find(std::string_view table_name) const noexcept {
        const auto found = tables_.find(table_name);
        return found == tables_.end() ? nullptr : &found->second;
    }
    /// \throws data_error with the nearest known name
    [[nodiscard]] const table& operator[](std::string_view table_name) const {
        if (const table* found = find(table_name)) return *found;
        error_context context;
        context.remedy = name_remedy(table_name, table_names());
        throw data_error("table '" + std::string(table_name) + "' was not supplied", std::move(context));
    }
    [[nodiscard]] std::vector<std::string> table_names() const {
        std::vector<std::string> result;
        for (const auto& [name, t] : tables_) result.push_back(name);
        return result;
    }
    [[nodiscard]] const std::map<std::string, table, std::less<>>& tables() const noexcept { return tables_; }

    /// Name of the area the rows are about, e.g. "Exampleshire (synthetic)"; empty = not said.
    [[nodiscard]] const std::string& area() const noexcept { return area_; }
    void set_area(std::string area) { area_ = std::move(area); }
    /// True when the rows describe invented children; every output says so.
    [[nodiscard]] bool synthetic() const noexcept { return synthetic_; }
    void set_synthetic(bool synthetic) noexcept { synthetic_ = synthetic; }

    [[nodiscard]] const std::vector<source_file>& files() const noexcept { return files_; }
    [[nodiscard]] std::vector<source_file>& files() noexcept { return files_; }
    [[nodiscard]] const std::vector<finding>& findings() const noexcept { return findings_; }
    [[nodiscard]] std::vector<finding>& findings() noexcept { return findings_; }

private:
    std::map<std::string, table, std::less<>> tables_;
    std::string area_;
    bool synthetic_ = false;
    std::vector<source_file> files_;
    std::vector<finding> findings_;
};

}  // namespace goldenthread
