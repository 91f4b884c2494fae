// goldenthread: how many people rates are about.
#pragma once

#include <goldenthread/engine/prepared_dataset.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace goldenthread::detail {

/// Mid-year population by year, age and sex, of the dataset's own area and the latest vintage of each year.
/// A row without sex and ethnicity is the total: used when present, never added to its parts. Equal rows count once.
class population_counts {
public:
    explicit population_counts(prepared_dataset& data) {
        const table* t = data.data().find("population");
        if (t == nullptr) return;
        const std::string area = own_area(data, *t);
        const auto text = [&](const bound_column& c, std::int64_t row) { return c.at(row).is_null() ? std::string() : data.texts().text(c.at(row).low); };
        const bound_column &areas = data.bind(t, "area", ""), &vintages = data.bind(t, "vintage", ""), &sexes = data.bind(t, "sex", ""),
                           &ethnicities = data.bind(t, "ethnicity", ""), &years = data.bind(t, "year", ""), &ages = data.bind(t, "age", ""),
                           &counts = data.bind(t, "count", "");
        std::map<std::int64_t, std::string> latest;
        std::set<std::tuple<std::int64_t, std::int64_t, std::string, std::string, std::int64_t>> said;
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t i = 0; i < t->row_count(); ++i) {
                const auto row = static_cast<std::int64_t>(i);
                if (years.at(row).is_null() || ages.at(row).is_null() || counts.at(row).is_null() || text(areas, row) != area) continue;
                const std::int64_t year = years.at(row).low;
                const std::string vintage = text(vintages, row);
                if (pass == 0) {
                    latest[year] = std::max(latest[year], vintage);
                } else if (vintage == latest[year]) {
                    const std::int64_t age = ages.at(row).low, count = counts.at(row).low;
                    std::string sex = text(sexes, row), ethnicity = text(ethnicities, row);
                    // Partners may each send the table: a row that says the same again adds nobody.
                    if (!said.emplace(year, age, sex, ethnicity, count).second) continue;
                    cells_[{year, age}].add(sex, ethnicity, count);
                    years_.insert(year);
                }
            }
        }
    }

    [[nodiscard]] bool has_year(std::int64_t year) const { return years_.count(year) != 0; }
    /// People of these ages, both included; `sex` empty = all. Nothing when the year or the breakdown is lacking.
    [[nodiscard]] std::optional<std::int64_t> count(std::int64_t year, int youngest, int oldest, std::string_view sex = {}) const {
        std::optional<std::int64_t> total;
        for (int age = youngest; age <= oldest; ++age) {
            const auto found = cells_.find({year, age});
            if (found == cells_.end()) continue;
            const std::optional<std::int64_t> people = found->second.people(std::string(sex));
            if (!people) return std::nullopt;
            total = total.value_or(0) + *people;
        }
        return total;
    }

private:
    /// People of one year and age: by sex, "" = all sexes.
    class age_cell {
    public:
        void add(const std::string& sex, const std::string& ethnicity, std::int64_t count) {
            if (ethnicity.empty()) {
                totals_[sex] += count;
            } else {
                parts_[sex] += count;
            }
        }
        [[nodiscard]] std::optional<std::int64_t> people(const std::string& sex) const {
            if (const auto t = totals_.find(sex); t != totals_.end()) return t->second;
            if (sex.empty()) {
                // No total row: each sex counts once, by its own total or else by its parts.
                std::set<std::string> sexes;
                for (const auto& [name, n] : totals_) sexes.insert(name);
                for (const auto& [name, n] : parts_) sexes.insert(name);
                if (sexes.size() > 1) sexes.erase("");
                std::int64_t sum = 0;
                for (const std::string& name : sexes) sum += totals_.count(name) != 0 ? totals_.at(name) : parts_.at(name);
                return sum;
            }
            const auto p = parts_.find(sex);
            return p == parts_.end() ? std::nullopt : std::optional(p->second);
        }

    private:
        std::map<std::string, std::int64_t> totals_;
        std::map<std::string, std::int64_t> parts_;
    };

    /// The dataset's area if the table has it, else the only area there is.
    static std::string own_area(prepared_dataset& data, const table& t) {
        const column* areas = t.find("area");
        if (areas == nullptr || !is_text_type(areas->type())) return {};
        std::set<std::string> names;
        for (std::size_t row = 0; row < areas->size(); ++row) names.insert(areas->is_null(row) ? std::string() : std::string(areas->text_at(row)));
        if (names.count(data.data().area()) != 0) return data.data().area();
        return names.size() == 1 ? *names.begin() : std::string("\n");  // several areas and none is ours: no population
    }

    std::map<std::pair<std::int64_t, std::int64_t>, age_cell> cells_;
    std::set<std::int64_t> years_;
};

}  // namespace goldenthread::detail
