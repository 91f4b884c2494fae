// What moved a figure: worked examples, and the law that the parts sum exactly to the change.
#include "random_definition.hpp"
#include "random_world.hpp"
#include "small_data.hpp"

#include <goldenthread/engine/figure_units.hpp>
#include <goldenthread/engine/what_moved.hpp>

#include <cstdlib>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace goldenthread;
using small::written;

figure_question asked(const indicator_set& set, const dataset& data, const char* when,
                      std::vector<breakdown_value> key = {}, std::vector<parameter_value> parameters = {}) {
    return {&set, "test.one", &data, parse_period(when), std::move(key), std::move(parameters)};
}

/// "joined 2: +2 of +2" for each part that is not nothing.
std::string parts_of(const movement& m) {
    std::string text;
    for (const moved_part& p : m.parts) {
        if (p.units == 0 && p.numerator == 0 && p.denominator == 0) continue;
        text += (text.empty() ? "" : "; ") + std::string(to_text(p.part)) + " " + std::to_string(p.units) + ": " +
                detail::signed_text(p.numerator) + " of " + detail::signed_text(p.denominator);
        if (p.value) text += " = " + std::to_string(p.value->numerator) + "/" + std::to_string(p.value->denominator);
    }
    return text.empty() ? "nothing" : text;
}

const char* const plan_columns = "cp_plan_id child_id start_date end_date latest_category";

/// Two plans of a count once: a has two plans; b ends, c begins, d is undecided later.
std::vector<small::text_table> plans() {
    return {written("cp_plan", plan_columns,
                    {"p1 a 2018-05-01 - NEG", "p2 a 2018-06-01 2018-12-01 NEG", "p3 b 2018-05-01 2019-02-01 NEG",
                     "p4 c 2019-01-15 - NEG", "p5 d 2018-05-01 - -"})};
}

const char* const open_plans =
    R"({"kind": "distinct", "of": "cp_plan", "timing": "at", "distinct": ["child_id"], "where": "open(start_date, end_date) and latest_category = 'NEG'"})";

}  // namespace

TEST_CASE("a distinct count moves by entities: joined and left") {
    const indicator_set set = small::definition(open_plans);
    const dataset data = small::built(plans());
    const movement m =
        what_moved(canonical_schema(), asked(set, data, "2018-19 Q3"), asked(set, data, "2018-19 Q4"), true);
    CHECK(parts_of(m) == "joined 1: +1 of 0 = 1/1; left 1: -1 of 0 = -1/1");
    CHECK(m.comparable);
    CHECK(m.reason.empty());
    CHECK(*m.value_change == exact_ratio{0, 1});
    REQUIRE(m.units.size() == 2);
    CHECK(m.units[0].key == std::vector<std::pair<std::string, std::string>>{{"child_id", "c"}});
    CHECK(m.units[0].before == "not counted");
    CHECK(m.units[0].after == "counted");
    CHECK(m.units[1].key.front().second == "b");
    // A second plan of a child already counted moves nothing.
    CHECK(parts_of(what_moved(canonical_schema(), asked(set, data, "2018-05-15"), asked(set, data, "2018-06-15"))) ==
          "nothing");
    CHECK_THAT(to_text(m), Catch::StartsWith("One: 2 (2018-19 Q3) to 2 (2018-19 Q4). Change 0: joined +1 (1 unit), "
                                             "left -1 (1 unit). This is arithmetic, not cause."));
}

TEST_CASE("no units, no keys, unless they are asked for") {
    const indicator_set set = small::definition(open_plans);
    const dataset data = small::built(plans());
    CHECK(what_moved(canonical_schema(), asked(set, data, "2018-19 Q3"), asked(set, data, "2018-19 Q4")).units.empty());
}

TEST_CASE("a share moves in numerator and denominator, and its value by an exact rule") {
    const indicator_set set = small::definition(
        R"~({"kind": "share", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)", "numerator": "latest_category = 'NEG' and start_date < as_at - 6 months"})~");
    const dataset data = small::built({written("cp_plan", plan_columns,
                                               {"p1 a 2018-01-01 - NEG",           // in both
                                                "p2 b 2018-07-15 - NEG",           // grows into the numerator
                                                "p3 c 2018-01-01 2018-11-01 PHY",  // leaves the denominator
                                                "p4 d 2018-11-01 - PHY", "p5 e 2018-11-01 - PHY",  // join it
                                                "p6 f 2018-01-01 2019-01-01 -"})});                // undecided
    const movement m =
        what_moved(canonical_schema(), asked(set, data, "2018-10-31"), asked(set, data, "2019-01-31"), true);
    CHECK(*m.before.numerator == 1);
    CHECK(*m.before.denominator == 4);
    CHECK(*m.after.numerator == 2);
    CHECK(*m.after.denominator == 4);
    CHECK(*m.value_change == exact_ratio{1, 4});
    // Δv = Δn (4 + 4) / 32 − Δd (1 + 2) / 32
    CHECK(parts_of(m) ==
          "joined 2: 0 of +2 = -3/16; left 1: 0 of -1 = 3/32; changed 1: +1 of 0 = 1/4; unknown 1: 0 of -1 = 3/32");
    REQUIRE(m.units.size() == 5);
    CHECK(m.units[3].part == movement_part::changed);
    CHECK(m.units[3].before == "denominator only");
    CHECK(m.units[3].after == "numerator");
    CHECK(m.units[4].before == "unknown");
}

TEST_CASE("a rate moves with its population") {
    const indicator_set set = small::definition(
        R"~({"kind": "rate", "of": "referral", "timing": "in", "where": "during(referral_date)", "population": {"ages": [0, 17]}, "per": 1000})~");
    const dataset data =
        small::built({written("referral", "referral_id child_id referral_date",
                              {"r1 a 2018-05-01", "r2 b 2019-05-01", "r3 c 2019-06-01", "r4 d -"}),
                      written("population", "area year age count vintage", {"x 2018 3 100 v", "x 2019 3 150 v"})});
    const movement m = what_moved(canonical_schema(), asked(set, data, "2018-19"), asked(set, data, "2019-20"));
    CHECK(*m.value_change == exact_ratio{10, 3});  // 10 per 1,000 to 13⅓
    CHECK(parts_of(m) == "joined 2: +2 of 0 = 50/3; left 1: -1 of 0 = -25/3; population 0: 0 of +50 = -5/1");
}

TEST_CASE("sums and means move by values, and a value of 0 still comes and goes") {
    const std::vector<small::text_table> rows = {
        written("cp_plan", plan_columns, {"p1 a 2019-03-31 - NEG", "p2 b 2019-01-01 - NEG"})};
    const dataset data = small::built(rows);
    const auto of = [](const char* kind) {
        return small::definition(
            std::string(R"({"kind": ")") + kind +
            R"~(", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)", "value": "days_between(start_date, as_at)"})~");
    };
    const indicator_set sum = of("sum"), mean = of("mean"), median = of("median");
    CHECK(parts_of(what_moved(canonical_schema(), asked(sum, data, "2019-03-01"), asked(sum, data, "2019-03-31"))) ==
          "joined 1: 0 of 0 = 0/1; changed 1: +30 of 0 = 30/1");
    const movement m = what_moved(canonical_schema(), asked(mean, data, "2019-03-01"), asked(mean, data, "2019-03-31"));
    CHECK(*m.value_change == exact_ratio{-29, 2});  // 59 ÷ 1 to 89 ÷ 2
    CHECK(parts_of(m) == "joined 1: 0 of +1 = -37/1; changed 1: +30 of 0 = 45/2");
    const movement middle =
        what_moved(canonical_schema(), asked(median, data, "2019-03-01"), asked(median, data, "2019-03-31"));
    CHECK(parts_of(middle) == "joined 1: 0 of +1; changed 1: +30 of 0");
    CHECK(middle.comparable);
    CHECK(middle.reason == "a median's change has no parts");
}

TEST_CASE("values that are decimals move in parts of one") {
    const dataset data =
        small::built({written("cp_plan", plan_columns, {"p1 a 2019-03-01 - NEG", "p2 b 2019-01-01 - NEG"})});
    const indicator_set halves = small::definition(
        R"~({"kind": "mean", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)", "value": "days_between(start_date, as_at) / 2"})~");
    const movement m =
        what_moved(canonical_schema(), asked(halves, data, "2019-02-28"), asked(halves, data, "2019-03-02"));
    CHECK(m.parts_of_one == 2);
    CHECK(m.numerator_change() == 3);               // 58/2 to 60/2 + 1/2
    CHECK(*m.value_change == exact_ratio{-55, 4});  // 29 to 61/4
    CHECK(parts_of(m) == "joined 1: +1 of +1 = -29/2; changed 1: +2 of 0 = 3/4");
}

TEST_CASE("the same period from a later extract: late data") {
    const indicator_set set = small::definition(open_plans);
    const dataset early =
        small::built({written("cp_plan", plan_columns, {"p1 a 2018-05-01 - NEG", "p2 b 2018-05-01 - NEG"})});
    const dataset late = small::built({written("cp_plan", plan_columns,
                                               {"p2 b 2018-05-01 2018-12-01 NEG", "p1 a 2018-05-01 - NEG",
                                                "p3 c 2018-06-01 - NEG", "p4 d 2018-06-01 - NEG"})});
    const movement m = what_moved(canonical_schema(), asked(set, early, "2018-19"), asked(set, late, "2018-19"));
    CHECK(parts_of(m) == "late data 3: +1 of 0 = 1/1");
    // Late data and another period at once: first the data, then the period.
    const movement both = what_moved(canonical_schema(), asked(set, early, "2018-19"), asked(set, late, "2018-08-31"));
    CHECK(parts_of(both) == "joined 1: +1 of 0 = 1/1; late data 3: +1 of 0 = 1/1");
}

TEST_CASE("rows in another order are not late data") {
    const indicator_set set = small::definition(small::count_at("cp_plan", "open(start_date, end_date)"));
    const dataset early = small::built({written(
        "cp_plan", plan_columns, {"p1 a 2018-05-01 - NEG", "p1 a 2018-05-01 2018-06-01 NEG", "- b 2018-05-01 - NEG"})});
    const dataset late = small::built({written(
        "cp_plan", plan_columns, {"- b 2018-05-01 - NEG", "p1 a 2018-05-01 2018-06-01 NEG", "p1 a 2018-05-01 - NEG"})});
    CHECK(parts_of(what_moved(canonical_schema(), asked(set, early, "2018-19"), asked(set, late, "2018-19"))) ==
          "nothing");
}

TEST_CASE("another parameter, another definition: definition") {
    const indicator_set set = small::definition(
        R"({"kind": "count", "of": "cp_plan", "timing": "at", "where": "start_date < as_at - :months months"})",
        R"("parameters": {"months": {"default": 6}}, )");
    const dataset data = small::built(plans());
    CHECK(parts_of(what_moved(canonical_schema(), asked(set, data, "2018-19"),
                              asked(set, data, "2018-19", {}, {{"months", "10"}}))) == "definition 1: -1 of 0 = -1/1");
    CHECK(parts_of(what_moved(canonical_schema(), asked(set, data, "2018-19"),
                              asked(set, data, "2018-19", {}, {{"months", "6"}}))) == "nothing");
    const indicator_set other = small::definition(
        R"({"kind": "share", "of": "cp_plan", "timing": "at", "where": "true", "numerator": "latest_category = 'NEG'"})");
    const movement m = what_moved(canonical_schema(), asked(set, data, "2018-19"), asked(other, data, "2018-19"));
    CHECK(m.part(movement_part::definition).numerator == m.numerator_change());
    CHECK(m.part(movement_part::definition).denominator == m.denominator_change());
    CHECK(*m.part(movement_part::definition).value == *m.value_change);
}

TEST_CASE("what moved within a cell of a breakdown") {
    const indicator_set set = small::definition(open_plans);
    std::vector<small::text_table> rows = plans();
    rows.push_back(written("person", "child_id sex", {"a F", "b M", "c F", "d F"}));
    const dataset data = small::built(rows);
    const std::vector<breakdown_value> girls = {{"sex", "F"}}, boys = {{"sex", "M"}},
                                       not_recorded = {{"sex", std::nullopt}};
    CHECK(parts_of(what_moved(canonical_schema(), asked(set, data, "2018-19 Q3", girls),
                              asked(set, data, "2018-19 Q4", girls))) == "joined 1: +1 of 0 = 1/1");
    CHECK(parts_of(what_moved(canonical_schema(), asked(set, data, "2018-19 Q3", boys),
                              asked(set, data, "2018-19 Q4", boys))) == "left 1: -1 of 0 = -1/1");
    CHECK(parts_of(what_moved(canonical_schema(), asked(set, data, "2018-19 Q3", not_recorded),
                              asked(set, data, "2018-19 Q4", not_recorded))) == "nothing");
    const std::vector<breakdown_value> slip = {{"sex", "Fe"}}, unknown_dimension = {{"sexx", "F"}};
    CHECK_THAT(small::error_of([&] {
                   (void)what_moved(canonical_schema(), asked(set, data, "2018-19 Q3", slip),
                                    asked(set, data, "2018-19 Q4", slip));
               }),
               Catch::Contains("no figure has sex 'Fe'") && Catch::Contains("did you mean 'F'?"));
    CHECK_THAT(small::error_of([&] {
                   (void)what_moved(canonical_schema(), asked(set, data, "2018-19 Q3", unknown_dimension),
                                    asked(set, data, "2018-19 Q4", unknown_dimension));
               }),
               Catch::Contains("sexx"));
}

TEST_CASE("what has no figure is not compared, and says why") {
    const indicator_set set = small::definition(open_plans);
    const dataset data = small::built(plans()), nothing;
    const movement m = what_moved(canonical_schema(), asked(set, nothing, "2018-19"), asked(set, data, "2018-19"));
    CHECK_FALSE(m.comparable);
    CHECK(m.parts.empty());
    CHECK(m.reason == "2018-19 is missing (not supplied: cp_plan)");
    CHECK_THAT(to_text(m), Catch::Contains("Cannot be compared"));
    // A share of nothing: counts move, the value does not.
    const indicator_set share = small::definition(
        R"~({"kind": "share", "of": "cp_plan", "timing": "at", "where": "open(start_date, end_date)", "numerator": "latest_category = 'NEG'"})~");
    const movement first = what_moved(canonical_schema(), asked(share, data, "2017-18"), asked(share, data, "2018-19"));
    CHECK(first.comparable);
    CHECK_FALSE(first.value_change.has_value());
    CHECK(first.reason == "a figure on the way has no value");
    CHECK(first.part(movement_part::joined).denominator + first.part(movement_part::unknown).denominator ==
          first.denominator_change());
}

// --- the law, for generated definitions, rows and periods ------------------------------------------

namespace {

exact_ratio sum_of(const exact_ratio& a, const exact_ratio& b) {
    return detail::reduced(detail::checked_add(detail::checked_multiply(a.numerator, b.denominator),
                                               detail::checked_multiply(b.numerator, a.denominator)),
                           detail::checked_multiply(a.denominator, b.denominator));
}

/// Values for definitions that sum or average: days of each row, some not known.
void give_values(random_source& random, indicator_set& set, const schema& tables) {
    measure& m = set.indicators[0].measure;
    if (m.kind != measure_kind::count || !m.distinct.empty() || m.of.kind == row_query::kind_type::collapse ||
        !m.profile.empty() || !random.chance(70))
        return;
    static const std::vector<measure_kind> kinds = {measure_kind::sum, measure_kind::mean, measure_kind::median};
    m.kind = random.pick(kinds);
    const bool dated = tables.table(m.of.table).find("start_date") != nullptr;
    const expression from = random_definition::column({dated ? "start_date" : "date_of_birth"});
    m.value = random_definition::call("days_between", {from, random_definition::node(expression_kind::as_at)});
}

struct totals {
    std::size_t compared = 0, split = 0, moved = 0, with_late_data = 0, with_definition = 0, of_values = 0,
                with_people = 0;
};

/// Every law that holds of one movement.
void check_laws(const movement& m, totals& seen) {
    if (!m.comparable) return;
    ++seen.compared;
    REQUIRE(m.parts.size() == movement_parts);
    std::int64_t numerator = 0, denominator = 0;
    bool split = true;
    exact_ratio value{0, 1};
    for (const moved_part& p : m.parts) {
        numerator += p.numerator;
        denominator += p.denominator;
        split = split && p.value.has_value();
        if (split) value = sum_of(value, *p.value);
    }
    REQUIRE(numerator == m.numerator_change());
    REQUIRE(denominator == m.denominator_change());
    if (m.value_change && split) {
        REQUIRE(value == *m.value_change);
        ++seen.split;
    }
    REQUIRE((split || !m.reason.empty()));
    std::vector<std::int64_t> units(movement_parts), of_units(movement_parts);
    for (const moved_unit& u : m.units) {
        ++units[static_cast<std::size_t>(u.part)];
        of_units[static_cast<std::size_t>(u.part)] += u.numerator;
    }
    for (std::size_t i = 0; i < movement_parts; ++i) {
        REQUIRE(units[i] == m.parts[i].units);
        REQUIRE(of_units[i] == m.parts[i].numerator);
        seen.moved += m.parts[i].units > 0 ? 1U : 0U;
    }
    seen.with_late_data += m.part(movement_part::late_data).units > 0 ? 1U : 0U;
    seen.with_definition += m.part(movement_part::definition).units > 0 ? 1U : 0U;
    seen.with_people += m.part(movement_part::population).denominator != 0 ? 1U : 0U;
}

/// A cell that some run gave, the total among them.
std::vector<breakdown_value> some_key(random_source& random, const indicator_result& r) {
    return r.cells.empty() ? std::vector<breakdown_value>{} : random.pick(r.cells).key;
}

/// The rows as a later extract has them: some gone, some changed, some new.
std::vector<small::text_table> later_extract(random_source& random, const random_world::world& world) {
    std::vector<small::text_table> rows = world.rows;
    for (small::text_table& t : rows) {
        const table_schema& shape = world.tables.table(t.name);
        if (t.name == "coverage" || t.name == "population" || t.rows.empty()) continue;
        if (random.chance(50)) t.rows.erase(t.rows.begin() + static_cast<std::ptrdiff_t>(random.below(t.rows.size())));
        for (auto& row : t.rows) {
            const std::size_t c = random.below(row.size());
            if (random.chance(30)) row[c] = random_world::random_cell(random, world.tables, *shape.find(t.columns[c]));
        }
        if (random.chance(50) && !t.rows.empty()) t.rows.push_back(random.pick(t.rows));
    }
    return rows;
}

}  // namespace

TEST_CASE("the parts sum exactly to the change, for random definitions, rows, extracts and periods", "[long]") {
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
    constexpr std::uint64_t worlds = 40;
#else
    constexpr std::uint64_t worlds = 400;
#endif
    totals seen;
    for (std::uint64_t seed = 7'000'000; seed < 7'000'000 + worlds; ++seed) {
        random_source random(seed);
        const random_world::world world = random_world::random_world(random);
        const dataset early = small::built(world.tables, world.rows),
                      late = small::built(world.tables, later_extract(random, world));
        for (int d = 0; d < 10; ++d) {
            random_definition::generator generator(random, world.tables);
            indicator_set set = generator.definitions();
            // Most questions are about figures that can be taken apart; some are not, and must say so.
            for (int again = 0; again < 2 && !detail::is_made_of_units(set.indicators[0].measure.kind); ++again) set = generator.definitions();
            give_values(random, set, world.tables);
            const std::vector<period> periods = random_world::random_periods(random);
            INFO("seed " << seed << ", definition " << d);
            evaluation_request request;
            request.periods = periods;
            request.breakdowns = generator.breakdowns(set.indicators[0]);
            const results all = evaluate(world.tables, set, {"random.one"}, early, request);
            const std::vector<breakdown_value> key = some_key(random, all.indicators[0]);
            figure_question before{&set, "random.one", &early, random.pick(periods), key, {}},
                after{&set, "random.one", &early, random.pick(periods), key, {}};
            const movement m = what_moved(world.tables, before, after, true);
            check_laws(m, seen);
            seen.of_values += is_of_values(set.indicators[0].measure.kind) && m.comparable ? 1U : 0U;
            if (m.comparable) {
                // On the same rows by the same definition nothing is late and nothing defined anew …
                REQUIRE(m.part(movement_part::late_data) ==
                        moved_part{movement_part::late_data, 0, 0, 0, m.part(movement_part::late_data).value});
                REQUIRE(m.part(movement_part::definition) ==
                        moved_part{movement_part::definition, 0, 0, 0, m.part(movement_part::definition).value});
                // … and backwards in time the same moved the other way.
                const movement back = what_moved(world.tables, after, before, false);
                REQUIRE(back.part(movement_part::joined).units == m.part(movement_part::left).units);
                REQUIRE(back.part(movement_part::changed).numerator == -m.part(movement_part::changed).numerator);
                if (m.part(movement_part::unknown).value) {
                    REQUIRE(sum_of(*back.part(movement_part::unknown).value, *m.part(movement_part::unknown).value) ==
                            exact_ratio{0, 1});
                }
            }
            after.data = &late;
            if (random.chance(50)) after.parameters = {{"random.one:n", std::to_string(random.between(0, 24))}};
            check_laws(what_moved(world.tables, before, after, true), seen);
            random_definition::generator other_generator(random, world.tables);
            const indicator_set other = other_generator.definitions();
            before.key.clear();
            after = {&other, "random.one", random.chance(50) ? &early : &late, random.pick(periods), {}, {}};
            check_laws(what_moved(world.tables, before, after, true), seen);
        }
    }
    INFO(seen.compared << " compared, " << seen.split << " values split, " << seen.moved << " parts moved, "
                       << seen.with_late_data << " with late data, " << seen.with_definition
                       << " with another definition, " << seen.of_values << " of values, " << seen.with_people
                       << " with people");
    // A generator that moves nothing would prove nothing.
    CHECK(seen.compared > worlds * 6);
    CHECK(seen.split > worlds * 3);
    CHECK(seen.moved > worlds);
    CHECK(seen.with_late_data > worlds / 5);
    CHECK(seen.with_definition > worlds / 2);
    CHECK(seen.of_values > worlds / 20);
    CHECK(seen.with_people > worlds / 20);
}
