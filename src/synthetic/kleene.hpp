// Three-valued answers, and the few questions about days that every planted truth asks.
#pragma once

#include "synthetic/rows.hpp"

#include <goldenthread/core/period.hpp>

#include <algorithm>
#include <cstdint>

namespace goldenthread::exampleshire {

/// In this order the lesser of two is their "and", the greater their "or".
enum class answer : std::uint8_t { no, unknown, yes };

[[nodiscard]] constexpr answer as_answer(bool b) noexcept { return b ? answer::yes : answer::no; }
[[nodiscard]] constexpr answer as_answer(optional_flag b) noexcept { return b ? as_answer(*b) : answer::unknown; }
[[nodiscard]] constexpr answer both(answer a, answer b) noexcept { return std::min(a, b); }
[[nodiscard]] constexpr answer either(answer a, answer b) noexcept { return std::max(a, b); }

/// Begun by `d` and not ended by then: an end on the day itself closes.
[[nodiscard]] constexpr bool open_at(day start, optional_day end, day d) noexcept {
    return start <= d && (!end || *end > d);
}
[[nodiscard]] inline bool in(const period& p, optional_day d) noexcept { return d && *d >= p.first && *d <= p.last; }

}  // namespace goldenthread::exampleshire
