// goldenthread: a figure against an earlier one: the period before, the same period last year.
#pragma once

#include <goldenthread/core/period.hpp>
#include <goldenthread/statistics/rate_comparison.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace goldenthread {

/// What a figure is made of: which interval fits its change.
enum class figure_kind : std::uint8_t {
    count,  ///< events; Poisson
    share,  ///< a part of its base; binomial
    rate,   ///< events per people or time; Poisson
};

/// Events and what they are counted out of; 1 for a count.
struct counted_figure {
    double x = 0;
    double n = 1;
};

enum class change_verdict : std::uint8_t {
    no_clear_change,  ///< zero lies within the limits: chance alone could have made it
    increase,
    decrease,
};

[[nodiscard]] constexpr std::string_view to_text(change_verdict verdict) noexcept {
    constexpr std::array<std::string_view, 3> names{"no_clear_change", "increase", "decrease"};
    return names[static_cast<std::size_t>(verdict)];
}

/// The change of a figure with its limits, after minus before.
struct figure_change {
    interval_estimate difference;
    change_verdict verdict = change_verdict::no_clear_change;

    friend constexpr bool operator==(const figure_change&, const figure_change&) = default;
};

namespace detail {

[[nodiscard]] constexpr change_verdict verdict_on(const interval_estimate& difference) noexcept {
    if (difference.lower && *difference.lower > 0) return change_verdict::increase;
    if (difference.upper && *difference.upper < 0) return change_verdict::decrease;
    return change_verdict::no_clear_change;
}

}  // namespace detail

/// The change from one figure to another: of counts in events, of shares as a share of 1 (Newcombe's interval), of
/// rates per `multiplier` (`rate_difference`). It is a change of level, not its cause.
///
/// Both are taken as independent. Two counts *at* a date share most of their children, so for stocks the interval is
/// too wide: a clear change is clear, a missing one may be there. Two points are two points: see `xmr_chart`,
/// `trend_test`.
/// Formulas, sources and edges are those of `rate_difference` and `proportion_difference`: limits are always complete.
/// \throws calculation_error as `rate_difference` and `proportion_difference`
[[nodiscard]] inline figure_change change_between(counted_figure before, counted_figure after, figure_kind kind,
                                                  double multiplier = 10'000, const confidence_level& confidence = {}) {
    figure_change result;
    switch (kind) {
        case figure_kind::count:
            result.difference = rate_difference(after.x, 1, before.x, 1, 1, confidence);
            break;
        case figure_kind::share:
            result.difference = proportion_difference(after.x, after.n, before.x, before.n, confidence);
            break;
        case figure_kind::rate:
            result.difference = rate_difference(after.x, after.n, before.x, before.n, multiplier, confidence);
            break;
    }
    result.verdict = detail::verdict_on(result.difference);
    return result;
}

/// Position of the period that ends on the day before period `position` begins and is of the same kind, if the list has
/// it. A gap in the list is no period before. Of rolling windows it is the one that does not overlap.
/// Arithmetic of days alone; `position` must be one of the list.
[[nodiscard]] inline std::optional<std::size_t> previous_period(std::span<const period> periods, std::size_t position) {
    const period& now = periods[position];
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (periods[i].kind == now.kind && periods[i].last == now.first - 1) return i;
    }
    return std::nullopt;
}

/// Position of the period of the same kind that begins and ends one calendar year before period `position`, if the list
/// has it; an end on 29 February answers to 28 February.
/// Arithmetic of days alone; `position` must be one of the list.
[[nodiscard]] inline std::optional<std::size_t> same_period_last_year(std::span<const period> periods,
                                                                      std::size_t position) {
    const period& now = periods[position];
    const day first = add_months(now.first, -12), last = add_months(now.last + 1, -12) - 1;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (periods[i].kind == now.kind && periods[i].first == first && periods[i].last == last) return i;
    }
    return std::nullopt;
}

}  // namespace goldenthread
