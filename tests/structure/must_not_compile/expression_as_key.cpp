// Comparing expressions builds, so they cannot be keys: a map would take every two of them for the same.
// expect-error: deleted|no match|static assertion|requires
#include <goldenthread/definitions/build.hpp>

#include <string>
#include <unordered_set>

int misuse() {
#ifndef CONTROL
    std::unordered_set<goldenthread::expression> keys;
#else
    std::unordered_set<std::string> keys;
#endif
    keys.insert({});
    return static_cast<int>(keys.size());
}
