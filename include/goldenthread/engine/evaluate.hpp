// goldenthread: indicators in, cells out.
#pragma once

#include <goldenthread/engine/count_measure.hpp>
#include <goldenthread/engine/definition_hash.hpp>
#include <goldenthread/engine/english.hpp>
#include <goldenthread/engine/input_hash.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/engine/write_cells.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace detail {

[[nodiscard]] inline time_point point_of(const period& p) { return {p.last, p.first, p.last}; }

/// A follow-up that the data do not reach yet makes a row immature: `event + window > last day`.
[[nodiscard]] inline resolved_measure with_follow_up(resolved_measure m, const dataset_coverage& coverage) {
    for (const resolved_measure::window& w : m.follow_up) {
        const table_coverage& c = coverage.of(w.table);
        if (c.is_unlimited()) continue;
        const auto sealed = [](operation op, static_type type, std::vector<resolved> children) {
            resolved_node n;
            n.op = op;
            n.type = type;
            n.children = std::move(children);
            for (const resolved& child : n.children) {
                n.uses_time = n.uses_time || child->uses_time;
                n.uses_rows = n.uses_rows || child->uses_rows;
            }
            return n;
        };
        const auto constant = [](scalar value, static_type type) {
            resolved_node n;
            n.constant = value;
            n.type = type;
            return std::make_shared<const resolved_node>(std::move(n));
        };
        const auto shared = [](resolved_node n) { return std::make_shared<const resolved_node>(std::move(n)); };
        const resolved length = constant({scalar::kind_type::duration, w.unit, w.amount, w.amount}, static_type::duration);
        const resolved due = shared(sealed(operation::move_forward, static_type::date, {m.event, length}));
        resolved_node late = sealed(operation::compare, static_type::truth, {due, constant(date_scalar(c.last_day()), static_type::date)});
        late.comparison = expression_kind::greater;
        resolved result = shared(std::move(late));
        if (m.immature) result = shared(sealed(operation::logical_or, static_type::truth, {m.immature, result}));
        m.immature = result;
    }
    return m;
}

/// The same rows, counted when they still wait.
[[nodiscard]] inline resolved_measure waiting_rows(resolved_measure m) {
    m.kind = measure_kind::count;
    m.where = m.censored;
    m.exclude = m.immature = m.numerator = m.value = m.censored = nullptr;
    return m;
}

/// A measure bound to data with all that is joined to it, each counted by itself.
class measure_parts {
public:
    measure_parts(const resolved_measure& m, prepared_dataset& data) : own_(m, data) {
        if (m.censored) {
            waiting_measure_ = std::make_unique<resolved_measure>(waiting_rows(m));
            waiting_ = std::make_unique<bound_measure>(*waiting_measure_, data);
        }
        if (m.lower) lower_ = std::make_unique<bound_measure>(*m.lower, data);
        if (m.profile_measure) profile_ = std::make_unique<bound_measure>(*m.profile_measure, data);
    }

    [[nodiscard]] const bound_measure& own() const noexcept { return own_; }
    /// The measure that the cells of a profile show.
    [[nodiscard]] const bound_measure& profile() const noexcept { return profile_ ? *profile_ : own_; }
    [[nodiscard]] bool have_steps() const {
        for (const bound_measure* part : all()) {
            if (part != nullptr && !measure_has_steps(part->measure())) return false;
        }
        return true;
    }
    /// Own, waiting, lower and profile, in this order; null where there is none.
    [[nodiscard]] std::array<const bound_measure*, 4> all() const noexcept { return {&own_, waiting_.get(), lower_.get(), profile_.get()}; }

private:
    bound_measure own_;
    std::unique_ptr<resolved_measure> waiting_measure_;
    std::unique_ptr<bound_measure> waiting_, lower_, profile_;
};

/// Runs of periods that never go back, each one axis.
[[nodiscard]] inline std::vector<std::vector<std::size_t>> axes_of(const std::vector<period>& periods) {
    std::vector<std::vector<std::size_t>> result;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (periods[i].last < periods[i].first) {
            throw definition_error("period '" + periods[i].label + "' ends (" + to_iso(periods[i].last) + ") before it begins (" + to_iso(periods[i].first) + ")");
        }
        const bool follows = !result.empty() && periods[i].first >= periods[result.back().back()].first && periods[i].last >= periods[result.back().back()].last;
        if (!follows) result.emplace_back();
        result.back().push_back(i);
    }
    return result;
}

/// The first table not supplied that this breakdown needs; empty = all are there.
[[nodiscard]] inline std::string lacking_table(const resolved_measure& m, const std::vector<std::size_t>& dimensions, const dataset& data) {
    std::string lacking;
    for (const std::size_t d : dimensions) {
        for (const std::string& table_name : m.dimensions[d].tables) {
            if (data.find(table_name) == nullptr) lacking = "no breakdown by " + m.dimensions[d].name + ": table " + table_name + " was not supplied";
        }
    }
    return lacking;
}

/// Breakdowns whose tables were not supplied are noted and left out, of all that is joined alike.
inline void drop_unsupplied_breakdowns(resolved_measure& m, const dataset& data) {
    const auto copy_of = [](const std::shared_ptr<const resolved_measure>& part) { return part ? std::make_shared<resolved_measure>(*part) : nullptr; };
    const std::shared_ptr<resolved_measure> lower = copy_of(m.lower), profile = copy_of(m.profile_measure);
    std::vector<std::vector<std::size_t>> kept, kept_lower, kept_profile;
    std::size_t of_profile = 0;
    for (std::size_t b = 0; b < m.breakdowns.size(); ++b) {
        const bool has_profile = profile && is_profile_breakdown(m, b);
        const std::vector<std::size_t>* shown = has_profile ? &profile->breakdowns[of_profile++] : nullptr;
        std::string lacking = lacking_table(m, m.breakdowns[b], data);
        if (lacking.empty() && lower) lacking = lacking_table(*lower, lower->breakdowns[b], data);
        if (lacking.empty() && shown != nullptr) lacking = lacking_table(*profile, *shown, data);
        if (lacking.empty()) {
            kept.push_back(m.breakdowns[b]);
            if (lower) kept_lower.push_back(lower->breakdowns[b]);
            if (shown != nullptr) kept_profile.push_back(*shown);
        } else if (std::find(m.notes.begin(), m.notes.end(), lacking) == m.notes.end()) {
            m.notes.push_back(lacking);
        }
    }
    m.breakdowns = std::move(kept);
    if (lower) lower->breakdowns = std::move(kept_lower);
    if (profile) profile->breakdowns = std::move(kept_profile);
    m.lower = lower;
    m.profile_measure = profile;
}

[[nodiscard]] inline value_unit unit_of(const resolved_measure& m) noexcept {
    switch (m.kind) {
        case measure_kind::mean:
        case measure_kind::median:
        case measure_kind::quantile: return value_unit::days;
        case measure_kind::share:
        case measure_kind::conversion:
        case measure_kind::repeat: return value_unit::fraction;
        case measure_kind::rate:
        case measure_kind::incidence: return value_unit::rate;
        case measure_kind::person_days: return value_unit::person_days;
        case measure_kind::ratio: return value_unit::ratio;
        default: return value_unit::number;
    }
}

/// Whether the counts of periods that do not overlap add up to those of their union. Something that stands is not
/// added; a day is, and so is what happened, unless it is counted once for each entity.
[[nodiscard]] inline bool counts_add_over_periods(const resolved_measure& m) {
    if (m.lower && !counts_add_over_periods(*m.lower)) return false;
    if (m.kind == measure_kind::incidence) return true;  // an entity's day has one event or none, in one period
    return m.timing == measure_timing::over || (m.timing == measure_timing::in && m.distinct.empty());
}

/// Whether the cells of a dimension add up to the total.
[[nodiscard]] inline bool counts_add_over(const resolved_measure& m, const resolved_dimension& d) {
    if (m.lower) {
        const auto same = std::find_if(m.lower->dimensions.begin(), m.lower->dimensions.end(), [&](const resolved_dimension& x) { return x.name == d.name; });
        if (same == m.lower->dimensions.end() || !counts_add_over(*m.lower, *same)) return false;
    }
    // An incidence counts pairs of a child and a day, and a child's day is in one cell.
    const std::vector<std::string> names(m.distinct_names.begin(), m.distinct_names.end() - (m.kind == measure_kind::incidence ? 1 : 0));
    const bool whole_children = names == std::vector<std::string>{"child_id"} && d.from_person;
    return !d.overlapping && (m.distinct.empty() || whole_children);
}

/// All of a result but its cells.
[[nodiscard]] inline indicator_result describe_result(const schema& tables, const indicator& definition, const resolved_measure& m) {
    indicator_result r;
    r.indicator = definition.id;
    r.title = definition.title;
    r.unit_of_count = definition.unit;
    r.timing = to_text(m.kind == measure_kind::incidence ? measure_timing::over : m.timing);
    r.measure = to_text(m.kind);
    r.unit = unit_of(m);
    r.multiplier = m.kind == measure_kind::rate || m.lower ? m.per : 1;
    r.cells_are_counts = m.kind == measure_kind::profile || !m.profile.empty();
    r.profile = m.profile;
    r.adds_over_periods = counts_add_over_periods(m);
    for (const resolved_dimension& d : m.dimensions) r.adds_over_breakdowns.emplace_back(d.name, counts_add_over(m, d));
    r.meaning = meaning_of(tables, m);
    r.definition_hash = hash_of_definition(m);
    r.convention_set = m.conventions;
    r.parameters = m.parameters;
    r.tables = m.tables;
    r.notes = m.notes;
    return r;
}

inline void add_missing_cells(indicator_result& r, const std::vector<period>& periods) {
    for (std::size_t p = 0; p < periods.size(); ++p) {
        cell c;
        c.period_index = p;
        c.reason = "not supplied: " + joined(r.tables_missing, ", ");
        r.cells.push_back(std::move(c));
    }
}

/// One indicator of a run: tied to the data, then counted piece by piece, then written as cells. Tying and writing are
/// for one thread at a time, as all indicators share the dataset's indexes; counting only reads them.
class indicator_run {
public:
    indicator_run(const indicator_set& set, const indicator& definition, run_context& run, const evaluation_request& request) : run_(run), request_(request) {
        measure_ = resolve_measure(run.data.tables(), set, definition, request.breakdowns, request.parameters);
        const dataset& data = run.data.data();
        drop_unsupplied_breakdowns(measure_, data);
        result_ = describe_result(run.data.tables(), definition, measure_);
        for (const std::string& name : result_.tables) {
            if (data.find(name) != nullptr) continue;
            result_.tables_missing.push_back(name);
            computable_ = computable_ && name == "population";
        }
        if (!computable_) return;
        measure_ = with_follow_up(std::move(measure_), run.coverage);
        parts_ = std::make_unique<measure_parts>(measure_, run.data);
        by_intervals_ = !request.force_reference && parts_->have_steps();
        result_.path = by_intervals_ ? "interval" : "reference";
        for (std::vector<std::size_t>& indices : axes_of(request.periods)) {
            axis_run& axis = axes_.emplace_back();
            for (const std::size_t i : indices) axis.points.push_back(point_of(request.periods[i]));
            axis.indices = std::move(indices);
        }
    }
    indicator_run(const indicator_run&) = delete;
    indicator_run& operator=(const indicator_run&) = delete;

    [[nodiscard]] const indicator_result& result() const noexcept { return result_; }
    void add_jobs(std::vector<counting_job>& jobs, bool side_by_side) {
        for (axis_run& axis : axes_) {
            for (std::size_t i = 0; i < axis.counts.size(); ++i) {
                const bound_measure* part = parts_->all()[i];
                if (part != nullptr) detail::add_jobs(jobs, *part, axis.points, by_intervals_, axis.counts[i], side_by_side);
            }
        }
    }
    /// Once all jobs are done.
    [[nodiscard]] indicator_result finish() {
        if (!computable_) add_missing_cells(result_, request_.periods);
        for (const axis_run& axis : axes_) write_cells(axis);
        return std::move(result_);
    }

private:
    struct axis_run {
        std::vector<std::size_t> indices;  ///< of periods
        std::vector<time_point> points;
        std::array<tallies, 4> counts;  ///< of measure_parts::all()
    };

    void write_cells(const axis_run& axis) {
        const auto counts = [&](std::size_t part) { return parts_->all()[part] == nullptr ? nullptr : &axis.counts[part]; };
        const tallies* profile = counts(3);
        cell_writer(parts_->own(), run_, request_.periods, axis.indices).write({counts(0), counts(1), counts(2), profile}, result_.cells);
        if (profile == nullptr) return;
        const cell_writer writer(parts_->profile(), run_, request_.periods, axis.indices);
        for (std::size_t b = 1; b < profile->size(); ++b) writer.write_breakdown(b, 0, {profile, nullptr, nullptr, nullptr}, result_.cells);
    }

    run_context& run_;
    const evaluation_request& request_;
    resolved_measure measure_;
    indicator_result result_;
    bool computable_ = true;
    bool by_intervals_ = true;
    std::unique_ptr<measure_parts> parts_;
    std::deque<axis_run> axes_;  // a deque: jobs look at these
};

/// A parameter that no indicator uses, or a breakdown that none knows, is a slip: the figures would be those of the
/// defaults. A breakdown stops at the first dimension a measure does not know, so one noted before counts too.
inline void refuse_unused_names(const results& all, const evaluation_request& request) {
    if (all.indicators.empty()) return;
    const auto refuse = [](std::string message, const std::string& name, const std::vector<std::string>& known) {
        error_context context;
        context.remedy = name_remedy(name, known);
        throw definition_error(std::move(message), std::move(context));
    };
    std::vector<std::string> ids, names;
    for (const indicator_result& r : all.indicators) {
        ids.push_back(r.indicator);
        for (const auto& [name, value] : r.parameters) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    for (const auto& [name, value] : request.parameters) {
        const std::size_t colon = name.find(':');
        const std::string owner = name.substr(0, colon == std::string::npos ? 0 : colon);
        if (colon != std::string::npos && all.find(owner) == nullptr) {
            refuse("parameters are given for '" + owner + "', which is not computed here", owner, ids);
        }
        if (colon == std::string::npos && std::find(names.begin(), names.end(), name) == names.end()) {
            refuse("no indicator computed here uses a parameter '" + name + "'", name, names);
        }
    }
    const auto stops_at = [](const indicator_result& r, const breakdown& b, std::size_t last) {
        for (std::size_t i = 0; i <= last; ++i) {
            if (std::find(r.notes.begin(), r.notes.end(), unknown_breakdown_note(b[i])) != r.notes.end()) return true;
        }
        return false;
    };
    for (const breakdown& b : request.breakdowns) {
        for (std::size_t i = 0; i < b.size() && b != breakdown{"default"}; ++i) {
            const bool known = std::any_of(all.indicators.begin(), all.indicators.end(), [&](const indicator_result& r) { return !stops_at(r, b, i); });
            if (!known) refuse("no indicator computed here can be broken down by '" + b[i] + "'", b[i], {"age_band", "disabled", "ethnicity", "ethnicity_group", "sex"});
        }
    }
}

}  // namespace detail

/// Computes indicators for every period and breakdown asked for; `options` say how, and change no figure.
/// \throws definition_error for a wrong definition, parameter, id or period
/// \throws run_cancelled when the caller wished so; whatever the executor or a callback of `options` throws
[[nodiscard]] inline results evaluate(const schema& tables, const indicator_set& set, const std::vector<std::string>& ids, const dataset& data,
                                      const evaluation_request& request, const run_options& options = {}) {
    if (request.periods.empty()) throw definition_error("no period was asked for");
    results all;
    all.periods = request.periods;
    all.area = data.area();
    all.synthetic = data.synthetic();
    all.input_hash = hash_of_rows(data).text();
    detail::run_control control(options);
    detail::run_context run(data, tables);
    std::deque<detail::indicator_run> runs;
    for (const std::string& id : ids) {
        control.check();
        all.indicators.push_back(runs.emplace_back(set, set[id], run, request).result());
    }
    detail::refuse_unused_names(all, request);
    std::vector<detail::counting_job> jobs;
    for (detail::indicator_run& one : runs) one.add_jobs(jobs, control.has_executor());
    detail::run_jobs(jobs, control, "counting");
    for (std::size_t i = 0; i < runs.size(); ++i) all.indicators[i] = runs[i].finish();
    return all;
}

/// The same on the canonical schema. Needs goldenthread::goldenthread.
[[nodiscard]] inline results evaluate(const indicator_set& set, const std::vector<std::string>& ids, const dataset& data, const evaluation_request& request,
                                      const run_options& options = {}) {
    return evaluate(canonical_schema(), set, ids, data, request, options);
}

}  // namespace goldenthread
