// The words of the error that some work ends in.
#pragma once

#include <goldenthread/core/error.hpp>

#include <string>

template <class Work>
std::string refused(Work&& work) {
    try {
        work();
    } catch (const goldenthread::calculation_error& e) {
        return e.what();
    }
    return "nothing was refused";
}

inline bool mentions(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}
