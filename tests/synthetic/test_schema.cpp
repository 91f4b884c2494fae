// Generated tables are what the canonical schema says.
#include "catch.hpp"
#include "sample.hpp"

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <set>

using namespace goldenthread;
using namespace synthetic_test;

TEST_CASE("tables have the schema's columns, types and codes") {
    const schema& canonical = canonical_schema();
    for (const auto& [name, t] : sample().tables()) {
        const table_schema& expected = canonical.table(name);
        REQUIRE(t.columns().size() == expected.columns.size());
        for (std::size_t i = 0; i < expected.columns.size(); ++i) {
            const column& c = t.columns()[i];
            const column_schema& wanted = expected.columns[i];
            INFO(name << "." << wanted.name);
            CHECK(c.name() == wanted.name);
            CHECK(c.type() == wanted.type);
            if (wanted.not_null) CHECK(c.null_count() == 0);
            if (wanted.type != value_type::category) continue;
            const code_set* codes = canonical.find_codes(wanted.codes);
            REQUIRE(codes != nullptr);
            for (const std::string& value : *c.dictionary()) {
                INFO(value);
                CHECK(codes->find(value) != nullptr);
            }
        }
    }
}

TEST_CASE("keys are unique") {
    for (const auto& [name, t] : sample().tables()) {
        std::set<std::string> keys;
        for (std::size_t row = 0; row < t.row_count(); ++row) {
            std::string key;
            for (const std::string& part : canonical_schema().table(name).key_columns()) {
                const column& c = t[part];
                key += c.is_null(row)                 ? "null"
                       : is_text_type(c.type())       ? std::string(c.text_at(row))
                       : c.type() == value_type::date ? to_iso(c.day_at(row))
                                                      : std::to_string(c.int64_at(row));
                key += '\n';
            }
            INFO(name << " " << key);
            CHECK(keys.insert(key).second);
        }
    }
}

TEST_CASE("codes belong to the year they are used in") {
    const dataset later =
        generate_exampleshire({.seed = 2, .children = 800, .first = to_day(2019, 4, 1), .last = to_day(2024, 3, 31)});
    const table &assessments = later["assessment"], &factors = later["assessment_factor"];
    const auto rows = rows_by(assessments, "assessment_id");
    const code_set& codes = *canonical_schema().find_codes("factor");
    std::set<std::string> seen;
    for (std::size_t row = 0; row < factors.row_count(); ++row) {
        const civil_day on =
            to_civil(*day_in(assessments["authorised_date"], rows.at(text_in(factors["assessment_id"], row))));
        const int year = on.month >= 4 ? on.year + 1 : on.year;
        const code* used = codes.find(text_in(factors["factor"], row));
        REQUIRE(used != nullptr);
        CHECK((used->first_year == 0 || year >= used->first_year));
        CHECK((used->last_year == 0 || year <= used->last_year));
        seen.insert(used->value);
    }
    CHECK(seen.count("18A") == 1);
    CHECK(seen.count("18C") == 1);
    CHECK(seen.count("24A") == 1);
}
