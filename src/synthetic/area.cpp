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

/// The parts of a table that several providers send, with the days one of them lost.
void cover_parts(code_text table, code_text whole, const outage& lost, const extract& e, row_store& rows) {
    rows.coverage.push_back({table, whole, e.first, e.last, 1000});
    const bool at_the_start = lost.first == e.first;
    rows.coverage.push_back(
        {table, lost.part, at_the_start ? lost.last + 1 : e.first, at_the_start ? e.last : lost.first - 1, 1000});
}

/// Every table of children's or partners' events, and the board's own.
void cover(const extract& e, row_store& rows) {
    const std::optional<outage> police = police_outage(e), hospital = hospital_outage(e);
    for_each_table(rows, [&](code_text name, const auto&) {
        // What is no event: people, estimates, and figures of others.
        for (const code_text timeless :
             {"person", "person_disability", "person_link", "population", "coverage", "benchmark", "supplied_figure"}) {
            if (name == timeless) return;
        }
        const bool from_police = name == "domestic_abuse_incident" || name == "domestic_abuse_incident_child" ||
                                 name == "school_notification";
        if (police && from_police) {
            cover_parts(name, "EAST_DIVISION", *police, e, rows);
        } else if (hospital && name == "mh_presentation") {
            cover_parts(name, "NORTH_HOSPITAL", *hospital, e, rows);
        } else {
            rows.coverage.push_back({name, {}, e.first, e.last, {}});
        }
    });
}

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
    cover(e, rows);
}

}  // namespace goldenthread::exampleshire
