#include "scorecard/plan_outline.hpp"

#include <goldenthread/core/text.hpp>
#include <goldenthread/plan/line_of_sight.hpp>

#include <algorithm>
#include <utility>

namespace goldenthread::detail {

namespace {

std::vector<outline_link> shown(const std::vector<sight_step>& steps) {
    std::vector<outline_link> result;
    for (const sight_step& each : steps) {
        result.push_back({each.element, each.kind, each.via, to_text(each.how), each.reason, each.weak});
    }
    return result;
}

outline_particular particular(std::string name, const stated_value& value) {
    return {std::move(name), value.shown(), to_text(value.from()), value.reason()};
}

std::string spelled(const std::vector<std::string>& words) { return joined(words, ", "); }

/// Builds the outline.
class outline_builder {
public:
    explicit outline_builder(const scorecard& card)
        : card_(card), plan_(card.package.plan), walker_(card.package.plan) {}

    [[nodiscard]] plan_outline build() const {
        plan_outline result;
        for (const objective& each : plan_.objectives) result.objectives.push_back(led(each, each.lead));
        for (const theme& each : plan_.themes) result.themes.push_back(led(each, each.lead));
        for (const priority& each : plan_.priorities) result.priorities.push_back(of_priority(each));
        for (const golden_thread& each : plan_.golden_threads) result.golden_threads.push_back(led(each, each.lead));
        for (const governance_item& each : plan_.governance) result.governance.push_back(of_governance(each));
        for (const plan_body& each : plan_.bodies) result.bodies.push_back(common(each));
        for (const supporting_indicator& each : plan_.supporting_indicators) {
            result.supporting_indicators.push_back({each.id, each.note, shown(walker_.line_of_sight(each.id))});
        }
        for (const evidence_gap& each : plan_.gaps) {
            result.gaps.push_back({each.element, each.words, each.supporting_indicators, each.note});
        }
        for (const acronym& each : plan_.acronyms) {
            result.acronyms.push_back({each.term, each.meaning.shown(), to_text(each.meaning.from())});
        }
        return result;
    }

private:
    [[nodiscard]] outline_element common(const plan_element& from) const {
        outline_element result;
        result.kind = walker_.kind_of(from.id);
        result.id = from.id;
        result.slug = from.slug;
        result.text = from.text;
        result.as_printed = from.as_printed;
        result.reads = from.reads;
        result.repair_note = from.repair_note;
        result.note = from.note;
        result.lines = {from.source_lines.first, from.source_lines.last};
        result.links = shown(walker_.line_of_sight(from.id));
        result.linked_from = shown(walker_.steps_down(from.id));
        return result;
    }

    [[nodiscard]] outline_element led(const plan_element& from, const stated_value& lead) const {
        outline_element result = common(from);
        result.particulars.push_back(particular("lead", lead));
        return result;
    }

    [[nodiscard]] outline_element of_priority(const priority& from) const {
        outline_element result = led(from, from.lead);
        for (const outcome_statement& each : from.outcome_statements) result.parts.push_back(common(each));
        for (const assurance_activity& each : from.assurance_activities) result.parts.push_back(of_activity(each));
        for (const evidence_line& each : from.evidence_lines) result.parts.push_back(of_evidence(each));
        return result;
    }

    [[nodiscard]] outline_element of_governance(const governance_item& from) const {
        outline_element result = common(from);
        result.nature = to_text(from.kind);
        result.particulars = {particular("owner", from.owner), particular("version", from.version),
                              particular("review_date", from.review_date), particular("contents", from.contents)};
        return result;
    }

    /// The plan dates nothing: without a date the board gave, an activity is undated, never overdue.
    [[nodiscard]] outline_element of_activity(const assurance_activity& from) const {
        outline_element result = common(from);
        result.particulars = {particular("owner", from.owner), particular("due_date", from.due_date),
                              particular("milestones", from.milestones), particular("done_when", from.done_when)};
        add_record_state(result, from.record_kinds);
        std::string due = from.due_date.text();
        if (due.empty() && result.assurance) due = result.assurance->due;  // a work plan's
        result.state = due.empty() ? "undated" : "dated";
        result.state_reason = (due.empty() ? "the plan gives no date" : "due " + due) + "; " + record_words(result);
        return result;
    }

    [[nodiscard]] outline_element of_evidence(const evidence_line& from) const {
        outline_element result = common(from);
        result.nature = to_text(from.kind);
        result.indicators = from.indicators;
        result.undefined_terms = from.undefined_terms;
        result.particulars = {
            particular("owner", from.owner),           particular("target", from.target),
            particular("baseline", from.baseline),     particular("tolerance", from.tolerance),
            particular("polarity", from.polarity),     particular("reporting_period", from.reporting_period),
            particular("breakdowns", from.breakdowns), particular("geography", from.geography)};
        if (from.kind != evidence_kind::quantitative) add_record_state(result, from.record_kinds);
        if (from.is_quantitative()) {
            add_figure_state(result);
        } else {
            result.state = result.record_state;
            result.state_reason = record_words(result);
        }
        return result;
    }

    void add_record_state(outline_element& element, const std::vector<std::string>& kinds) const {
        element.record_kinds = kinds;
        const outline_assurance* shown = card_.assurance.find(element.id);
        if (shown != nullptr) element.assurance = *shown;
        std::vector<std::string> lacking;
        for (const std::string& kind : kinds) {
            const bool there =
                shown != nullptr && std::find(shown->kinds.begin(), shown->kinds.end(), kind) != shown->kinds.end();
            if (!there) lacking.push_back(kind);
        }
        const bool any = shown != nullptr && shown->records > 0;
        element.record_state = any && lacking.empty()                 ? "recorded"
                               : any && lacking.size() < kinds.size() ? "partial"
                                                                      : "missing";
        if (element.record_state == "recorded") return;
        element.needs.push_back("rows of table assurance_record with plan_item " + element.id +
                                (lacking.empty() ? "" : " and kind " + spelled(lacking)));
    }

    [[nodiscard]] std::string record_words(const outline_element& element) const {
        if (element.record_state == "recorded") return "recorded";
        if (element.record_state == "partial") return "recorded in part";
        return card_.assurance.was_supplied ? "no assurance record yet"
                                            : "no assurance record yet: table assurance_record was not supplied";
    }

    void add_figure_state(outline_element& element) const {
        std::vector<std::string> reasons;
        std::size_t computed = 0;
        for (const std::string& indicator : element.indicators) {
            if (has_value(card_, indicator)) ++computed;
            for (std::string& need : needs_of_figure(card_, indicator)) {
                if (std::find(reasons.begin(), reasons.end(), need) == reasons.end())
                    reasons.push_back(std::move(need));
            }
        }
        const bool all = computed == element.indicators.size() && computed > 0;
        element.state = all ? "value" : computed > 0 ? "partial" : "missing";
        if (!all && reasons.empty()) reasons.push_back("no period of this run has a value");
        if (!all) element.state_reason = joined(reasons, "; ");
        element.needs.insert(element.needs.begin(), reasons.begin(), reasons.end());
    }

    const scorecard& card_;
    const plan& plan_;
    plan_walker walker_;
};

}  // namespace

bool has_value(const scorecard& card, const std::string& indicator) {
    const indicator_result* figure = card.figures.find(indicator);
    return figure != nullptr &&
           std::any_of(figure->cells.begin(), figure->cells.end(), [](const cell& c) { return c.value.has_value(); });
}

std::vector<std::string> needs_of_figure(const scorecard& card, const std::string& indicator) {
    if (has_value(card, indicator)) return {};
    const indicator_result* figure = card.figures.find(indicator);
    if (figure == nullptr) {
        return {card.package.indicators.find(indicator) == nullptr ? "no definition yet" : "not computed in this run"};
    }
    std::vector<std::string> needs;
    for (const std::string& table : figure->tables_missing) needs.push_back("table " + table + " was not supplied");
    for (const cell& c : figure->cells) {
        if (!needs.empty()) break;
        if (!c.value && !c.reason.empty()) needs.push_back(c.reason);
    }
    return needs;
}

plan_outline outline_of(const scorecard& card) { return outline_builder(card).build(); }

}  // namespace goldenthread::detail
