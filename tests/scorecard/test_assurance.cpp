#include "catch.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/data/read_tables.hpp>
#include <goldenthread/plan/read_plan.hpp>
#include <goldenthread/scorecard/assurance.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace goldenthread;

namespace {

using csv_tables = std::map<std::string, std::string>;

/// Tables from CSV text, as the reader makes them.
dataset read(const csv_tables& tables) {
    dataset data;
    std::vector<finding> findings;
    for (const auto& [name, text] : tables) {
        source_file counts;
        data.add(parse_table(text, name + ".csv", name, 0, findings, counts));
    }
    data.files().push_back({"rows.csv", "canonical table", 0, 0, 0, {}});
    return data;
}

const csv_tables board = {
    {"body", "body_id,name,kind\nb1,LSCB,BOARD\nb2,PAAG,SUB_GROUP\n"},
    {"body_member",
     "body_id,agency,role,from_date,to_date\nb1,Police,member,,\nb1,Health,member,,\n"
     "b1,Probation,member,2018-01-01,2019-03-30\nb1,Housing,member,2019-04-01,\nb2,Schools,member,,\n"}};

csv_tables with(csv_tables more) {
    for (const auto& [name, text] : board) more.emplace(name, text);
    return more;
}

plan leicester() { return shipped_plan("leicester_2018_2020"); }

outline_assurance at(const csv_tables& tables, const std::string& id, const period& when, const plan& p) {
    const assurance_results shown = assurance_of(p, read(tables), {when});
    REQUIRE(shown.find(id) != nullptr);
    return *shown.find(id);
}

outline_assurance at(const csv_tables& tables, const std::string& id) {
    return at(tables, id, financial_year(2018), leicester());
}

plan with_due_date(const std::string& id, const std::string& first, const std::string& last) {
    plan p = leicester();
    for (priority& each : p.priorities) {
        for (assurance_activity& activity : each.assurance_activities) {
            if (activity.id != id) continue;
            if (!first.empty()) activity.starts = stated_value::stated(first);
            if (!last.empty()) activity.due_date = stated_value::stated(last);
        }
    }
    return p;
}

const std::string heading = "record_id,plan_item,kind,agency,record_date,judgement,summary,document_id\n";
const std::string findings_of = "finding_id,record_id,strength,text\n";

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("practice assurance is done when every agency of the board gave a judgement; the silent are named") {
    const std::string rows = heading + "r1,P1.A1,PRACTICE_ASSURANCE,Police,2018-06-01,PARTLY_ASSURED,,\n" +
                             "r2,P1.A1,PRACTICE_ASSURANCE,Police,2019-01-10,ASSURED,,\n" +
                             "r3,P1.A1,PRACTICE_ASSURANCE,Health,2019-02-01,,,\n";
    const outline_assurance shown = at(with({{"assurance_record", rows}}), "P1.A1");
    CHECK(shown.status == "ON_TRACK");
    CHECK_FALSE(shown.dated);
    CHECK(shown.lacking == words{"a judgement of Health"});
    CHECK(shown.not_heard_from.empty());
    REQUIRE(shown.agencies.size() == 2);  // one has left, one has not come yet, one sits on a sub-group
    CHECK(shown.agencies[1].agency == "Police");
    CHECK(shown.agencies[1].judgement == "ASSURED");
    CHECK(shown.agencies[1].judged_on == "2019-01-10");
    CHECK(shown.agencies[1].records == 2);
    CHECK(shown.latest == "2019-02-01");
    const outline_assurance done = at(
        with({{"assurance_record", rows + "r4,P1.A1,PRACTICE_ASSURANCE,Health,2019-03-31,NOT_ASSURED,,\n"}}), "P1.A1");
    CHECK(done.status == "DONE");
    CHECK(done.lacking.empty());
    const outline_assurance later = at(
        with({{"assurance_record", rows + "r4,P1.A1,PRACTICE_ASSURANCE,Health,2019-04-01,NOT_ASSURED,,\n"}}), "P1.A1");
    CHECK(later.status == "ON_TRACK");  // a record of tomorrow shows nothing today
    const outline_assurance line = at(with({{"assurance_record", rows}}), "P1.E2");
    CHECK(line.status == "recorded");  // findings of practice are those of practice assurance
    CHECK(line.records == 3);
}

TEST_CASE("without records nothing is green, and without a board nobody knows who is expected") {
    for (const auto& [id, shown] : assurance_of(leicester(), dataset(), {financial_year(2018)}).elements) {
        INFO(id);
        CHECK((shown.status == "NOT_STARTED" || shown.status == "missing"));
        CHECK_FALSE(shown.status_reason.empty());
        CHECK(shown.records == 0);
    }
    const outline_assurance shown =
        at({{"assurance_record", heading + "r1,P1.A1,PRACTICE_ASSURANCE,Police,2018-06-01,ASSURED,,\n"}}, "P1.A1");
    CHECK_FALSE(shown.expected_known);
    CHECK(shown.status == "ON_TRACK");
    CHECK_THAT(shown.lacking.front(), Catch::Contains("which agencies are expected"));
}

TEST_CASE("dates decide between overdue, not due and not started; without one nothing is overdue") {
    const period year = financial_year(2018);  // to 31 March 2019
    const auto status = [&](const char* first, const char* last, const std::string& rows = heading) {
        return at(with({{"assurance_record", rows}}), "P7.A4", year, with_due_date("P7.A4", first, last)).status;
    };
    CHECK(status("", "") == "NOT_STARTED");
    CHECK(status("", "2019-03-30") == "OVERDUE");
    CHECK(status("", "2019-03-31") == "NOT_STARTED");
    CHECK(status("", "2019-04-01") == "NOT_DUE");
    CHECK(status("2019-04-01", "2019-09-30") == "NOT_DUE");
    CHECK(status("2018-04-01", "2019-04-01") == "NOT_DUE");
    CHECK(status("in spring", "by summer") == "NOT_STARTED");
    const std::string begun = heading + "r1,P7.A4,LEARNING_EVENT,Health,2018-10-01,,,\n";
    CHECK(status("", "2019-04-01", begun) == "ON_TRACK");
    CHECK(status("", "2019-03-30", begun) == "OVERDUE");
    const csv_tables learned = with({{"assurance_record", begun}, {"finding", findings_of + "f1,r1,false,one\n"}});
    CHECK(at(learned, "P7.A4", year, with_due_date("P7.A4", "", "2019-03-30")).status == "DONE");
}

TEST_CASE("a work plan gives date, body and risk, and can withdraw, but makes nothing done") {
    const auto shown = [](const char* rows) {
        return at(with({{"assurance_record", heading},
                        {"work_plan", std::string("work_plan_id,body_id,title,plan_item,due_date,status\n") + rows}}),
                  "P6.A6");
    };
    CHECK(shown("w1,b2,Campaign,P6.A6,2019-06-30,AT_RISK\n").status == "AT_RISK");
    CHECK(shown("w1,b2,Campaign,P6.A6,2019-06-30,AT_RISK\n").responsible == "PAAG");
    CHECK(shown("w1,b2,Campaign,P6.A6,2019-06-30,\n").status == "NOT_DUE");
    CHECK(shown("w1,b2,Campaign,P6.A6,2018-06-30,ON_TRACK\n").status == "OVERDUE");
    CHECK(shown("w1,b2,Campaign,P6.A6,,WITHDRAWN\n").status == "WITHDRAWN");
    CHECK(shown("w1,b2,Campaign,P6.A6,2018-06-30,WITHDRAWN\nw2,b2,Again,P6.A6,2019-06-30,ON_TRACK\n").status ==
          "ON_TRACK");
    const outline_assurance claimed = shown("w1,b2,Campaign,P6.A6,2019-06-30,DONE\n");
    CHECK(claimed.status == "ON_TRACK");
    CHECK_THAT(claimed.status_reason, Catch::Contains("the records do not show it"));
}

TEST_CASE("each kind of record asks for what the plan's table says") {
    struct example {
        const char* item;
        csv_tables tables;
        const char* status;
    };
    const std::string decisions = "decision_id,plan_item,decision_date,text\n";
    const std::string documents = "document_id,title,plan_item,owner_group,approved_date,review_date\n";
    const auto record = [](const char* row) { return heading + row + "\n"; };
    const std::vector<example> examples = {
        {"P1.A2",
         {{"assurance_record", record("r1,P1.A2,SINGLE_AGENCY_AUDIT,Police,2018-06-01,,,") +
                                   "r2,P1.A2,SINGLE_AGENCY_AUDIT,Health,2018-06-01,,,\n"},
          {"finding", findings_of + "f1,r1,true,a\n"}},
         "ON_TRACK"},
        {"P1.A2",
         {{"assurance_record", record("r1,P1.A2,SINGLE_AGENCY_AUDIT,Police,2018-06-01,,,") +
                                   "r2,P1.A2,SINGLE_AGENCY_AUDIT,Health,2018-06-01,,,\n"},
          {"finding", findings_of + "f1,r1,true,a\nf2,r2,false,b\n"}},
         "DONE"},
        {"P1.A4",
         {{"assurance_record", record("r1,P1.A4,REPORT,,2018-06-01,,,d1")},
          {"document", documents + "d1,Report,,,,\n"},
          {"decision", decisions + "x1,P1.A4,2018-05-31,noted\n"}},
         "ON_TRACK"},
        {"P1.A4",
         {{"assurance_record", record("r1,P1.A4,REPORT,,2018-06-01,,,d1")},
          {"document", documents + "d1,Report,,,,\n"},
          {"decision", decisions + "x1,P1.A4,2018-06-01,noted\n"}},
         "DONE"},
        {"P1.A7", {{"decision", decisions + "x1,P1.A7,2018-06-01,agreed\n"}}, "DONE"},
        {"P1.A6",
         {{"assurance_record", record("r1,P1.A6,LIVED_EXPERIENCE,,2018-06-01,,twelve children were heard,")}},
         "ON_TRACK"},
        {"P1.A6",
         {{"assurance_record", record("r1,P1.A6,LIVED_EXPERIENCE,,2018-06-01,,twelve children were heard,")},
          {"finding", findings_of + "f1,r1,true,calls are returned\n"}},
         "DONE"},
        {"P6.A6", {{"assurance_record", record("r1,P6.A6,CAMPAIGN,,2018-06-01,,,")}}, "ON_TRACK"},
        {"P6.A6", {{"assurance_record", record("r1,P6.A6,CAMPAIGN,,2018-06-01,,reached 40 schools,")}}, "DONE"},
        {"P3.A7",
         {{"assurance_record", record("r1,P3.A7,ENGAGEMENT,,2018-06-01,,two communities,")},
          {"finding", findings_of + "f1,r1,,they said so\n"}},
         "DONE"},
        {"P4.A5",
         {{"assurance_record", record("r1,P4.A5,PRACTICE_DEVELOPMENT,,2018-06-01,PARTLY_ASSURED,,d1")}},
         "DONE"},
        {"P4.A5", {{"assurance_record", record("r1,P4.A5,PRACTICE_DEVELOPMENT,,2018-06-01,,,d1")}}, "ON_TRACK"},
        {"P7.A2", {{"assurance_record", record("r1,P7.A2,NEEDS_ASSESSMENT,,2018-06-01,,,")}}, "ON_TRACK"},
        {"P7.A2",
         {{"assurance_record", record("r1,P7.A2,NEEDS_ASSESSMENT,,2018-06-01,,,")},
          {"decision", decisions + "x1,P7.A2,2018-07-01,accepted\n"}},
         "DONE"},
        {"P8.A4", {{"document", documents + "d1,Guidance,P8.A4,LSCB,2018-06-01,\n"}}, "NOT_STARTED"},
        {"P8.A4", {{"document", documents + "d1,Guidance,P8.A4,LSCB,2018-06-01,2019-06-01\n"}}, "DONE"},
        // Two activities in one line: done when both are.
        {"P4.A3",
         {{"assurance_record", record("r1,P4.A3,REPORT,,2018-06-01,,,d1")},
          {"decision", decisions + "x1,P4.A3,2018-06-02,noted\n"}},
         "ON_TRACK"},
    };
    for (const example& each : examples) {
        csv_tables tables = with(each.tables);
        tables.emplace("assurance_record", heading);
        const outline_assurance shown = at(tables, each.item);
        INFO(each.item << ": " << shown.status_reason);
        CHECK(shown.status == each.status);
    }
}

TEST_CASE("performance monitoring is done for a period, never once for all") {
    const csv_tables tables = with({
        {"assurance_record", heading},
        {"meeting", "meeting_id,body_id,meeting_date\nm1,b1,2018-06-30\nm2,b1,2018-09-30\n"},
        {"agenda_item",
         "item_id,meeting_id,position,title,plan_item\ni1,m1,1,a,P1.E3\ni2,m1,2,b,P1.E4\ni3,m1,3,c,P1.E5\ni4,m2,1,d,P1."
         "E3\n"},
    });
    const plan p = leicester();
    CHECK(at(tables, "P1.A3", financial_quarter(2018, 1), p).status == "DONE");
    const outline_assurance next = at(tables, "P1.A3", financial_quarter(2018, 2), p);
    CHECK(next.status == "NOT_STARTED");
    CHECK(next.lacking == words{"a meeting of this period with P1.E4, P1.E5 on its agenda"});
    CHECK(next.repeats == "each period");
}

TEST_CASE("training counts who came by agency and theme, and asks for its effect on practice") {
    const std::string attendance =
        "training_id,course,theme,training_date,agency,attended,invited\n"
        "t1,Basics,Domestic Abuse,2018-05-01,Police,12,20\n"
        "t2,Basics,domestic_abuse,2018-06-01,Police,3,5\n"
        "t3,Basics,neglect,2018-05-01,Health,8,8\n"
        "t4,Basics,domestic_abuse,2018-07-01,Health,0,4\n";
    const outline_assurance shown =
        at(with({{"assurance_record", heading}, {"training_attendance", attendance}}), "P1.A5");
    CHECK(shown.status == "ON_TRACK");
    CHECK(shown.not_heard_from == words{"Health"});
    CHECK(shown.lacking == words{"attendance of Health", "a record of the effect on practice"});
    const auto police = std::find_if(shown.agencies.begin(), shown.agencies.end(),
                                     [](const outline_agency& each) { return each.agency == "Police"; });
    CHECK(police->attended == 15);
    CHECK(police->invited == 25);
}

TEST_CASE("rows that cannot be are findings, each with its rule") {
    const plan p = with_due_date("P1.A1", "2018-06-01", "");
    const dataset data = read(with({
        {"assurance_record", heading + "r1,P1.A1,PRACTICE_ASSURANCE,Police,2018-05-31,ASSURED,,\n" +
                                 "r2,P9.A1,PRACTICE_ASSURANCE,Police,2018-07-01,,,\n" +
                                 "r3,P1.A1,CAMPAIGN,Police,2018-07-01,,,\n"},
        {"action",
         "action_id,title,record_id,completed_date,status,status_date\na1,Do it,r3,2018-06-30,DONE,2018-07-02\n"},
    }));
    const assurance_results shown = assurance_of(p, data, {financial_year(2018)});
    words rules;
    for (const finding& each : shown.findings) rules.push_back(each.table + " " + each.rule);
    CHECK(rules == words{"assurance_record done_before_begun", "assurance_record unknown_plan_item",
                         "assurance_record kind_not_asked_for", "action done_before_begun"});
    CHECK_THAT(shown.findings[1].message, Catch::Contains("did you mean 'P"));
}

TEST_CASE("a text that names a child of the loaded rows is refused, and the error does not repeat it") {
    const csv_tables people = {
        {"person", "child_id,date_of_birth,upn\nEX00417,2012-05-01,A123456789012\n12,2013-01-02,\n"}};
    const auto refused = [&](const std::string& summary) -> std::string {
        csv_tables tables = people;
        tables["assurance_record"] = heading + "r1,P1.A6,LIVED_EXPERIENCE,,2018-06-01,,\"" + summary + "\",\n";
        try {
            refuse_named_children(read(tables));
        } catch (const data_error& problem) {
            return problem.what();
        }
        return {};
    };
    for (const char* text : {"seen with ex00417 at home", "UPN A123456789012", "born 2012-05-01", "born 1/5/2012",
                             "born 01.05.12", "born on 1st May 2012", "born May 1, 2012", "(EX00417)"}) {
        INFO(text);
        const std::string message = refused(text);
        CHECK_THAT(message, Catch::Contains("table assurance_record, column summary, row 2"));
        CHECK_THAT(message, Catch::Contains("of a child whose rows are loaded"));
        CHECK(message.find("417") == std::string::npos);
        CHECK(message.find("2012") == std::string::npos);
    }
    for (const char* text :
         {"12 children were heard", "in May 2012", "EX004171", "case file 2018/77", "on 2012-05-02"}) {
        INFO(text);
        CHECK(refused(text).empty());
    }
}
