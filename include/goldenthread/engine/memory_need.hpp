// goldenthread: what a run will need beyond its rows, estimated before it begins. A refusal can be acted upon; a
// program that the system ends cannot.
#pragma once

#include <goldenthread/engine/compile.hpp>
#include <goldenthread/engine/run_options.hpp>
#include <goldenthread/engine/shared_work.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Bytes, as measured with a hash map of small vectors on 64-bit systems (benchmarks/engine.cpp shows them beside the
/// truth): an index has an entry for each row at most.
inline constexpr std::size_t bytes_of_indexed_row = 144;
inline constexpr std::size_t bytes_of_link = 8;
inline constexpr std::size_t bytes_of_known_text = 120;

/// Rows of each table, its texts, and what is made of them.
class memory_estimate {
public:
    explicit memory_estimate(const compiled_plan& plan) {
        for (const compiled_indicator& one : plan.indicators) {
            std::vector<const resolved_measure*> parts = {&one.measure, one.measure.lower.get(),
                                                          one.measure.profile_measure.get()};
            for (const resolved_measure* part : parts) {
                if (part == nullptr) continue;
                const work_collector work(*part, *plan.tables);
                work_.insert(work.found().begin(), work.found().end());
                if (!part->distinct.empty()) entities_.insert(part->root.table);
            }
        }
    }
    /// `rows_of` gives a table's rows, `texts_of` how many different texts it holds.
    template <class Rows, class Texts>
    [[nodiscard]] std::size_t bytes(Rows&& rows_of, Texts&& texts_of) const {
        std::size_t total = 0, largest_entities = 0;
        std::set<std::string> tables;
        for (const shared_work& w : work_) {
            const std::size_t rows = rows_of(w.table);
            total += w.kind == shared_work::kind_type::reference ? rows * bytes_of_link : rows * bytes_of_indexed_row;
            tables.insert(w.table);
        }
        for (const std::string& name : entities_) {
            largest_entities = std::max(largest_entities, rows_of(name) * bytes_of_indexed_row);
            tables.insert(name);
        }
        for (const std::string& name : tables) total += texts_of(name) * bytes_of_known_text;
        return total + largest_entities;
    }

private:
    std::set<shared_work> work_;
    std::set<std::string> entities_;
};

[[nodiscard]] inline std::string megabytes(std::size_t bytes) {
    constexpr std::size_t mega = 1'000'000;
    return bytes < mega ? std::to_string((bytes + 999) / 1000) + " kB"
                        : std::to_string((bytes + mega - 1) / mega) + " MB";
}

/// \throws calculation_error when more is needed than allowed
inline void require_memory(std::size_t needed, std::size_t limit, const std::string& what_for) {
    if (limit == 0 || needed <= limit) return;
    error_context context;
    context.remedy =
        "raise memory_limit, ask for fewer indicators at a time, or divide the rows among engines by their partition "
        "key (explain_how)";
    throw calculation_error(what_for + " needs about " + megabytes(needed) + " (" + std::to_string(needed) +
                                " bytes), more than the memory_limit of " + megabytes(limit),
                            std::move(context));
}

/// \throws calculation_error when a run over these rows needs more than `options` allow
inline void require_memory(const compiled_plan& plan, const dataset& data, const run_options& options) {
    if (options.memory_limit == 0) return;
    const std::size_t needed = memory_estimate(plan).bytes(
        [&](const std::string& name) { return data.find(name) == nullptr ? 0 : data.find(name)->row_count(); },
        [&](const std::string& name) {
            std::size_t texts = 0;
            if (const table* t = data.find(name)) {
                for (const column& c : t->columns()) texts += c.dictionary() == nullptr ? 0 : c.dictionary()->size();
            }
            return texts;
        });
    require_memory(needed, options.memory_limit, "counting");
}

}  // namespace goldenthread::detail
