// A stream of Arrow batches, made up from bytes: formats, counts, pointers, validity, offsets, indices, views, run
// ends. Buffers have exactly the size that their type and counts say, since the interface does not carry it; all else
// may be wrong. Promise: the stream is refused with a data_error, or read with no row lost; every array is released
// once.
#include "data/arrow_producer.hpp"
#include "read_counts.hpp"

#include <goldenthread/data/arrow.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <algorithm>
#include <limits>

namespace {

using namespace goldenthread;

/// Numbers and bytes taken one after another; noughts when there are no more.
class byte_supply {
public:
    byte_supply(const std::uint8_t* bytes, std::size_t size) : at_(bytes), end_(bytes + size) {}

    [[nodiscard]] std::uint8_t byte() noexcept { return at_ == end_ ? std::uint8_t{0} : *at_++; }
    [[nodiscard]] std::size_t below(std::size_t limit) noexcept { return byte() % limit; }
    /// True once in sixteen times, for what ought not to happen.
    [[nodiscard]] bool seldom() noexcept { return (byte() & 15U) == 15U; }
    [[nodiscard]] std::vector<char> bytes(std::size_t count) {
        std::vector<char> result(count);
        for (char& c : result) c = static_cast<char>(byte());
        return result;
    }
    [[nodiscard]] std::string text(std::size_t longest) {
        const std::vector<char> result = bytes(below(longest + 1));
        return {result.begin(), result.end()};
    }

private:
    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

const char* const formats[] = {"u",        "U",          "vu",   "n",    "b",       "c",          "C",     "s",
                               "S",        "i",          "I",    "l",    "L",       "f",          "g",     "tdD",
                               "tdm",      "tss:",       "tsm:", "tsu:", "tsn:UTC", "tsn:+01:00", "d:9,2", "d:38,-3",
                               "d:7,2,32", "d:76,4,256", "z",    "+l",   "w:3",     "d:9,99"};

bool is_text(const std::string& format) { return format == "u" || format == "U" || format == "vu"; }

/// Bytes of one value; the widest there is for a format nobody knows.
std::size_t width_of(const std::string& format) {
    if (format == "b" || format == "n" || format == "c" || format == "C") return 1;
    if (format == "s" || format == "S") return 2;
    if (format == "i" || format == "I" || format == "f" || format == "tdD" || format == "u") return 4;
    if (format == "vu" || (format.substr(0, 2) == "d:" && std::count(format.begin(), format.end(), ',') == 1))
        return 16;
    if (format == "d:7,2,32") return 4;
    return format.substr(0, 2) == "d:" ? 32 : 8;
}

/// A count that cannot be true, or the true one.
std::int64_t spoilt(byte_supply& from, std::int64_t count) {
    if (!from.seldom()) return count;
    const std::int64_t impossible[] = {-1, std::numeric_limits<std::int64_t>::min(),
                                       std::numeric_limits<std::int64_t>::max(), std::int64_t{1} << 58};
    return impossible[from.below(4)];
}

/// Offsets as they come, but the last, which says how long the text is.
std::vector<char> text_offsets(byte_supply& from, std::size_t count, std::size_t width, std::size_t text_size) {
    std::vector<char> result(count * width, 0);
    std::size_t running = 0;
    for (std::size_t i = 0; i < count; ++i) {
        running = std::min(text_size, running + from.below(4));
        const std::int64_t value = i + 1 == count  ? static_cast<std::int64_t>(text_size)
                                   : from.seldom() ? static_cast<std::int8_t>(from.byte()) * std::int64_t{1000}
                                                   : static_cast<std::int64_t>(running);
        std::memcpy(result.data() + i * width, &value, width);
    }
    return result;
}

void add_buffer(arrow_test::array& to, byte_supply& from, std::vector<char> content) {
    to.buffers.push_back(std::move(content));
    to.absent.push_back(from.seldom());
}

/// Views as they come: short ones inside, long ones into two blocks.
void add_views(arrow_test::array& to, byte_supply& from, std::size_t count) {
    std::vector<char> views = from.bytes(count * 16);
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t size =
            from.seldom() ? static_cast<std::int8_t>(from.byte()) : static_cast<std::int32_t>(from.below(20));
        std::memcpy(views.data() + i * 16, &size, 4);
        if (from.seldom()) continue;
        const std::int32_t block = static_cast<std::int32_t>(from.below(2));
        const std::int32_t start = static_cast<std::int32_t>(from.below(8));
        std::memcpy(views.data() + i * 16 + 8, &block, 4);
        std::memcpy(views.data() + i * 16 + 12, &start, 4);
    }
    add_buffer(to, from, std::move(views));
    const std::vector<std::int64_t> sizes{24, 3};
    for (const std::int64_t size : sizes) add_buffer(to, from, from.bytes(static_cast<std::size_t>(size)));
    add_buffer(to, from, arrow_test::bytes(sizes));
}

arrow_test::array make_flat(byte_supply& from, const std::string& format, std::size_t length) {
    arrow_test::array result;
    const std::size_t offset = from.below(4);
    const std::size_t count = offset + length;
    result.length = static_cast<std::int64_t>(length);
    result.offset = static_cast<std::int64_t>(offset);
    result.null_count = static_cast<std::int64_t>(from.below(3)) - 1;
    result.buffers.push_back(from.bytes((count + 7) / 8));
    result.absent.push_back(from.below(2) == 0);
    if (format == "vu") {
        add_views(result, from, count);
    } else if (is_text(format)) {
        std::vector<char> text = from.bytes(from.below(40));
        add_buffer(result, from, text_offsets(from, count + 1, format == "u" ? 4 : 8, text.size()));
        add_buffer(result, from, std::move(text));
    } else {
        add_buffer(result, from, from.bytes(format == "b" ? (count + 7) / 8 : count * width_of(format)));
    }
    if (from.seldom()) {
        result.buffers.resize(from.below(2));
        result.absent.resize(result.buffers.size());
    }
    return result;
}

arrow_test::field make_field(byte_supply& from, const table_schema* definition) {
    arrow_test::field result;
    result.format = from.seldom() ? from.text(6) : formats[from.below(std::size(formats))];
    const bool named = definition != nullptr && !from.seldom();
    result.name = named ? definition->columns[from.below(definition->columns.size())].name : from.text(5);
    const std::size_t encoding = from.below(4);
    if (encoding == 1) {
        result.dictionary = std::make_shared<arrow_test::field>(arrow_test::field{"", result.format, {}, nullptr});
        result.format = formats[5 + from.below(8)];
    } else if (encoding == 2) {
        result.children = {{"run_ends", formats[5 + from.below(8)], {}, nullptr},
                           {"values", result.format, {}, nullptr}};
        result.format = "+r";
    }
    if (from.seldom()) result.children.resize(from.below(4), {"", "u", {}, nullptr});
    return result;
}

/// An array of a field: true to its layout, with counts that may be spoilt.
arrow_test::array make_array(byte_supply& from, const arrow_test::field& of, std::size_t length) {
    arrow_test::array result;
    if (of.dictionary) {
        result = make_flat(from, of.format, length);
        if (!from.seldom()) {
            result.dictionary =
                std::make_shared<arrow_test::array>(make_flat(from, of.dictionary->format, from.below(6)));
        }
    } else if (of.format == "+r") {
        result.length = static_cast<std::int64_t>(length);
        result.offset = static_cast<std::int64_t>(from.below(4));
        const std::size_t runs = from.below(6);
        for (const arrow_test::field& child : of.children)
            result.children.push_back(make_flat(from, child.format, runs));
    } else {
        result = make_flat(from, of.format, length);
    }
    result.length = spoilt(from, result.length);
    result.offset = spoilt(from, result.offset);
    return result;
}

void add_batch(byte_supply& from, arrow_test::producer& to) {
    const std::size_t rows = from.below(6);
    const std::size_t offset = from.below(3);
    std::vector<arrow_test::array> columns;
    for (const arrow_test::field& field : to.schema.children) {
        columns.push_back(make_array(from, field, offset + rows + from.below(2)));
    }
    if (from.seldom()) columns.resize(from.below(4));
    to.add(std::move(columns), spoilt(from, static_cast<std::int64_t>(rows)));
    arrow_test::array& batch = to.batches.back();
    batch.offset = spoilt(from, static_cast<std::int64_t>(offset));
    batch.buffers = {from.bytes((offset + rows + 7) / 8)};
    batch.absent = {from.below(4) != 0};
    batch.null_count = -1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    byte_supply from(bytes, size);
    static const std::vector<std::string> tables = canonical_schema().table_names();
    const std::string name = from.below(4) == 0 ? "frame" : tables[from.below(tables.size())];
    arrow_test::producer producer;
    const std::size_t columns = from.below(5);
    for (std::size_t i = 0; i < columns; ++i) {
        producer.schema.children.push_back(make_field(from, canonical_schema().find(name)));
    }
    if (from.seldom()) producer.schema.format = from.text(3);
    const std::size_t batches = from.below(4);
    for (std::size_t i = 0; i < batches; ++i) add_batch(from, producer);
    if (from.seldom()) producer.failure = "out of data";

    ArrowArrayStream stream = producer.stream();
    try {
        dataset data;
        add_arrow_table(data, name, &stream);
        fuzz::require_no_row_lost(data.files().front(), data.findings());
        fuzz::require(data[name].row_count() == data.files().front().rows_kept, "rows kept are rows of the table");
    } catch (const data_error&) {
    }
    fuzz::require(producer.seen.live_arrays == 0, "every array is released");
    fuzz::require(producer.seen.streams == 1 && stream.release == nullptr, "the stream is released once");
    return 0;
}
