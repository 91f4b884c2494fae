#include "data/file_text.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace goldenthread::detail {

void fail_file(const std::string& file, std::string message, std::string place, std::string remedy) {
    error_context context;
    context.file = file;
    context.place = std::move(place);
    context.remedy = std::move(remedy);
    throw data_error(std::move(message), std::move(context));
}

namespace {

/// Length of the well-formed UTF-8 sequence at `at`, 0 if there is none (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : static_cast<unsigned char>(0);
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80U) return 1;
    if (lead >= 0xC2U && lead <= 0xDFU) return follows(1) ? 2 : 0;
    if (lead >= 0xE0U && lead <= 0xEFU) {
        if (lead == 0xE0U && byte(1) < 0xA0U) return 0;
        if (lead == 0xEDU && byte(1) > 0x9FU) return 0;
        return follows(1) && follows(2) ? 3 : 0;
    }
    if (lead >= 0xF0U && lead <= 0xF4U) {
        if (lead == 0xF0U && byte(1) < 0x90U) return 0;
        if (lead == 0xF4U && byte(1) > 0x8FU) return 0;
        return follows(1) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

/// First byte that is not part of UTF-8 text, or npos.
std::size_t first_invalid(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::size_t at = 0;
    while (at < text.size()) {
        if (at + 8 <= text.size()) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + at, 8);
            if ((word & high_bits) == 0) {
                at += 8;
                continue;
            }
        }
        const std::size_t length = sequence_length(text, at);
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

bool starts_with_utf16_mark(std::string_view bytes) noexcept {
    return bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
}

std::string hex_byte(char c) {
    constexpr char digits[] = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(c);
    return {'0', 'x', digits[value >> 4U], digits[value & 15U]};
}

}  // namespace

std::string load_file(const std::string& path, std::size_t largest) {
    std::error_code problem;
    const std::filesystem::file_status status = std::filesystem::status(path, problem);
    if (!std::filesystem::exists(status)) fail_file(path, "there is no such file", "", "");
    if (std::filesystem::is_directory(status)) fail_file(path, "this is a folder, a file is expected", "", "");
    std::ifstream stream(path, std::ios::binary | std::ios::ate);
    const std::streamoff size = stream ? static_cast<std::streamoff>(stream.tellg()) : -1;
    if (size < 0) fail_file(path, "cannot be read", "", "");
    if (static_cast<std::uint64_t>(size) > largest) {
        fail_file(path, "is larger than " + std::to_string(largest / 1'000'000) + " MB", "",
                  "split it, or raise the limit");
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    stream.seekg(0);
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream && !bytes.empty()) fail_file(path, "cannot be read", "", "");
    return bytes;
}

void expect_utf8(std::string_view bytes, const std::string& file) {
    if (without_mark(bytes).empty()) fail_file(file, "is empty", "", "");
    if (starts_with_utf16_mark(bytes)) {
        fail_file(file, "is UTF-16 text, UTF-8 is expected", "line 1", "save or export it again as UTF-8");
    }
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
        fail_file(file, "holds NUL bytes, so it is UTF-16 or not text", "line " + std::to_string(line_of(bytes, nul)),
                  "save or export it again as UTF-8");
    }
    if (const std::size_t wrong = first_invalid(bytes); wrong != std::string_view::npos) {
        fail_file(file, "is not UTF-8 text: byte " + hex_byte(bytes[wrong]),
                  "line " + std::to_string(line_of(bytes, wrong)), "save or export it again as UTF-8");
    }
}

std::string_view without_mark(std::string_view bytes) noexcept {
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    return bytes;
}

std::size_t line_of(std::string_view bytes, std::size_t offset) noexcept {
    const std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
    return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
}

std::string heading_remedy(std::string_view wanted, const std::vector<std::string>& headings) {
    const std::string near = nearest_name(wanted, headings);
    return near.empty() ? "are there headings in the first row?" : "did you mean '" + near + "'?";
}

std::string file_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

}  // namespace goldenthread::detail
