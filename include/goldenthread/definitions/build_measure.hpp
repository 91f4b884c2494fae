// goldenthread: the C++ spelling of measures.
//
//     const gt::indicator over_12_months = gt::distinct(cp_plan["child_id"]).at_end_of_period().where(neglect)
//                                              .named("own.over_12_months", "Children on a plan for neglect");
//
// `evaluate` (engine/evaluate_own.hpp) takes it beside the ids of shipped indicators.
#pragma once

#include <goldenthread/definitions/build_rows.hpp>
#include <goldenthread/definitions/indicator.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

class measure_builder;
namespace detail {
[[nodiscard]] measure_builder with_parts(measure_builder builder, std::vector<std::string> columns, expression value);
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
    /// A choice left to the board: a whole number, text, true or false, as `:name` in expressions.
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
            default:
                throw definition_error("a parameter's value is a text, a whole number, a date, true or false");
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
    friend measure_builder detail::with_parts(measure_builder builder, std::vector<std::string> columns,
                                              expression value);

    template <class Change>
    [[nodiscard]] measure_builder changed(Change&& change) const {
        measure_builder longer = *this;
        change(longer.indicator_.measure);
        return longer;
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

[[nodiscard]] inline measure_builder detail::with_parts(measure_builder builder, std::vector<std::string> columns,
                                                        expression value) {
    builder.indicator_.measure.distinct = std::move(columns);
    builder.indicator_.measure.value = std::move(value);
    return builder;
}

/// Rows of a table.
[[nodiscard]] inline measure_builder count(const table_columns& table) {
    return measure_builder(measure_kind::count, table.name());
}

/// Different values of a column, or of several together. \throws definition_error unless all are of one table
template <std::same_as<column_reference>... More>
[[nodiscard]] measure_builder distinct(const column_reference& first, const More&... more) {
    std::vector<std::string> names;
    for (const column_reference* c : {&first, &more...}) {
        if (c->table().empty() || c->table() != first.table())
            throw definition_error("the columns of a measure belong to one table");
        if (c->path().size() != 1)
            throw definition_error("a measure counts different values of the table's own columns");
        names.push_back(c->path().front());
    }
    return detail::with_parts(measure_builder(measure_kind::distinct, first.table()), std::move(names), {});
}

/// A value of each row added up, over the rows of a table.
template <expression_operand Value>
[[nodiscard]] measure_builder sum(const Value& value, const table_columns& table) {
    return detail::with_parts(measure_builder(measure_kind::sum, table.name()), {}, as_expression(value));
}
/// The mean of a value of each row; days for durations.
template <expression_operand Value>
[[nodiscard]] measure_builder mean(const Value& value, const table_columns& table) {
    return detail::with_parts(measure_builder(measure_kind::mean, table.name()), {}, as_expression(value));
}
/// The median of a value of each row.
template <expression_operand Value>
[[nodiscard]] measure_builder median(const Value& value, const table_columns& table) {
    return detail::with_parts(measure_builder(measure_kind::median, table.name()), {}, as_expression(value));
}

}  // namespace goldenthread
