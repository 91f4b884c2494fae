// goldenthread: what is counted, written once.
#pragma once

#include <goldenthread/core/conventions.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/case.hpp>
#include <goldenthread/definitions/expression.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// What a parameter puts in its place before types are checked.
struct parameter_binding {
    enum class kind_type : std::uint8_t { expression, columns, table };
    kind_type kind = kind_type::expression;
    expression value;                  ///< a literal, a list of literals, or any expression
    std::vector<std::string> columns;  ///< a key tuple; empty = no key at all (`:key is null`)
    std::string table;
};

/// A named choice left to the board.
struct parameter {
    std::string name;
    std::string title;
    std::string standard;  ///< the default as text: a choice's name, or a literal ("18", "GOOD,OUTSTANDING")
    parameter_binding standard_binding;
    std::vector<std::pair<std::string, parameter_binding>> choices;  ///< empty = any literal of the default's type
};

/// A mutant that no data can tell from its definition (see mutant.hpp), and why.
struct equivalent_mutant {
    std::string mutant;  ///< its id
    std::string reason;

    friend bool operator==(const equivalent_mutant&, const equivalent_mutant&) = default;
};

/// A shared filter, or any other named expression: `define cin on referral …`.
struct named_filter {
    std::string name;
    std::string on;  ///< table whose row it is about; "*" = any row that has the columns it uses
    std::vector<std::string> arguments;
    std::vector<parameter> parameters;
    expression body;
    std::string title;
    std::vector<equivalent_mutant> equivalent_mutants;
    std::string place;  ///< file and JSON pointer, for messages
};

/// What a measure does with the rows that count; docs/measures.md says what each means.
enum class measure_kind : std::uint8_t {
    count,
    distinct,
    share,
    rate,
    profile,
    sum,
    mean,
    median,
    quantile,
    person_days,
    ratio,
    incidence,
    conversion,
    repeat,
};

[[nodiscard]] constexpr std::string_view to_text(measure_kind kind) noexcept {
    constexpr std::string_view names[] = {"count", "distinct", "share",       "rate",  "profile",   "sum",        "mean",
                                          "median", "quantile", "person-days", "ratio", "incidence", "conversion", "repeat"};
    return names[static_cast<std::size_t>(kind)];
}

/// `at`: stock on the last day of the period; `in`: flow in the period; `exposed`: anything open in it;
/// `over`: every day of the period, each asked by itself.
enum class measure_timing : std::uint8_t { at, in, exposed, over };

[[nodiscard]] constexpr std::string_view to_text(measure_timing timing) noexcept {
    constexpr std::string_view names[] = {"at", "in", "exposed", "over"};
    return names[static_cast<std::size_t>(timing)];
}

/// A stretch of time a definition looks back or follows up in one table.
struct table_window {
    std::string table;
    expression length;  ///< a duration
};

/// A dimension by which figures are broken down.
struct dimension {
    enum class kind_type : std::uint8_t {
        standard,    ///< named in the engine: sex, age_band, ethnicity, ethnicity_group, disabled
        value,       ///< an expression on the counted row
        each,        ///< every value of a related row: cells may add to more than the total
        predicates,  ///< overlapping named conditions
    };
    std::string name;
    kind_type kind = kind_type::standard;
    expression value;
    row_query source;  ///< each
    std::string column; ///< each
    std::vector<std::pair<std::string, expression>> predicates;
    std::vector<std::string> categories;  ///< declared: shown with zero; otherwise those of the column
};

/// Measures of a row's value: a sum, or an average of durations in days.
[[nodiscard]] constexpr bool is_of_values(measure_kind kind) noexcept {
    return kind == measure_kind::sum || kind == measure_kind::mean || kind == measure_kind::median || kind == measure_kind::quantile;
}

/// A later event, by which a base converts, or an exit after which it cannot.
struct conversion_step {
    row_query of;       ///< rows of a table; their key to the base as in any(…)
    expression day;     ///< of the step, a date of its row
    expression where;   ///< may be empty: any row
    expression within;  ///< a duration from the base's day, both ends included; empty for an exit
};

/// The events of an incidence: days on which something happened to an entity at risk.
struct incidence_events {
    row_query of;
    std::string date;  ///< column of the day
    expression where;  ///< may be empty: any row
};

struct measure {
    measure_kind kind = measure_kind::count;
    std::string kind_parameter;          ///< `"kind": ":statistic"`: the parameter that names the kind
    measure_timing timing = measure_timing::at;
    row_query of;
    std::vector<std::string> distinct;  ///< columns, or one ":parameter"
    expression where;
    expression exclude;
    expression immature;
    expression numerator;                ///< share
    expression value;                    ///< sum, mean, median, quantile: a whole number; days for durations
    std::string p;                       ///< quantile: "0.9", taken exactly, or ":parameter"
    std::string method = "7";            ///< quantile: 1 to 9 or its name, see quantile.hpp
    std::shared_ptr<const measure> upper, lower;     ///< ratio: what is divided by what
    std::shared_ptr<const measure> profile_measure;  ///< what the cells of `profile` show; null = a count of the denominator
    std::vector<conversion_step> steps;  ///< conversion: in order
    std::vector<conversion_step> exits;  ///< conversion: what ends a base's chance
    std::string statistic = "share";     ///< conversion: share, or mean, median or quantile of the days it took
    expression day;                      ///< conversion, repeat: the day of a base or an event
    std::vector<std::string> key;        ///< repeat: columns, or one ":parameter"
    expression within;                   ///< repeat: how far back the earlier event may lie
    expression earlier;                  ///< repeat: which earlier events count; empty = any
    incidence_events events;             ///< incidence
    expression clean_window;             ///< incidence: a duration after an event in which nobody is at risk
    bool first_event_only = false;       ///< incidence: nobody is at risk after the first event
    expression censored;                 ///< rows still waiting at the end of the period, counted apart
    std::vector<std::string> profile;    ///< dimensions whose cells are counts of the denominator
    std::int64_t per = 10000;            ///< rate; ratio (1 there unless said), incidence (1000 person-years)
    int youngest = 0;                    ///< rate: ages of the population, both included
    int oldest = 17;
    expression annualise;                ///< rate: a truth value; empty = false
    expression event_day;                ///< day on which ages are taken; empty = as_at, or the date in during(…)
    std::vector<table_window> look_back;
    std::vector<table_window> follow_up;
};

/// Whether more is better, and who says so.
struct polarity {
    std::string value = "unspecified";       ///< high, low, near_target, neutral, unspecified, not_applicable
    std::string provenance = "unspecified";  ///< stated by …, inferred, unspecified
};

struct indicator {
    std::string id;
    std::string title;
    std::string definition;  ///< in words
    std::string rationale;
    std::string source;
    std::string unit;  ///< what is counted: child, plan, assessment
    goldenthread::polarity polarity;
    std::vector<std::string> disclosure;  ///< classes A B C D
    std::vector<parameter> parameters;
    goldenthread::measure measure;
    convention_choices conventions;  ///< its own; the rest is the plan's, or the default
    std::vector<dimension> breakdowns;
    std::vector<std::string> pitfalls;
    std::vector<definition_case> cases;
    std::vector<equivalent_mutant> equivalent_mutants;
    std::string place;  ///< file and JSON pointer, for messages
};

/// Indicators with the filters they share.
struct indicator_set {
    std::vector<named_filter> filters;
    std::vector<indicator> indicators;

    [[nodiscard]] const indicator* find(std::string_view id) const noexcept {
        for (const indicator& i : indicators) {
            if (i.id == id) return &i;
        }
        return nullptr;
    }
    [[nodiscard]] const named_filter* find_filter(std::string_view name) const noexcept {
        for (const named_filter& f : filters) {
            if (f.name == name) return &f;
        }
        return nullptr;
    }
    [[nodiscard]] std::vector<std::string> ids() const {
        std::vector<std::string> result;
        for (const indicator& i : indicators) result.push_back(i.id);
        return result;
    }
    /// \throws definition_error with the nearest known id
    [[nodiscard]] const indicator& operator[](std::string_view id) const {
        if (const indicator* found = find(id)) return *found;
        error_context context;
        context.remedy = name_remedy(id, ids());
        throw definition_error("unknown indicator '" + std::string(id) + "'", std::move(context));
    }
};

/// The same indicators with what a plan says about conventions, where they do not say otherwise themselves.
[[nodiscard]] inline indicator_set under_conventions(indicator_set set, const convention_choices& of_plan) {
    for (indicator& i : set.indicators) {
        convention_choices& own = i.conventions;
        if (!own.months) own.months = of_plan.months;
        if (!own.birthdays) own.birthdays = of_plan.birthdays;
        if (!own.ends) own.ends = of_plan.ends;
        if (!own.years) own.years = of_plan.years;
        if (!own.working_days) own.working_days = of_plan.working_days;
    }
    return set;
}

/// Adds the filters and indicators of a file. Needs goldenthread::goldenthread.
/// \throws definition_error naming file, JSON pointer and remedy
void parse_indicators(indicator_set& set, std::string_view json_text, const std::string& file);

/// The filters and indicators of `over` beside those of `set` that it does not name again: a new version of some of them.
[[nodiscard]] inline indicator_set replaced_by(indicator_set set, const indicator_set& over) {
    std::erase_if(set.filters, [&](const named_filter& f) { return over.find_filter(f.name) != nullptr; });
    std::erase_if(set.indicators, [&](const indicator& i) { return over.find(i.id) != nullptr; });
    set.filters.insert(set.filters.end(), over.filters.begin(), over.filters.end());
    set.indicators.insert(set.indicators.end(), over.indicators.begin(), over.indicators.end());
    return set;
}

/// The indicators shipped with the library; read once, safe to use concurrently.
[[nodiscard]] const indicator_set& shipped_indicators();

/// What `text` means for this parameter: a choice's name, or a literal of the default's type
/// (lists joined by commas).
/// \throws definition_error naming the choices or the type expected
[[nodiscard]] parameter_binding bind_parameter(const parameter& p, const std::string& text);

}  // namespace goldenthread
