// goldenthread: a two-sided confidence, with what every interval needs of it worked out once.
#pragma once

#include <goldenthread/statistics/distribution_quantiles.hpp>

namespace goldenthread {

/// Two-sided confidence c, strictly between 0 and 1: 0.95 leaves 2.5 % beyond each limit.
///
/// Converts from a number, so that `wilson_interval(3, 20, 0.95)` reads well; a loop makes one and hands it on.
class confidence_level {
public:
    /// \throws calculation_error unless 0 < level < 1
    confidence_level(double level = 0.95) : level_(level) {  // a number is meant: the conversion is wanted
        detail::check_between_zero_and_one("confidence_level", "confidence", level);
        tail_ = (1 - level) / 2;
        z_ = detail::normal_upper_quantile(tail_);
    }

    [[nodiscard]] double level() const noexcept { return level_; }
    /// Probability beyond each limit, (1 − c)/2.
    [[nodiscard]] double tail() const noexcept { return tail_; }
    /// z = Φ⁻¹(c + (1 − c)/2).
    [[nodiscard]] double z() const noexcept { return z_; }

private:
    double level_;
    double tail_ = 0;
    double z_ = 0;
};

}  // namespace goldenthread
