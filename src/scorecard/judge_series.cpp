// Totals of periods of one kind: control chart, trend, seasons.
#include "scorecard/figure_counts.hpp"
#include "scorecard/judging.hpp"

#include <goldenthread/core/decimal.hpp>
#include <goldenthread/statistics/seasonality.hpp>
#include <goldenthread/statistics/trend_test.hpp>
#include <goldenthread/statistics/xmr_chart.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace goldenthread::detail {

namespace {

constexpr std::size_t most_points = 24;

/// Periods in a year; 0 where years do not repeat in them.
std::size_t seasons_of(period_kind kind) {
    switch (kind) {
        case period_kind::month:
            return 12;
        case period_kind::quarter:
        case period_kind::financial_quarter:
            return 4;
        case period_kind::term:
            return 3;
        case period_kind::half:
            return 2;
        default:
            return 0;
    }
}

std::string wanted_words(const figure_heading& heading) {
    return (heading.polarity == "low" ? "lower is wanted: " : "higher is wanted: ") + heading.polarity_provenance;
}

std::string variation_words(const figure_heading& heading, const charted_point& last, const control_chart& chart,
                            const std::string& label) {
    const chart_rule* rule = chart.rule_of(last);
    std::string by = rule == nullptr ? "" : " (rule: " + std::string(rule->name) + ")";
    std::replace(by.begin(), by.end(), '_', ' ');
    switch (last.type) {
        case point_type::common_cause:
            return label + " lies within usual variation";
        case point_type::improvement:
            return label + " goes beyond usual variation, the way that is wanted (" + wanted_words(heading) + ")" + by;
        case point_type::concern:
            return label + " goes beyond usual variation, the way that is not wanted (" + wanted_words(heading) + ")" +
                   by;
        case point_type::neutral_high:
            return label + " goes beyond usual variation, upwards; nobody has said which way is better" + by;
        case point_type::neutral_low:
            return label + " goes beyond usual variation, downwards; nobody has said which way is better" + by;
        case point_type::pattern:
            return label + " is part of a pattern that usual variation does not make" + by;
        case point_type::not_judged:
            break;
    }
    return label + " is not judged";
}

const char* assurance_words(assurance_type type) {
    switch (type) {
        case assurance_type::consistent_pass:
            return "the target lies outside usual variation, on the side that meets it: unless something changes, it "
                   "will be met";
        case assurance_type::consistent_fail:
            return "the target lies outside usual variation, on the side that misses it: unless something changes, it "
                   "will be missed";
        case assurance_type::inconsistent:
            return "the target lies within usual variation: it will be met or missed by chance";
        case assurance_type::none:
            break;
    }
    return "";
}

class series_judge {
public:
    series_judge(const release_figure& figure, const std::vector<period>& periods, std::vector<std::size_t> cells)
        : figure_(figure), heading_(figure.heading), periods_(periods), cells_(std::move(cells)) {
        result_.period_kind = std::string(to_text(when(0).kind));
        result_.cells = cells_;
    }

    series_judgement judge(const std::vector<target>& targets, figure_judgement& said) {
        const std::string obstacle = what_forbids_it();
        if (!obstacle.empty()) {
            result_.limits_reason = obstacle;
            result_.variation = "not_judged";
            result_.trend = result_.seasonality = "not_tested";
            result_.trend_sentence = result_.seasonality_sentence = "not tested: " + obstacle;
            return result_;
        }
        read_values();
        draw_chart(targets, said);
        test_trend();
        test_seasons();
        return result_;
    }

private:
    [[nodiscard]] const release_cell& cell(std::size_t i) const { return figure_.cells[cells_[i]]; }
    [[nodiscard]] const period& when(std::size_t i) const { return periods_[figure_.cells[cells_[i]].period]; }

    /// Small numbers are the ones that are hidden: limits and trends of the rest would be those of another series.
    [[nodiscard]] std::string what_forbids_it() const {
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            if (cell(i).value.is_hidden()) return "a number of the series is hidden";
        }
        for (std::size_t i = 1; i < cells_.size(); ++i) {
            if (when(i).first <= when(i - 1).last) return "the periods overlap";
            if (when(i).first != when(i - 1).last + 1) return "the periods do not follow one another without a gap";
        }
        return {};
    }

    void read_values() {
        begin_ = cells_.size() > most_points ? cells_.size() - most_points : 0;
        for (std::size_t i = begin_; i < cells_.size(); ++i) {
            chart_point point;
            point.date = when(i).last;
            if (is_whole(cell(i))) point.value = shown_value(heading_, cell(i));
            points_.push_back(point);
            values_.push_back(point.value);
        }
    }

    void draw_chart(const std::vector<target>& targets, figure_judgement& said) {
        chart_options options;
        options.direction = direction_of(heading_);
        options.target = target_line(heading_, when(cells_.size() - 1), targets);
        const control_chart chart = xmr_chart(points_, options);
        result_.chart = "XmR chart, rules " + std::string(chart.rules.name) + " " + std::string(chart.rules.version);
        const chart_group& group = chart.groups.front();
        result_.has_limits = group.unavailable == limits_unavailable::no;
        result_.limits_reason = std::string(to_text(group.unavailable));
        if (group.unavailable == limits_unavailable::too_few_points) {
            result_.limits_reason +=
                ": " + std::to_string(group.values) + " of at least " + std::to_string(options.minimum_points);
        }
        result_.variation = std::string(to_text(chart.variation));
        if (!result_.has_limits) return;
        result_.provisional = group.provisional;
        result_.assurance = std::string(to_text(chart.assurance));
        result_.assurance_sentence = assurance_words(chart.assurance);
        for (std::size_t i = 0; i < chart.points.size(); ++i) {
            const charted_point& point = chart.points[i];
            if (!point.value || !point.limits) continue;
            result_.variation_sentence = variation_words(heading_, point, chart, when(begin_ + i).label);
            const chart_rule* rule = chart.rule_of(point);
            said.cells[cells_[begin_ + i]].chart = {
                rounded_text(point.limits->centre, 1), rounded_text(point.limits->lower, 1),
                rounded_text(point.limits->upper, 1), std::string(to_text(point.type)),
                rule == nullptr ? "" : std::string(rule->name)};
        }
        if (result_.provisional) {
            result_.variation_sentence += "; limits from " + std::to_string(group.baseline) + " values are provisional";
        }
    }

    void test_trend() {
        const trend_result found = trend_test(values_);
        result_.trend = std::string(to_text(found.verdict));
        const std::string over = " over " + std::to_string(found.n) + " periods";
        switch (found.verdict) {
            case trend_verdict::too_few_values:
                result_.trend_sentence = "too few values for a trend: " + std::to_string(found.n) + " of at least 5";
                break;
            case trend_verdict::no_clear_trend:
                result_.trend_sentence = "no clear trend" + over;
                break;
            default:
                result_.trend_sentence = "a trend: " + result_.trend + over + ", more than chance alone";
        }
    }

    void test_seasons() {
        const std::size_t length = seasons_of(when(0).kind);
        if (length == 0) {
            result_.seasonality = "not_tested";
            return;
        }
        const seasonality found = seasonality_note(values_, length);
        constexpr const char* names[] = {"too_short", "none_found", "likely"};
        result_.seasonality = names[static_cast<std::size_t>(found.verdict)];
        result_.seasonality_sentence = std::string(to_text(found.verdict));
    }

    const release_figure& figure_;
    const figure_heading& heading_;
    const std::vector<period>& periods_;
    std::vector<std::size_t> cells_;
    std::size_t begin_ = 0;
    std::vector<chart_point> points_;
    std::vector<std::optional<double>> values_;
    series_judgement result_;
};

}  // namespace

std::vector<std::vector<std::size_t>> series_of(const release_figure& figure, const std::vector<period>& periods) {
    std::map<period_kind, std::vector<std::size_t>> kinds;
    for (std::size_t i = 0; i < figure.cells.size(); ++i) {
        if (figure.cells[i].key.empty()) kinds[periods[figure.cells[i].period].kind].push_back(i);
    }
    std::vector<std::vector<std::size_t>> result;
    for (auto& [kind, cells] : kinds) {
        std::stable_sort(cells.begin(), cells.end(), [&](std::size_t a, std::size_t b) {
            return periods[figure.cells[a].period].last < periods[figure.cells[b].period].last;
        });
        result.push_back(std::move(cells));
    }
    return result;
}

void judge_series(const release_figure& figure, const std::vector<period>& periods, const std::vector<target>& targets,
                  figure_judgement& said) {
    for (std::vector<std::size_t>& cells : series_of(figure, periods)) {
        if (cells.size() < 2) continue;
        const bool any = std::any_of(cells.begin(), cells.end(), [&](std::size_t i) {
            return is_shown(figure.cells[i]) || figure.cells[i].value.is_hidden();
        });
        if (any) said.series.push_back(series_judge(figure, periods, std::move(cells)).judge(targets, said));
    }
}

}  // namespace goldenthread::detail
