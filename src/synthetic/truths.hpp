// The answers planted in Exampleshire: every shipped indicator counted family by family, in plain words and without the
// engine, so that the engine can be held against them.
#pragma once

#include "synthetic/family.hpp"
#include "synthetic/kleene.hpp"
#include "synthetic/row_store.hpp"

#include <goldenthread/core/period.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::exampleshire {

/// What is counted for one indicator and period.
struct tallies {
    std::int64_t counted = 0;    ///< units that belong: the count, or the denominator of a share
    std::int64_t numerator = 0;  ///< of a share: units that also meet the numerator; of a mean: days in all
    std::int64_t unknown = 0, excluded = 0, immature = 0, censored = 0;

    /// A unit of a count.
    void count(answer belongs) noexcept {
        counted += belongs == answer::yes ? 1 : 0;
        unknown += belongs == answer::unknown ? 1 : 0;
    }
    /// A unit of a share. One that belongs stays in the denominator when its numerator is unknown.
    void count(answer belongs, answer meets) noexcept {
        count(belongs);
        if (belongs != answer::yes) return;
        numerator += meets == answer::yes ? 1 : 0;
        unknown += meets == answer::unknown ? 1 : 0;
    }
    tallies& operator+=(const tallies& other) noexcept {
        counted += other.counted;
        numerator += other.numerator;
        unknown += other.unknown;
        excluded += other.excluded;
        immature += other.immature;
        censored += other.censored;
        return *this;
    }
};

/// Different entities of which several rows may speak: any one row decides.
class entities {
public:
    void add(const identifier& entity, answer belongs, answer meets = answer::no) {
        for (one& known : all_) {
            if (known.entity != entity) continue;
            known.belongs = either(known.belongs, belongs);
            known.meets = either(known.meets, both(belongs, meets));
            return;
        }
        all_.push_back({entity, belongs, both(belongs, meets)});
    }
    [[nodiscard]] tallies counted() const {
        tallies result;
        for (const one& each : all_) result.count(each.belongs);
        return result;
    }
    [[nodiscard]] tallies shared() const {
        tallies result;
        for (const one& each : all_) result.count(each.belongs, each.meets);
        return result;
    }

private:
    struct one {
        identifier entity;
        answer belongs, meets;
    };
    std::vector<one> all_;
};

/// One family's rows, asked about in one period.
struct question {
    const row_store& rows;
    const period& when;
    const extract& days;

    [[nodiscard]] day as_at() const noexcept { return when.last; }
    [[nodiscard]] const person_row& person(const identifier& child) const;
    /// Unborn on a day, as far as the extract tells; a child who died unborn has no birth date.
    [[nodiscard]] bool unborn(const identifier& child, day on) const;
    /// Completed years on a day; nothing for a child whose birth the extract does not know.
    [[nodiscard]] std::optional<int> age(const identifier& child, day on) const;
};

/// Rows of a table of which one date lies in the period.
template <auto Table, auto Date>
[[nodiscard]] tallies dated(const question& q) {
    tallies result;
    for (const auto& row : q.rows.*Table) result.count(as_answer(in(q.when, row.*Date)));
    return result;
}

/// How a count becomes the figure.
enum class figure_form : std::uint8_t { count, share, rate, mean };

/// An indicator: how it is counted, and what decides whether its figure is whole.
struct figure {
    std::string_view indicator;
    figure_form form;
    std::string_view table;  ///< its rows
    bool at;                 ///< asked about on the last day of the period
    tallies (*count)(const question&);
    std::int32_t look_back_months = 0;  ///< into `table`
};

/// The figures that are counted: those of the council's own records, and those of its partners'.
[[nodiscard]] const std::vector<figure>& council_figures();
[[nodiscard]] const std::vector<figure>& partner_figures();

class truth_counter {
public:
    explicit truth_counter(const extract& e);

    /// Counts the rows of one family.
    void take(const row_store& rows);
    /// Population and coverage come from the area's rows, after the last family.
    [[nodiscard]] std::vector<planted_truth> finish(const row_store& area) const;

private:
    extract days_;
    std::vector<figure> figures_;
    std::vector<period> years_;
    std::vector<std::vector<tallies>> counts_;  ///< of each figure, in each year
};

/// The answer key as CSV.
[[nodiscard]] std::string truths_csv(const std::vector<planted_truth>& truths);

}  // namespace goldenthread::exampleshire
