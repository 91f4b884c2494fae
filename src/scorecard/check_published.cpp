#include <goldenthread/scorecard/check_published.hpp>

#include "scorecard/published_arithmetic.hpp"

#include <algorithm>
#include <utility>

namespace goldenthread {

namespace {

/// The printed number to so many places; as printed if it has more.
std::string printed(const printed_number& number, int decimals) {
    return number.scale > decimals ? to_text(number) : detail::with_places(number, decimals);
}

const published_exception* find_exception(const published_catalogue& catalogue, const published_share& share,
                                          const published_row& row, const std::string& as_published) {
    for (const published_exception& each : catalogue.exceptions) {
        const bool fits = each.file == share.file && each.published == share.published && each.area == row.area &&
                          each.year == row.year && each.as_published == as_published;
        if (fits) return &each;
    }
    return nullptr;
}

}  // namespace

published_check check_published(const published_data& data, const published_catalogue& catalogue) {
    published_check result;
    for (const published_share& share : catalogue.shares) {
        published_share_check checked{share};
        const published_table* table = data.find_table(share.file);
        checked.file_present = table != nullptr;
        if (table != nullptr) {
            const std::size_t above = table->column(share.numerator), below = table->column(share.denominator),
                              column = table->column(share.published);
            for (const published_row& row : table->rows) {
                const published_area* area = table->find_area(row.area);
                if (area == nullptr || area->level != area_level::authority) continue;
                const printed_number& as_published = row.numbers[column];
                const auto quotient = detail::quotient_of(row.numbers[above], row.numbers[below]);
                if (!as_published.is_value() || !quotient) {
                    ++checked.not_tried;
                    continue;
                }
                ++checked.tried;
                const std::string computed = detail::quotient_text(*quotient, share.per, share.decimals);
                const std::string shown = printed(as_published, share.decimals);
                if (computed == shown) {
                    ++checked.equal;
                    continue;
                }
                const published_exception* known = find_exception(catalogue, share, row, to_text(as_published));
                result.differences.push_back({table->name, row.line, share.published, row.area, area->name, row.year,
                                              to_text(row.numbers[above]), to_text(row.numbers[below]),
                                              to_text(as_published), computed, known != nullptr,
                                              known == nullptr ? std::string() : known->reason});
            }
        }
        result.tried += checked.tried;
        result.equal += checked.equal;
        result.shares.push_back(std::move(checked));
    }
    return result;
}

}  // namespace goldenthread
