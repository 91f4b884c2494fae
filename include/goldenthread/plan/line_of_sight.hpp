// goldenthread: following a thread through a plan, upwards from what is measured and downwards from what is wanted.
#pragma once

#include <goldenthread/plan/find_element.hpp>
#include <goldenthread/plan/plan.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// One way from an element to another: directly, or through a third.
struct sight_step {
    std::string element;                    ///< id of the element at the other end
    std::string kind;                       ///< "evidence_line", …, "supporting_indicator"; empty = not in the plan
    std::string via;                        ///< id of the element between; empty = linked directly
    provenance how = provenance::inferred;  ///< of the weakest step
    std::string reason;
    bool weak = false;

    friend bool operator==(const sight_step&, const sight_step&) = default;
};

/// What shows an element, each in the plan's order and once.
struct followed_thread {
    std::string element;  ///< id
    std::vector<sight_step> statements;
    std::vector<sight_step> activities;
    std::vector<sight_step> evidence;
    std::vector<sight_step> others;      ///< objectives, themes, priorities, governance items
    std::vector<sight_step> supporting;  ///< indicators that are not the plan's
    std::vector<std::string> measures;   ///< ids of the indicators of `evidence`
};

/// What leads up from an element, and what it leads to: its links in both directions.
struct surroundings {
    std::string element;
    std::vector<sight_step> above;  ///< its line of sight
    followed_thread below;          ///< what shows it
};

/// Walks the links of a plan. Points into it: the plan must outlive the walker unchanged.
class plan_walker {
public:
    explicit plan_walker(const plan& p) : plan_(&p) {
        for_each_element(p, [this](const element_view& view) {
            std::string kind = to_text(view.kind);
            std::replace(kind.begin(), kind.end(), ' ', '_');
            kinds_[view.element->id] = std::move(kind);
            ids_.push_back(view.element->id);
            if (view.parent != nullptr) parents_[view.element->id] = view.parent->id;
        });
        for (const supporting_indicator& each : p.supporting_indicators) {
            kinds_[each.id] = "supporting_indicator";
            ids_.push_back(each.id);
        }
        for (const plan_link& each : p.links) {
            const bool written_upwards = height(each.from) <= height(each.to);
            const std::string& lower = written_upwards ? each.from : each.to;
            const std::string& upper = written_upwards ? each.to : each.from;
            up_[lower].push_back({upper, kind_of(upper), "", each.how, each.reason, each.weak});
            down_[upper].push_back({lower, kind_of(lower), "", each.how, each.reason, each.weak});
        }
    }
    explicit plan_walker(const plan&&) = delete;

    /// "evidence_line"; empty for an id that is not in the plan.
    [[nodiscard]] std::string kind_of(const std::string& id) const {
        const auto found = kinds_.find(id);
        return found == kinds_.end() ? std::string() : found->second;
    }

    /// Direct links that lead up from an element, whichever end of them the plan file names first.
    [[nodiscard]] std::vector<sight_step> steps_up(const std::string& id) const { return steps(up_, id); }
    /// Direct links that end at an element, seen from above.
    [[nodiscard]] std::vector<sight_step> steps_down(const std::string& id) const { return steps(down_, id); }

    /// Every way up from an element: its priority, its own links, and what those are linked to.
    [[nodiscard]] std::vector<sight_step> line_of_sight(const std::string& id) const {
        std::vector<sight_step> result;
        const auto add = [&](sight_step step) {
            const bool known = step.element == id || std::any_of(result.begin(), result.end(), [&](const auto& each) {
                                   return each.element == step.element;
                               });
            if (!known) result.push_back(std::move(step));
        };
        const auto parent = parents_.find(id);
        if (parent != parents_.end())
            add({parent->second, "priority", "", provenance::stated, stated_by_layout, false});
        for (sight_step& each : steps_up(id)) add(std::move(each));
        const std::size_t direct = result.size();
        for (std::size_t i = 0; i < direct; ++i) {
            const sight_step first = result[i];
            const auto above = parents_.find(first.element);
            if (above != parents_.end()) {
                add({above->second, "priority", first.element, first.how, first.reason, first.weak});
            }
            for (sight_step& second : steps_up(first.element)) {
                if (second.kind == "body") continue;  // who is named by an objective says nothing about its evidence
                second.via = first.element;
                second.weak = second.weak || first.weak;
                // A chain is as good as its weakest step.
                if (first.how != provenance::stated) second.how = first.how;
                add(std::move(second));
            }
        }
        return result;
    }

    /// Everything whose line of sight reaches an element.
    /// \throws definition_error with the nearest known name
    [[nodiscard]] followed_thread follow(std::string_view name, bool stated_only = false) const {
        followed_thread result;
        result.element = element_at(*plan_, name).element->id;
        for (const std::string& id : ids_) {
            for (sight_step step : line_of_sight(id)) {
                if (step.element != result.element || (stated_only && step.how != provenance::stated)) continue;
                step.element = id;
                step.kind = kind_of(id);
                place(result, std::move(step));
            }
        }
        return result;
    }

    /// \throws definition_error with the nearest known name
    [[nodiscard]] surroundings around(std::string_view name, bool stated_only = false) const {
        surroundings result;
        result.below = follow(name, stated_only);
        result.element = result.below.element;
        result.above = line_of_sight(result.element);
        if (stated_only) {
            std::erase_if(result.above, [](const sight_step& each) { return each.how != provenance::stated; });
        }
        return result;
    }

private:
    static constexpr const char* stated_by_layout = "it stands under this heading of the plan";

    /// How far from the data a kind stands. A plan file may write a link from either end ("this statement is shown by
    /// that line"); a line of sight always runs upwards.
    [[nodiscard]] int height(const std::string& id) const {
        const std::string kind = kind_of(id);
        if (kind == "supporting_indicator") return 0;
        if (kind == "evidence_line" || kind == "assurance_activity") return 1;
        if (kind == "outcome_statement") return 2;
        if (kind == "governance_item") return 3;
        if (kind == "priority") return 4;
        return kind == "body" ? 6 : 5;
    }

    static std::vector<sight_step> steps(const std::map<std::string, std::vector<sight_step>>& known,
                                         const std::string& id) {
        const auto found = known.find(id);
        return found == known.end() ? std::vector<sight_step>() : found->second;
    }

    void place(followed_thread& thread, sight_step step) const {
        if (step.kind == "evidence_line") {
            for (const std::string& indicator : find_evidence_line(*plan_, step.element)->indicators) {
                const auto known = std::find(thread.measures.begin(), thread.measures.end(), indicator);
                if (known == thread.measures.end()) thread.measures.push_back(indicator);
            }
            thread.evidence.push_back(std::move(step));
        } else if (step.kind == "assurance_activity") {
            thread.activities.push_back(std::move(step));
        } else if (step.kind == "outcome_statement") {
            thread.statements.push_back(std::move(step));
        } else if (step.kind == "supporting_indicator") {
            thread.supporting.push_back(std::move(step));
        } else {
            thread.others.push_back(std::move(step));
        }
    }

    const plan* plan_;
    std::vector<std::string> ids_;  ///< in document order, then those of supporting indicators
    std::map<std::string, std::string> kinds_;
    std::map<std::string, std::string> parents_;           ///< what is nested → its priority
    std::map<std::string, std::vector<sight_step>> up_;    ///< direct links by their lower end, in the plan's order
    std::map<std::string, std::vector<sight_step>> down_;  ///< the same by their upper end
};

/// The plan without one inferred link: the board disagrees with it.
/// \throws definition_error for a link that is not there, or that the plan itself states
[[nodiscard]] inline plan without_link(plan p, const std::string& from, const std::string& to) {
    const auto found = std::find_if(p.links.begin(), p.links.end(),
                                    [&](const plan_link& each) { return each.from == from && each.to == to; });
    error_context context;
    context.indicator = p.id;
    if (found == p.links.end()) {
        std::vector<std::string> ends;
        for (const plan_link& each : p.links) {
            if (each.from == from) ends.push_back(each.to);
        }
        context.remedy = ends.empty() ? "it has no links at all" : name_remedy(to, ends);
        throw definition_error("there is no link from '" + from + "' to '" + to + "'", std::move(context));
    }
    if (found->how == provenance::stated) {
        context.remedy = "only what was inferred may be removed";
        throw definition_error("the link from '" + from + "' to '" + to + "' is the plan's own", std::move(context));
    }
    p.links.erase(found);
    return p;
}

/// The plan as its document states it: without any inferred link.
[[nodiscard]] inline plan without_inferred_links(plan p) {
    std::erase_if(p.links, [](const plan_link& each) { return each.how == provenance::inferred; });
    return p;
}

}  // namespace goldenthread
