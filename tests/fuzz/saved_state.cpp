// A saved engine: a letter, then the rest. After `f` the rest is a whole file; after anything else it is the bytes that
// follow the first line, under a line that is true of them, since a fuzzer finds no checksum. Promise: it is refused with
// a goldenthread::error, or it is a state that is saved and loaded alike, and whose figures are computed or refused.
#include "saved_engine.hpp"

#include "engine/engine_state_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace goldenthread;
    if (size == 0) return 0;
    static const engine empty = fuzz::saved_engine();
    static const std::string nothing = empty.save();
    static const detail::state_header header = detail::read_state_header(nothing);
    const std::string_view rest = fuzz::text_of(bytes + 1, size - 1);
    engine e = empty;
    try {
        if (bytes[0] == 'f') {
            e.load(rest);
        } else {
            e.load(detail::with_state_header(std::string(rest), header.plan_hash, header.key_mark));
        }
    } catch (const data_error&) {
        fuzz::require(e == empty, "an engine that refuses a state stays as it was");
        return 0;
    }
    engine again = empty;
    again.load(e.save());
    fuzz::require(again == e, "a state that was loaded is saved and loaded alike");
    try {
        static_cast<void>(e.finish());
        e.update(fuzz::tiny_dataset());
    } catch (const error&) {
        // Numbers too large for a definition are refused by it.
    }
    return 0;
}
