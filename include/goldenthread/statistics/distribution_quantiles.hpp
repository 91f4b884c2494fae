// goldenthread: quantiles of the distributions that limits are made of, by Boost.Math. Slow to compile, so the umbrella
// header leaves this out, and with it every header that includes it.
#pragma once

#include <goldenthread/statistics/input_checks.hpp>

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <string_view>

namespace goldenthread {

namespace detail {

/// Plain double: as fast as can be, and the same digits on every machine.
using plain_double = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
/// Boost's own policy: worked in `long double` where that is wider. The incomplete gamma and beta functions lose digits
/// with the size of their parameters, in plain double to 1e-11 at a million; the last digits then differ between
/// machines.
using wider_double = boost::math::policies::policy<>;

/// Parameters up to which plain double is used: good to 2e-13 there, in 80,000 random quantiles beside `long double`.
inline constexpr double largest_for_plain_double = 500;

/// Calls `work` with the policy that parameters of this size need.
template <class Work>
[[nodiscard]] double with_enough_digits(double size, Work work) {
    return size <= largest_for_plain_double ? work(plain_double()) : work(wider_double());
}

inline constexpr double square_root_of_two = 1.4142135623730950488;

inline void check_degrees_of_freedom(std::string_view function, double value) {
    check_above_zero(function, "degrees_of_freedom", value);
}

/// As `normal_quantile`, for the upper tail: the z with P(Z > z) = tail. Exact where 1 − tail would round.
[[nodiscard]] inline double normal_upper_quantile(double tail) {
    return square_root_of_two * boost::math::erfc_inv(2 * tail, plain_double());
}

/// The χ² with P(X > χ²) = tail.
[[nodiscard]] inline double chi_squared_upper_quantile(double tail, double degrees_of_freedom) {
    return 2 * with_enough_digits(degrees_of_freedom, [=](auto policy) {
               return boost::math::gamma_q_inv(degrees_of_freedom / 2, tail, policy);
           });
}

/// The t with P(T > t) = tail.
[[nodiscard]] inline double t_upper_quantile(double tail, double degrees_of_freedom) {
    const boost::math::students_t_distribution<double, wider_double> distribution(degrees_of_freedom);
    return boost::math::quantile(boost::math::complement(distribution, tail));
}

/// The b with P(B > b) = tail.
[[nodiscard]] inline double beta_upper_quantile(double tail, double a, double b) {
    return with_enough_digits(a + b, [=](auto policy) { return boost::math::ibetac_inv(a, b, tail, policy); });
}

}  // namespace detail

/// The z with P(Z <= z) = p for the standard normal distribution, p strictly between 0 and 1. All four quantiles are
/// those of Boost.Math, held beside R (`distribution_quantiles.csv` of the oracles).
/// \throws calculation_error for any other p
[[nodiscard]] inline double normal_quantile(double p) {
    detail::check_between_zero_and_one("normal_quantile", "p", p);
    return p < 0.5 ? -detail::normal_upper_quantile(p)
                   : -detail::square_root_of_two * boost::math::erfc_inv(2 * p, detail::plain_double());
}

/// The χ² with P(X <= χ²) = p for the chi-squared distribution.
/// \throws calculation_error unless 0 < p < 1 and degrees of freedom are above zero
[[nodiscard]] inline double chi_squared_quantile(double p, double degrees_of_freedom) {
    detail::check_between_zero_and_one("chi_squared_quantile", "p", p);
    detail::check_degrees_of_freedom("chi_squared_quantile", degrees_of_freedom);
    return 2 * detail::with_enough_digits(degrees_of_freedom, [=](auto policy) {
               return boost::math::gamma_p_inv(degrees_of_freedom / 2, p, policy);
           });
}

/// The t with P(T <= t) = p for Student's t distribution.
/// \throws calculation_error unless 0 < p < 1 and degrees of freedom are above zero
[[nodiscard]] inline double t_quantile(double p, double degrees_of_freedom) {
    detail::check_between_zero_and_one("t_quantile", "p", p);
    detail::check_degrees_of_freedom("t_quantile", degrees_of_freedom);
    const boost::math::students_t_distribution<double, detail::wider_double> distribution(degrees_of_freedom);
    return boost::math::quantile(distribution, p);
}

/// The b with P(B <= b) = p for the beta distribution with parameters a and b.
/// \throws calculation_error unless 0 < p < 1 and both parameters are above zero
[[nodiscard]] inline double beta_quantile(double p, double a, double b) {
    detail::check_between_zero_and_one("beta_quantile", "p", p);
    detail::check_above_zero("beta_quantile", "a", a);
    detail::check_above_zero("beta_quantile", "b", b);
    return detail::with_enough_digits(a + b, [=](auto policy) { return boost::math::ibeta_inv(a, b, p, policy); });
}

}  // namespace goldenthread
