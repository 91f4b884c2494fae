#include "catch.hpp"

#include <goldenthread/data/read_rows.hpp>
#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/supplied_figures.hpp>

#include <algorithm>

using namespace goldenthread;
using Catch::Matchers::Contains;

namespace {

const char* const crisis = "mental_health.crisis_starts";

using rows = std::vector<std::vector<std::string>>;

dataset supplied(rows figures, std::vector<text_rows> others = {}) {
    others.push_back({"supplied_figure",
                      {"indicator_id", "period_label", "breakdown", "value", "numerator", "denominator", "unknown",
                       "definition_note", "supplied_by", "supplied_on"},
                      std::move(figures),
                      {}});
    return read_text_rows({"figures.csv", "figures", std::move(others), {}, 0, false});
}

scorecard evaluated(const dataset& data, std::vector<breakdown> breakdowns = {}) {
    const plan_package package = shipped_plan_package("leicester_2018_2020");
    evaluation_request request;
    request.periods = {financial_year(2018), financial_year(2019)};
    request.breakdowns = std::move(breakdowns);
    return evaluate_plan(package, data, request);
}

const indicator_result& of_unit(const scorecard& card, value_unit unit) {
    for (const indicator_result& r : card.figures.indicators) {
        if (r.unit == unit && !r.tables_missing.empty()) return r;
    }
    throw std::logic_error("no such indicator");
}

std::string id_of(value_unit unit) { return of_unit(evaluated(dataset()), unit).indicator; }

std::size_t count(const scorecard& card, std::string_view rule) {
    std::size_t result = 0;
    for (const finding_count& f : card.findings) {
        if (f.rule == rule) result += f.count;
    }
    return result;
}

}  // namespace

TEST_CASE("supplied figures: a number is shown, marked, and never explained away as computed") {
    const std::string id = id_of(value_unit::number);
    const scorecard card = evaluated(supplied({{id, "2018-19", "", "12", "", "", "2", "", "Police", "2019-05-01"}}));
    const cell& c = *card.figures.find(id)->total(0);
    CHECK(c.state == cell_state::value);
    CHECK(c.value == exact_ratio{12, 1});
    CHECK(c.numerator == 12);
    CHECK(c.unknown == 2);
    CHECK(c.reason == "supplied, not recomputed: by Police, 2019-05-01");
    CHECK(card.figures.find(id)->total(1)->state == cell_state::missing);
    CHECK(card.figures.input_hash != evaluated(dataset()).figures.input_hash);
    CHECK(card.figures.input_hash.size() == evaluated(dataset()).figures.input_hash.size());
}

TEST_CASE("supplied figures: shares, zeros, empty denominators, rates and days") {
    const std::string share = id_of(value_unit::fraction);
    scorecard card = evaluated(supplied({{share, "2018-19", "", "25", "5", "20", "", "", "Health", "2019-05-01"},
                                         {share, "2019-20", "", "", "0", "20", "", "", "Health", "2020-05-01"}}));
    CHECK(card.figures.find(share)->total(0)->value == exact_ratio{5, 20});
    CHECK(card.figures.find(share)->total(1)->state == cell_state::true_zero);
    CHECK(count(card, "supplied_disagrees") == 0);
    card = evaluated(supplied({{share, "2018-19", "", "99", "5", "20", "", "", "Health", "2019-05-01"},
                               {share, "2019-20", "", "", "0", "0", "", "", "Health", "2020-05-01"}}));
    CHECK(card.figures.find(share)->total(0)->value == exact_ratio{5, 20});
    CHECK(count(card, "supplied_disagrees") == 1);
    CHECK(card.figures.find(share)->total(1)->state == cell_state::zero_denominator);
    CHECK_FALSE(card.figures.find(share)->total(1)->value);

    const std::string days = id_of(value_unit::days);
    card = evaluated(supplied({{days, "2018-19", "", "31.5", "", "40", "", "", "Health", "2019-05-01"},
                               {days, "2019-20", "", "31.5", "", "", "", "", "Health", "2020-05-01"}}));
    CHECK(card.figures.find(days)->total(0)->value->as_double() == 31.5);
    CHECK(card.figures.find(days)->total(0)->units == 40);
    CHECK(card.figures.find(days)->total(1)->state == cell_state::missing);
}

TEST_CASE("supplied figures: what disclosure control could not judge, or what cannot be, is not shown") {
    const std::string share = id_of(value_unit::fraction);
    const std::string number = id_of(value_unit::number);
    const scorecard card =
        evaluated(supplied({{share, "2018-19", "", "25", "", "", "", "", "Health", "2019-05-01"},
                            {share, "2019-20", "", "", "30", "20", "", "", "Health", "2020-05-01"},
                            {number, "2018-19", "", "1.5", "", "", "", "", "Police", "2019-05-01"},
                            {number, "2019-20", "", "", "9000000000000000000", "", "", "", "Police", "2019-05-01"}}));
    const indicator_result& r = *card.figures.find(share);
    CHECK(r.total(0)->state == cell_state::missing);
    CHECK_THAT(r.total(0)->reason, Contains("supplied without numerator and denominator"));
    CHECK(r.total(1)->state == cell_state::missing);
    CHECK_FALSE(card.figures.find(number)->total(0)->value);
    CHECK(count(card, "supplied_incomplete") == 1);
    CHECK(count(card, "supplied_out_of_range") == 3);
}

TEST_CASE("supplied figures: rows win, and a difference is a finding") {
    const text_rows spells = {"crisis_spell",
                              {"spell_id", "child_id", "start_date"},
                              {{"1", "A", "2018-05-01"}, {"2", "B", "2018-06-01"}},
                              {}};
    const auto shown = [&](const char* value) {
        return evaluated(supplied({{crisis, "2018-19", "", value, "", "", "", "", "Health", "2019-05-01"}}, {spells}));
    };
    REQUIRE(shown("2").figures.find(crisis) != nullptr);
    for (const char* value : {"2", "7"}) {
        const scorecard card = shown(value);
        CHECK(card.figures.find(crisis)->total(0)->value == exact_ratio{2, 1});
        CHECK(card.figures.find(crisis)->total(0)->reason.empty());
        CHECK(count(card, "supplied_differs") == (std::string(value) == "7" ? 1U : 0U));
    }
}

TEST_CASE("supplied figures: a break in the series is marked") {
    const std::string id = id_of(value_unit::number);
    const auto second = [&](const char* note, const char* by) {
        const scorecard card = evaluated(supplied({{id, "2018-19", "", "12", "", "", "", "all", "Police", "2019-05-01"},
                                                   {id, "2019-20", "", "30", "", "", "", note, by, "2020-05-01"}}));
        return card.figures.find(id)->total(1)->reason;
    };
    CHECK_THAT(second("all", "Police"), !Contains("break"));
    CHECK_THAT(second("crimes only", "Police"), Contains("; break in the series: counted otherwise before"));
    CHECK_THAT(second("all", "Trust"), Contains("; break in the series: supplied by Police before"));
}

TEST_CASE("supplied figures: cells of breakdowns that were asked for, hidden where they are small") {
    const std::string id = id_of(value_unit::number);
    const dataset data = supplied({{id, "2018-19", "", "30", "", "", "", "", "Police", "2019-05-01"},
                                   {id, "2018-19", "sex=F", "27", "", "", "", "", "Police", "2019-05-01"},
                                   {id, "2018-19", "sex=M", "3", "", "", "", "", "Police", "2019-05-01"},
                                   {id, "2018-19", "sex", "3", "", "", "", "", "Police", "2019-05-01"},
                                   {"no.such", "2018-19", "", "3", "", "", "", "", "Police", "2019-05-01"},
                                   {id, "1999-00", "", "3", "", "", "", "", "Police", "2019-05-01"}});
    const scorecard totals = evaluated(data);
    CHECK(count(totals, "supplied_unknown") == 2);
    CHECK(totals.figures.find(id)->cells.size() == 2);
    const scorecard card = evaluated(data, {{"sex"}});
    const std::vector<cell>& cells = card.figures.find(id)->cells;
    CHECK(std::count_if(cells.begin(), cells.end(), [](const cell& c) { return c.key.size() == 1; }) == 2);

    const release out = build_release(card);
    bool small_is_hidden = false;
    for (const release_cell& c : out.find(id)->cells) {
        if (c.key.size() != 1) continue;
        INFO(c.state);
        small_is_hidden = small_is_hidden || c.state == "suppressed";
        if (c.key.front().second == "M") CHECK(c.state == "suppressed");
    }
    CHECK(small_is_hidden);
}

TEST_CASE("supplied figures: without the table nothing changes") {
    results figures;
    CHECK(add_supplied_figures(figures, dataset(), {}).empty());
}
