// Families of the extract one after another, so that memory does not grow with their number.
#pragma once

#include "synthetic/family.hpp"
#include "synthetic/row_store.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <cstdint>

namespace goldenthread::exampleshire {

class generator {
public:
    /// \throws definition_error for impossible settings
    explicit generator(const exampleshire_settings& settings);

    /// Replaces `rows` by those of the next family with a child in the extract; false when there are enough children.
    bool next_family(row_store& rows);
    /// Replaces `rows` by those of the area in which the families since the last area live.
    void area(row_store& rows);

    [[nodiscard]] const extract& days() const noexcept { return days_; }
    [[nodiscard]] std::int64_t children() const noexcept { return children_; }
    [[nodiscard]] std::int64_t families() const noexcept { return families_; }
    /// Aged 0 to 17 in the first mid-year estimate: so many that rates are like England's.
    [[nodiscard]] std::int64_t child_population() const noexcept;

private:
    exampleshire_settings settings_;
    extract days_;
    std::uint64_t candidates_ = 0;
    std::int64_t candidate_children_ = 0;
    std::int64_t children_ = 0;
    std::int64_t families_ = 0;
    std::int64_t settled_ = 0;  ///< child population of the areas before
};

}  // namespace goldenthread::exampleshire
