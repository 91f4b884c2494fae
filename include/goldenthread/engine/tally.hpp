// goldenthread: how the truth values of a row become counts; shared by both engines.
#pragma once

#include <goldenthread/engine/evaluate_node.hpp>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// What a row (or any row of a distinct entity) is for a measure on one day. Bits add up over an entity's rows.
enum row_class : std::uint8_t {
    in_denominator = 1,
    in_numerator = 2,
    numerator_unknown = 4,
    is_unknown = 8,
    is_excluded = 16,
    is_immature = 32,
};

/// Truth values of the filters of one row.
struct row_truths {
    truth where = truth::yes;
    truth exclude = truth::no;
    truth immature = truth::no;
    truth numerator = truth::no;
};

/// Order: where → exclude → immature → numerator. An undecided side filter leaves the row out, counted unknown.
[[nodiscard]] constexpr std::uint8_t classify(const row_truths& t) noexcept {
    if (t.where == truth::no) return 0;
    if (t.where == truth::yes && t.exclude == truth::yes) return is_excluded;
    if (t.where == truth::yes && t.exclude == truth::no && t.immature == truth::yes) return is_immature;
    // Not counted for certain, but whether excluded or immature cannot be told: unknown, as the first that is undecided.
    if (t.where == truth::yes && t.exclude == truth::unknown && t.immature == truth::yes) return is_unknown;
    const truth counted = both(t.where, both(!t.exclude, !t.immature));
    if (counted == truth::no) return 0;
    // Kleene: a row that may not be counted at all can still make its entity's numerator undecided.
    if (counted == truth::unknown) return static_cast<std::uint8_t>(is_unknown | (t.numerator != truth::no ? numerator_unknown : 0));
    if (t.numerator == truth::yes) return in_denominator | in_numerator;
    return static_cast<std::uint8_t>(in_denominator | (t.numerator == truth::unknown ? numerator_unknown : 0));
}

/// Counts of one cell in one period.
struct tally {
    std::int64_t counted = 0;  ///< denominator, or the count itself
    std::int64_t numerator = 0;
    std::int64_t unknown = 0;
    std::int64_t excluded = 0;
    std::int64_t immature = 0;
    std::int64_t people = 0;  ///< days only: entities (or rows) of which at least one day counts
    std::map<std::int64_t, std::int64_t> values;  ///< of a sum, mean or median: value → rows; exact, so it can be taken away again

    /// Adds (or with -1 takes away) one entity whose rows have these classes.
    void add(std::uint8_t classes, std::int64_t sign = 1) noexcept {
        if ((classes & in_denominator) != 0) {
            counted += sign;
            if ((classes & in_numerator) != 0) {
                numerator += sign;
            } else if ((classes & numerator_unknown) != 0) {
                unknown += sign;
            }
        } else if ((classes & is_unknown) != 0) {
            unknown += sign;
        } else if ((classes & is_immature) != 0) {
            immature += sign;
        } else if ((classes & is_excluded) != 0) {
            excluded += sign;
        }
    }
    /// Adds (or with -1 takes away) the value of one row.
    void add_value(std::int64_t value, std::int64_t sign = 1) {
        const auto at = values.emplace(value, 0).first;
        if ((at->second += sign) == 0) values.erase(at);
    }
    tally& operator+=(const tally& o) {
        counted += o.counted;
        numerator += o.numerator;
        unknown += o.unknown;
        excluded += o.excluded;
        immature += o.immature;
        people += o.people;
        for (const auto& [value, rows] : o.values) add_value(value, rows);
        return *this;
    }
    /// Takes away what `+=` adds.
    tally& operator-=(const tally& o) {
        counted -= o.counted;
        numerator -= o.numerator;
        unknown -= o.unknown;
        excluded -= o.excluded;
        immature -= o.immature;
        people -= o.people;
        for (const auto& [value, rows] : o.values) add_value(value, -rows);
        return *this;
    }
    [[nodiscard]] bool is_nothing() const noexcept {
        return counted == 0 && numerator == 0 && unknown == 0 && excluded == 0 && immature == 0 && people == 0 && values.empty();
    }
    /// Whether less was there than was taken away.
    [[nodiscard]] bool is_short() const noexcept {
        if (counted < 0 || numerator < 0 || unknown < 0 || excluded < 0 || immature < 0 || people < 0) return true;
        for (const auto& [value, rows] : values) {
            if (rows < 0) return true;
        }
        return false;
    }
    /// The same for each of `days` days. Entities stay what they are.
    [[nodiscard]] tally on_days(std::int64_t days) const {
        tally result;
        result.counted = counted * days;
        result.numerator = numerator * days;
        result.unknown = unknown * days;
        result.excluded = excluded * days;
        result.immature = immature * days;
        result.people = people;
        return result;
    }
    friend bool operator==(const tally&, const tally&) = default;
};

/// A distinct entity without a key can only be counted as unknown.
[[nodiscard]] constexpr std::uint8_t without_key(std::uint8_t classes) noexcept {
    const bool may_count = (classes & (in_denominator | is_unknown)) != 0;
    return may_count ? static_cast<std::uint8_t>(is_unknown) : classes;
}

/// Category ids of a cell, one for each dimension; -1 = not recorded.
using category_key = std::vector<std::int64_t>;
inline constexpr std::int64_t no_category = -1;

/// Counts by cell and period. Breakdown 0 is the total with an empty key; breakdown i+1 the i-th asked for.
using tallies = std::vector<std::map<category_key, std::vector<tally>>>;

/// The categories a row has in one dimension at a time; a predicate may be undecided.
using row_categories = std::vector<std::pair<std::int64_t, truth>>;

/// Reads a row's categories in the dimensions of a measure.
class category_reader {
public:
    category_reader(const bound_measure& m, const node_evaluator& nodes) : m_(m), nodes_(nodes) {
        for (const resolved_dimension& d : m.measure().dimensions) {
            predicate_ids_.emplace_back();
            for (const auto& [name, predicate] : d.predicates) predicate_ids_.back().push_back(m.data().texts().id(name));
        }
    }

    [[nodiscard]] row_categories categories(std::size_t dimension_index, frames& f, const time_point& t) const {
        const resolved_dimension& d = m_.measure().dimensions[dimension_index];
        row_categories result;
        if (d.value) {
            result.emplace_back(category_of(nodes_.evaluate(d.value, f, t)), truth::yes);
        } else if (d.each_value) {
            for (const related_row& row : nodes_.rows_of(d.each, f, t)) {
                if (row.belongs == truth::no) continue;
                node_evaluator::enter(f, d.each.slot, row);
                merge(result, category_of(nodes_.evaluate(d.each_value, f, t)), row.belongs);
            }
            if (result.empty()) result.emplace_back(no_category, truth::yes);
        } else {
            for (std::size_t i = 0; i < d.predicates.size(); ++i) {
                const truth holds_here = nodes_.evaluate_truth(d.predicates[i].second, f, t);
                if (holds_here != truth::no) result.emplace_back(predicate_ids_[dimension_index][i], holds_here);
            }
        }
        return result;
    }

    /// All cells of a breakdown that a row is in: the product over its dimensions.
    [[nodiscard]] std::vector<std::pair<category_key, truth>> cells(const std::vector<std::size_t>& dimensions, frames& f, const time_point& t) const {
        std::vector<std::pair<category_key, truth>> result = {{{}, truth::yes}};
        for (const std::size_t d : dimensions) {
            std::vector<std::pair<category_key, truth>> next;
            for (const auto& [category, holds_here] : categories(d, f, t)) {
                for (const auto& [key, so_far] : result) {
                    category_key longer = key;
                    longer.push_back(category);
                    next.emplace_back(std::move(longer), both(so_far, holds_here));
                }
            }
            result = std::move(next);
        }
        return result;
    }

    [[nodiscard]] static std::int64_t category_of(const scalar& s) noexcept { return s.is_null() ? no_category : s.low; }

private:
    static void merge(row_categories& all, std::int64_t category, truth belongs) {
        for (auto& [known, so_far] : all) {
            if (known == category) {
                so_far = either(so_far, belongs);
                return;
            }
        }
        all.emplace_back(category, belongs);
    }

    const bound_measure& m_;
    const node_evaluator& nodes_;
    std::vector<std::vector<std::int64_t>> predicate_ids_;
};

/// A row that may or may not be in a cell makes the cell's count of it unknown.
[[nodiscard]] constexpr std::uint8_t within_cell(std::uint8_t classes, truth in_cell) noexcept {
    if (in_cell == truth::yes) return classes;
    if (in_cell == truth::no) return 0;
    return without_key(classes);
}

/// Key of the entity a row belongs to; nothing when a part is null.
[[nodiscard]] inline bool entity_of(const bound_measure& m, const frames& f, key_index::key& key) {
    key.clear();
    for (const column_use& c : m.measure().distinct) {
        if (!append_key(key, m.use(c).at(f))) return false;
    }
    return true;
}

}  // namespace goldenthread::detail
