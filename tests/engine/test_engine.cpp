// The engine as a value: what it tells of its work, what it refuses, and what a batch leaves behind.
#include "random_source.hpp"
#include "same_results.hpp"
#include "small_data.hpp"

#include <goldenthread/definitions/build.hpp>
#include <goldenthread/definitions/build_measure.hpp>
#include <goldenthread/engine/engine.hpp>
#include <goldenthread/engine/input_hash.hpp>
#include <goldenthread/engine/kept_rows.hpp>
#include <goldenthread/engine/pseudonyms.hpp>
#include <goldenthread/engine/shared_keys.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace goldenthread;
using namespace small;
using Catch::Contains;

namespace {

const std::string key = "sixteen bytes or more";
using ties = std::vector<std::vector<std::pair<std::string, std::string>>>;
const char* const plan_columns = "cp_plan_id child_id start_date end_date latest_category";

evaluation_request years(std::vector<breakdown> breakdowns = {}) {
    evaluation_request request;
    request.periods = {parse_period("2018-19"), parse_period("2019-20")};
    request.breakdowns = std::move(breakdowns);
    return request;
}

dataset plans(const std::vector<std::string>& rows) { return built({written("cp_plan", plan_columns, rows)}); }

/// Each row for itself.
indicator_set counted_plans() { return definition(count_at("cp_plan", "open(start_date, end_date)")); }
/// All plans of a child together.
indicator_set children_on_plans() {
    return definition(
        R"json({"kind": "distinct", "timing": "at", "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date)"})json");
}

/// Days of birth may be known to the month only: equal ones do not tie rows, yet are counted once.
indicator_set nothing_ties() {
    return definition(
        R"json({"kind": "distinct", "timing": "at", "of": "person", "distinct": ["date_of_birth"], "where": "true"})json");
}

engine made(const indicator_set& set, evaluation_request request = years(), engine_options options = {}) {
    return {set, {"test.one"}, request, std::move(options)};
}

std::int64_t last_total(const engine& e) { return e.finish().indicators.front().total(1)->numerator.value(); }

dataset exampleshire(std::int64_t children) {
    exampleshire_settings settings;
    settings.children = children;
    return generate_exampleshire(settings);
}

template <class Error, class Action>
std::string message_of(Action&& action) {
    try {
        action();
    } catch (const Error& problem) {
        return problem.what();
    }
    return "no such error";
}

}  // namespace

TEST_CASE("rows that stand alone are counted when they come and not kept") {
    engine e = made(counted_plans(), years({{"latest_category"}}));
    const engine_how how = e.explain_how();
    REQUIRE(how.indicators.size() == 1);
    CHECK(how.indicators[0].path == "interval");
    REQUIRE(how.indicators[0].parts.size() == 1);
    CHECK(how.indicators[0].parts[0].why_kept.empty());
    CHECK(how.kept.empty());
    CHECK(how.work.empty());
    CHECK(how.indicators[0].reads ==
          std::vector<columns_read>{{"cp_plan", {"end_date", "latest_category", "start_date"}}});
    run_options no_memory;
    no_memory.memory_limit = 1;  // nothing is kept: nothing is needed
    e.update(plans({"p A 2018-05-01 - NEG"}), no_memory)
        .update(plans({"q A 2018-05-01 - EMO", "r B - - NEG"}), no_memory);
    CHECK(last_total(e) == 2);
    CHECK(e.finish(no_memory).indicators[0].total(1)->unknown == 1);
}

TEST_CASE("how an engine works is told in words") {
    indicator_set set = children_on_plans();
    parse_indicators(set, R"json({"format": "goldenthread/indicators@1", "indicators": [
        {"id": "test.two", "title": "Two", "measure": {"kind": "count", "timing": "in", "of": "referral",
         "where": "during(referral_date) and any(cp_plan as p by child_id where p.start_date < this.referral_date)"}},
        {"id": "test.three", "title": "Three", "measure": {"kind": "count", "timing": "at", "of": "cp_plan",
         "where": "any(gaps(cp_review.review_date by cp_plan_id from start_date until as_at) as g where g.end is null and g.start < as_at - 3 months)"}},
        {"id": "test.four", "title": "Four", "measure": {"kind": "count", "timing": "in", "of": "referral",
         "where": "during(referral_date) and count(cp_plan as p by child_id) > 1"}},
        {"id": "test.five", "title": "Five", "measure": {"kind": "count", "timing": "at", "of": "collapse(cp_plan by child_id gap 0 days)", "where": "open(start_date, end_date)"}},
        {"id": "test.six", "title": "Six", "measure": {"kind": "count", "timing": "in", "of": "contact", "where": "during(contact_date)", "follow_up": {"referral": "6 months"}}}
    ]})json",
                     "more.indicators.json");
    const engine e(set, {"test.one", "test.two", "test.three", "test.four", "test.five", "test.six"}, years());
    const engine_how how = e.explain_how();
    const auto part = [&](std::size_t i) { return how.indicators[i].parts.front(); };
    CHECK(part(0).why_kept == "it counts each child_id once");
    CHECK(part(0).partition_key == ties{{{"cp_plan", "child_id"}}});
    CHECK(part(1).why_kept == "it looks at rows of cp_plan");
    CHECK(part(1).partition_key == ties{{{"cp_plan", "child_id"}, {"referral", "child_id"}}});
    CHECK(how.indicators[2].path == "reference");
    CHECK(how.indicators[2].why_reference == "gaps(cp_review.review_date …) makes other rows on each day");
    CHECK(part(2).partition_key == ties{{{"cp_plan", "cp_plan_id"}, {"cp_review", "cp_plan_id"}}});
    CHECK(part(4).why_kept == "it joins rows of cp_plan into spells");
    CHECK(part(5).why_kept == "its follow-up waits for the last day of referral");
    const auto shared = std::find_if(how.work.begin(), how.work.end(),
                                     [](const work_how& w) { return w.work.what == "cp_plan by child_id"; });
    REQUIRE(shared != how.work.end());
    CHECK(shared->work.kind == shared_work::kind_type::related);
    CHECK(shared->indicators == std::vector<std::string>{"test.two", "test.four"});
    const std::string text = to_text(how);
    for (const char* line :
         {"test.one\n  path: interval, each row once for all periods\n",
          "    partition key: cp_plan.child_id = referral.child_id\n",
          "  path: reference, period by period: gaps(cp_review.review_date …) makes other rows on each day\n",
          "made once for all:\n", "  related rows: cp_plan by child_id (test.two, test.four)\n",
          "  cp_plan: child_id, cp_plan_id, end_date, start_date\n"}) {
        CHECK_THAT(text, Contains(line));
    }
    evaluation_request slow = years();
    slow.force_reference = true;
    CHECK(made(counted_plans(), slow).explain_how().indicators[0].why_reference == "it was asked for");
}

TEST_CASE("a measure whose rows nothing ties says so") {
    const indicator_set set = nothing_ties();
    const engine e = made(set);
    CHECK(e.explain_how().indicators[0].parts[0].partition_key.empty());
    CHECK_THAT(to_text(e.explain_how()), Contains("partition key: none, all rows must be in one engine"));
}

TEST_CASE("a wrong definition, id, period or key is refused when the engine is made") {
    CHECK_THAT(error_of([] { static_cast<void>(made(definition(count_at("cp_plan", "lastest_category = 'NEG'")))); }),
               Contains("did you mean 'latest_category'?"));
    CHECK_THAT(error_of([] { engine(counted_plans(), {"test.none"}, years()); }), Contains("test.none"));
    CHECK_THAT(error_of([] { static_cast<void>(made(counted_plans(), {})); }), Contains("no period was asked for"));
    CHECK_THAT(error_of([] { static_cast<void>(made(counted_plans(), years(), {"short"})); }),
               Contains("a pseudonym key of 5 bytes can be guessed") && Contains("16 random bytes"));
    const indicator_set by_name = definition(count_at("cp_plan", "child_id = 'A'"));
    CHECK_THAT(
        error_of([&] { static_cast<void>(made(by_name, years(), {key})); }),
        Contains(
            "test.one: cp_plan.child_id would be replaced by pseudonyms, and this definition looks at what it says"));
    CHECK_NOTHROW(made(by_name));
    const indicator own = distinct(columns_of("cp_plan")["child_id"]);
    CHECK_THAT(error_of([&] { engine({own, own}, years().periods); }),
               Contains("there is an indicator of this id already"));
}

TEST_CASE("all shipped definitions can be counted under pseudonyms") {
    const indicator_set shipped = shipped_indicators();
    evaluation_request request = years();
    request.breakdowns = {{"default"}};
    const dataset rows = exampleshire(80);
    engine e(shipped, shipped.ids(), request, {key});
    e.update(rows);
    const results found = e.finish();
    require_same_results(found,
                         evaluate(shipped, shipped.ids(), pseudonymised(rows, canonical_schema(), key), request));
    // No figure of theirs depends on what a child is called.
    const results named = evaluate(shipped, shipped.ids(), rows, request);
    for (std::size_t i = 0; i < named.indicators.size(); ++i)
        CHECK(found.indicators[i].cells == named.indicators[i].cells);
}

TEST_CASE("an indicator built in the program is counted") {
    const auto cp_plan = columns_of("cp_plan");
    engine e({distinct(cp_plan["child_id"])
                  .at_end_of_period()
                  .where(goldenthread::open(cp_plan["start_date"], cp_plan["end_date"]))},
             years().periods);
    e.update(plans({"p A 2018-05-01 - NEG", "q A 2018-06-01 - NEG"}));
    CHECK(last_total(e) == 1);
}

TEST_CASE("engines with rows of one child are not joined: the error says which measure, column and how many") {
    engine a = made(children_on_plans()), b = a;
    a.update(plans({"p A 2018-05-01 - NEG", "q B 2018-05-01 - NEG", "r C 2018-05-01 - NEG"}));
    b.update(plans({"s B 2018-06-01 - NEG", "t C 2018-06-01 - NEG", "u D 2018-06-01 - NEG", "v - 2018-06-01 - NEG"}));
    const engine before = a;
    CHECK(message_of<data_error>([&] { a += b; }) ==
          "test.one: both engines hold rows of the same 2 values of cp_plan.child_id, whose rows this measure needs "
          "together\n"
          "  divide the rows by cp_plan.child_id, or give them to one engine in batches");
    CHECK(a == before);
    engine c = made(children_on_plans());
    c.update(plans({"s D 2018-06-01 - NEG", "v - 2018-06-01 - NEG"}));
    CHECK(last_total(a + c) == 4);
    CHECK((a + c).finish().indicators[0].total(1)->unknown == 1);
    // Rows that stand alone may be divided in any way.
    engine d = made(counted_plans()), e = d;
    d.update(plans({"p A 2018-05-01 - NEG"}));
    e.update(plans({"q A 2018-05-01 - NEG"}));
    CHECK(last_total(d += e) == 2);
}

TEST_CASE("engines of rows that nothing ties are not joined") {
    const indicator_set set = nothing_ties();
    engine a = made(set), b = a;
    a.update(built({written("person", "child_id date_of_birth", {"A 2010-01-01"})}));
    b.update(built({written("person", "child_id date_of_birth", {"B 2010-01-01"})}));
    CHECK_THAT(
        message_of<data_error>([&] { a += b; }),
        Contains("test.one: the rows that this measure looks at cannot be divided, and both engines hold some") &&
            Contains("give all rows of person to one engine"));
    CHECK_NOTHROW(a += made(set));
}

TEST_CASE("rows that follow another row must be in its engine") {
    const indicator_set set =
        definition(R"json({"kind": "distinct", "timing": "at", "of": "cp_plan", "distinct": ["child_id"],
        "where": "open(start_date, end_date) and any(cp_review as r by cp_plan_id where r.review_date <= as_at)"})json");
    engine a = made(set), b = a, c = a;
    CHECK(a.explain_how().indicators[0].parts[0].partition_key ==
          ties{{{"cp_plan", "child_id"}}, {{"cp_plan", "cp_plan_id"}, {"cp_review", "cp_plan_id"}}});
    a.update(plans({"p A 2018-05-01 - NEG"}));
    b.update(built({written("cp_review", "cp_plan_id review_date", {"p 2018-08-01"})}));
    CHECK_THAT(message_of<data_error>([&] { a += b; }),
               Contains("the same 1 value of cp_plan.cp_plan_id = cp_review.cp_plan_id"));
    c.update(plans({"q B 2018-05-01 - NEG"}))
        .update(built({written("cp_review", "cp_plan_id review_date", {"q 2018-08-01"})}));
    CHECK(last_total(a + c) == 1);
}

TEST_CASE("engines that compute different things are not joined") {
    engine e = made(counted_plans());
    const auto refusal = [&](const engine& other) { return error_of([&] { e += other; }); };
    evaluation_request other_years = years();
    other_years.periods.pop_back();
    CHECK_THAT(refusal(made(counted_plans(), other_years)), Contains("the two engines have different periods"));
    CHECK_THAT(refusal(made(definition(count_at("cp_plan", "end_date is null")))),
               Contains("test.one: the two engines have different definitions"));
    CHECK_THAT(refusal(made(counted_plans(), years({{"latest_category"}}))),
               Contains("the two engines have different breakdowns"));
    CHECK_THAT(refusal(engine(counted_plans(), {"test.one", "test.one"}, years())),
               Contains("the two engines have different indicators"));
    CHECK_THAT(refusal(made(counted_plans(), years(), {key})), Contains("different pseudonym keys"));
    CHECK_THAT(error_of([&] { e -= made(counted_plans(), other_years); }),
               Contains("the two engines have different periods"));
}

TEST_CASE("only what was added can be taken away") {
    for (const indicator_set& set : {counted_plans(), children_on_plans()}) {
        engine a = made(set), b = a, c = a;
        a.update(plans({"p A 2018-05-01 - NEG"}));
        b.update(plans({"q B 2018-05-01 - NEG", "r C 2018-05-01 - NEG"}));
        const engine before = a;
        CHECK(message_of<data_error>([&] { a -= b; }) ==
              "not all rows of the other engine are in this one: they cannot be taken away");
        CHECK(a == before);
        a += b;
        CHECK(last_total(a) == 3);
        a -= before;
        CHECK(a == b);
        CHECK(last_total(a) == 2);
        a -= b;
        CHECK(a == c);
        CHECK(a.finish().indicators[0].total(1)->state ==
              cell_state::missing);  // nothing says any more that plans were supplied
    }
}

TEST_CASE("a copy goes its own way") {
    engine a = made(children_on_plans());
    a.update(plans({"p A 2018-05-01 - NEG"}));
    engine b = a;
    b.update(plans({"q B 2018-05-01 - NEG"}));
    CHECK(last_total(a) == 1);
    CHECK(last_total(b) == 2);
    CHECK(!(a == b));
    a.update(plans({"q B 2018-05-01 - NEG"}));
    CHECK(a == b);
}

TEST_CASE("a table is supplied when a batch has it, with rows or without") {
    for (const indicator_set& set : {counted_plans(), children_on_plans()}) {
        engine e = made(set);
        CHECK(e.finish().indicators[0].total(0)->state == cell_state::missing);
        e.update(plans({}));
        CHECK(e.finish().indicators[0].total(0)->state == cell_state::true_zero);
    }
}

TEST_CASE("rows of several areas are not counted as one") {
    engine e = made(children_on_plans());
    dataset here = plans({"p A 2018-05-01 - NEG"}), there = plans({"q B 2018-05-01 - NEG"});
    here.set_area("Here");
    there.set_area("There");
    there.set_synthetic(true);
    e.update(plans({"o Z 2018-05-01 - NEG"})).update(here);
    const engine before = e;
    CHECK_THAT(message_of<data_error>([&] { e.update(there); }),
               Contains("these rows are about 'Here' and about 'There'") && Contains("an engine for each area"));
    engine other = made(children_on_plans());
    other.update(there);
    CHECK_THAT(message_of<data_error>([&] { e += other; }), Contains("'Here' and about 'There'"));
    CHECK(e == before);
    CHECK(e.finish().area == "Here");
    CHECK(other.finish().synthetic);
}

TEST_CASE("batches whose columns differ in type are refused, and so are columns of another type than the schema's") {
    const indicator_set set = definition(
        R"json({"kind": "distinct", "timing": "at", "of": "cp_plan", "distinct": ["child_id"], "where": "latest_category = 'NEG'"})json");
    const auto batch = [](value_type type) {
        column_builder ids("child_id", value_type::text), categories("latest_category", type);
        ids.append_text("A");
        if (is_text_type(type)) {
            categories.append_text("NEG");
        } else {
            categories.append_int64(1);
        }
        dataset data;
        data.add({"cp_plan", {ids.finish(), categories.finish()}});
        return data;
    };
    engine e = made(set);
    e.update(batch(value_type::category));
    const engine before = e;
    CHECK_THAT(message_of<data_error>([&] { e.update(batch(value_type::label)); }),
               Contains("this column is category in one batch and label in another") &&
                   Contains("table cp_plan, column latest_category"));
    CHECK_THAT(message_of<data_error>([&] { e.update(batch(value_type::int64)); }),
               Contains("this column is int64, and category in the schema"));
    CHECK_THAT(message_of<data_error>(
                   [&] { static_cast<void>(evaluate(set, {"test.one"}, batch(value_type::int64), years())); }),
               Contains("this column is int64, and category in the schema"));
    CHECK(e == before);
}

TEST_CASE("an update that fails or is cancelled leaves the engine as it was") {
    engine e = made(definition(
        R"json({"kind": "sum", "timing": "at", "of": "cp_plan", "where": "true", "value": "number_of_previous_plans * 900000000000000000"})json"));
    const auto batch = [](const char* number) {
        return built({written("cp_plan", "cp_plan_id number_of_previous_plans", {std::string("p ") + number})});
    };
    e.update(batch("1"));
    const engine before = e;
    CHECK_THROWS_AS(e.update(batch("20")), calculation_error);
    run_options options;
    options.cancel.cancel();
    CHECK_THROWS_AS(e.update(batch("1"), options), run_cancelled);
    CHECK_THROWS_AS(e.finish(options), run_cancelled);
    CHECK(e == before);
}

TEST_CASE("coverage and population count once, however many batches bring them") {
    const text_table coverage = written("coverage", "table_name first_day last_day", {"cp_plan 2018-04-01 2019-12-31"});
    const text_table people =
        written("population", "area year age count vintage", {"here 2018 5 1000 2021", "here 2019 5 2000 2021"});
    const indicator_set set = definition(
        R"json({"kind": "rate", "timing": "at", "of": "cp_plan", "where": "open(start_date, end_date)", "per": 1000})json");
    const dataset whole =
        built({written("cp_plan", plan_columns, {"p A 2018-05-01 - NEG", "q B 2018-05-01 - NEG"}), coverage, people});
    engine e = made(set), once = e;
    e.update(built({written("cp_plan", plan_columns, {"p A 2018-05-01 - NEG"}), coverage, people}));
    e.update(built({written("cp_plan", plan_columns, {"q B 2018-05-01 - NEG"}), coverage, people}));
    once.update(whole);
    require_same_results(e.finish(), evaluate(set, {"test.one"}, whole, years()));
    CHECK(e == once);
    // The same row twice in one file adds nobody either.
    text_table twice = people;
    twice.rows.insert(twice.rows.end(), people.rows.begin(), people.rows.end());
    const dataset doubled =
        built({written("cp_plan", plan_columns, {"p A 2018-05-01 - NEG", "q B 2018-05-01 - NEG"}), coverage, twice});
    require_same_results(evaluate(set, {"test.one"}, doubled, years()), evaluate(set, {"test.one"}, whole, years()));
    CHECK(evaluate(set, {"test.one"}, doubled, years()).indicators[0].total(0)->denominator == 1000);
}

TEST_CASE("decimals written with more or fewer places are the same rows") {
    const auto batch = [](std::int64_t mantissa, int scale) {
        column_builder tables("table_name", value_type::text), first("first_day", value_type::date),
            share("share", value_type::decimal, scale);
        tables.append_text("cp_plan");
        first.append_day(to_day(2018, 4, 1));
        share.append_int64(mantissa);
        dataset data;
        data.add({"coverage", {tables.finish(), first.finish(), share.finish()}});
        return data;
    };
    CHECK(hash_of_rows(batch(5, 1)) == hash_of_rows(batch(500, 3)));
    CHECK(!(hash_of_rows(batch(5, 1)) == hash_of_rows(batch(5, 2))));
    engine e = made(counted_plans()), once = e;
    e.update(batch(5, 1)).update(batch(500, 3));
    CHECK(e == once.update(batch(50, 2)));
    CHECK(e.finish().input_hash == once.finish().input_hash);
}

TEST_CASE("too little memory is refused before the work begins, with what is needed") {
    const dataset rows = exampleshire(300);
    const indicator_set set = children_on_plans();
    run_options options;
    options.memory_limit = 10'000;
    engine e = made(set);
    const std::string refusal = message_of<calculation_error>([&] { e.update(rows, options); });
    CHECK_THAT(refusal, Contains("keeping these rows and counting them needs about") &&
                            Contains("more than the memory_limit of 10 kB") && Contains("partition key"));
    CHECK(e == made(set));
    e.update(rows);
    CHECK_THROWS_AS(e.finish(options), calculation_error);
    CHECK_THAT(
        message_of<calculation_error>([&] { static_cast<void>(evaluate(set, {"test.one"}, rows, years(), options)); }),
        Contains("counting needs about"));
    options.memory_limit = 1'000'000'000;
    require_same_results(e.finish(options), evaluate(set, {"test.one"}, rows, years(), options));
}

TEST_CASE("memory that only looks at a host's is copied, the host's is free when update returns") {
    engine e = made(children_on_plans());
    {
        auto codes = std::make_unique<std::vector<std::int32_t>>(std::vector<std::int32_t>{0, 1, 0});
        auto days = std::make_unique<std::vector<day>>(3, to_day(2018, 5, 1));
        auto names = std::make_unique<text_dictionary>(text_dictionary{"A", "B"});
        dataset batch;
        const std::shared_ptr<const text_dictionary> looked_at(std::shared_ptr<void>(), names.get());
        batch.add({"cp_plan",
                   {{"child_id", value_type::text, 3, codes->data(), nullptr, nullptr, looked_at},
                    {"start_date", value_type::date, 3, days->data(), nullptr, nullptr}}});
        e.update(batch);
        codes->assign(3, 1);
        days->assign(3, to_day(2030, 1, 1));
        names->assign(2, "C");
    }
    CHECK(last_total(e) == 2);
}

TEST_CASE("all shipped definitions give the figures of all rows, in batches and divided by child") {
    const dataset whole = exampleshire(120);
    const indicator_set shipped = shipped_indicators();
    evaluation_request request;
    request.periods = financial_quarters(to_day(2018, 4, 1), to_day(2020, 3, 31));
    request.breakdowns = {{"default"}};
    const results expected = evaluate(shipped, shipped.ids(), whole, request);
    const engine empty(shipped, shipped.ids(), request);
    const auto share_of = [&](std::size_t wanted, std::size_t parts, std::uint64_t seed) {
        dataset share;
        share.set_area(whole.area());
        share.set_synthetic(whole.synthetic());
        for (const auto& [name, t] : whole.tables()) {
            random_source place(seed);
            std::vector<std::size_t> rows;
            for (std::size_t row = 0; row < t.row_count(); ++row) {
                if (place.below(parts) == wanted || detail::is_broadcast(name)) rows.push_back(row);
            }
            share.add(detail::some_rows(t, rows));
        }
        return share;
    };
    engine e = empty;
    for (const std::size_t part : {2U, 0U, 1U}) e.update(share_of(part, 3, 5));
    require_same_results(e.finish(), expected);
    // Each definition says by which column its rows may be divided, or that there is none.
    std::vector<std::string> whole_only;
    for (const indicator_how& one : empty.explain_how().indicators) {
        for (const part_how& part : one.parts) {
            if (!part.why_kept.empty() && part.partition_key.empty())
                whole_only.push_back(one.indicator + " of " + part.of);
        }
    }
    CHECK(whole_only == std::vector<std::string>{});
}

TEST_CASE("an engine that nobody changes may be asked on several threads at once") {
    engine e = made(children_on_plans(), years({{"sex"}}));
    e.update(exampleshire(300));
    const results expected = e.finish();
    std::vector<results> answers(4);
    std::vector<std::thread> threads;
    for (results& answer : answers) {
        threads.emplace_back([&] {
            const engine copy = e;
            answer = copy == e ? e.finish() : results{};
            static_cast<void>(e.explain_how());
        });
    }
    for (std::thread& each : threads) each.join();
    for (const results& answer : answers) require_same_results(answer, expected);
}
