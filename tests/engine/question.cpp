#include "question.hpp"

#include "random_definition.hpp"

#include <goldenthread/definitions/write_indicators.hpp>

#include "core/json_document.hpp"

namespace engine_question {

namespace {

using detail::json;
using detail::json_view;

json written_column(const column_schema& c) {
    json one;
    one["name"] = c.name;
    one["type"] = to_text(c.type);
    if (c.key) one["key"] = true;
    if (!c.codes.empty()) one["codes"] = c.codes;
    if (!c.precision.empty()) one["precision"] = c.precision;
    return one;
}

json written_schema(const schema& s) {
    json file;
    file["format"] = "goldenthread/schema@1";
    for (const table_schema& t : s.tables) {
        json table;
        table["name"] = t.name;
        for (const column_schema& c : t.columns) table["columns"].push_back(written_column(c));
        for (const reference& r : t.references) {
            table["references"].push_back({{"name", r.name}, {"columns", r.columns}, {"table", r.table}, {"target_columns", r.target_columns}});
        }
        file["tables"].push_back(std::move(table));
    }
    for (const code_set& set : s.code_sets) {
        json one;
        one["name"] = set.name;
        for (const code& c : set.codes) one["codes"].push_back({{"code", c.value}});
        for (const code_group& g : set.groups) one["groups"].push_back({{"name", g.name}, {"codes", g.codes}, {"extra", g.extra}});
        file["code_sets"].push_back(std::move(one));
    }
    return file;
}

json written_rows(const std::vector<small::text_table>& tables) {
    json all = json::array();
    for (const small::text_table& t : tables) {
        json one;
        one["table"] = t.name;
        one["columns"] = t.columns;
        one["rows"] = json::array();
        for (const auto& row : t.rows) {
            json cells = json::array();
            for (const small::text_cell& cell : row) cells.push_back(cell ? json(*cell) : json());
            one["rows"].push_back(std::move(cells));
        }
        all.push_back(std::move(one));
    }
    return all;
}

json written_periods(const std::vector<period>& periods) {
    json all = json::array();
    for (const period& p : periods) {
        all.push_back({{"kind", to_text(p.kind)}, {"label", p.label}, {"first", to_iso(p.first)}, {"last", to_iso(p.last)}});
    }
    return all;
}

/// A part of the file by itself, for the reader it is meant for.
std::string part(const json_view& root, const char* name) { return root.at(name).raw().dump(); }

period read_period(const json_view& view) {
    view.expect_fields({"kind", "label", "first", "last"});
    period p;
    p.kind = parse_period_kind(view.at("kind").text()).value();
    p.label = view.at("label").text();
    p.first = parse_iso_day(view.at("first").text()).value();
    p.last = parse_iso_day(view.at("last").text()).value();
    return p;
}

small::text_table read_rows(const json_view& view) {
    view.expect_fields({"table", "columns", "rows"});
    small::text_table t{view.at("table").text(), view.at("columns").texts(), {}};
    for (const json_view& row : view.at("rows").items()) {
        std::vector<small::text_cell> cells;
        for (const json_view& cell : row.items()) cells.push_back(cell.is_null() ? small::text_cell() : small::text_cell(cell.text()));
        t.rows.push_back(std::move(cells));
    }
    return t;
}

bool counts_days(const measure& m) {
    if (m.timing == measure_timing::over) return true;
    return (m.upper && (counts_days(*m.upper) || counts_days(*m.lower))) || (m.profile_measure && counts_days(*m.profile_measure));
}

}  // namespace

std::vector<period> random_axis(random_source& random, const measure& m) {
    return counts_days(m) ? random_world::short_periods(random) : random_world::random_periods(random);
}

question random_question(random_source& random, const random_world::world& data) {
    question q;
    q.data = data;
    random_definition::generator definitions(random, data.tables);
    q.set = definitions.definitions();
    q.breakdowns = definitions.breakdowns(q.set.indicators[0]);
    q.periods = random_axis(random, q.set.indicators[0].measure);
    return q;
}

std::string written(const question& q) {
    json file;
    file["schema"] = written_schema(q.data.tables);
    file["definitions"] = json::parse(write_indicators(q.set));
    file["breakdowns"] = q.breakdowns;
    file["periods"] = written_periods(q.periods);
    file["tables"] = written_rows(q.data.rows);
    std::string text;
    for (const auto& part : file.items()) text += (text.empty() ? "{\"" : ",\n \"") + part.key() + "\": " + part.value().dump();
    return text + "}\n";
}

question read_question(const std::string& text, const std::string& file) {
    const detail::json_document document = detail::json_document::parse(text, file);
    const json_view root = document.root();
    root.expect_fields({"schema", "definitions", "breakdowns", "periods", "tables"});
    question q;
    q.data.tables = parse_schema(part(root, "schema"), file);
    parse_indicators(q.set, part(root, "definitions"), file);
    for (const json_view& b : root.at("breakdowns").items()) q.breakdowns.push_back(b.texts());
    for (const json_view& p : root.at("periods").items()) q.periods.push_back(read_period(p));
    for (const json_view& t : root.at("tables").items()) q.data.rows.push_back(read_rows(t));
    return q;
}

}  // namespace engine_question
