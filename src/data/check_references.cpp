#include "data/check_references.hpp"

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace goldenthread::detail {

namespace {

/// Which entries of the column's dictionary name a row of the target. The canonical schema's references have one
/// column each, of text.
std::vector<bool> known_entries(const column& link, const column& target) {
    std::unordered_set<std::string_view> known;
    known.reserve(target.size());
    for (std::size_t row = 0; row < target.size(); ++row) {
        if (!target.is_null(row)) known.insert(target.text_at(row));
    }
    std::vector<bool> result;
    for (const std::string& text : *link.dictionary()) result.push_back(known.count(text) != 0);
    return result;
}

void check_reference(const dataset& data, const table& from, const reference& link, const column& to,
                     std::vector<finding>& findings) {
    const column* column_from = from.find(link.columns.front());
    if (column_from == nullptr || !is_text_type(column_from->type()) || !is_text_type(to.type())) return;
    const std::vector<bool> known = known_entries(*column_from, to);
    for (std::size_t row = 0; row < from.row_count(); ++row) {
        if (column_from->is_null(row) || known[static_cast<std::size_t>(column_from->code_at(row))]) continue;
        finding entry;
        entry.table = from.name();
        entry.column = column_from->name();
        entry.rule = "reference_dangling";
        entry.message = "names a row of table " + link.table + " that is not there";
        if (row < from.sources().size()) {
            const row_source source = from.sources()[row];
            if (source.file < data.files().size()) entry.file = data.files()[source.file].name;
            entry.row = source.row;
        }
        entry.value = std::string(column_from->text_at(row));
        findings.push_back(std::move(entry));
    }
}

}  // namespace

void check_references(dataset& data, const schema& definitions) {
    std::vector<finding> found;
    for (const auto& [name, from] : data.tables()) {
        const table_schema* definition = definitions.find(name);
        if (definition == nullptr) continue;
        for (const reference& link : definition->references) {
            const table* target = data.find(link.table);
            if (target == nullptr || link.columns.size() != 1) continue;
            const column* key = target->find(link.target_columns.front());
            if (key != nullptr) check_reference(data, from, link, *key, found);
        }
    }
    data.findings().insert(data.findings().end(), found.begin(), found.end());
}

}  // namespace goldenthread::detail
