#include "data/cell_rules.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace goldenthread::detail {

namespace {

cell_result good(std::int64_t value) { return {false, value, nullptr, nullptr, finding_action::kept}; }
cell_result blank() { return {}; }
cell_result bad(const char* rule, const char* message) { return {true, 0, rule, message, finding_action::kept}; }

/// `text` equals `upper`, which is in capitals, without regard to case.
bool equals_upper(std::string_view text, std::string_view upper) noexcept {
    if (text.size() != upper.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (to_ascii_upper(text[i]) != upper[i]) return false;
    }
    return true;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_ascii_upper(a[i]) != to_ascii_upper(b[i])) return false;
    }
    return true;
}

constexpr std::size_t longest_packed = 8;

std::uint64_t packed(std::string_view text) noexcept {
    std::uint64_t result = 0;
    for (const char c : text) result = result << 8U | static_cast<unsigned char>(to_ascii_upper(c));
    return result;
}

bool all_digits(std::string_view text) noexcept { return std::all_of(text.begin(), text.end(), is_ascii_digit); }

/// Spreadsheets type codes and whole numbers as 4.0.
std::string_view without_point_zero(std::string_view text) noexcept {
    return text.size() > 2 && text.substr(text.size() - 2) == ".0" ? text.substr(0, text.size() - 2) : text;
}

struct date_fields {
    int year;
    int month;
    int day;
};

std::optional<int> digits(std::string_view text, std::size_t fewest, std::size_t most) noexcept {
    if (text.size() < fewest || text.size() > most || !all_digits(text)) return std::nullopt;
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value;
}

/// Without a time after the date: "2018-04-01T00:00:00Z", "2018-04-01 00:00".
std::string_view without_time(std::string_view text) noexcept {
    const std::size_t gap = text.find_first_of("T ");
    if (gap == std::string_view::npos) return text;
    for (const char c : text.substr(gap + 1)) {
        if (!is_ascii_digit(c) && c != ':' && c != '.' && c != 'Z' && c != '+' && c != '-') return text;
    }
    return text.substr(0, gap);
}

std::optional<date_fields> split_date(std::string_view text, char separator, bool year_first) noexcept {
    const std::size_t first = text.find(separator);
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = text.find(separator, first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const std::size_t shortest = year_first ? 2 : 1;  // ISO needs both digits, 1/4/2018 does not
    const auto head = digits(text.substr(0, first), year_first ? 4 : shortest, year_first ? 4 : 2);
    const auto middle = digits(text.substr(first + 1, second - first - 1), shortest, 2);
    const auto tail = digits(text.substr(second + 1), year_first ? shortest : 4, year_first ? 2 : 4);
    if (!head || !middle || !tail) return std::nullopt;
    return year_first ? date_fields{*head, *middle, *tail} : date_fields{*tail, *middle, *head};
}

cell_result checked_day(day value) {
    // The day spreadsheets and some systems write for "no date".
    if (value == earliest_day) return blank();
    if (value < earliest_day || value > latest_day) {
        return bad("date_out_of_range", "a day outside 1900 to 2199; read as empty");
    }
    return good(value);
}

}  // namespace

bool is_blank(std::string_view text) noexcept { return text.empty() || text == "#N/A" || equals_upper(text, "NULL"); }

code_index::code_index(const code_set& set) : set_(&set) {
    for (std::size_t i = 0; i < set.codes.size(); ++i) {
        const std::string& value = set.codes[i].value;
        if (value.size() <= longest_packed) short_codes_.emplace_back(packed(value), static_cast<int>(i));
    }
    std::sort(short_codes_.begin(), short_codes_.end());
}

int code_index::find(std::string_view text) const noexcept {
    if (text.size() <= longest_packed) {
        const std::uint64_t wanted = packed(text);
        const auto found = std::lower_bound(short_codes_.begin(), short_codes_.end(), wanted,
                                            [](const auto& entry, std::uint64_t key) { return entry.first < key; });
        return found != short_codes_.end() && found->first == wanted ? found->second : -1;
    }
    if (set_ == nullptr) return -1;
    for (std::size_t i = 0; i < set_->codes.size(); ++i) {
        if (equals_ignoring_case(text, set_->codes[i].value)) return static_cast<int>(i);
    }
    return -1;
}

int code_index::find_repair(std::string_view text) const noexcept {
    if (set_ == nullptr) return -1;
    for (const auto& [wrong, right] : set_->repairs) {
        if (equals_ignoring_case(text, wrong)) return find(right);
    }
    return -1;
}

cell_reader::cell_reader(const column_schema& column, const schema& whole, date_style dates, int census_year)
    : column_(&column), dates_(dates), census_year_(census_year) {
    if (const code_set* set = whole.find_codes(column.codes)) codes_ = code_index(*set);
}

cell_result cell_reader::read(std::string_view raw, column_builder& texts) const {
    const std::string_view text = trimmed(raw);
    if (is_blank(text)) return blank();
    switch (column_->type) {
        case value_type::date:
            return read_date(text);
        case value_type::category:
            return read_code(text);
        case value_type::boolean:
            return read_boolean(text);
        case value_type::int64:
            return read_integer(text);
        case value_type::decimal:
            return read_decimal(text);
        case value_type::text:
        case value_type::label:
            break;
    }
    return good(texts.intern(text));
}

cell_result cell_reader::read_date(std::string_view text) const {
    if (const auto plain = parse_iso_day(text)) return checked_day(*plain);
    if (text == "-1") return blank();
    const std::string_view day_text = without_time(text);
    auto fields = split_date(day_text, '-', true);
    if (!fields && dates_ == date_style::day_first) fields = split_date(day_text, '/', false);
    if (!fields) {
        return bad("date_unreadable", dates_ == date_style::iso ? "not a date (YYYY-MM-DD is expected); read as empty"
                                                                : "not a date (DD/MM/YYYY is expected); read as empty");
    }
    if (!is_civil_day(fields->year, fields->month, fields->day)) {
        return bad("date_not_real", "a day that does not exist, such as 31 February; read as empty");
    }
    return checked_day(to_day(fields->year, fields->month, fields->day));
}

cell_result cell_reader::read_code(std::string_view text) const {
    if (text == "-1" || text == "1900-01-01") return blank();
    int found = codes_.find(text);
    if (found < 0) found = codes_.find(without_point_zero(text));
    if (found < 0) {
        found = codes_.find_repair(text);
        if (found < 0) return bad("code_unknown", "a code that is not in the list; read as empty");
        return {false, found, "code_repaired", "a known misspelling of a code; read as the code meant",
                finding_action::repaired};
    }
    cell_result result = good(found);
    const code& meant = codes_.at(found);
    if (census_year_ != 0 && ((meant.first_year != 0 && census_year_ < meant.first_year) ||
                              (meant.last_year != 0 && census_year_ > meant.last_year))) {
        result.rule = "code_other_year";
        result.message = "a code that is not valid in the file's census year; kept";
    }
    return result;
}

cell_result cell_reader::read_boolean(std::string_view text) const {
    for (const char* yes : {"TRUE", "1", "YES", "Y", "1.0"}) {
        if (equals_upper(text, yes)) return good(1);
    }
    for (const char* no : {"FALSE", "0", "NO", "N", "0.0"}) {
        if (equals_upper(text, no)) return good(0);
    }
    if (equals_upper(text, "NA") || equals_upper(text, "N/A")) return blank();
    return bad("boolean_unreadable", "neither true nor false; read as empty");
}

cell_result cell_reader::read_integer(std::string_view text) const {
    std::string_view number = without_point_zero(text);
    if (number.front() == '+') number.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (problem == std::errc::result_out_of_range && end == number.data() + number.size()) {
        return bad("number_out_of_range", "a number outside the range of the column; read as empty");
    }
    if (problem != std::errc() || end != number.data() + number.size()) {
        return bad("number_unreadable", "not a whole number; read as empty");
    }
    if (value < 0 && column_->minimum == 0) return bad("negative_count", "a count below zero; read as empty");
    if (value < column_->minimum || value > column_->maximum) {
        return bad("number_out_of_range", "a number outside the range of the column; read as empty");
    }
    return good(value);
}

cell_result read_decimal(std::string_view text) {
    constexpr const char* unreadable = "not a decimal number; read as empty";
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+') text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point < text.size() ? text.substr(point + 1) : std::string_view();
    if ((whole.empty() && part.empty()) || !all_digits(whole) || !all_digits(part)) {
        return bad("number_unreadable", unreadable);
    }
    std::string mantissa(whole);
    for (std::size_t i = 0; i < static_cast<std::size_t>(text_decimal_scale); ++i) {
        mantissa += i < part.size() ? part[i] : '0';
    }
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(mantissa.data(), mantissa.data() + mantissa.size(), value);
    if (problem != std::errc() || value == std::numeric_limits<std::int64_t>::max()) {
        return bad("number_out_of_range", "a number outside the range of the column; read as empty");
    }
    static_cast<void>(end);
    cell_result result = good(value);
    const std::string_view beyond = part.substr(std::min(part.size(), static_cast<std::size_t>(text_decimal_scale)));
    if (beyond.find_first_not_of('0') != std::string_view::npos) {
        if (rounds_up(beyond)) ++result.value;
        result.rule = "number_rounded";
        result.message = "more than six places after the point; rounded";
        result.action = finding_action::repaired;
    }
    if (negative) result.value = -result.value;
    return result;
}

}  // namespace goldenthread::detail
