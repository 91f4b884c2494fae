// goldenthread: from counts to cells: states, numerators, denominators and values.
#pragma once

#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/cell_values.hpp>
#include <goldenthread/engine/coverage.hpp>
#include <goldenthread/engine/population.hpp>
#include <goldenthread/engine/tally.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Everything about the dataset that outlives one indicator.
struct run_context {
    run_context(const dataset& input, const schema& tables) : data(input, tables), coverage(data), population(data) {}
    prepared_dataset data;
    dataset_coverage coverage;
    population_counts population;
};

/// The tallies that make the cells of one measure: its own and those joined to them, each null where there are none.
struct joined_tallies {
    const tallies* own = nullptr;
    const tallies* waiting = nullptr;  ///< rows still waiting
    const tallies* lower = nullptr;    ///< what a ratio or an incidence is divided by
    const tallies* profile = nullptr;  ///< the second measure of a profile
};

/// Turns the tallies of one measure into cells.
class cell_writer {
public:
    cell_writer(const bound_measure& m, const run_context& run, const std::vector<period>& periods, std::vector<std::size_t> indices)
        : m_(m), measure_(m.measure()), run_(run), periods_(periods), indices_(std::move(indices)) {}

    void write(const joined_tallies& counts, std::vector<cell>& out) const {
        for (std::size_t b = 0; b < counts.own->size(); ++b) {
            if (b > 0 && counts.profile != nullptr && is_profile_breakdown(measure_, b - 1)) continue;
            write_breakdown(b, b, counts, out);
        }
    }
    /// Cells of this measure's breakdown `b`.
    void write_breakdown(std::size_t b, std::size_t lower_b, const joined_tallies& counts, std::vector<cell>& out) const {
        const tally nothing;
        const auto found = [&](const tallies* all, std::size_t breakdown_index, const category_key& key, std::size_t p) -> const tally& {
            if (all == nullptr) return nothing;
            const auto at = (*all)[breakdown_index].find(key);
            return at == (*all)[breakdown_index].end() ? nothing : at->second[p];
        };
        for (const category_key& key : keys_of(b, (*counts.own)[b], counts.lower == nullptr ? nullptr : &(*counts.lower)[lower_b])) {
            for (std::size_t p = 0; p < indices_.size(); ++p) {
                out.push_back(make_cell(b, key, p, found(counts.own, b, key, p), found(counts.lower, lower_b, key, p)));
                if (out.back().numerator || out.back().denominator) out.back().censored = found(counts.waiting, b, key, p).counted;
            }
        }
    }

private:
    /// Declared categories first and in their order, then others by name, not recorded last.
    [[nodiscard]] std::vector<category_key> keys_of(std::size_t b, const std::map<category_key, std::vector<tally>>& found,
                                                     const std::map<category_key, std::vector<tally>>* lower) const {
        if (b == 0) return {{}};
        std::vector<category_key> declared = {{}};
        constexpr std::size_t largest_product = 2000;
        for (const std::size_t d : measure_.breakdowns[b - 1]) {
            std::vector<category_key> longer;
            for (const category_key& key : declared) {
                for (const std::string& name : measure_.dimensions[d].categories) {
                    longer.push_back(key);
                    longer.back().push_back(m_.data().texts().id(name));
                }
            }
            declared = std::move(longer);
            if (declared.size() > largest_product) declared.clear();
        }
        std::vector<category_key> extra;
        for (const auto* all : {&found, lower}) {
            if (all == nullptr) continue;
            for (const auto& [key, counts] : *all) {
                const bool empty = std::all_of(counts.begin(), counts.end(), [](const tally& t) { return t == tally{}; });
                const auto is_in = [&](const std::vector<category_key>& keys) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
                if (!empty && !is_in(declared) && !is_in(extra)) extra.push_back(key);
            }
        }
        std::sort(extra.begin(), extra.end(), [&](const category_key& x, const category_key& y) { return names_of(x) < names_of(y); });
        declared.insert(declared.end(), extra.begin(), extra.end());
        return declared;
    }
    /// Texts for sorting; not recorded sorts last.
    [[nodiscard]] std::vector<std::pair<bool, std::string>> names_of(const category_key& key) const {
        std::vector<std::pair<bool, std::string>> result;
        for (const std::int64_t id : key) result.emplace_back(id == no_category, id == no_category ? std::string() : m_.data().texts().text(id));
        return result;
    }
    [[nodiscard]] bool counts_profile(std::size_t b) const { return b > 0 && is_profile_breakdown(measure_, b - 1); }
    /// A measure joined from two is covered as far as both are.
    [[nodiscard]] coverage_verdict judge(const period& when) const {
        coverage_verdict verdict = judge_coverage(measure_, run_.coverage, when);
        if (!measure_.lower) return verdict;
        const coverage_verdict lower = judge_coverage(*measure_.lower, run_.coverage, when);
        const auto weight = [](const coverage_verdict& v) {
            return v.state == cell_state::missing ? 3 : v.state == cell_state::not_due ? 2 : v.state == cell_state::partial ? 1 : 0;
        };
        return weight(lower) > weight(verdict) ? lower : verdict;
    }
    [[nodiscard]] cell make_cell(std::size_t b, const category_key& key, std::size_t p, const tally& t, const tally& lower) const {
        cell c;
        c.period_index = indices_[p];
        for (std::size_t i = 0; i < key.size(); ++i) {
            const resolved_dimension& d = measure_.dimensions[measure_.breakdowns[b - 1][i]];
            c.key.push_back({d.name, key[i] == no_category ? std::nullopt : std::optional(m_.data().texts().text(key[i]))});
        }
        const period& when = periods_[indices_[p]];
        const coverage_verdict verdict = judge(when);
        c.reason = verdict.reason;
        if (verdict.state == cell_state::missing || verdict.state == cell_state::not_due) {
            c.state = verdict.state;
            return c;
        }
        c.unknown = t.unknown;
        c.excluded = t.excluded;
        c.immature = t.immature;
        c.units = units_behind(measure_, t);
        if (measure_.lower) {
            fill_ratio(c, t, lower, when);
        } else if (measure_.numerator && !counts_profile(b)) {
            fill_share(c, t);
        } else if (measure_.kind == measure_kind::rate) {
            fill_rate(c, t, when);
        } else if (measure_.value) {
            fill_values(c, t);
        } else {
            c.numerator = t.counted;
            c.value = exact_ratio{t.counted, 1};
            c.state = t.counted == 0 ? cell_state::true_zero : cell_state::value;
        }
        if (verdict.state == cell_state::partial && (c.state == cell_state::value || c.state == cell_state::true_zero)) c.state = cell_state::partial;
        if (c.state == cell_state::value || c.state == cell_state::true_zero) c.reason.clear();
        return c;
    }
    static void fill_share(cell& c, const tally& t) {
        c.numerator = t.numerator;
        c.denominator = t.counted;
        if (t.counted == 0) {
            c.state = t.immature > 0 ? cell_state::not_due : cell_state::zero_denominator;
            c.reason = t.immature > 0 ? "no follow-up is complete yet" : "nothing to divide by";
            return;
        }
        c.value = exact_ratio{t.numerator, t.counted};
        c.state = t.numerator == 0 ? cell_state::true_zero : cell_state::value;
    }
    void fill_ratio(cell& c, const tally& t, const tally& lower, const period& when) const {
        const resolved_measure& below = *measure_.lower;
        const std::int64_t upper_total = quantity_of(measure_, t), lower_total = quantity_of(below, lower);
        const std::int64_t upper_parts = parts_of(measure_), lower_parts = parts_of(below);
        if (upper_parts == 1) c.numerator = upper_total;
        if (lower_parts == 1) c.denominator = lower_total;
        c.denominator_unknown = lower.unknown;
        c.denominator_excluded = lower.excluded;
        c.denominator_immature = lower.immature;
        const std::optional<std::int64_t> behind = units_behind(below, lower);
        if (behind) c.units = std::min(c.units.value_or(*behind), *behind);
        if (lower_total <= 0) {
            // Something over nothing is not nought; a sum below zero divides nothing either.
            c.state = cell_state::zero_denominator;
            c.reason = "nothing to divide by";
            return;
        }
        c.value = ratio_value(measure_, checked_multiply(upper_total, lower_parts), checked_multiply(lower_total, upper_parts), when);
        c.state = upper_total == 0 ? cell_state::true_zero : cell_state::value;
    }
    /// Numerator = sum of the values where these are whole numbers, denominator = rows. The middle of an even number of
    /// rows is the mean of two. Decimals are counted in parts of their denominator and divided once, here.
    void fill_values(cell& c, const tally& t) const {
        const std::int64_t total = total_of(t);
        const std::int64_t parts = parts_of(measure_);
        if (parts == 1) c.numerator = total;
        c.denominator = t.counted;
        if (measure_.kind == measure_kind::sum) {
            if (parts == 1) c.denominator.reset();
            c.value = reduced(total, parts);
            c.state = total == 0 ? cell_state::true_zero : cell_state::value;
            return;
        }
        if (t.counted == 0) {
            c.state = t.immature > 0 ? cell_state::not_due : cell_state::zero_denominator;
            c.reason = "nothing to average";
            return;
        }
        if (measure_.kind == measure_kind::mean) {
            c.value = parts == 1 ? exact_ratio{total, t.counted} : reduced(total, checked_multiply(t.counted, parts));
        } else {
            const exact_ratio found = measure_.kind == measure_kind::median ? median_of(t) : quantile_of(t, measure_.p, measure_.method);
            c.value = parts == 1 ? found : reduced(found.numerator, checked_multiply(found.denominator, parts));
        }
        c.state = cell_state::value;  // an average of no days is an average, not an absence
    }
    void fill_rate(cell& c, const tally& t, const period& when) const {
        c.numerator = t.counted;
        const day reference_day = measure_.timing == measure_timing::at ? when.last : when.first;
        const int year = financial_year_of(reference_day);
        bool applicable = true;
        const std::optional<std::int64_t> people = people_of(c, year, applicable);
        if (!applicable) {
            c.state = cell_state::not_applicable;
            c.reason = "the population has no such breakdown";
            return;
        }
        if (!people) {
            c.state = cell_state::missing;
            c.reason = "no population for mid-" + std::to_string(year);
            return;
        }
        c.denominator = *people;
        if (*people == 0) {
            c.state = cell_state::zero_denominator;
            c.reason = "nobody in the population";
            return;
        }
        exact_ratio value{checked_multiply(t.counted, measure_.per), *people};
        if (measure_.annualise) {
            const std::int64_t months = months_between(when.first, when.last + 1, measure_.conventions.months);
            if (months == 0) {
                c.state = cell_state::not_applicable;
                c.reason = "a period shorter than a month is not annualised";
                return;
            }
            value = {checked_multiply(value.numerator, 12), checked_multiply(*people, months)};
        }
        c.value = value;
        c.state = t.counted == 0 ? cell_state::true_zero : cell_state::value;
    }
    [[nodiscard]] std::optional<std::int64_t> people_of(const cell& c, int year, bool& applicable) const {
        int youngest = measure_.youngest, oldest = measure_.oldest;
        std::string sex;
        for (const breakdown_value& part : c.key) {
            applicable = applicable && part.category.has_value() && narrow(part, youngest, oldest, sex);
        }
        if (!applicable || !run_.population.has_year(year)) return std::nullopt;
        const std::optional<std::int64_t> people = run_.population.count(year, youngest, oldest, sex);
        if (!people && !c.key.empty()) applicable = false;
        return people;
    }
    static bool narrow(const breakdown_value& part, int& youngest, int& oldest, std::string& sex) {
        if (part.dimension == "sex") {
            sex = *part.category;
            return sex == "M" || sex == "F";
        }
        if (part.dimension != "age_band") return false;
        static constexpr std::pair<std::string_view, std::pair<int, int>> bands[] = {
            {"under_1", {0, 0}}, {"1_4", {1, 4}}, {"5_9", {5, 9}}, {"10_15", {10, 15}}, {"16_17", {16, 17}}};
        for (const auto& [name, ages] : bands) {
            if (name != *part.category) continue;
            youngest = std::max(youngest, ages.first);
            oldest = std::min(oldest, ages.second);
            return youngest <= oldest;
        }
        return false;
    }

    const bound_measure& m_;
    const resolved_measure& measure_;
    const run_context& run_;
    const std::vector<period>& periods_;
    std::vector<std::size_t> indices_;
};

}  // namespace goldenthread::detail
