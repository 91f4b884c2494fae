// Links only if no header defines anything twice; the two units agree on what they compute.
#include "two_units.hpp"

int main() { return goldenthread_test::first_unit() == goldenthread_test::second_unit() ? 0 : 1; }
