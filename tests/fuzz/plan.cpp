// A plan. Promise: it is refused with a goldenthread::error, or what is written is read back as the same plan.
#include "fuzz_target.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace goldenthread;
    plan first;
    try {
        first = parse_plan(fuzz::text_of(bytes, size));
    } catch (const error&) {
        return 0;
    }
    const std::string written = to_json(first);  // outside of the try: what is written must be readable
    fuzz::require(parse_plan(written) == first, "a plan that was written is read back as the same plan", written);
    return 0;
}
