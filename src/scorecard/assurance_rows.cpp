#include "scorecard/assurance_rows.hpp"

#include <map>
#include <set>
#include <utility>

namespace goldenthread::detail {

namespace {

/// Reads the rows of a table by column name; a column that is not there is null in every row.
class row_reader {
public:
    row_reader(const dataset& data, std::string_view name) : table_(data.find(name)) {}

    [[nodiscard]] bool is_supplied() const noexcept { return table_ != nullptr; }
    /// Goes to the next row; false after the last.
    bool next() {
        if (table_ == nullptr) return false;
        row_ = started_ ? row_ + 1 : 0;
        started_ = true;
        return row_ < table_->row_count();
    }
    [[nodiscard]] std::size_t row() const noexcept { return row_; }
    [[nodiscard]] std::string text(std::string_view name) const {
        const column* c = filled(name);
        return c != nullptr && is_text_type(c->type()) ? std::string(c->text_at(row_)) : std::string();
    }
    [[nodiscard]] std::optional<day> date(std::string_view name) const {
        const column* c = filled(name);
        return c != nullptr && c->type() == value_type::date ? std::optional<day>(c->day_at(row_)) : std::nullopt;
    }
    [[nodiscard]] std::optional<bool> boolean(std::string_view name) const {
        const column* c = filled(name);
        return c != nullptr && c->type() == value_type::boolean ? std::optional<bool>(c->boolean_at(row_))
                                                                : std::nullopt;
    }
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const {
        const column* c = filled(name);
        return c != nullptr && c->type() == value_type::int64 ? std::optional<std::int64_t>(c->int64_at(row_))
                                                              : std::nullopt;
    }

private:
    [[nodiscard]] const column* filled(std::string_view name) const {
        const column* c = table_->find(name);
        return c == nullptr || c->is_null(row_) ? nullptr : c;
    }

    const table* table_;
    std::size_t row_ = 0;
    bool started_ = false;
};

std::vector<record_row> read_records(const dataset& data) {
    std::vector<record_row> result;
    std::map<std::string, std::size_t> places;
    for (row_reader rows(data, "assurance_record"); rows.next();) {
        record_row r;
        r.row = rows.row();
        r.id = rows.text("record_id");
        r.item = rows.text("plan_item");
        r.kind = rows.text("kind");
        r.agency = rows.text("agency");
        r.judgement = rows.text("judgement");
        r.summary = rows.text("summary");
        r.document = rows.text("document_id");
        r.approved_by = rows.text("text_approved_by");
        r.date = rows.date("record_date");
        r.approved_on = rows.date("text_approved_date");
        places.emplace(r.id, result.size());
        result.push_back(std::move(r));
    }
    for (row_reader rows(data, "finding"); rows.next();) {
        const auto place = places.find(rows.text("record_id"));
        if (place == places.end()) continue;  // the reader reported it
        record_row& of = result[place->second];
        ++of.findings;
        const std::optional<bool> strength = rows.boolean("strength");
        if (strength) ++(*strength ? of.strengths : of.weaknesses);
    }
    return result;
}

std::vector<agenda_row> read_agenda(const dataset& data) {
    std::map<std::string, std::optional<day>> meetings;
    for (row_reader rows(data, "meeting"); rows.next();) meetings[rows.text("meeting_id")] = rows.date("meeting_date");
    std::vector<agenda_row> result;
    for (row_reader rows(data, "agenda_item"); rows.next();) {
        const auto meeting = meetings.find(rows.text("meeting_id"));
        result.push_back(
            {rows.text("item_id"), rows.text("plan_item"), meeting == meetings.end() ? std::nullopt : meeting->second});
    }
    return result;
}

/// A decision that names no element of the plan is about that of its agenda item.
std::vector<decision_row> read_decisions(const dataset& data, const std::vector<agenda_row>& agenda) {
    std::map<std::string, std::string> items;
    for (const agenda_row& each : agenda) items.emplace(each.id, each.item);
    std::vector<decision_row> result;
    for (row_reader rows(data, "decision"); rows.next();) {
        decision_row d{rows.text("decision_id"), rows.text("plan_item"), rows.date("decision_date")};
        const auto item = items.find(rows.text("item_id"));
        if (d.item.empty() && item != items.end()) d.item = item->second;
        result.push_back(std::move(d));
    }
    return result;
}

void read_board(assurance_rows& into, const dataset& data, day as_at) {
    std::set<std::string> boards;
    row_reader bodies(data, "body");
    while (bodies.next()) {
        if (bodies.text("kind") == "BOARD") boards.insert(bodies.text("body_id"));
    }
    row_reader members(data, "body_member");
    into.has_members = bodies.is_supplied() && members.is_supplied();
    std::set<std::string> agencies;
    while (members.next()) {
        const std::optional<day> from = members.date("from_date"), to = members.date("to_date");
        const bool sits = (!from || *from <= as_at) && (!to || as_at <= *to);
        if (sits && boards.count(members.text("body_id")) != 0) agencies.insert(members.text("agency"));
    }
    agencies.erase(std::string());
    into.board_agencies.assign(agencies.begin(), agencies.end());
}

}  // namespace

assurance_rows read_assurance_rows(const dataset& data, day as_at) {
    assurance_rows result;
    result.has_records = data.find("assurance_record") != nullptr;
    result.records = read_records(data);
    result.agenda = read_agenda(data);
    result.decisions = read_decisions(data, result.agenda);
    for (row_reader rows(data, "action"); rows.next();) {
        result.actions.push_back({rows.row(), rows.text("plan_item"), rows.text("record_id"), rows.text("decision_id"),
                                  rows.text("status"), rows.date("completed_date")});
    }
    for (row_reader rows(data, "document"); rows.next();) {
        result.documents.push_back({rows.text("document_id"), rows.text("plan_item"), rows.text("title"),
                                    rows.text("version"), rows.text("owner_group"), rows.date("approved_date"),
                                    rows.date("review_date")});
    }
    for (row_reader rows(data, "training_attendance"); rows.next();) {
        result.attendance.push_back({rows.text("theme"), rows.text("agency"), rows.date("training_date"),
                                     rows.number("attended"), rows.number("invited")});
    }
    std::map<std::string, std::string> names;
    for (row_reader rows(data, "body"); rows.next();) names[rows.text("body_id")] = rows.text("name");
    for (row_reader rows(data, "work_plan"); rows.next();) {
        const std::string body = rows.text("body_id");
        const auto name = names.find(body);
        result.work.push_back({rows.text("plan_item"), name == names.end() ? body : name->second, rows.text("status"),
                               rows.date("due_date")});
    }
    read_board(result, data, as_at);
    return result;
}

}  // namespace goldenthread::detail
