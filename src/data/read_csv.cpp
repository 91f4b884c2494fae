#include <goldenthread/data/read_csv.hpp>

#include "data/file_text.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace goldenthread {

namespace {

[[noreturn]] void fail(const std::string& file, std::string message, std::size_t line, std::string remedy = {}) {
    detail::fail_file(file, std::move(message), "line " + std::to_string(line), std::move(remedy));
}

constexpr bool ends_line(char c) noexcept { return c == '\n' || c == '\r'; }

constexpr std::array<bool, 256> make_field_ends() noexcept {
    std::array<bool, 256> result{};
    result[static_cast<unsigned char>(',')] = true;
    result[static_cast<unsigned char>('\n')] = true;
    result[static_cast<unsigned char>('\r')] = true;
    return result;
}
constexpr std::array<bool, 256> field_ends = make_field_ends();

}  // namespace

csv_reader::csv_reader(std::string text, std::string file, const csv_options& options)
    : text_(std::move(text)), file_(std::move(file)), most_fields_(options.most_columns) {
    detail::expect_utf8(text_, file_);
    at_ = text_.size() - detail::without_mark(text_).size();
    take_header(options.most_columns);
}

void csv_reader::take_header(std::size_t most_columns) {
    if (!next()) fail(file_, "has no heading row", 1);
    if (fields_.size() > most_columns) {
        fail(file_, "has more than " + std::to_string(most_columns) + " columns", line_);
    }
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        header_.emplace_back(trimmed(fields_[i]));
        const std::string& heading = header_.back();
        if (heading.empty()) continue;
        const auto [found, is_new] = seen.emplace(to_ascii_lower(heading), i + 1);
        if (!is_new) {
            // Not quoted: a first row that is no row of headings may name somebody.
            fail(file_,
                 "one heading stands twice, in columns " + std::to_string(found->second) + " and " +
                     std::to_string(i + 1),
                 line_, "rename or delete one of them");
        }
    }
    // Wider records than this are ragged anyway; their surplus is not kept.
    most_fields_ = header_.size() + 1;
}

std::optional<std::size_t> csv_reader::find(std::string_view heading) const {
    const std::string wanted = to_ascii_lower(heading);
    for (std::size_t i = 0; i < header_.size(); ++i) {
        if (to_ascii_lower(header_[i]) == wanted) return i;
    }
    return std::nullopt;
}

bool csv_reader::next() {
    while (at_ < text_.size()) {
        read_record();
        if (fields_.size() != 1 || !trimmed(fields_.front()).empty()) return true;
    }
    return false;
}

void csv_reader::forget_read() {
    constexpr std::size_t smallest = std::size_t{1} << 20U;
    if (text_.size() < smallest || at_ <= text_.size() / 2) return;
    fields_.clear();
    // A new text: an erased one keeps its memory. All copies together are no longer than the file.
    text_ = std::string(text_, at_);
    at_ = 0;
}

void csv_reader::read_record() {
    fields_.clear();
    misquoted_ = false;
    line_ = next_line_;
    for (;;) {
        const bool quoted = at_ < text_.size() && text_[at_] == '"';
        const std::string_view value = quoted ? read_quoted() : read_plain();
        if (fields_.size() <= most_fields_) fields_.push_back(value);
        if (at_ >= text_.size()) return;
        const char end = text_[at_++];
        if (end == ',') continue;
        if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
        ++next_line_;
        return;
    }
}

std::string_view csv_reader::read_plain() {
    const std::size_t start = at_;
    while (at_ < text_.size() && !field_ends[static_cast<unsigned char>(text_[at_])]) ++at_;
    return std::string_view(text_).substr(start, at_ - start);
}

// Doubled quotes are undone in place: the text only gets shorter.
std::string_view csv_reader::read_quoted() {
    const std::size_t start = at_ + 1;
    const std::size_t first_line = next_line_;
    std::size_t write = start;
    std::size_t read = start;
    for (;;) {
        if (read >= text_.size()) fail(file_, "a quote is opened and never closed", first_line);
        const char c = text_[read];
        if (c == '"') {
            if (read + 1 >= text_.size() || text_[read + 1] != '"') break;
            ++read;
        } else if (c == '\n' || (c == '\r' && (read + 1 >= text_.size() || text_[read + 1] != '\n'))) {
            ++next_line_;
        }
        text_[write++] = text_[read++];
    }
    ++read;
    while (read < text_.size() && text_[read] != ',' && !ends_line(text_[read])) {
        if (text_[read] != ' ') misquoted_ = true;
        text_[write++] = text_[read++];
    }
    at_ = read;
    return std::string_view(text_).substr(start, write - start);
}

}  // namespace goldenthread
