// any, count, first, last, nth, latest per, max over, gaps, collapse on a few rows.
#include "small_data.hpp"

#include <string>
#include <vector>

using namespace small;

namespace {

/// What a condition on person A makes of these plans: "yes", "no" or "unknown".
std::string answer(const std::string& where, const std::vector<text_table>& tables) {
    std::vector<text_table> all = {written("person", "child_id date_of_birth", {"A 2010-05-01"})};
    all.insert(all.end(), tables.begin(), tables.end());
    const cell c = total(definition(count_at("person", where)), built(all), "2018-19");
    INFO(where);
    return c.numerator == 1 ? "yes" : c.unknown == 1 ? "unknown" : "no";
}

std::vector<text_table> plans(const std::vector<std::string>& lines) {
    return {written("cp_plan", "cp_plan_id child_id start_date end_date latest_category number_of_previous_plans", lines)};
}

}  // namespace

TEST_CASE("any is true, else unknown, else false; a null key matches nothing") {
    CHECK(answer("any(cp_plan)", plans({})) == "no");
    CHECK(answer("any(cp_plan)", plans({"p A 2018-05-01 - NEG 0"})) == "yes");
    CHECK(answer("any(cp_plan)", plans({"p B 2018-05-01 - NEG 0", "q - 2018-05-01 - NEG 0"})) == "no");
    CHECK(answer("any(cp_plan where latest_category = 'SAB')", plans({"p A - - NEG 0", "q A - - - 0"})) == "unknown");
    CHECK(answer("any(cp_plan where latest_category = 'SAB')", plans({"p A - - SAB 0", "q A - - - 0"})) == "yes");
    CHECK(answer("any(cp_plan as q by child_id where any(cp_plan as r by child_id where r.start_date < q.start_date))", plans({"p A 2018-05-01 - - 0", "q A 2018-05-02 - - 0"})) == "yes");
    CHECK(answer("any(cp_plan as q by child_id where any(cp_plan as r by child_id where r.start_date < this.start_date))", plans({"p A 2018-05-01 - - 0"})) == "no");
}

TEST_CASE("a count is an interval from the rows that are to those that may be") {
    const auto two_and_one_unknown = plans({"p A - - NEG 0", "q A - - NEG 0", "r A - - - 0", "s A - - SAB 0"});
    CHECK(answer("count(cp_plan where latest_category = 'NEG') >= 2", two_and_one_unknown) == "yes");
    CHECK(answer("count(cp_plan where latest_category = 'NEG') >= 3", two_and_one_unknown) == "unknown");
    CHECK(answer("count(cp_plan where latest_category = 'NEG') >= 4", two_and_one_unknown) == "no");
    CHECK(answer("count(cp_plan where latest_category = 'NEG') = 2", two_and_one_unknown) == "unknown");
    CHECK(answer("count(cp_plan where latest_category = 'NEG') between 2 and 3", two_and_one_unknown) == "yes");
    CHECK(answer("count(cp_plan where latest_category = 'NEG') + 1 <= 4", two_and_one_unknown) == "yes");
}

TEST_CASE("count distinct, sum, min and max") {
    const auto some = plans({"p A 2018-05-01 - NEG 1", "q A 2018-06-01 - NEG 2", "r A 2018-07-01 - SAB 3", "s A 2018-08-01 - - 0"});
    CHECK(answer("count(distinct latest_category of cp_plan where latest_category is not null) = 2", some) == "yes");
    CHECK(answer("count(distinct latest_category of cp_plan) = 2", some) == "unknown");  // the last may be a third
    CHECK(answer("count(distinct latest_category of cp_plan) between 2 and 3", some) == "yes");
    CHECK(answer("sum(number_of_previous_plans of cp_plan) = 6", some) == "yes");
    CHECK(answer("max(number_of_previous_plans of cp_plan) = 3", some) == "yes");
    CHECK(answer("min(start_date of cp_plan) = date '2018-05-01'", some) == "yes");
    CHECK(answer("sum(number_of_previous_plans of cp_plan) = 0", plans({})) == "yes");
    CHECK(answer("max(number_of_previous_plans of cp_plan) is null", plans({})) == "yes");
    CHECK(answer("sum(number_of_previous_plans of cp_plan where latest_category = 'NEG') between 3 and 3", some) == "yes");
}

TEST_CASE("first, last and nth are found in order, as far as the order is known") {
    const auto some = plans({"q A 2018-06-01 - SAB 2", "p A 2018-05-01 - NEG 1", "r A 2018-07-01 - EMO 3"});
    CHECK(answer("first(cp_plan order by start_date).latest_category = 'NEG'", some) == "yes");
    CHECK(answer("last(cp_plan order by start_date).latest_category = 'EMO'", some) == "yes");
    CHECK(answer("nth(2, cp_plan order by start_date).latest_category = 'SAB'", some) == "yes");
    CHECK(answer("nth(4, cp_plan order by start_date).latest_category is null", some) == "yes");
    CHECK(answer("last(cp_plan where start_date <= date '2018-06-30' order by start_date).cp_plan_id = 'q'", some) == "yes");
    CHECK(answer("last(cp_plan where latest_category != 'EMO' order by start_date).cp_plan_id = 'q'", plans({"q A 2018-06-01 - SAB 2", "r A 2018-07-01 - - 3"})) == "unknown");
    CHECK(answer("first(cp_plan where latest_category != 'EMO' order by start_date).cp_plan_id = 'q'", plans({"q A 2018-06-01 - SAB 2", "r A 2018-07-01 - - 3"})) == "yes");
    // Nulls first.
    CHECK(answer("first(cp_plan order by start_date).cp_plan_id = 'q'", plans({"p A 2018-06-01 - SAB 2", "q A - - SAB 2"})) == "yes");
}

TEST_CASE("ties are settled by the row, not by its place in the file") {
    const std::vector<std::string> tied = {"p A 2018-06-01 - SAB 2", "q A 2018-06-01 - NEG 2", "r A 2018-06-01 - EMO 2"};
    const std::vector<std::string> turned = {tied[2], tied[1], tied[0]}, mixed = {tied[1], tied[0], tied[2]};
    for (const char* aggregate : {"first", "last"}) {
        const std::string where = std::string(aggregate) + "(cp_plan order by start_date).latest_category = 'SAB'";
        CHECK(answer(where, plans(tied)) == answer(where, plans(turned)));
        CHECK(answer(where, plans(tied)) == answer(where, plans(mixed)));
    }
    const std::string latest = "any(latest per (child_id) (cp_plan by child_id order by start_date) as l where l.latest_category = 'SAB')";
    CHECK(answer(latest, plans(tied)) == answer(latest, plans(turned)));
    CHECK(answer(latest, plans(tied)) == answer(latest, plans(mixed)));
}

TEST_CASE("last is a step function of the day asked about") {
    const indicator_set set = definition(count_at("person", "last(cp_plan where start_date <= as_at order by start_date).latest_category = 'SAB'"));
    const dataset data = built({written("person", "child_id", {"A"}), written("cp_plan", "cp_plan_id child_id start_date latest_category",
                                {"p A 2018-05-10 NEG", "q A 2018-07-10 SAB", "r A 2018-09-10 EMO", "s A 2018-11-10 SAB"})});
    evaluation_request request;
    request.periods = months(to_day(2018, 4, 1), to_day(2018, 12, 31));
    const indicator_result r = ask(set, data, request);
    std::string counts;
    for (std::size_t p = 0; p < request.periods.size(); ++p) counts += std::to_string(r.total(p)->numerator.value());
    CHECK(counts == "000110011");
    CHECK(r.path == "interval");
    CHECK(r.total(0)->unknown == 1);  // no plan yet: nothing to compare
}

TEST_CASE("latest per key, and an order of its own on top") {
    const std::vector<text_table> aces = {written("parental_ace", "child_id parent_id ace response recorded_date",
                                                  {"A m physical_abuse NOT_IDENTIFIED 2018-04-01", "A m physical_abuse IDENTIFIED 2018-05-01", "A f physical_abuse NOT_ASKED 2018-06-01"})};
    const std::string rows = "latest per (parent_id, ace) (parental_ace by child_id where recorded_date <= as_at order by recorded_date) as l";
    CHECK(answer("count(" + rows + ") = 2", aces) == "yes");
    CHECK(answer("count(" + rows + " where case l.response when 'IDENTIFIED' then true when 'NOT_ASKED' then unknown else false end) >= 1", aces) == "yes");
    CHECK(answer("count(" + rows + " where case l.response when 'IDENTIFIED' then true when 'NOT_ASKED' then unknown else false end) = 2", aces) == "unknown");
    CHECK(answer("max over parent_id of count(" + rows + " where l.response = 'IDENTIFIED') >= 1", aces) == "yes");
    CHECK(answer("max over parent_id of count(" + rows + ") >= 2", aces) == "no");
    // The outer order decides which of the rows picked is last; the inner one only picks.
    CHECK(answer("last(" + rows + " order by l.parent_id).response = 'IDENTIFIED'", aces) == "yes");
    CHECK(answer("first(" + rows + " order by l.parent_id).response = 'NOT_ASKED'", aces) == "yes");
}

TEST_CASE("latest per leaves it open when a later row may belong") {
    const auto some = plans({"p A 2018-05-01 - NEG 1", "q A 2018-06-01 - - 1"});
    const std::string picked = "latest per (child_id) (cp_plan by child_id where latest_category != 'EMO' order by start_date) as l";
    CHECK(answer("any(" + picked + " where l.cp_plan_id = 'p')", some) == "unknown");
    CHECK(answer("any(" + picked + ")", plans({"p A 2018-05-01 - NEG 1"})) == "yes");
}

TEST_CASE("gaps cut a run of days at dates") {
    const std::vector<text_table> visits = {
        written("private_fostering", "arrangement_id child_id", {"x A"}),
        written("private_fostering_visit", "arrangement_id visit_date", {"x 2018-05-01", "x 2018-04-10", "x 2017-12-31", "x -"})};
    std::vector<text_table> all = visits;
    const auto counted = [&](const std::string& where) {
        const cell c = total(definition(count_at("private_fostering", where)), built(all), "2018-19");
        return c.numerator == 1 ? "yes" : c.unknown == 1 ? "unknown" : "no";
    };
    if (canonical_schema().find("private_fostering") == nullptr) return;
    const std::string rows = "gaps(private_fostering_visit.visit_date by arrangement_id from date '2018-04-01' until date '2018-06-01') as g";
    CHECK(counted("count(" + rows + ") = 3") == std::string("yes"));
    CHECK(counted("any(" + rows + " where g.start = date '2018-04-01' and g.end = date '2018-04-10')") == std::string("yes"));
    CHECK(counted("any(" + rows + " where g.start = date '2018-05-01' and g.end is null)") == std::string("yes"));
    CHECK(counted("any(" + rows + " where days_between(g.start, g.end) > 21)") == std::string("unknown"));  // the last has no end
    CHECK(counted("any(" + rows + " where days_between(g.start, coalesce(g.end, date '2018-06-01')) > 31)") == std::string("no"));
}

TEST_CASE("collapse joins spells that touch") {
    const auto spells = [](const std::vector<std::string>& lines) { return built({written("crisis_spell", "spell_id child_id start_date end_date", lines)}); };
    const auto joined_count = [&](const std::vector<std::string>& lines, int gap) {
        return total(definition(count_at("collapse(crisis_spell by child_id gap " + std::to_string(gap) + " days)", "true")), spells(lines), "2018-19").numerator.value();
    };
    CHECK(joined_count({"a A 2018-04-01 2018-04-10", "b A 2018-04-10 2018-04-20"}, 0) == 1);
    CHECK(joined_count({"a A 2018-04-01 2018-04-10", "b A 2018-04-11 2018-04-20"}, 0) == 2);
    CHECK(joined_count({"a A 2018-04-01 2018-04-10", "b A 2018-04-11 2018-04-20"}, 1) == 1);
    CHECK(joined_count({"a A 2018-04-01 -", "b A 2018-08-11 2018-09-20"}, 0) == 1);
    CHECK(joined_count({"a A 2018-04-01 2018-04-10", "b B 2018-04-05 2018-04-20"}, 0) == 2);
    CHECK(joined_count({"a A 2018-04-01 2018-06-10", "b A 2018-04-05 2018-04-20", "c A 2018-06-10 2018-06-12"}, 0) == 1);
    CHECK(joined_count({"a A - 2018-04-10", "b A 2018-04-10 2018-04-20"}, 0) == 2);
    // Equal starts, one of them with its dates the wrong way round: the same whatever the order of the file.
    CHECK(joined_count({"a A 2018-04-10 2018-04-05", "b A 2018-04-10 2018-04-20"}, 0) == joined_count({"b A 2018-04-10 2018-04-20", "a A 2018-04-10 2018-04-05"}, 0));
    const indicator_set open = definition(count_at("collapse(crisis_spell by child_id gap 0 days)", "open(start_date, end_date)"));
    CHECK(total(open, spells({"a A 2018-04-01 2018-04-10", "b A 2018-04-10 -"}), "2018-04-10").numerator == 1);
}
