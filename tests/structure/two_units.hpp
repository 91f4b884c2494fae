// What two translation units that include everything have to say to each other.
#pragma once

#include <cstdint>

namespace goldenthread_test {

[[nodiscard]] std::int64_t first_unit();
[[nodiscard]] std::int64_t second_unit();

}  // namespace goldenthread_test
