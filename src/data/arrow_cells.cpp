#include "data/arrow_cells.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

namespace goldenthread::detail {

static_assert(std::endian::native == std::endian::little, "Arrow buffers are read as little-endian");

namespace {

constexpr std::int64_t largest_int64 = std::numeric_limits<std::int64_t>::max();

std::string where(const arrow_place& place) {
    return "table " + place.table + (place.column.empty() ? "" : ": column '" + place.column + "'");
}

[[noreturn]] void unsupported(const arrow_place& place, const std::string& format, std::string remedy) {
    error_context context;
    context.place = place.column.empty() ? "" : "column " + place.column;
    context.remedy = std::move(remedy);
    throw data_error(where(place) + " has the Arrow format '" + format + "', which cannot be read", std::move(context));
}

template <class Value>
Value read_value(const void* buffer, std::int64_t i) noexcept {
    Value value;
    std::memcpy(&value, static_cast<const char*>(buffer) + static_cast<std::size_t>(i) * sizeof(Value), sizeof(Value));
    return value;
}

bool bit_at(const std::uint8_t* bits, std::int64_t i) noexcept {
    const auto bit = static_cast<std::uint64_t>(i);
    return ((bits[bit >> 3U] >> (bit & 7U)) & 1U) != 0;
}

/// An integer of 1, 2, 4 or 8 bytes; nothing for an unsigned one above the largest int64.
std::optional<std::int64_t> read_integer(const void* buffer, std::int64_t i, int width, bool is_signed) noexcept {
    switch (width) {
        case 1:
            return is_signed ? std::int64_t{read_value<std::int8_t>(buffer, i)} : read_value<std::uint8_t>(buffer, i);
        case 2:
            return is_signed ? std::int64_t{read_value<std::int16_t>(buffer, i)} : read_value<std::uint16_t>(buffer, i);
        case 4:
            return is_signed ? std::int64_t{read_value<std::int32_t>(buffer, i)} : read_value<std::uint32_t>(buffer, i);
        default:
            break;
    }
    if (is_signed) return read_value<std::int64_t>(buffer, i);
    const auto value = read_value<std::uint64_t>(buffer, i);
    if (value > static_cast<std::uint64_t>(largest_int64)) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

/// Sign and magnitude of a two's complement integer of 4 to 32 bytes, in 32-bit limbs, least significant first.
struct wide_integer {
    bool negative = false;
    std::uint32_t limbs[8] = {};

    wide_integer(const void* buffer, std::int64_t i, int width) noexcept {
        const std::size_t bytes = static_cast<std::size_t>(width);
        const std::size_t used = bytes / 4;
        std::memcpy(limbs, static_cast<const char*>(buffer) + static_cast<std::size_t>(i) * bytes, bytes);
        negative = (limbs[used - 1] >> 31U) != 0;
        std::uint64_t carry = 1;
        for (std::size_t limb = 0; negative && limb < used; ++limb) {
            carry += ~limbs[limb];
            limbs[limb] = static_cast<std::uint32_t>(carry);
            carry >>= 32U;
        }
    }
    /// Remainder of a division by ten; the quotient stays.
    std::uint32_t divide_by_ten() noexcept {
        std::uint64_t rest = 0;
        for (std::size_t limb = 8; limb-- > 0;) {
            rest = (rest << 32U) | limbs[limb];
            limbs[limb] = static_cast<std::uint32_t>(rest / 10);
            rest %= 10;
        }
        return static_cast<std::uint32_t>(rest);
    }
    [[nodiscard]] bool is_zero() const noexcept {
        for (const std::uint32_t limb : limbs) {
            if (limb != 0) return false;
        }
        return true;
    }
    [[nodiscard]] std::optional<std::int64_t> to_int64() const noexcept {
        for (std::size_t limb = 2; limb < 8; ++limb) {
            if (limbs[limb] != 0) return std::nullopt;
        }
        const std::uint64_t magnitude = (std::uint64_t{limbs[1]} << 32U) | limbs[0];
        if (magnitude > static_cast<std::uint64_t>(largest_int64)) return std::nullopt;
        const auto value = static_cast<std::int64_t>(magnitude);
        return negative ? -value : value;
    }
};

arrow_cell decimal_cell(wide_integer value, int scale) noexcept {
    arrow_cell cell;
    cell.kind = cell_kind::decimal;
    if (value.is_zero()) return cell;
    while (scale > 0) {
        wide_integer shorter = value;
        if (shorter.divide_by_ten() != 0) break;
        value = shorter;
        --scale;
    }
    auto mantissa = value.to_int64();
    for (; scale < 0 && mantissa; ++scale) {
        if (*mantissa > largest_int64 / 10 || *mantissa < -(largest_int64 / 10)) {
            mantissa.reset();
        } else {
            *mantissa *= 10;
        }
    }
    if (!mantissa || scale > 18) {
        cell.kind = cell_kind::too_large;
        return cell;
    }
    cell.integer = *mantissa;
    cell.scale = scale;
    return cell;
}

arrow_cell date_cell(std::int64_t value, const arrow_type& type) noexcept {
    std::int64_t day = value / type.units_per_day;
    std::int64_t rest = value % type.units_per_day + type.zone_shift;
    if (rest < 0) {
        rest += type.units_per_day;
        --day;
    }
    // A time before 1970 and a shift westwards may each have borrowed a day.
    if (rest < 0) {
        rest += type.units_per_day;
        --day;
    }
    if (rest >= type.units_per_day) {
        rest -= type.units_per_day;
        ++day;
    }
    arrow_cell cell;
    cell.kind = cell_kind::date;
    cell.integer = day;
    cell.time_cut = type.has_zone && rest != 0;
    return cell;
}

/// "+01:00" in seconds.
std::optional<std::int64_t> fixed_zone_seconds(std::string_view zone) noexcept {
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
    for (const std::size_t i : {1U, 2U, 4U, 5U}) {
        if (!is_ascii_digit(zone[i])) return std::nullopt;
    }
    const int hours = (zone[1] - '0') * 10 + (zone[2] - '0');
    const int minutes = (zone[4] - '0') * 10 + (zone[5] - '0');
    if (hours > 23 || minutes > 59) return std::nullopt;
    const std::int64_t seconds = hours * 3600 + minutes * 60;
    return zone[0] == '-' ? -seconds : seconds;
}

bool is_utc(std::string_view zone) noexcept {
    for (const std::string_view name : {"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z", "UCT", "Etc/UCT", "Zulu"}) {
        if (zone == name) return true;
    }
    return false;
}

void parse_timestamp(std::string_view format, arrow_type& type, const arrow_place& place) {
    constexpr std::int64_t seconds_per_day = 86400;
    const char unit = format[2];
    const std::int64_t units_per_second = unit == 's' ? 1 : unit == 'm' ? 1000 : unit == 'u' ? 1000000 : 1000000000;
    type.kind = arrow_kind::date;
    type.width = 8;
    type.units_per_day = seconds_per_day * units_per_second;
    const std::string_view zone = format.substr(4);
    if (zone.empty()) return;
    type.has_zone = true;
    if (is_utc(zone)) return;
    const auto shift = fixed_zone_seconds(zone);
    if (!shift) {
        unsupported(place, type.format,
                    "turn the times of zone " + std::string(zone) +
                        " into local times without a zone, or into dates, before handing the table over");
    }
    type.zone_shift = *shift * units_per_second;
}

/// d:precision,scale or d:precision,scale,bits
void parse_decimal_type(std::string_view format, arrow_type& type, const arrow_place& place) {
    int numbers[3] = {0, 0, 128};
    const char* at = format.data() + 2;
    const char* const end = format.data() + format.size();
    int count = 0;
    while (count < 3) {
        const auto [next, failure] = std::from_chars(at, end, numbers[count]);
        if (failure != std::errc{}) break;
        ++count;
        at = next;
        if (at == end || *at != ',') break;
        ++at;
    }
    const int bits = numbers[2];
    const bool known_bits = bits == 32 || bits == 64 || bits == 128 || bits == 256;
    if (count < 2 || at != end || !known_bits || numbers[1] < -76 || numbers[1] > 76) {
        unsupported(place, type.format, "hand the column over as decimal128");
    }
    type.kind = arrow_kind::decimal;
    type.scale = numbers[1];
    type.width = bits / 8;
}

bool parse_integer_type(std::string_view format, int& width, bool& is_signed) noexcept {
    constexpr std::string_view letters = "cCsSiIlL";
    const std::size_t found = format.size() == 1 ? letters.find(format[0]) : std::string_view::npos;
    if (found == std::string_view::npos) return false;
    width = 1 << (found / 2);
    is_signed = found % 2 == 0;
    return true;
}

bool parse_text_type(std::string_view format, arrow_type& type) noexcept {
    if (format == "u") {
        type.layout = text_layout::offsets32;
    } else if (format == "U") {
        type.layout = text_layout::offsets64;
    } else if (format == "vu") {
        type.layout = text_layout::views;
    } else {
        return false;
    }
    type.kind = arrow_kind::text;
    return true;
}

arrow_type parse_flat_type(const ArrowSchema& schema, const arrow_place& place) {
    if (schema.format == nullptr) broken_producer(place, "a format is missing");
    arrow_type type;
    type.format = schema.format;
    const std::string_view format = type.format;
    if (parse_integer_type(format, type.width, type.is_signed)) {
        type.kind = arrow_kind::integer;
    } else if (parse_text_type(format, type) || format == "n") {
        // nothing more to say
    } else if (format == "b") {
        type.kind = arrow_kind::boolean;
    } else if (format == "f" || format == "g") {
        type.kind = arrow_kind::floating;
        type.width = format == "f" ? 4 : 8;
    } else if (format == "tdD" || format == "tdm") {
        type.kind = arrow_kind::date;
        type.width = format == "tdD" ? 4 : 8;
        type.units_per_day = format == "tdD" ? 1 : 86400000;
    } else if (format.size() >= 4 && format.substr(0, 2) == "ts" && format[3] == ':' &&
               std::string_view("smun").find(format[2]) != std::string_view::npos) {
        parse_timestamp(format, type, place);
    } else if (format.substr(0, 2) == "d:") {
        parse_decimal_type(format, type, place);
    } else {
        unsupported(place, type.format,
                    "leave the column out, or hand it over as text, dates, whole numbers, decimals or booleans");
    }
    return type;
}

bool is_valid_count(std::int64_t value) noexcept { return value >= 0 && value <= largest_int64 / 64; }

}  // namespace

void broken_producer(const arrow_place& place, const std::string& what) {
    throw data_error(where(place) + ": the producer does not keep to the Arrow C data interface: " + what);
}

arrow_type parse_arrow_type(const ArrowSchema& schema, const arrow_place& place) {
    if (schema.format == nullptr) broken_producer(place, "a format is missing");
    const std::string format = schema.format;
    arrow_type type;
    if (schema.dictionary != nullptr) {
        if (schema.dictionary->dictionary != nullptr) unsupported(place, format, "a dictionary of a dictionary");
        type = parse_flat_type(*schema.dictionary, place);
        type.encoding = arrow_encoding::dictionary;
        if (!parse_integer_type(format, type.index_width, type.index_signed)) {
            broken_producer(place, "dictionary indices of format '" + format + "'");
        }
    } else if (format == "+r") {
        if (schema.n_children != 2 || schema.children == nullptr || schema.children[0] == nullptr ||
            schema.children[1] == nullptr || schema.children[0]->format == nullptr) {
            broken_producer(place, "a run-end encoded column without its two children");
        }
        if (schema.children[1]->dictionary != nullptr) {
            unsupported(place, "+r of a dictionary", "hand the column over without run-end encoding");
        }
        type = parse_flat_type(*schema.children[1], place);
        type.encoding = arrow_encoding::run_end;
        if (!parse_integer_type(schema.children[0]->format, type.index_width, type.index_signed)) {
            broken_producer(place, "run ends that are not integers");
        }
    } else {
        type = parse_flat_type(schema, place);
    }
    type.format = format;
    return type;
}

flat_array::flat_array(const arrow_type& type, const ArrowArray& array, const arrow_place& place)
    : type_(&type), place_(&place), offset_(array.offset), size_(array.length) {
    if (!is_valid_count(array.length)) broken_producer(place, "a negative or impossible length");
    if (!is_valid_count(array.offset)) broken_producer(place, "a negative or impossible offset");
    if (type.kind == arrow_kind::null || size_ == 0) return;
    const bool is_text = type.kind == arrow_kind::text;
    const std::int64_t expected = !is_text ? 2 : 3;
    const bool enough =
        is_text && type.layout == text_layout::views ? array.n_buffers >= expected : array.n_buffers == expected;
    if (!enough) broken_producer(place, std::to_string(array.n_buffers) + " buffers");
    if (array.buffers == nullptr) broken_producer(place, "no buffers");
    if (array.null_count != 0) validity_ = static_cast<const std::uint8_t*>(array.buffers[0]);
    values_ = array.buffers[1];
    if (values_ == nullptr) broken_producer(place, "a missing buffer of values");
    if (is_text) take_text_buffers(array);
}

void flat_array::take_text_buffers(const ArrowArray& array) {
    if (type_->layout != text_layout::views) {
        text_ = static_cast<const char*>(array.buffers[2]);
        text_end_ = text_offset(offset_ + size_);
        return;
    }
    blocks_ = array.buffers + 2;
    block_count_ = array.n_buffers - 3;
    block_sizes_ = array.buffers[array.n_buffers - 1];
    if (block_count_ > 0 && block_sizes_ == nullptr) broken_producer(*place_, "text blocks without their sizes");
}

bool flat_array::is_null(std::int64_t i) const noexcept {
    if (type_->kind == arrow_kind::null) return true;
    return validity_ != nullptr && !bit_at(validity_, offset_ + i);
}

arrow_cell flat_array::at(std::int64_t i) const {
    arrow_cell cell;
    if (is_null(i)) return cell;
    const std::int64_t physical = offset_ + i;
    switch (type_->kind) {
        case arrow_kind::null:
            return cell;
        case arrow_kind::boolean:
            cell.kind = cell_kind::boolean;
            cell.integer = bit_at(static_cast<const std::uint8_t*>(values_), physical) ? 1 : 0;
            return cell;
        case arrow_kind::integer: {
            const auto value = read_integer(values_, physical, type_->width, type_->is_signed);
            cell.kind = value ? cell_kind::integer : cell_kind::too_large;
            cell.integer = value.value_or(0);
            return cell;
        }
        case arrow_kind::floating:
            cell.single = type_->width == 4;
            cell.floating = cell.single ? static_cast<double>(read_value<float>(values_, physical))
                                        : read_value<double>(values_, physical);
            // Data frames write "not known" as not-a-number.
            cell.kind = std::isnan(cell.floating) ? cell_kind::null : cell_kind::floating;
            return cell;
        case arrow_kind::decimal:
            return decimal_cell({values_, physical, type_->width}, type_->scale);
        case arrow_kind::date:
            return date_cell(type_->width == 4 ? read_value<std::int32_t>(values_, physical)
                                               : read_value<std::int64_t>(values_, physical),
                             *type_);
        case arrow_kind::text:
            cell.kind = cell_kind::text;
            cell.text = type_->layout == text_layout::views ? view_at(physical) : text_at(physical);
            return cell;
    }
    return cell;
}

std::int64_t flat_array::text_offset(std::int64_t i) const noexcept {
    return type_->layout == text_layout::offsets32 ? read_value<std::int32_t>(values_, i)
                                                   : read_value<std::int64_t>(values_, i);
}

std::string_view flat_array::text_at(std::int64_t physical) const {
    const std::int64_t from = text_offset(physical);
    const std::int64_t to = text_offset(physical + 1);
    // An offset beyond the last one would be noticed only after a step beyond the text.
    if (from < 0 || to < from || to > text_end_) broken_producer(*place_, "text offsets that run backwards");
    if (from == to) return {};
    if (text_ == nullptr) broken_producer(*place_, "text offsets without text");
    return {text_ + from, static_cast<std::size_t>(to - from)};
}

std::string_view flat_array::view_at(std::int64_t physical) const {
    constexpr std::int32_t longest_inline = 12;
    const char* view = static_cast<const char*>(values_) + physical * 16;
    const auto size = read_value<std::int32_t>(view, 0);
    if (size < 0) broken_producer(*place_, "a text view of negative length");
    if (size <= longest_inline) return {view + 4, static_cast<std::size_t>(size)};
    const auto block = read_value<std::int32_t>(view, 2);
    const auto from = read_value<std::int32_t>(view, 3);
    if (block < 0 || block >= block_count_ || blocks_[block] == nullptr) {
        broken_producer(*place_, "a text view into a block that is not there");
    }
    const auto block_size = read_value<std::int64_t>(block_sizes_, block);
    if (from < 0 || std::int64_t{from} + size > block_size) broken_producer(*place_, "a text view beyond its block");
    return {static_cast<const char*>(blocks_[block]) + from, static_cast<std::size_t>(size)};
}

namespace {

/// The array that holds the values themselves.
const ArrowArray& value_array(const arrow_type& type, const ArrowArray& array, const arrow_place& place) {
    if (type.encoding == arrow_encoding::dictionary) {
        if (array.dictionary == nullptr) broken_producer(place, "a dictionary is missing");
        return *array.dictionary;
    }
    if (type.encoding == arrow_encoding::run_end) {
        if (array.n_children != 2 || array.children == nullptr || array.children[0] == nullptr ||
            array.children[1] == nullptr) {
            broken_producer(place, "a run-end encoded column without its two children");
        }
        return *array.children[1];
    }
    return array;
}

}  // namespace

arrow_cells::arrow_cells(const arrow_type& type, const ArrowArray& array, const ArrowArray& batch,
                         const arrow_place& place)
    : type_(&type),
      place_(&place),
      first_(batch.offset),
      rows_(batch.length),
      batch_offset_(batch.offset),
      values_(type, value_array(type, array, place), place) {
    if (!is_valid_count(batch.length) || !is_valid_count(batch.offset)) {
        broken_producer(place, "a batch of negative or impossible length or offset");
    }
    if (array.length < batch.offset + batch.length) {
        broken_producer(place, "fewer values than the batch has rows");
    }
    if (batch.n_buffers > 0 && batch.buffers != nullptr && batch.null_count != 0) {
        batch_validity_ = static_cast<const std::uint8_t*>(batch.buffers[0]);
    }
    if (type.encoding == arrow_encoding::flat) return;
    index_type_.kind = arrow_kind::integer;
    index_type_.width = type.index_width;
    index_type_.is_signed = type.index_signed;
    if (type.encoding == arrow_encoding::dictionary) {
        indices_ = std::make_unique<flat_array>(index_type_, array, place);
    } else {
        locate_runs(array);
    }
}

void arrow_cells::locate_runs(const ArrowArray& array) {
    if (!is_valid_count(array.offset)) broken_producer(*place_, "a negative or impossible offset");
    const flat_array ends(index_type_, *array.children[0], *place_);
    std::int64_t run = 0;
    std::int64_t end = ends.size() > 0 ? ends.at(0).integer : 0;
    runs_.reserve(static_cast<std::size_t>(rows_));
    for (std::int64_t row = 0; row < rows_; ++row) {
        const std::int64_t logical = array.offset + first_ + row;
        while (logical >= end) {
            if (++run >= ends.size()) broken_producer(*place_, "run ends that stop before the last row");
            end = ends.at(run).integer;
        }
        if (run >= values_.size()) broken_producer(*place_, "more runs than values");
        runs_.push_back(run);
    }
}

std::int64_t arrow_cells::position(std::int64_t row) const {
    if (batch_validity_ != nullptr && !bit_at(batch_validity_, batch_offset_ + row)) return -1;
    if (type_->encoding == arrow_encoding::run_end) return runs_[static_cast<std::size_t>(row)];
    if (type_->encoding == arrow_encoding::flat) return first_ + row;
    const arrow_cell index = indices_->at(first_ + row);
    if (index.kind == cell_kind::null) return -1;
    if (index.kind != cell_kind::integer || index.integer < 0 || index.integer >= values_.size()) {
        broken_producer(*place_, "a dictionary index outside the dictionary");
    }
    return index.integer;
}

arrow_cell arrow_cells::at(std::int64_t row) const {
    const std::int64_t at = position(row);
    return at < 0 ? arrow_cell{} : values_.at(at);
}

}  // namespace goldenthread::detail
