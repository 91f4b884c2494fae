// goldenthread: an estimate with its limits. What is undefined is absent and says why; it is never NaN.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace goldenthread {

/// How the limits were made. It travels with the result, because tables mix methods.
enum class estimate_method : std::uint8_t {
    none,               ///< no limits were asked for or possible
    wilson,             ///< proportion, Wilson score
    clopper_pearson,    ///< proportion, exact binomial
    agresti_coull,      ///< proportion, adjusted Wald
    jeffreys,           ///< proportion, Beta(½, ½) prior
    exact_poisson,      ///< count or rate, exact Poisson
    byar,               ///< count or rate, Byar's approximation
    student_t,          ///< mean
    order_statistics,   ///< median
    dobson_byar,        ///< directly standardised rate: Dobson's weights on Byar's limits
    log_normal,         ///< ratio, normal on the log scale (Katz)
    exact_conditional,  ///< ratio of two Poisson counts, exact binomial given their sum
    normal,             ///< difference, normal approximation
    square_and_add,     ///< difference, from the limits of its two parts (Newcombe's method 10; MOVER)
};

/// Why something of an estimate is absent, or what must be said beside it.
enum class estimate_note : std::uint8_t {
    none,
    missing_input,       ///< an input was null
    nothing_observed,    ///< no events, and the method needs one
    limit_below_zero,    ///< the approximation gives a limit below zero
    too_few_values,      ///< fewer values than the method needs
    too_few_events,      ///< fewer events than are needed for a figure to be given at all
    no_spread,           ///< all values are equal: an interval of no width, that says little
    nothing_expected,    ///< no events expected: a ratio to it has no meaning
    nothing_to_compare,  ///< no events in the group compared with: no upper limit
};

enum class estimate_state : std::uint8_t {
    complete,    ///< value and both limits
    one_sided,   ///< value and one limit; a ratio to nothing has a lower limit and no value
    value_only,  ///< value without limits
    undefined,   ///< nothing
};

/// A value with limits of the given confidence, in the unit of the value.
///
/// `value`, `lower` and `upper` are absent where they are not defined; `note` says why.
struct interval_estimate {
    std::optional<double> value;
    std::optional<double> lower;
    std::optional<double> upper;
    double confidence = 0.95;  ///< two-sided, strictly between 0 and 1
    estimate_method method = estimate_method::none;
    estimate_note note = estimate_note::none;

    [[nodiscard]] constexpr estimate_state state() const noexcept {
        if (lower && upper) return estimate_state::complete;
        if (lower || upper) return estimate_state::one_sided;
        return value ? estimate_state::value_only : estimate_state::undefined;
    }

    friend constexpr bool operator==(const interval_estimate&, const interval_estimate&) = default;
};

[[nodiscard]] constexpr std::string_view to_text(estimate_method method) noexcept {
    constexpr std::array<std::string_view, 14> names{
        "none",   "wilson",        "clopper_pearson",  "agresti_coull", "jeffreys",   "exact_poisson",
        "byar",   "student_t",     "order_statistics", "dobson_byar",   "log_normal", "exact_conditional",
        "normal", "square_and_add"};
    return names[static_cast<std::size_t>(method)];
}

[[nodiscard]] constexpr std::string_view to_text(estimate_state state) noexcept {
    constexpr std::array<std::string_view, 4> names{"complete", "one_sided", "value_only", "undefined"};
    return names[static_cast<std::size_t>(state)];
}

/// The reason as words a reader understands; empty for none.
[[nodiscard]] constexpr std::string_view to_text(estimate_note note) noexcept {
    constexpr std::array<std::string_view, 9> sentences{
        "",
        "an input is missing",
        "nothing was observed, so this method has no lower limit",
        "the approximation gives a lower limit below zero",
        "too few values for limits at this confidence",
        "fewer than 10 events: a standardised rate is not given",
        "all values are equal: the interval has no width",
        "no events are expected",
        "no events in the group compared with: there is no upper limit"};
    return sentences[static_cast<std::size_t>(note)];
}

}  // namespace goldenthread
