// goldenthread: the children in need census as XML. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>

#include <string>

namespace goldenthread {

/// Reads one children in need census return, 2017 or later (`Message/Children/Child`), into the canonical tables
/// person, person_disability, referral, assessment, assessment_factor, section_47, initial_conference, cp_plan,
/// cp_review, coverage and, from 2022 or where the file has one, cin_plan.
///
/// The file has no keys: the reader makes them, stable over years: `child#date#n` for referrals (n = order among those
/// of one day), `referral#date#n` for what belongs to a referral, `referral#date` for conferences, `child#date` for
/// child protection plans. A conference that stands in the section 47 enquiry and in the referral is one row. Coverage
/// runs from 1 April of the year before the header's `Year` to its `ReferenceDate`.
///
/// Derived: `person.disabled`, `assessment.factors_recorded`, `initial_conference.transfer_in` (no section 47 enquiry
/// in the episode) and `assessment.outcome_nfa` (true for the last assessment of an episode closed for RC8 or RC9, null
/// for the last one of an open episode, false otherwise).
///
/// Bad values, repeated blocks and children and stray text are findings whose `row` is the number of the `Child`
/// element; elements this reader does not know are counted in `files()[0].notes`.
/// \throws data_error naming file and line for a file that is not there, empty, not XML, cut off, not UTF-8, or not a
///         children in need census
/// Source: Department for Education, Children in need census: technical specifications 2017 to 2024.
[[nodiscard]] dataset read_cin_census(const std::string& path);

/// The same from text; `file` is used in messages.
[[nodiscard]] dataset parse_cin_census(std::string xml, const std::string& file);

}  // namespace goldenthread
