#include "plan/json_layout.hpp"

namespace goldenthread::detail {

namespace {

constexpr std::size_t widest_line = 160;

std::string quoted(std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (c == '\t') {
            result += "\\t";
        } else if (byte < 0x20) {
            result += "\\u00";
            result += hex[byte >> 4U];
            result += hex[byte & 0xFU];
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string key_part(const std::string& key) { return key.empty() ? std::string() : key + ": "; }

/// Characters, not bytes, of UTF-8.
std::size_t width(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    return count;
}

}  // namespace

json_node json_node::text(std::string_view value) { return raw(quoted(value)); }
json_node json_node::number(int value) { return raw(std::to_string(value)); }
json_node json_node::boolean(bool value) { return raw(value ? "true" : "false"); }

json_node json_node::raw(std::string json) {
    json_node node('\0');
    node.scalar_ = std::move(json);
    return node;
}

json_node& json_node::add(std::string_view key, json_node value) {
    items_.emplace_back(quoted(key), std::move(value));
    return *this;
}

json_node& json_node::add(json_node value) {
    items_.emplace_back(std::string(), std::move(value));
    return *this;
}

std::string json_node::flat() const {
    if (bracket_ == '\0') return scalar_;
    std::string result(1, bracket_);
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (i != 0) result += ", ";
        result += key_part(items_[i].first) + items_[i].second.flat();
    }
    return result + (bracket_ == '{' ? '}' : ']');
}

void json_node::lay_out(std::string& output, std::size_t level, std::size_t used) const {
    const std::string on_one_line = flat();
    if (bracket_ == '\0' || items_.empty() || 2 * level + used + width(on_one_line) + 1 <= widest_line) {
        output += on_one_line;
        return;
    }
    output += bracket_;
    output += '\n';
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const std::string key = key_part(items_[i].first);
        output.append(2 * (level + 1), ' ');
        output += key;
        items_[i].second.lay_out(output, level + 1, width(key));
        output += i + 1 < items_.size() ? ",\n" : "\n";
    }
    output.append(2 * level, ' ');
    output += bracket_ == '{' ? '}' : ']';
}

std::string json_node::laid_out() const {
    std::string output;
    lay_out(output, 0, 0);
    return output + "\n";
}

}  // namespace goldenthread::detail
