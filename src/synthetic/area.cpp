// What is known of Exampleshire as a whole: how many live there, and which days the rows cover.
#include "synthetic/journeys.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

/// People of one year of age per 1000 of the mean of ages 0 to 17.
std::int64_t share_of_age(std::int64_t age) {
    if (age < 18) return 970 + 7 * ((age * 5) % 9);
    if (age < 22) return 980;
    if (age < 60) return 1120;
    if (age < 75) return 1120 - (age - 59) * 25;
    if (age < 90) return 720 - (age - 74) * 38;
    return 560;  // 90 stands for 90 and over
}

std::int64_t share_of_boys(std::int64_t age) { return age < 18 ? 512 : age < 60 ? 498 : age < 75 ? 485 : 430; }

}  // namespace

void describe_area(std::int64_t child_population, const extract& e, row_store& rows) {
    constexpr std::int64_t oldest = 90;
    std::int64_t child_shares = 0;
    for (std::int64_t age = 0; age < 18; ++age) child_shares += share_of_age(age);
    const std::int64_t first_year = to_civil(e.first).year - 1;
    const std::int64_t last_year = to_civil(e.last).year;
    for (std::int64_t year = first_year; year <= last_year; ++year) {
        // Half a per cent more each year than in the first.
        const std::int64_t children = child_population * (1000 + 5 * (year - first_year)) / 1000;
        std::int64_t shares = 0, placed = 0;
        for (std::int64_t age = 0; age <= oldest; ++age) {
            // Cumulative, so that ages 0 to 17 add to the number of children exactly.
            shares += share_of_age(age);
            const std::int64_t people = children * shares / child_shares - placed;
            placed += people;
            const std::int64_t boys = people * share_of_boys(age) / 1000;
            rows.population.push_back({year, age, "M", boys, year + 1});
            rows.population.push_back({year, age, "F", people - boys, year + 1});
        }
    }
    for_each_table(rows, [&](std::string_view name, const auto&) {
        const bool dated =
            name != "person" && name != "person_disability" && name != "population" && name != "coverage";
        if (dated) rows.coverage.push_back({name, e.first, e.last});
    });
}

}  // namespace goldenthread::exampleshire
