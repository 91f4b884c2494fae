// Control charts.
#include "number_columns.hpp"
#include "register.hpp"

#include <goldenthread/statistics/attribute_charts.hpp>
#include <goldenthread/statistics/rare_event_charts.hpp>
#include <goldenthread/statistics/xmr_chart.hpp>

#include <pybind11/stl.h>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

using kind_type = number_table::column::kind_type;
using chart_function = control_chart (*)(std::span<const chart_point>, const chart_options&);

struct named_chart {
    std::string_view name;
    chart_function make;
};

constexpr std::array<named_chart, 5> charts{{{"xmr_chart", &xmr_chart},
                                             {"p_chart", &p_chart},
                                             {"u_chart", &u_chart},
                                             {"g_chart", &g_chart},
                                             {"t_chart", &t_chart}}};

chart_function chart_named(const std::string& name) {
    for (const named_chart& each : charts) {
        if (each.name == name) return each.make;
    }
    throw py::key_error(name);
}

improvement_direction direction_from(const std::string& direction) {
    for (const auto each :
         {improvement_direction::neutral, improvement_direction::increase, improvement_direction::decrease}) {
        if (to_text(each) == direction) return each;
    }
    throw calculation_error("direction is '" + direction + "', but must be increase, decrease or neutral");
}

chart_options options_from(const py::dict& given) {
    chart_options options;
    options.direction = direction_from(given["direction"].cast<std::string>());
    options.screen_outliers = given["screen_outliers"].cast<bool>();
    options.fix_after = given["fix_after"].cast<std::optional<std::size_t>>();
    options.rebase_on = given["rebase_on"].cast<std::vector<day>>();
    options.target = given["target"].cast<std::optional<double>>();
    options.minimum_points = given["minimum_points"].cast<std::size_t>();
    options.laney = given["laney"].cast<bool>();
    const auto rules = given["rules"].cast<std::optional<std::pair<std::string, std::string>>>();
    if (rules) options.rules = find_rule_set(rules->first, rules->second);
    return options;
}

/// The points of all series, one after another. Without days, positions stand for them.
struct chart_columns {
    number_column dates, values, sizes;
    bool dated = false;

    chart_columns(const py::object& d, const py::object& v, const py::object& s)
        : values(numbers_from(v, "values")), dated(!d.is_none()) {
        if (dated) {
            dates = numbers_from(d, "dates");
            detail::check_same_size("control chart", "dates", dates.values.size(), "values", values.values.size());
        }
        if (s.is_none()) return;
        sizes = numbers_from(s, "sizes");
        detail::check_same_size("control chart", "sizes", sizes.values.size(), "values", values.values.size());
    }
    void take(std::size_t first, std::size_t length, std::vector<chart_point>& points) const {
        const number_span value = values.span(), size = sizes.span(), date = dates.span();
        points.resize(length);
        for (std::size_t i = 0; i < length; ++i) {
            const std::size_t row = first + i;
            if (dated && date.is_missing(row)) {
                throw calculation_error("control chart: dates[" + std::to_string(row) + "] is missing");
            }
            points[i].date = dated ? static_cast<day>(date.values[row]) : static_cast<day>(i);
            points[i].value = value.is_missing(row) ? std::nullopt : std::optional(value.values[row]);
            points[i].size = 1;
            if (size.values.empty()) continue;
            if (size.is_missing(row)) points[i].value.reset();
            points[i].size = size.values[row];
        }
    }
};

/// Collects charted points as columns.
class point_columns {
public:
    point_columns(std::size_t rows, bool dated, bool several) : table_(std::make_shared<number_table>()) {
        table_->reserve(rows);
        if (several) series_ = &table_->add("series", kind_type::whole);
        date_ = &table_->add(dated ? "date" : "position", dated ? kind_type::day : kind_type::whole);
        for (std::size_t i = 0; i < numbers_.size(); ++i)
            numbers_[i] = &table_->add(number_names[i], kind_type::number);
        group_ = &table_->add("group", kind_type::whole);
        side_ = &table_->add("side", kind_type::whole);
        outside_ = &table_->add("outside", kind_type::flag);
        near_limit_ = &table_->add("near_limit", kind_type::flag);
        rule_ = &table_->add("rule", kind_type::name);
        rule_direction_ = &table_->add("rule_direction", kind_type::whole);
        type_ = &table_->add("type", kind_type::name);
        for (int i = 0; i <= static_cast<int>(point_type::pattern); ++i) {
            type_->names.emplace_back(to_text(static_cast<point_type>(i)));
        }
    }
    void add(const control_chart& chart, std::size_t series) {
        if (rule_->names.empty()) {
            for (const chart_rule& rule : chart.rules.rules) rule_->names.emplace_back(rule.name);
        }
        for (const charted_point& point : chart.points) {
            if (series_ != nullptr) append_whole(*series_, static_cast<std::int64_t>(series));
            append_whole(*date_, point.date);
            append(*numbers_[0], point.value);
            const auto line = [&point](double chart_limits::* member) {
                return point.limits ? std::optional((*point.limits).*member) : std::nullopt;
            };
            append(*numbers_[1], line(&chart_limits::centre));
            append(*numbers_[2], line(&chart_limits::lower));
            append(*numbers_[3], line(&chart_limits::upper));
            append(*numbers_[4], line(&chart_limits::near_lower));
            append(*numbers_[5], line(&chart_limits::near_upper));
            append_whole(*group_, static_cast<std::int64_t>(point.group));
            append_whole(*side_, point.side);
            append_whole(*outside_, point.outside ? 1 : 0);
            append_whole(*near_limit_, point.near_limit ? 1 : 0);
            append_whole(*rule_, point.rule ? std::optional<std::int64_t>(*point.rule) : std::nullopt);
            append_whole(*rule_direction_, point.rule_direction);
            append_whole(*type_, static_cast<std::int64_t>(point.type));
        }
    }
    [[nodiscard]] const std::shared_ptr<number_table>& table() const noexcept { return table_; }

private:
    static constexpr std::array<const char*, 6> number_names{"value", "centre",     "lower",
                                                             "upper", "near_lower", "near_upper"};
    std::shared_ptr<number_table> table_;
    std::array<number_table::column*, 6> numbers_{};
    number_table::column *series_ = nullptr, *date_ = nullptr, *group_ = nullptr, *side_ = nullptr, *outside_ = nullptr,
                         *near_limit_ = nullptr, *rule_ = nullptr, *rule_direction_ = nullptr, *type_ = nullptr;
};

py::dict make_chart(const std::string& kind, const py::object& dates, const py::object& values, const py::object& sizes,
                    const py::dict& options) {
    const chart_columns columns(dates, values, sizes);
    std::vector<chart_point> points;
    columns.take(0, columns.values.values.size(), points);
    const control_chart chart = chart_named(kind)(points, options_from(options));
    point_columns out(points.size(), columns.dated, false);
    out.add(chart, 0);
    py::list groups;
    for (const chart_group& group : chart.groups) {
        py::dict d;
        d["first"] = group.first;
        d["last"] = group.last;
        d["values"] = group.values;
        d["baseline"] = group.baseline;
        d["provisional"] = group.provisional;
        d["limits_unavailable"] = std::string(to_text(group.unavailable));
        groups.append(d);
    }
    py::dict d;
    d["points"] = out.table();
    d["groups"] = groups;
    d["rules"] = std::pair(std::string(chart.rules.name), std::string(chart.rules.version));
    d["variation"] = std::string(to_text(chart.variation));
    d["assurance"] = std::string(to_text(chart.assurance));
    return d;
}

/// Many series of one kind: (points, series).
std::pair<std::shared_ptr<number_table>, std::shared_ptr<number_table>> make_charts(
    const std::string& kind, const py::object& lengths, const py::object& dates, const py::object& values,
    const py::object& sizes, const py::dict& given) {
    const chart_columns columns(dates, values, sizes);
    const number_column length_column = numbers_from(lengths, "lengths");
    const std::vector<double> length_of = length_column.complete("control charts", "lengths");
    const chart_options options = options_from(given);
    const chart_function make = chart_named(kind);
    point_columns out(columns.values.values.size(), columns.dated, true);
    auto summary = std::make_shared<number_table>();
    number_table::column& variation = summary->add("variation", kind_type::name);
    number_table::column& assurance = summary->add("assurance", kind_type::name);
    number_table::column& reason = summary->add("limits_unavailable", kind_type::name);
    for (int i = 0; i <= static_cast<int>(point_type::pattern); ++i) {
        variation.names.emplace_back(to_text(static_cast<point_type>(i)));
    }
    for (int i = 0; i <= static_cast<int>(assurance_type::inconsistent); ++i) {
        assurance.names.emplace_back(to_text(static_cast<assurance_type>(i)));
    }
    for (int i = 0; i <= static_cast<int>(limits_unavailable::nothing_observed); ++i) {
        reason.names.emplace_back(to_text(static_cast<limits_unavailable>(i)));
    }
    const py::gil_scoped_release unlocked;
    std::size_t first = 0;
    std::vector<chart_point> points;
    for (std::size_t s = 0; s < length_of.size(); ++s) {
        const double length = length_of[s];
        if (!(length >= 0) || static_cast<double>(columns.values.values.size() - first) < length) {
            detail::refuse_argument(
                "control charts", detail::element_name("lengths", s), length,
                "there are " + std::to_string(columns.values.values.size() - first) + " values left");
        }
        columns.take(first, static_cast<std::size_t>(length), points);
        first += points.size();
        const control_chart chart = make(points, options);
        out.add(chart, s);
        append_whole(variation, static_cast<std::int64_t>(chart.variation));
        append_whole(assurance, static_cast<std::int64_t>(chart.assurance));
        append_whole(reason, static_cast<std::int64_t>(chart.groups.back().unavailable));
    }
    if (first != columns.values.values.size()) {
        throw calculation_error("control charts: lengths add up to " + std::to_string(first) + ", but there are " +
                                std::to_string(columns.values.values.size()) + " values");
    }
    return {out.table(), summary};
}

py::list known_rules() {
    py::list result;
    constexpr std::array<const char*, 7> kinds{"outside",     "trend",   "beyond",  "shift",
                                               "alternating", "hugging", "avoiding"};
    for (const rule_set& set : rule_sets()) {
        py::list rules;
        for (const chart_rule& rule : set.rules) {
            py::dict d;
            d["name"] = std::string(rule.name);
            d["kind"] = kinds[static_cast<std::size_t>(rule.kind)];
            d["points"] = rule.points;
            d["needed"] = rule.needed;
            d["sigma"] = rule.sigma;
            rules.append(d);
        }
        py::dict d;
        d["name"] = std::string(set.name);
        d["version"] = std::string(set.version);
        d["source"] = std::string(set.source);
        d["rules"] = rules;
        result.append(d);
    }
    return result;
}

}  // namespace

void register_charts(py::module_& m) {
    m.def("make_chart", &make_chart, py::arg("kind"), py::arg("dates"), py::arg("values"), py::arg("sizes"),
          py::arg("options"), "A control chart: see goldenthread.statistics.");
    m.def("make_charts", &make_charts, py::arg("kind"), py::arg("lengths"), py::arg("dates"), py::arg("values"),
          py::arg("sizes"), py::arg("options"), "Many control charts: see goldenthread.statistics.");
    m.def("known_rule_sets", &known_rules, "Shipped rule sets: see goldenthread.statistics.");
}

}  // namespace goldenthread::python
