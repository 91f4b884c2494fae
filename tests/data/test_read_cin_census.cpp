#include "catch.hpp"
#include "data/scratch_folder.hpp"

#include <goldenthread/data/read_cin_census.hpp>

using namespace goldenthread;
using Catch::Matchers::Contains;
using test::cell;
using test::count_findings;

namespace {

std::string message(const std::string& children, const std::string& year = "2022",
                    const std::string& reference = "2022-03-31") {
    return "<?xml version=\"1.0\" "
           "encoding=\"utf-8\"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>"
           "<Year>" +
           year + "</Year><ReferenceDate>" + reference +
           "</ReferenceDate></CollectionDetails></Header>\n"
           "<Children>\n" +
           children + "\n</Children></Message>\n";
}

std::string child(const std::string& id, const std::string& blocks, const std::string& identifiers = "",
                  const std::string& characteristics = "") {
    return "<Child><ChildIdentifiers><LAchildID>" + id + "</LAchildID>" + identifiers + "</ChildIdentifiers>" +
           "<ChildCharacteristics>" + characteristics + "</ChildCharacteristics>" + blocks + "</Child>\n";
}

std::string referral(const std::string& date, const std::string& blocks = "") {
    return "<CINdetails><CINreferralDate>" + date + "</CINreferralDate>" + blocks + "</CINdetails>";
}

std::string assessment(const std::string& start, const std::string& authorised, const std::string& factors) {
    return "<Assessments><AssessmentActualStartDate>" + start +
           "</AssessmentActualStartDate>"
           "<AssessmentAuthorisationDate>" +
           authorised + "</AssessmentAuthorisationDate>" + factors + "</Assessments>";
}

std::string factors(std::initializer_list<const char*> codes) {
    std::string result = "<FactorsIdentifiedAtAssessment>";
    for (const char* code : codes) result += std::string("<AssessmentFactors>") + code + "</AssessmentFactors>";
    return result + "</FactorsIdentifiedAtAssessment>";
}

dataset parse(const std::string& xml) { return parse_cin_census(xml, "folder/census.xml"); }

std::string error_of(const std::string& xml) {
    return test::data_error_of([&] { static_cast<void>(parse(xml)); });
}

}  // namespace

TEST_CASE("CIN census: every block becomes rows with the ids the schema promises") {
    const dataset data = parse(message(child(
        "007",
        "<CINdetails><CINreferralDate>2021-05-01</CINreferralDate><ReferralSource>3a</ReferralSource>"
        "<PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2022-01-05</CINclosureDate>"
        "<ReasonForClosure>RC8</ReasonForClosure><DateOfInitialCPC>2021-06-10</DateOfInitialCPC>" +
            assessment("2021-05-02", "2021-06-01", factors({"16A", "4B"})) +
            "<CINPlanDates><CINPlanStartDate>2021-06-01</CINPlanStartDate></CINPlanDates>"
            "<Section47><S47ActualStartDate>2021-05-20</S47ActualStartDate><InitialCPCtarget>2021-06-11</"
            "InitialCPCtarget>"
            "<DateOfInitialCPC>2021-06-10</DateOfInitialCPC><ICPCnotRequired>FALSE</ICPCnotRequired></Section47>"
            "<ReferralNFA>0</ReferralNFA>"
            "<ChildProtectionPlans><CPPstartDate>2021-06-10</CPPstartDate><CPPendDate>2021-12-01</CPPendDate>"
            "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
            "<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>2021-09-01</CPPreviewDate>"
            "<CPPreviewDate>2021-11-01</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails>",
        "<UPN>A1</UPN><FormerUPN>B2</FormerUPN><PersonBirthDate>2010-02-03</PersonBirthDate>"
        "<GenderCurrent>2</GenderCurrent>",
        "<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>LD</Disability></Disabilities>")));
    CHECK(cell(data, "person", "child_id", 0) == "007");
    CHECK(cell(data, "person", "sex", 0) == "F");
    CHECK(cell(data, "person", "upn", 0) == "A1");
    CHECK(cell(data, "person", "disabled", 0) == "true");
    CHECK(cell(data, "referral", "referral_id", 0) == "007#2021-05-01#1");
    CHECK(cell(data, "referral", "referral_source", 0) == "3A");
    CHECK(cell(data, "referral", "referral_nfa", 0) == "false");
    CHECK(cell(data, "assessment", "assessment_id", 0) == "007#2021-05-01#1#2021-05-02#1");
    CHECK(cell(data, "assessment", "factors_recorded", 0) == "true");
    CHECK(cell(data, "assessment", "outcome_nfa", 0) == "true");
    CHECK(data["assessment_factor"].row_count() == 2);
    CHECK(cell(data, "cin_plan", "start_date", 0) == "2021-06-01");
    CHECK(cell(data, "section_47", "conference_not_required", 0) == "false");
    REQUIRE(data["initial_conference"].row_count() == 1);
    CHECK(cell(data, "initial_conference", "conference_id", 0) == "007#2021-05-01#1#2021-06-10");
    CHECK(cell(data, "initial_conference", "section_47_id", 0) == cell(data, "section_47", "section_47_id", 0));
    CHECK(cell(data, "initial_conference", "transfer_in", 0) == "false");
    CHECK(cell(data, "cp_plan", "cp_plan_id", 0) == "007#2021-06-10");
    CHECK(cell(data, "cp_plan", "number_of_previous_plans", 0) == "0");
    REQUIRE(data["cp_review"].row_count() == 2);
    CHECK(cell(data, "cp_review", "cp_plan_id", 1) == "007#2021-06-10");
    CHECK(data.findings().empty());
    REQUIRE(data.files().size() == 1);
    CHECK(data.files()[0].kind == "CIN census 2022");
    CHECK(data.files()[0].name == "census.xml");
    CHECK(test::has_note(data.files()[0], "became one row: 1"));
    CHECK(test::has_note(data.files()[0], "outcome_nfa is derived"));
    CHECK(data.files()[0].rows_read == 12);
    CHECK(test::counts_agree(data));
    CHECK(cell(data, "coverage", "table_name", 0) == "referral");
    CHECK(cell(data, "coverage", "first_day", 0) == "2021-04-01");
    CHECK(cell(data, "coverage", "last_day", 0) == "2022-03-31");
}

TEST_CASE("CIN census: the outcome belongs to the last assessment of a closed episode") {
    const std::string two = assessment("2021-06-01", "2021-07-01", "") + assessment("2021-05-01", "2021-05-20", "");
    const dataset data =
        parse(message(child("a", referral("2021-05-01", two + "<CINclosureDate>2021-08-01</CINclosureDate>"
                                                              "<ReasonForClosure>RC8</ReasonForClosure>")) +
                      child("b", referral("2021-05-01", two)) +
                      child("c", referral("2021-05-01", two + "<CINclosureDate>2021-08-01</CINclosureDate>"
                                                              "<ReasonForClosure>RC7</ReasonForClosure>"))));
    const char* expected[] = {"true", "false", "null", "false", "false", "false"};
    for (std::size_t row = 0; row < 6; ++row) CHECK(cell(data, "assessment", "outcome_nfa", row) == expected[row]);
}

TEST_CASE("CIN census: factors recorded, absent, empty, invalid, or not yet due") {
    const dataset data = parse(message(child(
        "a",
        referral("2021-05-01",
                 assessment("2021-05-01", "2021-06-01", factors({"16A"})) + assessment("2021-05-02", "2021-06-01", "") +
                     assessment("2021-05-03", "2021-06-01", "<FactorsIdentifiedAtAssessment/>") +
                     assessment("2021-05-04", "2021-06-01", factors({"RB"})) + assessment("2021-05-05", "", "")))));
    const char* expected[] = {"true", "false", "false", "false", "null"};
    for (std::size_t row = 0; row < 5; ++row) CHECK(cell(data, "assessment", "factors_recorded", row) == expected[row]);
    CHECK(data["assessment_factor"].row_count() == 1);
    CHECK(count_findings(data, "assessment_factor", "factor", "code_unknown") == 1);
    CHECK(data.findings()[0].action == finding_action::set_aside);
    CHECK(test::counts_agree(data));
}

TEST_CASE("CIN census: sex by either element and either code") {
    const auto sex = [](const std::string& element) {
        return cell(parse(message(child("a", "", element))), "person", "sex", 0);
    };
    CHECK(sex("<GenderCurrent>1</GenderCurrent>") == "M");
    CHECK(sex("<GenderCurrent>0</GenderCurrent>") == "U");
    CHECK(sex("<Sex>F</Sex>") == "F");
    CHECK(sex("<Sex>F</Sex><GenderCurrent>1</GenderCurrent>") == "F");
    CHECK(sex("<GenderCurrent>7</GenderCurrent>") == "null");
    CHECK(sex("") == "null");
    const dataset data = parse(message(child("a", "", "<GenderCurrent>9</GenderCurrent>")));
    CHECK(cell(data, "person", "sex", 0) == "U");
    CHECK(count_findings(data, "person", "sex", "sex_indeterminate") == 1);
}

TEST_CASE("CIN census: codes of other years are kept and reported") {
    const std::string early = child(
        "a",
        "<CINdetails><CINreferralDate>2020-05-01</CINreferralDate><ReferralSource>5D</ReferralSource></CINdetails>");
    const dataset data = parse(message(early, "2021", "2021-03-31"));
    CHECK(cell(data, "referral", "referral_source", 0) == "5D");
    CHECK(count_findings(data, "referral", "referral_source", "code_other_year") == 1);
    CHECK(parse(message(early, "2023", "2023-03-31")).findings().empty());
}

TEST_CASE("CIN census: child in need plans before 2022 are not supplied") {
    CHECK(parse(message(child("a", ""), "2021", "2021-03-31")).find("cin_plan") == nullptr);
    CHECK(parse(message(child("a", ""))).find("cin_plan") != nullptr);
    CHECK(parse(message(child("a", referral("2020-05-01",
                                            "<CINPlanDates><CINPlanStartDate>2020-06-01</CINPlanStartDate>"
                                            "</CINPlanDates>")),
                        "2021", "2021-03-31"))
              .find("cin_plan") != nullptr);
}

TEST_CASE("CIN census: plans of multiple categories have no list, which leaves them and no other plan unknown") {
    const dataset data = parse(message(child("1", referral("2021-05-01"))));
    CHECK(data["cp_plan_category"].row_count() == 0);
    CHECK(data["cp_plan_category"].find("stage") != nullptr);
}

TEST_CASE("CIN census: a conference without a section 47 enquiry is a transfer in") {
    const dataset data =
        parse(message(child("a", referral("2021-05-01", "<DateOfInitialCPC>2021-06-01</DateOfInitialCPC>"))));
    REQUIRE(data["initial_conference"].row_count() == 1);
    CHECK(cell(data, "initial_conference", "transfer_in", 0) == "true");
    CHECK(cell(data, "initial_conference", "section_47_id", 0) == "null");
}

TEST_CASE("CIN census: bad dates and negative counts are findings, the rows stay") {
    const dataset data = parse(
        message(child("a", referral("2021-02-31") + referral("31/05/2021"),
                      "<PersonBirthDate>1066-10-14</PersonBirthDate><PersonDeathDate>1900-01-01</PersonDeathDate>") +
                child("b", referral("2021-05-01",
                                    "<ChildProtectionPlans><CPPstartDate>2021-06-01</CPPstartDate>"
                                    "<NumberOfPreviousCPP>-2</NumberOfPreviousCPP></ChildProtectionPlans>"))));
    CHECK(data["person"].row_count() == 2);
    CHECK(data["referral"].row_count() == 3);
    CHECK(cell(data, "person", "date_of_birth", 0) == "null");
    CHECK(count_findings(data, "person", "date_of_birth", "date_out_of_range") == 1);
    CHECK(count_findings(data, "person", "date_of_death", "date_out_of_range") == 0);
    CHECK(count_findings(data, "referral", "referral_date", "date_not_real") == 1);
    CHECK(count_findings(data, "referral", "referral_date", "date_unreadable") == 1);
    CHECK(cell(data, "referral", "referral_id", 0) == "a##1");
    CHECK(cell(data, "referral", "referral_id", 1) == "a##2");
    CHECK(cell(data, "cp_plan", "number_of_previous_plans", 0) == "null");
    REQUIRE(count_findings(data, "cp_plan", "number_of_previous_plans", "negative_count") == 1);
    const finding& last = data.findings().back();
    CHECK(last.row == 2);
    CHECK(last.key == "b#2021-06-01");
    CHECK(last.value == "-2");
    CHECK(last.message == "a count below zero; read as empty");
}

TEST_CASE("CIN census: repeated children and blocks; a child without an id") {
    const std::string plan = "<ChildProtectionPlans><CPPstartDate>2021-06-01</CPPstartDate></ChildProtectionPlans>";
    const dataset data =
        parse(message(child("a", referral("2021-05-01", plan + plan)) +
                      child("a", referral("2021-07-01"), "<Sex>F</Sex>") + child("", referral("2021-05-01"))));
    CHECK(data["person"].row_count() == 1);
    CHECK(count_findings(data, "person", "", "duplicate_key") == 1);
    CHECK(count_findings(data, "person", "child_id", "key_missing") == 1);
    CHECK(data["cp_plan"].row_count() == 1);
    CHECK(count_findings(data, "cp_plan", "", "duplicate_row") == 1);
    // The second element's referral is the child's all the same.
    REQUIRE(data["referral"].row_count() == 2);
    CHECK(cell(data, "referral", "child_id", 1) == "a");
    CHECK(count_findings(data, "referral", "referral_id", "key_missing") == 1);
    CHECK(data.files()[0].rows_read == 8);
    CHECK(data.files()[0].rows_set_aside == 4);
    CHECK(test::counts_agree(data));
}

TEST_CASE("CIN census: two different referrals of one day are two rows") {
    const dataset data =
        parse(message(child("a", referral("2021-05-01") + referral("2021-05-01", "<ReferralNFA>true</ReferralNFA>"))));
    REQUIRE(data["referral"].row_count() == 2);
    CHECK(cell(data, "referral", "referral_id", 1) == "a#2021-05-01#2");
}

TEST_CASE("CIN census: stray text, repeated elements, empty blocks, unknown blocks") {
    const dataset data = parse(
        message(child("a",
                      referral("2021-05-01",
                               "noise<ReferralSource>6</ReferralSource><ReferralSource>8</ReferralSource>"
                               "<PreProceedingsandFGDM><PPStartDate>2021-06-01</PPStartDate></PreProceedingsandFGDM>"
                               "<Assessments/>") +
                          "<CINdetails> </CINdetails>",
                      "PersonBirthDate<UPN>A1</UPN>")));
    CHECK(count_findings(data, "referral", "", "stray_text") == 1);
    CHECK(count_findings(data, "person", "", "stray_text") == 1);
    CHECK(count_findings(data, "referral", "referral_source", "element_repeated") == 1);
    CHECK(cell(data, "referral", "referral_source", 0) == "6");
    CHECK(count_findings(data, "assessment", "", "block_empty") == 1);
    CHECK(count_findings(data, "referral", "", "block_empty") == 1);
    CHECK(test::has_note(data.files()[0],
                         "'PreProceedingsandFGDM' below 'CINdetails' is not known and was not read: 1 time"));
    CHECK(data["referral"].row_count() == 1);
    CHECK(test::counts_agree(data));
}

TEST_CASE("CIN census: prefixes, CDATA, entities and CRLF are read like anything else") {
    std::string xml = message(child("a&amp;b", referral("<![CDATA[2021-05-01]]>")));
    std::string prefixed;
    for (std::size_t i = 0; i < xml.size(); ++i) {
        prefixed += xml[i];
        if (xml[i] == '<' && xml[i + 1] != '/' && xml[i + 1] != '?' && xml[i + 1] != '!') prefixed += "c:";
        if (xml[i] == '<' && xml[i + 1] == '/') {
            prefixed += "/c:";
            ++i;
        }
        if (xml[i] == '>') prefixed += "\r\n";
    }
    const dataset data = parse(prefixed);
    CHECK(cell(data, "referral", "referral_id", 0) == "a&b#2021-05-01#1");
    CHECK(data.findings().empty());
}

TEST_CASE("CIN census: files that are no census are refused with file, place and remedy") {
    CHECK_THAT(error_of(""), Contains("folder/census.xml: is empty"));
    CHECK_THAT(error_of("child_id,sex\na,M\n"), Contains("is not XML") && Contains("line 1"));
    CHECK_THAT(error_of("<?xml version=\"1.0\"?>"), Contains("folder/census.xml: is "));
    CHECK_THAT(error_of("<Report>\n</Report>"), Contains("the outermost element is 'Report', not 'Message'"));
    CHECK_THAT(error_of("<Message><Header/></Message>"), Contains("the element 'Children' is missing"));
    CHECK_THAT(error_of("<Message><Children/></Message><Message/>"), Contains("two outermost elements"));
    CHECK_THAT(error_of("<Message>\n<Children>\n<Child></Chld></Children></Message>"),
               Contains("is not well-formed XML") && Contains("line 3"));
    std::string other = message("");
    other.replace(other.find("CIN"), 3, "CLA");
    CHECK_THAT(error_of(other), Contains("its header says 'CLA'"));
    CHECK_THAT(error_of(std::string("\xFF\xFE<\0M\0", 6)), Contains("is UTF-16 text") && Contains("export it again"));
    CHECK_THAT(error_of(message(child("caf\xE9", ""))), Contains("is not UTF-8 text: byte 0xE9") && Contains("line 4"));
    CHECK_THAT(error_of(message(child(std::string("a\0b", 3), ""))), Contains("holds NUL bytes"));
    CHECK_THAT(test::data_error_of([] { static_cast<void>(read_cin_census("/nowhere/census.xml")); }),
               Contains("/nowhere/census.xml: there is no such file"));
}

TEST_CASE("CIN census: cut off anywhere, it is refused and never half read") {
    const std::string whole = message(child("a", referral("2021-05-01", assessment("2021-05-01", "2021-06-01", ""))));
    REQUIRE(error_of(whole).empty());
    CHECK_THAT(error_of(whole.substr(0, whole.find("</Child>"))), Contains("is cut off") && Contains("copy it again"));
    const std::size_t end = whole.rfind("</Message>") + std::string("</Message>").size();
    for (std::size_t length = 0; length < end; ++length) {
        INFO(length);
        CHECK_FALSE(error_of(whole.substr(0, length)).empty());
    }
}

TEST_CASE("CIN census: hostile documents do no harm") {
    std::string deep;
    for (int i = 0; i < 200000; ++i) deep += "<a>";
    for (int i = 0; i < 200000; ++i) deep += "</a>";
    CHECK(parse(message(child("a", referral("2021-05-01", deep)))).find("referral")->row_count() == 1);
    const std::string bomb =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" +
        message(child("&b;", "")).substr(std::string("<?xml version=\"1.0\" encoding=\"utf-8\"?>").size());
    CHECK(cell(parse(bomb), "person", "child_id", 0) == "&b;");
}

TEST_CASE("CIN census: a header without year or reference date is said, coverage follows what there is") {
    const dataset no_year = parse(message("", "", "2022-03-31"));
    CHECK(cell(no_year, "coverage", "first_day", 0) == "2021-04-01");
    CHECK(no_year.files()[0].kind == "CIN census");
    CHECK(test::has_note(no_year.files()[0], "Year is missing"));
    const dataset nothing = parse(message("", "", ""));
    CHECK(nothing.find("coverage") == nullptr);
    CHECK(test::has_note(nothing.files()[0], "coverage is not known"));
    CHECK(nothing["referral"].row_count() == 0);
}

TEST_CASE("CIN census: every year from 2017 to 2026 by its own codes and blocks") {
    for (int year = 2017; year <= 2026; ++year) {
        CAPTURE(year);
        const std::string text = std::to_string(year);
        const std::string factor = year >= 2021 ? "18B" : "18A";
        const dataset data = parse(message(
            child("a",
                  "<CINdetails><CINreferralDate>" + text + "-01-05</CINreferralDate><ReferralSource>" +
                      (year >= 2023 ? "5D" : "5B") + "</ReferralSource>" +
                      assessment(text + "-01-06", text + "-02-01",
                                 factors({factor.c_str(), year >= 2022 ? "24A" : "16A"})) +
                      (year >= 2022
                           ? "<CINPlanDates><CINPlanStartDate>" + text + "-02-02</CINPlanStartDate></CINPlanDates>"
                           : "") +
                      "<ChildProtectionPlans><CPPstartDate>" + text + "-02-03</CPPstartDate><Reviews><CPPreviewDate>" +
                      text + "-02-10</CPPreviewDate><CPPreviewDate>" + text +
                      "-03-10</CPPreviewDate></Reviews></ChildProtectionPlans>" +
                      (year == 2026
                           ? "<PreProceedingsandFGDM><PPStartDate>2026-02-01</PPStartDate></PreProceedingsandFGDM>"
                           : "") +
                      "</CINdetails>",
                  year >= 2024 ? "<Sex>F</Sex>" : "<GenderCurrent>2</GenderCurrent>"),
            text, text + "-03-31"));
        CHECK(data.findings().empty());
        CHECK(data.files()[0].kind == "CIN census " + text);
        CHECK(cell(data, "person", "sex", 0) == "F");
        CHECK(data["assessment_factor"].row_count() == 2);
        CHECK(data["cp_review"].row_count() == 2);
        CHECK((data.find("cin_plan") != nullptr) == (year >= 2022));
        CHECK(test::has_note(data.files()[0], "PreProceedingsandFGDM") == (year == 2026));
        CHECK(cell(data, "coverage", "last_day", 0) == text + "-03-31");
        CHECK(test::counts_agree(data));
    }
}
