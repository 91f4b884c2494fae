// goldenthread: what moved a figure: from one to another in exact parts. From the rows, so on the machine that holds
// them; what it gives is counts, unless the units themselves are asked for.
#pragma once

#include <goldenthread/engine/figure_units.hpp>
#include <goldenthread/engine/movement.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace goldenthread {

namespace detail {

/// Adds up the parts of a change, step by step: first other rows, then another definition, then another period.
class movement_writer {
public:
    movement_writer(movement& m, bool with_units) : m_(m), with_units_(with_units) {
        for (std::size_t i = 0; i < movement_parts; ++i)
            m_.parts.push_back({static_cast<movement_part>(i), 0, 0, 0, exact_ratio{0, 1}});
    }

    /// A step all of which is one part.
    void add_whole(movement_part part, const figure_side& before, const figure_side& after) {
        visit(before, after,
              [&](const unit_key&, const unit_state& was, const unit_state& is, const contribution& change) {
                  note(part, before, after, was, is, change);
              });
        moved_part& whole = at(part);
        whole.denominator = after.figure.denominator.value_or(0) - before.figure.denominator.value_or(0);
        if (!before.figure.value || !after.figure.value) {
            split_ = false;
        } else {
            whole.value = difference_of(*after.figure.value, *before.figure.value);
        }
    }
    /// The step from one period (or cell) to another, on the same rows by the same definition.
    void add_periods(const figure_side& before, const figure_side& after) {
        visit(before, after,
              [&](const unit_key&, const unit_state& was, const unit_state& is, const contribution& change) {
                  note(part_of(before, after, was, is), before, after, was, is, change);
              });
        const bool is_rate = after.kind == measure_kind::rate;
        if (is_rate)
            at(movement_part::population).denominator =
                after.figure.denominator.value_or(0) - before.figure.denominator.value_or(0);
        if (after.kind == measure_kind::median) {
            split_ = false;
            m_.reason = "a median's change has no parts";
        } else if (!before.figure.value || !after.figure.value) {
            split_ = false;
        } else {
            split_values(before, after, is_rate);
        }
    }
    void finish() {
        if (!split_) {
            for (moved_part& p : m_.parts) p.value.reset();
            if (m_.reason.empty()) m_.reason = "a figure on the way has no value";
        }
        std::stable_sort(m_.units.begin(), m_.units.end(),
                         [](const moved_unit& a, const moved_unit& b) { return a.part < b.part; });
    }

private:
    moved_part& at(movement_part part) { return m_.parts[static_cast<std::size_t>(part)]; }

    template <class Visit>
    static void visit(const figure_side& before, const figure_side& after, Visit&& visit_unit) {
        const unit_state nothing;
        for (const auto& [key, was] : before.units) {
            const auto found = after.units.find(key);
            const unit_state& is = found == after.units.end() ? nothing : found->second;
            visit_change(before, after, key, was, is, visit_unit);
        }
        for (const auto& [key, is] : after.units) {
            if (before.units.count(key) == 0) visit_change(before, after, key, nothing, is, visit_unit);
        }
    }
    template <class Visit>
    static void visit_change(const figure_side& before, const figure_side& after, const unit_key& key,
                             const unit_state& was, const unit_state& is, Visit&& visit_unit) {
        const contribution old_one = contribution_of(before, was), new_one = contribution_of(after, is);
        const contribution change{checked_add(new_one.numerator, checked_negate(old_one.numerator)),
                                  new_one.denominator - old_one.denominator};
        const bool came_or_went = ((was.classes ^ is.classes) & in_denominator) != 0;  // also a value of 0
        if (change == contribution{} && !came_or_went) return;
        visit_unit(key, was, is, change);
    }
    static movement_part part_of(const figure_side& before, const figure_side& after, const unit_state& was,
                                 const unit_state& is) {
        if (is_undecided(before, was.classes) || is_undecided(after, is.classes)) return movement_part::unknown;
        const bool counted_before = (was.classes & in_denominator) != 0,
                   counted_now = (is.classes & in_denominator) != 0;
        return counted_before == counted_now ? movement_part::changed
               : counted_now                 ? movement_part::joined
                                             : movement_part::left;
    }
    void note(movement_part part, const figure_side& before, const figure_side& after, const unit_state& was,
              const unit_state& is, const contribution& change) {
        moved_part& p = at(part);
        ++p.units;
        p.numerator = checked_add(p.numerator, change.numerator);
        p.denominator += change.denominator;
        if (!with_units_) return;
        m_.units.push_back({part, was.shown.empty() ? is.shown : was.shown, role_of(before, was.classes),
                            role_of(after, is.classes), change.numerator, change.denominator});
    }

    /// The exact rule, for v = n ÷ d: the numerator's change counts at the mean of 1/d before and after, the
    /// denominator's at the mean of n: Δv = Δn (d₀ + d₁) / 2d₀d₁ − Δd (n₀ + n₁) / 2d₀d₁. It is linear in the parts
    /// and the same in both directions of time.
    void split_values(const figure_side& before, const figure_side& after, bool is_rate) {
        const exact_ratio &was = *before.figure.value, &is = *after.figure.value;
        const std::int64_t below = checked_multiply(2, checked_multiply(was.denominator, is.denominator));
        const std::int64_t denominators = checked_add(was.denominator, is.denominator),
                           numerators = checked_add(was.numerator, is.numerator);
        for (const movement_part part : {movement_part::joined, movement_part::left, movement_part::changed,
                                         movement_part::unknown, movement_part::population}) {
            moved_part& p = at(part);
            const bool whole_population = is_rate && part == movement_part::population;
            const std::int64_t more_above = checked_multiply(after.factor, p.numerator);
            const std::int64_t more_below = whole_population ? is.denominator - was.denominator
                                            : is_rate        ? 0
                                                             : p.denominator;
            p.value = reduced(checked_add(checked_multiply(more_above, denominators),
                                          checked_negate(checked_multiply(more_below, numerators))),
                              below);
        }
    }

    movement& m_;
    bool with_units_;
    bool split_ = true;
};

[[nodiscard]] inline contribution sum_of_units(const figure_side& side) {
    contribution total;
    for (const auto& [key, unit] : side.units) {
        const contribution one = contribution_of(side, unit);
        total.numerator = checked_add(total.numerator, one.numerator);
        total.denominator += one.denominator;
    }
    return total;
}

/// Empty if a figure can be taken apart; else why not.
[[nodiscard]] inline std::string not_comparable(const figure_side& side, const period& when) {
    if (!is_made_of_units(side.kind)) return "a " + std::string(to_text(side.kind)) + " is not a sum over units";
    if (!side.figure.numerator)
        return when.label + " is " + std::string(to_text(side.figure.state)) +
               (side.figure.reason.empty() ? "" : " (" + side.figure.reason + ")");
    const bool has_own_denominator = side.figure.denominator.has_value() && side.kind != measure_kind::rate;
    const contribution total = sum_of_units(side);
    if (total.numerator != *side.figure.numerator ||
        (has_own_denominator && total.denominator != *side.figure.denominator)) {
        throw calculation_error("the units of " + when.label + " do not add up to its figure");
    }
    return {};
}

/// A category that a closed list does not hold is a slip.
inline void refuse_unknown_category(const figure_side& side, const figure_question& q) {
    if (side.known_category || side.declared.empty() || !q.key.front().category) return;
    error_context context;
    context.indicator = q.indicator;
    context.remedy = name_remedy(*q.key.front().category, side.declared);
    throw definition_error("no figure has " + q.key.front().dimension + " '" + *q.key.front().category + "'",
                           std::move(context));
}

}  // namespace detail

/// The parts that a figure's change from `before` to `after` is made of. The two may differ in period or cell, in
/// rows, and in definition or parameters, all at once: other rows come first, then the definition, then the period,
/// so what is late data is told of the earlier figure's period. `with_units` lists what moved: personal data.
/// \throws definition_error for an unknown indicator, parameter, dimension or category
[[nodiscard]] inline movement what_moved(const schema& tables, const figure_question& before,
                                         const figure_question& after, bool with_units = false) {
    movement m;
    const detail::figure_side first = detail::read_side(tables, before), last = detail::read_side(tables, after);
    detail::refuse_unknown_category(first, before);
    detail::refuse_unknown_category(last, after);
    m.indicator = after.indicator;
    m.title = last.about.title;
    m.unit_of_count = last.about.unit_of_count;
    m.period_before = before.when;
    m.period_after = after.when;
    m.before = first.figure;
    m.after = last.figure;
    const auto refused = [&](const detail::figure_side& side, const period& when) {
        m.reason = detail::not_comparable(side, when);
        m.comparable = m.reason.empty();
        return !m.comparable;
    };
    if (refused(first, before.when) || refused(last, after.when)) return m;
    if (first.figure.value && last.figure.value)
        m.value_change = detail::difference_of(*last.figure.value, *first.figure.value);

    detail::movement_writer writer(m, with_units);
    detail::figure_side here = first;
    figure_question question = before;
    if (before.data != after.data && !(hash_of_rows(*before.data) == hash_of_rows(*after.data))) {
        question.data = after.data;
        detail::figure_side next = detail::read_side(tables, question);
        if (refused(next, question.when)) return (m.parts.clear(), m.units.clear(), m);
        writer.add_whole(movement_part::late_data, here, next);
        here = std::move(next);
    }
    question.data = after.data;
    if (first.about.definition_hash != last.about.definition_hash || before.indicator != after.indicator) {
        question.definitions = after.definitions;
        question.indicator = after.indicator;
        question.parameters = after.parameters;
        detail::figure_side next = detail::read_side(tables, question);
        if (refused(next, question.when)) return (m.parts.clear(), m.units.clear(), m);
        writer.add_whole(movement_part::definition, here, next);
        here = std::move(next);
    }
    writer.add_periods(here, last);
    writer.finish();
    return m;
}

}  // namespace goldenthread
