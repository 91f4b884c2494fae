#include <goldenthread/scorecard/scorecard.hpp>

#include <utility>

namespace goldenthread {

scorecard make_scorecard(plan_package package, results figures, const dataset& data) {
    scorecard card;
    card.package = std::move(package);
    card.figures = std::move(figures);
    card.findings = count_by_rule(data.findings());
    card.files = data.files();
    card.assurance = assurance_of(card.package.plan, data, card.figures.periods);
    for (finding_count& count : count_by_rule(card.assurance.findings)) card.findings.push_back(std::move(count));
    if (card.figures.synthetic) {
        card.notes.push_back(
            "The rows are invented: no figure made from them says anything about a real child or area.");
    }
    return card;
}

}  // namespace goldenthread
