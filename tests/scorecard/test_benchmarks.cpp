#include "catch.hpp"
#include "published_sample.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/scorecard/benchmarks.hpp>

#include <string>

using namespace goldenthread;
using namespace goldenthread::made_up;
using Catch::Matchers::Contains;

namespace {

published_answer short_plans() {
    published_answer answer;
    answer.indicator = "neglect.short_plans";
    answer.title = "Short plans";
    answer.file = "plans";
    answer.numerator.column = "short";
    answer.denominator.column = "plans";
    answer.published = "short_percent";
    answer.counted = "plans";
    answer.relation = published_relation::wider;
    answer.note = "All categories.";
    answer.polarity = "low";
    answer.polarity_provenance = "stated by nobody, for this test";
    return answer;
}

published_answer long_plans() {
    published_answer answer = short_plans();
    answer.indicator = "neglect.long_plans";
    answer.numerator = {"", "plans", {"short"}, 0};
    answer.published.clear();
    answer.polarity = "unspecified";
    return answer;
}

published_answer rate() {
    published_answer answer = long_plans();
    answer.indicator = "standard.plans_per_10000";
    answer.numerator = {"", "plans", {}, 0};
    answer.denominator = {"people", "people", {}, 1};
    answer.per = 10000;
    return answer;
}

published_comparisons compared(const published_answer& answer, const std::string& area = "E06000001", int first = 2018,
                               int last = 2019) {
    published_catalogue catalogue;
    catalogue.attribution = "Published by others.";
    catalogue.answers = {answer};
    return compare_published(published_sample(), catalogue, {area, first, last, {}});
}

published_cell cell(const published_comparisons& all, const std::string& name, int year) {
    for (const published_cell& each : all.figures.at(0).cells) {
        if (each.area_name == name && each.year == year) return each;
    }
    FAIL("no cell of " + name);
    return {};
}

template <class Error, class Action>
std::string error_of(Action action) {
    try {
        action();
    } catch (const Error& problem) {
        return problem.what();
    }
    FAIL("nothing was thrown");
    return {};
}

}  // namespace

TEST_CASE("benchmarks: the area, its neighbours by closeness, region and country, year by year") {
    const published_comparisons all = compared(short_plans());
    REQUIRE(all.figures.size() == 1);
    std::vector<std::string> places;
    for (const published_cell& each : all.figures[0].cells) {
        if (each.year == 2018) places.push_back(each.role + " " + each.area_name);
    }
    CHECK(places == std::vector<std::string>{"area Northport", "neighbour Southport", "neighbour New Westport",
                                             "region The Coast", "country England"});
    CHECK(cell(all, "Northport", 2018).value.text == "75.0");
    CHECK(cell(all, "Northport", 2018).numerator.text == "150");
    CHECK(cell(all, "Northport", 2018).denominator.text == "200");
    CHECK(cell(all, "England", 2019).value.text == "30.0");
    CHECK(cell(all, "Southport", 2018).closeness == "Close");
    CHECK(all.area_name == "Northport");
    CHECK(all.attribution == "Published by others.");
    CHECK(all.figures[0].relation == "wider");
    CHECK(all.figures[0].arithmetic == "short_percent, printed; = short ÷ plans");
}

TEST_CASE("benchmarks: the model's vintage is said, and how many it calls not close") {
    CHECK(compared(short_plans()).neighbour_note ==
          "Statistical neighbours by the 2025 model, applied to years before it; it calls 1 of the 2 \"Not close\".");
}

TEST_CASE("benchmarks: what others hid stays hidden, with their symbol") {
    const published_cell hidden_one = cell(compared(short_plans()), "Southport", 2019);
    CHECK(hidden_one.value == number_of_others{"suppressed", "c", false});
    CHECK(hidden_one.numerator == number_of_others{"suppressed", "c", false});
    CHECK(hidden_one.denominator.text == "100");
    CHECK(hidden_one.comparison.empty());
}

TEST_CASE(
    "benchmarks: an authority that changed is followed by its old code; a year without a row is missing, never 0") {
    const published_comparisons all = compared(short_plans());
    CHECK(cell(all, "New Westport", 2018).area == "E06000003");
    CHECK(cell(all, "New Westport", 2018).value.text == "70.0");
    CHECK(cell(all, "New Westport", 2019).area == "E06000004");
    const published_cell none = cell(all, "The Coast", 2019);
    CHECK(none.value.state == "missing");
    CHECK(none.value.text.empty());
    const published_comparisons old = compared(short_plans(), "E06000003");
    CHECK(cell(old, "Old Westport", 2019).value.state == "missing");
    CHECK_THAT(cell(old, "Old Westport", 2019).reason,
               Contains("rows for E06000003 for 2018 only") && Contains("split or merged"));
}

TEST_CASE("benchmarks: the other's value against the area's interval, with the polarity somebody stated") {
    const published_comparisons all = compared(short_plans());
    // 150 of 200: Wilson 68.6 to 80.5 per cent.
    CHECK(cell(all, "Northport", 2018).lower == "68.6");
    CHECK(cell(all, "Northport", 2018).upper == "80.5");
    CHECK(cell(all, "England", 2018).comparison == "worse");         // 50 is below: ours is higher, and low is wanted
    CHECK(cell(all, "New Westport", 2018).comparison == "similar");  // 70
    CHECK(cell(all, "New Westport", 2019).comparison == "better");   // 90 above 69 of 240
    CHECK(cell(all, "England", 2019).comparison == "similar");       // 30 within 23.4 to 34.8
    CHECK(cell(all, "Northport", 2018).comparison.empty());
}

TEST_CASE("benchmarks: without a stated polarity nothing is better or worse") {
    const published_comparisons all = compared(long_plans());
    CHECK(cell(all, "England", 2018).comparison == "lower");
    CHECK(cell(all, "Southport", 2018).comparison == "lower");
    published_answer high = short_plans();
    high.polarity = "high";
    CHECK(cell(compared(high), "England", 2018).comparison == "better");
}

TEST_CASE("benchmarks: a total less its bands is derived, and hidden where a band is") {
    const published_comparisons all = compared(long_plans());
    CHECK(cell(all, "Northport", 2018).numerator == number_of_others{"value", "50", true});
    CHECK(cell(all, "Northport", 2018).value == number_of_others{"value", "25.0", true});
    CHECK(cell(all, "Northport", 2019).numerator == number_of_others{"value", "171", true});
    CHECK(cell(all, "Southport", 2019).value == number_of_others{"suppressed", "c", false});
    CHECK(all.figures[0].arithmetic == "(plans − short) ÷ plans");
}

TEST_CASE("benchmarks: a rate divides by the population of the middle of the year before") {
    const published_comparisons all = compared(rate());
    CHECK(cell(all, "Northport", 2018).value == number_of_others{"value", "50.0", true});  // 200 of 40,000
    CHECK(cell(all, "Northport", 2019).value.text == "48.0");                              // 240 of 50,000
    CHECK(cell(all, "England", 2018).value.state == "missing");
    CHECK(all.figures[0].per == 10000);
    CHECK_FALSE(all.figures[0].is_share);
    CHECK(all.figures[0].arithmetic == "plans ÷ people of the year before × 10000");
}

TEST_CASE("benchmarks: ranks count authorities from the highest, with the range their intervals leave open") {
    const published_comparisons all = compared(short_plans());
    REQUIRE(all.figures[0].standings.size() == 2);
    const published_standing& first = all.figures[0].standings[0];
    CHECK(first.year == 2018);
    CHECK(first.authorities == 3);
    CHECK(first.rank == 1);
    CHECK(first.highest_rank == 1);
    CHECK(first.lowest_rank == 2);  // 70 % of 300 overlaps, 20 % of 100 does not
    CHECK(first.quartile == 0);     // three authorities have no quarters
    const published_standing& second = all.figures[0].standings[1];
    CHECK(second.authorities == 2);  // one has no counts
    CHECK(second.rank == 2);
    CHECK(second.highest_rank == 2);
    CHECK(second.quartile == 0);
}

TEST_CASE("benchmarks: regions and countries are not ranked and have no neighbours") {
    const published_comparisons region = compared(short_plans(), "The Coast", 2018, 2018);
    CHECK(region.figures[0].standings.empty());
    CHECK(region.figures[0].cells.size() == 2);
    CHECK(compared(short_plans(), "England", 2018, 2018).figures[0].cells.size() == 1);
}

TEST_CASE("benchmarks: a share of more than there are has no interval, and nothing to divide by is said") {
    published_data data = published_sample();
    data.tables[1].rows[0].numbers[1] = printed(250);
    data.tables[1].rows[1].numbers[0] = printed(0);
    published_catalogue catalogue;
    published_answer answer = short_plans();
    answer.published.clear();
    catalogue.answers = {answer};
    const published_comparisons all = compare_published(data, catalogue, {"E06000001", 2018, 2019, {}});
    CHECK(cell(all, "Northport", 2018).value.text == "125.0");
    CHECK(cell(all, "Northport", 2018).lower.empty());
    CHECK(cell(all, "England", 2018).comparison.empty());
    CHECK(cell(all, "Northport", 2019).value.state == "not_applicable");
    CHECK(cell(all, "Northport", 2019).reason == "nothing to divide by");
}

TEST_CASE("benchmarks: a file that is not in the folder is passed over, a column that is not in the file is an error") {
    published_answer answer = short_plans();
    answer.file = "other";
    CHECK(compared(answer).figures.empty());
    answer = short_plans();
    answer.numerator.column = "shrt";
    CHECK_THAT(error_of<data_error>([&] { static_cast<void>(compared(answer)); }),
               Contains("plans_2013_to_2025.csv") && Contains("'shrt'") && Contains("did you mean 'short'?"));
}

TEST_CASE("benchmarks: areas, years and indicators that are none are refused") {
    CHECK_THAT(error_of<data_error>([] { static_cast<void>(compared(short_plans(), "Northprt")); }),
               Contains("'Northprt'") && Contains("did you mean 'Northport'?"));
    CHECK_THAT(error_of<data_error>([] { static_cast<void>(compared(short_plans(), "E06000001", 2020, 2018)); }),
               Contains("2020 to 2018") && Contains("2018 to 2020"));
    published_catalogue catalogue;
    catalogue.answers = {short_plans()};
    CHECK_THAT(error_of<definition_error>([&] {
                   static_cast<void>(compare_published(published_sample(), catalogue,
                                                       {"E06000001", 2018, 2018, {"neglect.shrt_plans"}}));
               }),
               Contains("no published figure") && Contains("did you mean 'neglect.short_plans'?"));
}
