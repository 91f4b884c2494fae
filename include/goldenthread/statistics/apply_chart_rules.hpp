// goldenthread: a rule set applied to points that have their limits.
#pragma once

#include <goldenthread/statistics/control_chart.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace goldenthread::detail {

/// Applies rules to the points of one group. Values and limits may be on another scale than the one drawn.
class rule_checker {
public:
    /// `steps[i]`: sign of the difference to the point before, 0 where there is none to compare with.
    explicit rule_checker(std::span<charted_point> points) : points_(points), steps_(points.size(), 0) {
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (!points[i].value || !points[i - 1].value) continue;
            const double now = *points[i].value, before = *points[i - 1].value;
            steps_[i] = static_cast<std::int8_t>((now > before ? 1 : 0) - (now < before ? 1 : 0));
        }
    }

    void apply(std::span<const chart_rule> rules) {
        for (std::size_t r = 0; r < rules.size(); ++r) {
            rule_ = static_cast<int>(r);
            apply(rules[r]);
        }
    }

private:
    void apply(const chart_rule& rule) {
        const auto run = static_cast<std::size_t>(rule.points);
        switch (rule.kind) {
            case rule_kind::outside:
                for (std::size_t i = 0; i < points_.size(); ++i) {
                    if (points_[i].outside) flag(i, points_[i].side);
                }
                break;
            case rule_kind::trend:
                trend(run);
                break;
            case rule_kind::beyond:
                beyond(rule);
                break;
            case rule_kind::shift:
                runs(run, [this](std::size_t i) { return points_[i].side; });
                break;
            case rule_kind::alternating:
                alternating(run);
                break;
            case rule_kind::hugging:
                runs(run, [&](std::size_t i) { return is_judged(i) && beyond_side(i, rule.sigma, true) == 0 ? 2 : 0; });
                break;
            case rule_kind::avoiding:
                runs(run, [&](std::size_t i) { return beyond_side(i, rule.sigma, false) != 0 ? 2 : 0; });
                break;
        }
    }

    [[nodiscard]] bool is_judged(std::size_t i) const noexcept { return points_[i].value && points_[i].limits; }

    /// 1 or −1: the side on which a point lies strictly beyond a line; 0 for neither. `reached`: on the line counts.
    [[nodiscard]] int beyond_side(std::size_t i, int sigma, bool reached) const noexcept {
        if (!is_judged(i)) return 0;
        const chart_limits& limits = *points_[i].limits;
        const double lower = sigma == 1 ? limits.one_sigma_lower : sigma == 2 ? limits.near_lower : limits.lower;
        const double upper = sigma == 1 ? limits.one_sigma_upper : sigma == 2 ? limits.near_upper : limits.upper;
        const double value = *points_[i].value;
        if (value > upper || (reached && value == upper)) return 1;
        return value < lower || (reached && value == lower) ? -1 : 0;
    }

    /// The first rule that matches names the point.
    void flag(std::size_t i, int direction) noexcept {
        if (points_[i].rule || !is_judged(i)) return;
        points_[i].rule = rule_;
        points_[i].rule_direction = direction;
    }

    /// Flags every run of at least `length` points with the same mark; 0 breaks. Mark 2 has no direction.
    template <class Mark>
    void runs(std::size_t length, Mark mark) {
        std::size_t start = 0;
        int running = 0;
        for (std::size_t i = 0; i <= points_.size(); ++i) {
            const int now = i < points_.size() ? mark(i) : 0;
            if (now == running && i < points_.size()) continue;
            if (running != 0 && i - start >= length) {
                for (std::size_t k = start; k < i; ++k) flag(k, running == 2 ? 0 : running);
            }
            start = i;
            running = now;
        }
    }

    void trend(std::size_t length) {
        std::vector<char> in_trend(points_.size(), 0);
        std::size_t start = 1;
        for (std::size_t i = 1; i <= points_.size(); ++i) {
            if (i < points_.size() && steps_[i] == steps_[start] && steps_[i] != 0) continue;
            if (start < points_.size() && steps_[start] != 0 && i - start + 1 >= length) {
                for (std::size_t k = start - 1; k < i; ++k) in_trend[k] = 1;
            }
            start = i;
        }
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (in_trend[i] == 0) continue;
            // Where trends meet, a point belongs to the one that goes on.
            const bool goes_on = i + 1 < points_.size() && in_trend[i + 1] != 0 && steps_[i + 1] != 0;
            flag(i, goes_on ? steps_[i + 1] : steps_[i]);
        }
    }

    void beyond(const chart_rule& rule) {
        const auto length = static_cast<std::size_t>(rule.points);
        std::vector<char> marks(points_.size(), 0);
        for (std::size_t end = length; end <= points_.size(); ++end) {
            for (const int side : {1, -1}) {
                int found = 0;
                bool fits = true;
                for (std::size_t i = end - length; i < end; ++i) {
                    fits = fits && is_judged(i) && (!rule.one_side_inside_limits || points_[i].side == side);
                    found += counts(i, side, rule) ? 1 : 0;
                }
                if (!fits || found < rule.needed) continue;
                for (std::size_t i = end - length; i < end; ++i) {
                    if (counts(i, side, rule)) marks[i] = 1;
                }
            }
        }
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (marks[i] != 0) flag(i, points_[i].side);
        }
    }

    [[nodiscard]] bool counts(std::size_t i, int side, const chart_rule& rule) const noexcept {
        return beyond_side(i, rule.sigma, false) == side && !(rule.one_side_inside_limits && points_[i].outside);
    }

    void alternating(std::size_t length) {
        std::size_t start = 1;  // first step of the run
        for (std::size_t i = 1; i <= points_.size(); ++i) {
            const bool goes_on = i < points_.size() && steps_[i] != 0 && (i == start || steps_[i] == -steps_[i - 1]);
            if (goes_on) continue;
            if (i > start && i - start + 1 >= length) {
                for (std::size_t k = start - 1; k < i; ++k) flag(k, 0);
            }
            start = i < points_.size() && steps_[i] != 0 ? i : i + 1;
        }
    }

    std::span<charted_point> points_;
    std::vector<std::int8_t> steps_;
    int rule_ = 0;
};

}  // namespace goldenthread::detail
