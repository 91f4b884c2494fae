// Target files: goldenthread/targets@1.
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/scorecard/target.hpp>

#include "core/json_document.hpp"
#include "scorecard/target_parts.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>

namespace goldenthread {

namespace {

using detail::json;
using detail::json_view;

constexpr std::size_t most_whole_digits = 9;

/// Digits, perhaps a point and digits: nothing that a floating point number would round.
std::optional<target_amount> amount_of(const std::string& text) {
    const std::size_t point = text.find('.');
    const std::string whole = text.substr(0, point);
    const std::string part = point == std::string::npos ? "" : text.substr(point + 1);
    const auto digits = [](const std::string& s) { return std::all_of(s.begin(), s.end(), is_ascii_digit); };
    if (whole.empty() || !digits(whole) || !digits(part) || (point != std::string::npos && part.empty())) return {};
    if (whole.size() > most_whole_digits || part.size() > detail::most_decimals) return {};
    target_amount result;
    for (const char c : whole + part) result.mantissa = result.mantissa * 10 + (c - '0');
    result.scale = static_cast<int>(part.size());
    result.text = text;
    return result;
}

target_amount read_amount(const json_view& view) {
    constexpr const char* remedy = "write a text of digits such as \"12.5\", or a whole number";
    if (view.raw().is_number_float()) {
        view.fail("a fraction written as a JSON number cannot be read exactly", remedy);
    }
    const std::string text = view.raw().is_number_integer() ? std::to_string(view.integer()) : view.text();
    const std::optional<target_amount> amount = amount_of(text);
    if (!amount) {
        view.fail("'" + text + "' is not an amount of at most 9 digits before and 4 after the point", remedy);
    }
    return *amount;
}

day read_day(const json_view& view) {
    const std::optional<day> d = parse_iso_day(view.text());
    if (!d) view.fail("'" + view.text() + "' is not a date", "write 2019-03-31");
    return *d;
}

/// One of these words.
std::string read_word(const json_view& view, const std::string& what, const std::vector<std::string>& known) {
    std::string word = view.text();
    if (std::find(known.begin(), known.end(), word) == known.end()) {
        view.fail("'" + word + "' is no " + what, name_remedy(word, known));
    }
    return word;
}

std::string read_unit(const json_view& view) {
    std::string unit = view.text();
    const bool is_rate = unit.rfind("per ", 0) == 0 && unit.size() > 4 && unit[4] != '0' &&
                         std::all_of(unit.begin() + 4, unit.end(), is_ascii_digit);
    return is_rate ? unit : read_word(view, "unit", {"percent", "days", "number", "per 10000"});
}

target_kind read_kind(const json_view& view) {
    const std::string word = read_word(view, "kind of target", {"local", "trajectory", "band", "national"});
    for (const target_kind kind : {target_kind::local, target_kind::trajectory, target_kind::band}) {
        if (word == to_text(kind)) return kind;
    }
    return target_kind::national;
}

void read_polarity(target& t, const json_view& view) {
    view.expect_fields({"value", "provenance"});
    t.polarity = read_word(view.at("value"), "polarity", {"high", "low", "near_target", "neutral", "unspecified"});
    t.polarity_provenance = view.at("provenance").filled_text();
    const bool is_known = t.polarity_provenance == "inferred" || t.polarity_provenance == "unspecified" ||
                          t.polarity_provenance.rfind("stated by ", 0) == 0;
    if (!is_known) {
        view.at("provenance")
            .fail("'" + t.polarity_provenance + "' does not say where the polarity comes from",
                  "write 'stated by …' (as in 'stated by DfE LAIT'), 'inferred' or 'unspecified'");
    }
    if ((t.polarity == "unspecified") != (t.polarity_provenance == "unspecified")) {
        view.at("provenance")
            .fail("a polarity is unspecified if, and only if, nobody says so",
                  "leave polarity out to take that of the indicator");
    }
    if (t.kind == target_kind::band && t.polarity != "near_target") {
        view.at("value").fail("a band is met inside it, whichever way is better",
                              "leave polarity out, or write 'near_target'");
    }
}

void read_points(target& t, const json_view& view) {
    for (const json_view& item : view.items()) {
        item.expect_fields({"on", "value"});
        const day on = read_day(item.at("on"));
        if (!t.points.empty() && on <= t.points.back().on) {
            item.at("on").fail(to_iso(on) + " does not lie after the point before, " + to_iso(t.points.back().on),
                               "give each day once, in order");
        }
        t.points.push_back({on, read_amount(item.at("value"))});
    }
    if (t.points.size() < 2) view.fail("a trajectory needs at least two points", "one point alone is a local target");
    t.from = t.points.front().on;
    t.to = t.points.back().on;
}

void read_what_is_aimed_at(target& t, const json_view& view) {
    switch (t.kind) {
        case target_kind::trajectory:
            read_points(t, view.at("points"));
            break;
        case target_kind::band:
            t.lowest = read_amount(view.at("lowest"));
            t.highest = read_amount(view.at("highest"));
            if (detail::in_parts(t.lowest) > detail::in_parts(t.highest)) {
                view.at("lowest").fail("the lowest value of the band, " + t.lowest.text + ", is above its highest, " +
                                       t.highest.text);
            }
            break;
        default:
            t.value = read_amount(view.at("value"));
    }
}

void read_dates(target& t, const json_view& view) {
    if (view.has("from")) t.from = read_day(view.at("from"));
    if (view.has("to")) t.to = read_day(view.at("to"));
    if (t.from && t.to && *t.to < *t.from) {
        view.at("to").fail("the target ends on " + to_iso(*t.to) + ", before it begins, on " + to_iso(*t.from));
    }
}

void expect_fields_of_kind(const json_view& view, target_kind kind) {
    switch (kind) {
        case target_kind::trajectory:
            return view.expect_fields({"indicator", "kind", "unit", "points", "source"},
                                      {"period", "tolerance", "polarity", "note"});
        case target_kind::band:
            return view.expect_fields({"indicator", "kind", "unit", "lowest", "highest", "source"},
                                      {"period", "tolerance", "from", "to", "polarity", "note"});
        default:
            return view.expect_fields({"indicator", "kind", "unit", "value", "source"},
                                      {"period", "tolerance", "from", "to", "polarity", "note"});
    }
}

target read_target(const json_view& view) {
    target t;
    t.place = view.file() + " at " + view.pointer();
    t.kind = read_kind(view.at("kind"));
    expect_fields_of_kind(view, t.kind);
    t.indicator = view.at("indicator").filled_text();
    t.unit = read_unit(view.at("unit"));
    t.source = view.at("source").filled_text();
    t.note = view.text_or("note");
    if (view.has("period")) {
        std::vector<std::string> known;
        for (int k = 0; k <= static_cast<int>(period_kind::custom); ++k) {
            known.emplace_back(to_text(static_cast<period_kind>(k)));
        }
        t.of_periods = parse_period_kind(read_word(view.at("period"), "kind of period", known));
    }
    read_what_is_aimed_at(t, view);
    if (t.kind != target_kind::trajectory) read_dates(t, view);
    if (view.has("tolerance")) t.tolerance = read_amount(view.at("tolerance"));
    if (view.has("polarity")) read_polarity(t, view.at("polarity"));
    return t;
}

/// Both in force for one figure on one day.
bool overlap(const target& a, const target& b) {
    if (a.indicator != b.indicator || a.kind != b.kind) return false;
    if (a.of_periods && b.of_periods && *a.of_periods != *b.of_periods) return false;
    return !(a.to && b.from && *a.to < *b.from) && !(b.to && a.from && *b.to < *a.from);
}

std::string days_in_force(const target& t) {
    if (!t.from && !t.to) return "always";
    return (t.from ? "from " + to_iso(*t.from) : std::string("from ever")) +
           (t.to ? " to " + to_iso(*t.to) : std::string(" on"));
}

json json_of(const target& t) {
    json item = {{"indicator", t.indicator}, {"kind", std::string(to_text(t.kind))}, {"unit", t.unit}};
    if (t.of_periods) item["period"] = std::string(to_text(*t.of_periods));
    if (t.kind == target_kind::trajectory) {
        item["points"] = json::array();
        for (const trajectory_point& each : t.points) {
            item["points"].push_back({{"on", to_iso(each.on)}, {"value", each.value.text}});
        }
    } else if (t.kind == target_kind::band) {
        item["lowest"] = t.lowest.text;
        item["highest"] = t.highest.text;
    } else {
        item["value"] = t.value.text;
    }
    if (t.tolerance) item["tolerance"] = t.tolerance->text;
    if (t.from && t.kind != target_kind::trajectory) item["from"] = to_iso(*t.from);
    if (t.to && t.kind != target_kind::trajectory) item["to"] = to_iso(*t.to);
    if (!t.polarity.empty()) item["polarity"] = {{"value", t.polarity}, {"provenance", t.polarity_provenance}};
    item["source"] = t.source;
    if (!t.note.empty()) item["note"] = t.note;
    return item;
}

}  // namespace

void check_no_overlap(const std::vector<target>& targets) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (!overlap(targets[k], targets[i])) continue;
            error_context context;
            context.indicator = targets[i].indicator;
            context.place = targets[i].place + ", and " + targets[k].place;
            context.remedy = "end the earlier one the day before the later begins";
            throw definition_error("two " + std::string(to_text(targets[i].kind)) +
                                       " targets are in force on the same days: " + days_in_force(targets[k]) +
                                       ", and " + days_in_force(targets[i]),
                                   std::move(context));
        }
    }
}

void check_targets(const std::vector<target>& targets, const std::vector<std::string>& known) {
    for (const target& t : targets) {
        if (std::find(known.begin(), known.end(), t.indicator) != known.end()) continue;
        error_context context;
        context.place = t.place;
        context.remedy = name_remedy(t.indicator, known);
        throw definition_error("a target is of an unknown indicator '" + t.indicator + "'", std::move(context));
    }
    check_no_overlap(targets);
}

std::vector<target> parse_targets(std::string_view json_text, const std::string& file) {
    const detail::json_document document = detail::json_document::parse(json_text, file);
    document.expect_format("targets");
    const json_view root = document.root();
    root.expect_fields({"format", "targets"});
    std::vector<target> result;
    for (const json_view& item : root.at("targets").items()) result.push_back(read_target(item));
    check_no_overlap(result);
    return result;
}

std::string to_json(const std::vector<target>& targets) {
    json document = {{"format", "goldenthread/targets@1"}, {"targets", json::array()}};
    for (const target& t : targets) document["targets"].push_back(json_of(t));
    return document.dump(2) + "\n";
}

}  // namespace goldenthread
