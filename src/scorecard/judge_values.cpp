// Limits beside shares and rates, and changes of totals.
#include "scorecard/figure_counts.hpp"
#include "scorecard/judging.hpp"

#include <goldenthread/core/decimal.hpp>
#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/wilson_interval.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace goldenthread::detail {

namespace {

std::optional<std::int64_t> whole(const published_number& number) {
    if (number.is_hidden() || number.is_absent()) return std::nullopt;
    std::int64_t result = 0;
    for (const char c : number.text()) {
        if (c < '0' || c > '9') return std::nullopt;
        result = result * 10 + (c - '0');
    }
    return result;
}

/// People, or time, such that events / base × multiplier is the rate; an annualised rate has a part of them.
std::optional<double> base_of_rate(const figure_heading& heading, const release_cell& cell, std::int64_t events,
                                   std::int64_t base) {
    const auto multiplier = static_cast<double>(heading.multiplier);
    if (events > 0) {
        if (cell.exact->numerator <= 0) return std::nullopt;
        return static_cast<double>(events) * multiplier * static_cast<double>(cell.exact->denominator) /
               static_cast<double>(cell.exact->numerator);
    }
    if (cell.exact->denominator == base) return static_cast<double>(base);
    if (heading.measure != "rate" || cell.exact->denominator % base != 0) return std::nullopt;
    return static_cast<double>(cell.exact->denominator) / 12;  // people × months of the period
}

std::string decimal(double value) { return rounded_text(value, 1); }

/// The share or rate with its limits, in the unit in which it is shown.
interval_estimate limits_of(const figure_heading& heading, const counted& c) {
    if (c.kind == figure_kind::share) return scaled(wilson_interval(c.figure.x, c.figure.n), 100, 1);
    return rate_interval(c.figure.x, c.figure.n, static_cast<double>(heading.multiplier));
}

bool is_profile_cell(const figure_heading& heading, const release_cell& cell) {
    return heading.cells_are_counts && !cell.key.empty();
}

std::string unit_words(const figure_heading& heading) {
    switch (heading.unit) {
        case figure_unit::fraction:
            return " percentage points";
        case figure_unit::rate:
            return " per " + std::to_string(heading.multiplier);
        case figure_unit::days:
            return " days";
        default:
            return "";
    }
}

/// Without its sign.
std::string size_text(const std::string& number) { return number.front() == '-' ? number.substr(1) : number; }

class change_judge {
public:
    change_judge(const release_figure& figure, const std::vector<period>& periods)
        : figure_(figure), heading_(figure.heading), periods_(periods) {}

    /// Of one cell; `against` is nothing where the release has no such period.
    [[nodiscard]] value_change judge(const release_cell& now, const char* basis,
                                     std::optional<std::size_t> against) const {
        value_change change;
        change.basis = basis;
        change.period = against;
        const bool before = change.basis == "previous_period";
        if (!against) {
            change.sentence = before ? "not compared: this report has no period before"
                                     : "not compared: this report has no such period a year before";
            return change;
        }
        const release_cell* earlier = cell_of(now.key, *against);
        if (earlier == nullptr || !is_whole(now) || !is_whole(*earlier)) {
            const bool hidden = now.value.is_hidden() || (earlier != nullptr && earlier->value.is_hidden());
            change.sentence = hidden ? "not compared: one of the two figures is hidden"
                                     : "not compared: one of the two figures is not there, or covers part of the days";
            return change;
        }
        compare(*earlier, now, change);
        return change;
    }

private:
    [[nodiscard]] const release_cell* cell_of(const draft_key& key, std::size_t p) const {
        const auto found = std::find_if(figure_.cells.begin(), figure_.cells.end(),
                                        [&](const release_cell& cell) { return cell.period == p && cell.key == key; });
        return found == figure_.cells.end() ? nullptr : &*found;
    }

    void compare(const release_cell& earlier, const release_cell& now, value_change& change) const {
        const std::string since = " than in " + periods_[*change.period].label;
        const std::optional<counted> x = counts_of(heading_, earlier), y = counts_of(heading_, now);
        const double difference = shown_value(heading_, now) - shown_value(heading_, earlier);
        const bool counts =
            heading_.unit == figure_unit::number && now.exact->denominator == 1 && earlier.exact->denominator == 1;
        change.difference =
            counts ? std::to_string(now.exact->numerator - earlier.exact->numerator) : decimal(difference);
        if (!x || !y) {
            change.sentence = amount(change.difference, since) + "; not judged: it has no interval";
            return;
        }
        const figure_change found =
            change_between(x->figure, y->figure, y->kind, static_cast<double>(heading_.multiplier));
        // Shares are compared as shares of 1 and shown in percentage points.
        const double unit = y->kind == figure_kind::share ? 100 : 1;
        change.lower = decimal(*found.difference.lower * unit);
        change.upper = decimal(*found.difference.upper * unit);
        change.method = std::string(to_text(found.difference.method));
        const bool clear = found.verdict != change_verdict::no_clear_change;
        change.verdict =
            clear ? verdict_of(found.verdict == change_verdict::increase, direction_of(heading_)) : "similar";
        change.sentence = clear ? amount(change.difference, since) + ", more than chance alone"
                                : "similar to " + periods_[*change.period].label + ": " +
                                      amount(change.difference, since) + ", which chance alone could make";
        change.sentence += " (95 % limits " + change.lower + " to " + change.upper + ")";
        if (heading_.timing == "at") {
            change.sentence += "; many of the same stand in both figures, so the limits are too wide";
        }
    }

    [[nodiscard]] std::string amount(const std::string& difference, const std::string& since) const {
        if (difference.find_first_not_of("-0.") == std::string::npos) return "no different" + since;
        return size_text(difference) + unit_words(heading_) + (difference.front() == '-' ? " lower" : " higher") +
               since;
    }

    const release_figure& figure_;
    const figure_heading& heading_;
    const std::vector<period>& periods_;
};

}  // namespace

std::optional<counted> counts_of(const figure_heading& heading, const release_cell& cell) {
    if (!is_shown(cell) || is_profile_cell(heading, cell)) return std::nullopt;
    if (heading.unit == figure_unit::number) {
        if (heading.measure != "count" && heading.measure != "distinct") return std::nullopt;
        if (cell.exact->denominator != 1 || cell.exact->numerator < 0) return std::nullopt;
        return counted{figure_kind::count, {static_cast<double>(cell.exact->numerator), 1}};
    }
    const std::optional<std::int64_t> events = whole(cell.numerator), base = whole(cell.denominator);
    if (!events || !base || *base <= 0) return std::nullopt;
    if (heading.unit == figure_unit::fraction) {
        if (*events > *base) return std::nullopt;
        return counted{figure_kind::share, {static_cast<double>(*events), static_cast<double>(*base)}};
    }
    if (heading.unit != figure_unit::rate) return std::nullopt;
    const std::optional<double> people = base_of_rate(heading, cell, *events, *base);
    if (!people) return std::nullopt;
    return counted{figure_kind::rate, {static_cast<double>(*events), *people}};
}

improvement_direction direction_of(const figure_heading& heading) noexcept {
    if (heading.polarity == "low") return improvement_direction::decrease;
    return heading.polarity == "high" ? improvement_direction::increase : improvement_direction::neutral;
}

std::string verdict_of(bool up, improvement_direction direction) {
    if (direction == improvement_direction::neutral) return up ? "higher" : "lower";
    return up == (direction == improvement_direction::increase) ? "better" : "worse";
}

void judge_values(const release_figure& figure, const std::vector<period>& periods, figure_judgement& said) {
    const change_judge changes(figure, periods);
    for (std::size_t i = 0; i < figure.cells.size(); ++i) {
        const release_cell& cell = figure.cells[i];
        const std::optional<counted> c = counts_of(figure.heading, cell);
        if (c && c->kind != figure_kind::count) {
            const interval_estimate limits = limits_of(figure.heading, *c);
            if (limits.state() == estimate_state::complete) {
                said.cells[i].interval = {decimal(*limits.lower), decimal(*limits.upper),
                                          std::string(to_text(limits.method)), "0.95"};
            }
        }
        if (!cell.key.empty() || !is_shown(cell)) continue;
        said.cells[i].changes = {
            changes.judge(cell, "previous_period", previous_period(periods, cell.period)),
            changes.judge(cell, "same_period_last_year", same_period_last_year(periods, cell.period))};
    }
}

}  // namespace goldenthread::detail
