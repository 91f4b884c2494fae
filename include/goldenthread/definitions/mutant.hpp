// goldenthread: definitions with one small mistake in them, to ask whether their cases would notice.
#pragma once

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread {

/// A kind of mistake.
struct mutation_rule {
    std::string_view name;  ///< first word of a mutant's id
    std::string_view meaning;
};

/// Every kind of mistake that is made, in the order of docs/mutation.md.
inline constexpr std::array<mutation_rule, 22> mutation_rules = {{
    {"boundary", "the edge of a comparison: < for <=, > for >="},
    {"comparison", "= for !=, null for not null"},
    {"end", "the edges of open, during, happened, overlaps and between: a day in or out, one side left out"},
    {"duration", "a length one unit shorter or longer"},
    {"unit", "days for months, days for working days, boundaries crossed for completed units"},
    {"number", "a number one less or one more; a fixed date a day earlier or later"},
    {"code", "another code, one code more, one code less, another group"},
    {"logic", "or for and, and for or"},
    {"negation", "a 'not' left out"},
    {"dropped", "a clause, an alternative or a whole condition left out"},
    {"truth", "true for false, false for true"},
    {"unknown", "what is not known read as no, or as known"},
    {"branch", "a branch of a 'case' left out"},
    {"arithmetic", "+ for -, least for greatest"},
    {"period", "the first day of the period for the last"},
    {"position", "first for last, minimum for maximum, another position, all for the latest"},
    {"key", "a column left out of a key or an order"},
    {"distinct", "rows for entities, entities for rows"},
    {"numerator", "numerator and denominator exchanged, left out, or the complement"},
    {"statistic", "mean for median, another quantile or method, another multiplier, other ages"},
    {"convention", "another choice of a convention"},
    {"parameter", "another choice or number as a parameter's default"},
}};

/// A definition with one mistake: an indicator's, or a shared filter's.
struct mutant {
    std::string id;      ///< "boundary /measure/where: a < b -> a <= b"; stays while the place stays as it is
    std::string rule;    ///< name of a rule in `mutation_rules`
    std::string place;   ///< JSON pointer in the indicator or filter
    std::string before;  ///< canonical text
    std::string after;   ///< empty = left out
    std::shared_ptr<const goldenthread::indicator> indicator;  ///< the wrong definition, without its cases; or
    std::shared_ptr<const named_filter> filter;                ///< the wrong filter

    /// "'start_date < as_at' became 'start_date <= as_at' in /measure/where".
    [[nodiscard]] std::string words() const {
        if (after.empty()) return "'" + before + "' was left out of " + place;
        return "'" + before + "' became '" + after + "' in " + place;
    }
};

/// Every mistake that the rules make in an indicator. Some may not fit the tables or mean the same as the original:
/// the engine tells (engine/mutation.hpp). `set` gives the filters it may use. Needs goldenthread::goldenthread.
[[nodiscard]] std::vector<mutant> make_mutants(const schema& tables, const indicator_set& set,
                                               const indicator& original);

/// The same of a shared filter.
[[nodiscard]] std::vector<mutant> make_mutants(const schema& tables, const indicator_set& set,
                                               const named_filter& original);

}  // namespace goldenthread
