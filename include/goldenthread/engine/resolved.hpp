// goldenthread: a definition after names, parameters and filters are resolved and types checked.
// Free of data: the same for every dataset; its text is what the content hash is taken of.
#pragma once

#include <goldenthread/core/conventions.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/quantile.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/scalar.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Type of an expression; `any` is the type of `unknown`.
enum class static_type : std::uint8_t { any, truth, number, date, text, duration };

[[nodiscard]] constexpr std::string_view to_text(static_type type) noexcept {
    constexpr std::string_view names[] = {"unknown", "true/false", "number", "date", "text", "duration"};
    return names[static_cast<std::size_t>(type)];
}

/// A row variable and the references to follow from it. Slot 0 is the counted row.
struct row_path {
    std::uint32_t slot = 0;
    std::vector<std::string> references;

    friend bool operator==(const row_path&, const row_path&) = default;
};

/// A column read through a row path.
struct column_use {
    row_path row;
    std::string table;   ///< where the path ends; empty = a row of gaps(…)
    std::string column;
    value_type type = value_type::text;
    std::string precision;  ///< name of the precision column, for dates that have one
    std::string codes;      ///< code set of a category
};

enum class operation : std::uint8_t {
    constant,
    column,
    as_at,
    period_first,
    period_last,
    logical_not,
    logical_and,
    logical_or,
    compare,
    in_texts,    ///< child in a list of constant texts
    is_null,
    is_known,    ///< TRUE if known, else UNKNOWN
    add,
    subtract,
    multiply,
    divide,        ///< by a fixed number: the value times `factor`, its denominator grown
    negate,
    rescale,       ///< the same number with a larger denominator: the value times `factor`
    move_forward,  ///< date + duration
    move_back,
    difference,    ///< date - date, days
    duration,
    choose,        ///< case: when, then, …, [else]
    coalesce,
    least,
    greatest,
    age,
    days_between,
    months_between,
    years_between,
    working_days_between,
    month_boundaries_between,
    year_boundaries_between,
    group_of,
    age_band,
    truth_text,    ///< 'true' or 'false', for breakdowns by a truth value
    related,
};

/// How many operations there are; the tests of the language exercise each.
inline constexpr std::size_t operation_count = static_cast<std::size_t>(operation::related) + 1;

/// Denominator of columns of decimals: they are read as whole millionths.
inline constexpr std::int64_t decimal_column_denominator = 1'000'000;

struct resolved_node;
using resolved = std::shared_ptr<const resolved_node>;

/// A key of related rows: their columns against our values.
struct resolved_key {
    column_use theirs;  ///< read through the related row's slot
    resolved ours;
};

struct resolved_source {
    row_query::kind_type kind = row_query::kind_type::table;
    std::string table;
    std::uint32_t slot = 0;
    std::vector<resolved_key> keys;
    resolved where;                    ///< may be null: all rows
    std::vector<resolved> order_by;
    std::vector<resolved> per;         ///< latest per
    std::shared_ptr<const resolved_source> inner;
    column_use cut;                    ///< gaps: the date column
    resolved from, until;
    std::vector<std::string> collapse_by;
    std::int64_t gap_days = 0;
};

struct resolved_related {
    related_rows::aggregate_type aggregate = related_rows::aggregate_type::any;
    bool distinct = false;
    std::int64_t position = 0;
    resolved value;  ///< of sum, min, max, count distinct, or what first, last, nth read
    std::vector<resolved> over;
    resolved_source source;
};

struct resolved_node {
    operation op = operation::constant;
    static_type type = static_type::any;
    expression_kind comparison = expression_kind::equal;
    duration_unit unit = duration_unit::days;
    bool has_else = false;
    bool uses_time = false;  ///< depends on as_at or the period
    bool uses_rows = false;  ///< depends on a column
    scalar constant;              ///< all but texts
    /// Of numbers: the value is the whole number that engines see, divided by this. Fixed when types are checked.
    std::int64_t denominator = 1;
    std::int64_t factor = 1;      ///< divide and rescale
    std::string text;             ///< constant text; of arithmetic, how the definition writes it, for messages
    std::vector<std::string> texts;  ///< in_texts; sorted
    column_use column;
    std::vector<resolved> children;
    std::shared_ptr<const resolved_related> related;
    /// What a shared filter calls this, in English, with `:argument` where its arguments stand; may be empty.
    std::string said;
    std::vector<std::pair<std::string, resolved>> said_with;
    // group_of: code → group name
    std::vector<std::pair<std::string, std::string>> groups;
};

/// A dimension after resolving.
struct resolved_dimension {
    std::string name;
    bool from_person = false;  ///< follows from the child alone, so distinct children add up over it
    bool overlapping = false;  ///< cells may add to more than the total
    resolved value;            ///< text; not for `each` and predicates
    resolved_source each;
    resolved each_value;
    std::vector<std::pair<std::string, resolved>> predicates;
    std::vector<std::string> categories;  ///< declared, shown with zero
    std::vector<std::string> tables;      ///< needed besides those of the measure
};

/// A definition ready to be bound to data.
struct resolved_measure {
    std::string indicator;
    measure_kind kind = measure_kind::count;
    measure_timing timing = measure_timing::at;
    resolved_source root;
    resolved where, exclude, immature, numerator;
    resolved value;     ///< sum, mean, median, quantile
    resolved censored;  ///< still waiting; may be null
    probability p;      ///< quantile
    int method = 7;     ///< quantile: 1 to 9 of Hyndman and Fan
    /// Ratio and incidence: this measure counts what is divided, `lower` what it is divided by. Both have the same
    /// breakdowns; their tallies are made apart and joined when cells are written.
    std::shared_ptr<const resolved_measure> lower;
    measure_kind upper_kind = measure_kind::count;  ///< ratio, incidence: what this measure's own tallies count
    std::shared_ptr<const resolved_measure> profile_measure;  ///< gives the cells of `profile`; may be null
    resolved event;  ///< the day a follow-up begins and ages are taken
    std::vector<column_use> distinct;
    std::vector<std::string> distinct_names;
    bool annualise = false;
    std::int64_t per = 10000;
    int youngest = 0;
    int oldest = 17;
    struct window {
        std::string table;
        std::int64_t amount = 0;
        duration_unit unit = duration_unit::days;
    };
    std::vector<window> look_back;
    std::vector<window> follow_up;
    std::vector<resolved_dimension> dimensions;
    std::vector<std::vector<std::size_t>> breakdowns;  ///< each a list of dimensions
    std::vector<std::string> profile;
    std::vector<std::string> tables;  ///< needed, sorted
    std::vector<std::pair<std::string, std::string>> parameters;  ///< as used
    std::vector<std::string> notes;
    goldenthread::conventions conventions;
    std::uint32_t slots = 1;
};

// --- going through all of it: whoever collects from definitions calls these, so that a slot is added in one place ------

/// Calls `visit` with each expression that is asked of the counted row; some are null.
template <class Visit>
void visit_slots(const resolved_measure& m, Visit&& visit) {
    for (const resolved* slot : {&m.where, &m.exclude, &m.immature, &m.numerator, &m.value, &m.censored, &m.event}) visit(*slot);
}
/// Calls `visit` with each expression of a dimension, and before `each_value` is visited `visit_source` with its rows.
template <class Visit, class VisitSource>
void visit_slots(const resolved_dimension& d, Visit&& visit, VisitSource&& visit_source) {
    visit(d.value);
    if (d.each_value) {
        visit_source(d.each);
        visit(d.each_value);
    }
    for (const auto& [name, predicate] : d.predicates) visit(predicate);
}
/// Calls `visit` with our side of a source's keys, its filter, order, `per` and bounds. What it is made of (`inner`) and
/// what others' rows are read for are left to the caller.
template <class Visit>
void visit_slots(const resolved_source& s, Visit&& visit) {
    for (const resolved_key& k : s.keys) visit(k.ours);
    visit(s.where);
    for (const resolved& o : s.order_by) visit(o);
    for (const resolved& p : s.per) visit(p);
    visit(s.from);
    visit(s.until);
}

}  // namespace goldenthread::detail
