// The interval of a published figure. Internal: the seam to the room of statistics.
#pragma once

#include <cstdint>
#include <optional>

namespace goldenthread::detail {

/// 95 % limits, in the unit of the figure.
struct benchmark_interval {
    double lower = 0;
    double upper = 0;
};

/// Of events out of so many; `per` 100 is a share: Wilson. Otherwise a rate: exact below ten events, Byar's from ten.
/// Nothing for a share of more events than there are.
[[nodiscard]] std::optional<benchmark_interval> interval_of(std::int64_t events, std::int64_t out_of, std::int64_t per);

/// In words, for a report.
inline constexpr const char* benchmark_method =
    "95 % intervals: Wilson for shares; for rates exact Poisson below ten events, Byar from ten. Another place is "
    "judged "
    "by its value against the area's interval. Ranks count authorities from the highest value, with the range left "
    "open "
    "by authorities whose intervals lie wholly above or wholly below.";

}  // namespace goldenthread::detail
