#include <goldenthread/definitions/mutant.hpp>

#include "definitions/mutate_expression.hpp"

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/decimal.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace goldenthread {

namespace {

using detail::mutated_expression;
using detail::mutation_names;
using detail::parameter_codes;

template <class Value>
std::vector<Value> without(std::vector<Value> values, std::size_t i) {
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(i));
    return values;
}

/// A text of any length in an id: its beginning, its end and what tells it from others.
std::string shortened(const std::string& text) {
    constexpr std::size_t longest = 160, kept = 60;
    if (text.size() <= longest) return text;
    return text.substr(0, kept) + " [" + std::to_string(text.size()) + "] " + text.substr(text.size() - kept);
}

/// Collects mutants and gives each its id.
template <class Definition>
class mutant_list {
public:
    mutant_list(const Definition& original, std::shared_ptr<const Definition> mutant::* slot)
        : original_(original), slot_(slot) {
        if constexpr (std::is_same_v<Definition, indicator>) original_.cases.clear();
    }

    void add(std::string rule, std::string place, std::string before, std::string after,
             const std::function<void(Definition&)>& change) {
        Definition changed = original_;
        change(changed);
        mutant m;
        m.id =
            rule + " " + place + ": " + shortened(before) + (after.empty() ? " left out" : " -> " + shortened(after));
        const int repeated = ++ids_[m.id];
        if (repeated > 1) m.id += " (" + std::to_string(repeated) + ")";
        m.rule = std::move(rule);
        m.place = std::move(place);
        m.before = std::move(before);
        m.after = std::move(after);
        m.*slot_ = std::make_shared<const Definition>(std::move(changed));
        mutants_.push_back(std::move(m));
    }
    /// Every mistake of an expression that stands at `place`.
    void add_all(const std::string& place, const std::vector<mutated_expression>& found,
                 const std::function<expression&(Definition&)>& slot) {
        for (const mutated_expression& f : found) {
            add(f.rule, place, f.before, f.after, [&](Definition& d) { slot(d) = f.whole; });
        }
    }
    [[nodiscard]] std::vector<mutant> take() { return std::move(mutants_); }
    [[nodiscard]] const Definition& original() const noexcept { return original_; }

private:
    Definition original_;
    std::shared_ptr<const Definition> mutant::* slot_;
    std::vector<mutant> mutants_;
    std::map<std::string, int> ids_;
};

// --- parameters ---------------------------------------------------------------------------------

std::string columns_text(const std::vector<std::string>& columns) {
    return columns.empty() ? "no key" : joined(columns, ", ");
}

/// Other defaults for a literal: what each is called and what it is.
std::vector<std::pair<std::string, expression>> other_literals(const expression& value, const code_set* codes) {
    std::vector<std::pair<std::string, expression>> result;
    const auto put = [&](expression e) {
        std::string text = to_text(e);
        result.emplace_back(std::move(text), std::move(e));
    };
    switch (value->kind) {
        case expression_kind::integer_literal:
            if (value->number != 0) put(detail::integer_literal(value->number - 1));
            put(detail::integer_literal(value->number + 1));
            break;
        case expression_kind::truth_literal:
            put(detail::truth_literal(!value->flag));
            break;
        case expression_kind::text_literal:
            if (const code* next = codes == nullptr ? nullptr : detail::next_code(*codes, {value->text}))
                put(detail::text_literal(next->value));
            break;
        case expression_kind::list: {
            std::vector<std::string> listed;
            for (const expression& item : value->children) listed.push_back(item->text);
            const auto put_list = [&](std::vector<expression> items) {
                expression_node n = *value;
                n.children = std::move(items);
                put(detail::make_expression(std::move(n)));
            };
            for (std::size_t i = 0; i < listed.size() && listed.size() > 1; ++i) put_list(without(value->children, i));
            if (const code* next = codes == nullptr ? nullptr : detail::next_code(*codes, listed)) {
                std::vector<expression> more = value->children;
                more.push_back(detail::text_literal(next->value));
                put_list(std::move(more));
            }
            break;
        }
        default:
            break;
    }
    return result;
}

/// Text of a literal as `parameter::standard` holds it: a list joined by commas.
std::string standard_text(const expression& value) {
    if (value->kind == expression_kind::text_literal) return value->text;
    if (value->kind != expression_kind::list) return to_text(value);
    std::vector<std::string> items;
    for (const expression& item : value->children) items.push_back(standard_text(item));
    return joined(items, ",");
}

template <class Definition>
void mutate_parameters(mutant_list<Definition>& list, const mutation_names& names, const parameter_codes& codes) {
    const std::vector<parameter>& parameters = list.original().parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const parameter& p = parameters[i];
        const std::string place = "/parameters/" + p.name;
        for (const auto& [name, binding] : p.choices) {
            if (name == p.standard) continue;
            list.add("parameter", place + "/default", p.standard, name, [&, i](Definition& d) {
                d.parameters[i].standard = name;
                d.parameters[i].standard_binding = binding;
            });
        }
        if (p.choices.empty() && !p.standard_binding.value.empty()) {
            const auto known = codes.find(p.name);
            for (const auto& [text, value] :
                 other_literals(p.standard_binding.value, known == codes.end() ? nullptr : known->second)) {
                list.add("parameter", place + "/default", to_text(p.standard_binding.value), text,
                         [&, i](Definition& d) {
                             d.parameters[i].standard = standard_text(value);
                             d.parameters[i].standard_binding.value = value;
                         });
            }
        }
        for (std::size_t c = 0; c < p.choices.size(); ++c) {
            const auto& [name, binding] = p.choices[c];
            const std::string choice_place = place + "/choices/" + name;
            const bool is_default = name == p.standard;
            if (!binding.value.empty()) {
                for (const mutated_expression& f : detail::mutate(names, binding.value)) {
                    list.add(f.rule, choice_place, f.before, f.after, [&, i, c](Definition& d) {
                        d.parameters[i].choices[c].second.value = f.whole;
                        if (is_default) d.parameters[i].standard_binding.value = f.whole;
                    });
                }
            }
            for (std::size_t k = 0; k < binding.columns.size() && binding.columns.size() > 1; ++k) {
                const std::vector<std::string> fewer = without(binding.columns, k);
                list.add("key", choice_place, columns_text(binding.columns), columns_text(fewer),
                         [&, i, c](Definition& d) {
                             d.parameters[i].choices[c].second.columns = fewer;
                             if (is_default) d.parameters[i].standard_binding.columns = fewer;
                         });
            }
        }
    }
}

// --- measures -----------------------------------------------------------------------------------

using measure_of = std::function<measure&(indicator&)>;

/// Mistakes in the slots of one measure, the indicator's own or a part of it.
class measure_mutator {
public:
    measure_mutator(mutant_list<indicator>& list, const schema& tables, const indicator_set& set, std::string place,
                    const measure& m, measure_of where)
        : list_(list),
          tables_(tables),
          place_(std::move(place)),
          m_(m),
          slot_of_(std::move(where)),
          names_{&tables, &set, m.of.table, m.of.alias, &list.original().parameters} {}

    void run() {
        mutate_conditions();
        mutate_distinct();
        mutate_numerator();
        mutate_windows();
        mutate_numbers();
        mutate_gap();
        mutate_repeat();
        mutate_conversion();
        mutate_incidence();
    }
    void collect_codes(parameter_codes& codes) const {
        for (const expression* e :
             {&m_.where, &m_.exclude, &m_.immature, &m_.numerator, &m_.value, &m_.censored, &m_.earlier}) {
            if (!e->empty()) detail::collect_parameter_codes(names_, *e, codes);
        }
    }

private:
    void add(const char* rule, const std::string& slot, std::string before, std::string after,
             const std::function<void(measure&)>& change) {
        list_.add(rule, place_ + slot, std::move(before), std::move(after), [&](indicator& i) { change(slot_of_(i)); });
    }
    void add_all(const std::string& slot, const mutation_names& names, const expression& e,
                 const std::function<expression&(measure&)>& place) {
        if (e.empty()) return;
        list_.add_all(place_ + slot, detail::mutate(names, e),
                      [&](indicator& i) -> expression& { return place(slot_of_(i)); });
    }
    void add_slot(const char* slot, expression measure::* member) {
        add_all(std::string("/") + slot, names_, m_.*member, [member](measure& m) -> expression& { return m.*member; });
    }
    static bool is_literal(const expression& e) { return e->kind == expression_kind::truth_literal; }

    void mutate_conditions() {
        add_slot("where", &measure::where);
        const auto is_chain = [](const expression& e) {
            return e->kind == expression_kind::logical_and || e->kind == expression_kind::logical_or;
        };
        if (!m_.where.empty() && !is_literal(m_.where) && !is_chain(m_.where)) {
            add("dropped", "/where", to_text(m_.where), "", [](measure& m) { m.where = detail::truth_literal(true); });
        }
        static constexpr std::pair<const char*, expression measure::*> sides[] = {{"exclude", &measure::exclude},
                                                                                  {"immature", &measure::immature},
                                                                                  {"censored", &measure::censored},
                                                                                  {"earlier", &measure::earlier}};
        for (const auto& [name, member] : sides) {
            if ((m_.*member).empty()) continue;
            add_slot(name, member);
            const auto slot = member;
            add("dropped", std::string("/") + name, to_text(m_.*member), "",
                [slot](measure& m) { m.*slot = expression(); });
        }
        add_slot("numerator", &measure::numerator);
        add_slot("value", &measure::value);
        add_slot("event_day", &measure::event_day);
        if (!m_.annualise.empty() && is_literal(m_.annualise)) {
            add("statistic", "/annualise", to_text(m_.annualise), m_.annualise->flag ? "false" : "true",
                [](measure& m) { m.annualise = detail::truth_literal(!m.annualise->flag); });
        }
    }
    void mutate_distinct() {
        const bool is_parameter = m_.distinct.size() == 1 && m_.distinct[0][0] == ':';
        if (!m_.distinct.empty() && m_.kind != measure_kind::incidence) {
            add("distinct", "/distinct", joined(m_.distinct, ", "), "", [](measure& m) {
                m.distinct.clear();
                if (m.kind == measure_kind::distinct) m.kind = measure_kind::count;
            });
        }
        for (std::size_t i = 0; i < m_.distinct.size() && m_.distinct.size() > 1 && !is_parameter; ++i) {
            const std::vector<std::string> fewer = without(m_.distinct, i);
            add("key", "/distinct", joined(m_.distinct, ", "), joined(fewer, ", "),
                [&](measure& m) { m.distinct = fewer; });
        }
        const bool of_rows = m_.kind == measure_kind::count || m_.kind == measure_kind::share ||
                             m_.kind == measure_kind::rate || m_.kind == measure_kind::profile ||
                             m_.kind == measure_kind::person_days;
        const table_schema* table = tables_.find(m_.of.table);
        const column_schema* child = table == nullptr ? nullptr : table->find("child_id");
        const bool own_key = child != nullptr && child->key && table->key_columns().size() == 1;
        if (of_rows && m_.distinct.empty() && child != nullptr && !own_key) {
            add("distinct", "/distinct", "each row", "child_id", [](measure& m) {
                m.distinct = {"child_id"};
                if (m.kind == measure_kind::count) m.kind = measure_kind::distinct;
            });
        }
    }
    void mutate_numerator() {
        if (m_.kind == measure_kind::share && !m_.numerator.empty()) {
            const std::string text = to_text(m_.numerator);
            add("numerator", "/numerator", text, "true", [](measure& m) { m.numerator = detail::truth_literal(true); });
            add("numerator", "/numerator", text, "the rest of the denominator", [](measure& m) {
                expression_node n;
                n.kind = expression_kind::logical_not;
                n.children = {m.numerator};
                m.numerator = detail::make_expression(std::move(n));
            });
            add("numerator", "/where", "the denominator", "the numerator's rows only", [](measure& m) {
                expression_node n;
                n.kind = expression_kind::logical_and;
                n.children = {m.where, m.numerator};
                m.where = detail::make_expression(std::move(n));
            });
        }
        if (m_.kind == measure_kind::ratio) {
            add("numerator", "", "numerator / denominator", "denominator / numerator", [](measure& m) {
                std::swap(m.upper, m.lower);
                m.of = m.upper->of;
                m.timing = m.upper->timing;
                m.where = m.upper->where;
            });
        }
        if (!m_.profile.empty() && m_.kind != measure_kind::profile) {
            add("numerator", "/profile", joined(m_.profile, ", "), "", [](measure& m) {
                m.profile.clear();
                m.profile_measure = nullptr;
            });
        }
    }
    void mutate_windows(const char* slot, std::vector<table_window> measure::* member) {
        const std::vector<table_window>& windows = m_.*member;
        for (std::size_t i = 0; i < windows.size(); ++i) {
            const std::string place = std::string("/") + slot + "/" + windows[i].table;
            add_all(place, names_, windows[i].length,
                    [member, i](measure& m) -> expression& { return (m.*member)[i].length; });
            add("dropped", place, to_text(windows[i].length), "",
                [&, i](measure& m) { m.*member = without(m.*member, i); });
        }
    }
    void mutate_windows() {
        mutate_windows("look_back", &measure::look_back);
        mutate_windows("follow_up", &measure::follow_up);
    }
    void mutate_numbers() {
        if (m_.kind == measure_kind::rate || m_.kind == measure_kind::incidence ||
            (m_.kind == measure_kind::ratio && m_.per > 1)) {
            for (const std::int64_t per : {m_.per / 10, m_.per * 10}) {
                if (per > 0)
                    add("statistic", "/per", std::to_string(m_.per), std::to_string(per),
                        [per](measure& m) { m.per = per; });
            }
        }
        if (m_.kind == measure_kind::rate) {
            const std::string ages = std::to_string(m_.youngest) + " to " + std::to_string(m_.oldest);
            const auto of_ages = [&](int youngest, int oldest) {
                if (youngest < 0 || youngest > oldest) return;
                add("statistic", "/population/ages", ages, std::to_string(youngest) + " to " + std::to_string(oldest),
                    [youngest, oldest](measure& m) {
                        m.youngest = youngest;
                        m.oldest = oldest;
                    });
            };
            of_ages(m_.youngest - 1, m_.oldest);
            of_ages(m_.youngest + 1, m_.oldest);
            of_ages(m_.youngest, m_.oldest - 1);
            of_ages(m_.youngest, m_.oldest + 1);
        }
        if (m_.kind_parameter.empty() && (m_.kind == measure_kind::mean || m_.kind == measure_kind::median)) {
            const measure_kind other = m_.kind == measure_kind::mean ? measure_kind::median : measure_kind::mean;
            add("statistic", "/kind", std::string(to_text(m_.kind)), std::string(to_text(other)),
                [other](measure& m) { m.kind = other; });
        }
        if (m_.kind == measure_kind::sum)
            add("statistic", "/kind", "sum", "mean", [](measure& m) { m.kind = measure_kind::mean; });
        if (m_.kind == measure_kind::quantile || m_.statistic == "quantile") {
            if (m_.p[0] != ':' && m_.p != "0.5") add("statistic", "/p", m_.p, "0.5", [](measure& m) { m.p = "0.5"; });
            const std::string other = quantile_other(m_.method);
            add("statistic", "/method", m_.method, other, [&](measure& m) { m.method = other; });
        }
    }
    static std::string quantile_other(const std::string& method) {
        return method == "6" || method == "weibull" ? "7" : "6";
    }
    void mutate_gap() {
        if (m_.of.gap.empty()) return;
        add_all("/of", names_, m_.of.gap, [](measure& m) -> expression& { return m.of.gap; });
    }
    void mutate_repeat() {
        if (m_.kind != measure_kind::repeat) return;
        add_slot("within", &measure::within);
        for (std::size_t i = 0; i < m_.key.size() && m_.key.size() > 1; ++i) {
            const std::vector<std::string> fewer = without(m_.key, i);
            add("key", "/key", joined(m_.key, ", "), joined(fewer, ", "), [&](measure& m) { m.key = fewer; });
        }
    }
    void mutate_steps(const char* slot, std::vector<conversion_step> measure::* member) {
        const std::vector<conversion_step>& steps = m_.*member;
        const bool may_be_empty = std::string_view(slot) == "exits";
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const conversion_step& step = steps[i];
            const std::string place = std::string("/") + slot + "/" + std::to_string(i);
            const mutation_names names{names_.tables, names_.set, step.of.table, step.of.alias, names_.parameters};
            add_all(place + "/where", names, step.where,
                    [member, i](measure& m) -> expression& { return (m.*member)[i].where; });
            add_all(place + "/within", names_, step.within,
                    [member, i](measure& m) -> expression& { return (m.*member)[i].within; });
            if (!step.where.empty()) {
                add("dropped", place + "/where", to_text(step.where), "",
                    [member, i](measure& m) { (m.*member)[i].where = expression(); });
            }
            if (steps.size() > 1 || may_be_empty) {
                add("dropped", place, to_text(step.of), "",
                    [member, i](measure& m) { m.*member = without(m.*member, i); });
            }
            if (i + 1 < steps.size()) {
                add("position", place, to_text(step.of), to_text(steps[i + 1].of),
                    [member, i](measure& m) { std::swap((m.*member)[i], (m.*member)[i + 1]); });
            }
        }
    }
    void mutate_conversion() {
        if (m_.kind != measure_kind::conversion) return;
        mutate_steps("steps", &measure::steps);
        mutate_steps("exits", &measure::exits);
        if (m_.statistic == "mean" || m_.statistic == "median") {
            const std::string other = m_.statistic == "mean" ? "median" : "mean";
            add("statistic", "/statistic", m_.statistic, other, [&](measure& m) { m.statistic = other; });
        }
    }
    void mutate_incidence() {
        if (m_.kind != measure_kind::incidence) return;
        const mutation_names names{names_.tables, names_.set, m_.events.of.table, m_.events.of.alias,
                                   names_.parameters};
        add_all("/events/where", names, m_.events.where, [](measure& m) -> expression& { return m.events.where; });
        if (!m_.events.where.empty()) {
            add("dropped", "/events/where", to_text(m_.events.where), "",
                [](measure& m) { m.events.where = expression(); });
        }
        if (!m_.clean_window.empty()) {
            add_slot("clean_window", &measure::clean_window);
            add("dropped", "/clean_window", to_text(m_.clean_window), "the first event only", [](measure& m) {
                m.clean_window = expression();
                m.first_event_only = true;
            });
        } else {
            add("dropped", "/first_event_only", "true", "clean window of 1 day", [](measure& m) {
                m.clean_window = parse_expression("1 days");
                m.first_event_only = false;
            });
        }
    }

    mutant_list<indicator>& list_;
    const schema& tables_;
    std::string place_;
    const measure& m_;
    measure_of slot_of_;
    mutation_names names_;
};

/// Every bank holiday worked: what forgetting them means.
working_calendar without_bank_holidays() {
    std::vector<day> worked;
    for (day d = earliest_day; d <= latest_day; ++d) {
        const bool weekday = detail::weekdays_up_to(d) != detail::weekdays_up_to(d - 1);
        if (weekday && !is_working_day(d)) worked.push_back(d);
    }
    return working_calendar({}, std::move(worked));
}

void mutate_conventions(mutant_list<indicator>& list) {
    const conventions now = chosen_conventions(list.original().conventions);
    const auto put = [&](const char* name, std::string before, std::string after,
                         const std::function<void(convention_choices&)>& change) {
        list.add("convention", std::string("/conventions/") + name, std::move(before), std::move(after),
                 [&](indicator& i) { change(i.conventions); });
    };
    const auto choices = [&](const char* name, auto current, auto values, auto member) {
        for (const auto value : values) {
            if (value != current)
                put(name, std::string(to_text(current)), std::string(to_text(value)),
                    [&](convention_choices& c) { c.*member = value; });
        }
    };
    choices("month_add", now.months,
            std::initializer_list<month_add>{month_add::clamp, month_add::roll_forward, month_add::end_of_month_snap},
            &convention_choices::months);
    choices("leap_birthday", now.birthdays,
            std::initializer_list<leap_birthday>{leap_birthday::march_1, leap_birthday::february_28},
            &convention_choices::birthdays);
    choices("end_day", now.ends, std::initializer_list<end_day>{end_day::exclusive, end_day::inclusive},
            &convention_choices::ends);
    choices("year_length", now.years,
            std::initializer_list<year_length>{year_length::calendar, year_length::days_365_25},
            &convention_choices::years);
    static const working_calendar no_holidays = without_bank_holidays();
    put("working_days", to_text(now.working_days), "bank holidays worked",
        [](convention_choices& c) { c.working_days = no_holidays; });
}

}  // namespace

std::vector<mutant> make_mutants(const schema& tables, const indicator_set& set, const indicator& original) {
    mutant_list<indicator> list(original, &mutant::indicator);
    parameter_codes codes;
    const auto of_measure = [&](const std::string& place, const measure& m, const measure_of& slot) {
        measure_mutator one(list, tables, set, place, m, slot);
        one.run();
        one.collect_codes(codes);
    };
    const auto of_part = [&](const char* place, std::shared_ptr<const measure> measure::* part) {
        if (!(original.measure.*part)) return;
        of_measure(place, *(original.measure.*part), [part](indicator& i) -> measure& {
            auto copy = std::make_shared<measure>(*(i.measure.*part));
            measure& result = *copy;
            i.measure.*part = std::move(copy);
            return result;
        });
    };
    const bool is_ratio = original.measure.kind == measure_kind::ratio;
    const measure whole = is_ratio ? [&] {
        measure m = original.measure;  // its conditions are those of its parts
        m.where = expression();
        return m;
    }()
                                   : original.measure;
    of_measure("/measure", whole, [](indicator& i) -> measure& { return i.measure; });
    of_part("/measure/numerator", &measure::upper);
    of_part("/measure/denominator", &measure::lower);
    of_part("/measure/profile/measure", &measure::profile_measure);
    mutate_parameters(list, {&tables, &set, original.measure.of.table, original.measure.of.alias, &original.parameters},
                      codes);
    if (!original.measure.kind_parameter.empty()) {
        for (std::size_t i = 0; i < original.parameters.size(); ++i) {
            const parameter& p = original.parameters[i];
            if (p.name != original.measure.kind_parameter || !p.choices.empty()) continue;
            const std::string other = p.standard == "mean" ? "median" : "mean";
            list.add("statistic", "/parameters/" + p.name + "/default", p.standard, other, [&, i](indicator& d) {
                d.parameters[i].standard = other;
                d.parameters[i].standard_binding.value = detail::text_literal(other);
            });
        }
    }
    mutate_conventions(list);
    return list.take();
}

std::vector<mutant> make_mutants(const schema& tables, const indicator_set& set, const named_filter& original) {
    mutant_list<named_filter> list(original, &mutant::filter);
    const mutation_names names{&tables, &set, original.on, "", &original.parameters};
    parameter_codes codes;
    detail::collect_parameter_codes(names, original.body, codes);
    list.add_all("/is", detail::mutate(names, original.body), [](named_filter& f) -> expression& { return f.body; });
    mutate_parameters(list, names, codes);
    return list.take();
}

}  // namespace goldenthread
