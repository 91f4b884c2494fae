#include "core/parse_conventions.hpp"

#include <goldenthread/core/text.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

namespace {

/// The value of this name, where the field is given.
template <class Enum>
std::optional<Enum> read_choice(const json_view& view, const char* field, std::initializer_list<Enum> values) {
    if (!view.has(field)) return std::nullopt;
    const std::string text = view.at(field).text();
    std::vector<std::string> names;
    for (const Enum value : values) {
        if (to_text(value) == text) return value;
        names.emplace_back(to_text(value));
    }
    view.at(field).fail("unknown convention '" + text + "'", "choose one of: " + joined(names, ", "));
}

std::vector<day> read_days(const json_view& view, const char* field) {
    std::vector<day> days;
    if (!view.has(field)) return days;
    for (const json_view& item : view.at(field).items()) {
        const std::optional<day> d = parse_iso_day(item.text());
        if (!d) item.fail("'" + item.text() + "' is not a date", "write 2019-03-31");
        days.push_back(*d);
    }
    return days;
}

std::optional<working_calendar> read_calendar(const json_view& owner) {
    if (!owner.has("working_days")) return std::nullopt;
    const json_view view = owner.at("working_days");
    view.expect_fields({"calendar"}, {"added", "restored"});
    const std::string name = view.at("calendar").text();
    if (name != working_calendar::name) {
        view.at("calendar")
            .fail("unknown calendar '" + name + "'", name_remedy(name, {std::string(working_calendar::name)}));
    }
    std::vector<day> added = read_days(view, "added"), restored = read_days(view, "restored");
    try {
        return working_calendar(std::move(added), std::move(restored));
    } catch (const definition_error& problem) {
        view.fail(problem.message(), problem.context().remedy);
    }
}

}  // namespace

convention_choices read_conventions(const json_view& owner) {
    convention_choices c;
    if (!owner.has("conventions")) return c;
    const json_view view = owner.at("conventions");
    view.expect_fields({}, {"month_add", "leap_birthday", "end_day", "working_days", "year_length"});
    c.months =
        read_choice(view, "month_add", {month_add::clamp, month_add::roll_forward, month_add::end_of_month_snap});
    c.birthdays = read_choice(view, "leap_birthday", {leap_birthday::march_1, leap_birthday::february_28});
    c.ends = read_choice(view, "end_day", {end_day::exclusive, end_day::inclusive});
    c.working_days = read_calendar(view);
    c.years = read_choice(view, "year_length", {year_length::calendar, year_length::days_365_25});
    return c;
}

}  // namespace goldenthread::detail
