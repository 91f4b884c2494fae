// Groups of one breakdown beside each other, and totals that hide them.
#include "scorecard/figure_counts.hpp"
#include "scorecard/judging.hpp"

#include <goldenthread/core/decimal.hpp>
#include <goldenthread/statistics/disproportionality.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace goldenthread::detail {

namespace {

/// Characteristics of children alone: schools, teams, workers and wards are never set beside each other.
constexpr std::string_view compared_dimensions[] = {"sex", "age_band", "ethnicity_group", "disabled"};

bool adds_over(const figure_heading& heading, std::string_view dimension) {
    return std::any_of(heading.adds_over_breakdowns.begin(), heading.adds_over_breakdowns.end(),
                       [&](const auto& each) { return each.first == dimension && each.second; });
}

/// The groups of one period: cells with people in them.
struct groups_found {
    std::vector<std::size_t> cells;
    std::vector<group_count> counts;
    std::string obstacle;  ///< why they cannot be compared
    bool any = false;      ///< the release has the breakdown
};

class groups_judge {
public:
    groups_judge(const release_figure& figure, const std::vector<period>& periods, std::string_view dimension,
                 std::size_t when)
        : figure_(figure), periods_(periods), dimension_(dimension) {
        result_.dimension = std::string(dimension);
        result_.period = when;
    }

    void judge(figure_judgement& said) {
        const groups_found now = groups_in(result_.period);
        if (!now.any) return;
        if (now.obstacle.empty()) {
            compare(now, said);
            seek_masking(now);
        } else {
            result_.sentence = "not compared: " + now.obstacle;
            result_.masking_sentence = "not tested: " + now.obstacle;
        }
        said.groups.push_back(std::move(result_));
    }

private:
    [[nodiscard]] bool is_member(const release_cell& cell) const {
        return cell.key.size() == 1 && cell.key[0].first == dimension_ && cell.key[0].second.has_value();
    }

    [[nodiscard]] groups_found groups_in(std::size_t when) const {
        groups_found found;
        for (std::size_t i = 0; i < figure_.cells.size(); ++i) {
            const release_cell& cell = figure_.cells[i];
            if (cell.period != when || !is_member(cell)) continue;
            found.any = true;
            if (cell.value.is_hidden() || cell.numerator.is_hidden() || cell.denominator.is_hidden()) {
                found.obstacle = "a number of one of the groups is hidden";
                return found;
            }
            if (cell.state == "zero_denominator") continue;  // nobody there
            const std::optional<counted> c = is_whole(cell) ? counts_of(figure_.heading, cell) : std::nullopt;
            if (!c) {
                found.obstacle = "one of the groups has no figure for all of the days";
                return found;
            }
            found.cells.push_back(i);
            found.counts.push_back({c->figure.x, c->figure.n});
        }
        if (found.cells.size() < 2) found.obstacle = "there are fewer than two groups with people in them";
        return found;
    }

    [[nodiscard]] double multiplier() const {
        return figure_.heading.unit == figure_unit::fraction ? 100 : static_cast<double>(figure_.heading.multiplier);
    }

    void compare(const groups_found& now, figure_judgement& said) {
        const auto k = static_cast<double>(now.counts.size());
        const std::vector<group_comparison> found =
            disproportionality(now.counts, {}, multiplier(), confidence_level(1 - 0.05 / k));
        for (std::size_t i = 0; i < found.size(); ++i) {
            group_position position;
            const interval_estimate& ratio = found[i].ratio;
            if (ratio.value) position.ratio = rounded_text(*ratio.value, 2);
            if (ratio.lower) position.lower = rounded_text(*ratio.lower, 2);
            if (ratio.upper) position.upper = rounded_text(*ratio.upper, 2);
            position.method = std::string(to_text(ratio.method));
            position.verdict = std::string(to_text(found[i].verdict));
            said.cells[now.cells[i]].group = std::move(position);
        }
        result_.compared = true;
        result_.sentence =
            "each group is compared with all others together, those not recorded left out; the limits hold for all " +
            std::to_string(now.counts.size()) + " groups at once, 95 %";
    }

    /// Movements since the same period last year or, where the release does not have it, the period before.
    void seek_masking(const groups_found& now) {
        std::optional<std::size_t> earlier = same_period_last_year(periods_, result_.period);
        if (!earlier) earlier = previous_period(periods_, result_.period);
        if (!earlier) {
            result_.masking_sentence = "not tested: there is no earlier period to compare with";
            return;
        }
        const groups_found before = groups_in(*earlier);
        if (!before.obstacle.empty() || !same_groups(before, now)) {
            result_.masking_sentence = "not tested: in " + periods_[*earlier].label + " " +
                                       (before.obstacle.empty() ? "there were other groups" : before.obstacle);
            return;
        }
        std::vector<group_movement> movements;
        for (std::size_t i = 0; i < now.counts.size(); ++i) movements.push_back({before.counts[i], now.counts[i]});
        const masking_flag flag = find_masking(movements, multiplier()).flag;
        constexpr const char* names[] = {"none", "opposite_movements", "reversed_total"};
        result_.masking = names[static_cast<std::size_t>(flag)];
        result_.masking_against = earlier;
        result_.masking_sentence = "since " + periods_[*earlier].label + " " + std::string(to_text(flag));
        if (flag == masking_flag::none) result_.masking_sentence += ", so far as numbers of this size can show";
    }

    [[nodiscard]] bool same_groups(const groups_found& a, const groups_found& b) const {
        return std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                          [&](std::size_t i, std::size_t k) { return figure_.cells[i].key == figure_.cells[k].key; });
    }

    const release_figure& figure_;
    const std::vector<period>& periods_;
    std::string_view dimension_;
    groups_judgement result_;
};

}  // namespace

void judge_groups(const release_figure& figure, const std::vector<period>& periods, figure_judgement& said) {
    const figure_heading& heading = figure.heading;
    const bool is_compared = heading.unit == figure_unit::fraction || heading.unit == figure_unit::rate;
    if (!is_compared || heading.cells_are_counts) return;
    const std::vector<std::vector<std::size_t>> series = series_of(figure, periods);
    for (const std::string_view dimension : compared_dimensions) {
        if (!adds_over(heading, dimension)) continue;
        for (const std::vector<std::size_t>& totals : series) {
            groups_judge(figure, periods, dimension, figure.cells[totals.back()].period).judge(said);
        }
    }
}

}  // namespace goldenthread::detail
