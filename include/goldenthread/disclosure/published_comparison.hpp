// goldenthread: figures that others published, as a release prints them beside a plan's own.
//
// They are no figures of the release: others computed them and hid what they hid, with their own symbols. The gate lets
// them pass unchanged, in a part of their own, and checks only that what is hidden holds no number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace goldenthread {

/// A number that others printed, or that was computed here from numbers they printed.
struct number_of_others {
    std::string state = "missing";  ///< value, suppressed, not_available, unreliable, not_applicable, missing
    std::string text;      ///< decimal text; the publisher's symbol where it is hidden; empty where it is missing
    bool derived = false;  ///< computed here

    [[nodiscard]] bool is_value() const noexcept { return state == "value"; }

    friend bool operator==(const number_of_others&, const number_of_others&) = default;
};

/// A figure of one place in one year.
struct published_cell {
    int year = 0;      ///< in which the reporting year ends
    std::string role;  ///< area, neighbour, region, country
    std::string area;  ///< code of the Office for National Statistics; empty where no file has the place
    std::string area_name;
    std::string closeness;  ///< of a statistical neighbour
    number_of_others value;
    number_of_others numerator;
    number_of_others denominator;
    std::string lower;  ///< limits of the interval of `value`, in its unit; empty where the counts do not allow one
    std::string upper;
    std::string comparison;  ///< how the area stands to this place: better, worse, similar, higher, lower; or empty
    std::string reason;      ///< why there is no number, where it is not the publisher's symbol that says so

    friend bool operator==(const published_cell&, const published_cell&) = default;
};

/// Where the area stands among all authorities of a year. Authorities alone are ranked, and never without the range
/// that their intervals leave open.
struct published_standing {
    int year = 0;
    std::size_t rank = 0;          ///< 1 = the highest value; ties share the first place
    std::size_t highest_rank = 0;  ///< 1 + the authorities whose interval lies wholly above the area's
    std::size_t lowest_rank = 0;   ///< authorities less those whose interval lies wholly below the area's
    std::size_t authorities = 0;   ///< with counts in that year
    int quartile = 0;              ///< 1 = the quarter with the lowest values; 0 = too few authorities

    friend bool operator==(const published_standing&, const published_standing&) = default;
};

/// One published figure beside one indicator.
struct published_comparison {
    std::string indicator;  ///< that it says something about
    std::string title;      ///< of the published figure
    std::string relation;   ///< exact, wider, narrower, context
    std::string note;       ///< how it differs from the indicator
    std::string file;       ///< as read
    std::string file_title;
    std::string arithmetic;  ///< "CPP_subsequent ÷ CPP_start"
    bool is_share = true;    ///< a percentage; otherwise a rate per `per`
    std::int64_t per = 100;
    std::string counted;
    std::string polarity;  ///< low, high, unspecified
    std::string polarity_provenance;
    std::vector<published_cell> cells;          ///< by place, then year
    std::vector<published_standing> standings;  ///< by year

    friend bool operator==(const published_comparison&, const published_comparison&) = default;
};

/// Everything published that stands beside a plan.
struct published_comparisons {
    std::string area;
    std::string area_name;
    int first_year = 0;
    int last_year = 0;
    std::string neighbour_model;  ///< "2025 model"; empty where there is none
    std::string neighbour_note;   ///< what must be said about it
    std::string attribution;
    std::string note;
    std::string method;  ///< of intervals, comparisons and ranks
    std::vector<published_comparison> figures;

    friend bool operator==(const published_comparisons&, const published_comparisons&) = default;
};

}  // namespace goldenthread
