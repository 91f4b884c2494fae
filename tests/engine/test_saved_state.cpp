// A saved engine: it resumes, it holds no identifier, and no bytes can do harm.
#include "random_source.hpp"
#include "same_results.hpp"
#include "small_data.hpp"

#include "engine/engine_state_file.hpp"

#include <goldenthread/data/hide_identities.hpp>
#include <goldenthread/engine/engine.hpp>
#include <goldenthread/engine/pseudonyms.hpp>

#include <string>
#include <vector>

using namespace goldenthread;
using namespace small;
using Catch::Contains;

namespace {

const std::string key = "sixteen bytes or more", other_key = "another sixteen bytes";

evaluation_request years() {
    evaluation_request request;
    request.periods = {parse_period("2018-19"), parse_period("2019-20")};
    request.breakdowns = {{"latest_category"}};
    return request;
}

/// A measure that keeps rows, one that counts them at once, and one that keeps a histogram.
indicator_set three_measures() {
    indicator_set set = definition(
        R"json({"kind": "distinct", "timing": "at", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)"})json");
    parse_indicators(set, R"json({"format": "goldenthread/indicators@1", "indicators": [
        {"id": "test.two", "title": "Two", "measure": {"kind": "count", "timing": "at", "of": "cp_plan", "where": "open(start_date, end_date)"}},
        {"id": "test.three", "title": "Three", "measure": {"kind": "median", "timing": "in", "of": "cp_plan", "where": "during(end_date)", "value": "end_date - start_date"}}
    ]})json",
                     "more.indicators.json");
    return set;
}

engine made(const std::string& with_key, const indicator_set& set = three_measures()) {
    return {set, set.ids(), years(), {with_key}};
}

dataset batch(const std::vector<std::string>& rows) {
    dataset data = built({written("cp_plan", "cp_plan_id child_id start_date end_date latest_category", rows),
                          written("coverage", "table_name first_day last_day", {"cp_plan 2018-04-01 2020-03-31"})});
    data.set_area("Exampleshire");
    return data;
}

const std::vector<std::string> first_rows = {"plan-001 Alice-Example 2018-05-01 2019-05-01 NEG",
                                             "plan-002 - 2018-05-01 - -"};
const std::vector<std::string> more_rows = {"plan-003 Alice-Example 2019-06-01 - EMO",
                                            "plan-004 Bob-Example - 2019-06-01 NEG"};

std::string refusal(engine e, std::string_view saved) {
    const engine before = e;
    try {
        e.load(saved);
    } catch (const data_error& problem) {
        REQUIRE(e == before);
        return problem.what();
    }
    return "no error";
}

/// Bytes under a true checksum.
std::string rewrapped(const engine& e, const std::string& bytes) {
    const std::string saved = e.save();
    const detail::state_header header = detail::read_state_header(saved);
    return detail::with_state_header(bytes, header.plan_hash, header.key_mark);
}

}  // namespace

TEST_CASE("a saved engine goes on where it was") {
    engine e = made(key);
    e.update(batch(first_rows));
    engine resumed = made(key);
    resumed.load(e.save());
    CHECK(resumed == e);
    CHECK(resumed.save() == e.save());
    e.update(batch(more_rows));
    resumed.update(batch(more_rows));
    CHECK(resumed == e);
    require_same_results(resumed.finish(), e.finish());
    std::vector<std::string> all = first_rows;
    all.insert(all.end(), more_rows.begin(), more_rows.end());
    const indicator_set set = three_measures();
    require_same_results(e.finish(),
                         evaluate(set, set.ids(), pseudonymised(batch(all), canonical_schema(), key), years()));
    // Here no identifier decides anything: the figures are those of the names themselves.
    CHECK(e.finish().indicators[0].cells == evaluate(set, set.ids(), batch(all), years()).indicators[0].cells);
    engine empty = made(key), nothing = empty;
    empty.update(batch(more_rows));
    empty.load(nothing.save());
    CHECK(empty == nothing);
}

TEST_CASE("readers and engines replace the same identifiers") {
    const dataset rows = built(
        {written("cp_plan", "cp_plan_id child_id start_date end_date latest_category", first_rows),
         written("audit", "audit_id audit_date subject_table subject_id", {"audit-1 2018-05-01 cp_plan plan-001"}),
         written("coverage", "table_name first_day last_day", {"cp_plan 2018-04-01 2020-03-31"}),
         written("action", "action_id plan_item title status_date", {"action-1 P1.A1 Title 2018-05-01"})});
    const dataset read = with_pseudonyms(rows, key);
    const dataset counted = pseudonymised(rows, canonical_schema(), key);
    std::size_t replaced = 0;
    for (const auto& [name, t] : rows.tables()) {
        for (const column& c : t.columns()) {
            if (!is_text_type(c.type())) continue;
            for (std::size_t row = 0; row < t.row_count(); ++row) {
                INFO(name << "." << c.name());
                REQUIRE(read[name][c.name()].is_null(row) == c.is_null(row));
                if (c.is_null(row)) continue;
                CHECK(read[name][c.name()].text_at(row) == counted[name][c.name()].text_at(row));
                replaced += read[name][c.name()].text_at(row) == c.text_at(row) ? 0U : 1U;
            }
        }
    }
    CHECK(replaced == 5);  // two plans, one child, one audit and its subject
}

TEST_CASE("a saved engine holds no identifier, and cannot be saved without a key") {
    engine e = made(key);
    e.update(batch(first_rows)).update(batch(more_rows));
    const std::string saved = e.save();
    for (const char* name : {"Alice", "Bob", "plan-001", "plan-004", key.c_str()}) {
        INFO(name);
        CHECK(saved.find(name) == std::string::npos);
    }
    CHECK(saved.find(keyed_hash(key).of("Alice-Example")) != std::string::npos);
    CHECK(saved.substr(0, saved.find('\n')).find(R"("format": "goldenthread/engine_state@1")") != std::string::npos);
    try {
        static_cast<void>(made("").save());
        FAIL("saved");
    } catch (const disclosure_error& problem) {
        CHECK(std::string(problem.what()) ==
              "a saved state would hold the identifiers of children\n  make the engine with a pseudonym_key; the state "
              "then holds pseudonyms");
    }
}

TEST_CASE("without the key a saved engine is computed and joined, and takes no more rows") {
    engine e = made(key), f = made(key);
    e.update(batch(first_rows));
    f.update(batch({"plan-003 Cleo-Example 2019-06-01 - EMO"}));
    engine middle = made(""), other = made("");
    middle.load(e.save());
    other.load(f.save());
    require_same_results((middle + other).finish(), (e + f).finish());
    CHECK((middle + other).save() == (e + f).save());
    CHECK_THROWS_WITH(middle.update(batch(more_rows)), Contains("without their key no rows can be added"));
    CHECK_THROWS_AS(middle += made(""), definition_error);
    CHECK_THAT(refusal(made(other_key), e.save()), Contains("this state was saved under another pseudonym key"));
}

TEST_CASE("a state of another engine is refused") {
    engine e = made(key);
    e.update(batch(first_rows));
    CHECK_THAT(refusal(made(key, definition(count_at("cp_plan", "true"))), e.save()),
               Contains("saved by an engine that computes something else"));
}

TEST_CASE("a newer or foreign file is refused by name") {
    std::string saved = made(key).save();
    const std::string format = "engine_state@1";
    const std::size_t at = saved.find(format);
    CHECK_THAT(refusal(made(key), std::string(saved).replace(at, format.size(), "engine_state@2")),
               Contains("newer than this program reads"));
    CHECK_THAT(refusal(made(key), std::string(saved).replace(at, format.size(), "release@1")),
               Contains("goldenthread/release@1"));
    CHECK_THAT(refusal(made(key), "id,date\n1,2\n"), Contains("saved engine state"));
    CHECK_THAT(refusal(made(key), ""), Contains("this is not a saved engine state"));
    CHECK_THAT(refusal(made(key), std::string(saved).replace(saved.find("\"plan\""), 6, "\"plot\"")), Contains("plot"));
}

TEST_CASE("every truncated or changed file is refused") {
    engine e = made(key);
    e.update(batch(first_rows)).update(batch(more_rows));
    const std::string saved = e.save();
    for (std::size_t size = 0; size < saved.size(); size += 1 + size / 40) {
        INFO("cut after " << size);
        REQUIRE(refusal(made(key), saved.substr(0, size)) != "no error");
    }
    CHECK_THAT(refusal(made(key), saved.substr(0, saved.size() - 1)),
               Contains("this saved engine state is damaged: it has"));
    CHECK_THAT(refusal(made(key), saved + "x"), Contains("is damaged"));
    random_source random(7);
    const std::size_t line = saved.find('\n');
    for (int i = 0; i < 300; ++i) {
        std::string changed = saved;
        const std::size_t at = line + 1 + random.below(saved.size() - line - 1);
        changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1 + random.below(255)));
        INFO("byte " << at);
        REQUIRE_THAT(refusal(made(key), changed), Contains("its checksum does not fit"));
    }
}

TEST_CASE("bytes that were changed under a true checksum are refused, or are a state: never more", "[long]") {
    engine e = made(key);
    e.update(batch(first_rows)).update(batch(more_rows));
    const std::string saved = e.save();
    const std::string bytes(detail::read_state_header(saved).bytes);
    random_source random(11);
    std::size_t refused = 0, loaded = 0;
    for (int i = 0; i < 4000; ++i) {
        std::string changed = bytes;
        for (int n = random.between(1, 4); n > 0; --n) {
            const std::size_t at = random.below(changed.size());
            switch (random.below(3)) {
                case 0:
                    changed[at] = static_cast<char>(random.below(256));
                    break;
                case 1:
                    changed.erase(at, 1 + random.below(9));
                    break;
                default:
                    changed.insert(at, changed.substr(random.below(changed.size()), 1 + random.below(9)));
                    break;
            }
        }
        engine other = made(key);
        try {
            other.load(rewrapped(e, changed));
        } catch (const data_error& problem) {
            CHECK_THAT(problem.what(), Contains("this saved engine state is damaged"));
            ++refused;
            continue;
        }
        ++loaded;
        try {
            static_cast<void>(other.finish());
        } catch (const error&) {
            // Numbers may be too large for the definitions: a refusal like any other.
        }
    }
    CHECK(refused > 2000);
    CHECK(loaded > 0);
}
