// goldenthread: is a group met more often than others, and does a total hide groups that move apart?
#pragma once

#include <goldenthread/statistics/change.hpp>
#include <goldenthread/statistics/exact_sum.hpp>
#include <goldenthread/statistics/rate_comparison.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// Events and people of one group.
struct group_count {
    double events = 0;
    double population = 0;  ///< above zero
};

enum class group_verdict : std::uint8_t {
    reference,            ///< the group that others are compared with
    no_clear_difference,  ///< 1 lies within the limits of the ratio
    higher,
    lower,
    not_compared,  ///< no events here or there: the limit that would decide is missing
};

[[nodiscard]] constexpr std::string_view to_text(group_verdict verdict) noexcept {
    constexpr std::array<std::string_view, 5> names{"reference", "no_clear_difference", "higher", "lower",
                                                    "not_compared"};
    return names[static_cast<std::size_t>(verdict)];
}

/// One group beside the one it is compared with.
struct group_comparison {
    interval_estimate rate;   ///< per `multiplier` people
    interval_estimate ratio;  ///< of its rate to the other's; 1 is the same
    group_verdict verdict = group_verdict::not_compared;

    friend constexpr bool operator==(const group_comparison&, const group_comparison&) = default;
};

/// The rate of each group and its ratio to a reference group, or, without one, to all others together: never to a total
/// that holds the group itself, which would draw every ratio towards 1.
///
/// A verdict is given where 1 lies outside the limits of `rate_ratio`. A ratio says that groups differ, not why; with
/// many groups some limits will miss 1 by chance: with k groups take a confidence of 1 − 0.05/k (Bonferroni; O. J.
/// Dunn, JASA 56 (1961), 52–64). No events here or there: not compared. Sources of rate and ratio: `rate_interval`,
/// `rate_ratio`.
/// \throws calculation_error for fewer than two groups, a reference that is not among them, counts below 0, populations
///         not above 0
[[nodiscard]] inline std::vector<group_comparison> disproportionality(std::span<const group_count> groups,
                                                                      std::optional<std::size_t> reference = {},
                                                                      double multiplier = 10'000,
                                                                      const confidence_level& confidence = {}) {
    constexpr std::string_view function = "disproportionality";
    if (groups.size() < 2) {
        detail::refuse_argument(function, "number of groups", static_cast<double>(groups.size()),
                                "a comparison needs at least 2");
    }
    if (reference && *reference >= groups.size()) {
        detail::refuse_argument(function, "reference", static_cast<double>(*reference), "there is no such group");
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        detail::check_count(function, detail::element_name("groups", i) + ".events", groups[i].events);
        detail::check_above_zero(function, detail::element_name("groups", i) + ".population", groups[i].population);
    }
    std::vector<group_comparison> result;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        group_comparison each;
        each.rate = rate_interval(groups[i].events, groups[i].population, multiplier, confidence);
        if (reference == i) {
            each.verdict = group_verdict::reference;
            each.ratio = {1.0, {}, {}, confidence.level(), estimate_method::none, estimate_note::none};
            result.push_back(each);
            continue;
        }
        detail::exact_sum events, population;
        for (std::size_t k = 0; k < groups.size(); ++k) {
            if (reference ? k != *reference : k == i) continue;
            events.add(groups[k].events);
            population.add(groups[k].population);
        }
        each.ratio = rate_ratio(groups[i].events, groups[i].population, events.value(), population.value(), confidence);
        if (each.ratio.lower && *each.ratio.lower > 1) {
            each.verdict = group_verdict::higher;
        } else if (each.ratio.upper && *each.ratio.upper < 1) {
            each.verdict = group_verdict::lower;
        } else if (each.ratio.lower && each.ratio.upper) {
            each.verdict = group_verdict::no_clear_difference;
        }
        result.push_back(each);
    }
    return result;
}

/// One group before and after.
struct group_movement {
    group_count before;
    group_count after;
};

enum class masking_flag : std::uint8_t {
    none,
    opposite_movements,  ///< at least one group rose clearly and at least one fell clearly
    reversed_total,      ///< the total moved one way and every group stood still or moved the other way
};

/// The flag as words a reader understands.
[[nodiscard]] constexpr std::string_view to_text(masking_flag flag) noexcept {
    constexpr std::array<std::string_view, 3> sentences{
        "the total hides no opposite movements",
        "the total hides groups that moved in opposite directions: read the groups, not the total",
        "the total moved against all of its groups, because their sizes changed: read the groups, not the total"};
    return sentences[static_cast<std::size_t>(flag)];
}

/// Whether a total may be read alone.
struct masking {
    masking_flag flag = masking_flag::none;
    figure_change total;
    std::vector<figure_change> groups;  ///< limits hold for all groups at once

    friend bool operator==(const masking&, const masking&) = default;
};

/// Whether a total hides what its groups do: the change of the total rate at the confidence asked for, and of each
/// group's rate at 1 − (1 − confidence)/groups (Bonferroni), so that the flag is raised by chance in at most 1 −
/// confidence of cases. Opposite movements are told before a reversed total, which is arithmetic (Simpson's paradox),
/// not chance.
///
/// C. E. Bonferroni (1936) as given by O. J. Dunn, JASA 56 (1961), 52–64; E. H. Simpson, JRSS B 13 (1951), 238–241.
///
/// Groups must be distinct and make up the total. A group too small to show its movement cannot raise the flag: `none`
/// says that nothing was shown.
/// \throws calculation_error for fewer than two groups, counts below 0, populations not above 0
[[nodiscard]] inline masking find_masking(std::span<const group_movement> groups, double multiplier = 10'000,
                                          const confidence_level& confidence = {}) {
    constexpr std::string_view function = "find_masking";
    if (groups.size() < 2) {
        detail::refuse_argument(function, "number of groups", static_cast<double>(groups.size()),
                                "a total of one hides nothing: give at least 2");
    }
    const confidence_level of_each(1 - 2 * confidence.tail() / static_cast<double>(groups.size()));
    detail::exact_sum x1, n1, x2, n2;
    masking result;
    bool rose = false, fell = false, up = false, down = false;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const group_movement& group = groups[i];
        for (const auto& [counts, name] : {std::pair{group.before, "before"}, std::pair{group.after, "after"}}) {
            const std::string place = detail::element_name("groups", i) + "." + name;
            detail::check_count(function, place + ".events", counts.events);
            detail::check_above_zero(function, place + ".population", counts.population);
        }
        x1.add(group.before.events);
        n1.add(group.before.population);
        x2.add(group.after.events);
        n2.add(group.after.population);
        const figure_change change =
            change_between({group.before.events, group.before.population}, {group.after.events, group.after.population},
                           figure_kind::rate, multiplier, of_each);
        rose = rose || change.verdict == change_verdict::increase;
        fell = fell || change.verdict == change_verdict::decrease;
        up = up || *change.difference.value > 0;
        down = down || *change.difference.value < 0;
        result.groups.push_back(change);
    }
    result.total =
        change_between({x1.value(), n1.value()}, {x2.value(), n2.value()}, figure_kind::rate, multiplier, confidence);
    const double total = *result.total.difference.value;
    if (rose && fell) {
        result.flag = masking_flag::opposite_movements;
    } else if ((total > 0 && !up && down) || (total < 0 && up && !down)) {
        result.flag = masking_flag::reversed_total;
    }
    return result;
}

}  // namespace goldenthread
