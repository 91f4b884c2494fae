// goldenthread: a definition's own tests, run.
#pragma once

#include <goldenthread/engine/evaluate.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace goldenthread {

/// What became of a case: no differences = it passed.
struct case_outcome {
    std::vector<std::string> differences;  ///< "numerator: expected 1, got 2"

    [[nodiscard]] bool passed() const noexcept { return differences.empty(); }
};

namespace detail {

/// Reads a case's value into a column by its schema type.
class case_table_reader {
public:
    case_table_reader(const schema& tables, const definition_case& c) : schema_(tables), case_(c) {}

    [[nodiscard]] dataset read() const {
        dataset data;
        for (const case_table& t : case_.tables) data.add(read_table(t));
        return data;
    }

private:
    [[noreturn]] void fail(const std::string& message) const {
        error_context context;
        context.indicator = case_.indicator;
        context.place = case_.place;
        throw definition_error("case '" + case_.title + "': " + message, std::move(context));
    }
    [[nodiscard]] table read_table(const case_table& t) const {
        const table_schema* shape = schema_.find(t.name);
        if (shape == nullptr) fail("unknown table '" + t.name + "'; " + name_remedy(t.name, schema_.table_names()));
        std::vector<column> columns;
        for (std::size_t c = 0; c < t.columns.size(); ++c) {
            const column_schema* column_shape = shape->find(t.columns[c]);
            if (column_shape == nullptr) {
                fail("unknown column '" + t.columns[c] + "' in table " + t.name + "; " + name_remedy(t.columns[c], shape->column_names()));
            }
            constexpr int decimal_scale = 6;
            column_builder builder(t.columns[c], column_shape->type, column_shape->type == value_type::decimal ? decimal_scale : 0);
            for (const auto& row : t.rows) append(builder, row[c], t.name);
            columns.push_back(builder.finish());
        }
        if (columns.empty() || t.rows.empty()) return empty_table(t, *shape);
        return {t.name, std::move(columns)};
    }
    static table empty_table(const case_table& t, const table_schema& shape) {
        std::vector<column> columns;
        for (const std::string& name : t.columns) {
            if (const column_schema* c = shape.find(name)) columns.push_back(column_builder(name, c->type).finish());
        }
        return {t.name, std::move(columns)};
    }
    void append(column_builder& builder, const case_value& value, const std::string& table_name) const {
        if (std::holds_alternative<std::monostate>(value)) {
            builder.append_null();
        } else if (builder.type() == value_type::date) {
            const auto* text = std::get_if<std::string>(&value);
            const auto parsed = text == nullptr ? std::nullopt : parse_iso_day(*text);
            if (!parsed) fail("a date is expected in " + table_name + "." + builder.name());
            builder.append_day(*parsed);
        } else if (builder.type() == value_type::boolean) {
            const auto* truth_value = std::get_if<bool>(&value);
            if (truth_value == nullptr) fail("true or false is expected in " + table_name + "." + builder.name());
            builder.append_boolean(*truth_value);
        } else if (builder.type() == value_type::int64) {
            const auto* number = std::get_if<std::int64_t>(&value);
            if (number == nullptr) fail("a whole number is expected in " + table_name + "." + builder.name());
            builder.append_int64(*number);
        } else if (builder.type() == value_type::decimal) {
            append_decimal(builder, value, table_name);
        } else {
            const auto* text = std::get_if<std::string>(&value);
            if (text == nullptr) fail("a text is expected in " + table_name + "." + builder.name());
            builder.append_text(*text);
        }
    }
    void append_decimal(column_builder& builder, const case_value& value, const std::string& table_name) const {
        constexpr std::int64_t unit = 1'000'000;
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            builder.append_int64(*number * unit);
            return;
        }
        const auto* text = std::get_if<std::string>(&value);
        std::int64_t mantissa = 0;
        std::int64_t place = unit;
        bool fraction = false;
        if (text == nullptr || text->empty()) fail("a number is expected in " + table_name + "." + builder.name());
        for (const char ch : *text) {
            if (ch == '.' && !fraction) {
                fraction = true;
            } else if (is_ascii_digit(ch) && (!fraction || place > 1)) {
                mantissa = mantissa * 10 + (ch - '0');
                if (fraction) place /= 10;
            } else {
                fail("'" + *text + "' is not a number of at most six decimal places");
            }
        }
        builder.append_int64(mantissa * place);
    }

    const schema& schema_;
    const definition_case& case_;
};

[[nodiscard]] inline std::string shown(const std::optional<std::int64_t>& n) { return n ? std::to_string(*n) : "null"; }

class case_comparer {
public:
    explicit case_comparer(case_outcome& outcome) : outcome_(outcome) {}

    void count(const std::string& what, const expected_count& expected, const std::optional<std::int64_t>& got) {
        if (!expected.given || expected.value == got) return;
        outcome_.differences.push_back(what + ": expected " + shown(expected.value) + ", got " + shown(got));
    }
    void value(const std::string& what, const std::optional<double>& expected, const std::optional<exact_ratio>& got) {
        constexpr double tolerance = 1e-9;
        if (expected.has_value() == got.has_value() && (!got || std::abs(*expected - got->as_double()) <= tolerance)) return;
        const auto text = [](const std::optional<double>& v) { return v ? std::to_string(*v) : std::string("null"); };
        outcome_.differences.push_back(what + ": expected " + text(expected) + ", got " + text(got ? std::optional(got->as_double()) : std::nullopt));
    }
    void state(const std::string& what, const std::string& expected, cell_state got) {
        if (expected == to_text(got)) return;
        outcome_.differences.push_back(what + ": expected " + expected + ", got " + std::string(to_text(got)));
    }

private:
    case_outcome& outcome_;
};

/// Expected cells must be there; cells that are not expected must be true zeros.
inline void compare_cells(const std::vector<expected_cell>& expected, const indicator_result& r, case_comparer& compare, case_outcome& outcome) {
    const auto same_key = [](const expected_cell& e, const cell& c) {
        return e.key.size() == c.key.size() && std::all_of(e.key.begin(), e.key.end(), [&](const auto& part) {
            return std::any_of(c.key.begin(), c.key.end(), [&](const breakdown_value& v) { return v.dimension == part.first && v.category == part.second; });
        });
    };
    const auto name_of = [](const cell& c) {
        std::string name;
        for (const breakdown_value& v : c.key) name += (name.empty() ? "" : ", ") + v.dimension + "=" + v.category.value_or("null");
        return "cell " + name;
    };
    std::vector<bool> found(expected.size());
    for (const cell& c : r.cells) {
        if (c.key.empty()) continue;
        bool listed = false;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (!same_key(expected[i], c)) continue;
            listed = found[i] = true;
            compare.value(name_of(c), expected[i].value, c.value);
            compare.state(name_of(c), expected[i].state, c.state);
            compare.count(name_of(c) + " numerator", expected[i].numerator, c.numerator);
            compare.count(name_of(c) + " denominator", expected[i].denominator, c.denominator);
            compare.count(name_of(c) + " unknown", expected[i].unknown, c.unknown);
        }
        const bool nothing = c.state == cell_state::true_zero || c.state == cell_state::zero_denominator || c.state == cell_state::not_applicable;
        if (!listed && !nothing) outcome.differences.push_back(name_of(c) + ": not expected");
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!found[i]) outcome.differences.push_back("cell " + expected[i].key.front().second.value_or("null") + ": expected, not there");
    }
}

}  // namespace detail

/// What a case asks of the engine.
[[nodiscard]] inline evaluation_request request_of(const definition_case& c) {
    evaluation_request request;
    request.periods = {c.when};
    if (!c.breakdown.empty()) request.breakdowns = {{c.breakdown}};
    for (const auto& [name, value] : c.parameters) request.parameters.emplace_back(c.indicator + ":" + name, value);
    return request;
}

/// A case's rows as a dataset.
/// \throws definition_error when the case itself is wrong
[[nodiscard]] inline dataset dataset_of(const schema& tables, const definition_case& c) {
    return detail::case_table_reader(tables, c).read();
}

/// Compares the answer to a case's question with what the case expects.
[[nodiscard]] inline case_outcome compare_case(const definition_case& c, const indicator_result& r) {
    const cell& total = *r.total(0);
    case_outcome outcome;
    detail::case_comparer compare(outcome);
    const bool computed = total.numerator || total.denominator;
    const auto side = [&](std::int64_t n) { return computed ? std::optional(n) : std::nullopt; };
    compare.state("state", c.expect.state, total.state);
    compare.value("value", c.expect.value, total.value);
    compare.count("numerator", c.expect.numerator, total.numerator);
    compare.count("denominator", c.expect.denominator, total.denominator);
    compare.count("unknown", c.expect.unknown, side(total.unknown));
    compare.count("excluded", c.expect.excluded, side(total.excluded));
    compare.count("immature", c.expect.immature, side(total.immature));
    compare.count("censored", c.expect.censored, side(total.censored));
    compare.count("denominator_unknown", c.expect.denominator_unknown, side(total.denominator_unknown));
    compare.count("denominator_excluded", c.expect.denominator_excluded, side(total.denominator_excluded));
    compare.count("denominator_immature", c.expect.denominator_immature, side(total.denominator_immature));
    compare.count("units", c.expect.units, total.units);
    if (c.expect.cells) detail::compare_cells(*c.expect.cells, r, compare, outcome);
    return outcome;
}

/// Evaluates a case's rows and compares the answer. `force_reference` chooses the reference engine.
/// \throws definition_error when the case itself is wrong
[[nodiscard]] inline case_outcome run_case(const schema& tables, const indicator_set& set, const definition_case& c, bool force_reference = false) {
    evaluation_request request = request_of(c);
    request.force_reference = force_reference;
    return compare_case(c, evaluate(tables, set, {c.indicator}, dataset_of(tables, c), request).indicators.front());
}

}  // namespace goldenthread
