#include "synthetic/dataset_collector.hpp"

#include "synthetic/columns.hpp"

#include <string>

namespace goldenthread::exampleshire {

namespace {

/// Places of a decimal that was read from text: a table made here equals the table read from its file.
constexpr int decimal_places = 6;

/// Makes a builder for every column.
class declaring_visitor {
public:
    explicit declaring_visitor(std::vector<column_builder>& builders) : builders_(builders) {}
    void id(std::string_view name, const identifier&) { add(name, value_type::text); }
    void date(std::string_view name, optional_day) { add(name, value_type::date); }
    void flag(std::string_view name, optional_flag) { add(name, value_type::boolean); }
    void number(std::string_view name, std::optional<std::int64_t>) { add(name, value_type::int64); }
    void code(std::string_view name, code_text) { add(name, value_type::category); }
    void label(std::string_view name, code_text) { add(name, value_type::label); }
    void text(std::string_view name, std::string_view) { add(name, value_type::text); }
    void decimal(std::string_view name, optional_thousandths) {
        builders_.emplace_back(std::string(name), value_type::decimal, decimal_places);
    }

private:
    void add(std::string_view name, value_type type) { builders_.emplace_back(std::string(name), type); }
    std::vector<column_builder>& builders_;
};

/// Appends one row.
class appending_visitor {
public:
    explicit appending_visitor(std::vector<column_builder>& builders) : builders_(builders) {}
    void id(std::string_view, const identifier& value) {
        if (value.is_null()) return next().append_null();
        std::string text;
        append_identifier(text, value);
        next().append_text(text);
    }
    void date(std::string_view, optional_day value) { value ? next().append_day(*value) : next().append_null(); }
    void flag(std::string_view, optional_flag value) { value ? next().append_boolean(*value) : next().append_null(); }
    void number(std::string_view, std::optional<std::int64_t> value) {
        value ? next().append_int64(*value) : next().append_null();
    }
    void code(std::string_view, code_text value) { add(value); }
    void label(std::string_view, code_text value) { add(value); }
    void text(std::string_view, std::string_view value) { add(value); }
    void decimal(std::string_view, optional_thousandths value) {
        constexpr std::int64_t millionths_of_a_thousandth = 1000;
        static_assert(decimal_places == 6);
        value ? next().append_int64(*value * millionths_of_a_thousandth) : next().append_null();
    }

private:
    column_builder& next() { return builders_[at_++]; }
    void add(std::string_view value) { value.empty() ? next().append_null() : next().append_text(value); }
    std::vector<column_builder>& builders_;
    std::size_t at_ = 0;
};

template <class Row>
std::vector<column_builder> builders_of(const std::vector<Row>&) {
    std::vector<column_builder> builders;
    declaring_visitor v(builders);
    visit_columns(v, Row{});
    return builders;
}

}  // namespace

dataset_collector::dataset_collector() {
    const row_store empty;
    for_each_table(empty, [&](std::string_view, const auto& rows) { builders_.push_back(builders_of(rows)); });
}

void dataset_collector::take(const row_store& rows) {
    std::size_t i = 0;
    for_each_table(rows, [&](std::string_view, const auto& table_rows) {
        std::vector<column_builder>& builders = builders_[i++];
        for (const auto& row : table_rows) {
            appending_visitor v(builders);
            visit_columns(v, row);
        }
    });
}

dataset dataset_collector::finish() {
    dataset result;
    result.set_area(std::string(exampleshire_area));
    result.set_synthetic(true);
    const row_store empty;
    std::size_t i = 0;
    for_each_table(empty, [&](std::string_view name, const auto&) {
        std::vector<column> columns;
        for (column_builder& builder : builders_[i]) columns.push_back(builder.finish());
        ++i;
        result.add(table(std::string(name), std::move(columns)));
    });
    return result;
}

}  // namespace goldenthread::exampleshire
