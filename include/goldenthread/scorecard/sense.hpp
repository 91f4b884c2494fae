// goldenthread: figures that cannot be, or should not be read alone. Needs goldenthread::goldenthread.
#pragma once

#include <goldenthread/data/dataset.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/engine/cell.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace goldenthread {

/// A doubt about a figure. It changes no figure.
struct sense_warning {
    std::string indicator;  ///< id, or the name given
    std::string rule;       ///< impossible_population, unit_jump, parts_do_not_add, hidden_movements, does_not_balance
    std::string period;     ///< label; of a change, that of the later period
    std::string breakdown;  ///< dimension; empty = the total
    std::string message;    ///< in words, without counts; a release tells one of a total only where all are shown
    std::string numbers;    ///< the counts behind it: not protected, so only where the data are

    friend bool operator==(const sense_warning&, const sense_warning&) = default;
};

/// A count and the rate that somebody printed beside it, of one area and one period.
struct stated_rate {
    std::string name;
    std::int64_t count = 0;
    double rate = 0;
    std::int64_t per = 10000;
};

/// Whether rates of one area and period can be about one population: count × per ÷ rate is how many people a rate
/// implies. Given the population, each that is more than 1.5 times too large or too small is named; otherwise each that
/// is so against another, both being named. 9,645 contacts as 232.9 per 10,000 imply 414,126 children, 1,580 referrals
/// as 381.5 imply 41,415: they cannot both be right. Counts or rates of zero imply nothing. Rates of other ages are of
/// other populations and must not be asked about together.
/// \throws calculation_error for a negative count or rate, or a `per` or population not above zero
[[nodiscard]] std::vector<sense_warning> check_rates(const std::vector<stated_rate>& rates,
                                                     std::optional<double> population = std::nullopt);

/// Three counts of the same things: what is open at the end of a period, what started and what ended within it.
struct stock_and_flows {
    std::string stock;  ///< ids
    std::string starts;
    std::string ends;
};

/// Looks through results for figures that make no sense:
/// - `impossible_population`: a rate whose denominator differs from that of others for the same ages and period by more
///   than 1.5 times (figures that partners supply);
/// - `unit_jump`: a total that changed from one period to the next by 10, 100, 1,000 or 10,000 times, give or take 5 %,
///   or, of days, by 7, 24 or 30.44 times; both counts being 20 or more;
/// - `parts_do_not_add`: cells of a breakdown that adds up, and do not;
/// - `hidden_movements`: a total whose parts moved in opposite directions, or against it (`find_masking`, 95 %), in the
///   last period of each kind against the one before;
/// - `does_not_balance`: opening + starts − ends ≠ closing, for the stocks and flows named. Only counts of the same
///   rows balance: children who reach an age limit, or have two rows, do not.
/// \throws definition_error for a stock or flow that is not among the results
[[nodiscard]] std::vector<sense_warning> check_sense(const results& figures, const indicator_set& definitions,
                                                     const std::vector<stock_and_flows>& balances = {});

/// Cases travel with definitions: none may hold real rows. Refuses a case one of whose rows names a child and a day,
/// and equals a row of the same table of the data in every value it gives.
/// \throws data_error naming indicator, case, file and table
void refuse_cases_from_data(const indicator_set& definitions, const dataset& data);

}  // namespace goldenthread
