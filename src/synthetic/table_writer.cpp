#include "synthetic/table_writer.hpp"

#include "synthetic/columns.hpp"
#include "synthetic/day_text.hpp"

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
    void no_decimal(std::string_view name) { add(name); }

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
    void no_decimal(std::string_view) { separate(); }

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
        output_file& file = files_[i++];
        for (const auto& row : table_rows) append_row(file.text(), row);
        file.flush_if_large();
    });
}

void table_writer::finish() {
    for (output_file& file : files_) file.finish();
}

}  // namespace goldenthread::exampleshire
