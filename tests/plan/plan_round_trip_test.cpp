#include <goldenthread/plan/read_plan.hpp>

#include "catch.hpp"
#include "plan/json_layout.hpp"
#include "small_plan.hpp"

#include <fstream>
#include <iterator>
#include <string>

namespace gt = goldenthread;

namespace {

const char* const shipped_path = GOLDENTHREAD_SOURCE_DIR "/plans/leicester_2018_2020/plan.json";

std::string file_text(const char* path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("load, save, load gives the same plan") {
    const gt::plan once = gt::parse_plan(small_plan());
    const std::string saved = gt::to_json(once);
    const gt::plan twice = gt::parse_plan(saved);
    CHECK(once == twice);
    CHECK(gt::to_json(twice) == saved);
}

TEST_CASE("every field of a plan file is read") {
    const gt::plan p = gt::parse_plan(small_plan());
    CHECK(p.id == "little");
    CHECK(p.area == "Exampleshire (synthetic)");
    CHECK(p.first_year == 2021);
    CHECK(p.last_year == 2023);
    CHECK(p.first_day == gt::stated_value::stated("1 April 2021"));
    CHECK(p.last_day == gt::stated_value::unspecified());
    CHECK(p.source.lines == 40);
    REQUIRE(p.extensions.size() == 1);
    CHECK(p.extensions[0] == gt::plan_extension{"x-colour", R"({"accent":"blue"})"});

    const gt::priority& neglect = p.priorities.at(0);
    const gt::assurance_activity& training = neglect.assurance_activities.at(0);
    CHECK(training.record_kinds == std::vector<std::string>{"TRAINING"});
    CHECK(training.done_when ==
          gt::stated_value::inferred("all have come", "what training is for", "Board", "2021-05-01"));
    CHECK(training.owner.shown() == "unspecified");

    const gt::evidence_line& toolkits = neglect.evidence_lines.at(0);
    CHECK(toolkits.measures == 1);
    CHECK(toolkits.target.from() == gt::provenance::stated);
    CHECK(toolkits.target.shown() == "40");
    CHECK(toolkits.extensions.at(0).json == R"("ours")");
    CHECK(neglect.evidence_lines.at(1).measures == 0);

    CHECK(p.bodies.at(0).mentions == std::vector<gt::line_range>{{1, 1}, {30, 31}});
    CHECK(p.links.at(0).weak);
    CHECK(p.links.at(1).how == gt::provenance::stated);
    CHECK(p.links.at(1).reason.empty());
    CHECK(p.gaps.at(0).supporting_indicators.at(0) == "standard.contacts");
    CHECK(p.acronyms.at(0).term == "CP");
}

TEST_CASE("a plan that differs in one place is not equal") {
    const gt::plan p = gt::parse_plan(small_plan());
    CHECK_FALSE(p == gt::parse_plan(small_plan_with(R"({"stated": "40"})", R"("unspecified")")));
    CHECK_FALSE(p == gt::parse_plan(small_plan_with(R"(, "weak": true)", "")));
    CHECK_FALSE(p == gt::parse_plan(small_plan_with(R"("x-note": "ours")", R"("x-note": "theirs")")));
    CHECK(p == gt::parse_plan(small_plan_with(R"(, "lead": "unspecified")", "")));
}

TEST_CASE("quotes, backslashes, control characters and other scripts survive") {
    gt::plan p = gt::parse_plan(small_plan());
    p.title = "a \"quoted\" \\ title\n\t\x01 – Ünïcode 子";
    CHECK(gt::parse_plan(gt::to_json(p)) == p);
}

TEST_CASE("the shipped plan is saved byte for byte as it is shipped") {
    const gt::plan p = gt::load_plan(shipped_path);
    CHECK(gt::to_json(p) == file_text(shipped_path));
    CHECK(gt::parse_plan(gt::to_json(p)) == p);
}

TEST_CASE("the plan inside the library is the plan in the folder") {
    CHECK(gt::shipped_plans() == std::vector<std::string>{"leicester_2018_2020"});
    CHECK(gt::shipped_plan("leicester_2018_2020") == gt::load_plan(shipped_path));
    CHECK(gt::shipped_plan_text("leicester_2018_2020") == file_text(shipped_path));
    for (const std::string& id : gt::shipped_plans()) CHECK(gt::shipped_plan(id).id == id);
}

TEST_CASE("JSON stays on a line as long as it fits") {
    using gt::detail::json_node;
    json_node list = json_node::list();
    for (int i = 0; i < 3; ++i) list.add(json_node::number(i));
    json_node small = json_node::object();
    small.add("a", list).add("b", json_node::text("c"));
    CHECK(small.laid_out() == "{\"a\": [0, 1, 2], \"b\": \"c\"}\n");

    const std::string long_text(150, 'x');
    json_node wide = json_node::object();
    wide.add("a", list).add("b", json_node::text(long_text));
    CHECK(wide.laid_out() == "{\n  \"a\": [0, 1, 2],\n  \"b\": \"" + long_text + "\"\n}\n");
}
