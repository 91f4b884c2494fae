// goldenthread: who approved a definition. An approval is of a definition's meaning, its content hash; another meaning
// is not approved.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// One person's approval of one meaning of one indicator.
struct approval {
    std::string indicator;        ///< id
    std::string definition_hash;  ///< content hash of the definition that was approved
    std::string person;
    std::string role;
    day date = 0;
    std::optional<day> review_date;  ///< by when it is to be looked at again; nothing = not said

    friend bool operator==(const approval&, const approval&) = default;
};

enum class approval_state : std::uint8_t {
    not_approved,
    approved,
    review_due,  ///< approved, but the day of its review has passed
    lapsed,      ///< another meaning of the indicator was approved: the definition changed since
};

[[nodiscard]] constexpr std::string_view to_text(approval_state state) noexcept {
    constexpr std::string_view names[] = {"not_approved", "approved", "review_due", "lapsed"};
    return names[static_cast<std::size_t>(state)];
}

/// Whether a definition is approved, and by whom.
struct approval_status {
    approval_state state = approval_state::not_approved;
    std::optional<goldenthread::approval> approval;  ///< the latest of this meaning; lapsed: of the other

    friend bool operator==(const approval_status&, const approval_status&) = default;
};

/// Of the approvals of an indicator: that of this very definition with the latest date; else the latest of another
/// meaning, which has lapsed. A review is due when its day lies before `judged_on`; nothing reads the clock.
[[nodiscard]] inline approval_status status_of(const std::vector<approval>& approvals, std::string_view indicator,
                                               std::string_view definition_hash, std::optional<day> judged_on) {
    approval_status status;
    for (const approval& a : approvals) {
        if (a.indicator != indicator) continue;
        const bool same = a.definition_hash == definition_hash;
        const bool had_same = status.state == approval_state::approved;
        if (had_same && !same) continue;
        if (had_same == same && status.approval && a.date < status.approval->date) continue;
        status.state = same ? approval_state::approved : approval_state::lapsed;
        status.approval = a;
    }
    if (status.state == approval_state::approved && judged_on && status.approval->review_date &&
        *status.approval->review_date < *judged_on) {
        status.state = approval_state::review_due;
    }
    return status;
}

/// "definition approved by A. Person (role) on 2019-05-01, review by 2020-05-01".
[[nodiscard]] inline std::string to_text(const approval_status& status) {
    if (!status.approval) return "definition not approved";
    const approval& a = *status.approval;
    const std::string who = a.person + " (" + a.role + ") on " + to_iso(a.date);
    if (status.state == approval_state::lapsed)
        return "approval lapsed: the definition changed since " + who + " approved it";
    std::string text = "definition approved by " + who;
    if (a.review_date) {
        text += (status.state == approval_state::review_due ? ", review was due on " : ", review by ") +
                to_iso(*a.review_date);
    }
    return text;
}

/// An approval of an indicator that does not exist is a slip.
/// \throws definition_error with the nearest id
inline void check_approvals(const std::vector<approval>& approvals, const std::vector<std::string>& known) {
    for (const approval& a : approvals) {
        if (std::find(known.begin(), known.end(), a.indicator) != known.end()) continue;
        error_context context;
        context.remedy = name_remedy(a.indicator, known);
        throw definition_error("an approval is of an unknown indicator '" + a.indicator + "'", std::move(context));
    }
}

/// Reads a file of approvals, format goldenthread/approvals@1. Needs goldenthread::goldenthread.
/// \throws definition_error naming file, JSON pointer and remedy
[[nodiscard]] std::vector<approval> parse_approvals(std::string_view json_text, const std::string& file);

/// The file's text; `parse_approvals(to_json(a)) == a`.
[[nodiscard]] std::string to_json(const std::vector<approval>& approvals);

}  // namespace goldenthread
