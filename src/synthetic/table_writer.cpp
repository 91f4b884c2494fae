#include "synthetic/table_writer.hpp"

#include "synthetic/columns.hpp"
#include "synthetic/day_text.hpp"

#include <algorithm>

namespace goldenthread::exampleshire {

namespace {

namespace fs = std::filesystem;

/// Appends the names of the columns.
class header_visitor {
public:
    explicit header_visitor(std::string& text) : text_(text) {}
    void id(std::string_view name, const identifier&) { add(name); }
    void date(std::string_view name, optional_day) { add(name); }
    void flag(std::string_view name, optional_flag) { add(name); }
    void number(std::string_view name, std::optional<std::int64_t>) { add(name); }
    void code(std::string_view name, code_text) { add(name); }
    void label(std::string_view name, code_text) { add(name); }
    void text(std::string_view name, std::string_view) { add(name); }
    void decimal(std::string_view name, optional_thousandths) { add(name); }

private:
    void add(std::string_view name) {
        if (!first_) text_.push_back(',');
        first_ = false;
        text_ += name;
    }
    std::string& text_;
    bool first_ = true;
};

/// Appends the cells of one row. No text of Exampleshire holds a comma, quote or line break: nothing needs quoting.
class cell_visitor {
public:
    explicit cell_visitor(std::string& text) : text_(text) {}
    void id(std::string_view, const identifier& value) {
        separate();
        if (!value.is_null()) append_identifier(text_, value);
    }
    void date(std::string_view, optional_day value) {
        separate();
        if (value) append_iso_day(text_, *value);
    }
    void flag(std::string_view, optional_flag value) {
        separate();
        if (value) text_ += *value ? "true" : "false";
    }
    void number(std::string_view, std::optional<std::int64_t> value) {
        separate();
        if (value) append_number(text_, *value);
    }
    void code(std::string_view, code_text value) { add(value); }
    void label(std::string_view, code_text value) { add(value); }
    void text(std::string_view, std::string_view value) { add(value); }
    void decimal(std::string_view, optional_thousandths value) {
        separate();
        if (value) append_thousandths(text_, *value);
    }

private:
    void separate() {
        if (!first_) text_.push_back(',');
        first_ = false;
    }
    void add(std::string_view value) {
        separate();
        text_ += value;
    }
    std::string& text_;
    bool first_ = true;
};

/// Writes one cell as it is told, whatever the row says, and the others as they are.
class spoiling_visitor {
public:
    spoiling_visitor(std::string& text, std::string_view column, std::string_view instead)
        : cells_(text), column_(column), instead_(instead) {}
    void id(std::string_view name, const identifier& value) {
        if (!spoils(name)) cells_.id(name, value);
    }
    void date(std::string_view name, optional_day value) {
        if (!spoils(name)) cells_.date(name, value);
    }
    void flag(std::string_view name, optional_flag value) {
        if (!spoils(name)) cells_.flag(name, value);
    }
    void number(std::string_view name, std::optional<std::int64_t> value) {
        if (!spoils(name)) cells_.number(name, value);
    }
    void code(std::string_view name, code_text value) {
        if (!spoils(name)) cells_.code(name, value);
    }
    void label(std::string_view name, code_text value) {
        if (!spoils(name)) cells_.label(name, value);
    }
    void text(std::string_view name, std::string_view value) {
        if (!spoils(name)) cells_.text(name, value);
    }
    void decimal(std::string_view name, optional_thousandths value) {
        if (!spoils(name)) cells_.decimal(name, value);
    }

private:
    bool spoils(std::string_view name) {
        if (name != column_) return false;
        cells_.text(name, instead_);
        return true;
    }
    cell_visitor cells_;
    std::string_view column_, instead_;
};

template <class Row>
void append_header(std::string& text, const std::vector<Row>&) {
    header_visitor v(text);
    visit_columns(v, Row{});
    text += "\r\n";
}

template <class Row>
void append_row(std::string& text, const Row& row) {
    cell_visitor v(text);
    visit_columns(v, row);
    text += "\r\n";
}

template <class Row>
void append_spoiled(std::string& text, const Row& row, const spoiled_cell& spoiled) {
    spoiling_visitor v(text, spoiled.column, spoiled.text);
    visit_columns(v, row);
    text += "\r\n";
}

}  // namespace

table_writer::table_writer(const fs::path& folder) {
    fs::create_directories(folder);
    write_whole(folder / "dataset.csv", "area,synthetic\r\n" + std::string(exampleshire_area) + ",true\r\n");
    const row_store empty;
    files_.reserve(table_count);
    for_each_table(empty, [&](std::string_view name, const auto& rows) {
        files_.emplace_back(folder / (std::string(name) + ".csv"));
        append_header(files_.back().text(), rows);
    });
}

void table_writer::take(const row_store& rows) {
    std::size_t i = 0;
    for_each_table(rows, [&](std::string_view, const auto& table_rows) {
        output_file& file = files_[i];
        for (const auto& row : table_rows) append_row(file.text(), row);
        written_[i++] += static_cast<std::int64_t>(table_rows.size());
        file.flush_if_large();
    });
}

void table_writer::take(const defect& spoiled, std::string& answer_key) {
    constexpr std::int64_t first_line = 2;  // below the headings
    std::size_t i = 0;
    for_each_table(spoiled.rows, [&](std::string_view name, const auto& table_rows) {
        output_file& file = files_[i];
        for (std::size_t row = 0; row < table_rows.size(); ++row) {
            const auto cell = std::find_if(spoiled.cells.begin(), spoiled.cells.end(), [&](const spoiled_cell& each) {
                return each.table == name && each.row == row;
            });
            if (cell == spoiled.cells.end()) {
                append_row(file.text(), table_rows[row]);
            } else {
                append_spoiled(file.text(), table_rows[row], *cell);
            }
        }
        for (const broken_rule& broken : spoiled.broken) {
            if (broken.table != name) continue;
            (answer_key += exampleshire_area) += ',';
            append_identifier(answer_key, spoiled.child);
            for (const std::string_view text : {spoiled.kind, broken.rule, broken.table, broken.column}) {
                (answer_key += ',') += text;
            }
            answer_key += ',';
            append_number(answer_key, written_[i] + static_cast<std::int64_t>(broken.row) + first_line);
            answer_key += "\r\n";
        }
        written_[i++] += static_cast<std::int64_t>(table_rows.size());
    });
}

void table_writer::finish() {
    for (output_file& file : files_) file.finish();
}

}  // namespace goldenthread::exampleshire
