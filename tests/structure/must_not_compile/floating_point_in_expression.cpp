// Floating point is not exact: decimals are written as text, gt::decimal("2.5").
// expect-error: no match for|invalid operands|no matching
#include <goldenthread/definitions/build.hpp>

goldenthread::expression misuse() {
    const auto cp_plan = goldenthread::columns_of("cp_plan");
#ifndef CONTROL
    return cp_plan["number_of_previous_plans"] > 2.5;
#else
    return cp_plan["number_of_previous_plans"] > goldenthread::decimal("2.5");
#endif
}
