// A schema of tables. Promise: it is refused with a goldenthread::error, or its names are found again.
#include "fuzz_target.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/definitions/schema.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace goldenthread;
    try {
        const schema s = parse_schema(fuzz::text_of(bytes, size), "fuzz.schema.json");
        for (const table_schema& t : s.tables) {
            fuzz::require(s.find(t.name) == &t, "each table has a name of its own", t.name);
            for (const column_schema& c : t.columns) {
                fuzz::require(t.find(c.name) == &c, "each column of a table has a name of its own", c.name);
            }
        }
    } catch (const error&) {
    }
    return 0;
}
