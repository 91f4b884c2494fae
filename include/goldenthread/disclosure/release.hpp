// goldenthread: everything that goes out. Only the gate makes a release; every writer takes one.
#pragma once

#include <goldenthread/disclosure/draft.hpp>
#include <goldenthread/disclosure/judgement.hpp>
#include <goldenthread/disclosure/outline.hpp>
#include <goldenthread/disclosure/policy.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

class release;
struct release_figure;

/// Says what can be said of a protected figure. It is handed shown numbers alone.
using figure_judge = std::function<figure_judgement(const release_figure&, const std::vector<period>&)>;

/// Turns a draft into a release by the policy: the only way to get one.
///
/// In every cell, counts from 1 to the threshold are hidden: numerator, denominator, unknown, excluded, immature,
/// censored, findings, rows of files. A share is hidden, value and numerator together, when its numerator or the rest
/// of its denominator is that small; a mean when it is of too few. Where a total, or a longer period, would give a
/// hidden cell away, the next smallest cells that are not zero are hidden too. True zeros are shown. Values are
/// rounded here, once; a release holds no number that it hides.
///
/// Whether hidden cells can be recovered *across* figures is not attacked yet: the certificate says so.
/// Figures that others published pass as they are: they hid what they hid, by their own rule.
///
/// `judge`, where there is one, then sees each figure as it is protected, and what it says becomes part of the release:
/// it cannot say more than the shown numbers do.
/// \throws disclosure_error for a draft that does not hold together (a cell of a period that is not there, a negative
///         count, a numerator without denominator in a share, a published figure that is hidden and holds a number),
///         and for a judgement of a number that is hidden
[[nodiscard]] release protect(const release_draft& draft, const disclosure_policy& policy, audience who,
                              const figure_judge& judge = {});

/// A number as it may be printed: nothing, hidden, or decimal text.
class published_number {
public:
    published_number() = default;
    static published_number hidden() {
        published_number result;
        result.hidden_ = true;
        return result;
    }
    static published_number shown(std::string text) {
        published_number result;
        result.text_ = std::move(text);
        return result;
    }

    /// There is no such number.
    [[nodiscard]] bool is_absent() const noexcept { return !hidden_ && text_.empty(); }
    [[nodiscard]] bool is_hidden() const noexcept { return hidden_; }
    /// Decimal text, "12.3"; empty when absent or hidden.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    friend bool operator==(const published_number&, const published_number&) = default;

private:
    bool hidden_ = false;
    std::string text_;
};

struct release_cell {
    std::size_t period = 0;
    draft_key key;
    std::string state;       ///< "suppressed" when the value is hidden
    published_number value;  ///< percentages, rates and days to one decimal place, numbers whole
    published_number numerator;
    published_number denominator;
    published_number unknown;
    published_number excluded;
    published_number immature;
    published_number censored;
    std::string reason;
    std::optional<draft_value> exact;  ///< the value before it was rounded; only where the value is shown

    friend bool operator==(const release_cell&, const release_cell&) = default;
};

struct release_figure {
    figure_heading heading;
    std::vector<release_cell> cells;
    figure_judgement judgement;  ///< what is said of the shown numbers

    friend bool operator==(const release_figure&, const release_figure&) = default;
};

struct release_finding_count {
    std::string table;
    std::string column;
    std::string rule;
    std::string action;
    std::string message;
    published_number count;

    friend bool operator==(const release_finding_count&, const release_finding_count&) = default;
};

struct release_file {
    std::string name;
    std::string kind;
    published_number rows_read;
    published_number rows_kept;
    published_number rows_set_aside;
    std::vector<std::string> notes;

    friend bool operator==(const release_file&, const release_file&) = default;
};

/// A protected scorecard. Read-only: what was protected stays as it was protected.
class release {
public:
    [[nodiscard]] const release_title& title() const noexcept { return title_; }
    [[nodiscard]] const disclosure_policy& policy() const noexcept { return policy_; }
    [[nodiscard]] audience readers() const noexcept { return readers_; }
    /// What has been proved about it, in words.
    [[nodiscard]] const std::string& certificate() const noexcept { return certificate_; }
    [[nodiscard]] const std::vector<period>& periods() const noexcept { return periods_; }
    [[nodiscard]] const plan_outline& plan() const noexcept { return plan_; }
    [[nodiscard]] const std::vector<release_figure>& figures() const noexcept { return figures_; }
    [[nodiscard]] const std::vector<release_finding_count>& findings() const noexcept { return findings_; }
    [[nodiscard]] const std::vector<release_file>& files() const noexcept { return files_; }
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept { return notes_; }
    /// Figures that others published, with their own symbols; never in one row with those of the release.
    [[nodiscard]] const std::optional<published_comparisons>& published() const noexcept { return published_; }

    /// Null if there is no figure of this indicator.
    [[nodiscard]] const release_figure* find(std::string_view indicator) const noexcept {
        for (const release_figure& figure : figures_) {
            if (figure.heading.indicator == indicator) return &figure;
        }
        return nullptr;
    }

private:
    release() = default;
    friend release protect(const release_draft&, const disclosure_policy&, audience, const figure_judge&);

    release_title title_;
    disclosure_policy policy_;
    audience readers_ = audience::public_readers;
    std::string certificate_;
    std::vector<period> periods_;
    plan_outline plan_;
    std::vector<release_figure> figures_;
    std::vector<release_finding_count> findings_;
    std::vector<release_file> files_;
    std::vector<std::string> notes_;
    std::optional<published_comparisons> published_;
};

}  // namespace goldenthread
