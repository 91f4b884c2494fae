// A plan with one of everything, for tests that change one thing.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

inline std::string small_plan() {
    return R"json({
  "format": "goldenthread/plan@1",
  "id": "little",
  "title": "A little plan",
  "area": "Exampleshire (synthetic)",
  "years": [2021, 2023],
  "first_day": {"stated": "1 April 2021"},
  "last_day": "unspecified",
  "source": {"document": "little.md", "lines": 40},
  "x-colour": {"accent": "blue"},
  "objectives": [{"id": "O1", "slug": "safe", "text": "Children are safe", "source_lines": [3, 3], "lead": "unspecified"}],
  "themes": [{"id": "T1", "slug": "neglect", "text": "Neglect", "source_lines": [4, 4]}],
  "priorities": [
    {
      "id": "P1", "slug": "neglect", "text": "Neglect", "source_lines": [5, 6],
      "outcome_statements": [{"id": "P1.S1", "slug": "seen", "text": "Neglect is seen early.", "source_lines": [6, 6]}],
      "assurance_activities": [
        {"id": "P1.A1", "slug": "training", "text": "Training", "source_lines": [8, 8], "record_kinds": ["TRAINING"],
         "done_when": {"inferred": "all have come", "reason": "what training is for", "by": "Board", "date": "2021-05-01"}}
      ],
      "evidence_lines": [
        {"id": "P1.E1", "slug": "toolkits", "text": "Number of toolkits", "source_lines": [10, 10], "kind": "quantitative",
         "indicators": ["neglect.toolkits_completed"], "target": {"stated": "40"}, "x-note": "ours"},
        {"id": "P1.E2", "slug": "audit", "text": "Audit findings", "source_lines": [11, 11], "kind": "qualitative",
         "record_kinds": ["MULTI_AGENCY_AUDIT"]}
      ]
    }
  ],
  "golden_threads": [{"id": "G1", "slug": "voice", "text": "Voice", "source_lines": [20, 20]}],
  "governance": [{"id": "D1", "slug": "risks", "text": "Risk register", "source_lines": [22, 22], "kind": "document"}],
  "bodies": [{"id": "B1", "slug": "board", "text": "Board", "source_lines": [1, 1], "mentions": [[1, 1], [30, 31]]}],
  "links": [
    {"from": "P1", "to": "O1", "provenance": "inferred", "reason": "neglect is harm", "weak": true},
    {"from": "P1.S1", "to": "P1.E1", "provenance": "stated"},
    {"from": "standard.contacts", "to": "O1", "provenance": "inferred", "reason": "access"}
  ],
  "supporting_indicators": [{"id": "standard.contacts", "note": "Not a line of the plan."}],
  "gaps": [{"element": "P1.S1", "words": "early", "supporting_indicators": ["standard.contacts"]}],
  "acronyms": [{"term": "CP", "source_lines": [9, 9], "meaning": "unspecified"}]
})json";
}

/// The small plan with the first `old_text` replaced.
inline std::string small_plan_with(std::string_view old_text, std::string_view new_text) {
    std::string text = small_plan();
    const std::size_t at = text.find(old_text);
    if (at == std::string::npos) throw std::logic_error("the small plan has no " + std::string(old_text));
    return text.replace(at, old_text.size(), new_text);
}
