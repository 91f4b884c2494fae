// goldenthread: the engine as a value: definitions in, then rows in any number of batches, figures whenever asked for.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/engine_how.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/engine/run_options.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

namespace inlined {
class engine;
}  // namespace inlined

/// How an engine treats the rows it is given.
struct engine_options {
    /// Secret bytes, 16 at least: every identifier is replaced by its HMAC-SHA-256 as soon as it comes, and the state
    /// may be saved. The figures are those of `pseudonymised` rows. Empty = identifiers are kept while the engine
    /// lives.
    std::string pseudonym_key;
};

/// Computes indicators from rows that come in batches.
///
/// A value: a copy goes its own way. `finish` gives what `evaluate` gives for all rows together, bit for bit, however
/// they were divided into batches, engines and threads. Rows that stand alone are counted when they come; of others
/// those columns are kept that the figures need (`explain_how` tells which). `coverage` and `population` may come with
/// every batch or with one: equal rows count once.
///
/// Needs goldenthread::goldenthread; inlined::engine (run.hpp) is compiled where it is used.
/// A call that throws leaves the engine as it was. `const` members may be called on several threads at once.
class engine {
public:
    /// \throws definition_error for a wrong definition, parameter, id or period, for a key that is too short, and, with
    /// a key, for a definition that looks at what an identifier says
    engine(const schema& tables, const indicator_set& set, const std::vector<std::string>& ids,
           const evaluation_request& request, engine_options options = {});
    /// The same on the canonical schema.
    engine(const indicator_set& set, const std::vector<std::string>& ids, const evaluation_request& request,
           engine_options options = {});
    /// Indicators built in the program, on the canonical schema. \throws definition_error when two have one id
    engine(const std::vector<indicator>& own, const std::vector<period>& periods, engine_options options = {});

    engine(const engine& other);
    engine(engine&& other) noexcept;
    engine& operator=(const engine& other);
    engine& operator=(engine&& other) noexcept;
    ~engine();

    /// What is counted at once, what is kept, by which key rows may be divided, which work indicators share.
    [[nodiscard]] engine_how explain_how() const;

    /// Takes in more rows, of any tables, in any order. What is kept shares the batch's memory where its columns own
    /// it; columns that only look at a host's memory are copied.
    /// \throws data_error when the batch is about another area, or a column has another type than before
    /// \throws calculation_error for a number that is too large to be counted, or when more memory is needed than
    /// `options` allow
    /// \throws run_cancelled when the caller wished so
    engine& update(const dataset& batch, const run_options& options = {});

    /// The figures of all rows so far. The engine goes on: it may be updated and asked again.
    /// \throws calculation_error when more memory is needed than `options` allow, or a number is too large
    /// \throws run_cancelled when the caller wished so
    [[nodiscard]] results finish(const run_options& options = {}) const;

    /// Adds the rows of another engine.
    /// \throws definition_error when the two compute different things, or have different pseudonym keys
    /// \throws data_error when both hold rows of one child (or family, …) that a measure needs together: it names the
    /// measure, the column and how many values are in both; or when they are about different areas
    engine& operator+=(const engine& other);
    /// Takes the rows of another engine away again.
    /// \throws definition_error when the two compute different things, or have different pseudonym keys
    /// \throws data_error when some of its rows are not here
    engine& operator-=(const engine& other);

    /// Whether both compute the same from the same rows.
    friend bool operator==(const engine& a, const engine& b) { return a.equals(b); }

    /// The state as bytes, with a checksum: pseudonyms in the place of identifiers, everything else as it is. Still
    /// personal data: dates and categories of single children are in it.
    /// \throws disclosure_error for an engine that was made without a pseudonym key
    [[nodiscard]] std::string save() const;
    /// Takes up a state that was saved by an engine of the same plan, in the place of its own. An engine without a key
    /// can join such a state and compute its figures, but take no more rows.
    /// \throws data_error for bytes that are no state, are damaged or newer, or of another plan or key
    engine& load(std::string_view saved);

private:
    [[nodiscard]] bool equals(const engine& other) const;

    std::unique_ptr<inlined::engine> whole_;
};

[[nodiscard]] inline engine operator+(engine a, const engine& b) { return a += b; }

}  // namespace goldenthread
