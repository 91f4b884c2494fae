#include "definitions/parse_measure.hpp"

#include <goldenthread/definitions/measure_rules.hpp>
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

void refuse_foreign_slots(const json_view& view, const measure& m) {
    for (const slot_rule& rule : slot_rules()) {
        if (view.has(std::string(rule.slot).c_str()) && !has_slot(rule, m.kind)) view.fail(foreign_slot(rule).message);
    }
}

/// Says what does not go together, at the slot it is about or the nearest that the file has.
void refuse_mixtures(const json_view& view, const measure& m) {
    const std::optional<measure_problem> problem = problem_of(m);
    if (!problem) return;
    json_view at = view;
    for (std::size_t from = 0; from < problem->slot.size();) {
        const std::size_t end = std::min(problem->slot.find('/', from), problem->slot.size());
        const std::string name = problem->slot.substr(from, end - from);
        if (at.is_array()) {
            at = at.items()[static_cast<std::size_t>(std::stoul(name))];
        } else if (at.has(name.c_str())) {
            at = at.at(name.c_str());
        } else {
            break;
        }
        from = end + 1;
    }
    at.fail(problem->message, problem->remedy);
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
    is_exit ? view.expect_fields({"of", "day"}, {"where"}) : view.expect_fields({"of", "day"}, {"where", "within"});
    conversion_step step;
    step.of = read_source(view.at("of"));
    step.day = read_expression(view.at("day"));
    step.where = optional_expression(view, "where");
    step.within = optional_expression(view, "within");
    return step;
}

void read_conversion(const json_view& view, measure& m) {
    if (view.has("steps")) {
        for (const json_view& item : view.at("steps").items()) m.steps.push_back(read_step(item, false));
    }
    if (view.has("exits")) {
        for (const json_view& item : view.at("exits").items()) m.exits.push_back(read_step(item, true));
    }
    m.statistic = view.text_or("statistic", "share");
    const std::vector<std::string> statistics = {"share", "mean", "median", "quantile"};
    if (std::find(statistics.begin(), statistics.end(), m.statistic) == statistics.end()) {
        view.at("statistic").fail("unknown statistic '" + m.statistic + "'", "choose one of: " + joined(statistics, ", "));
    }
    if (m.statistic != "quantile" && view.has("method")) view.fail("only a quantile has a 'p' and a 'method'");
}

void read_incidence(const json_view& view, measure& m) {
    if (!view.has("per")) m.per = 1000;
    if (view.has("events")) {
        const json_view events = view.at("events");
        events.expect_fields({"of", "date"}, {"where"});
        m.events.of = read_source(events.at("of"));
        m.events.date = events.at("date").text();
        m.events.where = optional_expression(events, "where");
    }
    if (view.has("first_event_only")) m.first_event_only = view.at("first_event_only").boolean();
}

/// A part of a ratio or of a profile.
std::shared_ptr<const measure> read_part(const json_view& view) { return std::make_shared<const measure>(read_measure(view)); }

measure read_ratio(const json_view& view) {
    view.expect_fields({"kind", "numerator", "denominator"}, {"per"});
    measure m;
    m.kind = measure_kind::ratio;
    m.upper = read_part(view.at("numerator"));
    m.lower = read_part(view.at("denominator"));
    m.of = m.upper->of;
    m.timing = m.upper->timing;
    m.where = m.upper->where;
    m.per = view.has("per") ? view.at("per").integer() : 1;
    refuse_mixtures(view, m);
    return m;
}

void read_profile(const json_view& view, measure& m) {
    if (!view.is_object()) {
        m.profile = view.texts();
        return;
    }
    view.expect_fields({"breakdowns", "measure"});
    m.profile = view.at("breakdowns").texts();
    m.profile_measure = read_part(view.at("measure"));
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
    m.day = optional_expression(view, "day");
    m.within = optional_expression(view, "within");
    m.earlier = optional_expression(view, "earlier");
    m.clean_window = optional_expression(view, "clean_window");
    if (view.has("distinct")) m.distinct = read_columns(view.at("distinct"));
    if (view.has("profile")) read_profile(view.at("profile"), m);
    if (m.kind == measure_kind::incidence) read_incidence(view, m);
    if (m.kind == measure_kind::conversion) read_conversion(view, m);
    if (view.has("p")) read_quantile(view, m);
    if (view.has("key")) m.key = read_columns(view.at("key"));
    if (view.has("per")) m.per = view.at("per").integer();
    if (view.has("population")) read_population(view.at("population"), m);
    m.look_back = read_windows(view, "look_back");
    m.follow_up = read_windows(view, "follow_up");
    refuse_mixtures(view, m);
    return m;
}

}  // namespace goldenthread::detail
