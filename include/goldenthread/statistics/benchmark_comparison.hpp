// goldenthread: better, similar or worse than a benchmark.
#pragma once

#include <goldenthread/statistics/control_chart.hpp>
#include <goldenthread/statistics/estimate.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace goldenthread {

/// Where an area stands against a benchmark value.
enum class benchmark_verdict : std::uint8_t {
    not_compared,  ///< no value, or a limit that would decide is missing
    similar,       ///< the benchmark lies within the area's limits: no difference was shown
    better,
    worse,
    higher,  ///< beyond the limits, where no direction is better
    lower,
};

[[nodiscard]] constexpr std::string_view to_text(benchmark_verdict verdict) noexcept {
    constexpr std::array<std::string_view, 6> names{"not_compared", "similar", "better", "worse", "higher", "lower"};
    return names[static_cast<std::size_t>(verdict)];
}

/// Compares a benchmark's value with the limits of an area's estimate, which must be in the same unit: the practice of
/// English public health. On a limit is similar. The estimate's method and confidence belong beside the verdict.
///
/// The benchmark is taken as known: for England that is nearly so; between two areas use `rate_ratio` or a difference.
/// No value, a benchmark that is no number, or a limit that would decide and is missing: not compared.
/// J. Eayres, "Commonly used public health statistics and their confidence intervals", APHO Technical Briefing 3
/// (2008).
[[nodiscard]] constexpr benchmark_verdict compare_with_benchmark(const interval_estimate& area, double benchmark,
                                                                 improvement_direction direction) noexcept {
    if (!area.value || !(benchmark == benchmark)) return benchmark_verdict::not_compared;
    const bool higher = area.lower && *area.lower > benchmark;
    const bool lower = area.upper && *area.upper < benchmark;
    if (!higher && !lower) {
        return area.lower && area.upper ? benchmark_verdict::similar : benchmark_verdict::not_compared;
    }
    if (direction == improvement_direction::neutral) {
        return higher ? benchmark_verdict::higher : benchmark_verdict::lower;
    }
    return higher == (direction == improvement_direction::increase) ? benchmark_verdict::better
                                                                    : benchmark_verdict::worse;
}

}  // namespace goldenthread
