// goldenthread: the readings of time that a definition must choose between.
#pragma once

#include <goldenthread/core/date_conventions.hpp>
#include <goldenthread/core/working_calendar.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// Whether something that ends on day d is still open on day d.
enum class end_day {
    exclusive,  ///< closed on day d = not open on day d
    inclusive,
};

[[nodiscard]] constexpr std::string_view to_text(end_day rule) noexcept {
    return rule == end_day::exclusive ? "exclusive" : "inclusive";
}

/// How many days a person-year has.
enum class year_length {
    calendar,
    days_365_25,
};

[[nodiscard]] constexpr std::string_view to_text(year_length rule) noexcept {
    return rule == year_length::calendar ? "calendar" : "365.25";
}

/// The conventions of a definition. They are part of its content hash and of every result.
struct conventions {
    month_add months = month_add::clamp;
    leap_birthday birthdays = leap_birthday::march_1;
    end_day ends = end_day::exclusive;
    year_length years = year_length::calendar;
    working_calendar working_days;

    friend bool operator==(const conventions&, const conventions&) = default;
};

/// Name and choice of every convention, as files and results write them.
[[nodiscard]] inline std::vector<std::pair<std::string, std::string>> named_choices(const conventions& c) {
    return {{"month_add", std::string(to_text(c.months))},
            {"leap_birthday", std::string(to_text(c.birthdays))},
            {"end_day", std::string(to_text(c.ends))},
            {"working_days", to_text(c.working_days)},
            {"year_length", std::string(to_text(c.years))}};
}

/// What an indicator, or a plan for all of its indicators, says about conventions; nothing = it says nothing.
struct convention_choices {
    std::optional<month_add> months;
    std::optional<leap_birthday> birthdays;
    std::optional<end_day> ends;
    std::optional<year_length> years;
    std::optional<working_calendar> working_days;

    convention_choices() = default;
    /// Everything said.
    convention_choices(const conventions& all)
        : months(all.months),
          birthdays(all.birthdays),
          ends(all.ends),
          years(all.years),
          working_days(all.working_days) {}

    friend bool operator==(const convention_choices&, const convention_choices&) = default;
};

/// The conventions that hold: what is said, and the defaults for the rest.
[[nodiscard]] inline conventions chosen_conventions(const convention_choices& said) {
    conventions c;
    if (said.months) c.months = *said.months;
    if (said.birthdays) c.birthdays = *said.birthdays;
    if (said.ends) c.ends = *said.ends;
    if (said.years) c.years = *said.years;
    if (said.working_days) c.working_days = *said.working_days;
    return c;
}

}  // namespace goldenthread
