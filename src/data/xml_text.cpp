#include "data/xml_text.hpp"

#include "data/file_text.hpp"

#include <goldenthread/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace goldenthread::detail {

void load_xml(pugi::xml_document& document, std::string& xml, const std::string& file, const std::string& expected) {
    expect_utf8(xml, file);
    const std::string_view start = trimmed(without_mark(xml));
    if (start.empty() || start.front() != '<') {
        fail_file(file, "is not XML", "line 1", expected + " as XML is expected");
    }
    const std::size_t size = xml.size();
    const pugi::xml_parse_result result = document.load_buffer_inplace(
        xml.data(), size, pugi::parse_cdata | pugi::parse_escapes | pugi::parse_embed_pcdata, pugi::encoding_utf8);
    if (result) return;
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    const std::string place = "line " + std::to_string(line_of(xml, offset));
    constexpr std::size_t near_the_end = 2;
    if (offset + near_the_end >= size) {
        fail_file(file, "is cut off: the XML ends before its last element is closed", place, "export or copy it again");
    }
    if (result.status == pugi::status_no_document_element) fail_file(file, "is not XML: it has no element", place);
    fail_file(file, std::string("is not well-formed XML: ") + result.description(), place, "export it again");
}

pugi::xml_node expect_root(const pugi::xml_document& document, const std::string& file, std::string_view name,
                           const std::string& expected) {
    const pugi::xml_node root = document.document_element();
    if (local_name(root) != name) {
        fail_file(file,
                  "is not " + expected + ": the outermost element is '" + std::string(root.name()) + "', not '" +
                      std::string(name) + "'",
                  "line 1");
    }
    for (pugi::xml_node node = root.next_sibling(); node; node = node.next_sibling()) {
        if (node.type() == pugi::node_element) {
            fail_file(file, "is not well-formed XML: it has two outermost elements");
        }
    }
    return root;
}

finding stray_text(std::string_view table_name, const std::string& file, std::size_t row, std::string_view text) {
    finding entry;
    entry.table = std::string(table_name);
    entry.rule = "stray_text";
    entry.message = "text stands between elements; it was not read";
    entry.file = file;
    entry.row = row;
    entry.value = std::string(text);
    return entry;
}

}  // namespace goldenthread::detail
