#include <goldenthread/data/arrow.hpp>

#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace {

static_assert(std::endian::native == std::endian::little, "Arrow buffers are written as little-endian");

/// How a column leaves: part of schema and batch alike.
enum class export_layout : std::uint8_t { date32, boolean, int64, decimal128, utf8, large_utf8, dictionary };

const text_dictionary& texts_of(const column& c) noexcept {
    static const text_dictionary nothing;
    return c.dictionary() ? *c.dictionary() : nothing;
}

/// Bytes of all texts of the column written out row by row.
std::uint64_t text_bytes(const column& c) noexcept {
    std::uint64_t total = 0;
    for (std::size_t row = 0; row < c.size(); ++row) total += c.is_null(row) ? 0U : c.text_at(row).size();
    return total;
}

std::uint64_t longest_text(const column& c) noexcept {
    std::uint64_t longest = 0;
    for (const std::string& text : texts_of(c)) longest = text.size() > longest ? text.size() : longest;
    return longest;
}

export_layout text_export_layout(const column& c) noexcept {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max());
    // The bound is cheap; the sum over all rows is only needed where the bound does not settle it.
    const std::uint64_t longest = longest_text(c);
    if (longest == 0 || c.size() <= most / longest) return export_layout::utf8;
    return text_bytes(c) <= most ? export_layout::utf8 : export_layout::large_utf8;
}

export_layout layout_of(const column& c, const arrow_export_options& options) noexcept {
    switch (c.type()) {
        case value_type::date:
            return export_layout::date32;
        case value_type::boolean:
            return export_layout::boolean;
        case value_type::int64:
            return export_layout::int64;
        case value_type::decimal:
            return export_layout::decimal128;
        case value_type::text:
            return text_export_layout(c);
        case value_type::category:
        case value_type::label:
            break;
    }
    return options.plain_text ? text_export_layout(c) : export_layout::dictionary;
}

std::string format_of(const column& c, export_layout layout) {
    switch (layout) {
        case export_layout::date32:
            return "tdD";
        case export_layout::boolean:
            return "b";
        case export_layout::int64:
            return "l";
        case export_layout::decimal128:
            return "d:38," + std::to_string(c.scale());
        case export_layout::utf8:
            return "u";
        case export_layout::large_utf8:
            return "U";
        case export_layout::dictionary:
            return "i";
    }
    return "n";
}

// Schemas. Every node owns its texts and children, so that children may be moved out by the consumer.

struct schema_node {
    std::string format;
    std::string name;
    std::vector<std::unique_ptr<ArrowSchema>> children;
    std::vector<ArrowSchema*> child_pointers;
    std::unique_ptr<ArrowSchema> dictionary;
};

void release_schema(ArrowSchema* schema) {
    auto* node = static_cast<schema_node*>(schema->private_data);
    for (const auto& child : node->children) {
        if (child->release != nullptr) child->release(child.get());
    }
    if (node->dictionary && node->dictionary->release != nullptr) node->dictionary->release(node->dictionary.get());
    delete node;
    schema->release = nullptr;
}

void fill_schema(ArrowSchema* out, std::unique_ptr<schema_node> node, std::int64_t flags) {
    for (const auto& child : node->children) node->child_pointers.push_back(child.get());
    *out = ArrowSchema{};
    out->format = node->format.c_str();
    out->name = node->name.c_str();
    out->flags = flags;
    out->n_children = static_cast<std::int64_t>(node->children.size());
    out->children = node->child_pointers.empty() ? nullptr : node->child_pointers.data();
    out->dictionary = node->dictionary.get();
    out->release = release_schema;
    out->private_data = node.release();
}

std::unique_ptr<ArrowSchema> column_schema_of(const column& c, const arrow_export_options& options) {
    const export_layout layout = layout_of(c, options);
    auto node = std::make_unique<schema_node>();
    node->format = format_of(c, layout);
    node->name = c.name();
    if (layout == export_layout::dictionary) {
        auto texts = std::make_unique<schema_node>();
        texts->format = "u";
        node->dictionary = std::make_unique<ArrowSchema>();
        fill_schema(node->dictionary.get(), std::move(texts), ARROW_FLAG_NULLABLE);
    }
    auto result = std::make_unique<ArrowSchema>();
    fill_schema(result.get(), std::move(node), ARROW_FLAG_NULLABLE);
    return result;
}

// Arrays. Buffers belong to the column or to the node; either way the node keeps them alive.

struct array_node {
    std::vector<const void*> buffers;
    std::vector<std::unique_ptr<ArrowArray>> children;
    std::vector<ArrowArray*> child_pointers;
    std::unique_ptr<ArrowArray> dictionary;
    std::shared_ptr<const void> owner;
    std::shared_ptr<const text_dictionary> texts;
    std::vector<std::uint8_t> validity;
    std::vector<std::uint8_t> bits;
    std::vector<std::int32_t> narrow_offsets;
    std::vector<std::int64_t> wide;  ///< large offsets, or two words for each decimal
    std::string text;
};

void release_array(ArrowArray* array) {
    auto* node = static_cast<array_node*>(array->private_data);
    for (const auto& child : node->children) {
        if (child->release != nullptr) child->release(child.get());
    }
    if (node->dictionary && node->dictionary->release != nullptr) node->dictionary->release(node->dictionary.get());
    delete node;
    array->release = nullptr;
}

void fill_array(ArrowArray* out, std::unique_ptr<array_node> node, std::size_t length, std::size_t nulls) {
    for (const auto& child : node->children) node->child_pointers.push_back(child.get());
    *out = ArrowArray{};
    out->length = static_cast<std::int64_t>(length);
    out->null_count = static_cast<std::int64_t>(nulls);
    out->n_buffers = static_cast<std::int64_t>(node->buffers.size());
    out->buffers = node->buffers.data();
    out->n_children = static_cast<std::int64_t>(node->children.size());
    out->children = node->child_pointers.empty() ? nullptr : node->child_pointers.data();
    out->dictionary = node->dictionary.get();
    out->release = release_array;
    out->private_data = node.release();
}

template <class Condition>
std::vector<std::uint8_t> packed_bits(std::size_t size, Condition&& condition) {
    std::vector<std::uint8_t> bits((size + 7) / 8, 0);
    for (std::size_t row = 0; row < size; ++row) {
        if (condition(row)) bits[row >> 3U] = static_cast<std::uint8_t>(bits[row >> 3U] | (1U << (row & 7U)));
    }
    return bits;
}

/// The validity bitmap from row 0 on: the column's own where it begins on a byte.
const void* validity_buffer(const column& c, std::size_t nulls, array_node& node) {
    if (nulls == 0) return nullptr;
    if (c.first_bit() % 8 == 0) return c.validity() + c.first_bit() / 8;
    node.validity = packed_bits(c.size(), [&](std::size_t row) { return !c.is_null(row); });
    return node.validity.data();
}

/// A pointer that is never null, for columns without rows.
template <class Value>
const void* not_null(const Value* values) noexcept {
    static constexpr std::int64_t nothing = 0;
    return values != nullptr ? static_cast<const void*>(values) : static_cast<const void*>(&nothing);
}

const void* boolean_buffer(const column& c, array_node& node) {
    node.bits = packed_bits(c.size(), [&](std::size_t row) { return !c.is_null(row) && c.boolean_at(row); });
    return not_null(node.bits.data());
}

const void* decimal_buffer(const column& c, array_node& node) {
    node.wide.reserve(2 * c.size());
    for (std::size_t row = 0; row < c.size(); ++row) {
        const std::int64_t mantissa = c.is_null(row) ? 0 : c.int64_at(row);
        node.wide.push_back(mantissa);
        node.wide.push_back(mantissa < 0 ? -1 : 0);
    }
    return not_null(node.wide.data());
}

template <class Offset, class TextAt>
void write_texts(std::vector<Offset>& offsets, std::string& text, std::size_t size, TextAt&& text_at) {
    offsets.reserve(size + 1);
    offsets.push_back(0);
    for (std::size_t row = 0; row < size; ++row) {
        text += text_at(row);
        offsets.push_back(static_cast<Offset>(text.size()));
    }
}

void add_text_buffers(const column& c, bool large, array_node& node) {
    const auto text_at = [&](std::size_t row) { return c.is_null(row) ? std::string_view{} : c.text_at(row); };
    if (large) {
        write_texts(node.wide, node.text, c.size(), text_at);
        node.buffers.push_back(node.wide.data());
    } else {
        write_texts(node.narrow_offsets, node.text, c.size(), text_at);
        node.buffers.push_back(node.narrow_offsets.data());
    }
    node.buffers.push_back(node.text.data());
}

std::unique_ptr<ArrowArray> dictionary_array(const text_dictionary& texts) {
    auto node = std::make_unique<array_node>();
    write_texts(node->narrow_offsets, node->text, texts.size(),
                [&](std::size_t i) { return std::string_view(texts[i]); });
    if (node->text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
        throw data_error("the distinct texts of a category or label column exceed 2 GiB");
    }
    node->buffers = {nullptr, node->narrow_offsets.data(), node->text.data()};
    auto result = std::make_unique<ArrowArray>();
    fill_array(result.get(), std::move(node), texts.size(), 0);
    return result;
}

std::unique_ptr<ArrowArray> column_array(const column& c, const arrow_export_options& options) {
    const export_layout layout = layout_of(c, options);
    const std::size_t nulls = c.null_count();
    auto node = std::make_unique<array_node>();
    node->owner = c.owner();
    node->texts = c.dictionary();
    node->buffers.push_back(validity_buffer(c, nulls, *node));
    switch (layout) {
        case export_layout::date32:
        case export_layout::int64:
            node->buffers.push_back(not_null(c.values()));
            break;
        case export_layout::boolean:
            node->buffers.push_back(boolean_buffer(c, *node));
            break;
        case export_layout::decimal128:
            node->buffers.push_back(decimal_buffer(c, *node));
            break;
        case export_layout::utf8:
        case export_layout::large_utf8:
            add_text_buffers(c, layout == export_layout::large_utf8, *node);
            break;
        case export_layout::dictionary:
            node->buffers.push_back(not_null(c.values()));
            node->dictionary = dictionary_array(texts_of(c));
            break;
    }
    auto result = std::make_unique<ArrowArray>();
    fill_array(result.get(), std::move(node), c.size(), nulls);
    return result;
}

void export_batch(const table& source, ArrowArray* out, const arrow_export_options& options) {
    auto node = std::make_unique<array_node>();
    node->buffers.push_back(nullptr);
    try {
        for (const column& c : source.columns()) node->children.push_back(column_array(c, options));
    } catch (...) {
        for (const auto& child : node->children) child->release(child.get());
        throw;
    }
    fill_array(out, std::move(node), source.row_count(), 0);
}

struct stream_state {
    table source;
    arrow_export_options options;
    bool finished = false;
    std::string last_error;
};

/// Runs a callback body; exceptions become error codes, as C expects.
template <class Body>
int guarded(ArrowArrayStream* stream, Body&& body) noexcept {
    auto* state = static_cast<stream_state*>(stream->private_data);
    try {
        body(*state);
        return 0;
    } catch (const std::bad_alloc&) {
        return ENOMEM;
    } catch (const std::exception& e) {
        try {
            state->last_error = e.what();
        } catch (...) {
            return ENOMEM;
        }
        return EINVAL;
    }
}

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    return guarded(stream, [out](stream_state& state) { export_arrow_schema(state.source, out, state.options); });
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
    return guarded(stream, [out](stream_state& state) {
        *out = ArrowArray{};
        if (state.finished) return;
        export_batch(state.source, out, state.options);
        state.finished = true;
    });
}

const char* stream_error(ArrowArrayStream* stream) {
    const auto* state = static_cast<const stream_state*>(stream->private_data);
    return state->last_error.empty() ? nullptr : state->last_error.c_str();
}

void release_stream(ArrowArrayStream* stream) {
    delete static_cast<stream_state*>(stream->private_data);
    stream->release = nullptr;
}

}  // namespace

void export_arrow_schema(const table& source, ArrowSchema* out, const arrow_export_options& options) {
    auto node = std::make_unique<schema_node>();
    node->format = "+s";
    try {
        for (const column& c : source.columns()) node->children.push_back(column_schema_of(c, options));
    } catch (...) {
        for (const auto& child : node->children) child->release(child.get());
        throw;
    }
    fill_schema(out, std::move(node), 0);
}

void export_arrow(const table& source, ArrowArrayStream* out, const arrow_export_options& options) {
    auto state = std::make_unique<stream_state>(stream_state{source, options, false, {}});
    out->get_schema = stream_schema;
    out->get_next = stream_next;
    out->get_last_error = stream_error;
    out->release = release_stream;
    out->private_data = state.release();
}

}  // namespace goldenthread
