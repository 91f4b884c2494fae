// goldenthread: from a definition to a resolved measure. What its expressions mean stands in resolve_expression.hpp.
#pragma once

#include <goldenthread/engine/resolve_expression.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Said of a result whose measure has no such dimension.
[[nodiscard]] inline std::string unknown_breakdown_note(const std::string& name) {
    return "no breakdown by " + name + ": this measure does not know it";
}

/// Turns one indicator into a resolved measure.
class resolver : private expression_resolver {
public:
    resolver(const schema& tables, const indicator_set& set, const indicator& definition,
             const std::vector<parameter_value>& overrides)
        : expression_resolver(tables, set, definition, overrides) {}

    [[nodiscard]] resolved_measure run(const std::vector<breakdown>& breakdowns) {
        measure_.indicator = definition_.id;
        resolve_kind();
        measure_.timing = definition_.measure.timing;
        measure_.conventions = chosen_conventions(definition_.conventions);
        measure_.profile = definition_.measure.profile;
        measure_.per = definition_.measure.per;
        measure_.youngest = definition_.measure.youngest;
        measure_.oldest = definition_.measure.oldest;
        resolve_root();
        resolve_filters();
        resolve_distinct();
        resolve_windows();
        if (measure_.kind == measure_kind::rate) tables_.insert("population");
        const std::set<std::string> own_tables = tables_;
        resolve_breakdowns(breakdowns, own_tables);
        measure_.tables.assign(own_tables.begin(), own_tables.end());
        measure_.slots = next_slot_;
        check_parameters_used();
        return std::move(measure_);
    }

private:
    // --- the measure ----------------------------------------------------------------------------
    /// `"kind": ":statistic"` is a parameter that says mean or median.
    void resolve_kind() {
        const goldenthread::measure& m = definition_.measure;
        measure_.kind = m.kind;
        if (m.kind_parameter.empty()) return;
        slot_ = "/measure/kind";
        const expression named_kind = binding_of(m.kind_parameter, root_, nullptr).value;
        const std::string text = named_kind.empty() ? std::string() : named_kind->text;
        if (text != "mean" && text != "median") fail("parameter ':" + m.kind_parameter + "' is mean or median, not '" + text + "'");
        measure_.kind = text == "mean" ? measure_kind::mean : measure_kind::median;
    }
    /// A row whose value is not known is unknown: `where and known(value)`.
    void resolve_value() {
        const goldenthread::measure& m = definition_.measure;
        measure_.censored = resolve_slot("censored", m.censored);
        if (m.value.empty()) return;
        enter_slot("value", m.value);
        measure_.value = resolve_as(static_type::number, m.value, root_);
        measure_.where = make_and(measure_.where, make(operation::is_known, static_type::truth, {measure_.value}));
    }
    void resolve_root() {
        const row_query& of = definition_.measure.of;
        slot_ = "/measure/of";
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
        measure_.exclude = resolve_slot("exclude", m.exclude);
        measure_.immature = resolve_slot("immature", m.immature);
        measure_.numerator = resolve_slot("numerator", m.numerator);
        resolve_value();
        if (!m.annualise.empty()) {
            const resolved r = resolve_slot("annualise", m.annualise);
            if (r->op != operation::constant) fail("annualise is true, false or a parameter", &m.annualise);
            measure_.annualise = as_truth(r->constant) == truth::yes;
        }
    }
    void resolve_distinct() {
        slot_ = "/measure/distinct";
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
    resolved_measure::window resolve_window(const table_window& w) {
        enter_slot("look_back", w.length);
        if (schema_.find(w.table) == nullptr) fail("unknown table '" + w.table + "'", nullptr, name_remedy(w.table, schema_.table_names()));
        const resolved length = resolve_as(static_type::duration, w.length, root_);
        if (length->op != operation::duration || length->children[0]->op != operation::constant) fail("a fixed duration is expected here", &w.length);
        return {w.table, length->children[0]->constant.low, length->unit};
    }
    void resolve_windows() {
        for (const table_window& w : definition_.measure.look_back) measure_.look_back.push_back(resolve_window(w));
        for (const table_window& w : definition_.measure.follow_up) measure_.follow_up.push_back(resolve_window(w));
        if (!measure_.follow_up.empty()) measure_.event = event_day();
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
        set_value(d, resolve_path({d.name}, root_, nullptr));
        return true;
    }
    void resolve_own_dimension(const dimension& own, resolved_dimension& d) {
        d.categories = own.categories;
        if (own.kind == dimension::kind_type::value) {
            slot_expression_ = own.value;
            set_value(d, resolve(own.value, root_));
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
    void set_value(resolved_dimension& d, resolved value) {
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
            set_value(d, make_group_of(column("ethnicity"), nullptr));
        } else {
            set_value(d, column(d.name.c_str()));
        }
        d.from_person = d.name != "age_band" || measure_.timing == measure_timing::at;
        return true;
    }
    /// The day at which ages are taken: as_at for a stock; for a flow the date in during(…) or happened(…).
    resolved event_day() {
        const goldenthread::measure& m = definition_.measure;
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
};

/// Resolves one indicator against a schema. Throws definition_error with indicator, slot, excerpt and remedy.
[[nodiscard]] inline resolved_measure resolve_measure(const schema& tables, const indicator_set& set, const indicator& definition,
                                                      const std::vector<breakdown>& breakdowns,
                                                      const std::vector<parameter_value>& parameters) {
    return resolver(tables, set, definition, parameters).run(breakdowns);
}

}  // namespace goldenthread::detail
