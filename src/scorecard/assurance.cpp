#include <goldenthread/scorecard/assurance.hpp>

#include "scorecard/assurance_rows.hpp"

#include <goldenthread/core/text.hpp>
#include <goldenthread/plan/find_element.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace goldenthread {

namespace {

using namespace detail;

/// "Domestic Abuse" and "domestic_abuse" are one theme.
std::string as_slug(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (is_ascii_digit(c) || is_ascii_letter(c)) {
            result += to_ascii_lower(c);
        } else if (!result.empty() && result.back() != '_') {
            result += '_';
        }
    }
    if (!result.empty() && result.back() == '_') result.pop_back();
    return result;
}

std::string number_of(std::int64_t n, const char* one, const char* many) {
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

/// What was recorded about one element, within the days that count.
struct item_facts {
    const priority* parent = nullptr;
    std::string id;
    std::vector<const record_row*> records;  ///< by day
    std::vector<const document_row*> documents;
    std::vector<day> decisions;
    std::vector<std::string> expected;
    bool expected_known = false;
    std::vector<std::string> on_agenda;  ///< elements of the plan that a meeting had before it
    std::vector<const attendance_row*> attendance;

    [[nodiscard]] std::vector<const record_row*> of_kind(const std::string& kind) const {
        std::vector<const record_row*> result;
        for (const record_row* each : records) {
            if (each->kind == kind) result.push_back(each);
        }
        return result;
    }
};

using records_of_kind = std::vector<const record_row*>;
using lacking_list = std::vector<std::string>;

template <class Condition>
bool any(const records_of_kind& records, Condition condition) {
    return std::any_of(records.begin(), records.end(), [&](const record_row* each) { return condition(*each); });
}

/// Every agency expected, by a condition on one of its records.
template <class Condition>
void each_agency(const item_facts& facts, const records_of_kind& records, const std::string& what,
                 lacking_list& lacking, Condition condition) {
    if (!facts.expected_known) {
        lacking.push_back("which agencies are expected: rows of tables body (kind BOARD) and body_member");
        return;
    }
    std::vector<std::string> silent;
    for (const std::string& agency : facts.expected) {
        if (!any(records, [&](const record_row& r) { return r.agency == agency && condition(r); })) {
            silent.push_back(agency);
        }
    }
    if (facts.expected.empty()) lacking.push_back(what + " of at least one agency");
    if (!silent.empty()) lacking.push_back(what + " of " + joined(silent, ", "));
}

void a_decision(const item_facts& facts, const records_of_kind& records, const std::string& what,
                lacking_list& lacking) {
    std::optional<day> first;
    for (const record_row* each : records) first = std::min(first.value_or(*each->date), *each->date);
    const bool answered = std::any_of(facts.decisions.begin(), facts.decisions.end(),
                                      [&](day decided) { return !first || *first <= decided; });
    if (!answered) lacking.push_back(what);
}

void a_record(const records_of_kind& records, const std::string& what, lacking_list& lacking) {
    if (records.empty()) lacking.push_back(what);
}

bool has_document(const item_facts& facts, const records_of_kind& records) {
    return !facts.documents.empty() || any(records, [](const record_row& r) { return !r.document.empty(); });
}

void report(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    a_record(records, "the report received (a record of kind REPORT)", lacking);
    if (!has_document(facts, records)) lacking.push_back("the report itself (document)");
    a_decision(facts, records, "the board's response minuted (decision)", lacking);
}

void received_and_decided(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    a_record(records, "it received (a record)", lacking);
    a_decision(facts, records, "the board's decision on it", lacking);
}

void written_and_answered(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    a_record(records, "it received (a record)", lacking);
    if (!has_document(facts, records)) lacking.push_back("it written down (document)");
    a_decision(facts, records, "the board's answer to it (decision)", lacking);
}

void practice_assurance(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    each_agency(facts, records, "a judgement", lacking, [](const record_row& r) { return !r.judgement.empty(); });
}

void single_agency_audit(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    each_agency(facts, records, "an audit with findings", lacking, [](const record_row& r) { return r.findings > 0; });
}

void multi_agency_audit(const item_facts&, const records_of_kind& records, lacking_list& lacking) {
    if (!any(records, [](const record_row& r) { return r.findings > 0; })) lacking.push_back("an audit with findings");
}

void performance_monitoring(const item_facts& facts, const records_of_kind&, lacking_list& lacking) {
    std::vector<std::string> not_seen;
    for (const evidence_line& line : facts.parent->evidence_lines) {
        const bool seen = std::find(facts.on_agenda.begin(), facts.on_agenda.end(), line.id) != facts.on_agenda.end();
        if (line.is_quantitative() && !seen) not_seen.push_back(line.id);
    }
    if (!not_seen.empty())
        lacking.push_back("a meeting of this period with " + joined(not_seen, ", ") + " on its agenda");
}

void training(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    if (!facts.expected_known) {
        lacking.push_back("which agencies are expected: rows of tables body (kind BOARD) and body_member");
    }
    std::vector<std::string> absent;
    for (const std::string& agency : facts.expected) {
        const bool came = std::any_of(
            facts.attendance.begin(), facts.attendance.end(),
            [&](const attendance_row* each) { return each->agency == agency && each->attended.value_or(0) > 0; });
        if (!came) absent.push_back(agency);
    }
    if (facts.attendance.empty()) {
        lacking.push_back("attendance on this theme (training_attendance)");
    } else if (!absent.empty()) {
        lacking.push_back("attendance of " + joined(absent, ", "));
    }
    a_record(records, "a record of the effect on practice", lacking);
}

void lived_experience(const item_facts&, const records_of_kind& records, lacking_list& lacking) {
    if (!any(records, [](const record_row& r) { return !r.summary.empty(); })) {
        lacking.push_back("a record whose summary says what was heard and from how many");
    }
    if (!any(records, [](const record_row& r) { return r.findings > 0; })) {
        lacking.push_back("a finding that says what changed");
    }
}

void criteria_review(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    a_decision(facts, records, "the board's decision on the review", lacking);
}

void campaign(const item_facts&, const records_of_kind& records, lacking_list& lacking) {
    if (!any(records, [](const record_row& r) { return !r.summary.empty(); })) {
        lacking.push_back("a record that it has run, whose summary gives its reach");
    }
}

void engagement(const item_facts&, const records_of_kind& records, lacking_list& lacking) {
    if (!any(records, [](const record_row& r) { return !r.summary.empty() && r.findings > 0; })) {
        lacking.push_back("a record that names the communities reached, with a finding of what they said");
    }
}

void practice_development(const item_facts& facts, const records_of_kind& records, lacking_list& lacking) {
    if (!has_document(facts, records)) lacking.push_back("the practice described (document)");
    a_record(records, "a record that it is in use", lacking);
    if (!any(records, [](const record_row& r) { return !r.judgement.empty(); })) {
        lacking.push_back("one review, with a judgement");
    }
}

void learning_event(const item_facts&, const records_of_kind& records, lacking_list& lacking) {
    a_record(records, "a record that it took place", lacking);
    if (!any(records, [](const record_row& r) { return r.findings > 0; }))
        lacking.push_back("its learning, as findings");
}

void guidance(const item_facts& facts, const records_of_kind&, lacking_list& lacking) {
    const bool approved = std::any_of(facts.documents.begin(), facts.documents.end(), [](const document_row* each) {
        return each->approved && each->review && !each->owner.empty();
    });
    if (!approved) lacking.push_back("the guidance approved, with owner and review date (document)");
}

void a_record_alone(const item_facts&, const records_of_kind& records, lacking_list& lacking) {
    a_record(records, "a record", lacking);
}

/// What each kind of record asks for before the activity is done. An explicit list.
struct kind_rule {
    std::string_view kind;
    void (*judge)(const item_facts&, const records_of_kind&, lacking_list&);
};
constexpr kind_rule kind_rules[] = {
    {"PRACTICE_ASSURANCE", practice_assurance},
    {"SINGLE_AGENCY_AUDIT", single_agency_audit},
    {"MULTI_AGENCY_AUDIT", multi_agency_audit},
    {"PERFORMANCE_MONITORING", performance_monitoring},
    {"REPORT", report},
    {"TRAINING", training},
    {"LIVED_EXPERIENCE", lived_experience},
    {"CRITERIA_REVIEW", criteria_review},
    {"CAMPAIGN", campaign},
    {"ENGAGEMENT", engagement},
    {"PRACTICE_DEVELOPMENT", practice_development},
    {"NEEDS_ASSESSMENT", received_and_decided},
    {"PATHWAY_REVIEW", received_and_decided},
    {"IMPACT_UNDERSTANDING", written_and_answered},
    {"LEARNING_EVENT", learning_event},
    {"GUIDANCE", guidance},
    {"STRATEGY_MONITORING", a_record_alone},
};

std::vector<std::string> lacking_for(const item_facts& facts, const std::vector<std::string>& kinds) {
    lacking_list lacking;
    for (const std::string& kind : kinds) {
        const auto* rule = std::find_if(std::begin(kind_rules), std::end(kind_rules),
                                        [&](const kind_rule& each) { return each.kind == kind; });
        const auto judge = rule == std::end(kind_rules) ? a_record_alone : rule->judge;
        judge(facts, facts.of_kind(kind), lacking);
    }
    if (kinds.empty()) lacking.push_back("the plan's file to name the kinds of record that show it");
    return lacking;
}

class assurance_reader {
public:
    assurance_reader(const plan& p, const dataset& data, const period& when)
        : plan_(p), data_(data), when_(when), rows_(read_assurance_rows(data, when.last)) {}

    [[nodiscard]] assurance_results read() {
        for (const priority& each : plan_.priorities) {
            for (const assurance_activity& activity : each.assurance_activities) add_activity(each, activity);
            for (const evidence_line& line : each.evidence_lines) {
                if (line.kind != evidence_kind::quantitative) add_line(each, line);
            }
        }
        result_.was_supplied = rows_.has_records;
        check_records();
        check_actions();
        return std::move(result_);
    }

private:
    /// Whether a day counts: up to the day asked about, and within the period where the activity repeats.
    [[nodiscard]] bool counts(const std::optional<day>& d, bool each_period) const {
        return d && *d <= when_.last && (!each_period || when_.first <= *d);
    }

    [[nodiscard]] item_facts facts_of(const priority& parent, const std::string& id,
                                      const std::vector<std::string>& agencies, bool each_period,
                                      const std::vector<std::string>& shared_with) const {
        item_facts facts;
        facts.parent = &parent;
        facts.id = id;
        facts.expected = agencies.empty() ? rows_.board_agencies : agencies;
        facts.expected_known = !agencies.empty() || rows_.has_members;
        for (const record_row& each : rows_.records) {
            const bool shared = std::find(shared_with.begin(), shared_with.end(), each.item) != shared_with.end() &&
                                each.kind == "PRACTICE_ASSURANCE";
            if ((each.item == id || shared) && counts(each.date, each_period)) facts.records.push_back(&each);
        }
        std::stable_sort(facts.records.begin(), facts.records.end(),
                         [](const record_row* a, const record_row* b) { return *a->date < *b->date; });
        for (const decision_row& each : rows_.decisions) {
            if (each.item == id && counts(each.date, each_period)) facts.decisions.push_back(*each.date);
        }
        for (const document_row& each : rows_.documents) {
            const bool named = std::any_of(facts.records.begin(), facts.records.end(),
                                           [&](const record_row* r) { return r->document == each.id; });
            const bool is_known = !each.approved || *each.approved <= when_.last;
            if (named || (each.item == id && is_known)) facts.documents.push_back(&each);
        }
        for (const agenda_row& each : rows_.agenda) {
            if (counts(each.date, each_period)) facts.on_agenda.push_back(each.item);
        }
        return facts;
    }

    void add_activity(const priority& parent, const assurance_activity& activity) {
        const bool each_period = activity.repeats.text() == "each period";
        item_facts facts = facts_of(parent, activity.id, activity.agencies, each_period, {});
        const bool trains = std::find(activity.record_kinds.begin(), activity.record_kinds.end(), "TRAINING") !=
                            activity.record_kinds.end();
        if (trains) add_attendance(facts, parent, activity, each_period);
        outline_assurance shown = described(facts);
        shown.lacking = lacking_for(facts, activity.record_kinds);
        shown.repeats = each_period ? "each period" : "once";
        shown.responsible = activity.owner.text();
        const std::optional<day> first = parse_iso_day(activity.starts.text());
        std::optional<day> due = parse_iso_day(activity.due_date.text());
        const work_row* work = work_of(activity.id);
        if (work != nullptr && !due) due = work->due;
        if (work != nullptr && shown.responsible.empty()) shown.responsible = work->body;
        if (first) shown.starts = to_iso(*first);
        if (due) shown.due = to_iso(*due);
        shown.dated = due.has_value();
        set_status(shown, first, due, work == nullptr ? std::string() : work->status);
        result_.elements.emplace_back(activity.id, std::move(shown));
    }

    void add_line(const priority& parent, const evidence_line& line) {
        std::vector<std::string> shared;
        const bool of_practice = std::find(line.record_kinds.begin(), line.record_kinds.end(), "PRACTICE_ASSURANCE") !=
                                 line.record_kinds.end();
        for (const assurance_activity& each : parent.assurance_activities) {
            if (of_practice) shared.push_back(each.id);
        }
        const item_facts facts = facts_of(parent, line.id, line.agencies, false, shared);
        outline_assurance shown = described(facts);
        shown.repeats = "once";
        if (line.kind == evidence_kind::both) shown.lacking = lacking_for(facts, line.record_kinds);
        shown.status = shown.records == 0 ? "missing" : "recorded";
        shown.status_reason =
            shown.records == 0 ? rows_.has_records ? "no assurance record yet"
                                                   : "no assurance record yet: table assurance_record was not supplied"
                               : number_of(shown.records, "record", "records") + ", the latest of " + shown.latest;
        result_.elements.emplace_back(line.id, std::move(shown));
    }

    void add_attendance(item_facts& facts, const priority& parent, const assurance_activity& activity,
                        bool each_period) const {
        const std::set<std::string> themes = {as_slug(parent.slug), as_slug(parent.text), as_slug(parent.id),
                                              as_slug(activity.id), as_slug(activity.slug)};
        for (const attendance_row& each : rows_.attendance) {
            if (!each.theme.empty() && themes.count(as_slug(each.theme)) != 0 && counts(each.date, each_period)) {
                facts.attendance.push_back(&each);
            }
        }
    }

    /// The work plan that says most about an activity now: the earliest still to be done, else the last.
    [[nodiscard]] const work_row* work_of(const std::string& id) const {
        const work_row* best = nullptr;
        const auto is_open = [](const work_row& w) { return w.status != "DONE" && w.status != "WITHDRAWN"; };
        for (const work_row& each : rows_.work) {
            if (each.item != id) continue;
            if (best == nullptr) {
                best = &each;
                continue;
            }
            const bool better = is_open(each) != is_open(*best) ? is_open(each)
                                : !each.due || !best->due       ? each.due.has_value()
                                : is_open(each)                 ? *each.due < *best->due
                                                                : *each.due > *best->due;
            if (better) best = &each;
        }
        return best;
    }

    void set_status(outline_assurance& shown, const std::optional<day>& first, const std::optional<day>& due,
                    const std::string& said) const {
        const auto is = [&](const char* status, std::string reason) {
            shown.status = status;
            shown.status_reason = std::move(reason);
        };
        const std::string still = "still lacking: " + joined(shown.lacking, "; ");
        const std::string claimed = said == "DONE" ? "a work plan says done, the records do not show it; " : "";
        const bool begun = shown.records > 0 || shown.decisions > 0 ||
                           std::any_of(shown.agencies.begin(), shown.agencies.end(),
                                       [](const outline_agency& each) { return each.attended.value_or(0) > 0; });
        if (said == "WITHDRAWN") return is("WITHDRAWN", "withdrawn by a work plan");
        if (shown.lacking.empty()) {
            const std::string when = shown.repeats == "each period" ? " for " + when_.label : "";
            return is("DONE", "everything it asks for is recorded" + when);
        }
        if (due && *due < when_.last) return is("OVERDUE", claimed + "due " + to_iso(*due) + "; " + still);
        if (first && *first > when_.last) return is("NOT_DUE", "begins on " + to_iso(*first));
        if (said == "AT_RISK") return is("AT_RISK", "a work plan says so; " + still);
        if (begun || said == "ON_TRACK" || said == "DONE") return is("ON_TRACK", claimed + still);
        if (due && *due > when_.last) return is("NOT_DUE", "due " + to_iso(*due) + "; nothing recorded yet");
        const char* none = rows_.has_records ? "nothing recorded yet"
                                             : "nothing recorded yet: table assurance_record was not supplied";
        is("NOT_STARTED", std::string(none) + "; it takes: " + joined(shown.lacking, "; "));
    }

    [[nodiscard]] outline_assurance described(const item_facts& facts) const {
        outline_assurance shown;
        shown.expected_known = facts.expected_known;
        shown.records = static_cast<std::int64_t>(facts.records.size());
        shown.decisions = static_cast<std::int64_t>(facts.decisions.size());
        for (const std::string& each : facts.expected) agency(shown, each).expected = true;
        for (const record_row* each : facts.records) add_record(shown, *each);
        for (const attendance_row* each : facts.attendance) {
            outline_agency& from = agency(shown, each->agency);
            from.heard_from = from.heard_from || each->attended.value_or(0) > 0;
            if (each->attended) from.attended = from.attended.value_or(0) + *each->attended;
            if (each->invited) from.invited = from.invited.value_or(0) + *each->invited;
        }
        for (const outline_agency& each : shown.agencies) {
            if (each.expected && !each.heard_from) shown.not_heard_from.push_back(each.agency);
        }
        for (const document_row* each : facts.documents) {
            shown.documents.push_back(each->title + (each->version.empty() ? "" : ", version " + each->version));
        }
        add_actions(shown, facts);
        return shown;
    }

    static outline_agency& agency(outline_assurance& shown, const std::string& name) {
        for (outline_agency& each : shown.agencies) {
            if (each.agency == name) return each;
        }
        shown.agencies.push_back({});
        shown.agencies.back().agency = name;
        return shown.agencies.back();
    }

    /// Records come by day, so the last one read is the latest.
    void add_record(outline_assurance& shown, const record_row& record) const {
        outline_agency& from = agency(shown, record.agency);
        from.heard_from = true;
        ++from.records;
        if (std::find(shown.kinds.begin(), shown.kinds.end(), record.kind) == shown.kinds.end()) {
            shown.kinds.push_back(record.kind);
        }
        from.latest = shown.latest = to_iso(*record.date);
        if (!record.judgement.empty()) {
            from.judgement = record.judgement;
            from.judged_on = to_iso(*record.date);
        }
        from.strengths += record.strengths;
        from.weaknesses += record.weaknesses;
        shown.strengths += record.strengths;
        shown.weaknesses += record.weaknesses;
        const bool approved = !record.approved_by.empty() && record.approved_on && *record.approved_on <= when_.last;
        if (approved && !record.summary.empty()) {
            shown.texts.push_back({record.summary, record.approved_by, to_iso(*record.approved_on)});
        }
    }

    void add_actions(outline_assurance& shown, const item_facts& facts) const {
        for (const action_row& each : rows_.actions) {
            const bool by_record = std::any_of(facts.records.begin(), facts.records.end(), [&](const record_row* r) {
                return !each.record.empty() && r->id == each.record;
            });
            if (!by_record && each.item != facts.id) continue;
            ++shown.actions;
            const bool done = each.status == "DONE" || (each.completed && *each.completed <= when_.last);
            shown.actions_done += done ? 1 : 0;
        }
    }

    void report(const char* table_name, std::size_t row, const char* column_name, const char* rule, std::string message,
                std::string key) {
        finding entry;
        entry.table = table_name;
        entry.column = column_name;
        entry.rule = rule;
        entry.message = std::move(message);
        entry.key = std::move(key);
        const table* from = data_.find(table_name);
        if (row < from->sources().size()) {
            const row_source source = from->sources()[row];
            if (source.file < data_.files().size()) entry.file = data_.files()[source.file].name;
            entry.row = source.row;
        }
        result_.findings.push_back(std::move(entry));
    }

    /// Kinds of record that an element asks for; nothing for an element that asks for none.
    [[nodiscard]] const std::vector<std::string>* kinds_of(const std::string& id) const {
        if (const assurance_activity* found = find_activity(plan_, id)) return &found->record_kinds;
        if (const evidence_line* found = find_evidence_line(plan_, id)) return &found->record_kinds;
        return nullptr;
    }

    void check_records() {
        for (const record_row& each : rows_.records) {
            if (!find_element(plan_, each.item)) {
                report(
                    "assurance_record", each.row, "plan_item", "unknown_plan_item",
                    "names an element that the plan does not have; " + name_remedy(each.item, all_element_ids(plan_)),
                    each.id);
                continue;
            }
            const std::vector<std::string>* kinds = kinds_of(each.item);
            if (kinds == nullptr || std::find(kinds->begin(), kinds->end(), each.kind) == kinds->end()) {
                report(
                    "assurance_record", each.row, "kind", "kind_not_asked_for",
                    "a kind of record that its element of the plan does not ask for; the board may change record_kinds",
                    each.id);
            }
            const assurance_activity* activity = find_activity(plan_, each.item);
            const std::optional<day> first =
                activity == nullptr ? std::nullopt : parse_iso_day(activity->starts.text());
            if (first && each.date && *each.date < *first) {
                report("assurance_record", each.row, "record_date", "done_before_begun",
                       "lies before the first day of its activity", each.id);
            }
        }
    }

    void check_actions() {
        std::map<std::string, std::optional<day>> begun;
        for (const record_row& each : rows_.records) begun["r " + each.id] = each.date;
        for (const decision_row& each : rows_.decisions) begun["d " + each.id] = each.date;
        for (const action_row& each : rows_.actions) {
            for (const std::string& source : {"r " + each.record, "d " + each.decision}) {
                const auto from = begun.find(source);
                if (from == begun.end() || !from->second || !each.completed) continue;
                if (*each.completed < *from->second) {
                    report("action", each.row, "completed_date", "done_before_begun",
                           "lies before the record or decision that the action came from", "");
                }
            }
        }
    }

    const plan& plan_;
    const dataset& data_;
    const period& when_;
    assurance_rows rows_;
    assurance_results result_;
};

}  // namespace

assurance_results assurance_of(const plan& p, const dataset& data, const std::vector<period>& periods) {
    if (periods.empty()) return {};
    // Of several that end on one day, the shortest.
    const auto latest = std::max_element(periods.begin(), periods.end(), [](const period& a, const period& b) {
        return a.last != b.last ? a.last < b.last : a.first < b.first;
    });
    return assurance_reader(p, data, *latest).read();
}

}  // namespace goldenthread
