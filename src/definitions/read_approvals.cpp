// Approval files: goldenthread/approvals@1.
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/approval.hpp>

#include "core/json_document.hpp"

#include <algorithm>

namespace goldenthread {

namespace {

using detail::json_view;

std::string filled_text(const json_view& owner, const char* field) {
    const json_view view = owner.at(field);
    std::string text = view.text();
    if (trimmed(text).empty()) view.fail(std::string("an approval needs a ") + field);
    return text;
}

std::string hash_text(const json_view& view) {
    constexpr std::size_t digits = 64;
    std::string text = view.text();
    const bool is_hash = text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
                             return is_ascii_digit(c) || (c >= 'a' && c <= 'f');
                         });
    if (!is_hash)
        view.fail("'" + text + "' is not the hash of a definition",
                  "64 digits from 0 to f: 'goldenthread approve' writes them");
    return text;
}

day day_of(const json_view& view) {
    const std::optional<day> d = parse_iso_day(view.text());
    if (!d) view.fail("'" + view.text() + "' is not a date", "write 2019-03-31");
    return *d;
}

approval read_approval(const json_view& view) {
    view.expect_fields({"indicator", "definition_hash", "person", "role", "date"}, {"review_date"});
    approval a;
    a.indicator = filled_text(view, "indicator");
    a.definition_hash = hash_text(view.at("definition_hash"));
    a.person = filled_text(view, "person");
    a.role = filled_text(view, "role");
    a.date = day_of(view.at("date"));
    if (view.has("review_date") && !view.at("review_date").is_null()) {
        a.review_date = day_of(view.at("review_date"));
        if (*a.review_date <= a.date) view.at("review_date").fail("the review is not after the approval");
    }
    return a;
}

}  // namespace

std::vector<approval> parse_approvals(std::string_view json_text, const std::string& file) {
    const detail::json_document document = detail::json_document::parse(json_text, file);
    document.expect_format("approvals");
    const json_view root = document.root();
    root.expect_fields({"format", "approvals"});
    std::vector<approval> result;
    for (const json_view& item : root.at("approvals").items()) result.push_back(read_approval(item));
    return result;
}

std::string to_json(const std::vector<approval>& approvals) {
    detail::json document = {{"format", "goldenthread/approvals@1"}, {"approvals", detail::json::array()}};
    for (const approval& a : approvals) {
        detail::json item = {{"indicator", a.indicator},
                             {"definition_hash", a.definition_hash},
                             {"person", a.person},
                             {"role", a.role},
                             {"date", to_iso(a.date)}};
        if (a.review_date) item["review_date"] = to_iso(*a.review_date);
        document["approvals"].push_back(std::move(item));
    }
    return document.dump(2) + "\n";
}

}  // namespace goldenthread
