// The engine whose saved states are fuzzed: it keeps rows, counts others at once, and keeps a histogram.
#pragma once

#include "tiny_dataset.hpp"

#include <goldenthread/engine/engine.hpp>

#include <string>

namespace fuzz {

inline constexpr std::string_view saved_measures = R"json({"format": "goldenthread/indicators@1", "indicators": [
  {"id": "saved.children", "title": "Kept", "breakdowns": ["sex"], "measure": {"kind": "distinct", "timing": "at",
   "of": "cp_plan", "distinct": ["child_id"], "where": "open(start_date, end_date) and latest_category = 'NEG'"}},
  {"id": "saved.plans", "title": "Counted", "breakdowns": ["latest_category"], "measure": {"kind": "count",
   "timing": "at", "of": "cp_plan", "where": "open(start_date, end_date)"}},
  {"id": "saved.wait", "title": "Histogram", "measure": {"kind": "median", "timing": "in", "of": "referral",
   "where": "during(closure_date)", "value": "closure_date - referral_date"}},
  {"id": "saved.repeats", "title": "Put in order", "measure": {"kind": "share", "timing": "in", "of": "referral",
   "where": "during(referral_date)",
   "numerator": "first(cp_plan as p by child_id order by p.start_date).start_date >= referral_date"}}
]})json";

inline constexpr const char* saved_key = "the key of a fuzz target";

inline engine saved_engine(const std::string& key = saved_key) {
    static const indicator_set set = [] {
        indicator_set parsed;
        parse_indicators(parsed, saved_measures, "saved_engine.hpp");
        return parsed;
    }();
    evaluation_request request;
    request.periods = {parse_period("2018-19"), parse_period("2019-20"), parse_period("2019-20 Q1")};
    request.breakdowns = {{"default"}};
    return {set, set.ids(), request, {key}};
}

}  // namespace fuzz
