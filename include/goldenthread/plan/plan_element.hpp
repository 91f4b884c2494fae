// goldenthread: the parts of a plan, as plain values.
#pragma once

#include <goldenthread/plan/stated_value.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// Lines of the source document, counted from 1, both ends included.
struct line_range {
    int first = 1;
    int last = 1;

    friend bool operator==(const line_range&, const line_range&) = default;
};

/// What every part of a plan has.
struct plan_element {
    std::string id;    ///< "O1", "T1", "P1", "P1.S1", "P1.A1", "P1.E1", "G1", "D1", "B1"
    std::string slug;  ///< short name in snake_case; `slug_path()` tells equal ones apart
    std::string text;  ///< the plan's own words
    line_range source_lines;
    std::string as_printed;   ///< what the source prints, where `text` is a repaired reading; else empty
    std::string reads;        ///< what the words probably mean, where `text` was left as printed; else empty
    std::string repair_note;  ///< what was repaired, and why
    std::string note;         ///< ours, not the plan's
    std::vector<plan_extension> extensions;

    friend bool operator==(const plan_element&, const plan_element&) = default;
};

struct objective : plan_element {
    stated_value lead;

    friend bool operator==(const objective&, const objective&) = default;
};

struct theme : plan_element {
    stated_value lead;

    friend bool operator==(const theme&, const theme&) = default;
};

/// What is to be true at the end: one sentence of the paragraph that opens a priority.
struct outcome_statement : plan_element {
    friend bool operator==(const outcome_statement&, const outcome_statement&) = default;
};

/// Something the board does to be assured.
struct assurance_activity : plan_element {
    std::vector<std::string> record_kinds;  ///< kinds of assurance record that show it, e.g. "TRAINING"; all are needed
    stated_value done_when;                 ///< when it counts as done
    stated_value owner;                     ///< the body that is responsible
    stated_value starts;                    ///< first day; a date in words cannot be judged
    stated_value due_date;                  ///< last day in time; the same
    stated_value milestones;
    stated_value repeats;               ///< "once" or "each period"; unspecified counts as once
    std::vector<std::string> agencies;  ///< heard from when it is done; empty = the members of the board

    friend bool operator==(const assurance_activity&, const assurance_activity&) = default;
};

enum class evidence_kind {
    quantitative,
    qualitative,  ///< held as assurance records; no number is invented for it
    both,         ///< figures and a document, shown side by side
};

[[nodiscard]] constexpr const char* to_text(evidence_kind kind) noexcept {
    switch (kind) {
        case evidence_kind::quantitative:
            return "quantitative";
        case evidence_kind::qualitative:
            return "qualitative";
        default:
            return "both";
    }
}

/// A line of "evidence of impact".
struct evidence_line : plan_element {
    evidence_kind kind = evidence_kind::quantitative;
    int measures = 0;                          ///< how many figures the words ask for: 0 when qualitative
    std::vector<std::string> indicators;       ///< ids of the definitions that compute them
    std::vector<std::string> record_kinds;     ///< kinds of assurance record of its qualitative side
    std::vector<std::string> agencies;         ///< expected to be heard from; empty = the members of the board
    std::vector<std::string> undefined_terms;  ///< words of the line the plan does not define
    stated_value owner;
    stated_value target;
    stated_value baseline;
    stated_value tolerance;
    stated_value polarity;  ///< whether high or low is good
    stated_value reporting_period;
    stated_value breakdowns;
    stated_value geography;

    [[nodiscard]] bool is_quantitative() const noexcept { return kind != evidence_kind::qualitative; }

    friend bool operator==(const evidence_line&, const evidence_line&) = default;
};

/// A priority; what is nested in it belongs to it by the layout of the plan, and so is stated.
struct priority : plan_element {
    stated_value lead;
    std::vector<outcome_statement> outcome_statements;
    std::vector<assurance_activity> assurance_activities;
    std::vector<evidence_line> evidence_lines;

    friend bool operator==(const priority&, const priority&) = default;
};

struct golden_thread : plan_element {
    stated_value lead;

    friend bool operator==(const golden_thread&, const golden_thread&) = default;
};

enum class governance_kind {
    document,
    documents,  ///< several under one name
    group,
    group_with_documents,
};

[[nodiscard]] constexpr const char* to_text(governance_kind kind) noexcept {
    switch (kind) {
        case governance_kind::document:
            return "document";
        case governance_kind::documents:
            return "documents";
        case governance_kind::group:
            return "group";
        default:
            return "group_with_documents";
    }
}

/// A document or group in the plan's governance diagram.
struct governance_item : plan_element {
    governance_kind kind = governance_kind::document;
    stated_value owner;
    stated_value version;
    stated_value review_date;
    stated_value contents;

    friend bool operator==(const governance_item&, const governance_item&) = default;
};

/// A body the plan names in passing.
struct plan_body : plan_element {
    std::vector<line_range> mentions;  ///< every place it is named, `source_lines` first

    friend bool operator==(const plan_body&, const plan_body&) = default;
};

/// One step of a line of sight: `from` contributes to, is shown by or is named by `to`. Many to many.
struct plan_link {
    std::string from;                       ///< id of an element, or of a supporting indicator
    std::string to;                         ///< id of an element
    provenance how = provenance::inferred;  ///< stated or inferred
    std::string reason;                     ///< never empty when inferred
    bool weak = false;                      ///< the nearest there is rather than a good fit
    std::string by;                         ///< who inferred it; empty: it came with the library
    std::string date;                       ///< ISO date, or empty
    std::vector<plan_extension> extensions;

    friend bool operator==(const plan_link&, const plan_link&) = default;
};

/// An indicator shown beside the plan that is not a line of it. It is always named as not the plan's.
struct supporting_indicator {
    std::string id;
    std::string note;
    std::vector<plan_extension> extensions;

    friend bool operator==(const supporting_indicator&, const supporting_indicator&) = default;
};

/// A statement or clause for which the plan has no line of evidence.
struct evidence_gap {
    std::string element;                             ///< id
    std::string words;                               ///< which words have no evidence
    std::vector<std::string> supporting_indicators;  ///< ids that narrow the gap without closing it
    std::string note;
    std::vector<plan_extension> extensions;

    friend bool operator==(const evidence_gap&, const evidence_gap&) = default;
};

/// An abbreviation as written; `meaning` is inferred where the plan does not expand it.
struct acronym {
    std::string term;
    line_range source_lines;  ///< where it is first used
    stated_value meaning;
    std::vector<plan_extension> extensions;

    friend bool operator==(const acronym&, const acronym&) = default;
};

}  // namespace goldenthread
