// A vendor's program: an indicator of its own, written in C++, counted over rows that lie in the program's own memory
// and come in batches.
//
// A batch's memory is looked at where it lies; it is free again when `update` returns.
#include <goldenthread/goldenthread.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace gt = goldenthread;

namespace {

constexpr gt::day not_yet = 0;  // how this program writes "no end"

/// What this program has read of child protection plans, some rows at a time.
struct page_of_plans {
    std::vector<std::string> child_ids;
    std::vector<gt::day> starts;
    std::vector<gt::day> ends;
    std::vector<std::string> categories;
};

std::vector<page_of_plans> pages() {
    return {{{"Ada", "Ben", "Cleo"},
             {gt::to_day(2018, 6, 1), gt::to_day(2019, 3, 31), gt::to_day(2018, 1, 10)},
             {not_yet, not_yet, gt::to_day(2018, 12, 1)},
             {"NEG", "NEG", "NEG"}},
            {{"Cleo", "Dev", "Ada"},
             {gt::to_day(2019, 2, 1), gt::to_day(2018, 6, 1), gt::to_day(2018, 7, 1)},
             {not_yet, not_yet, not_yet},
             {"NEG", "EMO", "NEG"}}};
}

}  // namespace

int main() {
    try {
        const auto cp_plan = gt::columns_of("cp_plan");
        const auto over_12_months =
            gt::distinct(cp_plan["child_id"])
                .at_end_of_period()
                .where(gt::open(cp_plan["start_date"], cp_plan["end_date"]) && cp_plan["latest_category"] == "NEG" &&
                       cp_plan["start_date"] < gt::as_at - gt::months(12));

        gt::engine engine({over_12_months}, gt::financial_quarters(gt::to_day(2019, 4, 1), gt::to_day(2020, 3, 31)));
        std::cout << gt::to_text(engine.explain_how());

        for (const page_of_plans& page : pages()) {
            const gt::table_view plans{"cp_plan",
                                       {{"child_id", page.child_ids},
                                        {"start_date", page.starts},
                                        {"end_date", page.ends, not_yet},
                                        {"latest_category", page.categories}}};
            engine.update(gt::dataset_of({plans}));
        }

        const gt::results answer = engine.finish();
        for (const gt::cell& cell : answer.indicators.front().cells) {
            std::cout << answer.periods[cell.period_index].label << ": " << gt::to_text(cell.state) << ", "
                      << cell.numerator.value_or(0) << ", unknown " << cell.unknown << '\n';
        }
        return 0;
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
}
