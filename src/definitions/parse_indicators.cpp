// Indicator files: goldenthread/indicators@1.
#include <goldenthread/definitions/build.hpp>
#include <goldenthread/definitions/indicator.hpp>

#include "core/embedded_file.hpp"
#include "core/json_document.hpp"
#include "core/parse_conventions.hpp"
#include "definitions/parse_case.hpp"
#include "definitions/parse_measure.hpp"

#include <algorithm>

namespace goldenthread {

namespace {

using detail::json_document;
using detail::json_view;
using detail::read_expression;
using detail::read_source;

expression literal(const json_view& view) {
    expression_node node;
    if (view.raw().is_boolean()) {
        node.kind = expression_kind::truth_literal;
        node.flag = view.boolean();
    } else if (view.raw().is_number_integer()) {
        node.kind = expression_kind::integer_literal;
        node.number = view.integer();
    } else if (view.raw().is_number_float()) {
        try {
            return decimal(view.raw().dump());
        } catch (const definition_error& problem) {
            view.fail(problem.message());
        }
    } else if (view.is_string()) {
        node.kind = expression_kind::text_literal;
        node.text = view.text();
    } else if (view.is_array()) {
        node.kind = expression_kind::list;
        for (const json_view& item : view.items()) node.children.push_back(literal(item));
        if (node.children.empty()) view.fail("a list needs at least one item");
    } else {
        view.fail("a parameter's value is a text, a number, true or false, or a list of these");
    }
    return detail::make_expression(std::move(node));
}

std::string literal_text(const expression& e) {
    if (e->kind == expression_kind::text_literal) return e->text;
    if (e->kind != expression_kind::list) return to_text(e);
    std::vector<std::string> items;
    for (const expression& item : e->children) items.push_back(literal_text(item));
    return joined(items, ",");
}

/// A choice: text is an expression, a list is a key tuple, {"table": …} a table, anything else a literal.
parameter_binding read_choice(const json_view& view) {
    parameter_binding binding;
    if (view.is_array()) {
        binding.kind = parameter_binding::kind_type::columns;
        binding.columns = view.texts();
    } else if (view.is_object()) {
        view.expect_fields({"table"});
        binding.kind = parameter_binding::kind_type::table;
        binding.table = view.at("table").text();
    } else if (view.is_string()) {
        binding.value = read_expression(view);
    } else {
        binding.value = literal(view);
    }
    return binding;
}

std::vector<parameter> read_parameters(const json_view& owner) {
    std::vector<parameter> result;
    if (!owner.has("parameters")) return result;
    for (const auto& [name, view] : owner.at("parameters").members()) {
        view.expect_fields({"default"}, {"title", "choices"});
        parameter p;
        p.name = name;
        p.title = view.text_or("title");
        if (view.has("choices")) {
            for (const auto& [choice, value] : view.at("choices").members()) {
                p.choices.emplace_back(choice, read_choice(value));
            }
            p.standard = view.at("default").text();
            try {
                p.standard_binding = bind_parameter(p, p.standard);
            } catch (const definition_error& problem) {
                view.at("default").fail(problem.message(), problem.context().remedy);
            }
        } else {
            p.standard_binding.value = literal(view.at("default"));
            p.standard = literal_text(p.standard_binding.value);
        }
        result.push_back(std::move(p));
    }
    return result;
}

dimension read_dimension(const json_view& view) {
    dimension d;
    if (view.is_string()) {
        d.name = view.text();
        return d;
    }
    view.expect_fields({"name"}, {"value", "each", "column", "predicates", "categories"});
    d.name = view.at("name").text();
    if (view.has("value")) {
        d.kind = dimension::kind_type::value;
        d.value = read_expression(view.at("value"));
    } else if (view.has("each")) {
        d.kind = dimension::kind_type::each;
        d.source = read_source(view.at("each"));
        d.column = view.at("column").text();
    } else if (view.has("predicates")) {
        d.kind = dimension::kind_type::predicates;
        for (const auto& [name, predicate] : view.at("predicates").members()) {
            d.predicates.emplace_back(name, read_expression(predicate));
        }
    }
    if (view.has("categories")) d.categories = view.at("categories").texts();
    return d;
}

polarity read_polarity(const json_view& owner) {
    polarity p;
    if (!owner.has("polarity")) return p;
    const json_view view = owner.at("polarity");
    view.expect_fields({"value", "provenance"});
    p.value = view.at("value").text();
    p.provenance = view.at("provenance").text();
    const std::vector<std::string> values = {"high", "low", "near_target", "neutral", "unspecified", "not_applicable"};
    if (std::find(values.begin(), values.end(), p.value) == values.end()) {
        view.at("value").fail("unknown polarity '" + p.value + "'", "choose one of: " + joined(values, ", "));
    }
    return p;
}

std::vector<equivalent_mutant> read_equivalents(const json_view& owner) {
    std::vector<equivalent_mutant> result;
    if (!owner.has("equivalent_mutants")) return result;
    for (const json_view& item : owner.at("equivalent_mutants").items()) {
        item.expect_fields({"mutant", "reason"});
        result.push_back({item.at("mutant").text(), item.at("reason").text()});
        if (trimmed(result.back().reason).empty()) item.at("reason").fail("a mutant is equivalent for a reason", "say why no data can tell it from the definition");
    }
    return result;
}

bool is_indicator_id(std::string_view id) {
    const std::size_t dot = id.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == id.size()) return false;
    return std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '_' || c == '.';
    });
}

indicator read_indicator(const json_view& view) {
    view.expect_fields({"id", "title", "measure"},
                       {"definition", "rationale", "source", "unit", "polarity", "disclosure", "parameters", "conventions",
                        "breakdowns", "pitfalls", "cases", "equivalent_mutants"});
    indicator i;
    i.id = view.at("id").text();
    if (!is_indicator_id(i.id)) {
        view.at("id").fail("'" + i.id + "' is not an indicator id", "write topic.name in lower case: neglect.toolkits_completed");
    }
    i.title = view.at("title").text();
    i.definition = view.text_or("definition");
    i.rationale = view.text_or("rationale");
    i.source = view.text_or("source");
    i.unit = view.text_or("unit", "row");
    i.polarity = read_polarity(view);
    if (view.has("disclosure")) i.disclosure = view.at("disclosure").texts();
    i.parameters = read_parameters(view);
    i.measure = detail::read_measure(view.at("measure"));
    i.conventions = detail::read_conventions(view);
    // Person-time of a cohort includes its last day, unless the definition says otherwise.
    if (i.measure.kind == measure_kind::incidence && !i.conventions.ends) i.conventions.ends = end_day::inclusive;
    if (view.has("breakdowns")) {
        for (const json_view& item : view.at("breakdowns").items()) i.breakdowns.push_back(read_dimension(item));
    }
    if (view.has("pitfalls")) i.pitfalls = view.at("pitfalls").texts();
    if (view.has("cases")) {
        for (const json_view& item : view.at("cases").items()) i.cases.push_back(detail::read_case(item, i.id));
    }
    i.equivalent_mutants = read_equivalents(view);
    i.place = view.file() + view.pointer();
    return i;
}

named_filter read_filter(const json_view& view) {
    view.expect_fields({"name", "on", "is"}, {"arguments", "parameters", "title", "equivalent_mutants"});
    named_filter f;
    f.name = view.at("name").text();
    f.on = view.at("on").text();
    if (view.has("arguments")) f.arguments = view.at("arguments").texts();
    f.parameters = read_parameters(view);
    f.body = read_expression(view.at("is"));
    f.title = view.text_or("title");
    f.equivalent_mutants = read_equivalents(view);
    f.place = view.file() + view.pointer();
    return f;
}

}  // namespace

void parse_indicators(indicator_set& set, std::string_view json_text, const std::string& file) {
    const json_document document = json_document::parse(json_text, file);
    document.expect_format("indicators");
    const json_view root = document.root();
    root.expect_fields({"format"}, {"topic", "title", "filters", "indicators"});
    if (root.has("filters")) {
        for (const json_view& item : root.at("filters").items()) {
            named_filter f = read_filter(item);
            if (const named_filter* other = set.find_filter(f.name)) {
                item.at("name").fail("filter '" + f.name + "' is defined twice", "the other is at " + other->place);
            }
            set.filters.push_back(std::move(f));
        }
    }
    if (root.has("indicators")) {
        for (const json_view& item : root.at("indicators").items()) {
            indicator i = read_indicator(item);
            if (const indicator* other = set.find(i.id)) {
                item.at("id").fail("indicator '" + i.id + "' is defined twice", "the other is at " + other->place);
            }
            set.indicators.push_back(std::move(i));
        }
    }
}

const indicator_set& shipped_indicators() {
    static const indicator_set shipped = [] {
        indicator_set set;
        for (const detail::embedded_file& file : detail::embedded_indicators()) {
            parse_indicators(set, file.text, std::string(file.name));
        }
        return set;
    }();
    return shipped;
}

}  // namespace goldenthread
