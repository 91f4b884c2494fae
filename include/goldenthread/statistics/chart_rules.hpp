// goldenthread: rules that tell special causes from common ones, as data.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// What a rule looks for. σ is a third of the distance from the centre to a limit.
enum class rule_kind : std::uint8_t {
    outside,      ///< one point strictly outside the limits
    trend,        ///< `points` in a row, each strictly above (or each strictly below) the one before; ties break it
    beyond,       ///< `needed` of `points` strictly beyond `sigma` on one side; those are flagged
    shift,        ///< `points` in a row strictly on one side of the centre; a point on the centre breaks it
    alternating,  ///< `points` in a row going up and down by turns
    hugging,      ///< `points` in a row strictly within `sigma` of the centre
    avoiding,     ///< `points` in a row strictly beyond `sigma`, on either side
};

/// One rule. Every point of the run it finds is flagged, but for `beyond`.
struct chart_rule {
    std::string_view name;  ///< "shift": what results call it
    rule_kind kind = rule_kind::outside;
    int points = 1;  ///< length of the run
    int needed = 1;  ///< `beyond`: how many of them
    int sigma = 3;   ///< `beyond`, `hugging`, `avoiding`: which line, 1 or 2
    /// `beyond`: all points of the run must lie on the same side, and points outside the limits do not count.
    bool one_side_inside_limits = false;
};

/// Rules in order: a point bears the name of the first that it breaks. Names and rules must outlive every chart made
/// with them; those of `rule_sets()` always do.
struct rule_set {
    std::string_view name;
    std::string_view version;
    std::string_view source;
    std::span<const chart_rule> rules;
};

namespace detail {

template <int Run>
inline constexpr std::array<chart_rule, 4> making_data_count_rules{{
    {"outside_limits", rule_kind::outside},
    {"trend", rule_kind::trend, Run},
    {"two_in_three", rule_kind::beyond, 3, 2, 2, true},
    {"shift", rule_kind::shift, Run},
}};

inline constexpr std::array<chart_rule, 8> nelson_rules{{
    {"outside_limits", rule_kind::outside},
    {"shift", rule_kind::shift, 9},
    {"trend", rule_kind::trend, 6},
    {"alternating", rule_kind::alternating, 14},
    {"two_in_three", rule_kind::beyond, 3, 2, 2},
    {"four_in_five", rule_kind::beyond, 5, 4, 1},
    {"hugging", rule_kind::hugging, 15, 15, 1},
    {"avoiding", rule_kind::avoiding, 8, 8, 1},
}};

inline constexpr std::array<chart_rule, 4> western_electric_rules{{
    {"outside_limits", rule_kind::outside},
    {"two_in_three", rule_kind::beyond, 3, 2, 2},
    {"four_in_five", rule_kind::beyond, 5, 4, 1},
    {"shift", rule_kind::shift, 8},
}};

inline constexpr std::array<chart_rule, 1> limits_only_rules{{{"outside_limits", rule_kind::outside}}};

/// The list. A new rule set is its rules above and a line here; the first is what charts use unless told otherwise.
inline constexpr std::array<rule_set, 5> known_rule_sets{{
    {"making_data_count", "7-point", "NHS England, Making Data Count, until 2023: runs of seven",
     making_data_count_rules<7>},
    {"making_data_count", "6-point", "NHS England, Making Data Count, Excel tool: runs of six",
     making_data_count_rules<6>},
    {"nelson", "1984", "L. S. Nelson, The Shewhart control chart: tests for special causes, JQT 16 (1984), 237–239",
     nelson_rules},
    {"western_electric", "1956", "Western Electric Company, Statistical Quality Control Handbook (1956)",
     western_electric_rules},
    {"limits_only", "1", "Shewhart's first rule alone: for skewed charts of rare events, where runs mislead",
     limits_only_rules},
}};

}  // namespace detail

/// Every shipped rule set.
[[nodiscard]] constexpr std::span<const rule_set> rule_sets() noexcept { return detail::known_rule_sets; }

/// The NHS rules with runs of seven: the default.
[[nodiscard]] constexpr const rule_set& making_data_count() noexcept { return detail::known_rule_sets[0]; }

/// Shewhart's first rule alone: the default of the g chart.
[[nodiscard]] constexpr const rule_set& limits_only() noexcept { return detail::known_rule_sets[4]; }

/// The rule set of a name; without a version, the first of that name.
/// \throws calculation_error that lists what there is
[[nodiscard]] inline const rule_set& find_rule_set(std::string_view name, std::string_view version = {}) {
    std::vector<std::string> known;
    for (const rule_set& each : rule_sets()) {
        if (each.name == name && (version.empty() || each.version == version)) return each;
        known.push_back(std::string(each.name) + " " + std::string(each.version));
    }
    error_context context;
    context.remedy = "there are " + joined(known, ", ");
    throw calculation_error("there is no rule set '" + std::string(name) +
                                (version.empty() ? "'" : "' of version '" + std::string(version) + "'"),
                            std::move(context));
}

}  // namespace goldenthread
