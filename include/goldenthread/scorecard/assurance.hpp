// goldenthread: what the board's own rows show about its activities and its qualitative evidence.
// Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/core/period.hpp>
#include <goldenthread/data/dataset.hpp>
#include <goldenthread/data/finding.hpp>
#include <goldenthread/disclosure/outline.hpp>
#include <goldenthread/plan/plan.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// Elements of a plan with what was recorded about each.
struct assurance_results {
    /// Every activity and every line with a qualitative side, by id and in the plan's order.
    std::vector<std::pair<std::string, outline_assurance>> elements;
    std::vector<finding> findings;
    bool was_supplied = false;  ///< table `assurance_record`

    [[nodiscard]] const outline_assurance* find(std::string_view id) const noexcept {
        for (const auto& [element, shown] : elements) {
            if (element == id) return &shown;
        }
        return nullptr;
    }
};

/// Reads `assurance_record`, `finding`, `decision`, `action`, `document`, `meeting`, `agenda_item`, `body`,
/// `body_member`, `training_attendance` and `work_plan` as at the last day of the last period.
///
/// An activity is DONE when what each of its kinds of record asks for is there (docs/assurance.md has the list); one
/// that repeats is judged on the last period alone. Otherwise it is OVERDUE after its due day, NOT_DUE before its first
/// day or while nothing has begun and its due day lies ahead, AT_RISK where a work plan says so, ON_TRACK once
/// something is recorded or a work plan says so, and NOT_STARTED. A work plan can withdraw an activity; it cannot make
/// one done. Without a date nothing is overdue.
///
/// Expected are the agencies the element names, or the members of bodies of kind BOARD on that day. A line of practice
/// findings is shown by the records of its priority's practice assurance too.
///
/// The findings: "unknown_plan_item", "kind_not_asked_for" (the record is shown and shows nothing of what was asked
/// for), "done_before_begun" (a record before the activity's first day, an action completed before the record or
/// decision it came from).
[[nodiscard]] assurance_results assurance_of(const plan& p, const dataset& data, const std::vector<period>& periods);

/// A text of the board's own rows must not name a child: such rows are kept in version control and cannot be taken
/// back. Looks in every text of those tables for identifiers of children that are loaded (`child_id`,
/// `former_child_id`, `upn` and a partner's number for a child, each of four characters or more) and for their birth
/// dates, written as 2012-05-01, 01/05/2012, 1.5.12 or 1 May 2012. Days that are no birth date of a loaded child may
/// stay. The canonical tables hold no names, so names cannot be looked for. Costs nothing where no such table was
/// supplied.
/// \throws data_error naming table, column, file and row, never the text
void refuse_named_children(const dataset& data);

}  // namespace goldenthread
