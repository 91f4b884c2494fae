// goldenthread: the engine itself, compiled where it is included.
#pragma once

#include <goldenthread/engine/engine.hpp>
#include <goldenthread/engine/engine_plan.hpp>
#include <goldenthread/engine/engine_state.hpp>
#include <goldenthread/engine/explain_how.hpp>
#include <goldenthread/engine/pseudonyms.hpp>
#include <goldenthread/engine/run_plan.hpp>
#include <goldenthread/engine/shared_keys.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::inlined {

/// goldenthread::engine as it is made: its comments say what each member does.
class engine {
public:
    engine(const schema& tables, const indicator_set& set, const std::vector<std::string>& ids,
           const evaluation_request& request, engine_options options = {}) {
        if (!options.pseudonym_key.empty()) {
            if (options.pseudonym_key.size() < detail::shortest_pseudonym_key) {
                error_context context;
                context.remedy = "give 16 random bytes or more, and keep them apart from what is saved";
                throw definition_error(
                    "a pseudonym key of " + std::to_string(options.pseudonym_key.size()) + " bytes can be guessed",
                    std::move(context));
            }
            key_.emplace(options.pseudonym_key);
            key_mark_ = key_->of("goldenthread pseudonym key");
        }
        plan_ = std::make_shared<const detail::engine_plan>(
            detail::make_engine_plan(std::make_shared<const schema>(tables), set, ids, request, key_.has_value()));
        state_ = nothing();
    }
    engine(const indicator_set& set, const std::vector<std::string>& ids, const evaluation_request& request,
           engine_options options = {})
        : engine(canonical_schema(), set, ids, request, std::move(options)) {}
    engine(const std::vector<indicator>& own, const std::vector<period>& periods, engine_options options = {})
        : engine(set_of(own), set_of(own).ids(), request_of(periods), std::move(options)) {}

    [[nodiscard]] engine_how explain_how() const { return detail::describe_plan(*plan_); }

    engine& update(const dataset& batch, const run_options& options = {}) {
        if (!key_ && !key_mark_.empty()) {
            error_context context;
            context.remedy = "make the engine with the key, then load the state";
            throw data_error("this state was saved with pseudonyms, and without their key no rows can be added",
                             std::move(context));
        }
        detail::run_control control(options);
        control.check();
        const detail::engine_state more = key_ ? state_of(with_pseudonyms(batch), control) : state_of(batch, control);
        detail::require_fit(state_, more);
        require_memory(more, options);
        detail::add_state(state_, more);
        return *this;
    }

    [[nodiscard]] results finish(const run_options& options = {}) const {
        require_memory({}, options);
        run_options rest = options;
        rest.memory_limit = 0;  // all of it was asked just now
        results all = detail::run_plan(plan_->compiled, detail::rows_of(state_), state_.counts, rest);
        hash128 hash = state_.rows_hash;
        for (const auto& [name, rows] : state_.broadcast) hash += detail::hash_of_table(rows.rows());
        all.input_hash = hash.text();
        return all;
    }

    engine& operator+=(const engine& other) {
        require_same_plan(other);
        detail::require_fit(state_, other.state_);
        detail::require_disjoint_keys(*plan_, state_, other.state_);
        detail::engine_state joined = state_;
        detail::add_state(joined, other.state_);
        state_ = std::move(joined);
        return *this;
    }
    engine& operator-=(const engine& other) {
        require_same_plan(other);
        detail::engine_state left = state_;
        if (!detail::take_state(left, other.state_))
            throw data_error("not all rows of the other engine are in this one: they cannot be taken away");
        state_ = std::move(left);
        return *this;
    }

    friend bool operator==(const engine& a, const engine& b) {
        return a.plan_->hash == b.plan_->hash && a.key_mark_ == b.key_mark_ && detail::same_state(a.state_, b.state_);
    }

    [[nodiscard]] std::string save() const;
    engine& load(std::string_view saved);

private:
    static indicator_set set_of(const std::vector<indicator>& own) {
        indicator_set set;
        for (const indicator& each : own) {
            if (set.find(each.id) != nullptr) {
                error_context context;
                context.indicator = each.id;
                context.remedy = "give each an id: .named(\"own.something\", …)";
                throw definition_error("there is an indicator of this id already", std::move(context));
            }
            set.indicators.push_back(each);
        }
        return set;
    }
    static evaluation_request request_of(const std::vector<period>& periods) {
        evaluation_request request;
        request.periods = periods;
        return request;
    }
    [[nodiscard]] detail::engine_state nothing() const {
        detail::engine_state state;
        for (const auto& parts : plan_->parts) {
            detail::counted_parts& counts = state.counts.emplace_back();
            for (std::size_t p = 0; p < detail::part_count; ++p) {
                if (parts[p] && parts[p]->stands_alone())
                    counts[p].assign(plan_->compiled.axes.size(),
                                     detail::exact_counts(parts[p]->measure->breakdowns.size() + 1));
            }
        }
        return state;
    }
    [[nodiscard]] dataset with_pseudonyms(const dataset& batch) const {
        dataset result;
        for (const auto& [name, t] : batch.tables())
            result.add(detail::pseudonymised(t, *plan_->compiled.tables, *key_));
        result.set_area(batch.area());
        result.set_synthetic(batch.synthetic());
        return result;
    }
    /// What one batch says.
    [[nodiscard]] detail::engine_state state_of(const dataset& batch, detail::run_control& control) const {
        detail::engine_state state = nothing();
        if (!batch.area().empty()) state.areas[batch.area()] = 1;
        if (batch.synthetic()) state.synthetic["synthetic"] = 1;
        for (const auto& [name, t] : batch.tables()) {
            state.tables[name] = 1;
            if (detail::is_broadcast(name)) {
                state.broadcast[name].add(t);
                continue;
            }
            state.rows_hash += detail::hash_of_table(t);
            if (const auto kept = plan_->kept.find(name); kept != plan_->kept.end()) {
                state.kept.try_emplace(name, name).first->second.add(detail::owned_columns(t, kept->second));
            }
        }
        count_at_once(batch, control, state.counts);
        return state;
    }
    /// Counts the rows that stand alone.
    void count_at_once(const dataset& batch, detail::run_control& control,
                       std::vector<detail::counted_parts>& counts) const {
        struct counting {
            const detail::bound_measure* bound;
            std::vector<detail::tallies> by_axis;
            std::vector<detail::exact_counts>* into;
        };
        const detail::compiled_plan& compiled = plan_->compiled;
        detail::prepared_dataset prepared(batch, *compiled.tables);
        std::deque<detail::bound_measure> bound;
        std::deque<counting> all;
        std::vector<detail::counting_job> jobs;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            for (std::size_t p = 0; p < detail::part_count; ++p) {
                if (counts[i][p].empty()) continue;
                const detail::resolved_measure& m = *plan_->parts[i][p]->measure;
                if (batch.find(m.root.table) == nullptr) continue;
                counting& one =
                    all.emplace_back(counting{&bound.emplace_back(m, prepared),
                                              std::vector<detail::tallies>(compiled.axes.size()), &counts[i][p]});
                for (std::size_t axis = 0; axis < compiled.axes.size(); ++axis) {
                    detail::add_jobs(jobs, *one.bound, compiled.points[axis], compiled.indicators[i].by_intervals(),
                                     one.by_axis[axis], control.has_executor());
                }
            }
        }
        detail::run_jobs(jobs, control, "counting");
        for (counting& one : all) {
            for (std::size_t axis = 0; axis < one.by_axis.size(); ++axis)
                (*one.into)[axis].add(one.by_axis[axis], prepared.texts());
        }
    }

    /// \throws calculation_error when the rows kept here and in `more`, and what is made of them, need too much
    void require_memory(const detail::engine_state& more, const run_options& options) const {
        if (options.memory_limit == 0) return;
        const auto sum = [&](const std::string& name, auto&& of) {
            std::size_t total = 0;
            for (const detail::engine_state* s : {static_cast<const detail::engine_state*>(&state_), &more}) {
                if (const auto kept = s->kept.find(name); kept != s->kept.end()) total += of(kept->second);
            }
            return total;
        };
        std::size_t needed = detail::memory_estimate(plan_->compiled)
                                 .bytes(
                                     [&](const std::string& name) {
                                         return sum(name, [](const detail::kept_table& t) { return t.row_count(); });
                                     },
                                     [&](const std::string& name) {
                                         return sum(name, [](const detail::kept_table& t) { return t.text_count(); });
                                     });
        for (const auto& [name, columns] : plan_->kept) {
            const std::size_t pieces = sum(name, [](const detail::kept_table& t) { return t.pieces().size(); });
            const std::size_t bytes = sum(name, [](const detail::kept_table& t) { return t.bytes(); });
            needed += pieces > 1 ? 2 * bytes : bytes;  // several pieces become one table, beside them
        }
        detail::require_memory(needed, options.memory_limit, "keeping these rows and counting them");
    }
    /// \throws definition_error when the two compute different things
    void require_same_plan(const engine& other) const {
        if (plan_->hash == other.plan_->hash) {
            if (key_mark_ == other.key_mark_) return;
            error_context context;
            context.remedy = "make both with the same pseudonym_key";
            throw definition_error("the two engines have different pseudonym keys: one child would have two names",
                                   std::move(context));
        }
        const detail::compiled_plan &ours = plan_->compiled, &theirs = other.plan_->compiled;
        std::string what = "breakdowns or tables";
        if (ours.periods != theirs.periods) what = "periods";
        const auto ids = [](const detail::compiled_plan& plan) {
            std::vector<std::string> result;
            for (const detail::compiled_indicator& one : plan.indicators) result.push_back(one.described.indicator);
            return result;
        };
        error_context context;
        if (ids(ours) != ids(theirs)) {
            what = "indicators";
        } else {
            for (std::size_t i = 0; i < ours.indicators.size(); ++i) {
                if (ours.indicators[i].described.definition_hash == theirs.indicators[i].described.definition_hash)
                    continue;
                what = "definitions";
                context.indicator = ours.indicators[i].described.indicator;
                break;
            }
        }
        context.remedy = "make both from the same definitions, parameters, periods and breakdowns";
        throw definition_error("the two engines have different " + what, std::move(context));
    }

    std::shared_ptr<const detail::engine_plan> plan_;
    std::optional<keyed_hash> key_;
    std::string key_mark_;  ///< tells keys apart without telling them; empty = identifiers as they are
    detail::engine_state state_;
};

[[nodiscard]] inline engine operator+(engine a, const engine& b) { return a += b; }

}  // namespace goldenthread::inlined
