// What happens to a family, topic by topic. Each function adds the rows that the extract holds.
#pragma once

#include "synthetic/family.hpp"
#include "synthetic/row_store.hpp"

namespace goldenthread::exampleshire {

/// One episode of need, decided before any of its rows is written. Days may lie outside the extract.
struct episode_of_need {
    day referral = 0;
    code_text source, need;
    bool nfa = false;
    bool not_in_need = false;  ///< assessed, no service needed
    day assessment_start = 0, authorised = 0;
    optional_day enquiry;  ///< section 47
    optional_day enquiry_end;
    optional_day conference;
    bool transfer_in = false;
    bool other_authority = false;
    optional_day plan_end;  ///< set if the conference led to a plan
    code_text initial_category, latest_category;
    optional_day category_changed;
    optional_day care_start, care_end;
    code_text care_end_reason;
    bool short_breaks = false;
    day closed = 0;  ///< for no further action: the referral itself
    code_text closure_reason;
    std::uint32_t round = 0;  ///< which episode of the child, from 0
};

/// Referrals to closure, as often as the child comes back; contacts behind the referrals.
void live_social_care(const family& f, child& c, const extract& e, row_store& rows);

/// Contacts that led to nothing more.
void make_contacts(const family& f, child& c, const extract& e, row_store& rows);

/// Early help before, without or after social care.
void live_early_help(const family& f, child& c, const extract& e, row_store& rows);
/// Early help that follows the closure of an episode.
void step_down(const family& f, child& c, const episode_of_need& n, const extract& e, row_store& rows);

/// Episodes, placements and legal statuses of one stay in care, or of short breaks.
void live_in_care(const family& f, child& c, const episode_of_need& n, const extract& e, row_store& rows);

/// Factors found by an assessment authorised on `authorised`, in the order of the code list; never empty.
[[nodiscard]] std::vector<code_text> draw_factors(const family& f, const child& c, const episode_of_need& n,
                                                  day authorised, std::uint32_t round);

/// Poverty, homelessness and no recourse as recorded at an authorised assessment.
void raise_flags(const family& f, const child& c, const episode_of_need& n, const extract& e, row_store& rows);
/// The parents' own childhood, asked at an assessment of an unborn child or of one who comes into care.
void ask_parents(const family& f, const child& c, const episode_of_need& n, const extract& e, row_store& rows);

// Partners' rows, once it is known which children are in the extract.
void meet_police(const family& f, const extract& e, row_store& rows);
void meet_exploitation_team(const family& f, const child& c, const extract& e, row_store& rows);
void meet_health(const family& f, const child& c, const extract& e, row_store& rows);
void meet_housing(const family& f, const child& c, const extract& e, row_store& rows);
void use_neglect_toolkit(const family& f, const extract& e, row_store& rows);
void audit_early_help(const family& f, const extract& e, row_store& rows);
void live_privately_fostered(const family& f, const child& c, const extract& e, row_store& rows);

/// Mid-year estimates that give the rates of England in 2018-19, coverage of every dated table.
void describe_area(std::int64_t child_population, const extract& e, row_store& rows);
/// What the safeguarding board keeps of its own work: bodies, meetings, decisions, records of assurance, risks,
/// documents, training. No row is about a child.
void keep_board_records(std::uint64_t seed, const extract& e, row_store& rows);

}  // namespace goldenthread::exampleshire
