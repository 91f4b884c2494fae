// `start < as_at - 18 months` is true from one day on, but that day is not always start + 18 months + 1 day. The
// interval engine finds it for every start in a leap cycle, by every convention, as day by day.
#include "small_data.hpp"

#include <goldenthread/engine/run_plan.hpp>
#include <goldenthread/engine/definition_hash.hpp>

#include <string>
#include <vector>

namespace {

using namespace goldenthread;

const char* name_of(month_add rule) { return to_text(rule).data(); }

/// A row for each day from 1 March 2016 to the end of February 2020.
dataset a_start_on_every_day(day first, day last) {
    small::text_table t{"cp_plan", {"cp_plan_id", "start_date"}, {}};
    for (day d = first; d <= last; ++d) t.rows.push_back({"p" + std::to_string(d), to_iso(d)});
    return small::built({t});
}

template <class Expected>
void compare_each_row(const std::string& where, month_add rule, Expected&& expected) {
    constexpr day first = to_day(2016, 3, 1), last = to_day(2020, 2, 29);
    const dataset data = a_start_on_every_day(first, last);
    const indicator_set set = small::definition(small::count_at("cp_plan", where), std::string(R"("conventions": {"month_add": ")") + name_of(rule) + R"("}, )");
    detail::prepared_dataset prepared(data, canonical_schema());
    const detail::resolved_measure m = detail::resolve_measure(canonical_schema(), set, set["test.one"], {}, {});
    REQUIRE(detail::measure_has_steps(m));
    const detail::bound_measure bound(m, prepared);
    std::vector<detail::time_point> axis;
    for (day d = to_day(2017, 8, 1); d <= to_day(2021, 10, 31); ++d) axis.push_back({d, d, d});
    detail::interval_evaluator values(bound, axis);
    detail::frames f(m.slots);
    for (day start = first; start <= last; ++start) {
        f[0].row = start - first;
        const detail::steps s = values.evaluate(m.where, f);
        std::size_t piece = 0;
        for (std::uint32_t i = 0; i < axis.size(); ++i) {
            if (piece + 1 < s.size() && s[piece + 1].first <= i) ++piece;
            if (s[piece].second == detail::truth_scalar(expected(start, axis[i].as_at))) continue;
            FAIL(where << ", " << name_of(rule) << ": start " << to_iso(start) << ", as_at " << to_iso(axis[i].as_at));
        }
        REQUIRE(s.size() <= 2);  // a half-line
    }
}

}  // namespace

TEST_CASE("month arithmetic is inverted exactly for every day of a leap cycle", "[long]") {
    for (const month_add rule : {month_add::clamp, month_add::roll_forward, month_add::end_of_month_snap}) {
        compare_each_row("start_date < as_at - 18 months", rule, [&](day start, day as_at) { return start < add_months(as_at, -18, rule); });
        compare_each_row("start_date <= as_at - 18 months", rule, [&](day start, day as_at) { return start <= add_months(as_at, -18, rule); });
        compare_each_row("start_date + 18 months <= as_at", rule, [&](day start, day as_at) { return add_months(start, 18, rule) <= as_at; });
        compare_each_row("as_at > start_date + 1 years", rule, [&](day start, day as_at) { return as_at > add_months(start, 12, rule); });
        compare_each_row("months_between(start_date, as_at) >= 18", rule, [&](day start, day as_at) { return months_between(start, as_at, rule) >= 18; });
    }
}

TEST_CASE("the two ways to say 18 months differ where a month is shorter") {
    // 30 September 2017: at 31 March 2019 eighteen months back is 30 September itself; eighteen months on is 30 March.
    const dataset data = small::built({small::written("cp_plan", "cp_plan_id start_date", {"p1 2017-09-30"})});
    const auto at = [&](const char* where, const char* when) { return *small::total(small::definition(small::count_at("cp_plan", where)), data, when).numerator; };
    CHECK(at("start_date < as_at - 18 months", "2019-03-31") == 0);
    CHECK(at("start_date + 18 months < as_at", "2019-03-31") == 1);
    CHECK(at("start_date < as_at - 18 months", "2019-04-01") == 1);
}

TEST_CASE("working days are inverted exactly, with days added and restored") {
    const std::string own = R"("conventions": {"working_days": {"calendar": "england_and_wales", "added": ["2018-12-27", "2018-12-28"], "restored": ["2018-12-26"]}}, )";
    const working_calendar calendar({to_day(2018, 12, 27), to_day(2018, 12, 28)}, {to_day(2018, 12, 26)});
    small::text_table t{"cp_plan", {"cp_plan_id", "start_date"}, {}};
    constexpr day first = to_day(2018, 11, 1), last = to_day(2019, 2, 28);
    for (day d = first; d <= last; ++d) t.rows.push_back({"p" + std::to_string(d), to_iso(d)});
    const dataset data = small::built({t});
    evaluation_request request;
    for (day d = to_day(2018, 12, 1); d <= to_day(2019, 1, 31); ++d) request.periods.push_back(single_day(d));
    const indicator_result within = small::ask(small::definition(small::count_at("cp_plan", "working_days_between(start_date, as_at) between 1 and 15"), own), data, request);
    const indicator_result moved = small::ask(small::definition(small::count_at("cp_plan", "start_date + 15 working days >= as_at and start_date < as_at"), own), data, request);
    for (std::size_t i = 0; i < request.periods.size(); ++i) {
        std::int64_t counted = 0, reached = 0;
        const day as_at = request.periods[i].last;
        for (day d = first; d <= last; ++d) {
            const std::int64_t days = calendar.between(d, as_at);
            counted += days >= 1 && days <= 15 ? 1 : 0;
            reached += calendar.add(d, 15) >= as_at && d < as_at ? 1 : 0;
        }
        INFO(to_iso(as_at));
        CHECK(*within.total(i)->numerator == counted);
        CHECK(*moved.total(i)->numerator == reached);
    }
    CHECK(within.convention_set.working_days == calendar);
}

TEST_CASE("a calendar of one's own is part of the definition's identity") {
    const auto hash_of = [](const char* more) {
        const indicator_set set = small::definition(small::count_at("cp_plan", "start_date < as_at - 15 working days"), more);
        return detail::hash_of_definition(detail::resolve_measure(canonical_schema(), set, set["test.one"], {}, {}));
    };
    const std::string standard = hash_of("");
    CHECK(standard == hash_of(R"("conventions": {"working_days": {"calendar": "england_and_wales"}}, )"));
    CHECK(standard != hash_of(R"("conventions": {"working_days": {"calendar": "england_and_wales", "added": ["2021-12-24"]}}, )"));
    CHECK(hash_of(R"("conventions": {"working_days": {"calendar": "england_and_wales", "added": ["2021-12-24"]}}, )") !=
          hash_of(R"("conventions": {"working_days": {"calendar": "england_and_wales", "restored": ["2021-12-27"]}}, )"));
}

TEST_CASE("a date that is moved for ages is refused, not overflowed") {
    const dataset data = small::built({small::written("cp_plan", "cp_plan_id start_date", {"p1 2017-09-30"})});
    std::string where = "start_date";
    for (int i = 0; i < 70; ++i) where += " + 99999 years";
    const indicator_set set = small::definition(small::count_at("cp_plan", where + " > as_at"));
    evaluation_request request;
    request.periods = {parse_period("2018-19")};
    try {
        (void)evaluate(set, {"test.one"}, data, request);
        FAIL("no error");
    } catch (const calculation_error& problem) {
        CHECK_THAT(problem.what(), Catch::Contains("moved more than 270,000 years away"));
    }
}
