// A file of cases. Promise: it is refused with a goldenthread::error, or each case is, or both engines differ from
// what it expects in the same way.
#include "fuzz_target.hpp"

#include <goldenthread/engine/run_case.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace goldenthread;
    const indicator_set& known = shipped_indicators();
    std::vector<definition_case> cases;
    try {
        cases = parse_cases(fuzz::text_of(bytes, size), "fuzz.cases.json");
    } catch (const error&) {
        return 0;
    }
    for (const definition_case& c : cases) {
        if (known.find(c.indicator) == nullptr) continue;
        try {
            const case_outcome fast = run_case(canonical_schema(), known, c);
            const case_outcome slow = run_case(canonical_schema(), known, c, true);
            fuzz::require(fast.differences == slow.differences, "both engines give a case the same answer", c.title);
        } catch (const error&) {
        }
    }
    return 0;
}
