// Writes what is shipped, cut into small pieces, as seeds for the fuzzers: `make_seeds FOLDER`. Made anew at each run
// of `make fuzz`, so they never go stale and are never committed.
#include "core/embedded_file.hpp"
#include "core/json_document.hpp"
#include "saved_engine.hpp"

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace {

using namespace goldenthread;
using detail::json;

class seed_writer {
public:
    explicit seed_writer(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void write(const char* target, const std::string& text) {
        std::filesystem::create_directories(folder_ / target);
        std::ofstream(folder_ / target / ("seed_" + std::to_string(++count_)), std::ios::binary) << text;
    }
    [[nodiscard]] int count() const noexcept { return count_; }

private:
    std::filesystem::path folder_;
    int count_ = 0;
};

void write_expressions(seed_writer& seeds, const indicator& i) {
    const measure& m = i.measure;
    for (const expression* e : {&m.where, &m.exclude, &m.immature, &m.numerator, &m.value, &m.censored}) {
        if (!e->empty()) seeds.write("expression", m.of.table + "\n" + to_text(*e));
    }
    for (const dimension& d : i.breakdowns) {
        if (!d.value.empty()) seeds.write("expression", m.of.table + "\n" + to_text(d.value));
    }
}

/// Each indicator of a file as a file of its own, and its cases as another.
void write_definitions(seed_writer& seeds, std::string_view text) {
    const json file = json::parse(text);
    for (const json& item : file.value("indicators", json::array())) {
        json one = item;
        one.erase("cases");
        const json definition = {{"format", file.at("format")}, {"indicators", json::array({one})}};
        seeds.write("definitions", definition.dump());
        if (!item.contains("cases")) continue;
        const json cases = {{"indicator", item.at("id")}, {"cases", item.at("cases")}};
        seeds.write("cases", cases.dump());
    }
}

/// States with rows and without, as bytes and as a file.
void write_states(seed_writer& seeds) {
    for (const bool with_rows : {false, true}) {
        engine e = fuzz::saved_engine();
        if (with_rows) e.update(fuzz::tiny_dataset());
        const std::string saved = e.save();
        seeds.write("saved_state", "f" + saved);
        seeds.write("saved_state", "b" + saved.substr(saved.find('\n') + 1));
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: make_seeds FOLDER\n";
        return 1;
    }
    seed_writer seeds(arguments[1]);
    for (const indicator& i : shipped_indicators().indicators) write_expressions(seeds, i);
    for (const named_filter& f : shipped_indicators().filters) {
        seeds.write("expression", (f.on == "*" ? std::string("cp_plan") : f.on) + "\n" + to_text(f.body));
    }
    for (const detail::embedded_file& file : detail::embedded_indicators()) write_definitions(seeds, file.text);
    for (const std::string& id : shipped_plans()) seeds.write("plan", shipped_plan_text(id));
    write_states(seeds);
    std::cout << seeds.count() << " seeds\n";
    return 0;
}
