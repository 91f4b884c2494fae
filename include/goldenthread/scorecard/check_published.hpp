// goldenthread: published shares and rates computed again from their counts. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/published_data.hpp>
#include <goldenthread/scorecard/published_catalogue.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace goldenthread {

/// A printed share that is not the one its counts give.
struct published_difference {
    std::string file;
    std::size_t line = 0;
    std::string column;
    std::string area;
    std::string area_name;
    int year = 0;
    std::string numerator;
    std::string denominator;
    std::string published;
    std::string computed;
    bool known = false;  ///< listed in the catalogue as an exception
    std::string reason;  ///< of a known one

    friend bool operator==(const published_difference&, const published_difference&) = default;
};

/// One printed column.
struct published_share_check {
    published_share share;
    bool file_present = false;
    std::size_t tried = 0;  ///< rows with both counts and the share printed, denominator above zero
    std::size_t equal = 0;
    std::size_t not_tried = 0;  ///< rows where one of them is hidden or missing
};

struct published_check {
    std::vector<published_share_check> shares;  ///< in the catalogue's order
    std::vector<published_difference> differences;
    std::size_t tried = 0;
    std::size_t equal = 0;

    /// Every difference is a known exception, and something was tried.
    [[nodiscard]] bool holds() const noexcept {
        for (const published_difference& each : differences) {
            if (!each.known) return false;
        }
        return tried > 0;
    }
};

/// Computes every printed share of the authorities again: numerator × per ÷ denominator, exactly, to the printed
/// places, ties half away from zero. Countries and regions are left out: their counts are rounded. Files of the
/// catalogue that are not in the folder are passed over.
/// \throws data_error for a file that lacks a column
[[nodiscard]] published_check check_published(const published_data& data, const published_catalogue& catalogue);

}  // namespace goldenthread
