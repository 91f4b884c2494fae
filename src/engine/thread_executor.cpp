#include <goldenthread/engine/run_options.hpp>

#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)
#define GOLDENTHREAD_HAS_THREADS 1
#include <algorithm>
#include <system_error>
#include <thread>
#include <vector>
#endif

namespace goldenthread {

namespace {

#ifdef GOLDENTHREAD_HAS_THREADS
/// Threads that have ended when this does, however it does.
class helpers {
public:
    helpers() = default;
    helpers(const helpers&) = delete;
    helpers& operator=(const helpers&) = delete;
    ~helpers() {
        for (std::thread& each : threads_) each.join();
    }
    template <class Work>
    void start(std::size_t count, const Work& work) {
        threads_.reserve(count);
        try {
            while (threads_.size() < count) threads_.emplace_back([&work] { work(); });
        } catch (const std::system_error&) {
            // The system has no more threads: those there are do all the work.
        }
    }

private:
    std::vector<std::thread> threads_;
};
#endif

}  // namespace

executor on_threads(std::size_t count) {
    if (count == 0) throw calculation_error("a run needs at least one thread");
    return [count](std::size_t items, const std::function<void(std::size_t)>& item) {
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t i = next.fetch_add(1); i < items; i = next.fetch_add(1)) item(i);
        };
#ifdef GOLDENTHREAD_HAS_THREADS
        helpers others;
        others.start(std::min(count, std::max<std::size_t>(items, 1)) - 1, work);
#endif
        work();
    };
}

}  // namespace goldenthread
