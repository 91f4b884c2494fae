#include "synthetic/truths.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

const person_row& question::person(const identifier& child) const {
    static const person_row nobody;
    const auto found =
        std::find_if(rows.person.begin(), rows.person.end(), [&](const person_row& p) { return p.child == child; });
    return found == rows.person.end() ? nobody : *found;
}

bool question::unborn(const identifier& child, day on) const {
    const person_row& p = person(child);
    return !p.is_born_by(p.last) || p.born > on;
}

std::optional<int> question::age(const identifier& child, day on) const {
    const person_row& p = person(child);
    if (!p.is_born_by(p.last)) return {};
    return age_in_years(p.born, on);
}

namespace {

/// Whether the rows of a table are whole in a period.
class completeness {
public:
    completeness(const row_store& area, std::string_view table) {
        for (const coverage_row& r : area.coverage) {
            if (r.table == table) parts_.push_back(r);
        }
    }
    [[nodiscard]] bool covers(day first, day last) const {
        return std::all_of(parts_.begin(), parts_.end(),
                           [&](const coverage_row& r) { return r.first <= first && last <= r.last; });
    }

private:
    std::vector<coverage_row> parts_;
};

std::int64_t children_living(const row_store& area, std::int64_t year) {
    std::int64_t people = 0;
    for (const population_row& r : area.population) people += r.year == year && r.age < 18 ? r.count : 0;
    return people;
}

planted_truth make_truth(const figure& f, const period& year, const tallies& t, const row_store& area) {
    planted_truth truth;
    truth.indicator = f.indicator;
    truth.period = year.label;
    truth.unknown = t.unknown;
    truth.excluded = t.excluded;
    truth.immature = t.immature;
    truth.censored = t.censored;
    const bool of_units = f.form == figure_form::share || f.form == figure_form::mean;
    truth.numerator = of_units ? t.numerator : t.counted;
    if (of_units) truth.denominator = t.counted;
    if (f.form == figure_form::rate) truth.denominator = children_living(area, to_civil(year.first).year);
    const completeness table(area, f.table);
    const bool whole =
        table.covers(f.at ? year.last : year.first, year.last) &&
        (f.look_back_months == 0 || table.covers(add_months(year.first, -f.look_back_months), year.last));
    const bool no_base = of_units && t.counted == 0;
    truth.state = no_base && t.immature > 0                             ? "not_due"
                  : no_base                                             ? "zero_denominator"
                  : !whole                                              ? "partial"
                  : truth.numerator == 0 && f.form != figure_form::mean ? "true_zero"
                                                                        : "value";
    return truth;
}

void append_cell(std::string& text, std::optional<std::int64_t> value) {
    text.push_back(',');
    if (value) append_number(text, *value);
}

}  // namespace

truth_counter::truth_counter(const extract& e)
    : days_(e), figures_(council_figures()), years_(whole_periods(period_kind::financial_year, e.first, e.last)) {
    figures_.insert(figures_.end(), partner_figures().begin(), partner_figures().end());
    std::sort(figures_.begin(), figures_.end(),
              [](const figure& a, const figure& b) { return a.indicator < b.indicator; });
    counts_.assign(figures_.size(), std::vector<tallies>(years_.size()));
}

void truth_counter::take(const row_store& rows) {
    for (std::size_t y = 0; y < years_.size(); ++y) {
        const question q{rows, years_[y], days_};
        for (std::size_t f = 0; f < figures_.size(); ++f) counts_[f][y] += figures_[f].count(q);
    }
}

std::vector<planted_truth> truth_counter::finish(const row_store& area) const {
    std::vector<planted_truth> truths;
    for (std::size_t f = 0; f < figures_.size(); ++f) {
        for (std::size_t y = 0; y < years_.size(); ++y) {
            truths.push_back(make_truth(figures_[f], years_[y], counts_[f][y], area));
        }
    }
    return truths;
}

std::string truths_csv(const std::vector<planted_truth>& truths) {
    std::string text = "area,indicator,period,state,numerator,denominator,unknown,excluded,immature,censored\r\n";
    for (const planted_truth& t : truths) {
        (text += exampleshire_area) += ',';
        (text += t.indicator) += ',';
        (text += t.period) += ',';
        text += t.state;
        append_cell(text, t.numerator);
        append_cell(text, t.denominator);
        for (const std::int64_t count : {t.unknown, t.excluded, t.immature, t.censored}) append_cell(text, count);
        text += "\r\n";
    }
    return text;
}

}  // namespace goldenthread::exampleshire
