// goldenthread: which slots of a measure go together. One list for measures from files and for those built in a program.
#pragma once

#include <goldenthread/definitions/indicator.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goldenthread::detail {

/// What is wrong with a measure, and in which slot ("timing", "numerator/kind"; empty = the measure as a whole).
struct measure_problem {
    std::string slot;
    std::string message;
    std::string remedy;
};

[[nodiscard]] inline std::string with_article(measure_kind kind) {
    const std::string name(to_text(kind));
    return (kind == measure_kind::incidence ? "an " : kind == measure_kind::person_days ? "" : "a ") + name;
}

/// A slot that only some kinds have.
struct slot_rule {
    std::string_view slot;
    std::vector<measure_kind> kinds;
    std::string_view owners;          ///< what these kinds are called
    bool (*is_given)(const measure&);  ///< null = a slot that always has a value: only a file can tell
};

[[nodiscard]] inline const std::vector<slot_rule>& slot_rules() {
    using kind = measure_kind;
    static const std::vector<kind> of_values = {kind::sum, kind::mean, kind::median, kind::quantile};
    static constexpr std::string_view values = "a sum, a mean, a median or a quantile";
    static const std::vector<slot_rule> rules = {
        {"numerator", {kind::share}, "a share", [](const measure& m) { return !m.numerator.empty(); }},
        {"value", of_values, values, [](const measure& m) { return !m.value.empty(); }},
        {"censored", of_values, values, [](const measure& m) { return !m.censored.empty(); }},
        {"p", {kind::quantile, kind::conversion}, "a quantile", [](const measure& m) { return !m.p.empty(); }},
        {"method", {kind::quantile, kind::conversion}, "a quantile", nullptr},
        {"profile",
         {kind::profile, kind::share, kind::rate, kind::count, kind::distinct},
         "a profile, a share, a rate or a count",
         [](const measure& m) { return !m.profile.empty(); }},
        {"per", {kind::rate, kind::ratio, kind::incidence}, "a rate, a ratio or an incidence", nullptr},
        {"population", {kind::rate}, "a rate", nullptr},
        {"annualise", {kind::rate}, "a rate", [](const measure& m) { return !m.annualise.empty(); }},
        {"day", {kind::conversion, kind::repeat}, "a conversion or a repeat", [](const measure& m) { return !m.day.empty(); }},
        {"steps", {kind::conversion}, "a conversion", [](const measure& m) { return !m.steps.empty(); }},
        {"exits", {kind::conversion}, "a conversion", [](const measure& m) { return !m.exits.empty(); }},
        {"statistic", {kind::conversion}, "a conversion", nullptr},
        {"key", {kind::repeat}, "a repeat", [](const measure& m) { return !m.key.empty(); }},
        {"within", {kind::repeat}, "a repeat", [](const measure& m) { return !m.within.empty(); }},
        {"earlier", {kind::repeat}, "a repeat", [](const measure& m) { return !m.earlier.empty(); }},
        {"events", {kind::incidence}, "an incidence", [](const measure& m) { return !m.events.date.empty(); }},
        {"clean_window", {kind::incidence}, "an incidence", [](const measure& m) { return !m.clean_window.empty(); }},
        {"first_event_only", {kind::incidence}, "an incidence", [](const measure& m) { return m.first_event_only; }},
    };
    return rules;
}

[[nodiscard]] inline bool has_slot(const slot_rule& rule, measure_kind kind) noexcept {
    return std::find(rule.kinds.begin(), rule.kinds.end(), kind) != rule.kinds.end();
}

[[nodiscard]] inline measure_problem foreign_slot(const slot_rule& rule) {
    return {"", "only " + std::string(rule.owners) + " has a '" + std::string(rule.slot) + "'", ""};
}

/// Finds the first slot of a measure that does not go with the rest of it.
class measure_checker {
public:
    explicit measure_checker(const measure& m) : m_(m) {}

    [[nodiscard]] std::optional<measure_problem> run() {
        if (m_.kind == measure_kind::ratio) {
            check_ratio();
        } else {
            check_foreign_slots();
            check_slots_of_kind();
            check_mixtures();
        }
        if (m_.profile_measure) check_part(*m_.profile_measure, "profile/measure", "a profile shows");
        return problem_;
    }

private:
    using kind = measure_kind;

    void report(std::string slot, std::string message, std::string remedy = {}) {
        if (!problem_) problem_ = {std::move(slot), std::move(message), std::move(remedy)};
    }
    void expect(bool is_given, const char* slot, const std::string& what) {
        if (!is_given) report("", what + " needs " + (slot[0] == 'e' ? "" : "a ") + "'" + slot + "'");
    }

    void check_foreign_slots() {
        for (const slot_rule& rule : slot_rules()) {
            if (rule.is_given == nullptr || has_slot(rule, m_.kind) || !rule.is_given(m_)) continue;
            report("", foreign_slot(rule).message);
        }
    }

    void check_slots_of_kind() {
        if (m_.kind == kind::share) expect(!m_.numerator.empty(), "numerator", "a share");
        if (is_of_values(m_.kind) && m_.value.empty()) report("", "a sum, a mean, a median or a quantile needs a 'value'");
        if (m_.kind == kind::distinct && m_.distinct.empty()) report("", "distinct needs the columns it counts: 'distinct'");
        if (m_.kind == kind::quantile) expect(!m_.p.empty(), "p", "a quantile");
        if (m_.kind == kind::conversion) check_conversion();
        if (m_.kind == kind::repeat) check_repeat();
        if (m_.kind == kind::incidence) check_incidence();
        if (m_.per <= 0) report("per", with_article(m_.kind) + " is per a number above zero");
        if (m_.youngest > m_.oldest) report("population/ages", "the youngest age is above the oldest");
    }
    void check_conversion() {
        expect(!m_.day.empty(), "day", "a conversion");
        if (m_.steps.empty()) report("steps", "a conversion needs at least one step");
        for (std::size_t i = 0; i < m_.steps.size(); ++i) {
            if (m_.steps[i].within.empty()) {
                report("steps/" + std::to_string(i), "a step without an end would make every base wait for ever",
                       "say how long after the base it counts: \"within\": \"12 months\"");
            }
        }
        if (m_.statistic == "quantile") expect(!m_.p.empty(), "p", "a quantile");
        if (m_.statistic != "quantile" && !m_.p.empty()) report("", "only a quantile has a 'p' and a 'method'");
    }
    void check_repeat() {
        expect(!m_.day.empty(), "day", "a repeat");
        expect(!m_.key.empty(), "key", "a repeat");
        if (m_.within.empty()) report("", "a repeat without a window would look back without end", "say how far: \"within\": \"12 months\"");
    }
    void check_incidence() {
        expect(!m_.events.date.empty(), "events", "an incidence");
        if (m_.first_event_only && !m_.clean_window.empty()) report("clean_window", "after the first event nobody is at risk: there is no window");
        if (!m_.first_event_only && m_.clean_window.empty()) {
            report("", "an incidence says when somebody is at risk again after an event", "write \"clean_window\": \"30 days\", or \"first_event_only\": true");
        }
        if (m_.distinct.empty()) report("", "an incidence needs the key of those at risk: 'distinct'");
    }

    void check_mixtures() {
        const bool over = m_.timing == measure_timing::over;
        const bool of_days = m_.kind == kind::person_days || m_.kind == kind::incidence;
        if (of_days && !over) report("timing", with_article(m_.kind) + " is about every day of the period", "write \"timing\": \"over\"");
        if (over && !of_days && m_.kind != kind::share) {
            report("timing", "what stands on each day is not added over the days of a period", "count days with \"kind\": \"person-days\", or ask \"at\" its end");
        }
        if (over && !m_.follow_up.empty()) report("follow_up", "a day has no follow-up");
        const bool of_events = m_.kind == kind::conversion || m_.kind == kind::repeat;
        if (of_events && m_.timing != measure_timing::in) {
            report("timing", with_article(m_.kind) + " is about what happened in the period", "write \"timing\": \"in\"");
        }
        if (is_of_values(m_.kind) && !m_.distinct.empty()) report("distinct", "values are summed or averaged over rows, not over different keys");
        if (of_events && !m_.distinct.empty()) report("distinct", "each row counts by itself in " + with_article(m_.kind));
    }

    void check_ratio() {
        if (!m_.upper || !m_.lower) {
            report("", "a ratio divides one measure by another: 'numerator' and 'denominator'");
            return;
        }
        check_part(*m_.upper, "numerator", "a ratio divides");
        check_part(*m_.lower, "denominator", "a ratio divides");
        if (m_.per <= 0) report("per", "a ratio is per a number above zero");
    }
    /// A part of a ratio or of a profile is something that can be added.
    void check_part(const measure& part, const std::string& slot, const char* owner) {
        const bool adds = part.kind == kind::count || part.kind == kind::distinct || part.kind == kind::sum || part.kind == kind::person_days;
        if (!adds || !part.kind_parameter.empty()) {
            report(slot + "/kind",
                   std::string(owner) + " counts, sums or person-days, not " + with_article(part.kind) +
                       ": shares and averages are not divided or averaged again",
                   "give the counts they are made of");
        }
        if (!part.profile.empty() || !part.censored.empty() || !part.follow_up.empty()) {
            report(slot, "a part has no profile, no 'censored' and no follow-up of its own");
        }
        if (problem_) return;
        if (std::optional<measure_problem> own = measure_checker(part).run()) {
            report(slot + (own->slot.empty() ? "" : "/" + own->slot), own->message, own->remedy);
        }
    }

    const measure& m_;
    std::optional<measure_problem> problem_;
};

/// What does not go together in a measure; nothing if all does.
[[nodiscard]] inline std::optional<measure_problem> problem_of(const measure& m) { return measure_checker(m).run(); }

}  // namespace goldenthread::detail
