// From cells of Arrow arrays to columns of the wanted type; what does not fit becomes null with a finding.
#pragma once

#include "data/arrow_cells.hpp"

#include <goldenthread/data/column.hpp>
#include <goldenthread/data/finding.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

/// What a column is to become.
struct column_target {
    arrow_place place;
    value_type type = value_type::text;
    const column_schema* wanted = nullptr;  ///< the definition's column; null = the type is inferred
    const schema* code_sets = nullptr;      ///< where a category's codes are found; null = unchecked

    [[nodiscard]] bool is_defined() const noexcept { return wanted != nullptr; }
    /// Codes of a category; null = unchecked.
    [[nodiscard]] const code_set* codes() const noexcept {
        return wanted == nullptr || code_sets == nullptr ? nullptr : code_sets->find_codes(wanted->codes);
    }
};

/// Collects the rows of one column, batch by batch.
class column_collector {
public:
    column_collector(column_target target, std::vector<finding>& findings)
        : target_(std::move(target)), findings_(&findings) {}
    column_collector(const column_collector&) = delete;
    column_collector& operator=(const column_collector&) = delete;
    virtual ~column_collector() = default;

    virtual void append(const arrow_cells& cells);
    [[nodiscard]] virtual column finish() = 0;

protected:
    virtual void take(const arrow_cell& cell) = 0;

    [[nodiscard]] const column_target& target() const noexcept { return target_; }
    /// Rows collected before the one being taken.
    [[nodiscard]] std::size_t row() const noexcept { return row_; }
    void next_row() noexcept { ++row_; }
    /// A finding about the row being taken.
    void report(std::string_view rule, finding_action action, std::string message, std::string value) {
        report_at(row_ + 1, rule, action, std::move(message), std::move(value));
    }
    /// `row` is 1-based; 0 = the column as a whole.
    void report_at(std::size_t row, std::string_view rule, finding_action action, std::string message,
                   std::string value);
    /// Throws: values of this kind cannot become the wanted type.
    [[noreturn]] void refuse(const arrow_cell& cell) const;

private:
    column_target target_;
    std::vector<finding>* findings_;
    std::size_t row_ = 0;
};

[[nodiscard]] std::unique_ptr<column_collector> make_collector(column_target target, const arrow_type& type,
                                                               std::vector<finding>& findings);

/// The texts of a dictionary, if all are valid, distinct and stand for themselves in the wanted column; else null.
[[nodiscard]] std::shared_ptr<const text_dictionary> dictionary_as_it_stands(const column_target& target,
                                                                             const flat_array& values);

/// The value as text, the way a CSV file would spell it: "12", "1.5", "2017-03-31", "true".
[[nodiscard]] std::string cell_text(const arrow_cell& cell);

[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

}  // namespace goldenthread::detail
