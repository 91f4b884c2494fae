// Chance for Exampleshire: integers only, so that every platform draws the same.
#pragma once

#include <goldenthread/core/date.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace goldenthread::exampleshire {

/// The output function of SplitMix64 (Steele, Lea, Flood 2014): a bijection that scatters neighbouring counters.
[[nodiscard]] constexpr std::uint64_t scatter(std::uint64_t x) noexcept {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

/// What a stream of chance is for. A new topic leaves the draws of all others as they were.
enum class topic : std::uint64_t {
    family = 1,
    child,
    early_help,
    contacts,
    episode,
    factors,
    looked_after,
    missing,
    domestic_abuse,
    exploitation,
    private_fostering,
    parents,
    audits,
    toolkit,
    mental_health,
    housing,
    flags,
    identity,
    board,
};

/// Shares of a thing in parts of any size; the parts need not add to a round number.
template <class Value>
struct weighted {
    Value value;
    std::uint32_t weight;
};

/// Values at eleven evenly spaced ranks (0 %, 10 %, … 100 %): the shape of a duration, in days.
using deciles = std::array<std::int32_t, 11>;

/// A stream of chance of one topic of one member of one family. Streams do not depend on one another, so that a
/// family is the same whatever was generated before it. Two draws never stand in one expression whose parts a compiler
/// may compute in either order (arguments of a call, both sides of a sum).
class dice {
public:
    constexpr dice(std::uint64_t seed, std::uint64_t family, std::uint64_t member, topic about) noexcept
        : state_(scatter(scatter(scatter(seed) ^ family) ^ (member << 8U | static_cast<std::uint64_t>(about)))) {}

    [[nodiscard]] constexpr std::uint32_t next() noexcept {
        const std::uint64_t drawn = scatter(state_);
        state_ += 0x9E3779B97F4A7C15ULL;
        return static_cast<std::uint32_t>(drawn >> 32U);
    }
    /// 0 to n − 1; n must be above zero.
    [[nodiscard]] constexpr std::uint32_t below(std::uint32_t n) noexcept {
        return static_cast<std::uint32_t>(static_cast<std::uint64_t>(next()) * n >> 32U);
    }
    /// From `low` to `high`, both possible.
    [[nodiscard]] constexpr std::int32_t between(std::int32_t low, std::int32_t high) noexcept {
        return low + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(high - low) + 1U));
    }
    /// True in `per_mille` of 1000 draws.
    [[nodiscard]] constexpr bool chance(std::uint32_t per_mille) noexcept { return below(1000) < per_mille; }

    template <class Value, std::size_t n>
    [[nodiscard]] constexpr Value pick(const std::array<weighted<Value>, n>& choices) noexcept {
        std::uint32_t total = 0;
        for (const auto& choice : choices) total += choice.weight;
        std::uint32_t drawn = below(total);
        for (const auto& choice : choices) {
            if (drawn < choice.weight) return choice.value;
            drawn -= choice.weight;
        }
        return choices.back().value;
    }
    /// A value of the shape, straight lines between its deciles.
    [[nodiscard]] constexpr std::int32_t draw(const deciles& shape) noexcept {
        const std::uint32_t rank = below(10'000);
        const std::size_t at = rank / 1000;
        const auto part = static_cast<std::int32_t>(rank % 1000);
        return shape[at] + (shape[at + 1] - shape[at]) * part / 1000;
    }

private:
    std::uint64_t state_;
};

}  // namespace goldenthread::exampleshire
