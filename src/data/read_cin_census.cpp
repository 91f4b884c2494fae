#include <goldenthread/data/read_cin_census.hpp>

#include "data/derive_columns.hpp"
#include "data/file_text.hpp"
#include "data/row_checker.hpp"
#include "data/xml_text.hpp"

#include <goldenthread/core/text.hpp>

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>

namespace goldenthread {

namespace {

using detail::fail_file;
using detail::has_elements;
using detail::local_name;
using detail::row_checker;
using pugi::xml_node;

constexpr const char* census_return = "a children in need census return";

constexpr std::size_t largest_file = std::size_t{4} << 30U;
constexpr int first_year_with_cin_plans = 2022;

std::string_view text_of(xml_node node) noexcept { return node.child_value(); }

/// True if two elements hold the same names and texts. Deeper than any census block counts as different.
bool same_content(xml_node a, xml_node b, int depth = 0) {
    constexpr int deepest = 8;
    if (depth > deepest || std::string_view(a.name()) != b.name()) return false;
    if (trimmed(a.value()) != trimmed(b.value())) return false;
    xml_node left = a.first_child();
    xml_node right = b.first_child();
    while (left && right) {
        if (!same_content(left, right, depth + 1)) return false;
        left = left.next_sibling();
        right = right.next_sibling();
    }
    return !left && !right;
}

/// A kind of block: the rows it becomes and the elements that fill their columns.
class block {
public:
    block(const char* table_name, std::initializer_list<std::pair<const char*, const char*>> fields,
          const detail::row_origin& origin, std::vector<finding>& findings)
        : name(table_name), rows(canonical_schema().table(table_name), canonical_schema(), origin, findings) {
        for (const auto& [element, column] : fields) fields_.emplace_back(element, rows.position(column));
    }

    /// Reads a field of the row; false if the element is not one of this block's.
    bool read(std::string_view element, xml_node node) {
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (fields_[i].first != element) continue;
            const std::uint32_t bit = std::uint32_t{1} << i;
            if ((seen_ & bit) != 0) {
                rows.report(fields_[i].second, "element_repeated",
                            "the element stands more than once in its block; the first is read", text_of(node));
            } else {
                rows.read(fields_[i].second, text_of(node));
            }
            seen_ |= bit;
            return true;
        }
        return false;
    }

    bool commit(std::size_t child_number) {
        restart();
        return rows.commit(child_number);
    }
    /// The next field belongs to another row.
    void restart() noexcept { seen_ = 0; }

    std::string_view name;
    row_checker rows;

private:
    std::vector<std::pair<std::string_view, std::size_t>> fields_;
    std::uint32_t seen_ = 0;
};

/// Blocks of one kind below one parent, to tell repetitions from several blocks of one day.
class same_day_blocks {
public:
    void clear() { blocks_.clear(); }
    /// Order of the block among those of its day, from 1; 0 if an equal one stood before.
    int add(xml_node node, bool dated, std::int64_t start) {
        int order = 1;
        for (const entry& earlier : blocks_) {
            if (earlier.dated != dated || (dated && earlier.start != start)) continue;
            if (same_content(earlier.node, node)) return 0;
            ++order;
        }
        blocks_.push_back({node, start, dated});
        return order;
    }

private:
    struct entry {
        xml_node node;
        std::int64_t start;
        bool dated;
    };
    std::vector<entry> blocks_;
};

struct census_header {
    std::string collection;
    std::string year_text;
    std::string reference_text;
    int year = 0;
    bool has_reference = false;
    day reference = 0;
};

class census_reader {
public:
    census_reader(const std::string& file, const census_header& header, std::vector<finding>& findings)
        : header_(header), findings_(&findings), origin_(make_origin(file, header)) {}

    void read_children(xml_node children) {
        each_element(children, "person", [&](std::string_view name, xml_node node) {
            if (name == "Child") {
                ++child_number_;
                read_child(node);
            } else {
                note_unknown(name, "Children");
            }
        });
    }

    void finish(dataset& data, source_file& counts);

    /// Elements of `parent` by local name; text between them is reported.
    template <typename Visit>
    void each_element(xml_node parent, std::string_view table_name, Visit visit) {
        detail::each_element(parent, visit, [&](std::string_view text) { report_stray(table_name, text); });
    }

private:
    static detail::row_origin make_origin(const std::string& file, const census_header& header) {
        detail::row_origin origin;
        origin.file = file;
        origin.census_year = header.year;
        return origin;
    }

    void report_stray(std::string_view table_name, std::string_view text) {
        findings_->push_back(detail::stray_text(table_name, origin_.file, child_number_, text));
    }
    void note_unknown(std::string_view name, std::string_view parent) {
        ++unknown_[std::string(name) + "' below '" + std::string(parent)];
    }

    void read_child(xml_node child);
    void read_identifiers(xml_node node);
    void read_sex(std::string_view element, xml_node node);
    void read_characteristics(xml_node node);
    void read_disabilities(xml_node node);
    void finish_person();

    void read_referral(xml_node node);
    bool name_referral(xml_node node);
    /// Reads a repeated block of the referral, names it and sets its parents; false if it is to be passed over.
    bool begin_block(block& kind, same_day_blocks& siblings, xml_node node, const char* id, const char* start,
                     bool with_referral_in_id);
    void read_assessment(xml_node node);
    std::size_t read_factors(xml_node node);
    void decide_outcomes();
    void read_cin_plan(xml_node node);
    void read_section_47(xml_node node);
    void read_conference(std::string_view text, bool in_section_47, bool transfer_in);
    void read_cp_plan(xml_node node);
    void read_reviews(xml_node node);

    void set_parents(row_checker& rows, std::initializer_list<const char*> columns);
    void add_coverage(dataset& data, source_file& counts, bool with_cin_plans) const;

    const census_header& header_;
    std::vector<finding>* findings_;
    detail::row_origin origin_;
    std::map<std::string, std::size_t> unknown_;

    block person_{"person",
                  {{"LAchildID", "child_id"},
                   {"PersonBirthDate", "date_of_birth"},
                   {"ExpectedPersonBirthDate", "expected_date_of_birth"},
                   {"PersonDeathDate", "date_of_death"},
                   {"UPN", "upn"},
                   {"Ethnicity", "ethnicity"}},
                  origin_,
                  *findings_};
    block disability_{"person_disability", {{"Disability", "disability"}}, origin_, *findings_};
    block referral_{"referral",
                    {{"CINreferralDate", "referral_date"},
                     {"ReferralSource", "referral_source"},
                     {"PrimaryNeedCode", "primary_need"},
                     {"CINclosureDate", "closure_date"},
                     {"ReasonForClosure", "closure_reason"},
                     {"ReferralNFA", "referral_nfa"}},
                    origin_,
                    *findings_};
    block assessment_{"assessment",
                      {{"AssessmentActualStartDate", "start_date"}, {"AssessmentAuthorisationDate", "authorised_date"}},
                      origin_,
                      *findings_};
    block factor_{"assessment_factor", {}, origin_, *findings_};
    block cin_plan_{
        "cin_plan", {{"CINPlanStartDate", "start_date"}, {"CINPlanEndDate", "end_date"}}, origin_, *findings_};
    block section_47_{"section_47",
                      {{"S47ActualStartDate", "start_date"},
                       {"InitialCPCtarget", "conference_target_date"},
                       {"ICPCnotRequired", "conference_not_required"}},
                      origin_,
                      *findings_};
    block conference_{"initial_conference", {}, origin_, *findings_};
    block cp_plan_{"cp_plan",
                   {{"CPPstartDate", "start_date"},
                    {"CPPendDate", "end_date"},
                    {"InitialCategoryOfAbuse", "initial_category"},
                    {"LatestCategoryOfAbuse", "latest_category"},
                    {"NumberOfPreviousCPP", "number_of_previous_plans"}},
                   origin_,
                   *findings_};
    block review_{"cp_review", {}, origin_, *findings_};
    const std::array<block*, 10> blocks_ = {&person_,   &disability_, &referral_,   &assessment_, &factor_,
                                            &cin_plan_, &section_47_, &conference_, &cp_plan_,    &review_};

    // The child and the referral that are being read.
    std::size_t child_number_ = 0;
    bool has_child_id_ = false;
    std::string child_id_;
    std::string referral_id_;
    std::string block_id_;
    std::string scratch_;
    bool has_disability_ = false;
    bool is_disabled_ = false;
    same_day_blocks referrals_;
    same_day_blocks assessments_;
    same_day_blocks cin_plans_;
    same_day_blocks sections_47_;
    same_day_blocks cp_plans_;
    std::vector<std::int64_t> conference_days_;
    std::size_t conferences_without_day_ = 0;
    std::size_t collapsed_conferences_ = 0;
    bool closed_ = false;
    bool closed_without_action_ = false;

    // assessment.outcome_nfa of every kept assessment: 0, 1, or -1 for null.
    std::vector<std::int8_t> outcomes_;
    std::size_t first_outcome_ = 0;    // of the referral that is being read
    std::size_t last_assessment_ = 0;  // kept row with the latest start of that referral
    std::int64_t last_start_ = 0;
};

void census_reader::read_child(xml_node child) {
    has_disability_ = false;
    is_disabled_ = false;
    referrals_.clear();
    cp_plans_.clear();
    // Identifiers first, whatever the order of the blocks: everything else needs the child's id.
    for (xml_node node = child.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) == "ChildIdentifiers") read_identifiers(node);
    }
    const std::size_t id = person_.rows.position("child_id");
    has_child_id_ = !person_.rows.is_null(id);
    child_id_ = has_child_id_ ? person_.rows.text(id) : std::string();
    for (xml_node node = child.first_child(); node; node = node.next_sibling()) {
        if (local_name(node) == "ChildCharacteristics") read_characteristics(node);
    }
    finish_person();
    each_element(child, "person", [&](std::string_view name, xml_node node) {
        if (name == "CINdetails") {
            read_referral(node);
        } else if (name != "ChildIdentifiers" && name != "ChildCharacteristics") {
            note_unknown(name, "Child");
        }
    });
}

void census_reader::read_identifiers(xml_node node) {
    each_element(node, "person", [&](std::string_view name, xml_node field) {
        if (name == "GenderCurrent" || name == "Sex") {
            read_sex(name, field);
        } else if (!person_.read(name, field) && name != "FormerUPN" && name != "UPNunknown") {
            note_unknown(name, "ChildIdentifiers");
        }
    });
}

void census_reader::read_sex(std::string_view element, xml_node node) {
    const std::size_t sex = person_.rows.position("sex");
    const std::string_view text = trimmed(text_of(node));
    if (detail::is_blank(text) || (element == "GenderCurrent" && !person_.rows.is_null(sex))) return;
    if (text == "1") {
        person_.rows.set_text(sex, "M");
    } else if (text == "2") {
        person_.rows.set_text(sex, "F");
    } else if (text == "0") {
        person_.rows.set_text(sex, "U");
    } else if (text == "9") {
        person_.rows.set_text(sex, "U");
        person_.rows.report(sex, "sex_indeterminate", "indeterminate (code 9); read as U", text,
                            finding_action::repaired);
    } else {
        person_.rows.read(sex, text);
    }
}

void census_reader::read_characteristics(xml_node node) {
    each_element(node, "person", [&](std::string_view name, xml_node field) {
        if (name == "Disabilities") {
            read_disabilities(field);
        } else if (!person_.read(name, field)) {
            note_unknown(name, "ChildCharacteristics");
        }
    });
}

void census_reader::read_disabilities(xml_node node) {
    const std::size_t kind = disability_.rows.position("disability");
    each_element(node, "person_disability", [&](std::string_view name, xml_node field) {
        if (name != "Disability") {
            note_unknown(name, "Disabilities");
            return;
        }
        const std::string_view text = trimmed(text_of(field));
        if (detail::is_blank(text)) return;
        if (has_child_id_) disability_.rows.set_text(disability_.rows.position("child_id"), child_id_);
        disability_.rows.read(kind, text);
        if (!disability_.rows.is_null(kind)) {
            has_disability_ = true;
            is_disabled_ = is_disabled_ || disability_.rows.text(kind) != "NONE";
        }
        static_cast<void>(disability_.commit(child_number_));
    });
}

void census_reader::finish_person() {
    if (has_disability_) person_.rows.set_boolean(person_.rows.position("disabled"), is_disabled_);
    static_cast<void>(person_.commit(child_number_));
}

void census_reader::set_parents(row_checker& rows, std::initializer_list<const char*> columns) {
    if (!has_child_id_) return;
    for (const char* name : columns) {
        const std::string_view column = name;
        rows.set_text(rows.position(column), column == "child_id"      ? child_id_
                                             : column == "referral_id" ? referral_id_
                                                                       : block_id_);
    }
}

void census_reader::read_referral(xml_node node) {
    if (!has_elements(node)) {
        referral_.rows.reject(child_number_, "block_empty", "the block is empty; it is set aside");
        return;
    }
    xml_node conference;
    std::size_t sections_47 = 0;
    each_element(node, "referral", [&](std::string_view name, xml_node field) {
        if (referral_.read(name, field)) return;
        if (name == "DateOfInitialCPC") {
            conference = field;
        } else if (name == "Section47") {
            ++sections_47;
        } else if (name != "Assessments" && name != "CINPlanDates" && name != "ChildProtectionPlans") {
            note_unknown(name, "CINdetails");
        }
    });
    if (!name_referral(node)) return;

    assessments_.clear();
    cin_plans_.clear();
    sections_47_.clear();
    conference_days_.clear();
    conferences_without_day_ = 0;
    first_outcome_ = outcomes_.size();
    for (xml_node field = node.first_child(); field; field = field.next_sibling()) {
        const std::string_view name = local_name(field);
        if (name == "Assessments") read_assessment(field);
        if (name == "CINPlanDates") read_cin_plan(field);
        if (name == "Section47") read_section_47(field);
        if (name == "ChildProtectionPlans") read_cp_plan(field);
    }
    decide_outcomes();
    if (conference) read_conference(text_of(conference), false, sections_47 == 0);
}

bool census_reader::name_referral(xml_node node) {
    row_checker& rows = referral_.rows;
    const std::size_t start = rows.position("referral_date");
    const std::size_t reason = rows.position("closure_reason");
    const bool dated = !rows.is_null(start);
    const int order = referrals_.add(node, dated, dated ? rows.value(start) : 0);
    closed_ = !rows.is_null(rows.position("closure_date"));
    closed_without_action_ = !rows.is_null(reason) && (rows.text(reason) == "RC8" || rows.text(reason) == "RC9");
    if (order == 0) {
        set_parents(rows, {"child_id"});
        referral_.restart();
        rows.reject(child_number_, "duplicate_row", "the same block stands more than once; one is kept");
        return false;
    }
    referral_id_ = child_id_;
    referral_id_ += '#';
    if (dated) referral_id_ += to_iso(static_cast<day>(rows.value(start)));
    referral_id_ += '#';
    referral_id_ += std::to_string(order);
    set_parents(rows, {"referral_id", "child_id"});
    static_cast<void>(referral_.commit(child_number_));
    return true;
}

bool census_reader::begin_block(block& kind, same_day_blocks& siblings, xml_node node, const char* id,
                                const char* start, bool with_referral_in_id) {
    row_checker& rows = kind.rows;
    if (!has_elements(node)) {
        rows.reject(child_number_, "block_empty", "the block is empty; it is set aside");
        return false;
    }
    each_element(node, kind.name, [&](std::string_view name, xml_node field) {
        if (kind.read(name, field)) return;
        if (name != "FactorsIdentifiedAtAssessment" && name != "AssessmentInternalReviewDate" &&
            name != "DateOfInitialCPC" && name != "Reviews") {
            note_unknown(name, local_name(node));
        }
    });
    const std::size_t start_column = rows.position(start);
    const bool dated = !rows.is_null(start_column);
    const int order = siblings.add(node, dated, dated ? rows.value(start_column) : 0);
    if (order == 0) {
        kind.restart();
        rows.reject(child_number_, "duplicate_row", "the same block stands more than once; one is kept");
        return false;
    }
    block_id_ = with_referral_in_id ? referral_id_ : child_id_;
    block_id_ += '#';
    if (dated) block_id_ += to_iso(static_cast<day>(rows.value(start_column)));
    if (with_referral_in_id || !dated) {
        block_id_ += '#';
        block_id_ += std::to_string(order);
    }
    set_parents(rows, {id, "referral_id", "child_id"});
    return true;
}

void census_reader::read_assessment(xml_node node) {
    if (!begin_block(assessment_, assessments_, node, "assessment_id", "start_date", true)) return;
    row_checker& rows = assessment_.rows;
    std::size_t valid_factors = 0;
    for (xml_node field = node.first_child(); field; field = field.next_sibling()) {
        if (local_name(field) == "FactorsIdentifiedAtAssessment") valid_factors += read_factors(field);
    }
    const std::size_t start = rows.position("start_date");
    const std::int64_t started = rows.is_null(start) ? earliest_day : rows.value(start);
    if (!rows.is_null(rows.position("authorised_date"))) {
        rows.set_boolean(rows.position("factors_recorded"), valid_factors != 0);
    }
    if (!assessment_.commit(child_number_)) return;
    if (outcomes_.size() == first_outcome_ || started >= last_start_) {
        last_assessment_ = outcomes_.size();
        last_start_ = started;
    }
    outcomes_.push_back(0);
}

std::size_t census_reader::read_factors(xml_node node) {
    const std::size_t factor = factor_.rows.position("factor");
    std::size_t valid = 0;
    each_element(node, "assessment_factor", [&](std::string_view name, xml_node field) {
        if (name != "AssessmentFactors") {
            note_unknown(name, "FactorsIdentifiedAtAssessment");
            return;
        }
        const std::string_view text = trimmed(text_of(field));
        if (detail::is_blank(text)) return;
        set_parents(factor_.rows, {"assessment_id"});
        factor_.rows.read(factor, text);
        if (!factor_.rows.is_null(factor)) ++valid;
        static_cast<void>(factor_.commit(child_number_));
    });
    return valid;
}

void census_reader::decide_outcomes() {
    if (outcomes_.size() == first_outcome_) return;
    outcomes_[last_assessment_] = closed_without_action_ ? std::int8_t{1} : closed_ ? std::int8_t{0} : std::int8_t{-1};
}

void census_reader::read_cin_plan(xml_node node) {
    if (!begin_block(cin_plan_, cin_plans_, node, "cin_plan_id", "start_date", true)) return;
    static_cast<void>(cin_plan_.commit(child_number_));
}

void census_reader::read_section_47(xml_node node) {
    if (!begin_block(section_47_, sections_47_, node, "section_47_id", "start_date", true)) return;
    static_cast<void>(section_47_.commit(child_number_));
    for (xml_node field = node.first_child(); field; field = field.next_sibling()) {
        if (local_name(field) == "DateOfInitialCPC") read_conference(text_of(field), true, false);
    }
}

void census_reader::read_conference(std::string_view text, bool in_section_47, bool transfer_in) {
    row_checker& rows = conference_.rows;
    const std::size_t held = rows.position("conference_date");
    rows.read(held, text);
    if (rows.is_null(held) && !rows.was_rejected(held)) return;
    scratch_ = referral_id_ + '#';
    if (rows.is_null(held)) {
        scratch_ += '#' + std::to_string(++conferences_without_day_);
    } else {
        const std::int64_t when = rows.value(held);
        if (std::find(conference_days_.begin(), conference_days_.end(), when) != conference_days_.end()) {
            ++collapsed_conferences_;
            return;
        }
        conference_days_.push_back(when);
        scratch_ += to_iso(static_cast<day>(when));
    }
    if (has_child_id_) rows.set_text(rows.position("conference_id"), scratch_);
    set_parents(rows, {"referral_id", "child_id"});
    if (in_section_47) set_parents(rows, {"section_47_id"});
    rows.set_boolean(rows.position("transfer_in"), transfer_in);
    static_cast<void>(conference_.commit(child_number_));
}

void census_reader::read_cp_plan(xml_node node) {
    if (!begin_block(cp_plan_, cp_plans_, node, "cp_plan_id", "start_date", false)) return;
    static_cast<void>(cp_plan_.commit(child_number_));
    for (xml_node field = node.first_child(); field; field = field.next_sibling()) {
        if (local_name(field) == "Reviews") read_reviews(field);
    }
}

void census_reader::read_reviews(xml_node node) {
    const std::size_t held = review_.rows.position("review_date");
    each_element(node, "cp_review", [&](std::string_view name, xml_node field) {
        if (name != "CPPreviewDate") {
            note_unknown(name, "Reviews");
            return;
        }
        if (detail::is_blank(trimmed(text_of(field)))) return;
        review_.rows.read(held, text_of(field));
        set_parents(review_.rows, {"cp_plan_id", "child_id"});
        static_cast<void>(review_.commit(child_number_));
    });
}

void census_reader::add_coverage(dataset& data, source_file& counts, bool with_cin_plans) const {
    const int year = header_.year != 0 ? header_.year : header_.has_reference ? to_civil(header_.reference).year : 0;
    if (year == 0) {
        counts.notes.push_back("the header gives neither Year nor ReferenceDate: coverage is not known");
        return;
    }
    const day first = to_day(year - 1, 4, 1);
    const day last = header_.has_reference ? header_.reference : to_day(year, 3, 31);
    if (last < first) {
        counts.notes.push_back("the header's ReferenceDate lies before its Year: coverage is not known");
        return;
    }
    detail::row_origin origin = origin_;
    row_checker rows(canonical_schema().table("coverage"), canonical_schema(), origin, *findings_);
    for (const block* kind : blocks_) {
        if (kind == &person_ || kind == &disability_ || (kind == &cin_plan_ && !with_cin_plans)) continue;
        rows.set_text(rows.position("table_name"), kind->name);
        rows.set_day(rows.position("first_day"), first);
        rows.set_day(rows.position("last_day"), last);
        static_cast<void>(rows.commit(0));
    }
    data.add(rows.finish());
}

/// The census has no lists behind plans of multiple categories. An empty table leaves only those plans unknown; without
/// it every question about a plan's category would be missing.
table no_category_lists() {
    const table_schema& shape = canonical_schema().table("cp_plan_category");
    std::vector<column> columns;
    for (const column_schema& c : shape.columns) columns.push_back(column_builder(c.name, c.type).finish());
    return {shape.name, std::move(columns)};
}

void census_reader::finish(dataset& data, source_file& counts) {
    for (const block* kind : blocks_) {
        counts.rows_read += kind->rows.rows_read();
        counts.rows_kept += kind->rows.rows_kept();
        counts.rows_set_aside += kind->rows.rows_set_aside();
    }
    const bool with_cin_plans = header_.year >= first_year_with_cin_plans || cin_plan_.rows.rows_read() != 0;
    const bool with_assessments = assessment_.rows.rows_kept() != 0;
    add_coverage(data, counts, with_cin_plans);
    for (block* kind : blocks_) {
        if (kind == &cin_plan_ && !with_cin_plans) continue;
        if (kind != &assessment_) {
            data.add(kind->rows.finish());
            continue;
        }
        column_builder outcome("outcome_nfa", value_type::boolean);
        for (const std::int8_t value : outcomes_) {
            if (value < 0) {
                outcome.append_null();
            } else {
                outcome.append_boolean(value != 0);
            }
        }
        data.add(detail::with_column(kind->rows.finish(), outcome.finish()));
    }
    data.add(no_category_lists());
    for (const auto& [element, count] : unknown_) {
        counts.notes.push_back("element '" + element + "' is not known and was not read: " + std::to_string(count) +
                               (count == 1 ? " time" : " times"));
    }
    if (with_assessments) {
        counts.notes.push_back("assessment.outcome_nfa is derived from the closure reasons RC8 and RC9");
    }
    if (collapsed_conferences_ != 0) {
        counts.notes.push_back("initial conferences that stood twice in one referral became one row: " +
                               std::to_string(collapsed_conferences_));
    }
    if (!with_cin_plans) counts.notes.push_back("table cin_plan is not supplied: the census asks for it from 2022");
}

census_header read_header(xml_node root, const std::string& file, source_file& counts) {
    census_header result;
    for (xml_node header = root.first_child(); header; header = header.next_sibling()) {
        if (local_name(header) != "Header") continue;
        for (xml_node details = header.first_child(); details; details = details.next_sibling()) {
            if (local_name(details) != "CollectionDetails") continue;
            for (xml_node field = details.first_child(); field; field = field.next_sibling()) {
                const std::string text(trimmed(text_of(field)));
                if (local_name(field) == "Collection") result.collection = text;
                if (local_name(field) == "Year") result.year_text = text;
                if (local_name(field) == "ReferenceDate") result.reference_text = text;
            }
        }
    }
    if (!result.collection.empty() && to_ascii_upper(result.collection) != "CIN") {
        fail_file(file, "is not a children in need census: its header says '" + result.collection.substr(0, 40) + "'",
                  "/Message/Header/CollectionDetails/Collection");
    }
    constexpr int earliest_census = 2009;
    constexpr int latest_census = 2199;
    if (result.year_text.size() == 4 && std::all_of(result.year_text.begin(), result.year_text.end(), is_ascii_digit)) {
        int year = 0;
        for (const char c : result.year_text) year = year * 10 + (c - '0');
        if (year >= earliest_census && year <= latest_census) result.year = year;
    }
    if (result.year == 0) counts.notes.emplace_back("the header's Year is missing or is no census year");
    if (const auto reference = parse_iso_day(std::string_view(result.reference_text).substr(0, 10));
        reference && *reference > earliest_day && *reference <= latest_day) {
        result.has_reference = true;
        result.reference = *reference;
    } else {
        counts.notes.emplace_back("the header's ReferenceDate is missing or is no date");
    }
    return result;
}

}  // namespace

dataset parse_cin_census(std::string xml, const std::string& file) {
    pugi::xml_document document;
    detail::load_xml(document, xml, file, census_return);
    const xml_node root = detail::expect_root(document, file, "Message", "a children in need census");
    dataset data;
    source_file counts;
    counts.name = detail::file_name(file);
    const census_header header = read_header(root, file, counts);
    counts.kind = header.year == 0 ? "CIN census" : "CIN census " + std::to_string(header.year);

    census_reader reader(counts.name, header, data.findings());
    bool has_children = false;
    reader.each_element(root, "person", [&](std::string_view name, xml_node node) {
        if (name == "Children") {
            has_children = true;
            reader.read_children(node);
        } else if (name != "Header") {
            counts.notes.push_back("element '" + std::string(name.substr(0, 60)) + "' below 'Message' was not read");
        }
    });
    if (!has_children)
        fail_file(file, "is not a children in need census: the element 'Children' is missing", "/Message");
    reader.finish(data, counts);
    data.files().push_back(std::move(counts));
    return data;
}

dataset read_cin_census(const std::string& path) {
    return parse_cin_census(detail::load_file(path, largest_file), path);
}

}  // namespace goldenthread
