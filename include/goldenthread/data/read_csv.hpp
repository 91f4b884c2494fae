// goldenthread: records of a CSV file (RFC 4180), as text. Needs goldenthread::goldenthread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// Limits that keep a hostile file from taking the machine with it.
struct csv_options {
    std::size_t largest_file = std::size_t{4} << 30U;  ///< bytes
    std::size_t most_columns = 4096;
};

/// Walks the records of a CSV text with a heading row. Commas separate; quotes, CRLF, LF and CR line ends, line ends
/// inside quotes and a UTF-8 byte-order mark are understood; blank lines are skipped. Fields are views into the
/// reader's own text and stay valid as long as it lives; it may not be copied or moved once reading began.
class csv_reader {
public:
    /// `file` is used in messages.
    /// \throws data_error for an empty text, text that is not UTF-8, a heading that stands twice, too many columns
    explicit csv_reader(std::string text, std::string file, const csv_options& options = {});

    csv_reader(const csv_reader&) = delete;
    csv_reader& operator=(const csv_reader&) = delete;

    /// Headings, trimmed.
    [[nodiscard]] const std::vector<std::string>& header() const noexcept { return header_; }
    /// Position of a heading without regard to case.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view heading) const;

    /// Goes to the next record; false at the end.
    /// \throws data_error for a quote that is never closed
    [[nodiscard]] bool next();

    /// Gives back the memory of what was read, for readers that keep nothing of it: fields are gone until the next
    /// `next()`. To be called for each record: it acts only when more than half of a large text lies behind.
    void forget_read();

    /// One field; empty where the record is too short.
    [[nodiscard]] std::string_view field(std::size_t column) const noexcept {
        return column < fields_.size() ? fields_[column] : std::string_view();
    }
    /// Fields the record really has; a number other than `header().size()` is a ragged row.
    [[nodiscard]] std::size_t field_count() const noexcept { return fields_.size(); }
    /// True if text stands beside a closing quote.
    [[nodiscard]] bool misquoted() const noexcept { return misquoted_; }
    /// 1-based line on which the record begins.
    [[nodiscard]] std::size_t line() const noexcept { return line_; }
    [[nodiscard]] const std::string& file() const noexcept { return file_; }

private:
    void read_record();
    [[nodiscard]] std::string_view read_plain();
    [[nodiscard]] std::string_view read_quoted();
    void take_header(std::size_t most_columns);

    std::string text_;
    std::string file_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t next_line_ = 1;
    std::size_t most_fields_ = 0;
    bool misquoted_ = false;
    std::vector<std::string_view> fields_;
    std::vector<std::string> header_;
};

}  // namespace goldenthread
