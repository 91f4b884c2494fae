// goldenthread: the readings of months and birthdays that a definition must choose between.
#pragma once

#include <cstddef>
#include <string_view>

namespace goldenthread {

/// What "plus one month" means on the 29th, 30th and 31st.
enum class month_add {
    clamp,              ///< 31 January + 1 month = 28 or 29 February (CQL, the default)
    roll_forward,       ///< 31 January + 1 month = 1 March (ehrQL)
    end_of_month_snap,  ///< clamp, and the last day of a month stays the last day (Boost.Date_Time)
};

[[nodiscard]] constexpr std::string_view to_text(month_add rule) noexcept {
    constexpr std::string_view names[] = {"clamp", "roll_forward", "end_of_month_snap"};
    return names[static_cast<std::size_t>(rule)];
}

/// When a child born on 29 February has a birthday in other years.
enum class leap_birthday {
    march_1,  ///< England and Wales
    february_28,
};

[[nodiscard]] constexpr std::string_view to_text(leap_birthday rule) noexcept {
    return rule == leap_birthday::march_1 ? "march_1" : "february_28";
}

}  // namespace goldenthread
