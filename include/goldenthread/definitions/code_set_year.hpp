// goldenthread: code sets as one census year has them.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace goldenthread {

/// True if a census of the year (named by the year it ends in) may hold the code.
[[nodiscard]] inline bool is_valid_in(const code& c, int year) noexcept {
    return (c.first_year == 0 || year >= c.first_year) && (c.last_year == 0 || year <= c.last_year);
}

/// `name@year`, such as `factor@2021`: the set with the codes that census year has, and those alone in its groups; a
/// group that has none keeps its name and is empty. Without a year the whole set. Groups of definitions
/// (`group('neglect')`) span all years, whatever is asked for here.
/// \throws definition_error with the nearest known name, or for a year that is none
[[nodiscard]] inline code_set codes_in_year(const schema& tables, std::string_view name) {
    const std::size_t sign = name.find('@');
    const std::string_view set_name = name.substr(0, sign);
    const code_set* found = tables.find_codes(set_name);
    if (found == nullptr) {
        std::vector<std::string> known;
        for (const code_set& set : tables.code_sets) known.push_back(set.name);
        error_context context;
        context.remedy = name_remedy(set_name, known);
        throw definition_error("unknown code set '" + std::string(set_name) + "'", std::move(context));
    }
    if (sign == std::string_view::npos) return *found;
    const std::string_view digits = name.substr(sign + 1);
    int year = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), year);
    if (problem != std::errc() || end != digits.data() + digits.size() || year < 1900 || year > 2199) {
        throw definition_error("'" + std::string(name) + "': a census year is expected after '@', such as " +
                               found->name + "@2021");
    }
    code_set result = *found;
    result.name = found->name + "@" + std::to_string(year);
    const auto is_other_year = [&](const code& c) { return !is_valid_in(c, year); };
    result.codes.erase(std::remove_if(result.codes.begin(), result.codes.end(), is_other_year), result.codes.end());
    for (code_group& group : result.groups) {
        const auto is_gone = [&](const std::string& value) { return result.find(value) == nullptr; };
        group.codes.erase(std::remove_if(group.codes.begin(), group.codes.end(), is_gone), group.codes.end());
    }
    return result;
}

}  // namespace goldenthread
