#include <goldenthread/scorecard/benchmarks.hpp>

#include "scorecard/published_arithmetic.hpp"

#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/statistics/benchmark_comparison.hpp>
#include <goldenthread/statistics/count_interval.hpp>
#include <goldenthread/statistics/wilson_interval.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace goldenthread {

namespace {

using detail::published_quotient;

/// In words, for a report.
constexpr const char* method =
    "95 % intervals: Wilson for shares; for rates exact Poisson below ten events, Byar from ten. Another place is "
    "judged "
    "by its value against the area's interval. Ranks count authorities from the highest value, with the range left "
    "open "
    "by authorities whose intervals lie wholly above or wholly below.";

/// In the unit of the figure; no limits for a share of more events than there are.
interval_estimate estimate_of(const published_quotient& counts, std::int64_t per, const confidence_level& confidence) {
    const auto x = static_cast<double>(counts.numerator), n = static_cast<double>(counts.denominator);
    const auto unit = static_cast<double>(per);
    if (per != 100) return rate_interval(x, n, unit, confidence);
    if (counts.numerator > counts.denominator) return {};
    return detail::scaled(wilson_interval(x, n, confidence), unit, 1);
}

improvement_direction wanted_direction(const published_answer& answer) {
    if (answer.polarity == "low") return improvement_direction::decrease;
    return answer.polarity == "high" ? improvement_direction::increase : improvement_direction::neutral;
}

/// A place and what it is to the area asked about.
struct place {
    std::string role;
    std::string code;      ///< empty for a neighbour that no file has
    std::string old_code;  ///< neighbours: their code may change with the year
    std::string name;
    std::string closeness;
};

/// A figure with everything that comparisons need.
struct figure {
    published_cell cell;
    std::optional<published_quotient> counts;
    std::optional<double> value;
    interval_estimate interval;

    [[nodiscard]] bool has_limits() const noexcept { return interval.state() == estimate_state::complete; }
};

number_of_others as_printed(const printed_number& number) {
    return {std::string(to_text(number.state)), to_text(number), false};
}

/// Of several that are no numbers, the one that says most.
published_state weightier(published_state a, published_state b) noexcept {
    constexpr published_state order[] = {published_state::suppressed, published_state::unreliable,
                                         published_state::not_available, published_state::not_applicable};
    for (const published_state each : order) {
        if (a == each || b == each) return each;
    }
    return published_state::missing;
}

class figure_reader {
public:
    figure_reader(const published_data& data, const published_answer& answer)
        : answer_(answer), main_(data.find_table(answer.file)) {
        for (const published_amount* each : {&answer.numerator, &answer.denominator}) {
            const published_table* table = each->file.empty() ? main_ : data.find_table(each->file);
            tables_.push_back(table);
        }
    }

    /// False if a file is not in the folder.
    [[nodiscard]] bool is_possible() const noexcept {
        return main_ != nullptr && tables_[0] != nullptr && tables_[1] != nullptr;
    }
    [[nodiscard]] const published_table& table() const noexcept { return *main_; }

    [[nodiscard]] figure read(const std::string& code, int year) const {
        figure result;
        result.cell.area = code;
        result.cell.year = year;
        const printed_number above = amount(answer_.numerator, *tables_[0], code, year);
        const printed_number below = amount(answer_.denominator, *tables_[1], code, year);
        result.cell.numerator = as_printed(above);
        result.cell.numerator.derived = above.is_value() && !answer_.numerator.minus.empty();
        result.cell.denominator = as_printed(below);
        result.counts = detail::quotient_of(above, below);
        set_value(result, above, below, code, year);
        if (result.counts && result.value) {
            result.interval = estimate_of(*result.counts, answer_.per, confidence_);
        }
        if (result.has_limits()) {
            result.cell.lower = rounded_text(*result.interval.lower, answer_.decimals);
            result.cell.upper = rounded_text(*result.interval.upper, answer_.decimals);
        }
        return result;
    }

private:
    /// A column less others; the weightiest symbol where one of them is no number.
    static printed_number amount(const published_amount& wanted, const published_table& table, const std::string& code,
                                 int year) {
        printed_number result = table.number(code, year - wanted.years_before, wanted.column);
        for (const std::string& column : wanted.minus) {
            const printed_number part = table.number(code, year - wanted.years_before, column);
            if (!result.is_value() || !part.is_value()) {
                const published_state first = result.is_value() ? part.state : result.state;
                result = {weightier(first, part.is_value() ? first : part.state), 0, 0};
            } else {
                result.mantissa -= part.mantissa;  // counts are whole
            }
        }
        if (result.is_value() && result.mantissa < 0) return {published_state::not_available, 0, 0};
        return result;
    }

    void set_value(figure& result, const printed_number& above, const printed_number& below, const std::string& code,
                   int year) const {
        number_of_others& value = result.cell.value;
        if (!answer_.published.empty()) {
            const printed_number printed = main_->number(code, year, answer_.published);
            value = as_printed(printed);
            if (!printed.is_value()) return;
            if (printed.scale <= answer_.decimals) value.text = detail::with_places(printed, answer_.decimals);
            result.value =
                static_cast<double>(printed.mantissa) / static_cast<double>(detail::power_of_ten(printed.scale));
        } else if (result.counts) {
            value = {"value", detail::quotient_text(*result.counts, answer_.per, answer_.decimals), true};
            result.value = result.counts->as_double() * static_cast<double>(answer_.per);
        } else if (above.is_value() && below.is_value()) {
            value = {std::string(to_text(published_state::not_applicable)), "z", true};
            result.cell.reason = "nothing to divide by";
        } else {
            const published_state first = above.is_value() ? below.state : above.state;
            const published_state state = weightier(first, below.is_value() ? first : below.state);
            value = {std::string(to_text(state)), std::string(symbol_of(state)), false};
        }
    }

    const published_answer& answer_;
    confidence_level confidence_;
    const published_table* main_;
    std::vector<const published_table*> tables_;
};

std::string amount_words(const published_amount& amount) {
    std::string words = amount.column;
    for (const std::string& each : amount.minus) words += " − " + each;
    if (!amount.minus.empty()) words = "(" + words + ")";
    return amount.years_before == 0 ? words : words + " of the year before";
}

std::string arithmetic_words(const published_answer& answer) {
    std::string words = amount_words(answer.numerator) + " ÷ " + amount_words(answer.denominator);
    if (answer.published.empty()) return words + (answer.is_share() ? "" : " × " + std::to_string(answer.per));
    return answer.published + ", printed; = " + words;
}

class comparer {
public:
    comparer(const published_data& data, const published_catalogue& catalogue, const benchmark_request& request)
        : data_(data), catalogue_(catalogue), request_(request), own_(data.area(request.area, request.last_year)) {
        check_request();
        find_places();
    }

    published_comparisons compare() {
        published_comparisons result;
        result.area = own_.code;
        result.area_name = own_.name;
        result.first_year = request_.first_year;
        result.last_year = request_.last_year;
        result.attribution = catalogue_.attribution;
        result.note = catalogue_.note;
        result.method = method;
        if (model_ != nullptr) {
            result.neighbour_model = model_->vintage.empty() ? model_->name : model_->vintage + " model";
            result.neighbour_note = neighbour_note();
        }
        for (const published_answer& answer : catalogue_.answers) {
            const bool wanted = request_.indicators.empty() ||
                                std::find(request_.indicators.begin(), request_.indicators.end(), answer.indicator) !=
                                    request_.indicators.end();
            if (!wanted) continue;
            const figure_reader reader(data_, answer);
            if (reader.is_possible()) result.figures.push_back(one(answer, reader));
        }
        return result;
    }

private:
    void check_request() const {
        constexpr int earliest = 1900, latest = 2199;
        if (request_.first_year < earliest || request_.last_year > latest || request_.last_year < request_.first_year) {
            error_context context;
            context.file = data_.folder;
            context.remedy = "give a first and a last year in order, as in 2018 to 2020";
            throw data_error("years: " + std::to_string(request_.first_year) + " to " +
                                 std::to_string(request_.last_year) + " are no run of years",
                             std::move(context));
        }
        std::vector<std::string> known;
        for (const published_answer& answer : catalogue_.answers) known.push_back(answer.indicator);
        for (const std::string& wanted : request_.indicators) {
            if (std::find(known.begin(), known.end(), wanted) != known.end()) continue;
            error_context context;
            context.indicator = wanted;
            context.remedy = name_remedy(wanted, known);
            throw definition_error("no published figure says anything about it", std::move(context));
        }
    }

    void find_places() {
        places_.push_back({"area", own_.code, "", own_.name, ""});
        if (own_.level == area_level::authority) {
            add_neighbours();
            for (const published_area& each : data_.areas) {
                if (each.level == area_level::region && each.code == own_.region_code) {
                    places_.push_back({"region", each.code, "", each.name, ""});
                }
            }
        }
        if (own_.level == area_level::country) return;
        for (const published_area& each : data_.areas) {
            if (each.level == area_level::country) places_.push_back({"country", each.code, "", each.name, ""});
        }
    }

    void add_neighbours() {
        for (const neighbour_model& each : data_.models) {
            if (model_ == nullptr || each.vintage > model_->vintage) model_ = &each;
        }
        if (model_ == nullptr) return;
        const auto found = model_->neighbours.find(own_.old_code);
        if (found == model_->neighbours.end()) {
            model_ = nullptr;
            return;
        }
        for (const published_neighbour& each : found->second) {
            const published_area* latest = data_.authority_in(each.old_code, request_.last_year);
            for (const published_area& any : data_.areas) {
                if (latest == nullptr && any.old_code == each.old_code) latest = &any;
            }
            places_.push_back({"neighbour", latest == nullptr ? "" : latest->code, each.old_code,
                               latest == nullptr ? "authority " + each.old_code : latest->name, each.closeness});
        }
    }

    std::string neighbour_note() const {
        std::string note = "Statistical neighbours by the " +
                           (model_->vintage.empty() ? "model " + model_->name : model_->vintage + " model");
        const bool earlier = !model_->vintage.empty() && std::to_string(request_.first_year) < model_->vintage;
        if (earlier) note += ", applied to years before it";
        std::size_t not_close = 0, all = 0;
        for (const place& each : places_) {
            if (each.role != "neighbour") continue;
            ++all;
            if (to_ascii_lower(each.closeness) == "not close") ++not_close;
        }
        if (not_close > 0) {
            note += "; it calls " + std::to_string(not_close) + " of the " + std::to_string(all) + " \"Not close\"";
        }
        return note + ".";
    }

    /// The place's code in a year: neighbours are known by old codes, which keep when the new ones change.
    std::string code_in(const place& where, int year) const {
        if (where.old_code.empty()) return where.code;
        const published_area* then = data_.authority_in(where.old_code, year);
        return then == nullptr ? where.code : then->code;
    }

    std::string why_missing(const published_table& table, const place& where, int year) const {
        const published_area* area = where.code.empty() ? nullptr : table.find_area(where.code);
        if (area == nullptr) return "the file has no row for " + where.name;
        if (year >= area->first_year && year <= area->last_year) return "left empty by the publisher";
        const std::string years = area->first_year == area->last_year
                                      ? std::to_string(area->first_year) + " only"
                                      : std::to_string(area->first_year) + " to " + std::to_string(area->last_year);
        std::string reason = "the file has rows for " + where.code + " for " + years;
        if (area->level == area_level::authority && area->last_year < year) {
            reason += "; a code ends when an authority is split or merged";
        }
        return reason;
    }

    published_comparison one(const published_answer& answer, const figure_reader& reader) {
        published_comparison result;
        result.indicator = answer.indicator;
        result.title = answer.title;
        result.relation = std::string(to_text(answer.relation));
        result.note = answer.note;
        result.file = reader.table().name;
        result.file_title = catalogue_.title_of(answer.file);
        result.arithmetic = arithmetic_words(answer);
        result.is_share = answer.is_share();
        result.per = answer.per;
        result.counted = answer.counted;
        result.polarity = answer.polarity;
        result.polarity_provenance = answer.polarity_provenance;
        for (const place& where : places_) {
            for (int year = request_.first_year; year <= request_.last_year; ++year) {
                figure read = reader.read(code_in(where, year), year);
                read.cell.role = where.role;
                read.cell.area_name = where.name;
                read.cell.closeness = where.closeness;
                const bool is_missing = read.cell.value.state == "missing" && read.cell.reason.empty();
                if (is_missing) read.cell.reason = why_missing(reader.table(), where, year);
                if (where.role != "area" && read.value) {
                    read.cell.comparison = judged(answer, reader.read(own_.code, year), *read.value);
                }
                result.cells.push_back(std::move(read.cell));
            }
        }
        if (own_.level == area_level::authority) add_standings(result, reader);
        return result;
    }

    /// The other's value against the area's interval; empty where there is none.
    static std::string judged(const published_answer& answer, const figure& own, double other) {
        const benchmark_verdict verdict = compare_with_benchmark(own.interval, other, wanted_direction(answer));
        return verdict == benchmark_verdict::not_compared ? std::string() : std::string(to_text(verdict));
    }

    void add_standings(published_comparison& result, const figure_reader& reader) const {
        for (int year = request_.first_year; year <= request_.last_year; ++year) {
            const figure own = reader.read(own_.code, year);
            if (!own.has_limits()) continue;
            published_standing standing;
            standing.year = year;
            std::size_t above = 0, below = 0, wholly_above = 0, wholly_below = 0;
            for (const published_area& each : reader.table().areas) {
                if (each.level != area_level::authority) continue;
                const figure other = reader.read(each.code, year);
                if (!other.has_limits()) continue;
                ++standing.authorities;
                // By cross-multiplication: equal shares are equal, whatever their counts.
                const auto left = static_cast<std::int64_t>(other.counts->numerator * own.counts->denominator);
                const auto right = static_cast<std::int64_t>(own.counts->numerator * other.counts->denominator);
                above += left > right ? 1U : 0U;
                below += left < right ? 1U : 0U;
                wholly_above += *other.interval.lower > *own.interval.upper ? 1U : 0U;
                wholly_below += *other.interval.upper < *own.interval.lower ? 1U : 0U;
            }
            standing.rank = above + 1;
            standing.highest_rank = wholly_above + 1;
            standing.lowest_rank = standing.authorities - wholly_below;
            constexpr std::size_t quarters = 4;
            // As quantile_groups does, on exact quotients: fewer than four authorities have no quarters.
            if (standing.authorities >= quarters) {
                standing.quartile = static_cast<int>(1 + quarters * below / standing.authorities);
            }
            result.standings.push_back(standing);
        }
    }

    const published_data& data_;
    const published_catalogue& catalogue_;
    const benchmark_request& request_;
    const published_area& own_;
    const neighbour_model* model_ = nullptr;
    std::vector<place> places_;
};

}  // namespace

published_comparisons compare_published(const published_data& data, const published_catalogue& catalogue,
                                        const benchmark_request& request) {
    return comparer(data, catalogue, request).compare();
}

}  // namespace goldenthread
