#include "scorecard/csv_text.hpp"

#include <goldenthread/core/text.hpp>
#include <goldenthread/scorecard/write_release.hpp>

#include <string>
#include <string_view>

namespace goldenthread {

namespace {

constexpr const char* header =
    "plan,priority,element,kind,text,record_kinds,status,status_reason,dated,starts,due,responsible,repeats,records,"
    "latest,"
    "strengths,weaknesses,decisions,actions,actions_done,agency,expected,heard_from,agency_records,agency_latest,"
    "judgement,"
    "judged_on,agency_strengths,agency_weaknesses,attended,invited,lacking,audience,certificate,area,synthetic\n";

const char* said(bool value) { return value ? "true" : "false"; }

class assurance_csv {
public:
    explicit assurance_csv(const release& r) : release_(r), text_(header) {}

    std::string take() { return std::move(text_); }

    void add(const std::string& priority, const outline_element& element) {
        if (element.assurance->agencies.empty()) row(priority, element, nullptr);
        for (const outline_agency& each : element.assurance->agencies) row(priority, element, &each);
    }

private:
    void row(const std::string& priority, const outline_element& element, const outline_agency* agency) {
        const outline_assurance& shown = *element.assurance;
        text_ += detail::csv_quoted(release_.title().plan);
        put(priority);
        put(element.id);
        put(element.kind);
        put(element.text);
        put(joined(element.record_kinds, "|"));
        put(shown.status);
        put(shown.status_reason);
        put(said(shown.dated));
        for (const std::string* each : {&shown.starts, &shown.due, &shown.responsible, &shown.repeats}) put(*each);
        put(std::to_string(shown.records));
        put(shown.latest);
        for (const std::int64_t n :
             {shown.strengths, shown.weaknesses, shown.decisions, shown.actions, shown.actions_done})
            put(std::to_string(n));
        put_agency(agency);
        put(joined(shown.lacking, "|"));
        put(to_text(release_.readers()));
        put(release_.certificate());
        put(release_.title().area);
        put(said(release_.title().synthetic));
        text_ += '\n';
    }

    void put_agency(const outline_agency* a) {
        if (a == nullptr) {
            constexpr int columns = 11;
            for (int i = 0; i < columns; ++i) put("");
            return;
        }
        put(a->agency);
        put(said(a->expected));
        put(said(a->heard_from));
        put(std::to_string(a->records));
        put(a->latest);
        put(a->judgement);
        put(a->judged_on);
        put(std::to_string(a->strengths));
        put(std::to_string(a->weaknesses));
        put(a->attended ? std::to_string(*a->attended) : "");
        put(a->invited ? std::to_string(*a->invited) : "");
    }

    void put(std::string_view field) { text_ += ',' + detail::csv_quoted(field); }

    const release& release_;
    std::string text_;
};

}  // namespace

std::string to_assurance_csv(const release& r) {
    assurance_csv rows(r);
    for (const outline_element& priority : r.plan().priorities) {
        for (const outline_element& part : priority.parts) {
            if (part.assurance) rows.add(priority.id, part);
        }
    }
    return rows.take();
}

}  // namespace goldenthread
