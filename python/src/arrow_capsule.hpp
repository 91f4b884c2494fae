// The Arrow PyCapsule protocol: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
#pragma once

#include <goldenthread/data/arrow.hpp>

#include <pybind11/pybind11.h>

#include <memory>
#include <utility>

namespace goldenthread::python {

inline constexpr const char* stream_capsule_name = "arrow_array_stream";
inline constexpr const char* schema_capsule_name = "arrow_schema";

template <class Interface>
void release_capsule(PyObject* capsule) {
    const char* name = PyCapsule_GetName(capsule);
    auto* held = static_cast<Interface*>(PyCapsule_GetPointer(capsule, name));
    if (held->release != nullptr) held->release(held);
    delete held;
}

/// A capsule that owns the structure `fill` writes.
template <class Interface, class Fill>
pybind11::capsule make_capsule(const char* name, Fill&& fill) {
    auto held = std::make_unique<Interface>();
    held->release = nullptr;
    fill(held.get());
    PyObject* made = PyCapsule_New(held.get(), name, &release_capsule<Interface>);
    if (made == nullptr) {
        if (held->release != nullptr) held->release(held.get());
        throw pybind11::error_already_set();
    }
    static_cast<void>(held.release());
    return pybind11::reinterpret_steal<pybind11::capsule>(made);
}

/// The stream of another library's object, to be read without holding the GIL. The producer's own release may drop
/// Python references, so it is left to the capsule, which dies under the GIL.
class foreign_stream {
public:
    explicit foreign_stream(pybind11::object capsule) : capsule_(std::move(capsule)) {
        producer_ = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule_.ptr(), stream_capsule_name));
        if (producer_ == nullptr) throw pybind11::error_already_set();
        // A capsule that was read before keeps a released stream: the importer says so.
        if (producer_->release == nullptr) return;
        stream_.private_data = producer_;
        stream_.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
            return original(self)->get_schema(original(self), out);
        };
        stream_.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
            return original(self)->get_next(original(self), out);
        };
        stream_.get_last_error = [](ArrowArrayStream* self) { return original(self)->get_last_error(original(self)); };
        stream_.release = [](ArrowArrayStream* self) { self->release = nullptr; };
    }
    foreign_stream(const foreign_stream&) = delete;
    foreign_stream& operator=(const foreign_stream&) = delete;
    ~foreign_stream() {
        // Read once, as the protocol has it: what is left must not be taken for a fresh stream.
        if (producer_->release != nullptr) producer_->release(producer_);
    }

    [[nodiscard]] ArrowArrayStream* get() noexcept { return &stream_; }

private:
    static ArrowArrayStream* original(ArrowArrayStream* self) noexcept {
        return static_cast<ArrowArrayStream*>(self->private_data);
    }

    pybind11::object capsule_;
    ArrowArrayStream* producer_ = nullptr;
    ArrowArrayStream stream_{};
};

}  // namespace goldenthread::python
