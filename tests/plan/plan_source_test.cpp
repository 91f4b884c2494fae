// The words of the shipped plan against the document they were taken from, where it is at hand.
#include <goldenthread/core/text.hpp>
#include <goldenthread/plan/find_element.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include "catch.hpp"

#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gt = goldenthread;

namespace {

std::vector<std::string> source_lines(const gt::plan& p) {
    std::ifstream stream(GOLDENTHREAD_SOURCE_DIR "/../shared/seed/" + p.source.document);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// Without the marks of headings, bullets and bold type.
std::string unmarked(std::string_view line) {
    line = gt::trimmed(line);
    while (!line.empty() && line.front() == '#') line.remove_prefix(1);
    line = gt::trimmed(line);
    if (line.substr(0, 2) == "- ") line = gt::trimmed(line.substr(2));
    std::string result;
    for (const char c : line) {
        if (c != '*') result += c;
    }
    return std::string(gt::trimmed(result));
}

/// The words of a range of lines with one space between them.
std::string words_of(const std::vector<std::string>& lines, gt::line_range range) {
    std::string result;
    for (int i = range.first; i <= range.last; ++i) {
        const std::string line = unmarked(lines.at(static_cast<std::size_t>(i) - 1));
        if (!line.empty()) result += (result.empty() ? "" : " ") + line;
    }
    return result;
}

}  // namespace

TEST_CASE("every text of the plan stands in the source on its lines") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    const std::vector<std::string> lines = source_lines(p);
    if (lines.empty()) {
        WARN("skipped: the source document is not at hand");
        return;
    }
    CHECK(lines.size() == static_cast<std::size_t>(p.source.lines));

    std::vector<std::string> changed;
    gt::for_each_element(p, [&](const gt::element_view& view) {
        const gt::plan_element& element = *view.element;
        const bool as_it_stands = element.as_printed.empty();
        const std::string printed = words_of(lines, element.source_lines);
        INFO(element.id << " on lines " << element.source_lines.first << " to " << element.source_lines.last << ": "
                        << printed);
        CHECK(printed.find(as_it_stands ? element.text : element.as_printed) != std::string::npos);
        if (!as_it_stands) {
            changed.push_back(element.id);
            CHECK_FALSE(element.repair_note.empty());
        }
    });
    CHECK(changed == std::vector<std::string>{"P3.S2", "P3.E5", "P6.E4", "D7", "D8"});
}

TEST_CASE("every line of the source is in the plan, or known to be none of its content") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    const std::vector<std::string> lines = source_lines(p);
    if (lines.empty()) {
        WARN("skipped: the source document is not at hand");
        return;
    }
    // Titles, headings and the two sentences that introduce the lists.
    std::set<int> covered = {1, 3, 5, 13, 15, 23, 37, 137, 194};
    gt::for_each_element(p, [&covered](const gt::element_view& view) {
        if (view.kind == gt::element_kind::body) return;
        for (int i = view.element->source_lines.first; i <= view.element->source_lines.last; ++i) covered.insert(i);
    });
    for (int i = 1; i <= p.source.lines; ++i) {
        INFO("line " << i);
        CHECK((covered.count(i) == 1 || unmarked(lines.at(static_cast<std::size_t>(i) - 1)).empty()));
    }
}

TEST_CASE("bodies and abbreviations stand where the plan says") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    const std::vector<std::string> lines = source_lines(p);
    if (lines.empty()) {
        WARN("skipped: the source document is not at hand");
        return;
    }
    for (const gt::plan_body& body : p.bodies) {
        REQUIRE_FALSE(body.mentions.empty());
        CHECK(body.mentions.front() == body.source_lines);
        for (const gt::line_range& mention : body.mentions) {
            INFO(body.text << " on line " << mention.first);
            // "subgroups" is printed "Sub Group" once, "partners" with a capital once.
            const std::string name = body.id == "B6" ? "sub" : body.text;
            CHECK(gt::to_ascii_lower(words_of(lines, mention)).find(gt::to_ascii_lower(name)) != std::string::npos);
        }
    }
    for (const gt::acronym& each : p.acronyms) {
        INFO(each.term);
        CHECK(words_of(lines, each.source_lines).find(each.term) != std::string::npos);
    }
}

TEST_CASE("places where the source was repaired are the known ones") {
    std::vector<std::string> repaired, read_otherwise;
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    gt::for_each_element(p, [&](const gt::element_view& view) {
        if (!view.element->repair_note.empty()) repaired.push_back(view.element->id);
        if (!view.element->reads.empty()) read_otherwise.push_back(view.element->id);
    });
    CHECK(repaired == std::vector<std::string>{"P1.E5", "P3",    "P3.S2", "P3.A4", "P3.E4", "P3.E5", "P4",
                                               "P6.E3", "P6.E4", "P7.A1", "P7.A2", "P7.E3", "P7.E4", "P8.E1",
                                               "P8.E2", "G2",    "G3",    "D7",    "D8",    "D9",    "D10"});
    CHECK(read_otherwise == std::vector<std::string>{"P1.E5", "P7.A1", "P7.A2"});
}
