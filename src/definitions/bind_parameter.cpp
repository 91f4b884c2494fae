#include <goldenthread/definitions/build.hpp>
#include <goldenthread/definitions/indicator.hpp>

#include <charconv>

namespace goldenthread {

namespace {

[[noreturn]] void wrong_type(const parameter& p, const std::string& text, const char* wanted) {
    throw definition_error("parameter '" + p.name + "' needs " + wanted + ", not '" + text + "'");
}

/// A literal of the same type as `model`, read from `text`.
expression literal_like(const parameter& p, const expression_node& model, const std::string& text) {
    expression_node node;
    node.kind = model.kind;
    switch (model.kind) {
        case expression_kind::integer_literal: {
            const char* end = text.data() + text.size();
            const auto [at, problem] = std::from_chars(text.data(), end, node.number);
            if (problem != std::errc() || at != end) wrong_type(p, text, "a whole number");
            break;
        }
        case expression_kind::decimal_literal:
            try {
                return decimal(text.find('.') == std::string::npos ? text + ".0" : text);
            } catch (const definition_error&) {
                wrong_type(p, text, "a number such as 2.5");
            }
        case expression_kind::truth_literal:
            if (text != "true" && text != "false") wrong_type(p, text, "true or false");
            node.flag = text == "true";
            break;
        case expression_kind::date_literal: {
            const auto parsed = parse_iso_day(text);
            if (!parsed) wrong_type(p, text, "a date such as 2019-03-31");
            node.number = *parsed;
            break;
        }
        default:
            node.kind = expression_kind::text_literal;
            node.text = text;
    }
    return detail::make_expression(std::move(node));
}

}  // namespace

parameter_binding bind_parameter(const parameter& p, const std::string& text) {
    if (!p.choices.empty()) {
        std::vector<std::string> names;
        for (const auto& [name, binding] : p.choices) {
            if (name == text) return binding;
            names.push_back(name);
        }
        error_context context;
        context.remedy = "choose one of: " + joined(names, ", ");
        throw definition_error("parameter '" + p.name + "' has no choice '" + text + "'", std::move(context));
    }
    parameter_binding binding;
    const expression_node& model = *p.standard_binding.value;
    if (model.kind != expression_kind::list) {
        binding.value = literal_like(p, model, text);
        return binding;
    }
    expression_node list;
    list.kind = expression_kind::list;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t comma = std::min(text.find(',', from), text.size());
        const std::string item(trimmed(std::string_view(text).substr(from, comma - from)));
        if (item.empty()) wrong_type(p, text, "a list joined by commas, without empty items");
        list.children.push_back(literal_like(p, *model.children.front(), item));
        from = comma + 1;
    }
    binding.value = detail::make_expression(std::move(list));
    return binding;
}

}  // namespace goldenthread
