// Indicator files: goldenthread/indicators@1.
#include <goldenthread/definitions/indicator.hpp>

#include "core/embedded_file.hpp"
#include "core/json_document.hpp"
#include "core/parse_conventions.hpp"
#include "definitions/parse_case.hpp"

#include <algorithm>

namespace goldenthread {

namespace {

using detail::json_document;
using detail::json_view;

/// Runs a parser of text and adds file and JSON pointer to what it throws.
template <class Parser>
auto located(const json_view& view, Parser&& parse) {
    try {
        return parse(view.text());
    } catch (const definition_error& problem) {
        error_context context = problem.context();
        context.file = view.file();
        context.place = view.pointer();
        throw definition_error(problem.message(), std::move(context));
    }
}

expression read_expression(const json_view& view) {
    return located(view, [](const std::string& text) { return parse_expression(text); });
}

row_query read_source(const json_view& view) {
    return located(view, [](const std::string& text) { return parse_row_query(text); });
}

expression literal(const json_view& view) {
    expression_node node;
    if (view.raw().is_boolean()) {
        node.kind = expression_kind::truth_literal;
        node.flag = view.boolean();
    } else if (view.raw().is_number_integer()) {
        node.kind = expression_kind::integer_literal;
        node.number = view.integer();
    } else if (view.is_string()) {
        node.kind = expression_kind::text_literal;
        node.text = view.text();
    } else if (view.is_array()) {
        node.kind = expression_kind::list;
        for (const json_view& item : view.items()) node.children.push_back(literal(item));
        if (node.children.empty()) view.fail("a list needs at least one item");
    } else {
        view.fail("a parameter's value is a text, a whole number, true or false, or a list of these");
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

template <class Enum>
Enum read_name_of(const json_view& view, std::initializer_list<Enum> values) {
    const std::string text = view.text();
    std::vector<std::string> names;
    for (const Enum value : values) {
        if (to_text(value) == text) return value;
        names.emplace_back(to_text(value));
    }
    view.fail("unknown value '" + text + "'", name_remedy(text, names));
}

std::vector<table_window> read_windows(const json_view& measure_view, const char* field) {
    std::vector<table_window> result;
    if (!measure_view.has(field)) return result;
    for (const auto& [table, view] : measure_view.at(field).members()) result.push_back({table, read_expression(view)});
    return result;
}

void read_population(const json_view& view, measure& m) {
    view.expect_fields({"ages"});
    const std::vector<json_view> ages = view.at("ages").items();
    if (ages.size() != 2) view.at("ages").fail("the youngest and the oldest age are expected");
    m.youngest = static_cast<int>(std::clamp<std::int64_t>(ages[0].integer(), 0, 200));
    m.oldest = static_cast<int>(std::clamp<std::int64_t>(ages[1].integer(), 0, 200));
    if (m.youngest > m.oldest) view.at("ages").fail("the youngest age is above the oldest");
}

/// A kind by name, or ":parameter" for a choice between a mean and a median.
void read_kind(const json_view& view, measure& m) {
    const std::string text = view.text();
    if (!text.empty() && text[0] == ':') {
        m.kind_parameter = text.substr(1);
        m.kind = measure_kind::mean;
        return;
    }
    m.kind = read_name_of(view, {measure_kind::count, measure_kind::distinct, measure_kind::share, measure_kind::rate,
                                 measure_kind::profile, measure_kind::sum, measure_kind::mean, measure_kind::median});
}

measure read_measure(const json_view& view) {
    view.expect_fields({"kind", "of", "timing", "where"},
                       {"distinct", "exclude", "immature", "numerator", "value", "censored", "profile", "per", "population",
                        "annualise", "event_day", "look_back", "follow_up"});
    measure m;
    read_kind(view.at("kind"), m);
    m.timing = read_name_of(view.at("timing"), {measure_timing::at, measure_timing::in, measure_timing::exposed});
    m.of = read_source(view.at("of"));
    m.where = read_expression(view.at("where"));
    const auto optional_expression = [&](const char* field, expression& target) {
        if (view.has(field)) target = read_expression(view.at(field));
    };
    optional_expression("exclude", m.exclude);
    optional_expression("immature", m.immature);
    optional_expression("numerator", m.numerator);
    optional_expression("value", m.value);
    optional_expression("censored", m.censored);
    optional_expression("annualise", m.annualise);
    optional_expression("event_day", m.event_day);
    if (view.has("distinct")) {
        m.distinct = view.at("distinct").is_string() ? std::vector<std::string>{view.at("distinct").text()}
                                                     : view.at("distinct").texts();
    }
    if (view.has("profile")) m.profile = view.at("profile").texts();
    if (view.has("per")) m.per = view.at("per").integer();
    if (m.per <= 0) view.at("per").fail("a rate is per a number above zero");
    if (view.has("population")) read_population(view.at("population"), m);
    m.look_back = read_windows(view, "look_back");
    m.follow_up = read_windows(view, "follow_up");
    if ((m.kind == measure_kind::share) != !m.numerator.empty()) {
        view.fail(m.kind == measure_kind::share ? "a share needs a 'numerator'" : "only a share has a 'numerator'");
    }
    if (is_of_values(m.kind) != !m.value.empty()) {
        view.fail(is_of_values(m.kind) ? "a sum, a mean or a median needs a 'value'" : "only a sum, a mean or a median has a 'value'");
    }
    if (is_of_values(m.kind) && !m.distinct.empty()) view.at("distinct").fail("values are summed or averaged over rows, not over different keys");
    if (m.kind == measure_kind::distinct && m.distinct.empty()) view.fail("distinct needs the columns it counts: 'distinct'");
    return m;
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
                        "breakdowns", "pitfalls", "cases"});
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
    i.measure = read_measure(view.at("measure"));
    i.conventions = detail::read_conventions(view);
    if (view.has("breakdowns")) {
        for (const json_view& item : view.at("breakdowns").items()) i.breakdowns.push_back(read_dimension(item));
    }
    if (view.has("pitfalls")) i.pitfalls = view.at("pitfalls").texts();
    if (view.has("cases")) {
        for (const json_view& item : view.at("cases").items()) i.cases.push_back(detail::read_case(item, i.id));
    }
    i.place = view.file() + view.pointer();
    return i;
}

named_filter read_filter(const json_view& view) {
    view.expect_fields({"name", "on", "is"}, {"arguments", "parameters", "title"});
    named_filter f;
    f.name = view.at("name").text();
    f.on = view.at("on").text();
    if (view.has("arguments")) f.arguments = view.at("arguments").texts();
    f.parameters = read_parameters(view);
    f.body = read_expression(view.at("is"));
    f.title = view.text_or("title");
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
