// goldenthread: the C++ spelling of measures.
//
//     const gt::indicator over_12_months = gt::distinct(cp_plan["child_id"]).at_end_of_period().where(neglect)
//                                              .named("own.over_12_months", "Children on a plan for neglect");
//
// `evaluate` (engine/evaluate_own.hpp) takes it beside the ids of shipped indicators.
#pragma once

#include <goldenthread/core/decimal.hpp>
#include <goldenthread/definitions/build_rows.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/quantile.hpp>

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

class measure_builder;
namespace detail {
/// The digits of a decimal literal.
[[nodiscard]] inline std::string digits_of(const expression_node& literal) {
    std::int64_t denominator = 1;
    for (int i = 0; i < literal.scale; ++i) denominator *= 10;
    return decimal_text(literal.number, denominator, literal.scale);
}
[[nodiscard]] measure_builder with_measure(measure_builder builder, measure m);
}  // namespace detail

/// An indicator being written. Each step gives a longer one and leaves the first as it was; it is an `indicator` at
/// each.
class measure_builder {
public:
    explicit measure_builder(measure_kind kind, std::string table) {
        indicator_.id = "own.measure";
        indicator_.title = "Own measure";
        indicator_.unit = "row";
        indicator_.measure.kind = kind;
        indicator_.measure.of.table = std::move(table);
        indicator_.measure.where = truth_value(true);
    }

    [[nodiscard]] operator indicator() const { return indicator_; }
    [[nodiscard]] const indicator& definition() const noexcept { return indicator_; }

    // --- when and of which rows -----------------------------------------------------------------
    /// The stock on the last day of each period.
    [[nodiscard]] measure_builder at_end_of_period() const { return timed(measure_timing::at); }
    /// What happens in each period; `where` says by which date.
    [[nodiscard]] measure_builder in_period() const { return timed(measure_timing::in); }
    /// Every day of the period, each asked by itself: with person_days, incidence_of, or a share of days.
    [[nodiscard]] measure_builder over_period() const { return timed(measure_timing::over); }
    /// Anything open in the period.
    [[nodiscard]] measure_builder exposed_in_period() const { return timed(measure_timing::exposed); }
    /// Rows of joined spells instead of rows of the table. \throws definition_error for other sources
    [[nodiscard]] measure_builder of(const related_source& spells) const {
        if (spells.query().kind != row_query::kind_type::collapse)
            throw definition_error("a measure counts rows of a table or of collapse(…)");
        return changed([&](measure& m) { m.of = spells.query(); });
    }
    /// A short name for the row counted.
    [[nodiscard]] measure_builder as(std::string_view name) const {
        return changed([&](measure& m) { m.of.alias = detail::checked_name(name); });
    }
    /// Rows that count; said twice, both must hold. UNKNOWN rows are counted apart.
    template <expression_operand Condition>
    [[nodiscard]] measure_builder where(const Condition& condition) const {
        return changed([&](measure& m) { add(m.where, condition); });
    }
    /// Rows left out, counted apart.
    template <expression_operand Condition>
    [[nodiscard]] measure_builder exclude(const Condition& condition) const {
        return changed([&](measure& m) { add(m.exclude, condition); });
    }
    /// Rows whose follow-up is not complete, counted apart.
    template <expression_operand Condition>
    [[nodiscard]] measure_builder immature(const Condition& condition) const {
        return changed([&](measure& m) { add(m.immature, condition); });
    }
    /// Rows still waiting, counted apart.
    template <expression_operand Condition>
    [[nodiscard]] measure_builder censored(const Condition& condition) const {
        return changed([&](measure& m) { add(m.censored, condition); });
    }

    // --- what is made of them -------------------------------------------------------------------
    /// The share of the rows (or entities) for which this holds too.
    template <expression_operand Condition>
    [[nodiscard]] measure_builder share_of(const Condition& condition) const {
        return changed([&](measure& m) {
            m.kind = measure_kind::share;
            m.numerator = as_expression(condition);
        });
    }
    /// A rate per `per` people aged `youngest` to `oldest`.
    [[nodiscard]] measure_builder rate_per(std::int64_t per, int youngest, int oldest) const {
        if (per <= 0) throw definition_error("a rate is per a number above zero");
        if (youngest > oldest) throw definition_error("the youngest age is above the oldest");
        return changed([&](measure& m) {
            m.kind = measure_kind::rate;
            m.per = per;
            m.youngest = youngest;
            m.oldest = oldest;
        });
    }
    /// Rates of periods that are no years, as if they were.
    template <expression_operand Condition>
    [[nodiscard]] measure_builder annualised(const Condition& condition) const {
        return changed([&](measure& m) { m.annualise = as_expression(condition); });
    }
    /// An incidence: events per this many person-years. A ratio: times this.
    [[nodiscard]] measure_builder per(std::int64_t number) const {
        return changed([&](measure& m) { m.per = number; });
    }
    /// A quantile's method: 1 to 9 of Hyndman and Fan, or its name. \throws definition_error for others
    [[nodiscard]] measure_builder by_method(std::string method) const {
        if (quantile_method(method) == 0) throw definition_error("unknown method '" + method + "' of a quantile");
        return changed([&](measure& m) { m.method = std::move(method); });
    }
    /// Events per person-year of those whom this measure counts. Say next: clean_window or first_event_only.
    /// As in files, a time at risk includes its last day unless `with_conventions` says otherwise.
    [[nodiscard]] measure_builder incidence_of(const related_source& events, std::string_view date) const {
        measure_builder cohort = *this;
        if (!cohort.indicator_.conventions.ends) cohort.indicator_.conventions.ends = end_day::inclusive;
        return cohort.changed([&](measure& m) {
            m.kind = measure_kind::incidence;
            m.timing = measure_timing::over;
            m.per = 1000;
            m.events.of = events.query();
            m.events.where = std::exchange(m.events.of.where, expression());
            m.events.date = detail::checked_name(date);
        });
    }
    /// How long after an event, from the next day on, nobody is at risk.
    template <expression_like Length>
    [[nodiscard]] measure_builder clean_window(const Length& length) const {
        return changed([&](measure& m) { m.clean_window = length; });
    }
    /// Nobody is at risk after the first event.
    [[nodiscard]] measure_builder first_event_only() const {
        return changed([&](measure& m) { m.first_event_only = true; });
    }
    /// A conversion's next step: a row of these, on `day`, at most `within` after the base, both ends included.
    template <expression_operand Day, expression_like Length>
    [[nodiscard]] measure_builder step(const related_source& of, const Day& day, const Length& within) const {
        return changed([&](measure& m) { m.steps.push_back(event_of(of, as_expression(day), within)); });
    }
    /// A conversion's exit: after it a base converts no more.
    template <expression_operand Day>
    [[nodiscard]] measure_builder exit_by(const related_source& of, const Day& day) const {
        return changed([&](measure& m) { m.exits.push_back(event_of(of, as_expression(day), {})); });
    }
    /// A conversion: instead of the share that converts, the days it took, of those that did.
    [[nodiscard]] measure_builder mean_time() const { return taking("mean"); }
    [[nodiscard]] measure_builder median_time() const { return taking("median"); }
    /// `p` from "0" to "1", taken exactly.
    [[nodiscard]] measure_builder quantile_time(std::string p) const {
        return taking("quantile").changed([&](measure& m) { m.p = std::move(p); });
    }
    /// A repeat: only earlier rows of this kind make one.
    template <expression_operand Condition>
    [[nodiscard]] measure_builder after_earlier(const Condition& condition) const {
        return changed([&](measure& m) { add(m.earlier, condition); });
    }
    /// Cells by these dimensions are those of another measure: counts, sums or person-days.
    [[nodiscard]] measure_builder profiled_by(std::vector<std::string> dimensions, const measure_builder& shown) const {
        return profiled_by(std::move(dimensions)).changed([&](measure& m) {
            m.profile_measure = std::make_shared<const measure>(shown.indicator_.measure);
        });
    }
    /// Cells by these dimensions are counts of the denominator.
    [[nodiscard]] measure_builder profiled_by(std::vector<std::string> dimensions) const {
        return changed([&](measure& m) {
            if (m.kind == measure_kind::count || m.kind == measure_kind::distinct) m.kind = measure_kind::profile;
            m.profile = std::move(dimensions);
        });
    }
    /// The day on which ages are taken.
    template <expression_operand Day>
    [[nodiscard]] measure_builder ages_on(const Day& on) const {
        return changed([&](measure& m) { m.event_day = as_expression(on); });
    }
    /// How far back, or after the event, the definition looks in a table: coverage is checked that far.
    template <expression_like Length>
    [[nodiscard]] measure_builder look_back(std::string_view table, const Length& length) const {
        return changed([&](measure& m) { m.look_back.push_back({detail::checked_name(table), length}); });
    }
    template <expression_like Length>
    [[nodiscard]] measure_builder follow_up(std::string_view table, const Length& length) const {
        return changed([&](measure& m) { m.follow_up.push_back({detail::checked_name(table), length}); });
    }

    // --- breakdowns -----------------------------------------------------------------------------
    /// A dimension that the engine knows: sex, age_band, ethnicity, ethnicity_group, disabled; or a column.
    [[nodiscard]] measure_builder broken_down_by(std::string_view name) const {
        return with_dimension(name, [](dimension&) {});
    }
    /// A dimension by a value of the row.
    template <expression_operand Value>
    [[nodiscard]] measure_builder broken_down_by(std::string_view name, const Value& value) const {
        return with_dimension(name, [&](dimension& d) {
            d.kind = dimension::kind_type::value;
            d.value = as_expression(value);
        });
    }
    /// Every value of related rows: a row is in each cell it has.
    [[nodiscard]] measure_builder broken_down_by_each(std::string_view name, const related_source& from,
                                                      std::string_view column) const {
        return with_dimension(name, [&](dimension& d) {
            d.kind = dimension::kind_type::each;
            d.source = from.query();
            d.column = detail::checked_name(column);
        });
    }
    /// Named conditions, which may overlap.
    [[nodiscard]] measure_builder broken_down_by_parts(std::string_view name,
                                                       std::vector<std::pair<std::string, expression>> parts) const {
        return with_dimension(name, [&](dimension& d) {
            d.kind = dimension::kind_type::predicates;
            d.predicates = std::move(parts);
        });
    }

    // --- the indicator --------------------------------------------------------------------------
    /// A choice left to the board: a number, a text, a date, true or false, as `:name` in expressions.
    template <expression_operand Value>
    [[nodiscard]] measure_builder with_parameter(std::string_view name, const Value& standard) const {
        parameter p;
        p.name = parameter_named(name)->text;
        p.standard_binding.value = as_expression(standard);
        const expression_node& literal = *p.standard_binding.value;
        switch (literal.kind) {
            case expression_kind::integer_literal:
                p.standard = std::to_string(literal.number);
                break;
            case expression_kind::truth_literal:
                p.standard = literal.flag ? "true" : "false";
                break;
            case expression_kind::text_literal:
                p.standard = literal.text;
                break;
            case expression_kind::date_literal:
                p.standard = to_iso(static_cast<day>(literal.number));
                break;
            case expression_kind::decimal_literal:
                p.standard = detail::digits_of(literal);
                break;
            default:
                throw definition_error("a parameter's value is a text, a number, a date, true or false");
        }
        measure_builder longer = *this;
        longer.indicator_.parameters.push_back(std::move(p));
        return longer;
    }
    [[nodiscard]] measure_builder with_conventions(const conventions& c) const {
        measure_builder longer = *this;
        longer.indicator_.conventions = c;
        return longer;
    }
    /// An id (topic.name) and a title.
    [[nodiscard]] measure_builder named(std::string id, std::string title) const {
        measure_builder longer = *this;
        longer.indicator_.id = std::move(id);
        longer.indicator_.title = std::move(title);
        return longer;
    }

private:
    friend measure_builder detail::with_measure(measure_builder builder, measure m);

    template <class Change>
    [[nodiscard]] measure_builder changed(Change&& change) const {
        measure_builder longer = *this;
        change(longer.indicator_.measure);
        return longer;
    }
    [[nodiscard]] static conversion_step event_of(const related_source& of, expression day, expression within) {
        conversion_step event;
        event.of = of.query();
        event.where = std::exchange(event.of.where, expression());
        event.day = std::move(day);
        event.within = std::move(within);
        return event;
    }
    [[nodiscard]] measure_builder taking(std::string statistic) const {
        return changed([&](measure& m) { m.statistic = std::move(statistic); });
    }
    [[nodiscard]] measure_builder timed(measure_timing timing) const {
        return changed([&](measure& m) { m.timing = timing; });
    }
    template <expression_operand Condition>
    static void add(expression& slot, const Condition& condition) {
        const bool nothing = slot.empty() || (slot->kind == expression_kind::truth_literal && slot->flag);
        slot = nothing ? as_expression(condition) : slot && condition;
    }
    template <class Change>
    [[nodiscard]] measure_builder with_dimension(std::string_view name, Change&& change) const {
        measure_builder longer = *this;
        dimension d;
        d.name = detail::checked_name(name);
        change(d);
        longer.indicator_.breakdowns.push_back(std::move(d));
        return longer;
    }

    indicator indicator_;
};

[[nodiscard]] inline measure_builder detail::with_measure(measure_builder builder, measure m) {
    builder.indicator_.measure = std::move(m);
    return builder;
}

namespace detail {

template <class Change>
[[nodiscard]] measure_builder build_measure(measure_kind kind, const std::string& table, Change&& change) {
    measure_builder builder(kind, table);
    measure m = builder.definition().measure;
    change(m);
    return with_measure(std::move(builder), std::move(m));
}
[[nodiscard]] inline measure_builder of_values(measure_kind kind, const table_columns& table, expression value) {
    return build_measure(kind, table.name(), [&](measure& m) { m.value = std::move(value); });
}
/// Names of columns of one table. \throws definition_error for others
[[nodiscard]] inline std::vector<std::string> columns_of_one_table(const std::vector<const column_reference*>& columns) {
    std::vector<std::string> names;
    for (const column_reference* c : columns) {
        if (c->table().empty() || c->table() != columns.front()->table())
            throw definition_error("the columns of a measure belong to one table");
        if (c->path().size() != 1)
            throw definition_error("a measure counts different values of the table's own columns");
        names.push_back(c->path().front());
    }
    return names;
}

}  // namespace detail

/// Rows of a table.
[[nodiscard]] inline measure_builder count(const table_columns& table) {
    return measure_builder(measure_kind::count, table.name());
}

/// Different values of a column, or of several together. \throws definition_error unless all are of one table
template <std::same_as<column_reference>... More>
[[nodiscard]] measure_builder distinct(const column_reference& first, const More&... more) {
    std::vector<std::string> names = detail::columns_of_one_table({&first, &more...});
    return detail::build_measure(measure_kind::distinct, first.table(), [&](measure& m) { m.distinct = std::move(names); });
}

/// A value of each row added up, over the rows of a table.
template <expression_operand Value>
[[nodiscard]] measure_builder sum(const Value& value, const table_columns& table) {
    return detail::of_values(measure_kind::sum, table, as_expression(value));
}
/// The mean of a value of each row; days for durations.
template <expression_operand Value>
[[nodiscard]] measure_builder mean(const Value& value, const table_columns& table) {
    return detail::of_values(measure_kind::mean, table, as_expression(value));
}
/// The median of a value of each row.
template <expression_operand Value>
[[nodiscard]] measure_builder median(const Value& value, const table_columns& table) {
    return detail::of_values(measure_kind::median, table, as_expression(value));
}
/// The quantile of a value of each row at `p`, a decimal from "0" to "1" taken exactly, or ":parameter".
template <expression_operand Value>
[[nodiscard]] measure_builder quantile(const Value& value, std::string p, const table_columns& table) {
    return detail::build_measure(measure_kind::quantile, table.name(), [&](measure& m) {
        m.value = as_expression(value);
        m.p = std::move(p);
    });
}

/// Days of the period on which `where` holds, row by row: person_days(placement).where(open(…)).
[[nodiscard]] inline measure_builder person_days(const table_columns& table) {
    return measure_builder(measure_kind::person_days, table.name()).over_period();
}
/// The same of different entities: a child's day counts once, however many of its rows are open.
template <std::same_as<column_reference>... More>
[[nodiscard]] measure_builder person_days(const column_reference& first, const More&... more) {
    std::vector<std::string> names = detail::columns_of_one_table({&first, &more...});
    return detail::build_measure(measure_kind::person_days, first.table(), [&](measure& m) {
        m.distinct = std::move(names);
        m.timing = measure_timing::over;
    });
}

/// One measure divided by another on the same periods and breakdowns; each a count, a sum or person-days.
[[nodiscard]] inline measure_builder ratio(const measure_builder& upper, const measure_builder& lower) {
    const measure& above = upper.definition().measure;
    return detail::build_measure(measure_kind::ratio, above.of.table, [&](measure& m) {
        m.upper = std::make_shared<const measure>(above);
        m.lower = std::make_shared<const measure>(lower.definition().measure);
        m.of = above.of;
        m.timing = above.timing;
        m.where = above.where;
        m.per = 1;
    });
}

/// The share of the rows on `day` that are followed by each step said next, in order: conversion(…).step(…).
template <expression_operand Day>
[[nodiscard]] measure_builder conversion(const Day& day, const table_columns& table) {
    return detail::build_measure(measure_kind::conversion, table.name(), [&](measure& m) {
        m.timing = measure_timing::in;
        m.day = as_expression(day);
    });
}

/// The share of the rows on `day` that have an earlier one of the same key at most `within` before.
template <expression_operand Day, expression_like Length>
[[nodiscard]] measure_builder repeat(const Day& day, std::vector<std::string> key, const Length& within,
                                     const table_columns& table) {
    return detail::build_measure(measure_kind::repeat, table.name(), [&](measure& m) {
        m.timing = measure_timing::in;
        m.day = as_expression(day);
        m.key = std::move(key);
        m.within = within;
    });
}

}  // namespace goldenthread
