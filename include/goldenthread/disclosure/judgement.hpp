// goldenthread: what is said of shown numbers: limits, changes, verdicts, colours.
//
// The gate has it made after it has hidden what must be hidden, from the protected figure and from nothing else; then
// it checks that no hidden number is judged. So nothing here says more than the numbers that are shown, the targets
// that a board wrote down, and arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// A colour, or by name why there is none. The first three alone are colours.
enum class rag_state : std::uint8_t {
    green,                 ///< the target is met
    amber,                 ///< it is not met, but within its tolerance
    red,                   ///< it is not met
    no_target,             ///< no target is in force; never green
    figure_hidden,         ///< a colour would say on which side of the target the hidden number lies
    figure_missing,        ///< there is no figure
    figure_partial,        ///< the data cover part of the days
    figure_undefined,      ///< nothing to divide by, or the figure has no meaning here
    polarity_neutral,      ///< neither way is better
    polarity_unspecified,  ///< nobody has said which way is better
};

[[nodiscard]] constexpr std::string_view to_text(rag_state state) noexcept {
    constexpr std::string_view names[] = {"green",
                                          "amber",
                                          "red",
                                          "no_target",
                                          "figure_hidden",
                                          "figure_missing",
                                          "figure_partial",
                                          "figure_undefined",
                                          "polarity_neutral",
                                          "polarity_unspecified"};
    return names[static_cast<std::size_t>(state)];
}

[[nodiscard]] constexpr bool is_colour(rag_state state) noexcept { return state <= rag_state::red; }

/// A figure against one target: the state, the rule that gave it, what went in, and a sentence. Numbers are texts in
/// the figure's own unit; the comparison was made before anything was rounded.
struct rag {
    rag_state state = rag_state::no_target;
    std::string target_kind;  ///< local, trajectory, band, national; empty without target
    std::string target;       ///< "10 %", "10 % to 15 %"
    std::string tolerance;    ///< "3 percentage points"; empty = none
    std::string source;       ///< who set the target, where
    std::string polarity;     ///< low, high, near_target, neutral, unspecified
    std::string polarity_provenance;
    std::string rule;                ///< in words: "lower is wanted (…): green up to 10 %, amber up to 13 %, red above"
    std::string value;               ///< as shown; empty where there is no colour
    bool rounding_hides_it = false;  ///< the rounded figure compares otherwise; the sentence says so
    std::string sentence;

    friend bool operator==(const rag&, const rag&) = default;
};

/// Limits of a share or rate, in its unit, to one decimal place.
struct value_interval {
    std::string lower;
    std::string upper;
    std::string method;      ///< wilson, exact_poisson, byar
    std::string confidence;  ///< "0.95"

    friend bool operator==(const value_interval&, const value_interval&) = default;
};

/// A figure less an earlier one.
struct value_change {
    std::string basis;                     ///< previous_period, same_period_last_year
    std::optional<std::size_t> period;     ///< that it is compared with; nothing = the release has no such period
    std::string verdict = "not_compared";  ///< better, worse, higher, lower, similar, not_compared
    std::string difference;  ///< in the unit of the figure, shares in percentage points; empty where not compared
    std::string lower;       ///< 95 % limits of the difference; empty where the figure allows none
    std::string upper;
    std::string method;  ///< of the limits
    std::string sentence;

    friend bool operator==(const value_change&, const value_change&) = default;
};

/// A point of a control chart.
struct chart_position {
    std::string centre;  ///< limits as they are: one below 0 or above 100 % is not cut off
    std::string lower;
    std::string upper;
    std::string verdict;  ///< common_cause, improvement, concern, neutral_high, neutral_low, pattern
    std::string rule;     ///< the first rule that the point breaks; empty for none

    friend bool operator==(const chart_position&, const chart_position&) = default;
};

/// A group beside all others of its breakdown.
struct group_position {
    std::string ratio;  ///< of its rate to that of all others together; empty where nobody is counted there
    std::string lower;  ///< limits that hold for all groups at once
    std::string upper;
    std::string method;
    std::string verdict;  ///< higher, lower, no_clear_difference, not_compared

    friend bool operator==(const group_position&, const group_position&) = default;
};

/// What is said of one cell.
struct cell_judgement {
    std::optional<value_interval> interval;
    std::vector<rag> rags;  ///< of a total: one for each target in force, or one that says there is none
    std::vector<value_change> changes;
    std::optional<chart_position> chart;
    std::optional<group_position> group;

    friend bool operator==(const cell_judgement&, const cell_judgement&) = default;
};

/// What is said of the totals of all periods of one kind.
struct series_judgement {
    std::string period_kind;
    std::vector<std::size_t> cells;  ///< into the figure's cells, in order of time
    bool has_limits = false;
    bool provisional = false;   ///< limits from fewer than 12 values
    std::string limits_reason;  ///< why there are no limits
    std::string chart;          ///< kind of chart and rule set
    std::string variation;      ///< of the last point: as chart_position::verdict, or not_judged
    std::string variation_sentence;
    std::string assurance = "none";  ///< consistent_pass, consistent_fail, inconsistent, none
    std::string assurance_sentence;
    std::string trend;  ///< rising, falling, no_clear_trend, too_few_values, not_tested
    std::string trend_sentence;
    std::string seasonality;  ///< likely, none_found, too_short, not_tested

    std::string seasonality_sentence;

    friend bool operator==(const series_judgement&, const series_judgement&) = default;
};

/// What is said of the groups of one breakdown in the newest period of a kind.
struct groups_judgement {
    std::string dimension;
    std::size_t period = 0;
    bool compared = false;
    std::string sentence;                        ///< how they were compared, or why not
    std::optional<std::size_t> masking_against;  ///< the earlier period that movements are reckoned from
    std::string masking = "not_tested";          ///< none, opposite_movements, reversed_total, not_tested
    std::string masking_sentence;

    friend bool operator==(const groups_judgement&, const groups_judgement&) = default;
};

/// Everything that is said of one figure.
struct figure_judgement {
    std::vector<cell_judgement> cells;  ///< one for each cell of the figure
    std::vector<series_judgement> series;
    std::vector<groups_judgement> groups;

    friend bool operator==(const figure_judgement&, const figure_judgement&) = default;
};

}  // namespace goldenthread
