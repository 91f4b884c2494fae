#include "catch.hpp"
#include "synthetic/random.hpp"

#include <array>

using namespace goldenthread::exampleshire;

TEST_CASE("scatter is SplitMix64") {
    // First output of the published generator for seed 0.
    CHECK(scatter(0) == 0xE220A8397B1DCDAFULL);
}

TEST_CASE("draws stay in their range and reach both ends") {
    dice d(1, 2, 3, topic::family);
    bool low = false, high = false;
    for (int i = 0; i < 1000; ++i) {
        const int drawn = d.between(-2, 3);
        REQUIRE(drawn >= -2);
        REQUIRE(drawn <= 3);
        low = low || drawn == -2;
        high = high || drawn == 3;
    }
    CHECK(low);
    CHECK(high);
}

TEST_CASE("chance and pick follow their weights") {
    dice d(7, 0, 0, topic::child);
    constexpr std::array<weighted<int>, 3> choices = {{{1, 100}, {2, 0}, {3, 300}}};
    int ones = 0, heads = 0;
    for (int i = 0; i < 40'000; ++i) {
        const int drawn = d.pick(choices);
        REQUIRE(drawn != 2);
        ones += drawn == 1 ? 1 : 0;
        heads += d.chance(250) ? 1 : 0;
    }
    CHECK(ones > 9'600);
    CHECK(ones < 10'400);
    CHECK(heads > 9'600);
    CHECK(heads < 10'400);
}

TEST_CASE("a drawn duration follows its deciles") {
    dice d(3, 0, 0, topic::child);
    constexpr deciles shape = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 1000};
    int below_median = 0;
    for (int i = 0; i < 20'000; ++i) {
        const int drawn = d.draw(shape);
        REQUIRE(drawn >= 0);
        REQUIRE(drawn < 1000);
        below_median += drawn < 50 ? 1 : 0;
    }
    CHECK(below_median > 9'700);
    CHECK(below_median < 10'300);
}

TEST_CASE("streams differ by seed, family, member and topic") {
    dice a(1, 2, 3, topic::family), b(2, 2, 3, topic::family), c(1, 3, 3, topic::family), e(1, 2, 4, topic::family),
        f(1, 2, 3, topic::child), same(1, 2, 3, topic::family);
    const auto first = a.next();
    CHECK(first == same.next());
    CHECK(first != b.next());
    CHECK(first != c.next());
    CHECK(first != e.next());
    CHECK(first != f.next());
}
