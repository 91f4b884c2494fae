// A few published rows made by hand: an authority, its two neighbours, its region, the country.
#pragma once

#include <goldenthread/data/published_data.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::made_up {

inline printed_number printed(std::int64_t mantissa, int scale = 0) {
    return {published_state::value, mantissa, scale};
}
inline printed_number hidden(published_state state = published_state::suppressed) { return {state, 0, 0}; }

inline const std::vector<published_area>& published_areas() {
    static const std::vector<published_area> areas = {
        {area_level::authority, "E06000001", "Northport", "801", "E12000001", 2018, 2019},
        {area_level::authority, "E06000002", "Southport", "802", "E12000001", 2018, 2019},
        {area_level::authority, "E06000003", "Old Westport", "803", "E12000001", 2018, 2018},
        {area_level::authority, "E06000004", "New Westport", "803", "E12000001", 2019, 2019},
        {area_level::region, "E12000001", "The Coast", "", "", 2018, 2019},
        {area_level::country, "E92000001", "England", "", "", 2018, 2019},
    };
    return areas;
}

/// A table whose rows are given in order of area and year.
inline published_table table(std::string name, std::vector<std::string> indicators, std::vector<published_row> rows) {
    published_table t;
    t.name = name;
    t.file = name + ".csv";
    t.time_identifier = "Reporting year";
    t.indicators = std::move(indicators);
    t.areas = published_areas();
    t.rows = std::move(rows);
    return t;
}

inline published_row row(std::string area, int year, std::vector<printed_number> numbers) {
    return {std::move(area), year, {}, std::move(numbers), 2};
}

/// "plans": total, three bands of which the last may be hidden, a share as printed; "people": the population of the
/// year before.
inline published_data published_sample() {
    published_data data;
    data.folder = "published";
    data.areas = published_areas();
    data.tables = {
        table("people_2012_to_2024", {"people"},
              {row("E06000001", 2017, {printed(40000)}), row("E06000001", 2018, {printed(50000)}),
               row("E06000002", 2018, {printed(60000)}), row("E92000001", 2018, {printed(12000000)})}),
        table("plans_2013_to_2025", {"plans", "short", "long", "short_percent"},
              {row("E06000001", 2018, {printed(200), printed(150), printed(50), printed(750, 1)}),
               row("E06000001", 2019, {printed(240), printed(69), hidden(), printed(288, 1)}),
               row("E06000002", 2018, {printed(100), printed(20), printed(80), printed(20)}),
               row("E06000002", 2019, {printed(100), hidden(), hidden(), hidden()}),
               row("E06000003", 2018, {printed(300), printed(210), printed(90), printed(700, 1)}),
               row("E06000004", 2019, {printed(300), printed(270), printed(30), printed(90)}),
               row("E12000001", 2018, {printed(600), printed(380), printed(220), printed(633, 1)}),
               row("E92000001", 2018, {printed(51000), printed(25500), printed(25500), printed(50)}),
               row("E92000001", 2019, {printed(52000), printed(15600), printed(36400), printed(30)})}),
    };
    data.models = {{"sn_model_2025_wide", "2025", {{"801", {{"802", "Close"}, {"803", "Not close"}}}}}};
    return data;
}

}  // namespace goldenthread::made_up
