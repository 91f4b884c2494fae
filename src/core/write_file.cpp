#include <goldenthread/core/error.hpp>
#include <goldenthread/core/file.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace goldenthread {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_to_write(const std::string& path, std::string message, std::string remedy) {
    error_context context;
    context.file = path;
    context.remedy = std::move(remedy);
    throw data_error(std::move(message), std::move(context));
}

/// Removes the temporary file unless it has become the real one.
class temporary_file {
public:
    explicit temporary_file(fs::path path) : path_(std::move(path)) {}
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() {
        std::error_code ignored;
        if (!renamed_) fs::remove(path_, ignored);
    }

    [[nodiscard]] bool write(std::string_view text) const {
        std::ofstream stream(path_, std::ios::binary | std::ios::trunc);
        stream.write(text.data(), static_cast<std::streamsize>(text.size()));
        stream.close();
        return stream.good();
    }
    [[nodiscard]] bool rename_to(const fs::path& target) {
        std::error_code problem;
        fs::rename(path_, target, problem);
        renamed_ = !problem;
        return renamed_;
    }

private:
    fs::path path_;
    bool renamed_ = false;
};

/// A name beside `target` that nothing has yet: someone else's file is never overwritten.
fs::path free_name_beside(const fs::path& target) {
    std::error_code ignored;
    for (int attempt = 0;; ++attempt) {
        fs::path candidate = target;
        candidate += ".part" + std::to_string(attempt);
        if (!fs::exists(candidate, ignored)) return candidate;
    }
}

}  // namespace

void write_file_atomically(const std::string& path, std::string_view text) {
    const fs::path target(path);
    std::error_code ignored;
    if (path.empty() || fs::is_directory(target, ignored)) {
        fail_to_write(path, "cannot be written: this is a folder", "give the name of a file");
    }
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, ignored)) {
        fail_to_write(path, "cannot be written: its folder does not exist", "create the folder first");
    }
    temporary_file temporary(free_name_beside(target));
    if (!temporary.write(text) || !temporary.rename_to(target)) {
        fail_to_write(path, "cannot be written", "is the folder writable, and is there room on the disk?");
    }
}

}  // namespace goldenthread
