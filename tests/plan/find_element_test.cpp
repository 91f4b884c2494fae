#include <goldenthread/plan/find_element.hpp>
#include <goldenthread/plan/plan_links.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include "catch.hpp"
#include "small_plan.hpp"

#include <string>
#include <vector>

namespace gt = goldenthread;

TEST_CASE("elements come in document order") {
    const gt::plan p = gt::parse_plan(small_plan());
    CHECK(gt::all_element_ids(p) ==
          std::vector<std::string>{"O1", "T1", "P1", "P1.S1", "P1.A1", "P1.E1", "P1.E2", "G1", "D1", "B1"});
}

TEST_CASE("an element is found by id and by slug path") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    const gt::evidence_line* line = gt::find_evidence_line(p, "P6.E2");
    REQUIRE(line != nullptr);
    CHECK(line->slug == "cp_12_months");
    CHECK(gt::find_evidence_line(p, "neglect.cp_12_months") == line);
    CHECK(gt::find_activity(p, "poverty.universal_credit")->id == "P8.A3");
    CHECK(gt::find_priority(p, "mental_health")->id == "P7");
    CHECK(gt::element_at(p, "theme.mental_health").element->id == "T5");
    CHECK(gt::element_at(p, "objective.lived_experience").element->id == "O3");
    CHECK(gt::element_at(p, "golden_thread.lived_experience").element->id == "G2");
    CHECK(gt::element_at(p, "governance.risk_register").element->id == "D6");
    CHECK(gt::element_at(p, "body.paag").element->text == "PAAG");

    const gt::element_view view = gt::element_at(p, "P6.E2");
    CHECK(view.kind == gt::element_kind::evidence_line);
    REQUIRE(view.parent != nullptr);
    CHECK(view.parent->id == "P6");
    CHECK(gt::slug_path(view) == "neglect.cp_12_months");
}

TEST_CASE("every element is found by both its names") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    gt::for_each_element(p, [&p](const gt::element_view& view) {
        CHECK(gt::element_at(p, view.element->id).element == view.element);
        CHECK(gt::element_at(p, gt::slug_path(view)).element == view.element);
    });
}

TEST_CASE("an unknown element is an error with the nearest name") {
    const gt::plan p = gt::shipped_plan("leicester_2018_2020");
    CHECK_FALSE(gt::find_element(p, "P9.E1").has_value());
    CHECK(gt::find_evidence_line(p, "P6.A1") == nullptr);
    CHECK_THROWS_WITH(gt::element_at(p, "neglect.cp_12_month"),
                      "leicester_2018_2020: the plan has no element 'neglect.cp_12_month'\n"
                      "  did you mean 'neglect.cp_12_months'?");
}

TEST_CASE("links are found from either end") {
    const gt::plan p = gt::parse_plan(small_plan());
    REQUIRE(gt::links_from(p, "P1").size() == 1);
    CHECK(gt::links_from(p, "P1")[0].to == "O1");
    CHECK(gt::links_to(p, "O1").size() == 2);
    CHECK(gt::links_from(p, "standard.contacts").size() == 1);
    CHECK(gt::links_to(p, "G1").empty());
}
