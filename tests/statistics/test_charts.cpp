#include "catch.hpp"
#include "statistics/refused.hpp"

#include <goldenthread/statistics/attribute_charts.hpp>
#include <goldenthread/statistics/rare_event_charts.hpp>
#include <goldenthread/statistics/xmr_chart.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace goldenthread;

namespace {

std::vector<chart_point> series(const std::vector<std::optional<double>>& values) {
    std::vector<chart_point> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        points.push_back({to_day(2020, 1, 1) + static_cast<day>(i), values[i], 1});
    }
    return points;
}

std::string rules_of(const control_chart& chart) {
    std::string text;
    for (const charted_point& point : chart.points) {
        const chart_rule* rule = chart.rule_of(point);
        text += rule == nullptr ? '.' : rule->name[0];
    }
    return text;
}

/// Limits at ∓ 3 about 0, whatever the values: rules alone.
std::string judged(const std::vector<std::optional<double>>& values, const rule_set& rules) {
    control_chart chart;
    chart.rules = rules;
    chart.groups.push_back({0, values.size(), values.size(), values.size()});
    for (const auto& value : values) {
        charted_point point;
        point.value = value;
        point.limits = detail::limits_about(0, 1);
        chart.points.push_back(point);
    }
    detail::judge_points(chart, improvement_direction::increase);
    return rules_of(chart);
}

const std::vector<std::optional<double>> usual{5, 7, 4, 6, 5, 8, 6, 5, 7, 6, 4, 6};

}  // namespace

TEST_CASE("a constant series has no limits, screened or not, and says why") {
    for (const bool screen : {true, false}) {
        chart_options options;
        options.screen_outliers = screen;
        options.direction = improvement_direction::increase;
        options.target = 3;
        const control_chart chart = xmr_chart(series(std::vector<std::optional<double>>(20, 5.0)), options);
        CHECK(chart.groups[0].unavailable == limits_unavailable::no_variation);
        CHECK_FALSE(chart.points[0].limits);
        CHECK(chart.variation == point_type::not_judged);
        CHECK(chart.assurance == assurance_type::none);
    }
}

TEST_CASE("nine equal values and a jump do not make every point special") {
    std::vector<std::optional<double>> values(9, 5.0);
    values.push_back(9.0);
    const control_chart chart = xmr_chart(series(values));
    CHECK(chart.groups[0].unavailable == limits_unavailable::no_variation);
    for (const charted_point& point : chart.points) CHECK_FALSE(point.outside);
    chart_options unscreened;
    unscreened.screen_outliers = false;
    CHECK(xmr_chart(series(values), unscreened).groups[0].unavailable == limits_unavailable::no);
}

TEST_CASE("without a target there is no assurance") {
    chart_options options;
    options.direction = improvement_direction::increase;
    CHECK(xmr_chart(series(usual), options).assurance == assurance_type::none);
    options.target = 6;
    CHECK(xmr_chart(series(usual), options).assurance == assurance_type::inconsistent);
    options.target = 60;
    CHECK(xmr_chart(series(usual), options).assurance == assurance_type::consistent_fail);
    options.target = -60;
    CHECK(xmr_chart(series(usual), options).assurance == assurance_type::consistent_pass);
    options.direction = improvement_direction::decrease;
    CHECK(xmr_chart(series(usual), options).assurance == assurance_type::consistent_fail);
    options.direction = improvement_direction::neutral;
    CHECK(xmr_chart(series(usual), options).assurance == assurance_type::none);
}

TEST_CASE("a point without a value breaks a run") {
    const rule_set& rules = making_data_count();
    CHECK(judged({1, 1, 1, 1, 1, 1, 1}, rules) == "sssssss");
    CHECK(judged({1, 1, 1, std::nullopt, 1, 1, 1, 1}, rules) == "........");
    CHECK(judged({-1.5, -1, -0.5, 0.1, 0.5, 1, 1.5}, rules) == "ttttttt");
    CHECK(judged({-1.5, -1, -0.5, std::nullopt, 0.5, 1, 1.5, 1.7}, rules) == "........");
    CHECK(judged({2.5, std::nullopt, 2.5}, rules) == "...");
}

TEST_CASE("a point on the centre breaks a shift, equal values break a trend") {
    const rule_set& rules = making_data_count();
    CHECK(judged({1, 1, 1, 0, 1, 1, 1}, rules) == ".......");
    CHECK(judged({-1.5, -1, -0.5, -0.5, 0.5, 1, 1.5}, rules) == ".......");
}

TEST_CASE("two in three flags only the near points, none outside, all on one side") {
    const rule_set& rules = making_data_count();
    CHECK(judged({2.5, 1, 2.5}, rules) == "t.t");
    CHECK(judged({2.5, -1, 2.5}, rules) == "...");
    CHECK(judged({2.5, 1, 3.5}, rules) == "..o");  // outside does not count as near
    CHECK(judged({2.5, 1, 2.0}, rules) == "...");  // on the line is not beyond it
    CHECK(judged({2.5, 0, 2.5}, rules) == "...");  // on the centre is on no side
}

TEST_CASE("a point bears the name of the first rule it breaks") {
    CHECK(judged({0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 3.5}, making_data_count()) == "tttttto");
}

TEST_CASE("where a trend turns, the point belongs to the one that goes on") {
    control_chart chart;
    chart.rules = making_data_count();
    chart.groups.push_back({0, 13, 13, 13});
    for (int i = -6; i <= 6; ++i) {
        charted_point point;
        point.value = i < 0 ? i * 0.2 : -i * 0.2;
        point.limits = detail::limits_about(-0.5, 1);
        chart.points.push_back(point);
    }
    detail::judge_points(chart, improvement_direction::decrease);
    CHECK(rules_of(chart) == "ttttttttttttt");
    CHECK(chart.points[5].rule_direction == 1);
    CHECK(chart.points[6].rule_direction == -1);
    CHECK(chart.points[5].type == point_type::concern);
    CHECK(chart.points[6].type == point_type::improvement);
}

TEST_CASE("runs of six with the newer rules, of seven with the older") {
    const rule_set& six = find_rule_set("making_data_count", "6-point");
    CHECK(judged({1, 1.5, 1, 1.5, 1, 1.5}, six) == "ssssss");
    CHECK(judged({1, 1.5, 1, 1.5, 1, 1.5}, making_data_count()) == "......");
    CHECK(judged({-1, -0.5, 0.1, 0.4, 0.7, 1}, six) == "tttttt");
}

TEST_CASE("Western Electric: the third of three, the fifth of five may lie anywhere") {
    const rule_set& rules = find_rule_set("western_electric");
    CHECK(judged({2.5, -1, 2.5}, rules) == "t.t");
    CHECK(judged({1.5, 1.2, -1, 1.1, 1.9}, rules) == "ff.ff");
    CHECK(judged({0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}, rules) == "ssssssss");
}

TEST_CASE("Nelson: alternating, hugging the centre and avoiding it") {
    const rule_set& rules = find_rule_set("nelson", "1984");
    CHECK(judged({-1.5, 1.5, -1.4, 1.4, -1.3, 1.3, -1.2}, rules) == ".......");
    CHECK(judged({-1.5, 1.5, -1.4, 1.4, -1.4, 1.4, -1.3, 1.3}, rules) == "aaaaaaaa");  // eight beyond one σ: avoiding
    std::vector<std::optional<double>> turns, near;
    for (int i = 0; i < 14; ++i) turns.push_back(i % 2 == 0 ? 0.2 : -1.5);
    for (int i = 0; i < 15; ++i) near.push_back(i % 4 < 2 ? 0.5 : -0.5);
    CHECK(judged(turns, rules) == "aaaaaaaaaaaaaa");
    CHECK(judged(near, rules) == "hhhhhhhhhhhhhhh");
    turns.pop_back();
    near.pop_back();
    CHECK(judged(turns, rules) == ".............");
    CHECK(judged(near, rules) == "..............");
}

TEST_CASE("a pattern without a direction is neither better nor worse") {
    control_chart chart;
    chart.rules = find_rule_set("nelson");
    chart.groups.push_back({0, 15, 15, 15});
    for (int i = 0; i < 15; ++i) {
        charted_point point;
        point.value = i % 4 < 2 ? 0.5 : -0.5;
        point.limits = detail::limits_about(0, 1);
        chart.points.push_back(point);
    }
    detail::judge_points(chart, improvement_direction::increase);
    CHECK(chart.points[0].type == point_type::pattern);
}

TEST_CASE("a rebase begins limits of its own, and no range crosses it") {
    std::vector<std::optional<double>> values = usual;
    for (const auto& value : usual) values.push_back(*value + 100);
    std::vector<chart_point> points = series(values);
    chart_options options;
    options.rebase_on = {points[12].date};
    const control_chart chart = xmr_chart(points, options);
    CHECK(chart.groups.size() == 2);
    CHECK(chart.points[11].group == 0);
    CHECK(chart.points[12].group == 1);
    CHECK(std::fabs(chart.points[12].limits->centre - chart.points[0].limits->centre - 100) < 1e-12);
    CHECK(std::fabs((chart.points[12].limits->upper - chart.points[12].limits->centre) -
                    (chart.points[0].limits->upper - chart.points[0].limits->centre)) < 1e-12);
    for (const charted_point& point : chart.points) CHECK(point.type == point_type::common_cause);
}

TEST_CASE("a group that is too short yet has no limits and is not judged") {
    std::vector<std::optional<double>> values = usual;
    values.insert(values.end(), {50, 51, 52});
    std::vector<chart_point> points = series(values);
    chart_options options;
    options.rebase_on = {points[12].date};
    const control_chart chart = xmr_chart(points, options);
    CHECK(chart.groups[1].unavailable == limits_unavailable::too_few_points);
    CHECK(chart.variation == point_type::not_judged);
    CHECK(chart.groups[0].provisional == false);
    CHECK(xmr_chart(series({1, 2, 1, 3, 1, 2, 1, 3})).groups[0].provisional);
    CHECK(xmr_chart(series({1, 2, 1})).groups[0].unavailable == limits_unavailable::too_few_points);
    CHECK(xmr_chart({}).groups[0].unavailable == limits_unavailable::too_few_points);
}

TEST_CASE("a range does not cross a point without a value") {
    std::vector<std::optional<double>> values = usual;
    values.push_back(std::nullopt);
    for (const auto& value : usual) values.push_back(*value + 100);
    chart_options options;
    options.screen_outliers = false;
    const control_chart whole = xmr_chart(series(values), options);
    const control_chart first = xmr_chart(series(usual), options);
    CHECK(std::fabs((whole.points[0].limits->upper - whole.points[0].limits->centre) -
                    (first.points[0].limits->upper - first.points[0].limits->centre)) < 1e-9);
    CHECK(whole.points[12].type == point_type::not_judged);
}

TEST_CASE("fixed limits come from the first values and judge those that follow") {
    std::vector<std::optional<double>> values = usual;
    for (const auto& value : usual) values.push_back(*value + 100);
    chart_options options;
    options.fix_after = 12;
    const control_chart chart = xmr_chart(series(values), options);
    CHECK(*chart.points[23].limits == *xmr_chart(series(usual)).points[0].limits);
    CHECK(chart.points[23].outside);
    CHECK(chart.groups[0].baseline == 12);
}

TEST_CASE("limits are not cut off at zero") {
    CHECK(xmr_chart(series({0, 9, 0, 9, 0, 9, 0, 9})).points[0].limits->lower < 0);
}

TEST_CASE("what a chart refuses names the place") {
    std::vector<chart_point> points = series(usual);
    chart_options options;
    options.rebase_on = {to_day(2021, 1, 1)};
    const std::string no_day = refused([&] { static_cast<void>(xmr_chart(points, options)); });
    CHECK(mentions(no_day, "rebase_on has 2021-01-01, which is no day of the series"));
    CHECK(mentions(no_day, "such as 2020-01-12"));
    std::vector<chart_point> twice = points, back = points;
    twice[3].date = twice[2].date;
    back[3].date = back[0].date - 1;
    CHECK(mentions(refused([&] { static_cast<void>(xmr_chart(twice)); }),
                   "points[3].date is 2020-01-03, as that of the point before"));
    CHECK(mentions(refused([&] { static_cast<void>(xmr_chart(back)); }),
                   "points[3].date is 2019-12-31, before that of the point before, 2020-01-03"));
    points[4].value = std::numeric_limits<double>::infinity();
    CHECK(mentions(refused([&] { static_cast<void>(xmr_chart(points)); }), "points[4].value is inf"));
    chart_options early;
    early.fix_after = 8;
    CHECK(mentions(refused([&] { static_cast<void>(xmr_chart(series(usual), early)); }), "fix_after is 8"));
    CHECK(mentions(refused([] { static_cast<void>(find_rule_set("nelsen")); }), "making_data_count 7-point"));
}

TEST_CASE("limits of a p chart vary with the denominator") {
    std::vector<chart_point> points;
    for (int i = 0; i < 12; ++i) points.push_back({i, i % 2 == 0 ? 5.0 : 45.0, i % 2 == 0 ? 50.0 : 400.0});
    const control_chart chart = p_chart(points);
    const double centre = 300.0 / 2700;
    CHECK(std::fabs(chart.points[0].limits->upper - (centre + 3 * std::sqrt(centre * (1 - centre) / 50))) < 1e-15);
    CHECK(std::fabs(chart.points[1].limits->lower - (centre - 3 * std::sqrt(centre * (1 - centre) / 400))) < 1e-15);
    CHECK(*chart.points[1].value == 45.0 / 400);
    points[2].value = 51;
    CHECK(mentions(refused([&] { static_cast<void>(p_chart(points)); }),
                   "points[2].value is 51, but cannot be more than its size 50"));
    CHECK(u_chart(points).groups[0].unavailable == limits_unavailable::no);
    points[2].size = 0;
    CHECK(mentions(refused([&] { static_cast<void>(u_chart(points)); }), "points[2].size is 0"));
}

TEST_CASE("no events at all, or nothing but events, give no limits") {
    std::vector<chart_point> none, all;
    for (int i = 0; i < 12; ++i) none.push_back({i, 0.0, 20}), all.push_back({i, 20.0, 20});
    CHECK(p_chart(none).groups[0].unavailable == limits_unavailable::nothing_observed);
    CHECK(p_chart(all).groups[0].unavailable == limits_unavailable::nothing_observed);
    CHECK(u_chart(none).groups[0].unavailable == limits_unavailable::nothing_observed);
    CHECK(g_chart(none).groups[0].unavailable == limits_unavailable::nothing_observed);
}

TEST_CASE("Laney's correction widens limits by the variation between points") {
    std::vector<chart_point> points;
    for (int i = 0; i < 12; ++i) points.push_back({i, i % 2 == 0 ? 4000.0 : 6000.0, 10000.0});
    chart_options options;
    CHECK(p_chart(points, options).points[0].outside);
    options.laney = true;
    const control_chart chart = p_chart(points, options);
    CHECK_FALSE(chart.points[0].outside);
    // Mean moving range 0.2 on the scale of shares, whatever the binomial says: three times 0.2 / 1.128.
    CHECK(std::fabs(chart.points[0].limits->upper - (0.5 + 3 * 0.2 / 1.128)) < 1e-12);
}

TEST_CASE("a g chart sees long gaps, a t chart those of either side") {
    const std::vector<std::optional<double>> gaps{12, 3, 30, 8, 1, 17, 5, 9, 22, 4, 1000};
    chart_options options;
    options.direction = improvement_direction::increase;
    const control_chart g = g_chart(series(gaps), options);
    double mean = 0;
    for (const auto& gap : gaps) mean += *gap / 11;
    CHECK(std::fabs(g.points[0].limits->upper - (mean + 3 * std::sqrt(mean * (mean + 1)))) < 1e-9);
    CHECK(g.points[10].type == point_type::improvement);
    CHECK(g.rules.name == "limits_only");
    const control_chart t = t_chart(series(gaps), options);
    CHECK(*t.points[10].value == 1000);
    CHECK(t.points[10].type == point_type::improvement);
    CHECK(t.points[0].limits->lower >= 0);
    CHECK(t.points[0].limits->upper < 1000);
    CHECK(mentions(refused([&] { static_cast<void>(t_chart(series({1, -2}))); }), "points[1].value is -2"));
    CHECK(t_chart(series({0, 3, 0, 5, 2, 0, 4, 1})).groups[0].unavailable == limits_unavailable::no);
}

TEST_CASE("a t chart is the XmR chart of the transformed times") {
    const std::vector<std::optional<double>> gaps{12, 3, 30, 8, 1, 17, 5, 9, 22, 4, 1000};
    std::vector<std::optional<double>> transformed;
    for (const auto& gap : gaps) transformed.push_back(std::pow(*gap, 1 / 3.6));
    const control_chart t = t_chart(series(gaps)), y = xmr_chart(series(transformed));
    CHECK(std::fabs(t.points[0].limits->centre - std::pow(y.points[0].limits->centre, 3.6)) < 1e-9);
    CHECK(rules_of(t) == rules_of(y));
}
