// goldenthread: adding figures up, where that makes sense. A stock is not added over time, a child seen twice is one
// child, and percentages are never added or averaged: their counts are, and divided again.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/scalar.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace detail {

[[noreturn]] inline void refuse_adding(const indicator_result& r, std::string message, std::string remedy) {
    error_context context;
    context.indicator = r.indicator;
    context.remedy = std::move(remedy);
    throw definition_error(std::move(message), std::move(context));
}

/// Figures that are not made from the counts of their parts are computed anew.
inline void refuse_values_that_do_not_add(const indicator_result& r) {
    if (r.measure == "median" || r.measure == "quantile") refuse_adding(r, "a " + r.measure + " of a whole is not made from those of its parts", "ask for the whole");
    if (r.unit == value_unit::rate) refuse_adding(r, "rates are not added: people and lengths of periods differ", "ask for the whole");
}

/// The sum of cells: counts are added, a share, a mean or a ratio is divided anew.
[[nodiscard]] inline cell sum_of(const indicator_result& r, const std::vector<const cell*>& parts) {
    cell sum;
    sum.period_index = parts.front()->period_index;
    std::int64_t upper = 0, lower = 0;
    bool divided = false, partial = false;
    for (const cell* part : parts) {
        if (!part->numerator) refuse_adding(r, "a cell was not computed (" + std::string(to_text(part->state)) + "): " + part->reason, "");
        upper = checked_add(upper, *part->numerator);
        divided = divided || part->denominator.has_value();
        lower = checked_add(lower, part->denominator.value_or(0));
        partial = partial || part->state == cell_state::partial;
        sum.unknown += part->unknown;
        sum.excluded += part->excluded;
        sum.immature += part->immature;
        sum.censored += part->censored;
        sum.denominator_unknown += part->denominator_unknown;
        sum.denominator_excluded += part->denominator_excluded;
        sum.denominator_immature += part->denominator_immature;
    }
    sum.numerator = upper;
    if (divided) sum.denominator = lower;
    if (divided && lower <= 0) {
        sum.state = cell_state::zero_denominator;
        sum.reason = "nothing to divide by";
        return sum;
    }
    sum.value = divided ? exact_ratio{checked_multiply(upper, r.multiplier), lower} : exact_ratio{upper, 1};
    sum.state = partial ? cell_state::partial : upper == 0 && r.unit != value_unit::days ? cell_state::true_zero : cell_state::value;
    return sum;
}

}  // namespace detail

/// The totals of several periods as one. `units` of the sum is not known: a child may be in several periods.
/// \throws definition_error for a stock, for entities counted once a period, for medians, quantiles and rates, for
///         periods that share days, and where a cell was not computed
[[nodiscard]] inline cell added_over_periods(const indicator_result& r, const std::vector<period>& periods, const std::vector<std::size_t>& which) {
    if (which.empty()) detail::refuse_adding(r, "no period was named", "");
    if (r.timing == "at") detail::refuse_adding(r, "a stock is not added over time: what stands at the end of one period stands at the end of the next", "take the last period's");
    if (!r.adds_over_periods) detail::refuse_adding(r, "what is counted once in each period is not added over periods: it may be in both", "ask for the whole");
    detail::refuse_values_that_do_not_add(r);
    std::vector<period> sorted;
    std::vector<const cell*> parts;
    for (const std::size_t p : which) {
        const cell* total = r.total(p);
        if (p >= periods.size() || total == nullptr) detail::refuse_adding(r, "there is no period " + std::to_string(p), "");
        sorted.push_back(periods[p]);
        parts.push_back(total);
    }
    std::sort(sorted.begin(), sorted.end(), [](const period& a, const period& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i].first <= sorted[i - 1].last) {
            detail::refuse_adding(r, "periods '" + sorted[i - 1].label + "' and '" + sorted[i].label + "' share days, which would count twice", "choose periods that do not overlap");
        }
    }
    return detail::sum_of(r, parts);
}

/// The cells of one dimension in one period as one.
/// \throws definition_error for a dimension whose cells do not add up to the total, and as for periods
[[nodiscard]] inline cell added_over_cells(const indicator_result& r, const std::string& dimension, std::size_t period_index) {
    const auto known = std::find_if(r.adds_over_breakdowns.begin(), r.adds_over_breakdowns.end(), [&](const auto& d) { return d.first == dimension; });
    if (known == r.adds_over_breakdowns.end()) detail::refuse_adding(r, "there is no breakdown by " + dimension, "");
    if (!known->second) detail::refuse_adding(r, "cells by " + dimension + " do not add up: one may be in several", "take the total");
    detail::refuse_values_that_do_not_add(r);
    std::vector<const cell*> parts;
    for (const cell& c : r.cells) {
        if (c.period_index == period_index && c.key.size() == 1 && c.key.front().dimension == dimension) parts.push_back(&c);
    }
    if (parts.empty()) detail::refuse_adding(r, "there are no cells by " + dimension, "");
    return detail::sum_of(r, parts);
}

}  // namespace goldenthread
