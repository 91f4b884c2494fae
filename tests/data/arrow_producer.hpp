// A producer of Arrow streams for tests: arrays by hand, buffers of exactly their size (so that AddressSanitizer sees a
// step beyond them), releases counted.
#pragma once

#include <goldenthread/data/arrow_abi.hpp>

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace arrow_test {

/// Bytes of values, one after another.
template <class Value>
std::vector<char> bytes(const std::vector<Value>& values) {
    std::vector<char> result(values.size() * sizeof(Value));
    if (!values.empty()) std::memcpy(result.data(), values.data(), result.size());
    return result;
}

inline std::vector<char> bits(const std::vector<int>& values) {
    std::vector<char> result((values.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != 0)
            result[i / 8] = static_cast<char>(static_cast<unsigned char>(result[i / 8]) | (1U << (i % 8)));
    }
    return result;
}

/// One array of one column. An empty optional buffer (`absent`) is a null pointer.
struct array {
    std::int64_t length = 0;
    std::int64_t offset = 0;
    std::int64_t null_count = -1;
    std::vector<std::vector<char>> buffers;
    std::vector<bool> absent;
    std::vector<array> children;
    std::shared_ptr<array> dictionary;
};

struct field {
    std::string name;
    std::string format;
    std::vector<field> children;
    std::shared_ptr<field> dictionary;
};

/// Releases seen so far, shared by everything one producer handed out.
struct counts {
    int schemas = 0;
    int arrays = 0;
    int streams = 0;
    int live_arrays = 0;
};

inline std::vector<std::vector<char>> text_buffers(const std::vector<std::string>& texts, bool large) {
    std::string all;
    std::vector<std::int32_t> narrow{0};
    std::vector<std::int64_t> wide{0};
    for (const std::string& text : texts) {
        all += text;
        narrow.push_back(static_cast<std::int32_t>(all.size()));
        wide.push_back(static_cast<std::int64_t>(all.size()));
    }
    return {large ? bytes(wide) : bytes(narrow), std::vector<char>(all.begin(), all.end())};
}

/// Values with a validity bitmap; `valid` empty = no bitmap.
inline array flat(std::vector<char> values, std::int64_t length, const std::vector<int>& valid = {}) {
    array result;
    result.length = length;
    result.buffers = {bits(valid), std::move(values)};
    result.absent = {valid.empty(), false};
    return result;
}
inline array texts(const std::vector<std::string>& values, const std::vector<int>& valid = {}, bool large = false) {
    auto buffers = text_buffers(values, large);
    array result = flat(buffers[0], static_cast<std::int64_t>(values.size()), valid);
    result.buffers.push_back(buffers[1]);
    result.absent.push_back(false);
    return result;
}
/// utf8_view: texts longer than twelve bytes stand in a block each.
inline array text_views(const std::vector<std::string>& values, const std::vector<int>& valid = {}) {
    std::vector<char> views;
    std::vector<std::vector<char>> blocks;
    std::vector<std::int64_t> sizes;
    for (const std::string& text : values) {
        char view[16] = {};
        const auto size = static_cast<std::int32_t>(text.size());
        std::memcpy(view, &size, 4);
        std::memcpy(view + 4, text.data(), text.size() <= 12 ? text.size() : 4);
        if (text.size() > 12) {
            const auto block = static_cast<std::int32_t>(blocks.size());
            std::memcpy(view + 8, &block, 4);
            blocks.emplace_back(text.begin(), text.end());
            sizes.push_back(size);
        }
        views.insert(views.end(), view, view + 16);
    }
    array result = flat(views, static_cast<std::int64_t>(values.size()), valid);
    for (auto& block : blocks) {
        result.buffers.push_back(std::move(block));
        result.absent.push_back(false);
    }
    result.buffers.push_back(bytes(sizes));
    result.absent.push_back(sizes.empty());
    return result;
}
template <class Index>
array coded(const std::vector<Index>& indices, array dictionary, const std::vector<int>& valid = {}) {
    array result = flat(bytes(indices), static_cast<std::int64_t>(indices.size()), valid);
    result.dictionary = std::make_shared<array>(std::move(dictionary));
    return result;
}

// Handing out copies as C structures.

struct schema_owner {
    field content;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
    ArrowSchema dictionary{};
    counts* seen = nullptr;
};

inline void hand_out(const field& source, ArrowSchema* out, counts* seen) {
    auto* owner = new schema_owner{source, {}, {}, {}, seen};
    owner->children.resize(source.children.size());
    for (std::size_t i = 0; i < source.children.size(); ++i) {
        hand_out(owner->content.children[i], &owner->children[i], seen);
        owner->pointers.push_back(&owner->children[i]);
    }
    *out = ArrowSchema{};
    out->format = owner->content.format.c_str();
    out->name = owner->content.name.c_str();
    out->flags = ARROW_FLAG_NULLABLE;
    out->n_children = static_cast<std::int64_t>(source.children.size());
    out->children = owner->pointers.data();
    if (source.dictionary) {
        hand_out(*owner->content.dictionary, &owner->dictionary, seen);
        out->dictionary = &owner->dictionary;
    }
    out->private_data = owner;
    out->release = [](ArrowSchema* self) {
        auto* held = static_cast<schema_owner*>(self->private_data);
        for (ArrowSchema& child : held->children) {
            if (child.release != nullptr) child.release(&child);
        }
        if (held->dictionary.release != nullptr) held->dictionary.release(&held->dictionary);
        ++held->seen->schemas;
        delete held;
        self->release = nullptr;
    };
}

struct array_owner {
    std::vector<std::unique_ptr<char[]>> memory;
    std::vector<const void*> buffers;
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> pointers;
    ArrowArray dictionary{};
    counts* seen = nullptr;
};

inline void hand_out(const array& source, ArrowArray* out, counts* seen) {
    auto* owner = new array_owner;
    owner->seen = seen;
    for (std::size_t i = 0; i < source.buffers.size(); ++i) {
        auto memory = std::make_unique<char[]>(source.buffers[i].size());
        if (!source.buffers[i].empty()) std::memcpy(memory.get(), source.buffers[i].data(), source.buffers[i].size());
        owner->buffers.push_back(source.absent[i] ? nullptr : memory.get());
        owner->memory.push_back(std::move(memory));
    }
    owner->children.resize(source.children.size());
    for (std::size_t i = 0; i < source.children.size(); ++i) {
        hand_out(source.children[i], &owner->children[i], seen);
        owner->pointers.push_back(&owner->children[i]);
    }
    *out = ArrowArray{};
    out->length = source.length;
    out->offset = source.offset;
    out->null_count = source.null_count;
    out->n_buffers = static_cast<std::int64_t>(owner->buffers.size());
    out->buffers = owner->buffers.data();
    out->n_children = static_cast<std::int64_t>(source.children.size());
    out->children = owner->pointers.data();
    if (source.dictionary) {
        hand_out(*source.dictionary, &owner->dictionary, seen);
        out->dictionary = &owner->dictionary;
    }
    ++seen->live_arrays;
    out->private_data = owner;
    out->release = [](ArrowArray* self) {
        auto* held = static_cast<array_owner*>(self->private_data);
        for (ArrowArray& child : held->children) {
            if (child.release != nullptr) child.release(&child);
        }
        if (held->dictionary.release != nullptr) held->dictionary.release(&held->dictionary);
        ++held->seen->arrays;
        --held->seen->live_arrays;
        delete held;
        self->release = nullptr;
    };
}

/// A stream of batches; may fail after the last one.
struct producer {
    field schema{"", "+s", {}, nullptr};
    std::vector<array> batches;
    std::string failure;  ///< reported instead of the end
    counts seen;

    /// Adds a batch with these columns.
    void add(std::vector<array> columns, std::int64_t rows) {
        array batch;
        batch.length = rows;
        batch.null_count = 0;
        batch.buffers = {{}};
        batch.absent = {true};
        batch.children = std::move(columns);
        batches.push_back(std::move(batch));
    }

    [[nodiscard]] ArrowArrayStream stream() {
        struct state {
            producer* source;
            std::size_t next = 0;
        };
        ArrowArrayStream out{};
        out.private_data = new state{this};
        out.get_schema = [](ArrowArrayStream* self, ArrowSchema* schema) {
            producer& source = *static_cast<state*>(self->private_data)->source;
            hand_out(source.schema, schema, &source.seen);
            return 0;
        };
        out.get_next = [](ArrowArrayStream* self, ArrowArray* batch) {
            auto* at = static_cast<state*>(self->private_data);
            *batch = ArrowArray{};
            if (at->next == at->source->batches.size()) return at->source->failure.empty() ? 0 : 5;
            hand_out(at->source->batches[at->next++], batch, &at->source->seen);
            return 0;
        };
        out.get_last_error = [](ArrowArrayStream* self) {
            return static_cast<state*>(self->private_data)->source->failure.c_str();
        };
        out.release = [](ArrowArrayStream* self) {
            auto* held = static_cast<state*>(self->private_data);
            ++held->source->seen.streams;
            delete held;
            self->release = nullptr;
        };
        return out;
    }
};

}  // namespace arrow_test
