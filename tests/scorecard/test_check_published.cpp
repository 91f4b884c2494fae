#include "catch.hpp"
#include "core/json_document.hpp"
#include "published_sample.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/scorecard/check_published.hpp>

#include <algorithm>
#include <string>

using namespace goldenthread;
using namespace goldenthread::made_up;
using Catch::Matchers::Contains;

namespace {

published_catalogue sharing(const published_share& share) {
    published_catalogue catalogue;
    catalogue.shares = {share};
    return catalogue;
}

const published_share short_share{"plans", "short", "plans", "short_percent", 100, 1};

std::string error_of(const std::string& text) {
    try {
        static_cast<void>(parse_published_catalogue(text, "p.json"));
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "nothing";
}

/// The shipped catalogue as text, with one thing changed.
std::string changed(const std::string& from, const std::string& to) {
    std::string text = detail::read_text_file(std::string(GOLDENTHREAD_SOURCE_DIR) + "/indicators/published.json");
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("published arithmetic: every printed share of the authorities is computed again") {
    const published_check check = check_published(published_sample(), sharing(short_share));
    CHECK(check.tried == 5);
    CHECK(check.equal == 5);  // 69 of 240 is 28.75: 28.8
    CHECK(check.holds());
    REQUIRE(check.shares.size() == 1);
    CHECK(check.shares[0].not_tried == 1);
    CHECK(check.differences.empty());
}

TEST_CASE("published arithmetic: a difference is told with its place; a known one does not fail") {
    published_data data = published_sample();
    data.tables[1].rows[1].numbers[3] = printed(287, 1);
    published_catalogue catalogue = sharing(short_share);
    published_check check = check_published(data, catalogue);
    CHECK(check.equal == 4);
    CHECK_FALSE(check.holds());
    REQUIRE(check.differences.size() == 1);
    CHECK(check.differences[0].area_name == "Northport");
    CHECK(check.differences[0].published == "28.7");
    CHECK(check.differences[0].computed == "28.8");
    CHECK_FALSE(check.differences[0].known);
    catalogue.exceptions = {{"plans", "short_percent", "E06000001", 2019, "28.7", "a slip"}};
    check = check_published(data, catalogue);
    CHECK(check.holds());
    CHECK(check.differences[0].reason == "a slip");
    // Another wrong number in the same cell is not the known one.
    data.tables[1].rows[1].numbers[3] = printed(286, 1);
    CHECK_FALSE(check_published(data, catalogue).holds());
}

TEST_CASE("published arithmetic: rates per 10,000 and whole percentages follow the same rule") {
    published_data data;
    data.tables = {table("rates", {"n", "people", "rate", "percent"},
                         {row("E06000001", 2018, {printed(25), printed(20000), printed(125, 1), printed(0)}),
                          row("E06000001", 2019, {printed(1), printed(8), printed(1250), printed(13)}),
                          row("E06000002", 2018, {printed(333), printed(87140), printed(382, 1), printed(0)})})};
    CHECK(check_published(data, sharing({"rates", "n", "people", "rate", 10000, 1})).equal == 3);
    const published_check whole = check_published(data, sharing({"rates", "n", "people", "percent", 100, 0}));
    CHECK(whole.tried == 3);
    CHECK(whole.equal == 3);  // 12.5 is 13, not 12
}

TEST_CASE("published arithmetic: without its files nothing was tried, and that is no success") {
    const published_check check = check_published(published_data{}, shipped_published_catalogue());
    CHECK(check.tried == 0);
    CHECK_FALSE(check.holds());
    CHECK_FALSE(check.shares[0].file_present);
}

TEST_CASE("the shipped catalogue is about indicators that exist") {
    const published_catalogue catalogue = shipped_published_catalogue();
    const indicator_set indicators = shipped_indicators();
    CHECK_FALSE(catalogue.answers.empty());
    for (const published_answer& answer : catalogue.answers) {
        INFO(answer.indicator);
        CHECK(indicators.find(answer.indicator) != nullptr);
        CHECK(catalogue.title_of(answer.file) != answer.file);
        if (!answer.published.empty()) {
            // A printed share is one that the arithmetic test computes again.
            const bool tested =
                std::any_of(catalogue.shares.begin(), catalogue.shares.end(), [&](const published_share& share) {
                    return share.file == answer.file && share.published == answer.published &&
                           share.numerator == answer.numerator.column && share.denominator == answer.denominator.column;
                });
            CHECK(tested);
        }
    }
}

TEST_CASE("a catalogue that cannot be used is refused with place and remedy") {
    CHECK_THAT(error_of(changed("\"relation\": \"wider\"", "\"relation\": \"widr\"")),
               Contains("'widr' is not known here") && Contains("did you mean 'wider'?") && Contains("/answers/"));
    CHECK_THAT(error_of(changed("\"unit\": \"rate\", \"per\": 10000", "\"unit\": \"rate\"")),
               Contains("add \"per\": 10000"));
    CHECK_THAT(error_of(changed("\"unit\": \"percent\"", "\"unit\": \"percent\", \"per\": 10")),
               Contains("take \"per\" away"));
    CHECK_THAT(error_of(changed("\"years_before\": 1", "\"years_before\": 9")), Contains("from 0 to 5"));
    CHECK_THAT(error_of(changed("\"attribution\"", "\"atribution\"")), Contains("atribution"));
    CHECK_THAT(error_of(changed("goldenthread/published@1", "goldenthread/published@2")), Contains("p.json"));
    CHECK_THAT(error_of(changed("\"counted\": \"assessments with factors recorded\"", "\"counted\": \" \"")),
               Contains("not empty"));
}
