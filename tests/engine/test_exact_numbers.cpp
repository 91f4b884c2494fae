// Decimals and division without floating point: nothing is rounded, on either engine.
#include "small_data.hpp"

#include <goldenthread/engine/tabulate.hpp>

#include <string>
#include <vector>

using namespace small;

namespace {

/// Scores are written in hundredths.
text_table links(const std::vector<std::string>& scores) {
    std::vector<std::string> lines;
    for (const std::string& score : scores) lines.push_back("a " + score);
    return written("person_link", "child_id score", lines);
}

/// Values of an expression, one for each row, the same on both engines.
std::vector<std::string> values(const std::string& text, const text_table& rows) {
    tabulate_request request;
    request.of = rows.name;
    request.periods = {financial_year(2019)};
    const dataset data = built({rows});
    const auto asked = [&] {
        std::vector<std::string> result;
        for (const auto& row : tabulate(canonical_schema(), {}, parse_expression(text), data, request).values) result.push_back(row.at(0));
        return result;
    };
    const std::vector<std::string> fast = asked();
    request.force_reference = true;
    CHECK(fast == asked());
    return fast;
}

std::string value(const std::string& text) { return values(text, links({"25"})).at(0); }

}  // namespace

TEST_CASE("decimals are exact") {
    CHECK(value("0.1 + 0.2") == "0.3");
    CHECK(value("0.1 + 0.2 = 0.3") == "true");
    CHECK(value("1.10 = 1.1") == "true");
    CHECK(value("-0.5") == "-0.5");
    CHECK(value("3 - 0.001") == "2.999");
    CHECK(value("0.5 * 0.5") == "0.25");
    CHECK(value("score") == "0.25");
    CHECK(value("score * 4 = 1") == "true");
    CHECK(value("-score") == "-0.25");
    CHECK(value("score in (1, 0.25)") == "true");
    CHECK(value("score between 0.2 and 0.3") == "true");
    CHECK(value("min of (score, 0.2, 1)") == "0.2");
    CHECK(value("coalesce(score, 2)") == "0.25");
    CHECK(value("case when score < 0.3 then 0.5 else 2 end") == "0.5");
    CHECK(value("case score when 0.25 then 'quarter' end") == "quarter");
    CHECK(values("score > 0.5", links({"51", "50", "-"})) == std::vector<std::string>{"true", "false", "unknown"});
}

TEST_CASE("division keeps the fraction") {
    CHECK(value("1 / 3") == "1/3");
    CHECK(value("1 / 3 + 1 / 6") == "0.5");
    CHECK(value("1 / 3 * 3 = 1") == "true");
    CHECK(value("10 / 4") == "2.5");
    CHECK(value("10 / -4") == "-2.5");
    CHECK(value("1 / 0.25") == "4");
    CHECK(value("2 / 3 > 0.66") == "true");
    CHECK(value("2 / 3 > 0.67") == "false");
    CHECK(value("score / 7 * 7 = 0.25") == "true");
    CHECK(value("days_between(date '2019-01-01', as_at) / 7 > 64") == "true");
    CHECK(value("days_between(date '2019-01-06', as_at) / 7 > 64") == "true");
    CHECK(value("days_between(date '2019-01-07', as_at) / 7 = 64.142857") == "false");
    CHECK(value("1 / unknown") == "unknown");
}

TEST_CASE("questions about related rows keep decimals") {
    const text_table rows = links({"25", "50", "75"});
    CHECK(values("sum(l.score of person_link as l by child_id)", rows).at(0) == "1.5");
    CHECK(values("max(l.score of person_link as l by child_id) - 0.25", rows).at(0) == "0.5");
    CHECK(values("last(person_link as l by child_id order by l.score).score", rows).at(0) == "0.75");
    CHECK(values("count(distinct l.score of person_link as l by child_id) / 2", rows).at(0) == "1.5");
    CHECK(values("any(person_link as l by child_id where l.score > this.score)", rows) == std::vector<std::string>{"true", "true", "false"});
}

TEST_CASE("sums, means and medians of decimals are exact") {
    const dataset data = built({links({"10", "20", "-5", "30"})});
    const auto asked = [&](const std::string& kind, const std::string& what) {
        const std::string measure = R"({"kind": ")" + kind + R"(", "timing": "at", "of": "person_link", "where": "true", "value": ")" + what + R"("})";
        return total(definition(measure), data, "2019-20");
    };
    CHECK(asked("sum", "score").value == exact_ratio{11, 20});  // 0.55
    CHECK(asked("sum", "score * 100").value == exact_ratio{55, 1});
    CHECK(asked("mean", "score").value == exact_ratio{11, 80});
    CHECK(asked("median", "score").value == exact_ratio{3, 20});  // between 0.10 and 0.20
    CHECK(asked("mean", "score / 3").value == exact_ratio{11, 240});
    // The sum of decimals is no whole number to print as a numerator; the rows behind it stay visible.
    CHECK(asked("mean", "score").denominator == 4);
    CHECK(!asked("mean", "score").numerator);
    CHECK(asked("mean", "7").numerator == 28);
}

TEST_CASE("leaving the range of numbers is an error that says where") {
    const text_table rows = written("cp_plan", "child_id number_of_previous_plans", {"a 3"});
    const auto problem = [&](const std::string& where) {
        try {
            (void)ask(definition(count_at("cp_plan", where)), built({rows}), "2019-20");
        } catch (const calculation_error& e) {
            return std::string(e.what());
        }
        return std::string("no error");
    };
    CHECK(problem("number_of_previous_plans * 999999999999999999 * 999 > 1") ==
          "test.one: a calculation in an expression leaves the range of 64-bit whole numbers\n"
          "  number_of_previous_plans * 999999999999999999 * 999");
    CHECK(problem("number_of_previous_plans * 999999999999999999 > 0.0001").substr(0, 9) == "test.one:");
}

TEST_CASE("decimals of any scale are read as millionths, or refused") {
    const auto asked = [](int scale, std::int64_t mantissa) {
        column_builder builder("score", value_type::decimal, scale);
        builder.append_int64(mantissa);
        dataset data;
        data.add({"person_link", {builder.finish()}});
        tabulate_request request;
        request.of = "person_link";
        request.periods = {financial_year(2019)};
        try {
            return tabulate(canonical_schema(), {}, parse_expression("score"), data, request).values.at(0).at(0);
        } catch (const calculation_error& e) {
            return std::string(e.what());
        }
    };
    CHECK(asked(0, 7) == "7");
    CHECK(asked(9, 1'500'000'000) == "1.5");
    CHECK(asked(9, 1) == "this number has more than six decimal places\n  at person_link.score, row 1");
    CHECK(asked(0, 9'000'000'000'000'000) == "this number is too large to be counted in millionths\n  at person_link.score, row 1");
}
