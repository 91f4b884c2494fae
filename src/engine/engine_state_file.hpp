// A saved engine: one line of JSON that says what follows, then the state in binary. Internal.
//
// The line: {"format": "goldenthread/engine_state@1", "plan": …, "key": …, "bytes": …, "sha256": …}. `plan` and `key`
// tell whether the engine that loads computes the same under the same pseudonyms; `sha256` is of the bytes that follow.
// Numbers are little-endian, texts have their length before them. Nothing in the bytes is trusted: sizes are held
// against what is left, numbers against what they may be.
#pragma once

#include <goldenthread/engine/engine_plan.hpp>
#include <goldenthread/engine/engine_state.hpp>

#include <string>
#include <string_view>

namespace goldenthread::detail {

/// The bytes after the line.
[[nodiscard]] std::string write_state(const engine_state& state);
/// \throws data_error for bytes that are no state of this plan
[[nodiscard]] engine_state read_state(std::string_view bytes, const engine_plan& plan);

/// The line and the bytes.
[[nodiscard]] std::string with_state_header(const std::string& bytes, const std::string& plan_hash,
                                            const std::string& key_mark);

/// What the line says, once it holds true of the bytes.
struct state_header {
    std::string plan_hash;
    std::string key_mark;
    std::string_view bytes;
};

/// \throws data_error for what is no saved state, is newer, truncated or damaged
[[nodiscard]] state_header read_state_header(std::string_view saved);

}  // namespace goldenthread::detail
