// From a figure down to its rows: every role and reason, and the law that the rows make up the figure.
#include "random_definition.hpp"
#include "random_world.hpp"
#include "small_data.hpp"

#include <goldenthread/engine/explain.hpp>
#include <goldenthread/engine/tally.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace goldenthread;
using small::written;

/// "p1 counted; p2 unknown because of cp_plan.end_date", by the first key column.
std::string said(const std::vector<explained_row>& rows) {
    std::string text;
    for (const explained_row& row : rows) {
        text += (text.empty() ? "" : "; ") + row.key.front().second + " " + std::string(to_text(row.role));
        if (row.value) text += " " + std::to_string(row.value->numerator) + (row.value->denominator == 1 ? "" : "/" + std::to_string(row.value->denominator));
        if (!row.reason.empty()) text += ": " + row.reason;
    }
    return text;
}

std::string explained(const indicator_set& set, const std::vector<small::text_table>& tables, const char* when, const std::vector<breakdown_value>& key = {}) {
    return said(explain(canonical_schema(), set, "test.one", small::built(tables), parse_period(when), key));
}

const char* const plan_columns = "cp_plan_id child_id start_date end_date latest_category";

}  // namespace

TEST_CASE("a count: counted rows, and what leaves others undecided") {
    const indicator_set set = small::definition(R"~({"kind": "count", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date) and latest_category = 'NEG'"})~");
    CHECK(explained(set,
                    {written("cp_plan", plan_columns, {"p1 a 2018-05-01 - NEG", "p2 b - - NEG", "p3 c 2018-05-01 - -", "p4 d 2018-05-01 - PHY", "p5 e 2018-05-01 2018-06-01 -"})},
                    "2018-19") == "p1 counted; p2 unknown: unknown because of cp_plan.start_date; p3 unknown: unknown because of cp_plan.latest_category");
}

TEST_CASE("a share: numerator, denominator only, unknown, excluded, immature") {
    const indicator_set set = small::definition(
        R"~({"kind": "share", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)", "exclude": "latest_category = 'PHY'",
            "immature": "start_date > as_at - 1 month", "numerator": "latest_category = 'NEG'"})~");
    const std::vector<small::text_table> tables = {
        written("cp_plan", plan_columns,
                {"p1 a 2018-05-01 - NEG", "p2 b 2018-05-01 - EMO", "p3 c 2018-05-01 - -", "p4 d 2018-05-01 - PHY", "p5 e 2019-03-30 - NEG", "p6 f 2019-04-01 - NEG", "p7 g - - NEG"})};
    CHECK(explained(set, tables, "2018-19") ==
          "p1 numerator; p2 denominator only; p3 unknown: unknown because of cp_plan.latest_category; p4 excluded; p5 immature; "
          "p7 unknown: unknown because of cp_plan.start_date");
    const std::vector<explained_row> rows = explain(canonical_schema(), set, "test.one", small::built(tables), parse_period("2018-19"));
    CHECK(rows[1].in_denominator);
    CHECK_FALSE(rows[2].in_denominator);  // undecided whether excluded
    CHECK_FALSE(rows[3].in_denominator);
}

TEST_CASE("an unknown numerator stays in the denominator, and says so") {
    const indicator_set set = small::definition(
        R"~({"kind": "share", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)", "numerator": "latest_category = 'NEG'"})~");
    const std::vector<explained_row> rows =
        explain(canonical_schema(), set, "test.one", small::built({written("cp_plan", plan_columns, {"p1 a 2018-05-01 - -"})}), parse_period("2018-19"));
    CHECK(said(rows) == "p1 unknown: unknown because of cp_plan.latest_category");
    CHECK(rows[0].in_denominator);
    CHECK(rows[0].may_be_in_numerator);
}

TEST_CASE("what is lacking may be a related table's column, a related row or a referenced person") {
    const std::vector<small::text_table> tables = {written("cp_plan", plan_columns, {"p1 a 2018-05-01 - MUL", "p2 b 2018-05-01 - MUL", "p3 c 2018-05-01 - MUL"}),
                                                   written("cp_plan_category", "cp_plan_id stage category", {"p1 latest -", "p2 latest NEG"}),
                                                   written("person", "child_id date_of_birth", {"a 2010-01-01", "b -"})};
    const auto of = [](const char* where) { return small::definition(std::string(R"({"kind": "count", "of": "cp_plan", "timing": "at", "where": ")") + where + R"("})"); };
    CHECK(explained(of("any(cp_plan_category as c by cp_plan_id where c.category = 'NEG')"), tables, "2018-19") ==
          "p1 unknown: unknown because of cp_plan_category.category; p2 counted");
    CHECK(explained(of("last(cp_plan_category as c by cp_plan_id order by c.stage).category = 'NEG'"), tables, "2018-19") ==
          "p1 unknown: unknown because of cp_plan_category.category; p2 counted; p3 unknown: unknown because of no such rows of cp_plan_category");
    CHECK(explained(of("age(person.date_of_birth, as_at) < 10"), tables, "2018-19") ==
          "p1 counted; p2 unknown: unknown because of person.date_of_birth; p3 unknown: unknown because of person.date_of_birth");
}

TEST_CASE("a distinct count: a row without the key is unknown") {
    const indicator_set set = small::definition(R"~({"kind": "distinct", "distinct": ["child_id"], "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)"})~");
    CHECK(explained(set, {written("cp_plan", plan_columns, {"p1 a 2018-05-01 - NEG", "p2 a 2018-06-01 - NEG", "p3 - 2018-06-01 - NEG"})}, "2018-19") ==
          "p1 counted; p2 counted; p3 unknown: no child_id");
}

TEST_CASE("a mean and a median: the value of each row, and who still waits") {
    const std::vector<small::text_table> tables = {written("cp_plan", plan_columns, {"p1 a 2018-05-01 2018-05-11 NEG", "p2 b 2018-06-01 - NEG", "p3 c - 2018-06-01 NEG", "p4 d 2019-05-01 - NEG"})};
    for (const char* kind : {"mean", "median", "sum"}) {
        const indicator_set set =
            small::definition(std::string(R"({"kind": ")") + kind +
                              R"~(", "of": "cp_plan", "timing": "in", "where": "end_date is not null and during(end_date)", "value": "days_between(start_date, end_date)", "censored": "start_date <= as_at and end_date is null"})~");
        CHECK(explained(set, tables, "2018-19") == "p1 counted 10; p3 unknown: unknown because of cp_plan.start_date; p2 censored");
        const cell total = small::total(set, small::built(tables), "2018-19");
        CHECK(total.censored == 1);
    }
    const indicator_set half = small::definition(R"~({"kind": "sum", "of": "cp_plan", "timing": "in", "where": "end_date is not null and during(end_date)", "value": "days_between(start_date, end_date) / 4"})~");
    CHECK_THAT(explained(half, tables, "2018-19"), Catch::StartsWith("p1 counted 10/4"));
}

TEST_CASE("the cells of every kind of breakdown") {
    const indicator_set set = small::definition(
        R"~({"kind": "count", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)"})~",
        R"~("breakdowns": ["sex", {"name": "parts", "predicates": {"neglect": "latest_category = 'NEG'", "long": "start_date < as_at - 6 months"}},
            {"name": "each", "each": "cp_plan_category as c by cp_plan_id where c.stage = 'latest'", "column": "category"}], )~");
    const std::vector<small::text_table> tables = {written("cp_plan", plan_columns, {"p1 a 2018-05-01 - NEG", "p2 b 2019-03-01 - -", "p3 c 2018-05-01 - EMO"}),
                                                   written("person", "child_id sex", {"a F", "b M"}),
                                                   written("cp_plan_category", "cp_plan_id stage category", {"p1 latest NEG", "p1 latest PHY", "p2 - NEG"})};
    CHECK(explained(set, tables, "2018-19", {{"sex", "F"}}) == "p1 counted");
    CHECK(explained(set, tables, "2018-19", {{"sex", std::nullopt}}) == "p3 counted");
    CHECK(explained(set, tables, "2018-19", {{"parts", "neglect"}}) == "p1 counted; p2 unknown: in the cell or not, unknown because of cp_plan.latest_category");
    CHECK(explained(set, tables, "2018-19", {{"parts", "long"}}) == "p1 counted; p3 counted");
    CHECK(explained(set, tables, "2018-19", {{"each", "PHY"}}) == "p1 counted");
    CHECK(explained(set, tables, "2018-19", {{"each", "NEG"}}) == "p1 counted; p2 unknown: in the cell or not, unknown because of cp_plan_category.stage");
    CHECK(explained(set, tables, "2018-19", {{"each", std::nullopt}}) == "p3 counted");
    CHECK(explained(set, tables, "2018-19", {{"sex", "F"}, {"parts", "neglect"}}) == "p1 counted");
    CHECK_THAT(small::error_of([&] { (void)explained(set, tables, "2018-19", {{"sexx", "F"}}); }), Catch::Contains("no breakdown by sexx"));
}

// --- the law ---------------------------------------------------------------------------------------

namespace {

/// What a role says of a row, as the engines count it.
std::uint8_t classes_of(const explained_row& row) {
    using namespace detail;
    const std::uint8_t open_numerator = row.may_be_in_numerator ? numerator_unknown : 0;
    switch (row.role) {
        case row_role::numerator: return in_denominator | in_numerator;
        case row_role::counted:
        case row_role::denominator_only: return in_denominator;
        case row_role::unknown: return static_cast<std::uint8_t>((row.in_denominator ? in_denominator : is_unknown) | open_numerator);
        case row_role::excluded: return is_excluded;
        default: return is_immature;
    }
}

/// Rows of one entity together; a row without a key, or of a measure that counts rows, is alone.
detail::tally counted(const std::vector<explained_row>& rows, const std::vector<std::string>& distinct) {
    std::map<std::vector<std::string>, std::uint8_t> entities;
    for (const explained_row& row : rows) {
        if (row.role == row_role::censored) continue;  // told beside
        std::vector<std::string> entity;
        for (const std::string& name : distinct) {
            for (const auto& [column, text] : row.key) {
                if (column == name && !text.empty()) entity.push_back(text);
            }
        }
        if (distinct.empty() || entity.size() < distinct.size()) entity = {"row", std::to_string(row.row), "", "", ""};
        entities[entity] = static_cast<std::uint8_t>(entities[entity] | classes_of(row));
    }
    detail::tally result;
    for (const auto& [entity, classes] : entities) result.add(classes);
    return result;
}

}  // namespace

TEST_CASE("the rows that explain a cell make up its counts, for random definitions, rows and cells") {
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
    constexpr std::uint64_t worlds = 40;
#else
    constexpr std::uint64_t worlds = 400;
#endif
    std::size_t cells = 0, with_rows = 0, of_breakdowns = 0, undecided = 0;
    for (std::uint64_t seed = 8'000'000; seed < 8'000'000 + worlds; ++seed) {
        random_source random(seed);
        const random_world::world world = random_world::random_world(random);
        const dataset data = small::built(world.tables, world.rows);
        for (int d = 0; d < 4; ++d) {
            random_definition::generator generator(random, world.tables);
            const indicator_set set = generator.definitions();
            evaluation_request request;
            request.periods = {random.pick(random_world::random_periods(random))};
            request.breakdowns = generator.breakdowns(set.indicators[0]);
            const results all = evaluate(world.tables, set, {"random.one"}, data, request);
            for (const cell& c : all.indicators[0].cells) {
                if (!c.numerator && !c.denominator) continue;
                const indicator_result& r = all.indicators[0];
                // What is joined from two measures, and days, are explained part by part: see test_person_time.cpp.
                const measure& asked = set.indicators[0].measure;
                if (asked.timing == measure_timing::over || asked.upper || asked.profile_measure || r.measure == "incidence") continue;
                // Dates known to the month are entities of their own, which their text does not tell apart.
                const table_schema& root = world.tables.table(asked.of.table);
                if (std::any_of(asked.distinct.begin(), asked.distinct.end(), [&](const std::string& name) {
                        const column_schema* column = root.find(name);
                        return column != nullptr && column->type == value_type::date;
                    }))
                    continue;
                INFO("seed " << seed << ", definition " << d);
                const std::vector<explained_row> rows = explain(world.tables, set, "random.one", data, request.periods[0], c.key);
                const detail::tally t = counted(rows, set.indicators[0].measure.distinct);
                const bool is_share = r.unit == value_unit::fraction;
                const bool of_values = is_of_values(asked.kind) || r.unit == value_unit::days;
                if (of_values) {
                    // Numerators are sums of values, not of rows; a sum of whole numbers has no denominator.
                    if (c.denominator) REQUIRE(t.counted == *c.denominator);
                } else {
                    REQUIRE((is_share ? t.numerator : t.counted) == *c.numerator);
                    if (is_share) REQUIRE(t.counted == *c.denominator);
                }
                REQUIRE(t.unknown == c.unknown);
                REQUIRE(t.excluded == c.excluded);
                REQUIRE(t.immature == c.immature);
                REQUIRE(std::count_if(rows.begin(), rows.end(), [](const explained_row& row) { return row.role == row_role::censored; }) == c.censored);
                for (const explained_row& row : rows) REQUIRE((row.role == row_role::unknown) == !row.reason.empty());
                ++cells;
                with_rows += rows.empty() ? 0U : 1U;
                of_breakdowns += rows.empty() || c.key.empty() ? 0U : 1U;
                undecided += c.unknown > 0 ? 1U : 0U;
            }
        }
    }
    INFO(cells << " cells, " << with_rows << " with rows, " << of_breakdowns << " of breakdowns with rows, " << undecided << " with unknowns");
    CHECK(cells > worlds * 8);
    CHECK(with_rows > worlds * 2);
    CHECK(of_breakdowns > worlds);
    CHECK(undecided > worlds);
}
