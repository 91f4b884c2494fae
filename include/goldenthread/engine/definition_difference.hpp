// goldenthread: two definitions side by side: what changed, in words, and whether the meaning did.
#pragma once

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/request.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// What a changed part of a definition is.
enum class changed_part : std::uint8_t {
    measure,    ///< what is counted, when and under which conditions
    parameter,  ///< a default, or what a choice means
    convention,
    filter,  ///< a shared filter that the definition uses
    breakdown,
    words,  ///< title, definition in words, source, pitfalls, …
    cases,
};

[[nodiscard]] constexpr std::string_view to_text(changed_part part) noexcept {
    constexpr std::string_view names[] = {"measure",   "parameter", "convention", "filter",
                                          "breakdown", "words",     "cases"};
    return names[static_cast<std::size_t>(part)];
}

/// One part that is not as it was.
struct definition_change {
    changed_part part = changed_part::measure;
    std::string place;           ///< JSON pointer: "/measure/where", "/parameters/months/default", "/filters/cin/is"
    std::string before;          ///< canonical text; empty = it was not there
    std::string after;           ///< empty = it is no more
    std::string before_english;  ///< conditions: in English; empty where there is nothing to say
    std::string after_english;

    friend bool operator==(const definition_change&, const definition_change&) = default;
};

/// What changed from one definition to another.
struct definition_difference {
    std::string before;  ///< id
    std::string after;
    std::string hash_before;  ///< content hash, under the defaults of the parameters
    std::string hash_after;
    std::string meaning_before;  ///< the whole definition in English
    std::string meaning_after;
    std::vector<definition_change> changes;  ///< in the order of `changed_part`

    /// The same content hash: whatever changed are words, cases, breakdowns, the spelling, or choices nobody made.
    [[nodiscard]] bool same_meaning() const noexcept { return hash_before == hash_after; }

    friend bool operator==(const definition_difference&, const definition_difference&) = default;
};

/// The content hash of a definition: of its resolved tree, conventions and parameters. Needs
/// goldenthread::goldenthread.
/// \throws definition_error for an unknown id or parameter, or a definition that does not fit the tables
[[nodiscard]] std::string definition_hash(const schema& tables, const indicator_set& set, const std::string& id,
                                          const std::vector<parameter_value>& parameters = {});

/// Compares two definitions, each in its own set with its own shared filters. Needs goldenthread::goldenthread.
/// \throws definition_error for an unknown id, or a definition that does not fit the tables
[[nodiscard]] definition_difference compare_definitions(const schema& tables, const indicator_set& before,
                                                        const std::string& id_before, const indicator_set& after,
                                                        const std::string& id_after);

/// A paragraph and a line for each change.
[[nodiscard]] std::string to_text(const definition_difference& d);

}  // namespace goldenthread
