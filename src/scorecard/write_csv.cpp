#include "scorecard/csv_text.hpp"
#include "scorecard/write_judgement.hpp"

#include <goldenthread/core/date.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/scorecard/write_release.hpp>

#include <vector>

namespace goldenthread {

namespace {

constexpr const char* header =
    "plan,priority,evidence_line,indicator,title,period_kind,period_label,period_first,period_last,breakdown,category,"
    "state,value,numerator,denominator,unknown,excluded,immature,censored,unit,multiplier,reason,audience,certificate,"
    "definition_hash,approval,area,synthetic";

using detail::csv_quoted;

class csv_rows {
public:
    explicit csv_rows(const release& r) : release_(r), text_(header) {
        text_ += detail::judgement_headings, text_ += '\n';
    }

    std::string take() { return std::move(text_); }

    /// `line` is null for a figure that is not the plan's own.
    void add_figure(const std::string& priority, const std::string& line, const release_figure& figure) {
        for (std::size_t i = 0; i < figure.cells.size(); ++i) {
            add_cell(priority, line, figure, figure.cells[i], detail::judgement_of(figure, i));
        }
        if (figure.cells.empty()) {
            add({priority, line, figure.heading.indicator, figure.heading.title}, nullptr, {}, figure.heading.state,
                nullptr, figure.heading.state_reason, &figure.heading, {});
        }
    }

    void add_line_without_figure(const std::string& priority, const outline_element& line) {
        add({priority, line.id, "", line.text}, nullptr, {}, line.state, nullptr, line.state_reason, nullptr, {});
    }

private:
    void add_cell(const std::string& priority, const std::string& line, const release_figure& figure,
                  const release_cell& cell, const cell_judgement& said) {
        std::vector<std::string> dimensions;
        std::vector<std::string> categories;
        for (const auto& [dimension, category] : cell.key) {
            dimensions.push_back(dimension);
            categories.push_back(category.value_or("not recorded"));
        }
        add({priority, line, figure.heading.indicator, figure.heading.title}, &release_.periods()[cell.period],
            {joined(dimensions, "|"), joined(categories, "|")}, cell.state, &cell, cell.reason, &figure.heading, said);
    }

    void add(const std::vector<std::string>& first, const period* p, const std::pair<std::string, std::string>& key,
             const std::string& state, const release_cell* cell, const std::string& reason,
             const figure_heading* heading, const cell_judgement& said) {
        text_ += csv_quoted(release_.title().plan);
        for (const std::string& each : first) put(each);
        put(p == nullptr ? "" : to_text(p->kind));
        put(p == nullptr ? "" : p->label);
        put(p == nullptr ? "" : to_iso(p->first));
        put(p == nullptr ? "" : to_iso(p->last));
        put(key.first);
        put(key.second);
        put(state);
        static const release_cell none;
        const release_cell& c = cell == nullptr ? none : *cell;
        for (const published_number* number :
             {&c.value, &c.numerator, &c.denominator, &c.unknown, &c.excluded, &c.immature, &c.censored}) {
            text_ += ',' + (number->is_hidden() ? release_.policy().symbol : number->text());
        }
        // A broken-down cell of a share's profile is a count, not a percentage.
        const bool is_count = heading != nullptr && heading->cells_are_counts && !c.key.empty();
        put(heading == nullptr ? "" : is_count ? to_text(figure_unit::number) : to_text(heading->unit));
        put(heading == nullptr ? "" : std::to_string(heading->multiplier));
        put(reason);
        put(to_text(release_.readers()));
        put(release_.certificate());
        put(heading == nullptr ? "" : heading->definition_hash);
        put(heading == nullptr ? "" : heading->approval.text);
        put(release_.title().area);
        put(release_.title().synthetic ? "true" : "false");
        text_ += detail::judgement_fields(said) + '\n';
    }

    void put(std::string_view field) { text_ += ',' + csv_quoted(field); }

    const release& release_;
    std::string text_;
};

}  // namespace

std::string to_csv(const release& r) {
    csv_rows rows(r);
    for (const outline_element& priority : r.plan().priorities) {
        for (const outline_element& part : priority.parts) {
            if (part.kind != "evidence_line") continue;
            for (const std::string& indicator : part.indicators) {
                if (const release_figure* figure = r.find(indicator)) rows.add_figure(priority.id, part.id, *figure);
            }
            if (part.indicators.empty()) rows.add_line_without_figure(priority.id, part);
        }
    }
    for (const release_figure& figure : r.figures()) {
        if (figure.heading.evidence_lines.empty()) rows.add_figure("", "", figure);
    }
    return rows.take();
}

}  // namespace goldenthread
