// One file of a folder that is still being written.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

namespace goldenthread::exampleshire {

class output_file {
public:
    /// \throws data_error when the file cannot be opened
    explicit output_file(std::filesystem::path path);

    /// Text to be written; call `flush_if_large` after each row.
    [[nodiscard]] std::string& text() noexcept { return text_; }
    void flush_if_large() {
        if (text_.size() >= large) flush();
    }
    /// Writes what is left and closes. \throws data_error when the disk did not take it
    void finish();

private:
    static constexpr std::size_t large = std::size_t{1} << 18U;
    void flush();
    [[noreturn]] void fail() const;

    std::filesystem::path path_;
    std::ofstream stream_;
    std::string text_;
};

/// A small file at once. \throws data_error
void write_whole(const std::filesystem::path& path, std::string_view text);

}  // namespace goldenthread::exampleshire
