// goldenthread::goldenthread: what needs files, JSON and XML is linked; neither is needed to compile this.
#include <goldenthread/goldenthread.hpp>

int main() {
    const goldenthread::plan plan = goldenthread::shipped_plan("leicester_2018_2020");
    const bool the_same = goldenthread::parse_plan(goldenthread::to_json(plan)) == plan;
    return the_same && plan.priorities.size() == 8 ? 0 : 1;
}
