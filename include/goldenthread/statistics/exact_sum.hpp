// goldenthread: sums and means of numbers with (nearly) no rounding, the same on every machine.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

namespace goldenthread::detail {

/// A sum carried in two doubles, so that it does not depend on the order within about 32 digits. Knuth's two-sum;
/// `long double` would differ between machines.
class exact_sum {
public:
    void add(double value) noexcept {
        const double sum = high_ + value;
        const double part = sum - high_;
        low_ += (high_ - (sum - part)) + (value - part);
        high_ = sum;
    }
    [[nodiscard]] double value() const noexcept { return high_ + low_; }
    /// The sum divided, rounded once: division first, then what it left over.
    [[nodiscard]] double divided_by(double divisor) const noexcept {
        const double quotient = high_ / divisor;
        const double left_over = std::fma(-quotient, divisor, high_) + low_;
        return quotient + left_over / divisor;
    }

private:
    double high_ = 0;
    double low_ = 0;
};

[[nodiscard]] inline double sum_of(std::span<const double> values) noexcept {
    exact_sum sum;
    for (const double value : values) sum.add(value);
    return sum.value();
}

/// The arithmetic mean; `values` must not be empty.
[[nodiscard]] inline double mean_of(std::span<const double> values) noexcept {
    exact_sum sum;
    for (const double value : values) sum.add(value);
    return sum.divided_by(static_cast<double>(values.size()));
}

/// Σ(x − x̄)², without loss where the values are large and close together.
[[nodiscard]] inline double squares_about(std::span<const double> values, double mean) noexcept {
    exact_sum squares, deviations;
    for (const double value : values) {
        const double deviation = value - mean;
        deviations.add(deviation);
        squares.add(deviation * deviation);
    }
    const double left_over = deviations.value();
    return squares.value() - left_over * left_over / static_cast<double>(values.size());
}

}  // namespace goldenthread::detail
