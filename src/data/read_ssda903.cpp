#include <goldenthread/data/read_ssda903.hpp>

#include "data/check_references.hpp"
#include "data/derive_columns.hpp"
#include "data/file_text.hpp"
#include "data/row_checker.hpp"
#include "data/ssda903_return.hpp"
#include "data/xml_text.hpp"

#include <goldenthread/core/text.hpp>
#include <goldenthread/data/read_csv.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace goldenthread {

namespace {

using detail::fail_file;
using detail::row_checker;

constexpr std::size_t largest_file = std::size_t{1} << 30U;

/// Files of the return by the letters of their names; the first three are read.
constexpr const char* file_kinds[] = {"header",
                                      "episodes",
                                      "missing",
                                      "reviews",
                                      "uasc",
                                      "ad1",
                                      "oc2",
                                      "oc3",
                                      "prevperm",
                                      "placedadoption",
                                      "shouldbeplaced",
                                      "sbpfa",
                                      "previouspermanence",
                                      "socialworker"};

/// A column of the file and the column of the table it fills.
struct column_pair {
    const char* heading;
    const char* column;
    const char* other_heading = nullptr;
};

struct file_mapping {
    const char* table;
    std::vector<column_pair> columns;
    std::vector<const char*> required;
    std::vector<const char*> not_mapped;  ///< known columns that are left out without a word
};

const file_mapping& mapping_of(const std::string& kind) {
    static const std::map<std::string, file_mapping> mappings = {
        {"header",
         {"person",
          {{"CHILD", "child_id"}, {"DOB", "date_of_birth"}, {"ETHNIC", "ethnicity"}, {"UPN", "upn"}},
          {"CHILD"},
          {"SEX", "MOTHER", "MC_DOB"}}},
        {"episodes",
         {"looked_after_episode",
          {{"CHILD", "child_id"},
           {"DECOM", "start_date"},
           {"RNE", "reason_new_episode"},
           {"LS", "legal_status"},
           {"CIN", "category_of_need"},
           {"PLACE", "placement_type", "PL"},
           {"PLACE_PROVIDER", "placement_provider"},
           {"DEC", "end_date"},
           {"REC", "reason_ceased"}},
          {"CHILD", "DECOM"},
          {"REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "PL_LA", "URN", "PL_LOCATION", "PL_DISTANCE"}}},
        {"missing",
         {"missing_episode",
          {{"CHILD", "child_id"}, {"MISSING", "missing_type"}, {"MIS_START", "start_date"}, {"MIS_END", "end_date"}},
          {"CHILD", "MIS_START"},
          {"DOB"}}}};
    return mappings.at(kind);
}

/// Kind of a file by its name, or empty.
std::string kind_of(const std::filesystem::path& path) {
    std::string letters;
    for (const char c : path.stem().string()) {
        if (is_ascii_letter(c) || is_ascii_digit(c)) letters += to_ascii_lower(c);
    }
    for (const std::string_view kind : file_kinds) {
        if (letters.size() >= kind.size() && letters.substr(letters.size() - kind.size()) == kind) {
            return std::string(kind);
        }
    }
    return {};
}

using file_list = std::map<std::string, std::filesystem::path>;

bool is_read(const std::string& kind) { return kind == "header" || kind == "episodes" || kind == "missing"; }

void expect_single(file_list& files, const std::string& kind, const std::filesystem::path& path) {
    const auto [found, is_new] = files.emplace(kind, path);
    if (is_new) return;
    fail_file(path.string(), "a second file of the kind '" + kind + "' beside " + found->second.filename().string(), {},
              "keep each year's return in a folder of its own and merge them");
}

file_list find_files(const std::string& folder, std::vector<source_file>& unread) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) {
        fail_file(folder, std::filesystem::exists(folder, problem) ? "this is a file, a folder is expected"
                                                                   : "there is no such folder");
    }
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
        if (to_ascii_lower(entry.path().extension().string()) == ".csv") paths.push_back(entry.path());
    }
    if (problem) fail_file(folder, "the folder cannot be read");
    std::sort(paths.begin(), paths.end());
    file_list result;
    for (const std::filesystem::path& path : paths) {
        const std::string kind = kind_of(path);
        if (is_read(kind)) {
            expect_single(result, kind, path);
            continue;
        }
        source_file counts;
        counts.name = path.filename().string();
        counts.kind = kind.empty() ? "not read" : "SSDA903 " + kind + ", not read";
        counts.notes.push_back(kind.empty() ? "the name is not that of an SSDA903 file"
                                            : "this file of the return is not mapped to canonical tables");
        unread.push_back(std::move(counts));
    }
    if (result.empty()) {
        fail_file(folder, "no SSDA903 file in this folder", {},
                  "header.csv, episodes.csv and missing.csv are expected");
    }
    return result;
}

/// Reads one file row by row.
class file_reader {
public:
    file_reader(const std::string& kind, const std::filesystem::path& path, std::uint32_t file_index, int year,
                std::vector<finding>& findings)
        : kind_(kind),
          mapping_(mapping_of(kind)),
          csv_(detail::load_file(path.string(), largest_file), path.string()),
          findings_(findings),
          rows_(canonical_schema().table(mapping_.table), canonical_schema(), origin(path, file_index, year),
                findings) {
        counts_.name = path.filename().string();
        match_columns();
    }

    table read() {
        while (csv_.next()) {
            report_shape();
            for (const auto& [target, source] : columns_) rows_.read(target, csv_.field(source));
            if (kind_ == "header") {
                if (sex_) detail::read_ssda903_sex(rows_, csv_.field(*sex_));
            } else {
                names_.give(rows_, kind_ == "episodes" ? "episode_id" : "missing_id", content());
            }
            rows_.commit(csv_.line());
        }
        counts_.rows_read = rows_.rows_read();
        counts_.rows_kept = rows_.rows_kept();
        counts_.rows_set_aside = rows_.rows_set_aside();
        return rows_.finish();
    }
    [[nodiscard]] source_file& counts() noexcept { return counts_; }

private:
    static detail::row_origin origin(const std::filesystem::path& path, std::uint32_t file_index, int year) {
        detail::row_origin result;
        result.file = path.filename().string();
        result.file_index = file_index;
        result.dates = detail::date_style::day_first;
        result.census_year = year;
        return result;
    }

    void match_columns() {
        for (const char* heading : mapping_.required) {
            if (csv_.find(heading)) continue;
            fail_file(csv_.file(), "the column '" + std::string(heading) + "' is missing",
                      "line " + std::to_string(csv_.line()), detail::heading_remedy(heading, csv_.header()));
        }
        std::vector<bool> used(csv_.header().size(), false);
        for (const column_pair& pair : mapping_.columns) {
            auto found = csv_.find(pair.heading);
            if (!found && pair.other_heading != nullptr) found = csv_.find(pair.other_heading);
            if (!found) {
                counts_.notes.push_back("column '" + std::string(pair.heading) +
                                        "' is not in the file: empty in every row");
                continue;
            }
            columns_.emplace_back(rows_.position(pair.column), *found);
            used[*found] = true;
        }
        for (const char* heading : mapping_.not_mapped) {
            if (const auto found = csv_.find(heading)) used[*found] = true;
        }
        if (kind_ == "header") sex_ = csv_.find("SEX");
        for (std::size_t i = 0; i < used.size(); ++i) {
            if (!used[i]) counts_.notes.push_back("column '" + csv_.header()[i] + "' was not read");
        }
    }

    void report_shape() {
        const bool ragged = csv_.field_count() != csv_.header().size();
        if (!ragged && !csv_.misquoted()) return;
        finding entry;
        entry.table = mapping_.table;
        entry.rule = ragged ? "row_ragged" : "quote_misplaced";
        entry.message =
            ragged ? "the row has more or fewer fields than the heading; missing ones are empty, surplus is not read"
                   : "text stands beside a closing quote";
        entry.file = counts_.name;
        entry.row = csv_.line();
        findings_.push_back(std::move(entry));
    }

    /// What tells exact repetitions from different rows of one day.
    [[nodiscard]] std::string content() const {
        std::string result;
        for (const auto& [target, source] : columns_) {
            result += trimmed(csv_.field(source));
            result += '\n';
        }
        return result;
    }

    std::string kind_;
    const file_mapping& mapping_;
    csv_reader csv_;
    std::vector<finding>& findings_;
    row_checker rows_;
    std::vector<std::pair<std::size_t, std::size_t>> columns_;
    std::optional<std::size_t> sex_;
    detail::episode_names names_;
    source_file counts_;
};

}  // namespace

dataset read_ssda903_files(const std::vector<ssda903_file>& files, int year) {
    if (files.empty()) fail_file("", "no SSDA903 file was named");
    detail::expect_collection_year(files.front().path, year);
    dataset data;
    file_list chosen;
    for (const ssda903_file& file : files) {
        if (!is_read(file.kind)) {
            fail_file(file.path, "the kind '" + file.kind + "' is not read", {}, "header, episodes or missing is");
        }
        expect_single(chosen, file.kind, file.path);
    }
    for (const auto& [kind, path] : chosen) {
        file_reader reader(kind, path, static_cast<std::uint32_t>(data.files().size()), year, data.findings());
        data.add(reader.read());
        reader.counts().kind = "SSDA903 " + kind;
        data.files().push_back(std::move(reader.counts()));
    }
    detail::settle_collection_year(data, std::filesystem::path(files.front().path).parent_path().string(), year);
    detail::derive_placements(data);
    detail::check_references(data, canonical_schema());
    return data;
}

dataset read_ssda903(const std::string& folder, int year) {
    detail::expect_collection_year(folder, year);
    std::vector<source_file> unread;
    std::vector<ssda903_file> files;
    for (const auto& [kind, path] : find_files(folder, unread)) files.push_back({kind, path.string()});
    dataset data = read_ssda903_files(files, year);
    data.files().insert(data.files().end(), unread.begin(), unread.end());
    return data;
}

}  // namespace goldenthread
