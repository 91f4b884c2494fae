#include "catch.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/definitions/code_set_year.hpp>
#include <goldenthread/definitions/identifiers.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <set>

using namespace goldenthread;

TEST_CASE("the canonical schema holds every table, and only sound references and code sets") {
    const schema& all = canonical_schema();
    CHECK(all.tables.size() == 55);
    for (const char* name : {"person", "referral", "assessment_factor", "cp_plan_category", "looked_after_episode",
                             "missing_episode", "population", "supplied_figure", "parental_ace", "person_link",
                             "coverage", "assurance_record", "work_plan"}) {
        CHECK(all.find(name) != nullptr);
    }
    for (const table_schema& t : all.tables) {
        INFO(t.name);
        CHECK_FALSE(t.title.empty());
        CHECK_FALSE(t.key_columns().empty());
        for (const column_schema& c : t.columns) {
            INFO(c.name);
            CHECK_FALSE(c.title.empty());
            CHECK((c.type == value_type::category) == (all.find_codes(c.codes) != nullptr));
        }
        // Every child_id is a reference to a person, but a person's own.
        if (t.find("child_id") != nullptr && t.name != "person") CHECK(t.find_reference("person") != nullptr);
    }
}

TEST_CASE("codes carry their census years, groups span them") {
    const schema& all = canonical_schema();
    CHECK(all.find_codes("referral_source")->find("5D")->first_year == 2023);
    CHECK(all.find_codes("closure_reason")->find("RC9")->first_year == 2023);
    const code_set& factors = *all.find_codes("factor");
    CHECK(factors.find("18A")->last_year == 2020);
    CHECK(factors.find("19C")->first_year == 2021);
    CHECK(factors.find("24A")->first_year == 2022);
    CHECK(factors.find_group("physical_abuse")->codes == std::vector<std::string>{"18A", "18B", "18C"});
    CHECK(factors.find_group("trio")->extra);
    CHECK(all.find_codes("ethnicity")->find_group("asian")->codes.back() == "CHNE");
}

TEST_CASE("22 groups of factors can be enumerated; every factor but 20 and 21 is in exactly one") {
    const code_set& factors = *canonical_schema().find_codes("factor");
    std::set<std::string> grouped;
    std::size_t groups = 0;
    std::size_t codes = 0;
    for (const code_group& group : factors.groups) {
        if (group.extra) continue;
        ++groups;
        codes += group.codes.size();
        grouped.insert(group.codes.begin(), group.codes.end());
    }
    CHECK(groups == 22);
    CHECK(grouped.size() == codes);
    CHECK(grouped.size() + 2 == factors.codes.size());
    CHECK(grouped.count("20") == 0);
}

namespace {

std::string schema_error(const std::string& tables, const std::string& sets = "") {
    try {
        static_cast<void>(parse_schema(
            R"({"format": "goldenthread/schema@1", "tables": [)" + tables + R"(], "code_sets": [)" + sets + "]}",
            "my.schema.json"));
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a wrong schema is refused with file, place and remedy") {
    using Catch::Matchers::Contains;
    CHECK_THAT(schema_error(R"({"name": "t", "columns": [{"name": "a", "type": "dat"}]})"),
               Contains("my.schema.json") && Contains("unknown type 'dat'") && Contains("/tables/0/columns/0/type") &&
                   Contains("did you mean 'date'?"));
    CHECK_THAT(schema_error(R"({"name": "t", "columns": [{"name": "a", "type": "category", "codes": "sx"}]})",
                            R"({"name": "sex", "codes": [{"code": "M"}]})"),
               Contains("unknown code set 'sx'") && Contains("did you mean 'sex'?"));
    CHECK_THAT(
        schema_error(R"({"name": "t", "columns": [{"name": "a", "type": "text"}, {"name": "a", "type": "text"}]})"),
        Contains("column 'a' is declared twice") && Contains("/tables/0/columns/1"));
    CHECK_THAT(schema_error(R"({"name": "t", "columns": [{"name": "a", "type": "text"}], "references":
                [{"name": "u", "columns": ["a"], "table": "u", "target_columns": ["a"]}]})"),
               Contains("unknown table 'u'") && Contains("/tables/0/references/0"));
    CHECK_THAT(
        schema_error("", R"({"name": "s", "codes": [{"code": "A"}], "groups": [{"name": "g", "codes": ["B"]}]})"),
        Contains("group 'g' names the code 'B'"));
    CHECK_THAT(schema_error(R"({"name": "t", "colums": []})"), Contains("unknown field 'colums'"));
}

TEST_CASE("a code set of a census year has the codes of that year, and its groups have no others") {
    const schema& all = canonical_schema();
    const code_set before = codes_in_year(all, "factor@2020");
    const code_set after = codes_in_year(all, "factor@2022");
    CHECK(before.find("18A") != nullptr);
    CHECK(before.find("18B") == nullptr);
    CHECK(before.find_group("physical_abuse")->codes == std::vector<std::string>{"18A"});
    CHECK(before.find_group("child_criminal_exploitation")->codes.empty());
    CHECK(after.find("18A") == nullptr);
    CHECK(after.find_group("physical_abuse")->codes == std::vector<std::string>{"18B", "18C"});
    CHECK(after.name == "factor@2022");
    CHECK(codes_in_year(all, "factor").codes.size() == all.find_codes("factor")->codes.size());
    CHECK(codes_in_year(all, "referral_source@2022").find("5D") == nullptr);
    CHECK(codes_in_year(all, "referral_source@2023").find("5D") != nullptr);
    CHECK_THROWS_AS(codes_in_year(all, "factors@2021"), definition_error);
    CHECK_THROWS_AS(codes_in_year(all, "factor@"), definition_error);
    CHECK_THROWS_AS(codes_in_year(all, "factor@2021-22"), definition_error);
}

TEST_CASE("every table says whether it is about people, and there every text is an identifier") {
    const schema& all = canonical_schema();
    std::size_t without = 0;
    for (const table_schema& t : all.tables) {
        INFO(t.name);
        const bool people = detail::holds_people(t.name);
        without += people ? 0U : 1U;
        // A row that leads to a person is about people.
        if (t.find("child_id") != nullptr) CHECK(people);
        for (const column_schema& c : t.columns) {
            INFO(c.name);
            const bool expected = people && c.type == value_type::text && c.name != "subject_table";
            CHECK(detail::is_identifier(&t, t.name, c.name, c.type) == expected);
        }
    }
    CHECK(without == detail::tables_without_people.size());
    const table_schema& person = all.table("person");
    // What the schema does not know may name somebody: by its own type.
    CHECK(detail::is_identifier(&person, "person", "nhs_number", value_type::label));
    CHECK(detail::is_identifier(nullptr, "someone_else", "name", value_type::text));
    CHECK_FALSE(detail::is_identifier(nullptr, "someone_else", "age", value_type::int64));
    CHECK_FALSE(detail::is_identifier(nullptr, "coverage", "part", value_type::text));
}
