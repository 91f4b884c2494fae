// Random schemas, tables and period axes, rich in what goes wrong: nulls, ties, reversed dates, leap days, month ends,
// dangling keys, tables and columns that were not supplied, gaps in coverage.
#pragma once

#include "random_source.hpp"
#include "small_data.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace random_world {

using namespace goldenthread;
using small::text_cell;
using small::text_table;

struct world {
    schema tables;
    std::vector<text_table> rows;
};

inline column_schema column_of(std::string name, value_type type, std::string codes = "", std::string precision = "") {
    column_schema c;
    c.name = std::move(name);
    c.type = type;
    c.codes = std::move(codes);
    c.precision = std::move(precision);
    return c;
}

inline code_set codes_of(std::string name, const std::vector<std::string>& values, std::vector<code_group> groups = {}) {
    code_set set;
    set.name = std::move(name);
    for (const std::string& value : values) set.codes.push_back({value, value, 0, 0});
    set.groups = std::move(groups);
    return set;
}

inline schema random_schema(random_source& random) {
    schema s;
    s.code_sets.push_back(codes_of("letters", {"A", "B", "C", "D"}, {{"vowels", "", {"A"}, false}, {"others", "", {"B", "C"}, false}, {"early", "", {"A", "B"}, true}}));
    s.code_sets.push_back(codes_of("sex", {"M", "F", "U"}));
    s.code_sets.push_back(codes_of("ethnicity", {"W", "X", "Y"}, {{"white", "", {"W"}, false}, {"not_white", "", {"X", "Y"}, false}}));
    s.code_sets.push_back(codes_of("precision", {"day", "month", "year", "unknown"}));
    table_schema person;
    person.name = "person";
    // Keys tell the bases of a conversion apart.
    const auto key = [](column_schema c) {
        c.key = true;
        return c;
    };
    person.columns = {key(column_of("child_id", value_type::text)),
                      column_of("date_of_birth", value_type::date, "", "birth_precision"),
                      column_of("birth_precision", value_type::category, "precision"),
                      column_of("expected_date_of_birth", value_type::date),
                      column_of("sex", value_type::category, "sex"),
                      column_of("ethnicity", value_type::category, "ethnicity"),
                      column_of("disabled", value_type::boolean)};
    s.tables.push_back(person);
    const int count = random.between(1, 3);
    for (int t = 0; t < count; ++t) {
        table_schema one;
        one.name = "table_" + std::to_string(t);
        one.columns = {key(column_of("row_id", value_type::text)), column_of("child_id", value_type::text),
                       column_of("start_date", value_type::date), column_of("end_date", value_type::date)};
        one.references.push_back({"person", {"child_id"}, "person", {"child_id"}});
        if (t > 0) {
            one.columns.push_back(column_of("parent_id", value_type::text));
            one.references.push_back({"parent", {"parent_id"}, "table_" + std::to_string(random.below(static_cast<std::size_t>(t))), {"row_id"}});
        }
        const int extra = random.between(2, 5);
        for (int c = 0; c < extra; ++c) {
            const std::string name = "c" + std::to_string(c);
            switch (random.below(7)) {
                case 0: one.columns.push_back(column_of(name, value_type::date)); break;
                case 1:
                    one.columns.push_back(column_of(name, value_type::date, "", name + "_precision"));
                    one.columns.push_back(column_of(name + "_precision", value_type::category, "precision"));
                    break;
                case 2: one.columns.push_back(column_of(name, value_type::boolean)); break;
                case 3: one.columns.push_back(column_of(name, value_type::int64)); break;
                case 4: one.columns.push_back(column_of(name, value_type::category, "letters")); break;
                case 5: one.columns.push_back(column_of(name, value_type::decimal)); break;
                default: one.columns.push_back(column_of(name, value_type::label)); break;
            }
        }
        s.tables.push_back(std::move(one));
    }
    // What coverage and population look like; no definition reads them.
    table_schema coverage;
    coverage.name = "coverage";
    coverage.columns = {column_of("table_name", value_type::text), column_of("part", value_type::label), column_of("first_day", value_type::date),
                        column_of("last_day", value_type::date), column_of("share", value_type::decimal)};
    s.tables.push_back(std::move(coverage));
    table_schema population;
    population.name = "population";
    population.columns = {column_of("area", value_type::label), column_of("year", value_type::int64), column_of("age", value_type::int64),
                          column_of("sex", value_type::category, "sex"), column_of("ethnicity", value_type::category, "ethnicity"),
                          column_of("count", value_type::int64), column_of("vintage", value_type::text)};
    s.tables.push_back(std::move(population));
    return s;
}

/// Few different days, so that ties, equal starts and ends and boundaries of periods are common.
inline std::string random_day(random_source& random) {
    static const std::vector<std::string> special = {"2018-01-31", "2018-02-28", "2018-03-31", "2018-04-01", "2018-09-30", "2018-12-31",
                                                     "2019-01-01", "2019-02-28", "2019-03-31", "2019-12-25", "2020-02-28", "2020-02-29",
                                                     "2020-03-01", "2016-02-29", "2004-02-29", "2010-06-15"};
    if (random.chance(60)) return random.pick(special);
    return to_iso(to_day(2018, 1, 1) + random.between(0, 1095));
}

inline text_cell random_cell(random_source& random, const schema& s, const column_schema& c) {
    if (random.chance(14)) return std::nullopt;
    if (c.name == "child_id") return "k" + std::to_string(random.below(4));
    if (c.name == "row_id" || c.name == "parent_id") return "r" + std::to_string(random.below(6));
    switch (c.type) {
        case value_type::date: return random_day(random);
        case value_type::boolean: return random.chance(50) ? "true" : "false";
        case value_type::int64: return std::to_string(random.between(-3, 5));
        case value_type::decimal: return std::to_string(random.between(-6, 10) * 25);  // quarters, as hundredths
        case value_type::category: return random.pick(s.find_codes(c.codes)->codes).value;
        default: return std::string(1, static_cast<char>('x' + random.below(3)));
    }
}

inline text_table random_rows(random_source& random, const schema& s, const table_schema& shape) {
    text_table t{shape.name, {}, {}};
    std::vector<const column_schema*> columns;
    for (const column_schema& c : shape.columns) {
        if (c.name != "child_id" && c.name != "row_id" && random.chance(4)) continue;  // a column that was not supplied
        columns.push_back(&c);
        t.columns.push_back(c.name);
    }
    const int count = random.chance(6) ? 0 : random.between(1, 7);
    for (int r = 0; r < count; ++r) {
        std::vector<text_cell> row;
        for (const column_schema* c : columns) row.push_back(random_cell(random, s, *c));
        if (shape.name == "person" && random.chance(80)) row[0] = "k" + std::to_string(r % 4);
        t.rows.push_back(std::move(row));
    }
    return t;
}

inline text_table random_coverage(random_source& random, const schema& s) {
    text_table t{"coverage", {"table_name", "part", "first_day", "last_day", "share"}, {}};
    for (const table_schema& shape : s.tables) {
        if (!random.chance(50)) continue;
        const int runs = random.between(1, 3);
        for (int r = 0; r < runs; ++r) {
            const day first = to_day(2017, 6, 1) + random.between(0, 700);
            t.rows.push_back({shape.name, random.chance(30) ? text_cell("north") : text_cell(), to_iso(first), to_iso(first + random.between(0, 900)),
                              random.chance(10) ? text_cell("90") : text_cell()});
        }
    }
    return t;
}

inline text_table random_population(random_source& random) {
    text_table t{"population", {"area", "year", "age", "sex", "ethnicity", "count", "vintage"}, {}};
    for (int year = 2017; year <= 2020; ++year) {
        if (random.chance(20)) continue;
        for (int age = 0; age <= 17; age += 3) {
            const std::vector<text_cell> sexes = random.chance(50) ? std::vector<text_cell>{std::nullopt} : std::vector<text_cell>{"M", "F"};
            for (const text_cell& sex : sexes) {
                t.rows.push_back({"here", std::to_string(year), std::to_string(age), sex, std::nullopt, std::to_string(random.between(0, 50)),
                                  random.chance(80) ? "2021-01" : "2020-01"});
            }
        }
    }
    return t;
}

inline world random_world(random_source& random) {
    world w;
    w.tables = random_schema(random);
    for (const table_schema& shape : w.tables.tables) {
        if (shape.name == "coverage") {
            if (random.chance(50)) w.rows.push_back(random_coverage(random, w.tables));
        } else if (shape.name == "population") {
            if (random.chance(80)) w.rows.push_back(random_population(random));
        } else if (!random.chance(4)) {
            w.rows.push_back(random_rows(random, w.tables, shape));
        }
    }
    return w;
}

inline std::vector<period> random_periods(random_source& random) {
    const day from = to_day(2018, random.between(1, 6), 1), to = to_day(2019 + random.between(0, 1), random.between(7, 12), 28);
    switch (random.below(7)) {
        case 0: return months(from, to);
        case 1: return financial_quarters(to_day(2017, 4, 1), to);
        case 2: return rolling_months(random.between(2, 14), from, to);
        case 3: return financial_years(to_day(2016, 4, 1), to_day(2020, 3, 31));
        case 4: {
            std::vector<period> days;
            for (int i = 0, d = from; i < 12; ++i, d += random.between(0, 60)) days.push_back(single_day(d));
            return days;
        }
        case 5: {  // windows that overlap, repeat and stand still
            std::vector<period> list;
            day first = from, last = from + random.between(0, 200);
            for (int i = 0; i < 10; ++i) {
                list.push_back({period_kind::custom, "p" + std::to_string(i), first, last});
                first += random.between(0, 40);
                last = std::max(first, last + random.between(0, 90));
            }
            return list;
        }
        default: return {single_day(parse_iso_day(random_day(random)).value())};
    }
}

/// A few short periods, for measures that count every day: with gaps, overlaps and repeats.
inline std::vector<period> short_periods(random_source& random) {
    std::vector<period> list;
    day first = parse_iso_day(random_day(random)).value();
    if (first < to_day(2016, 1, 1)) first = to_day(2019, 2, 20);
    day last = first + random.between(0, 25);
    for (int i = random.between(1, 4); i > 0; --i) {
        list.push_back({period_kind::custom, "p" + std::to_string(i), first, last});
        first += random.between(0, 20);
        last = std::max({first, last, last + random.between(0, 20)});
    }
    return list;
}

}  // namespace random_world
