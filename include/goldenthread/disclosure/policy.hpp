// goldenthread: rules of disclosure control as data.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// Who may read a release. Every output names it.
enum class audience : std::uint8_t {
    public_readers,  ///< anybody
    board,           ///< members of the board
    analyst,         ///< only on the machine that holds the data
};

[[nodiscard]] constexpr std::string_view to_text(audience who) noexcept {
    constexpr std::string_view names[] = {"public", "board", "analyst"};
    return names[static_cast<std::size_t>(who)];
}

/// \throws definition_error with the known names
[[nodiscard]] inline audience parse_audience(std::string_view text) {
    for (const audience who : {audience::public_readers, audience::board, audience::analyst}) {
        if (text == to_text(who)) return who;
    }
    error_context context;
    context.remedy = name_remedy(text, {"public", "board", "analyst"});
    throw definition_error("'" + std::string(text) + "' is not an audience", std::move(context));
}

/// What every page for this audience says.
[[nodiscard]] constexpr std::string_view marking(audience who) noexcept {
    constexpr std::string_view texts[] = {"Small numbers are hidden", "Restricted: not for onward sharing",
                                          "Restricted: only on the machine that holds the data"};
    return texts[static_cast<std::size_t>(who)];
}

/// One set of rules about small numbers. True zeros are always shown.
struct disclosure_policy {
    std::string name;
    std::int64_t threshold = 5;      ///< counts from 1 to this are hidden
    bool complements_hidden = true;  ///< a share is hidden when denominator − numerator is from 1 to the threshold
    std::int64_t smallest_whole_group = 10;  ///< 100 % of fewer than this says of every child among them what is true
    std::int64_t smallest_mean = 6;  ///< means, medians and quantiles of fewer units are hidden
    std::string symbol = "c";        ///< stands where a number is hidden
    std::string symbol_meaning;      ///< for the key of a report
    std::string source;

    friend bool operator==(const disclosure_policy&, const disclosure_policy&) = default;
};

/// The policies that are shipped: an explicit list.
[[nodiscard]] inline const std::vector<disclosure_policy>& shipped_policies() {
    static const std::vector<disclosure_policy> policies = {
        {"dfe_children_in_need", 5, true, 10, 6, "c",
         "hidden to protect children: from 1 to 5, or a number that would give such a number away; never zero",
         "Department for Education, children in need data guidance, 2020 and 2021"},
    };
    return policies;
}

/// \throws definition_error with the nearest known name
[[nodiscard]] inline const disclosure_policy& find_policy(std::string_view name) {
    std::vector<std::string> known;
    for (const disclosure_policy& policy : shipped_policies()) {
        if (policy.name == name) return policy;
        known.push_back(policy.name);
    }
    error_context context;
    context.remedy = name_remedy(name, known);
    throw definition_error("there is no disclosure policy '" + std::string(name) + "'", std::move(context));
}

}  // namespace goldenthread
