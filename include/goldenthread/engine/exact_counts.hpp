// goldenthread: counts of rows that need not be kept. Whole numbers and exact histograms, so they form a group: what
// was added in any order can be added to others, and taken away again.
#pragma once

#include <goldenthread/engine/measure_parts.hpp>
#include <goldenthread/engine/tally.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Categories of a cell by name, one for each dimension; nothing = not recorded. Names outlive the rows they came from,
/// the numbers that tallies have do not.
using category_names = std::vector<std::optional<std::string>>;

/// Counts of one part of a measure on one axis, by breakdown, cell and period. Cells with nothing in them are not
/// there.
class exact_counts {
public:
    using cells = std::map<category_names, std::vector<tally>>;

    exact_counts() = default;
    explicit exact_counts(std::size_t breakdowns) : cells_(breakdowns) {}

    /// Breakdown 0 is the total, as in `tallies`.
    [[nodiscard]] const std::vector<cells>& by_breakdown() const noexcept { return cells_; }
    void put(std::size_t breakdown, category_names names, std::vector<tally> counts) {
        cells_.at(breakdown).insert_or_assign(std::move(names), std::move(counts));
    }
    void add(const tallies& counted, const text_pool& texts) {
        for (std::size_t b = 0; b < counted.size(); ++b) {
            for (const auto& [key, counts] : counted[b]) {
                category_names names;
                for (const std::int64_t id : key) {
                    names.push_back(id == no_category ? std::nullopt : std::optional(texts.text(id)));
                }
                change(b, names, counts, [](tally& own, const tally& other) { own += other; });
            }
        }
    }
    exact_counts& operator+=(const exact_counts& other) {
        return change(other, [](tally& own, const tally& theirs) { own += theirs; });
    }
    exact_counts& operator-=(const exact_counts& other) {
        return change(other, [](tally& own, const tally& theirs) { own -= theirs; });
    }
    /// Whether more was taken away than was there.
    [[nodiscard]] bool is_short() const {
        for (const cells& all : cells_) {
            for (const auto& [names, counts] : all) {
                if (std::any_of(counts.begin(), counts.end(), [](const tally& t) { return t.is_short(); })) return true;
            }
        }
        return false;
    }
    /// Tallies of the breakdowns `wanted`, which are some of those counted, `known`.
    [[nodiscard]] tallies as_tallies(const std::vector<std::vector<std::size_t>>& known,
                                     const std::vector<std::vector<std::size_t>>& wanted, text_pool& texts,
                                     std::size_t periods) const {
        tallies result(wanted.size() + 1);
        result[0][{}].resize(periods);
        for (std::size_t w = 0; w < result.size(); ++w) {
            const std::size_t b = w == 0 ? 0 : place_of(known, wanted[w - 1]) + 1;
            for (const auto& [names, counts] : cells_.at(b)) {
                category_key key;
                for (const std::optional<std::string>& name : names)
                    key.push_back(name ? texts.id(*name) : no_category);
                result[w][std::move(key)] = counts;
            }
        }
        return result;
    }
    friend bool operator==(const exact_counts&, const exact_counts&) = default;

private:
    static std::size_t place_of(const std::vector<std::vector<std::size_t>>& known,
                                const std::vector<std::size_t>& one) {
        return static_cast<std::size_t>(std::find(known.begin(), known.end(), one) - known.begin());
    }
    template <class Change>
    void change(std::size_t b, const category_names& names, const std::vector<tally>& counts, Change&& apply) {
        std::vector<tally>& own = cells_.at(b)[names];
        if (own.empty()) own.resize(counts.size());
        for (std::size_t p = 0; p < counts.size(); ++p) apply(own[p], counts[p]);
        if (std::all_of(own.begin(), own.end(), [](const tally& t) { return t.is_nothing(); })) cells_[b].erase(names);
    }
    template <class Change>
    exact_counts& change(const exact_counts& other, Change&& apply) {
        for (std::size_t b = 0; b < other.cells_.size(); ++b) {
            for (const auto& [names, counts] : other.cells_[b]) change(b, names, counts, apply);
        }
        return *this;
    }

    std::vector<cells> cells_;
};

/// Of one indicator: for each of its parts the counts by axis; empty = its rows are kept.
using counted_parts = std::array<std::vector<exact_counts>, part_count>;

}  // namespace goldenthread::detail
