#include "synthetic/day_text.hpp"
#include "synthetic/return_writers.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <string>

namespace goldenthread::exampleshire {

namespace {

namespace fs = std::filesystem;

/// Appends elements. No text of Exampleshire holds a character that XML reserves.
class xml_text {
public:
    explicit xml_text(std::string& text) : text_(text) {}

    void open(std::string_view element) { (text_ += '<') += element, text_ += ">\n"; }
    void close(std::string_view element) { (text_ += "</") += element, text_ += ">\n"; }
    void value(std::string_view element, std::string_view content) {
        if (content.empty()) return;
        begin(element);
        text_ += content;
        end(element);
    }
    void value(std::string_view element, const identifier& id) {
        begin(element);
        append_identifier(text_, id);
        end(element);
    }
    void value(std::string_view element, optional_day d) {
        if (!d) return;
        begin(element);
        append_iso_day(text_, *d);
        end(element);
    }
    void number(std::string_view element, std::int64_t n) {
        begin(element);
        append_number(text_, n);
        end(element);
    }

private:
    void begin(std::string_view element) { (text_ += '<') += element, text_ += '>'; }
    void end(std::string_view element) { close(element); }
    std::string& text_;
};

void append_start(std::string& text, const return_year& y) {
    xml_text x(text);
    text += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    x.open("Message");
    x.open("Header");
    x.open("CollectionDetails");
    x.value("Collection", "CIN");
    x.number("Year", y.year);
    x.value("ReferenceDate", optional_day(y.last));
    x.close("CollectionDetails");
    x.open("Source");
    x.value("SourceLevel", "L");
    x.value("LEA", "000");
    x.value("SoftwareCode", exampleshire_area);
    x.value("Release", "1");
    x.value("SerialNo", "1");
    x.close("Source");
    x.close("Header");
    x.open("Children");
}

/// The rows of one child in one year's return.
class child_writer {
public:
    child_writer(xml_text& x, const return_year& y, const row_store& rows, const person_row& person)
        : x_(x), y_(y), rows_(rows), person_(person) {}

    /// True for an episode that was open on a day of the year; one without further action counts in its own year.
    [[nodiscard]] bool is_returned(const referral_row& r) const {
        if (r.child != person_.child) return false;
        return r.nfa ? y_.holds(r.date) : y_.holds_stay(r.date, r.closed);
    }

    void write() const {
        x_.open("Child");
        write_identifiers();
        write_characteristics();
        for (const referral_row& r : rows_.referral) {
            if (is_returned(r)) write_episode(r);
        }
        x_.close("Child");
    }

private:
    void write_identifiers() const {
        const bool born = person_.is_born_by(y_.last);
        x_.open("ChildIdentifiers");
        x_.value("LAchildID", person_.child);
        std::string upn;
        if (person_.upn != 0) append_upn(upn, person_.upn);
        x_.value("UPN", upn);
        x_.value("PersonBirthDate", born ? optional_day(person_.born) : std::nullopt);
        x_.value("ExpectedPersonBirthDate", born ? std::nullopt : person_.due);
        // From 2024 the files name the element Sex and spell it out.
        const code_text sex = born ? person_.sex : "U";
        if (y_.year >= 2024) {
            x_.value("Sex", sex);
        } else {
            x_.value("GenderCurrent", sex == "M" ? code_text("1") : sex == "F" ? code_text("2") : code_text("0"));
        }
        x_.value("PersonDeathDate", y_.known(person_.died));
        x_.close("ChildIdentifiers");
    }

    void write_characteristics() const {
        x_.open("ChildCharacteristics");
        x_.value("Ethnicity", person_.ethnicity);
        if (person_.disabled) {
            x_.open("Disabilities");
            for (const person_disability_row& r : rows_.person_disability) {
                if (r.child == person_.child) x_.value("Disability", r.disability);
            }
            x_.close("Disabilities");
        }
        x_.close("ChildCharacteristics");
    }

    void write_episode(const referral_row& r) const {
        x_.open("CINdetails");
        x_.value("CINreferralDate", optional_day(r.date));
        x_.value("ReferralSource", r.source);
        x_.value("PrimaryNeedCode", r.need);
        const optional_day closed = y_.known(r.closed);
        x_.value("CINclosureDate", closed);
        if (closed) x_.value("ReasonForClosure", r.closure_reason);
        write_transfer_conference(r);
        write_assessments(r);
        if (y_.year >= 2022) write_cin_plans(r);
        write_enquiries(r);
        x_.value("ReferralNFA", r.nfa ? "true" : "false");
        write_plans(r);
        x_.close("CINdetails");
    }

    /// A conference after a transfer has no section 47 to stand in.
    void write_transfer_conference(const referral_row& r) const {
        for (const initial_conference_row& c : rows_.initial_conference) {
            if (c.referral == r.id && c.section_47.is_null() && y_.holds(c.date))
                x_.value("DateOfInitialCPC", optional_day(c.date));
        }
    }

    /// Those authorised in the year, and those in progress at its end (rule 8696).
    void write_assessments(const referral_row& r) const {
        for (const assessment_row& a : rows_.assessment) {
            const optional_day authorised = y_.known(a.authorised);
            if (a.referral != r.id || a.start > y_.last || (authorised && *authorised < y_.first)) continue;
            x_.open("Assessments");
            x_.value("AssessmentActualStartDate", optional_day(a.start));
            x_.value("AssessmentAuthorisationDate", authorised);
            if (authorised && a.factors_recorded == true) write_factors(a);
            x_.close("Assessments");
        }
    }

    void write_factors(const assessment_row& a) const {
        x_.open("FactorsIdentifiedAtAssessment");
        for (const assessment_factor_row& f : rows_.assessment_factor) {
            if (f.assessment == a.id) x_.value("AssessmentFactors", f.factor);
        }
        x_.close("FactorsIdentifiedAtAssessment");
    }

    void write_cin_plans(const referral_row& r) const {
        for (const cin_plan_row& p : rows_.cin_plan) {
            if (p.referral != r.id || !y_.holds_stay(p.start, p.end)) continue;
            x_.open("CINPlanDates");
            x_.value("CINPlanStartDate", optional_day(p.start));
            x_.value("CINPlanEndDate", y_.known(p.end));
            x_.close("CINPlanDates");
        }
    }

    void write_enquiries(const referral_row& r) const {
        for (const section_47_row& s : rows_.section_47) {
            if (s.referral != r.id || !y_.holds_stay(s.start, s.end)) continue;
            optional_day held;
            for (const initial_conference_row& c : rows_.initial_conference) {
                if (c.section_47 == s.id) held = y_.known(c.date);
            }
            x_.open("Section47");
            x_.value("S47ActualStartDate", optional_day(s.start));
            x_.value("InitialCPCtarget", s.conference_target);
            x_.value("DateOfInitialCPC", held);
            if (s.conference_not_required && y_.known(s.end))
                x_.value("ICPCnotRequired", *s.conference_not_required ? "true" : "false");
            x_.close("Section47");
        }
    }

    void write_plans(const referral_row& r) const {
        for (const cp_plan_row& p : rows_.cp_plan) {
            if (p.referral != r.id || !y_.holds_stay(p.start, p.end)) continue;
            const bool changed = p.category_changed && *p.category_changed <= y_.last;
            x_.open("ChildProtectionPlans");
            x_.value("CPPstartDate", optional_day(p.start));
            x_.value("CPPendDate", y_.known(p.end));
            x_.value("InitialCategoryOfAbuse", p.initial_category);
            x_.value("LatestCategoryOfAbuse", changed ? p.latest_category : p.initial_category);
            if (p.previous_plans) x_.number("NumberOfPreviousCPP", *p.previous_plans);
            write_reviews(p);
            x_.close("ChildProtectionPlans");
        }
    }

    void write_reviews(const cp_plan_row& p) const {
        bool any = false;
        for (const cp_review_row& r : rows_.cp_review) {
            if (r.plan != p.id || r.date > y_.last) continue;
            if (!any) x_.open("Reviews");
            any = true;
            x_.value("CPPreviewDate", optional_day(r.date));
        }
        if (any) x_.close("Reviews");
    }

    xml_text& x_;
    const return_year& y_;
    const row_store& rows_;
    const person_row& person_;
};

}  // namespace

cin_census_writer::cin_census_writer(const fs::path& folder, const extract& e) : years_(return_years(e)) {
    fs::create_directories(folder);
    files_.reserve(years_.size());
    for (const return_year& y : years_) {
        files_.emplace_back(folder / ("cin_census_" + std::to_string(y.year) + ".xml"));
        append_start(files_.back().text(), y);
    }
}

void cin_census_writer::take(const row_store& rows) {
    for (std::size_t i = 0; i < years_.size(); ++i) {
        xml_text x(files_[i].text());
        for (const person_row& p : rows.person) {
            const child_writer writer(x, years_[i], rows, p);
            bool any = false;
            for (const referral_row& r : rows.referral) any = any || writer.is_returned(r);
            if (any) writer.write();
        }
        files_[i].flush_if_large();
    }
}

void cin_census_writer::finish() {
    for (output_file& file : files_) {
        xml_text x(file.text());
        x.close("Children");
        x.close("Message");
        file.finish();
    }
}

}  // namespace goldenthread::exampleshire
