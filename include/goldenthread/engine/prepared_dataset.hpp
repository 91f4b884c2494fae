// goldenthread: what all definitions share about one dataset: text ids, reference links, key indexes,
// joined spells. Each is made once, when the first definition needs it.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/engine/resolve.hpp>
#include <goldenthread/engine/row_order.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// No such row.
inline constexpr std::int64_t no_row = -1;

/// Texts of all tables as small numbers, so that keys of different tables compare by id.
class text_pool {
public:
    text_pool() {
        for (const std::string_view band : age_bands) (void)id(band);
        false_ = id("false");
        true_ = id("true");
    }
    [[nodiscard]] std::int64_t id(std::string_view text) {
        const auto found = ids_.find(text);
        if (found != ids_.end()) return found->second;
        texts_.emplace_back(text);
        const auto result = static_cast<std::int64_t>(texts_.size()) - 1;
        ids_.emplace(texts_.back(), result);
        return result;
    }
    [[nodiscard]] const std::string& text(std::int64_t id) const { return texts_[static_cast<std::size_t>(id)]; }
    /// Ids 0 to 6 are the age bands, unborn first.
    [[nodiscard]] std::int64_t truth_id(bool value) const noexcept { return value ? true_ : false_; }

private:
    std::deque<std::string> texts_;  // a deque keeps the views in ids_ valid
    std::unordered_map<std::string_view, std::int64_t> ids_;
    std::int64_t false_ = 0;
    std::int64_t true_ = 0;
};

/// One column ready to be read row by row; absent columns are null in every row.
struct bound_column {
    const column* values = nullptr;
    const column* precision = nullptr;
    std::vector<std::int64_t> text_ids;        ///< dictionary code → text id
    std::vector<std::uint8_t> precision_kinds; ///< dictionary code of precision → 0 day, 1 month, 2 year
    bool is_spell = false;                     ///< the number of the joined spell itself
    std::string place;                         ///< table and column, for messages

    [[nodiscard]] scalar at(std::int64_t row) const {
        if (row < 0) return {};
        const auto r = static_cast<std::size_t>(row);
        if (is_spell) return number_scalar(row);
        if (values == nullptr || values->is_null(r)) return {};
        switch (values->type()) {
            case value_type::date: return precise(values->day_at(r), r);
            case value_type::boolean: return truth_scalar(values->boolean_at(r));
            case value_type::int64: return number_scalar(values->int64_at(r));
            case value_type::decimal: return number_scalar(millionths(values->int64_at(r), r));
            default: return text_scalar(text_ids[static_cast<std::size_t>(values->code_at(r))]);
        }
    }

private:
    /// Decimals of any scale as whole millionths; nothing is rounded away.
    [[nodiscard]] std::int64_t millionths(std::int64_t mantissa, std::size_t row) const {
        constexpr int places = 6;
        try {
            for (int scale = values->scale(); scale < places; ++scale) mantissa = checked_multiply(mantissa, 10);
        } catch (const calculation_error&) {
            refuse("is too large to be counted in millionths", row);
        }
        for (int scale = values->scale(); scale > places; --scale) {
            if (mantissa % 10 != 0) refuse("has more than six decimal places", row);
            mantissa /= 10;
        }
        return mantissa;
    }
    [[noreturn]] void refuse(const char* what, std::size_t row) const {
        error_context context;
        context.place = place + ", row " + std::to_string(row + 1);
        throw calculation_error(std::string("this number ") + what, std::move(context));
    }
    [[nodiscard]] scalar precise(day d, std::size_t row) const {
        if (precision == nullptr || precision->is_null(row)) return date_scalar(d);
        const std::uint8_t kind = precision_kinds[static_cast<std::size_t>(precision->code_at(row))];
        if (kind == 0) return date_scalar(d);
        const civil_day c = to_civil(d);
        if (kind == 1) return date_scalar(to_day(c.year, c.month, 1), to_day(c.year, c.month, days_in_month(c.year, c.month)));
        return date_scalar(to_day(c.year, 1, 1), to_day(c.year, 12, 31));
    }
};

/// Rows of a table by key, in file order within a key.
class key_index {
public:
    using key = std::vector<std::int64_t>;

    void add(const key& k, std::uint32_t row) {
        std::vector<std::uint32_t>& rows = rows_[k];
        rows.push_back(row);
        has_repeats_ = has_repeats_ || rows.size() > 1;
    }
    /// Whether any key has several rows.
    [[nodiscard]] bool has_repeats() const noexcept { return has_repeats_; }
    [[nodiscard]] const std::vector<std::uint32_t>& rows(const key& k) const {
        static const std::vector<std::uint32_t> none;
        const auto found = rows_.find(k);
        return found == rows_.end() ? none : found->second;
    }
    [[nodiscard]] const auto& all() const noexcept { return rows_; }

private:
    struct hash {
        std::size_t operator()(const key& k) const noexcept {
            std::uint64_t h = 0x9E3779B97F4A7C15ULL;
            for (const std::int64_t v : k) {
                h ^= static_cast<std::uint64_t>(v);
                h *= 0xFF51AFD7ED558CCDULL;
                h ^= h >> 32U;
            }
            return static_cast<std::size_t>(h);
        }
    };
    std::unordered_map<key, std::vector<std::uint32_t>, hash> rows_;
    bool has_repeats_ = false;
};

/// A value as part of a key; false if it is null (a null key matches nothing).
[[nodiscard]] inline bool append_key(key_index::key& k, const scalar& s) {
    if (s.is_null()) return false;
    k.push_back(s.low);
    return true;
}

/// A dataset with everything definitions share. Not copied; built by one thread, then only read.
class prepared_dataset {
public:
    /// \throws data_error when a column is not of the type that the schema says: its values would be read as others
    prepared_dataset(const dataset& data, const schema& tables) : data_(data), schema_(tables) {
        for (const auto& [name, t] : data.tables()) {
            if (const table_schema* shape = tables.find(name)) require_types(t, *shape);
        }
    }
    prepared_dataset(const prepared_dataset&) = delete;
    prepared_dataset& operator=(const prepared_dataset&) = delete;

    [[nodiscard]] const dataset& data() const noexcept { return data_; }
    [[nodiscard]] const schema& tables() const noexcept { return schema_; }
    [[nodiscard]] text_pool& texts() noexcept { return texts_; }
    [[nodiscard]] const text_pool& texts() const noexcept { return texts_; }

    /// The column of a table (a supplied one, or joined spells), or one that is null everywhere.
    [[nodiscard]] const bound_column& bind(const table* t, const std::string& name, const std::string& precision) {
        auto& slot = columns_[{t, name}];
        if (slot) return *slot;
        slot = std::make_unique<bound_column>();
        if (name == "spell" && t != nullptr && spells_.count(t) != 0) {
            slot->is_spell = true;
            return *slot;
        }
        slot->values = t == nullptr ? nullptr : t->find(name);
        if (slot->values == nullptr) return *slot;
        slot->place = t->name() + "." + name;
        if (is_text_type(slot->values->type())) {
            for (const std::string& text : *slot->values->dictionary()) slot->text_ids.push_back(texts_.id(text));
        }
        if (!precision.empty()) bind_precision(*slot, *t, precision);
        return *slot;
    }

    /// Row of the referenced table for each row of `t`; no_row where there is none. Of several rows with the key the
    /// least is taken, by the columns of `deciding`.
    [[nodiscard]] const std::vector<std::int64_t>& links(const table* t, const reference& r, const std::vector<std::string>& deciding) {
        const table* target = data_.find(r.table);
        const key_index& index = rows_by_columns(target, r.target_columns);
        auto& slot = links_[{t, index.has_repeats() ? r.name + "\n" + joined(deciding, "\n") : r.name}];
        if (slot) return *slot;
        slot = std::make_unique<std::vector<std::int64_t>>();
        const table order = target == nullptr ? table() : with_columns(*target, deciding);
        std::vector<const bound_column*> ours;
        for (const std::string& name : r.columns) ours.push_back(&bind(t, name, ""));
        slot->resize(t->row_count(), no_row);
        for (std::size_t row = 0; row < t->row_count(); ++row) {
            key_index::key k;
            bool complete = true;
            for (const bound_column* c : ours) complete = complete && append_key(k, c->at(static_cast<std::int64_t>(row)));
            if (!complete) continue;
            const auto& found = index.rows(k);
            if (found.empty()) continue;
            (*slot)[row] = *std::min_element(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) { return holds_less(order, a, b); });
        }
        return *slot;
    }

    /// Rows of a table by some of its own columns.
    [[nodiscard]] const key_index& rows_by_columns(const table* t, const std::vector<std::string>& names) {
        auto& slot = column_indexes_[{t, joined(names, "\n")}];
        if (slot) return *slot;
        slot = std::make_unique<key_index>();
        if (t == nullptr) return *slot;
        std::vector<const bound_column*> columns;
        for (const std::string& name : names) columns.push_back(&bind(t, name, ""));
        for (std::size_t row = 0; row < t->row_count(); ++row) {
            key_index::key k;
            bool complete = true;
            for (const bound_column* c : columns) complete = complete && append_key(k, c->at(static_cast<std::int64_t>(row)));
            if (complete) slot->add(k, static_cast<std::uint32_t>(row));
        }
        return *slot;
    }

    /// Spells of `by` joined while the next starts no later than the last end plus `gap_days`.
    [[nodiscard]] const table* collapsed(const std::string& table_name, const std::vector<std::string>& by, std::int64_t gap_days) {
        const std::string name = table_name + "\n" + joined(by, "\n") + "\n" + std::to_string(gap_days);
        auto& slot = collapsed_[name];
        if (!slot) {
            slot = std::make_unique<table>(join_spells(table_name, by, gap_days));
            spells_.emplace(slot.get(), true);
        }
        return slot.get();
    }

    /// Indexes that definitions make by more than plain columns; keyed by the text of the keys.
    [[nodiscard]] std::map<std::string, std::unique_ptr<key_index>>& source_indexes() noexcept { return source_indexes_; }

private:
    static void require_types(const table& t, const table_schema& shape) {
        for (const column& c : t.columns()) {
            const column_schema* known = shape.find(c.name());
            if (known == nullptr || known->type == c.type() || (is_text_type(known->type) && is_text_type(c.type()))) continue;
            error_context context;
            context.place = "table " + t.name() + ", column " + c.name();
            context.remedy = "give it as " + std::string(to_text(known->type));
            throw data_error("this column is " + std::string(to_text(c.type())) + ", and " + std::string(to_text(known->type)) + " in the schema", std::move(context));
        }
    }
    void bind_precision(bound_column& bound, const table& t, const std::string& name) {
        bound.precision = t.find(name);
        if (bound.precision == nullptr) return;
        for (const std::string& text : *bound.precision->dictionary()) {
            // A precision of "unknown" leaves anything within the year possible.
            bound.precision_kinds.push_back(text == "day" ? 0 : text == "month" ? 1 : 2);
        }
    }

    /// A null start cannot be placed: such a spell stays alone.
    table join_spells(const std::string& table_name, const std::vector<std::string>& by, std::int64_t gap_days) {
        const table* source = data_.find(table_name);
        const table_schema& shape = schema_.table(table_name);
        std::vector<column_builder> keys;
        for (const std::string& name : by) keys.emplace_back(name, shape.find(name)->type);
        column_builder starts("start_date", value_type::date), ends("end_date", value_type::date);
        if (source != nullptr) {
            const bound_column& start = bind(source, "start_date", "");
            const bound_column& end = bind(source, "end_date", "");
            const auto put = [&](std::size_t row, const scalar& first, const scalar& last) {
                for (std::size_t k = 0; k < by.size(); ++k) {
                    const column* c = source->find(by[k]);
                    c == nullptr ? keys[k].append_null() : keys[k].append_from(*c, row);
                }
                first.is_null() ? starts.append_null() : starts.append_day(static_cast<day>(first.low));
                last.is_null() ? ends.append_null() : ends.append_day(static_cast<day>(last.low));
            };
            for (std::vector<std::size_t> group : groups_in_order(*source, by)) {
                // Of equal starts the longest first, so that the order of the file does not matter.
                const auto end_day = [&](std::size_t row) {
                    const scalar e = end.at(static_cast<std::int64_t>(row));
                    return e.is_null() ? std::numeric_limits<std::int64_t>::max() : e.low;
                };
                std::stable_sort(group.begin(), group.end(), [&](std::size_t a, std::size_t b) {
                    const std::int64_t x = start.at(static_cast<std::int64_t>(a)).low, y = start.at(static_cast<std::int64_t>(b)).low;
                    return x != y ? x < y : end_day(a) > end_day(b);
                });
                scalar first, last;
                std::size_t row_of_spell = 0;
                bool running = false;
                for (const std::size_t row : group) {
                    const scalar s = start.at(static_cast<std::int64_t>(row)), e = end.at(static_cast<std::int64_t>(row));
                    if (s.is_null()) {
                        put(row, s, e);
                    } else if (running && (last.is_null() || s.low <= last.low + gap_days)) {
                        last = last.is_null() || e.is_null() ? scalar{} : greatest(last, e);
                    } else {
                        if (running) put(row_of_spell, first, last);
                        first = s;
                        last = e;
                        row_of_spell = row;
                        running = true;
                    }
                }
                if (running) put(row_of_spell, first, last);
            }
        }
        std::vector<column> columns;
        for (column_builder& k : keys) columns.push_back(k.finish());
        columns.push_back(starts.finish());
        columns.push_back(ends.finish());
        return {table_name, std::move(columns)};
    }
    /// Rows with equal keys together, in order of first appearance; rows without a key each alone.
    std::vector<std::vector<std::size_t>> groups_in_order(const table& source, const std::vector<std::string>& by) {
        std::vector<const bound_column*> columns;
        for (const std::string& name : by) columns.push_back(&bind(&source, name, ""));
        std::map<key_index::key, std::size_t> seen;
        std::vector<std::vector<std::size_t>> result;
        for (std::size_t row = 0; row < source.row_count(); ++row) {
            key_index::key k;
            bool complete = true;
            for (const bound_column* c : columns) complete = complete && append_key(k, c->at(static_cast<std::int64_t>(row)));
            const auto found = complete ? seen.find(k) : seen.end();
            if (complete && found != seen.end()) {
                result[found->second].push_back(row);
            } else {
                if (complete) seen.emplace(std::move(k), result.size());
                result.push_back({row});
            }
        }
        return result;
    }

    const dataset& data_;
    const schema& schema_;
    text_pool texts_;
    std::map<std::pair<const table*, std::string>, std::unique_ptr<bound_column>> columns_;
    std::map<std::pair<const table*, std::string>, std::unique_ptr<std::vector<std::int64_t>>> links_;
    std::map<std::pair<const table*, std::string>, std::unique_ptr<key_index>> column_indexes_;
    std::map<std::string, std::unique_ptr<table>> collapsed_;
    std::map<const table*, bool> spells_;
    std::map<std::string, std::unique_ptr<key_index>> source_indexes_;
};

}  // namespace goldenthread::detail
