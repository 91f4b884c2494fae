// What the safeguarding board of Exampleshire keeps of its own work. Its plan items are those of the Leicester plan,
// the only one shipped; everything said about them here is invented.
#include "synthetic/journeys.hpp"

#include <goldenthread/core/period.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>

#include <array>

namespace goldenthread::exampleshire {

namespace {

constexpr std::array<code_text, 6> agencies = {"CHILDRENS_SOCIAL_CARE", "POLICE", "HEALTH", "EDUCATION", "PROBATION",
                                               "VOLUNTARY_SECTOR"};

/// An activity or line of evidence of the plan, the kind of record that shows it, and how often one is made.
struct plan_item {
    code_text id, kind;
    bool by_each_agency;
    std::int32_t months;
};

/// Some of the plan's items have no record, as on any board: P1.A7, P4.A5, P6.A7, P7.A5 and P8.E1.
constexpr std::array<plan_item, 26> plan_items = {{{"P1.A1", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P1.A2", "SINGLE_AGENCY_AUDIT", true, 12},
                                                   {"P1.A3", "PERFORMANCE_MONITORING", false, 3},
                                                   {"P1.A4", "REPORT", false, 6},
                                                   {"P1.A5", "TRAINING", false, 12},
                                                   {"P1.A6", "LIVED_EXPERIENCE", false, 12},
                                                   {"P1.E1", "STRATEGY_MONITORING", false, 12},
                                                   {"P1.E2", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P2.A1", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P2.A7", "CAMPAIGN", false, 24},
                                                   {"P2.A8", "CRITERIA_REVIEW", false, 24},
                                                   {"P2.E1", "STRATEGY_MONITORING", false, 12},
                                                   {"P3.A1", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P3.A7", "ENGAGEMENT", false, 12},
                                                   {"P3.E6", "REPORT", false, 12},
                                                   {"P4.A3", "PERFORMANCE_MONITORING", false, 3},
                                                   {"P4.E1", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P5.E1", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P6.A2", "SINGLE_AGENCY_AUDIT", true, 12},
                                                   {"P6.E5", "MULTI_AGENCY_AUDIT", false, 12},
                                                   {"P7.A2", "NEEDS_ASSESSMENT", false, 24},
                                                   {"P7.A4", "LEARNING_EVENT", false, 12},
                                                   {"P7.E1", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P8.A1", "PRACTICE_ASSURANCE", true, 12},
                                                   {"P8.A3", "IMPACT_UNDERSTANDING", false, 24},
                                                   {"P8.A4", "GUIDANCE", false, 24}}};

std::string key(std::string_view kind, std::int64_t number) {
    std::string text = "EXB-";
    text += kind;
    append_number(text, number);
    return text;
}

/// Says whose it is: no text of the board can be taken for a real one.
std::string named(std::string_view what) { return std::string(exampleshire_area) + ": " + std::string(what); }

class board_secretary {
public:
    board_secretary(std::uint64_t seed, const extract& e, row_store& rows)
        : e_(e), rows_(rows), d_(seed, 0, 0, topic::board) {}

    void write() {
        set_up_bodies();
        write_documents();
        hold_meetings();
        write_records();
        keep_risks();
        plan_work();
        train();
        compare();
        take_figures();
    }

private:
    void set_up_bodies() {
        struct body {
            code_text kind, name, chair;
        };
        constexpr std::array<body, 5> bodies = {{{"BOARD", "Safeguarding Children Board", "INDEPENDENT_CHAIR"},
                                                 {"EXECUTIVE", "Executive", "DIRECTOR_OF_CHILDRENS_SERVICES"},
                                                 {"SUB_GROUP", "Performance and Assurance Group", "HEALTH_LEAD"},
                                                 {"SUB_GROUP", "Child Exploitation Group", "POLICE_LEAD"},
                                                 {"TASK_AND_FINISH", "Front Door Reform Group", "POLICE_LEAD"}}};
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            body_row b;
            b.id = key("B", static_cast<std::int64_t>(i) + 1);
            b.name = named(bodies[i].name);
            b.kind = bodies[i].kind;
            if (i > 0) b.parent = key("B", 1);
            b.chair = bodies[i].chair;
            b.from = e_.first;
            // The task was done a year after the reform.
            if (bodies[i].kind == "TASK_AND_FINISH") b.to = e_.known(reform_day(e_).value_or(e_.last) + 365);
            rows_.body.push_back(b);
            for (const code_text agency : agencies) {
                if (i > 1 && d_.chance(250)) continue;
                const bool left = d_.chance(80);
                const optional_day to = left ? e_.known(e_.first + (e_.last - e_.first) / 2) : optional_day();
                rows_.body_member.push_back({b.id, agency, i == 0 ? "MEMBER" : "REPRESENTATIVE", e_.first, to});
            }
        }
    }

    void write_documents() {
        constexpr std::array<code_text, 4> titles = {"Business plan", "Threshold document",
                                                     "Information sharing protocol", "Neglect strategy"};
        std::int64_t number = 0;
        for (std::size_t i = 0; i < titles.size(); ++i) {
            std::string before;
            std::int64_t version = 0;
            for (day on = next_working_day(e_.first + 30); on <= e_.last; on = next_working_day(add_months(on, 24))) {
                document_row r;
                r.id = key("D", ++number);
                r.replaces = before;
                append_number(r.version, ++version);
                r.title = named(titles[i]);
                r.plan_item = i == 0 ? "D1" : i == 1 ? "D2" : "";
                r.owner = "PERFORMANCE_AND_ASSURANCE_GROUP";
                r.approved = on;
                r.review = add_months(on, 24);
                r.location = "exampleshire-synthetic/documents/" + r.id;
                rows_.document.push_back(r);
                before = r.id;
            }
        }
    }

    [[nodiscard]] std::string any_document() {
        if (rows_.document.empty()) return {};
        return rows_.document[d_.below(static_cast<std::uint32_t>(rows_.document.size()))].id;
    }

    void hold_meetings() {
        for (std::size_t b = 0; b < 3; ++b) {
            for (day on = next_working_day(e_.first + 20 + static_cast<day>(b) * 9); on <= e_.last;
                 on = next_working_day(add_months(on, 3))) {
                meeting_row m;
                m.id = key("M", ++meetings_);
                m.body = key("B", static_cast<std::int64_t>(b) + 1);
                m.date = on;
                m.quorate = d_.chance(940);
                m.document = any_document();
                rows_.meeting.push_back(m);
                for (std::int64_t position = 1; position <= 3; ++position) discuss(m, position);
            }
        }
    }

    void discuss(const meeting_row& m, std::int64_t position) {
        agenda_item_row item;
        item.id = key("I", ++items_);
        item.meeting = m.id;
        item.position = position;
        item.plan_item = plan_items[d_.below(static_cast<std::uint32_t>(plan_items.size()))].id;
        item.title = position == 1 ? "Scorecard" : position == 2 ? "Assurance reports" : "Risks";
        if (d_.chance(300)) item.document = any_document();
        rows_.agenda_item.push_back(item);
        if (d_.chance(450)) decide(m, item);
        if (d_.chance(180)) challenge(m, item);
    }

    void decide(const meeting_row& m, const agenda_item_row& item) {
        decision_row r;
        r.id = key("R", ++decisions_);
        r.item = item.id;
        r.plan_item = item.plan_item;
        r.date = m.date;
        r.text = "The group asks for a report on what has changed for children.";
        r.owner = "PERFORMANCE_AND_ASSURANCE_GROUP";
        r.due = add_months(m.date, 3);
        rows_.decision.push_back(r);
        act(r.plan_item, {}, r.id, m.date, *r.due);
    }

    void act(code_text item, const std::string& record, const std::string& decision, day from, day due) {
        action_row a;
        a.id = key("A", ++actions_);
        a.plan_item = item;
        a.record = record;
        a.decision = decision;
        a.title = "Report back to the group";
        a.owner = "PERFORMANCE_AND_ASSURANCE_GROUP";
        a.due = due;
        const bool late = d_.chance(220), withdrawn = d_.chance(30), at_risk = d_.chance(150);
        const day done = due + (late ? d_.between(5, 60) : -d_.between(0, 20));
        if (!withdrawn) a.completed = e_.known(std::max(done, from));
        a.status = withdrawn       ? "WITHDRAWN"
                   : a.completed   ? "DONE"
                   : due < e_.last ? "OVERDUE"
                   : at_risk       ? "AT_RISK"
                                   : "ON_TRACK";
        a.status_date = a.completed.value_or(withdrawn ? from : e_.last);
        rows_.action.push_back(a);
    }

    void challenge(const meeting_row& m, const agenda_item_row& item) {
        constexpr std::array<weighted<code_text>, 4> outcomes = {
            {{"ACCEPTED", 520}, {"PARTLY_ACCEPTED", 260}, {"REJECTED", 120}, {"ESCALATED", 100}}};
        challenge_row r;
        r.id = key("Q", ++challenges_);
        r.item = item.id;
        r.plan_item = item.plan_item;
        const std::uint32_t from = d_.below(6);
        const std::uint32_t onwards = 1 + d_.below(5);
        r.from_agency = agencies[from];
        r.to_agency = agencies[(from + onwards) % agencies.size()];
        r.raised = m.date;
        r.question = "What assures you that children are seen in time?";
        const day answered = m.date + d_.between(10, 100);
        const code_text outcome = d_.pick(outcomes);
        if (answered <= e_.last) {
            r.response = "Timeliness is now read with the families who waited.";
            r.responded = answered;
            r.outcome = outcome;
        }
        rows_.challenge.push_back(r);
    }

    void write_records() {
        for (const plan_item& item : plan_items) {
            for (day on = next_working_day(e_.first + d_.between(20, 80)); on <= e_.last;
                 on = next_working_day(add_months(on, item.months))) {
                if (!item.by_each_agency) {
                    record(item, agencies[d_.below(6)], on);
                    continue;
                }
                for (const code_text agency : agencies) {
                    const bool heard = d_.chance(880);
                    const day sent = next_working_day(on + d_.between(0, 25));
                    if (heard && sent <= e_.last) record(item, agency, sent);
                }
            }
        }
    }

    void record(const plan_item& item, code_text agency, day on) {
        constexpr std::array<weighted<code_text>, 4> judgements = {
            {{"ASSURED", 470}, {"PARTLY_ASSURED", 380}, {"NOT_ASSURED", 90}, {"", 60}}};
        assurance_record_row r;
        r.id = key("S", ++records_);
        r.plan_item = item.id;
        r.kind = item.kind;
        r.agency = agency;
        r.date = on;
        r.judgement = d_.pick(judgements);
        r.summary = named("an invented record of assurance");
        if (d_.chance(200)) r.document = any_document();
        if (d_.chance(700)) r.approved = e_.known(on + 14);
        if (r.approved) r.approved_by = "INDEPENDENT_CHAIR";
        rows_.assurance_record.push_back(r);
        find(r);
    }

    void find(const assurance_record_row& r) {
        for (int i = d_.between(0, 2); i > 0; --i) {
            const bool strength = d_.chance(550);
            rows_.finding.push_back({key("F", ++findings_), r.id, strength,
                                     strength ? "Children are spoken with alone." : "Plans do not say by when.",
                                     r.plan_item});
            if (!strength) act(r.plan_item, r.id, {}, r.date, add_months(r.date, 6));
        }
    }

    void keep_risks() {
        constexpr std::array<code_text, 4> titles = {"Children wait for an assessment", "Too few social workers stay",
                                                     "Partners' records arrive late", "Exploitation is not recognised"};
        constexpr std::array<code_text, 4> items = {"P3.A1", "P1.A1", "P4.A3", "P2.A1"};
        for (std::size_t i = 0; i < titles.size(); ++i) {
            risk_row r;
            r.id = key("K", static_cast<std::int64_t>(i) + 1);
            r.title = titles[i];
            r.plan_item = items[i];
            r.owner = "EXECUTIVE";
            r.opened = next_working_day(std::min(e_.last, e_.first + static_cast<day>(i) * 40));
            if (r.opened > e_.last) r.opened = e_.last;
            // The first risk was closed once the reform had worked for half a year.
            if (i == 0) r.closed = e_.known(reform_day(e_).value_or(e_.last) + 182);
            rows_.risk.push_back(r);
            score(r);
            for (std::int64_t c = 1; c <= 2; ++c) {
                constexpr std::array<weighted<code_text>, 4> effects = {
                    {{"YES", 400}, {"PARTLY", 400}, {"NO", 80}, {"UNTESTED", 120}}};
                const code_text effective = d_.pick(effects);
                const day tested = r.opened + d_.between(30, 300);
                const bool known = effective != "UNTESTED" && tested <= e_.last;
                rows_.control.push_back({r.id + (c == 1 ? "-C1" : "-C2"), r.id,
                                         c == 1 ? "Read monthly by the executive" : "Audited by another agency",
                                         "EXECUTIVE", known ? effective : code_text("UNTESTED"),
                                         known ? optional_day(tested) : optional_day()});
            }
        }
    }

    void score(const risk_row& r) {
        std::int64_t likelihood = d_.between(3, 5);
        const std::int64_t impact = d_.between(3, 5);
        for (day on = r.opened; on <= r.closed.value_or(e_.last); on = add_months(on, 3)) {
            rows_.risk_score.push_back({r.id, on, likelihood, impact, 6});
            if (likelihood > 2 && d_.chance(200)) --likelihood;
        }
    }

    void plan_work() {
        std::int64_t number = 0;
        for (const period& year : financial_years(e_.first, e_.last)) {
            for (std::size_t b = 1; b < 4; ++b) {
                work_plan_row w;
                w.id = key("W", ++number);
                w.body = key("B", static_cast<std::int64_t>(b) + 1);
                w.period = year.label;
                w.title = "Work of the year";
                w.plan_item = plan_items[d_.below(static_cast<std::uint32_t>(plan_items.size()))].id;
                w.due = year.last;
                w.status = year.last < e_.last ? "DONE" : "ON_TRACK";
                w.document = any_document();
                rows_.work_plan.push_back(w);
            }
        }
    }

    void train() {
        struct course {
            code_text name, theme;
        };
        constexpr std::array<course, 4> courses = {{{"Recognising neglect", "NEGLECT"},
                                                    {"Domestic abuse and children", "DOMESTIC_ABUSE"},
                                                    {"Child exploitation", "CHILD_SEXUAL_EXPLOITATION"},
                                                    {"Before birth", "UNBORN"}}};
        std::int64_t number = 0;
        for (day on = next_working_day(e_.first + 45); on <= e_.last; on = next_working_day(add_months(on, 3))) {
            const course& given = courses[static_cast<std::size_t>(number) % courses.size()];
            for (const code_text agency : agencies) {
                const std::int64_t invited = d_.between(8, 30);
                const std::int64_t came = invited * d_.between(55, 100) / 100;
                rows_.training_attendance.push_back(
                    {key("T", ++number), given.name, given.theme, on, agency, came, invited});
            }
            ++number;
        }
    }

    /// Invented neighbours: a real place's figure never stands in these tables.
    void compare() {
        for (const period& year : financial_years(e_.first, e_.last)) {
            benchmark_row b;
            b.indicator = "standard.re_referrals_within_12_months";
            b.comparator = "NEIGHBOUR:Exampleshire (synthetic) next door";
            b.period = year.label;
            b.denominator = d_.between(900, 1400);
            b.numerator = *b.denominator * d_.between(180, 250) / 1000;
            b.value = *b.numerator * 1000 / *b.denominator;
            b.published = e_.known(year.last + 210);
            rows_.benchmark.push_back(b);
        }
    }

    /// The mental health trust's totals of the two years before its rows begin, with a break between them.
    void take_figures() {
        const int year = census_year(e_.first) - 1;
        for (int back = 2; back >= 1; --back) {
            supplied_figure_row f;
            f.indicator = "mental_health.crisis_starts";
            f.period = financial_year(year - back).label;
            f.numerator = d_.between(20, 60);
            f.value = *f.numerator * 1000;
            f.unknown = 0;
            f.note = back == 2 ? "Counted on paper" : "Counted in the trust's system";
            f.supplied_by = "MENTAL_HEALTH_TRUST";
            f.supplied = e_.last;
            rows_.supplied_figure.push_back(f);
            f.breakdown = "sex=F";
            f.numerator = *f.numerator / 2;
            f.value = *f.numerator * 1000;
            rows_.supplied_figure.push_back(f);
            // A share has a denominator too.
            f.indicator = "early_help.assessment_quality";
            f.breakdown = {};
            f.denominator = 40;
            f.value = *f.numerator * 1000 / *f.denominator;
            f.supplied_by = "PERFORMANCE_AND_ASSURANCE_GROUP";
            rows_.supplied_figure.push_back(f);
        }
    }

    const extract& e_;
    row_store& rows_;
    dice d_;
    std::int64_t meetings_ = 0, items_ = 0, decisions_ = 0, actions_ = 0, challenges_ = 0, records_ = 0, findings_ = 0;
};

}  // namespace

void keep_board_records(std::uint64_t seed, const extract& e, row_store& rows) {
    board_secretary(seed, e, rows).write();
}

}  // namespace goldenthread::exampleshire
