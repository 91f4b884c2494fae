// The board's own rows as plain values. Internal.
#pragma once

#include <goldenthread/core/date.hpp>
#include <goldenthread/data/dataset.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace goldenthread::detail {

struct record_row {
    std::size_t row = 0;
    std::string id, item, kind, agency, judgement, summary, document, approved_by;
    std::optional<day> date, approved_on;
    std::int64_t strengths = 0, weaknesses = 0, findings = 0;  ///< of table `finding`
};

struct decision_row {
    std::string id, item;
    std::optional<day> date;
};

struct action_row {
    std::size_t row = 0;
    std::string item, record, decision, status;
    std::optional<day> completed;
};

struct document_row {
    std::string id, item, title, version, owner;
    std::optional<day> approved, review;
};

/// An agenda item with the day of its meeting.
struct agenda_row {
    std::string id, item;
    std::optional<day> date;
};

struct attendance_row {
    std::string theme, agency;
    std::optional<day> date;
    std::optional<std::int64_t> attended, invited;
};

struct work_row {
    std::string item, body, status;
    std::optional<day> due;
};

/// All of them; a table that was not supplied is empty.
struct assurance_rows {
    bool has_records = false;
    bool has_members = false;  ///< body and body_member were supplied
    std::vector<record_row> records;
    std::vector<decision_row> decisions;
    std::vector<action_row> actions;
    std::vector<document_row> documents;
    std::vector<agenda_row> agenda;
    std::vector<attendance_row> attendance;
    std::vector<work_row> work;
    std::vector<std::string> board_agencies;  ///< members of bodies of kind BOARD on the day, sorted
};

[[nodiscard]] assurance_rows read_assurance_rows(const dataset& data, day as_at);

}  // namespace goldenthread::detail
