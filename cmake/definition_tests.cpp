// The cases of indicator definitions as CTest tests; goldenthread_add_definition_tests() compiles and runs it.
//
//   definition_tests discover CTEST_FILE PREFIX SOURCE…   writes a test for each case
//   definition_tests run NUMBER SOURCE…                   runs one case on both engines
//
// SOURCE is `--shipped` (the definitions shipped with the library), a file of definitions, or `--cases=PATH`, a case
// file or a folder of them. Exit status 1 when the case fails or a file is wrong.
#include <goldenthread/engine/run_case.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace goldenthread;

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error(file.string() + ": cannot be read");
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::vector<std::filesystem::path> case_files(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return {path};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

struct definitions_and_cases {
    indicator_set set;
    std::vector<definition_case> cases;
};

definitions_and_cases read(const std::vector<std::string>& sources) {
    const std::string cases_option = "--cases=";
    definitions_and_cases result;
    std::vector<std::filesystem::path> files;
    for (const std::string& source : sources) {
        if (source == "--shipped") {
            result.set = shipped_indicators();
        } else if (source.rfind(cases_option, 0) == 0) {
            for (std::filesystem::path& file : case_files(source.substr(cases_option.size())))
                files.push_back(std::move(file));
        } else {
            parse_indicators(result.set, text_of(source), source);
        }
    }
    for (const indicator& i : result.set.indicators)
        result.cases.insert(result.cases.end(), i.cases.begin(), i.cases.end());
    for (const std::filesystem::path& file : files) {
        for (definition_case& c : parse_cases(text_of(file), file.string())) result.cases.push_back(std::move(c));
    }
    return result;
}

/// A CMake argument that holds any text: in brackets longer than any the text has.
std::string bracketed(const std::string& text) {
    std::string signs = "=";
    while (text.find("]" + signs) != std::string::npos) signs += "=";
    return "[" + signs + "[" + text + "]" + signs + "]";
}

int discover(const std::string& program, const std::string& ctest_file, const std::string& prefix,
             const std::vector<std::string>& sources) {
    const definitions_and_cases all = read(sources);
    std::string arguments;
    for (const std::string& source : sources) arguments += " " + bracketed(source);
    std::map<std::string, int> seen;
    std::ostringstream tests;
    for (std::size_t i = 0; i < all.cases.size(); ++i) {
        std::string name = prefix + ": " + all.cases[i].indicator + ": " + all.cases[i].title;
        if (const int times = ++seen[name]; times > 1) name += " (" + std::to_string(times) + ")";
        tests << "add_test(" << bracketed(name) << " " << bracketed(program) << " run " << i << arguments << ")\n";
    }
    std::ofstream(ctest_file, std::ios::binary) << tests.str();
    return 0;
}

int run(std::size_t number, const std::vector<std::string>& sources) {
    const definitions_and_cases all = read(sources);
    if (number >= all.cases.size()) throw std::runtime_error("there is no case of this number: build again");
    const definition_case& c = all.cases[number];
    std::printf("%s: %s\n  %s\n", c.indicator.c_str(), c.title.c_str(), c.place.c_str());
    bool passed = true;
    for (const bool reference : {false, true}) {
        const case_outcome outcome = run_case(canonical_schema(), all.set, c, reference);
        for (const std::string& difference : outcome.differences) {
            std::printf("  on the %s engine: %s\n", reference ? "reference" : "interval", difference.c_str());
        }
        passed = passed && outcome.passed();
    }
    return passed ? 0 : 1;
}

}  // namespace

int main(int count, char* arguments[]) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    const auto rest = [&](std::ptrdiff_t first) {
        return std::vector<std::string>(words.begin() + first, words.end());
    };
    try {
        if (words.size() >= 3 && words[0] == "discover") {
            return discover(std::filesystem::absolute(arguments[0]).string(), words[1], words[2], rest(3));
        }
        if (words.size() >= 2 && words[0] == "run") return run(std::stoul(words[1]), rest(2));
        std::printf("usage: definition_tests discover CTEST_FILE PREFIX SOURCE... | run NUMBER SOURCE...\n");
    } catch (const std::exception& problem) {
        std::printf("%s\n", problem.what());
    }
    return 1;
}
