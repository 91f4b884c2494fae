// Small datasets of the tables that a definition reads, near its edges. Internal.
#pragma once

#include <goldenthread/definitions/case.hpp>
#include <goldenthread/engine/needed_columns.hpp>
#include <goldenthread/engine/resolved.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// SplitMix64 (public domain, Sebastiano Vigna): the same sequence everywhere.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() noexcept {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t count) noexcept { return static_cast<std::size_t>(next() % count); }
    bool chance(int percent) noexcept { return below(100) < static_cast<std::size_t>(percent); }
    template <class Value>
    const Value& pick(const std::vector<Value>& values) {
        return values[below(values.size())];
    }

private:
    std::uint64_t state_;
};

/// Makes cases (without an answer) whose rows lie around the constants of some definitions: days at and beside their
/// limits, their codes and one other, nulls.
class dataset_maker {
public:
    /// `examples` are cases that are there already: some datasets are theirs, changed a little.
    dataset_maker(const schema& tables, const std::vector<const resolved_measure*>& measures,
                  std::vector<const definition_case*> examples, std::uint64_t seed);

    [[nodiscard]] definition_case make();

private:
    struct column_plan {
        const column_schema* column = nullptr;
        std::string pool;                ///< identifiers that are equal belong together
        bool own_key = false;            ///< each row its own identifier
        std::vector<std::string> texts;  ///< codes or labels to choose from
    };
    struct table_plan {
        const table_schema* table = nullptr;
        std::vector<column_plan> columns;
        bool counted = false;  ///< rows that the measure counts
    };

    void add_measure(const resolved_measure& m);
    void add_constants(const resolved& r, const resolved_measure& m);
    void add_constants(const resolved_source& s, const resolved_measure& m);
    void add_length(duration_unit unit, std::int64_t amount) { lengths_.insert({unit, amount}); }
    void plan_tables();
    [[nodiscard]] std::string pool_of(const table_schema& t, const column_schema& c) const;
    void plan_days(const period& when);
    [[nodiscard]] std::vector<day> moved(day d) const;
    [[nodiscard]] case_table make_rows(const table_plan& plan);
    [[nodiscard]] case_value make_value(const column_plan& plan, std::size_t row);
    [[nodiscard]] day make_day();
    [[nodiscard]] case_table make_population(const period& when);
    [[nodiscard]] case_table make_coverage();
    [[nodiscard]] definition_case changed_example();
    void complete(definition_case& c) const;
    void change(case_table& t);
    [[nodiscard]] const table_plan* plan_of(const std::string& table) const;

    const schema& schema_;
    std::vector<const definition_case*> examples_;
    dice dice_;
    std::map<std::string, std::set<std::string>> columns_;
    std::set<std::string> counted_tables_;
    std::set<std::string> window_tables_;
    std::set<std::string> texts_;
    std::set<std::int64_t> numbers_;
    std::set<std::pair<duration_unit, std::int64_t>> lengths_;
    std::set<int> ages_;
    bool needs_population_ = false;
    std::vector<table_plan> plans_;
    std::vector<day> days_;    ///< for the period of the case being made
    std::vector<day> chosen_;  ///< in this case
};

/// The smallest case found on which `tells` still holds, from one on which it does: rows and values are left out one by
/// one. Keys and children stay, for people to read.
[[nodiscard]] definition_case shrunk(const schema& tables, definition_case c,
                                     const std::function<bool(const definition_case&)>& tells);

}  // namespace goldenthread::detail
