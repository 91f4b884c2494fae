#include <goldenthread/scorecard/supplied_figures.hpp>

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/hash.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace goldenthread {

namespace {

using cell_key = std::vector<breakdown_value>;

/// One row of the table.
struct supplied_row {
    std::string indicator;
    std::string period;
    std::string breakdown;
    std::optional<exact_ratio> value;
    std::optional<std::int64_t> numerator;
    std::optional<std::int64_t> denominator;
    std::int64_t unknown = 0;
    std::string note;
    std::string by;
    std::string on;
    row_source source;
};

/// Columns of the table, any of which a host may leave out.
class row_reader {
public:
    explicit row_reader(const table& rows) : rows_(rows) {}

    [[nodiscard]] supplied_row read(std::size_t row) const {
        supplied_row result{text("indicator_id", row),
                            text("period_label", row),
                            text("breakdown", row),
                            decimal("value", row),
                            number("numerator", row),
                            number("denominator", row),
                            number("unknown", row).value_or(0),
                            text("definition_note", row),
                            text("supplied_by", row),
                            {},
                            {}};
        const column* on = rows_.find("supplied_on");
        if (on != nullptr && on->type() == value_type::date && !on->is_null(row)) result.on = to_iso(on->day_at(row));
        if (row < rows_.sources().size()) result.source = rows_.sources()[row];
        return result;
    }

private:
    [[nodiscard]] std::string text(std::string_view name, std::size_t row) const {
        const column* c = rows_.find(name);
        if (c == nullptr || !is_text_type(c->type()) || c->is_null(row)) return {};
        return std::string(trimmed(c->text_at(row)));
    }
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name, std::size_t row) const {
        const column* c = rows_.find(name);
        if (c == nullptr || c->type() != value_type::int64 || c->is_null(row)) return std::nullopt;
        return c->int64_at(row);
    }
    [[nodiscard]] std::optional<exact_ratio> decimal(std::string_view name, std::size_t row) const {
        const column* c = rows_.find(name);
        if (c == nullptr || c->is_null(row)) return std::nullopt;
        if (c->type() == value_type::int64) return exact_ratio{c->int64_at(row), 1};
        if (c->type() != value_type::decimal) return std::nullopt;
        std::int64_t scale = 1;
        for (int i = 0; i < c->scale(); ++i) scale *= 10;
        return exact_ratio{c->int64_at(row), scale};
    }

    const table& rows_;
};

/// "sex=F, age_band=5_9"; nothing = the total. No value where it cannot be read.
std::optional<cell_key> read_key(std::string_view text) {
    cell_key key;
    while (!trimmed(text).empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view part = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        const std::size_t sign = part.find('=');
        if (sign == std::string_view::npos || sign == 0) return std::nullopt;
        const std::string_view category = trimmed(part.substr(sign + 1));
        key.push_back({std::string(trimmed(part.substr(0, sign))),
                       category.empty() ? std::nullopt : std::optional<std::string>(category)});
    }
    return key;
}

bool same_key(const cell_key& a, const cell_key& b) {
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const breakdown_value& each) {
               return std::find(b.begin(), b.end(), each) != b.end();
           });
}

/// True for the total, and for the cells of a breakdown that was asked for.
bool is_asked_for(const cell_key& key, const std::vector<breakdown>& asked_for) {
    if (key.empty()) return true;
    return std::any_of(asked_for.begin(), asked_for.end(), [&](const breakdown& each) {
        if (each == breakdown{"default"}) return key.size() == 1;
        return each.size() == key.size() && std::all_of(key.begin(), key.end(), [&](const breakdown_value& value) {
                   return std::find(each.begin(), each.end(), value.dimension) != each.end();
               });
    });
}

bool equal(const exact_ratio& a, const exact_ratio& b) { return a.as_double() == b.as_double(); }

/// As the release shows it: within half a unit of the first decimal place.
bool agree_when_shown(double a, double b) {
    const double apart = a > b ? a - b : b - a;
    return apart <= 0.05 + 1e-9;
}

bool is_share(const indicator_result& r) { return r.unit == value_unit::fraction; }

/// What the row lacks for the kind of figure; empty = nothing.
std::string lacking(const supplied_row& row, const indicator_result& r) {
    switch (r.unit) {
        case value_unit::number:
        case value_unit::person_days:
            return row.numerator || row.value ? "" : "a value";
        case value_unit::fraction:
        case value_unit::ratio:
            return row.numerator && row.denominator ? "" : "numerator and denominator";
        case value_unit::rate:
            if (!row.numerator) return "the numerator";
            return row.value || row.denominator ? "" : "value or denominator";
        case value_unit::days:
            if (!row.value) return "a value";
            return row.denominator ? "" : "the number of people behind it (denominator)";
    }
    return "";
}

bool is_whole(const exact_ratio& value) { return value.numerator % value.denominator == 0; }

bool is_out_of_range(const supplied_row& row, const indicator_result& r) {
    // Beyond anything that can be counted, and before a product with the multiplier could overflow.
    constexpr std::int64_t most = 1'000'000'000'000;
    if (row.numerator.value_or(0) > most || row.denominator.value_or(0) > most) return true;
    if (is_share(r)) return *row.numerator > *row.denominator;
    if (row.value && row.value->numerator < 0) return true;
    const bool counts = r.unit == value_unit::number || r.unit == value_unit::person_days;
    return counts && !row.numerator && !is_whole(*row.value);
}

/// A complete row as numbers of a cell, by the kind of figure.
void fill(cell& c, const supplied_row& row, const indicator_result& r) {
    c.unknown = row.unknown;
    c.numerator = row.numerator;
    c.denominator = row.denominator;
    switch (r.unit) {
        case value_unit::number:
        case value_unit::person_days:
            if (!c.numerator) c.numerator = row.value->numerator / row.value->denominator;
            c.denominator.reset();
            c.value = exact_ratio{*c.numerator, 1};
            break;
        case value_unit::fraction:
        case value_unit::ratio:
            if (*row.denominator != 0) {
                c.value = exact_ratio{*row.numerator * (is_share(r) ? 1 : r.multiplier), *row.denominator};
            }
            break;
        case value_unit::rate:
            c.value = row.value;
            if (row.denominator && *row.denominator != 0) {
                c.value = exact_ratio{*row.numerator * r.multiplier, *row.denominator};
            }
            break;
        case value_unit::days:
            c.units = row.denominator;
            if (*row.denominator != 0) c.value = row.value;
            break;
    }
    const bool counted_nothing = c.value && c.value->numerator == 0;
    c.state = !c.value ? cell_state::zero_denominator : counted_nothing ? cell_state::true_zero : cell_state::value;
}

class figure_filler {
public:
    figure_filler(results& figures, const dataset& data, const std::vector<breakdown>& asked_for)
        : figures_(figures), data_(data), asked_for_(asked_for) {}

    std::vector<finding> fill_from(const table& rows) {
        const row_reader reader(rows);
        for (std::size_t row = 0; row < rows.row_count(); ++row) place(reader.read(row));
        for (auto& [indicator, placed] : placed_) mark_breaks(*indicator, placed);
        if (!used_.empty()) {
            std::sort(used_.begin(), used_.end());
            std::string all = figures_.input_hash;
            for (const std::string& each : used_) all += '\n' + each;
            figures_.input_hash = sha256(all).substr(0, figures_.input_hash.size());
        }
        return std::move(findings_);
    }

private:
    struct placed_row {
        std::size_t period;
        cell_key key;
        supplied_row row;
    };

    void report(const supplied_row& row, const char* column, const char* rule, std::string message,
                finding_action action = finding_action::kept) {
        finding entry;
        entry.table = "supplied_figure";
        entry.column = column;
        entry.rule = rule;
        entry.action = action;
        entry.message = std::move(message);
        entry.row = row.source.row;
        if (row.source.file < data_.files().size()) entry.file = data_.files()[row.source.file].name;
        entry.key = row.indicator + " " + row.period + " " + row.breakdown;
        findings_.push_back(std::move(entry));
    }

    void place(const supplied_row& row) {
        const auto result = std::find_if(figures_.indicators.begin(), figures_.indicators.end(),
                                         [&](const indicator_result& r) { return r.indicator == row.indicator; });
        if (result == figures_.indicators.end()) {
            report(row, "indicator_id", "supplied_unknown",
                   "the figure is of an indicator that this run does not have");
            return;
        }
        const std::optional<cell_key> key = read_key(row.breakdown);
        if (!key) {
            report(row, "breakdown", "supplied_unknown", "a breakdown is written sex=F, or sex=F, age_band=5_9");
            return;
        }
        if (!is_asked_for(*key, asked_for_)) return;
        for (std::size_t p = 0; p < figures_.periods.size(); ++p) {
            if (figures_.periods[p].label == row.period) place_at(*result, p, *key, row);
        }
    }

    void place_at(indicator_result& result, std::size_t p, const cell_key& key, const supplied_row& row) {
        const auto found = std::find_if(result.cells.begin(), result.cells.end(),
                                        [&](const cell& c) { return c.period_index == p && same_key(c.key, key); });
        if (found != result.cells.end() && found->state != cell_state::missing) {
            compare(*found, row, result);
            return;
        }
        cell supplied;
        supplied.period_index = p;
        supplied.key = key;
        const std::string lack = lacking(row, result);
        if (!lack.empty()) {
            report(row, "", "supplied_incomplete", "the figure lacks " + lack + "; it is not shown");
            supplied.reason = "supplied without " + lack + ": it cannot be shown";
        } else if (is_out_of_range(row, result)) {
            report(row, "", "supplied_out_of_range", "the numbers of the figure cannot be; it is not shown");
            supplied.reason = "the numbers supplied cannot be: numerator above denominator, below zero or not whole";
        } else {
            fill(supplied, row, result);
            check_value(supplied, row, result);
            supplied.reason = std::string(supplied_mark) + ": by " + row.by + (row.on.empty() ? "" : ", " + row.on);
            placed_[&result].push_back({p, key, row});
            used_.push_back(row.indicator + '\t' + row.period + '\t' + row.breakdown + '\t' + row.by + '\t' + row.note +
                            '\t' + number_text(supplied.numerator) + '\t' + number_text(supplied.denominator) + '\t' +
                            std::to_string(supplied.value ? supplied.value->numerator : -1) + '/' +
                            std::to_string(supplied.value ? supplied.value->denominator : 0));
        }
        if (found != result.cells.end()) {
            *found = std::move(supplied);
        } else {
            result.cells.push_back(std::move(supplied));
        }
    }

    static std::string number_text(const std::optional<std::int64_t>& number) {
        return number ? std::to_string(*number) : "-";
    }

    void check_value(const cell& c, const supplied_row& row, const indicator_result& result) {
        if (!row.value || !c.value || !row.numerator) return;
        const double shown = c.value->as_double() * (is_share(result) ? 100 : 1);
        if (!agree_when_shown(shown, row.value->as_double())) {
            report(row, "value", "supplied_disagrees", "the value is not what its numbers give; the numbers are used");
        }
    }

    void compare(const cell& computed, const supplied_row& row, const indicator_result& result) {
        if (!lacking(row, result).empty() || is_out_of_range(row, result)) return;
        cell supplied;
        fill(supplied, row, result);
        const bool same = computed.value.has_value() == supplied.value.has_value() &&
                          (!computed.value || equal(*computed.value, *supplied.value));
        if (!same) {
            report(row, "value", "supplied_differs",
                   "the figure differs from the one computed from rows, which is shown");
        }
    }

    /// Says at each supplied cell when it was counted otherwise than the cell of the period before.
    void mark_breaks(indicator_result& result, std::vector<placed_row>& placed) {
        std::sort(placed.begin(), placed.end(),
                  [](const placed_row& a, const placed_row& b) { return a.period < b.period; });
        for (const placed_row& now : placed) {
            if (now.period == 0 || figures_.periods[now.period - 1].kind != figures_.periods[now.period].kind) continue;
            const std::string why = break_before(result, placed, now);
            if (why.empty()) continue;
            for (cell& c : result.cells) {
                if (c.period_index == now.period && same_key(c.key, now.key))
                    c.reason += "; break in the series: " + why;
            }
        }
    }

    static std::string break_before(const indicator_result& result, const std::vector<placed_row>& placed,
                                    const placed_row& now) {
        for (const placed_row& before : placed) {
            if (before.period + 1 != now.period || !same_key(before.key, now.key)) continue;
            if (before.row.by != now.row.by) return "supplied by " + before.row.by + " before";
            if (before.row.note != now.row.note) return "counted otherwise before";
            return {};
        }
        for (const cell& c : result.cells) {
            if (c.period_index + 1 == now.period && same_key(c.key, now.key) && c.value)
                return "computed from rows before";
        }
        return {};
    }

    results& figures_;
    const dataset& data_;
    const std::vector<breakdown>& asked_for_;
    std::vector<finding> findings_;
    std::map<indicator_result*, std::vector<placed_row>> placed_;
    std::vector<std::string> used_;
};

}  // namespace

std::vector<finding> add_supplied_figures(results& figures, const dataset& data,
                                          const std::vector<breakdown>& asked_for) {
    const table* rows = data.find("supplied_figure");
    if (rows == nullptr) return {};
    return figure_filler(figures, data, asked_for).fill_from(*rows);
}

}  // namespace goldenthread
