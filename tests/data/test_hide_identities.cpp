#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/core/hash.hpp>
#include <goldenthread/data/hide_identities.hpp>
#include <goldenthread/data/read_rows.hpp>

using namespace goldenthread;
using test::cell;

namespace {

const std::string key = "sixteen bytes ..";

dataset sample() {
    return read_text_rows({"x.csv",
                           "test",
                           {{"person",
                             {"child_id", "date_of_birth", "date_of_birth_precision", "sex"},
                             {{"A", "2010-03-27", "", "F"},
                              {"B", "2010-01-01", "year", "M"},
                              {"C", "", "", "X"},
                              {"D", "2019-02-29", "", ""}},
                             {}},
                            {"contact",
                             {"contact_id", "child_id", "contact_date"},
                             {{"K1", "A", "2018-05-01"}, {"", "A", "2018-05-01"}},
                             {}},
                            {"domestic_abuse_incident",
                             {"incident_id", "incident_date", "victim_date_of_birth", "victim_age"},
                             {{"I", "2018-05-01", "1990-01-02", "28"}},
                             {}},
                            {"supplied_figure",
                             {"indicator_id", "period_label", "value", "supplied_by", "supplied_on"},
                             {{"some.indicator", "2018-19", "3", "Police", "2019-05-01"}},
                             {}}},
                           {},
                           0,
                           false});
}

}  // namespace

TEST_CASE("pseudonyms: what was equal stays equal, across tables; what names nobody stays") {
    const dataset data = with_pseudonyms(sample(), key);
    CHECK(cell(data, "person", "child_id", 0) == keyed_hash(key).of("A"));
    CHECK(cell(data, "contact", "child_id", 0) == cell(data, "person", "child_id", 0));
    CHECK(cell(data, "contact", "contact_id", 0) == keyed_hash(key).of("K1"));
    CHECK(cell(data, "person", "sex", 0) == "F");
    CHECK(cell(data, "person", "date_of_birth", 0) == "2010-03-27");
    CHECK(cell(data, "supplied_figure", "indicator_id", 0) == "some.indicator");
    CHECK(cell(with_pseudonyms(sample(), "another key, also"), "person", "child_id", 0) !=
          cell(data, "person", "child_id", 0));
    CHECK(data.files().size() == 1);
    CHECK_THROWS_AS(with_pseudonyms(sample(), "short"), data_error);
}

TEST_CASE("pseudonyms: findings quote no value and no key") {
    REQUIRE(sample().findings().size() >= 3);
    const dataset data = with_pseudonyms(sample(), key);
    CHECK(data.findings().size() == sample().findings().size());
    for (const finding& f : data.findings()) {
        CHECK(f.value.empty());
        CHECK((f.key.empty() || f.key.size() == 64));
        CHECK(f.row != 0);
    }
}

TEST_CASE("birth dates to the month: ages they cannot decide are unknown; without a precision they are empty") {
    const dataset data = with_birth_months(sample());
    CHECK(cell(data, "person", "date_of_birth", 0) == "2010-03-01");
    CHECK(cell(data, "person", "date_of_birth_precision", 0) == "month");
    CHECK(cell(data, "person", "date_of_birth_precision", 1) == "year");
    CHECK(cell(data, "person", "date_of_birth", 2) == "null");
    CHECK(cell(data, "person", "date_of_birth_precision", 2) == "null");
    CHECK(cell(data, "domestic_abuse_incident", "victim_date_of_birth", 0) == "null");
    CHECK(cell(data, "domestic_abuse_incident", "victim_age", 0) == "28");
    CHECK(cell(data, "contact", "contact_date", 0) == "2018-05-01");
    for (const finding& f : data.findings()) CHECK(f.value != "2019-02-29");
}
