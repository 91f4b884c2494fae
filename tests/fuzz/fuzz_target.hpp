// What every fuzz target is: one function of some bytes. libFuzzer calls it with bytes it makes up (`make fuzz`);
// replay_main.cpp calls it with the files of tests/fuzz/seeds, in every ordinary test run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace fuzz {

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

/// A promise of the library that does not hold is a finding: says which, and ends the program.
inline void require(bool holds, const char* promise, std::string_view about = {}) {
    if (holds) return;
    std::cerr << "broken promise: " << promise << "\n" << about << "\n";
    std::abort();
}

}  // namespace fuzz
