// Text of an expression, after a first line that may name a table. Promise: what parses prints as text that parses to
// the same tree, and whatever the type checker lets through is computed alike by both engines.
#include "tiny_dataset.hpp"

namespace {

using namespace goldenthread;

/// A count of rows of `table` where `where`, with the shipped filters at hand.
indicator_set counted(const std::string& table, expression where) {
    static const std::vector<named_filter> filters = shipped_indicators().filters;
    indicator_set set;
    set.filters = filters;
    indicator i;
    i.id = "fuzz.expression";
    i.title = "Fuzz";
    i.unit = "row";
    i.measure.timing = measure_timing::at;
    i.measure.of.table = table;
    i.measure.where = std::move(where);
    set.indicators.push_back(std::move(i));
    return set;
}

void round_trip(std::string_view text) {
    const expression tree = parse_expression(text);
    const std::string printed = to_text(tree);
    const expression again = parse_expression(printed);
    fuzz::require(again.same_as(tree), "the canonical text parses to the same tree", printed);
    fuzz::require(to_text(again) == printed, "the canonical text is printed again as it was", printed);
}

void round_trip_of_rows(std::string_view text) {
    try {
        const row_query rows = parse_row_query(text);
        const std::string printed = to_text(rows);
        fuzz::require(parse_row_query(printed).same_as(rows), "the canonical text of rows parses to the same rows",
                      printed);
    } catch (const error&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view text = fuzz::text_of(bytes, size);
    std::string table = "cp_plan";
    const std::size_t line = text.find('\n');
    if (line != std::string_view::npos && canonical_schema().find(text.substr(0, line)) != nullptr) {
        table = std::string(text.substr(0, line));
        text.remove_prefix(line + 1);
    }
    round_trip_of_rows(text);
    try {
        round_trip(text);
        fuzz::ask_both_engines(counted(table, parse_expression(text)), "fuzz.expression");
    } catch (const error&) {
    }
    return 0;
}
