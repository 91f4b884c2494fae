// goldenthread: a safeguarding board's plan.
#pragma once

#include <goldenthread/core/conventions.hpp>
#include <goldenthread/plan/plan_element.hpp>
#include <goldenthread/plan/stated_value.hpp>

#include <string>
#include <vector>

namespace goldenthread {

/// The document a plan was taken from.
struct plan_source {
    std::string document;  ///< its file name
    int lines = 0;         ///< how many lines it has; every `source_lines` lies within
    std::string note;
    std::string rights;  ///< whose words they are
    std::vector<plan_extension> extensions;

    friend bool operator==(const plan_source&, const plan_source&) = default;
};

/// A plan: plain values in document order, with links between them. It knows no data and computes nothing.
struct plan {
    std::string id;     ///< "leicester_2018_2020"
    std::string title;  ///< for a heading
    std::string area;
    int first_year = 0;
    int last_year = 0;
    stated_value first_day;  ///< the plan names years; a first and a last day it may leave open
    stated_value last_day;
    plan_source source;
    convention_choices conventions;  ///< of all its indicators, where they do not say otherwise

    std::vector<objective> objectives;
    std::vector<theme> themes;
    std::vector<priority> priorities;
    std::vector<golden_thread> golden_threads;
    std::vector<governance_item> governance;
    std::vector<plan_body> bodies;

    std::vector<plan_link> links;
    std::vector<supporting_indicator> supporting_indicators;
    std::vector<evidence_gap> gaps;
    std::vector<acronym> acronyms;
    std::vector<plan_extension> extensions;

    friend bool operator==(const plan&, const plan&) = default;
};

}  // namespace goldenthread
