#include <goldenthread/data/hide_identities.hpp>

#include "data/derive_columns.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/hash.hpp>
#include <goldenthread/data/pseudonym_column.hpp>
#include <goldenthread/definitions/identifiers.hpp>

#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace {

bool is_birth_date(std::string_view column_name) {
    return column_name == "date_of_birth" || column_name == "victim_date_of_birth";
}

column empty_like(const column& c) {
    column_builder builder(c.name(), c.type(), c.scale());
    for (std::size_t row = 0; row < c.size(); ++row) builder.append_null();
    return builder.finish();
}

column first_of_month(const column& births) {
    column_builder builder(births.name(), value_type::date);
    for (std::size_t row = 0; row < births.size(); ++row) {
        if (births.is_null(row)) {
            builder.append_null();
            continue;
        }
        const civil_day date = to_civil(births.day_at(row));
        builder.append_day(to_day(date.year, date.month, 1));
    }
    return builder.finish();
}

column at_most_months(const column& births, const column* precision) {
    column_builder builder("date_of_birth_precision", value_type::category);
    for (std::size_t row = 0; row < births.size(); ++row) {
        const bool known = precision != nullptr && !precision->is_null(row);
        if (births.is_null(row) && !known) {
            builder.append_null();
        } else if (known && precision->text_at(row) != "day") {
            builder.append_text(precision->text_at(row));
        } else {
            builder.append_text("month");
        }
    }
    return builder.finish();
}

table people_by_month(const table& people) {
    const column& births = people["date_of_birth"];
    const table dated = detail::with_column(people, first_of_month(births));
    return detail::with_column(dated, at_most_months(births, people.find("date_of_birth_precision")));
}

}  // namespace

dataset with_pseudonyms(const dataset& data, std::string_view key) {
    if (key.size() < detail::shortest_pseudonym_key) {
        throw data_error("a key of at least 16 bytes is needed for pseudonyms: a shorter one can be tried out");
    }
    const keyed_hash hash(key);
    dataset result = data;
    for (const auto& [name, t] : data.tables()) {
        const table_schema* shape = canonical_schema().find(name);
        std::vector<column> columns;
        for (const column& c : t.columns()) {
            const bool named = is_text_type(c.type()) && detail::is_identifier(shape, name, c.name(), c.type());
            columns.push_back(named ? detail::pseudonym_column(c, hash) : c);
        }
        result.add(table(name, std::move(columns), t.sources()));
    }
    for (finding& f : result.findings()) {
        if (!f.key.empty() && detail::holds_people(f.table)) f.key = hash.of(f.key);
        f.value.clear();
    }
    return result;
}

dataset with_birth_months(const dataset& data) {
    dataset result = data;
    for (const auto& [name, t] : data.tables()) {
        for (const column& c : t.columns()) {
            if (!is_birth_date(c.name()) || c.type() != value_type::date) continue;
            result.add(name == "person" ? people_by_month(t) : detail::with_column(t, empty_like(c)));
        }
    }
    for (finding& f : result.findings()) {
        if (is_birth_date(f.column)) f.value.clear();
    }
    return result;
}

}  // namespace goldenthread
