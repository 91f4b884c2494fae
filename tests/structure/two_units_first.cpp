// Every public header in a program's first translation unit: whatever is defined in one must be inline.
#include "two_units.hpp"

#include "all_headers.hpp"

std::int64_t goldenthread_test::first_unit() {
    return goldenthread::to_day(2018, 4, 1);
}
