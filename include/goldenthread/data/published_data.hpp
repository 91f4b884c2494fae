// goldenthread: figures that others have published, as they published them: numbers with a state, never a bare 0.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// What a published cell says. The symbols are those of the Government Statistical Service.
enum class published_state : std::uint8_t {
    value,
    suppressed,      ///< "c": confidential
    not_available,   ///< "x"
    unreliable,      ///< "u": too unreliable to be published
    not_applicable,  ///< "z"
    missing,         ///< an empty cell, or no row for that area and year; never 0
};

[[nodiscard]] constexpr std::string_view to_text(published_state state) noexcept {
    constexpr std::string_view names[] = {"value",      "suppressed",     "not_available",
                                          "unreliable", "not_applicable", "missing"};
    return names[static_cast<std::size_t>(state)];
}

/// The publisher's own symbol; empty for a value and for what is missing.
[[nodiscard]] constexpr std::string_view symbol_of(published_state state) noexcept {
    constexpr std::string_view symbols[] = {"", "c", "x", "u", "z", ""};
    return symbols[static_cast<std::size_t>(state)];
}

/// A number exactly as it is printed: `mantissa × 10^-scale`. Without meaning unless `state` is `value`.
struct printed_number {
    published_state state = published_state::missing;
    std::int64_t mantissa = 0;
    int scale = 0;  ///< digits after the point, 0 to 9

    [[nodiscard]] bool is_value() const noexcept { return state == published_state::value; }

    friend bool operator==(const printed_number&, const printed_number&) = default;
};

enum class area_level : std::uint8_t { country, region, authority };

[[nodiscard]] constexpr std::string_view to_text(area_level level) noexcept {
    constexpr std::string_view names[] = {"country", "region", "authority"};
    return names[static_cast<std::size_t>(level)];
}

/// A place with figures of its own. Codes are those of the Office for National Statistics ("E06000016"); an authority
/// that is split or merged gets a new one.
struct published_area {
    area_level level = area_level::authority;
    std::string code;
    std::string name;         ///< in the latest year it has figures for
    std::string old_code;     ///< the Department's three digits ("856"); authorities only
    std::string region_code;  ///< authorities only
    int first_year = 0;       ///< first and last year with a row
    int last_year = 0;

    friend bool operator==(const published_area&, const published_area&) = default;
};

/// One row: an area in a year, for one combination of filters.
struct published_row {
    std::string area;                  ///< code
    int year = 0;                      ///< a reporting year is named by the year it ends in: 2019 ends on 31 March 2019
    std::vector<std::string> filters;  ///< one value for each of published_table::filters
    std::vector<printed_number> numbers;  ///< one for each of published_table::indicators
    std::size_t line = 0;
};

/// A column of words that splits the rows: category, age group, …
struct published_filter {
    std::string name;
    std::vector<std::string> values;  ///< each once, in order

    friend bool operator==(const published_filter&, const published_filter&) = default;
};

/// A file of explore-education-statistics.
struct published_table {
    std::string name;             ///< the file's name without ".csv"
    std::string file;             ///< as it was opened
    std::string time_identifier;  ///< "Reporting year", "Financial year", …
    std::vector<published_filter> filters;
    std::vector<std::string> indicators;
    std::vector<published_area> areas;  ///< in order of code
    std::vector<published_row> rows;    ///< in order of area, year and filters
    std::size_t rows_left_out = 0;      ///< of other geographic levels (schools, constituencies, …)

    /// Place of an indicator column.
    /// \throws data_error naming the file, with the nearest column
    [[nodiscard]] std::size_t column(std::string_view indicator) const {
        for (std::size_t i = 0; i < indicators.size(); ++i) {
            if (indicators[i] == indicator) return i;
        }
        error_context context;
        context.file = file;
        context.remedy = name_remedy(indicator, indicators);
        throw data_error("has no number column '" + std::string(indicator) + "'", std::move(context));
    }

    [[nodiscard]] const published_area* find_area(std::string_view code) const noexcept {
        for (const published_area& each : areas) {
            if (each.code == code) return &each;
        }
        return nullptr;
    }

    /// The row of an area and year; null if there is none. `chosen`: filter → value; a filter that is not chosen is the
    /// one value it has, or "Total".
    /// \throws data_error for a filter or value that the file does not have, or a filter that must be chosen
    [[nodiscard]] const published_row* find_row(
        std::string_view area, int year, const std::vector<std::pair<std::string, std::string>>& chosen = {}) const;

    /// One number; `missing` where there is no such row.
    /// \throws data_error as find_row and column
    [[nodiscard]] printed_number number(std::string_view area, int year, std::string_view indicator,
                                          const std::vector<std::pair<std::string, std::string>>& chosen = {}) const {
        const std::size_t place = column(indicator);
        const published_row* row = find_row(area, year, chosen);
        return row == nullptr ? printed_number{} : row->numbers[place];
    }
};

/// A statistical neighbour: an authority much like another.
struct published_neighbour {
    std::string old_code;
    std::string closeness;  ///< "Extremely close", "Very close", "Close", "Somewhat close", "Not close"

    friend bool operator==(const published_neighbour&, const published_neighbour&) = default;
};

/// The Department's model of statistical neighbours of one vintage.
struct neighbour_model {
    std::string name;     ///< of the file, without ".csv"
    std::string vintage;  ///< "2025", as the file's name says; empty if it does not
    std::map<std::string, std::vector<published_neighbour>, std::less<>> neighbours;  ///< by old code, closest first
};

/// Everything read from a folder of published files.
struct published_data {
    std::string folder;
    std::vector<published_table> tables;  ///< in order of name
    std::vector<neighbour_model> models;  ///< in order of name
    std::vector<published_area> areas;    ///< of all tables, in order of code
    std::vector<std::string> notes;       ///< what was left out

    /// The table of this name, or whose name is this and years ("b1_children_in_need" for …_2013_to_2025); null if
    /// there is none.
    /// \throws data_error if two fit
    [[nodiscard]] const published_table* find_table(std::string_view stem) const;

    /// The area of a code ("E06000016"), an old code ("856") or a name ("Leicester"); of those that share an old code
    /// or a name, the one with figures in `year`, where that is given.
    /// \throws data_error naming the folder and the value, with the nearest name, where there is none or several
    [[nodiscard]] const published_area& area(std::string_view named, std::optional<int> year = std::nullopt) const;

    /// The area that had this old code in a year; null if none had.
    [[nodiscard]] const published_area* authority_in(std::string_view old_code, int year) const noexcept;
};

/// Decimal text, exactly as many places as were printed; the symbol where there is no number.
[[nodiscard]] std::string to_text(const printed_number& number);

}  // namespace goldenthread
