// goldenthread: rows that are kept until all are there. A batch is kept as it came, sharing its columns' memory; the
// pieces become one table when figures are asked for.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/engine/scalar.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// A value as bytes: two values are the same when these are. Not for nulls.
[[nodiscard]] inline std::string value_content(const column& c, std::size_t row) {
    if (is_text_type(c.type())) {
        const std::string_view text = c.text_at(row);
        return "'" + std::to_string(text.size()) + ":" + std::string(text);
    }
    const auto [value, scale] = stored_decimal(c, row);
    return "=" + std::to_string(value) + (scale > 0 ? "/" + std::to_string(scale) : std::string()) + ";";
}

/// All that a row holds, as bytes. Nulls are left out, like absent columns.
[[nodiscard]] inline std::string row_content(const std::vector<const column*>& by_name, std::size_t row) {
    std::string result;
    for (const column* c : by_name) {
        if (!c->is_null(row)) result += std::to_string(c->name().size()) + ":" + c->name() + value_content(*c, row);
    }
    return result;
}

[[nodiscard]] inline std::vector<const column*> columns_by_name(const table& t) {
    std::vector<const column*> result;
    for (const column& c : t.columns()) result.push_back(&c);
    std::sort(result.begin(), result.end(), [](const column* a, const column* b) { return a->name() < b->name(); });
    return result;
}

[[nodiscard]] inline std::vector<std::string> row_contents(const table& t) {
    const std::vector<const column*> columns = columns_by_name(t);
    std::vector<std::string> result;
    result.reserve(t.row_count());
    for (std::size_t row = 0; row < t.row_count(); ++row) result.push_back(row_content(columns, row));
    return result;
}

/// A table of so many rows that hold nothing.
[[nodiscard]] inline table empty_table(const std::string& name, std::size_t rows = 0) {
    return {name, {}, std::vector<row_source>(rows)};
}

/// Some rows of a table, by number.
[[nodiscard]] inline table some_rows(const table& t, const std::vector<std::size_t>& rows) {
    if (t.columns().empty()) return empty_table(t.name(), rows.size());
    std::vector<column> columns;
    for (const column& c : t.columns()) {
        column_builder builder(c.name(), c.type(), c.scale());
        for (const std::size_t row : rows) builder.append_from(c, row);
        columns.push_back(builder.finish());
    }
    return {t.name(), std::move(columns)};
}

/// A column whose memory lives as long as it does: the column itself, or a copy of what it only looks at.
[[nodiscard]] inline column owned(const column& c) {
    const bool owns_texts = c.dictionary() == nullptr || c.dictionary().use_count() > 0;
    if (c.owner() != nullptr && owns_texts) return c;
    column_builder builder(c.name(), c.type(), c.scale());
    for (std::size_t row = 0; row < c.size(); ++row) builder.append_from(c, row);
    return builder.finish();
}

/// The columns of a table that are wanted, each keeping its own memory alive.
[[nodiscard]] inline table owned_columns(const table& t, const std::set<std::string>& wanted) {
    std::vector<column> columns;
    for (const column& c : t.columns()) {
        if (wanted.count(c.name()) != 0) columns.push_back(owned(c));
    }
    if (columns.empty()) return empty_table(t.name(), t.row_count());
    return {t.name(), std::move(columns)};
}

/// Memory of a column's values.
[[nodiscard]] inline std::size_t bytes_of_values(const column& c) {
    const std::size_t width = c.type() == value_type::boolean                                    ? 1
                              : c.type() == value_type::int64 || c.type() == value_type::decimal ? 8
                                                                                                 : 4;
    return c.size() * width + (c.validity() == nullptr ? 0 : c.size() / 8);
}

/// Memory of texts.
[[nodiscard]] inline std::size_t bytes_of_texts(const text_dictionary& texts) {
    constexpr std::size_t in_place = 15;  // shorter texts lie in the string itself
    std::size_t bytes = texts.size() * sizeof(std::string);
    for (const std::string& text : texts) bytes += text.size() > in_place ? text.size() + 17 : 0;
    return bytes;
}

/// Makes one column of the columns of several pieces.
class column_joiner {
public:
    column_joiner(const std::string& name, value_type type, int scale) : builder_(name, type, scale), scale_(scale) {}

    /// Appends all rows of `source`, or as many nulls where it is absent.
    void append(const column* source, std::size_t rows) {
        if (source != nullptr && is_text_type(source->type()) && source->dictionary().get() != dictionary_) {
            dictionary_ = source->dictionary().get();
            codes_.assign(dictionary_->size(), -1);
        }
        for (std::size_t row = 0; row < rows; ++row) {
            if (source == nullptr || source->is_null(row)) {
                builder_.append_null();
            } else if (is_text_type(source->type())) {
                builder_.append_code(code_of(*source, row));
            } else if (source->type() == value_type::decimal) {
                std::int64_t mantissa = source->int64_at(row);
                for (int s = source->scale(); s < scale_; ++s) mantissa = checked_multiply(mantissa, 10);
                builder_.append_int64(mantissa);
            } else {
                builder_.append_from(*source, row);
            }
        }
    }
    [[nodiscard]] column finish() { return builder_.finish(); }

private:
    [[nodiscard]] std::int32_t code_of(const column& source, std::size_t row) {
        std::int32_t& code = codes_[static_cast<std::size_t>(source.code_at(row))];
        if (code < 0) code = builder_.intern(source.text_at(row));
        return code;
    }

    column_builder builder_;
    int scale_;
    const text_dictionary* dictionary_ = nullptr;  ///< batches cut from one table share it
    std::vector<std::int32_t> codes_;              ///< of that dictionary, ours; -1 = not met yet
};

/// Rows of one table, in the pieces in which they came.
class kept_table {
public:
    explicit kept_table(std::string name = {}) : name_(std::move(name)) {}

    [[nodiscard]] const std::vector<table>& pieces() const noexcept { return pieces_; }
    [[nodiscard]] std::size_t row_count() const noexcept { return rows_; }
    /// Memory of all pieces; texts that pieces share are counted once.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    /// Different texts, as far as pieces do not repeat them.
    [[nodiscard]] std::size_t text_count() const noexcept { return texts_; }

    /// \throws data_error when a column has another type than in an earlier piece; nothing is changed then
    void add(table piece) {
        check_types(piece);
        for (const column& c : piece.columns()) types_.emplace(c.name(), c.type());
        for (const column& c : piece.columns()) measure(c);
        rows_ += piece.row_count();
        if (piece.row_count() > 0 || pieces_.empty()) pieces_.push_back(std::move(piece));
    }
    void check_types(const table& piece) const {
        for (const column& c : piece.columns()) {
            const auto known = types_.find(c.name());
            if (known == types_.end() || known->second == c.type()) continue;
            error_context context;
            context.place = "table " + name_ + ", column " + c.name();
            context.remedy = "read all batches by the same schema";
            throw data_error("this column is " + std::string(to_text(known->second)) + " in one batch and " +
                                 std::string(to_text(c.type())) + " in another",
                             std::move(context));
        }
    }
    /// Takes the rows of another one away, each once.
    /// \returns false, and changes nothing, if some are not there
    [[nodiscard]] bool take_away(const kept_table& other) {
        std::map<std::string, std::size_t> going;
        for (const table& piece : other.pieces_) {
            for (std::string& content : row_contents(piece)) ++going[std::move(content)];
        }
        std::vector<table> left;
        std::size_t rows = 0;
        for (const table& piece : pieces_) {
            std::vector<std::size_t> staying;
            const std::vector<std::string> contents = row_contents(piece);
            for (std::size_t row = 0; row < contents.size(); ++row) {
                const auto found = going.find(contents[row]);
                if (found == going.end()) {
                    staying.push_back(row);
                } else if (--found->second == 0) {
                    going.erase(found);
                }
            }
            rows += staying.size();
            if (staying.size() == piece.row_count()) {
                left.push_back(piece);
            } else if (!staying.empty()) {
                left.push_back(some_rows(piece, staying));
            }
        }
        if (!going.empty()) return false;
        pieces_ = std::move(left);
        rows_ = rows;
        bytes_ = texts_ = 0;
        measured_.clear();
        for (const table& piece : pieces_) {
            for (const column& c : piece.columns()) measure(c);
        }
        return true;
    }
    /// All pieces as one table; a single piece as it is.
    [[nodiscard]] table joined() const {
        if (pieces_.empty()) return empty_table(name_);
        if (pieces_.size() == 1) return pieces_.front();
        if (types_.empty()) return empty_table(name_, rows_);
        std::vector<column> columns;
        for (const auto& [column_name, type] : types_) {
            int scale = 0;
            for (const table& piece : pieces_) {
                if (const column* c = piece.find(column_name)) scale = std::max(scale, c->scale());
            }
            column_joiner joiner(column_name, type, scale);
            for (const table& piece : pieces_) joiner.append(piece.find(column_name), piece.row_count());
            columns.push_back(joiner.finish());
        }
        return {name_, std::move(columns)};
    }
    /// The same rows, in whatever order and pieces.
    friend bool operator==(const kept_table& a, const kept_table& b) {
        return a.rows_ == b.rows_ && a.sorted() == b.sorted();
    }

private:
    void measure(const column& c) {
        bytes_ += bytes_of_values(c);
        if (c.dictionary() == nullptr || !measured_.insert(c.dictionary().get()).second) return;
        bytes_ += bytes_of_texts(*c.dictionary());
        texts_ += c.dictionary()->size();
    }
    [[nodiscard]] std::vector<std::string> sorted() const {
        std::vector<std::string> result;
        for (const table& piece : pieces_) {
            for (std::string& content : row_contents(piece)) result.push_back(std::move(content));
        }
        std::sort(result.begin(), result.end());
        return result;
    }

    std::string name_;
    std::map<std::string, value_type> types_;
    std::vector<table> pieces_;
    std::size_t rows_ = 0, bytes_ = 0, texts_ = 0;
    std::set<const text_dictionary*> measured_;
};

/// Rows of a broadcast table: each different row once, and how many batches gave it.
class broadcast_rows {
public:
    [[nodiscard]] const table& rows() const noexcept { return rows_; }
    [[nodiscard]] const std::vector<std::int64_t>& given() const noexcept { return given_; }

    /// Rows that each stand in `times` batches; `times` fits the rows, empty = one batch.
    /// \throws data_error when a column has another type than before
    void add(const table& batch, const std::vector<std::int64_t>& times = {}) { change(batch, times, 1); }
    /// \returns false if rows are taken away that were not given; it must not be used further then
    [[nodiscard]] bool take_away(const broadcast_rows& other) {
        change(other.rows_, other.given_, -1);
        if (std::any_of(given_.begin(), given_.end(), [](std::int64_t n) { return n < 0; })) return false;
        std::vector<std::size_t> staying;
        std::vector<std::int64_t> given;
        for (std::size_t row = 0; row < given_.size(); ++row) {
            if (given_[row] == 0) continue;
            staying.push_back(row);
            given.push_back(given_[row]);
        }
        if (staying.size() < given_.size()) rows_ = some_rows(rows_, staying);
        given_ = std::move(given);
        return true;
    }
    friend bool operator==(const broadcast_rows& a, const broadcast_rows& b) {
        std::vector<std::string> x = row_contents(a.rows_), y = row_contents(b.rows_);
        std::sort(x.begin(), x.end());
        std::sort(y.begin(), y.end());
        return x == y;
    }

private:
    void change(const table& batch, const std::vector<std::int64_t>& times, std::int64_t sign) {
        std::map<std::string, std::size_t> place;
        std::vector<std::string> known = row_contents(rows_);
        for (std::size_t row = 0; row < known.size(); ++row) place.emplace(std::move(known[row]), row);
        std::vector<std::size_t> added;
        std::vector<std::int64_t> given = given_;
        std::set<std::string> seen;  // within a batch a row counts once, however often it stands there
        std::vector<std::string> contents = row_contents(batch);
        for (std::size_t row = 0; row < contents.size(); ++row) {
            if (!seen.insert(contents[row]).second) continue;
            const auto [at, added_now] = place.emplace(contents[row], given.size());
            if (added_now) {
                added.push_back(row);
                given.push_back(0);
            }
            given[at->second] += sign * (times.empty() ? 1 : times[row]);
        }
        kept_table both(batch.name());
        both.add(rows_.name().empty() ? empty_table(batch.name()) : rows_);
        both.add(some_rows(batch, added));
        table all = both.joined();
        rows_ = std::move(all);
        given_ = std::move(given);
    }

    table rows_;
    std::vector<std::int64_t> given_;
};

}  // namespace goldenthread::detail
