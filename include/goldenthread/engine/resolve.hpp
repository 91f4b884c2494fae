// goldenthread: from a definition to a resolved measure: its slots, windows and breakdowns, and the measures it is
// joined from. What its expressions mean stands in resolve_expression.hpp.
#pragma once

#include <goldenthread/definitions/measure_rules.hpp>
#include <goldenthread/engine/resolve_expression.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Said of a result whose measure has no such dimension.
[[nodiscard]] inline std::string unknown_breakdown_note(const std::string& name) {
    return "no breakdown by " + name + ": this measure does not know it";
}

/// Whether the cells of breakdown `b` (from 0) show the profile instead of the measure itself.
[[nodiscard]] inline bool is_profile_breakdown(const resolved_measure& m, std::size_t b) {
    if (m.kind == measure_kind::profile) return true;
    return std::all_of(m.breakdowns[b].begin(), m.breakdowns[b].end(), [&](std::size_t d) {
        return std::find(m.profile.begin(), m.profile.end(), m.dimensions[d].name) != m.profile.end();
    });
}

/// The beginning of a duration that runs until the day asked about: `days_between(d, as_at)` or `as_at - d`, `d` a
/// column's or otherwise the row's own. Null for any other value.
[[nodiscard]] inline const resolved* waiting_since(const resolved_node& value) {
    const bool between = value.op == operation::days_between, minus = value.op == operation::difference;
    if (!between && !minus) return nullptr;
    const resolved& since = value.children[between ? 0U : 1U];
    const resolved& until = value.children[between ? 1U : 0U];
    return until->op == operation::as_at && !since->uses_time && since->uses_rows ? &since : nullptr;
}

/// Resolves one measure. A ratio, an incidence and a profile with a measure of its own are joined from parts.
class resolver : private expression_resolver {
public:
    resolver(const schema& tables, const indicator_set& set, const indicator& definition, const std::vector<parameter_value>& overrides)
        : expression_resolver(tables, set, definition, overrides) {}

    [[nodiscard]] resolved_measure run(const std::vector<breakdown>& breakdowns) {
        if (const std::optional<measure_problem> problem = problem_of(definition_.measure)) {
            slot_ = measure_place_ + (problem->slot.empty() ? "" : "/" + problem->slot);
            fail(problem->message, nullptr, problem->remedy);
        }
        switch (definition_.measure.kind) {
            case measure_kind::ratio: join_ratio(breakdowns); break;
            case measure_kind::incidence: join_incidence(breakdowns); break;
            default: resolve_one(breakdowns); break;
        }
        if (definition_.measure.profile_measure) join_profile(breakdowns);
        check_parameters_used();
        return std::move(measure_);
    }

private:
    /// What a part of an incidence is.
    enum class incidence_part : std::uint8_t { none, person_time, events };

    void resolve_one(const std::vector<breakdown>& breakdowns) {
        measure_.indicator = definition_.id;
        resolve_kind();
        measure_.timing = definition_.measure.timing;
        measure_.conventions = chosen_conventions(definition_.conventions);
        measure_.profile = definition_.measure.profile;
        measure_.per = definition_.measure.per;
        measure_.youngest = definition_.measure.youngest;
        measure_.oldest = definition_.measure.oldest;
        resolve_quantile();
        resolve_root();
        resolve_filters();
        resolve_distinct();
        resolve_windows();
        if (measure_.kind == measure_kind::rate) tables_.insert("population");
        const std::set<std::string> own_tables = tables_;
        resolve_breakdowns(breakdowns, own_tables);
        measure_.tables.assign(own_tables.begin(), own_tables.end());
        measure_.slots = next_slot_;
    }

    // --- measures joined from parts -------------------------------------------------------------
    /// The same indicator around another measure.
    [[nodiscard]] indicator around(const goldenthread::measure& part) const {
        indicator result;
        result.id = definition_.id;
        result.parameters = definition_.parameters;
        result.conventions = definition_.conventions;
        result.breakdowns = definition_.breakdowns;
        result.measure = part;
        return result;
    }
    [[nodiscard]] resolved_measure resolve_part(const goldenthread::measure& part, const std::string& place, const std::vector<breakdown>& breakdowns,
                                                incidence_part role = incidence_part::none) const {
        const indicator whole = around(part);
        resolver one(schema_, set_, whole, {});
        one.overrides_ = overrides_;
        one.measure_place_ = "/measure" + place;
        one.role_ = role;
        one.incidence_ = &definition_.measure;
        one.resolve_one(breakdowns);
        return std::move(one.measure_);
    }
    [[nodiscard]] static std::vector<std::string> names_of(const resolved_measure& m, std::size_t b) {
        std::vector<std::string> names;
        for (const std::size_t d : m.breakdowns[b]) names.push_back(m.dimensions[d].name);
        return names;
    }
    template <class Value>
    static void add_new(std::vector<Value>& all, const std::vector<Value>& more) {
        for (const Value& value : more) {
            if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(value);
        }
    }
    /// Keeps the breakdowns that both know, in the order of the first; what both need is needed.
    static void align(resolved_measure& m, resolved_measure& part, bool profile_only) {
        std::vector<std::vector<std::size_t>> ours, theirs;
        for (std::size_t b = 0; b < m.breakdowns.size(); ++b) {
            if (profile_only && !is_profile_breakdown(m, b)) {
                ours.push_back(m.breakdowns[b]);
                continue;
            }
            for (std::size_t other = 0; other < part.breakdowns.size(); ++other) {
                if (names_of(part, other) != names_of(m, b)) continue;
                ours.push_back(m.breakdowns[b]);
                theirs.push_back(part.breakdowns[other]);
                break;
            }
        }
        m.breakdowns = std::move(ours);
        part.breakdowns = std::move(theirs);
        add_new(m.tables, part.tables);
        std::sort(m.tables.begin(), m.tables.end());
        add_new(m.parameters, part.parameters);
        add_new(m.notes, part.notes);
    }
    void join(resolved_measure upper, resolved_measure lower) {
        align(upper, lower, false);
        upper.upper_kind = upper.kind;
        upper.kind = definition_.measure.kind;
        upper.per = definition_.measure.per;
        upper.lower = std::make_shared<const resolved_measure>(std::move(lower));
        measure_ = std::move(upper);
    }
    void join_ratio(const std::vector<breakdown>& breakdowns) {
        join(resolve_part(*definition_.measure.upper, "/numerator", breakdowns), resolve_part(*definition_.measure.lower, "/denominator", breakdowns));
    }
    void join_profile(const std::vector<breakdown>& breakdowns) {
        resolved_measure part = resolve_part(*definition_.measure.profile_measure, "/profile/measure", breakdowns);
        align(measure_, part, true);
        measure_.profile_measure = std::make_shared<const resolved_measure>(std::move(part));
    }
    /// Events of those at risk over the days they were at risk: OHDSI's rules. A day counts while the entity is at risk
    /// and not in the clean window of an event, which begins the day after it.
    void join_incidence(const std::vector<breakdown>& breakdowns) {
        const goldenthread::measure& m = definition_.measure;
        goldenthread::measure time;
        time.kind = measure_kind::person_days;
        time.timing = measure_timing::over;
        time.of = m.of;
        time.where = m.where;
        time.exclude = m.exclude;
        time.immature = m.immature;
        time.distinct = m.distinct;
        time.look_back = m.look_back;
        goldenthread::measure happened;
        happened.kind = measure_kind::distinct;
        happened.timing = measure_timing::in;
        happened.of = m.events.of;
        happened.where = m.events.where.empty() ? truth_literal(true) : m.events.where;
        happened.distinct = m.distinct;
        happened.distinct.push_back(m.events.date);
        happened.event_day = column_of(m.events.date);
        join(resolve_part(happened, "/events", breakdowns, incidence_part::events), resolve_part(time, "", breakdowns, incidence_part::person_time));
    }
    [[nodiscard]] static expression truth_literal(bool value) {
        expression_node node;
        node.kind = expression_kind::truth_literal;
        node.flag = value;
        return make_expression(std::move(node));
    }
    [[nodiscard]] static expression column_of(const std::string& name) {
        expression_node node;
        node.kind = expression_kind::column;
        node.path = {name};
        return make_expression(std::move(node));
    }
    [[nodiscard]] static resolved make_any(resolved_source source) {
        auto related = std::make_shared<resolved_related>();
        related->source = std::move(source);
        resolved_node node;
        node.op = operation::related;
        node.type = static_type::truth;
        node.related = std::move(related);
        return seal(std::move(node));
    }
    [[nodiscard]] static resolved make_found(related_rows::aggregate_type aggregate, resolved value, resolved_source source) {
        auto related = std::make_shared<resolved_related>();
        related->aggregate = aggregate;
        related->value = std::move(value);
        related->source = std::move(source);
        resolved_node node;
        node.op = operation::related;
        node.type = related->value->type;
        node.denominator = related->value->denominator;
        node.related = std::move(related);
        return seal(std::move(node));
    }
    static void narrow(resolved_source& source, resolved condition) {
        source.where = source.where ? make_and(std::move(source.where), std::move(condition)) : std::move(condition);
    }
    [[nodiscard]] resolved resolve_day(const std::string& column, const scope& s) {
        resolved result = resolve_path({column}, s, nullptr);
        if (result->type != static_type::date) fail("'" + column + "' is not a date");
        return result;
    }
    /// A duration that is fixed and reaches forward.
    [[nodiscard]] resolved resolve_window_length(const char* slot, const expression& e) {
        enter_slot(slot, e);
        const resolved length = resolve_as(static_type::duration, e, root_);
        if (length->op != operation::duration || length->children[0]->op != operation::constant) fail("a fixed duration is expected here", &e);
        if (length->children[0]->constant.low < 0) fail("a window is not shorter than nothing", &e);
        return length;
    }
    /// Rows of the same entities as the counted row.
    [[nodiscard]] row_query rows_of_entity(row_query source) const {
        if (source.by.empty() && source.by_parameter.empty()) {
            const std::vector<std::string>& names = incidence_->distinct;
            if (names.size() == 1 && !names[0].empty() && names[0][0] == ':') {
                source.by_parameter = names[0].substr(1);
            } else {
                for (const std::string& name : names) source.by.push_back({{name}, {name}});
            }
        }
        return source;
    }
    /// An event before `day` in whose clean window it lies.
    [[nodiscard]] resolved in_clean_window(const resolved& day) {
        const resolved window = incidence_->clean_window.empty() ? nullptr : resolve_window_length("clean_window", incidence_->clean_window);
        scope inside;
        row_query events = rows_of_entity(incidence_->events.of);
        // Its own names, also where the counted row is an event and has the same short name.
        resolved_source source = resolve_source(events, root_, inside, nullptr);
        const resolved event = resolve_day(incidence_->events.date, inside);
        narrow(source, make_compare(expression_kind::less, event, day));
        if (window) narrow(source, make_compare(expression_kind::less_or_equal, day, make(operation::move_forward, static_type::date, {event, window})));
        if (!incidence_->events.where.empty()) narrow(source, resolve_as(static_type::truth, incidence_->events.where, inside));
        return make_any(std::move(source));
    }
    void add_incidence_conditions() {
        if (role_ == incidence_part::person_time) {
            const resolved clean = in_clean_window(make_time(operation::as_at));
            measure_.exclude = measure_.exclude ? make_or(measure_.exclude, clean) : clean;
        } else if (role_ == incidence_part::events) {
            slot_ = "/measure/events/date";
            slot_expression_ = expression();
            const resolved day = resolve_day(incidence_->events.date, root_);
            measure_.where = make_and(make_during(day), measure_.where);
            measure_.where = make_and(measure_.where, at_risk_on(day));
            measure_.exclude = in_clean_window(day);
        }
    }
    [[nodiscard]] resolved at_risk_on(const resolved& day) {
        scope inside;
        slot_ = "/measure/of";
        resolved_source source = resolve_source(rows_of_entity(incidence_->of), root_, inside, nullptr);
        as_at_ = day;
        slot_ = "/measure/where";
        slot_expression_ = incidence_->where;
        narrow(source, resolve_as(static_type::truth, incidence_->where, inside));
        if (!incidence_->exclude.empty()) narrow(source, make_not(resolve_as(static_type::truth, incidence_->exclude, inside)));
        as_at_ = nullptr;
        return make_any(std::move(source));
    }

    // --- conversions and repeats, put into the tree as conditions -------------------------------
    [[nodiscard]] resolved make_happened(const resolved& day) { return make_and(make_not(make_is_null(day)), make_during(day)); }
    [[nodiscard]] static resolved make_between(const resolved& day, const resolved& from, const resolved& to) {
        return make_and(make_compare(expression_kind::greater_or_equal, day, from), make_compare(expression_kind::less_or_equal, day, to));
    }
    [[nodiscard]] std::string step_slot(std::size_t i, const char* field) const { return "steps/" + std::to_string(i) + "/" + field; }

    /// Rows of step `i` that follow the base in time, are credited to it and lead on to the last step.
    [[nodiscard]] resolved_source step_rows(std::size_t i, const scope& outer, const resolved& previous_day, scope& inside, resolved& day) {
        const goldenthread::measure& m = definition_.measure;
        const conversion_step& step = m.steps[i];
        if (step.of.kind != row_query::kind_type::table) fail("a step is a row of a table");
        const resolved length = resolve_window_length(step_slot(i, "within").c_str(), step.within);
        slot_ = "/measure/" + step_slot(i, "of");
        resolved_source source = resolve_source(step.of, outer, inside, nullptr);
        enter_slot(step_slot(i, "day").c_str(), step.day);
        day = resolve_as(static_type::date, step.day, inside);
        const std::vector<resolved_key> keys = source.keys;
        if (!step.where.empty()) {
            enter_slot(step_slot(i, "where").c_str(), step.where);
            narrow(source, resolve_as(static_type::truth, step.where, inside));
        }
        narrow(source, make_between(day, previous_day, make(operation::move_forward, static_type::date, {base_day_, length})));
        if (i == 0) narrow(source, credited_here(keys, day, length, inside));
        if (i + 1 < m.steps.size()) {
            scope next;
            resolved next_day;
            narrow(source, make_any(step_rows(i + 1, inside, day, next, next_day)));
        } else {
            for (std::size_t e = 0; e < m.exits.size(); ++e) narrow(source, make_not(left_before(e, day)));
        }
        return source;
    }
    /// An exit of the base on a day before the last step: on the same day the step comes first.
    [[nodiscard]] resolved left_before(std::size_t e, const resolved& day) {
        const conversion_step& exit = definition_.measure.exits[e];
        const std::string place = "exits/" + std::to_string(e) + "/";
        slot_ = "/measure/" + place + "of";
        scope inside;
        resolved_source source = resolve_source(exit.of, root_, inside, nullptr);
        enter_slot((place + "day").c_str(), exit.day);
        const resolved exit_day = resolve_as(static_type::date, exit.day, inside);
        narrow(source, make_and(make_compare(expression_kind::greater_or_equal, exit_day, base_day_), make_compare(expression_kind::less, exit_day, day)));
        if (!exit.where.empty()) {
            enter_slot((place + "where").c_str(), exit.where);
            narrow(source, resolve_as(static_type::truth, exit.where, inside));
        }
        return make_any(std::move(source));
    }
    /// The latest eligible base before the step, over all bases ever, is this one. A base that is excluded, or of which
    /// it is not known, takes no credit; ties go to the last key.
    [[nodiscard]] resolved credited_here(const std::vector<resolved_key>& keys, const resolved& step_day, const resolved& length, const scope& step) {
        const goldenthread::measure& m = definition_.measure;
        const std::vector<std::string> identity = root_.table->key_columns();
        if (identity.empty()) fail("a conversion needs the key of " + root_.table->name + " to tell its bases apart");
        resolved_source bases;
        bases.table = root_.table->name;
        bases.slot = next_slot_++;
        scope earlier;
        earlier.row.slot = bases.slot;
        earlier.table = root_.table;
        earlier.table_name = root_.table->name;
        earlier.alias = root_.alias;
        earlier.outer = &step;
        for (const resolved_key& key : keys) {
            resolved_node ours;
            ours.op = operation::column;
            ours.type = static_type_of(key.theirs.type);
            ours.uses_rows = true;
            ours.column = key.theirs;
            column_use theirs = key.ours->column;
            theirs.row.slot = bases.slot;
            bases.keys.push_back({theirs, std::make_shared<const resolved_node>(std::move(ours))});
        }
        enter_slot("day", m.day);
        const resolved day = resolve_as(static_type::date, m.day, earlier);
        bases.where = make_and(make_not(make_is_null(day)), make_between(step_day, day, make(operation::move_forward, static_type::date, {day, length})));
        resolved eligible = eligible_base(earlier);
        if (!is_constant(eligible, true)) {
            eligible = make(operation::coalesce, static_type::truth, {std::move(eligible), make_constant(truth_scalar(false), static_type::truth)});
            narrow(bases, std::move(eligible));
        }
        bases.order_by.push_back(day);
        slot_ = "/measure/of";
        for (const std::string& name : identity) bases.order_by.push_back(resolve_path({name}, earlier, nullptr));
        resolved same;
        for (const std::string& name : identity) {
            const resolved last = make_found(related_rows::aggregate_type::last, resolve_path({name}, earlier, nullptr), bases);
            resolved one = make_compare(expression_kind::equal, last, resolve_path({name}, root_, nullptr));
            same = same ? make_and(std::move(same), std::move(one)) : std::move(one);
        }
        return same;
    }
    [[nodiscard]] resolved eligible_base(const scope& s) {
        const goldenthread::measure& m = definition_.measure;
        enter_slot("where", m.where);
        resolved result = resolve_as(static_type::truth, m.where, s);
        if (m.exclude.empty()) return result;
        enter_slot("exclude", m.exclude);
        return make_and(std::move(result), make_not(resolve_as(static_type::truth, m.exclude, s)));
    }
    /// The first day on which the last step follows, from step `i` on.
    [[nodiscard]] resolved first_conversion_day(std::size_t i, const scope& outer, const resolved& previous_day) {
        scope inside;
        resolved day;
        resolved_source rows = step_rows(i, outer, previous_day, inside, day);
        resolved value = i + 1 < definition_.measure.steps.size() ? first_conversion_day(i + 1, inside, day) : day;
        return make_found(related_rows::aggregate_type::minimum, std::move(value), std::move(rows));
    }
    void resolve_conversion() {
        const goldenthread::measure& m = definition_.measure;
        if (root_is_collapsed()) fail("the bases of a conversion are rows of a table");
        scope inside;
        resolved day;
        const resolved converted = make_any(step_rows(0, root_, base_day_, inside, day));
        if (m.statistic == "share") {
            measure_.numerator = converted;
            return;
        }
        measure_.kind = m.statistic == "mean" ? measure_kind::mean : m.statistic == "median" ? measure_kind::median : measure_kind::quantile;
        measure_.where = make_and(measure_.where, converted);
        set_value(make(operation::days_between, static_type::number, {base_day_, first_conversion_day(0, root_, base_day_)}));
    }
    /// An earlier event of the same key within the window; a key that is not known leaves it open.
    void resolve_repeat() {
        const goldenthread::measure& m = definition_.measure;
        if (root_is_collapsed()) fail("a repeat is about rows of a table");
        const resolved length = resolve_window_length("within", m.within);
        row_query query;
        query.table = root_.table->name;
        query.alias = "earlier";
        const bool by_parameter = m.key.size() == 1 && !m.key[0].empty() && m.key[0][0] == ':';
        if (by_parameter) query.by_parameter = m.key[0].substr(1);
        if (!by_parameter) {
            for (const std::string& name : m.key) query.by.push_back({{name}, {name}});
        }
        slot_ = "/measure/key";
        slot_expression_ = expression();
        scope inside;
        resolved_source source = resolve_source(query, root_, inside, nullptr);
        resolved keyless;
        for (const resolved_key& key : source.keys) {
            resolved one = make_is_null(key.ours);
            keyless = keyless ? make_or(std::move(keyless), std::move(one)) : std::move(one);
        }
        enter_slot("day", m.day);
        const resolved day = resolve_as(static_type::date, m.day, inside);
        narrow(source, make_and(make_compare(expression_kind::less, day, base_day_),
                                make_compare(expression_kind::greater_or_equal, day, make(operation::move_back, static_type::date, {base_day_, length}))));
        if (!m.earlier.empty()) {
            enter_slot("earlier", m.earlier);
            narrow(source, resolve_as(static_type::truth, m.earlier, inside));
        }
        resolved_node node;
        node.op = operation::choose;
        node.type = static_type::truth;
        node.children = {std::move(keyless), make_constant({}, static_type::any), make_any(std::move(source))};
        node.has_else = true;
        measure_.numerator = seal(std::move(node));
    }
    [[nodiscard]] bool root_is_collapsed() const { return measure_.root.kind == row_query::kind_type::collapse; }

    // --- the measure ----------------------------------------------------------------------------
    /// `"kind": ":statistic"` is a parameter that says mean or median.
    void resolve_kind() {
        const goldenthread::measure& m = definition_.measure;
        measure_.kind = m.kind;
        if (m.kind_parameter.empty()) return;
        slot_ = measure_place_ + "/kind";
        const expression named_kind = binding_of(m.kind_parameter, root_, nullptr).value;
        const std::string text = named_kind.empty() ? std::string() : named_kind->text;
        if (text != "mean" && text != "median") fail("parameter ':" + m.kind_parameter + "' is mean or median, not '" + text + "'");
        measure_.kind = text == "mean" ? measure_kind::mean : measure_kind::median;
    }
    void resolve_quantile() {
        const goldenthread::measure& m = definition_.measure;
        if (m.p.empty()) return;
        slot_ = measure_place_ + "/p";
        slot_expression_ = expression();
        std::string text = m.p;
        if (text[0] == ':') {
            const expression value = binding_of(text.substr(1), root_, nullptr).value;
            text = value.empty() ? std::string() : value->kind == expression_kind::integer_literal ? std::to_string(value->number) : value->text;
        }
        const std::optional<probability> p = parse_probability(text);
        if (!p) fail("a quantile is at a share from 0 to 1, not at '" + text + "'", nullptr, "write a decimal of at most six places: 0.9");
        measure_.p = *p;
        measure_.method = quantile_method(m.method);
    }
    void resolve_values() {
        const goldenthread::measure& m = definition_.measure;
        measure_.censored = resolve_slot("censored", m.censored);
        if (m.value.empty()) return;
        enter_slot("value", m.value);
        set_value(resolve_as(static_type::number, m.value, root_));
    }
    /// A row whose value is not known is unknown: `where and known(value)`. Of a duration until the day asked about only
    /// its beginning can be unknown, and that does not change from day to day.
    void set_value(resolved value) {
        measure_.value = value;
        resolved known = waiting_since(*value) ? *waiting_since(*value) : value;
        measure_.where = make_and(measure_.where, make(operation::is_known, static_type::truth, {std::move(known)}));
    }
    void resolve_root() {
        const row_query& of = definition_.measure.of;
        slot_ = measure_place_ + "/of";
        slot_expression_ = expression();
        const scope nothing;
        if (of.kind == row_query::kind_type::latest_per || of.kind == row_query::kind_type::gaps || !of.where.empty() || !of.order_by.empty()) {
            fail("a measure counts rows of a table or of collapse(…); conditions belong into 'where'");
        }
        next_slot_ = 0;
        if (of.kind == row_query::kind_type::collapse) {
            measure_.root = resolve_source(of, nothing, root_, nullptr);
        } else {
            const table_schema& table = table_of(of.table, nothing, nullptr);
            measure_.root.table = table.name;
            next_slot_ = 1;
            root_.table = &table;
            root_.table_name = table.name;
        }
        root_.alias = of.alias;
        root_.outer = nullptr;
    }
    resolved resolve_slot(const char* name, const expression& e) {
        if (e.empty()) return nullptr;
        enter_slot(name, e);
        return resolve_as(static_type::truth, e, root_);
    }
    void resolve_filters() {
        const goldenthread::measure& m = definition_.measure;
        measure_.where = resolve_slot("where", m.where);
        if (!m.day.empty()) {
            enter_slot("day", m.day);
            base_day_ = resolve_as(static_type::date, m.day, root_);
            if (base_day_->uses_time) fail("the day of a base or an event is its own, not one that moves with the day asked about", &m.day);
        }
        if (m.kind == measure_kind::conversion) measure_.where = make_and(make_happened(base_day_), measure_.where);
        measure_.exclude = resolve_slot("exclude", m.exclude);
        measure_.immature = resolve_slot("immature", m.immature);
        measure_.numerator = resolve_slot("numerator", m.numerator);
        if (m.kind == measure_kind::conversion) resolve_conversion();
        if (m.kind == measure_kind::repeat) resolve_repeat();
        add_incidence_conditions();
        resolve_values();
        if (!m.annualise.empty()) {
            const resolved r = resolve_slot("annualise", m.annualise);
            if (r->op != operation::constant) fail("annualise is true, false or a parameter", &m.annualise);
            measure_.annualise = as_truth(r->constant) == truth::yes;
        }
    }
    void resolve_distinct() {
        slot_ = measure_place_ + "/distinct";
        slot_expression_ = expression();
        std::vector<std::string> names = definition_.measure.distinct;
        if (names.size() == 1 && !names[0].empty() && names[0][0] == ':') {
            const parameter_binding binding = binding_of(names[0].substr(1), root_, nullptr);
            if (binding.kind != parameter_binding::kind_type::columns) fail("parameter '" + names[0] + "' is not a list of columns");
            names = binding.columns;
        }
        for (const std::string& name : names) measure_.distinct.push_back(resolve_path({name}, root_, nullptr)->column);
        measure_.distinct_names = std::move(names);
    }
    resolved_measure::window resolve_window(const char* slot, const table_window& w) {
        enter_slot(slot, w.length);
        if (schema_.find(w.table) == nullptr) fail("unknown table '" + w.table + "'", nullptr, name_remedy(w.table, schema_.table_names()));
        const resolved length = resolve_as(static_type::duration, w.length, root_);
        if (length->op != operation::duration || length->children[0]->op != operation::constant) fail("a fixed duration is expected here", &w.length);
        return {w.table, length->children[0]->constant.low, length->unit};
    }
    void resolve_windows() {
        for (const table_window& w : definition_.measure.look_back) measure_.look_back.push_back(resolve_window("look_back", w));
        for (const table_window& w : definition_.measure.follow_up) measure_.follow_up.push_back(resolve_window("follow_up", w));
        add_own_windows();
        if (!measure_.follow_up.empty()) measure_.event = event_day();
    }

    /// A repeat looks back, and a conversion follows up, as far as its windows reach.
    void add_own_windows() {
        const goldenthread::measure& m = definition_.measure;
        const auto add = [&](std::vector<resolved_measure::window>& all, const std::string& table, const char* slot, const expression& length) {
            const bool said = std::any_of(all.begin(), all.end(), [&](const resolved_measure::window& w) { return w.table == table; });
            if (!said) all.push_back(resolve_window(slot, {table, length}));
        };
        if (m.kind == measure_kind::repeat) add(measure_.look_back, root_.table->name, "within", m.within);
        for (std::size_t i = 0; i < m.steps.size(); ++i) {
            add(measure_.follow_up, table_of(m.steps[i].of.table, root_, nullptr).name, step_slot(i, "within").c_str(), m.steps[i].within);
        }
    }

    // --- breakdowns -----------------------------------------------------------------------------
    void resolve_breakdowns(const std::vector<breakdown>& wanted, const std::set<std::string>& own_tables) {
        std::vector<breakdown> list = wanted;
        if (list.size() == 1 && list[0] == breakdown{"default"}) {
            list.clear();
            for (const dimension& d : definition_.breakdowns) list.push_back({d.name});
        }
        for (const breakdown& names : list) {
            std::vector<std::size_t> indices;
            for (const std::string& name : names) {
                const std::ptrdiff_t index = dimension_index(name, own_tables);
                if (index < 0) break;
                indices.push_back(static_cast<std::size_t>(index));
            }
            if (indices.size() == names.size() && !indices.empty()) measure_.breakdowns.push_back(std::move(indices));
        }
    }
    std::ptrdiff_t dimension_index(const std::string& name, const std::set<std::string>& own_tables) {
        for (std::size_t i = 0; i < measure_.dimensions.size(); ++i) {
            if (measure_.dimensions[i].name == name) return static_cast<std::ptrdiff_t>(i);
        }
        slot_ = "/breakdowns";
        slot_expression_ = expression();
        tables_ = own_tables;
        resolved_dimension d;
        d.name = name;
        if (!resolve_dimension(d)) {
            measure_.notes.push_back(unknown_breakdown_note(name));
            return -1;
        }
        for (const std::string& table : tables_) {
            if (own_tables.count(table) == 0) d.tables.push_back(table);
        }
        measure_.dimensions.push_back(std::move(d));
        return static_cast<std::ptrdiff_t>(measure_.dimensions.size()) - 1;
    }
    bool resolve_dimension(resolved_dimension& d) {
        for (const dimension& own : definition_.breakdowns) {
            if (own.name == d.name && own.kind != dimension::kind_type::standard) {
                resolve_own_dimension(own, d);
                return true;
            }
        }
        if (resolve_standard_dimension(d)) return true;
        if (root_.table->find(d.name) == nullptr) return false;
        set_category(d, resolve_path({d.name}, root_, nullptr));
        return true;
    }
    void resolve_own_dimension(const dimension& own, resolved_dimension& d) {
        d.categories = own.categories;
        if (own.kind == dimension::kind_type::value) {
            slot_expression_ = own.value;
            set_category(d, resolve(own.value, root_));
        } else if (own.kind == dimension::kind_type::each) {
            scope inside;
            d.each = resolve_source(own.source, root_, inside, nullptr);
            d.each_value = resolve_path({own.column}, inside, nullptr);
            if (d.each_value->type == static_type::truth) {
                if (d.categories.empty()) d.categories = {"true", "false"};
                d.each_value = make(operation::truth_text, static_type::text, {d.each_value});
            }
            if (d.each_value->type != static_type::text) {
                fail("a breakdown needs categories; '" + d.name + "' is a " + std::string(to_text(d.each_value->type)));
            }
            d.overlapping = true;
            if (d.categories.empty()) d.categories = codes_of(d.each_value);
        } else {
            for (const auto& [name, predicate] : own.predicates) {
                slot_expression_ = predicate;
                d.predicates.emplace_back(name, resolve_as(static_type::truth, predicate, root_));
                d.categories.push_back(name);
            }
            d.overlapping = true;
        }
    }
    void set_category(resolved_dimension& d, resolved value) {
        if (d.categories.empty()) d.categories = codes_of(value);
        if (value->type == static_type::truth) {
            if (d.categories.empty()) d.categories = {"true", "false"};
            value = make(operation::truth_text, static_type::text, {std::move(value)});
        }
        if (value->type != static_type::text && value->type != static_type::any) {
            fail("a breakdown needs categories; '" + d.name + "' is a " + std::string(to_text(value->type)));
        }
        d.value = std::move(value);
    }
    [[nodiscard]] std::vector<std::string> codes_of(const resolved& value) const {
        std::vector<std::string> result;
        if (value->op == operation::column && !value->column.codes.empty()) {
            if (const code_set* codes = schema_.find_codes(value->column.codes)) {
                for (const code& c : codes->codes) result.push_back(c.value);
            }
        } else if (value->op == operation::group_of) {
            for (const auto& [code_value, group] : value->groups) {
                if (std::find(result.begin(), result.end(), group) == result.end()) result.push_back(group);
            }
            std::sort(result.begin(), result.end());
        }
        return result;
    }
    /// sex, ethnicity, ethnicity_group, disabled and age_band of the child the row is about.
    bool resolve_standard_dimension(resolved_dimension& d) {
        static constexpr std::string_view names[] = {"sex", "ethnicity", "ethnicity_group", "disabled", "age_band"};
        if (std::find(std::begin(names), std::end(names), d.name) == std::end(names)) return false;
        const bool is_person = root_.table->name == "person";
        if (!is_person && root_.table->find_reference("person") == nullptr) return false;
        const auto column = [&](const char* name) {
            return resolve_path(is_person ? name_path{name} : name_path{"person", name}, root_, nullptr);
        };
        if (d.name == "age_band") {
            d.value = make(operation::age_band, static_type::text, {column("date_of_birth"), column("expected_date_of_birth"), event_day()});
            d.categories.assign(std::begin(age_bands), std::end(age_bands));
        } else if (d.name == "ethnicity_group") {
            set_category(d, make_group_of(column("ethnicity"), nullptr));
        } else {
            set_category(d, column(d.name.c_str()));
        }
        d.from_person = d.name != "age_band" || measure_.timing == measure_timing::at || measure_.timing == measure_timing::over;
        return true;
    }
    /// The day at which ages are taken: as_at for a stock; for a flow the date in during(…) or happened(…).
    resolved event_day() {
        const goldenthread::measure& m = definition_.measure;
        if (base_day_) return base_day_;
        if (!m.event_day.empty()) {
            enter_slot("event_day", m.event_day);
            return resolve_as(static_type::date, m.event_day, root_);
        }
        if (m.timing == measure_timing::in) {
            if (const expression* found = find_event(m.where)) return resolve(*found, root_);
        }
        return make_time(operation::as_at);
    }
    static const expression* find_event(const expression& e) {
        if (e->kind == expression_kind::call && e->path.empty() && (e->text == "during" || e->text == "happened")) return &e->children[0];
        for (const expression& child : e->children) {
            if (const expression* found = find_event(child)) return found;
        }
        return nullptr;
    }

    resolved base_day_;  ///< of a conversion or a repeat
    incidence_part role_ = incidence_part::none;
    const goldenthread::measure* incidence_ = nullptr;  ///< the incidence of which this is a part
};

/// Resolves one indicator against a schema. Throws definition_error with indicator, slot, excerpt and remedy.
[[nodiscard]] inline resolved_measure resolve_measure(const schema& tables, const indicator_set& set, const indicator& definition,
                                                      const std::vector<breakdown>& breakdowns,
                                                      const std::vector<parameter_value>& parameters) {
    return resolver(tables, set, definition, parameters).run(breakdowns);
}

}  // namespace goldenthread::detail
