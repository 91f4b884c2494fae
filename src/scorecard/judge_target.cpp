// A figure against a target: exact comparison, rule and sentence.
#include "scorecard/judging.hpp"
#include "scorecard/target_parts.hpp"

#include <goldenthread/core/compare_fractions.hpp>
#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/scorecard/judge_figure.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace goldenthread {

using detail::in_parts;
using detail::parts_of_one;

namespace {

/// Above zero is `denominator`. In the unit in which the figure is shown: 10 is 10 %.
struct amount {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
    std::string text;
};

amount amount_of(const target_amount& t) { return {in_parts(t), parts_of_one, t.text}; }

/// The straight line between the points before and after. A day at most 300 years after another, amounts below 10^13
/// parts: the products stay below 2^63.
amount on_the_way(const std::vector<trajectory_point>& points, day on, int decimals) {
    std::size_t next = 1;
    while (next + 1 < points.size() && points[next].on < on) ++next;
    const trajectory_point& before = points[next - 1];
    const trajectory_point& after = points[next];
    const std::int64_t days = after.on - before.on, gone = on - before.on;
    amount result;
    result.numerator = in_parts(before.value) * (days - gone) + in_parts(after.value) * gone;
    result.denominator = parts_of_one * days;
    if (on == before.on || on == after.on) {
        result.text = on == before.on ? before.value.text : after.value.text;
    } else {
        result.text = decimal_text(result.numerator, result.denominator, decimals);
    }
    return result;
}

amount sum_of(const amount& a, const target_amount& b, int sign) {
    return {a.numerator + sign * in_parts(b) * (a.denominator / parts_of_one), a.denominator, ""};
}

/// The value as it is shown; as a fraction of the unit that targets use.
class judged_value {
public:
    judged_value(const draft_value& value, const figure_heading& heading, const std::string& text)
        : value_(value), per_hundred_(heading.unit == figure_unit::fraction ? 100 : 1), text_(text) {}

    /// −1, 0, 1: below, at, above.
    [[nodiscard]] int compared_with(const amount& a) const {
        return compare_fractions(value_.numerator, value_.denominator, a.numerator, a.denominator * per_hundred_);
    }
    [[nodiscard]] int rounded_compared_with(const amount& a) const {
        std::int64_t mantissa = 0, scale = 1;
        bool after_point = false;
        for (const char c : text_) {
            if (c == '.') after_point = true;
            if (c < '0' || c > '9') continue;
            mantissa = mantissa * 10 + (c - '0');
            if (after_point) scale *= 10;
        }
        if (!text_.empty() && text_.front() == '-') mantissa = -mantissa;
        return compare_fractions(mantissa, scale, a.numerator, a.denominator);
    }

private:
    draft_value value_;
    std::int64_t per_hundred_;
    std::string text_;
};

/// How far apart a figure and what is wanted are.
struct position {
    int side = 0;        ///< −1 below what is wanted, 1 above, 0 not on the wrong side
    bool within = true;  ///< not farther than the tolerance
    friend bool operator==(const position&, const position&) = default;
};

/// What is wanted: nothing below `lowest`, nothing above `highest`.
struct wanted_range {
    std::optional<amount> lowest;
    std::optional<amount> highest;
    std::optional<target_amount> tolerance;
};

template <class Compare>
position place_of(const wanted_range& wanted, Compare&& compared_with) {
    position result;
    if (wanted.lowest && compared_with(*wanted.lowest) < 0) {
        result.side = -1;
        result.within = wanted.tolerance && compared_with(sum_of(*wanted.lowest, *wanted.tolerance, -1)) >= 0;
    } else if (wanted.highest && compared_with(*wanted.highest) > 0) {
        result.side = 1;
        result.within = wanted.tolerance && compared_with(sum_of(*wanted.highest, *wanted.tolerance, 1)) <= 0;
    }
    return result;
}

std::string with_unit(const std::string& number, const figure_heading& heading) {
    switch (heading.unit) {
        case figure_unit::fraction:
            return number + " %";
        case figure_unit::rate:
            return number + " per " + std::to_string(heading.multiplier);
        case figure_unit::days:
            return number + (number == "1" ? " day" : " days");
        default:
            return number;
    }
}

/// The unit that a target of this figure is written in.
std::string unit_of(const figure_heading& heading) {
    if (heading.unit == figure_unit::fraction) return "percent";
    if (heading.unit == figure_unit::rate) return "per " + std::to_string(heading.multiplier);
    return heading.unit == figure_unit::days ? "days" : "number";
}

[[noreturn]] void refuse(const target& t, const std::string& what, const std::string& remedy) {
    error_context context;
    context.indicator = t.indicator;
    context.place = t.place;
    context.remedy = remedy;
    throw definition_error(what, std::move(context));
}

void check_fit(const figure_heading& heading, const target& t) {
    const std::string unit = unit_of(heading);
    if (t.unit != unit) {
        refuse(t, "the target is in '" + t.unit + "', the figure in '" + unit + "'",
               "write the target in the unit in which the figure is shown");
    }
    const bool grows = heading.unit == figure_unit::number || heading.unit == figure_unit::rate;
    if (grows && heading.timing != "at" && heading.measure != "ratio" && heading.measure != "mean" &&
        heading.measure != "median" && heading.measure != "quantile" && !t.of_periods) {
        refuse(t, "the figure is counted during a period, and the target does not say during which kind of period",
               "add \"period\": \"financial_year\", or \"financial_quarter\", …");
    }
}

const char* name_of(target_kind kind) {
    switch (kind) {
        case target_kind::local:
            return "local target";
        case target_kind::trajectory:
            return "trajectory's value";
        case target_kind::band:
            return "band";
        default:
            return "national target";
    }
}

const char* words_of(const std::string& polarity) {
    if (polarity == "low") return "lower is wanted";
    if (polarity == "high") return "higher is wanted";
    return "near it is wanted";
}

/// One way in, so that sentence, rule and colour cannot part.
class target_judge {
public:
    target_judge(const figure_heading& heading, const release_cell& total, const period& when, const target& against)
        : heading_(heading), total_(total), target_(against) {
        result_.target_kind = std::string(to_text(target_.kind));
        result_.source = target_.source;
        set_polarity();
        set_wanted(when);
    }

    rag judge() {
        result_.rule = rule();
        if (!set_state_without_colour()) set_colour();
        return result_;
    }

private:
    void set_polarity() {
        const bool own = !target_.polarity.empty();
        result_.polarity = own ? target_.polarity : heading_.polarity;
        result_.polarity_provenance = own ? target_.polarity_provenance : heading_.polarity_provenance;
        if (target_.kind == target_kind::band && !own) {
            result_.polarity = "near_target";
            result_.polarity_provenance = "stated by the target";
        }
        if (result_.polarity == "not_applicable") result_.polarity = "neutral";
        if (result_.polarity.empty()) result_.polarity = "unspecified";
    }

    void set_wanted(const period& when) {
        wanted_.tolerance = target_.tolerance;
        if (target_.tolerance) {
            result_.tolerance = target_.tolerance->text;
            result_.tolerance += heading_.unit == figure_unit::fraction
                                     ? (target_.tolerance->text == "1" ? " percentage point" : " percentage points")
                                     : with_unit("", heading_);
        }
        if (target_.kind == target_kind::band) {
            wanted_.lowest = amount_of(target_.lowest);
            wanted_.highest = amount_of(target_.highest);
            const bool percent = heading_.unit == figure_unit::fraction;
            result_.target = (percent ? with_unit(target_.lowest.text, heading_) : target_.lowest.text) + " to " +
                             with_unit(target_.highest.text, heading_);
            return;
        }
        const bool whole = heading_.unit == figure_unit::number;
        aim_ = target_.kind == target_kind::trajectory ? on_the_way(target_.points, when.last, whole ? 2 : 1)
                                                       : amount_of(target_.value);
        result_.target = with_unit(aim_.text, heading_);
        if (result_.polarity != "low") wanted_.lowest = aim_;
        if (result_.polarity != "high") wanted_.highest = aim_;
    }

    [[nodiscard]] std::string rule() const {
        std::string text = words_of(result_.polarity);
        if (result_.polarity == "neutral") text = "neither way is better";
        if (result_.polarity == "unspecified") return "nobody has said which way is better";
        if (target_.kind == target_kind::band) text = "inside it is wanted";
        text += " (" + result_.polarity_provenance + ")";
        if (result_.polarity == "neutral") return text;
        const bool low = result_.polarity == "low", high = result_.polarity == "high";
        text += ": green ";
        text += low ? "up to " : high ? "from " : target_.kind == target_kind::band ? "from " : "at ";
        text += result_.target;
        text += high ? " upwards" : "";
        if (wanted_.tolerance) text += ", amber not more than " + result_.tolerance + " away";
        return text + ", red beyond";
    }

    bool no_colour(rag_state state, const char* why) {
        result_.state = state;
        result_.sentence = std::string("no colour: ") + why;
        return true;
    }

    /// Hidden first: what is said of a hidden figure must not depend on anything else about it.
    bool set_state_without_colour() {
        const std::string& state = total_.state;
        if (total_.value.is_hidden() || state == "suppressed") {
            return no_colour(rag_state::figure_hidden,
                             "the figure is hidden, and a colour would say on which side of the target it lies");
        }
        if (state == "partial") {
            return no_colour(rag_state::figure_partial, "the data cover part of the days");
        }
        if (state == "zero_denominator") {
            return no_colour(rag_state::figure_undefined, "there is nothing to divide by");
        }
        if (state == "not_applicable") {
            return no_colour(rag_state::figure_undefined, "the figure has no meaning here");
        }
        if (state == "not_due") return no_colour(rag_state::figure_missing, "the figure is not due yet");
        if (!total_.exact || total_.value.is_absent() || (state != "value" && state != "true_zero")) {
            return no_colour(rag_state::figure_missing, "there is no figure");
        }
        if (result_.polarity == "unspecified") {
            return no_colour(rag_state::polarity_unspecified, "nobody has said which way is better");
        }
        if (result_.polarity == "neutral") return no_colour(rag_state::polarity_neutral, "neither way is better");
        return false;
    }

    void set_colour() {
        const judged_value value(*total_.exact, heading_, total_.value.text());
        const position exact = place_of(wanted_, [&](const amount& a) { return value.compared_with(a); });
        const position rounded = place_of(wanted_, [&](const amount& a) { return value.rounded_compared_with(a); });
        result_.value = with_unit(total_.value.text(), heading_);
        result_.state = exact.side == 0 ? rag_state::green : exact.within ? rag_state::amber : rag_state::red;
        result_.rounding_hides_it = !(exact == rounded);
        result_.sentence = std::string(to_text(result_.state)) + ": " + result_.value + " " + words(exact);
        if (result_.rounding_hides_it) {
            result_.sentence += "; compared before rounding: the printed " + result_.value + " is rounded";
        }
    }

    [[nodiscard]] std::string words(const position& where) const {
        const std::string aim = std::string(name_of(target_.kind)) + " of " + result_.target;
        if (where.side == 0) {
            if (target_.kind == target_kind::band) return "lies within the " + aim;
            if (result_.polarity == "near_target") return "is at the " + aim;
            return "meets the " + std::string(name_of(target_.kind)) + " of at " +
                   (result_.polarity == "low" ? "most " : "least ") + result_.target;
        }
        std::string text = std::string("is ") + (where.side < 0 ? "below" : "above") + " the " + aim;
        if (!wanted_.tolerance) return text;
        const std::string tolerance = heading_.unit == figure_unit::fraction
                                          ? "its " + target_.tolerance->text + "-point tolerance"
                                          : "its tolerance of " + result_.tolerance;
        return text + (where.within ? " but within " : " by more than ") + tolerance;
    }

    const figure_heading& heading_;
    const release_cell& total_;
    const target& target_;
    wanted_range wanted_;
    amount aim_;
    rag result_;
};

}  // namespace

rag judge_against_target(const figure_heading& heading, const release_cell& total, const period& when,
                         const target& against) {
    check_fit(heading, against);
    return target_judge(heading, total, when, against).judge();
}

void detail::check_targets_fit(const figure_heading& heading, const std::vector<target>& targets) {
    for (const target& t : targets) {
        if (t.indicator == heading.indicator) check_fit(heading, t);
    }
}

std::optional<double> detail::target_line(const figure_heading& heading, const period& when,
                                          const std::vector<target>& targets) {
    for (const target_kind kind : {target_kind::local, target_kind::trajectory, target_kind::national}) {
        for (const target& t : targets) {
            if (t.indicator != heading.indicator || t.kind != kind || !in_force(t, when)) continue;
            const amount aim =
                kind == target_kind::trajectory ? on_the_way(t.points, when.last, 1) : amount_of(t.value);
            return static_cast<double>(aim.numerator) / static_cast<double>(aim.denominator);
        }
    }
    return std::nullopt;
}

std::vector<rag> detail::judge_against_targets(const figure_heading& heading, const release_cell& total,
                                               const period& when, const std::vector<target>& targets) {
    std::vector<rag> result;
    for (const target_kind kind :
         {target_kind::local, target_kind::trajectory, target_kind::band, target_kind::national}) {
        for (const target& t : targets) {
            if (t.indicator == heading.indicator && t.kind == kind && in_force(t, when)) {
                result.push_back(judge_against_target(heading, total, when, t));
            }
        }
    }
    if (result.empty()) {
        rag none;
        none.polarity = heading.polarity;
        none.polarity_provenance = heading.polarity_provenance;
        none.sentence = "no colour: no target is in force";
        result.push_back(std::move(none));
    }
    return result;
}

}  // namespace goldenthread
