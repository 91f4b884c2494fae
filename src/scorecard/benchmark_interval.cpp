#include "scorecard/benchmark_interval.hpp"

#include <boost/math/distributions/chi_squared.hpp>

#include <algorithm>
#include <cmath>

namespace goldenthread::detail {

namespace {

constexpr double tail = 0.025;
constexpr double z = 1.9599639845400542;  // Φ⁻¹(0.975)
constexpr std::int64_t fewest_for_byar = 10;

/// E. B. Wilson, JASA 22 (1927): (2x + z² ∓ z√(z² + 4x(1 − x/n))) / 2(n + z²), a share of 1.
benchmark_interval wilson(double x, double n) {
    const double reach = z * std::sqrt(z * z + 4 * x * (1 - x / n));
    const double width = 2 * (n + z * z);
    const double lower = x == 0 ? 0.0 : std::max(0.0, (2 * x + z * z - reach) / width);
    const double upper = x == n ? 1.0 : std::min(1.0, (2 * x + z * z + reach) / width);
    return {lower, upper};
}

/// Garwood's limits of a count: χ²(0.025; 2x)/2 and χ²(0.975; 2x + 2)/2.
benchmark_interval exact_poisson(double x) {
    using boost::math::chi_squared;
    using boost::math::complement;
    const double lower = x == 0 ? 0.0 : boost::math::quantile(chi_squared(2 * x), tail) / 2;
    return {lower, boost::math::quantile(complement(chi_squared(2 * x + 2), tail)) / 2};
}

/// Breslow and Day (IARC 1987), p. 69.
benchmark_interval byar(double x) {
    const auto limit = [](double count, double sign) {
        const double root = 1 - 1 / (9 * count) + sign * z / (3 * std::sqrt(count));
        return count * root * root * root;
    };
    return {limit(x, -1), limit(x + 1, 1)};
}

}  // namespace

std::optional<benchmark_interval> interval_of(std::int64_t events, std::int64_t out_of, std::int64_t per) {
    if (events < 0 || out_of <= 0) return std::nullopt;
    const auto x = static_cast<double>(events), n = static_cast<double>(out_of), unit = static_cast<double>(per);
    if (per == 100) {
        if (events > out_of) return std::nullopt;
        const benchmark_interval share = wilson(x, n);
        return benchmark_interval{share.lower * unit, share.upper * unit};
    }
    const benchmark_interval count = events < fewest_for_byar ? exact_poisson(x) : byar(x);
    return benchmark_interval{count.lower / n * unit, count.upper / n * unit};
}

}  // namespace goldenthread::detail
