// Reading one file of explore-education-statistics.
#include <goldenthread/data/read_csv.hpp>
#include <goldenthread/data/read_published.hpp>

#include "data/file_text.hpp"
#include "data/published_cells.hpp"

#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace goldenthread {

namespace {

using detail::fail_file;

/// Columns with a fixed meaning; every other column is a filter or an indicator.
enum fixed_column : std::size_t {
    time_period,
    time_identifier,
    geographic_level,
    country_code,
    country_name,
    region_code,
    region_name,
    old_la_code,
    new_la_code,
    la_name,
    fixed_columns,
};
constexpr const char* fixed_names[fixed_columns] = {
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name",     "old_la_code",      "new_la_code",  "la_name"};

constexpr const char* symbols_allowed =
    "write a number without separators, c, x, u, z, or leave it empty; a column of words is told by a .meta.csv file";

/// What the columns hold, by the metadata file beside a table; empty if there is none.
std::map<std::string, std::string> read_column_types(const std::string& path) {
    std::map<std::string, std::string> types;
    std::filesystem::path beside(path);
    beside.replace_extension(".meta.csv");
    if (!std::filesystem::exists(beside)) return types;
    const std::string file = beside.string();
    csv_reader csv(detail::load_file(file, csv_options{}.largest_file), file);
    const auto name = csv.find("col_name"), type = csv.find("col_type");
    if (!name || !type) {
        fail_file(file, "a metadata file needs the columns col_name and col_type", "line 1",
                  "columns there are: " + joined(csv.header(), ", "));
    }
    while (csv.next()) {
        const std::string kind = to_ascii_lower(trimmed(csv.field(*type)));
        if (kind != "filter" && kind != "indicator") {
            fail_file(file, "'" + kind + "' is not a type of column", detail::line_and_column(csv.line(), "col_type"),
                      "write Filter or Indicator");
        }
        types[std::string(trimmed(csv.field(*name)))] = kind;
    }
    return types;
}

class table_reader {
public:
    explicit table_reader(const std::string& path) : csv_(detail::load_file(path, csv_options{}.largest_file), path) {
        result_.file = path;
        result_.name = std::filesystem::path(path).stem().string();
        types_ = read_column_types(path);
    }

    published_table read() {
        find_columns();
        read_records();
        choose_columns();
        for (std::size_t i = 0; i < lines_.size(); ++i) take(i);
        for (auto& [code, area] : areas_) result_.areas.push_back(std::move(area));
        sort_rows();
        return std::move(result_);
    }

private:
    [[noreturn]] void fail(std::string message, std::size_t line, std::string_view column = {},
                           std::string remedy = {}) const {
        fail_file(result_.file, std::move(message), detail::line_and_column(line, column), std::move(remedy));
    }

    void find_columns() {
        for (std::size_t i = 0; i < fixed_columns; ++i) {
            if (const auto found = csv_.find(fixed_names[i])) fixed_[i] = *found;
        }
        for (const fixed_column needed : {time_period, time_identifier, geographic_level, country_code, country_name}) {
            require(needed, "every file of explore-education-statistics has it");
        }
        for (std::size_t i = 0; i < csv_.header().size(); ++i) {
            const bool is_fixed = std::any_of(fixed_.begin(), fixed_.end(), [&](const auto& f) { return f == i; });
            if (csv_.header()[i].empty()) fail("column " + std::to_string(i + 1) + " has no heading", 1, {}, "name it");
            if (!is_fixed) others_.push_back(i);
        }
        for (const auto& [name, type] : types_) {
            if (!csv_.find(name)) {
                fail("the metadata file beside it describes a column '" + name + "' that is not there", 1, {},
                     name_remedy(name, csv_.header()));
            }
        }
    }

    void require(fixed_column needed, const std::string& why) const {
        if (fixed_[needed]) return;
        fail("has no column '" + std::string(fixed_names[needed]) + "'; " + why, 1, {},
             name_remedy(fixed_names[needed], csv_.header()));
    }

    void read_records() {
        while (csv_.next()) {
            if (csv_.misquoted()) {
                fail("text stands beside a closing quote", csv_.line(), {},
                     "quote the whole field and double the quotes inside it");
            }
            if (csv_.field_count() != csv_.header().size()) {
                fail("has " + std::to_string(csv_.field_count()) + " fields where the heading has " +
                         std::to_string(csv_.header().size()),
                     csv_.line(), {}, "look for a comma outside quotes, or a quote that is not closed");
            }
            lines_.push_back(csv_.line());
            for (std::size_t i = 0; i < csv_.field_count(); ++i) cells_.push_back(trimmed(csv_.field(i)));
        }
        if (lines_.empty()) fail("has a heading and no rows", 1, {}, "export it again");
    }

    [[nodiscard]] std::string_view cell(std::size_t record, std::size_t column) const {
        return cells_[record * csv_.header().size() + column];
    }
    [[nodiscard]] std::string_view fixed(std::size_t record, fixed_column column) const {
        return fixed_[column] ? cell(record, *fixed_[column]) : std::string_view();
    }

    /// Filters hold words, indicators numbers and symbols. A column mostly of numbers is an indicator: what is neither
    /// number nor symbol in it is then an error, not a reason to take it for a filter.
    void choose_columns() {
        for (const std::size_t column : others_) {
            const std::string& name = csv_.header()[column];
            const auto stated = types_.find(name);
            const bool is_indicator =
                stated != types_.end() ? stated->second == "indicator" : looks_like_numbers(column);
            (is_indicator ? indicator_columns_ : filter_columns_).push_back(column);
            if (is_indicator) {
                result_.indicators.push_back(name);
            } else {
                result_.filters.push_back({name, values_of(column)});
            }
        }
        if (result_.indicators.empty()) fail("has no column of numbers", 1, {}, "is it the data file?");
    }

    [[nodiscard]] std::vector<std::string> values_of(std::size_t column) const {
        std::set<std::string> values;
        for (std::size_t record = 0; record < lines_.size(); ++record) values.emplace(cell(record, column));
        return {values.begin(), values.end()};
    }

    [[nodiscard]] bool looks_like_numbers(std::size_t column) const {
        std::size_t numbers = 0, symbols = 0, words = 0;
        for (std::size_t record = 0; record < lines_.size(); ++record) {
            const auto read = detail::read_printed_number(cell(record, column));
            if (!read) {
                ++words;
            } else if (read->is_value()) {
                ++numbers;
            } else {
                ++symbols;
            }
        }
        return words == 0 || (numbers > 0 && numbers >= words);
    }

    void take(std::size_t record) {
        const std::string_view level = fixed(record, geographic_level);
        published_row row;
        row.line = lines_[record];
        row.year = year_of(record);
        published_area area;
        area.first_year = area.last_year = row.year;
        if (level == "National") {
            area.level = area_level::country;
            name_area(area, record, country_code, country_name);
        } else if (level == "Regional") {
            area.level = area_level::region;
            name_area(area, record, region_code, region_name);
        } else if (level == "Local authority") {
            name_area(area, record, new_la_code, la_name);
            area.old_code = fixed(record, old_la_code);
            area.region_code = fixed(record, region_code);
        } else if (level.empty()) {
            fail("the geographic level is empty", row.line, fixed_names[geographic_level],
                 "write National, Regional or Local authority");
        } else {
            ++result_.rows_left_out;
            return;
        }
        row.area = area.code;
        for (const std::size_t column : filter_columns_) row.filters.emplace_back(cell(record, column));
        for (const std::size_t column : indicator_columns_) row.numbers.push_back(number_of(record, column));
        add_area(std::move(area));
        result_.rows.push_back(std::move(row));
    }

    printed_number number_of(std::size_t record, std::size_t column) const {
        if (const auto read = detail::read_printed_number(cell(record, column))) return *read;
        fail("'" + std::string(cell(record, column)) + "' is not a number", lines_[record], csv_.header()[column],
             symbols_allowed);
    }

    int year_of(std::size_t record) {
        const std::string_view identifier = fixed(record, time_identifier);
        if (result_.time_identifier.empty()) result_.time_identifier = identifier;
        if (identifier != result_.time_identifier) {
            fail("two kinds of time period, '" + result_.time_identifier + "' and '" + std::string(identifier) + "'",
                 lines_[record], fixed_names[time_identifier], "split the file: one kind of time period in each");
        }
        const auto year = detail::read_published_year(fixed(record, time_period));
        if (!year) {
            fail("'" + std::string(fixed(record, time_period)) + "' is not a year", lines_[record],
                 fixed_names[time_period], "write 2019, or 201819 for a year that ends in 2019");
        }
        return *year;
    }

    void name_area(published_area& area, std::size_t record, fixed_column code, fixed_column name) const {
        require(code, "there are rows of that level");
        require(name, "there are rows of that level");
        area.code = fixed(record, code);
        area.name = fixed(record, name);
        if (!detail::is_area_code(area.code)) {
            fail("'" + area.code + "' is not an area code", lines_[record], fixed_names[code],
                 "write the nine characters of the Office for National Statistics, as in E06000016");
        }
        // The Department leaves the country's name out in some rows.
        if (area.name.empty()) area.name = area.level == area_level::country ? "England" : area.code;
    }

    void add_area(published_area area) {
        const auto [found, is_new] = areas_.emplace(area.code, area);
        if (is_new) return;
        published_area& known = found->second;
        known.first_year = std::min(known.first_year, area.first_year);
        if (area.last_year < known.last_year) return;
        area.first_year = known.first_year;
        known = std::move(area);
    }

    /// In order, so that a row is found at once; two with one key stand beside each other.
    void sort_rows() {
        std::vector<published_row>& rows = result_.rows;
        const auto key = [](const published_row& row) { return std::tie(row.area, row.year, row.filters); };
        std::stable_sort(rows.begin(), rows.end(),
                         [&](const published_row& a, const published_row& b) { return key(a) < key(b); });
        const auto twice = std::adjacent_find(
            rows.begin(), rows.end(), [&](const published_row& a, const published_row& b) { return key(a) == key(b); });
        if (twice == rows.end()) return;
        fail("a second row for " + twice->area + " in " + std::to_string(twice->year) +
                 ", with the same filters as line " + std::to_string(twice->line),
             std::next(twice)->line, {}, "delete one of them");
    }

    csv_reader csv_;
    published_table result_;
    std::map<std::string, std::string> types_;
    std::vector<std::optional<std::size_t>> fixed_ = std::vector<std::optional<std::size_t>>(fixed_columns);
    std::vector<std::size_t> others_, filter_columns_, indicator_columns_, lines_;
    std::vector<std::string_view> cells_;
    std::map<std::string, published_area> areas_;
};

}  // namespace

published_table read_published_table(const std::string& path) { return table_reader(path).read(); }

namespace {

/// The value of a filter that was not chosen: the only one there is, or the total.
const std::string& implied_value(const published_table& table, const published_filter& filter) {
    if (filter.values.size() == 1) return filter.values.front();
    const auto total = std::find(filter.values.begin(), filter.values.end(), "Total");
    if (total != filter.values.end()) return *total;
    fail_file(table.file, "the filter '" + filter.name + "' has several values and no total: one must be chosen", {},
              "values: " + joined(filter.values, ", "));
}

std::vector<std::string> chosen_values(const published_table& table,
                                       const std::vector<std::pair<std::string, std::string>>& chosen) {
    std::vector<std::string> names, result;
    for (const published_filter& filter : table.filters) names.push_back(filter.name);
    for (const auto& [wanted, value] : chosen) {
        const auto found = std::find(names.begin(), names.end(), wanted);
        if (found == names.end()) {
            fail_file(table.file, "has no filter '" + wanted + "'", {}, name_remedy(wanted, names));
        }
        const std::vector<std::string>& known = table.filters[static_cast<std::size_t>(found - names.begin())].values;
        if (std::find(known.begin(), known.end(), value) == known.end()) {
            fail_file(table.file, "the filter '" + wanted + "' has no value '" + value + "'", {},
                      name_remedy(value, known));
        }
    }
    for (const published_filter& filter : table.filters) {
        const auto own =
            std::find_if(chosen.begin(), chosen.end(), [&](const auto& c) { return c.first == filter.name; });
        result.push_back(own != chosen.end() ? own->second : implied_value(table, filter));
    }
    return result;
}

}  // namespace

const published_row* published_table::find_row(std::string_view area, int year,
                                               const std::vector<std::pair<std::string, std::string>>& chosen) const {
    const std::vector<std::string> values = chosen_values(*this, chosen);
    const auto wanted = std::tie(area, year, values);
    const auto found =
        std::lower_bound(rows.begin(), rows.end(), wanted, [](const published_row& row, const auto& key) {
            if (row.area != std::get<0>(key)) return row.area < std::get<0>(key);
            if (row.year != std::get<1>(key)) return row.year < std::get<1>(key);
            return row.filters < std::get<2>(key);
        });
    const bool fits = found != rows.end() && found->area == area && found->year == year && found->filters == values;
    return fits ? &*found : nullptr;
}

}  // namespace goldenthread
