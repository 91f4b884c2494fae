// Amounts of targets as whole numbers of their smallest part. Internal.
#pragma once

#include <goldenthread/scorecard/target.hpp>

#include <cstddef>
#include <cstdint>

namespace goldenthread::detail {

inline constexpr std::size_t most_decimals = 4;  ///< that an amount of a target may have
inline constexpr std::int64_t parts_of_one = 10'000;

[[nodiscard]] inline std::int64_t in_parts(const target_amount& amount) noexcept {
    std::int64_t parts = amount.mantissa;
    for (int i = amount.scale; i < static_cast<int>(most_decimals); ++i) parts *= 10;
    return parts;
}

}  // namespace goldenthread::detail
