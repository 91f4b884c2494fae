// goldenthread: carries out the independent parts of a run, and ends all of them when one fails or the caller wishes.
#pragma once

#include <goldenthread/engine/run_options.hpp>

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// One run. Its workers ask `check()` often.
class run_control {
public:
    explicit run_control(const run_options& options) : options_(options) {}
    run_control(const run_control&) = delete;
    run_control& operator=(const run_control&) = delete;

    /// \throws run_cancelled when the caller, or a worker that failed, wants an end
    void check() const {
        if (failed_.load(std::memory_order_relaxed) || options_.cancel.is_cancelled()) throw run_cancelled();
    }
    [[nodiscard]] bool has_executor() const noexcept { return static_cast<bool>(options_.executor); }

    /// Does `count` items. What one throws is thrown here, once all have ended: the first by number if there are
    /// several.
    void run(std::size_t count, std::string_view words, const std::function<void(std::size_t)>& item) {
        check();
        done_ = 0;
        std::vector<std::exception_ptr> problems(count);
        std::atomic<std::size_t> ended = 0;
        const auto guarded = [&](std::size_t i) {
            try {
                check();
                item(i);
                tell(count, words);
            } catch (const run_cancelled&) {
                failed_.store(true, std::memory_order_relaxed);
            } catch (...) {
                problems[i] = std::current_exception();
                failed_.store(true, std::memory_order_relaxed);
            }
            ended.fetch_add(1);
        };
        if (options_.executor) {
            options_.executor(count, guarded);
        } else {
            for (std::size_t i = 0; i < count; ++i) guarded(i);
        }
        for (const std::exception_ptr& problem : problems) {
            if (problem) std::rethrow_exception(problem);
        }
        check();
        if (ended.load() != count) {
            throw calculation_error("the executor returned after " + std::to_string(ended.load()) + " of " +
                                    std::to_string(count) + " items of work");
        }
    }

private:
    void tell(std::size_t total, std::string_view words) {
        const std::size_t done = done_.fetch_add(1) + 1;
        if (!options_.progress) return;
        while (telling_.test_and_set(std::memory_order_acquire)) {
            if (done != total) return;
        }
        struct release {
            std::atomic_flag& flag;
            ~release() { flag.clear(std::memory_order_release); }
        } const held{telling_};
        options_.progress(done, total, words);
    }

    const run_options& options_;
    std::atomic<bool> failed_ = false;
    std::atomic<std::size_t> done_ = 0;
    std::atomic_flag telling_ = ATOMIC_FLAG_INIT;
};

}  // namespace goldenthread::detail
