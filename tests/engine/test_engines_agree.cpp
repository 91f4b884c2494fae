// The interval engine against the reference engine on random definitions, data and periods. A question on which they
// differ is made small and printed as a file for regressions/, where it is asked again in every run.
// GOLDENTHREAD_PROPERTY_RUNS sets how many comparisons are made, GOLDENTHREAD_PROPERTY_SEED where they begin.
#include "question.hpp"
#include "random_definition.hpp"

#include "core/json_document.hpp"

#include <goldenthread/engine/run_plan.hpp>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace goldenthread;
using engine_question::question;

constexpr const char* id = engine_question::indicator_id;

std::vector<detail::time_point> axis_of(const std::vector<period>& periods) {
    std::vector<detail::time_point> axis;
    for (const period& p : periods) axis.push_back(detail::point_of(p));
    return axis;
}

/// Tallies without cells that are zero throughout, keys as text.
using readable_tallies = std::map<std::string, std::vector<detail::tally>>;

readable_tallies readable(const detail::tallies& all, const detail::text_pool& texts) {
    readable_tallies result;
    for (std::size_t b = 0; b < all.size(); ++b) {
        for (const auto& [key, counts] : all[b]) {
            if (std::all_of(counts.begin(), counts.end(), [](const detail::tally& t) { return t == detail::tally{}; })) continue;
            std::string name = "breakdown " + std::to_string(b);
            for (const std::int64_t part : key) name += " / " + (part == detail::no_category ? std::string("(null)") : texts.text(part));
            result[name] = counts;
        }
    }
    return result;
}

std::string difference(const readable_tallies& fast, const readable_tallies& slow, const std::vector<period>& periods) {
    std::ostringstream out;
    const auto shown = [](const detail::tally& t) {
        std::ostringstream text;
        text << "counted " << t.counted << ", numerator " << t.numerator << ", unknown " << t.unknown << ", excluded " << t.excluded << ", immature " << t.immature
             << ", people " << t.people;
        for (const auto& [value, rows] : t.values) text << ", " << value << " x " << rows;
        return text.str();
    };
    const auto at = [](const readable_tallies& all, const std::string& key, std::size_t p) {
        const auto found = all.find(key);
        return found == all.end() ? detail::tally{} : found->second[p];
    };
    std::map<std::string, bool> keys;
    for (const auto& entry : fast) keys[entry.first] = true;
    for (const auto& entry : slow) keys[entry.first] = true;
    for (const auto& entry : keys) {
        for (std::size_t p = 0; p < periods.size(); ++p) {
            const detail::tally a = at(fast, entry.first, p), b = at(slow, entry.first, p);
            if (a == b) continue;
            out << entry.first << ", " << periods[p].label << ": interval " << shown(a) << "; reference " << shown(b) << "\n";
        }
    }
    return out.str();
}

struct comparison {
    bool compared = false;   ///< the definition has an interval form
    std::string difference;  ///< empty = the engines agree
    std::size_t cells = 0;
    bool computed = false;   ///< some cell is not zero
};

/// Counts on both engines.
comparison compare_tallies(const question& q) {
    comparison result;
    const dataset data = q.rows();
    detail::prepared_dataset prepared(data, q.data.tables);
    const detail::resolved_measure m = detail::resolve_measure(q.data.tables, q.set, q.set[id], q.breakdowns, {});
    std::vector<detail::resolved_measure> parts = {m};
    if (m.censored) parts.push_back(detail::waiting_rows(m));
    if (m.lower) parts.push_back(*m.lower);
    if (m.profile_measure) parts.push_back(*m.profile_measure);
    const std::vector<detail::time_point> axis = axis_of(q.periods);
    for (const detail::resolved_measure& part : parts) {
        if (!detail::measure_has_steps(part)) continue;
        result.compared = true;
        const detail::bound_measure bound(part, prepared);
        const readable_tallies fast = readable(detail::count_by_intervals(bound, axis), prepared.texts());
        const readable_tallies slow = readable(detail::count_by_reference(bound, axis), prepared.texts());
        result.cells += slow.size() * q.periods.size();
        result.computed = result.computed || !slow.empty();
        if (fast != slow) result.difference += difference(fast, slow, q.periods);
    }
    return result;
}

std::string shown(const cell& c) {
    std::ostringstream out;
    for (const breakdown_value& v : c.key) out << v.dimension << "=" << v.category.value_or("(null)") << " ";
    out << to_text(c.state) << " n=" << c.numerator.value_or(-1) << " d=" << c.denominator.value_or(-1) << " u=" << c.unknown
        << " e=" << c.excluded << " i=" << c.immature << " w=" << c.censored << " below u=" << c.denominator_unknown << " e=" << c.denominator_excluded
        << " units=" << c.units.value_or(-1) << " " << c.reason;
    if (c.value) out << " value " << c.value->numerator << "/" << c.value->denominator;
    return out.str();
}

/// Whole results, with coverage, population and follow-up, on both engines.
comparison compare_results(const question& q) {
    comparison result;
    const dataset data = q.rows();
    evaluation_request request = q.request();
    const results fast = evaluate(q.data.tables, q.set, {id}, data, request);
    request.force_reference = true;
    const results slow = evaluate(q.data.tables, q.set, {id}, data, request);
    const std::vector<cell>&a = fast.indicators[0].cells, &b = slow.indicators[0].cells;
    result.compared = fast.indicators[0].path == "interval";
    result.cells = a.size();
    if (a.size() != b.size()) result.difference = "different numbers of cells\n";
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        result.computed = result.computed || b[i].numerator.value_or(0) + b[i].unknown + b[i].excluded + b[i].immature > 0;
        if (!(a[i] == b[i])) result.difference += q.periods[b[i].period_index].label + ": interval " + shown(a[i]) + "; reference " + shown(b[i]) + "\n";
    }
    return result;
}

std::string compare_safely(const question& q, const std::function<comparison(const question&)>& compare) {
    try {
        return compare(q).difference;
    } catch (const error&) {
        return {};  // a smaller question must still be a question
    }
}

// --- making a failure small -------------------------------------------------------------------

bool keep_if_it_still_fails(question& q, question smaller, const std::function<comparison(const question&)>& compare) {
    if (compare_safely(smaller, compare).empty()) return false;
    q = std::move(smaller);
    return true;
}

bool drop_rows(question& q, const std::function<comparison(const question&)>& compare) {
    bool changed = false;
    for (std::size_t t = 0; t < q.data.rows.size(); ++t) {
        for (std::size_t r = q.data.rows[t].rows.size(); r-- > 0;) {
            question smaller = q;
            smaller.data.rows[t].rows.erase(smaller.data.rows[t].rows.begin() + static_cast<std::ptrdiff_t>(r));
            changed = keep_if_it_still_fails(q, std::move(smaller), compare) || changed;
        }
    }
    return changed;
}

bool drop_columns(question& q, const std::function<comparison(const question&)>& compare) {
    bool changed = false;
    for (std::size_t t = 0; t < q.data.rows.size(); ++t) {
        for (std::size_t c = q.data.rows[t].columns.size(); c-- > 0;) {
            if (q.data.rows[t].columns.size() == 1) break;
            question smaller = q;
            auto& table = smaller.data.rows[t];
            table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(c));
            for (auto& row : table.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(c));
            changed = keep_if_it_still_fails(q, std::move(smaller), compare) || changed;
        }
    }
    return changed;
}

bool drop_periods(question& q, const std::function<comparison(const question&)>& compare) {
    bool changed = false;
    for (std::size_t p = q.periods.size(); p-- > 0 && q.periods.size() > 1;) {
        question smaller = q;
        smaller.periods.erase(smaller.periods.begin() + static_cast<std::ptrdiff_t>(p));
        changed = keep_if_it_still_fails(q, std::move(smaller), compare) || changed;
    }
    for (std::size_t b = q.breakdowns.size(); b-- > 0;) {
        question smaller = q;
        smaller.breakdowns.erase(smaller.breakdowns.begin() + static_cast<std::ptrdiff_t>(b));
        changed = keep_if_it_still_fails(q, std::move(smaller), compare) || changed;
    }
    return changed;
}

/// Each expression with one of its parts in its own place, at any depth.
std::vector<expression> simpler(const expression& e) {
    std::vector<expression> result(e->children.begin(), e->children.end());
    for (const bool value : {true, false}) {
        if (e->size > 1) result.push_back(random_definition::truth_of(value));
    }
    for (std::size_t i = 0; i < e->children.size(); ++i) {
        for (expression& child : simpler(e->children[i])) {
            expression_node copy = *e;
            copy.children[i] = std::move(child);
            result.push_back(detail::make_expression(std::move(copy)));
        }
    }
    if (e->related && !e->related->source.where.empty()) {
        for (expression& where : simpler(e->related->source.where)) {
            auto related = std::make_shared<related_rows>(*e->related);
            related->source.where = std::move(where);
            expression_node copy = *e;
            copy.related = std::move(related);
            result.push_back(detail::make_expression(std::move(copy)));
        }
    }
    return result;
}

bool simplify_definition(question& q, const std::function<comparison(const question&)>& compare) {
    bool changed = false;
    for (expression measure::*slot : {&measure::exclude, &measure::immature, &measure::where, &measure::numerator, &measure::value, &measure::censored, &measure::earlier}) {
        const expression now = q.set.indicators[0].measure.*slot;
        if (now.empty()) continue;
        std::vector<expression> candidates = simpler(now);
        if (slot == &measure::exclude || slot == &measure::immature) candidates.insert(candidates.begin(), expression());
        std::sort(candidates.begin(), candidates.end(),
                  [](const expression& a, const expression& b) { return (a.empty() ? 0U : a->size) < (b.empty() ? 0U : b->size); });
        for (expression& candidate : candidates) {
            question smaller = q;
            smaller.set.indicators[0].measure.*slot = std::move(candidate);
            if (keep_if_it_still_fails(q, std::move(smaller), compare)) {
                changed = true;
                break;
            }
        }
    }
    return changed;
}

void shrink(question& q, const std::function<comparison(const question&)>& compare) {
    for (int round = 0; round < 30; ++round) {
        bool changed = drop_periods(q, compare);
        changed = drop_rows(q, compare) || changed;
        changed = drop_columns(q, compare) || changed;
        changed = simplify_definition(q, compare) || changed;
        if (!changed) return;
    }
}

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
constexpr std::uint64_t usual_runs = 1500;
#else
constexpr std::uint64_t usual_runs = 40'000;
#endif

/// Asks `runs` questions; several definitions and axes for each world, since worlds are dear.
void compare_many(std::uint64_t runs, std::uint64_t seed, const std::function<comparison(const question&)>& compare) {
    std::uint64_t compared = 0, asked = 0, computed = 0;
    std::size_t cells = 0;
    for (std::uint64_t world_seed = seed; compared < runs; ++world_seed) {
        random_source random(world_seed);
        question q;
        q.data = random_world::random_world(random);
        for (int d = 0; d < 8 && compared < runs; ++d) {
            q = engine_question::random_question(random, q.data);
            for (int a = 0; a < 2; ++a) {
                if (a > 0) q.periods = engine_question::random_axis(random, q.set.indicators[0].measure);
                ++asked;
                comparison answer;
                try {
                    answer = compare(q);
                } catch (const error& problem) {
                    FAIL("seed " << world_seed << ": " << problem.what() << "\n" << written(q));
                }
                compared += answer.compared ? 1U : 0U;
                computed += answer.computed ? 1U : 0U;
                cells += answer.cells;
                if (answer.difference.empty()) continue;
                shrink(q, compare);
                FAIL("seed " << world_seed << ", the smallest question found:\n" << compare_safely(q, compare) << "keep it in tests/engine/regressions/ as a file:\n" << written(q));
            }
        }
    }
    INFO(compared << " of " << asked << " definitions compared, " << computed << " with figures, " << cells << " cells");
    CHECK(compared >= runs);
    // A generator that only makes empty questions would prove nothing.
    CHECK(computed * 4 > asked);
    if (std::getenv("GOLDENTHREAD_PROPERTY_RUNS") != nullptr) WARN(compared << " of " << asked << " compared, " << computed << " with figures, " << cells << " cells");
}

}  // namespace

TEST_CASE("both engines count the same for random definitions, rows and periods", "[long]") {
    const std::uint64_t runs = number_from_environment("GOLDENTHREAD_PROPERTY_RUNS", usual_runs);
    compare_many(runs, number_from_environment("GOLDENTHREAD_PROPERTY_SEED", 1), compare_tallies);
}

TEST_CASE("both engines give the same results, states and reasons included") {
    const std::uint64_t runs = number_from_environment("GOLDENTHREAD_PROPERTY_RUNS", usual_runs) / 10;
    compare_many(runs, number_from_environment("GOLDENTHREAD_PROPERTY_SEED", 1) + 1'000'000'000, compare_results);
}

TEST_CASE("both engines agree on the questions kept in regressions") {
    std::size_t asked = 0;
    for (const auto& file : std::filesystem::directory_iterator(GOLDENTHREAD_SOURCE_DIR "/tests/engine/regressions")) {
        if (file.path().extension() != ".json") continue;
        INFO(file.path().filename());
        const question q = engine_question::read_question(detail::read_text_file(file.path().string()), file.path().filename().string());
        CHECK(compare_tallies(q).difference == "");
        CHECK(compare_results(q).difference == "");
        ++asked;
    }
    CHECK(asked > 0);
}

TEST_CASE("a question written as a file is the same question") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        random_source random(seed);
        const question q = engine_question::random_question(random, random_world::random_world(random));
        const std::string text = written(q);
        const question again = engine_question::read_question(text, "question.json");
        INFO("seed " << seed << "\n" << text);
        REQUIRE(written(again) == text);
        const results first = evaluate(q.data.tables, q.set, {id}, q.rows(), q.request());
        const results second = evaluate(again.data.tables, again.set, {id}, again.rows(), again.request());
        REQUIRE(first.indicators[0].definition_hash == second.indicators[0].definition_hash);
        REQUIRE(first.indicators[0].cells == second.indicators[0].cells);
        REQUIRE(first.input_hash == second.input_hash);
    }
}
