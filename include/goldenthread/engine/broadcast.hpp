// goldenthread: small tables that are the same for every part of the rows.
#pragma once

#include <string_view>

namespace goldenthread::detail {

/// Which days are covered and how many people there are: given with every batch or with one, a row counts once.
[[nodiscard]] constexpr bool is_broadcast(std::string_view table_name) noexcept {
    return table_name == "coverage" || table_name == "population";
}

}  // namespace goldenthread::detail
