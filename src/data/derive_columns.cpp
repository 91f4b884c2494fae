#include "data/derive_columns.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace goldenthread::detail {

namespace {

void append_existing(column_builder& builder, const column* existing, std::size_t row) {
    if (existing == nullptr) {
        builder.append_null();
    } else {
        builder.append_from(*existing, row);
    }
}

/// Rows in order of child, start and file.
std::vector<std::size_t> rows_by_child(const table& episodes, const column& child, const column& start) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < episodes.row_count(); ++row) {
        if (!child.is_null(row) && !start.is_null(row)) rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        if (child.code_at(a) != child.code_at(b)) return child.code_at(a) < child.code_at(b);
        return start.day_at(a) < start.day_at(b);
    });
    return rows;
}

}  // namespace

table with_column(const table& source, column replacement) {
    std::vector<column> columns;
    bool replaced = false;
    for (const column& c : source.columns()) {
        const bool same = c.name() == replacement.name();
        columns.push_back(same ? replacement : c);
        replaced = replaced || same;
    }
    if (!replaced) columns.push_back(std::move(replacement));
    return table(source.name(), std::move(columns), source.sources());
}

void derive_disabled(dataset& data) {
    const table* people = data.find("person");
    const table* kinds = data.find("person_disability");
    if (people == nullptr || kinds == nullptr) return;
    std::unordered_map<std::string_view, bool> disabled;
    const column& child = (*kinds)["child_id"];
    const column& kind = (*kinds)["disability"];
    for (std::size_t row = 0; row < kinds->row_count(); ++row) {
        if (child.is_null(row) || kind.is_null(row)) continue;
        bool& entry = disabled.try_emplace(child.text_at(row), false).first->second;
        entry = entry || kind.text_at(row) != "NONE";
    }
    column_builder builder("disabled", value_type::boolean);
    const column& key = (*people)["child_id"];
    const column* existing = people->find("disabled");
    for (std::size_t row = 0; row < people->row_count(); ++row) {
        const auto found = key.is_null(row) ? disabled.end() : disabled.find(key.text_at(row));
        if (found != disabled.end()) {
            builder.append_boolean(found->second);
        } else {
            append_existing(builder, existing, row);
        }
    }
    data.add(with_column(*people, builder.finish()));
}

void derive_factors_recorded(dataset& data, bool only_raise) {
    const table* assessments = data.find("assessment");
    const table* factors = data.find("assessment_factor");
    if (assessments == nullptr || factors == nullptr) return;
    std::unordered_set<std::string_view> with_factor;
    const column& owner = (*factors)["assessment_id"];
    for (std::size_t row = 0; row < factors->row_count(); ++row) {
        if (!owner.is_null(row)) with_factor.insert(owner.text_at(row));
    }
    column_builder builder("factors_recorded", value_type::boolean);
    const column& key = (*assessments)["assessment_id"];
    const column& authorised = (*assessments)["authorised_date"];
    const column* existing = assessments->find("factors_recorded");
    for (std::size_t row = 0; row < assessments->row_count(); ++row) {
        const bool recorded = !key.is_null(row) && with_factor.count(key.text_at(row)) != 0;
        if (only_raise && (!recorded || authorised.is_null(row))) {
            append_existing(builder, existing, row);
        } else if (authorised.is_null(row)) {
            builder.append_null();
        } else {
            builder.append_boolean(recorded);
        }
    }
    data.add(with_column(*assessments, builder.finish()));
}

void derive_placements(dataset& data) {
    const table* episodes = data.find("looked_after_episode");
    if (episodes == nullptr) return;
    const column& id = (*episodes)["episode_id"];
    const column& child = (*episodes)["child_id"];
    const column& start = (*episodes)["start_date"];
    const column& end = (*episodes)["end_date"];
    const column& reason = (*episodes)["reason_new_episode"];
    constexpr std::size_t unknown = static_cast<std::size_t>(-1);
    // For every row, the row whose episode gives the id.
    std::vector<std::size_t> placement(episodes->row_count(), unknown);
    std::vector<std::size_t> period(episodes->row_count(), unknown);

    std::size_t previous = unknown;
    day latest_end = 0;
    for (const std::size_t row : rows_by_child(*episodes, child, start)) {
        const bool same_child = previous != unknown && child.code_at(previous) == child.code_at(row);
        const bool continues = same_child && start.day_at(row) <= latest_end;
        const day row_end = end.is_null(row) ? latest_day : end.day_at(row);
        latest_end = continues ? std::max(latest_end, row_end) : row_end;
        period[row] = continues ? period[previous] : row;
        if (reason.is_null(row)) {
            placement[row] = continues ? unknown : row;
        } else {
            placement[row] = continues && reason.text_at(row) == "L" ? placement[previous] : row;
        }
        previous = row;
    }
    const auto column_of = [&](const char* name, const std::vector<std::size_t>& owner) {
        column_builder builder(name, value_type::text);
        for (const std::size_t row : owner) {
            if (row == unknown || id.is_null(row)) {
                builder.append_null();
            } else {
                builder.append_text(id.text_at(row));
            }
        }
        return builder.finish();
    };
    const table placed = with_column(*episodes, column_of("placement_id", placement));
    data.add(with_column(placed, column_of("period_of_care_id", period)));
}

}  // namespace goldenthread::detail
