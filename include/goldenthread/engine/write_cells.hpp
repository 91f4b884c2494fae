// goldenthread: from counts to cells: states, numerators, denominators and values.
#pragma once

#include <goldenthread/engine/cell.hpp>
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

/// Turns the tallies of one measure into cells.
class cell_writer {
public:
    cell_writer(const bound_measure& m, const run_context& run, const std::vector<period>& periods, std::vector<std::size_t> indices)
        : m_(m), measure_(m.measure()), run_(run), periods_(periods), indices_(std::move(indices)) {}

    /// `censored` may be null; else it counts the rows still waiting, cell by cell.
    void write(const tallies& counts, const tallies* censored, std::vector<cell>& out) const {
        for (std::size_t b = 0; b < counts.size(); ++b) {
            for (const category_key& key : keys_of(b, counts[b])) {
                const auto found = counts[b].find(key);
                for (std::size_t p = 0; p < indices_.size(); ++p) {
                    out.push_back(make_cell(b, key, p, found == counts[b].end() ? tally{} : found->second[p]));
                    const bool computed = out.back().numerator || out.back().denominator;
                    if (censored == nullptr || !computed) continue;
                    const auto waiting = (*censored)[b].find(key);
                    if (waiting != (*censored)[b].end()) out.back().censored = waiting->second[p].counted;
                }
            }
        }
    }

private:
    /// Declared categories first and in their order, then others by name, not recorded last.
    [[nodiscard]] std::vector<category_key> keys_of(std::size_t b, const std::map<category_key, std::vector<tally>>& found) const {
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
        for (const auto& [key, counts] : found) {
            const bool empty = std::all_of(counts.begin(), counts.end(), [](const tally& t) { return t == tally{}; });
            if (!empty && std::find(declared.begin(), declared.end(), key) == declared.end()) extra.push_back(key);
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
    [[nodiscard]] bool counts_profile(std::size_t b) const {
        if (b == 0) return false;
        if (measure_.kind == measure_kind::profile) return true;
        const auto& dimensions = measure_.breakdowns[b - 1];
        return std::all_of(dimensions.begin(), dimensions.end(), [&](std::size_t d) {
            return std::find(measure_.profile.begin(), measure_.profile.end(), measure_.dimensions[d].name) != measure_.profile.end();
        });
    }
    [[nodiscard]] cell make_cell(std::size_t b, const category_key& key, std::size_t p, const tally& t) const {
        cell c;
        c.period_index = indices_[p];
        for (std::size_t i = 0; i < key.size(); ++i) {
            const resolved_dimension& d = measure_.dimensions[measure_.breakdowns[b - 1][i]];
            c.key.push_back({d.name, key[i] == no_category ? std::nullopt : std::optional(m_.data().texts().text(key[i]))});
        }
        const period& when = periods_[indices_[p]];
        const coverage_verdict verdict = judge_coverage(measure_, run_.coverage, when);
        c.reason = verdict.reason;
        if (verdict.state == cell_state::missing || verdict.state == cell_state::not_due) {
            c.state = verdict.state;
            return c;
        }
        c.unknown = t.unknown;
        c.excluded = t.excluded;
        c.immature = t.immature;
        if (measure_.kind == measure_kind::share && !counts_profile(b)) {
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
    /// Numerator = sum of the values where these are whole numbers, denominator = rows. The middle of an even number of
    /// rows is the mean of two. Decimals are counted in parts of their denominator and divided once, here.
    void fill_values(cell& c, const tally& t) const {
        std::int64_t total = 0;
        for (const auto& [value, rows] : t.values) total = checked_add(total, checked_multiply(value, rows));
        const std::int64_t parts = measure_.value->denominator;
        if (parts == 1) c.numerator = total;
        c.denominator = t.counted;
        if (measure_.kind == measure_kind::sum) {
            if (parts == 1) c.denominator.reset();
            c.value = reduced({total, parts});
            c.state = total == 0 ? cell_state::true_zero : cell_state::value;
            return;
        }
        if (t.counted == 0) {
            c.state = t.immature > 0 ? cell_state::not_due : cell_state::zero_denominator;
            c.reason = "nothing to average";
            return;
        }
        if (measure_.kind == measure_kind::mean) {
            c.value = parts == 1 ? exact_ratio{total, t.counted} : reduced({total, checked_multiply(t.counted, parts)});
        } else {
            const exact_ratio middle = median_of(t);
            c.value = parts == 1 ? middle : reduced({middle.numerator, checked_multiply(middle.denominator, parts)});
        }
        c.state = cell_state::value;  // an average of no days is an average, not an absence
    }
    static exact_ratio reduced(exact_ratio r) {
        const std::int64_t common = std::gcd(r.numerator, r.denominator);
        return {r.numerator / common, r.denominator / common};
    }
    static exact_ratio median_of(const tally& t) {
        const auto at_rank = [&](std::int64_t rank) {
            for (const auto& [value, rows] : t.values) {
                if (rank < rows) return value;
                rank -= rows;
            }
            return std::int64_t{0};
        };
        const std::int64_t low = at_rank((t.counted - 1) / 2), high = at_rank(t.counted / 2);
        return low == high ? exact_ratio{low, 1} : exact_ratio{checked_add(low, high), 2};
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
