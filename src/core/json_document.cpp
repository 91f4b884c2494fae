#include "core/json_document.hpp"

#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace goldenthread::detail {

namespace {

constexpr int deepest_json = 200;

std::string escaped_pointer_part(std::string_view part) {
    std::string result;
    for (const char c : part) {
        if (c == '~') {
            result += "~0";
        } else if (c == '/') {
            result += "~1";
        } else {
            result += c;
        }
    }
    return result;
}

/// Line and column of a byte, counted from 1.
std::string line_and_column(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, std::min(byte, text.size()));
    const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t start = before.rfind('\n');
    const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// Builds the value and refuses what nlohmann lets pass: duplicate keys and great depth.
class strict_parser {
public:
    explicit strict_parser(const std::string& file) : file_(file) {}

    bool operator()(int depth, json::parse_event_t event, json& parsed) {
        using kind = json::parse_event_t;
        if (depth > deepest_json) throw definition_error("JSON is nested deeper than 200 levels", context());
        if (event == kind::object_start) {
            keys_.emplace_back();
        } else if (event == kind::object_end) {
            keys_.pop_back();
        } else if (event == kind::key && !keys_.back().insert(parsed.get<std::string>()).second) {
            throw definition_error("field '" + parsed.get<std::string>() + "' appears twice in one object", context());
        }
        return true;
    }

private:
    [[nodiscard]] error_context context() const {
        error_context result;
        result.file = file_;
        return result;
    }
    const std::string& file_;
    std::vector<std::set<std::string>> keys_;
};

}  // namespace

void json_view::fail(std::string message, std::string remedy) const {
    error_context context;
    context.file = file();
    context.place = pointer_.empty() ? "/" : pointer_;
    context.remedy = std::move(remedy);
    throw definition_error(std::move(message), std::move(context));
}

void json_view::expect_fields(std::initializer_list<const char*> required,
                              std::initializer_list<const char*> optional) const {
    if (!is_object()) fail("an object is expected here");
    std::vector<std::string> known(required.begin(), required.end());
    known.insert(known.end(), optional.begin(), optional.end());
    for (const auto& item : value_->items()) {
        if (item.key().rfind("x-", 0) == 0) continue;
        if (std::find(known.begin(), known.end(), item.key()) == known.end()) {
            json_view(item.value(), file(), pointer_ + "/" + escaped_pointer_part(item.key()))
                .fail("unknown field '" + item.key() + "'", name_remedy(item.key(), known));
        }
    }
    for (const char* field : required) {
        if (!value_->contains(field)) fail("field '" + std::string(field) + "' is missing");
    }
}

json_view json_view::at(const char* field) const {
    if (!is_object()) fail("an object is expected here");
    const auto found = value_->find(field);
    if (found == value_->end()) fail("field '" + std::string(field) + "' is missing");
    return {*found, file(), pointer_ + "/" + escaped_pointer_part(field)};
}

std::vector<json_view> json_view::items() const {
    if (!is_array()) fail("a list is expected here");
    std::vector<json_view> result;
    result.reserve(value_->size());
    for (std::size_t i = 0; i < value_->size(); ++i) {
        result.emplace_back((*value_)[i], file(), pointer_ + "/" + std::to_string(i));
    }
    return result;
}

std::vector<std::pair<std::string, json_view>> json_view::members() const {
    if (!is_object()) fail("an object is expected here");
    std::vector<std::pair<std::string, json_view>> result;
    for (const auto& item : value_->items()) {
        result.emplace_back(item.key(), json_view(item.value(), file(), pointer_ + "/" + escaped_pointer_part(item.key())));
    }
    return result;
}

std::string json_view::text() const {
    if (!value_->is_string()) fail("a text is expected here");
    return value_->get<std::string>();
}

std::int64_t json_view::integer() const {
    if (!value_->is_number_integer()) fail("a whole number is expected here");
    if (value_->is_number_unsigned() && value_->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
        fail("this number is too large");
    }
    return value_->get<std::int64_t>();
}

int json_view::integer_between(int smallest, int largest) const {
    const std::int64_t number = integer();
    if (number < smallest || number > largest) {
        fail("a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest) +
             " is expected here, not " + std::to_string(number));
    }
    return static_cast<int>(number);
}

std::string json_view::filled_text() const {
    std::string result = text();
    if (trimmed(result).empty()) fail("a text that is not empty is expected here");
    return result;
}

bool json_view::boolean() const {
    if (!value_->is_boolean()) fail("true or false is expected here");
    return value_->get<bool>();
}

std::vector<std::string> json_view::texts() const {
    std::vector<std::string> result;
    for (const json_view& item : items()) result.push_back(item.text());
    return result;
}

std::string json_view::text_or(const char* field, std::string fallback) const {
    return has(field) ? at(field).text() : std::move(fallback);
}

json_document json_document::parse(std::string_view text, std::string file) {
    json_document document;
    document.file_ = std::move(file);
    try {
        document.value_ = json::parse(text.begin(), text.end(), strict_parser(document.file_));
    } catch (const json::parse_error& problem) {
        error_context context;
        context.file = document.file_;
        context.place = line_and_column(text, problem.byte == 0 ? 0 : problem.byte - 1);
        throw definition_error("this is not valid JSON", std::move(context));
    }
    return document;
}

json_document json_document::load(const std::string& path) { return parse(read_text_file(path), path); }

void json_document::expect_format(std::string_view kind) const {
    const json_view top = root();
    if (!top.is_object()) top.fail("an object is expected here");
    const std::string wanted = "goldenthread/" + std::string(kind) + "@";
    const std::string found = top.at("format").text();
    if (found == wanted + "1") return;
    if (found.rfind(wanted, 0) == 0) {
        top.at("format").fail("format '" + found + "' is newer than this program reads ('" + wanted + "1')",
                              "update goldenthread");
    }
    top.at("format").fail("format '" + found + "' is not the expected '" + wanted + "1'");
}

std::string read_text_file(const std::string& path) {
    std::string text;
    std::error_code not_a_file;
    std::ifstream stream;
    if (!std::filesystem::is_directory(path, not_a_file)) stream.open(path, std::ios::binary);
    if (stream.is_open()) {
        stream.seekg(0, std::ios::end);
        const std::streamoff size = stream.tellg();
        if (size > 0) text.resize(static_cast<std::size_t>(size));
        stream.seekg(0);
        stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    }
    if (!stream.is_open() || !stream) {
        error_context context;
        context.file = path;
        throw data_error("cannot be read", std::move(context));
    }
    return text;
}

}  // namespace goldenthread::detail
