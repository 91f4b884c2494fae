// C++ work that Ctrl-C stops. It is done on a thread of its own that never touches Python, without the GIL; the calling
// thread looks for signals meanwhile. What the work destroys must not hold Python references: see register_batches.cpp.
#pragma once

#include <goldenthread/engine/run_options.hpp>

#include <pybind11/pybind11.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace goldenthread::python {

/// \throws calculation_error for 0 threads
[[nodiscard]] inline run_options options_of(std::size_t threads, std::size_t memory_limit = 0) {
    run_options options;
    options.memory_limit = memory_limit;
    if (threads != 1) options.executor = on_threads(threads);
    return options;
}

/// Has the interpreter raise what a signal's handler raised as soon as it goes on: that exception, whatever it is, and
/// not an interrupt in its place. Call with the GIL held.
inline void raise_afterwards(pybind11::error_already_set raised) {
    auto kept = std::make_unique<pybind11::error_already_set>(std::move(raised));
    const auto raise = [](void* given) {
        const std::unique_ptr<pybind11::error_already_set> owned(static_cast<pybind11::error_already_set*>(given));
        owned->restore();
        return -1;
    };
    if (Py_AddPendingCall(raise, kept.get()) != 0) throw std::move(*kept);  // too many wait already
    static_cast<void>(kept.release());
}

/// Calls `work(options)` and gives what it gives. Call with the GIL held; a signal whose handler raises (Ctrl-C)
/// cancels the work, and is raised once it has ended.
template <class Work>
auto run_interruptibly(const run_options& options, Work&& work) {
    namespace py = pybind11;
    std::optional<decltype(work(options))> result;
    std::exception_ptr problem;
    std::optional<py::error_already_set> raised;
    {
        const py::gil_scoped_release unlocked;
        std::mutex guard;
        std::condition_variable changed;
        bool ended = false;
        const auto guarded = [&] {
            try {
                result.emplace(work(options));
            } catch (...) {
                problem = std::current_exception();
            }
            const std::lock_guard<std::mutex> lock(guard);
            ended = true;
            changed.notify_one();
        };
        std::thread worker;
        try {
            worker = std::thread(guarded);
        } catch (const std::system_error&) {
            guarded();  // a platform without threads: not to be interrupted, but right
        }
        std::unique_lock<std::mutex> lock(guard);
        constexpr std::chrono::milliseconds between_looks{50};
        while (!changed.wait_for(lock, between_looks, [&] { return ended; })) {
            lock.unlock();
            if (!raised) {
                const py::gil_scoped_acquire locked;
                if (PyErr_CheckSignals() != 0) {
                    raised.emplace();
                    options.cancel.cancel();
                }
            }
            lock.lock();
        }
        lock.unlock();
        if (worker.joinable()) worker.join();
    }
    if (raised && problem) throw std::move(*raised);
    if (problem) std::rethrow_exception(problem);
    // Done before it could be cancelled: what was done stands, and the wish is heard right afterwards.
    if (raised) raise_afterwards(std::move(*raised));
    return std::move(*result);
}

}  // namespace goldenthread::python
