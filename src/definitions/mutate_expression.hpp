// Mistakes in one expression. Internal.
#pragma once

#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

/// An expression with one mistake: which part became what.
struct mutated_expression {
    std::string rule;
    std::string before;
    std::string after;  ///< empty = left out
    expression whole;   ///< of the slot; empty = nothing is left of it
};

/// Names of parameters or arguments → the codes of the columns they are compared with.
using parameter_codes = std::map<std::string, const code_set*>;

/// What an expression's names may mean.
struct mutation_names {
    const schema* tables = nullptr;
    const indicator_set* set = nullptr;
    std::string table;  ///< of the rows it is about; "*" or empty = any
    std::string alias;
    const std::vector<parameter>* parameters = nullptr;  ///< for lengths that a parameter gives
};

[[nodiscard]] std::vector<mutated_expression> mutate(const mutation_names& names, const expression& slot);

/// Adds what parameters are compared with in an expression.
void collect_parameter_codes(const mutation_names& names, const expression& slot, parameter_codes& codes);

/// Another code of the set than those listed: the one that follows the last of them. Null if there is none.
[[nodiscard]] const code* next_code(const code_set& codes, const std::vector<std::string>& listed);

[[nodiscard]] expression integer_literal(std::int64_t number);
[[nodiscard]] expression text_literal(std::string text);
[[nodiscard]] expression truth_literal(bool value);

}  // namespace goldenthread::detail
