#include <goldenthread/engine/definition_difference.hpp>

#include "engine/used_filters.hpp"

#include <goldenthread/engine/definition_hash.hpp>
#include <goldenthread/engine/english.hpp>
#include <goldenthread/engine/resolve.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace goldenthread {

namespace {

using detail::resolved_measure;

/// A part of a definition as text.
struct slot {
    changed_part part = changed_part::measure;
    std::string place;
    std::string text;
    std::string english;
};

/// Lists everything that a definition says.
class slot_list {
public:
    slot_list(const schema& tables, const indicator_set& set, const indicator& i) : tables_(tables) {
        const resolved_measure resolved = detail::resolve_measure(tables, set, i, {}, {});
        add_measure("/measure", i.measure, &resolved);
        add_parameters(changed_part::parameter, "/parameters/", i.parameters);
        for (const auto& [name, choice] : named_choices(chosen_conventions(i.conventions))) {
            add(changed_part::convention, "/conventions/" + name, choice);
        }
        for (const named_filter* f : detail::filters_used(set, i)) {
            add(changed_part::filter, "/filters/" + f->name + "/is", to_text(f->body));
            add(changed_part::filter, "/filters/" + f->name + "/title", f->title);
            add_parameters(changed_part::filter, "/filters/" + f->name + "/parameters/", f->parameters);
        }
        add_breakdowns(i);
        add_words(i);
        for (const definition_case& c : i.cases) {
            definition_case nameless = c;
            nameless.title.clear();
            add(changed_part::cases, "/cases/" + c.title, to_json(nameless));
        }
    }
    [[nodiscard]] const std::vector<slot>& all() const noexcept { return slots_; }

private:
    void add(changed_part part, std::string place, std::string text, std::string english = {}) {
        if (!text.empty()) slots_.push_back({part, std::move(place), std::move(text), std::move(english)});
    }
    void add(const std::string& place, const expression& e, std::string english = {}) {
        if (!e.empty()) add(changed_part::measure, place, to_text(e), std::move(english));
    }
    void add_number(const std::string& place, std::int64_t number) {
        add(changed_part::measure, place, std::to_string(number));
    }

    /// Conditions are said in English too, from what they resolve to.
    void add_conditions(const std::string& place, const measure& m, const resolved_measure* r) {
        const auto said = [&](const detail::resolved& condition) {
            if (r == nullptr || !condition) return std::string();
            detail::english_writer english(tables_, r->root.table, r->timing == measure_timing::over);
            return condition->type == detail::static_type::truth ? english.condition(condition)
                                                                 : english.quantity(condition);
        };
        static const detail::resolved none;
        add(place + "/where", m.where, said(r == nullptr ? none : r->where));
        add(place + "/exclude", m.exclude, said(r == nullptr ? none : r->exclude));
        add(place + "/immature", m.immature, said(r == nullptr ? none : r->immature));
        add(place + "/numerator", m.numerator, said(r == nullptr ? none : r->numerator));
        add(place + "/value", m.value, said(r == nullptr ? none : r->value));
        add(place + "/censored", m.censored, said(r == nullptr ? none : r->censored));
        add(place + "/event_day", m.event_day);
        add(place + "/annualise", m.annualise);
    }
    void add_steps(const std::string& place, const std::vector<conversion_step>& steps) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::string here = place + "/" + std::to_string(i);
            add(changed_part::measure, here + "/of", to_text(steps[i].of));
            add(here + "/day", steps[i].day);
            add(here + "/where", steps[i].where);
            add(here + "/within", steps[i].within);
        }
    }
    void add_windows(const std::string& place, const std::vector<table_window>& windows) {
        for (const table_window& w : windows) add(place + "/" + w.table, w.length);
    }
    void add_measure(const std::string& place, const measure& m, const resolved_measure* r) {
        add(changed_part::measure, place + "/kind",
            m.kind_parameter.empty() ? std::string(to_text(m.kind)) : ":" + m.kind_parameter);
        if (m.kind == measure_kind::ratio) {
            add_measure(place + "/numerator", *m.upper, nullptr);
            add_measure(place + "/denominator", *m.lower, nullptr);
            add_number(place + "/per", m.per);
            return;
        }
        add(changed_part::measure, place + "/of", to_text(m.of));
        add(changed_part::measure, place + "/timing", std::string(to_text(m.timing)));
        add(changed_part::measure, place + "/distinct", joined(m.distinct, ", "));
        add_conditions(place, m, m.kind == measure_kind::incidence ? nullptr : r);
        add(changed_part::measure, place + "/profile", joined(m.profile, ", "));
        if (m.profile_measure) add_measure(place + "/profile/measure", *m.profile_measure, nullptr);
        if (m.kind == measure_kind::rate || m.kind == measure_kind::incidence) add_number(place + "/per", m.per);
        if (m.kind == measure_kind::rate) {
            add(changed_part::measure, place + "/population/ages",
                std::to_string(m.youngest) + " to " + std::to_string(m.oldest));
        }
        if (m.kind == measure_kind::quantile || m.statistic == "quantile") {
            add(changed_part::measure, place + "/p", m.p);
            add(changed_part::measure, place + "/method", m.method);
        }
        if (m.kind == measure_kind::conversion) add(changed_part::measure, place + "/statistic", m.statistic);
        add(place + "/day", m.day);
        add_steps(place + "/steps", m.steps);
        add_steps(place + "/exits", m.exits);
        add(changed_part::measure, place + "/key", joined(m.key, ", "));
        add(place + "/within", m.within);
        add(place + "/earlier", m.earlier);
        if (m.kind == measure_kind::incidence) {
            add(changed_part::measure, place + "/events/of", to_text(m.events.of));
            add(changed_part::measure, place + "/events/date", m.events.date);
            add(place + "/events/where", m.events.where);
            add(place + "/clean_window", m.clean_window);
            add(changed_part::measure, place + "/first_event_only", m.first_event_only ? "true" : "false");
        }
        add_windows(place + "/look_back", m.look_back);
        add_windows(place + "/follow_up", m.follow_up);
    }
    static std::string binding_text(const parameter_binding& b) {
        switch (b.kind) {
            case parameter_binding::kind_type::columns:
                return "(" + joined(b.columns, ", ") + ")";
            case parameter_binding::kind_type::table:
                return b.table;
            default:
                return to_text(b.value);
        }
    }
    void add_parameters(changed_part part, const std::string& place, const std::vector<parameter>& parameters) {
        for (const parameter& p : parameters) {
            add(part, place + p.name + "/default", p.choices.empty() ? binding_text(p.standard_binding) : p.standard);
            for (const auto& [name, binding] : p.choices)
                add(part, place + p.name + "/choices/" + name, binding_text(binding));
        }
    }
    void add_breakdowns(const indicator& i) {
        for (const dimension& d : i.breakdowns) {
            std::string text = "of the child or the row";
            if (d.kind == dimension::kind_type::value) text = to_text(d.value);
            if (d.kind == dimension::kind_type::each) text = "each " + to_text(d.source) + " " + d.column;
            if (d.kind == dimension::kind_type::predicates) {
                text.clear();
                for (const auto& [name, predicate] : d.predicates)
                    text += (text.empty() ? "" : "; ") + name + ": " + to_text(predicate);
            }
            if (!d.categories.empty()) text += " (" + joined(d.categories, ", ") + ")";
            add(changed_part::breakdown, "/breakdowns/" + d.name, std::move(text));
        }
    }
    void add_words(const indicator& i) {
        const std::pair<const char*, const std::string*> words[] = {{"title", &i.title},
                                                                    {"definition", &i.definition},
                                                                    {"rationale", &i.rationale},
                                                                    {"source", &i.source},
                                                                    {"unit", &i.unit}};
        for (const auto& [name, text] : words) add(changed_part::words, std::string("/") + name, *text);
        add(changed_part::words, "/polarity", i.polarity.value + " (" + i.polarity.provenance + ")");
        add(changed_part::words, "/disclosure", joined(i.disclosure, ", "));
        add(changed_part::words, "/pitfalls", joined(i.pitfalls, " "));
        for (const parameter& p : i.parameters) add(changed_part::words, "/parameters/" + p.name + "/title", p.title);
    }

    const schema& tables_;
    std::vector<slot> slots_;
};

const slot* find_slot(const std::vector<slot>& slots, const std::string& place) {
    const auto found = std::find_if(slots.begin(), slots.end(), [&](const slot& s) { return s.place == place; });
    return found == slots.end() ? nullptr : &*found;
}

definition_change change_of(const slot* was, const slot* is) {
    const slot& one = was != nullptr ? *was : *is;
    definition_change c;
    c.part = one.part;
    c.place = one.place;
    if (was != nullptr) {
        c.before = was->text;
        c.before_english = was->english;
    }
    if (is != nullptr) {
        c.after = is->text;
        c.after_english = is->english;
    }
    return c;
}

}  // namespace

std::string definition_hash(const schema& tables, const indicator_set& set, const std::string& id,
                            const std::vector<parameter_value>& parameters) {
    return detail::hash_of_definition(detail::resolve_measure(tables, set, set[id], {}, parameters));
}

definition_difference compare_definitions(const schema& tables, const indicator_set& before,
                                          const std::string& id_before, const indicator_set& after,
                                          const std::string& id_after) {
    definition_difference d;
    d.before = id_before;
    d.after = id_after;
    const resolved_measure was = detail::resolve_measure(tables, before, before[id_before], {}, {});
    const resolved_measure is = detail::resolve_measure(tables, after, after[id_after], {}, {});
    d.hash_before = detail::hash_of_definition(was);
    d.hash_after = detail::hash_of_definition(is);
    d.meaning_before = detail::meaning_of(tables, was);
    d.meaning_after = detail::meaning_of(tables, is);
    const slot_list old_ones(tables, before, before[id_before]), new_ones(tables, after, after[id_after]);
    for (const slot& s : old_ones.all()) {
        const slot* now = find_slot(new_ones.all(), s.place);
        if (now == nullptr || now->text != s.text) d.changes.push_back(change_of(&s, now));
    }
    for (const slot& s : new_ones.all()) {
        if (find_slot(old_ones.all(), s.place) == nullptr) d.changes.push_back(change_of(nullptr, &s));
    }
    std::stable_sort(d.changes.begin(), d.changes.end(),
                     [](const definition_change& a, const definition_change& b) { return a.part < b.part; });
    return d;
}

std::string to_text(const definition_difference& d) {
    std::string text = d.before == d.after ? d.after : d.before + " → " + d.after;
    if (d.changes.empty()) return text + ": nothing changed.";
    if (d.same_meaning()) {
        text += ": same meaning (content hash " + d.hash_after.substr(0, 12) +
                "); only words, cases, breakdowns, the spelling or choices not made changed.";
    } else {
        text += ": the meaning changed (content hash " + d.hash_before.substr(0, 12) + " → " +
                d.hash_after.substr(0, 12) + ").";
        if (d.meaning_before != d.meaning_after) text += "\n  was: " + d.meaning_before + "\n  is:  " + d.meaning_after;
    }
    for (const definition_change& c : d.changes) {
        text += "\n  " + std::string(to_text(c.part)) + " " + c.place;
        if (c.part == changed_part::cases) {
            text += c.before.empty() ? ": added" : c.after.empty() ? ": taken out" : ": changed";
            continue;
        }
        if (c.before.empty()) {
            text += ": added '" + c.after + "'";
        } else if (c.after.empty()) {
            text += ": taken out, was '" + c.before + "'";
        } else {
            text += ": '" + c.before + "' became '" + c.after + "'";
        }
        if (c.before_english != c.after_english) {
            if (!c.before_english.empty()) text += "\n      was: " + c.before_english;
            if (!c.after_english.empty()) text += "\n      is:  " + c.after_english;
        }
    }
    return text;
}

}  // namespace goldenthread
