#include "definitions/parse_case.hpp"

#include <goldenthread/core/text.hpp>

namespace goldenthread {

namespace detail {

namespace {

case_value read_value(const json_view& view) {
    const json& raw = view.raw();
    if (raw.is_null()) return std::monostate{};
    if (raw.is_boolean()) return view.boolean();
    if (raw.is_number_integer()) return view.integer();
    if (raw.is_number_float()) return raw.dump();  // a decimal, read digit by digit where it is used
    return view.text();
}

case_table read_table(const std::string& name, const json_view& view) {
    view.expect_fields({"columns", "rows"});
    case_table t;
    t.name = name;
    t.columns = view.at("columns").texts();
    for (const json_view& row : view.at("rows").items()) {
        std::vector<case_value> values;
        for (const json_view& value : row.items()) values.push_back(read_value(value));
        if (values.size() != t.columns.size()) {
            row.fail("this row has " + std::to_string(values.size()) + " values for " + std::to_string(t.columns.size()) + " columns");
        }
        t.rows.push_back(std::move(values));
    }
    return t;
}

std::string parameter_text(const json_view& view) {
    if (view.is_string()) return view.text();
    if (view.is_array()) {
        std::vector<std::string> items;
        for (const json_view& item : view.items()) items.push_back(parameter_text(item));
        return joined(items, ",");
    }
    if (view.raw().is_boolean()) return view.boolean() ? "true" : "false";
    if (view.raw().is_number_float()) return view.raw().dump();
    return std::to_string(view.integer());
}

day read_day(const json_view& view) {
    const auto parsed = parse_iso_day(view.text());
    if (!parsed) view.fail("'" + view.text() + "' is not a date", "write 2019-03-31");
    return *parsed;
}

period read_period(const json_view& view) {
    if (view.is_string()) {
        try {
            return parse_period(view.text());
        } catch (const definition_error& problem) {
            view.fail(problem.message(), problem.context().remedy);
        }
    }
    view.expect_fields({"first", "last"}, {"kind", "label"});
    period p;
    p.first = read_day(view.at("first"));
    p.last = read_day(view.at("last"));
    if (p.last < p.first) view.fail("the period ends before it begins");
    p.kind = parse_period_kind(view.text_or("kind", "custom")).value_or(period_kind::custom);
    p.label = view.text_or("label", to_iso(p.first) + " to " + to_iso(p.last));
    return p;
}

expected_count read_count(const json_view& view, const char* field) {
    if (!view.has(field)) return {};
    if (view.at(field).is_null()) return {true, std::nullopt};
    return {true, view.at(field).integer()};
}

std::optional<double> optional_number(const json_view& view, const char* field) {
    if (!view.has(field) || view.at(field).is_null()) return std::nullopt;
    if (!view.at(field).raw().is_number()) view.at(field).fail("a number is expected here");
    return view.at(field).raw().get<double>();
}

expected_cell read_cell(const json_view& view) {
    view.expect_fields({"key"}, {"value", "state", "numerator", "denominator", "unknown"});
    expected_cell cell;
    for (const auto& [dimension, category] : view.at("key").members()) {
        cell.key.emplace_back(dimension, category.is_null() ? std::nullopt : std::optional(category.text()));
    }
    cell.value = optional_number(view, "value");
    cell.state = view.text_or("state", "value");
    cell.numerator = read_count(view, "numerator");
    cell.denominator = read_count(view, "denominator");
    cell.unknown = read_count(view, "unknown");
    return cell;
}

/// `"expect": 1` is short for a value with nothing unknown.
expected_result read_expected(const json_view& view) {
    expected_result e;
    if (!view.is_object()) {
        if (!view.raw().is_number()) view.fail("a number or an object is expected here");
        e.value = view.raw().get<double>();
        e.state = *e.value == 0 ? "true_zero" : "value";
        return e;
    }
    view.expect_fields({}, {"value", "numerator", "denominator", "unknown", "state", "excluded", "immature", "censored", "cells",
                            "denominator_unknown", "denominator_excluded", "denominator_immature", "units"});
    e.value = optional_number(view, "value");
    e.numerator = read_count(view, "numerator");
    e.denominator = read_count(view, "denominator");
    e.unknown = read_count(view, "unknown");
    e.state = view.text_or("state", e.value && *e.value != 0 ? "value" : "true_zero");
    e.excluded = read_count(view, "excluded");
    e.immature = read_count(view, "immature");
    e.censored = read_count(view, "censored");
    e.denominator_unknown = read_count(view, "denominator_unknown");
    e.denominator_excluded = read_count(view, "denominator_excluded");
    e.denominator_immature = read_count(view, "denominator_immature");
    e.units = read_count(view, "units");
    if (view.has("cells")) {
        e.cells.emplace();
        for (const json_view& item : view.at("cells").items()) e.cells->push_back(read_cell(item));
    }
    return e;
}

}  // namespace

definition_case read_case(const json_view& view, const std::string& indicator) {
    view.expect_fields({"title", "tables", "period", "expect"}, {"parameters", "breakdown"});
    definition_case c;
    c.indicator = indicator;
    c.title = view.at("title").text();
    if (view.has("parameters")) {
        for (const auto& [name, value] : view.at("parameters").members()) c.parameters.emplace_back(name, parameter_text(value));
    }
    for (const auto& [name, table] : view.at("tables").members()) c.tables.push_back(read_table(name, table));
    c.when = read_period(view.at("period"));
    if (view.has("breakdown") && !view.at("breakdown").is_null()) c.breakdown = view.at("breakdown").text();
    c.expect = read_expected(view.at("expect"));
    c.place = view.file() + view.pointer();
    return c;
}

}  // namespace detail

std::vector<definition_case> parse_cases(std::string_view json_text, const std::string& file) {
    const detail::json_document document = detail::json_document::parse(json_text, file);
    const detail::json_view root = document.root();
    root.expect_fields({"indicator", "cases"}, {"format"});
    const std::string indicator = root.at("indicator").text();
    std::vector<definition_case> result;
    for (const detail::json_view& item : root.at("cases").items()) result.push_back(detail::read_case(item, indicator));
    return result;
}

}  // namespace goldenthread
