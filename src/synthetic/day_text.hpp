// Days as text, appended without making a string for each.
#pragma once

#include "synthetic/identifier.hpp"

#include <goldenthread/core/date.hpp>

#include <string>

namespace goldenthread::exampleshire {

/// `2019-03-31`
inline void append_iso_day(std::string& text, day d) {
    const civil_day c = to_civil(d);
    append_number(text, c.year, 4);
    text.push_back('-');
    append_number(text, c.month, 2);
    text.push_back('-');
    append_number(text, c.day, 2);
}

/// `31/03/2019`, as the SSDA903 files write it.
inline void append_british_day(std::string& text, day d) {
    const civil_day c = to_civil(d);
    append_number(text, c.day, 2);
    text.push_back('/');
    append_number(text, c.month, 2);
    text.push_back('/');
    append_number(text, c.year, 4);
}

}  // namespace goldenthread::exampleshire
