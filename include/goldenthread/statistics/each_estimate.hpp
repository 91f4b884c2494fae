// goldenthread: an interval for every row of some columns.
#pragma once

#include <goldenthread/core/error.hpp>
#include <goldenthread/statistics/estimate.hpp>
#include <goldenthread/statistics/input_checks.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

/// Numbers of which some may be missing, as Arrow lays them out: values, and an optional bitmap (least significant bit
/// first, 0 = missing). Nothing is copied; what it looks at must outlive it.
struct number_span {
    std::span<const double> values;
    const std::uint8_t* validity = nullptr;  ///< null: nothing is missing
    std::size_t first_bit = 0;               ///< bit of the first value

    [[nodiscard]] bool is_missing(std::size_t i) const noexcept {
        if (validity == nullptr) return false;
        const std::size_t bit = i + first_bit;
        return ((validity[bit >> 3U] >> (bit & 7U)) & 1U) == 0;
    }
};

/// Calls `estimate(a, b, …)` for every row of the columns, and `use(row, result)` with what it gives; a row with a
/// missing number gives an undefined estimate (missing input). A column of one value stands for as many as are needed.
/// \return the number of rows
/// \throws calculation_error for columns of different length; what `estimate` throws, with the row (from 0) as its
/// place
template <class Estimate, class Use, class... Columns>
std::size_t for_each_estimate(const Estimate& estimate, const Use& use, const Columns&... columns) {
    constexpr std::size_t column_count = sizeof...(Columns);
    const std::array<const number_span*, column_count> all{&columns...};
    std::size_t rows = 1;
    for (const number_span* each : all) {
        if (each->values.size() != 1) rows = each->values.size();
    }
    for (std::size_t c = 0; c < column_count; ++c) {
        const std::size_t size = all[c]->values.size();
        if (size != 1 && size != rows) {
            throw calculation_error("columns of " + std::to_string(size) + " and of " + std::to_string(rows) +
                                    " numbers cannot be read row by row");
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const auto place = [row](const number_span& each) { return each.values.size() == 1 ? 0 : row; };
        if ((columns.is_missing(place(columns)) || ...)) {
            interval_estimate missing;
            missing.note = estimate_note::missing_input;
            use(row, missing);
            continue;
        }
        try {
            use(row, estimate(columns.values[place(columns)]...));
        } catch (const calculation_error& e) {
            error_context context = e.context();
            context.place = "row " + std::to_string(row);
            throw calculation_error(e.message(), std::move(context));
        }
    }
    return rows;
}

/// The estimates of every row: `each_estimate([&](double x, double n) { return wilson_interval(x, n, confidence); }, x,
/// n)` with `confidence` made once. Rows, edges and errors as in `for_each_estimate`.
template <class Estimate, class... Columns>
[[nodiscard]] std::vector<interval_estimate> each_estimate(const Estimate& estimate, const Columns&... columns) {
    std::vector<interval_estimate> result;
    for_each_estimate(
        estimate, [&result](std::size_t, const interval_estimate& one) { result.push_back(one); }, columns...);
    return result;
}

}  // namespace goldenthread
