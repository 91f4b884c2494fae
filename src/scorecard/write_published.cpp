#include "scorecard/write_published.hpp"

#include "scorecard/csv_text.hpp"

#include <goldenthread/scorecard/write_release.hpp>

#include <string>
#include <string_view>

namespace goldenthread {

namespace {

using detail::csv_quoted;
using detail::json_text;

/// A number, the publisher's symbol, or null; whether it was computed here is said beside it.
void write(json_text& out, const char* name, const number_of_others& number) {
    out.key(name);
    out.begin_object(true);
    out.field("state", number.state);
    out.key("text");
    if (number.is_value()) {
        out.number(number.text);
    } else if (number.text.empty()) {
        out.null();
    } else {
        out.text(number.text);
    }
    out.field("derived", number.derived);
    out.end_object();
}

void write_limit(json_text& out, const char* name, const std::string& limit) {
    out.key(name);
    limit.empty() ? out.null() : out.number(limit);
}

void write(json_text& out, const published_cell& cell) {
    out.begin_object(true);
    out.integer("year", cell.year);
    out.field("role", cell.role);
    out.field("area", cell.area);
    out.field("area_name", cell.area_name);
    out.field("closeness", cell.closeness);
    write(out, "value", cell.value);
    write(out, "numerator", cell.numerator);
    write(out, "denominator", cell.denominator);
    write_limit(out, "lower", cell.lower);
    write_limit(out, "upper", cell.upper);
    out.field("comparison", cell.comparison);
    out.field("reason", cell.reason);
    out.end_object();
}

void write(json_text& out, const published_standing& standing) {
    out.begin_object(true);
    out.integer("year", standing.year);
    out.integer("rank", standing.rank);
    out.integer("highest_rank", standing.highest_rank);
    out.integer("lowest_rank", standing.lowest_rank);
    out.integer("authorities", standing.authorities);
    out.integer("quartile", standing.quartile);
    out.end_object();
}

void write(json_text& out, const published_comparison& figure) {
    out.begin_object();
    out.field("indicator", figure.indicator);
    out.field("title", figure.title);
    out.field("relation", figure.relation);
    out.field("note", figure.note);
    out.field("file", figure.file);
    out.field("file_title", figure.file_title);
    out.field("arithmetic", figure.arithmetic);
    out.field("unit", figure.is_share ? "percent" : "rate");
    out.integer("per", figure.per);
    out.field("counted", figure.counted);
    out.field("polarity", figure.polarity);
    out.field("polarity_provenance", figure.polarity_provenance);
    out.key("cells");
    out.begin_list();
    for (const published_cell& cell : figure.cells) write(out, cell);
    out.end_list();
    out.key("standings");
    out.begin_list();
    for (const published_standing& standing : figure.standings) write(out, standing);
    out.end_list();
    out.end_object();
}

constexpr const char* heading =
    "published_by_others,area,area_name,indicator,title,relation,year,role,place,place_name,closeness,state,value,"
    "numerator,"
    "denominator,unit,per,derived,lower,upper,comparison,reason,polarity,polarity_provenance,note,file,attribution\n";

void add_row(std::string& text, const published_comparisons& all, const published_comparison& figure,
             const published_cell& cell) {
    const bool derived = cell.value.derived || cell.numerator.derived || cell.denominator.derived;
    text += "true";
    for (const std::string_view field :
         {std::string_view(all.area), std::string_view(all.area_name), std::string_view(figure.indicator),
          std::string_view(figure.title), std::string_view(figure.relation)}) {
        text += ',' + csv_quoted(field);
    }
    text += ',' + std::to_string(cell.year);
    for (const std::string_view field :
         {std::string_view(cell.role), std::string_view(cell.area), std::string_view(cell.area_name),
          std::string_view(cell.closeness), std::string_view(cell.value.state)}) {
        text += ',' + csv_quoted(field);
    }
    // Numbers and symbols: nothing to quote.
    for (const std::string* field : {&cell.value.text, &cell.numerator.text, &cell.denominator.text})
        text += ',' + *field;
    text += figure.is_share ? ",percent," : ",rate,";
    text += std::to_string(figure.per) + (derived ? ",true" : ",false") + ',' + cell.lower + ',' + cell.upper;
    for (const std::string_view field :
         {std::string_view(cell.comparison), std::string_view(cell.reason), std::string_view(figure.polarity),
          std::string_view(figure.polarity_provenance), std::string_view(figure.note), std::string_view(figure.file),
          std::string_view(all.attribution)}) {
        text += ',' + csv_quoted(field);
    }
    text += '\n';
}

}  // namespace

void detail::write_published(json_text& out, const std::optional<published_comparisons>& published) {
    out.key("published");
    if (!published) return out.null();
    out.begin_object();
    out.field("area", published->area);
    out.field("area_name", published->area_name);
    out.integer("first_year", published->first_year);
    out.integer("last_year", published->last_year);
    out.field("neighbour_model", published->neighbour_model);
    out.field("neighbour_note", published->neighbour_note);
    out.field("attribution", published->attribution);
    out.field("note", published->note);
    out.field("method", published->method);
    out.key("symbols");
    out.begin_object(true);
    out.field("c", "hidden by the publisher: confidential");
    out.field("x", "not available");
    out.field("u", "too unreliable to be published");
    out.field("z", "not applicable");
    out.end_object();
    out.key("figures");
    out.begin_list();
    for (const published_comparison& figure : published->figures) write(out, figure);
    out.end_list();
    out.end_object();
}

std::string to_published_csv(const release& r) {
    std::string text = heading;
    if (!r.published()) return text;
    for (const published_comparison& figure : r.published()->figures) {
        for (const published_cell& cell : figure.cells) add_row(text, *r.published(), figure, cell);
    }
    return text;
}

}  // namespace goldenthread
