// Quantiles by Hyndman and Fan's nine types, exactly, and durations that still run.
#include "small_data.hpp"

#include <goldenthread/engine/cell_values.hpp>

#include "random_source.hpp"

#include <string>
#include <vector>

using namespace small;

namespace {

detail::tally list_of(const std::vector<std::int64_t>& values) {
    detail::tally t;
    for (const std::int64_t v : values) {
        t.counted += 1;
        t.add_value(v);
    }
    return t;
}

std::string quantile(const std::vector<std::int64_t>& values, const char* p, int method) {
    const exact_ratio q = detail::quantile_of(list_of(values), parse_probability(p).value(), method);
    return std::to_string(q.numerator) + "/" + std::to_string(q.denominator);
}

bool same_value(const exact_ratio& a, const exact_ratio& b) { return a.numerator * b.denominator == b.numerator * a.denominator; }

const char* const waits = "pathway_id child_id referral_date first_assessment_date";

std::string measure_of(const std::string& kind, const std::string& more = "") {
    return R"json({"kind": ")json" + kind + R"json(", "timing": "at", "of": "camhs_pathway",
        "where": "referral_date <= as_at and (first_assessment_date is null or first_assessment_date > as_at)",
        "value": "days_between(referral_date, as_at)")json" + more + "}";
}

}  // namespace

TEST_CASE("a quantile is read by one of nine types, without rounding") {
    const std::vector<std::int64_t> five = {1, 2, 3, 4, 10};
    const char* const at_three_tenths[] = {"2/1", "2/1", "2/1", "3/2", "2/1", "9/5", "11/5", "29/15", "39/20"};
    const char* const in_the_middle[] = {"3/1", "3/1", "2/1", "5/2", "3/1", "3/1", "3/1", "3/1", "3/1"};
    for (int method = 1; method <= 9; ++method) {
        INFO("type " << method);
        CHECK(quantile(five, "0.3", method) == at_three_tenths[method - 1]);
        CHECK(quantile(five, "0.5", method) == in_the_middle[method - 1]);
        CHECK(quantile(five, "1", method) == "10/1");
        CHECK(quantile(five, "0", method) == "1/1");
        CHECK(quantile({7}, "0.25", method) == "7/1");
        CHECK(quantile({4, 4, 4}, "0.9", method) == "4/1");
    }
    // An even number: type 2 takes the middle of two where others take one.
    CHECK(quantile({1, 2, 3, 4}, "0.5", 1) == "2/1");
    CHECK(quantile({1, 2, 3, 4}, "0.5", 2) == "5/2");
    CHECK(quantile({1, 2, 3, 4}, "0.5", 3) == "2/1");
    CHECK(quantile({-5, -1}, "0.25", 7) == "-4/1");
}

TEST_CASE("laws of quantiles: the median is one, they rise with p, and stay between the ends") {
    random_source random(11);
    for (int i = 0; i < 400; ++i) {
        std::vector<std::int64_t> values;
        for (int n = random.between(1, 9); n > 0; --n) values.push_back(random.between(-20, 20));
        const detail::tally t = list_of(values);
        CHECK(same_value(detail::median_of(t), detail::quantile_of(t, {1, 2}, 7)));
        for (int method = 1; method <= 9; ++method) {
            const std::int64_t p = random.between(0, 99);
            const exact_ratio low = detail::quantile_of(t, {p, 100}, method), high = detail::quantile_of(t, {p + 1, 100}, method);
            CHECK(low.as_double() <= high.as_double() + 1e-12);
            CHECK(low.as_double() >= static_cast<double>(t.values.begin()->first));
            CHECK(high.as_double() <= static_cast<double>(t.values.rbegin()->first));
        }
    }
}

TEST_CASE("p is a decimal from 0 to 1") {
    CHECK(parse_probability("0.25") == probability{25, 100});
    CHECK(parse_probability("1") == probability{1, 1});
    CHECK(parse_probability("0.000001") == probability{1, 1'000'000});
    for (const char* wrong : {"", ".5", "0.", "1.1", "2", "-0.5", "0.0000001", "50%", "0,5", "1e-1"}) {
        INFO(wrong);
        CHECK_FALSE(parse_probability(wrong));
    }
    CHECK(quantile_method("linear") == 7);
    CHECK(quantile_method("hazen") == 5);
    CHECK(quantile_method("0") == 0);
    CHECK(quantile_method("10") == 0);
}

TEST_CASE("how long those have waited who still wait: it moves with the day asked about") {
    const dataset data = built({written("camhs_pathway", waits, {"a A 2019-03-01 -", "b B 2019-03-11 2019-04-15", "c C 2019-03-21 2019-03-25", "d D - -"})});
    evaluation_request request;
    request.periods = months(to_day(2019, 3, 1), to_day(2019, 5, 31));
    const auto asked = [&](const std::string& measure) { return ask(definition(measure), data, request); };
    const indicator_result mean = asked(measure_of("mean"));
    CHECK(mean.path == "interval");
    CHECK(mean.total(0)->value == exact_ratio{30 + 20, 2});
    CHECK(mean.total(0)->unknown == 1);  // began on a day not recorded
    CHECK(mean.total(1)->value == exact_ratio{60, 1});
    CHECK(mean.total(2)->value == exact_ratio{91, 1});
    CHECK(asked(measure_of("median")).total(0)->value == exact_ratio{50, 2});
    const indicator_result most = asked(measure_of("quantile", R"(, "p": "0.9")"));
    CHECK(most.total(0)->value == exact_ratio{29, 1});
    CHECK(most.unit == value_unit::days);
    CHECK(most.meaning.find("Quantile 9/10 (method 7)") == 0);
    CHECK(asked(measure_of("quantile", R"(, "p": "0.9", "method": "inverted_cdf")")).total(0)->value == exact_ratio{30, 1});
    CHECK(asked(measure_of("quantile", R"(, "p": "0.9", "method": 1)")).definition_hash != most.definition_hash);
    // The other spelling, and a value that moves in a way of its own.
    const std::string minus = R"({"kind": "sum", "timing": "at", "of": "camhs_pathway", "where": "referral_date <= as_at", "value": "as_at - referral_date"})";
    CHECK(asked(minus).total(1)->value == exact_ratio{60 + 50 + 40, 1});
    const std::string own = R"json({"kind": "sum", "timing": "at", "of": "camhs_pathway", "where": "referral_date <= as_at", "value": "months_between(referral_date, as_at + 1 days) * 2"})json";
    CHECK(asked(own).total(2)->value == exact_ratio{2 * (3 + 2 + 2), 1});
}

TEST_CASE("a quantile's share can be a parameter") {
    const indicator_set set = definition(measure_of("quantile", R"(, "p": ":share")"), R"("parameters": {"share": {"default": "0.5"}}, )");
    const dataset data = built({written("camhs_pathway", waits, {"a A 2019-03-01 -", "b B 2019-03-11 -"})});
    CHECK(ask(set, data, "2018-19").total(0)->value == exact_ratio{25, 1});
    CHECK(ask(set, data, "2018-19", {}, {{"share", "1"}}).total(0)->value == exact_ratio{30, 1});
    CHECK_THAT(error_of([&] { (void)ask(set, data, "2018-19", {}, {{"share", "90"}}); }), Catch::Contains("a quantile is at a share from 0 to 1, not at '90'"));
}
