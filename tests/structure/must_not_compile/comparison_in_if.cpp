// A comparison of columns is a filter, not an answer.
// expect-error: could not convert|cannot convert|not contextually convertible|conversion
#include <goldenthread/definitions/build.hpp>

bool misuse() {
    const auto cp_plan = goldenthread::columns_of("cp_plan");
    const goldenthread::expression neglect = cp_plan["latest_category"] == "NEG";
#ifndef CONTROL
    if (cp_plan["latest_category"] == "NEG") return true;
#else
    if (neglect.same_as(cp_plan["latest_category"] == "NEG")) return true;
#endif
    return false;
}
