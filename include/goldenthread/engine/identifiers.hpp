// goldenthread: which columns name somebody or something of theirs.
#pragma once

#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/broadcast.hpp>

#include <string_view>

namespace goldenthread::detail {

/// Every text of the schema; categories and labels are lists of words. A `subject_table` says in which table to look
/// for an identifier, and is none (data/hide_identities.hpp has the same rule).
[[nodiscard]] inline bool is_identifier(std::string_view table, std::string_view column, value_type type) noexcept {
    return type == value_type::text && !is_broadcast(table) && column != "subject_table";
}

}  // namespace goldenthread::detail
