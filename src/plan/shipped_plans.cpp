#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include "core/embedded_file.hpp"

namespace goldenthread {

namespace {

/// The plan id in "plans/<id>/plan.json".
std::string id_of(std::string_view name) {
    constexpr std::string_view folder = "plans/";
    name.remove_prefix(folder.size());
    return std::string(name.substr(0, name.find('/')));
}

detail::embedded_file shipped_file(std::string_view id) {
    for (const detail::embedded_file& file : detail::embedded_plans()) {
        if (id_of(file.name) == id) return file;
    }
    const std::vector<std::string> known = shipped_plans();
    error_context context;
    context.remedy = name_remedy(id, known);
    throw definition_error(
        "no plan '" + std::string(id) + "' comes with this library (there are: " + joined(known, ", ") + ")",
        std::move(context));
}

}  // namespace

std::vector<std::string> shipped_plans() {
    std::vector<std::string> ids;
    for (const detail::embedded_file& file : detail::embedded_plans()) ids.push_back(id_of(file.name));
    return ids;
}

plan shipped_plan(std::string_view id) {
    const detail::embedded_file file = shipped_file(id);
    return parse_plan(file.text, std::string(file.name));
}

std::string shipped_plan_text(std::string_view id) { return std::string(shipped_file(id).text); }

}  // namespace goldenthread
