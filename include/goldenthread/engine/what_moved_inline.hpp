// goldenthread: takes a change apart, for the translation unit that includes this: inlined::what_moved.
#pragma once

#include <goldenthread/engine/figure_units.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace goldenthread::detail {

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
            split_values(before, after);
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
    void split_values(const figure_side& before, const figure_side& after) {
        const exact_ratio was = divided(before), is = divided(after);
        const std::int64_t below = checked_multiply(2, checked_multiply(was.denominator, is.denominator));
        const std::int64_t denominators = checked_add(was.denominator, is.denominator);
        const std::int64_t numerators = checked_add(was.numerator, is.numerator);
        const bool is_rate = after.kind == measure_kind::rate;
        for (const movement_part part : {movement_part::joined, movement_part::left, movement_part::changed,
                                         movement_part::unknown, movement_part::population}) {
            moved_part& p = at(part);
            const bool people = is_rate && part == movement_part::population;
            const std::int64_t more_above = checked_multiply(after.factor, p.numerator);
            const std::int64_t more_below = people                  ? checked_add(is.denominator, -was.denominator)
                                            : divides_by_own(after) ? checked_multiply(p.denominator, m_.parts_of_one)
                                                                    : 0;
            p.value = reduced(checked_add(checked_multiply(more_above, denominators),
                                          checked_negate(checked_multiply(more_below, numerators))),
                              below);
        }
    }
    /// Kinds that divide by the units they count.
    static bool divides_by_own(const figure_side& side) {
        return side.kind == measure_kind::mean || (side.kind == measure_kind::share && !side.counts_rows_in);
    }
    /// The figure's value before any reduction.
    exact_ratio divided(const figure_side& side) const {
        const contribution total = sum_of_units(side);
        if (side.kind == measure_kind::rate) {
            return {checked_multiply(side.factor, total.numerator),
                    checked_multiply(side.figure.value->denominator, m_.parts_of_one)};
        }
        return {total.numerator, checked_multiply(divides_by_own(side) ? total.denominator : 1, m_.parts_of_one)};
    }

    movement& m_;
    bool with_units_;
    bool split_ = true;
};

/// Empty if a figure can be taken apart; else why not.
[[nodiscard]] inline std::string not_comparable(const figure_side& side, const period& when) {
    if (!side.whole.empty()) return side.whole;
    const cell& c = side.figure;
    if (!c.numerator && !c.denominator) {
        return when.label + " is " + std::string(to_text(c.state)) + (c.reason.empty() ? "" : " (" + c.reason + ")");
    }
    const contribution total = sum_of_units(side);
    const bool other_numerator = c.numerator && total.numerator != checked_multiply(*c.numerator, side.scale);
    const bool other_denominator =
        c.denominator && side.kind != measure_kind::rate && total.denominator != *c.denominator;
    if (other_numerator || other_denominator) {
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

/// Goes from one figure to another in steps that each change one thing: the rows, the definition, the period.
class movement_steps {
public:
    movement_steps(const schema& tables, const figure_question& before, const figure_question& after, bool with_units)
        : tables_(tables), before_(before), after_(after), with_units_(with_units) {}

    [[nodiscard]] movement run() {
        figure_side here = read_side(tables_, before_), last = read_side(tables_, after_);
        refuse_unknown_category(here, before_);
        refuse_unknown_category(last, after_);
        const bool other_definition =
            here.about.definition_hash != last.about.definition_hash || before_.indicator != after_.indicator;
        describe(here, last);
        if (!(fits(here, before_.when) && fits(last, after_.when))) return m_;
        m_.numerator_before = sum_of_units(here).numerator;
        m_.numerator_after = sum_of_units(last).numerator;
        if (here.figure.value && last.figure.value) {
            m_.value_change = difference_of(*last.figure.value, *here.figure.value);
        }
        movement_writer writer(m_, with_units_);
        figure_question question = before_;
        question.data = after_.data;
        if (other_rows() && !step(movement_part::late_data, question, here, writer)) return m_;
        if (other_definition) {
            question.definitions = after_.definitions;
            question.indicator = after_.indicator;
            question.parameters = after_.parameters;
            if (!step(movement_part::definition, question, here, writer)) return m_;
        }
        writer.add_periods(here, last);
        writer.finish();
        return m_;
    }

private:
    [[nodiscard]] bool other_rows() const {
        return before_.data != after_.data && !(hash_of_rows(*before_.data) == hash_of_rows(*after_.data));
    }
    void describe(figure_side& first, figure_side& last) {
        m_.indicator = after_.indicator;
        m_.title = last.about.title;
        m_.unit_of_count = last.about.unit_of_count;
        m_.period_before = before_.when;
        m_.period_after = after_.when;
        m_.before = first.figure;
        m_.after = last.figure;
        m_.parts_of_one = std::lcm(first.parts_of_one, last.parts_of_one);
        first.scale = m_.parts_of_one / first.parts_of_one;
        last.scale = m_.parts_of_one / last.parts_of_one;
    }
    bool fits(const figure_side& side, const period& when) {
        m_.reason = not_comparable(side, when);
        m_.comparable = m_.reason.empty();
        return m_.comparable;
    }
    /// False if there is no figure on the way.
    bool step(movement_part part, const figure_question& question, figure_side& here, movement_writer& writer) {
        figure_side next = read_side(tables_, question);
        next.scale = m_.parts_of_one / next.parts_of_one;
        if (!fits(next, question.when)) {
            m_.parts.clear();
            m_.units.clear();
            return false;
        }
        writer.add_whole(part, here, next);
        here = std::move(next);
        return true;
    }

    const schema& tables_;
    const figure_question& before_;
    const figure_question& after_;
    bool with_units_;
    movement m_;
};

}  // namespace goldenthread::detail


namespace goldenthread::inlined {

/// \copydoc goldenthread::what_moved
[[nodiscard]] inline movement what_moved(const schema& tables, const figure_question& before,
                                         const figure_question& after, bool with_units = false) {
    return detail::movement_steps(tables, before, after, with_units).run();
}

}  // namespace goldenthread::inlined
