// The invented authority looks like England in 2018-19 (Department for Education statistics, named beside each band).
#include "catch.hpp"
#include "sample.hpp"

#include <goldenthread/core/period.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <functional>
#include <set>

using namespace goldenthread;
using namespace synthetic_test;

namespace {

const day stock_day = to_day(2019, 3, 31);
const period year = financial_year(2018);

std::int64_t children_in_area() {
    const table& t = sample()["population"];
    std::int64_t people = 0;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        if (t["year"].int64_at(row) == 2018 && t["age"].int64_at(row) < 18) people += t["count"].int64_at(row);
    }
    return people;
}

double per_10000(std::size_t count) {
    return static_cast<double>(count) * 10'000 / static_cast<double>(children_in_area());
}

using condition = std::function<bool(const table&, std::size_t)>;

std::size_t distinct_children(const char* name, const condition& holds) {
    const table& t = sample()[name];
    std::set<std::string> children;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        if (holds(t, row)) children.insert(text_in(t["child_id"], row));
    }
    return children.size();
}

std::size_t in_year(const char* name, const char* date) {
    const table& t = sample()[name];
    std::size_t count = 0;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        const auto d = day_in(t[date], row);
        count += d && *d >= year.first && *d <= year.last ? 1U : 0U;
    }
    return count;
}

bool between(double value, double low, double high) {
    INFO(value);
    CHECK(value >= low);
    CHECK(value <= high);
    return value >= low && value <= high;
}

}  // namespace

TEST_CASE("every asked-for child is there once") {
    const table& t = sample()["person"];
    CHECK(t.row_count() == static_cast<std::size_t>(sample_children));
    CHECK(rows_by(t, "child_id").size() == static_cast<std::size_t>(sample_children));
    CHECK(text_in(t["child_id"], 0) == "EX00000001");
}

TEST_CASE("population has each mid-year, age and sex") {
    const table& t = sample()["population"];
    std::set<std::tuple<std::int64_t, std::int64_t, std::string>> cells;
    for (std::size_t row = 0; row < t.row_count(); ++row) {
        CHECK(text_in(t["area"], row) == exampleshire_area);
        CHECK(t["count"].int64_at(row) > 0);
        cells.emplace(t["year"].int64_at(row), t["age"].int64_at(row), text_in(t["sex"], row));
    }
    CHECK(cells.size() == t.row_count());
    CHECK(cells.size() == 6U * 91U * 2U);
    CHECK(std::get<0>(*cells.begin()) == 2015);
}

TEST_CASE("stocks at 31 March 2019 are like England's") {
    const auto open_need = [](const table& t, std::size_t row) {
        return !is_true(t["referral_nfa"], row) && is_open(t, row, stock_day, "referral_date", "closure_date");
    };
    const auto on_plan = [](const table& t, std::size_t row) {
        return is_open(t, row, stock_day) && !is_true(t["other_authority"], row);
    };
    const auto in_care = [](const table& t, std::size_t row) {
        const std::string status = text_in(t["legal_status"], row);
        return is_open(t, row, stock_day) && status != "V3" && status != "V4";
    };
    CHECK(between(per_10000(distinct_children("referral", open_need)), 290, 390));          // 334
    CHECK(between(per_10000(distinct_children("cp_plan", on_plan)), 30, 60));               // 44
    CHECK(between(per_10000(distinct_children("looked_after_episode", in_care)), 45, 85));  // 65
    CHECK(distinct_children("looked_after_episode", [](const table& t, std::size_t row) {
              const std::string status = text_in(t["legal_status"], row);
              return status == "V3" || status == "V4";
          }) > 0);
}

TEST_CASE("flows of 2018-19 are like England's") {
    CHECK(between(per_10000(in_year("referral", "referral_date")), 450, 640));            // 552
    CHECK(between(per_10000(in_year("assessment", "authorised_date")), 430, 680));        // 540
    CHECK(between(per_10000(in_year("section_47", "start_date")), 110, 220));             // 168
    CHECK(between(per_10000(in_year("initial_conference", "conference_date")), 40, 95));  // 65
    CHECK(between(per_10000(in_year("cp_plan", "start_date")), 35, 85));                  // 57
}

TEST_CASE("every table and column of the schema is filled") {
    CHECK(sample().tables().size() == canonical_schema().tables.size());
    for (const auto& [name, t] : sample().tables()) {
        INFO(name);
        CHECK(t.row_count() > 0);
        for (const column& c : t.columns()) {
            INFO(c.name());
            // Exampleshire has no estimates by ethnicity.
            const bool empty = name == "population" && c.name() == "ethnicity";
            CHECK((c.null_count() == c.size()) == empty);
        }
    }
}

TEST_CASE("what is said of the board says whose it is") {
    for (const auto& [name, column_name] :
         {std::pair("body", "name"), std::pair("document", "title"), std::pair("assurance_record", "summary"),
          std::pair("benchmark", "source")}) {
        const table& t = sample()[name];
        for (std::size_t row = 0; row < t.row_count(); ++row) {
            CHECK(text_in(t[column_name], row).find(exampleshire_area) == 0);
        }
    }
}

TEST_CASE("month ends and leap days occur") {
    const table& t = sample()["referral"];
    std::set<day> days;
    for (std::size_t row = 0; row < t.row_count(); ++row) days.insert(t["referral_date"].day_at(row));
    CHECK(days.count(to_day(2017, 3, 31)) == 1);
    const table& persons = sample()["person"];
    std::size_t leap_births = 0;
    for (std::size_t row = 0; row < persons.row_count(); ++row) {
        const auto born = day_in(persons["date_of_birth"], row);
        leap_births += born && to_civil(*born).month == 2 && to_civil(*born).day == 29 ? 1U : 0U;
    }
    CHECK(leap_births > 0);
}

TEST_CASE("the area cannot be another") {
    CHECK(sample().area() == "Exampleshire (synthetic)");
    CHECK(sample().synthetic());
}
