#include "data/ssda903_return.hpp"

#include "data/file_text.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace goldenthread::detail {

namespace {

constexpr int earliest_collection = 1992;
constexpr int latest_collection = 2199;

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
    row_origin origin;
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

}  // namespace

void settle_collection_year(dataset& data, const std::string& place, int wanted) {
    const std::optional<int> inferred = infer_year(data);
    if (wanted == 0 && !inferred) {
        // A header alone has no dates that tell a year, and nothing that needs one.
        if (data.find("looked_after_episode") != nullptr || data.find("missing_episode") != nullptr) {
            fail_file(place, "the collection year cannot be inferred: no row has a date", {}, "say which year it is");
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

void expect_collection_year(const std::string& place, int year) {
    if (year == 0 || (year >= earliest_collection && year <= latest_collection)) return;
    fail_file(place, "the year " + std::to_string(year) + " is no collection year", {},
              "name the year it ends in, such as 2018 for 2017-18");
}

void read_ssda903_sex(row_checker& rows, std::string_view raw) {
    const std::size_t sex = rows.position("sex");
    const std::string_view text = trimmed(raw);
    if (text == "1" || text == "1.0") {
        rows.set_text(sex, "M");
    } else if (text == "2" || text == "2.0") {
        rows.set_text(sex, "F");
    } else {
        rows.read(sex, text);
    }
}

void episode_names::give(row_checker& rows, const char* id, const std::string& content) {
    const std::size_t child = rows.position("child_id");
    const std::size_t start = rows.position("start_date");
    if (rows.is_null(child)) return;
    std::string name = rows.text(child) + '#';
    if (!rows.is_null(start)) name += to_iso(static_cast<day>(rows.value(start)));
    std::vector<std::string>& earlier = same_day_[name];
    if (const auto same = std::find(earlier.begin(), earlier.end(), content); same == earlier.end()) {
        earlier.push_back(content);
        if (earlier.size() > 1) {
            rows.report(start, "same_day_episode", "another row of the child begins on the same day; both kept",
                        rows.text(child));
            name += '#' + std::to_string(earlier.size());
        }
    } else if (same != earlier.begin()) {
        name += '#' + std::to_string(same - earlier.begin() + 1);
    }
    rows.set_text(rows.position(id), name);
}

}  // namespace goldenthread::detail
