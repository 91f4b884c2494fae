#include "data/published_cells.hpp"

#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace goldenthread {

namespace detail {

namespace {

bool all_digits(std::string_view text) noexcept { return std::all_of(text.begin(), text.end(), is_ascii_digit); }

int to_int(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

constexpr std::size_t most_places = 9;
constexpr std::size_t most_digits = 18;

}  // namespace

std::string line_and_column(std::size_t line, std::string_view column) {
    const std::string place = "line " + std::to_string(line);
    return column.empty() ? place : place + ", column " + std::string(column);
}

std::optional<printed_number> read_printed_number(std::string_view text) {
    if (text.empty()) return printed_number{};
    for (const published_state state : {published_state::suppressed, published_state::not_available,
                                        published_state::unreliable, published_state::not_applicable}) {
        if (text == symbol_of(state)) return printed_number{state, 0, 0};
    }
    const bool negative = text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point < text.size() ? text.substr(point + 1) : std::string_view();
    const bool ends_in_point = point < text.size() && part.empty();
    if (whole.empty() || ends_in_point || !all_digits(whole) || !all_digits(part)) return std::nullopt;
    if (part.size() > most_places || whole.size() + part.size() > most_digits) return std::nullopt;
    printed_number result{published_state::value, 0, static_cast<int>(part.size())};
    const std::string digits = std::string(whole) + std::string(part);
    std::from_chars(digits.data(), digits.data() + digits.size(), result.mantissa);
    if (negative) result.mantissa = -result.mantissa;
    return result;
}

std::optional<int> read_published_year(std::string_view text) {
    if (!all_digits(text)) return std::nullopt;
    constexpr int earliest = 1900, latest = 2199;
    if (text.size() == 4) {
        const int year = to_int(text);
        return year >= earliest && year <= latest ? std::optional(year) : std::nullopt;
    }
    if (text.size() != 6) return std::nullopt;
    const int starts = to_int(text.substr(0, 4));
    const bool follows = to_int(text.substr(4)) == (starts + 1) % 100;
    return follows && starts >= earliest && starts < latest ? std::optional(starts + 1) : std::nullopt;
}

bool is_area_code(std::string_view text) noexcept {
    constexpr std::size_t length = 9;
    return text.size() == length && text.front() >= 'A' && text.front() <= 'Z' && all_digits(text.substr(1));
}

}  // namespace detail

std::string to_text(const printed_number& number) {
    if (!number.is_value()) return std::string(symbol_of(number.state));
    std::int64_t unit = 1;
    for (int i = 0; i < number.scale; ++i) unit *= 10;
    return decimal_text(number.mantissa, unit, number.scale);
}

}  // namespace goldenthread
