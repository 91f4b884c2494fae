// The JSON Schema of plan files against the reader: same fields, same required fields.
#include <goldenthread/plan/read_plan.hpp>

#include "catch.hpp"
#include "core/json_document.hpp"
#include "small_plan.hpp"

#include <string>

namespace gt = goldenthread;
using json = gt::detail::json;

namespace {

json schema() { return json::parse(gt::detail::read_text_file(GOLDENTHREAD_SOURCE_DIR "/schemas/plan.schema.json")); }

const json& resolved(const json& whole, const json& part) {
    if (!part.contains("$ref")) return part;
    return whole.at(json::json_pointer(part.at("$ref").get<std::string>().substr(1)));
}

/// What a value has that its schema does not know, or lacks that it requires; "" if nothing.
std::string misfit(const json& whole, const json& rule, const json& value, const std::string& place) {
    if (rule.is_boolean() || rule.contains("oneOf")) return {};
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string found =
                misfit(whole, resolved(whole, rule.at("items")), value[i], place + "/" + std::to_string(i));
            if (!found.empty()) return found;
        }
    }
    if (!value.is_object()) return {};
    for (const auto& name : rule.at("required")) {
        if (!value.contains(name.get<std::string>())) return place + ": no " + name.get<std::string>();
    }
    for (const auto& item : value.items()) {
        if (item.key().rfind("x-", 0) == 0) continue;
        if (!rule.at("properties").contains(item.key())) return place + ": unknown " + item.key();
        const json& inner = resolved(whole, rule.at("properties").at(item.key()));
        const std::string found = misfit(whole, inner, item.value(), place + "/" + item.key());
        if (!found.empty()) return found;
    }
    return {};
}

/// Calls `visit(pointer, rule)` for every object of a plan with the schema it has to follow.
template <class Visit>
void for_each_object(const json& whole, const json& rule, const json& value, const std::string& place, Visit& visit) {
    if (rule.is_boolean() || rule.contains("oneOf")) return;
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            for_each_object(whole, resolved(whole, rule.at("items")), value[i], place + "/" + std::to_string(i), visit);
        }
    }
    if (!value.is_object()) return;
    visit(place, rule);
    for (const auto& item : value.items()) {
        if (!rule.at("properties").contains(item.key())) continue;
        for_each_object(whole, resolved(whole, rule.at("properties").at(item.key())), item.value(),
                        place + "/" + item.key(), visit);
    }
}

std::string message_of(const json& value) {
    try {
        static_cast<void>(gt::parse_plan(value.dump()));
    } catch (const gt::definition_error& problem) {
        return problem.message();
    }
    return {};
}

}  // namespace

TEST_CASE("the schema knows every field of a saved plan") {
    const json whole = schema();
    CHECK(misfit(whole, whole, json::parse(gt::shipped_plan_text("leicester_2018_2020")), "").empty());
    CHECK(misfit(whole, whole, json::parse(small_plan()), "").empty());
    CHECK(misfit(whole, whole, json::parse(gt::to_json(gt::parse_plan(small_plan()))), "").empty());
}

TEST_CASE("the reader knows every field of the schema, and requires the same") {
    const json whole = schema();
    const json good = json::parse(small_plan());
    auto visit = [&good](const std::string& place, const json& rule) {
        for (const auto& item : rule.at("properties").items()) {
            json changed = good;
            json& object = changed[json::json_pointer(place)];
            INFO(place << " " << item.key());
            object[item.key()] = nullptr;  // of the wrong type everywhere, but never unknown
            CHECK(message_of(changed).find("unknown field") == std::string::npos);
            CHECK_FALSE(message_of(changed).empty());

            const bool required = rule.at("required").dump().find("\"" + item.key() + "\"") != std::string::npos;
            object.erase(item.key());
            CHECK((message_of(changed) == "field '" + item.key() + "' is missing") == required);
        }
    };
    for_each_object(whole, whole, good, "", visit);
}
