// Loading XML returns with pugixml: what is wrong with the file as a whole is said here, once for every reader.
// Internal: XML types never appear in public headers.
#pragma once

#include <goldenthread/core/text.hpp>
#include <goldenthread/data/finding.hpp>

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace goldenthread::detail {

/// Parses in place: `xml` must outlive the document. Entities of the file's own are never expanded.
/// `expected` names the kind of file in remedies, such as "a children in need census return".
/// \throws data_error naming file and line for text that is empty, not UTF-8, not XML or cut off
void load_xml(pugi::xml_document& document, std::string& xml, const std::string& file, const std::string& expected);

/// The outermost element, which must be the only one and have this name.
/// \throws data_error
[[nodiscard]] pugi::xml_node expect_root(const pugi::xml_document& document, const std::string& file,
                                         std::string_view name, const std::string& expected);

/// Element name without a namespace prefix.
[[nodiscard]] inline std::string_view local_name(pugi::xml_node node) noexcept {
    std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return name;
}

[[nodiscard]] inline bool has_elements(pugi::xml_node node) noexcept {
    for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
        if (child.type() == pugi::node_element) return true;
    }
    return false;
}

/// Text between elements, which no reader reads.
[[nodiscard]] finding stray_text(std::string_view table_name, const std::string& file, std::size_t row,
                                 std::string_view text);

/// Calls `visit(name, element)` for the elements of `parent` and `stray(text)` for text that stands between them.
template <typename Visit, typename Stray>
void each_element(pugi::xml_node parent, Visit visit, Stray stray) {
    if (const std::string_view text = trimmed(parent.value()); !text.empty()) stray(text);
    for (pugi::xml_node node = parent.first_child(); node; node = node.next_sibling()) {
        if (node.type() == pugi::node_element) {
            visit(local_name(node), node);
        } else if (const std::string_view text = trimmed(node.value()); !text.empty()) {
            stray(text);
        }
    }
}

}  // namespace goldenthread::detail
