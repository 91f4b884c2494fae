// goldenthread: how an engine goes about its work, as a value.
#pragma once

#include <goldenthread/core/text.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// One index or table that is made of the rows before counting.
struct shared_work {
    enum class kind_type : std::uint8_t {
        reference,  ///< for each row the row it refers to
        related,    ///< rows by their keys
        spells,     ///< rows joined where the next follows at once
    };
    kind_type kind = kind_type::reference;
    std::string table;  ///< whose rows it goes through
    std::string what;   ///< in words: "cp_plan to person by child_id"

    friend auto operator<=>(const shared_work&, const shared_work&) = default;
    friend bool operator==(const shared_work&, const shared_work&) = default;
};

[[nodiscard]] constexpr std::string_view to_text(shared_work::kind_type kind) noexcept {
    constexpr std::string_view names[] = {"reference", "related rows", "spells"};
    return names[static_cast<std::size_t>(kind)];
}

/// A table and some of its columns.
struct columns_read {
    std::string table;
    std::vector<std::string> columns;

    friend bool operator==(const columns_read&, const columns_read&) = default;
};

/// One of the parts of a measure that are counted apart: itself, who still waits, what it is divided by, what its
/// profile shows.
struct part_how {
    std::string part;  ///< "counted", "still waiting", "divided by", "shown by the profile"
    std::string of;    ///< the table whose rows are counted
    /// Why its rows are kept until all are there; empty = each row stands alone and is counted when it comes.
    std::string why_kept;
    /// By what kept rows may be divided among engines: each item names columns whose equal values tie rows together,
    /// and no value of them may be in two engines. None though `why_kept` says something = all rows must be in one
    /// engine.
    std::vector<std::vector<std::pair<std::string, std::string>>> partition_key;
};

struct indicator_how {
    std::string indicator;
    std::string path;           ///< "interval", or "reference": period by period
    std::string why_reference;  ///< which part of the definition has no other way; empty on the interval path
    std::vector<part_how> parts;
    std::vector<columns_read> reads;
    std::vector<std::size_t> work;  ///< into `engine_how::work`
};

/// Work that is done once and used by these indicators.
struct work_how {
    shared_work work;
    std::vector<std::string> indicators;
};

struct engine_how {
    std::vector<indicator_how> indicators;
    std::vector<work_how> work;
    std::vector<columns_read> kept;  ///< rows kept until the figures are asked for, and what of them
    std::string plan_hash;           ///< engines of one hash can be joined and loaded
};

namespace detail {

/// A column of a table.
using table_column = std::pair<std::string, std::string>;

/// Columns whose equal values tie rows together, sorted; for instance cp_plan.child_id and person.child_id.
using row_tie = std::vector<table_column>;

/// cp_plan.child_id = person.child_id
[[nodiscard]] inline std::string to_text(const row_tie& tie) {
    std::string text;
    for (const auto& [table, column] : tie) text += (text.empty() ? "" : " = ") + table + "." + column;
    return text;
}

[[nodiscard]] inline std::string text_of(const part_how& part) {
    std::string text = "  " + part.part + ": rows of " + part.of;
    if (part.why_kept.empty()) return text + " stand alone: counted when they come, not kept\n";
    text += " are kept: " + part.why_kept + "\n";
    if (part.partition_key.empty()) return text + "    partition key: none, all rows must be in one engine\n";
    for (const row_tie& tie : part.partition_key) text += "    partition key: " + to_text(tie) + "\n";
    return text;
}

}  // namespace detail

/// The same for people to read.
[[nodiscard]] inline std::string to_text(const engine_how& how) {
    std::string text;
    for (const indicator_how& one : how.indicators) {
        text += one.indicator + "\n  path: " + one.path;
        text += one.why_reference.empty() ? ", each row once for all periods\n"
                                          : ", period by period: " + one.why_reference + "\n";
        for (const part_how& part : one.parts) text += detail::text_of(part);
        for (const columns_read& t : one.reads)
            text += "  reads " + t.table + (t.columns.empty() ? std::string() : ": " + joined(t.columns, ", ")) + "\n";
    }
    if (!how.work.empty()) text += "made once for all:\n";
    for (const work_how& w : how.work) {
        text +=
            "  " + std::string(to_text(w.work.kind)) + ": " + w.work.what + " (" + joined(w.indicators, ", ") + ")\n";
    }
    if (!how.kept.empty()) text += "kept until the figures are asked for:\n";
    for (const columns_read& t : how.kept) text += "  " + t.table + ": " + joined(t.columns, ", ") + "\n";
    return text;
}

}  // namespace goldenthread
