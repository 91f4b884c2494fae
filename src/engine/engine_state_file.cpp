#include "engine/engine_state_file.hpp"

#include "core/json_document.hpp"

#include <goldenthread/core/hash.hpp>
#include <goldenthread/engine/engine_inline.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace goldenthread {

namespace detail {

namespace {

constexpr std::int64_t largest_count = std::int64_t{1} << 48;  // of rows; sums of them stay far from overflow

// --- writing ------------------------------------------------------------------------------------

class byte_writer {
public:
    void byte(unsigned value) { bytes_ += static_cast<char>(value & 255U); }
    void number(std::uint64_t value) {
        for (unsigned shift = 0; shift < 64; shift += 8) byte(static_cast<unsigned>((value >> shift) & 255U));
    }
    void integer(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

void write(byte_writer& out, const times_said& said) {
    out.number(said.size());
    for (const auto& [name, times] : said) {
        out.text(name);
        out.integer(times);
    }
}

/// Only texts that a row holds are written: a dictionary may know others.
void write(byte_writer& out, const column& c) {
    out.text(c.name());
    out.byte(static_cast<unsigned>(c.type()));
    out.byte(static_cast<unsigned>(c.scale()));
    std::vector<std::int64_t> places;
    if (is_text_type(c.type())) {
        places.assign(c.dictionary()->size(), -1);
        std::vector<const std::string*> used;
        for (std::size_t row = 0; row < c.size(); ++row) {
            if (c.is_null(row)) continue;
            std::int64_t& place = places[static_cast<std::size_t>(c.code_at(row))];
            if (place >= 0) continue;
            place = static_cast<std::int64_t>(used.size());
            used.push_back(&(*c.dictionary())[static_cast<std::size_t>(c.code_at(row))]);
        }
        out.number(used.size());
        for (const std::string* text : used) out.text(*text);
    }
    for (std::size_t row = 0; row < c.size(); ++row) {
        out.byte(c.is_null(row) ? 0 : 1);
        if (c.is_null(row)) continue;
        const std::int64_t value = stored_number(c, row);
        out.integer(places.empty() ? value : places[static_cast<std::size_t>(value)]);
    }
}

void write(byte_writer& out, const table& t) {
    out.number(t.row_count());
    out.number(t.columns().size());
    for (const column& c : t.columns()) write(out, c);
    // Rows that hold nothing take a byte too, so that no number asks for more memory than there are bytes.
    for (std::size_t row = 0; t.columns().empty() && row < t.row_count(); ++row) out.byte(0);
}

void write(byte_writer& out, const tally& t) {
    for (const std::int64_t n : {t.counted, t.numerator, t.unknown, t.excluded, t.immature, t.people}) out.integer(n);
    out.number(t.values.size());
    for (const auto& [value, rows] : t.values) {
        out.integer(value);
        out.integer(rows);
    }
}

void write(byte_writer& out, const exact_counts& counts) {
    for (const exact_counts::cells& cells : counts.by_breakdown()) {
        out.number(cells.size());
        for (const auto& [names, tallies] : cells) {
            for (const std::optional<std::string>& name : names) {
                out.byte(name ? 1 : 0);
                if (name) out.text(*name);
            }
            for (const tally& t : tallies) write(out, t);
        }
    }
}

// --- reading ------------------------------------------------------------------------------------

[[noreturn]] void refuse(const std::string& what) {
    error_context context;
    context.remedy = "save the engine again, or take an earlier copy";
    throw data_error("this saved engine state is damaged: " + what, std::move(context));
}

class byte_reader {
public:
    explicit byte_reader(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }
    [[nodiscard]] unsigned byte() {
        if (rest_.empty()) refuse("it ends too early");
        const auto value = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    [[nodiscard]] bool flag() {
        const unsigned value = byte();
        if (value > 1) refuse("a mark is neither 0 nor 1");
        return value == 1;
    }
    [[nodiscard]] std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 8) value |= static_cast<std::uint64_t>(byte()) << shift;
        return value;
    }
    [[nodiscard]] std::int64_t integer() { return static_cast<std::int64_t>(number()); }
    [[nodiscard]] std::int64_t between(std::int64_t least, std::int64_t most, const char* what) {
        const std::int64_t value = integer();
        if (value < least || value > most) refuse(std::string(what) + " is out of range");
        return value;
    }
    /// How many things follow, each of one byte at least.
    [[nodiscard]] std::size_t size() {
        const std::uint64_t value = number();
        if (value > left()) refuse("it ends too early");
        return static_cast<std::size_t>(value);
    }
    [[nodiscard]] std::string text() {
        const std::size_t length = size();
        std::string value(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return value;
    }

private:
    std::string_view rest_;
};

times_said read_times(byte_reader& in, const char* what) {
    times_said said;
    for (std::size_t i = in.size(); i > 0; --i) {
        std::string name = in.text();
        if (!said.emplace(std::move(name), in.between(1, largest_count, what)).second)
            refuse(std::string(what) + " stands twice");
    }
    return said;
}

/// A column of the type that the schema says.
column read_column(byte_reader& in, const table_schema& shape, std::size_t rows) {
    std::string name = in.text();
    const unsigned type_number = in.byte(), scale = in.byte();
    const column_schema* known = shape.find(name);
    constexpr unsigned largest_scale = 18;
    if (known == nullptr || type_number > static_cast<unsigned>(value_type::label) || scale > largest_scale)
        refuse("a column of " + shape.name + " is not one of the schema");
    const auto type = static_cast<value_type>(type_number);
    if (type != known->type && !(is_text_type(type) && is_text_type(known->type)))
        refuse("a column of " + shape.name + " has another type");
    column_builder builder(std::move(name), type, static_cast<int>(scale));
    std::int64_t texts = 0;
    if (is_text_type(type)) {
        for (std::size_t i = in.size(); i > 0; --i) {
            if (builder.intern(in.text()) != texts++) refuse("a text stands twice");
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        if (!in.flag()) {
            builder.append_null();
        } else if (is_text_type(type)) {
            builder.append_code(static_cast<std::int32_t>(in.between(0, texts - 1, "a text's number")));
        } else if (type == value_type::date) {
            builder.append_day(static_cast<day>(in.between(earliest_day, latest_day, "a date")));
        } else if (type == value_type::boolean) {
            builder.append_boolean(in.between(0, 1, "a truth value") == 1);
        } else {
            builder.append_int64(in.integer());
        }
    }
    return builder.finish();
}

table read_table(byte_reader& in, const std::string& name, const schema& tables) {
    const table_schema* shape = tables.find(name);
    const std::size_t rows = in.size(), columns = in.size();
    if (columns > 0 && shape == nullptr) refuse("table " + name + " is not one of the schema");
    std::vector<column> read;
    for (std::size_t i = 0; i < columns; ++i) {
        read.push_back(read_column(in, *shape, rows));
        for (std::size_t j = 0; j < i; ++j) {
            if (read[j].name() == read[i].name()) refuse("a column of " + name + " stands twice");
        }
    }
    if (!read.empty()) return {name, std::move(read)};
    for (std::size_t row = 0; row < rows; ++row) {
        if (in.byte() != 0) refuse("a row that holds nothing holds something");
    }
    return empty_table(name, rows);
}

tally read_tally(byte_reader& in) {
    tally t;
    for (std::int64_t* n : {&t.counted, &t.numerator, &t.unknown, &t.excluded, &t.immature, &t.people})
        *n = in.between(0, largest_count, "a count");
    for (std::size_t i = in.size(); i > 0; --i) {
        const std::int64_t value = in.integer();
        t.add_value(value, in.between(1, largest_count, "a count"));
    }
    return t;
}

exact_counts read_counts(byte_reader& in, const planned_part& part, std::size_t periods) {
    const resolved_measure& m = *part.measure;
    exact_counts counts(m.breakdowns.size() + 1);
    for (std::size_t b = 0; b <= m.breakdowns.size(); ++b) {
        for (std::size_t i = in.size(); i > 0; --i) {
            category_names names(b == 0 ? 0 : m.breakdowns[b - 1].size());
            for (std::optional<std::string>& name : names) {
                if (in.flag()) name = in.text();
            }
            std::vector<tally> tallies;
            for (std::size_t p = 0; p < periods; ++p) tallies.push_back(read_tally(in));
            counts.put(b, std::move(names), std::move(tallies));
        }
    }
    return counts;
}

}  // namespace

std::string write_state(const engine_state& state) {
    byte_writer out;
    write(out, state.tables);
    write(out, state.areas);
    write(out, state.synthetic);
    out.number(state.rows_hash.low);
    out.number(state.rows_hash.high);
    out.number(state.broadcast.size());
    for (const auto& [name, rows] : state.broadcast) {
        out.text(name);
        write(out, rows.rows());
        for (const std::int64_t times : rows.given()) out.integer(times);
    }
    out.number(state.kept.size());
    for (const auto& [name, rows] : state.kept) {
        out.text(name);
        write(out, rows.joined());
    }
    for (const counted_parts& parts : state.counts) {
        for (const std::vector<exact_counts>& axes : parts) {
            for (const exact_counts& counts : axes) write(out, counts);
        }
    }
    return out.take();
}

engine_state read_state(std::string_view bytes, const engine_plan& plan) {
    byte_reader in(bytes);
    const schema& tables = *plan.compiled.tables;
    engine_state state;
    state.tables = read_times(in, "a table");
    state.areas = read_times(in, "an area");
    state.synthetic = read_times(in, "the mark of invented children");
    if (state.areas.size() > 1) refuse("it is about several areas");
    state.rows_hash.low = in.number();
    state.rows_hash.high = in.number();
    for (std::size_t i = in.size(); i > 0; --i) {
        const std::string name = in.text();
        if (!is_broadcast(name) || state.tables.count(name) == 0 || state.broadcast.count(name) != 0)
            refuse("table " + name + " does not belong there");
        const table rows = read_table(in, name, tables);
        std::vector<std::int64_t> given;
        for (std::size_t row = 0; row < rows.row_count(); ++row)
            given.push_back(in.between(1, largest_count, "a count"));
        state.broadcast[name].add(rows, given);
        if (state.broadcast[name].given().size() != given.size()) refuse("a row of " + name + " stands twice");
    }
    for (std::size_t i = in.size(); i > 0; --i) {
        const std::string name = in.text();
        const auto wanted = plan.kept.find(name);
        if (wanted == plan.kept.end() || is_broadcast(name) || state.tables.count(name) == 0 ||
            state.kept.count(name) != 0)
            refuse("table " + name + " does not belong there");
        table rows = read_table(in, name, tables);
        for (const column& c : rows.columns()) {
            if (wanted->second.count(c.name()) == 0)
                refuse("column " + name + "." + c.name() + " is not one that is kept");
        }
        state.kept.try_emplace(name, name).first->second.add(std::move(rows));
    }
    for (const auto& parts : plan.parts) {
        counted_parts& counts = state.counts.emplace_back();
        for (std::size_t p = 0; p < part_count; ++p) {
            if (!parts[p] || !parts[p]->stands_alone()) continue;
            for (const std::vector<std::size_t>& axis : plan.compiled.axes)
                counts[p].push_back(read_counts(in, *parts[p], axis.size()));
        }
    }
    if (in.left() != 0) refuse("something follows its end");
    return state;
}

std::string with_state_header(const std::string& bytes, const std::string& plan_hash, const std::string& key_mark) {
    return R"({"format": "goldenthread/engine_state@1", "plan": ")" + plan_hash + R"(", "key": ")" + key_mark +
           R"(", "bytes": )" + std::to_string(bytes.size()) + R"(, "sha256": ")" + sha256(bytes) + "\"}\n" + bytes;
}

state_header read_state_header(std::string_view saved) {
    constexpr std::size_t longest_line = 4096;
    const std::size_t end = saved.substr(0, longest_line).find('\n');
    if (end == std::string_view::npos) {
        error_context context;
        context.remedy = "engine.save() writes one";
        throw data_error("this is not a saved engine state", std::move(context));
    }
    state_header header;
    std::string digest;
    std::int64_t size = 0;
    try {
        const json_document line = json_document::parse(saved.substr(0, end), "saved engine state");
        line.expect_format("engine_state");
        const json_view root = line.root();
        root.expect_fields({"format", "plan", "key", "bytes", "sha256"});
        header.plan_hash = root.at("plan").text();
        header.key_mark = root.at("key").text();
        size = root.at("bytes").integer();
        digest = root.at("sha256").text();
    } catch (const definition_error& problem) {
        throw data_error(problem.message(), problem.context());
    }
    header.bytes = saved.substr(end + 1);
    if (size < 0 || static_cast<std::uint64_t>(size) != header.bytes.size()) {
        refuse("it has " + std::to_string(header.bytes.size()) + " bytes, not " + std::to_string(size));
    }
    if (sha256(header.bytes) != digest) refuse("its checksum does not fit");
    return header;
}

}  // namespace detail

namespace inlined {

std::string engine::save() const {
    if (key_mark_.empty()) {
        error_context context;
        context.remedy = "make the engine with a pseudonym_key; the state then holds pseudonyms";
        throw disclosure_error("a saved state would hold the identifiers of children", std::move(context));
    }
    return detail::with_state_header(detail::write_state(state_), plan_->hash, key_mark_);
}

engine& engine::load(std::string_view saved) {
    const detail::state_header header = detail::read_state_header(saved);
    error_context context;
    if (header.plan_hash != plan_->hash) {
        context.remedy = "load it with the definitions, parameters, periods, breakdowns and version that saved it";
        throw data_error("this state was saved by an engine that computes something else", std::move(context));
    }
    if (header.key_mark.empty() || (key_ && header.key_mark != key_mark_)) {
        context.remedy = "make the engine with the key of the one that saved it";
        throw data_error("this state was saved under another pseudonym key", std::move(context));
    }
    state_ = detail::read_state(header.bytes, *plan_);
    key_mark_ = header.key_mark;
    return *this;
}

}  // namespace inlined

}  // namespace goldenthread
