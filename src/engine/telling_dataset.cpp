#include "engine/telling_dataset.hpp"

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>

namespace goldenthread::detail {

namespace {

/// Periods that cases ask about: years, and short ones about the ends of months and of February, where rules of adding
/// months and of birthdays differ.
const std::vector<std::string>& years() {
    static const std::vector<std::string> names = {"2019-20", "2018-19", "2019-20", "2018-19", "2021-22"};
    return names;
}
const std::vector<std::string>& short_periods() {
    static const std::vector<std::string> names = {"2019-20 Q4", "2019-02", "2020-02", "2019-06",   "2019-08",
                                                   "2019-09",    "2021-02", "2022-02", "2019-02-28"};
    return names;
}

/// Columns of days on which something ends: often it has not.
bool may_be_open(const std::string& column) {
    return column.find("end") != std::string::npos || column.find("clos") != std::string::npos ||
           column.find("discharge") != std::string::npos;
}

bool is_identifier(const column_schema& c) { return c.type == value_type::text; }

}  // namespace

dataset_maker::dataset_maker(const schema& tables, const std::vector<const resolved_measure*>& measures,
                             std::vector<const definition_case*> examples, std::uint64_t seed)
    : schema_(tables), examples_(std::move(examples)), dice_(seed) {
    for (const resolved_measure* m : measures) add_measure(*m);
    plan_tables();
}

void dataset_maker::add_measure(const resolved_measure& m) {
    counted_tables_.insert(m.root.table);
    for (const std::string& table : m.tables) columns_[table];
    for (const auto& [table, names] : column_collector(m, schema_).all())
        columns_[table].insert(names.begin(), names.end());
    add_constants(m.root, m);
    visit_slots(m, [&](const resolved& r) { add_constants(r, m); });
    for (const resolved_dimension& d : m.dimensions) add_constants(d.value, m);
    for (const auto* windows : {&m.look_back, &m.follow_up}) {
        for (const resolved_measure::window& w : *windows) {
            window_tables_.insert(w.table);
            add_length(w.unit, w.amount);
        }
    }
    if (m.kind == measure_kind::rate) {
        needs_population_ = true;
        for (const int age : {m.youngest - 1, m.youngest, m.oldest, m.oldest + 1}) {
            if (age >= 0) ages_.insert(age);
        }
    }
    if (m.lower) add_measure(*m.lower);
    if (m.profile_measure) add_measure(*m.profile_measure);
}

void dataset_maker::add_constants(const resolved& r, const resolved_measure& m) {
    if (!r) return;
    if (r->op == operation::constant) {
        if (r->type == static_type::text && !r->text.empty()) texts_.insert(r->text);
        if (r->type == static_type::number && !r->constant.is_null()) numbers_.insert(r->constant.low);
        if (r->constant.kind == scalar::kind_type::date) days_.push_back(static_cast<day>(r->constant.low));
    }
    if (r->op == operation::duration && r->children[0]->op == operation::constant) {
        add_length(r->unit, r->children[0]->constant.low);
        return;
    }
    if (r->op == operation::compare) {  // ages and completed units compared with a number are lengths too
        const resolved &a = r->children[0], &b = r->children[1];
        if (b->op == operation::constant && b->type == static_type::number) {
            if (a->op == operation::age || a->op == operation::years_between)
                add_length(duration_unit::years, b->constant.low);
            if (a->op == operation::coalesce || a->op == operation::days_between || a->op == operation::difference)
                add_length(duration_unit::days, b->constant.low);
            if (a->op == operation::coalesce) add_length(duration_unit::years, b->constant.low);
            if (a->op == operation::working_days_between) add_length(duration_unit::working_days, b->constant.low);
            if (a->op == operation::months_between) add_length(duration_unit::months, b->constant.low);
            if (a->op == operation::days_between && b->constant.low > 0)
                add_length(duration_unit::days, b->constant.low + 1);
        }
        if (a->op == operation::days_between && b->op == operation::choose) {  // a limit that depends on the row
            for (const resolved& limit : b->children) {
                if (limit->op == operation::constant && limit->type == static_type::number)
                    add_length(duration_unit::days, limit->constant.low);
            }
        }
    }
    texts_.insert(r->texts.begin(), r->texts.end());
    for (const resolved& child : r->children) add_constants(child, m);
    if (!r->related) return;
    add_constants(r->related->value, m);
    add_constants(r->related->source, m);
}

void dataset_maker::add_constants(const resolved_source& s, const resolved_measure& m) {
    add_constants(s.where, m);
    for (const resolved_key& k : s.keys) add_constants(k.ours, m);
    add_constants(s.from, m);
    add_constants(s.until, m);
    if (s.kind == row_query::kind_type::collapse) {
        add_length(duration_unit::days, s.gap_days);
        add_length(duration_unit::days, s.gap_days + 1);
    }
    if (s.inner) add_constants(*s.inner, m);
}

std::string dataset_maker::pool_of(const table_schema& t, const column_schema& c) const {
    for (const reference& r : t.references) {
        for (std::size_t i = 0; i < r.columns.size(); ++i) {
            if (r.columns[i] == c.name) return r.target_columns[i];
        }
    }
    return c.name;
}

void dataset_maker::plan_tables() {
    for (const auto& [name, names] : columns_) {
        const table_schema* t = schema_.find(name);
        if (t == nullptr || name == "population" || name == "coverage") continue;
        table_plan plan;
        plan.table = t;
        plan.counted = counted_tables_.count(name) != 0;
        const std::vector<std::string> keys = t->key_columns();
        for (const column_schema& c : t->columns) {
            const bool key = keys.size() == 1 && keys[0] == c.name;
            if (names.count(c.name) == 0 && !(key && is_identifier(c))) continue;
            column_plan column;
            column.column = &c;
            column.own_key = key && is_identifier(c);
            column.pool = pool_of(*t, c);
            if (const code_set* codes = c.codes.empty() ? nullptr : schema_.find_codes(c.codes)) {
                for (const code& each : codes->codes) {
                    if (texts_.count(each.value) != 0) column.texts.push_back(each.value);
                }
                const std::size_t mentioned = column.texts.size();
                for (const code& each : codes->codes) {
                    if (texts_.count(each.value) == 0 && column.texts.size() < mentioned + 3)
                        column.texts.push_back(each.value);
                }
            } else if (!is_identifier(c)) {
                column.texts.assign(texts_.begin(), texts_.end());
                column.texts.emplace_back("other");
            }
            plan.columns.push_back(std::move(column));
        }
        plans_.push_back(std::move(plan));
    }
}

/// A day moved by every length, both ways and by every rule of adding months.
std::vector<day> dataset_maker::moved(day d) const {
    std::vector<day> result;
    for (const auto& [unit, amount] : lengths_) {
        for (const std::int64_t n : {amount, -amount}) {
            switch (unit) {
                case duration_unit::days:
                    result.push_back(static_cast<day>(d + n));
                    break;
                case duration_unit::weeks:
                    result.push_back(static_cast<day>(d + 7 * n));
                    break;
                case duration_unit::working_days: {
                    std::int64_t left = n < 0 ? -n : n;
                    day at = d;
                    while (left > 0) {
                        at = static_cast<day>(at + (n < 0 ? -1 : 1));
                        if (is_working_day(at)) --left;
                    }
                    result.push_back(at);
                    break;
                }
                case duration_unit::months:
                case duration_unit::years:
                    for (const month_add rule :
                         {month_add::clamp, month_add::roll_forward, month_add::end_of_month_snap}) {
                        result.push_back(add_months(d, unit == duration_unit::months ? n : 12 * n, rule));
                    }
                    break;
            }
        }
    }
    return result;
}

void dataset_maker::plan_days(const period& when) {
    days_.clear();
    std::set<day> anchors = {when.first, when.last};
    for (const day anchor : {when.first, when.last}) {
        for (const day d : moved(anchor)) anchors.insert(d);
    }
    std::set<day> days;
    for (const day d : anchors) {
        for (const int by : {-1, 0, 1}) days.insert(static_cast<day>(d + by));
    }
    const civil_day last = to_civil(when.last);
    for (const auto& [unit, amount] : lengths_) {
        const int year = last.year - static_cast<int>(unit == duration_unit::years ? amount : 0);
        for (const int born : {year, year - 1}) {
            if (unit == duration_unit::years && is_leap_year(born)) days.insert(to_day(born, 2, 29));
        }
    }
    days.insert(static_cast<day>(when.first + (when.last - when.first) / 2));
    for (const int year : {last.year - 1, last.year}) days.insert(to_day(year, 2, days_in_month(year, 2)));
    days_.assign(days.begin(), days.end());
}

day dataset_maker::make_day() {
    day d = 0;
    if (!chosen_.empty() && dice_.chance(45)) {
        d = dice_.pick(chosen_);
        const std::vector<day> near = moved(d);
        if (!near.empty() && dice_.chance(60)) d = dice_.pick(near);
        d = static_cast<day>(d + static_cast<int>(dice_.below(3)) - 1);
    } else {
        d = dice_.pick(days_);
    }
    d = std::clamp(d, earliest_day, latest_day);
    chosen_.push_back(d);
    return d;
}

case_value dataset_maker::make_value(const column_plan& plan, std::size_t row) {
    const column_schema& c = *plan.column;
    if (plan.own_key) return plan.pool.substr(0, 1) + std::to_string(row + 1);
    const int null_chance = c.not_null ? 3 : c.type == value_type::date && may_be_open(c.name) ? 40 : 12;
    if (dice_.chance(null_chance)) return std::monostate{};
    switch (c.type) {
        case value_type::date:
            return to_iso(make_day());
        case value_type::boolean:
            return dice_.chance(50);
        case value_type::int64:
        case value_type::decimal: {
            if (numbers_.empty() || dice_.chance(25)) return static_cast<std::int64_t>(dice_.below(3));
            std::vector<std::int64_t> numbers(numbers_.begin(), numbers_.end());
            return dice_.pick(numbers) + static_cast<std::int64_t>(dice_.below(3)) - 1;
        }
        case value_type::text:
            if (!texts_.empty() && plan.texts.empty() && dice_.chance(2)) return *texts_.begin();
            return plan.pool.substr(0, 1) + std::to_string(1 + dice_.below(dice_.chance(75) ? 2 : 3));
        default:
            return plan.texts.empty() ? case_value(std::monostate{}) : case_value(dice_.pick(plan.texts));
    }
}

case_table dataset_maker::make_rows(const table_plan& plan) {
    case_table t;
    t.name = plan.table->name;
    for (const column_plan& c : plan.columns) t.columns.push_back(c.column->name);
    std::size_t rows = dice_.below(plan.counted ? 3 : 4) + (plan.counted ? 1 : 0);
    if (dice_.chance(10)) rows += 3;
    for (std::size_t r = 0; r < rows; ++r) {
        std::vector<case_value> row;
        // Often a row like the one before it, but for a value or two.
        const bool alike = r > 0 && dice_.chance(45);
        for (std::size_t c = 0; c < plan.columns.size(); ++c) {
            const bool kept = alike && !plan.columns[c].own_key && dice_.chance(70);
            row.push_back(kept ? t.rows[r - 1][c] : make_value(plan.columns[c], r));
        }
        t.rows.push_back(std::move(row));
    }
    return t;
}

case_table dataset_maker::make_population(const period& when) {
    case_table t;
    t.name = "population";
    t.columns = {"area", "year", "age", "sex", "count", "vintage"};
    const std::int64_t year = to_civil(when.first).year - (to_civil(when.first).month < 4 ? 1 : 0);
    std::int64_t people = 1000;
    for (const int age : ages_) {
        t.rows.push_back({std::string("L"), year, std::int64_t{age}, std::string("F"), people, std::string("2020-06")});
        people += 1000;
    }
    return t;
}

case_table dataset_maker::make_coverage() {
    case_table t;
    t.name = "coverage";
    t.columns = {"table_name", "first_day", "last_day"};
    for (const std::string& table : window_tables_) {
        if (dice_.chance(35)) continue;
        const day first = make_day();
        const bool open = dice_.chance(40);
        const day last = make_day();
        t.rows.push_back({table, to_iso(std::min(first, last)),
                          open ? case_value(std::monostate{}) : case_value(to_iso(std::max(first, last)))});
    }
    return t;
}

// --- examples -----------------------------------------------------------------------------------

const dataset_maker::table_plan* dataset_maker::plan_of(const std::string& table) const {
    const auto found =
        std::find_if(plans_.begin(), plans_.end(), [&](const table_plan& p) { return p.table->name == table; });
    return found == plans_.end() ? nullptr : &*found;
}

/// Every table is there, if without rows, and every column that is read.
void dataset_maker::complete(definition_case& c) const {
    for (const table_plan& plan : plans_) {
        auto found = std::find_if(c.tables.begin(), c.tables.end(),
                                  [&](const case_table& t) { return t.name == plan.table->name; });
        if (found == c.tables.end()) {
            c.tables.push_back({plan.table->name, {}, {}});
            found = c.tables.end() - 1;
        }
        for (const column_plan& column : plan.columns) {
            if (std::find(found->columns.begin(), found->columns.end(), column.column->name) != found->columns.end())
                continue;
            found->columns.push_back(column.column->name);
            for (std::size_t r = 0; r < found->rows.size(); ++r) {
                found->rows[r].push_back(column.own_key ? case_value(column.pool.substr(0, 1) + std::to_string(r + 1))
                                                        : case_value(std::monostate{}));
            }
        }
    }
}

/// One value changed, a row left out, or a row added like another.
void dataset_maker::change(case_table& t) {
    const table_plan* plan = plan_of(t.name);
    if (plan == nullptr || plan->columns.empty()) return;
    const auto set_some_value = [&](std::size_t row) {
        const column_plan& column = dice_.pick(plan->columns);
        if (column.own_key) return;
        const auto at = static_cast<std::size_t>(std::find(t.columns.begin(), t.columns.end(), column.column->name) -
                                                 t.columns.begin());
        t.rows[row][at] = make_value(column, row);
    };
    if (t.rows.empty()) {
        std::vector<case_value> row;
        for (const std::string& name : t.columns) {
            const auto column = std::find_if(plan->columns.begin(), plan->columns.end(),
                                             [&](const column_plan& c) { return c.column->name == name; });
            row.push_back(column == plan->columns.end() ? case_value(std::monostate{}) : make_value(*column, 0));
        }
        t.rows.push_back(std::move(row));
    } else if (dice_.chance(20)) {
        t.rows.erase(t.rows.begin() + static_cast<std::ptrdiff_t>(dice_.below(t.rows.size())));
    } else if (dice_.chance(35)) {
        std::vector<case_value> row = dice_.pick(t.rows);
        for (std::size_t c = 0; c < t.columns.size(); ++c) {
            const auto column = std::find_if(plan->columns.begin(), plan->columns.end(),
                                             [&](const column_plan& p) { return p.column->name == t.columns[c]; });
            if (column != plan->columns.end() && column->own_key) row[c] = "n" + std::to_string(t.rows.size() + 1);
        }
        t.rows.push_back(std::move(row));
        set_some_value(t.rows.size() - 1);
        if (dice_.chance(50)) set_some_value(t.rows.size() - 1);
    } else {
        set_some_value(dice_.below(t.rows.size()));
    }
}

definition_case dataset_maker::changed_example() {
    definition_case c;
    const definition_case& example = *dice_.pick(examples_);
    c.tables = example.tables;
    c.when = dice_.chance(75) ? example.when : parse_period(dice_.pick(dice_.chance(50) ? years() : short_periods()));
    plan_days(c.when);
    chosen_.clear();
    complete(c);
    for (const case_table& t : c.tables) {
        for (const std::vector<case_value>& row : t.rows) {
            for (const case_value& value : row) {
                const auto* text = std::get_if<std::string>(&value);
                if (const auto d = text == nullptr ? std::nullopt : parse_iso_day(*text)) chosen_.push_back(*d);
            }
        }
    }
    for (std::size_t changes = 1 + dice_.below(4); changes > 0; --changes)
        change(c.tables[dice_.below(c.tables.size())]);
    return c;
}

definition_case dataset_maker::make() {
    if (!examples_.empty() && dice_.chance(50)) return changed_example();
    definition_case c;
    c.when = parse_period(dice_.pick(dice_.chance(50) ? years() : short_periods()));
    plan_days(c.when);
    chosen_.clear();
    for (const table_plan& plan : plans_) c.tables.push_back(make_rows(plan));
    if (needs_population_) c.tables.push_back(make_population(c.when));
    if (!window_tables_.empty() && dice_.chance(50)) {
        case_table coverage = make_coverage();
        if (!coverage.rows.empty()) c.tables.push_back(std::move(coverage));
    }
    return c;
}

// --- shrinking ----------------------------------------------------------------------------------

namespace {

using teller = std::function<bool(const definition_case&)>;

/// Keeps the change if the case still tells.
template <class Change>
bool attempt(definition_case& c, const teller& tells, Change&& change) {
    definition_case smaller = c;
    change(smaller);
    if (!tells(smaller)) return false;
    c = std::move(smaller);
    return true;
}

bool drop_rows(definition_case& c, const teller& tells) {
    bool any = false;
    for (std::size_t t = 0; t < c.tables.size(); ++t) {
        for (std::size_t r = c.tables[t].rows.size(); r > 0; --r) {
            any |= attempt(c, tells, [&](definition_case& s) {
                s.tables[t].rows.erase(s.tables[t].rows.begin() + static_cast<std::ptrdiff_t>(r - 1));
            });
        }
    }
    return any;
}

bool drop_tables(definition_case& c, const teller& tells) {
    bool any = false;
    for (std::size_t t = c.tables.size(); t > 0; --t) {
        if (c.tables[t - 1].name != "coverage") continue;  // without any other table the answer would be `missing`
        any |= attempt(c, tells, [&](definition_case& s) {
            s.tables.erase(s.tables.begin() + static_cast<std::ptrdiff_t>(t - 1));
        });
    }
    return any;
}

bool drop_columns(const schema& tables, definition_case& c, const teller& tells) {
    bool any = false;
    for (std::size_t t = 0; t < c.tables.size(); ++t) {
        const table_schema* shape = tables.find(c.tables[t].name);
        for (std::size_t k = c.tables[t].columns.size(); k > 0 && c.tables[t].columns.size() > 1; --k) {
            const std::string& name = c.tables[t].columns[k - 1];
            const column_schema* column = shape->find(name);
            if (!c.tables[t].rows.empty() && column != nullptr && (column->key || name == "child_id")) continue;
            any |= attempt(c, tells, [&](definition_case& s) {
                const auto at = static_cast<std::ptrdiff_t>(k - 1);
                s.tables[t].columns.erase(s.tables[t].columns.begin() + at);
                for (auto& row : s.tables[t].rows) row.erase(row.begin() + at);
            });
        }
    }
    return any;
}

bool empty_cells(const schema& tables, definition_case& c, const teller& tells) {
    bool any = false;
    for (std::size_t t = 0; t < c.tables.size(); ++t) {
        const table_schema* shape = tables.find(c.tables[t].name);
        for (std::size_t r = 0; r < c.tables[t].rows.size(); ++r) {
            for (std::size_t k = 0; k < c.tables[t].columns.size(); ++k) {
                const column_schema* column = shape->find(c.tables[t].columns[k]);
                const bool needed = column == nullptr || column->key || column->not_null || column->name == "child_id";
                if (needed || std::holds_alternative<std::monostate>(c.tables[t].rows[r][k])) continue;
                any |= attempt(c, tells, [&](definition_case& s) { s.tables[t].rows[r][k] = std::monostate{}; });
            }
        }
    }
    return any;
}

/// Days of one column made equal where they may be.
bool even_out(definition_case& c, const teller& tells) {
    bool any = false;
    for (std::size_t t = 0; t < c.tables.size(); ++t) {
        for (std::size_t r = 1; r < c.tables[t].rows.size(); ++r) {
            for (std::size_t k = 0; k < c.tables[t].columns.size(); ++k) {
                const case_value &one = c.tables[t].rows[0][k], &other = c.tables[t].rows[r][k];
                if (one == other || std::holds_alternative<std::monostate>(one) ||
                    std::holds_alternative<std::monostate>(other))
                    continue;
                const std::string& name = c.tables[t].columns[k];
                if (name.size() > 3 && name.substr(name.size() - 3) == "_id") continue;
                any |= attempt(c, tells, [&](definition_case& s) { s.tables[t].rows[r][k] = s.tables[t].rows[0][k]; });
            }
        }
    }
    return any;
}

}  // namespace

definition_case shrunk(const schema& tables, definition_case c,
                       const std::function<bool(const definition_case&)>& tells) {
    constexpr int most_rounds = 6;
    bool changed = true;
    for (int round = 0; changed && round < most_rounds; ++round) {
        changed = drop_rows(c, tells);
        changed |= drop_tables(c, tells);
        changed |= drop_columns(tables, c, tells);
        changed |= empty_cells(tables, c, tells);
        if (round == 0) even_out(c, tells);
    }
    return c;
}

}  // namespace goldenthread::detail
