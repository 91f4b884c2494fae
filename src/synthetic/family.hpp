// Who the invented people are: families, their children and what troubles them.
#pragma once

#include "synthetic/random.hpp"
#include "synthetic/row_store.hpp"

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/working_calendar.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>

#include <cstdint>
#include <vector>

namespace goldenthread::exampleshire {

/// The days an extract covers.
struct extract {
    day first = 0;
    day last = 0;

    [[nodiscard]] bool holds(day d) const noexcept { return d >= first && d <= last; }
    /// True for a stay that is open, or has an end, on or after the first day and had begun by the last.
    [[nodiscard]] bool holds_stay(day start, day end) const noexcept { return start <= last && end >= first; }
    /// What the extract knows of a day: nothing if it lies ahead.
    [[nodiscard]] optional_day known(day d) const noexcept { return d <= last ? optional_day(d) : std::nullopt; }
};

/// Extracts shorter than this tell no story of change: no reform, no backlog, no outage.
inline constexpr std::int32_t shortest_story_days = 3 * 365;

[[nodiscard]] constexpr bool tells_a_story(const extract& e) noexcept {
    return e.last - e.first >= shortest_story_days;
}

/// The reform of the front door, on the first day of the month in the middle of the extract: from then on assessments
/// have their own team and nearly all are finished in time. A control chart should show it as a special cause.
[[nodiscard]] constexpr optional_day reform_day(const extract& e) noexcept {
    if (!tells_a_story(e)) return {};
    const civil_day middle = to_civil(e.first + (e.last - e.first + 1) / 2);
    return to_day(middle.year, middle.month, 1);
}

/// From this day on the mental health service falls behind: by the extract day waits for treatment have trebled.
[[nodiscard]] constexpr optional_day backlog_day(const extract& e) noexcept {
    if (!tells_a_story(e)) return {};
    return e.last - 2 * 365;
}

/// A partner whose rows are lost for some days: dropped from the tables named, and said so in `coverage`.
struct outage {
    code_text part;
    day first = 0, last = 0;  ///< the days without rows
};
/// A division of the police changed its system nine months into the extract; what stood in the old one is lost.
[[nodiscard]] constexpr std::optional<outage> police_outage(const extract& e) noexcept {
    if (!tells_a_story(e)) return {};
    return outage{"WEST_DIVISION", e.first, e.first + 273};
}
/// One hospital's last return, of some seventy days, has not come.
[[nodiscard]] constexpr std::optional<outage> hospital_outage(const extract& e) noexcept {
    if (!tells_a_story(e)) return {};
    return outage{"SOUTH_HOSPITAL", e.last - 69, e.last};
}

/// What first brings a family to the attention of services.
enum class journey : std::uint8_t { contact_only, early_help_only, social_care, private_fostering, asylum };

struct family_traits {
    bool domestic_abuse = false;
    bool parental_mental_health = false;
    bool parental_alcohol = false;
    bool parental_drugs = false;
    bool parental_learning_disability = false;
    bool neglect = false;
    bool poverty = false;
    bool homeless = false;
    bool no_recourse = false;
};

struct child {
    std::uint32_t member = 0;  ///< place in the family, from 0
    std::int64_t number = 0;   ///< of the person row; 0 until the child turns out to be in the extract
    code_text sex;
    code_text ethnicity;
    day born = 0;
    optional_day due;  ///< only if unborn when the family first came
    optional_day died;
    bool disabled = false;
    bool joined = true;  ///< goes through services together with the family's other joined children
    bool exploited = false;
    bool self_harms = false;
    day adult = 0;  ///< 18th birthday
    day limit = 0;  ///< children's services end here at the latest: 18th (some disabled: 19th) birthday or death

    // What has happened so far, also before the extract begins.
    std::int64_t plans = 0;  ///< child protection plans of this council
    std::int32_t referrals = 0, assessments = 0, cin_plans = 0, enquiries = 0, conferences = 0, plan_rows = 0;
    std::int32_t care_episodes = 0, placements = 0, care_periods = 0, missing = 0, contacts = 0;
    std::int32_t help_assessments = 0, help_episodes = 0;

    [[nodiscard]] bool is_unborn_at(day d) const noexcept { return born > d; }
    [[nodiscard]] int age_at(day d) const noexcept { return age_in_years(born, d); }
    [[nodiscard]] identifier id() const noexcept { return child_identifier(number); }
    [[nodiscard]] identifier row(char kind, std::int32_t order) const noexcept { return {number, kind, order, false}; }
};

struct family {
    std::uint64_t seed = 0;
    std::uint64_t candidate = 0;  ///< place among all families drawn, in the extract or not
    std::int64_t number = 0;      ///< among the families of the extract, from 1
    journey kind = journey::social_care;
    family_traits traits;
    day arrival = 0;
    optional_day reform;  ///< reform_day of the extract
    bool west = false;    ///< lives where the west division polices
    bool south = false;   ///< goes to the south hospital
    std::vector<child> children;

    [[nodiscard]] identifier id() const noexcept { return family_identifier(number); }
    [[nodiscard]] identifier row(char kind, std::int32_t order) const noexcept { return {number, kind, order, true}; }
    /// Chance for the whole family.
    [[nodiscard]] dice family_dice(topic about) const noexcept { return dice(seed, candidate, 0, about); }
    /// Chance for one child alone.
    [[nodiscard]] dice child_dice(const child& c, topic about, std::uint32_t round = 0) const noexcept {
        return dice(seed, candidate, (c.member + 1U) * 256U + round, about);
    }
    /// Chance that joined brothers and sisters share, so that their dates are the same.
    [[nodiscard]] dice shared_dice(const child& c, topic about, std::uint32_t round) const noexcept {
        return c.joined ? dice(seed, candidate, round, about) : child_dice(c, about, round);
    }
};

/// Families arrive this long before the extract begins, so that long cases are open on its first day.
inline constexpr std::int32_t burn_in_days = 12 * 365;

/// First day on which a family may arrive.
[[nodiscard]] constexpr day first_arrival(const extract& e) noexcept { return e.first - burn_in_days; }

/// The family drawn at place `candidate`; its children are in no order of age.
[[nodiscard]] family make_family(std::uint64_t seed, std::uint64_t candidate, const extract& e);

/// The first working day on or after `d`.
[[nodiscard]] constexpr day next_working_day(day d) noexcept {
    while (!is_working_day(d)) ++d;
    return d;
}

/// The year a census year ends in.
[[nodiscard]] constexpr int census_year(day d) noexcept {
    const civil_day c = to_civil(d);
    return c.month >= 4 ? c.year + 1 : c.year;
}

}  // namespace goldenthread::exampleshire
