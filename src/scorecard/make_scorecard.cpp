#include <goldenthread/scorecard/scorecard.hpp>

#include <set>
#include <utility>

namespace goldenthread {

namespace {

std::string text_or_empty(const column* texts, std::size_t row) {
    if (texts == nullptr || texts->dictionary() == nullptr || texts->is_null(row)) return {};
    return std::string(texts->text_at(row));
}

std::vector<assurance_record_presence> records_of(const table& records) {
    const column* items = records.find("plan_item");
    const column* kinds = records.find("kind");
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t row = 0; row < records.row_count(); ++row) {
        std::string item = text_or_empty(items, row);
        if (!item.empty()) seen.emplace(std::move(item), text_or_empty(kinds, row));
    }
    std::vector<assurance_record_presence> result;
    for (const auto& [item, kind] : seen) result.push_back({item, kind});
    return result;
}

}  // namespace

scorecard make_scorecard(plan_package package, results figures, const dataset& data) {
    scorecard card;
    card.package = std::move(package);
    card.figures = std::move(figures);
    card.findings = count_by_rule(data.findings());
    card.files = data.files();
    if (const table* records = data.find("assurance_record")) {
        card.has_assurance_table = true;
        card.records = records_of(*records);
    }
    if (card.figures.synthetic) {
        card.notes.push_back(
            "The rows are invented: no figure made from them says anything about a real child or area.");
    }
    return card;
}

}  // namespace goldenthread
