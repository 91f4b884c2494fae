// goldenthread: the links of a plan, from either end.
#pragma once

#include <goldenthread/plan/plan.hpp>

#include <string_view>
#include <vector>

namespace goldenthread {

/// Links that start at an element or a supporting indicator, in file order. What is nested in a priority is no
/// link: its place says where it belongs.
[[nodiscard]] inline std::vector<plan_link> links_from(const plan& p, std::string_view id) {
    std::vector<plan_link> result;
    for (const plan_link& each : p.links) {
        if (each.from == id) result.push_back(each);
    }
    return result;
}

/// Links that end at an element, in file order.
[[nodiscard]] inline std::vector<plan_link> links_to(const plan& p, std::string_view id) {
    std::vector<plan_link> result;
    for (const plan_link& each : p.links) {
        if (each.to == id) result.push_back(each);
    }
    return result;
}

}  // namespace goldenthread
