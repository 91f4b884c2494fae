#include "synthetic/output_folder.hpp"

#include "synthetic/output_file.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace goldenthread::exampleshire {

namespace {

namespace fs = std::filesystem;

/// Lies in every folder the generator makes: by it the next run knows that it may replace the folder.
constexpr const char* notice_name = "README.txt";

std::string notice_text() {
    return std::string(exampleshire_area) +
           "\nEvery child, family and figure in this folder is invented. The folder is replaced as a whole by the next "
           "run.\n";
}

[[noreturn]] void refuse(const fs::path& folder, std::string message, std::string remedy) {
    error_context context;
    context.file = folder.string();
    context.remedy = std::move(remedy);
    throw data_error(std::move(message), std::move(context));
}

bool is_replaceable(const fs::path& folder) {
    std::error_code problem;
    if (!fs::exists(folder, problem)) return true;
    if (!fs::is_directory(folder, problem)) return false;
    if (fs::is_empty(folder, problem)) return !problem;
    std::ifstream notice(folder / notice_name, std::ios::binary);
    std::string first_line;
    return notice && std::getline(notice, first_line) && first_line == exampleshire_area;
}

fs::path free_name_beside(const fs::path& target, const char* ending) {
    std::error_code ignored;
    for (int attempt = 0;; ++attempt) {
        fs::path candidate = target;
        candidate += ending + std::to_string(attempt);
        if (!fs::exists(candidate, ignored)) return candidate;
    }
}

/// Without a slash at the end, which would put the temporary folder inside the real one.
fs::path without_trailing_slash(const std::string& folder) {
    fs::path path(folder);
    return path.has_filename() ? path : path.parent_path();
}

}  // namespace

output_folder::output_folder(const std::string& folder) : target_(without_trailing_slash(folder)) {
    if (target_.empty() || target_.filename() == "." || target_.filename() == "..") {
        refuse(folder, "cannot be written: a folder of its own is needed", "give the name of a new folder");
    }
    if (!is_replaceable(target_)) {
        refuse(target_, "already exists and was not written by this generator: it is left alone",
               "give the name of a new or empty folder");
    }
    temporary_ = free_name_beside(target_, ".part");
    std::error_code problem;
    fs::create_directories(temporary_, problem);
    if (problem) refuse(target_, "cannot be made: " + problem.message(), "is the folder above it writable?");
    try {
        write_whole(temporary_ / notice_name, notice_text());
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(temporary_, ignored);
        throw;
    }
}

output_folder::~output_folder() {
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

std::vector<std::string> output_folder::files() const {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(temporary_)) {
        if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), temporary_).generic_string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

void output_folder::publish() {
    std::error_code problem;
    fs::path old;
    if (fs::exists(target_)) {
        old = free_name_beside(target_, ".old");
        fs::rename(target_, old, problem);
        if (problem) refuse(target_, "cannot be replaced: " + problem.message(), "is it open in another program?");
    }
    fs::rename(temporary_, target_, problem);
    if (problem) {
        std::error_code ignored;
        if (!old.empty()) fs::rename(old, target_, ignored);
        refuse(target_, "cannot be put in its place: " + problem.message(), "is the folder above it writable?");
    }
    temporary_.clear();
    if (!old.empty()) fs::remove_all(old, problem);
}

}  // namespace goldenthread::exampleshire
