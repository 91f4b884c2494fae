// A folder of published files.
#include <goldenthread/data/read_csv.hpp>
#include <goldenthread/data/read_published.hpp>

#include "data/file_text.hpp"
#include "data/published_cells.hpp"

#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

namespace goldenthread {

namespace {

using detail::fail_file;

constexpr std::string_view metadata_ending = ".meta.csv";

bool ends_with(std::string_view text, std::string_view ending) noexcept {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

/// The first run of four digits: "2025" of sn_model_2025_wide.
std::string year_in(std::string_view name) {
    for (std::size_t at = 0; at + 4 <= name.size(); ++at) {
        const std::string_view part = name.substr(at, 4);
        if (std::all_of(part.begin(), part.end(), is_ascii_digit)) return std::string(part);
    }
    return {};
}

std::vector<std::string> csv_files(const std::string& folder) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) {
        fail_file(folder, "there is no such folder", {}, "give the folder that holds the published CSV files");
    }
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string path = entry.path().string();
        if (entry.is_regular_file() && ends_with(path, ".csv") && !ends_with(path, metadata_ending))
            files.push_back(path);
    }
    std::sort(files.begin(), files.end());
    return files;
}

enum class file_kind { table, neighbours, other };

file_kind kind_of(const std::string& path) {
    // The heading is enough, but the file is read as a whole anyway: none of them is large.
    const csv_reader csv(detail::load_file(path, csv_options{}.largest_file), path);
    if (csv.find("SN_1") && csv.find("old_la_code")) return file_kind::neighbours;
    const bool has_time = csv.find("time_period") || csv.find("time_identifier");
    return has_time || csv.find("geographic_level") ? file_kind::table : file_kind::other;
}

/// The areas of all tables, each once with all its years.
std::vector<published_area> merged_areas(const std::vector<published_table>& tables) {
    std::map<std::string, published_area> merged;
    for (const published_table& table : tables) {
        for (const published_area& area : table.areas) {
            const auto [found, is_new] = merged.emplace(area.code, area);
            if (is_new) continue;
            published_area& known = found->second;
            const int first = std::min(known.first_year, area.first_year);
            if (area.last_year > known.last_year) known = area;
            known.first_year = first;
        }
    }
    std::vector<published_area> result;
    for (auto& [code, area] : merged) result.push_back(std::move(area));
    return result;
}

bool has_figures_in(const published_area& area, std::optional<int> year) noexcept {
    return !year || (area.first_year <= *year && *year <= area.last_year);
}

}  // namespace

neighbour_model read_neighbours(const std::string& path) {
    csv_reader csv(detail::load_file(path, csv_options{}.largest_file), path);
    neighbour_model model;
    model.name = std::filesystem::path(path).stem().string();
    model.vintage = year_in(model.name);
    const auto own = csv.find("old_la_code");
    if (!own) fail_file(path, "has no column 'old_la_code'", "line 1", name_remedy("old_la_code", csv.header()));
    std::vector<std::pair<std::size_t, std::size_t>> columns;
    for (int i = 1;; ++i) {
        const std::string name = "SN_" + std::to_string(i);
        const auto code = csv.find(name), closeness = csv.find(name + "P");
        if (!code && i > 1) break;
        if (!code || !closeness) {
            const std::string lacking = code ? name + "P" : name;
            fail_file(path, "has no column '" + lacking + "'", "line 1", name_remedy(lacking, csv.header()));
        }
        columns.emplace_back(*code, *closeness);
    }
    while (csv.next()) {
        if (csv.misquoted() || csv.field_count() != csv.header().size()) {
            fail_file(path, "the row does not fit the heading", detail::line_and_column(csv.line()),
                      "look for a comma outside quotes, or a quote that is not closed");
        }
        std::vector<published_neighbour> neighbours;
        for (const auto& [code, closeness] : columns) {
            neighbours.push_back({std::string(trimmed(csv.field(code))), std::string(trimmed(csv.field(closeness)))});
        }
        const std::string authority(trimmed(csv.field(*own)));
        if (!model.neighbours.emplace(authority, std::move(neighbours)).second) {
            fail_file(path, "the authority '" + authority + "' stands twice", detail::line_and_column(csv.line()),
                      "delete one of the rows");
        }
    }
    return model;
}

published_data read_published(const std::string& folder) {
    published_data data;
    data.folder = folder;
    for (const std::string& path : csv_files(folder)) {
        switch (kind_of(path)) {
            case file_kind::table:
                data.tables.push_back(read_published_table(path));
                break;
            case file_kind::neighbours:
                data.models.push_back(read_neighbours(path));
                break;
            case file_kind::other:
                data.notes.push_back(
                    detail::file_name(path) +
                    ": neither a file of explore-education-statistics nor one of neighbours; not read");
        }
    }
    if (data.tables.empty()) {
        fail_file(folder, "holds no CSV file of explore-education-statistics", {},
                  "download the files from explore-education-statistics.service.gov.uk and put them there");
    }
    for (const published_table& table : data.tables) {
        if (table.rows_left_out == 0) continue;
        data.notes.push_back(table.name + ": " + std::to_string(table.rows_left_out) +
                             " rows of other geographic levels were left out");
    }
    data.areas = merged_areas(data.tables);
    return data;
}

const published_table* published_data::find_table(std::string_view stem) const {
    const published_table* found = nullptr;
    for (const published_table& table : tables) {
        if (table.name == stem) return &table;
        const bool starts = table.name.size() > stem.size() && table.name.compare(0, stem.size(), stem) == 0;
        if (!starts || table.name[stem.size()] != '_') continue;
        if (found != nullptr) {
            fail_file(folder, "'" + std::string(stem) + "' fits two files, " + found->name + " and " + table.name, {},
                      "keep the newer one");
        }
        found = &table;
    }
    return found;
}

const published_area& published_data::area(std::string_view named, std::optional<int> year) const {
    const std::string wanted = to_ascii_lower(trimmed(named));
    std::vector<const published_area*> found;
    std::vector<std::string> known;
    for (const published_area& each : areas) {
        if (to_ascii_lower(each.code) == wanted) return each;
        if (!each.old_code.empty() && each.old_code == wanted) found.push_back(&each);
        if (to_ascii_lower(each.name) == wanted) found.push_back(&each);
        // Codes differ in digits, so the nearest code helps nobody who mistyped one; names do.
        known.push_back(each.name);
    }
    if (found.size() > 1 && year) {
        std::erase_if(found, [&](const published_area* each) { return !has_figures_in(*each, year); });
    }
    if (found.size() == 1) return *found.front();
    if (found.empty()) {
        fail_file(folder, "area: no published file has an area '" + std::string(named) + "'", {},
                  detail::is_area_code(trimmed(named))
                      ? "give the code of an area that has figures, or its name, as in E06000016 or Leicester"
                      : name_remedy(named, known));
    }
    std::vector<std::string> codes;
    for (const published_area* each : found) {
        codes.push_back(each->code + " (" + std::to_string(each->first_year) + " to " +
                        std::to_string(each->last_year) + ")");
    }
    fail_file(folder, "area: '" + std::string(named) + "' is the name of several areas", {},
              "give one code: " + joined(codes, ", "));
}

const published_area* published_data::authority_in(std::string_view old_code, int year) const noexcept {
    for (const published_area& each : areas) {
        if (each.level == area_level::authority && each.old_code == old_code && has_figures_in(each, year))
            return &each;
    }
    return nullptr;
}

}  // namespace goldenthread
