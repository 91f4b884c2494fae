// Writes Exampleshire (synthetic), an invented authority, to a folder:
//
//     make_exampleshire FOLDER [CHILDREN]
#include <goldenthread/goldenthread.hpp>

#include <charconv>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string_view>
#include <system_error>

namespace gt = goldenthread;

namespace {

std::int64_t whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) {
        throw gt::definition_error("'" + std::string(text) + "' is not a number of children");
    }
    return value;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::cerr << "usage: make_exampleshire FOLDER [CHILDREN]\n";
        return 2;
    }
    try {
        gt::exampleshire_settings settings;
        settings.seed = 1;
        settings.children = argc == 3 ? whole_number(argv[2]) : 300;
        const gt::exampleshire_summary made = gt::write_exampleshire(settings, argv[1]);
        std::cout << gt::exampleshire_area << ": " << made.children << " children, " << made.files.size()
                  << " files in " << argv[1] << '\n';
        return 0;
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 3;
    }
}
