#include <goldenthread/data/select_rows.hpp>

#include <algorithm>
#include <utility>

namespace goldenthread {

namespace {

table kept_rows(const table& source, const std::vector<bool>& kept) {
    std::vector<column> columns;
    for (const column& c : source.columns()) {
        column_builder builder(c.name(), c.type(), c.scale());
        if (c.dictionary()) builder.declare(*c.dictionary());
        for (std::size_t row = 0; row < kept.size(); ++row) {
            if (kept[row]) builder.append_from(c, row);
        }
        columns.push_back(builder.finish());
    }
    std::vector<row_source> sources;
    for (std::size_t row = 0; row < source.sources().size(); ++row) {
        if (kept[row]) sources.push_back(source.sources()[row]);
    }
    return {source.name(), std::move(columns), std::move(sources)};
}

}  // namespace

dataset without_tables(const dataset& data, const std::vector<std::string>& names) {
    const auto is_named = [&](std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    dataset result = data;
    for (const std::string& name : names) result.remove(name);
    std::vector<finding>& findings = result.findings();
    findings.erase(
        std::remove_if(findings.begin(), findings.end(), [&](const finding& f) { return is_named(f.table); }),
        findings.end());
    const table* coverage = result.find("coverage");
    const column* about = coverage == nullptr ? nullptr : coverage->find("table_name");
    if (about == nullptr) return result;
    std::vector<bool> kept;
    for (std::size_t row = 0; row < coverage->row_count(); ++row) {
        kept.push_back(about->is_null(row) || !is_named(about->text_at(row)));
    }
    table remaining = kept_rows(*coverage, kept);
    result.add(std::move(remaining));
    return result;
}

dataset without_rows(const dataset& data, std::string_view table_name, const std::vector<std::size_t>& rows) {
    const table& source = data[table_name];
    std::vector<bool> kept(source.row_count(), true);
    for (const std::size_t row : rows) {
        if (row >= kept.size()) {
            throw data_error("table " + source.name() + " has no row " + std::to_string(row) + ": it has " +
                             std::to_string(kept.size()));
        }
        kept[row] = false;
    }
    dataset result = data;
    result.add(kept_rows(source, kept));
    return result;
}

}  // namespace goldenthread
