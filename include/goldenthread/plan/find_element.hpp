// goldenthread: walking a plan and finding its parts by id or by slug path.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/plan/plan.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

enum class element_kind {
    objective,
    theme,
    priority,
    outcome_statement,
    assurance_activity,
    evidence_line,
    golden_thread,
    governance_item,
    body,
};

[[nodiscard]] constexpr const char* to_text(element_kind kind) noexcept {
    switch (kind) {
        case element_kind::objective:
            return "objective";
        case element_kind::theme:
            return "theme";
        case element_kind::priority:
            return "priority";
        case element_kind::outcome_statement:
            return "outcome statement";
        case element_kind::assurance_activity:
            return "assurance activity";
        case element_kind::evidence_line:
            return "evidence line";
        case element_kind::golden_thread:
            return "golden thread";
        case element_kind::governance_item:
            return "governance item";
        default:
            return "body";
    }
}

/// An element where it stands. Points into the plan, which must outlive it unchanged.
struct element_view {
    element_kind kind = element_kind::objective;
    const plan_element* element = nullptr;  ///< the derived type is told by `kind`
    const priority* parent = nullptr;       ///< the priority it is nested in, or null
};

namespace detail {

template <class Elements, class Visit>
void visit_each(element_kind kind, const Elements& elements, const priority* parent, Visit& visit) {
    for (const auto& element : elements) visit(element_view{kind, &element, parent});
}

}  // namespace detail

/// Calls `visit(element_view)` for every element in document order.
template <class Visit>
void for_each_element(const plan& p, Visit visit) {
    detail::visit_each(element_kind::objective, p.objectives, nullptr, visit);
    detail::visit_each(element_kind::theme, p.themes, nullptr, visit);
    for (const priority& each : p.priorities) {
        visit(element_view{element_kind::priority, &each, nullptr});
        detail::visit_each(element_kind::outcome_statement, each.outcome_statements, &each, visit);
        detail::visit_each(element_kind::assurance_activity, each.assurance_activities, &each, visit);
        detail::visit_each(element_kind::evidence_line, each.evidence_lines, &each, visit);
    }
    detail::visit_each(element_kind::golden_thread, p.golden_threads, nullptr, visit);
    detail::visit_each(element_kind::governance_item, p.governance, nullptr, visit);
    detail::visit_each(element_kind::body, p.bodies, nullptr, visit);
}

/// The name of an element that people can read: "neglect" for a priority, "neglect.cp_12_months" for what is
/// nested in it, "objective.lived_experience", "theme.…", "golden_thread.…", "governance.…", "body.…" for the rest.
[[nodiscard]] inline std::string slug_path(const element_view& view) {
    if (view.parent != nullptr) return view.parent->slug + "." + view.element->slug;
    switch (view.kind) {
        case element_kind::objective:
            return "objective." + view.element->slug;
        case element_kind::theme:
            return "theme." + view.element->slug;
        case element_kind::golden_thread:
            return "golden_thread." + view.element->slug;
        case element_kind::governance_item:
            return "governance." + view.element->slug;
        case element_kind::body:
            return "body." + view.element->slug;
        default:
            return view.element->slug;
    }
}

/// Ids of all elements in document order.
[[nodiscard]] inline std::vector<std::string> all_element_ids(const plan& p) {
    std::vector<std::string> ids;
    for_each_element(p, [&ids](const element_view& view) { ids.push_back(view.element->id); });
    return ids;
}

/// The element with this id ("P6.E2") or slug path ("neglect.cp_12_months"), if there is one.
[[nodiscard]] inline std::optional<element_view> find_element(const plan& p, std::string_view name) {
    std::optional<element_view> found;
    for_each_element(p, [&](const element_view& view) {
        if (!found && (view.element->id == name || slug_path(view) == name)) found = view;
    });
    return found;
}
std::optional<element_view> find_element(const plan&&, std::string_view) = delete;

/// As find_element(), but an unknown name is a definition_error that suggests the nearest.
[[nodiscard]] inline element_view element_at(const plan& p, std::string_view name) {
    if (const std::optional<element_view> found = find_element(p, name)) return *found;
    std::vector<std::string> known = all_element_ids(p);
    for_each_element(p, [&known](const element_view& view) { known.push_back(slug_path(view)); });
    error_context context;
    context.indicator = p.id;
    context.remedy = name_remedy(name, known);
    throw definition_error("the plan has no element '" + std::string(name) + "'", std::move(context));
}
element_view element_at(const plan&&, std::string_view) = delete;

namespace detail {

template <class Element>
const Element* find_as(const plan& p, std::string_view name, element_kind kind) {
    const std::optional<element_view> found = find_element(p, name);
    return found && found->kind == kind ? static_cast<const Element*>(found->element) : nullptr;
}

}  // namespace detail

/// By id or slug path; null when there is none of this kind.
[[nodiscard]] inline const priority* find_priority(const plan& p, std::string_view name) {
    return detail::find_as<priority>(p, name, element_kind::priority);
}
[[nodiscard]] inline const assurance_activity* find_activity(const plan& p, std::string_view name) {
    return detail::find_as<assurance_activity>(p, name, element_kind::assurance_activity);
}
[[nodiscard]] inline const evidence_line* find_evidence_line(const plan& p, std::string_view name) {
    return detail::find_as<evidence_line>(p, name, element_kind::evidence_line);
}
const priority* find_priority(const plan&&, std::string_view) = delete;
const assurance_activity* find_activity(const plan&&, std::string_view) = delete;
const evidence_line* find_evidence_line(const plan&&, std::string_view) = delete;

}  // namespace goldenthread
