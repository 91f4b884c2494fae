#include "definitions/parse_measure.hpp"

#include <goldenthread/definitions/quantile.hpp>

#include <algorithm>

namespace goldenthread::detail {

namespace {

/// Runs a parser of text and adds file and JSON pointer to what it throws.
template <class Parser>
auto located(const json_view& view, Parser&& parse) {
    try {
        return parse(view.text());
    } catch (const definition_error& problem) {
        error_context context = problem.context();
        context.file = view.file();
        context.place = view.pointer();
        throw definition_error(problem.message(), std::move(context));
    }
}

template <class Enum>
Enum read_name_of(const json_view& view, std::initializer_list<Enum> values) {
    const std::string text = view.text();
    std::vector<std::string> names;
    for (const Enum value : values) {
        if (to_text(value) == text) return value;
        names.emplace_back(to_text(value));
    }
    view.fail("unknown value '" + text + "'", name_remedy(text, names));
}

expression optional_expression(const json_view& view, const char* field) {
    return view.has(field) ? read_expression(view.at(field)) : expression();
}

std::vector<table_window> read_windows(const json_view& measure_view, const char* field) {
    std::vector<table_window> result;
    if (!measure_view.has(field)) return result;
    for (const auto& [table, view] : measure_view.at(field).members()) result.push_back({table, read_expression(view)});
    return result;
}

void read_population(const json_view& view, measure& m) {
    view.expect_fields({"ages"});
    const std::vector<json_view> ages = view.at("ages").items();
    if (ages.size() != 2) view.at("ages").fail("the youngest and the oldest age are expected");
    m.youngest = static_cast<int>(std::clamp<std::int64_t>(ages[0].integer(), 0, 200));
    m.oldest = static_cast<int>(std::clamp<std::int64_t>(ages[1].integer(), 0, 200));
    if (m.youngest > m.oldest) view.at("ages").fail("the youngest age is above the oldest");
}

/// A kind by name, or ":parameter" for a choice between a mean and a median.
void read_kind(const json_view& view, measure& m) {
    const std::string text = view.text();
    if (!text.empty() && text[0] == ':') {
        m.kind_parameter = text.substr(1);
        m.kind = measure_kind::mean;
        return;
    }
    m.kind = read_name_of(view, {measure_kind::count, measure_kind::distinct, measure_kind::share, measure_kind::rate, measure_kind::profile,
                                 measure_kind::sum, measure_kind::mean, measure_kind::median, measure_kind::quantile, measure_kind::person_days,
                                 measure_kind::ratio, measure_kind::incidence, measure_kind::conversion, measure_kind::repeat});
}

std::vector<std::string> read_columns(const json_view& view) {
    return view.is_string() ? std::vector<std::string>{view.text()} : view.texts();
}

/// A slot, the kinds that have it, and what they are called.
struct slot_rule {
    const char* field;
    std::vector<measure_kind> kinds;
    const char* owners;
};

const std::vector<slot_rule>& slot_rules() {
    using kind = measure_kind;
    static const std::vector<kind> of_values = {kind::sum, kind::mean, kind::median, kind::quantile};
    static const char* const values = "a sum, a mean, a median or a quantile";
    static const std::vector<slot_rule> rules = {
        {"numerator", {kind::share}, "a share"},
        {"value", of_values, values},
        {"censored", of_values, values},
        {"p", {kind::quantile, kind::conversion}, "a quantile"},
        {"method", {kind::quantile, kind::conversion}, "a quantile"},
        {"profile", {kind::profile, kind::share, kind::rate, kind::count, kind::distinct}, "a profile, a share, a rate or a count"},
        {"per", {kind::rate, kind::ratio, kind::incidence}, "a rate, a ratio or an incidence"},
        {"population", {kind::rate}, "a rate"},
        {"annualise", {kind::rate}, "a rate"},
        {"day", {kind::conversion, kind::repeat}, "a conversion or a repeat"},
        {"steps", {kind::conversion}, "a conversion"},
        {"exits", {kind::conversion}, "a conversion"},
        {"statistic", {kind::conversion}, "a conversion"},
        {"key", {kind::repeat}, "a repeat"},
        {"within", {kind::repeat}, "a repeat"},
        {"earlier", {kind::repeat}, "a repeat"},
        {"events", {kind::incidence}, "an incidence"},
        {"clean_window", {kind::incidence}, "an incidence"},
        {"first_event_only", {kind::incidence}, "an incidence"},
    };
    return rules;
}

bool is_one_of(measure_kind kind, const std::vector<measure_kind>& kinds) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }

std::string with_article(measure_kind kind) {
    const std::string name(to_text(kind));
    return (kind == measure_kind::incidence ? "an " : kind == measure_kind::person_days ? "" : "a ") + name;
}

void refuse_foreign_slots(const json_view& view, const measure& m) {
    for (const slot_rule& rule : slot_rules()) {
        if (view.has(rule.field) && !is_one_of(m.kind, rule.kinds)) view.fail("only " + std::string(rule.owners) + " has a '" + rule.field + "'");
    }
}

/// Slots and timings that make no sense together.
void refuse_mixtures(const json_view& view, const measure& m) {
    using kind = measure_kind;
    const json_view timing = view.at("timing");
    const bool over = m.timing == measure_timing::over;
    const bool of_days = m.kind == kind::person_days || m.kind == kind::incidence;
    if (of_days && !over) timing.fail(with_article(m.kind) + " is about every day of the period", "write \"timing\": \"over\"");
    if (over && !of_days && m.kind != kind::share) {
        timing.fail("what stands on each day is not added over the days of a period", "count days with \"kind\": \"person-days\", or ask \"at\" its end");
    }
    if (over && !m.follow_up.empty()) view.at("follow_up").fail("a day has no follow-up");
    const bool of_events = m.kind == kind::conversion || m.kind == kind::repeat;
    if (of_events && m.timing != measure_timing::in) timing.fail(with_article(m.kind) + " is about what happened in the period", "write \"timing\": \"in\"");
    if (is_of_values(m.kind) && !m.distinct.empty()) view.at("distinct").fail("values are summed or averaged over rows, not over different keys");
    if (of_events && !m.distinct.empty()) view.at("distinct").fail("each row counts by itself in " + with_article(m.kind));
}

void expect_slot(const json_view& view, const char* field, const std::string& what) {
    if (!view.has(field)) view.fail(what + " needs " + (field[0] == 'e' ? "" : "a ") + "'" + field + "'");
}

void read_quantile(const json_view& view, measure& m) {
    m.p = view.at("p").text();
    const bool is_parameter = !m.p.empty() && m.p[0] == ':';
    if (!is_parameter && !parse_probability(m.p)) view.at("p").fail("'" + m.p + "' is not a share from 0 to 1", "write a decimal of at most six places: \"0.9\"");
    if (!view.has("method")) return;
    const json_view method = view.at("method");
    m.method = method.raw().is_number_integer() ? std::to_string(method.integer()) : method.text();
    if (quantile_method(m.method) == 0) method.fail("unknown method '" + m.method + "'", "choose 1 to 9 of Hyndman and Fan; 7, or \"linear\", is the usual one");
}

conversion_step read_step(const json_view& view, bool is_exit) {
    if (is_exit) {
        view.expect_fields({"of", "day"}, {"where"});
    } else {
        view.expect_fields({"of", "day"}, {"where", "within"});
        if (!view.has("within")) view.fail("a step without an end would make every base wait for ever", "say how long after the base it counts: \"within\": \"12 months\"");
    }
    conversion_step step;
    step.of = read_source(view.at("of"));
    step.day = read_expression(view.at("day"));
    step.where = optional_expression(view, "where");
    step.within = optional_expression(view, "within");
    return step;
}

void read_conversion(const json_view& view, measure& m) {
    expect_slot(view, "day", "a conversion");
    expect_slot(view, "steps", "a conversion");
    m.day = read_expression(view.at("day"));
    for (const json_view& item : view.at("steps").items()) m.steps.push_back(read_step(item, false));
    if (m.steps.empty()) view.at("steps").fail("a conversion needs at least one step");
    if (view.has("exits")) {
        for (const json_view& item : view.at("exits").items()) m.exits.push_back(read_step(item, true));
    }
    m.statistic = view.text_or("statistic", "share");
    const std::vector<std::string> statistics = {"share", "mean", "median", "quantile"};
    if (std::find(statistics.begin(), statistics.end(), m.statistic) == statistics.end()) {
        view.at("statistic").fail("unknown statistic '" + m.statistic + "'", "choose one of: " + joined(statistics, ", "));
    }
    if (m.statistic == "quantile") expect_slot(view, "p", "a quantile");
    if (m.statistic != "quantile" && (view.has("p") || view.has("method"))) view.fail("only a quantile has a 'p' and a 'method'");
    if (m.statistic == "quantile") read_quantile(view, m);
}

void read_repeat(const json_view& view, measure& m) {
    expect_slot(view, "day", "a repeat");
    expect_slot(view, "key", "a repeat");
    if (!view.has("within")) view.fail("a repeat without a window would look back without end", "say how far: \"within\": \"12 months\"");
    m.day = read_expression(view.at("day"));
    m.key = read_columns(view.at("key"));
    m.within = read_expression(view.at("within"));
    m.earlier = optional_expression(view, "earlier");
}

void read_incidence(const json_view& view, measure& m) {
    if (!view.has("per")) m.per = 1000;
    expect_slot(view, "events", "an incidence");
    const json_view events = view.at("events");
    events.expect_fields({"of", "date"}, {"where"});
    m.events.of = read_source(events.at("of"));
    m.events.date = events.at("date").text();
    m.events.where = optional_expression(events, "where");
    if (view.has("first_event_only")) m.first_event_only = view.at("first_event_only").boolean();
    if (m.first_event_only && view.has("clean_window")) view.at("clean_window").fail("after the first event nobody is at risk: there is no window");
    if (!m.first_event_only && !view.has("clean_window")) {
        view.fail("an incidence says when somebody is at risk again after an event", "write \"clean_window\": \"30 days\", or \"first_event_only\": true");
    }
    m.clean_window = optional_expression(view, "clean_window");
    if (m.distinct.empty()) view.fail("an incidence needs the key of those at risk: 'distinct'");
}

/// A part of a ratio or of a profile: something that can be added.
std::shared_ptr<const measure> read_part(const json_view& view, const char* owner) {
    measure part = read_measure(view);
    const bool adds = part.kind == measure_kind::count || part.kind == measure_kind::distinct || part.kind == measure_kind::sum || part.kind == measure_kind::person_days;
    if (!adds || !part.kind_parameter.empty()) {
        view.at("kind").fail(std::string(owner) + " counts, sums or person-days, not " + with_article(part.kind) + ": shares and averages are not divided or averaged again",
                             "give the counts they are made of");
    }
    if (!part.profile.empty() || !part.censored.empty() || !part.follow_up.empty()) view.fail("a part has no profile, no 'censored' and no follow-up of its own");
    return std::make_shared<const measure>(std::move(part));
}

measure read_ratio(const json_view& view) {
    view.expect_fields({"kind", "numerator", "denominator"}, {"per"});
    measure m;
    m.kind = measure_kind::ratio;
    m.upper = read_part(view.at("numerator"), "a ratio divides");
    m.lower = read_part(view.at("denominator"), "a ratio divides");
    m.of = m.upper->of;
    m.timing = m.upper->timing;
    m.where = m.upper->where;
    m.per = view.has("per") ? view.at("per").integer() : 1;
    if (m.per <= 0) view.at("per").fail("a ratio is per a number above zero");
    return m;
}

void read_profile(const json_view& view, measure& m) {
    if (!view.is_object()) {
        m.profile = view.texts();
        return;
    }
    view.expect_fields({"breakdowns", "measure"});
    m.profile = view.at("breakdowns").texts();
    m.profile_measure = read_part(view.at("measure"), "a profile shows");
}

void read_kind_of_slots(const json_view& view, measure& m) {
    if (m.kind == measure_kind::share) expect_slot(view, "numerator", "a share");
    if (is_of_values(m.kind) && m.value.empty()) view.fail("a sum, a mean, a median or a quantile needs a 'value'");
    if (m.kind == measure_kind::distinct && m.distinct.empty()) view.fail("distinct needs the columns it counts: 'distinct'");
    if (m.kind == measure_kind::quantile) {
        expect_slot(view, "p", "a quantile");
        read_quantile(view, m);
    }
    if (m.kind == measure_kind::conversion) read_conversion(view, m);
    if (m.kind == measure_kind::repeat) read_repeat(view, m);
    if (m.kind == measure_kind::incidence) read_incidence(view, m);
}

}  // namespace

expression read_expression(const json_view& view) {
    return located(view, [](const std::string& text) { return parse_expression(text); });
}

row_query read_source(const json_view& view) {
    return located(view, [](const std::string& text) { return parse_row_query(text); });
}

measure read_measure(const json_view& view) {
    if (view.has("kind") && view.at("kind").is_string() && view.at("kind").text() == to_text(measure_kind::ratio)) return read_ratio(view);
    view.expect_fields({"kind", "of", "timing", "where"},
                       {"distinct",   "exclude", "immature", "numerator", "value",    "censored",  "profile", "per",     "population",
                        "annualise",  "event_day", "look_back", "follow_up", "p",     "method",    "day",     "steps",   "exits",
                        "statistic",  "key",     "within",   "earlier",   "events",   "clean_window", "first_event_only"});
    measure m;
    read_kind(view.at("kind"), m);
    m.timing = read_name_of(view.at("timing"), {measure_timing::at, measure_timing::in, measure_timing::exposed, measure_timing::over});
    m.of = read_source(view.at("of"));
    m.where = read_expression(view.at("where"));
    refuse_foreign_slots(view, m);
    m.exclude = optional_expression(view, "exclude");
    m.immature = optional_expression(view, "immature");
    m.numerator = optional_expression(view, "numerator");
    m.value = optional_expression(view, "value");
    m.censored = optional_expression(view, "censored");
    m.annualise = optional_expression(view, "annualise");
    m.event_day = optional_expression(view, "event_day");
    if (view.has("distinct")) m.distinct = read_columns(view.at("distinct"));
    if (view.has("profile")) read_profile(view.at("profile"), m);
    if (view.has("per")) m.per = view.at("per").integer();
    if (m.per <= 0) view.at("per").fail(with_article(m.kind) + " is per a number above zero");
    if (view.has("population")) read_population(view.at("population"), m);
    m.look_back = read_windows(view, "look_back");
    m.follow_up = read_windows(view, "follow_up");
    read_kind_of_slots(view, m);
    refuse_mixtures(view, m);
    return m;
}

}  // namespace goldenthread::detail
