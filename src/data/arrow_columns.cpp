#include "data/arrow_columns.hpp"

#include "data/cell_rules.hpp"
#include "data/text_index.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

namespace goldenthread::detail {

namespace {

constexpr std::int64_t largest_int64 = std::numeric_limits<std::int64_t>::max();
constexpr double largest_exact_double = 9007199254740992.0;  // 2^53
constexpr int most_float_places = 9;
constexpr int most_decimal_places = 18;

constexpr std::int64_t powers_of_ten[19] = {1,
                                            10,
                                            100,
                                            1000,
                                            10000,
                                            100000,
                                            1000000,
                                            10000000,
                                            100000000,
                                            1000000000,
                                            10000000000,
                                            100000000000,
                                            1000000000000,
                                            10000000000000,
                                            100000000000000,
                                            1000000000000000,
                                            10000000000000000,
                                            100000000000000000,
                                            1000000000000000000};

/// mantissa / 10^scale
struct decimal_value {
    std::int64_t mantissa = 0;
    int scale = 0;
    bool exact = true;
};

decimal_value shortened(decimal_value value) noexcept {
    while (value.scale > 0 && value.mantissa % 10 == 0) {
        value.mantissa /= 10;
        --value.scale;
    }
    return value;
}

std::optional<std::int64_t> rescaled(const decimal_value& value, int scale) noexcept {
    const std::int64_t factor = powers_of_ten[scale - value.scale];
    if (value.mantissa > largest_int64 / factor || value.mantissa < -(largest_int64 / factor)) return std::nullopt;
    return value.mantissa * factor;
}

/// The number to so many places, ties away from zero.
decimal_value rounded_float(double value, int scale) {
    std::string digits = rounded_text(value, scale);
    digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
    decimal_value result{0, scale, false};
    std::from_chars(digits.data(), digits.data() + digits.size(), result.mantissa);
    return result;
}

/// The decimal with the fewest places that reads back as the same floating point number; rounded to nine places, and
/// said so, where there is none. Below 2^53 a division by a power of ten is correctly rounded, so the comparison is
/// exact.
std::optional<decimal_value> float_as_decimal(double value, bool single) {
    if (!std::isfinite(value) || std::fabs(value) >= 9.2e18) return std::nullopt;
    if (std::trunc(value) == value) return decimal_value{static_cast<std::int64_t>(value), 0, true};
    int scale = 0;
    for (int next = 1; next <= most_float_places; ++next) {
        const auto power = static_cast<double>(powers_of_ten[next]);
        const double candidate = std::round(value * power);  // a guess: it counts only if it reads back as the number
        if (std::fabs(candidate) >= largest_exact_double) break;
        scale = next;
        const double back = candidate / power;
        const bool same = single ? static_cast<float>(back) == static_cast<float>(value) : back == value;
        if (same) return shortened({static_cast<std::int64_t>(candidate), scale, true});
    }
    return shortened(rounded_float(value, scale));
}

std::string decimal_value_text(const decimal_value& value) {
    const std::string sign = value.mantissa < 0 ? "-" : "";
    std::string digits = std::to_string(value.mantissa);
    if (value.mantissa < 0) digits.erase(0, 1);
    const auto places = static_cast<std::size_t>(value.scale);
    if (places == 0) return sign + digits;
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
    return sign + digits;
}

/// The number a cell stands for; nothing if it is too large or not finite.
std::optional<decimal_value> number_of(const arrow_cell& cell) {
    switch (cell.kind) {
        case cell_kind::boolean:
        case cell_kind::integer:
            return decimal_value{cell.integer, 0, true};
        case cell_kind::decimal:
            return decimal_value{cell.integer, cell.scale, true};
        case cell_kind::floating:
            return float_as_decimal(cell.floating, cell.single);
        case cell_kind::null:
        case cell_kind::text:
        case cell_kind::date:
        case cell_kind::too_large:
            break;
    }
    return std::nullopt;
}

bool is_number(const arrow_cell& cell) noexcept {
    return cell.kind == cell_kind::integer || cell.kind == cell_kind::floating || cell.kind == cell_kind::decimal ||
           cell.kind == cell_kind::too_large;
}

std::string_view kind_name(cell_kind kind) noexcept {
    switch (kind) {
        case cell_kind::null:
            return "nothing";
        case cell_kind::boolean:
            return "booleans";
        case cell_kind::integer:
        case cell_kind::too_large:
            return "whole numbers";
        case cell_kind::floating:
            return "floating point numbers";
        case cell_kind::decimal:
            return "decimals";
        case cell_kind::date:
            return "dates";
        case cell_kind::text:
            return "text";
    }
    return "";
}

/// Text where the definition asks for something else is read as from a CSV file.
class text_reader {
public:
    explicit text_reader(const column_target& target) : unused_("", value_type::text) {
        static const schema nothing;
        if (target.is_defined()) {
            reader_.emplace(*target.wanted, target.code_sets != nullptr ? *target.code_sets : nothing, date_style::iso,
                            0);
        }
    }
    [[nodiscard]] cell_result read(std::string_view text) {
        return reader_ ? reader_->read(text, unused_) : cell_result{};
    }

private:
    std::optional<cell_reader> reader_;
    column_builder unused_;
};

class date_collector final : public column_collector {
public:
    date_collector(column_target target, std::vector<finding>& findings)
        : column_collector(std::move(target), findings),
          text_reader_(this->target()),
          builder_(this->target().place.column, value_type::date) {}

    column finish() override {
        if (times_cut_ > 0) {
            report_at(0, "utc_time_cut", finding_action::repaired,
                      "times of a time zone other than midnight were cut to the day of that zone; hand over local "
                      "times without a zone if these are local midnights",
                      "");
        }
        return builder_.finish();
    }

private:
    void take(const arrow_cell& cell) override {
        if (cell.kind == cell_kind::null) {
            builder_.append_null();
        } else if (cell.kind == cell_kind::date) {
            times_cut_ += cell.time_cut ? 1U : 0U;
            take_day(cell.integer);
        } else if (cell.kind == cell_kind::text) {
            take_text(cell.text);
        } else {
            refuse(cell);
        }
    }
    void take_day(std::int64_t value) {
        if (value < earliest_day || value > latest_day) {
            const bool writable = value >= to_day(1, 1, 1) && value <= to_day(9999, 12, 31);
            report("date_out_of_range", finding_action::kept, "a day outside 1900 to 2199; read as empty",
                   writable ? to_iso(static_cast<day>(value)) : std::to_string(value) + " days since 1970-01-01");
            builder_.append_null();
        } else if (target().is_defined() && value == earliest_day) {
            builder_.append_null();  // 1900-01-01 stands for a blank
        } else {
            builder_.append_day(static_cast<day>(value));
        }
    }
    void take_text(std::string_view text) {
        const cell_result result = text_reader_.read(text);
        if (result.rule != nullptr) report(result.rule, result.action, result.message, std::string(text));
        if (result.null) {
            builder_.append_null();
        } else {
            builder_.append_day(static_cast<day>(result.value));
        }
    }

    text_reader text_reader_;
    column_builder builder_;
    std::size_t times_cut_ = 0;
};

class boolean_collector final : public column_collector {
public:
    boolean_collector(column_target target, std::vector<finding>& findings)
        : column_collector(std::move(target), findings),
          text_reader_(this->target()),
          builder_(this->target().place.column, value_type::boolean) {}

    column finish() override { return builder_.finish(); }

private:
    void take(const arrow_cell& cell) override {
        if (cell.kind == cell_kind::null) {
            builder_.append_null();
            return;
        }
        if (cell.kind == cell_kind::date) refuse(cell);
        if (cell.kind == cell_kind::text) {
            take_text(cell.text);
            return;
        }
        const auto number = number_of(cell);
        if (number && number->scale == 0 && (number->mantissa == 0 || number->mantissa == 1)) {
            builder_.append_boolean(number->mantissa == 1);
        } else {
            report("boolean_unreadable", finding_action::kept, "neither true nor false; read as empty",
                   cell_text(cell));
            builder_.append_null();
        }
    }
    void take_text(std::string_view text) {
        const cell_result result = text_reader_.read(text);
        if (result.rule != nullptr) report(result.rule, result.action, result.message, std::string(text));
        if (result.null) {
            builder_.append_null();
        } else {
            builder_.append_boolean(result.value != 0);
        }
    }

    text_reader text_reader_;
    column_builder builder_;
};

/// Whole numbers and decimals. Values are kept with their own scale until all are known.
class number_collector final : public column_collector {
public:
    /// `preferred_scale` is the producer's; `whole_if_possible` infers int64 where no value has places.
    number_collector(column_target target, int preferred_scale, bool whole_if_possible, std::vector<finding>& findings)
        : column_collector(std::move(target), findings),
          text_reader_(this->target()),
          preferred_scale_(preferred_scale),
          whole_if_possible_(whole_if_possible) {}

    column finish() override {
        int scale = 0;
        for (const auto& value : values_) scale = std::max(scale, value.scale);
        const bool whole = this->target().type == value_type::int64 || (whole_if_possible_ && scale == 0);
        if (!whole) scale = chosen_scale(scale);
        column_builder builder(this->target().place.column, whole ? value_type::int64 : value_type::decimal, scale);
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const auto mantissa = values_[i].scale == null_scale ? std::nullopt : rescaled(values_[i], scale);
            if (mantissa) {
                builder.append_int64(*mantissa);
                continue;
            }
            if (values_[i].scale != null_scale) {
                report_at(i + 1, "number_out_of_range", finding_action::kept, too_large,
                          decimal_value_text(values_[i]));
            }
            builder.append_null();
        }
        return builder.finish();
    }

private:
    static constexpr int null_scale = -1;
    static constexpr const char* too_large = "a number outside the range of the column; read as empty";

    void take(const arrow_cell& cell) override {
        if (cell.kind == cell_kind::date) refuse(cell);
        if (cell.kind == cell_kind::null) {
            push_null();
        } else if (cell.kind == cell_kind::text) {
            take_text(cell.text);
        } else {
            take_number(cell);
        }
    }
    void take_text(std::string_view text) {
        const cell_result result = text_reader_.read(text);
        if (result.rule != nullptr) report(result.rule, result.action, result.message, std::string(text));
        if (result.null) {
            push_null();
        } else {
            const int scale = target().type == value_type::decimal ? text_decimal_scale : 0;
            values_.push_back(shortened({result.value, scale, true}));
        }
    }
    void take_number(const arrow_cell& cell) {
        const auto number = number_of(cell);
        const bool wants_whole = target().type == value_type::int64;
        if (!number) {
            reject("number_out_of_range", too_large, cell);
        } else if (wants_whole && number->scale > 0) {
            reject("number_unreadable", "not a whole number; read as empty", cell);
        } else if (wants_whole && target().is_defined() && number->mantissa < 0 && target().wanted->minimum == 0) {
            reject("negative_count", "a count below zero; read as empty", cell);
        } else if (wants_whole && target().is_defined() &&
                   (number->mantissa < target().wanted->minimum || number->mantissa > target().wanted->maximum)) {
            reject("number_out_of_range", too_large, cell);
        } else {
            if (!number->exact) {
                report("number_rounded", finding_action::repaired,
                       "a floating point number that is no short decimal; rounded to nine places at most",
                       cell_text(cell));
            }
            values_.push_back(*number);
        }
    }
    void reject(const char* rule, const char* message, const arrow_cell& cell) {
        report(rule, finding_action::kept, message, cell_text(cell));
        push_null();
    }
    void push_null() { values_.push_back({0, null_scale, true}); }

    /// The producer's scale if every value fits it, else as few places as the values need.
    [[nodiscard]] int chosen_scale(int needed) const {
        if (preferred_scale_ < needed || preferred_scale_ > most_decimal_places) return needed;
        const bool fits = std::all_of(values_.begin(), values_.end(), [&](const decimal_value& value) {
            return value.scale == null_scale || rescaled(value, preferred_scale_).has_value();
        });
        return fits ? preferred_scale_ : needed;
    }

    text_reader text_reader_;
    int preferred_scale_;
    bool whole_if_possible_;
    std::vector<decimal_value> values_;
};

struct text_hash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

/// What became of one distinct text: worked out once, applied to every row that has it.
struct text_outcome {
    std::int32_t code = -1;      ///< into the dictionary; -1 = null
    const char* rule = nullptr;  ///< null = nothing to report
    finding_action action = finding_action::kept;
    const char* message = nullptr;
};

/// Text, category and label.
class text_collector final : public column_collector {
public:
    text_collector(column_target target, std::vector<finding>& findings)
        : column_collector(std::move(target), findings), text_reader_(this->target()), codes_(this->target().codes()) {}

    void append(const arrow_cells& cells) override {
        const bool by_dictionary =
            cells.type().encoding != arrow_encoding::flat && cells.type().kind == arrow_kind::text;
        if (!by_dictionary) {
            column_collector::append(cells);
            return;
        }
        // Every distinct value is looked at once.
        std::vector<text_outcome> outcomes(static_cast<std::size_t>(cells.values().size()));
        std::vector<bool> known(outcomes.size(), false);
        for (std::int64_t row = 0; row < cells.rows(); ++row) {
            const std::int64_t at = cells.position(row);
            if (at < 0 || cells.values().is_null(at)) {
                push(-1);
            } else {
                const auto i = static_cast<std::size_t>(at);
                if (!known[i]) outcomes[i] = outcome_of(cells.values().at(at).text);
                known[i] = true;
                apply(outcomes[i], cells.values(), at);
            }
            next_row();
        }
    }

    /// True if `raw` is taken unchanged and as the dictionary's entry number `code`.
    bool stands_for_itself(std::string_view raw, std::int32_t code) {
        return outcome_of(raw).code == code && texts_.texts()[static_cast<std::size_t>(code)] == raw;
    }

    column finish() override {
        if (numbers_as_text_ && target().is_defined() && target().type != value_type::category) {
            report_at(0, "number_as_text", finding_action::repaired,
                      "numbers were turned into text; leading zeros, if there were any, are lost", "");
        }
        struct storage {
            std::vector<std::int32_t> codes;
            std::vector<std::uint8_t> validity;
        };
        auto data = std::make_shared<storage>(storage{std::move(rows_), std::move(validity_)});
        auto dictionary = std::make_shared<const text_dictionary>(texts_.take());
        const std::uint8_t* validity = nulls_ == 0 ? nullptr : data->validity.data();
        const std::int32_t* codes = data->codes.data();
        return {target().place.column, target().type, row(), codes, validity, std::move(data), std::move(dictionary)};
    }

private:
    void take(const arrow_cell& cell) override {
        if (cell.kind == cell_kind::null) {
            push(-1);
            return;
        }
        if (cell.kind == cell_kind::text) {
            apply(outcome_of(cell.text), cell.text);
            return;
        }
        if (cell.kind == cell_kind::too_large) {
            report("number_out_of_range", finding_action::kept,
                   "a number outside the range of the column; read as empty", "");
            push(-1);
            return;
        }
        numbers_as_text_ = numbers_as_text_ || is_number(cell);
        const std::string text = cell_text(cell);
        apply(outcome_of(text), text);
    }

    void apply(const text_outcome& outcome, const flat_array& values, std::int64_t at) {
        apply(outcome, outcome.rule == nullptr ? std::string_view{} : values.at(at).text);
    }
    void apply(const text_outcome& outcome, std::string_view raw) {
        if (outcome.rule != nullptr) report(outcome.rule, outcome.action, outcome.message, std::string(raw));
        push(outcome.code);
    }
    void push(std::int32_t code) {
        const std::size_t size = rows_.size();
        if ((size & 7U) == 0) validity_.push_back(0);
        if (code >= 0) {
            validity_.back() = static_cast<std::uint8_t>(validity_.back() | (1U << (size & 7U)));
        } else {
            ++nulls_;
        }
        rows_.push_back(std::max(code, 0));
    }

    /// Texts of the dictionary stand for themselves; only the others are remembered apart.
    text_outcome outcome_of(std::string_view raw) {
        if (const std::int32_t own = texts_.find(raw); own >= 0) return code_alone(own);
        if (const auto other = outcomes_.find(raw); other != outcomes_.end()) return other->second;
        const text_outcome outcome = resolve(raw);
        const bool own = outcome.code >= 0 && texts_.texts()[static_cast<std::size_t>(outcome.code)] == raw;
        if (!own) outcomes_.emplace(std::string(raw), outcome);
        return outcome;
    }
    static text_outcome code_alone(std::int32_t code) noexcept {
        return {code, nullptr, finding_action::kept, nullptr};
    }
    text_outcome resolve(std::string_view raw) {
        if (!is_valid_utf8(raw)) {
            return {-1, "text_not_utf8", finding_action::kept, "text that is not valid UTF-8; read as empty"};
        }
        if (!target().is_defined()) return code_alone(intern(raw));
        const std::string_view text = trimmed(raw);
        if (is_blank(text)) return {};
        return target().type == value_type::category ? resolve_code(text) : code_alone(intern(text));
    }
    text_outcome resolve_code(std::string_view text) {
        if (codes_ == nullptr) return code_alone(intern(to_ascii_upper(text)));
        const cell_result result = text_reader_.read(text);
        const std::int32_t code =
            result.null ? -1 : intern(codes_->codes[static_cast<std::size_t>(result.value)].value);
        return {code, result.rule, result.action, result.message};
    }
    std::int32_t intern(std::string_view text) {
        if (texts_.texts().size() >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max() - 1)) {
            throw data_error("table " + target().place.table + ": column '" + target().place.column +
                             "' has more distinct values than can be numbered");
        }
        return texts_.add(text);
    }

    text_reader text_reader_;
    const code_set* codes_;  ///< null = unchecked
    std::unordered_map<std::string, text_outcome, text_hash, std::equal_to<>>
        outcomes_;  ///< of texts not in the dictionary
    text_index texts_;
    std::vector<std::int32_t> rows_;
    std::vector<std::uint8_t> validity_;
    std::size_t nulls_ = 0;
    bool numbers_as_text_ = false;
};

}  // namespace

void column_collector::append(const arrow_cells& cells) {
    for (std::int64_t row = 0; row < cells.rows(); ++row) {
        take(cells.at(row));
        next_row();
    }
}

void column_collector::report_at(std::size_t row, std::string_view rule, finding_action action, std::string message,
                                 std::string value) {
    finding found;
    found.table = target_.place.table;
    found.column = target_.place.column;
    found.rule = rule;
    found.action = action;
    found.message = std::move(message);
    found.row = row;
    found.value = std::move(value);
    findings_->push_back(std::move(found));
}

void column_collector::refuse(const arrow_cell& cell) const {
    const std::string wanted(to_text(target_.type));
    error_context context;
    context.place = "column " + target_.place.column;
    context.remedy = target_.type == value_type::date
                         ? "convert the column to dates first, for instance with pandas.to_datetime"
                         : "convert the column to " + wanted + " first";
    throw data_error("table " + target_.place.table + ": column '" + target_.place.column + "' holds " +
                         std::string(kind_name(cell.kind)) + " and cannot become " + wanted,
                     std::move(context));
}

std::unique_ptr<column_collector> make_collector(column_target target, const arrow_type& type,
                                                 std::vector<finding>& findings) {
    const int scale = type.kind == arrow_kind::decimal ? std::max(type.scale, 0) : 0;
    const bool inferred_float = !target.is_defined() && type.kind == arrow_kind::floating;
    switch (target.type) {
        case value_type::date:
            return std::make_unique<date_collector>(std::move(target), findings);
        case value_type::boolean:
            return std::make_unique<boolean_collector>(std::move(target), findings);
        case value_type::int64:
        case value_type::decimal:
            return std::make_unique<number_collector>(std::move(target), scale, inferred_float, findings);
        case value_type::text:
        case value_type::category:
        case value_type::label:
            break;
    }
    return std::make_unique<text_collector>(std::move(target), findings);
}

std::shared_ptr<const text_dictionary> dictionary_as_it_stands(const column_target& target, const flat_array& values) {
    std::vector<finding> unwanted;
    text_collector collector(target, unwanted);
    for (std::int64_t i = 0; i < values.size(); ++i) {
        if (values.is_null(i) || !collector.stands_for_itself(values.at(i).text, static_cast<std::int32_t>(i)))
            return nullptr;
    }
    return collector.finish().dictionary();
}

std::string cell_text(const arrow_cell& cell) {
    switch (cell.kind) {
        case cell_kind::null:
        case cell_kind::too_large:
            return {};
        case cell_kind::boolean:
            return cell.integer != 0 ? "true" : "false";
        case cell_kind::integer:
            return std::to_string(cell.integer);
        case cell_kind::decimal:
            return decimal_value_text({cell.integer, cell.scale, true});
        case cell_kind::text:
            return std::string(cell.text);
        case cell_kind::date:
            if (cell.integer < to_day(1, 1, 1) || cell.integer > to_day(9999, 12, 31)) {
                return std::to_string(cell.integer) + " days since 1970-01-01";
            }
            return to_iso(static_cast<day>(cell.integer));
        case cell_kind::floating: {
            const auto value = float_as_decimal(cell.floating, cell.single);
            return value ? decimal_value_text(*value) : std::string("not a finite number");
        }
    }
    return {};
}

bool is_valid_utf8(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(text[at])); };
        const unsigned lead = byte(i);
        if (lead < 0x80U) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
        if (lead < 0xC2U || lead > 0xF4U || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U) return false;
        }
        // Overlong forms, surrogates, and beyond U+10FFFF.
        const unsigned second = byte(i + 1);
        if ((lead == 0xE0U && second < 0xA0U) || (lead == 0xEDU && second > 0x9FU) ||
            (lead == 0xF0U && second < 0x90U) || (lead == 0xF4U && second > 0x8FU)) {
            return false;
        }
        i += length;
    }
    return true;
}

}  // namespace goldenthread::detail
