#include <goldenthread/data/read_ssda903.hpp>

#include "data/check_references.hpp"
#include "data/derive_columns.hpp"
#include "data/file_text.hpp"
#include "data/row_checker.hpp"

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

using detail::row_checker;

[[noreturn]] void fail(const std::string& file, std::string message, std::string place = {}, std::string remedy = {}) {
    error_context context;
    context.file = file;
    context.place = std::move(place);
    context.remedy = std::move(remedy);
    throw data_error(std::move(message), std::move(context));
}

constexpr std::size_t largest_file = std::size_t{1} << 30U;
constexpr int earliest_collection = 1992;
constexpr int latest_collection = 2199;

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

file_list find_files(const std::string& folder, std::vector<source_file>& unread) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) {
        fail(folder, std::filesystem::exists(folder, problem) ? "this is a file, a folder is expected"
                                                              : "there is no such folder");
    }
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
        if (to_ascii_lower(entry.path().extension().string()) == ".csv") paths.push_back(entry.path());
    }
    if (problem) fail(folder, "the folder cannot be read");
    std::sort(paths.begin(), paths.end());
    file_list result;
    for (const std::filesystem::path& path : paths) {
        const std::string kind = kind_of(path);
        if (kind == "header" || kind == "episodes" || kind == "missing") {
            const auto [found, is_new] = result.emplace(kind, path);
            if (!is_new) {
                fail(path.string(),
                     "a second file of the kind '" + kind + "' beside " + found->second.filename().string(), {},
                     "keep each year's return in a folder of its own and merge them");
            }
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
        fail(folder, "no SSDA903 file in this folder", {}, "header.csv, episodes.csv and missing.csv are expected");
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
                read_sex();
                rows_.commit(csv_.line());
            } else {
                finish_episode();
            }
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
            fail(csv_.file(), "the column '" + std::string(heading) + "' is missing",
                 "line " + std::to_string(csv_.line()), name_remedy(heading, csv_.header()));
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

    void read_sex() {
        if (!sex_) return;
        const std::size_t sex = rows_.position("sex");
        const std::string_view text = trimmed(csv_.field(*sex_));
        if (text == "1" || text == "1.0") {
            rows_.set_text(sex, "M");
        } else if (text == "2" || text == "2.0") {
            rows_.set_text(sex, "F");
        } else {
            rows_.read(sex, text);
        }
    }

    /// Ids, and the rule for several rows of one child and day.
    void finish_episode() {
        const std::size_t child = rows_.position("child_id");
        const std::size_t start = rows_.position("start_date");
        const std::size_t id = rows_.position(kind_ == "episodes" ? "episode_id" : "missing_id");
        if (!rows_.is_null(child)) {
            std::string name = rows_.text(child) + '#';
            if (!rows_.is_null(start)) name += to_iso(static_cast<day>(rows_.value(start)));
            std::vector<std::string>& earlier = same_day_[name];
            std::string content;
            for (const auto& [target, source] : columns_) {
                content += trimmed(csv_.field(source));
                content += '\n';
            }
            if (const auto same = std::find(earlier.begin(), earlier.end(), content); same == earlier.end()) {
                earlier.push_back(content);
                if (earlier.size() > 1) {
                    rows_.report(start, "same_day_episode",
                                 "another row of the child begins on the same day; both kept", csv_.field(0));
                    name += '#' + std::to_string(earlier.size());
                }
            } else if (same != earlier.begin()) {
                name += '#' + std::to_string(same - earlier.begin() + 1);
            }
            rows_.set_text(id, name);
        }
        rows_.commit(csv_.line());
    }

    std::string kind_;
    const file_mapping& mapping_;
    csv_reader csv_;
    std::vector<finding>& findings_;
    row_checker rows_;
    std::vector<std::pair<std::size_t, std::size_t>> columns_;
    std::optional<std::size_t> sex_;
    std::unordered_map<std::string, std::vector<std::string>> same_day_;
    source_file counts_;
};

/// Year in which the financial year of a day ends.
int year_of(day d) {
    const civil_day c = to_civil(d);
    return c.month >= 4 ? c.year + 1 : c.year;
}

std::optional<int> commonest_year(const table* from, const char* column_name) {
    if (from == nullptr) return std::nullopt;
    const column& days = (*from)[column_name];
    std::map<int, std::size_t> counts;
    for (std::size_t row = 0; row < days.size(); ++row) {
        if (!days.is_null(row)) ++counts[year_of(days.day_at(row))];
    }
    std::optional<int> best;
    for (const auto& [year, count] : counts) {
        if (!best || count >= counts[*best]) best = year;
    }
    return best;
}

std::optional<int> latest_year(const table* from, const char* column_name) {
    if (from == nullptr) return std::nullopt;
    const column& days = (*from)[column_name];
    std::optional<day> latest;
    for (std::size_t row = 0; row < days.size(); ++row) {
        if (!days.is_null(row)) latest = std::max(latest.value_or(days.day_at(row)), days.day_at(row));
    }
    return latest ? std::optional<int>(year_of(*latest)) : std::nullopt;
}

std::optional<int> infer_year(const dataset& data) {
    const table* episodes = data.find("looked_after_episode");
    if (const auto year = commonest_year(episodes, "end_date")) return year;
    if (const auto year = latest_year(episodes, "start_date")) return year;
    return latest_year(data.find("missing_episode"), "start_date");
}

std::string financial_year(int year) {
    const std::string end = std::to_string(year % 100);
    return std::to_string(year - 1) + "-" + (end.size() == 1 ? "0" : "") + end;
}

void add_coverage(dataset& data, int year) {
    detail::row_origin origin;
    row_checker rows(canonical_schema().table("coverage"), canonical_schema(), origin, data.findings());
    for (const char* name : {"looked_after_episode", "missing_episode"}) {
        if (data.find(name) == nullptr) continue;
        rows.set_text(rows.position("table_name"), name);
        rows.set_day(rows.position("first_day"), to_day(year - 1, 4, 1));
        rows.set_day(rows.position("last_day"), to_day(year, 3, 31));
        rows.commit(0);
    }
    data.add(rows.finish());
}

void settle_year(dataset& data, const std::string& folder, int wanted) {
    const std::optional<int> inferred = infer_year(data);
    if (wanted == 0 && !inferred) {
        // A header alone has no dates that tell a year, and nothing that needs one.
        if (data.find("looked_after_episode") != nullptr || data.find("missing_episode") != nullptr) {
            fail(folder, "the collection year cannot be inferred: no row has a date", {}, "say which year it is");
        }
        return;
    }
    const int year = wanted != 0 ? wanted : *inferred;
    for (source_file& counts : data.files()) {
        if (counts.rows_read == 0 && counts.kind.find("not read") != std::string::npos) continue;
        counts.kind += " " + financial_year(year);
        if (wanted == 0) counts.notes.push_back("collection year " + financial_year(year) + " inferred from the dates");
        if (wanted != 0 && inferred && *inferred != wanted) {
            counts.notes.push_back("the dates look like " + financial_year(*inferred) + ", the year asked for is " +
                                   financial_year(wanted));
        }
    }
    add_coverage(data, year);
}

}  // namespace

dataset read_ssda903(const std::string& folder, int year) {
    if (year != 0 && (year < earliest_collection || year > latest_collection)) {
        fail(folder, "the year " + std::to_string(year) + " is no collection year", {},
             "name the year it ends in, such as 2018 for 2017-18");
    }
    dataset data;
    std::vector<source_file> unread;
    for (const auto& [kind, path] : find_files(folder, unread)) {
        file_reader reader(kind, path, static_cast<std::uint32_t>(data.files().size()), year, data.findings());
        data.add(reader.read());
        reader.counts().kind = "SSDA903 " + kind;
        data.files().push_back(std::move(reader.counts()));
    }
    data.files().insert(data.files().end(), unread.begin(), unread.end());
    settle_year(data, folder, year);
    detail::derive_placements(data);
    detail::check_references(data, canonical_schema());
    return data;
}

}  // namespace goldenthread
