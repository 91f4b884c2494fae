#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/scorecard/sense.hpp>
#include <goldenthread/statistics/disproportionality.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace goldenthread {

namespace {

/// Estimates of one area's population for neighbouring years and vintages stay well within this.
constexpr double furthest_apart = 1.5;
constexpr std::int64_t smallest_jump = 20;
constexpr double jump_tolerance = 0.05;

std::string grouped(double number) {
    const std::string digits = std::to_string(std::llround(number));
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) result += ',';
        result += digits[i];
    }
    return result;
}

bool far_apart(double a, double b) { return a > b * furthest_apart || b > a * furthest_apart; }

/// One of the factors by which a slip of unit multiplies; 0 for none.
double slip_of(double factor, bool of_days) {
    std::vector<double> slips = {10, 100, 1000, 10000};
    if (of_days) slips.insert(slips.end(), {7, 24, 30.44});
    const double up = factor < 1 ? 1 / factor : factor;
    for (const double slip : slips) {
        if (std::abs(up / slip - 1) <= jump_tolerance) return slip;
    }
    return 0;
}

void check(const stated_rate& rate) {
    if (rate.count < 0 || rate.rate < 0 || !std::isfinite(rate.rate)) {
        throw calculation_error("check_rates: count and rate of '" + rate.name + "' must be numbers from zero up");
    }
    if (rate.per <= 0) throw calculation_error("check_rates: 'per' of '" + rate.name + "' must be above zero");
}

std::string one_decimal(double rate) {
    const long long tenths = std::llround(rate * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string implied_text(const stated_rate& rate, double people) {
    return grouped(static_cast<double>(rate.count)) + " as " + one_decimal(rate.rate) + " per " +
           grouped(static_cast<double>(rate.per)) + " imply a population of " + grouped(people);
}

/// The counts behind a cell: events, and out of how many (1 for plain counts).
std::optional<group_count> group_of(const cell& c, bool has_denominator) {
    if (!c.numerator || (has_denominator && c.denominator.value_or(0) <= 0)) return std::nullopt;
    return group_count{static_cast<double>(*c.numerator), has_denominator ? static_cast<double>(*c.denominator) : 1.0};
}

class sense_reader {
public:
    sense_reader(const results& figures, const indicator_set& definitions)
        : figures_(figures), definitions_(definitions) {}

    [[nodiscard]] std::vector<sense_warning> read(const std::vector<stock_and_flows>& balances) {
        check_populations();
        for (const indicator_result& each : figures_.indicators) {
            check_parts(each);
            for (std::size_t later = 0; later < figures_.periods.size(); ++later) {
                const std::optional<std::size_t> earlier = previous_period(figures_.periods, later);
                if (!earlier) continue;
                check_jump(each, *earlier, later);
                if (is_last_of_its_kind(later)) check_movements(each, *earlier, later);
            }
        }
        for (const stock_and_flows& each : balances) check_balance(each);
        return std::move(found_);
    }

private:
    [[nodiscard]] bool is_last_of_its_kind(std::size_t position) const {
        const period& own = figures_.periods[position];
        return std::none_of(figures_.periods.begin(), figures_.periods.end(),
                            [&](const period& each) { return each.kind == own.kind && each.last > own.last; });
    }

    void add(const indicator_result& about, const char* rule, std::size_t period, std::string breakdown,
             std::string message, std::string numbers) {
        found_.push_back({about.indicator, rule, figures_.periods[period].label, std::move(breakdown),
                          std::move(message), std::move(numbers)});
    }

    void check_populations() {
        struct population_of {
            const indicator_result* figure;
            const cell* total;
        };
        std::map<std::pair<std::pair<int, int>, std::size_t>, std::vector<population_of>> groups;
        for (const indicator_result& each : figures_.indicators) {
            const indicator* definition = definitions_.find(each.indicator);
            if (each.measure != "rate" || definition == nullptr) continue;
            const std::pair ages{definition->measure.youngest, definition->measure.oldest};
            for (std::size_t p = 0; p < figures_.periods.size(); ++p) {
                const cell* total = each.total(p);
                if (total != nullptr && total->denominator.value_or(0) > 0) groups[{ages, p}].push_back({&each, total});
            }
        }
        for (const auto& [key, members] : groups) {
            std::vector<std::int64_t> people;
            for (const population_of& each : members) people.push_back(*each.total->denominator);
            std::sort(people.begin(), people.end());
            const bool two = people.size() == 2;
            const double usual = static_cast<double>(people[people.size() / 2]);
            const bool any = far_apart(static_cast<double>(people.front()), static_cast<double>(people.back()));
            for (const population_of& each : members) {
                const double own = static_cast<double>(*each.total->denominator);
                if (!any || (!two && !far_apart(own, usual))) continue;
                add(*each.figure, "impossible_population", key.second, "",
                    "its rate is of another population than the other rates of these ages",
                    "a population of " + grouped(own) + " beside " +
                        grouped(two && own == usual ? static_cast<double>(people.front()) : usual));
            }
        }
    }

    void check_jump(const indicator_result& about, std::size_t earlier, std::size_t later) {
        const cell* before = about.total(earlier);
        const cell* after = about.total(later);
        if (before == nullptr || after == nullptr || !before->value || !after->value) return;
        const double first = before->value->as_double(), second = after->value->as_double();
        if (first <= 0 || second <= 0) return;
        if (std::min(before->numerator.value_or(0), after->numerator.value_or(0)) < smallest_jump) return;
        const double slip = slip_of(second / first, about.unit == value_unit::days);
        if (slip == 0) return;
        const std::string times = slip == 30.44 ? "30.44" : grouped(slip);
        add(about, "unit_jump", later, "",
            std::string(second > first ? "about " + times + " times" : "about a " + times + "th of") +
                " the figure of the period before: was it counted in another unit?",
            std::to_string(first) + " to " + std::to_string(second));
    }

    /// Cells of a single breakdown in one period, by category; empty where one of them has no number.
    [[nodiscard]] static std::map<std::optional<std::string>, const cell*> parts_of(const indicator_result& about,
                                                                                    const std::string& dimension,
                                                                                    std::size_t period) {
        std::map<std::optional<std::string>, const cell*> parts;
        for (const cell& c : about.cells) {
            if (c.period_index != period || c.key.size() != 1 || c.key.front().dimension != dimension) continue;
            if (!c.numerator) return {};
            parts[c.key.front().category] = &c;
        }
        return parts;
    }

    [[nodiscard]] static bool is_profile(const indicator_result& about, const std::string& dimension) {
        return std::find(about.profile.begin(), about.profile.end(), dimension) != about.profile.end();
    }

    void check_parts(const indicator_result& about) {
        for (const auto& [dimension, adds] : about.adds_over_breakdowns) {
            if (!adds || is_profile(about, dimension)) continue;
            for (std::size_t p = 0; p < figures_.periods.size(); ++p) {
                const cell* total = about.total(p);
                const auto parts = parts_of(about, dimension, p);
                if (total == nullptr || !total->numerator || parts.empty()) continue;
                std::int64_t sum = 0;
                for (const auto& [category, part] : parts) sum += *part->numerator;
                if (sum == *total->numerator) continue;
                add(about, "parts_do_not_add", p, dimension, "the parts do not add up to the total",
                    "parts " + std::to_string(sum) + ", total " + std::to_string(*total->numerator));
            }
        }
    }

    void check_movements(const indicator_result& about, std::size_t earlier, std::size_t later) {
        const bool divided = about.measure == "share" || about.measure == "rate";
        const bool counted =
            about.unit == value_unit::number && (about.measure == "count" || about.measure == "distinct");
        if (!divided && !counted) return;
        for (const auto& [dimension, adds] : about.adds_over_breakdowns) {
            if (!adds || is_profile(about, dimension)) continue;
            const auto before = parts_of(about, dimension, earlier), after = parts_of(about, dimension, later);
            std::vector<group_movement> groups;
            for (const auto& [category, part] : before) {
                const auto same = after.find(category);
                if (same == after.end()) continue;
                const auto first = group_of(*part, divided), second = group_of(*same->second, divided);
                if (first && second) groups.push_back({*first, *second});
            }
            if (groups.size() < 2) continue;
            const masking hidden = find_masking(groups);
            if (hidden.flag == masking_flag::none) continue;
            std::string numbers;
            for (const group_movement& each : groups) {
                numbers += (numbers.empty() ? "" : "; ") + grouped(each.before.events) + " of " +
                           grouped(each.before.population) + " to " + grouped(each.after.events) + " of " +
                           grouped(each.after.population);
            }
            add(about, "hidden_movements", later, dimension, std::string(to_text(hidden.flag)), std::move(numbers));
        }
    }

    [[nodiscard]] const indicator_result& figure(const std::string& id) const {
        if (const indicator_result* found = figures_.find(id)) return *found;
        std::vector<std::string> known;
        for (const indicator_result& each : figures_.indicators) known.push_back(each.indicator);
        error_context context;
        context.remedy = name_remedy(id, known);
        throw definition_error("'" + id + "' is not among these results", std::move(context));
    }

    void check_balance(const stock_and_flows& names) {
        const indicator_result &stock = figure(names.stock), &starts = figure(names.starts), &ends = figure(names.ends);
        for (std::size_t later = 0; later < figures_.periods.size(); ++later) {
            const std::optional<std::size_t> earlier = previous_period(figures_.periods, later);
            if (!earlier || figures_.periods[*earlier].last + 1 != figures_.periods[later].first) continue;
            std::int64_t numbers[4] = {};
            const cell* cells[4] = {stock.total(*earlier), starts.total(later), ends.total(later), stock.total(later)};
            bool complete = true;
            for (std::size_t i = 0; i < 4; ++i) {
                complete = complete && cells[i] != nullptr && cells[i]->numerator.has_value();
                if (complete) numbers[i] = *cells[i]->numerator;
            }
            if (!complete || numbers[0] + numbers[1] - numbers[2] == numbers[3]) continue;
            add(stock, "does_not_balance", later, "",
                "what was open before, and started, less what ended, is not what is open now (" + names.starts + ", " +
                    names.ends + ")",
                std::to_string(numbers[0]) + " + " + std::to_string(numbers[1]) + " - " + std::to_string(numbers[2]) +
                    " is not " + std::to_string(numbers[3]));
        }
    }

    const results& figures_;
    const indicator_set& definitions_;
    std::vector<sense_warning> found_;
};

}  // namespace

std::vector<sense_warning> check_rates(const std::vector<stated_rate>& rates, std::optional<double> population) {
    if (population && !(*population > 0)) throw calculation_error("check_rates: the population must be above zero");
    struct implied {
        const stated_rate* rate;
        double people;
    };
    std::vector<implied> all;
    for (const stated_rate& each : rates) {
        check(each);
        if (each.count == 0 || each.rate == 0) continue;
        all.push_back({&each, static_cast<double>(each.count) * static_cast<double>(each.per) / each.rate});
    }
    std::vector<sense_warning> found;
    for (const implied& each : all) {
        std::string against;
        if (population) {
            if (far_apart(each.people, *population)) against = "there are " + grouped(*population);
        } else {
            const auto other = std::find_if(all.begin(), all.end(),
                                            [&](const implied& o) { return far_apart(each.people, o.people); });
            if (other != all.end()) against = implied_text(*other->rate, other->people);
        }
        if (against.empty()) continue;
        found.push_back({each.rate->name, "impossible_population", "", "",
                         "the rate and its count imply a population that cannot be",
                         implied_text(*each.rate, each.people) + "; " + against});
    }
    return found;
}

std::vector<sense_warning> check_sense(const results& figures, const indicator_set& definitions,
                                       const std::vector<stock_and_flows>& balances) {
    return sense_reader(figures, definitions).read(balances);
}

}  // namespace goldenthread
