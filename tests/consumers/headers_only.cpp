// goldenthread::core: headers, nothing to link.
#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/plan/plan.hpp>
#include <goldenthread/version.hpp>

int main() {
    const goldenthread::day first = goldenthread::to_day(2018, 4, 1);
    goldenthread::plan plan;
    plan.id = "of_my_own";
    try {
        throw goldenthread::definition_error("an error crosses the library's border");
    } catch (const goldenthread::error&) {
        const bool well = goldenthread::to_iso(first) == "2018-04-01" && plan.priorities.empty() &&
                          !goldenthread::version_text.empty();
        return well ? 0 : 1;
    }
}
