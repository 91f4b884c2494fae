#include <goldenthread/core/text.hpp>
#include <goldenthread/scorecard/published_catalogue.hpp>

#include "core/embedded_file.hpp"
#include "core/json_document.hpp"

#include <utility>

namespace goldenthread {

namespace {

using detail::json_document;
using detail::json_view;

std::string choice(const json_view& view, const std::vector<std::string>& known) {
    std::string text = view.text();
    for (const std::string& each : known) {
        if (each == text) return text;
    }
    view.fail("'" + text + "' is not known here", name_remedy(text, known));
}

published_amount read_amount(const json_view& view) {
    view.expect_fields({"column"}, {"file", "minus", "years_before"});
    published_amount amount;
    amount.column = view.at("column").filled_text();
    amount.file = view.text_or("file");
    if (view.has("minus")) amount.minus = view.at("minus").texts();
    if (view.has("years_before")) amount.years_before = view.at("years_before").integer_between(0, 5);
    return amount;
}

std::int64_t read_per(const json_view& view) {
    constexpr int most = 1'000'000;
    return view.has("per") ? view.at("per").integer_between(1, most) : 100;
}

constexpr int most_decimals = 6;

published_relation read_relation(const json_view& view) {
    const std::string name = choice(view, {"exact", "wider", "narrower", "context"});
    for (const published_relation each : {published_relation::exact, published_relation::wider,
                                          published_relation::narrower, published_relation::context}) {
        if (to_text(each) == name) return each;
    }
    return published_relation::context;
}

published_answer read_answer(const json_view& view) {
    view.expect_fields({"indicator", "title", "file", "numerator", "denominator", "unit", "decimals", "counted",
                        "relation", "note", "polarity"},
                       {"published", "per"});
    published_answer answer;
    answer.indicator = view.at("indicator").filled_text();
    answer.title = view.at("title").filled_text();
    answer.file = view.at("file").filled_text();
    answer.numerator = read_amount(view.at("numerator"));
    answer.denominator = read_amount(view.at("denominator"));
    answer.published = view.text_or("published");
    const bool is_rate = choice(view.at("unit"), {"percent", "rate"}) == "rate";
    if (is_rate != view.has("per")) {
        view.at("unit").fail(is_rate ? "a rate needs to say per how many" : "a percentage is per 100: it says no 'per'",
                             is_rate ? "add \"per\": 10000" : "take \"per\" away");
    }
    answer.per = read_per(view);
    answer.decimals = view.at("decimals").integer_between(0, most_decimals);
    answer.counted = view.at("counted").filled_text();
    answer.relation = read_relation(view.at("relation"));
    answer.note = view.at("note").filled_text();
    const json_view polarity = view.at("polarity");
    polarity.expect_fields({"value", "provenance"});
    answer.polarity = choice(polarity.at("value"), {"low", "high", "unspecified"});
    answer.polarity_provenance = polarity.at("provenance").filled_text();
    return answer;
}

published_share read_share(const json_view& view) {
    view.expect_fields({"file", "numerator", "denominator", "published", "per", "decimals"});
    return {view.at("file").filled_text(),
            view.at("numerator").filled_text(),
            view.at("denominator").filled_text(),
            view.at("published").filled_text(),
            read_per(view),
            view.at("decimals").integer_between(0, most_decimals)};
}

published_exception read_exception(const json_view& view) {
    view.expect_fields({"file", "published", "area", "year", "as_published", "reason"});
    constexpr int earliest = 1900, latest = 2199;
    return {view.at("file").filled_text(),         view.at("published").filled_text(),
            view.at("area").filled_text(),         view.at("year").integer_between(earliest, latest),
            view.at("as_published").filled_text(), view.at("reason").filled_text()};
}

}  // namespace

published_catalogue parse_published_catalogue(std::string_view json_text, const std::string& file) {
    const json_document document = json_document::parse(json_text, file);
    document.expect_format("published");
    const json_view root = document.root();
    root.expect_fields({"format", "title", "attribution", "note", "files", "shares", "exceptions", "answers"});
    published_catalogue catalogue;
    catalogue.attribution = root.at("attribution").filled_text();
    catalogue.note = root.at("note").text();
    for (const json_view& each : root.at("files").items()) {
        each.expect_fields({"file", "title"});
        catalogue.files.emplace_back(each.at("file").filled_text(), each.at("title").filled_text());
    }
    for (const json_view& each : root.at("shares").items()) catalogue.shares.push_back(read_share(each));
    for (const json_view& each : root.at("exceptions").items()) catalogue.exceptions.push_back(read_exception(each));
    for (const json_view& each : root.at("answers").items()) catalogue.answers.push_back(read_answer(each));
    return catalogue;
}

published_catalogue shipped_published_catalogue() {
    const detail::embedded_file file = detail::embedded_published().front();
    return parse_published_catalogue(file.text, std::string(file.name));
}

}  // namespace goldenthread
