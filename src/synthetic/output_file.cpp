#include "synthetic/output_file.hpp"

#include <goldenthread/core/error.hpp>

#include <utility>

namespace goldenthread::exampleshire {

output_file::output_file(std::filesystem::path path)
    : path_(std::move(path)), stream_(path_, std::ios::binary | std::ios::trunc) {
    if (!stream_) fail();
}

void output_file::fail() const {
    error_context context;
    context.file = path_.string();
    context.remedy = "is the folder writable, and is there room on the disk?";
    throw data_error("cannot be written", std::move(context));
}

void output_file::flush() {
    stream_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
    if (!stream_) fail();
}

void output_file::finish() {
    flush();
    stream_.close();
    if (!stream_) fail();
}

void write_whole(const std::filesystem::path& path, std::string_view text) {
    output_file file(path);
    file.text() = text;
    file.finish();
}

}  // namespace goldenthread::exampleshire
