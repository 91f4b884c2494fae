#include <goldenthread/core/error.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>

#include <string>

namespace goldenthread {

namespace {

[[noreturn]] void refuse(std::string message, std::string place, std::string excerpt, std::string remedy) {
    error_context context;
    context.place = std::move(place);
    context.excerpt = std::move(excerpt);
    context.remedy = std::move(remedy);
    throw definition_error("Exampleshire cannot be made: " + message, std::move(context));
}

void check_day(day d, const char* name) {
    constexpr day earliest = to_day(2000, 1, 1);
    constexpr day latest = to_day(2050, 12, 31);
    if (d >= earliest && d <= latest) return;
    const bool shown = d >= earliest_day && d <= latest_day;
    refuse("its codes and working days are known for 2000 to 2050 only", name,
           shown ? to_iso(d) : "day number " + std::to_string(d), "choose a day from 2000-01-01 to 2050-12-31");
}

}  // namespace

void check_settings(const exampleshire_settings& settings) {
    constexpr std::int64_t most_children = 10'000'000;
    const std::string children = std::to_string(settings.children);
    if (settings.children == 0)
        refuse("zero children leave nothing to show", "children", children, "ask for at least 1");
    if (settings.children < 0)
        refuse("a number of children cannot be negative", "children", children, "ask for at least 1");
    if (settings.children > most_children) {
        refuse("no authority has so many children", "children", children, "ask for at most 10000000");
    }
    constexpr std::int64_t every_child = 10'000;
    if (settings.defects_per_10000 < 0 || settings.defects_per_10000 > every_child) {
        refuse("a rate of wrong records lies between 0 and 1", "defects_per_10000",
               std::to_string(settings.defects_per_10000), "0 makes none, 10000 one for every child");
    }
    if (settings.children_per_authority < 0) {
        refuse("an authority cannot have fewer than no children", "children_per_authority",
               std::to_string(settings.children_per_authority), "0 writes all children as one authority");
    }
    check_day(settings.first, "first");
    check_day(settings.last, "last");
    if (settings.last < settings.first) {
        refuse("the period ends before it begins", "last", to_iso(settings.first) + " to " + to_iso(settings.last),
               "exchange the two days");
    }
}

}  // namespace goldenthread
