// goldenthread: what a plan wants and nothing shows, what it asks for and nothing defines.
#pragma once

#include <goldenthread/plan/line_of_sight.hpp>
#include <goldenthread/plan/plan.hpp>
#include <goldenthread/plan/plan_counts.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

enum class lint_rule : std::uint8_t {
    without_measurable_evidence,  ///< an objective, theme or outcome statement that no quantitative line shows
    words_without_evidence,       ///< words of one that no line of the plan answers
    measure_without_definition,   ///< a line names an indicator that does not exist
    activity_without_date,
    measure_not_asked_for,  ///< a definition that no line of the plan names
};

[[nodiscard]] constexpr std::string_view to_text(lint_rule rule) noexcept {
    constexpr std::string_view names[] = {"without_measurable_evidence", "words_without_evidence",
                                          "measure_without_definition", "activity_without_date",
                                          "measure_not_asked_for"};
    return names[static_cast<std::size_t>(rule)];
}

struct lint_finding {
    lint_rule rule = lint_rule::without_measurable_evidence;
    std::string element;  ///< id of the element; of a measure, that of its indicator
    line_range lines;     ///< of the plan's document; {0, 0} where the plan does not have it
    std::string message;

    friend bool operator==(const lint_finding&, const lint_finding&) = default;
};

namespace detail {

class plan_linter {
public:
    plan_linter(const plan& p, const std::vector<std::string>& defined) : plan_(p), walker_(p), defined_(defined) {}

    [[nodiscard]] std::vector<lint_finding> findings() {
        for (const objective& each : plan_.objectives) look_for_measures(each);
        for (const theme& each : plan_.themes) look_for_measures(each);
        for (const priority& each : plan_.priorities) {
            for (const outcome_statement& statement : each.outcome_statements) look_for_measures(statement);
        }
        add_gaps();
        add_undefined();
        add_undated();
        add_not_asked_for();
        return std::move(found_);
    }

private:
    void add(lint_rule rule, const plan_element& element, std::string message) {
        found_.push_back({rule, element.id, element.source_lines, std::move(message)});
    }

    void look_for_measures(const plan_element& element) {
        const followed_thread thread = walker_.follow(element.id);
        if (!thread.measures.empty()) return;
        const bool any = !thread.evidence.empty() || !thread.activities.empty();
        std::string message = any ? "no line of evidence with a figure shows it" : "nothing in the plan shows it";
        if (any) {
            message += "; " + std::to_string(thread.evidence.size()) + " lines and " +
                       std::to_string(thread.activities.size()) + " activities are linked to it";
        }
        if (!thread.supporting.empty()) {
            std::vector<std::string> ids;
            for (const sight_step& each : thread.supporting) ids.push_back(each.element);
            message += "; beside the plan: " + joined(ids, ", ");
        }
        add(lint_rule::without_measurable_evidence, element, std::move(message));
    }

    void add_gaps() {
        for (const evidence_gap& gap : plan_.gaps) {
            std::string message = "no evidence for the words \"" + gap.words + "\"";
            if (!gap.supporting_indicators.empty()) {
                message += "; beside the plan: " + joined(gap.supporting_indicators, ", ");
            }
            add(lint_rule::words_without_evidence, *element_at(plan_, gap.element).element, std::move(message));
        }
    }

    void add_undefined() {
        for (const evidence_line& line : all_evidence_lines(plan_)) {
            for (const std::string& id : line.indicators) {
                if (is_defined(id)) continue;
                add(lint_rule::measure_without_definition, line,
                    "there is no indicator '" + id + "'; " + name_remedy(id, defined_));
            }
        }
        for (const supporting_indicator& each : plan_.supporting_indicators) {
            if (is_defined(each.id)) continue;
            found_.push_back({lint_rule::measure_without_definition,
                              each.id,
                              {0, 0},
                              "there is no indicator '" + each.id + "'; " + name_remedy(each.id, defined_)});
        }
    }

    void add_undated() {
        for (const priority& each : plan_.priorities) {
            for (const assurance_activity& activity : each.assurance_activities) {
                if (activity.due_date.is_specified()) continue;
                add(lint_rule::activity_without_date, activity, "no day by which it is to be done");
            }
        }
    }

    void add_not_asked_for() {
        const std::vector<std::string> asked = indicator_ids(plan_);
        for (const std::string& id : defined_) {
            if (std::find(asked.begin(), asked.end(), id) != asked.end()) continue;
            const bool beside = walker_.kind_of(id) == "supporting_indicator";
            found_.push_back({lint_rule::measure_not_asked_for,
                              id,
                              {0, 0},
                              beside ? "no line of the plan asks for it; shown beside the plan"
                                     : "no line of the plan asks for it"});
        }
    }

    [[nodiscard]] bool is_defined(const std::string& id) const {
        return std::find(defined_.begin(), defined_.end(), id) != defined_.end();
    }

    const plan& plan_;
    plan_walker walker_;
    const std::vector<std::string>& defined_;
    std::vector<lint_finding> found_;
};

}  // namespace detail

/// Gaps of a plan, by rule and in its own order. `defined` are the ids of the definitions at hand. A link from the
/// statement to a line, an entry taken out of `gaps`, or a date given by the board makes a finding go away.
[[nodiscard]] inline std::vector<lint_finding> lint_plan(const plan& p, const std::vector<std::string>& defined) {
    return detail::plan_linter(p, defined).findings();
}

}  // namespace goldenthread
