// JSON text laid out for people: what fits on a line stays on it, so that a file is easy to read and to compare.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// A JSON value on its way to text. Members keep their order.
class json_node {
public:
    static json_node object() { return json_node('{'); }
    static json_node list() { return json_node('['); }
    static json_node text(std::string_view value);
    static json_node number(int value);
    static json_node boolean(bool value);
    /// JSON text as it is.
    static json_node raw(std::string json);

    json_node& add(std::string_view key, json_node value);  ///< to an object
    json_node& add(json_node value);                        ///< to a list

    /// The whole as a file: two spaces a level, a newline at the end.
    [[nodiscard]] std::string laid_out() const;

private:
    explicit json_node(char bracket) : bracket_(bracket) {}

    [[nodiscard]] std::string flat() const;
    void lay_out(std::string& output, std::size_t level, std::size_t used) const;

    char bracket_ = '\0';  // '{', '[', or none for a scalar
    std::string scalar_;
    std::vector<std::pair<std::string, json_node>> items_;  // keys already quoted; empty in a list
};

}  // namespace goldenthread::detail
