// A syntax error shows the text with a caret.
#include "catch.hpp"

#include <goldenthread/definitions/expression.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace goldenthread;

namespace {

std::string error_of(const std::string& text) {
    try {
        (void)parse_expression(text);
    } catch (const definition_error& problem) {
        return problem.what();
    }
    return "no error";
}

std::string repeated(const std::string& part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
}

}  // namespace

TEST_CASE("syntax errors show where") {
    CHECK(error_of("start_date < as_at -") == "the expression ends too early\n  start_date < as_at -\n                      ^");
    CHECK(error_of("a = = b") == "a value is expected here\n  a = = b\n      ^");
    CHECK(error_of("a < b < c") == "nothing more is expected here\n  a < b < c\n        ^");
    CHECK(error_of("(a or b") == "')' is expected here\n  (a or b\n         ^");
    CHECK(error_of("a and b)") == "nothing more is expected here\n  a and b)\n         ^");
    CHECK(error_of("latest_category = \"NEG\"") ==
          "this character has no meaning here\n  latest_category = \"NEG\"\n                    ^\n  texts stand in single quotes: 'NEG'");
    CHECK(error_of("x = 'open") == "this text has no closing quote\n  x = 'open\n      ^");
    CHECK(error_of("d = date '2019-02-30'") ==
          "this is not a day between 1900 and 2199\n  d = date '2019-02-30'\n           ^^^^^^^^^^^^\n  write a date as date '2019-03-31'");
    CHECK(error_of("d = date '1066-10-14'").substr(0, 39) == "this is not a day between 1900 and 2199");
    CHECK(error_of("period.end > d") == "a period has a first and a last day only\n  period.end > d\n         ^^^\n  write period.first or period.last");
    CHECK(error_of("case when a then b") == "'end' is expected here\n  case when a then b\n                    ^");
    CHECK(error_of("case a end") == "'when' is expected here\n  case a end\n         ^^^");
    CHECK(error_of("x is nul") == "'null' is expected here\n  x is nul\n       ^^^");
    CHECK(error_of("x in 'a'") == "'(' is expected here\n  x in 'a'\n       ^^^");
    CHECK(error_of("x in ()") == "a value is expected here\n  x in ()\n        ^");
    CHECK(error_of("last(T where x).c") == "first, last and nth need 'order by'\n  last(T where x).c\n                 ^");
    CHECK(error_of("last(T order by x)") ==
          "a column of the row found is expected here, as in last(…).risk_level\n  last(T order by x)\n                    ^");
    CHECK(error_of("nth(0, T order by d).x") == "a position from 1 is expected here\n  nth(0, T order by d).x\n      ^");
    CHECK(error_of("any(where x)") == "a table is expected here\n  any(where x)\n      ^^^^^");
    CHECK(error_of("any(collapse(T by a gap 0 days) by b)") == "'by' is given twice\n  any(collapse(T by a gap 0 days) by b)\n                                     ^");
    CHECK(error_of("count(latest per (a) (T))") == "'latest per' needs 'order by'\n  count(latest per (a) (T))\n                         ^");
    CHECK(error_of("min of ()").substr(0, 51) == "at least one value is expected between the brackets");
    CHECK(error_of("12345678901234567890 > x").substr(0, 37) == "this number has more than 18 digits\n ");
    CHECK(error_of("a ; b") == "this character has no meaning here\n  a ; b\n    ^");
    CHECK(error_of("") == "the expression is empty");
    CHECK(error_of(" \n ") == "the expression is empty");
}

TEST_CASE("the caret counts characters, keeps to its line, and never cuts one in two") {
    CHECK(error_of("x = 'caf\xC3\xA9' ; y") == "this character has no meaning here\n  x = 'caf\xC3\xA9' ; y\n             ^");
    CHECK(error_of("a = 1 and\nb = = 2\nor c") == "a value is expected here\n  b = = 2\n      ^");
    const std::string long_text = "x = '" + repeated("\xC3\xA9", 100) + "' ;" + " '" + repeated("\xE2\x82\xAC", 100) + "'";
    for (std::size_t indent = 0; indent < 3; ++indent) {
        const std::string message = error_of(std::string(indent, ' ') + long_text);
        // Every continuation byte follows its first byte.
        std::size_t wanted = 0, wrong = 0;
        for (const char c : message) {
            const auto byte = static_cast<unsigned char>(c);
            const bool continues = (byte & 0xC0U) == 0x80U;
            if (continues != (wanted > 0)) ++wrong;
            wanted = continues ? wanted - (wanted > 0 ? 1 : 0) : byte >= 0xE0U ? 2 : byte >= 0xC0U ? 1 : 0;
        }
        CHECK(wrong == 0);
    }
}

TEST_CASE("what is too deep or too large is an error, whatever its form") {
    constexpr std::size_t many = 100'000;
    const std::vector<std::string> texts = {
        repeated("(", many) + "a" + repeated(")", many),
        repeated("(", many),
        repeated("-", many) + "a",
        repeated("not ", many) + "a",
        repeated("a and ", many) + "a",
        repeated("a or ", many) + "a",
        repeated("a + ", many) + "a",
        repeated("a * ", many) + "a",
        repeated("f(", many) + "a" + repeated(")", many),
        repeated("case when ", many / 2) + "a",
        repeated("any(T where ", many / 2) + "a",
        repeated("any(T where count(latest per (a) (T where ", many / 8),
        repeated("x in (", many) + "a",
        repeated("x in (a", 1) + repeated(", a", many) + ")",
        repeated("coalesce(a", 1) + repeated(", a", many) + ")",
    };
    for (const std::string& text : texts) {
        INFO(text.substr(0, 40));
        const std::string message = error_of(text);
        const bool said = message.find("nested deeper than 256 levels") != std::string::npos || message.find("more than 50000 parts") != std::string::npos;
        CHECK(said);
        CHECK(message.size() < 400);
    }
    CHECK(error_of(std::string(1'000'001, 'a')) == "the expression is longer than 1,000,000 characters");
    CHECK(error_of(repeated("(", 200) + "a" + repeated(")", 200)) == "no error");
    CHECK(error_of(repeated("a and ", 250) + "a") == "no error");
}
