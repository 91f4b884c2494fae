// A canonical table as CSV, after a first byte that picks the table. Promise: it is refused with a data_error, or read
// with no row lost.
#include "read_counts.hpp"

#include <goldenthread/data/read_tables.hpp>
#include <goldenthread/definitions/schema.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace goldenthread;
    if (size == 0) return 0;
    static const std::vector<std::string> tables = canonical_schema().table_names();
    std::vector<finding> findings;
    source_file counts;
    try {
        const table read = parse_table(std::string(fuzz::text_of(bytes + 1, size - 1)), "fuzz.csv",
                                       tables[bytes[0] % tables.size()], 0, findings, counts);
        fuzz::require_no_row_lost(counts, findings);
        fuzz::require(read.row_count() == counts.rows_kept, "rows kept are rows of the table");
    } catch (const data_error&) {
    }
    return 0;
}
