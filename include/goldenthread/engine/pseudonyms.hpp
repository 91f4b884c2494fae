// goldenthread: identifiers replaced by what only the holder of a key can make again.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/data/dataset.hpp>
#include <goldenthread/data/pseudonym_column.hpp>
#include <goldenthread/definitions/identifiers.hpp>
#include <goldenthread/definitions/schema.hpp>

#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace detail {

/// The same rows, each different text replaced.
[[nodiscard]] inline column pseudonymised(const column& c, const keyed_hash& key, const std::string& table_name) {
    if (!is_text_type(c.type())) {
        error_context context;
        context.place = "table " + table_name + ", column " + c.name();
        context.remedy = "give it as text";
        throw data_error(
            "an identifier is text, which a pseudonym replaces; this one is " + std::string(to_text(c.type())),
            std::move(context));
    }
    return pseudonym_column(c, key);
}

/// A table with pseudonyms in the place of its identifiers. The columns look at the same memory.
[[nodiscard]] inline table pseudonymised(const table& t, const schema& tables, const keyed_hash& key) {
    const table_schema* shape = tables.find(t.name());
    std::vector<column> columns;
    for (const column& c : t.columns())
        columns.push_back(is_identifier(shape, t.name(), c.name(), c.type()) ? pseudonymised(c, key, t.name()) : c);
    return {t.name(), std::move(columns), t.sources()};
}

}  // namespace detail

/// A dataset with pseudonyms in the place of its identifiers: HMAC-SHA-256 of each value of a text column (`child_id`,
/// `upn`, …) as 64 hexadecimal digits; so what was equal stays equal, across tables too. Categories, labels, dates and
/// numbers stay, and so do tables without people (definitions/identifiers.hpp). The rows are still personal data.
/// \throws data_error when an identifier is not text
[[nodiscard]] inline dataset pseudonymised(const dataset& data, const schema& tables, std::string_view key) {
    const keyed_hash hash(key);
    dataset result;
    for (const auto& [name, t] : data.tables()) result.add(detail::pseudonymised(t, tables, hash));
    result.set_area(data.area());
    result.set_synthetic(data.synthetic());
    return result;
}

}  // namespace goldenthread
