// A children in need census. Promise: it is refused with a data_error, or read with no row lost.
#include "read_counts.hpp"

#include <goldenthread/data/read_cin_census.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace goldenthread;
    try {
        const dataset data = parse_cin_census(std::string(fuzz::text_of(bytes, size)), "fuzz.xml");
        fuzz::require_no_row_lost(data.files().front(), data.findings());
        std::size_t rows = 0;
        for (const auto& [name, table] : data.tables()) {
            if (name != "coverage") rows += table.row_count();
        }
        fuzz::require(rows == data.files().front().rows_kept, "rows kept are rows of tables");
    } catch (const data_error&) {
    }
    return 0;
}
