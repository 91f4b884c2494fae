// goldenthread: what an engine knows of the rows it was given. A value: copied, compared, joined, taken apart.
#pragma once

#include <goldenthread/core/hash.hpp>
#include <goldenthread/engine/exact_counts.hpp>
#include <goldenthread/engine/input_hash.hpp>
#include <goldenthread/engine/kept_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// How many batches said a thing: it stays said until each of them is taken away.
using times_said = std::map<std::string, std::int64_t>;

struct engine_state {
    times_said tables;     ///< supplied, with rows or without
    times_said areas;      ///< that batches are about; batches that do not say are not here
    times_said synthetic;  ///< "synthetic" if a batch holds invented children
    hash128 rows_hash;     ///< of all rows but those of broadcast tables
    std::map<std::string, broadcast_rows> broadcast;
    std::map<std::string, kept_table> kept;
    std::vector<counted_parts> counts;  ///< of each indicator; empty where rows are kept
};

inline void add_times(times_said& to, const times_said& more) {
    for (const auto& [name, times] : more) to[name] += times;
}

/// \returns false if something is taken away that was not said
[[nodiscard]] inline bool take_times(times_said& from, const times_said& less) {
    for (const auto& [name, times] : less) {
        const auto found = from.find(name);
        if (found == from.end() || found->second < times) return false;
        if ((found->second -= times) == 0) from.erase(found);
    }
    return true;
}

/// What a total is without a part.
[[nodiscard]] inline hash128 difference_of(const hash128& total, const hash128& part) noexcept {
    return {total.low - part.low, total.high - part.high - (total.low < part.low ? 1U : 0U)};
}

/// \throws data_error when two areas would be counted as one
inline void require_one_area(const times_said& areas) {
    if (areas.size() < 2) return;
    error_context context;
    context.remedy = "make an engine for each area";
    throw data_error(
        "these rows are about '" + areas.begin()->first + "' and about '" + std::next(areas.begin())->first + "'",
        std::move(context));
}

/// \throws data_error when two states of one plan do not fit together
inline void require_fit(const engine_state& state, const engine_state& more) {
    times_said areas = state.areas;
    add_times(areas, more.areas);
    require_one_area(areas);
    for (const auto& [name, rows] : more.kept) {
        const auto own = state.kept.find(name);
        if (own == state.kept.end()) continue;
        for (const table& piece : rows.pieces()) own->second.check_types(piece);
    }
    for (const auto& [name, rows] : more.broadcast) {
        const auto own = state.broadcast.find(name);
        if (own == state.broadcast.end()) continue;
        kept_table both(name);
        both.add(own->second.rows());
        both.check_types(rows.rows());
    }
}

/// Adds what another state of the same plan, which fits, knows.
inline void add_state(engine_state& state, const engine_state& more) {
    add_times(state.tables, more.tables);
    add_times(state.areas, more.areas);
    add_times(state.synthetic, more.synthetic);
    state.rows_hash += more.rows_hash;
    for (const auto& [name, rows] : more.broadcast) state.broadcast[name].add(rows.rows(), rows.given());
    for (const auto& [name, rows] : more.kept) {
        kept_table& own = state.kept.try_emplace(name, name).first->second;
        for (const table& piece : rows.pieces()) own.add(piece);
    }
    for (std::size_t i = 0; i < state.counts.size(); ++i) {
        for (std::size_t part = 0; part < part_count; ++part) {
            for (std::size_t axis = 0; axis < state.counts[i][part].size(); ++axis)
                state.counts[i][part][axis] += more.counts[i][part][axis];
        }
    }
}

/// Takes away what `add_state` added.
/// \returns false if some of it is not there; `state` may be half changed then
[[nodiscard]] inline bool take_state(engine_state& state, const engine_state& less) {
    if (!take_times(state.tables, less.tables) || !take_times(state.areas, less.areas) ||
        !take_times(state.synthetic, less.synthetic))
        return false;
    state.rows_hash = difference_of(state.rows_hash, less.rows_hash);
    for (const auto& [name, rows] : less.broadcast) {
        const auto own = state.broadcast.find(name);
        if (own == state.broadcast.end() || !own->second.take_away(rows)) return false;
        if (state.tables.count(name) == 0) state.broadcast.erase(own);
    }
    for (const auto& [name, rows] : less.kept) {
        const auto own = state.kept.find(name);
        if (own == state.kept.end() || !own->second.take_away(rows)) return false;
        if (state.tables.count(name) == 0) state.kept.erase(own);
    }
    for (std::size_t i = 0; i < state.counts.size(); ++i) {
        for (std::size_t part = 0; part < part_count; ++part) {
            for (std::size_t axis = 0; axis < state.counts[i][part].size(); ++axis) {
                exact_counts& own = state.counts[i][part][axis];
                if ((own -= less.counts[i][part][axis]).is_short()) return false;
            }
        }
    }
    return true;
}

[[nodiscard]] inline std::set<std::string> names_of(const times_said& said) {
    std::set<std::string> result;
    for (const auto& [name, times] : said) result.insert(name);
    return result;
}

/// Whether two states say the same of the same rows, in however many batches these came.
[[nodiscard]] inline bool same_state(const engine_state& a, const engine_state& b) {
    return a.rows_hash == b.rows_hash && names_of(a.tables) == names_of(b.tables) &&
           names_of(a.areas) == names_of(b.areas) && names_of(a.synthetic) == names_of(b.synthetic) &&
           a.counts == b.counts && a.broadcast == b.broadcast && a.kept == b.kept;
}

/// The rows of a state as a dataset. Tables whose rows were counted are there without rows: they were supplied.
[[nodiscard]] inline dataset rows_of(const engine_state& state) {
    dataset data;
    for (const auto& [name, times] : state.tables) data.add(empty_table(name));
    for (const auto& [name, rows] : state.kept) data.add(rows.joined());
    for (const auto& [name, rows] : state.broadcast) data.add(rows.rows());
    if (!state.areas.empty()) data.set_area(state.areas.begin()->first);
    data.set_synthetic(!state.synthetic.empty());
    return data;
}

}  // namespace goldenthread::detail
