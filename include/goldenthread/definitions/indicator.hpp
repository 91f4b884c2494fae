// goldenthread: what is counted, written once.
#pragma once

#include <goldenthread/core/conventions.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/case.hpp>
#include <goldenthread/definitions/expression.hpp>

#include <cstdint>
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

/// A shared filter, or any other named expression: `define cin on referral …`.
struct named_filter {
    std::string name;
    std::string on;  ///< table whose row it is about; "*" = any row that has the columns it uses
    std::vector<std::string> arguments;
    std::vector<parameter> parameters;
    expression body;
    std::string title;
    std::string place;  ///< file and JSON pointer, for messages
};

enum class measure_kind : std::uint8_t { count, distinct, share, rate, profile, sum, mean, median };

[[nodiscard]] constexpr std::string_view to_text(measure_kind kind) noexcept {
    constexpr std::string_view names[] = {"count", "distinct", "share", "rate", "profile", "sum", "mean", "median"};
    return names[static_cast<std::size_t>(kind)];
}

/// `at`: stock on the last day of the period; `in`: flow in the period; `exposed`: anything open in it.
enum class measure_timing : std::uint8_t { at, in, exposed };

[[nodiscard]] constexpr std::string_view to_text(measure_timing timing) noexcept {
    constexpr std::string_view names[] = {"at", "in", "exposed"};
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
    return kind == measure_kind::sum || kind == measure_kind::mean || kind == measure_kind::median;
}

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
    expression value;                    ///< sum, mean, median: a whole number; days for durations
    expression censored;                 ///< rows still waiting at the end of the period, counted apart
    std::vector<std::string> profile;    ///< dimensions whose cells are counts of the denominator
    std::int64_t per = 10000;            ///< rate
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

/// The indicators shipped with the library; read once, safe to use concurrently.
[[nodiscard]] const indicator_set& shipped_indicators();

/// What `text` means for this parameter: a choice's name, or a literal of the default's type
/// (lists joined by commas).
/// \throws definition_error naming the choices or the type expected
[[nodiscard]] parameter_binding bind_parameter(const parameter& p, const std::string& text);

}  // namespace goldenthread
