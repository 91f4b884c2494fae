// Interval estimates, standardisation, funnels, change, trend and comparisons of groups. Charts: register_charts.cpp.
#include "number_columns.hpp"
#include "periods.hpp"
#include "register.hpp"

#include <goldenthread/definitions/quantile.hpp>
#include <goldenthread/statistics/agresti_coull_interval.hpp>
#include <goldenthread/statistics/benchmark_comparison.hpp>
#include <goldenthread/statistics/change.hpp>
#include <goldenthread/statistics/clopper_pearson_interval.hpp>
#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/directly_standardised_rate.hpp>
#include <goldenthread/statistics/disproportionality.hpp>
#include <goldenthread/statistics/each_estimate.hpp>
#include <goldenthread/statistics/funnel.hpp>
#include <goldenthread/statistics/indirectly_standardised.hpp>
#include <goldenthread/statistics/jeffreys_interval.hpp>
#include <goldenthread/statistics/mean_interval.hpp>
#include <goldenthread/statistics/median_interval.hpp>
#include <goldenthread/statistics/over_dispersion.hpp>
#include <goldenthread/statistics/quantile_groups.hpp>
#include <goldenthread/statistics/rate_comparison.hpp>
#include <goldenthread/statistics/seasonality.hpp>
#include <goldenthread/statistics/trend_test.hpp>
#include <goldenthread/statistics/wilson_interval.hpp>

#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

using kind_type = number_table::column::kind_type;

/// Names of an enumeration, by code.
template <class Enumeration>
std::vector<std::string> names_of(int last) {
    std::vector<std::string> names;
    for (int i = 0; i <= last; ++i) names.emplace_back(to_text(static_cast<Enumeration>(i)));
    return names;
}

/// Collects estimates as columns.
class estimate_columns {
public:
    explicit estimate_columns(std::size_t rows)
        : table_(table_for(rows)),
          value_(table_->add("value", kind_type::number)),
          lower_(table_->add("lower", kind_type::number)),
          upper_(table_->add("upper", kind_type::number)),
          confidence_(table_->add("confidence", kind_type::number)),
          state_(table_->add("state", kind_type::name)),
          method_(table_->add("method", kind_type::name)),
          reason_(table_->add("reason", kind_type::name)) {
        state_.names = names_of<estimate_state>(static_cast<int>(estimate_state::undefined));
        method_.names = names_of<estimate_method>(static_cast<int>(estimate_method::square_and_add));
        reason_.names = names_of<estimate_note>(static_cast<int>(estimate_note::nothing_to_compare));
    }
    void add(const interval_estimate& estimate) {
        append(value_, estimate.value);
        append(lower_, estimate.lower);
        append(upper_, estimate.upper);
        append(confidence_, estimate.confidence);
        state_.wholes.push_back(static_cast<std::int64_t>(estimate.state()));
        method_.wholes.push_back(static_cast<std::int64_t>(estimate.method));
        reason_.wholes.push_back(static_cast<std::int64_t>(estimate.note));
    }
    [[nodiscard]] const std::shared_ptr<number_table>& table() const noexcept { return table_; }

private:
    static std::shared_ptr<number_table> table_for(std::size_t rows) {
        auto table = std::make_shared<number_table>();
        table->reserve(rows);
        return table;
    }

    std::shared_ptr<number_table> table_;
    number_table::column &value_, &lower_, &upper_, &confidence_, &state_, &method_, &reason_;
};

// Estimates row by row.

using one_column = interval_estimate (*)(double, const confidence_level&);
using two_columns = interval_estimate (*)(double, double, const confidence_level&);

struct named_interval {
    std::string_view name;
    std::vector<std::string> arguments;
    one_column of_one = nullptr;
    two_columns of_two = nullptr;
};

const std::array<named_interval, 7>& plain_intervals() {
    static const std::array<named_interval, 7> all{{
        {"wilson_interval", {"x", "n"}, nullptr, &wilson_interval},
        {"clopper_pearson_interval", {"x", "n"}, nullptr, &clopper_pearson_interval},
        {"agresti_coull_interval", {"x", "n"}, nullptr, &agresti_coull_interval},
        {"jeffreys_interval", {"x", "n"}, nullptr, &jeffreys_interval},
        {"exact_poisson_interval", {"x"}, &exact_poisson_interval, nullptr},
        {"byar_interval", {"x"}, &byar_interval, nullptr},
        {"count_interval", {"x"}, &count_interval, nullptr},
    }};
    return all;
}

void need_columns(const std::vector<number_column>& columns, std::size_t count) {
    if (columns.size() != count) throw py::value_error("a wrong number of columns");
}

void estimate_into(estimate_columns& out, const std::string& function, const std::vector<number_column>& columns,
                   const confidence_level& confidence, double multiplier) {
    const auto use = [&out](std::size_t, const interval_estimate& one) { out.add(one); };
    for (const named_interval& each : plain_intervals()) {
        if (each.name != function) continue;
        need_columns(columns, each.arguments.size());
        if (each.of_one != nullptr) {
            for_each_estimate([&](double x) { return each.of_one(x, confidence); }, use, columns[0].span());
        } else {
            for_each_estimate([&](double x, double n) { return each.of_two(x, n, confidence); }, use, columns[0].span(),
                              columns[1].span());
        }
        return;
    }
    if (function == "rate_interval") {
        need_columns(columns, 2);
        for_each_estimate([&](double x, double n) { return rate_interval(x, n, multiplier, confidence); }, use,
                          columns[0].span(), columns[1].span());
        return;
    }
    need_columns(columns, 4);
    const auto of_four = [&](auto estimate) {
        for_each_estimate(estimate, use, columns[0].span(), columns[1].span(), columns[2].span(), columns[3].span());
    };
    if (function == "rate_ratio") {
        of_four([&](double x1, double n1, double x2, double n2) { return rate_ratio(x1, n1, x2, n2, confidence); });
    } else if (function == "rate_difference") {
        of_four([&](double x1, double n1, double x2, double n2) {
            return rate_difference(x1, n1, x2, n2, multiplier, confidence);
        });
    } else if (function == "proportion_difference") {
        of_four([&](double x1, double n1, double x2, double n2) {
            return proportion_difference(x1, n1, x2, n2, confidence);
        });
    } else {
        throw py::key_error(function);
    }
}

std::shared_ptr<number_table> estimate_rows(const std::string& function, const py::dict& arguments, double confidence,
                                            double multiplier) {
    std::vector<number_column> columns;
    for (const auto& [name, source] : arguments) {
        columns.push_back(numbers_from(py::reinterpret_borrow<py::object>(source), py::str(name).cast<std::string>()));
    }
    const confidence_level level(confidence);
    std::size_t rows = 1;
    for (const number_column& column : columns) rows = std::max(rows, column.values.size());
    estimate_columns out(rows);
    {
        const py::gil_scoped_release unlocked;
        estimate_into(out, function, columns, level, multiplier);
    }
    return out.table();
}

// Estimates as dictionaries.

py::dict estimate_dict(const interval_estimate& estimate) {
    py::dict d;
    d["value"] = py::cast(estimate.value);
    d["lower"] = py::cast(estimate.lower);
    d["upper"] = py::cast(estimate.upper);
    d["confidence"] = estimate.confidence;
    d["state"] = std::string(to_text(estimate.state()));
    d["method"] = std::string(to_text(estimate.method));
    d["reason"] = std::string(to_text(estimate.note));
    return d;
}

py::dict summarise(const std::string& function, const py::object& values, double confidence) {
    const number_column numbers = numbers_from(values, "values");
    const std::vector<double>& all = numbers.complete(function, "values");
    if (function == "median_interval") {
        const median_estimate found = median_interval(all, confidence);
        py::dict d = estimate_dict(found);
        d["n"] = found.n;
        d["rank_lower"] = found.rank_lower == 0 ? py::object(py::none()) : py::object(py::int_(found.rank_lower));
        d["rank_upper"] = found.rank_upper == 0 ? py::object(py::none()) : py::object(py::int_(found.rank_upper));
        d["coverage"] = py::cast(found.coverage);
        return d;
    }
    const mean_estimate found = mean_interval(all, confidence);
    py::dict d = estimate_dict(found);
    d["n"] = found.n;
    d["sum"] = found.sum;
    d["standard_deviation"] = py::cast(found.standard_deviation);
    return d;
}

int type_of_quantile(const py::object& type) {
    if (!py::isinstance<py::str>(type)) return type.cast<int>();
    const auto name = type.cast<std::string>();
    const int number = quantile_method(name);
    if (number != 0) return number;
    error_context context;
    context.remedy = "give a number from 1 to 9, or a name such as 'linear' (7), 'weibull' (6) or 'hazen' (5)";
    throw calculation_error("sample_quantile: there is no quantile type '" + name + "'", std::move(context));
}

std::vector<standard_band> standard_bands(const py::object& events, const py::object& population,
                                          const py::object& standard, const std::string& function) {
    const number_column n = numbers_from(population, "population"), w = numbers_from(standard, "standard_population");
    detail::check_same_size(function, "population", n.values.size(), "standard_population", w.values.size());
    std::vector<standard_band> bands(n.values.size());
    for (std::size_t i = 0; i < bands.size(); ++i) {
        bands[i].population = n.complete(function, "population")[i];
        bands[i].standard_population = w.complete(function, "standard_population")[i];
    }
    if (events.is_none()) return bands;
    const number_column x = numbers_from(events, "events");
    detail::check_same_size(function, "events", x.values.size(), "population", n.values.size());
    for (std::size_t i = 0; i < bands.size(); ++i) bands[i].events = x.complete(function, "events")[i];
    return bands;
}

py::dict standardised_dict(const standardised_rate& rate) {
    py::dict d = estimate_dict(rate);
    d["events"] = rate.events;
    d["population"] = rate.population;
    d["variance"] = py::cast(rate.variance);
    return d;
}

py::dict standardise_with_frequencies(const py::object& population, const py::object& standard, const py::object& band,
                                      const py::object& events_each, const py::object& people, double multiplier,
                                      double confidence) {
    const std::string function = "directly_standardised_rate";
    const std::vector<standard_band> bands = standard_bands(py::none(), population, standard, function);
    const number_column b = numbers_from(band, "band"), e = numbers_from(events_each, "events_each"),
                        p = numbers_from(people, "people");
    detail::check_same_size(function, "band", b.values.size(), "events_each", e.values.size());
    detail::check_same_size(function, "band", b.values.size(), "people", p.values.size());
    std::vector<event_frequency> frequencies;
    for (std::size_t i = 0; i < b.values.size(); ++i) {
        const double place = b.complete(function, "band")[i];
        if (!(place >= 0 && place < static_cast<double>(bands.size())) ||
            place != static_cast<double>(static_cast<std::size_t>(place))) {
            detail::refuse_argument(function, detail::element_name("band", i), place, "there is no such band",
                                    "bands are counted from 0");
        }
        frequencies.push_back({static_cast<std::size_t>(place), e.complete(function, "events_each")[i],
                               p.complete(function, "people")[i]});
    }
    return standardised_dict(directly_standardised_rate(bands, frequencies, multiplier, confidence));
}

py::dict standardise_indirectly(const std::string& function, const py::object& events, const py::object& population,
                                const py::object& reference_events, const py::object& reference_population,
                                double multiplier, double confidence) {
    const number_column x = numbers_from(events, "events"), n = numbers_from(population, "population"),
                        rx = numbers_from(reference_events, "reference_events"),
                        rn = numbers_from(reference_population, "reference_population");
    detail::check_same_size(function, "events", x.values.size(), "population", n.values.size());
    detail::check_same_size(function, "events", x.values.size(), "reference_events", rx.values.size());
    detail::check_same_size(function, "events", x.values.size(), "reference_population", rn.values.size());
    std::vector<reference_band> bands;
    for (std::size_t i = 0; i < x.values.size(); ++i) {
        bands.push_back({x.complete(function, "events")[i], n.complete(function, "population")[i],
                         rx.complete(function, "reference_events")[i],
                         rn.complete(function, "reference_population")[i]});
    }
    const standardised_ratio found = function == "indirectly_standardised_ratio"
                                         ? indirectly_standardised_ratio(bands, multiplier, confidence)
                                         : indirectly_standardised_rate(bands, multiplier, confidence);
    py::dict d = estimate_dict(found);
    d["observed"] = found.observed;
    d["expected"] = found.expected;
    d["reference_rate"] = found.reference_rate;
    return d;
}

double distribution_quantile(const std::string& distribution, double p, double a, double b) {
    if (distribution == "normal") return normal_quantile(p);
    if (distribution == "chi_squared") return chi_squared_quantile(p, a);
    if (distribution == "t") return t_quantile(p, a);
    if (distribution == "beta") return beta_quantile(p, a, b);
    throw py::key_error(distribution);
}

// Funnels.

std::shared_ptr<number_table> proportion_lines(const py::object& n, double average, double tail, double tau_squared) {
    const number_column sizes = numbers_from(n, "n");
    auto table = std::make_shared<number_table>();
    std::array<number_table::column*, 4> out{};
    constexpr std::array<const char*, 4> names{"lower", "upper", "raw_lower", "raw_upper"};
    for (std::size_t i = 0; i < names.size(); ++i) out[i] = &table->add(names[i], kind_type::number);
    for (const double size : sizes.complete("funnel_proportion_limits", "n")) {
        const funnel_limits limits = funnel_proportion_limits(size, average, tail, tau_squared);
        append(*out[0], limits.lower);
        append(*out[1], limits.upper);
        append(*out[2], limits.raw_lower);
        append(*out[3], limits.raw_upper);
    }
    return table;
}

std::shared_ptr<number_table> ratio_lines(const py::object& observed, double tail) {
    const number_column counts = numbers_from(observed, "observed");
    auto table = std::make_shared<number_table>();
    std::array<number_table::column*, 4> out{};
    constexpr std::array<const char*, 4> names{"expected_at_upper", "expected_at_lower", "upper_ratio", "lower_ratio"};
    for (std::size_t i = 0; i < names.size(); ++i) out[i] = &table->add(names[i], kind_type::number);
    for (const double count : counts.complete("funnel_ratio_limits", "observed")) {
        const funnel_ratio_lines lines = funnel_ratio_limits(count, tail);
        append(*out[0], lines.expected_at_upper);
        append(*out[1], lines.expected_at_lower);
        append(*out[2], lines.upper_ratio);
        append(*out[3], lines.lower_ratio);
    }
    return table;
}

/// `average` is absent for a ratio.
std::vector<std::optional<std::string>> significances(const py::object& first, const py::object& second,
                                                      std::optional<double> average, double tau_squared) {
    const number_column x = numbers_from(first, average ? "x" : "observed"),
                        n = numbers_from(second, average ? "n" : "expected");
    std::vector<std::optional<std::string>> result;
    for_each_estimate(
        [&](double a, double b) {
            const funnel_significance found =
                average ? funnel_proportion_significance(a, b, *average, tau_squared) : funnel_ratio_significance(a, b);
            interval_estimate carried;
            carried.value = static_cast<double>(found);
            return carried;
        },
        [&](std::size_t, const interval_estimate& one) {
            result.push_back(one.value ? std::optional(std::string(
                                             to_text(static_cast<funnel_significance>(static_cast<int>(*one.value)))))
                                       : std::nullopt);
        },
        x.span(), n.span());
    return result;
}

// Change, trend, groups.

figure_kind kind_of(const std::string& kind) {
    if (kind == "count") return figure_kind::count;
    if (kind == "share") return figure_kind::share;
    if (kind == "rate") return figure_kind::rate;
    throw calculation_error("change_between: kind is '" + kind + "', but must be count, share or rate");
}

improvement_direction direction_of(const std::string& direction) {
    if (direction == "neutral") return improvement_direction::neutral;
    if (direction == "increase") return improvement_direction::increase;
    if (direction == "decrease") return improvement_direction::decrease;
    throw calculation_error("direction is '" + direction + "', but must be increase, decrease or neutral");
}

py::dict change_dict(const figure_change& change) {
    py::dict d;
    d["difference"] = estimate_dict(change.difference);
    d["verdict"] = std::string(to_text(change.verdict));
    return d;
}

std::optional<std::size_t> earlier_period(const std::string& which, const py::object& periods, std::size_t position) {
    const std::vector<period> all = periods_from(periods);
    if (position >= all.size()) {
        throw calculation_error(which + ": position is " + std::to_string(position) + ", but there are " +
                                std::to_string(all.size()) + " periods");
    }
    return which == "previous_period" ? previous_period(all, position) : same_period_last_year(all, position);
}

py::dict trend_dict(const trend_result& trend) {
    py::dict d;
    d["verdict"] = std::string(to_text(trend.verdict));
    d["n"] = trend.n;
    d["score"] = trend.score;
    d["p_value"] = py::cast(trend.p_value);
    d["slope"] = py::cast(trend.slope);
    d["exact"] = trend.exact;
    return d;
}

py::dict seasonality_dict(const seasonality& found) {
    constexpr std::array<const char*, 3> verdicts{"too_short", "none_found", "likely"};
    py::dict d;
    d["verdict"] = verdicts[static_cast<std::size_t>(found.verdict)];
    d["cycles"] = found.cycles;
    d["statistic"] = py::cast(found.statistic);
    d["p_value"] = py::cast(found.p_value);
    d["highest"] = py::cast(found.highest);
    d["lowest"] = py::cast(found.lowest);
    d["text"] = std::string(to_text(found.verdict));
    return d;
}

std::vector<group_count> group_counts(const py::object& events, const py::object& population,
                                      const std::string& function, const std::string& when) {
    const std::string events_name = "events" + when, population_name = "population" + when;
    const number_column x = numbers_from(events, events_name), n = numbers_from(population, population_name);
    detail::check_same_size(function, events_name, x.values.size(), population_name, n.values.size());
    std::vector<group_count> groups;
    for (std::size_t i = 0; i < x.values.size(); ++i) {
        groups.push_back({x.complete(function, events_name)[i], n.complete(function, population_name)[i]});
    }
    return groups;
}

py::list compare_groups(const py::object& events, const py::object& population, std::optional<std::size_t> reference,
                        double multiplier, double confidence) {
    py::list result;
    for (const group_comparison& each : disproportionality(group_counts(events, population, "disproportionality", ""),
                                                           reference, multiplier, confidence)) {
        py::dict d;
        d["rate"] = estimate_dict(each.rate);
        d["ratio"] = estimate_dict(each.ratio);
        d["verdict"] = std::string(to_text(each.verdict));
        result.append(d);
    }
    return result;
}

py::dict masking_of_groups(const py::object& events_before, const py::object& population_before,
                           const py::object& events_after, const py::object& population_after, double multiplier,
                           double confidence) {
    const auto before = group_counts(events_before, population_before, "find_masking", "_before");
    const auto after = group_counts(events_after, population_after, "find_masking", "_after");
    detail::check_same_size("find_masking", "events_before", before.size(), "events_after", after.size());
    std::vector<group_movement> groups;
    for (std::size_t i = 0; i < before.size(); ++i) groups.push_back({before[i], after[i]});
    const masking found = find_masking(groups, multiplier, confidence);
    constexpr std::array<const char*, 3> flags{"none", "opposite_movements", "reversed_total"};
    py::dict d;
    d["flag"] = flags[static_cast<std::size_t>(found.flag)];
    d["text"] = std::string(to_text(found.flag));
    d["total"] = change_dict(found.total);
    py::list each;
    for (const figure_change& change : found.groups) each.append(change_dict(change));
    d["groups"] = each;
    return d;
}

void register_estimates(py::module_& m) {
    m.def("estimate_rows", &estimate_rows, py::arg("function"), py::arg("arguments"), py::arg("confidence"),
          py::arg("multiplier"), "Limits for every row of some columns: see goldenthread.statistics.");
    m.def("summarise_values", &summarise, py::arg("function"), py::arg("values"), py::arg("confidence"),
          "Mean or median with limits: see goldenthread.statistics.");
    m.def(
        "sample_quantile_of",
        [](const py::object& values, double p, const py::object& type) {
            const number_column numbers = numbers_from(values, "values");
            return sample_quantile(numbers.complete("sample_quantile", "values"), p, type_of_quantile(type));
        },
        py::arg("values"), py::arg("p"), py::arg("type"), "A quantile: see goldenthread.statistics.");
    m.def(
        "standardise_directly",
        [](const py::object& events, const py::object& population, const py::object& standard, double multiplier,
           double confidence) {
            return standardised_dict(directly_standardised_rate(
                standard_bands(events, population, standard, "directly_standardised_rate"), multiplier, confidence));
        },
        py::arg("events"), py::arg("population"), py::arg("standard_population"), py::arg("multiplier"),
        py::arg("confidence"), "A directly standardised rate: see goldenthread.statistics.");
    m.def("standardise_with_frequencies", &standardise_with_frequencies, py::arg("population"),
          py::arg("standard_population"), py::arg("band"), py::arg("events_each"), py::arg("people"),
          py::arg("multiplier"), py::arg("confidence"),
          "A directly standardised rate of events that are not independent: see goldenthread.statistics.");
    m.def("standardise_indirectly", &standardise_indirectly, py::arg("function"), py::arg("events"),
          py::arg("population"), py::arg("reference_events"), py::arg("reference_population"), py::arg("multiplier"),
          py::arg("confidence"), "An indirectly standardised ratio or rate: see goldenthread.statistics.");
    m.def(
        "quantile_groups_of",
        [](const py::object& values, int groups, bool invert) {
            return quantile_groups(numbers_from(values, "values").optionals(), groups, invert);
        },
        py::arg("values"), py::arg("groups"), py::arg("invert"), "Groups of equal size: see goldenthread.statistics.");
    m.def("distribution_quantile", &distribution_quantile, py::arg("distribution"), py::arg("p"), py::arg("a") = 0.0,
          py::arg("b") = 0.0, "A quantile of a distribution: see goldenthread.statistics.");
}

void register_funnels(py::module_& m) {
    m.def("proportion_funnel_lines", &proportion_lines, py::arg("n"), py::arg("average"), py::arg("tail"),
          py::arg("tau_squared"), "Funnel limits of proportions: see goldenthread.statistics.");
    m.def("ratio_funnel_lines", &ratio_lines, py::arg("observed"), py::arg("tail"),
          "Funnel limits of ratios: see goldenthread.statistics.");
    m.def("funnel_significances", &significances, py::arg("first"), py::arg("second"), py::arg("average"),
          py::arg("tau_squared"), "Where areas lie against a funnel: see goldenthread.statistics.");
    m.def(
        "dispersion_of",
        [](const py::object& values, const py::object& errors, std::optional<double> average, double winsorised) {
            const number_column y = numbers_from(values, average ? "values" : "x"),
                                s = numbers_from(errors, average ? "standard_errors" : "n");
            const auto& first = y.complete("over_dispersion", average ? "values" : "x");
            const auto& second = s.complete("over_dispersion", average ? "standard_errors" : "n");
            const dispersion found = average ? over_dispersion(first, second, *average, winsorised)
                                             : proportion_over_dispersion(first, second, winsorised);
            return std::pair(found.phi, found.tau_squared);
        },
        py::arg("values"), py::arg("standard_errors"), py::arg("average"), py::arg("winsorised"),
        "Variation beyond chance: see goldenthread.statistics.");
    m.def(
        "benchmark_verdict_of",
        [](std::optional<double> value, std::optional<double> lower, std::optional<double> upper, double benchmark,
           const std::string& direction) {
            interval_estimate area;
            area.value = value;
            area.lower = lower;
            area.upper = upper;
            return std::string(to_text(compare_with_benchmark(area, benchmark, direction_of(direction))));
        },
        py::arg("value"), py::arg("lower"), py::arg("upper"), py::arg("benchmark"), py::arg("direction"),
        "Better, similar or worse: see goldenthread.statistics.");
}

void register_comparisons(py::module_& m) {
    m.def(
        "change_of_figures",
        [](double x_before, double n_before, double x_after, double n_after, const std::string& kind, double multiplier,
           double confidence) {
            return change_dict(
                change_between({x_before, n_before}, {x_after, n_after}, kind_of(kind), multiplier, confidence));
        },
        py::arg("x_before"), py::arg("n_before"), py::arg("x_after"), py::arg("n_after"), py::arg("kind"),
        py::arg("multiplier"), py::arg("confidence"), "A change with limits: see goldenthread.statistics.");
    m.def("earlier_period", &earlier_period, py::arg("which"), py::arg("periods"), py::arg("position"),
          "The period to compare with: see goldenthread.statistics.");
    m.def(
        "trend_of",
        [](const py::object& values, std::size_t last_n, double confidence) {
            return trend_dict(trend_test(numbers_from(values, "values").optionals(), last_n, confidence));
        },
        py::arg("values"), py::arg("last_n"), py::arg("confidence"), "A trend test: see goldenthread.statistics.");
    m.def(
        "seasonality_of",
        [](const py::object& values, std::size_t season_length, double confidence) {
            return seasonality_dict(
                seasonality_note(numbers_from(values, "values").optionals(), season_length, confidence));
        },
        py::arg("values"), py::arg("season_length"), py::arg("confidence"),
        "A note on seasons: see goldenthread.statistics.");
    m.def("compare_groups", &compare_groups, py::arg("events"), py::arg("population"), py::arg("reference"),
          py::arg("multiplier"), py::arg("confidence"), "Rates of groups compared: see goldenthread.statistics.");
    m.def("masking_of_groups", &masking_of_groups, py::arg("events_before"), py::arg("population_before"),
          py::arg("events_after"), py::arg("population_after"), py::arg("multiplier"), py::arg("confidence"),
          "Whether a total hides its groups: see goldenthread.statistics.");
}

}  // namespace

void register_statistics(py::module_& m) {
    register_number_table(m);
    register_estimates(m);
    register_funnels(m);
    register_comparisons(m);
}

}  // namespace goldenthread::python
