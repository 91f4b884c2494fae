// Colours, limits, changes, charts and groups: of shown numbers alone.
#include "catch.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/scorecard/judge_figure.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace goldenthread;

namespace {

figure_heading heading_of(figure_unit unit, std::string polarity = "low") {
    figure_heading h;
    h.indicator = "a.figure";
    h.unit = unit;
    h.multiplier = unit == figure_unit::rate ? 10'000 : 1;
    h.timing = "in";
    h.measure = unit == figure_unit::fraction ? "share" : unit == figure_unit::rate ? "rate" : "distinct";
    h.adds_over_breakdowns = {{"sex", true}, {"school", true}};
    h.polarity = std::move(polarity);
    h.polarity_provenance = h.polarity == "unspecified" ? "unspecified" : "stated by DfE LAIT";
    return h;
}

draft_cell cell_of(figure_unit unit, std::int64_t n, std::int64_t d, std::size_t period = 0, draft_key key = {}) {
    draft_cell c;
    c.period = period;
    c.key = std::move(key);
    c.state = n == 0 ? "true_zero" : "value";
    c.numerator = n;
    if (unit != figure_unit::number) c.denominator = d;
    c.value = unit == figure_unit::number     ? draft_value{n, 1}
              : unit == figure_unit::fraction ? draft_value{n, d}
                                              : draft_value{n * 10'000, d};
    return c;
}

target local_target(std::int64_t mantissa, int scale = 0, std::optional<std::int64_t> tolerance = {},
                    std::string unit = "percent") {
    target t;
    t.indicator = "a.figure";
    t.unit = std::move(unit);
    t.source = "the board";
    t.value = {mantissa, scale, scale == 0 ? std::to_string(mantissa) : ""};
    if (scale == 1) t.value.text = std::to_string(mantissa / 10) + "." + std::to_string(mantissa % 10);
    if (tolerance) t.tolerance = target_amount{*tolerance, 0, std::to_string(*tolerance)};
    return t;
}

release release_of(figure_heading heading, std::vector<draft_cell> cells, std::vector<period> periods,
                   const std::vector<target>& targets = {}) {
    release_draft draft;
    draft.periods = std::move(periods);
    draft.figures.push_back({std::move(heading), std::move(cells)});
    return protect(draft, find_policy("dfe_children_in_need"), audience::board,
                   [&](const release_figure& figure, const std::vector<period>& all) {
                       return judge_figure(figure, all, targets);
                   });
}

/// A share of so many out of so many against one target.
rag share_against(std::int64_t n, std::int64_t d, const target& t, const std::string& polarity = "low") {
    const release r = release_of(heading_of(figure_unit::fraction, polarity), {cell_of(figure_unit::fraction, n, d)},
                                 {financial_year(2018)}, {t});
    return r.figures()[0].judgement.cells[0].rags.at(0);
}

std::vector<period> quarters(int count) {
    std::vector<period> all;
    for (int i = 0; i < count; ++i) all.push_back(financial_quarter(2016 + i / 4, i % 4 + 1));
    return all;
}

const figure_judgement& said_of(const release& r) { return r.figures()[0].judgement; }

}  // namespace

TEST_CASE("a colour has its sentence, its rule and what went in") {
    const target t = local_target(10, 0, 3);
    const rag amber = share_against(124, 1000, t);
    CHECK(amber.state == rag_state::amber);
    CHECK(amber.sentence == "amber: 12.4 % is above the local target of 10 % but within its 3-point tolerance");
    CHECK(amber.rule ==
          "lower is wanted (stated by DfE LAIT): green up to 10 %, amber not more than 3 percentage "
          "points away, red beyond");
    CHECK(amber.value == "12.4 %");
    CHECK(amber.target == "10 %");
    CHECK(amber.source == "the board");
    CHECK(share_against(98, 1000, t).sentence == "green: 9.8 % meets the local target of at most 10 %");
    CHECK(share_against(140, 1000, t).sentence ==
          "red: 14.0 % is above the local target of 10 % by more than its 3-point tolerance");
    CHECK(share_against(98, 1000, local_target(10), "high").sentence == "red: 9.8 % is below the local target of 10 %");
    CHECK(share_against(98, 1000, t, "high").state == rag_state::amber);
    CHECK(share_against(980, 1000, t, "high").sentence == "green: 98.0 % meets the local target of at least 10 %");
    CHECK(share_against(0, 1000, t).state == rag_state::green);
}

TEST_CASE("edges belong to the better colour, whichever way is better") {
    const target t = local_target(10, 0, 3);
    CHECK(share_against(100, 1000, t).state == rag_state::green);
    CHECK(share_against(130, 1000, t).state == rag_state::amber);
    CHECK(share_against(130'001, 1'000'000, t).state == rag_state::red);
    CHECK(share_against(100, 1000, t, "high").state == rag_state::green);
    CHECK(share_against(70, 1000, t, "high").state == rag_state::amber);
    CHECK(share_against(69'999, 1'000'000, t, "high").state == rag_state::red);
    CHECK(share_against(100, 1000, t, "near_target").state == rag_state::green);
    CHECK(share_against(100'001, 1'000'000, t, "near_target").state == rag_state::amber);
    CHECK(share_against(69'999, 1'000'000, t, "near_target").state == rag_state::red);
}

TEST_CASE("a comparison is made before rounding, and says so where rounding would hide it") {
    const rag above = share_against(100'001, 1'000'000, local_target(10));
    CHECK(above.state == rag_state::red);
    CHECK(above.value == "10.0 %");
    CHECK(above.rounding_hides_it);
    CHECK_THAT(above.sentence, Catch::EndsWith("; compared before rounding: the printed 10.0 % is rounded"));
    CHECK_FALSE(share_against(124, 1000, local_target(10)).rounding_hides_it);
    // A third of 100 % against 33.3 %: no floating point number would tell 1/3 from 0.333…
    CHECK(share_against(333, 1000, local_target(333, 1)).state == rag_state::green);
    CHECK(share_against(1'000'000, 3'000'000, local_target(333, 1)).rounding_hides_it);
    CHECK(share_against(29, 100, local_target(29)).state == rag_state::green);
}

TEST_CASE("a trajectory is the straight line between its points, on the last day of the period") {
    target t = local_target(0);
    t.kind = target_kind::trajectory;
    t.points = {{to_day(2018, 3, 31), {20, 0, "20"}}, {to_day(2020, 3, 31), {12, 0, "12"}}};
    t.from = t.points.front().on;
    t.to = t.points.back().on;
    const rag half_way = share_against(160, 1000, t);  // 365 of 731 days: 16.0055 %
    CHECK(half_way.target == "16.0 %");
    CHECK(half_way.state == rag_state::green);
    CHECK(share_against(16'006, 100'000, t).state == rag_state::red);
    CHECK(share_against(16'005, 100'000, t).state == rag_state::green);
    CHECK_THAT(share_against(300, 1000, t).sentence, Catch::Contains("above the trajectory's value of 16.0 %"));
}

TEST_CASE("a band is met inside, ends included") {
    target t = local_target(0, 0, 2);
    t.kind = target_kind::band;
    t.lowest = {10, 0, "10"};
    t.highest = {15, 0, "15"};
    for (const std::int64_t n : {100, 120, 150})
        CHECK(share_against(n, 1000, t, "unspecified").state == rag_state::green);
    CHECK(share_against(120, 1000, t).sentence == "green: 12.0 % lies within the band of 10 % to 15 %");
    for (const std::int64_t n : {80, 99, 151, 170}) CHECK(share_against(n, 1000, t).state == rag_state::amber);
    for (const std::int64_t n : {79, 171}) CHECK(share_against(n, 1000, t).state == rag_state::red);
}

TEST_CASE("no target is a state, and never green") {
    const rag none = share_against(100, 1000, [] {
        target t = local_target(10);
        t.from = to_day(2019, 4, 1);
        return t;
    }());
    CHECK(none.state == rag_state::no_target);
    CHECK_FALSE(is_colour(none.state));
    CHECK(none.sentence == "no colour: no target is in force");
}

TEST_CASE("without somebody's word on which way is better there is no colour") {
    CHECK(share_against(100, 1000, local_target(10), "unspecified").state == rag_state::polarity_unspecified);
    CHECK(share_against(100, 1000, local_target(10), "neutral").state == rag_state::polarity_neutral);
    target said = local_target(10);
    said.polarity = "high";
    said.polarity_provenance = "inferred";
    const rag judged = share_against(50, 1000, said, "unspecified");
    CHECK(judged.state == rag_state::red);
    CHECK(judged.polarity_provenance == "inferred");
}

TEST_CASE("a hidden figure has no colour, and nothing about its target depends on what is hidden") {
    std::vector<rag> all;
    for (const std::int64_t n : {1, 3, 5}) {
        for (const std::int64_t aim : {2, 4}) {
            target t = local_target(aim, 0, 1, "number");
            t.of_periods = period_kind::financial_year;
            const release r = release_of(heading_of(figure_unit::number), {cell_of(figure_unit::number, n, 1)},
                                         {financial_year(2018)}, {t});
            const rag said = said_of(r).cells[0].rags.at(0);
            CHECK(said.state == rag_state::figure_hidden);
            CHECK(said.value.empty());
            CHECK(said.sentence.find_first_of("0123456789") == std::string::npos);
            if (aim == 2) all.push_back(said);
        }
    }
    CHECK((all[0] == all[1] && all[1] == all[2]));
}

TEST_CASE("a figure that is missing, partial or undefined has no colour") {
    const std::pair<const char*, rag_state> states[] = {{"missing", rag_state::figure_missing},
                                                        {"not_due", rag_state::figure_missing},
                                                        {"zero_denominator", rag_state::figure_undefined},
                                                        {"not_applicable", rag_state::figure_undefined},
                                                        {"partial", rag_state::figure_partial}};
    for (const auto& [state, expected] : states) {
        draft_cell c = cell_of(figure_unit::fraction, 100, 1000);
        c.state = state;
        if (std::string(state) != "partial") c.value.reset(), c.numerator.reset(), c.denominator.reset();
        const release r =
            release_of(heading_of(figure_unit::fraction), {c}, {financial_year(2018)}, {local_target(10)});
        CHECK(said_of(r).cells[0].rags.at(0).state == expected);
    }
}

TEST_CASE("a target in another unit, or without a kind of period where one is needed, is refused") {
    const auto said = [](const figure_heading& h, const draft_cell& c, const target& t) {
        try {
            static_cast<void>(release_of(h, {c}, {financial_year(2018)}, {t}));
        } catch (const definition_error& problem) {
            return std::string(problem.what());
        }
        return std::string();
    };
    const draft_cell share = cell_of(figure_unit::fraction, 100, 1000), count = cell_of(figure_unit::number, 100, 1);
    const draft_cell rate = cell_of(figure_unit::rate, 100, 84'000);
    CHECK_THAT(said(heading_of(figure_unit::fraction), share, local_target(10, 0, {}, "number")),
               Catch::Contains("the target is in 'number', the figure in 'percent'"));
    CHECK_THAT(said(heading_of(figure_unit::rate), rate, local_target(10, 0, {}, "per 1000")),
               Catch::Contains("'per 10000'"));
    CHECK_THAT(said(heading_of(figure_unit::number), count, local_target(10, 0, {}, "number")),
               Catch::Contains("financial_quarter"));
    target later = local_target(10, 0, {}, "number");
    later.from = to_day(2021, 4, 1);
    CHECK_THAT(said(heading_of(figure_unit::fraction), share, later), Catch::Contains("'number'"));
    figure_heading stock = heading_of(figure_unit::number);
    stock.timing = "at";
    CHECK(said(stock, count, local_target(10, 0, {}, "number")).empty());
}

TEST_CASE("several kinds of target are all shown") {
    target national = local_target(15);
    national.kind = target_kind::national;
    const release r = release_of(heading_of(figure_unit::fraction), {cell_of(figure_unit::fraction, 124, 1000)},
                                 {financial_year(2018)}, {national, local_target(10)});
    const std::vector<rag>& rags = said_of(r).cells[0].rags;
    REQUIRE(rags.size() == 2);
    CHECK(rags[0].sentence == "red: 12.4 % is above the local target of 10 %");
    CHECK(rags[1].sentence == "green: 12.4 % meets the national target of at most 15 %");
}

TEST_CASE("limits stand beside shown shares and rates, not beside counts or hidden numbers") {
    const std::vector<period> year{financial_year(2018)};
    const release share =
        release_of(heading_of(figure_unit::fraction), {cell_of(figure_unit::fraction, 15, 100)}, year);
    CHECK(said_of(share).cells[0].interval == value_interval{"9.3", "23.3", "wilson", "0.95"});
    const release rate = release_of(heading_of(figure_unit::rate), {cell_of(figure_unit::rate, 9, 20'000)}, year);
    CHECK(said_of(rate).cells[0].interval == value_interval{"2.1", "8.5", "exact_poisson", "0.95"});
    const release zero = release_of(heading_of(figure_unit::rate), {cell_of(figure_unit::rate, 0, 20'000)}, year);
    CHECK(said_of(zero).cells[0].interval->lower == "0.0");
    CHECK_FALSE(said_of(release_of(heading_of(figure_unit::number), {cell_of(figure_unit::number, 15, 1)}, year))
                    .cells[0]
                    .interval);
    CHECK_FALSE(said_of(release_of(heading_of(figure_unit::fraction), {cell_of(figure_unit::fraction, 3, 100)}, year))
                    .cells[0]
                    .interval);
}

TEST_CASE("an annualised rate has the limits of its own unit") {
    draft_cell quarter = cell_of(figure_unit::rate, 20, 20'000);
    quarter.value = draft_value{20 * 10'000 * 12, 20'000 * 3};  // 40 a year
    const release r = release_of(heading_of(figure_unit::rate), {quarter}, {financial_quarter(2018, 1)});
    CHECK(said_of(r).cells[0].interval == value_interval{"24.4", "61.8", "byar", "0.95"});
}

TEST_CASE("a change is judged where both figures are shown, by whoever said which way is better") {
    const std::vector<period> years{financial_year(2017), financial_year(2018)};
    const auto change = [&](std::int64_t before, std::int64_t after, const std::string& polarity) {
        const release r = release_of(
            heading_of(figure_unit::fraction, polarity),
            {cell_of(figure_unit::fraction, before, 1000, 0), cell_of(figure_unit::fraction, after, 1000, 1)}, years);
        return said_of(r).cells[1].changes.at(0);
    };
    const value_change fell = change(200, 100, "low");
    CHECK(fell.verdict == "better");
    CHECK(fell.difference == "-10.0");
    CHECK(fell.lower == "-13.1");  // Newcombe's interval, in percentage points
    CHECK(fell.upper == "-6.9");
    CHECK_THAT(fell.sentence,
               Catch::StartsWith("10.0 percentage points lower than in 2017-18, more than chance alone"));
    CHECK(change(200, 100, "high").verdict == "worse");
    CHECK(change(200, 100, "unspecified").verdict == "lower");
    CHECK(change(200, 201, "low").verdict == "similar");
    const release hidden =
        release_of(heading_of(figure_unit::fraction),
                   {cell_of(figure_unit::fraction, 200, 1000, 0), cell_of(figure_unit::fraction, 3, 1000, 1)}, years);
    CHECK(said_of(hidden).cells[1].changes.empty());
    const value_change after_hidden = change(3, 200, "low");
    CHECK(after_hidden.difference.empty());
    CHECK(after_hidden.sentence == "not compared: one of the two figures is hidden");
}

TEST_CASE("a series has a chart only where no number of it is hidden and none is lacking in between") {
    std::vector<draft_cell> cells;
    const std::vector<period> all = quarters(12);
    for (std::size_t i = 0; i < 12; ++i) {
        cells.push_back(cell_of(figure_unit::number, i == 11 ? 90 : 40 + static_cast<std::int64_t>(i % 3), 1, i));
    }
    target aim = local_target(20, 0, {}, "number");
    aim.of_periods = period_kind::financial_quarter;
    const release r = release_of(heading_of(figure_unit::number), cells, all, {aim});
    const series_judgement& shown = said_of(r).series.at(0);
    CHECK(shown.has_limits);
    CHECK(shown.variation == "concern");
    CHECK_THAT(shown.variation_sentence,
               Catch::Contains("the way that is not wanted (lower is wanted: stated by DfE LAIT)"));
    CHECK(shown.assurance == "consistent_fail");
    CHECK(said_of(r).cells[11].chart->verdict == "concern");
    CHECK(shown.trend != "not_tested");

    cells[4] = cell_of(figure_unit::number, 3, 1, 4);
    const release hidden = release_of(heading_of(figure_unit::number), cells, all);
    const series_judgement& kept_quiet = said_of(hidden).series.at(0);
    CHECK_FALSE(kept_quiet.has_limits);
    CHECK(kept_quiet.limits_reason == "a number of the series is hidden");
    CHECK(kept_quiet.trend == "not_tested");
    for (const cell_judgement& each : said_of(hidden).cells) CHECK_FALSE(each.chart);

    cells[4] = cell_of(figure_unit::number, 43, 1, 4);
    std::vector<period> with_gap = all;
    with_gap.erase(with_gap.begin() + 6);
    cells.erase(cells.begin() + 6);
    for (std::size_t i = 6; i < cells.size(); ++i) cells[i].period = i;
    CHECK(said_of(release_of(heading_of(figure_unit::number), cells, with_gap)).series.at(0).limits_reason ==
          "the periods do not follow one another without a gap");
    const release few = release_of(heading_of(figure_unit::number), {cells[0], cells[1]}, with_gap);
    CHECK_THAT(said_of(few).series.at(0).limits_reason, Catch::Contains("too few points for limits: 2 of at least 8"));
}

TEST_CASE("groups are compared with all others where every group is shown") {
    const std::vector<period> years{financial_year(2017), financial_year(2018)};
    const auto sex = [](const char* name) { return draft_key{{"sex", std::string(name)}}; };
    const auto both = [&](std::int64_t f, std::int64_t m) {
        std::vector<draft_cell> cells;
        for (std::size_t p = 0; p < 2; ++p) {
            const std::int64_t girls = p == 0 ? 300 : f, boys = p == 0 ? 300 : m;
            cells.push_back(cell_of(figure_unit::fraction, girls + boys, 2000, p));
            cells.push_back(cell_of(figure_unit::fraction, girls, 1000, p, sex("F")));
            cells.push_back(cell_of(figure_unit::fraction, boys, 1000, p, sex("M")));
        }
        return release_of(heading_of(figure_unit::fraction), cells, years);
    };
    const release apart = both(450, 150);
    CHECK(said_of(apart).cells[4].group->ratio == "3.00");
    CHECK(said_of(apart).cells[4].group->verdict == "higher");
    CHECK(said_of(apart).cells[5].group->verdict == "lower");
    REQUIRE(said_of(apart).groups.size() == 1);
    CHECK(said_of(apart).groups[0].masking == "opposite_movements");
    const release hidden = both(450, 2);
    CHECK_FALSE(said_of(hidden).groups[0].compared);
    CHECK(said_of(hidden).groups[0].masking == "not_tested");
    CHECK_FALSE(said_of(hidden).cells[4].group);
}

TEST_CASE("schools are never set beside each other") {
    const auto school = [](const char* name) { return draft_key{{"school", std::string(name)}}; };
    const release r = release_of(
        heading_of(figure_unit::fraction),
        {cell_of(figure_unit::fraction, 600, 2000), cell_of(figure_unit::fraction, 450, 1000, 0, school("A")),
         cell_of(figure_unit::fraction, 150, 1000, 0, school("B"))},
        {financial_year(2018)}, {local_target(10)});
    CHECK(said_of(r).groups.empty());
    CHECK_FALSE(said_of(r).cells[1].group);
    CHECK(said_of(r).cells[1].rags.empty());
}

TEST_CASE("nothing that is said depends on a hidden number") {
    const std::vector<period> all = quarters(12);
    target aim = local_target(30, 1);
    aim.tolerance = target_amount{1, 0, "1"};
    const auto said_with = [&](std::int64_t hidden) {
        std::vector<draft_cell> cells;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::int64_t n = i == 5 ? hidden : 20 + static_cast<std::int64_t>(i % 4);
            cells.push_back(cell_of(figure_unit::fraction, n, 100, i));
        }
        return said_of(release_of(heading_of(figure_unit::fraction), cells, all, {aim}));
    };
    const figure_judgement first = said_with(1);
    CHECK(first.cells[4].rags.at(0).state == rag_state::red);
    for (const std::int64_t hidden : {2, 3, 4, 5}) CHECK(said_with(hidden) == first);
    CHECK_FALSE(said_with(6) == first);
}
