// Nobody may be judged by a hidden number. Internal to the room.
#pragma once

#include <goldenthread/disclosure/release.hpp>

namespace goldenthread::detail {

/// \throws disclosure_error where limits, a change, a colour, a chart or a comparison of groups stands beside a value
///         that is hidden, or rests on one
void check_judgement(const release_figure& figure);

}  // namespace goldenthread::detail
