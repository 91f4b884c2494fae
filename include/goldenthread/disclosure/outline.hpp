// goldenthread: the words of a release. Nothing here is computed from a row about a child.
#pragma once

#include <goldenthread/core/conventions.hpp>
#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

/// What stands at the head of everything that goes out.
struct release_title {
    std::string plan;  ///< id
    std::string plan_title;
    std::string plan_area;    ///< whose plan it is
    int plan_first_year = 0;  ///< the plan names years, not days
    int plan_last_year = 0;
    std::string plan_document;  ///< the file its words come from
    std::string plan_rights;
    std::string area;        ///< that the rows are about; empty = not said
    bool synthetic = false;  ///< the rows are about invented children; every page says so
    std::string as_at;       ///< last day of the last period, ISO
    std::string data_hash;   ///< of the rows, independent of their order

    friend bool operator==(const release_title&, const release_title&) = default;
};

/// Lines of the plan's source document, counted from 1, both ends included; 0 = not from there.
struct outline_lines {
    int first = 0;
    int last = 0;

    friend bool operator==(const outline_lines&, const outline_lines&) = default;
};

/// One step of a line of sight, seen from either end.
struct outline_link {
    std::string element;     ///< id of the element at the other end
    std::string kind;        ///< its kind
    std::string via;         ///< the element the way leads through; empty = a direct link
    std::string provenance;  ///< stated, inferred; a way is stated when each of its steps is
    std::string reason;      ///< why
    bool weak = false;       ///< the nearest there is rather than a good fit

    friend bool operator==(const outline_link&, const outline_link&) = default;
};

/// Something the plan says of an element, or leaves open: owner, target, reporting period, …
struct outline_particular {
    std::string name;
    std::string text;        ///< "unspecified" where the plan does not say
    std::string provenance;  ///< stated, inferred, unspecified
    std::string reason;

    friend bool operator==(const outline_particular&, const outline_particular&) = default;
};

/// What one agency has shown about an element of the plan. Counts are of records and of people trained, not of
/// children.
struct outline_agency {
    std::string agency;  ///< empty where a record names none
    bool expected = false;
    bool heard_from = false;
    std::int64_t records = 0;
    std::string latest;     ///< ISO day of its latest record; empty = none
    std::string judgement;  ///< the last one it gave: ASSURED, PARTLY_ASSURED, NOT_ASSURED; empty = none
    std::string judged_on;  ///< ISO day of it
    std::int64_t strengths = 0;
    std::int64_t weaknesses = 0;
    std::optional<std::int64_t> attended;  ///< of training: people who came; nothing = nothing recorded
    std::optional<std::int64_t> invited;

    friend bool operator==(const outline_agency&, const outline_agency&) = default;
};

/// A text that somebody approved for publication.
struct outline_approved_text {
    std::string text;
    std::string approved_by;
    std::string approved_on;  ///< ISO day

    friend bool operator==(const outline_approved_text&, const outline_approved_text&) = default;
};

/// What the records show about an activity or a qualitative line, as at the end of the last period.
struct outline_assurance {
    std::string status;  ///< of an activity: NOT_STARTED, ON_TRACK, …; of a line: "recorded" or "missing"
    std::string status_reason;
    bool dated = false;       ///< a day was given by which it is due: without one nothing can be overdue
    std::string starts;       ///< ISO day, or empty
    std::string due;          ///< ISO day, or empty
    std::string responsible;  ///< body, as the plan or a work plan names it; empty = nobody is named
    std::string repeats;      ///< "once" or "each period"
    std::int64_t records = 0;
    std::string latest;                    ///< ISO day of the latest record
    std::vector<std::string> kinds;        ///< of those records, each once
    bool expected_known = false;           ///< which agencies are expected is known
    std::vector<outline_agency> agencies;  ///< expected ones first, each once
    std::int64_t agencies_not_named = 0;   ///< taken out of `agencies` because these readers are not told who they are
    std::vector<std::string> not_heard_from;
    std::int64_t strengths = 0;
    std::int64_t weaknesses = 0;
    std::int64_t decisions = 0;
    std::int64_t actions = 0;
    std::int64_t actions_done = 0;
    std::vector<std::string> documents;  ///< title and version
    std::vector<std::string> lacking;    ///< what it still takes to be done, in words; of a line, always empty
    std::vector<outline_approved_text> texts;

    friend bool operator==(const outline_assurance&, const outline_assurance&) = default;
};

/// An element of the plan in the plan's own words, with its state and its links.
struct outline_element {
    std::string kind;  ///< objective, theme, priority, outcome_statement, assurance_activity, evidence_line, …
    std::string id;
    std::string slug;
    std::string text;        ///< the plan's words
    std::string as_printed;  ///< what the source prints, where `text` is a repaired reading
    std::string reads;       ///< what the words probably mean, where they were left as printed
    std::string repair_note;
    std::string note;  ///< ours, not the plan's
    outline_lines lines;
    std::string nature;        ///< of an evidence line: quantitative, qualitative, both; of a governance item: its kind
    std::string state;         ///< of an activity or a line; empty where it has no meaning
    std::string state_reason;  ///< in words
    std::string record_state;  ///< recorded, missing; empty where no assurance record is asked for
    std::vector<std::string> needs;         ///< tables, definitions or records it waits for, in words
    std::vector<std::string> record_kinds;  ///< kinds of assurance record that show it
    std::vector<std::string> undefined_terms;
    std::vector<std::string> indicators;  ///< ids of its figures, in the plan's order
    std::vector<outline_particular> particulars;
    std::optional<outline_assurance> assurance;  ///< of what assurance records show
    std::vector<outline_link> links;             ///< upwards: the line of sight
    std::vector<outline_link> linked_from;       ///< the direct links that end here
    std::vector<outline_element> parts;          ///< in the plan's order

    friend bool operator==(const outline_element&, const outline_element&) = default;
};

/// An indicator shown beside the plan that is not a line of it.
struct outline_supporting_indicator {
    std::string indicator;
    std::string note;
    std::vector<outline_link> links;

    friend bool operator==(const outline_supporting_indicator&, const outline_supporting_indicator&) = default;
};

/// Words of the plan that no line of evidence answers.
struct outline_gap {
    std::string element;
    std::string words;
    std::vector<std::string> supporting_indicators;  ///< they narrow the gap without closing it
    std::string note;

    friend bool operator==(const outline_gap&, const outline_gap&) = default;
};

/// A word and what it stands for.
struct outline_term {
    std::string term;
    std::string meaning;
    std::string provenance;

    friend bool operator==(const outline_term&, const outline_term&) = default;
};

/// The plan as a release prints it, in the plan's order.
struct plan_outline {
    std::vector<outline_element> objectives;
    std::vector<outline_element> themes;
    std::vector<outline_element> priorities;
    std::vector<outline_element> golden_threads;
    std::vector<outline_element> governance;
    std::vector<outline_element> bodies;
    std::vector<outline_supporting_indicator> supporting_indicators;
    std::vector<outline_gap> gaps;
    std::vector<outline_term> acronyms;

    friend bool operator==(const plan_outline&, const plan_outline&) = default;
};

/// How a figure is written.
enum class figure_unit : std::uint8_t {
    number,    ///< a whole number
    fraction,  ///< written as a percentage
    rate,      ///< per `multiplier`
    days,
};

[[nodiscard]] constexpr std::string_view to_text(figure_unit unit) noexcept {
    constexpr std::string_view names[] = {"number", "percent", "rate", "days"};
    return names[static_cast<std::size_t>(unit)];
}

/// A figure as it is shown: counts whole; percentages, rates, days and averages to one decimal place.
/// `measure` is the kind of measure ("share", "mean", …); `is_count`: a cell of a profile, which counts.
/// \throws calculation_error for a denominator not above zero
[[nodiscard]] inline std::string figure_text(std::int64_t numerator, std::int64_t denominator, figure_unit unit,
                                             std::string_view measure, bool is_count) {
    const bool whole = is_count || (unit == figure_unit::number && measure != "ratio" && measure != "mean" &&
                                    measure != "median" && measure != "quantile");
    const int shift = unit == figure_unit::fraction && !is_count ? 2 : 0;
    return decimal_text(numerator, denominator, whole ? 0 : 1, shift);
}

/// Whether a figure's definition is approved. Dates are ISO; empty = there is none.
struct outline_approval {
    std::string state;  ///< approved, review_due, lapsed, not_approved; empty = there is no definition to approve
    std::string text;   ///< in words: "definition approved by … on …"
    std::string person;
    std::string role;
    std::string date;
    std::string review_date;

    friend bool operator==(const outline_approval&, const outline_approval&) = default;
};

/// A reason not to read a figure alone. Holds no count.
struct outline_doubt {
    std::string rule;
    std::string period;     ///< label
    std::string breakdown;  ///< dimension; empty = the total
    std::string message;

    friend bool operator==(const outline_doubt&, const outline_doubt&) = default;
};

/// What a reader must know about a figure besides its cells.
struct figure_heading {
    std::string indicator;  ///< id
    std::string title;
    std::string meaning;  ///< the definition in English
    figure_unit unit = figure_unit::number;
    std::int64_t multiplier = 1;
    std::string unit_of_count;
    std::string timing;
    std::string measure;
    bool cells_are_counts = false;  ///< of a share: its broken-down cells are counts of the denominator
    bool adds_over_periods = false;
    std::vector<std::pair<std::string, bool>> adds_over_breakdowns;
    std::string polarity;             ///< whether more is better: "unspecified" when nobody says so
    std::string polarity_provenance;  ///< who says so
    std::vector<std::string> disclosure_classes;
    std::string source;
    std::vector<std::string> pitfalls;
    std::vector<std::string> evidence_lines;  ///< of the plan; empty = not the plan's own
    std::string definition_hash;
    outline_approval approval;
    bool has_definition = true;
    conventions convention_set;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::vector<std::string> tables;
    std::vector<std::string> tables_missing;
    std::string state;         ///< of the figure as a whole: value, missing, …
    std::string state_reason;  ///< in words
    std::vector<std::string> needs;
    std::vector<outline_doubt> doubts;
    std::vector<std::string> cases;  ///< titles of the worked examples that its definition passes

    friend bool operator==(const figure_heading&, const figure_heading&) = default;
};

}  // namespace goldenthread
