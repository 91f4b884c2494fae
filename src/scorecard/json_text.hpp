// A small JSON writer whose every byte is decided here: field order, spaces, decimal text of numbers.
// Internal: releases are written by it and by nothing else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Bytes that are not UTF-8 become U+FFFD: a label of a file may hold anything.
[[nodiscard]] std::string json_escaped(std::string_view text);

/// Appends values to a text. Objects and lists are laid out over lines, or on one line when `compact`.
class json_text {
public:
    void begin_object(bool compact = false) { begin('{', compact); }
    void end_object() { end('}'); }
    void begin_list(bool compact = false) { begin('[', compact); }
    void end_list() { end(']'); }
    void key(std::string_view name) {
        separate();
        text_ += '"' + json_escaped(name) + "\": ";
        after_key_ = true;
    }
    void text(std::string_view value) { raw('"' + json_escaped(value) + '"'); }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void null() { raw("null"); }
    /// Decimal text as it stands.
    void number(std::string_view decimal) { raw(decimal); }

    void field(std::string_view name, std::string_view value) { key(name), text(value); }
    // A text literal would otherwise become a truth value.
    void field(std::string_view name, const char* value) { field(name, std::string_view(value)); }
    void field(std::string_view name, bool value) { key(name), boolean(value); }
    void field(std::string_view name, const std::vector<std::string>& values) {
        key(name);
        begin_list(true);
        for (const std::string& each : values) text(each);
        end_list();
    }
    template <class Integer>
    void integer(std::string_view name, Integer value) {
        key(name), number(std::to_string(value));
    }

    /// The finished text, with a line feed at its end.
    [[nodiscard]] std::string take() { return std::move(text_) + "\n"; }

private:
    struct level {
        bool compact = false;
        bool empty = true;
    };

    void begin(char bracket, bool compact) {
        const bool inherited = !levels_.empty() && levels_.back().compact;
        raw(std::string(1, bracket));
        levels_.push_back({compact || inherited, true});
    }
    void end(char bracket) {
        const level closed = levels_.back();
        levels_.pop_back();
        if (!closed.compact && !closed.empty) new_line();
        text_ += bracket;
    }
    void raw(std::string_view value) {
        if (!after_key_) separate();
        after_key_ = false;
        text_ += value;
    }
    void separate() {
        if (levels_.empty()) return;
        level& here = levels_.back();
        if (!here.empty) text_ += here.compact ? ", " : ",";
        if (!here.compact) new_line();
        here.empty = false;
    }
    void new_line() {
        text_ += '\n';
        text_.append(levels_.size(), ' ');
    }

    std::string text_;
    std::vector<level> levels_;
    bool after_key_ = false;
};

}  // namespace goldenthread::detail
