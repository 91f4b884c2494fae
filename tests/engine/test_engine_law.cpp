// The law of the engine: however rows are divided into batches, engines, threads and saved states, the figures are
// those of `evaluate` for all rows together; and those are the reference engine's. GOLDENTHREAD_PROPERTY_RUNS sets how
// many questions are asked, GOLDENTHREAD_PROPERTY_SEED where they begin.
#include "random_definition.hpp"
#include "random_world.hpp"
#include "same_results.hpp"

#include <goldenthread/engine/engine.hpp>
#include <goldenthread/engine/engine_plan.hpp>
#include <goldenthread/engine/pseudonyms.hpp>
#include <goldenthread/engine/run_plan.hpp>

#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace goldenthread;
using namespace small;

namespace {

const std::string key = "0123456789abcdef of a test";

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
constexpr std::uint64_t usual_questions = 150;
#else
constexpr std::uint64_t usual_questions = 3000;
#endif

struct question {
    random_world::world data;
    indicator_set set;
    evaluation_request request;

    [[nodiscard]] dataset whole() const { return built(data.tables, data.rows); }
    [[nodiscard]] results answer() const { return evaluate(data.tables, set, {"random.one"}, whole(), request); }
    [[nodiscard]] engine ask(engine_options options = {}) const {
        return {data.tables, set, {"random.one"}, request, std::move(options)};
    }
};

bool counts_days(const measure& m) {
    if (m.timing == measure_timing::over) return true;
    return (m.upper && (counts_days(*m.upper) || counts_days(*m.lower))) ||
           (m.profile_measure && counts_days(*m.profile_measure));
}

question random_question(random_source& random) {
    question q;
    q.data = random_world::random_world(random);
    random_definition::generator definitions(random, q.data.tables);
    q.set = definitions.definitions();
    const indicator& one = q.set.indicators[0];
    q.request.periods =
        counts_days(one.measure) ? random_world::short_periods(random) : random_world::random_periods(random);
    // Periods in any order are several axes.
    if (random.chance(20)) q.request.periods.push_back(q.request.periods.front());
    q.request.breakdowns = definitions.breakdowns(one);
    return q;
}

/// Rows dealt out by `place_of`; a table without rows goes to the first.
std::vector<std::vector<text_table>> dealt(const std::vector<text_table>& all, std::size_t parts,
                                           const std::function<std::size_t(const text_table&, std::size_t)>& place_of) {
    std::vector<std::vector<text_table>> result(parts);
    for (const text_table& t : all) {
        std::vector<text_table> own(parts, text_table{t.name, t.columns, {}});
        for (std::size_t row = 0; row < t.rows.size(); ++row) own[place_of(t, row)].rows.push_back(t.rows[row]);
        for (std::size_t p = 0; p < parts; ++p) {
            if (!own[p].rows.empty() || (p == 0 && t.rows.empty())) result[p].push_back(std::move(own[p]));
        }
    }
    return result;
}

run_options on_some_threads(random_source& random) {
    run_options options;
    const std::size_t threads = random.pick(std::vector<std::size_t>{0, 1, 2, 3, 8});
    if (threads > 0) options.executor = on_threads(threads);
    return options;
}

/// Small tables may come with every batch.
void give_broadcast_tables_again(random_source& random, const question& q, std::vector<text_table>& batch) {
    for (const text_table& t : q.data.rows) {
        const bool there =
            std::any_of(batch.begin(), batch.end(), [&](const text_table& own) { return own.name == t.name; });
        if (detail::is_broadcast(t.name) && !there && random.chance(50)) batch.push_back(t);
    }
}

/// Which share each row goes to, so that no value of a tie is in two: rows that share a value, or a chain of them, go
/// together; a row that nothing ties goes anywhere.
class fair_dealer {
public:
    fair_dealer(random_source& random, const std::vector<text_table>& all, detail::partition_key ties,
                std::size_t shares)
        : random_(random), ties_(std::move(ties)), shares_(shares) {
        for (const text_table& t : all) {
            for (std::size_t row = 0; row < t.rows.size(); ++row) {
                const std::vector<std::string> values = values_of(t, row);
                for (const std::string& value : values) parent_[find(value)] = find(values.front());
            }
        }
    }
    [[nodiscard]] std::size_t operator()(const text_table& t, std::size_t row) {
        const std::vector<std::string> values = values_of(t, row);
        if (values.empty()) return random_.below(shares_);
        return places_.emplace(find(values.front()), random_.below(shares_)).first->second;
    }

private:
    [[nodiscard]] std::vector<std::string> values_of(const text_table& t, std::size_t row) const {
        std::vector<std::string> values;
        for (std::size_t i = 0; i < ties_.size(); ++i) {
            for (const auto& [table, column] : ties_[i]) {
                const auto at = std::find(t.columns.begin(), t.columns.end(), column);
                if (table != t.name || at == t.columns.end()) continue;
                const text_cell& value = t.rows[row][static_cast<std::size_t>(at - t.columns.begin())];
                if (value) values.push_back(std::to_string(i) + " " + *value);
            }
        }
        return values;
    }
    [[nodiscard]] std::string find(const std::string& value) {
        const auto at = parent_.emplace(value, value).first;
        return at->second == value ? value : find(at->second);
    }

    random_source& random_;
    detail::partition_key ties_;
    std::size_t shares_;
    std::map<std::string, std::string> parent_;
    std::map<std::string, std::size_t> places_;
};

template <class Check>
std::uint64_t ask_many(std::uint64_t first_seed, std::uint64_t questions, Check&& check) {
    std::uint64_t with_figures = 0;
    for (std::uint64_t seed = first_seed; seed < first_seed + questions; ++seed) {
        random_source random(seed);
        const question q = random_question(random);
        INFO("seed " << seed);
        with_figures += check(random, q) ? 1U : 0U;
    }
    return with_figures;
}

bool has_figures(const results& r) {
    const std::vector<cell>& cells = r.indicators.front().cells;
    return std::any_of(cells.begin(), cells.end(),
                       [](const cell& c) { return c.numerator.value_or(0) + c.unknown + c.excluded + c.immature > 0; });
}

const std::uint64_t runs = number_from_environment("GOLDENTHREAD_PROPERTY_RUNS", usual_questions);
const std::uint64_t base = number_from_environment("GOLDENTHREAD_PROPERTY_SEED", 1) + 500'000'000;

}  // namespace

TEST_CASE("any batches in any order on any threads give the figures of all rows, and of the reference engine") {
    const std::uint64_t found = ask_many(base, runs, [](random_source& random, const question& q) {
        const results expected = q.answer();
        const std::size_t count = random.below(5) + 1;
        std::vector<std::vector<text_table>> batches =
            dealt(q.data.rows, count, [&](const text_table&, std::size_t) { return random.below(count); });
        for (std::vector<text_table>& batch : batches) give_broadcast_tables_again(random, q, batch);
        for (std::size_t i = count; i-- > 1;) std::swap(batches[i], batches[random.below(i + 1)]);
        engine e = q.ask();
        for (const std::vector<text_table>& batch : batches)
            e.update(built(q.data.tables, batch), on_some_threads(random));
        require_same_results(e.finish(on_some_threads(random)), expected);
        // One batch or many: the same state.
        engine at_once = q.ask();
        at_once.update(q.whole());
        REQUIRE(e == at_once);
        if (q.request.periods.size() > 1) {
            question other = q;
            other.request.force_reference = true;
            engine slow = other.ask();
            for (const std::vector<text_table>& batch : batches) slow.update(built(q.data.tables, batch));
            REQUIRE(slow.finish().indicators.front().cells == expected.indicators.front().cells);
        }
        return has_figures(expected);
    });
    CHECK(found * 4 > runs);
}

TEST_CASE("engines of rows divided by the partition key join, and part again") {
    std::uint64_t joined_engines = 0;
    const std::uint64_t found = ask_many(base + 100'000'000, runs, [&](random_source& random, const question& q) {
        const results expected = q.answer();
        const detail::engine_plan plan = detail::make_engine_plan(std::make_shared<const schema>(q.data.tables), q.set,
                                                                  {"random.one"}, q.request, false);
        detail::partition_key ties;
        for (const auto& part : plan.parts.front()) {
            if (!part || part->stands_alone()) continue;
            if (part->key.empty()) return false;
            ties.insert(ties.end(), part->key.begin(), part->key.end());
        }
        ++joined_engines;
        const std::size_t count = random.below(3) + 2;
        fair_dealer place_of(random, q.data.rows, ties, count);
        std::vector<engine> engines(count, q.ask());
        std::vector<std::vector<text_table>> shares = dealt(q.data.rows, count, std::ref(place_of));
        for (std::size_t i = 0; i < count; ++i) {
            give_broadcast_tables_again(random, q, shares[i]);
            engines[i].update(built(q.data.tables, shares[i]));
        }
        engine all = engines[0];
        for (std::size_t i = 1; i < count; ++i) all += engines[i];
        require_same_results(all.finish(), expected);
        engine backwards = engines[count - 1];
        for (std::size_t i = count - 1; i-- > 0;) backwards += engines[i];
        REQUIRE(backwards == all);
        for (std::size_t i = count; i-- > 1;) all -= engines[i];
        REQUIRE(all == engines[0]);
        require_same_results(all.finish(), engines[0].finish());
        return has_figures(expected);
    });
    CHECK(joined_engines * 4 > runs);
    CHECK(found * 8 > runs);
}

TEST_CASE("what a partition key divides can be counted apart and added up") {
    std::uint64_t divided = 0;
    ask_many(base + 200'000'000, runs, [&](random_source& random, const question& q) {
        const detail::engine_plan plan = detail::make_engine_plan(std::make_shared<const schema>(q.data.tables), q.set,
                                                                  {"random.one"}, q.request, false);
        for (const auto& part : plan.parts.front()) {
            if (!part || part->stands_alone() || part->key.empty()) continue;
            ++divided;
            fair_dealer place_of(random, q.data.rows, part->key, 2);
            const auto counted = [&](const std::vector<text_table>& rows, detail::exact_counts& into) {
                std::vector<text_table> complete = rows;  // a table is supplied to both or to none
                for (const text_table& t : q.data.rows) {
                    const bool there = std::any_of(rows.begin(), rows.end(),
                                                   [&](const text_table& own) { return own.name == t.name; });
                    if (!there) complete.push_back({t.name, t.columns, {}});
                }
                const dataset data = built(q.data.tables, complete);
                detail::prepared_dataset prepared(data, q.data.tables);
                const detail::bound_measure bound(*part->measure, prepared);
                into.add(detail::count_by_reference(bound, plan.compiled.points.front()), prepared.texts());
            };
            detail::exact_counts whole(part->measure->breakdowns.size() + 1), parted = whole;
            counted(q.data.rows, whole);
            for (const std::vector<text_table>& share : dealt(q.data.rows, 2, std::ref(place_of)))
                counted(share, parted);
            REQUIRE(parted == whole);
        }
        return true;
    });
    CHECK(divided * 4 > runs);
}

TEST_CASE("with a key the figures are those of pseudonyms, also through a saved state") {
    std::uint64_t refused = 0;
    const std::uint64_t found = ask_many(base + 300'000'000, runs, [&](random_source& random, const question& q) {
        std::optional<engine> made;
        try {
            made = q.ask({key});
        } catch (const definition_error&) {
            ++refused;  // it looks at what identifiers say
            return false;
        }
        const dataset renamed = pseudonymised(q.whole(), q.data.tables, key);
        const results expected = evaluate(q.data.tables, q.set, {"random.one"}, renamed, q.request);
        const std::size_t count = random.below(4) + 1;
        const std::vector<std::vector<text_table>> batches =
            dealt(q.data.rows, count, [&](const text_table&, std::size_t) { return random.below(count); });
        engine& e = *made;
        for (const std::vector<text_table>& batch : batches) {
            e.update(built(q.data.tables, batch), on_some_threads(random));
            if (!random.chance(60)) continue;
            engine resumed = q.ask({key});
            resumed.load(e.save());
            REQUIRE(resumed == e);
            REQUIRE(resumed.save() == e.save());
            e = std::move(resumed);
        }
        require_same_results(e.finish(), expected);
        engine elsewhere = q.ask();  // without the key: it may compute, not add rows
        elsewhere.load(e.save());
        require_same_results(elsewhere.finish(), expected);
        CHECK_THROWS_AS(elsewhere.update(dataset()), data_error);
        for (const char* name : {"k0", "k1", "k2", "k3", "r0", "r1"}) {
            // No identifier is in the bytes: each would stand there after its length.
            const std::string held = std::string("\x02\0\0\0\0\0\0\0", 8) + name;
            REQUIRE(e.save().find(held) == std::string::npos);
        }
        return has_figures(expected);
    });
    CHECK(found * 8 > runs);
    CHECK(refused > 0);
}

TEST_CASE("explain_how names the reference path just where it is taken") {
    std::uint64_t by_reference = 0;
    ask_many(base + 400'000'000, runs, [&](random_source&, const question& q) {
        const indicator_how one = q.ask().explain_how().indicators.front();
        REQUIRE((one.path == "interval") == one.why_reference.empty());
        const indicator_result answered = q.answer().indicators.front();
        REQUIRE((one.path == answered.path || !answered.tables_missing.empty()));
        by_reference += one.path == "interval" ? 0U : 1U;
        return true;
    });
    CHECK(by_reference > 0);
}
