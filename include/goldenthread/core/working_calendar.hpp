// goldenthread: the days on which an office works: Monday to Friday, without bank holidays, and what a host changes.
#pragma once

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/error.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

namespace detail {

/// Mondays to Fridays since a Monday long ago, up to and including `d`.
[[nodiscard]] constexpr std::int64_t weekdays_up_to(std::int64_t d) noexcept {
    const std::int64_t since_monday = d + 3;
    const std::int64_t weeks = since_monday >= 0 ? since_monday / 7 : -((6 - since_monday) / 7);
    const std::int64_t within = since_monday - weeks * 7 + 1;
    return weeks * 5 + (within < 5 ? within : 5);
}

/// Working days of England and Wales from 1900 to 2199, counted once: so a count between two days is a subtraction.
class working_day_counts {
public:
    working_day_counts() {
        counts_.reserve(static_cast<std::size_t>(latest_day - earliest_day) + 1);
        std::int32_t count = 0;
        for (day d = earliest_day; d <= latest_day; ++d) counts_.push_back(count += is_working_day(d) ? 1 : 0);
    }
    /// Working days up to and including `d`, from a fixed day on; before 1900 and after 2199 Mondays to Fridays.
    [[nodiscard]] std::int64_t up_to(std::int64_t d) const noexcept {
        if (d < earliest_day) return weekdays_up_to(d) - weekdays_up_to(earliest_day - 1);
        if (d > latest_day) return counts_.back() + weekdays_up_to(d) - weekdays_up_to(latest_day);
        return counts_[static_cast<std::size_t>(d - earliest_day)];
    }

private:
    std::vector<std::int32_t> counts_;
};

[[nodiscard]] inline const working_day_counts& shared_working_day_counts() {
    static const working_day_counts counts;
    return counts;
}

}  // namespace detail

/// Working days of England and Wales, with the days off a host adds (a council's own closures) and the days it works
/// all the same. A value: part of the conventions of a definition.
class working_calendar {
public:
    /// What files call the calendar that hosts add to.
    static constexpr std::string_view name = "england_and_wales";

    working_calendar() = default;
    /// \throws definition_error for a day added that is off already, a day restored that is worked already, or a day
    /// outside 1900 to 2199
    working_calendar(std::vector<day> added, std::vector<day> restored)
        : added_(sorted(std::move(added))), restored_(sorted(std::move(restored))) {
        for (const day d : added_) {
            check(d);
            if (!goldenthread::is_working_day(d)) refuse(d, "added", "is a day off already");
        }
        for (const day d : restored_) {
            check(d);
            if (goldenthread::is_working_day(d)) refuse(d, "restored", "is a working day already");
        }
    }

    /// Days off beside weekends and bank holidays, in order.
    [[nodiscard]] const std::vector<day>& added() const noexcept { return added_; }
    /// Weekend days and bank holidays on which work is done, in order.
    [[nodiscard]] const std::vector<day>& restored() const noexcept { return restored_; }
    /// England and Wales, nothing changed.
    [[nodiscard]] bool is_standard() const noexcept { return added_.empty() && restored_.empty(); }

    [[nodiscard]] bool is_working_day(day d) const {
        if (goldenthread::is_working_day(d)) return !std::binary_search(added_.begin(), added_.end(), d);
        return std::binary_search(restored_.begin(), restored_.end(), d);
    }
    /// Working days after `from` up to and including `to`: the start day is day 0. Negative when `to` is earlier.
    [[nodiscard]] std::int64_t between(day from, day to) const { return up_to(to) - up_to(from); }
    /// The day on which `count` working days after `from` are complete; the start day is day 0.
    [[nodiscard]] day add(day from, std::int64_t count) const {
        if (count == 0) return from;
        // Forward: the first day by which `count` more are worked. Back: the last day from which on they are.
        const std::int64_t before = static_cast<std::int64_t>(from) - (count < 0 ? 1 : 0);
        const std::int64_t wanted = up_to(before) + count;
        std::int64_t low = before, high = before;
        for (std::int64_t step = count < 0 ? -count : count; up_to(low) >= wanted; step *= 2) low -= step;
        for (std::int64_t step = count < 0 ? -count : count; up_to(high) < wanted; step *= 2) high += step;
        while (high - low > 1) {
            const std::int64_t middle = low + (high - low) / 2;
            const bool reached = count < 0 ? up_to(middle) > wanted : up_to(middle) >= wanted;
            (reached ? high : low) = middle;
        }
        return static_cast<day>(high);
    }

    friend bool operator==(const working_calendar&, const working_calendar&) = default;

private:
    static std::vector<day> sorted(std::vector<day> days) {
        std::sort(days.begin(), days.end());
        days.erase(std::unique(days.begin(), days.end()), days.end());
        return days;
    }
    static void check(day d) {
        if (d < earliest_day || d > latest_day) throw definition_error(to_iso(d) + " lies outside 1900 to 2199");
    }
    [[noreturn]] static void refuse(day d, const char* list, const char* why) {
        error_context context;
        context.remedy = std::string("leave it out of '") + list + "'";
        throw definition_error(to_iso(d) + " " + why, std::move(context));
    }
    [[nodiscard]] std::int64_t up_to(std::int64_t d) const {
        const auto count = [d](const std::vector<day>& days) {
            return static_cast<std::int64_t>(std::upper_bound(days.begin(), days.end(), d) - days.begin());
        };
        const std::int64_t standard = detail::shared_working_day_counts().up_to(d);
        return is_standard() ? standard : standard - count(added_) + count(restored_);
    }

    std::vector<day> added_;
    std::vector<day> restored_;
};

/// "england_and_wales", and the days that differ: "england_and_wales, off 2021-12-24, worked 2021-12-27".
[[nodiscard]] inline std::string to_text(const working_calendar& c) {
    std::string text(working_calendar::name);
    for (const day d : c.added()) text += ", off " + to_iso(d);
    for (const day d : c.restored()) text += ", worked " + to_iso(d);
    return text;
}

/// Working days of England and Wales after `from` up to and including `to`: the start day is day 0. Negative when `to`
/// is earlier.
[[nodiscard]] inline std::int64_t working_days_between(day from, day to) {
    return working_calendar().between(from, to);
}

/// The day on which `count` working days after `from` are complete; the start day is day 0.
[[nodiscard]] inline day add_working_days(day from, std::int64_t count) { return working_calendar().add(from, count); }

}  // namespace goldenthread
