// goldenthread: how a run is carried out: on which threads, when it stops, what it tells. None of
// it changes a result.
#pragma once

#include <goldenthread/core/error.hpp>

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace goldenthread {

/// Calls `item(0)` to `item(count - 1)`, each once, in any order and on any threads, and returns when all have
/// returned. `item` does not throw. A host with a pool of its own gives it as such a function.
using executor = std::function<void(std::size_t count, const std::function<void(std::size_t)>& item)>;

/// Runs on this many threads, the caller's among them; they end with each call. One thread where the platform has no
/// more (a browser without workers). Needs goldenthread::goldenthread.
/// \throws calculation_error for 0 threads
[[nodiscard]] executor on_threads(std::size_t count);

/// A wish to stop, shared by its copies; may be uttered from any thread.
class cancel_token {
public:
    void cancel() const noexcept { wish_->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool is_cancelled() const noexcept { return wish_->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> wish_ = std::make_shared<std::atomic<bool>>(false);
};

/// Thrown by a run that was cancelled. Nothing of it is left: no half result and no thread.
class run_cancelled : public calculation_error {
public:
    run_cancelled() : calculation_error("the run was cancelled") {}
};

/// How to carry out a run.
struct run_options {
    goldenthread::executor executor;  ///< empty = on the calling thread
    cancel_token cancel;              ///< looked at every few rows
    /// Told what is done of what, in words. One call at a time, on whichever thread did the work; calls that would
    /// have to wait for another are left out, the last never.
    std::function<void(std::size_t done, std::size_t total, std::string_view words)> progress;
    /// Bytes that the run may need beyond the rows it is given; 0 = as many as there are. What it needs is estimated
    /// before it begins, and too much is refused.
    std::size_t memory_limit = 0;
};

}  // namespace goldenthread
