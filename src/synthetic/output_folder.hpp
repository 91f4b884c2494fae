// A folder that appears whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace goldenthread::exampleshire {

/// Written under a temporary name beside its place; removed again unless published.
class output_folder {
public:
    /// \throws data_error when `folder` holds something that no earlier run wrote, or cannot be made
    explicit output_folder(const std::string& folder);
    output_folder(const output_folder&) = delete;
    output_folder& operator=(const output_folder&) = delete;
    ~output_folder();

    /// Where to write.
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return temporary_; }
    /// Names of the files written so far, relative and sorted.
    [[nodiscard]] std::vector<std::string> files() const;
    /// Puts the folder in its place. \throws data_error; what stood there before is then still there
    void publish();

private:
    std::filesystem::path target_;
    std::filesystem::path temporary_;
};

}  // namespace goldenthread::exampleshire
