// Cases of definitions on both engines: `test_engine_cases list`, or `test_engine_cases run <indicator>`.
// CTest runs each indicator by itself. Exit status 1 when a case fails, 77 when there is nothing to run.
#include <goldenthread/engine/run_case.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace goldenthread;

constexpr int skipped = 77;

/// The cases a definition carries, then those of the shared folder where that is there.
std::vector<definition_case> cases_of(const indicator& definition, const std::string& shared_folder, std::string& note) {
    std::vector<definition_case> cases = definition.cases;
    const std::filesystem::path file = std::filesystem::path(shared_folder) / (definition.id + ".json");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        note = "no shared cases: " + definition.id + ".json is not there";
        return cases;
    }
    std::ostringstream text;
    text << stream.rdbuf();
    for (definition_case& c : parse_cases(text.str(), file.filename().string())) cases.push_back(std::move(c));
    return cases;
}

int run(const indicator_set& set, const std::string& id, const std::string& shared_folder) {
    std::string note;
    const std::vector<definition_case> cases = cases_of(set[id], shared_folder, note);
    if (!note.empty()) std::printf("%s\n", note.c_str());
    int failed = 0;
    for (const definition_case& c : cases) {
        for (const bool reference : {false, true}) {
            const case_outcome outcome = run_case(canonical_schema(), set, c, reference);
            if (outcome.passed()) continue;
            ++failed;
            std::printf("FAILED on the %s engine: %s\n  %s\n", reference ? "reference" : "interval", c.title.c_str(), c.place.c_str());
            for (const std::string& difference : outcome.differences) std::printf("  %s\n", difference.c_str());
        }
    }
    std::printf("%s: %zu cases on both engines, %d failures\n", id.c_str(), cases.size(), failed);
    return cases.empty() ? skipped : failed == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char* arguments[]) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    try {
        const indicator_set& set = shipped_indicators();
        if (words.size() == 1 && words[0] == "list") {
            for (const std::string& id : set.ids()) std::printf("%s\n", id.c_str());
            return 0;
        }
        if (words.size() == 3 && words[0] == "run") return run(set, words[1], words[2]);
        std::printf("usage: test_engine_cases list | test_engine_cases run <indicator> <folder of case files>\n");
    } catch (const std::exception& problem) {
        std::printf("%s\n", problem.what());
    }
    return 1;
}
