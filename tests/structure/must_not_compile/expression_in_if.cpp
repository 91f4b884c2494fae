// An expression has no truth value: comparing columns builds a filter, and `if` would silently ask about the tree.
// expect-error: could not convert|cannot convert|not contextually convertible|conversion
#include <goldenthread/definitions/expression.hpp>

bool misuse(const goldenthread::expression& is_open) {
    bool answer = false;
#ifndef CONTROL
    if (is_open) answer = true;
#else
    if (!is_open.empty()) answer = true;
#endif
    return answer;
}
