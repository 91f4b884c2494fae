// goldenthread: errors with a place and a remedy. MIT licence, see LICENSE.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace goldenthread {

/// Where an error happened and what would mend it. Every field may be empty.
struct error_context {
    std::string indicator;  ///< indicator or plan element id
    std::string file;       ///< file name as the caller gave it
    std::string place;      ///< JSON pointer ("/measure/where"), or "row 12, column start_date"
    std::string excerpt;    ///< the offending text, with a caret line where there is one
    std::string remedy;     ///< "did you mean 'latest_category'?"
};

/// Root of every exception this library throws. `what()` is one readable paragraph.
class error : public std::runtime_error {
public:
    explicit error(std::string message, error_context context = {})
        : std::runtime_error(compose(message, context)), message_(std::move(message)), context_(std::move(context)) {}

    /// The sentence alone, without its place.
    [[nodiscard]] const std::string& message() const noexcept { return message_; }
    [[nodiscard]] const error_context& context() const noexcept { return context_; }

private:
    static std::string compose(const std::string& message, const error_context& context) {
        std::string text;
        if (!context.file.empty()) text += context.file + ": ";
        if (!context.indicator.empty()) text += context.indicator + ": ";
        text += message;
        if (!context.place.empty()) text += "\n  at " + context.place;
        if (!context.excerpt.empty()) text += "\n  " + context.excerpt;
        if (!context.remedy.empty()) text += "\n  " + context.remedy;
        return text;
    }

    std::string message_;
    error_context context_;
};

/// A definition, plan, schema or parameter is wrong: nothing was computed.
class definition_error : public error {
public:
    using error::error;
};

/// A file cannot be read at all. Single bad rows are findings, not errors.
class data_error : public error {
public:
    using error::error;
};

/// A calculation was asked for that has no meaning.
class calculation_error : public error {
public:
    using error::error;
};

/// Something would be published that must not be.
class disclosure_error : public error {
public:
    using error::error;
};

}  // namespace goldenthread
