// A host program's own memory, used where it lies, and an indicator of its own, given as text.
//
// The host keeps plans as a vector for each field. Columns look at these vectors and copy nothing, so the host keeps
// them alive; a host with shared ownership hands it over as the column's `owner` instead of nullptr.
#include <goldenthread/goldenthread.hpp>

#include <goldenthread/engine/evaluate.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gt = goldenthread;

namespace {

constexpr gt::day never = 0;  // how this host writes "no end yet"

/// The host's own table of child protection plans.
struct host_plans {
    std::vector<std::int32_t> child;       ///< place in `child_names`
    std::vector<gt::day> started;          ///< days since 1970-01-01
    std::vector<gt::day> ended;            ///< `never` while open
    std::vector<std::int32_t> category;    ///< place in `category_names`
    std::vector<std::string> child_names;  ///< each name once
    std::vector<std::string> category_names;
};

host_plans plans_of_the_host() {
    host_plans plans;
    plans.child_names = {"Ada", "Ben", "Cleo", "Dev"};
    plans.category_names = {"NEG", "EMO"};
    plans.child = {0, 1, 2, 2, 3};
    plans.started = {gt::to_day(2018, 6, 1), gt::to_day(2019, 3, 31), gt::to_day(2018, 1, 10), gt::to_day(2019, 2, 1),
                     gt::to_day(2018, 6, 1)};
    plans.ended = {never, never, gt::to_day(2018, 12, 1), never, never};
    plans.category = {0, 0, 0, 0, 1};
    return plans;
}

/// One bit for each row, 1 where there is a value: Arrow's layout.
std::vector<std::uint8_t> validity_of(const std::vector<gt::day>& days) {
    std::vector<std::uint8_t> bits((days.size() + 7) / 8, 0);
    for (std::size_t row = 0; row < days.size(); ++row) {
        if (days[row] != never) bits[row / 8] = static_cast<std::uint8_t>(bits[row / 8] | (1U << (row % 8)));
    }
    return bits;
}

gt::column text_column(const char* name, gt::value_type type, const std::vector<std::int32_t>& codes,
                       const std::vector<std::string>& names) {
    // The names are looked at too; the pointer owns nothing.
    const std::shared_ptr<const gt::text_dictionary> dictionary(std::shared_ptr<void>(), &names);
    return {name, type, codes.size(), codes.data(), nullptr, nullptr, dictionary};
}

gt::column day_column(const char* name, const std::vector<gt::day>& days, const std::uint8_t* validity) {
    return {name, gt::value_type::date, days.size(), days.data(), validity, nullptr};
}

// Written by the board, loaded by the host: the language is that of the shipped definitions.
constexpr std::string_view own_indicator = R"({
  "format": "goldenthread/indicators@1",
  "indicators": [{
    "id": "own.neglect_over_12_months",
    "title": "Children on a plan for neglect for more than 12 months",
    "parameters": {"months": {"default": 12}},
    "measure": {
      "kind": "distinct", "of": "cp_plan", "timing": "at", "distinct": ["child_id"],
      "where": "open(start_date, end_date) and latest_category = 'NEG' and start_date < as_at - :months months"
    }
  }]
})";

}  // namespace

int main() {
    try {
        const host_plans plans = plans_of_the_host();
        const std::vector<std::uint8_t> has_ended = validity_of(plans.ended);
        gt::dataset data;
        data.add(
            {"cp_plan",
             {text_column("child_id", gt::value_type::text, plans.child, plans.child_names),
              day_column("start_date", plans.started, nullptr), day_column("end_date", plans.ended, has_ended.data()),
              text_column("latest_category", gt::value_type::category, plans.category, plans.category_names)}});

        gt::indicator_set indicators = gt::shipped_indicators();
        gt::parse_indicators(indicators, own_indicator, "own.indicators.json");

        gt::evaluation_request request;
        request.periods = gt::financial_quarters(gt::to_day(2019, 4, 1), gt::to_day(2020, 3, 31));
        const gt::results answer = gt::evaluate(indicators, {"own.neglect_over_12_months"}, data, request);

        const gt::indicator_result& figure = answer.indicators.front();
        std::cout << figure.meaning << '\n';
        for (const gt::cell& cell : figure.cells) {
            std::cout << answer.periods[cell.period_index].label << ": " << gt::to_text(cell.state) << ", "
                      << cell.numerator.value_or(0) << '\n';
        }
        return 0;
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
}
