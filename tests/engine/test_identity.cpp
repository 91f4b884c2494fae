// Input hash, definition hash, and results that do not depend on the order of rows.
#include "random_definition.hpp"
#include "random_world.hpp"
#include "small_data.hpp"

#include <goldenthread/engine/definition_hash.hpp>
#include <goldenthread/engine/input_hash.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace small;

namespace {

std::string hash_of(const std::string& measure, const std::string& more = "", const std::vector<parameter_value>& parameters = {}) {
    const indicator_set set = definition(measure, more);
    return detail::hash_of_definition(detail::resolve_measure(canonical_schema(), set, set["test.one"], {}, parameters));
}

void shuffle(random_source& random, text_table& t) {
    for (std::size_t i = t.rows.size(); i > 1; --i) std::swap(t.rows[i - 1], t.rows[random.below(i)]);
    for (std::size_t i = t.columns.size(); i > 1; --i) {
        const std::size_t j = random.below(i);
        std::swap(t.columns[i - 1], t.columns[j]);
        for (auto& row : t.rows) std::swap(row[i - 1], row[j]);
    }
}

}  // namespace

TEST_CASE("the order of rows and columns changes no figure and not the input hash", "[long]") {
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        random_source random(seed + 77'000'000);
        random_world::world w = random_world::random_world(random);
        random_definition::generator generator(random, w.tables);
        for (int d = 0; d < 3; ++d) {
            const indicator_set set = generator.definitions();
            evaluation_request request;
            request.periods = random_world::random_periods(random);
            request.breakdowns = generator.breakdowns(set.indicators[0]);
            const results first = evaluate(w.tables, set, {"random.one"}, built(w.tables, w.rows), request);
            std::vector<text_table> shuffled = w.rows;
            for (text_table& t : shuffled) shuffle(random, t);
            const results second = evaluate(w.tables, set, {"random.one"}, built(w.tables, shuffled), request);
            INFO("seed " << seed << ", definition " << d << ": " << to_text(set.indicators[0].measure.where));
            REQUIRE(first.input_hash == second.input_hash);
            REQUIRE(first.indicators[0].cells == second.indicators[0].cells);
            REQUIRE(first.indicators[0].definition_hash == second.indicators[0].definition_hash);
            ++compared;
        }
    }
    CHECK(compared == 1200);
}

TEST_CASE("a column that no definition reads settles no tie") {
    // Two plans begin on one day: which of them is the last is decided by what the measure reads, not by `unread`.
    const std::string measure = R"({"kind": "count", "timing": "at", "of": "person", "where": "last(cp_plan by child_id order by start_date).latest_category = 'NEG'"})";
    const indicator_set set = definition(measure);
    const text_table person = written("person", "child_id", {"A"});
    const auto asked = [&](const std::string& columns, const std::vector<std::string>& rows) {
        return total(set, built({person, written("cp_plan", columns, rows)}), "2019-20").numerator.value();
    };
    const std::int64_t alone = asked("child_id start_date latest_category", {"A 2019-05-01 NEG", "A 2019-05-01 EMO"});
    CHECK(asked("child_id start_date latest_category end_date", {"A 2019-05-01 NEG 2019-06-01", "A 2019-05-01 EMO 2019-07-01"}) == alone);
    CHECK(asked("child_id start_date latest_category end_date", {"A 2019-05-01 NEG 2019-07-01", "A 2019-05-01 EMO 2019-06-01"}) == alone);
}

TEST_CASE("a cell is the same whichever breakdowns are asked for beside it") {
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        random_source random(seed + 66'000'000);
        const random_world::world w = random_world::random_world(random);
        const dataset data = built(w.tables, w.rows);
        random_definition::generator generator(random, w.tables);
        const indicator_set set = generator.definitions();
        evaluation_request request;
        request.periods = {random.pick(random_world::random_periods(random))};
        request.breakdowns = generator.breakdowns(set.indicators[0]);
        const std::vector<cell> together = evaluate(w.tables, set, {"random.one"}, data, request).indicators[0].cells;
        const std::vector<breakdown> asked = request.breakdowns;
        for (const breakdown& one : asked) {
            request.breakdowns = {one};
            const results alone = evaluate(w.tables, set, {"random.one"}, data, request);
            for (const cell& c : alone.indicators[0].cells) {
                const auto same_key = [&](const cell& other) { return other.key == c.key; };
                const auto found = std::find_if(together.begin(), together.end(), same_key);
                INFO("seed " << seed);
                REQUIRE(found != together.end());
                REQUIRE(*found == c);
                ++compared;
            }
        }
    }
    CHECK(compared > 1000);
}

TEST_CASE("the input hash tells rows apart") {
    const auto hash = [](const std::vector<text_table>& tables) { return hash_of_rows(built(tables)).text(); };
    const std::string columns = "cp_plan_id child_id start_date end_date";
    const std::string one = hash({written("cp_plan", columns, {"p A 2018-05-01 -", "q B 2018-05-02 -"})});
    CHECK(one == hash({written("cp_plan", columns, {"q B 2018-05-02 -", "p A 2018-05-01 -"})}));
    CHECK(one == hash({written("cp_plan", "start_date child_id cp_plan_id", {"2018-05-01 A p", "2018-05-02 B q"})}));
    CHECK(one != hash({written("cp_plan", columns, {"p B 2018-05-01 -", "q A 2018-05-02 -"})}));
    CHECK(one != hash({written("cp_plan", columns, {"p A - 2018-05-01", "q B 2018-05-02 -"})}));
    CHECK(one != hash({written("cp_plan", columns, {"p A 2018-05-01 -", "q B 2018-05-02 -", "q B 2018-05-02 -"})}));
    CHECK(one != hash({written("cin_plan", "cin_plan_id child_id start_date end_date", {"p A 2018-05-01 -", "q B 2018-05-02 -"})}));
}

TEST_CASE("the definition hash changes with the meaning and with nothing else") {
    const std::string base = hash_of(count_at("cp_plan", "start_date < as_at - 12 months and end_date is null"));
    CHECK(base == hash_of(count_at("cp_plan", "(start_date<as_at-12 month) and   end_date is null")));
    CHECK(base == hash_of(count_at("cp_plan", "start_date < as_at - 12 months and end_date is null"), R"("definition": "words", "pitfalls": ["p"], )"));
    CHECK(base == hash_of(count_at("cp_plan as q", "q.start_date < as_at - 12 months and q.end_date is null")));
    for (const char* other : {"start_date <= as_at - 12 months and end_date is null", "start_date < as_at - 13 months and end_date is null",
                              "start_date < as_at - 12 weeks and end_date is null", "start_date < as_at - 12 months or end_date is null",
                              "start_date < as_at - 12 months", "start_date < period.last - 12 months and end_date is null",
                              "end_date < as_at - 12 months and end_date is null"}) {
        INFO(other);
        CHECK(base != hash_of(count_at("cp_plan", other)));
    }
    CHECK(base != hash_of(count_in("cp_plan", "start_date < as_at - 12 months and end_date is null")));
    CHECK(base != hash_of(count_at("cp_plan", "start_date < as_at - 12 months and end_date is null"), R"("conventions": {"month_add": "roll_forward"}, )"));
    const std::string months = R"("parameters": {"months": {"default": 12}}, )", by_parameter = count_at("cp_plan", "start_date < as_at - :months months and end_date is null");
    CHECK(base == hash_of(by_parameter, months));
    CHECK(base != hash_of(by_parameter, months, {{"months", "24"}}));
    // A follow-up begins on the event's day: which day that is belongs to the meaning.
    const auto with_event = [](const std::string& event) {
        return R"json({"kind": "count", "timing": "in", "of": "cp_plan", "where": "during(start_date)", "event_day": ")json" + event + R"(", "follow_up": {"referral": "6 months"}})";
    };
    CHECK(hash_of(with_event("start_date")) != hash_of(with_event("end_date")));
    for (const char* list : {"latest_category in ('NEG', 'SAB')", "latest_category in ('NEG', 'PHY')", "latest_category in ('NEG')"}) {
        CHECK(hash_of(count_at("cp_plan", list)) != base);
    }
    CHECK(hash_of(count_at("cp_plan", "latest_category in ('NEG', 'SAB')")) == hash_of(count_at("cp_plan", "latest_category in ('SAB', 'NEG', 'SAB')")));
}
