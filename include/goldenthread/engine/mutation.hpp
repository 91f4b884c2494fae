// goldenthread: are a definition's cases enough? Each small mistake in it must make one of them fail.
#pragma once

#include <goldenthread/definitions/mutant.hpp>
#include <goldenthread/engine/run_options.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

enum class mutant_fate : std::uint8_t {
    killed,      ///< a case tells it from the definition
    equivalent,  ///< listed with the reason why no data can
    survives,
};

[[nodiscard]] constexpr std::string_view to_text(mutant_fate fate) noexcept {
    constexpr std::string_view names[] = {"killed", "equivalent", "survives"};
    return names[static_cast<std::size_t>(fate)];
}

/// What became of one mutant.
struct mutant_outcome {
    std::string id;
    std::string rule;
    std::string place;
    std::string words;
    mutant_fate fate = mutant_fate::survives;
    std::string killed_by;   ///< title of the first case that tells
    std::string difference;  ///< what that case expected and what the mutant gave
    std::string reason;      ///< equivalent: why
    /// Survivors: a small case that would tell, its answer the original's. Nothing if none was found, or if that of
    /// another survivor does: `told_with`.
    std::optional<definition_case> telling;
    std::string told_with;  ///< id of the mutant whose telling case tells this one too
    std::size_t datasets_tried = 0;
};

/// What became of all mutants of a definition.
struct mutation_outcome {
    std::string definition;            ///< id of an indicator, or name of a shared filter
    std::vector<std::string> used_by;  ///< filter: the indicators whose cases were run
    std::size_t cases = 0;
    std::vector<mutant_outcome> mutants;

    [[nodiscard]] std::size_t count(mutant_fate fate) const {
        return static_cast<std::size_t>(
            std::count_if(mutants.begin(), mutants.end(), [&](const mutant_outcome& m) { return m.fate == fate; }));
    }
};

/// How to ask.
struct mutation_request {
    std::vector<definition_case> cases;  ///< beside those that definitions carry
    std::size_t datasets = 3000;         ///< how many small datasets are tried for a survivor; 0 = none
};

/// What can be mutated: the indicators of these ids (empty = all) and, after them, the shared filters they use. A
/// filter's mutants may be killed by a case of any indicator of the set that uses it.
/// \throws definition_error for an unknown id, with the nearest
[[nodiscard]] std::vector<std::string> mutation_subjects(const indicator_set& set,
                                                         const std::vector<std::string>& ids = {});

/// Makes every mutant of an indicator or shared filter that means something else, runs the cases against each, and
/// looks for the smallest telling dataset of those that survive. Needs goldenthread::goldenthread.
/// \throws definition_error for an unknown definition, a case that fails on the definition itself, or a mutant listed
///   as equivalent that does not exist or that a case tells
/// \throws run_cancelled when the caller wished so
[[nodiscard]] mutation_outcome mutate(const schema& tables, const indicator_set& set, const std::string& definition,
                                      const mutation_request& request = {}, const run_options& options = {});

/// Changes whenever the outcome may: of the definition's meaning and spelling, its cases, its equivalents and the
/// request. For caches, within one version of the library.
[[nodiscard]] std::string mutation_key(const schema& tables, const indicator_set& set, const std::string& definition,
                                       const mutation_request& request = {});

}  // namespace goldenthread
