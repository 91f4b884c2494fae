// The gate: a writer takes a release, never the true numbers of a scorecard.
// expect-error: could not convert|cannot convert|no matching function|invalid initialization|no known conversion
#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/write_release.hpp>

std::string write(const goldenthread::scorecard& card) {
#ifndef CONTROL
    return goldenthread::to_json(card);
#else
    return goldenthread::to_json(goldenthread::build_release(card));
#endif
}
