#include <goldenthread/engine/mutation.hpp>

#include "engine/convention_reader.hpp"
#include "engine/telling_dataset.hpp"
#include "engine/used_filters.hpp"

#include <goldenthread/core/hash.hpp>
#include <goldenthread/engine/definition_hash.hpp>
#include <goldenthread/engine/resolve.hpp>
#include <goldenthread/engine/run_case.hpp>

#include <exception>
#include <map>
#include <set>
#include <utility>

namespace goldenthread {

namespace {

using detail::convention_reader;
using detail::filters_used;
using detail::resolved_measure;

// --- one definition and its mutants -------------------------------------------------------------

/// What an indicator may be asked: parameters, as callers give them, for all definitions alike.
struct question {
    const indicator* definition = nullptr;
    std::vector<parameter_value> parameters;
};

struct prepared_case {
    const definition_case* source = nullptr;
    const indicator* definition = nullptr;
    dataset data;
};

/// A mutant that means something else than the original.
struct live_mutant {
    mutant made;
    std::vector<std::size_t> questions;  ///< for which it does
    std::string signature;
};

class mutation_run {
public:
    mutation_run(const schema& tables, const indicator_set& set, const std::string& definition,
                 const mutation_request& request)
        : tables_(tables), set_(set), request_(request), name_(definition) {
        filter_ = set.find_filter(definition);
        if (filter_ == nullptr) {
            own_ = &definition_named(definition);
            users_.push_back(own_);
        } else {
            for (const indicator& i : set.indicators) {
                const std::vector<const named_filter*> used = filters_used(set, i);
                if (std::find(used.begin(), used.end(), filter_) != used.end()) users_.push_back(&i);
            }
        }
        for (const indicator* user : users_) prepare_user(*user);
        made_ = filter_ == nullptr ? make_mutants(tables, set, *own_) : make_mutants(tables, set, *filter_);
    }

    [[nodiscard]] std::string key() const {
        std::string text = "mutation 1 " + name_ + " " + std::to_string(request_.datasets);
        for (const question& q : questions_) text += "\n" + original_hash(q).value_or("-");
        for (const mutant& m : made_) text += "\n" + m.id + "\t" + m.before + "\t" + m.after;
        for (const definition_case* c : cases_) text += "\n" + c->indicator + " " + to_json(*c);
        for (const equivalent_mutant& e : equivalents()) text += "\n" + e.mutant + ": " + e.reason;
        return sha256(text);
    }

    [[nodiscard]] mutation_outcome run(const run_options& options) {
        read_cases();
        const std::vector<live_mutant> live = live_mutants(options);
        check_equivalents_exist(live);
        mutation_outcome result;
        result.definition = name_;
        result.cases = cases_.size();
        if (filter_ != nullptr) {
            for (const indicator* user : users_) result.used_by.push_back(user->id);
        }
        result.mutants.resize(live.size());
        for_all(live.size(), options, "running cases against mutants",
                [&](std::size_t i) { result.mutants[i] = judged(live[i]); });
        if (request_.datasets != 0) {
            for_all(live.size(), options, "looking for telling datasets", [&](std::size_t i) {
                if (result.mutants[i].fate == mutant_fate::survives) search(live[i], result.mutants[i]);
            });
            share_telling_cases(live, result.mutants);
        }
        return result;
    }

private:
    [[nodiscard]] const indicator& definition_named(const std::string& name) const {
        const indicator* found = set_.find(name);
        if (found != nullptr) return *found;
        std::vector<std::string> known = set_.ids();
        for (const named_filter& f : set_.filters) known.push_back(f.name);
        error_context context;
        context.remedy = name_remedy(name, known);
        throw definition_error("unknown indicator or shared filter '" + name + "'", std::move(context));
    }
    [[nodiscard]] const std::vector<equivalent_mutant>& equivalents() const {
        return filter_ != nullptr ? filter_->equivalent_mutants : own_->equivalent_mutants;
    }
    [[nodiscard]] const std::string& place() const { return filter_ != nullptr ? filter_->place : own_->place; }

    /// Cases and questions of an indicator: its defaults, each other choice of its parameters, and what its cases ask.
    void prepare_user(const indicator& user) {
        std::vector<const definition_case*> cases;
        for (const definition_case& c : user.cases) cases.push_back(&c);
        for (const definition_case& c : request_.cases) {
            if (c.indicator == user.id) cases.push_back(&c);
        }
        std::vector<std::vector<parameter_value>> asked = {{}};
        const auto add = [&](std::vector<parameter_value> parameters) {
            if (std::find(asked.begin(), asked.end(), parameters) == asked.end())
                asked.push_back(std::move(parameters));
        };
        for (const parameter* p : parameters_of(user)) {
            for (const auto& [choice, binding] : p->choices) {
                if (choice != p->standard) add({{p->name, choice}});
            }
        }
        for (const definition_case* c : cases) add(c->parameters);
        for (std::vector<parameter_value>& parameters : asked) questions_.push_back({&user, std::move(parameters)});
        cases_.insert(cases_.end(), cases.begin(), cases.end());
        for (const definition_case* c : cases) {
            static_cast<void>(c);
            case_users_.push_back(&user);
        }
    }
    [[nodiscard]] std::vector<const parameter*> parameters_of(const indicator& user) const {
        std::vector<const parameter*> result;
        for (const parameter& p : user.parameters) result.push_back(&p);
        for (const named_filter* f : filters_used(set_, user)) {
            for (const parameter& p : f->parameters) result.push_back(&p);
        }
        return result;
    }

    // --- definitions with a mistake in them -----------------------------------------------------
    /// A user's definition alone with the filters it uses; with a mutant in its place, if one is given.
    [[nodiscard]] indicator_set definitions(const indicator& user, const mutant* m) const {
        indicator_set result;
        for (const named_filter* f : filters_used(set_, user)) {
            result.filters.push_back(m != nullptr && m->filter && f->name == m->filter->name ? *m->filter : *f);
        }
        if (m != nullptr && m->indicator) {
            result.indicators.push_back(*m->indicator);
        } else {
            result.indicators.push_back(user);
            result.indicators.back().cases.clear();
        }
        return result;
    }
    [[nodiscard]] resolved_measure resolved_for(const indicator_set& definitions, const question& q) const {
        return detail::resolve_measure(tables_, definitions, definitions.indicators.front(), {}, q.parameters);
    }
    [[nodiscard]] std::optional<std::string> original_hash(const question& q) const {
        try {
            return detail::hash_of_definition(resolved_for(definitions(*q.definition, nullptr), q));
        } catch (const definition_error&) {
            return std::nullopt;  // a case gives a parameter that only another choice uses
        }
    }
    /// Whether a mutant of a convention changes what the definition reads; of anything else always.
    [[nodiscard]] static bool changes_a_reading(const mutant& m, const resolved_measure& original,
                                                resolved_measure changed) {
        if (m.rule != "convention") return true;
        const std::string name = m.place.substr(m.place.rfind('/') + 1);
        if (name != "end_day") return convention_reader(original).depends_on(name);
        const auto set_ends = [&](auto&& self, resolved_measure& x) -> void {
            x.conventions = original.conventions;
            for (std::shared_ptr<const resolved_measure>* part : {&x.lower, &x.profile_measure}) {
                if (!*part) continue;
                auto copy = std::make_shared<resolved_measure>(**part);
                self(self, *copy);
                *part = copy;
            }
        };
        set_ends(set_ends, changed);
        return detail::hash_of_definition(changed) != detail::hash_of_definition(original);
    }
    /// Nothing if the mutant does not fit the tables or means the same whatever is asked.
    [[nodiscard]] std::optional<live_mutant> brought_to_life(
        const mutant& m, const std::vector<std::optional<std::string>>& originals) const {
        live_mutant live;
        live.made = m;
        try {
            for (std::size_t i = 0; i < questions_.size(); ++i) {
                const question& q = questions_[i];
                if (!originals[i]) continue;
                const resolved_measure changed = resolved_for(definitions(*q.definition, &m), q);
                const std::string hash = detail::hash_of_definition(changed);
                live.signature += hash;
                if (hash == *originals[i]) continue;
                if (!changes_a_reading(m, resolved_for(definitions(*q.definition, nullptr), q), changed)) continue;
                live.questions.push_back(i);
            }
        } catch (const definition_error&) {
            return std::nullopt;
        }
        if (live.questions.empty()) return std::nullopt;
        return live;
    }
    [[nodiscard]] std::vector<live_mutant> live_mutants(const run_options& options) const {
        std::vector<std::optional<std::string>> originals;
        for (const question& q : questions_) originals.push_back(original_hash(q));
        std::vector<std::optional<live_mutant>> all(made_.size());
        for_all(made_.size(), options, "making mutants",
                [&](std::size_t i) { all[i] = brought_to_life(made_[i], originals); });
        std::vector<live_mutant> result;
        std::set<std::string> signatures;
        for (std::optional<live_mutant>& one : all) {
            if (one && signatures.insert(one->signature).second) result.push_back(std::move(*one));
        }
        return result;
    }

    // --- cases ----------------------------------------------------------------------------------
    void read_cases() {
        for (std::size_t i = 0; i < cases_.size(); ++i) {
            const definition_case& c = *cases_[i];
            prepared_.push_back({&c, case_users_[i], dataset_of(tables_, c)});
            const std::string difference =
                difference_of(definitions(*case_users_[i], nullptr), prepared_.back().data, c);
            if (difference.empty()) continue;
            error_context context;
            context.indicator = c.indicator;
            context.place = c.place;
            context.remedy = "see 'goldenthread test'";
            throw definition_error("mutants cannot be judged while the case '" + c.title + "' fails: " + difference,
                                   std::move(context));
        }
    }
    /// How the answer differs from what the case expects; empty = it passes.
    [[nodiscard]] std::string difference_of(const indicator_set& definitions, const dataset& data,
                                            const definition_case& c) const {
        evaluation_request asked = request_of(c);
        // A mutant may have lost the clause that used a parameter: it is then not asked for.
        const question q{&definitions.indicators.front(), c.parameters};
        const std::vector<std::pair<std::string, std::string>> used = resolved_for(definitions, q).parameters;
        const auto is_known = [&](const std::string& name) {
            const auto named = [&](const auto& p) { return p.first == name; };
            const auto declared = [&](const parameter& p) { return p.name == name; };
            const std::vector<parameter>& own = definitions.indicators.front().parameters;
            return std::any_of(used.begin(), used.end(), named) || std::any_of(own.begin(), own.end(), declared);
        };
        asked.parameters.clear();
        for (const auto& [name, value] : c.parameters) {
            if (is_known(name)) asked.parameters.emplace_back(c.indicator + ":" + name, value);
        }
        const results all = evaluate(tables_, definitions, {c.indicator}, data, asked);
        const case_outcome outcome = compare_case(c, all.indicators.front());
        return outcome.passed() ? std::string() : outcome.differences.front();
    }
    /// The same, where a mutant may also fail to be computed at all.
    [[nodiscard]] std::string difference_of_mutant(const indicator_set& definitions, const dataset& data,
                                                   const definition_case& c) const {
        try {
            return difference_of(definitions, data, c);
        } catch (const run_cancelled&) {
            throw;
        } catch (const error& problem) {
            return problem.message();
        }
    }
    [[nodiscard]] mutant_outcome judged(const live_mutant& m) const {
        mutant_outcome result;
        result.id = m.made.id;
        result.rule = m.made.rule;
        result.place = m.made.place;
        result.words = m.made.words();
        const indicator* last_user = nullptr;
        indicator_set changed;
        for (const prepared_case& c : prepared_) {
            if (c.definition != last_user) changed = definitions(*c.definition, &m.made);
            last_user = c.definition;
            result.difference = difference_of_mutant(changed, c.data, *c.source);
            if (result.difference.empty()) continue;
            result.fate = mutant_fate::killed;
            result.killed_by = c.source->title;
            refuse_false_equivalent(m, result);
            return result;
        }
        for (const equivalent_mutant& e : equivalents()) {
            if (e.mutant != m.made.id) continue;
            result.fate = mutant_fate::equivalent;
            result.reason = e.reason;
        }
        return result;
    }

    // --- equivalents ----------------------------------------------------------------------------
    [[noreturn]] void refuse_equivalent(const std::string& message, std::string remedy) const {
        error_context context;
        context.indicator = name_;
        context.place = place();
        context.remedy = std::move(remedy);
        throw definition_error(message, std::move(context));
    }
    void check_equivalents_exist(const std::vector<live_mutant>& live) const {
        for (const equivalent_mutant& e : equivalents()) {
            const auto named = [&](const live_mutant& m) { return m.made.id == e.mutant; };
            if (std::any_of(live.begin(), live.end(), named)) continue;
            std::vector<std::string> ids;
            for (const live_mutant& m : live) ids.push_back(m.made.id);
            const std::string nearest = nearest_name(e.mutant, ids);
            refuse_equivalent("there is no mutant '" + e.mutant + "' to be equivalent",
                              nearest.empty() ? "goldenthread mutate lists them; take out what is no more"
                                              : "did you mean '" + nearest + "'?");
        }
    }
    void refuse_false_equivalent(const live_mutant& m, const mutant_outcome& killed) const {
        const auto named = [&](const equivalent_mutant& e) { return e.mutant == m.made.id; };
        if (std::none_of(equivalents().begin(), equivalents().end(), named)) return;
        refuse_equivalent("the mutant '" + m.made.id + "' is listed as equivalent, but the case '" + killed.killed_by +
                              "' tells it (" + killed.difference + ")",
                          "take it out of equivalent_mutants");
    }

    // --- telling datasets -----------------------------------------------------------------------
    /// What the original answers becomes what the case expects.
    void expect_answer(definition_case& c, const indicator_set& original, const dataset& data) const {
        const results all = evaluate(tables_, original, {c.indicator}, data, request_of(c));
        const indicator_result& r = all.indicators.front();
        const cell& total = *r.total(0);
        const bool computed = total.numerator || total.denominator;
        const auto count = [](std::optional<std::int64_t> n) { return expected_count{true, n}; };
        const auto side = [&](std::int64_t n) {
            return computed ? expected_count{true, n} : expected_count{true, std::nullopt};
        };
        const auto side_if_any = [&](std::int64_t n) { return computed ? expected_count{true, n} : expected_count{}; };
        expected_result& e = c.expect;
        e = {};
        e.state = to_text(total.state);
        if (total.value) e.value = total.value->as_double();
        e.numerator = count(total.numerator);
        e.denominator = count(total.denominator);
        e.unknown = side(total.unknown);
        e.excluded = side_if_any(total.excluded);
        e.immature = side_if_any(total.immature);
        e.censored = side_if_any(total.censored);
        e.denominator_unknown = side_if_any(total.denominator_unknown);
        e.denominator_excluded = side_if_any(total.denominator_excluded);
        e.denominator_immature = side_if_any(total.denominator_immature);
        if (c.breakdown.empty()) return;
        e.cells.emplace();
        for (const cell& x : r.cells) {
            const bool nothing = x.state == cell_state::true_zero || x.state == cell_state::zero_denominator ||
                                 x.state == cell_state::not_applicable;
            if (x.key.empty() || nothing) continue;
            expected_cell shown;
            for (const breakdown_value& v : x.key) shown.key.emplace_back(v.dimension, v.category);
            if (x.value) shown.value = x.value->as_double();
            shown.state = to_text(x.state);
            e.cells->push_back(std::move(shown));
        }
    }
    /// Counts that are nought and tell nothing are not worth a reader's time.
    void tidy(definition_case& c, const indicator_set& changed) const {
        const auto still_tells = [&] { return !difference_of_mutant(changed, dataset_of(tables_, c), c).empty(); };
        for (expected_count expected_result::* member :
             {&expected_result::excluded, &expected_result::immature, &expected_result::censored,
              &expected_result::denominator_unknown, &expected_result::denominator_excluded,
              &expected_result::denominator_immature}) {
            expected_count& one = c.expect.*member;
            if (!one.given || one.value.value_or(0) != 0) continue;
            const expected_count kept = std::exchange(one, {});
            if (!still_tells()) one = kept;
        }
    }
    /// A question that a mutant answers otherwise, with what makes datasets for it.
    struct search_place {
        const question* asked;
        indicator_set original, changed;
        resolved_measure first, second;
        std::vector<const definition_case*> examples;
    };
    [[nodiscard]] search_place place_of(const live_mutant& m, std::size_t i) const {
        const question& q = questions_[i];
        indicator_set original = definitions(*q.definition, nullptr), changed = definitions(*q.definition, &m.made);
        resolved_measure first = resolved_for(original, q), second = resolved_for(changed, q);
        std::vector<const definition_case*> examples;
        for (std::size_t c = 0; c < cases_.size(); ++c) {
            if (case_users_[c] == q.definition) examples.push_back(cases_[c]);
        }
        return {&q, std::move(original), std::move(changed), std::move(first), std::move(second), std::move(examples)};
    }
    /// Whether the mutant gives another answer to a case than the definition, which becomes what the case expects.
    [[nodiscard]] bool tells(const search_place& at, definition_case& c) const {
        try {
            const dataset data = dataset_of(tables_, c);
            expect_answer(c, at.original, data);
            return !difference_of_mutant(at.changed, data, c).empty();
        } catch (const error&) {
            return false;  // rows that the definition itself cannot compute
        }
    }
    void search(const live_mutant& m, mutant_outcome& outcome) const {
        constexpr std::size_t most_places = 5;
        const std::size_t places = std::min(m.questions.size(), most_places);
        // The same seed whenever the same mutant is asked about.
        const std::uint64_t seed = std::stoull(sha256(m.made.id).substr(0, 15), nullptr, 16);
        for (std::size_t p = 0; p < places; ++p) {
            const search_place at = place_of(m, m.questions[p * m.questions.size() / places]);
            if (search_at(at, seed + p, request_.datasets / places, outcome)) return;
        }
    }
    [[nodiscard]] bool search_at(const search_place& at, std::uint64_t seed, std::size_t tries,
                                 mutant_outcome& outcome) const {
        detail::dataset_maker maker(tables_, {&at.first, &at.second}, at.examples, seed);
        // A case in which everything is known is easier to read: it is looked for a little longer.
        std::optional<definition_case> best;
        std::size_t last_try = tries;
        for (std::size_t n = 1; n <= last_try; ++n) {
            ++outcome.datasets_tried;
            definition_case c = maker.make();
            c.indicator = at.asked->definition->id;
            c.parameters = at.asked->parameters;
            if (!at.first.profile.empty()) c.breakdown = at.first.profile.front();
            if (!tells(at, c) || (best && undecided(c) >= undecided(*best))) continue;
            if (!best) last_try = std::min(tries, 2 * n + tries / 10);
            best = std::move(c);
            if (undecided(*best) == 0) break;
        }
        if (!best) return false;
        definition_case c = detail::shrunk(tables_, *best, [&](const definition_case& smaller) {
            definition_case copy = smaller;
            return tells(at, copy) && undecided(copy) <= undecided(*best);
        });
        static_cast<void>(tells(at, c));
        tidy(c, at.changed);
        c.title = "Tells whether " + outcome.words;
        outcome.telling = std::move(c);
        return true;
    }
    [[nodiscard]] static std::int64_t undecided(const definition_case& c) {
        return c.expect.unknown.value.value_or(0) + c.expect.denominator_unknown.value.value_or(0);
    }
    /// One case that tells several is enough.
    void share_telling_cases(const std::vector<live_mutant>& live, std::vector<mutant_outcome>& outcomes) const {
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (!outcomes[i].telling) continue;
            const definition_case& c = *outcomes[i].telling;
            const dataset data = dataset_of(tables_, c);
            const indicator& user = definition_named(c.indicator);
            for (std::size_t j = i + 1; j < outcomes.size(); ++j) {
                if (!outcomes[j].telling) continue;
                if (difference_of_mutant(definitions(user, &live[j].made), data, c).empty()) continue;
                outcomes[j].telling.reset();
                outcomes[j].told_with = outcomes[i].id;
            }
        }
    }

    /// Runs `work(0)` to `work(count - 1)` by the options' executor; the first error is thrown when all are done.
    template <class Work>
    static void for_all(std::size_t count, const run_options& options, const char* words, Work&& work) {
        std::vector<std::exception_ptr> problems(count);
        const auto one = [&](std::size_t i) {
            try {
                if (options.cancel.is_cancelled()) throw run_cancelled();
                work(i);
            } catch (...) {
                problems[i] = std::current_exception();
            }
        };
        if (options.executor) {
            options.executor(count, one);
        } else {
            for (std::size_t i = 0; i < count; ++i) {
                one(i);
                if (options.progress) options.progress(i + 1, count, words);
            }
        }
        for (const std::exception_ptr& problem : problems) {
            if (problem) std::rethrow_exception(problem);
        }
        if (options.executor && options.progress) options.progress(count, count, words);
    }

    const schema& tables_;
    const indicator_set& set_;
    const mutation_request& request_;
    std::string name_;
    const named_filter* filter_ = nullptr;
    const indicator* own_ = nullptr;
    std::vector<const indicator*> users_;
    std::vector<question> questions_;
    std::vector<const definition_case*> cases_;
    std::vector<const indicator*> case_users_;
    std::vector<prepared_case> prepared_;
    std::vector<mutant> made_;
};

}  // namespace

std::vector<std::string> mutation_subjects(const indicator_set& set, const std::vector<std::string>& ids) {
    std::vector<std::string> result;
    std::set<const named_filter*> used;
    for (const std::string& id : ids.empty() ? set.ids() : ids) {
        if (set.find_filter(id) != nullptr) {
            used.insert(set.find_filter(id));
            continue;
        }
        if (std::find(result.begin(), result.end(), id) != result.end()) continue;
        for (const named_filter* f : filters_used(set, set[id])) used.insert(f);
        result.push_back(id);
    }
    for (const named_filter& f : set.filters) {
        if (used.count(&f) != 0) result.push_back(f.name);
    }
    return result;
}

mutation_outcome mutate(const schema& tables, const indicator_set& set, const std::string& definition,
                        const mutation_request& request, const run_options& options) {
    return mutation_run(tables, set, definition, request).run(options);
}

std::string mutation_key(const schema& tables, const indicator_set& set, const std::string& definition,
                         const mutation_request& request) {
    return mutation_run(tables, set, definition, request).key();
}

}  // namespace goldenthread
