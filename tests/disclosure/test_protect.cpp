#include "catch.hpp"

#include <goldenthread/disclosure/release.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace goldenthread;

namespace {

draft_cell count(std::int64_t n, draft_key key = {}, std::size_t period = 0) {
    draft_cell c;
    c.period = period;
    c.key = std::move(key);
    c.state = n == 0 ? "true_zero" : "value";
    c.value = draft_value{n, 1};
    c.numerator = n;
    return c;
}

draft_cell share(std::int64_t n, std::int64_t d, draft_key key = {}) {
    draft_cell c = count(n, std::move(key));
    c.value = draft_value{n, d};
    c.denominator = d;
    return c;
}

draft_key sex(const char* category) { return {{"sex", std::string(category)}}; }

draft_figure figure(figure_unit unit, std::vector<draft_cell> cells) {
    draft_figure f;
    f.heading.indicator = "test.figure";
    f.heading.unit = unit;
    f.heading.measure = unit == figure_unit::fraction ? "share" : unit == figure_unit::rate ? "rate" : "distinct";
    f.heading.timing = "in";
    f.heading.adds_over_breakdowns = {{"sex", true}, {"factor", false}};
    f.cells = std::move(cells);
    return f;
}

release release_of(draft_figure f) {
    release_draft draft;
    draft.periods = {financial_year(2018), financial_year(2019)};
    draft.figures.push_back(std::move(f));
    return protect(draft, find_policy("dfe_children_in_need"), audience::public_readers);
}

/// "value numerator denominator", c where hidden, - where there is none.
std::string shown(const published_number& n) { return n.is_hidden() ? "c" : n.is_absent() ? "-" : n.text(); }
std::string shown(const release_cell& c) {
    return shown(c.value) + " " + shown(c.numerator) + " " + shown(c.denominator);
}
std::string alone(figure_unit unit, draft_cell cell) {
    return shown(release_of(figure(unit, {std::move(cell)})).figures()[0].cells[0]);
}

}  // namespace

// Only the gate makes a release.
static_assert(!std::is_default_constructible_v<release>);
static_assert(!std::is_constructible_v<release, release_draft>);

TEST_CASE("counts from 1 to 5 are hidden, zero is shown") {
    CHECK(alone(figure_unit::number, count(0)) == "0 0 -");
    CHECK(alone(figure_unit::number, count(1)) == "c c -");
    CHECK(alone(figure_unit::number, count(5)) == "c c -");
    CHECK(alone(figure_unit::number, count(6)) == "6 6 -");
    draft_cell without_numerator = count(4);
    without_numerator.numerator.reset();
    CHECK(alone(figure_unit::number, without_numerator) == "c - -");
}

TEST_CASE("a share hides value and numerator together, for a small numerator and for a small rest") {
    CHECK(alone(figure_unit::fraction, share(3, 40)) == "c c 40");
    CHECK(alone(figure_unit::fraction, share(38, 40)) == "c c 40");
    CHECK(alone(figure_unit::fraction, share(20, 40)) == "50.0 20 40");
    CHECK(alone(figure_unit::fraction, share(6, 12)) == "50.0 6 12");
}

TEST_CASE("8 of 8 says of every child what is true; of a larger group all is a result; none is a true zero") {
    CHECK(alone(figure_unit::fraction, share(8, 8)) == "c c 8");
    CHECK(alone(figure_unit::fraction, share(10, 10)) == "100.0 10 10");
    CHECK(alone(figure_unit::fraction, share(0, 8)) == "0.0 0 8");
}

TEST_CASE("a small denominator hides everything but a zero") {
    CHECK(alone(figure_unit::fraction, share(4, 4)) == "c c c");
    CHECK(alone(figure_unit::fraction, share(1, 3)) == "c c c");
    CHECK(alone(figure_unit::fraction, share(0, 3)) == "0.0 0 c");
    draft_cell nothing = share(0, 1);
    nothing.denominator = 0;
    nothing.value.reset();
    nothing.state = "zero_denominator";
    CHECK(alone(figure_unit::fraction, nothing) == "- 0 0");
}

TEST_CASE("a doubt about totals is not told while one of them is hidden: it may say how large the hidden one is") {
    const auto doubts_told = [](draft_cell second) {
        second.period = 1;
        draft_figure f = figure(figure_unit::fraction, {share(40, 400), std::move(second)});
        f.heading.doubts = {{"unit_jump", "2019-20", "", "about 10 times the figure of the period before"},
                            {"parts_do_not_add", "2019-20", "sex", "the parts do not add up to the total"}};
        const release shown_to_all = release_of(std::move(f));
        std::vector<std::string> told;
        for (const outline_doubt& each : shown_to_all.figures()[0].heading.doubts) told.push_back(each.rule);
        return told;
    };
    CHECK(doubts_told(share(390, 400)) == std::vector<std::string>{"unit_jump", "parts_do_not_add"});
    CHECK(doubts_told(share(399, 400)) == std::vector<std::string>{"parts_do_not_add"});
}

TEST_CASE("a rate is hidden with its numerator, because rate times population gives it back") {
    draft_cell few = share(3, 80000);
    few.value = draft_value{30000, 80000};
    CHECK(alone(figure_unit::rate, few) == "c c 80000");
    draft_cell many = share(41, 80000);
    many.value = draft_value{410000, 80000};
    CHECK(alone(figure_unit::rate, many) == "5.1 41 80000");
    draft_cell none = share(0, 80000);
    CHECK(alone(figure_unit::rate, none) == "0.0 0 80000");
}

TEST_CASE("a mean of fewer than six is hidden") {
    CHECK(alone(figure_unit::days, share(100, 5)) == "c c c");
    CHECK(alone(figure_unit::days, share(100, 6)) == "16.7 100 6");
}

TEST_CASE("a hidden cell says suppressed") {
    const release r = release_of(figure(figure_unit::number, {count(3)}));
    CHECK(r.figures()[0].cells[0].state == "suppressed");
}

TEST_CASE("small side counts are hidden and keep their presence") {
    draft_cell c = count(100);
    c.unknown = 3;
    c.excluded = 5;
    c.immature = 6;
    const release r = release_of(figure(figure_unit::number, {c}));
    const release_cell& cell = r.figures()[0].cells[0];
    CHECK(cell.unknown.is_hidden());
    CHECK(cell.excluded.is_hidden());
    CHECK(cell.immature.text() == "6");
    CHECK(cell.censored.text() == "0");
}

TEST_CASE("an unknown count that gives the numerator away is hidden with it") {
    draft_cell c = share(3, 40);
    c.unknown = 37;  // 40 - 37 = the three that are hidden
    CHECK(release_of(figure(figure_unit::fraction, {c})).figures()[0].cells[0].unknown.is_hidden());
    c.unknown = 12;
    CHECK(release_of(figure(figure_unit::fraction, {c})).figures()[0].cells[0].unknown.text() == "12");
}

TEST_CASE("nothing is counted where nothing was computed") {
    draft_cell missing;
    missing.state = "missing";
    missing.reason = "table cp_plan was not supplied";
    const release r = release_of(figure(figure_unit::number, {missing}));
    const release_cell& cell = r.figures()[0].cells[0];
    CHECK(shown(cell) == "- - -");
    CHECK(cell.unknown.is_absent());
    CHECK(cell.state == "missing");
}

TEST_CASE("a single hidden cell of a margin takes the next smallest with it, never a zero") {
    const release r = release_of(figure(figure_unit::number, {count(50), count(3, sex("F")), count(0, sex("I")),
                                                              count(20, sex("M")), count(27, sex("U"))}));
    const auto& cells = r.figures()[0].cells;
    CHECK(shown(cells[0]) == "50 50 -");
    CHECK(shown(cells[1]) == "c c -");
    CHECK(shown(cells[2]) == "0 0 -");
    CHECK(shown(cells[3]) == "c c -");
    CHECK(shown(cells[4]) == "27 27 -");
}

TEST_CASE("two hidden cells whose sum says what they are take a third with them") {
    // 1 + 1: with zeros shown, a sum of 2 can be nothing else.
    const release r = release_of(
        figure(figure_unit::number, {count(32), count(1, sex("F")), count(1, sex("I")), count(30, sex("M"))}));
    CHECK(r.figures()[0].cells[3].value.is_hidden());
}

TEST_CASE("a category without a number does not switch the margin off") {
    draft_cell empty;
    empty.key = sex("I");
    empty.state = "zero_denominator";
    const release r = release_of(
        figure(figure_unit::fraction, {share(23, 90), share(3, 40, sex("F")), share(20, 50, sex("M")), empty}));
    CHECK(shown(r.figures()[0].cells[2]) == "c c 50");
}

TEST_CASE("the total is hidden when no other cell can be") {
    const release r =
        release_of(figure(figure_unit::fraction, {share(38, 60), share(38, 40, sex("F")), share(0, 20, sex("M"))}));
    const auto& cells = r.figures()[0].cells;
    CHECK(shown(cells[1]) == "c c 40");
    CHECK(shown(cells[2]) == "0.0 0 20");
    CHECK(shown(cells[0]) == "c c 60");
}

TEST_CASE("a breakdown that does not add up needs no second cell") {
    const draft_key one = {{"factor", std::string("neglect")}};
    const draft_key two = {{"factor", std::string("drugs")}};
    const release r = release_of(figure(figure_unit::number, {count(20), count(3, one), count(19, two)}));
    CHECK(r.figures()[0].cells[2].value.text() == "19");
}

TEST_CASE("denominators and side counts are margins too") {
    draft_cell total = share(20, 60);
    draft_cell f = share(10, 30, sex("F"));
    draft_cell m = share(10, 30, sex("M"));
    total.unknown = 20;
    f.unknown = 3;
    m.unknown = 17;
    const release r = release_of(figure(figure_unit::fraction, {total, f, m}));
    const auto& cells = r.figures()[0].cells;
    CHECK(cells[0].unknown.text() == "20");
    CHECK(cells[1].unknown.is_hidden());
    CHECK(cells[2].unknown.is_hidden());
    CHECK(cells[1].value.text() == "33.3");
}

TEST_CASE("a hidden denominator takes the value, which with the numerator would give it back") {
    const release r =
        release_of(figure(figure_unit::fraction, {share(20, 54), share(0, 4, sex("F")), share(20, 50, sex("M"))}));
    const auto& cells = r.figures()[0].cells;
    CHECK(shown(cells[1]) == "0.0 0 c");
    CHECK(shown(cells[2]) == "c 20 c");
}

TEST_CASE("both directions of a cross-tabulation are protected") {
    const auto key = [](const char* s, const char* a) {
        return draft_key{{"sex", std::string(s)}, {"age_band", std::string(a)}};
    };
    draft_figure f =
        figure(figure_unit::number,
               {count(100), count(40, sex("F")), count(60, sex("M")), count(33, {{"age_band", std::string("0-9")}}),
                count(67, {{"age_band", std::string("10-17")}}), count(3, key("F", "0-9")),
                count(37, key("F", "10-17")), count(30, key("M", "0-9")), count(30, key("M", "10-17"))});
    const release r = release_of(f);
    for (std::size_t i = 5; i < 9; ++i) CHECK(r.figures()[0].cells[i].value.is_hidden());
    for (std::size_t i = 0; i < 5; ++i) CHECK_FALSE(r.figures()[0].cells[i].value.is_hidden());
}

TEST_CASE("the cells of a profile and the share above them guard each other") {
    const auto category = [](const char* c) { return draft_key{{"latest_category", std::string(c)}}; };
    draft_figure f =
        figure(figure_unit::fraction, {share(38, 40), count(38, category("SAB")), count(2, category("NEG"))});
    f.heading.cells_are_counts = true;
    {
        // 38 of 40: the rest is 2, so the 38 must not stand in the profile either.
        const release r = release_of(f);
        for (const release_cell& cell : r.figures()[0].cells) CHECK(cell.value.is_hidden());
    }
    f.cells = {share(3, 40), count(3, category("SAB")), count(37, category("NEG"))};
    {
        const release r = release_of(f);
        CHECK(shown(r.figures()[0].cells[0]) == "c c 40");
        CHECK(r.figures()[0].cells[1].value.is_hidden());
        CHECK(r.figures()[0].cells[2].value.is_hidden());
    }
}

TEST_CASE("quarters do not give each other away through their year") {
    release_draft draft;
    draft.periods = {financial_quarter(2018, 1), financial_quarter(2018, 2), financial_quarter(2018, 3),
                     financial_quarter(2018, 4), financial_year(2018)};
    draft_figure f = figure(figure_unit::number,
                            {count(3, {}, 0), count(20, {}, 1), count(30, {}, 2), count(40, {}, 3), count(93, {}, 4)});
    f.heading.adds_over_periods = true;
    draft.figures = {f};
    const disclosure_policy& policy = find_policy("dfe_children_in_need");
    const release flow = protect(draft, policy, audience::board);
    CHECK(flow.figures()[0].cells[1].value.is_hidden());
    CHECK(flow.figures()[0].cells[4].value.text() == "93");

    draft.figures[0].heading.adds_over_periods = false;
    const release other = protect(draft, policy, audience::board);
    CHECK(other.figures()[0].cells[1].value.text() == "20");
}

TEST_CASE("the same stock under two periods is hidden in both") {
    release_draft draft;
    draft.periods = {financial_quarter(2018, 4), financial_year(2018)};
    draft_figure f = figure(figure_unit::number, {count(50), count(3, sex("F")), count(20, sex("M")),
                                                  count(27, sex("U")), count(50, {}, 1), count(20, sex("M"), 1)});
    f.heading.timing = "at";
    draft.figures = {f};
    const release r = protect(draft, find_policy("dfe_children_in_need"), audience::board);
    CHECK(r.figures()[0].cells[2].value.is_hidden());
    CHECK(r.figures()[0].cells[5].value.is_hidden());
}

TEST_CASE("no hidden part of a one-way table can be had by subtraction") {
    for (std::int64_t a = 0; a <= 12; ++a) {
        for (std::int64_t b = 0; b <= 12; ++b) {
            for (std::int64_t c = 0; c <= 12; ++c) {
                const release r = release_of(figure(figure_unit::number, {count(a + b + c), count(a, sex("F")),
                                                                          count(b, sex("M")), count(c, sex("U"))}));
                std::int64_t hidden = 0;
                for (const release_cell& cell : r.figures()[0].cells) hidden += cell.value.is_hidden() ? 1 : 0;
                REQUIRE(hidden != 1);
                for (std::size_t i = 0; i < 4; ++i) {
                    const std::int64_t n = i == 0 ? a + b + c : i == 1 ? a : i == 2 ? b : c;
                    if (n >= 1 && n <= 5) REQUIRE(r.figures()[0].cells[i].value.is_hidden());
                    if (n == 0) REQUIRE(r.figures()[0].cells[i].value.text() == "0");
                }
            }
        }
    }
}

TEST_CASE("counts of findings and rows are hidden like any other") {
    release_draft draft;
    draft.findings = {{"cp_plan", "start_date", "date_not_real", "kept", "no such day", 3},
                      {"referral", "", "duplicate_key", "set_aside", "stands twice", 12}};
    draft.files = {{"a.csv", "canonical table cp_plan", 431, 429, 2, {}},
                   {"b.csv", "canonical table person", 30, 30, 0, {}}};
    const release r = protect(draft, find_policy("dfe_children_in_need"), audience::board);
    CHECK(r.findings()[0].count.is_hidden());
    CHECK(r.findings()[1].count.text() == "12");
    CHECK(r.files()[0].rows_read.text() == "431");
    CHECK(r.files()[0].rows_kept.is_hidden());
    CHECK(r.files()[0].rows_set_aside.is_hidden());
    CHECK(r.files()[1].rows_set_aside.text() == "0");
}

TEST_CASE("every release says that it is not attacked") {
    for (const audience who : {audience::public_readers, audience::board, audience::analyst}) {
        const release r = protect({}, find_policy("dfe_children_in_need"), who);
        CHECK(r.certificate() == "not attacked: internal use");
        CHECK(r.readers() == who);
    }
}

TEST_CASE("a draft that cannot be checked is refused") {
    CHECK_THROWS_AS(release_of(figure(figure_unit::number, {count(-1)})), disclosure_error);
    CHECK_THROWS_AS(release_of(figure(figure_unit::number, {count(7, {}, 9)})), disclosure_error);
    CHECK_THROWS_WITH(release_of(figure(figure_unit::fraction, {count(1)})),
                      Catch::Contains("test.figure") && Catch::Contains("without its numerator and denominator"));
}

TEST_CASE("the exact value of a cell holds no number that is hidden") {
    const release none_of_few = release_of(figure(figure_unit::fraction, {share(0, 4)}));
    const release_cell& cell = none_of_few.figures()[0].cells[0];
    CHECK(shown(cell) == "0.0 0 c");
    CHECK(cell.exact == draft_value{0, 1});
    CHECK_FALSE(release_of(figure(figure_unit::fraction, {share(3, 40)})).figures()[0].cells[0].exact);
    CHECK(release_of(figure(figure_unit::fraction, {share(20, 40)})).figures()[0].cells[0].exact ==
          draft_value{20, 40});
}

TEST_CASE("a judge sees protected numbers, and may say nothing of those that are hidden") {
    const auto judged = [](const figure_judge& judge) {
        release_draft draft;
        draft.periods = {financial_year(2018), financial_year(2019)};
        draft.figures.push_back(figure(figure_unit::number, {count(3), count(40, {}, 1)}));
        return protect(draft, find_policy("dfe_children_in_need"), audience::board, judge);
    };
    const auto saying = [&](const auto& say) {
        return judged([&](const release_figure& shown, const std::vector<period>&) {
            CHECK(shown.cells[0].value.is_hidden());
            CHECK_FALSE(shown.cells[0].exact);
            CHECK(shown.cells[1].exact->numerator == 40);
            figure_judgement said;
            said.cells.resize(2);
            say(said);
            return said;
        });
    };
    const auto colour = [](rag_state state) {
        rag r;
        r.state = state;
        return r;
    };
    const auto change_since = [](std::size_t period) {
        value_change change;
        change.period = period;
        change.difference = "37";
        return change;
    };
    CHECK_NOTHROW(saying([&](figure_judgement& said) { said.cells[1].rags = {colour(rag_state::green)}; }));
    CHECK_NOTHROW(saying([&](figure_judgement& said) { said.cells[0].rags = {colour(rag_state::figure_hidden)}; }));
    for (const rag_state state : {rag_state::green, rag_state::amber, rag_state::red}) {
        CHECK_THROWS_AS(saying([&](figure_judgement& said) { said.cells[0].rags = {colour(state)}; }),
                        disclosure_error);
    }
    CHECK_THROWS_WITH(saying([&](figure_judgement& said) {
                          said.cells[0].rags = {colour(rag_state::figure_hidden)};
                          said.cells[0].rags[0].sentence = "no colour: 3 is hidden";
                      }),
                      Catch::Contains("test.figure") && Catch::Contains("holds a number"));
    CHECK_THROWS_AS(saying([](figure_judgement& said) { said.cells[0].interval = value_interval{}; }),
                    disclosure_error);
    CHECK_THROWS_AS(saying([](figure_judgement& said) { said.cells[0].chart = chart_position{}; }), disclosure_error);
    CHECK_THROWS_AS(saying([](figure_judgement& said) { said.cells[0].group = group_position{}; }), disclosure_error);
    CHECK_THROWS_AS(saying([&](figure_judgement& said) { said.cells[1].changes = {change_since(0)}; }),
                    disclosure_error);
    CHECK_THROWS_AS(saying([&](figure_judgement& said) { said.cells[0].changes = {change_since(1)}; }),
                    disclosure_error);
    const auto series = [](bool limits, std::string trend) {
        series_judgement s;
        s.cells = {0, 1};
        s.has_limits = limits;
        s.trend = std::move(trend);
        return s;
    };
    CHECK_THROWS_AS(saying([&](figure_judgement& said) { said.series = {series(true, "not_tested")}; }),
                    disclosure_error);
    CHECK_THROWS_AS(saying([&](figure_judgement& said) { said.series = {series(false, "rising")}; }), disclosure_error);
    CHECK_NOTHROW(saying([&](figure_judgement& said) { said.series = {series(false, "not_tested")}; }));
    CHECK_THROWS_AS(saying([](figure_judgement& said) { said.cells.pop_back(); }), disclosure_error);
}
