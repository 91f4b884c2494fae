// The language as its specification has it: every worked row on both engines, every part with a page, a spelling in
// C++, words in English and a place in the generators of property tests.
#include "../definitions/random_tree.hpp"
#include "../engine/random_definition.hpp"
#include "../engine/random_world.hpp"
#include "catch.hpp"
#include "specification.hpp"

#include <goldenthread/engine/run_case.hpp>
#include <goldenthread/engine/tabulate.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace goldenthread;
using specification::example;
using specification::page;

namespace {

const std::vector<page>& pages() {
    static const std::vector<page> all = specification::read_pages(GOLDENTHREAD_SOURCE_DIR "/tests/specification");
    return all;
}

tabulated values_of(const example& e, bool force_reference) {
    tabulate_request request;
    request.of = e.of;
    request.conventions = e.frame.conventions;
    request.parameters = e.frame.parameters;
    request.periods = e.periods;
    request.force_reference = force_reference;
    definition_case rows;
    rows.tables = e.tables;
    const dataset data = detail::case_table_reader(canonical_schema(), rows).read();
    return tabulate(canonical_schema(), shipped_indicators(), parse_expression(e.expression), data, request);
}

/// Whether an expression asks rows of a form that has no steps.
bool needs_reference(const std::set<std::string>& parts) {
    return std::any_of(row_forms.begin(), row_forms.end(), [&](const row_form_entry& form) {
        return form.path == time_path::reference && parts.count("rows: " + std::string(form.name)) != 0;
    });
}

void collect_operations(const detail::resolved& r, std::set<detail::operation>& found);

void collect_operations(const detail::resolved_source& s, std::set<detail::operation>& found) {
    for (const detail::resolved* r : {&s.where, &s.from, &s.until}) collect_operations(*r, found);
    for (const detail::resolved_key& key : s.keys) collect_operations(key.ours, found);
    for (const detail::resolved& r : s.order_by) collect_operations(r, found);
    if (s.inner) collect_operations(*s.inner, found);
}

void collect_operations(const detail::resolved& r, std::set<detail::operation>& found) {
    if (!r) return;
    found.insert(r->op);
    for (const detail::resolved& child : r->children) collect_operations(child, found);
    if (!r->related) return;
    collect_operations(r->related->value, found);
    for (const detail::resolved& over : r->related->over) collect_operations(over, found);
    collect_operations(r->related->source, found);
}

}  // namespace

TEST_CASE("both engines give the values of the specification") {
    std::size_t examples = 0;
    for (const page& p : pages()) {
        for (const example& e : p.examples) {
            INFO(p.id << ": " << e.title << ": " << e.expression);
            const tabulated slow = values_of(e, true), fast = values_of(e, false);
            CHECK(slow.values == e.expect);
            CHECK(fast.values == e.expect);
            CHECK(slow.path == "reference");
            // What is declared of each form of rows is what happens.
            CHECK(fast.path == (needs_reference(parts_of(parse_expression(e.expression))) ? "reference" : "interval"));
            ++examples;
        }
    }
    CHECK(examples >= pages().size());
}

TEST_CASE("every part of the language has a page that shows it") {
    std::map<std::string, std::set<std::string>> shown, claimed;  // page → parts
    for (const page& p : pages()) {
        INFO("page " << p.id);
        CHECK(shown.count(p.id) == 0);
        CHECK(!p.words.empty());
        for (const example& e : p.examples) {
            for (const std::string& part : parts_of(parse_expression(e.expression))) shown[p.id].insert(part);
        }
        claimed[p.id] = {p.covers.begin(), p.covers.end()};
    }
    std::set<std::string> known;
    for (const auto& [part, page_id] : parts_of_language()) {
        INFO(part << " on page " << page_id);
        known.insert(part);
        REQUIRE(shown.count(page_id) == 1);
        CHECK(shown[page_id].count(part) == 1);
        CHECK(claimed[page_id].count(part) == 1);
    }
    for (const auto& [page_id, parts] : claimed) {
        for (const std::string& part : parts) {
            INFO("page " << page_id << " covers " << part);
            CHECK(known.count(part) == 1);
        }
    }
}

TEST_CASE("logical operators have whole truth tables") {
    for (const std::string id : {"and", "or", "not"}) {
        const auto found = std::find_if(pages().begin(), pages().end(), [&](const page& p) { return p.id == id; });
        INFO(id);
        REQUIRE(found != pages().end());
        CHECK(found->truth_table);
        const case_table& table = found->examples.at(0).tables.at(0);
        const std::set<std::vector<case_value>> combinations(table.rows.begin(), table.rows.end());
        CHECK(combinations.size() == (id == "not" ? 3U : 9U));
    }
}

TEST_CASE("every expression of the specification says in English what it means") {
    for (const page& p : pages()) {
        for (const example& e : p.examples) {
            const std::string english = values_of(e, true).english;
            INFO(p.id << ": " << e.expression << "\n" << english);
            CHECK(english.size() > 1);
            // Words, not the text again.
            for (const char* code : {" >= ", " <= ", " != ", "_between(", "coalesce(", " of ("}) {
                CHECK(english.find(code) == std::string::npos);
            }
        }
    }
}

TEST_CASE("the generators of property tests make every part of the language") {
    std::set<std::string> in_trees, in_definitions;
    for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
        in_trees.merge(parts_of(random_tree(seed).tree(1 + static_cast<int>(seed % 5))));
    }
    std::set<detail::operation> operations;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        random_source random(seed);
        const random_world::world w = random_world::random_world(random);
        random_definition::generator definitions(random, w.tables);
        const indicator_set set = definitions.definitions();
        const indicator& i = set["random.one"];
        for (const expression* e : {&i.measure.where, &i.measure.exclude, &i.measure.immature, &i.measure.numerator}) {
            in_definitions.merge(parts_of(*e));
        }
        const detail::resolved_measure m = detail::resolve_measure(w.tables, set, i, {{"age_band"}, {"disabled"}}, {});
        for (const detail::resolved* r : {&m.where, &m.exclude, &m.immature, &m.numerator}) {
            collect_operations(*r, operations);
        }
        for (const detail::resolved_dimension& d : m.dimensions) collect_operations(d.value, operations);
    }
    for (const auto& [part, page_id] : parts_of_language()) {
        INFO(part);
        CHECK(in_definitions.count(part) == 1);
        // Trees are without regard to types, and call few functions by name.
        if (part.rfind("function: ", 0) != 0) CHECK(in_trees.count(part) == 1);
    }
    for (std::size_t op = 0; op < detail::operation_count; ++op) {
        INFO("operation " << op);
        CHECK(operations.count(static_cast<detail::operation>(op)) == 1);
    }
}

TEST_CASE("C++ operators build the trees that the specification's text parses to") {
    const std::map<std::string, expression> built = specification::built_in_cpp();
    for (const page& p : pages()) {
        for (const example& e : p.examples) {
            INFO(p.id << ": " << e.cpp);
            const expression read = parse_expression(e.expression);
            const auto found = built.find(p.id + ": " + e.title);
            REQUIRE(found != built.end());
            CHECK(found->second.same_as(read));
            CHECK(to_text(found->second) == to_text(read));
            CHECK(parse_expression(to_text(found->second)).same_as(read));
        }
    }
}
