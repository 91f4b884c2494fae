// goldenthread: which published figure says something about which indicator, as data. Needs goldenthread::goldenthread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread {

/// A published column, perhaps less others of the same row: a total minus its published bands.
struct published_amount {
    std::string file;  ///< the file's name without years and ending; empty = that of the answer
    std::string column;
    std::vector<std::string> minus;
    int years_before = 0;  ///< 1 = the row of the year before: the middle of 2018 for the year that ends in March 2019

    friend bool operator==(const published_amount&, const published_amount&) = default;
};

/// How near a published figure comes to the indicator. Shown with the figure, always.
enum class published_relation : std::uint8_t {
    exact,     ///< the same definition and the same unit
    wider,     ///< it counts more: all categories of plan, plans instead of children
    narrower,  ///< it counts less
    context,   ///< another unit or question
};

[[nodiscard]] constexpr std::string_view to_text(published_relation relation) noexcept {
    constexpr std::string_view names[] = {"exact", "wider", "narrower", "context"};
    return names[static_cast<std::size_t>(relation)];
}

/// A published figure that answers an indicator.
struct published_answer {
    std::string indicator;
    std::string title;  ///< of the published figure
    std::string file;
    published_amount numerator;
    published_amount denominator;
    std::string published;   ///< column of the share as printed; empty = computed here from the counts
    std::int64_t per = 100;  ///< 100 = a percentage; 10000 = a rate per 10,000
    int decimals = 1;
    std::string counted;  ///< "child protection plans starting"
    published_relation relation = published_relation::context;
    std::string note;      ///< how it differs from the indicator
    std::string polarity;  ///< low, high, or unspecified
    std::string polarity_provenance;

    [[nodiscard]] bool is_share() const noexcept { return per == 100; }

    friend bool operator==(const published_answer&, const published_answer&) = default;
};

/// A printed share or rate and the two columns it is made of.
struct published_share {
    std::string file;
    std::string numerator;
    std::string denominator;
    std::string published;
    std::int64_t per = 100;
    int decimals = 1;

    friend bool operator==(const published_share&, const published_share&) = default;
};

/// A cell known to be printed wrongly.
struct published_exception {
    std::string file;
    std::string published;  ///< column
    std::string area;
    int year = 0;
    std::string as_published;
    std::string reason;

    friend bool operator==(const published_exception&, const published_exception&) = default;
};

/// All that is known about a set of published files. Format "goldenthread/published@1", schemas/published.schema.json.
struct published_catalogue {
    std::string attribution;                                 ///< printed wherever one of the figures is
    std::string note;                                        ///< about all of them
    std::vector<std::pair<std::string, std::string>> files;  ///< name and title
    std::vector<published_share> shares;
    std::vector<published_exception> exceptions;
    std::vector<published_answer> answers;

    [[nodiscard]] std::string title_of(std::string_view file) const {
        for (const auto& [name, title] : files) {
            if (name == file) return title;
        }
        return std::string(file);
    }
};

/// \throws definition_error naming file, place and remedy
[[nodiscard]] published_catalogue parse_published_catalogue(std::string_view json_text, const std::string& file);

/// The catalogue that comes with the library: indicators/published.json.
[[nodiscard]] published_catalogue shipped_published_catalogue();

}  // namespace goldenthread
