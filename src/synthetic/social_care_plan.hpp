// Deciding an episode of need: which way it goes and when, by the child's history.
#pragma once

#include "synthetic/journeys.hpp"

namespace goldenthread::exampleshire {

/// Decides everything about the episode that begins with a referral on about `referral`.
[[nodiscard]] episode_of_need decide_episode(const family& f, const child& c, day referral, std::uint32_t round);

/// The day of the next referral after this episode, if there is one.
[[nodiscard]] optional_day decide_return(const family& f, const child& c, const episode_of_need& n);

}  // namespace goldenthread::exampleshire
