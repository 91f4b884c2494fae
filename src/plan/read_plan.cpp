#include <goldenthread/plan/find_element.hpp>
#include <goldenthread/plan/read_plan.hpp>

#include <goldenthread/core/date.hpp>

#include "core/json_document.hpp"
#include "core/parse_conventions.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace goldenthread {

namespace {

using detail::json_document;
using detail::json_view;

// ---------------------------------------------------------------- single values

/// Two whole numbers in order, such as years or lines.
line_range number_pair(const json_view& view, int smallest, int largest, const char* what) {
    const std::vector<json_view> items = view.items();
    if (items.size() != 2) view.fail(std::string("two numbers are expected here: the first and the last ") + what);
    const line_range pair{items[0].integer_between(smallest, largest), items[1].integer_between(smallest, largest)};
    if (pair.last < pair.first) view.fail(std::string("the last ") + what + " comes before the first");
    return pair;
}

bool is_name(std::string_view text, bool (*is_letter)(char)) {
    if (text.empty() || !is_letter(text.front())) return false;
    for (const char c : text) {
        if (!is_letter(c) && !is_ascii_digit(c) && c != '_') return false;
    }
    return true;
}

bool is_lower_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper_letter(char c) { return c >= 'A' && c <= 'Z'; }

std::string read_slug(const json_view& view) {
    std::string slug = view.text();
    if (!is_name(slug, is_lower_letter)) {
        view.fail("'" + slug + "' is no short name", "use lower-case letters, digits and _, beginning with a letter");
    }
    return slug;
}

std::string read_indicator_id(const json_view& view) {
    std::string id = view.text();
    const std::size_t dot = id.find('.');
    const bool whole = dot != std::string::npos && is_name(std::string_view(id).substr(0, dot), is_lower_letter) &&
                       is_name(std::string_view(id).substr(dot + 1), is_lower_letter);
    if (!whole) view.fail("'" + id + "' is no indicator id", "an indicator id looks like neglect.toolkits_completed");
    return id;
}

std::string read_record_kind(const json_view& view) {
    std::string kind = view.text();
    if (!is_name(kind, is_upper_letter)) {
        view.fail("'" + kind + "' is no kind of record", "a kind of record looks like SINGLE_AGENCY_AUDIT");
    }
    return kind;
}

std::string read_iso_date(const json_view& view) {
    std::string text = view.text();
    if (!parse_iso_day(text)) view.fail("'" + text + "' is no date", "write a date as 2018-03-31");
    return text;
}

/// A list of texts, each read by `read` and none twice.
std::vector<std::string> read_list(const json_view& parent, const char* field, std::string (*read)(const json_view&)) {
    std::vector<std::string> result;
    if (!parent.has(field)) return result;
    std::set<std::string> seen;
    for (const json_view& item : parent.at(field).items()) {
        result.push_back(read(item));
        if (!seen.insert(result.back()).second) item.fail("'" + result.back() + "' appears twice in this list");
    }
    return result;
}

std::vector<plan_extension> read_extensions(const json_view& view) {
    std::vector<plan_extension> result;
    for (const auto& [name, value] : view.members()) {
        if (name.rfind("x-", 0) == 0) result.push_back({name, value.raw().dump()});
    }
    return result;
}

/// One of the words an enumeration is written with.
template <class Enum>
Enum read_enum(const json_view& view, std::initializer_list<Enum> values) {
    const std::string word = view.text();
    std::vector<std::string> known;
    for (const Enum each : values) {
        if (word == to_text(each)) return each;
        known.emplace_back(to_text(each));
    }
    view.fail("unknown value '" + word + "'", name_remedy(word, known));
}

stated_value read_inferred(const json_view& view) {
    view.expect_fields({"inferred", "reason"}, {"by", "date"});
    return stated_value::inferred(view.at("inferred").filled_text(), view.at("reason").filled_text(),
                                  view.text_or("by"),
                                  view.has("date") ? read_iso_date(view.at("date")) : std::string());
}

/// "unspecified", {"stated": …} or {"inferred": …, "reason": …}; a field left out is unspecified.
stated_value read_value(const json_view& parent, const char* field) {
    if (!parent.has(field)) return {};
    const json_view view = parent.at(field);
    const char* const remedy =
        R"(write "unspecified", {"stated": "the plan's words"} or {"inferred": "…", "reason": "…"})";
    if (view.is_string() && view.text() == "unspecified") return {};
    if (!view.is_object()) view.fail("it must be said where this comes from", remedy);
    if (!read_extensions(view).empty()) view.fail("a value takes no fields beginning with x-", remedy);
    if (view.has("inferred")) return read_inferred(view);
    if (!view.has("stated")) view.fail("it must be said where this comes from", remedy);
    view.expect_fields({"stated"});
    return stated_value::stated(view.at("stated").filled_text());
}

// ---------------------------------------------------------------- elements

/// How the ids of a kind of element are made, and what to call it.
struct numbering {
    element_kind kind;
    std::string prefix;
};

std::string with_article(const std::string& noun) {
    const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + noun;
}

bool is_numbered(const std::string& id, const std::string& prefix) {
    if (id.size() <= prefix.size() || id.size() > prefix.size() + 6 || id.rfind(prefix, 0) != 0) return false;
    const std::string_view number = std::string_view(id).substr(prefix.size());
    for (const char c : number) {
        if (!is_ascii_digit(c)) return false;
    }
    return number.front() != '0';
}

class plan_reader {
public:
    explicit plan_reader(const json_view& root) : root_(root) {}

    plan read();

private:
    void read_head(plan& p);
    void read_source(plan& p);
    void read_elements(plan& p);
    void read_references(plan& p);

    template <class Element>
    Element read_element(const json_view& view, const numbering& numbers);
    void remember(const json_view& view, const numbering& numbers, const plan_element& element);
    [[nodiscard]] line_range read_lines(const json_view& view) const;

    objective read_objective(const json_view& view) {
        return read_led<objective>(view, {element_kind::objective, "O"});
    }
    theme read_theme(const json_view& view) { return read_led<theme>(view, {element_kind::theme, "T"}); }
    golden_thread read_thread(const json_view& view) {
        return read_led<golden_thread>(view, {element_kind::golden_thread, "G"});
    }
    template <class Element>
    Element read_led(const json_view& view, const numbering& numbers);
    priority read_priority(const json_view& view);
    outcome_statement read_statement(const json_view& view);
    assurance_activity read_activity(const json_view& view);
    evidence_line read_evidence(const json_view& view);
    void read_evidence_figures(const json_view& view, evidence_line& line);
    governance_item read_governance(const json_view& view);
    plan_body read_body(const json_view& view);

    supporting_indicator read_supporting(const json_view& view);
    plan_link read_link(const json_view& view);
    evidence_gap read_gap(const json_view& view);
    acronym read_acronym(const json_view& view);

    void refuse_circles(const std::vector<plan_link>& links) const;
    std::string element_reference(const json_view& view) const;
    std::string link_start(const json_view& view) const;

    template <class Item>
    std::vector<Item> read_all(const json_view& parent, const char* field, Item (plan_reader::*read)(const json_view&));

    json_view root_;
    int source_lines_ = 1;
    std::string priority_id_;  // of the priority being read
    std::string priority_slug_;
    std::vector<std::string> ids_;  // in document order
    std::map<std::string, std::string> id_places_;
    std::map<std::string, std::string> path_places_;
    std::vector<std::string> supporting_;
    std::set<std::string> terms_;
    std::set<std::pair<std::string, std::string>> link_ends_;
};

template <class Item>
std::vector<Item> plan_reader::read_all(const json_view& parent, const char* field,
                                        Item (plan_reader::*read)(const json_view&)) {
    std::vector<Item> result;
    for (const json_view& item : parent.at(field).items()) result.push_back((this->*read)(item));
    return result;
}

line_range plan_reader::read_lines(const json_view& view) const { return number_pair(view, 1, source_lines_, "line"); }

void plan_reader::remember(const json_view& view, const numbering& numbers, const plan_element& element) {
    const json_view id = view.at("id");
    if (!is_numbered(element.id, numbers.prefix)) {
        const std::string where = priority_id_.empty() ? std::string() : " in priority " + priority_id_;
        id.fail("'" + element.id + "' is no id of " + with_article(to_text(numbers.kind)) + where,
                "ids here are " + numbers.prefix + "1, " + numbers.prefix + "2, …");
    }
    const auto [known_id, new_id] = id_places_.emplace(element.id, id.pointer());
    if (!new_id) id.fail("id '" + element.id + "' appears twice", "first used at " + known_id->second);
    ids_.push_back(element.id);

    priority parent;
    parent.slug = priority_slug_;
    const std::string path = slug_path({numbers.kind, &element, priority_id_.empty() ? nullptr : &parent});
    const auto [known_path, new_path] = path_places_.emplace(path, view.at("slug").pointer());
    if (!new_path)
        view.at("slug").fail("short name '" + path + "' appears twice", "first used at " + known_path->second);
}

template <class Element>
Element plan_reader::read_element(const json_view& view, const numbering& numbers) {
    Element element;
    element.id = view.at("id").text();
    element.slug = read_slug(view.at("slug"));
    element.text = view.at("text").filled_text();
    element.source_lines = read_lines(view.at("source_lines"));
    element.as_printed = view.text_or("as_printed");
    element.reads = view.text_or("reads");
    element.repair_note = view.text_or("repair_note");
    element.note = view.text_or("note");
    element.extensions = read_extensions(view);
    remember(view, numbers, element);
    return element;
}

template <class Element>
Element plan_reader::read_led(const json_view& view, const numbering& numbers) {
    view.expect_fields({"id", "slug", "text", "source_lines"}, {"as_printed", "reads", "repair_note", "note", "lead"});
    Element element = read_element<Element>(view, numbers);
    element.lead = read_value(view, "lead");
    return element;
}

outcome_statement plan_reader::read_statement(const json_view& view) {
    view.expect_fields({"id", "slug", "text", "source_lines"}, {"as_printed", "reads", "repair_note", "note"});
    return read_element<outcome_statement>(view, {element_kind::outcome_statement, priority_id_ + ".S"});
}

/// Days that are given as days must follow each other; how often is one of two words.
void check_dates(const json_view& view, const assurance_activity& activity) {
    const std::optional<day> first = parse_iso_day(activity.starts.text());
    const std::optional<day> last = parse_iso_day(activity.due_date.text());
    if (first && last && *last < *first) {
        view.at("due_date")
            .fail("'" + activity.id + "' would be done on " + to_iso(*last) + " before it begins on " + to_iso(*first));
    }
    const std::string& repeats = activity.repeats.text();
    if (activity.repeats.is_specified() && repeats != "once" && repeats != "each period") {
        view.at("repeats").fail("'" + repeats + "' does not say how often", R"(write "once" or "each period")");
    }
}

assurance_activity plan_reader::read_activity(const json_view& view) {
    view.expect_fields({"id", "slug", "text", "source_lines"},
                       {"as_printed", "reads", "repair_note", "note", "record_kinds", "done_when", "owner", "starts",
                        "due_date", "milestones", "repeats", "agencies"});
    auto activity = read_element<assurance_activity>(view, {element_kind::assurance_activity, priority_id_ + ".A"});
    activity.record_kinds = read_list(view, "record_kinds", read_record_kind);
    activity.done_when = read_value(view, "done_when");
    activity.owner = read_value(view, "owner");
    activity.starts = read_value(view, "starts");
    activity.due_date = read_value(view, "due_date");
    activity.milestones = read_value(view, "milestones");
    activity.repeats = read_value(view, "repeats");
    activity.agencies = read_list(view, "agencies", [](const json_view& each) { return each.filled_text(); });
    check_dates(view, activity);
    return activity;
}

evidence_line plan_reader::read_evidence(const json_view& view) {
    view.expect_fields({"id", "slug", "text", "source_lines", "kind"},
                       {"as_printed", "reads", "repair_note", "note", "measures", "indicators", "record_kinds",
                        "undefined_terms", "agencies", "owner", "target", "baseline", "tolerance", "polarity",
                        "reporting_period", "breakdowns", "geography"});
    auto line = read_element<evidence_line>(view, {element_kind::evidence_line, priority_id_ + ".E"});
    read_evidence_figures(view, line);
    line.record_kinds = read_list(view, "record_kinds", read_record_kind);
    line.agencies = read_list(view, "agencies", [](const json_view& each) { return each.filled_text(); });
    line.undefined_terms = read_list(view, "undefined_terms", [](const json_view& term) { return term.filled_text(); });
    line.owner = read_value(view, "owner");
    line.target = read_value(view, "target");
    line.baseline = read_value(view, "baseline");
    line.tolerance = read_value(view, "tolerance");
    line.polarity = read_value(view, "polarity");
    line.reporting_period = read_value(view, "reporting_period");
    line.breakdowns = read_value(view, "breakdowns");
    line.geography = read_value(view, "geography");
    return line;
}

void plan_reader::read_evidence_figures(const json_view& view, evidence_line& line) {
    constexpr int most_measures = 1000;
    line.kind =
        read_enum(view.at("kind"), {evidence_kind::quantitative, evidence_kind::qualitative, evidence_kind::both});
    line.indicators = read_list(view, "indicators", read_indicator_id);
    if (line.is_quantitative()) {
        line.measures = view.has("measures") ? view.at("measures").integer_between(1, most_measures) : 1;
        return;
    }
    const char* const remedy = "make its kind \"both\", or leave this out";
    if (!line.indicators.empty()) view.at("indicators").fail("a qualitative line has no indicators", remedy);
    if (view.has("measures")) view.at("measures").fail("a qualitative line asks for no figure", remedy);
}

priority plan_reader::read_priority(const json_view& view) {
    view.expect_fields(
        {"id", "slug", "text", "source_lines", "outcome_statements", "assurance_activities", "evidence_lines"},
        {"as_printed", "reads", "repair_note", "note", "lead"});
    auto result = read_element<priority>(view, {element_kind::priority, "P"});
    result.lead = read_value(view, "lead");
    priority_id_ = result.id;
    priority_slug_ = result.slug;
    result.outcome_statements = read_all(view, "outcome_statements", &plan_reader::read_statement);
    result.assurance_activities = read_all(view, "assurance_activities", &plan_reader::read_activity);
    result.evidence_lines = read_all(view, "evidence_lines", &plan_reader::read_evidence);
    priority_id_.clear();
    priority_slug_.clear();
    return result;
}

governance_item plan_reader::read_governance(const json_view& view) {
    view.expect_fields({"id", "slug", "text", "source_lines", "kind"},
                       {"as_printed", "reads", "repair_note", "note", "owner", "version", "review_date", "contents"});
    auto item = read_element<governance_item>(view, {element_kind::governance_item, "D"});
    item.kind = read_enum(view.at("kind"), {governance_kind::document, governance_kind::documents,
                                            governance_kind::group, governance_kind::group_with_documents});
    item.owner = read_value(view, "owner");
    item.version = read_value(view, "version");
    item.review_date = read_value(view, "review_date");
    item.contents = read_value(view, "contents");
    return item;
}

plan_body plan_reader::read_body(const json_view& view) {
    view.expect_fields({"id", "slug", "text", "source_lines"},
                       {"as_printed", "reads", "repair_note", "note", "mentions"});
    auto body = read_element<plan_body>(view, {element_kind::body, "B"});
    if (!view.has("mentions")) return body;
    for (const json_view& item : view.at("mentions").items()) body.mentions.push_back(read_lines(item));
    return body;
}

// ---------------------------------------------------------------- what refers to elements

std::string plan_reader::element_reference(const json_view& view) const {
    std::string id = view.text();
    if (id_places_.count(id) == 0) view.fail("'" + id + "' is no element of this plan", name_remedy(id, ids_));
    return id;
}

std::string plan_reader::link_start(const json_view& view) const {
    std::string id = view.text();
    if (id_places_.count(id) != 0) return id;
    std::vector<std::string> known = ids_;
    known.insert(known.end(), supporting_.begin(), supporting_.end());
    for (const std::string& each : supporting_) {
        if (each == id) return id;
    }
    view.fail("'" + id + "' is no element and no supporting indicator of this plan", name_remedy(id, known));
}

supporting_indicator plan_reader::read_supporting(const json_view& view) {
    view.expect_fields({"id"}, {"note"});
    supporting_indicator result{read_indicator_id(view.at("id")), view.text_or("note"), read_extensions(view)};
    for (const std::string& each : supporting_) {
        if (each == result.id) view.at("id").fail("id '" + result.id + "' appears twice");
    }
    supporting_.push_back(result.id);
    return result;
}

plan_link plan_reader::read_link(const json_view& view) {
    view.expect_fields({"from", "to", "provenance"}, {"reason", "weak", "by", "date"});
    plan_link link;
    link.from = link_start(view.at("from"));
    link.to = element_reference(view.at("to"));
    link.how = read_enum(view.at("provenance"), {provenance::stated, provenance::inferred});
    if (view.has("reason")) link.reason = view.at("reason").filled_text();
    link.weak = view.has("weak") && view.at("weak").boolean();
    link.by = view.text_or("by");
    if (view.has("date")) link.date = read_iso_date(view.at("date"));
    link.extensions = read_extensions(view);
    if (link.from == link.to) view.fail("'" + link.from + "' is linked to itself");
    if (link.how == provenance::inferred && link.reason.empty()) {
        view.fail("an inferred link needs a reason",
                  "add \"reason\", or \"provenance\": \"stated\" if the plan says it");
    }
    if (!link_ends_.emplace(link.from, link.to).second) {
        view.fail("the link from '" + link.from + "' to '" + link.to + "' appears twice");
    }
    return link;
}

/// A thread that comes back to where it began shows nothing.
void plan_reader::refuse_circles(const std::vector<plan_link>& links) const {
    std::map<std::string, std::vector<std::size_t>> from;
    for (std::size_t i = 0; i < links.size(); ++i) from[links[i].from].push_back(i);
    std::set<std::string> finished;
    std::vector<std::pair<std::string, std::size_t>> path;  // an element, and which of its links is tried next
    for (const plan_link& start : links) {
        if (finished.count(start.from) == 0) path.emplace_back(start.from, 0);
        while (!path.empty()) {
            const std::string here = path.back().first;
            const std::size_t next = path.back().second++;
            const auto found = from.find(here);
            if (found == from.end() || next == found->second.size()) {
                finished.insert(here);
                path.pop_back();
                continue;
            }
            const std::size_t link = found->second[next];
            const std::string& to = links[link].to;
            const auto again =
                std::find_if(path.begin(), path.end(), [&](const auto& each) { return each.first == to; });
            if (again != path.end()) {
                std::vector<std::string> circle;
                for (auto each = again; each != path.end(); ++each) circle.push_back(each->first);
                circle.push_back(to);
                root_.at("links").items()[link].fail("the links run in a circle: " + joined(circle, " → "),
                                                     "take one of them out");
            }
            if (finished.count(to) == 0) path.emplace_back(to, 0);
        }
    }
}

evidence_gap plan_reader::read_gap(const json_view& view) {
    view.expect_fields({"element", "words"}, {"supporting_indicators", "note"});
    evidence_gap gap;
    gap.element = element_reference(view.at("element"));
    gap.words = view.at("words").filled_text();
    gap.supporting_indicators = read_list(view, "supporting_indicators", read_indicator_id);
    const std::set<std::string> known(supporting_.begin(), supporting_.end());
    for (std::size_t i = 0; i < gap.supporting_indicators.size(); ++i) {
        const std::string& id = gap.supporting_indicators[i];
        if (known.count(id) == 0) {
            view.at("supporting_indicators")
                .items()[i]
                .fail("'" + id + "' is no supporting indicator of this plan", name_remedy(id, supporting_));
        }
    }
    gap.note = view.text_or("note");
    gap.extensions = read_extensions(view);
    return gap;
}

acronym plan_reader::read_acronym(const json_view& view) {
    view.expect_fields({"term", "source_lines"}, {"meaning"});
    acronym result;
    result.term = view.at("term").filled_text();
    if (!terms_.insert(result.term).second) view.at("term").fail("'" + result.term + "' appears twice");
    result.source_lines = read_lines(view.at("source_lines"));
    result.meaning = read_value(view, "meaning");
    result.extensions = read_extensions(view);
    return result;
}

// ---------------------------------------------------------------- the whole

void plan_reader::read_head(plan& p) {
    root_.expect_fields({"format", "id", "title", "area", "years", "source", "objectives", "themes", "priorities",
                         "golden_threads", "governance", "bodies", "links"},
                        {"first_day", "last_day", "conventions", "supporting_indicators", "gaps", "acronyms"});
    p.id = read_slug(root_.at("id"));
    p.title = root_.at("title").filled_text();
    p.area = root_.at("area").filled_text();
    const line_range years = number_pair(root_.at("years"), 1900, 2199, "year");
    p.first_year = years.first;
    p.last_year = years.last;
    p.first_day = read_value(root_, "first_day");
    p.last_day = read_value(root_, "last_day");
    p.conventions = detail::read_conventions(root_);
    p.extensions = read_extensions(root_);
}

void plan_reader::read_source(plan& p) {
    constexpr int most_lines = 1000000;
    const json_view view = root_.at("source");
    view.expect_fields({"document", "lines"}, {"note", "rights"});
    p.source.document = view.at("document").filled_text();
    p.source.lines = view.at("lines").integer_between(1, most_lines);
    p.source.note = view.text_or("note");
    p.source.rights = view.text_or("rights");
    p.source.extensions = read_extensions(view);
    source_lines_ = p.source.lines;
}

void plan_reader::read_elements(plan& p) {
    p.objectives = read_all(root_, "objectives", &plan_reader::read_objective);
    p.themes = read_all(root_, "themes", &plan_reader::read_theme);
    p.priorities = read_all(root_, "priorities", &plan_reader::read_priority);
    p.golden_threads = read_all(root_, "golden_threads", &plan_reader::read_thread);
    p.governance = read_all(root_, "governance", &plan_reader::read_governance);
    p.bodies = read_all(root_, "bodies", &plan_reader::read_body);
}

void plan_reader::read_references(plan& p) {
    if (root_.has("supporting_indicators")) {
        p.supporting_indicators = read_all(root_, "supporting_indicators", &plan_reader::read_supporting);
    }
    p.links = read_all(root_, "links", &plan_reader::read_link);
    refuse_circles(p.links);
    if (root_.has("gaps")) p.gaps = read_all(root_, "gaps", &plan_reader::read_gap);
    if (root_.has("acronyms")) p.acronyms = read_all(root_, "acronyms", &plan_reader::read_acronym);
}

plan plan_reader::read() {
    plan p;
    read_head(p);
    read_source(p);
    read_elements(p);
    read_references(p);
    return p;
}

}  // namespace

plan parse_plan(std::string_view json_text, const std::string& file) {
    const json_document document = json_document::parse(json_text, file);
    document.expect_format("plan");
    return plan_reader(document.root()).read();
}

plan load_plan(const std::string& path) { return parse_plan(detail::read_text_file(path), path); }

}  // namespace goldenthread
