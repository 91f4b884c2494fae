#include "specification.hpp"

#include <goldenthread/core/period.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace specification {

namespace {

using json = nlohmann::json;
using namespace goldenthread;

case_value value_of(const json& cell) {
    if (cell.is_null()) return {};
    if (cell.is_boolean()) return cell.get<bool>();
    if (cell.is_number_integer()) return cell.get<std::int64_t>();
    return cell.get<std::string>();
}

case_table table_of(const std::string& name, const json& given) {
    case_table t;
    t.name = name;
    t.columns = given.at("columns").get<std::vector<std::string>>();
    for (const json& row : given.at("rows")) {
        std::vector<case_value>& cells = t.rows.emplace_back();
        for (const json& cell : row) cells.push_back(value_of(cell));
    }
    return t;
}

/// Conventions and parameters, read as an indicator's are.
indicator frame_of(const json& given) {
    json frame = {{"id", "own.expression"},
                  {"title", "Own"},
                  {"measure", {{"kind", "count"}, {"of", "person"}, {"timing", "at"}, {"where", "true"}}}};
    if (given.contains("conventions")) frame["conventions"] = given["conventions"];
    const json parameters = given.value("parameters", json::object());
    for (const auto& [name, value] : parameters.items()) frame["parameters"][name] = {{"default", value}};
    json file = {{"format", "goldenthread/indicators@1"}, {"indicators", json::array({frame})}};
    indicator_set set;
    parse_indicators(set, file.dump(), "example");
    return set.indicators.front();
}

example example_of(const json& given) {
    example e;
    e.title = given.at("title");
    e.of = given.at("of");
    for (const auto& [name, table] : given.at("tables").items()) e.tables.push_back(table_of(name, table));
    e.expression = given.at("expression");
    e.cpp = given.at("cpp");
    for (const json& p : given.at("periods")) e.periods.push_back(parse_period(p.get<std::string>()));
    e.frame = frame_of(given);
    e.expect = given.at("expect").get<std::vector<std::vector<std::string>>>();
    return e;
}

}  // namespace

std::vector<page> read_pages(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<page> pages;
    for (const auto& file : files) {
        std::ifstream in(file);
        const json document = json::parse(in);
        if (document.at("format") != "goldenthread/specification@1") {
            throw std::runtime_error(file.string() + " has an unknown format");
        }
        for (const json& given : document.at("pages")) {
            page p;
            p.id = given.at("id");
            p.words = given.at("words");
            p.covers = given.at("covers").get<std::vector<std::string>>();
            p.truth_table = given.value("truth_table", false);
            for (const json& e : given.at("examples")) p.examples.push_back(example_of(e));
            pages.push_back(std::move(p));
        }
    }
    return pages;
}

}  // namespace specification
