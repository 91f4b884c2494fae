// goldenthread: a host program's own memory as a table, looked at and not copied.
//
//     const gt::table_view plans{"cp_plan", {{"child_id", ids}, {"start_date", starts}, {"end_date", ends, no_end}}};
//     engine.update(gt::dataset_of({plans}));
//
// The host keeps the view, and what it looks at unchanged, while the dataset is in use: for `evaluate` during the call,
// for an engine during `update`, which copies what it keeps.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

/// A column that looks at a host's values. What is made anew, a bit or a number for each row, lives as long as a copy
/// of the view.
class column_view {
public:
    /// Dates as days since 1970-01-01, none of them null.
    column_view(std::string name, std::span<const day> days)
        : column_(std::move(name), value_type::date, days.size(), days.data(), nullptr, nullptr) {}
    /// Dates of which those equal to `null` are not known, or not yet there. A bit for each row is made.
    column_view(std::string name, std::span<const day> days, day null)
        : bits_(bits_where(days, [null](day d) { return d != null; })),
          column_(std::move(name), value_type::date, days.size(), days.data(), bits_->data(), nullptr) {}
    /// Whole numbers, none of them null.
    column_view(std::string name, std::span<const std::int64_t> numbers)
        : column_(std::move(name), value_type::int64, numbers.size(), numbers.data(), nullptr, nullptr) {}
    /// Texts, one for each row: ids, categories. A number for each row is made.
    column_view(std::string name, const std::vector<std::string>& texts)
        : places_(counted_up(texts.size())),
          column_(std::move(name), value_type::text, texts.size(), places_->data(), nullptr, nullptr,
                  looked_at(texts)) {}
    /// Texts as numbers of places in `texts`; below 0 is null, for which a bit for each row is made.
    /// \throws data_error when a number is no place in `texts`
    column_view(std::string name, std::span<const std::int32_t> places, const std::vector<std::string>& texts)
        : bits_(bits_where(places, [](std::int32_t place) { return place >= 0; })),
          column_(std::move(name), value_type::text, places.size(), places.data(), bits_->data(), nullptr,
                  looked_at(texts)) {
        for (const std::int32_t place : places) {
            if (place < 0 || static_cast<std::size_t>(place) < texts.size()) continue;
            throw data_error("column '" + column_.name() + "' has a text number " + std::to_string(place) +
                             ", and there are " + std::to_string(texts.size()) + " texts");
        }
    }

    [[nodiscard]] const column& looked_at_column() const noexcept { return column_; }

private:
    /// The pointer owns nothing: whoever keeps the column sees that, and copies.
    static std::shared_ptr<const text_dictionary> looked_at(const std::vector<std::string>& texts) {
        return {std::shared_ptr<void>(), &texts};
    }
    template <class Is>
    static std::shared_ptr<const std::vector<std::uint8_t>> bits_where(std::span<const std::int32_t> values,
                                                                       Is&& is_known) {
        auto bits = std::make_shared<std::vector<std::uint8_t>>((values.size() + 7) / 8);
        for (std::size_t row = 0; row < values.size(); ++row) {
            if (!is_known(values[row])) continue;
            std::uint8_t& byte = (*bits)[row >> 3U];
            byte = static_cast<std::uint8_t>(byte | (1U << (row & 7U)));
        }
        return bits;
    }
    static std::shared_ptr<const std::vector<std::int32_t>> counted_up(std::size_t count) {
        auto places = std::make_shared<std::vector<std::int32_t>>(count);
        std::iota(places->begin(), places->end(), 0);
        return places;
    }

    std::shared_ptr<const std::vector<std::uint8_t>> bits_;
    std::shared_ptr<const std::vector<std::int32_t>> places_;
    column column_;
};

/// A table whose columns look at a host's values.
class table_view {
public:
    /// \throws data_error when lengths differ or a column name stands twice
    table_view(std::string name, std::vector<column_view> columns) : columns_(std::move(columns)) {
        std::vector<column> all;
        for (const column_view& c : columns_) all.push_back(c.looked_at_column());
        table_ = table(std::move(name), std::move(all));
    }

    [[nodiscard]] const table& looked_at_table() const noexcept { return table_; }

private:
    std::vector<column_view> columns_;
    table table_;
};

/// The tables of a host as a dataset, which may be used while the views live.
[[nodiscard]] inline dataset dataset_of(std::initializer_list<table_view> views) {
    dataset data;
    for (const table_view& v : views) data.add(v.looked_at_table());
    return data;
}

}  // namespace goldenthread
