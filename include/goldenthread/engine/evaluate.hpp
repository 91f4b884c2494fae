// goldenthread: indicators in, cells out.
#pragma once

#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/coverage.hpp>
#include <goldenthread/engine/definition_hash.hpp>
#include <goldenthread/engine/english.hpp>
#include <goldenthread/engine/input_hash.hpp>
#include <goldenthread/engine/interval.hpp>
#include <goldenthread/engine/population.hpp>
#include <goldenthread/engine/reference.hpp>
#include <goldenthread/engine/request.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace detail {

[[nodiscard]] inline time_point point_of(const period& p) { return {p.last, p.first, p.last}; }

/// Everything about the dataset that outlives one indicator.
struct run_context {
    run_context(const dataset& input, const schema& tables) : data(input, tables), coverage(data), population(data) {}
    prepared_dataset data;
    dataset_coverage coverage;
    population_counts population;
};

/// A follow-up that the data do not reach yet makes a row immature: `event + window > last day`.
[[nodiscard]] inline resolved_measure with_follow_up(resolved_measure m, const dataset_coverage& coverage) {
    for (const resolved_measure::window& w : m.follow_up) {
        const table_coverage& c = coverage.of(w.table);
        if (c.is_unlimited()) continue;
        const auto sealed = [](operation op, static_type type, std::vector<resolved> children) {
            resolved_node n;
            n.op = op;
            n.type = type;
            n.children = std::move(children);
            for (const resolved& child : n.children) {
                n.uses_time = n.uses_time || child->uses_time;
                n.uses_rows = n.uses_rows || child->uses_rows;
            }
            return n;
        };
        const auto constant = [](scalar value, static_type type) {
            resolved_node n;
            n.constant = value;
            n.type = type;
            return std::make_shared<const resolved_node>(std::move(n));
        };
        const auto shared = [](resolved_node n) { return std::make_shared<const resolved_node>(std::move(n)); };
        const resolved length = constant({scalar::kind_type::duration, w.unit, w.amount, w.amount}, static_type::duration);
        const resolved due = shared(sealed(operation::move_forward, static_type::date, {m.event, length}));
        resolved_node late = sealed(operation::compare, static_type::truth, {due, constant(date_scalar(c.last_day()), static_type::date)});
        late.comparison = expression_kind::greater;
        resolved result = shared(std::move(late));
        if (m.immature) result = shared(sealed(operation::logical_or, static_type::truth, {m.immature, result}));
        m.immature = result;
    }
    return m;
}

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

/// The same rows, counted when they still wait.
[[nodiscard]] inline resolved_measure waiting_rows(resolved_measure m) {
    m.kind = measure_kind::count;
    m.where = m.censored;
    m.exclude = m.immature = m.numerator = m.value = m.censored = nullptr;
    return m;
}

/// Runs of periods that never go back, each one axis.
[[nodiscard]] inline std::vector<std::vector<std::size_t>> axes_of(const std::vector<period>& periods) {
    std::vector<std::vector<std::size_t>> result;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (periods[i].last < periods[i].first) {
            throw definition_error("period '" + periods[i].label + "' ends (" + to_iso(periods[i].last) + ") before it begins (" + to_iso(periods[i].first) + ")");
        }
        const bool follows = !result.empty() && periods[i].first >= periods[result.back().back()].first && periods[i].last >= periods[result.back().back()].last;
        if (!follows) result.emplace_back();
        result.back().push_back(i);
    }
    return result;
}

/// Breakdowns whose tables were not supplied are noted and left out.
inline void drop_unsupplied_breakdowns(resolved_measure& m, const dataset& data) {
    std::vector<std::vector<std::size_t>> kept;
    for (const std::vector<std::size_t>& b : m.breakdowns) {
        std::string lacking;
        for (const std::size_t d : b) {
            for (const std::string& table_name : m.dimensions[d].tables) {
                if (data.find(table_name) == nullptr) lacking = "no breakdown by " + m.dimensions[d].name + ": table " + table_name + " was not supplied";
            }
        }
        if (lacking.empty()) {
            kept.push_back(b);
        } else if (std::find(m.notes.begin(), m.notes.end(), lacking) == m.notes.end()) {
            m.notes.push_back(lacking);
        }
    }
    m.breakdowns = std::move(kept);
}

[[nodiscard]] inline value_unit unit_of(measure_kind kind) noexcept {
    if (kind == measure_kind::mean || kind == measure_kind::median) return value_unit::days;
    return kind == measure_kind::share ? value_unit::fraction : kind == measure_kind::rate ? value_unit::rate : value_unit::number;
}

/// All of a result but its cells.
[[nodiscard]] inline indicator_result describe_result(const schema& tables, const indicator& definition, const resolved_measure& m) {
    indicator_result r;
    r.indicator = definition.id;
    r.title = definition.title;
    r.unit_of_count = definition.unit;
    r.timing = to_text(m.timing);
    r.measure = to_text(m.kind);
    r.unit = unit_of(m.kind);
    r.multiplier = m.kind == measure_kind::rate ? m.per : 1;
    r.cells_are_counts = m.kind == measure_kind::profile || !m.profile.empty();
    r.profile = m.profile;
    r.adds_over_periods = m.timing == measure_timing::in && m.distinct.empty();
    for (const resolved_dimension& d : m.dimensions) {
        const bool whole_children = m.distinct_names == std::vector<std::string>{"child_id"} && d.from_person;
        r.adds_over_breakdowns.emplace_back(d.name, !d.overlapping && (m.distinct.empty() || whole_children));
    }
    r.meaning = meaning_of(tables, m);
    r.definition_hash = hash_of_definition(m);
    r.convention_set = m.conventions;
    r.parameters = m.parameters;
    r.tables = m.tables;
    r.notes = m.notes;
    return r;
}

inline void add_missing_cells(indicator_result& r, const std::vector<period>& periods) {
    for (std::size_t p = 0; p < periods.size(); ++p) {
        cell c;
        c.period_index = p;
        c.reason = "not supplied: " + joined(r.tables_missing, ", ");
        r.cells.push_back(std::move(c));
    }
}

[[nodiscard]] inline indicator_result evaluate_indicator(const indicator_set& set, const indicator& definition, run_context& run, const evaluation_request& request) {
    resolved_measure resolved_definition = resolve_measure(run.data.tables(), set, definition, request.breakdowns, request.parameters);
    const dataset& data = run.data.data();
    drop_unsupplied_breakdowns(resolved_definition, data);
    indicator_result result = describe_result(run.data.tables(), definition, resolved_definition);
    bool computable = true;
    for (const std::string& name : result.tables) {
        if (data.find(name) != nullptr) continue;
        result.tables_missing.push_back(name);
        computable = computable && name == "population";
    }
    if (!computable) {
        add_missing_cells(result, request.periods);
        return result;
    }
    const resolved_measure m = with_follow_up(std::move(resolved_definition), run.coverage);
    const bound_measure bound(m, run.data);
    const bool by_intervals = !request.force_reference && measure_has_steps(m);
    result.path = by_intervals ? "interval" : "reference";
    for (const std::vector<std::size_t>& indices : axes_of(request.periods)) {
        std::vector<time_point> axis;
        for (const std::size_t i : indices) axis.push_back(point_of(request.periods[i]));
        const auto count = [&](const bound_measure& b) { return by_intervals ? count_by_intervals(b, axis) : count_by_reference(b, axis); };
        const tallies counts = count(bound);
        if (!m.censored) {
            cell_writer(bound, run, request.periods, indices).write(counts, nullptr, result.cells);
            continue;
        }
        const resolved_measure waiting = waiting_rows(m);
        const bound_measure bound_waiting(waiting, run.data);
        const tallies censored = count(bound_waiting);
        cell_writer(bound, run, request.periods, indices).write(counts, &censored, result.cells);
    }
    return result;
}

/// A parameter that no indicator uses, or a breakdown that none knows, is a slip: the figures would be those of the
/// defaults. A breakdown stops at the first dimension a measure does not know, so one noted before counts too.
inline void refuse_unused_names(const results& all, const evaluation_request& request) {
    if (all.indicators.empty()) return;
    const auto refuse = [](std::string message, const std::string& name, const std::vector<std::string>& known) {
        error_context context;
        context.remedy = name_remedy(name, known);
        throw definition_error(std::move(message), std::move(context));
    };
    std::vector<std::string> ids, names;
    for (const indicator_result& r : all.indicators) {
        ids.push_back(r.indicator);
        for (const auto& [name, value] : r.parameters) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    for (const auto& [name, value] : request.parameters) {
        const std::size_t colon = name.find(':');
        const std::string owner = name.substr(0, colon == std::string::npos ? 0 : colon);
        if (colon != std::string::npos && all.find(owner) == nullptr) {
            refuse("parameters are given for '" + owner + "', which is not computed here", owner, ids);
        }
        if (colon == std::string::npos && std::find(names.begin(), names.end(), name) == names.end()) {
            refuse("no indicator computed here uses a parameter '" + name + "'", name, names);
        }
    }
    const auto stops_at = [](const indicator_result& r, const breakdown& b, std::size_t last) {
        for (std::size_t i = 0; i <= last; ++i) {
            if (std::find(r.notes.begin(), r.notes.end(), unknown_breakdown_note(b[i])) != r.notes.end()) return true;
        }
        return false;
    };
    for (const breakdown& b : request.breakdowns) {
        for (std::size_t i = 0; i < b.size() && b != breakdown{"default"}; ++i) {
            const bool known = std::any_of(all.indicators.begin(), all.indicators.end(), [&](const indicator_result& r) { return !stops_at(r, b, i); });
            if (!known) refuse("no indicator computed here can be broken down by '" + b[i] + "'", b[i], {"age_band", "disabled", "ethnicity", "ethnicity_group", "sex"});
        }
    }
}

}  // namespace detail

/// Computes indicators for every period and breakdown asked for.
/// \throws definition_error for a wrong definition, parameter, id or period
[[nodiscard]] inline results evaluate(const schema& tables, const indicator_set& set, const std::vector<std::string>& ids, const dataset& data,
                                      const evaluation_request& request) {
    if (request.periods.empty()) throw definition_error("no period was asked for");
    results all;
    all.periods = request.periods;
    all.area = data.area();
    all.synthetic = data.synthetic();
    all.input_hash = hash_of_rows(data).text();
    detail::run_context run(data, tables);
    for (const std::string& id : ids) all.indicators.push_back(detail::evaluate_indicator(set, set[id], run, request));
    detail::refuse_unused_names(all, request);
    return all;
}

/// The same on the canonical schema. Needs goldenthread::goldenthread.
[[nodiscard]] inline results evaluate(const indicator_set& set, const std::vector<std::string>& ids, const dataset& data, const evaluation_request& request) {
    return evaluate(canonical_schema(), set, ids, data, request);
}

}  // namespace goldenthread
