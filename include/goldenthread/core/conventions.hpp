// goldenthread: the readings of time that a definition must choose between.
#pragma once

namespace goldenthread {

/// What "plus one month" means on the 29th, 30th and 31st.
enum class month_add {
    clamp,              ///< 31 January + 1 month = 28 or 29 February (CQL, the default)
    roll_forward,       ///< 31 January + 1 month = 1 March (ehrQL)
    end_of_month_snap,  ///< clamp, and the last day of a month stays the last day (Boost.Date_Time)
};

/// When a child born on 29 February has a birthday in other years.
enum class leap_birthday {
    march_1,      ///< England and Wales
    february_28,
};

/// Whether something that ends on day d is still open on day d.
enum class end_day {
    exclusive,  ///< closed on day d = not open on day d
    inclusive,
};

/// How many days a person-year has.
enum class year_length {
    calendar,
    days_365_25,
};

/// The conventions of a definition. They are part of its content hash and of every result.
struct conventions {
    month_add months = month_add::clamp;
    leap_birthday birthdays = leap_birthday::march_1;
    end_day ends = end_day::exclusive;
    year_length years = year_length::calendar;

    friend bool operator==(const conventions&, const conventions&) = default;
};

}  // namespace goldenthread
