// A file of indicators. Promise: it is refused with a goldenthread::error, or each indicator is refused with one, or
// it is computed alike by both engines.
#include "tiny_dataset.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace goldenthread;
    static const std::vector<named_filter> filters = shipped_indicators().filters;
    indicator_set set;
    set.filters = filters;
    try {
        parse_indicators(set, fuzz::text_of(bytes, size), "fuzz.indicators.json");
    } catch (const error&) {
        return 0;
    }
    for (const indicator& i : set.indicators) fuzz::ask_both_engines(set, i.id);
    return 0;
}
