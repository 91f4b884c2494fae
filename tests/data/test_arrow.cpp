#include "arrow_producer.hpp"
#include "catch.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/data/arrow.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace goldenthread;
using namespace arrow_test;

namespace {

/// A single column `x` as a table.
table import_one(producer& source, const schema* definitions = nullptr, std::vector<finding>* findings = nullptr) {
    std::vector<finding> ignored;
    ArrowArrayStream stream = source.stream();
    const table_schema* definition = definitions == nullptr ? nullptr : &definitions->table("t");
    return import_arrow("t", &stream, definition, findings == nullptr ? ignored : *findings, definitions);
}

producer one_column(std::string format, array values) {
    producer source;
    source.schema.children = {{"x", std::move(format), {}, nullptr}};
    const std::int64_t rows = values.length;
    source.add({std::move(values)}, rows);
    return source;
}

producer one_dictionary(std::string index_format, std::string value_format, array values) {
    producer source = one_column(std::move(index_format), std::move(values));
    source.schema.children[0].dictionary = std::make_shared<field>(field{"", std::move(value_format), {}, nullptr});
    return source;
}

/// A definition of table `t` with column `x` of the type.
schema defined(value_type type, const std::string& codes = "") {
    column_schema x;
    x.name = "x";
    x.type = type;
    x.codes = codes;
    schema result;
    result.tables.push_back({"t", "", {x}, {}});
    code_set letters;
    letters.name = "letters";
    letters.codes = {{"A", "", 0, 0}, {"B", "", 0, 0}, {"4", "", 0, 0}, {"month", "", 0, 0}};
    letters.repairs = {{"BB", "B"}};
    result.code_sets.push_back(letters);
    return result;
}

/// Every value as text, null as "-".
std::vector<std::string> shown(const column& c) {
    std::vector<std::string> result;
    for (std::size_t row = 0; row < c.size(); ++row) {
        if (c.is_null(row)) {
            result.push_back("-");
        } else if (is_text_type(c.type())) {
            result.emplace_back(c.text_at(row));
        } else if (c.type() == value_type::date) {
            result.push_back(to_iso(c.day_at(row)));
        } else if (c.type() == value_type::boolean) {
            result.emplace_back(c.boolean_at(row) ? "true" : "false");
        } else {
            result.push_back(std::to_string(c.int64_at(row)));
        }
    }
    return result;
}

using strings = std::vector<std::string>;

std::string message_of(producer& source, const schema* definitions = nullptr) {
    try {
        (void)import_one(source, definitions);
    } catch (const data_error& e) {
        return e.what();
    }
    return "no error";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

template <class Value>
void check_integer_format(const char* format) {
    const Value most = std::numeric_limits<Value>::max();
    producer source = one_column(format, flat(bytes<Value>({1, 2, most}), 3, {1, 0, 1}));
    const table t = import_one(source);
    REQUIRE(t["x"].type() == value_type::int64);
    if (static_cast<std::uint64_t>(most) > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        CHECK(shown(t["x"]) == strings{"1", "-", "-"});
    } else {
        CHECK(shown(t["x"]) == strings{"1", "-", std::to_string(most)});
    }
    CHECK(source.seen.streams == 1);
}

const day some_day = to_day(2018, 3, 31);

}  // namespace

TEST_CASE("arrow: integers of every width become int64") {
    check_integer_format<std::int8_t>("c");
    check_integer_format<std::uint8_t>("C");
    check_integer_format<std::int16_t>("s");
    check_integer_format<std::uint16_t>("S");
    check_integer_format<std::int32_t>("i");
    check_integer_format<std::uint32_t>("I");
    check_integer_format<std::int64_t>("l");
    check_integer_format<std::uint64_t>("L");
}

TEST_CASE("arrow: text of every layout, nulls and offsets") {
    const strings values{"short", "a text longer than twelve bytes", "", "caf\xC3\xA9"};
    const std::vector<int> valid{1, 1, 0, 1};
    const strings expected{values[0], values[1], "-", values[3]};
    producer narrow = one_column("u", texts(values, valid));
    CHECK(shown(import_one(narrow)["x"]) == expected);
    producer large = one_column("U", texts(values, valid, true));
    CHECK(shown(import_one(large)["x"]) == expected);
    producer views = one_column("vu", text_views(values, valid));
    CHECK(shown(import_one(views)["x"]) == expected);
    producer inline_only = one_column("vu", text_views({"a", "b"}));
    CHECK(shown(import_one(inline_only)["x"]) == strings{"a", "b"});

    array sliced = text_views(values, valid);
    sliced.offset = 1;
    sliced.length = 3;
    producer slice = one_column("vu", sliced);
    CHECK(shown(import_one(slice)["x"]) == strings{values[1], "-", values[3]});
    CHECK(import_one(slice)["x"].type() == value_type::text);
}

TEST_CASE("arrow: dictionaries over any integer, with null entries, as label") {
    const array letters = texts({"A", "unused", "B"}, {1, 1, 1});
    producer bytes_coded = one_dictionary("c", "u", coded<std::int8_t>({2, 0, 0}, letters, {1, 0, 1}));
    CHECK(shown(import_one(bytes_coded)["x"]) == strings{"B", "-", "A"});
    producer wide = one_dictionary("L", "u", coded<std::uint64_t>({2, 0}, letters));
    CHECK(shown(import_one(wide)["x"]) == strings{"B", "A"});
    producer with_null_entry = one_dictionary("I", "vu", coded<std::uint32_t>({0, 1}, text_views({"A", "B"}, {1, 0})));
    const table t = import_one(with_null_entry);
    CHECK(shown(t["x"]) == strings{"A", "-"});
    CHECK(t["x"].type() == value_type::label);
    producer dates =
        one_dictionary("c", "tdD", coded<std::int8_t>({1, 0}, flat(bytes<std::int32_t>({0, some_day}), 2)));
    CHECK(shown(import_one(dates)["x"]) == strings{"2018-03-31", "1970-01-01"});
}

TEST_CASE("arrow: each batch may bring its own dictionary") {
    producer source = one_dictionary("i", "u", coded<std::int32_t>({0, 1}, texts({"A", "B"})));
    source.add({coded<std::int32_t>({0, 1}, texts({"B", "C"}))}, 2);
    source.add({coded<std::int32_t>({}, texts({}))}, 0);
    const table t = import_one(source);
    CHECK(shown(t["x"]) == strings{"A", "B", "B", "C"});
    CHECK(t["x"].dictionary()->size() == 3);
    CHECK(source.seen.live_arrays == 0);
}

TEST_CASE("arrow: run-end encoded columns") {
    producer source;
    source.schema.children = {{"x", "+r", {{"run_ends", "i", {}, nullptr}, {"values", "u", {}, nullptr}}, nullptr}};
    array encoded;
    encoded.length = 3;
    encoded.offset = 1;
    encoded.children = {flat(bytes<std::int32_t>({2, 3, 5}), 3), texts({"A", "", "B"}, {1, 0, 1})};
    source.add({encoded}, 3);
    CHECK(shown(import_one(source)["x"]) == strings{"A", "-", "B"});
    source.batches[0].children[0].children[0] = flat(bytes<std::int32_t>({2}), 1);
    CHECK(contains(message_of(source), "run ends that stop before the last row"));
}

TEST_CASE("arrow: days and times become days") {
    producer days = one_column("tdD", flat(bytes<std::int32_t>({some_day, 0}), 2, {1, 0}));
    CHECK(shown(import_one(days)["x"]) == strings{"2018-03-31", "-"});
    const auto check_unit = [](const std::string& format, std::int64_t per_day) {
        producer times = one_column(format, flat(bytes<std::int64_t>({some_day * per_day + per_day - 1, -1}), 2));
        CHECK(shown(import_one(times)["x"]) == strings{"2018-03-31", "1969-12-31"});
    };
    check_unit("tdm", 86400000);
    check_unit("tss:", 86400);
    check_unit("tsm:", 86400000);
    check_unit("tsu:", 86400000000);
    check_unit("tsn:", 86400000000000);
    check_unit("tsu:UTC", 86400000000);
}

TEST_CASE("arrow: fixed zones are moved to local days, named ones refused, cut instants said") {
    const std::int64_t eleven_at_night = some_day * std::int64_t{86400} + 23 * 3600;
    producer east = one_column("tss:+01:00", flat(bytes<std::int64_t>({eleven_at_night}), 1));
    CHECK(shown(import_one(east)["x"]) == strings{"2018-04-01"});
    producer west = one_column("tss:-05:30", flat(bytes<std::int64_t>({0, -86400}), 2));
    CHECK(shown(import_one(west)["x"]) == strings{"1969-12-31", "1969-12-30"});
    std::vector<finding> findings;
    producer utc = one_column("tss:Etc/UTC", flat(bytes<std::int64_t>({eleven_at_night}), 1));
    CHECK(shown(import_one(utc, nullptr, &findings)["x"]) == strings{"2018-03-31"});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "utc_time_cut");
    producer london = one_column("tss:Europe/London", flat(bytes<std::int64_t>({0}), 1));
    CHECK(contains(message_of(london), "Europe/London"));
}

TEST_CASE("arrow: days outside 1900 to 2199 are findings and null") {
    std::vector<finding> findings;
    producer source =
        one_column("tdD", flat(bytes<std::int32_t>({to_day(1066, 10, 14), some_day, latest_day + 1, earliest_day}), 4));
    CHECK(shown(import_one(source, nullptr, &findings)["x"]) == strings{"-", "2018-03-31", "-", "1900-01-01"});
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].rule == "date_out_of_range");
    CHECK(findings[0].value == "1066-10-14");
    CHECK(findings[0].row == 1);
    const schema wanted = defined(value_type::date);
    CHECK(shown(import_one(source, &wanted)["x"])[3] == "-");
    producer wild = one_column(
        "tss:",
        flat(bytes<std::int64_t>({std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}),
             2));
    CHECK(shown(import_one(wild)["x"]) == strings{"-", "-"});
}

TEST_CASE("arrow: booleans are bits, with offsets") {
    array values = flat(bits({1, 0, 1, 1, 0, 1, 0, 0, 1, 0}), 10, {1, 1, 1, 0, 1, 1, 1, 1, 1, 1});
    values.offset = 2;
    values.length = 8;
    producer source = one_column("b", values);
    CHECK(shown(import_one(source)["x"]) == strings{"true", "-", "false", "true", "false", "false", "true", "false"});
    const schema wanted = defined(value_type::boolean);
    std::vector<finding> findings;
    producer numbers = one_column("g", flat(bytes<double>({1, 0, std::nan(""), 2}), 4));
    CHECK(shown(import_one(numbers, &wanted, &findings)["x"]) == strings{"true", "false", "-", "-"});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "boolean_unreadable");
    producer words = one_column("u", texts({"TRUE", "false", " 1 ", "", "perhaps"}));
    CHECK(shown(import_one(words, &wanted)["x"]) == strings{"true", "false", "true", "-", "-"});
}

TEST_CASE("arrow: floating point becomes int64 when whole, else the shortest decimal") {
    producer whole = one_column("g", flat(bytes<double>({1, std::nan(""), -3, 0}), 4));
    const table t = import_one(whole);
    CHECK(t["x"].type() == value_type::int64);
    CHECK(shown(t["x"]) == strings{"1", "-", "-3", "0"});

    std::vector<finding> findings;
    producer fractions = one_column("g", flat(bytes<double>({0.1, -2.25, 3}), 3));
    const table d = import_one(fractions, nullptr, &findings);
    CHECK(d["x"].type() == value_type::decimal);
    CHECK(d["x"].scale() == 2);
    CHECK(shown(d["x"]) == strings{"10", "-225", "300"});
    CHECK(findings.empty());

    producer single = one_column("f", flat(bytes<float>({0.1F, 0.5F}), 2));
    CHECK(shown(import_one(single)["x"]) == strings{"1", "5"});

    producer third = one_column("g", flat(bytes<double>({1.0 / 3, std::numeric_limits<double>::infinity()}), 2));
    const table rounded = import_one(third, nullptr, &findings);
    CHECK(shown(rounded["x"]) == strings{"333333333", "-"});
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].rule == "number_rounded");
    CHECK(findings[0].action == finding_action::repaired);
    CHECK(findings[1].rule == "number_out_of_range");

    findings.clear();
    const schema wanted = defined(value_type::int64);
    producer mixed = one_column("g", flat(bytes<double>({7, 1.5}), 2));
    CHECK(shown(import_one(mixed, &wanted, &findings)["x"]) == strings{"7", "-"});
    CHECK(findings.at(0).rule == "number_unreadable");
}

TEST_CASE("arrow: decimals of every width") {
    producer wide = one_column("d:10,2", flat(bytes<std::int64_t>({150, 0, -225, -1, 0, 0}), 3, {1, 1, 0}));
    const table t = import_one(wide);
    CHECK(t["x"].type() == value_type::decimal);
    CHECK(t["x"].scale() == 2);
    CHECK(shown(t["x"]) == strings{"150", "-225", "-"});
    producer huge_int = one_column("d:38,0", flat(bytes<std::int64_t>({42, 0}), 1));
    CHECK(import_one(huge_int)["x"].type() == value_type::int64);
    producer narrow = one_column("d:9,1,32", flat(bytes<std::int32_t>({-15, 20}), 2));
    CHECK(shown(import_one(narrow)["x"]) == strings{"-15", "20"});
    producer wider = one_column("d:40,3,256", flat(bytes<std::int64_t>({1500, 0, 0, 0}), 1));
    CHECK(shown(import_one(wider)["x"]) == strings{"1500"});
    // 1.5 with thirty places does not fit 64 bits as it stands, but as 1.5 it does.
    producer places = one_column("d:38,30", flat(bytes<std::uint64_t>({0x69af64df60000000U, 0x12eec2eb38U}), 1));
    std::vector<finding> findings;
    CHECK(shown(import_one(places, nullptr, &findings)["x"]) == strings{"15"});
    CHECK(import_one(places)["x"].scale() == 1);
    producer beyond = one_column("d:38,0", flat(bytes<std::int64_t>({0, 1}), 1));
    findings.clear();
    CHECK(shown(import_one(beyond, nullptr, &findings)["x"]) == strings{"-"});
    CHECK(findings.at(0).rule == "number_out_of_range");
    producer negative_scale = one_column("d:5,-2", flat(bytes<std::int64_t>({3, 0}), 1));
    CHECK(shown(import_one(negative_scale)["x"]) == strings{"300"});
}

TEST_CASE("arrow: a null column fits every type, a column without rows too") {
    for (const value_type type : {value_type::text, value_type::date, value_type::boolean, value_type::int64,
                                  value_type::decimal, value_type::category, value_type::label}) {
        const schema wanted = defined(type);
        array nothing;
        nothing.length = 2;
        producer source = one_column("n", nothing);
        const table t = import_one(source, &wanted);
        CHECK(t["x"].type() == type);
        CHECK(t["x"].null_count() == 2);
        producer none;
        none.schema.children = {{"x", "u", {}, nullptr}};
        CHECK(import_one(none, &wanted).row_count() == 0);
        CHECK(import_one(none, &wanted)["x"].type() == type);
        none.add({texts({})}, 0);
        CHECK(import_one(none, &wanted).row_count() == 0);
    }
}

TEST_CASE("arrow: text under a definition is read as from a file") {
    std::vector<finding> findings;
    const schema dates = defined(value_type::date);
    producer source = one_column(
        "u", texts({"2018-03-31", " 2018-04-01T10:00:00", "2018-02-31", "1066-10-14", "#N/A", "1900-01-01", "soon"}));
    CHECK(shown(import_one(source, &dates, &findings)["x"]) ==
          strings{"2018-03-31", "2018-04-01", "-", "-", "-", "-", "-"});
    REQUIRE(findings.size() == 3);
    CHECK(findings[0].rule == "date_not_real");
    CHECK(findings[0].value == "2018-02-31");
    CHECK(findings[1].rule == "date_out_of_range");
    CHECK(findings[2].rule == "date_unreadable");
    const schema whole = defined(value_type::int64);
    producer numbers = one_column("u", texts({"12", "-4", "4.0", "x"}));
    findings.clear();
    CHECK(shown(import_one(numbers, &whole, &findings)["x"]) == strings{"12", "-4", "4", "-"});
    CHECK(findings.at(0).rule == "number_unreadable");
    const schema decimals = defined(value_type::decimal);
    producer fractions = one_column("u", texts({"1.50", "2"}));
    const table t = import_one(fractions, &decimals);
    CHECK(t["x"].scale() == 1);
    CHECK(shown(t["x"]) == strings{"15", "20"});
}

TEST_CASE("arrow: categories are trimmed, upper-cased, repaired and checked") {
    std::vector<finding> findings;
    const schema wanted = defined(value_type::category, "letters");
    const strings raw{" a", "B", "BB", "4.0", "Z", "", "MONTH", "Z", "-1"};
    const strings expected{"A", "B", "B", "4", "-", "-", "month", "-", "-"};
    producer plain = one_column("vu", text_views(raw));
    const table t = import_one(plain, &wanted, &findings);
    CHECK(t["x"].type() == value_type::category);
    CHECK(shown(t["x"]) == expected);
    REQUIRE(findings.size() == 3);
    CHECK(findings[0].rule == "code_repaired");
    CHECK(findings[0].action == finding_action::repaired);
    CHECK(findings[1].rule == "code_unknown");
    CHECK(findings[1].row == 5);
    CHECK(findings[2].row == 8);
    CHECK(findings[1].message.find('Z') == std::string::npos);

    producer dictionary = one_dictionary("c", "u", coded<std::int8_t>({0, 1, 2, 3, 4, 5, 6, 4, 8}, texts(raw)));
    findings.clear();
    CHECK(shown(import_one(dictionary, &wanted, &findings)["x"]) == expected);
    CHECK(findings.size() == 3);

    producer numbers = one_column("g", flat(bytes<double>({4, 5}), 2));
    CHECK(shown(import_one(numbers, &wanted)["x"]) == strings{"4", "-"});
    producer unchecked = one_column("u", texts({"zz"}));
    const schema open = defined(value_type::category, "no such list");
    CHECK(shown(import_one(unchecked, &open)["x"]) == strings{"ZZ"});
}

TEST_CASE("arrow: numbers and days where text is wanted") {
    std::vector<finding> findings;
    const schema wanted = defined(value_type::text);
    producer numbers = one_column("l", flat(bytes<std::int64_t>({12, 7}), 2));
    CHECK(shown(import_one(numbers, &wanted, &findings)["x"]) == strings{"12", "7"});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "number_as_text");
    CHECK(findings[0].row == 0);
    producer floats = one_column("g", flat(bytes<double>({12, 0.5}), 2));
    CHECK(shown(import_one(floats, &wanted)["x"]) == strings{"12", "0.5"});
    producer days = one_column("tdD", flat(bytes<std::int32_t>({some_day}), 1));
    CHECK(shown(import_one(days, &wanted)["x"]) == strings{"2018-03-31"});
}

TEST_CASE("arrow: types that cannot meet are refused, naming column and remedy") {
    const schema wanted = defined(value_type::date);
    producer numbers = one_column("l", flat(bytes<std::int64_t>({12}), 1));
    CHECK(contains(message_of(numbers, &wanted), "column 'x' holds whole numbers and cannot become date"));
    const schema whole = defined(value_type::int64);
    producer days = one_column("tdD", flat(bytes<std::int32_t>({1}), 1));
    CHECK(contains(message_of(days, &whole), "column 'x' holds dates and cannot become int64"));
    // Nothing but nulls fits anything: data frames often write an empty column as numbers.
    producer empty = one_column("g", flat(bytes<double>({std::nan("")}), 1));
    CHECK(shown(import_one(empty, &wanted)["x"]) == strings{"-"});
}

TEST_CASE("arrow: layouts that are not supported name column and format") {
    for (const char* format :
         {"+l", "+s", "z", "Z", "e", "tts", "tiM", "tDs", "w:4", "vz", "+vl", "d:10", "ts?:", "quatsch", ""}) {
        producer source = one_column(format, array{});
        const std::string message = message_of(source);
        CAPTURE(format);
        CHECK(contains(message, "column 'x' has the Arrow format '" + std::string(format) + "'"));
        CHECK(source.seen.streams == 1);
    }
    producer series;
    series.schema.format = "vu";
    CHECK(contains(message_of(series), "hand over a table or data frame"));
}

TEST_CASE("arrow: offsets at every level") {
    producer source = one_column("u", texts({"no", "no", "A", "B", "C", "no"}));
    source.batches[0].children[0].offset = 1;
    source.batches[0].children[0].length = 4;
    source.batches[0].offset = 1;
    source.batches[0].length = 3;
    CHECK(shown(import_one(source)["x"]) == strings{"A", "B", "C"});
    // Nulls of the batch itself make whole rows null.
    source.batches[0].null_count = 1;
    source.batches[0].buffers = {bits({1, 1, 0, 1})};
    source.batches[0].absent = {false};
    CHECK(shown(import_one(source)["x"]) == strings{"A", "-", "C"});
}

TEST_CASE("arrow: days, int64 and codes of a single batch are not copied") {
    producer source;
    source.schema.children = {
        {"d", "tdD", {}, nullptr}, {"n", "l", {}, nullptr}, {"c", "i", {}, nullptr}, {"t", "u", {}, nullptr}};
    source.schema.children[2].dictionary = std::make_shared<field>(field{"", "u", {}, nullptr});
    std::vector<int> valid(11, 1);
    valid[5] = 0;
    array days = flat(bytes<std::int32_t>(std::vector<std::int32_t>(11, some_day)), 11, valid);
    days.offset = 3;
    days.length = 8;
    source.add({days, flat(bytes<std::int64_t>({1, 2, 3, 4, 5, 6, 7, 8}), 8),
                coded<std::int32_t>({0, 1, 1, 1, 0, 0, 0, 1}, texts({"A", "B"})), texts(strings(8, "x"))},
               8);
    std::vector<finding> findings;
    {
        ArrowArrayStream stream = source.stream();
        const table t = import_arrow("t", &stream, findings);
        CHECK(stream.release == nullptr);
        CHECK(source.seen.streams == 1);
        CHECK(shown(t["d"])[2] == "-");
        CHECK(shown(t["d"])[7] == "2018-03-31");
        CHECK(t["d"].null_count() == 1);
        CHECK(t["d"].first_bit() == 3);
        CHECK(shown(t["c"]) == strings{"A", "B", "B", "B", "A", "A", "A", "B"});
        // The batch and its text are let go, what was adopted stays: two arrays and a dictionary's owner with its
        // dictionary.
        CHECK(source.seen.live_arrays == 4);
        const table copy = t;
        CHECK(copy["n"].values() == t["n"].values());
    }
    CHECK(source.seen.live_arrays == 0);
}

TEST_CASE("arrow: misaligned buffers are read, not adopted") {
    array values = flat(bytes<std::int32_t>({0, 0, 0}), 2);
    const std::vector<char> shifted{0, 7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0};
    values.buffers[1] = shifted;
    producer source = one_column("l", values);
    ArrowArrayStream stream = source.stream();
    // Move the buffer by one byte on its way.
    static int (*next)(ArrowArrayStream*, ArrowArray*) = nullptr;
    next = stream.get_next;
    stream.get_next = [](ArrowArrayStream* self, ArrowArray* batch) {
        const int code = next(self, batch);
        if (batch->release != nullptr) {
            const void** buffers = batch->children[0]->buffers;
            buffers[1] = static_cast<const char*>(buffers[1]) + 1;
        }
        return code;
    };
    std::vector<finding> findings;
    CHECK(shown(import_arrow("t", &stream, findings)["x"]) == strings{"7", "8"});
}

TEST_CASE("arrow: hostile producers are refused without reading where nothing is") {
    const auto refused = [](producer source, const std::string& part) {
        const std::string message = message_of(source);
        CAPTURE(message);
        CHECK(contains(message, "does not keep to the Arrow C data interface"));
        CHECK(contains(message, part));
        CHECK(source.seen.streams == 1);
        CHECK(source.seen.live_arrays == 0);
    };
    const array good = flat(bytes<std::int64_t>({1, 2}), 2);
    array bad = good;
    bad.length = -1;
    refused(one_column("l", bad), "length");
    bad = good;
    bad.offset = -5;
    refused(one_column("l", bad), "offset");
    bad = good;
    bad.offset = std::numeric_limits<std::int64_t>::max();
    refused(one_column("l", bad), "offset");
    bad = good;
    bad.absent[1] = true;
    refused(one_column("l", bad), "missing buffer");
    bad = good;
    bad.buffers.resize(1);
    refused(one_column("l", bad), "1 buffers");

    producer long_batch = one_column("l", good);
    long_batch.batches[0].length = 3;
    refused(long_batch, "fewer values than the batch has rows");
    producer sliced_batch = one_column("l", good);
    sliced_batch.batches[0].offset = 1;
    refused(sliced_batch, "fewer values");
    producer no_columns = one_column("l", good);
    no_columns.batches[0].children.clear();
    refused(no_columns, "other columns than the schema");

    refused(one_dictionary("i", "u", coded<std::int32_t>({0, 2}, texts({"A", "B"}))), "index outside the dictionary");
    refused(one_dictionary("c", "u", coded<std::int8_t>({0, -1}, texts({"A", "B"}))), "index outside the dictionary");
    refused(one_dictionary("L", "u", coded<std::uint64_t>({~std::uint64_t{0}}, texts({"A"}))), "index outside");
    producer no_dictionary = one_dictionary("i", "u", flat(bytes<std::int32_t>({0}), 1));
    refused(no_dictionary, "a dictionary is missing");
    refused(one_dictionary("u", "u", texts({"A"})), "dictionary indices of format 'u'");

    array backwards = texts({"ab", "cd"});
    backwards.buffers[1] = bytes<std::int32_t>({0, 4, 2});
    refused(one_column("u", backwards), "run backwards");
    // Beyond the end of the text, and back again: noticed before the text is read.
    backwards.buffers[1] = bytes<std::int32_t>({0, 1'000'000'000, 4});
    refused(one_column("u", backwards), "run backwards");
    backwards.buffers[1] = bytes<std::int32_t>({-4, -2, 0});
    refused(one_column("u", backwards), "run backwards");
    array no_text = texts({"ab"});
    no_text.absent[2] = true;
    refused(one_column("u", no_text), "without text");

    const auto view = [](std::int32_t size, std::int32_t block, std::int32_t from) {
        array result = text_views({"a text longer than twelve bytes"});
        result.buffers[1] = bytes<std::int32_t>({size, 0, block, from});
        return result;
    };
    refused(one_column("vu", view(31, 1, 0)), "not there");
    refused(one_column("vu", view(31, -1, 0)), "not there");
    refused(one_column("vu", view(31, 0, 1)), "beyond its block");
    refused(one_column("vu", view(31, 0, -1)), "beyond its block");
    refused(one_column("vu", view(-1, 0, 0)), "negative length");
}

TEST_CASE("arrow: more rows than can be numbered are refused before they are read") {
    array endless;
    endless.length = std::int64_t{1} << 40;
    producer source = one_column("n", endless);
    source.batches[0].length = endless.length;
    CHECK(contains(message_of(source), "more than 4294967295 rows"));
    CHECK(source.seen.live_arrays == 0);
}

TEST_CASE("arrow: text that is not UTF-8 is a finding") {
    std::vector<finding> findings;
    producer source =
        one_column("u", texts({"good", "\xFF\xFE", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3"}));
    CHECK(shown(import_one(source, nullptr, &findings)["x"]) == strings{"good", "-", "-", "-", "-", "-"});
    CHECK(findings.size() == 5);
    CHECK(findings[0].rule == "text_not_utf8");
}

TEST_CASE("arrow: a failing producer's words reach the caller") {
    producer source = one_column("u", texts({"A"}));
    source.failure = "the disk went away";
    CHECK(contains(message_of(source), "the disk went away"));
    CHECK(source.seen.live_arrays == 0);
    CHECK(source.seen.streams == 1);
    ArrowArrayStream used{};
    std::vector<finding> findings;
    CHECK_THROWS_AS(import_arrow("t", &used, findings), data_error);
    CHECK_THROWS_AS(import_arrow("t", nullptr, findings), data_error);
}

TEST_CASE("arrow: rows are checked against keys and missing values") {
    schema definitions = defined(value_type::text);
    definitions.tables[0].columns[0].key = true;
    definitions.tables[0].columns[0].not_null = true;
    column_schema start;
    start.name = "start_date";
    start.type = value_type::date;
    start.not_null = true;
    definitions.tables[0].columns.push_back(start);
    producer source;
    source.schema.children = {
        {"x", "u", {}, nullptr}, {"start_date", "u", {}, nullptr}, {"strat_date", "l", {}, nullptr}};
    source.add({texts({"1", "2", "2", "", "1"}), texts({"2018-01-01", "", "2018-01-01", "2018-01-01", "2018-01-01"}),
                flat(bytes<std::int64_t>({0, 0, 0, 0, 0}), 5)},
               5);
    std::vector<finding> findings;
    ArrowArrayStream stream = source.stream();
    const table t = import_arrow("t", &stream, definitions, findings);
    CHECK(shown(t["x"]) == strings{"1", "2"});
    strings rules;
    for (const finding& f : findings) rules.push_back(f.rule + ":" + std::to_string(f.row) + ":" + f.key);
    CHECK(rules == strings{"column_unknown:0:", "key_missing:4:-", "value_missing:2:2", "duplicate_key:3:2",
                           "duplicate_row:5:1"});
    CHECK(contains(findings[0].message, "did you mean 'start_date'?"));
    CHECK(findings[3].action == finding_action::set_aside);
}

// Export: what goes out comes back the same.

namespace {

column text_like(value_type type, const std::string& name, const std::vector<const char*>& values) {
    column_builder builder(name, type);
    for (const char* value : values) value == nullptr ? builder.append_null() : builder.append_text(value);
    return builder.finish();
}

table mixed_table() {
    column_builder days("d", value_type::date);
    column_builder truths("b", value_type::boolean);
    column_builder numbers("n", value_type::int64);
    column_builder decimals("m", value_type::decimal, 2);
    for (int i = 0; i < 3; ++i) {
        if (i == 1) {
            days.append_null();
            truths.append_null();
            numbers.append_null();
            decimals.append_null();
            continue;
        }
        days.append_day(some_day + i);
        truths.append_boolean(i == 0);
        numbers.append_int64(-5 + i);
        decimals.append_int64(-150 + i);
    }
    return table("t", {days.finish(), truths.finish(), numbers.finish(), decimals.finish(),
                       text_like(value_type::text, "s", {"caf\xC3\xA9", nullptr, ""}),
                       text_like(value_type::label, "l", {"x", "y", nullptr})});
}

table round_trip(const table& source, const arrow_export_options& options = {}) {
    ArrowArrayStream stream{};
    export_arrow(source, &stream, options);
    std::vector<finding> findings;
    return import_arrow(source.name(), &stream, findings);
}

}  // namespace

TEST_CASE("arrow: tables go out and come back") {
    const table source = mixed_table();
    const table back = round_trip(source);
    REQUIRE(back.row_count() == 3);
    for (const column& c : source.columns()) {
        CAPTURE(c.name());
        CHECK(back[c.name()].type() == c.type());
        CHECK(back[c.name()].scale() == c.scale());
        CHECK(shown(back[c.name()]) == shown(c));
    }
    CHECK(round_trip(source, {true})["l"].type() == value_type::text);
    CHECK(back["n"].values() == source["n"].values());
}

TEST_CASE("arrow: the schema says the layouts") {
    ArrowSchema schema{};
    export_arrow_schema(mixed_table(), &schema);
    strings formats;
    for (std::int64_t i = 0; i < schema.n_children; ++i) formats.emplace_back(schema.children[i]->format);
    CHECK(formats == strings{"tdD", "b", "l", "d:38,2", "u", "i"});
    REQUIRE(schema.children[5]->dictionary != nullptr);
    CHECK(std::string(schema.children[5]->dictionary->format) == "u");
    CHECK(schema.children[4]->dictionary == nullptr);
    schema.release(&schema);
    CHECK(schema.release == nullptr);
}

TEST_CASE("arrow: streams outlive their table and may be left half read") {
    ArrowArrayStream stream{};
    ArrowArray batch{};
    {
        const table source = mixed_table();
        export_arrow(source, &stream);
    }
    REQUIRE(stream.get_next(&stream, &batch) == 0);
    stream.release(&stream);
    REQUIRE(batch.n_children == 6);
    // A child moved out lives on after its batch.
    ArrowArray moved = *batch.children[2];
    batch.children[2]->release = nullptr;
    batch.release(&batch);
    CHECK(static_cast<const std::int64_t*>(moved.buffers[1])[0] == -5);
    moved.release(&moved);
    export_arrow(mixed_table(), &stream);
    stream.release(&stream);
}

TEST_CASE("arrow: columns whose bitmap starts within a byte go out right") {
    array values = flat(bytes<std::int64_t>({0, 0, 0, 1, 2, 3}), 6, {1, 1, 1, 1, 0, 1});
    values.offset = 3;
    values.length = 3;
    producer source = one_column("l", values);
    const table t = import_one(source);
    REQUIRE(t["x"].first_bit() == 3);
    CHECK(shown(round_trip(t)["x"]) == strings{"1", "-", "3"});
}

TEST_CASE("arrow: tables without rows or columns") {
    const table none("t", {text_like(value_type::category, "c", {}), text_like(value_type::text, "s", {})});
    const table back = round_trip(none);
    CHECK(back.row_count() == 0);
    CHECK(back.columns().size() == 2);
    CHECK(round_trip(table("t", {})).columns().empty());
    const table only_nulls("t", {text_like(value_type::category, "c", {nullptr, nullptr})});
    CHECK(shown(round_trip(only_nulls)["c"]) == strings{"-", "-"});
}

TEST_CASE("arrow: a table joins a dataset with its findings, counts and sources") {
    producer source;
    source.schema.children = {{"child_id", "u", {}, nullptr}, {"sex", "u", {}, nullptr}};
    source.add({texts({"1", "", "2"}), texts({"f", "M", "X"})}, 3);
    producer links;
    links.schema.children = {{"child_id", "u", {}, nullptr}, {"disability", "u", {}, nullptr}};
    links.add({texts({"2", "3"}), texts({"VIS", "NONE"})}, 2);
    dataset data;
    ArrowArrayStream stream = source.stream();
    add_arrow_table(data, "person", &stream);
    stream = links.stream();
    add_arrow_table(data, "person_disability", &stream);
    complete_dataset(data);

    CHECK(shown(data["person"]["sex"]) == strings{"F", "-"});
    CHECK(shown(data["person"]["disabled"]) == strings{"-", "true"});
    REQUIRE(data.files().size() == 2);
    CHECK(data.files()[0].rows_read == 3);
    CHECK(data.files()[0].rows_kept == 2);
    CHECK(data.files()[0].rows_set_aside == 1);
    REQUIRE(data["person"].sources().size() == 2);
    CHECK(data["person"].sources()[1].row == 3);
    CHECK(data["person_disability"].sources()[0].file == 1);
    strings rules;
    for (const finding& f : data.findings()) rules.push_back(f.file + ":" + f.rule + ":" + std::to_string(f.row));
    CHECK(rules == strings{"person:code_unknown:3", "person:key_missing:2", "person_disability:reference_dangling:2"});
}
