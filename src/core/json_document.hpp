// Reading JSON files strictly: every error names file, JSON pointer and remedy.
// Internal: JSON types never appear in public headers.
#pragma once

#include <goldenthread/core/error.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

using json = nlohmann::ordered_json;

/// A value inside a document that knows where it stands. Cheap to copy; the document must outlive it.
class json_view {
public:
    json_view(const json& value, const std::string& file, std::string pointer)
        : value_(&value), file_(&file), pointer_(std::move(pointer)) {}

    [[nodiscard]] const json& raw() const noexcept { return *value_; }
    [[nodiscard]] const std::string& pointer() const noexcept { return pointer_; }
    [[nodiscard]] const std::string& file() const noexcept { return *file_; }

    [[nodiscard]] bool is_object() const noexcept { return value_->is_object(); }
    [[nodiscard]] bool is_array() const noexcept { return value_->is_array(); }
    [[nodiscard]] bool is_string() const noexcept { return value_->is_string(); }
    [[nodiscard]] bool is_null() const noexcept { return value_->is_null(); }
    [[nodiscard]] bool has(const char* field) const { return value_->is_object() && value_->contains(field); }

    /// Throws unless this is an object with no fields but these (and `x-…`), all of `required` present.
    void expect_fields(std::initializer_list<const char*> required,
                       std::initializer_list<const char*> optional = {}) const;

    /// A field that must exist.
    [[nodiscard]] json_view at(const char* field) const;
    /// Items of an array; throws if this is not one.
    [[nodiscard]] std::vector<json_view> items() const;
    /// Members of an object in file order.
    [[nodiscard]] std::vector<std::pair<std::string, json_view>> members() const;

    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::int64_t integer() const;
    /// A whole number between these, both included.
    [[nodiscard]] int integer_between(int smallest, int largest) const;
    /// A text of more than spaces.
    [[nodiscard]] std::string filled_text() const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::vector<std::string> texts() const;
    /// Optional text field: `fallback` when absent.
    [[nodiscard]] std::string text_or(const char* field, std::string fallback = {}) const;

    /// Throws a definition_error that names this place.
    [[noreturn]] void fail(std::string message, std::string remedy = {}) const;

private:
    const json* value_;
    const std::string* file_;
    std::string pointer_;
};

/// A parsed file or text. Duplicate object keys, trailing text and depth beyond 200 are errors.
class json_document {
public:
    /// `file` is only used in messages.
    static json_document parse(std::string_view text, std::string file);
    static json_document load(const std::string& path);

    [[nodiscard]] json_view root() const { return {value_, file_, ""}; }

    /// Throws unless `"format"` is `goldenthread/<kind>@1`; a newer one says so.
    void expect_format(std::string_view kind) const;

private:
    json value_;
    std::string file_;
};

/// The whole file as text; throws data_error naming the path.
[[nodiscard]] std::string read_text_file(const std::string& path);

}  // namespace goldenthread::detail
