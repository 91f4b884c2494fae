// Cases as the files write them, ready to be pasted.
#include <goldenthread/definitions/case.hpp>

#include "core/json_document.hpp"

#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <cmath>

namespace goldenthread {

namespace {

using detail::json;

std::string text_of(const std::string& text) { return json(text).dump(); }

std::string number_text(double number) {
    if (std::abs(number) < 1e15 && number == std::floor(number))
        return std::to_string(static_cast<std::int64_t>(number));
    return json(number).dump();
}

std::string value_text(const case_value& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return text_of(*text);
    return "null";
}

/// A parameter is held as text; whole numbers and truth values are written as what they are.
std::string parameter_text(const std::string& text) {
    const std::size_t sign = !text.empty() && text[0] == '-' ? 1 : 0;
    const bool is_number = text.size() > sign && text.size() < 18 &&
                           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(sign), text.end(), is_ascii_digit);
    return is_number || text == "true" || text == "false" ? text : text_of(text);
}

std::string table_text(const case_table& t, const std::string& indent) {
    std::string text = text_of(t.name) + ": {\"columns\": [";
    for (std::size_t i = 0; i < t.columns.size(); ++i) text += (i == 0 ? "" : ", ") + text_of(t.columns[i]);
    text += "], \"rows\": [";
    for (std::size_t r = 0; r < t.rows.size(); ++r) {
        text += (r == 0 ? "\n" : ",\n") + indent + "  [";
        for (std::size_t i = 0; i < t.rows[r].size(); ++i) text += (i == 0 ? "" : ", ") + value_text(t.rows[r][i]);
        text += "]";
    }
    return text + "]}";
}

std::string period_text(const period& p) {
    try {
        if (parse_period(p.label) == p) return text_of(p.label);
    } catch (const definition_error&) {
        // a label that is no period's name: written out
    }
    return "{\"kind\": " + text_of(std::string(to_text(p.kind))) + ", \"label\": " + text_of(p.label) +
           ", \"first\": " + text_of(to_iso(p.first)) + ", \"last\": " + text_of(to_iso(p.last)) + "}";
}

std::string cell_text(const expected_cell& c) {
    std::string key;
    for (const auto& [dimension, category] : c.key) {
        key += (key.empty() ? "" : ", ") + text_of(dimension) + ": " +
               (category ? text_of(*category) : std::string("null"));
    }
    return "{\"key\": {" + key + "}, \"value\": " + (c.value ? number_text(*c.value) : std::string("null")) +
           ", \"state\": " + text_of(c.state) + "}";
}

std::string expected_text(const expected_result& e) {
    std::string text = "{\"value\": " + (e.value ? number_text(*e.value) : std::string("null"));
    const std::pair<const char*, const expected_count*> counts[] = {{"numerator", &e.numerator},
                                                                    {"denominator", &e.denominator},
                                                                    {"unknown", &e.unknown},
                                                                    {"excluded", &e.excluded},
                                                                    {"immature", &e.immature},
                                                                    {"censored", &e.censored},
                                                                    {"denominator_unknown", &e.denominator_unknown},
                                                                    {"denominator_excluded", &e.denominator_excluded},
                                                                    {"denominator_immature", &e.denominator_immature},
                                                                    {"units", &e.units}};
    for (const auto& [name, count] : counts) {
        if (count->given)
            text += ", \"" + std::string(name) +
                    "\": " + (count->value ? std::to_string(*count->value) : std::string("null"));
    }
    text += ", \"state\": " + text_of(e.state);
    if (e.cells) {
        text += ", \"cells\": [";
        for (std::size_t i = 0; i < e.cells->size(); ++i) text += (i == 0 ? "" : ", ") + cell_text((*e.cells)[i]);
        text += "]";
    }
    return text + "}";
}

}  // namespace

std::string to_json(const definition_case& c, const std::string& indent) {
    std::string text = "{\"title\": " + text_of(c.title) + ",\n";
    if (!c.parameters.empty()) {
        text += indent + " \"parameters\": {";
        for (std::size_t i = 0; i < c.parameters.size(); ++i) {
            text +=
                (i == 0 ? "" : ", ") + text_of(c.parameters[i].first) + ": " + parameter_text(c.parameters[i].second);
        }
        text += "},\n";
    }
    text += indent + " \"tables\": {";
    for (std::size_t i = 0; i < c.tables.size(); ++i) {
        text += (i == 0 ? "\n" : ",\n") + indent + "   " + table_text(c.tables[i], indent + "   ");
    }
    text += "},\n" + indent + " \"period\": " + period_text(c.when);
    if (!c.breakdown.empty()) text += ", \"breakdown\": " + text_of(c.breakdown);
    return text + ", \"expect\": " + expected_text(c.expect) + "}";
}

}  // namespace goldenthread
