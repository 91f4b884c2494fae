#include "disclosure/hide_small_numbers.hpp"

#include <goldenthread/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace goldenthread::detail {

namespace {

/// The counts of a cell that may be hidden one by one.
enum class field { result, rest, denominator, unknown, excluded, immature, censored };

constexpr field all_fields[] = {field::result,   field::rest,     field::denominator, field::unknown,
                                field::excluded, field::immature, field::censored};

/// A count of one cell.
struct member {
    std::size_t cell = 0;
    field what = field::result;
};

/// members[0] = the sum of the others.
using sum_of_members = std::vector<member>;

bool is_average(const figure_heading& heading) {
    return heading.unit == figure_unit::days || heading.measure == "mean" || heading.measure == "median" ||
           heading.measure == "quantile";
}

/// The count behind a value: its numerator, or the value itself when that is a count.
std::optional<std::int64_t> count_of_result(const draft_cell& cell) {
    if (cell.numerator) return cell.numerator;
    if (cell.value && cell.value->denominator == 1) return cell.value->numerator;
    return std::nullopt;
}

/// True for a cell that counts units of the denominator beside a total that is a share.
bool is_profile_cell(const figure_heading& heading, const draft_cell& cell) {
    return heading.cells_are_counts && !cell.key.empty();
}

/// The rest of a share's denominator.
std::optional<std::int64_t> rest_of_share(const figure_heading& heading, const draft_cell& cell) {
    if (heading.unit != figure_unit::fraction || is_profile_cell(heading, cell)) return std::nullopt;
    if (!cell.numerator || !cell.denominator || *cell.numerator > *cell.denominator) return std::nullopt;
    return *cell.denominator - *cell.numerator;
}

/// The figure while its numbers are being hidden.
class figure_gate {
public:
    figure_gate(const draft_figure& figure, const std::vector<period>& periods, const disclosure_policy& policy)
        : figure_(figure), periods_(periods), policy_(policy), hidden_(figure.cells.size()) {
        for (std::size_t i = 0; i < figure_.cells.size(); ++i) {
            const draft_cell& cell = figure_.cells[i];
            index_[{key_text(cell.key), cell.period}] = i;
        }
    }

    std::vector<hidden_parts> run() {
        for (std::size_t i = 0; i < hidden_.size(); ++i) hide_primary(i);
        add_sums_over_breakdowns();
        add_profile_equalities();
        add_sums_over_periods();
        // Every round hides something more, so this ends.
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t i = 0; i < hidden_.size(); ++i) changed = hide_within_cell(i) || changed;
            for (const sum_of_members& sum : sums_) changed = protect(sum) || changed;
        }
        return hidden_;
    }

private:
    /// Unambiguous, because lengths stand before the words.
    static std::string key_text(const draft_key& key) {
        std::string text;
        for (const auto& [dimension, category] : key) {
            text += std::to_string(dimension.size()) + ':' + dimension;
            text += category ? '=' + std::to_string(category->size()) + ':' + *category : std::string("?");
        }
        return text;
    }

    [[nodiscard]] std::optional<std::int64_t> count(const member& m) const {
        const draft_cell& cell = figure_.cells[m.cell];
        switch (m.what) {
            case field::result:
                return count_of_result(cell);
            case field::rest:
                return rest_of_share(figure_.heading, cell);
            case field::denominator:
                return cell.denominator;
            case field::unknown:
                return cell.unknown;
            case field::excluded:
                return cell.excluded;
            case field::immature:
                return cell.immature;
            case field::censored:
                return cell.censored;
        }
        return std::nullopt;
    }

    [[nodiscard]] bool& flag(const member& m) {
        hidden_parts& parts = hidden_[m.cell];
        switch (m.what) {
            case field::denominator:
                return parts.denominator;
            case field::unknown:
                return parts.unknown;
            case field::excluded:
                return parts.excluded;
            case field::immature:
                return parts.immature;
            case field::censored:
                return parts.censored;
            default:
                return parts.result;
        }
    }

    /// Zeros are never hidden, nor is a share of none: its numerator is a true zero.
    [[nodiscard]] bool may_hide(const member& m) const {
        return count(m).value_or(0) != 0 &&
               (m.what != field::rest || count_of_result(figure_.cells[m.cell]).value_or(0) != 0);
    }

    void hide_primary(std::size_t i) {
        const draft_cell& cell = figure_.cells[i];
        hidden_parts& parts = hidden_[i];
        const std::int64_t result = count_of_result(cell).value_or(0);
        const auto small = [this](std::optional<std::int64_t> n) { return n && is_small(*n, policy_); };
        if (is_average(figure_.heading)) {
            const std::int64_t units = cell.denominator.value_or(0);
            parts.result = cell.value && units < policy_.smallest_mean;
        } else {
            parts.result = is_small(result, policy_);
        }
        // A large sum, or many days, can be those of one child.
        if (result != 0 && cell.units && *cell.units < policy_.smallest_mean) parts.result = true;
        const std::optional<std::int64_t> rest = rest_of_share(figure_.heading, cell);
        if (policy_.complements_hidden && small(rest) && result != 0) parts.result = true;
        if (rest == 0 && result != 0 && cell.denominator < policy_.smallest_whole_group) parts.result = true;
        parts.denominator = small(cell.denominator);
        parts.unknown = is_small(cell.unknown, policy_);
        parts.excluded = is_small(cell.excluded, policy_);
        parts.immature = is_small(cell.immature, policy_);
        parts.censored = is_small(cell.censored, policy_);
    }

    /// What the numbers of one cell say about each other.
    bool hide_within_cell(std::size_t i) {
        const draft_cell& cell = figure_.cells[i];
        hidden_parts& parts = hidden_[i];
        bool changed = false;
        const bool is_zero = count_of_result(cell).value_or(0) == 0;
        // Value and numerator together give the denominator.
        if (parts.denominator && !is_zero && !parts.hides_value()) changed = parts.value_only = true;
        // Where nearly all of a denominator is unknown, the few that are known are the hidden share.
        const std::int64_t known = cell.denominator.value_or(0) - cell.unknown;
        const bool is_share = rest_of_share(figure_.heading, cell).has_value();
        if (is_share && parts.result && cell.unknown != 0 && !parts.unknown && known >= 0 &&
            known <= policy_.threshold) {
            changed = parts.unknown = true;
        }
        return changed;
    }

    bool protect(const sum_of_members& members) {
        checked_sum sum;
        for (const member& m : members) {
            sum.counts.push_back(count(m).value_or(0));
            sum.hidden.push_back(flag(m));
            sum.may_hide.push_back(may_hide(m));
        }
        if (!protect_sum(sum, policy_.threshold)) return false;
        for (std::size_t i = 0; i < members.size(); ++i) flag(members[i]) = sum.hidden[i];
        return true;
    }

    /// A part without a number (an empty category has no share) counts as zero: a reader would do the same.
    void add_sum(const std::vector<std::size_t>& cells, field what) {
        if (!count({cells.front(), what})) return;
        sum_of_members sum;
        for (const std::size_t cell : cells) sum.push_back({cell, what});
        sums_.push_back(std::move(sum));
    }

    [[nodiscard]] bool adds_over(const std::string& dimension) const {
        for (const auto& [name, adds] : figure_.heading.adds_over_breakdowns) {
            if (name == dimension) return adds;
        }
        return true;  // not said: the careful reading
    }

    /// Each total with its cells, in every direction of a cross-tabulation.
    void add_sums_over_breakdowns() {
        std::map<std::pair<std::string, std::size_t>, std::vector<std::size_t>> groups;
        for (std::size_t i = 0; i < figure_.cells.size(); ++i) {
            const draft_cell& cell = figure_.cells[i];
            for (std::size_t d = 0; d < cell.key.size(); ++d) {
                if (!adds_over(cell.key[d].first)) continue;
                draft_key upper = cell.key;
                upper.erase(upper.begin() + static_cast<std::ptrdiff_t>(d));
                const auto total = index_.find({key_text(upper), cell.period});
                if (total == index_.end()) continue;
                auto& group = groups[{key_text(upper) + '/' + cell.key[d].first, cell.period}];
                if (group.empty()) group.push_back(total->second);
                group.push_back(i);
            }
        }
        for (const auto& [name, cells] : groups) {
            const bool shares_above_counts =
                figure_.heading.cells_are_counts && figure_.cells[cells.front()].key.empty();
            for (const field what : all_fields) {
                const bool result = what == field::result || what == field::rest || what == field::denominator;
                if (!(shares_above_counts && result)) add_sum(cells, what);
            }
            if (shares_above_counts) add_profile_sum(cells);
        }
    }

    /// The cells of a profile add up to the share's denominator.
    void add_profile_sum(const std::vector<std::size_t>& cells) {
        sum_of_members sum{{cells.front(), field::denominator}};
        for (std::size_t i = 1; i < cells.size(); ++i) sum.push_back({cells[i], field::result});
        sums_.push_back(std::move(sum));
    }

    /// The numerator of a share is often one cell of its profile: the same number twice.
    void add_profile_equalities() {
        if (!figure_.heading.cells_are_counts) return;
        for (std::size_t i = 0; i < figure_.cells.size(); ++i) {
            const draft_cell& cell = figure_.cells[i];
            if (cell.key.size() != 1) continue;
            const auto total = index_.find({std::string(), cell.period});
            if (total != index_.end()) add_equality({total->second, field::result}, {i, field::result});
        }
    }

    void add_equality(member a, member b) {
        const std::optional<std::int64_t> number = count(a);
        if (number && number == count(b)) sums_.push_back({a, b});
    }

    /// Periods of one kind that make up a longer one; and the same days under two names.
    void add_sums_over_periods() {
        for (std::size_t whole = 0; whole < periods_.size(); ++whole) {
            for (std::size_t other = whole + 1; other < periods_.size(); ++other) {
                const bool same_last = periods_[whole].last == periods_[other].last;
                const bool same_first = periods_[whole].first == periods_[other].first;
                if (same_last && (same_first || figure_.heading.timing == "at")) add_repeated_cells(whole, other);
            }
            if (figure_.heading.adds_over_periods) {
                for (const std::vector<std::size_t>& parts : tilings(whole)) add_sums_of_parts(whole, parts);
            }
        }
    }

    void add_repeated_cells(std::size_t a, std::size_t b) {
        for (const auto& [place, first] : index_) {
            if (place.second != a) continue;
            const auto second = index_.find({place.first, b});
            if (second == index_.end()) continue;
            for (const field what : all_fields) add_equality({first, what}, {second->second, what});
        }
    }

    /// Runs of periods of one kind that cover a longer period without gap or overlap.
    [[nodiscard]] std::vector<std::vector<std::size_t>> tilings(std::size_t whole) const {
        std::map<period_kind, std::vector<std::size_t>> by_kind;
        const period& p = periods_[whole];
        for (std::size_t i = 0; i < periods_.size(); ++i) {
            const bool inside = periods_[i].first >= p.first && periods_[i].last <= p.last;
            const bool shorter = periods_[i].first != p.first || periods_[i].last != p.last;
            if (inside && shorter) by_kind[periods_[i].kind].push_back(i);
        }
        std::vector<std::vector<std::size_t>> result;
        for (auto& [kind, parts] : by_kind) {
            std::sort(parts.begin(), parts.end(),
                      [this](std::size_t a, std::size_t b) { return periods_[a].first < periods_[b].first; });
            day next = p.first;
            bool covers = true;
            for (const std::size_t i : parts) {
                covers = covers && periods_[i].first == next;
                next = periods_[i].last + 1;
            }
            if (covers && next == p.last + 1) result.push_back(parts);
        }
        return result;
    }

    void add_sums_of_parts(std::size_t whole, const std::vector<std::size_t>& parts) {
        for (const auto& [place, total] : index_) {
            if (place.second != whole) continue;
            std::vector<std::size_t> cells{total};
            for (const std::size_t part : parts) {
                const auto found = index_.find({place.first, part});
                if (found != index_.end()) cells.push_back(found->second);
            }
            if (cells.size() != parts.size() + 1) continue;
            for (const field what : all_fields) {
                // The population below a rate does not add up over time.
                if (what == field::denominator && figure_.heading.unit == figure_unit::rate) continue;
                add_sum(cells, what);
            }
        }
    }

    const draft_figure& figure_;
    const std::vector<period>& periods_;
    const disclosure_policy& policy_;
    std::vector<hidden_parts> hidden_;
    std::map<std::pair<std::string, std::size_t>, std::size_t> index_;  ///< key and period → cell
    std::vector<sum_of_members> sums_;
};

}  // namespace

bool protect_sum(checked_sum& sum, std::int64_t threshold) {
    bool changed = false;
    for (;;) {
        std::int64_t parts_hidden = 0;
        std::int64_t hidden_sum = 0;
        std::size_t next = 0;  // the smallest part that may still be hidden; 0 = none
        for (std::size_t i = 1; i < sum.counts.size(); ++i) {
            if (sum.hidden[i]) {
                ++parts_hidden;
                hidden_sum += sum.counts[i];
            } else if (sum.may_hide[i] && (next == 0 || sum.counts[i] < sum.counts[next])) {
                next = i;
            }
        }
        const bool total_hidden = sum.hidden[0];
        if (!total_hidden && parts_hidden == 0) return changed;
        if (total_hidden && parts_hidden > 0) return changed;
        // With a known total, a hidden part can be at most what the others, each at least 1, leave of the sum.
        const bool enough = parts_hidden >= 2 && hidden_sum >= parts_hidden + threshold - 1;
        if (!total_hidden && enough) return changed;
        if (next == 0 && (total_hidden || !sum.may_hide[0])) return changed;
        sum.hidden[next] = true;  // index 0 is the total
        changed = true;
    }
}

std::vector<hidden_parts> hide_small_numbers(const draft_figure& figure, const std::vector<period>& periods,
                                             const disclosure_policy& policy) {
    return figure_gate(figure, periods, policy).run();
}

}  // namespace goldenthread::detail
