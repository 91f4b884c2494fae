// Mutants are killed by cases, listed as equivalent, or survive with a small case that would tell.
#include "catch.hpp"

#include <goldenthread/engine/mutation.hpp>
#include <goldenthread/engine/run_case.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace goldenthread;

namespace {

const std::string first_case = R"({"title": "Begun a day more than 12 months before",
    "tables": {"cp_plan": {"columns": ["child_id", "start_date", "end_date"], "rows": [["a", "2019-03-30", null]]}}, "period": "2019-20", "expect": 1})";
const std::string limit_case = R"({"title": "Begun exactly 12 months before",
    "tables": {"cp_plan": {"columns": ["child_id", "start_date", "end_date"], "rows": [["a", "2019-03-31", null]]}}, "period": "2019-20", "expect": 0})";

indicator_set with_cases(const std::string& cases, const std::string& equivalents = "[]",
                         const std::string& of_filter = "[]") {
    indicator_set set;
    parse_indicators(set,
                     R"j({"format": "goldenthread/indicators@1",
        "filters": [{"name": "ours", "on": "cp_plan", "is": "open(start_date, end_date) and not coalesce(other_authority, false)",
                     "equivalent_mutants": )j" +
                         of_filter + R"j(}],
        "indicators": [{"id": "own.long_plans", "title": "Long plans", "measure": {"kind": "distinct", "of": "cp_plan", "timing": "at",
            "distinct": ["child_id"], "where": "ours and start_date < as_at - 12 months"},
            "cases": [)j" +
                         cases + R"j(], "equivalent_mutants": )j" + equivalents + "}]}",
                     "own.indicators.json");
    return set;
}

const mutant_outcome& found(const mutation_outcome& all, const std::string& id) {
    for (const mutant_outcome& m : all.mutants) {
        if (m.id == id) return m;
    }
    std::string known;
    for (const mutant_outcome& m : all.mutants) known += m.id + "\n";
    FAIL("no mutant " << id << " among\n" << known);
    return all.mutants.front();
}

const std::string boundary =
    "boundary /measure/where: start_date < as_at - 12 months -> start_date <= as_at - 12 months";
const std::string snapped = "convention /conventions/month_add: clamp -> end_of_month_snap";

std::string refusal(const indicator_set& set, const std::string& definition = "own.long_plans") {
    mutation_request request;
    request.datasets = 0;
    try {
        static_cast<void>(mutate(canonical_schema(), set, definition, request));
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "nothing was refused";
}

}  // namespace

TEST_CASE("the case at the limit kills the mutant of the limit, and nothing else does") {
    mutation_request request;
    request.datasets = 0;
    const mutation_outcome without = mutate(canonical_schema(), with_cases(first_case), "own.long_plans", request);
    CHECK(found(without, boundary).fate == mutant_fate::survives);
    CHECK_FALSE(found(without, boundary).telling.has_value());
    const mutation_outcome with =
        mutate(canonical_schema(), with_cases(first_case + "," + limit_case), "own.long_plans", request);
    CHECK(found(with, boundary).fate == mutant_fate::killed);
    CHECK(found(with, boundary).killed_by == "Begun exactly 12 months before");
    CHECK(found(with, boundary).difference == "state: expected true_zero, got value");
    CHECK(with.cases == 2);
    CHECK(with.count(mutant_fate::killed) > without.count(mutant_fate::killed));
}

TEST_CASE("each survivor's case passes on the definition, fails on the mutant, and then kills it") {
    indicator_set set = with_cases(first_case);
    const mutation_outcome before = mutate(canonical_schema(), set, "own.long_plans");
    REQUIRE(before.count(mutant_fate::survives) > 0);
    for (const mutant_outcome& m : before.mutants) {
        INFO(m.id);
        if (m.fate != mutant_fate::survives) continue;
        CHECK(m.telling.has_value() != !m.told_with.empty());
        if (!m.telling) continue;
        CHECK(run_case(canonical_schema(), set, *m.telling).passed());
        // As pasted: what is printed is read back.
        const std::string file = R"({"indicator": "own.long_plans", "cases": [)" + to_json(*m.telling) + "]}";
        const definition_case pasted = parse_cases(file, "pasted.json").front();
        CHECK(run_case(canonical_schema(), set, pasted).passed());
        set.indicators.front().cases.push_back(pasted);
        std::size_t rows = 0;
        for (const case_table& t : m.telling->tables) rows += t.rows.size();
        CHECK(rows <= 2);
    }
    CHECK(mutate(canonical_schema(), set, "own.long_plans").count(mutant_fate::survives) == 0);
}

TEST_CASE("mutants that mean the same, or that do not fit the tables, are none; conventions only where they are read") {
    mutation_request request;
    request.datasets = 0;
    const mutation_outcome all = mutate(canonical_schema(), with_cases(first_case), "own.long_plans", request);
    const auto of_convention = [&](const char* name) {
        return std::any_of(all.mutants.begin(), all.mutants.end(),
                           [&](const mutant_outcome& m) { return m.place == std::string("/conventions/") + name; });
    };
    CHECK(of_convention("month_add"));
    CHECK(of_convention("end_day"));
    CHECK_FALSE(of_convention("leap_birthday"));
    CHECK_FALSE(of_convention("working_days"));
    CHECK_FALSE(of_convention("year_length"));
    std::vector<std::string> ids;
    for (const mutant_outcome& m : all.mutants) ids.push_back(m.id);
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
}

TEST_CASE("a shared filter's mutants are killed by any case of an indicator that uses it") {
    const indicator_set set = with_cases(first_case);
    CHECK(mutation_subjects(set) == std::vector<std::string>{"own.long_plans", "ours"});
    CHECK(mutation_subjects(set, {"ours"}) == std::vector<std::string>{"ours"});
    mutation_request request;
    request.datasets = 0;
    const mutation_outcome all = mutate(canonical_schema(), set, "ours", request);
    CHECK(all.used_by == std::vector<std::string>{"own.long_plans"});
    CHECK(found(all, "negation /is: not coalesce(other_authority, false) -> coalesce(other_authority, false)").fate ==
          mutant_fate::killed);
    CHECK(found(all, "dropped /is: not coalesce(other_authority, false) left out").fate == mutant_fate::survives);
}

TEST_CASE("cases from elsewhere count too") {
    mutation_request request;
    request.datasets = 0;
    request.cases = parse_cases(R"({"indicator": "own.long_plans", "cases": [)" + limit_case + "]}", "elsewhere.json");
    CHECK(found(mutate(canonical_schema(), with_cases(first_case), "own.long_plans", request), boundary).fate ==
          mutant_fate::killed);
}

TEST_CASE("an equivalent mutant is listed with its reason; a false or unknown one is refused") {
    const auto listed = [](const std::string& id, const std::string& reason) {
        return R"([{"mutant": ")" + id + R"(", "reason": ")" + reason + R"("}])";
    };
    mutation_request request;
    request.datasets = 0;
    const mutation_outcome all =
        mutate(canonical_schema(), with_cases(first_case, listed(snapped, "for this test")), "own.long_plans", request);
    CHECK(found(all, snapped).fate == mutant_fate::equivalent);
    CHECK(found(all, snapped).reason == "for this test");

    const std::string killed =
        refusal(with_cases(first_case + "," + limit_case, listed(boundary, "nobody counts the day")));
    CHECK(killed.find("is listed as equivalent, but the case 'Begun exactly 12 months before' tells it") !=
          std::string::npos);
    const std::string unknown = refusal(
        with_cases(first_case, listed("boundary /measure/where: start_date < as_at -> start_date <= as_at", "a slip")));
    CHECK(unknown.find("there is no mutant") != std::string::npos);
    const std::string near = refusal(
        with_cases(first_case, listed("convention /conventions/month_add: clamp -> end_of_month_snip", "a slip")));
    CHECK(near.find("did you mean '" + snapped + "'?") != std::string::npos);
    CHECK(refusal(with_cases(first_case, "[]", listed("dropped /is: nothing left out", "a slip")), "ours")
              .find("there is no mutant") != std::string::npos);
    CHECK_THROWS_AS(with_cases(first_case, listed(snapped, " ")), definition_error);
}

TEST_CASE("nothing is judged while a case fails, and unknown definitions are refused with the nearest") {
    const std::string wrong =
        R"({"title": "Wrong", "tables": {"cp_plan": {"columns": ["child_id"], "rows": []}}, "period": "2019-20", "expect": 7})";
    CHECK(refusal(with_cases(wrong)).find("while the case 'Wrong' fails") != std::string::npos);
    CHECK(refusal(with_cases(first_case), "own.long_plan").find("did you mean 'own.long_plans'?") != std::string::npos);
    CHECK_THROWS_AS(mutation_subjects(with_cases(first_case), {"own.lang_plans"}), definition_error);
}

TEST_CASE("threads change nothing; a cancelled run leaves nothing; the key follows meaning, spelling and cases") {
    const indicator_set set = with_cases(first_case);
    run_options options;
    options.executor = on_threads(3);
    std::size_t told = 0;
    options.progress = [&](std::size_t done, std::size_t total, std::string_view) { told += done == total ? 1 : 0; };
    const mutation_outcome one = mutate(canonical_schema(), set, "own.long_plans"),
                           many = mutate(canonical_schema(), set, "own.long_plans", {}, options);
    REQUIRE(one.mutants.size() == many.mutants.size());
    for (std::size_t i = 0; i < one.mutants.size(); ++i) {
        CHECK(one.mutants[i].id == many.mutants[i].id);
        CHECK(one.mutants[i].fate == many.mutants[i].fate);
        CHECK(one.mutants[i].telling.has_value() == many.mutants[i].telling.has_value());
        if (one.mutants[i].telling && many.mutants[i].telling)
            CHECK(to_json(*one.mutants[i].telling) == to_json(*many.mutants[i].telling));
    }
    CHECK(told > 0);
    options.cancel.cancel();
    CHECK_THROWS_AS(mutate(canonical_schema(), set, "own.long_plans", {}, options), run_cancelled);

    const std::string key = mutation_key(canonical_schema(), set, "own.long_plans");
    CHECK(key == mutation_key(canonical_schema(), with_cases(first_case), "own.long_plans"));
    CHECK(key != mutation_key(canonical_schema(), with_cases(first_case + "," + limit_case), "own.long_plans"));
    CHECK(key != mutation_key(canonical_schema(), with_cases(first_case, R"([{"mutant": "x", "reason": "y"}])"),
                              "own.long_plans"));
    CHECK(key != mutation_key(canonical_schema(), set, "ours"));
}

TEST_CASE("no mutant of a shipped definition survives its own cases unexplained", "[long]") {
    const indicator_set& shipped = shipped_indicators();
    mutation_request request;
    request.datasets = 0;
    std::size_t mutants = 0;
    for (const std::string& definition : mutation_subjects(shipped)) {
        const mutation_outcome found = mutate(canonical_schema(), shipped, definition, request);
        mutants += found.mutants.size();
        for (const mutant_outcome& m : found.mutants) {
            INFO(definition << ": " << m.words << "\n  add a case, see: goldenthread mutate " << definition);
            CHECK(m.fate != mutant_fate::survives);
        }
    }
    CHECK(mutants > 1000);
}
